//! Moving a task: from its page, from the board, and back again by the toast's undo.

use super::{Act, Ask, Typed, again, path, refusals, sentence};
use crate::{
    Error, Form, Query, Result, Signed,
    form::{Nothing, blank, typed},
    links,
    pages::{Routes, board::Card},
    signed::toast_header,
};
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use client::CallError;
use contract::{
    TaskId,
    tasks::{GetTask, MoveTask, StatusMove, Task, TaskPatch, TaskStatus, UpdateTask},
};
use http::StatusCode;
use serde::Deserialize;

pub fn routes() -> Routes {
    Routes::new()
        .post("/tasks/{task_id}/move", submit_move)
        .post("/tasks/{task_id}/move/undo", undo)
        .post("/tasks/{task_id}/submit", submit)
}

#[derive(Debug, Deserialize)]
struct MoveForm {
    status: TaskStatus,
    #[serde(default, deserialize_with = "blank")]
    version: Option<i64>,
    /// Where it stood, so that the move can be undone.
    #[serde(default, deserialize_with = "blank")]
    from: Option<TaskStatus>,
    #[serde(default)]
    comment: String,
    /// Back to there; to the task's own page when it is empty.
    #[serde(default)]
    next: String,
    /// Whether one is going through the review queue.
    #[serde(default, deserialize_with = "blank")]
    queue: Option<i64>,
}

#[derive(Debug, Deserialize)]
struct UndoQuery {
    to: TaskStatus,
    version: i64,
}

/// The whole editor: what was written is saved first, then handed in.
#[derive(Debug, Deserialize)]
struct SubmitForm {
    #[serde(default)]
    submission: Option<String>,
    version: i64,
    #[serde(default, deserialize_with = "blank")]
    from: Option<TaskStatus>,
}

async fn submit_move(
    signed: Signed,
    Path(task_id): Path<TaskId>,
    Form(form, _): Form<MoveForm>,
) -> Result<Response> {
    let comment = typed(&form.comment);
    let to = StatusMove { status: form.status, comment };
    let moved = signed.call(MoveTask { task_id, to, if_match: form.version }).await;
    match moved {
        Ok(task) if signed.is_htmx() => signed.page(&Card { task }).await,
        Ok(task) => {
            let next = if form.next.is_empty() { path(task_id) } else { links::local(&form.next).to_owned() };
            moved_to(&signed, &task, form.from, &next).await
        }
        Err(error) if signed.is_htmx() => refused_card(&signed, task_id, error).await,
        Err(error) if !form.next.is_empty() && form.queue.is_none() => {
            let text = sentence(error, &signed.voice())?;
            signed.done(links::local(&form.next), text).await
        }
        Err(error) => {
            let errors = refusals(error, &signed.voice())?;
            let ask = Ask { act: act(form.status, form.from), queue: form.queue, ..Ask::default() };
            let typed = Typed { comment: form.comment, ..Typed::default() };
            again(&signed, task_id, ask, typed, &errors).await
        }
    }
}

/// The panel that asked for the reason.
fn act(to: TaskStatus, from: Option<TaskStatus>) -> Option<Act> {
    match (from, to) {
        (_, TaskStatus::Returned) => Some(Act::Return),
        (_, TaskStatus::Skipped) => Some(Act::Skip),
        (Some(TaskStatus::Done), _) => Some(Act::Reopen),
        _ => None,
    }
}

/// Says where it went, with the way back if the person may take it without giving a reason.
async fn moved_to(signed: &Signed, task: &Task, from: Option<TaskStatus>, next: &str) -> Result<Response> {
    let back = from.filter(|from| {
        let needs_reason = matches!(from, TaskStatus::Returned | TaskStatus::Skipped)
            || (task.status == TaskStatus::Done && task.parent_id.is_none());
        task.allowed.contains(from) && !needs_reason
    });
    let undo = back.map(|to| format!("{}/move/undo?to={to}&version={}", path(task.task_id), task.version));
    let key = format!("task-moved-{}", task.status.as_str().replace('_', "-"));
    signed.say(signed.tr(&key, &[("title", &task.title)]), undo).await?;
    Ok(signed.redirect(next))
}

/// For the board: what it is now, so that the card can be put right, and why it didn't move.
async fn refused_card(signed: &Signed, task_id: TaskId, error: CallError) -> Result<Response> {
    let status = error.status();
    let text = sentence(error, &signed.voice())?;
    let detail = signed.call(GetTask { task_id, if_match: None }).await?;
    let mut response = signed.page(&Card { task: detail.task }).await?;
    *response.status_mut() = if status.is_client_error() { status } else { StatusCode::CONFLICT };
    response.headers_mut().insert("hx-trigger", toast_header(&text));
    Ok(response)
}

async fn undo(
    signed: Signed,
    Path(task_id): Path<TaskId>,
    Query(undo): Query<UndoQuery>,
    Form(..): Form<Nothing>,
) -> Result<Response> {
    let to = StatusMove { status: undo.to, comment: None };
    let undone = signed.call(MoveTask { task_id, to, if_match: Some(undo.version) }).await;
    if signed.is_htmx() {
        // The script reads the page again by itself.
        undone?;
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let text = match undone {
        Ok(_) => signed.tr("task-undone", &[]),
        Err(error) => sentence(error, &signed.voice())?,
    };
    signed.done(&links::referring(&signed.ask), text).await
}

async fn submit(
    signed: Signed,
    Path(task_id): Path<TaskId>,
    Form(form, _): Form<SubmitForm>,
) -> Result<Response> {
    let typed = form.submission.clone();
    match save_and_submit(&signed, task_id, &form).await {
        Ok(task) => moved_to(&signed, &task, form.from, &path(task_id)).await,
        Err(Error::Call(error)) => {
            let errors = refusals(error, &signed.voice())?;
            let typed = Typed { submission: typed, ..Typed::default() };
            again(&signed, task_id, Ask::default(), typed, &errors).await
        }
        Err(error) => Err(error),
    }
}

async fn save_and_submit(signed: &Signed, task_id: TaskId, form: &SubmitForm) -> Result<Task> {
    let mut version = form.version;
    if form.submission.is_some() {
        let patch = TaskPatch { submission: form.submission.clone(), ..TaskPatch::default() };
        version = signed.call(UpdateTask { task_id, patch, if_match: Some(version) }).await?.version;
    }
    let to = StatusMove { status: TaskStatus::Submitted, comment: None };
    Ok(signed.call(MoveTask { task_id, to, if_match: Some(version) }).await?)
}
