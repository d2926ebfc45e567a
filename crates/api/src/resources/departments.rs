//! Departments: a tree in a company.

use crate::{
    Ctx, Error, Result,
    error::OnTaken,
    mount::Routes,
    rules::{
        departments::{in_tree_order, problems},
        people::{search_end, tidy},
    },
};
use contract::{
    Code, Nothing, Page,
    departments::{
        CreateDepartment, DeleteDepartment, Department, GetDepartment, ListDepartments, UpdateDepartment,
    },
};
use store::{Hangers, NewDepartmentRow};

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    routes
        .on(list_departments)
        .on(create_department)
        .on(get_department)
        .on(update_department)
        .on(delete_department)
}

async fn list_departments(ctx: Ctx, ListDepartments {}: ListDepartments) -> Result<Page<Department>> {
    let departments = ctx.store().await?.departments().await?;
    Ok(Page::whole(in_tree_order(departments)))
}

async fn get_department(ctx: Ctx, GetDepartment { department_id }: GetDepartment) -> Result<Department> {
    ctx.store().await?.department(department_id).await?.ok_or_else(Error::not_found)
}

async fn create_department(
    ctx: Ctx,
    CreateDepartment { department }: CreateDepartment,
) -> Result<Department> {
    let mut store = ctx.store().await?;
    store.lock_company().await?;
    let all = store.departments().await?;
    let name = tidy(&department.name);
    let errors = problems(&all, None, department.parent_id, &name);
    if !errors.is_empty() {
        return Err(Error::invalid(errors));
    }
    let row = NewDepartmentRow {
        parent_id: department.parent_id,
        name,
        description: department.description,
        is_active: true,
    };
    let department_id = store.create_department(row).await.on_taken("name")?;
    store.department(department_id).await?.ok_or_else(Error::not_found)
}

async fn update_department(
    ctx: Ctx,
    UpdateDepartment { department_id, patch }: UpdateDepartment,
) -> Result<Department> {
    let mut store = ctx.store().await?;
    store.lock_company().await?;
    let all = store.departments().await?;
    let present = all.iter().find(|department| department.department_id == department_id);
    let mut changed = present.cloned().ok_or_else(Error::not_found)?;
    let old_name = changed.name.clone();
    if let Some(name) = patch.name {
        changed.name = tidy(&name);
    }
    changed.parent_id = patch.parent_id.unwrap_or(changed.parent_id);
    changed.description = patch.description.unwrap_or(changed.description);
    changed.is_active = patch.is_active.unwrap_or(changed.is_active);
    let errors = problems(&all, Some(department_id), changed.parent_id, &changed.name);
    if !errors.is_empty() {
        return Err(Error::invalid(errors));
    }
    let row = NewDepartmentRow {
        parent_id: changed.parent_id,
        name: changed.name.clone(),
        description: changed.description.clone(),
        is_active: changed.is_active,
    };
    store.update_department(department_id, row).await.on_taken("name")?;
    if old_name != changed.name {
        store.renew_search_ends(department_id, &search_end(Some(&changed.name))).await?;
    }
    Ok(changed)
}

async fn delete_department(
    ctx: Ctx,
    DeleteDepartment { department_id }: DeleteDepartment,
) -> Result<Nothing> {
    let mut store = ctx.store().await?;
    let Hangers { people, departments, curricula } = store.what_hangs_on_department(department_id).await?;
    if people + departments + curricula > 0 {
        let detail = format!("people {people}, departments {departments}, curricula {curricula}");
        return Err(Error::because(Code::InUse, detail));
    }
    match store.delete_department(department_id).await {
        Ok(true) => Ok(Nothing),
        Ok(false) => Err(Error::not_found()),
        // Something was hung on it just now.
        Err(store::Error::Reference) => Err(Error::code(Code::InUse)),
        Err(error) => Err(error.into()),
    }
}
