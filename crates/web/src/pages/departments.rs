//! One department: added, renamed, moved, deleted.

use super::{
    Routes,
    organisation::{all_departments, in_use, samples, tree},
};
use crate::{
    Crumb, Error, Errors, Form, Page, Query, Result, Signed,
    engine::Voice,
    form::{Nothing, blank},
};
use axum::{extract::Path, response::Response};
use contract::{
    DepartmentId,
    departments::{
        CreateDepartment, DeleteDepartment, Department, DepartmentPatch, NewDepartment, UpdateDepartment,
    },
    policy::Action,
};
use serde::{Deserialize, Serialize};
use tree::Choice;

pub fn routes() -> Routes {
    Routes::new()
        .get("/organisation/departments/new", new)
        .post("/organisation/departments", create)
        .get("/organisation/departments/{department_id}", show)
        .post("/organisation/departments/{department_id}", update)
        .post("/organisation/departments/{department_id}/delete", delete)
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct DepartmentForm {
    name: String,
    #[serde(deserialize_with = "blank")]
    parent_id: Option<DepartmentId>,
    description: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    parent: Option<DepartmentId>,
}

#[derive(Serialize)]
struct DepartmentPage {
    /// `None`: a new one.
    department: Option<Department>,
    form: DepartmentForm,
    parents: Vec<Choice>,
    /// Departments directly below.
    below: usize,
}

impl DepartmentPage {
    fn of(all: &[Department], department: Option<Department>, form: DepartmentForm) -> Self {
        let id = department.as_ref().map(|department| department.department_id);
        let below = all.iter().filter(|one| id.is_some() && one.parent_id == id).count();
        Self { parents: tree::choices(all, id), below, department, form }
    }
}

impl Page for DepartmentPage {
    const TEMPLATE: &'static str = "pages/department.html";
    const HERE: &'static str = "organisation";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        let here = match &self.department {
            Some(department) => department.name.clone(),
            None => voice.tr("departments-new", &[]),
        };
        vec![Crumb::to("/organisation", voice.tr("nav-organisation", &[])), Crumb::here(here)]
    }

    fn samples() -> Vec<Self> {
        let all = samples::departments();
        let empty = Department { people: 0, ..all[3].clone() };
        vec![
            Self::of(
                &all,
                None,
                DepartmentForm { parent_id: Some(DepartmentId(1)), ..DepartmentForm::default() },
            ),
            Self::of(&all, Some(all[0].clone()), filled(&all[0])),
            Self::of(&all, Some(empty.clone()), filled(&empty)),
        ]
    }
}

fn filled(department: &Department) -> DepartmentForm {
    DepartmentForm {
        name: department.name.clone(),
        parent_id: department.parent_id,
        description: department.description.clone(),
    }
}

fn list_of(department_id: DepartmentId) -> String {
    format!("/organisation?department={department_id}")
}

async fn new(signed: Signed, Query(ask): Query<Ask>) -> Result<Response> {
    signed.only(Action::EditDepartments)?;
    let all = all_departments(&signed).await?;
    let form = DepartmentForm { parent_id: ask.parent, ..DepartmentForm::default() };
    signed.page(&DepartmentPage::of(&all, None, form)).await
}

async fn create(signed: Signed, Form(form, once): Form<DepartmentForm>) -> Result<Response> {
    let department = NewDepartment {
        name: form.name.clone(),
        parent_id: form.parent_id,
        description: form.description.clone(),
    };
    match signed.call_once(&once, CreateDepartment { department }).await {
        Ok(made) => {
            let text = signed.tr("departments-added", &[("name", &made.name)]);
            signed.done(&list_of(made.department_id), text).await
        }
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            let all = all_departments(&signed).await?;
            signed.invalid(&DepartmentPage::of(&all, None, form), &errors).await
        }
    }
}

/// The department's page, filled with what it is or with what was typed.
async fn page_of(signed: &Signed, id: DepartmentId, typed: Option<DepartmentForm>) -> Result<DepartmentPage> {
    let all = all_departments(signed).await?;
    let found = all.iter().find(|department| department.department_id == id).cloned();
    let department = found.ok_or(Error::NotFound)?;
    let form = typed.unwrap_or_else(|| filled(&department));
    Ok(DepartmentPage::of(&all, Some(department), form))
}

async fn show(signed: Signed, Path(department_id): Path<DepartmentId>) -> Result<Response> {
    signed.only(Action::EditDepartments)?;
    signed.page(&page_of(&signed, department_id, None).await?).await
}

async fn update(
    signed: Signed,
    Path(department_id): Path<DepartmentId>,
    Form(form, _): Form<DepartmentForm>,
) -> Result<Response> {
    let patch = DepartmentPatch {
        name: Some(form.name.clone()),
        parent_id: Some(form.parent_id),
        description: Some(form.description.clone()),
        is_active: None,
    };
    match signed.call(UpdateDepartment { department_id, patch }).await {
        Ok(_) => signed.done(&list_of(department_id), signed.tr("departments-saved", &[])).await,
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            signed.invalid(&page_of(&signed, department_id, Some(form)).await?, &errors).await
        }
    }
}

async fn delete(
    signed: Signed,
    Path(department_id): Path<DepartmentId>,
    Form(..): Form<Nothing>,
) -> Result<Response> {
    match signed.call(DeleteDepartment { department_id }).await {
        Ok(_) => signed.done("/organisation", signed.tr("departments-deleted", &[])).await,
        Err(error) => {
            let errors = in_use::refusal(error, &signed.voice())?;
            signed.invalid(&page_of(&signed, department_id, None).await?, &errors).await
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::DepartmentPage>();
    }
}
