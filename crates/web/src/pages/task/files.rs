//! Files of a task: taken in as they arrive, shown, given out; and the ticked items of its guideline.

use super::{Ask, TaskPage, Typed, path, sentence};
use crate::{Arriving, Error, Form, Result, Signed, download, form, pages::Routes, signed::toast_header};
use axum::{
    body::Body,
    extract::{Path, multipart::Field},
    response::Response,
};
use bytes::Bytes;
use client::CallError;
use contract::{
    Code, FileId, Stream, TaskId,
    files::{CreateTaskFile, DeleteTaskFile, GetTaskFile, NewFile, TaskFile},
    tasks::{Check, CheckItem},
};
use http::{HeaderValue, StatusCode, header};
use serde::Deserialize;
use tokio::sync::mpsc;

pub fn routes() -> Routes {
    Routes::new()
        .upload("/tasks/{task_id}/files", add)
        .get("/tasks/{task_id}/files/{file_id}", give)
        .get("/tasks/{task_id}/files/{file_id}/image", image)
        .post("/tasks/{task_id}/files/{file_id}/delete", remove)
        .post("/tasks/{task_id}/checks", check)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RemoveForm {
    name: String,
}

#[derive(Debug, Deserialize)]
struct CheckForm {
    /// `1` or `0`, then the item's words.
    tick: String,
}

fn place(task_id: TaskId) -> String {
    format!("{}#files", path(task_id))
}

async fn add(signed: Signed, Path(task_id): Path<TaskId>, mut form: Arriving) -> Result<Response> {
    let mut refused = None;
    while let Some(part) = form.next().await? {
        let Some((name, field)) = part.file else { continue };
        if let Err(error) = pass_on(&signed, task_id, name, field).await {
            refused = Some(error);
            break;
        }
    }
    match refused {
        None if signed.is_htmx() => part(&signed, task_id).await,
        None => Ok(signed.redirect(&place(task_id))),
        Some(error) => {
            let status = error.status();
            let text = why(&signed, error)?;
            if signed.is_htmx() {
                let mut response = Response::new(Body::empty());
                *response.status_mut() = if status.is_client_error() { status } else { StatusCode::CONFLICT };
                response.headers_mut().insert("hx-trigger", toast_header(&text));
                return Ok(response);
            }
            signed.done(&place(task_id), text).await
        }
    }
}

/// One file to the API, piece by piece; what the API does not want any more is let go.
async fn pass_on(
    signed: &Signed,
    task_id: TaskId,
    name: String,
    mut field: Field<'_>,
) -> Result<TaskFile, CallError> {
    type Piece = Result<Bytes, Box<dyn std::error::Error + Send + Sync>>;
    let (sender, receiver) = mpsc::channel::<Piece>(8);
    let pieces = futures_util::stream::unfold(receiver, |mut receiver| async move {
        receiver.recv().await.map(|piece| (piece, receiver))
    });
    let file = Stream::new("application/octet-stream", None, None, Box::pin(pieces));
    let call = signed.call(CreateTaskFile { task_id, options: NewFile { name }, file });
    let pump = async move {
        loop {
            let piece = match field.chunk().await {
                Ok(None) => break,
                Ok(Some(bytes)) => Ok(bytes),
                Err(error) => Err(error.into()),
            };
            let is_last = piece.is_err();
            // The rest is read all the same: a browser hears no answer before it has sent everything.
            let _ = sender.send(piece).await;
            if is_last {
                break;
            }
        }
    };
    futures_util::future::join(call, pump).await.0
}

/// What was wrong with a file, in one sentence.
fn why(signed: &Signed, error: CallError) -> Result<String> {
    let voice = signed.voice();
    if let Some(named) = error.field_errors().first() {
        return Ok(form::sentence(named, &voice));
    }
    match error.code() {
        Some(Code::TooLarge | Code::StorageFull | Code::BadRequest) => {
            let code = error.code().unwrap_or(Code::TooLarge);
            Ok(voice.tr(&form::problem_key(code), &[]))
        }
        _ => sentence(error, &voice),
    }
}

/// The list of files alone, for the script that sent one.
async fn part(signed: &Signed, task_id: TaskId) -> Result<Response> {
    let page = TaskPage::load(signed, task_id, Ask::default(), Typed::default()).await?;
    signed.page(&page).await
}

async fn give(signed: Signed, Path((task_id, file_id)): Path<(TaskId, FileId)>) -> Result<Response> {
    let file = signed.call(GetTaskFile { task_id, file_id }).await?;
    Ok(download::streamed(&file, "attachment"))
}

/// A picture to be looked at; nothing else is ever shown in place.
async fn image(signed: Signed, Path((task_id, file_id)): Path<(TaskId, FileId)>) -> Result<Response> {
    let file = signed.call(GetTaskFile { task_id, file_id }).await?;
    if !is_picture(&file.media_type) {
        return Err(Error::NotFound);
    }
    let mut response = download::streamed(&file, "inline");
    let kept = HeaderValue::from_static("private, max-age=600");
    response.headers_mut().insert(header::CACHE_CONTROL, kept);
    Ok(response)
}

pub fn is_picture(media_type: &str) -> bool {
    matches!(media_type, "image/png" | "image/jpeg" | "image/gif" | "image/webp")
}

async fn remove(
    signed: Signed,
    Path((task_id, file_id)): Path<(TaskId, FileId)>,
    Form(form, _): Form<RemoveForm>,
) -> Result<Response> {
    let text = match signed.call(DeleteTaskFile { task_id, file_id }).await {
        Ok(_) => signed.tr("task-file-removed", &[("name", &form.name)]),
        Err(error) => sentence(error, &signed.voice())?,
    };
    if signed.is_htmx() {
        return Ok(signed.with_toast(part(&signed, task_id).await?, &text));
    }
    signed.done(&place(task_id), text).await
}

async fn check(
    signed: Signed,
    Path(task_id): Path<TaskId>,
    Form(form, _): Form<CheckForm>,
) -> Result<Response> {
    let (checked, item) = match form.tick.split_at_checked(1) {
        Some(("1", item)) => (true, item.to_owned()),
        Some(("0", item)) => (false, item.to_owned()),
        _ => return Err(Error::bad_form(&"a tick without its sign")),
    };
    signed.call(CheckItem { task_id, check: Check { item, checked } }).await?;
    if signed.is_htmx() {
        return part(&signed, task_id).await;
    }
    Ok(signed.redirect(&format!("{}#guideline", path(task_id))))
}
