//! The organisation: departments as a tree, people as a list to search, filter, sort and change together.

pub mod bulk;
pub mod find;
pub mod in_use;
mod marks;
pub mod samples;
pub mod tree;

use super::Routes;
use crate::{Crumb, Error, Page, Query, Result, Signed, download, engine::Voice};
use axum::response::Response;
use contract::{
    Code, CompanyId, DepartmentId,
    companies::GetCompany,
    departments::{Department, ListDepartments},
    policy::Action,
    users::{ExportOptions, ExportUsers, ListUsers, SheetFormat, User, UserSort},
};
use find::{Find, Head};
use marks::{Marked, marked};
use serde::Serialize;
use tree::{Choice, Node};

pub fn routes() -> Routes {
    Routes::new()
        .get("/organisation", show)
        .get("/organisation/export", export)
        .post("/organisation/bulk", bulk::change)
        .post("/organisation/undo", bulk::undo)
}

#[derive(Serialize)]
struct Organisation {
    company_name: String,
    /// Everybody in the company.
    people_count: i64,
    department_count: usize,
    tree: Vec<Node>,
    departments: Vec<Choice>,
    current: Option<Department>,
    find: Find,
    is_narrowed: bool,
    people: Vec<Row>,
    heads: Heads,
    /// This very list, to come back to.
    here: String,
    everybody: String,
    clear: String,
    next: Option<String>,
    previous: Option<String>,
    exports: Vec<ExportLink>,
}

#[derive(Serialize)]
struct Row {
    user: User,
    name: Marked,
    email: Marked,
    employee_number: Marked,
}

#[derive(Serialize)]
struct Heads {
    name: Head,
    employee_number: Head,
    hired_on: Head,
    last_login: Head,
}

#[derive(Serialize)]
struct ExportLink {
    format: SheetFormat,
    href: String,
}

impl Organisation {
    fn of(
        find: Find,
        departments: &[Department],
        people: contract::Page<User>,
        company: (String, i64),
    ) -> Self {
        let (company_name, people_count) = company;
        let current = find.department.and_then(|id| departments.iter().find(|one| one.department_id == id));
        let row = |user: User| Row {
            name: marked(&user.name, &find.q),
            email: marked(&user.email, &find.q),
            employee_number: marked(user.employee_number.as_deref().unwrap_or_default(), &find.q),
            user,
        };
        let export = |format: SheetFormat| {
            let options = ExportOptions {
                format,
                department_id: find.department,
                role: find.role,
                status: find.status,
            };
            let query = serde_html_form::to_string(&options).unwrap_or_default();
            ExportLink { format, href: format!("/organisation/export?{query}") }
        };
        Self {
            company_name,
            people_count,
            department_count: departments.len(),
            tree: tree::tree(departments, find.department, &|id| find.of_department(Some(id)).url()),
            departments: tree::choices(departments, None),
            current: current.cloned(),
            is_narrowed: find.is_narrowed(),
            people: people.items.into_iter().map(row).collect(),
            heads: Heads {
                name: find.head(UserSort::Name, UserSort::NameDown),
                employee_number: find.head(UserSort::EmployeeNumber, UserSort::EmployeeNumberDown),
                hired_on: find.head(UserSort::HiredOn, UserSort::HiredOnDown),
                last_login: find.head(UserSort::LastLogin, UserSort::LastLoginDown),
            },
            here: find.url(),
            everybody: find.of_department(None).url(),
            clear: find.cleared().url(),
            next: people.next.map(|cursor| find.next(cursor).url()),
            previous: find.previous().map(|before| before.url()),
            exports: SheetFormat::ALL.iter().copied().map(export).collect(),
            find,
        }
    }
}

impl Page for Organisation {
    const TEMPLATE: &'static str = "pages/organisation.html";
    const HERE: &'static str = "organisation";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        let title = voice.tr("nav-organisation", &[]);
        match &self.current {
            Some(department) => vec![Crumb::to("/organisation", title), Crumb::here(&department.name)],
            None => vec![Crumb::here(title)],
        }
    }

    fn samples() -> Vec<Self> {
        samples::organisations()
    }
}

/// One's own company; an operator has none, and no people to see.
pub fn company_of(signed: &Signed) -> Result<CompanyId> {
    signed.me.company_id.clone().ok_or_else(|| Error::of(Code::Denied))
}

/// All departments, parents first.
pub async fn all_departments(signed: &Signed) -> Result<Vec<Department>> {
    Ok(signed.call(ListDepartments {}).await?.items)
}

async fn show(signed: Signed, Query(find): Query<Find>) -> Result<Response> {
    let company_id = company_of(&signed)?;
    signed.only(Action::ReadPeople)?;
    let (departments, people, company) = tokio::try_join!(
        signed.call(ListDepartments {}),
        signed.call(ListUsers { filter: find.filter() }),
        signed.call(GetCompany { company_id }),
    )?;
    let departments = departments.items;
    let is_known = |id: DepartmentId| departments.iter().any(|department| department.department_id == id);
    if find.department.is_some_and(|id| !is_known(id)) {
        return Err(Error::NotFound);
    }
    signed.page(&Organisation::of(find, &departments, people, (company.name, company.people))).await
}

async fn export(signed: Signed, Query(options): Query<ExportOptions>) -> Result<Response> {
    Ok(download::saved(signed.call(ExportUsers { options }).await?, "people"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::Organisation>();
    }
}
