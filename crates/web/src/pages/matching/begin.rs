//! A new matching: who is to get a mentor, and who may be one.

use super::{next_monday, samples, tree, way};
use crate::{Crumb, Errors, Form, Page, Query, Result, Signed, engine::Voice, form::blank};
use axum::response::Response;
use chrono::NaiveDate;
use contract::{
    DepartmentId, UserId,
    departments::ListDepartments,
    matching::{CreateMatching, NewMatching},
    page::MAX_LIMIT,
    policy::{Action, Role},
    users::{ListUsers, User, UserFilter, UserSort, UserStatus},
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    #[serde(deserialize_with = "blank")]
    department: Option<DepartmentId>,
    hired_from: Option<NaiveDate>,
}

/// What is typed and ticked; the filter comes along so that the same people are shown again.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NewForm {
    pub title: String,
    pub start_on: String,
    pub mentee_ids: Vec<UserId>,
    pub mentor_ids: Vec<UserId>,
    #[serde(deserialize_with = "blank")]
    pub department: Option<DepartmentId>,
    #[serde(deserialize_with = "blank")]
    pub hired_from: Option<NaiveDate>,
}

#[derive(Serialize)]
pub struct NewMatchingPage {
    pub form: NewForm,
    /// Hired last first.
    pub mentees: Vec<User>,
    pub mentors: Vec<User>,
    pub departments: Vec<tree::Choice>,
    /// Whether there are more than are shown.
    pub has_more: bool,
}

impl NewMatchingPage {
    async fn load(signed: &Signed, form: NewForm) -> Result<Self> {
        let of_role = |role| UserFilter {
            role: Some(role),
            status: Some(UserStatus::Active),
            limit: Some(MAX_LIMIT),
            ..UserFilter::default()
        };
        let mentees = UserFilter {
            unmentored: Some(true),
            sort: Some(UserSort::HiredOnDown),
            department_id: form.department,
            subtree: form.department.map(|_| true),
            ..of_role(Role::Mentee)
        };
        let (mentees, mentors, departments) = tokio::try_join!(
            signed.call(ListUsers { filter: mentees }),
            signed.call(ListUsers { filter: of_role(Role::Mentor) }),
            signed.call(ListDepartments {}),
        )?;
        let has_more = mentees.next.is_some() || mentors.next.is_some();
        let mut mentees = mentees.items;
        if let Some(from) = form.hired_from {
            mentees.retain(|mentee| mentee.hired_on.is_some_and(|hired_on| hired_on >= from));
        }
        let departments = tree::choices(&departments.items, None);
        Ok(Self { form, mentees, mentors: mentors.items, departments, has_more })
    }
}

pub async fn show(signed: Signed, Query(ask): Query<Ask>) -> Result<Response> {
    signed.only(Action::MatchPeople)?;
    let form = NewForm {
        start_on: next_monday(signed.today()).to_string(),
        department: ask.department,
        hired_from: ask.hired_from,
        ..NewForm::default()
    };
    let mut page = NewMatchingPage::load(&signed, form).await?;
    // All mentors are asked unless somebody says otherwise.
    page.form.mentor_ids = page.mentors.iter().map(|mentor| mentor.user_id).collect();
    signed.page(&page).await
}

pub async fn create(signed: Signed, Form(form, once): Form<NewForm>) -> Result<Response> {
    signed.only(Action::MatchPeople)?;
    let voice = signed.voice();
    let start_on = form.start_on.trim().parse::<NaiveDate>();
    let bad = [
        ("mentee_ids", form.mentee_ids.is_empty(), "matching-pick-mentees"),
        ("mentor_ids", form.mentor_ids.is_empty(), "matching-pick-mentors"),
        ("start_on", start_on.is_err(), "new-mentorship-pick-day"),
    ];
    let mut errors = Errors::default();
    for (field, _, key) in bad.into_iter().filter(|(_, is_bad, _)| *is_bad) {
        errors = errors.and(field, voice.tr(key, &[]));
    }
    if let (true, Ok(start_on)) = (errors.is_empty(), start_on) {
        let title = form.title.trim();
        let title = if title.is_empty() {
            signed.tr("matching-default-title", &[("date", &start_on.to_string())])
        } else {
            title.to_owned()
        };
        let matching = NewMatching {
            title,
            mentee_ids: form.mentee_ids.clone(),
            mentor_ids: form.mentor_ids.clone(),
            version_ids: Vec::new(),
            start_on,
        };
        match signed.call_once(&once, CreateMatching { matching }).await {
            Ok(matching) => {
                return Ok(signed.redirect(&super::path(matching.matching_id, 1)));
            }
            Err(error) => errors = Errors::of(error, &voice)?,
        }
    }
    signed.invalid(&NewMatchingPage::load(&signed, form).await?, &errors).await
}

impl Page for NewMatchingPage {
    const TEMPLATE: &'static str = "pages/matching_new.html";
    const HERE: &'static str = "mentorships";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        let mut way = way(voice);
        way.push(Crumb::to("/mentorships/matching", voice.tr("matching-heading", &[])));
        way.push(Crumb::here(voice.tr("matching-new", &[])));
        way
    }

    fn samples() -> Vec<Self> {
        samples::beginnings()
    }
}
