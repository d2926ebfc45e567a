//! One task of a curriculum: all its fields to edit, or to read.

use super::{
    change::{self, Outcome, change},
    draft::{self, MAX_WEEKS},
    samples,
};
use crate::{Crumb, Error, Errors, Form, Page, Result, Signed, engine::Voice, form::blank};
use axum::{extract::Path, response::Response};
use client::CallError;
use contract::{
    Code, CurriculumId, FieldError, Problem,
    curriculum::{
        Curriculum, CurriculumDetail, CurriculumState, GetVersion, Priority, TaskKind, TaskOwner,
        TemplateTask,
    },
};
use serde::{Deserialize, Serialize};

/// Numbers stay text until they are read, so that a wrong one is shown again.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskForm {
    revision: i64,
    title: String,
    #[serde(deserialize_with = "blank")]
    kind: Option<TaskKind>,
    #[serde(deserialize_with = "blank")]
    owner: Option<TaskOwner>,
    #[serde(deserialize_with = "blank")]
    priority: Option<Priority>,
    week: String,
    starts_after: String,
    duration: String,
    is_required: bool,
    depends_on: Vec<String>,
    guideline: String,
    submission_form: String,
}

impl TaskForm {
    fn of(task: &TemplateTask, revision: i64) -> Self {
        Self {
            revision,
            title: task.title.clone(),
            kind: Some(task.kind),
            owner: Some(task.owner),
            priority: Some(task.priority),
            week: task.week.to_string(),
            starts_after: task.starts_after.to_string(),
            duration: task.duration.to_string(),
            is_required: task.is_required,
            depends_on: task.depends_on.clone(),
            guideline: task.guideline.clone(),
            submission_form: task.submission_form.clone(),
        }
    }

    /// The task, or a refusal as the API's for each number that is none.
    fn task(&self, key: &str) -> Result<TemplateTask, CallError> {
        let mut errors = Vec::new();
        let mut number = |field: &str, text: &str| {
            text.trim().parse::<i64>().unwrap_or_else(|_| {
                let code = if text.trim().is_empty() { "required" } else { "wrong_type" };
                errors.push(FieldError::new(field, code, "This is not a number."));
                0
            })
        };
        let (week, starts_after, duration) = (
            number("week", &self.week),
            number("starts_after", &self.starts_after),
            number("duration", &self.duration),
        );
        if !errors.is_empty() {
            let problem = Box::new(Problem { errors, ..Problem::new(Code::Invalid) });
            return Err(CallError::Refused { problem, retry_after: None });
        }
        Ok(TemplateTask {
            key: key.to_owned(),
            week,
            title: self.title.trim().to_owned(),
            guideline: self.guideline.clone(),
            submission_form: self.submission_form.clone(),
            priority: self.priority.unwrap_or(Priority::Medium),
            starts_after,
            duration,
            kind: self.kind.unwrap_or(TaskKind::Task),
            owner: self.owner.unwrap_or(TaskOwner::Mentee),
            depends_on: self.depends_on.clone(),
            is_required: self.is_required,
        })
    }
}

/// A task that may come first.
#[derive(Serialize)]
struct Other {
    key: String,
    title: String,
    week: i64,
    is_chosen: bool,
}

#[derive(Serialize)]
struct TaskPage {
    curriculum: Curriculum,
    /// The version it is of; none for the draft.
    number: Option<i64>,
    is_editable: bool,
    key: String,
    form: TaskForm,
    others: Vec<Other>,
    /// How many tasks wait for this one.
    waiting: usize,
    weeks: Vec<i64>,
    /// Somebody changed the curriculum while this was typed.
    is_stale: bool,
    /// Somebody deleted this task meanwhile.
    is_gone: bool,
}

impl TaskPage {
    fn of(detail: CurriculumDetail, key: String, form: TaskForm) -> Self {
        let weeks = (1..=(draft::total_weeks(&draft::of(&detail)) + 1).min(MAX_WEEKS)).collect();
        let CurriculumDetail { curriculum, number, tasks, .. } = detail;
        let waiting = tasks.iter().filter(|task| task.depends_on.contains(&key)).count();
        let is_gone = !tasks.iter().any(|task| task.key == key);
        let others = tasks.into_iter().filter(|task| task.key != key).map(|task| Other {
            is_chosen: form.depends_on.contains(&task.key),
            key: task.key,
            title: task.title,
            week: task.week,
        });
        Self {
            is_editable: number.is_none()
                && curriculum.can_edit
                && curriculum.state != CurriculumState::Archived,
            others: others.collect(),
            curriculum,
            number,
            key,
            form,
            waiting,
            weeks,
            is_stale: false,
            is_gone,
        }
    }

