//! Editing a task, for whoever guides. When somebody else was quicker, the page keeps what was typed and shows
//! how the task stands now.

use super::{path, refusals};
use crate::{Crumb, Error, Errors, Form, Page, Result, Signed, engine::Voice, pages::Routes};
use axum::{extract::Path, response::Response};
use chrono::NaiveDate;
use contract::{
    Code, TaskId,
    curriculum::Priority,
    tasks::{GetTask, Task, TaskDetail, TaskPatch, UpdateTask},
};
use serde::{Deserialize, Serialize};

pub fn routes() -> Routes {
    Routes::new().get("/tasks/{task_id}/edit", show).post("/tasks/{task_id}/edit", save)
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct TaskForm {
    title: String,
    #[serde(default)]
    guideline: String,
    starts_on: String,
    due_on: String,
    priority: Priority,
    #[serde(default)]
    is_required: bool,
    version: i64,
}

#[derive(Serialize)]
struct EditPage {
    detail: TaskDetail,
    form: TaskForm,
    /// Somebody else saved while this was being written.
    is_overtaken: bool,
}

async fn show(signed: Signed, Path(task_id): Path<TaskId>) -> Result<Response> {
    let detail = editable(&signed, task_id).await?;
    let form = TaskForm::of(&detail.task);
    signed.page(&EditPage { detail, form, is_overtaken: false }).await
}

async fn editable(signed: &Signed, task_id: TaskId) -> Result<TaskDetail> {
    let detail = signed.call(GetTask { task_id, if_match: None }).await?;
    if detail.can_edit { Ok(detail) } else { Err(Error::of(Code::Denied)) }
}

async fn save(
    signed: Signed,
    Path(task_id): Path<TaskId>,
    Form(form, _): Form<TaskForm>,
) -> Result<Response> {
    let voice = signed.voice();
    let patch = match form.patch(&voice) {
        Ok(patch) => patch,
        Err(errors) => {
            let detail = editable(&signed, task_id).await?;
            return signed.invalid(&EditPage { detail, form, is_overtaken: false }, &errors).await;
        }
    };
    let error = match signed.call(UpdateTask { task_id, patch, if_match: Some(form.version) }).await {
        Ok(_) => return signed.done(&path(task_id), signed.tr("task-saved", &[])).await,
        Err(error) => error,
    };
    let is_overtaken = error.code() == Some(Code::Stale);
    let errors = refusals(error, &voice)?;
    let detail = editable(&signed, task_id).await?;
    // Saving again means it: what is newer has been seen.
    let version = if is_overtaken { detail.version } else { form.version };
    signed.invalid(&EditPage { detail, form: TaskForm { version, ..form }, is_overtaken }, &errors).await
}

impl TaskForm {
    fn of(task: &Task) -> Self {
        Self {
            title: task.title.clone(),
            guideline: task.guideline.clone(),
            starts_on: task.starts_on.to_string(),
            due_on: task.due_on.to_string(),
            priority: task.priority,
            is_required: task.is_required,
            version: task.version,
        }
    }

    fn patch(&self, voice: &Voice) -> Result<TaskPatch, Errors> {
        let day = |field: &str, text: &str| -> Result<NaiveDate, Errors> {
            text.parse().map_err(|_| Errors::one(field, voice.tr("field-invalid", &[])))
        };
        Ok(TaskPatch {
            title: Some(self.title.trim().to_owned()),
            guideline: Some(self.guideline.clone()),
            submission: None,
            priority: Some(self.priority),
            starts_on: Some(day("starts_on", &self.starts_on)?),
            due_on: Some(day("due_on", &self.due_on)?),
            is_required: Some(self.is_required),
        })
    }
}

impl Page for EditPage {
    const TEMPLATE: &'static str = "pages/task_edit.html";
    const HERE: &'static str = "mentees";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        let task = &self.detail.task;
        vec![
            Crumb::to("/mentees", voice.tr("nav-mentees", &[])),
            Crumb::to(format!("/mentorships/{}", task.mentorship_id.0), self.detail.mentee_name.clone()),
            Crumb::to(path(task.task_id), task.title.clone()),
            Crumb::here(voice.tr("task-edit", &[])),
        ]
    }

    fn samples() -> Vec<Self> {
        let detail = super::samples::detail;
        let form = TaskForm::of(&detail().task);
        let typed = TaskForm { title: "다른 <제목>".into(), priority: Priority::Low, ..form.clone() };
        vec![
            Self { detail: detail(), form, is_overtaken: false },
            Self { detail: detail(), form: typed, is_overtaken: true },
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::EditPage>();
    }
}
