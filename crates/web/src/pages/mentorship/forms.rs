//! What those who guide a mentorship do with it: a page each, which is a dialog where there is script.

use super::{guided, home, way, way_crumb};
use crate::{Crumb, Errors, Form, Page, Result, Signed, engine::Voice, form::search, pages::Routes};
use axum::{extract::Path, response::Response};
use chrono::{Days, NaiveDate};
use contract::{
    MentorshipId, UserId,
    curriculum::Priority,
    mentorship::{
        CompleteMentorship, EndMentorship, EndReason, Mentorship, MentorshipPatch, UpdateMentorship,
    },
    tasks::{CreateTask, NewTask},
    users::{ListUsers, UserFilter},
};
use serde::{Deserialize, Serialize};

pub fn routes(routes: Routes) -> Routes {
    let routes = routes.get("/mentorships/{mentorship_id}/tasks/new", show_task);
    let routes = routes.post("/mentorships/{mentorship_id}/tasks/new", add_task);
    let routes = routes.get("/mentorships/{mentorship_id}/complete", show_complete);
    let routes = routes.post("/mentorships/{mentorship_id}/complete", complete);
    let routes = routes.get("/mentorships/{mentorship_id}/end", show_end);
    let routes = routes.post("/mentorships/{mentorship_id}/end", end);
    let routes = routes.get("/mentorships/{mentorship_id}/hand-over", show_hand_over);
    routes.post("/mentorships/{mentorship_id}/hand-over", hand_over)
}

/// A task as it is typed: nothing is lost when a date is wrong.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskForm {
    title: String,
    guideline: String,
    week: String,
    priority: String,
    starts_on: String,
    due_on: String,
    is_required: bool,
}

impl TaskForm {
    /// Today, or the first day, and a working week from there.
    pub fn begin(mentorship: &Mentorship, today: NaiveDate) -> Self {
        let starts_on = today.max(mentorship.start_on);
        let due_on = starts_on.checked_add_days(Days::new(4)).unwrap_or(starts_on);
        Self {
            week: crate::pages::mentorships::row::week(mentorship, starts_on).max(1).to_string(),
            priority: Priority::Medium.to_string(),
            starts_on: starts_on.to_string(),
            due_on: due_on.to_string(),
            is_required: true,
            ..Self::default()
        }
    }

    fn read(&self, mentorship_id: MentorshipId, voice: &Voice) -> std::result::Result<NewTask, Errors> {
        let mut errors = Errors::default();
        let (week, priority) = (self.week.trim().parse(), self.priority.parse());
        let (starts_on, due_on) = (self.starts_on.parse(), self.due_on.parse());
        let bad = [
            ("title", self.title.trim().is_empty(), "field-required"),
            ("week", week.is_err(), "field-invalid"),
            ("priority", priority.is_err(), "field-invalid"),
            ("starts_on", starts_on.is_err(), "field-required"),
            ("due_on", due_on.is_err(), "field-required"),
        ];
        for (field, _, key) in bad.into_iter().filter(|(_, is_bad, _)| *is_bad) {
            errors = errors.and(field, voice.tr(key, &[]));
        }
        match (week, priority, starts_on, due_on) {
            (Ok(week), Ok(priority), Ok(starts_on), Ok(due_on)) if errors.is_empty() => Ok(NewTask {
                mentorship_id,
                title: self.title.trim().to_owned(),
                guideline: self.guideline.clone(),
                week,
                priority,
                starts_on,
                due_on,
                is_required: Some(self.is_required),
            }),
            _ => Err(errors),
        }
    }
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct ReasonForm {
    reason: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct MentorForm {
    #[serde(deserialize_with = "crate::form::blank")]
    mentor_id: Option<UserId>,
    /// What stands in the search field.
    mentor_id_search: String,
}

/// One of the forms as a page of its own; `kind` says which.
#[derive(Serialize)]
struct FormPage {
    mentorship: Mentorship,
    kind: &'static str,
    way: &'static str,
    task: TaskForm,
    reason: String,
    mentor: MentorForm,
}

impl FormPage {
    async fn load(signed: &Signed, mentorship_id: MentorshipId, kind: &'static str) -> Result<Self> {
        let mentorship = guided(signed, mentorship_id).await?;
        let task = TaskForm::begin(&mentorship, signed.today());
        let way = way(signed, &mentorship);
        Ok(Self { mentorship, kind, way, task, reason: String::new(), mentor: MentorForm::default() })
    }
}

impl Page for FormPage {
    const TEMPLATE: &'static str = "pages/mentorship_form.html";
    const HERE: &'static str = "mentees";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        let label = voice.tr(&format!("mentorship-{}-action", self.kind), &[]);
        let page = Crumb::to(home(self.mentorship.mentorship_id), self.mentorship.mentee_name.as_str());
        vec![way_crumb(voice, self.way), page, Crumb::here(label)]
    }

    fn samples() -> Vec<Self> {
        let mentorship = crate::pages::mentorships::samples::mentorship;
        let task = TaskForm { title: "<새> 과제".into(), due_on: "내일".into(), ..TaskForm::default() };
        let page = |kind| Self {
            mentorship: mentorship(1),
            kind,
            way: "mentees",
            task: task.clone(),
            reason: "<이직>".into(),
            mentor: MentorForm { mentor_id: Some(UserId(4)), mentor_id_search: "허지안".into() },
        };
        ["task", "complete", "end", "hand-over"].into_iter().map(page).collect()
    }
}

async fn show_task(signed: Signed, Path(id): Path<MentorshipId>) -> Result<Response> {
    signed.page(&FormPage::load(&signed, id, "task").await?).await
}

async fn show_complete(signed: Signed, Path(id): Path<MentorshipId>) -> Result<Response> {
    signed.page(&FormPage::load(&signed, id, "complete").await?).await
}

async fn show_end(signed: Signed, Path(id): Path<MentorshipId>) -> Result<Response> {
    signed.page(&FormPage::load(&signed, id, "end").await?).await
}

async fn show_hand_over(signed: Signed, Path(id): Path<MentorshipId>) -> Result<Response> {
    signed.page(&FormPage::load(&signed, id, "hand-over").await?).await
}

async fn add_task(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(form, once): Form<TaskForm>,
) -> Result<Response> {
    let errors = match form.read(id, &signed.voice()) {
        Ok(task) => match signed.call_once(&once, CreateTask { task, if_match: None }).await {
            Ok(task) => {
                let text = signed.tr("mentorship-task-done", &[("title", &task.title)]);
                return signed.done(&home(id), text).await;
            }
            Err(error) => Errors::of(error, &signed.voice())?,
        },
        Err(errors) => errors,
    };
    let page = FormPage { task: form, ..FormPage::load(&signed, id, "task").await? };
    signed.invalid(&page, &errors).await
}

async fn complete(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(_, once): Form<ReasonForm>,
) -> Result<Response> {
    match signed.call_once(&once, CompleteMentorship { mentorship_id: id }).await {
        Ok(mentorship) => {
            let text = signed.tr("mentorship-complete-done", &[("name", &mentorship.mentee_name)]);
            signed.done(&home(id), text).await
        }
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            signed.invalid(&FormPage::load(&signed, id, "complete").await?, &errors).await
        }
    }
}