    fn there(detail: CurriculumDetail, key: String) -> Result<Self> {
        let task = detail.tasks.iter().find(|task| task.key == key).ok_or(Error::NotFound)?;
        let form = TaskForm::of(task, detail.revision);
        Ok(Self::of(detail, key, form))
    }
}

pub async fn show(signed: Signed, Path((id, key)): Path<(CurriculumId, String)>) -> Result<Response> {
    signed.page(&TaskPage::there(change::load(&signed, id).await?, key)?).await
}

pub async fn show_of_version(
    signed: Signed,
    Path((curriculum_id, number, key)): Path<(CurriculumId, i64, String)>,
) -> Result<Response> {
    let detail = signed.call(GetVersion { curriculum_id, number }).await?;
    signed.page(&TaskPage::there(detail, key)?).await
}

pub async fn submit(
    signed: Signed,
    Path((id, key)): Path<(CurriculumId, String)>,
    Form(mut form, _): Form<TaskForm>,
) -> Result<Response> {
    let mut place = None;
    let outcome = match form.task(&key) {
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            let page = TaskPage::of(change::load(&signed, id).await?, key, form);
            return signed.invalid(&page, &errors).await;
        }
        Ok(task) => {
            change(&signed, id, form.revision, |draft| {
                draft::keeping_weeks(draft, |draft| place = Some(draft::put_task(draft, task)));
            })
            .await?
        }
    };
    match outcome {
        Outcome::Saved(_) => {
            let text = signed.tr("curriculum-task-saved", &[("title", form.title.trim())]);
            signed.done(&format!("/curricula/{id}#task-{key}"), text).await
        }
        Outcome::Stale(detail) => {
            // Saving again is then meant: the person has been told.
            form.revision = detail.revision;
            let page = TaskPage { is_stale: true, ..TaskPage::of(detail, key, form) };
            change::stale(signed.page(&page).await?)
        }
        Outcome::Refused(detail, error) => {
            let errors = Errors::of(change::at_form(error, place), &signed.voice())?;
            signed.invalid(&TaskPage::of(detail, key, form), &errors).await
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DeleteForm {
    revision: i64,
    title: String,
}

pub async fn delete(
    signed: Signed,
    Path((id, key)): Path<(CurriculumId, String)>,
    Form(form, _): Form<DeleteForm>,
) -> Result<Response> {
    let outcome = change(&signed, id, form.revision, |draft| {
        draft::keeping_weeks(draft, |draft| draft::remove_task(draft, &key));
    })
    .await?;
    match outcome {
        Outcome::Saved(_) => {
            let text = signed.tr("curriculum-task-deleted", &[("title", &form.title)]);
            signed.done(&format!("/curricula/{id}"), text).await
        }
        Outcome::Stale(detail) => {
            let page = TaskPage { is_stale: true, ..TaskPage::there(detail, key)? };
            change::stale(signed.page(&page).await?)
        }
        Outcome::Refused(detail, error) => {
            let errors = Errors::of(change::at_form(error, None), &signed.voice())?;
            signed.invalid(&TaskPage::there(detail, key)?, &errors).await
        }
    }
}

impl Page for TaskPage {
    const TEMPLATE: &'static str = "pages/curriculum_task.html";
    const HERE: &'static str = "curricula";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        let mut crumbs = super::crumbs(voice, &self.curriculum, None);
        if let Some(number) = self.number {
            let url = format!("/curricula/{}/versions/{number}", self.curriculum.curriculum_id);
            crumbs.push(Crumb::to(url, format!("v{number}")));
        }
        crumbs.push(Crumb::here(self.form.title.clone()));
        crumbs
    }

    fn samples() -> Vec<Self> {
        let of = |curriculum, key: &str, number: Option<i64>| {
            let detail = CurriculumDetail { number, ..samples::detail(curriculum) };
            let form = detail.tasks.iter().find(|task| task.key == key);
            let form = form.map_or_else(TaskForm::default, |task| TaskForm::of(task, 12));
            Self::of(detail, key.to_owned(), form)
        };
        vec![
            of(samples::used(), "a", None),
            of(samples::used(), "c", Some(3)),
            of(samples::others(), "c", None),
            Self { is_stale: true, ..of(samples::used(), "b", None) },
            Self { is_stale: true, ..of(samples::used(), "gone", None) },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders() {
        crate::page::tests::renders::<TaskPage>();
    }

    #[test]
    fn every_number_that_is_none_is_named() {
        let form = TaskForm { week: "1".into(), duration: "many".into(), ..TaskForm::default() };
        let error = form.task("a").expect_err("two numbers are wrong");
        let fields: Vec<_> =
            error.field_errors().iter().map(|e| (e.field.as_str(), e.code.as_str())).collect();
        assert_eq!(fields, [("starts_after", "required"), ("duration", "wrong_type")]);
    }
}
