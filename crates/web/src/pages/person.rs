//! One person as an admin sees them: added, changed, invited again, suspended, deleted.

use super::{
    Routes,
    organisation::{all_departments, in_use, samples, tree},
};
use crate::{
    Crumb, Errors, Form, Page, Query, Result, Signed,
    engine::Voice,
    form::{Nothing, blank, date, typed},
};
use axum::{extract::Path, response::Response};
use contract::{
    DepartmentId, UserId,
    auth::Locale,
    departments::Department,
    policy::{Action, Role, Roles},
    users::{CreateUser, DeleteUser, GetUser, InviteUser, NewUser, UpdateUser, User, UserPatch, UserStatus},
};
use serde::{Deserialize, Serialize};
use tree::Choice;

mod manager;

pub fn routes() -> Routes {
    Routes::new()
        .get("/organisation/people/new", new)
        .post("/organisation/people", create)
        .get("/organisation/people/find", manager::find)
        .get("/organisation/people/{user_id}", show)
        .post("/organisation/people/{user_id}", update)
        .post("/organisation/people/{user_id}/status", set_status)
        .post("/organisation/people/{user_id}/invite", invite)
        .post("/organisation/people/{user_id}/delete", delete)
}

/// What is typed; kept as it is when something is wrong with it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct PersonForm {
    family_name: String,
    given_name: String,
    email: String,
    roles: Roles,
    #[serde(deserialize_with = "blank")]
    department_id: Option<DepartmentId>,
    employee_number: String,
    position: String,
    job_title: String,
    /// With commas between.
    tags: String,
    hired_on: String,
    #[serde(deserialize_with = "blank")]
    manager_id: Option<UserId>,
    /// What stands in the search field.
    manager_id_search: String,
    #[serde(deserialize_with = "blank")]
    locale: Option<Locale>,
    invite: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    department: Option<DepartmentId>,
}

#[derive(Debug, Deserialize)]
struct StatusForm {
    status: UserStatus,
}

#[derive(Serialize)]
struct PersonPage {
    /// `None`: a new one.
    user: Option<User>,
    form: PersonForm,
    departments: Vec<Choice>,
    is_self: bool,
    /// What an admin can make somebody.
    roles: [Role; 3],
}

impl PersonPage {
    fn of(user: Option<User>, form: PersonForm, departments: &[Department], me: UserId) -> Self {
        let is_self = user.as_ref().is_some_and(|user| user.user_id == me);
        let departments = tree::choices(departments, None);
        Self { user, form, departments, is_self, roles: [Role::Mentee, Role::Mentor, Role::Admin] }
    }
}

impl Page for PersonPage {
    const TEMPLATE: &'static str = "pages/person.html";
    const HERE: &'static str = "organisation";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        let here = match &self.user {
            Some(user) => user.name.clone(),
            None => voice.tr("person-new", &[]),
        };
        vec![Crumb::to("/organisation", voice.tr("nav-organisation", &[])), Crumb::here(here)]
    }

    fn samples() -> Vec<Self> {
        let departments = samples::departments();
        let me = UserId(9);
        let person = |id, status| {
            let user = samples::user(id, status);
            Self::of(Some(user.clone()), filled(&user), &departments, me)
        };
        vec![
            Self::of(None, PersonForm { invite: true, ..PersonForm::default() }, &[], me),
            person(1, UserStatus::Active),
            person(2, UserStatus::Invited),
            person(3, UserStatus::Suspended),
            person(9, UserStatus::Active),
        ]
    }
}

fn filled(user: &User) -> PersonForm {
    PersonForm {
        family_name: user.family_name.clone(),
        given_name: user.given_name.clone(),
        email: user.email.clone(),
        roles: user.roles,
        department_id: user.department_id,
        employee_number: user.employee_number.clone().unwrap_or_default(),
        position: user.position.clone().unwrap_or_default(),
        job_title: user.job_title.clone().unwrap_or_default(),
        tags: user.tags.join(", "),
        hired_on: user.hired_on.map(|day| day.to_string()).unwrap_or_default(),
        manager_id: user.manager_id,
        manager_id_search: user.manager_name.clone().unwrap_or_default(),
        locale: Some(user.locale),
        invite: false,
    }
}

impl PersonForm {
    fn tags(&self) -> Vec<String> {
        let tags = self.tags.split(',').map(str::trim).filter(|tag| !tag.is_empty());
        tags.map(str::to_owned).collect()
    }
}

fn url(user_id: UserId) -> String {
    format!("/organisation/people/{user_id}")
}

async fn new(signed: Signed, Query(ask): Query<Ask>) -> Result<Response> {
    signed.only(Action::EditPeople)?;
    let departments = all_departments(&signed).await?;
    let form = PersonForm {
        department_id: ask.department,
        roles: Roles::of([Role::Mentee]),
        invite: true,
        ..PersonForm::default()
    };
    signed.page(&PersonPage::of(None, form, &departments, signed.me.user_id)).await
}