async fn end(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(form, once): Form<ReasonForm>,
) -> Result<Response> {
    let reason = EndReason { reason: form.reason.trim().to_owned() };
    match signed.call_once(&once, EndMentorship { mentorship_id: id, reason }).await {
        Ok(mentorship) => {
            let text = signed.tr("mentorship-end-done", &[("name", &mentorship.mentee_name)]);
            signed.done(&home(id), text).await
        }
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            let page = FormPage { reason: form.reason, ..FormPage::load(&signed, id, "end").await? };
            signed.invalid(&page, &errors).await
        }
    }
}

async fn hand_over(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(mut form, once): Form<MentorForm>,
) -> Result<Response> {
    form.mentor_id = match form.mentor_id {
        None => only_mentor(&signed, &form.mentor_id_search).await?,
        chosen => chosen,
    };
    let errors = match form.mentor_id {
        None => Errors::one("mentor_id", signed.tr("mentorship-pick-mentor", &[])),
        Some(_) => {
            let patch = MentorshipPatch { title: None, mentor_id: form.mentor_id };
            match signed.call_once(&once, UpdateMentorship { mentorship_id: id, patch }).await {
                Ok(mentorship) => {
                    let text = signed.tr("mentorship-hand-over-done", &[("name", &mentorship.mentor_name)]);
                    return signed.done(&home(id), text).await;
                }
                Err(error) => Errors::of(error, &signed.voice())?,
            }
        }
    };
    let page = FormPage { mentor: form, ..FormPage::load(&signed, id, "hand-over").await? };
    signed.invalid(&page, &errors).await
}

/// The one mentor a typed name means: without script a search field is all there is.
pub async fn only_mentor(signed: &Signed, name: &str) -> Result<Option<UserId>> {
    let Some(search) = search(name) else { return Ok(None) };
    let filter = UserFilter {
        search: Some(search),
        role: Some(contract::policy::Role::Mentor),
        limit: Some(2),
        ..UserFilter::default()
    };
    let found = signed.call(ListUsers { filter }).await?.items;
    Ok(if let [only] = found.as_slice() { Some(only.user_id) } else { None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::auth::Locale;

    #[test]
    fn renders() {
        crate::page::tests::renders::<FormPage>();
    }

    #[test]
    fn every_bad_field_of_a_task_is_named_at_once() {
        let voice = Voice::read(Locale::Ko);
        let form = TaskForm {
            title: " ".into(),
            week: "x".into(),
            due_on: "2026-02-30".into(),
            ..TaskForm::default()
        };
        let errors = form.read(MentorshipId(1), &voice).expect_err("nothing of it is right");
        let fields = ["title", "week", "priority", "starts_on", "due_on"];
        assert!(fields.iter().all(|field| errors.has(field)), "{errors:?}");
        let today = crate::pages::mentorships::samples::day(24);
        let begun = TaskForm::begin(&crate::pages::mentorships::samples::mentorship(1), today);
        let task =
            TaskForm { title: " 새 과제 ".into(), ..begun }.read(MentorshipId(1), &voice).expect("a task");
        assert_eq!((task.title.as_str(), task.week, task.starts_on), ("새 과제", 4, today));
    }
}
