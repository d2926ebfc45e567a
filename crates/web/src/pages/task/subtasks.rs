//! Sub-tasks: adding one, and deleting one, which can be undone. Ticking one off is a move.

use super::{Ask, Typed, again, path, refusals, sentence};
use crate::{Form, Query, Result, Signed, form::Nothing, pages::Routes, signed::encoded};
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use client::CallError;
use contract::{
    TaskId,
    tasks::{CreateSubtask, DeleteTask, MoveTask, NewSubtask, StatusMove, Task, TaskStatus},
};
use http::StatusCode;
use serde::Deserialize;

pub fn routes() -> Routes {
    Routes::new()
        .post("/tasks/{task_id}/subtasks", add)
        .post("/tasks/{task_id}/subtasks/restore", restore)
        .post("/tasks/{task_id}/subtasks/{subtask_id}/delete", delete)
        .post("/tasks/{task_id}/delete", delete_task)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SubtaskForm {
    title: String,
    /// Whether it was ticked off when it was deleted.
    was_done: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct DeleteForm {
    mentorship_id: i64,
}

fn place(task_id: TaskId) -> String {
    format!("{}#subtasks", path(task_id))
}

async fn add(
    signed: Signed,
    Path(task_id): Path<TaskId>,
    Form(form, once): Form<SubtaskForm>,
) -> Result<Response> {
    let subtask = NewSubtask { title: form.title.trim().to_owned() };
    match signed.call_once(&once, CreateSubtask { task_id, subtask, if_match: None }).await {
        Ok(_) => Ok(signed.redirect(&place(task_id))),
        Err(error) => {
            let errors = refusals(error, &signed.voice())?;
            let typed = Typed { subtask: form.title, ..Typed::default() };
            again(&signed, task_id, Ask::default(), typed, &errors).await
        }
    }
}

async fn delete(
    signed: Signed,
    Path((task_id, subtask_id)): Path<(TaskId, TaskId)>,
    Form(form, _): Form<SubtaskForm>,
) -> Result<Response> {
    match signed.call(DeleteTask { task_id: subtask_id }).await {
        Ok(_) => {
            let title = encoded(&form.title);
            let undo = format!("{}/subtasks/restore?title={title}&was_done={}", path(task_id), form.was_done);
            signed.say(signed.tr("task-subtask-deleted", &[("title", &form.title)]), Some(undo)).await?;
        }
        Err(error) => signed.say(sentence(error, &signed.voice())?, None).await?,
    }
    Ok(signed.redirect(&place(task_id)))
}

async fn restore(
    signed: Signed,
    Path(task_id): Path<TaskId>,
    Query(subtask): Query<SubtaskForm>,
    Form(..): Form<Nothing>,
) -> Result<Response> {
    let restored = put_back(&signed, task_id, subtask).await;
    if signed.is_htmx() {
        // The script reads the page again by itself.
        restored?;
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let text = match restored {
        Ok(_) => signed.tr("task-undone", &[]),
        Err(error) => sentence(error, &signed.voice())?,
    };
    signed.done(&place(task_id), text).await
}

/// As it was: ticked off, too.
async fn put_back(signed: &Signed, task_id: TaskId, form: SubtaskForm) -> Result<Task, CallError> {
    let subtask = NewSubtask { title: form.title };
    let made = signed.call(CreateSubtask { task_id, subtask, if_match: None }).await?;
    if !form.was_done || !made.allowed.contains(&TaskStatus::Done) {
        return Ok(made);
    }
    let to = StatusMove { status: TaskStatus::Done, comment: None };
    signed.call(MoveTask { task_id: made.task_id, to, if_match: None }).await
}

async fn delete_task(
    signed: Signed,
    Path(task_id): Path<TaskId>,
    Form(form, _): Form<DeleteForm>,
) -> Result<Response> {
    match signed.call(DeleteTask { task_id }).await {
        Ok(_) => {
            let to = format!("/mentorships/{}", form.mentorship_id);
            signed.done(&to, signed.tr("task-deleted", &[])).await
        }
        Err(error) => signed.done(&path(task_id), sentence(error, &signed.voice())?).await,
    }
}