async fn create(signed: Signed, Form(form, once): Form<PersonForm>) -> Result<Response> {
    let Ok(hired_on) = date(&form.hired_on) else {
        return again_new(&signed, form, &Errors::one("hired_on", signed.tr("field-bad-format", &[]))).await;
    };
    let user = NewUser {
        email: form.email.trim().to_owned(),
        family_name: form.family_name.clone(),
        given_name: form.given_name.clone(),
        roles: form.roles,
        department_id: form.department_id,
        employee_number: typed(&form.employee_number),
        position: typed(&form.position),
        job_title: typed(&form.job_title),
        tags: form.tags(),
        hired_on,
        locale: form.locale,
        invite: Some(form.invite),
    };
    match signed.call_once(&once, CreateUser { user }).await {
        Ok(user) => {
            let key = if form.invite { "person-added-invited" } else { "person-added" };
            signed.done(&url(user.user_id), signed.tr(key, &[("name", &user.name)])).await
        }
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            again_new(&signed, form, &errors).await
        }
    }
}

async fn again_new(signed: &Signed, form: PersonForm, errors: &Errors) -> Result<Response> {
    let departments = all_departments(signed).await?;
    signed.invalid(&PersonPage::of(None, form, &departments, signed.me.user_id), errors).await
}

async fn page_of(signed: &Signed, user_id: UserId, typed: Option<PersonForm>) -> Result<PersonPage> {
    let (user, departments) =
        tokio::try_join!(async { Ok(signed.call(GetUser { user_id }).await?) }, all_departments(signed))?;
    let form = typed.unwrap_or_else(|| filled(&user));
    Ok(PersonPage::of(Some(user), form, &departments, signed.me.user_id))
}

async fn show(signed: Signed, Path(user_id): Path<UserId>) -> Result<Response> {
    signed.only(Action::EditPeople)?;
    signed.page(&page_of(&signed, user_id, None).await?).await
}

async fn update(
    signed: Signed,
    Path(user_id): Path<UserId>,
    Form(form, _): Form<PersonForm>,
) -> Result<Response> {
    let Ok(hired_on) = date(&form.hired_on) else {
        let errors = Errors::one("hired_on", signed.tr("field-bad-format", &[]));
        return signed.invalid(&page_of(&signed, user_id, Some(form)).await?, &errors).await;
    };
    // An emptied field clears; a name nobody was chosen for is no answer.
    let names_manager = !form.manager_id_search.trim().is_empty();
    if names_manager && form.manager_id.is_none() {
        let errors = Errors::one("manager_id", signed.tr("person-pick-manager", &[]));
        return signed.invalid(&page_of(&signed, user_id, Some(form)).await?, &errors).await;
    }
    let patch = UserPatch {
        email: Some(form.email.trim().to_owned()),
        family_name: Some(form.family_name.clone()),
        given_name: Some(form.given_name.clone()),
        roles: Some(form.roles),
        department_id: Some(form.department_id),
        employee_number: Some(typed(&form.employee_number)),
        position: Some(typed(&form.position)),
        job_title: Some(typed(&form.job_title)),
        tags: Some(form.tags()),
        hired_on: Some(hired_on),
        manager_id: Some(form.manager_id.filter(|_| names_manager)),
        status: None,
    };
    match signed.call(UpdateUser { user_id, patch }).await {
        Ok(user) => signed.done(&url(user_id), signed.tr("person-saved", &[("name", &user.name)])).await,
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            signed.invalid(&page_of(&signed, user_id, Some(form)).await?, &errors).await
        }
    }
}

async fn set_status(
    signed: Signed,
    Path(user_id): Path<UserId>,
    Form(form, _): Form<StatusForm>,
) -> Result<Response> {
    let patch = UserPatch { status: Some(form.status), ..UserPatch::default() };
    match signed.call(UpdateUser { user_id, patch }).await {
        Ok(user) => {
            let key = match form.status {
                UserStatus::Suspended => "person-suspended",
                _ => "person-activated",
            };
            signed.done(&url(user_id), signed.tr(key, &[("name", &user.name)])).await
        }
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            signed.invalid(&page_of(&signed, user_id, None).await?, &errors).await
        }
    }
}

async fn invite(
    signed: Signed,
    Path(user_id): Path<UserId>,
    Form(_, once): Form<Nothing>,
) -> Result<Response> {
    match signed.call_once(&once, InviteUser { user_id }).await {
        Ok(_) => signed.done(&url(user_id), signed.tr("person-invited", &[])).await,
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            signed.invalid(&page_of(&signed, user_id, None).await?, &errors).await
        }
    }
}

async fn delete(signed: Signed, Path(user_id): Path<UserId>, Form(..): Form<Nothing>) -> Result<Response> {
    let error = match signed.call(DeleteUser { user_id }).await {
        Ok(_) => return signed.done("/organisation", signed.tr("person-deleted", &[])).await,
        Err(error) => error,
    };
    let errors = in_use::refusal(error, &signed.voice())?;
    signed.invalid(&page_of(&signed, user_id, None).await?, &errors).await
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::PersonPage>();
    }
}
