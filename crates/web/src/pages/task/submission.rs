//! What the mentee writes: saved while writing, or by a button; and Markdown shown as it will be read.

use super::{Ask, Typed, again, path, refusals};
use crate::{Form, Result, Signed, form::Saved, markdown, pages::Routes};
use axum::{
    Json,
    extract::Path,
    response::{Html, IntoResponse, Response},
};
use contract::{
    TaskId,
    tasks::{TaskPatch, UpdateTask},
};
use serde::Deserialize;

pub fn routes() -> Routes {
    Routes::new().post("/tasks/{task_id}/submission", save).post("/markdown", preview)
}

#[derive(Debug, Deserialize)]
struct SubmissionForm {
    submission: String,
    version: i64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PreviewForm {
    text: String,
}

async fn save(
    signed: Signed,
    Path(task_id): Path<TaskId>,
    Form(form, _): Form<SubmissionForm>,
) -> Result<Response> {
    let patch = TaskPatch { submission: Some(form.submission.clone()), ..TaskPatch::default() };
    let saved = signed.call(UpdateTask { task_id, patch, if_match: Some(form.version) }).await;
    if signed.is_htmx() {
        return Ok(Json(Saved { version: saved?.version }).into_response());
    }
    match saved {
        Ok(_) => signed.done(&path(task_id), signed.tr("task-submission-saved", &[])).await,
        Err(error) => {
            let errors = refusals(error, &signed.voice())?;
            let typed = Typed { submission: Some(form.submission), ..Typed::default() };
            again(&signed, task_id, Ask::default(), typed, &errors).await
        }
    }
}

async fn preview(_signed: Signed, Form(form, _): Form<PreviewForm>) -> Html<String> {
    Html(markdown::html(&form.text))
}
