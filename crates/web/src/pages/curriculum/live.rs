//! The draft as the open page keeps it: small edits, what others changed, and who else is here.
//!
//! The page asks every few seconds. While nothing changed, that costs one statement and has no body.

use super::presence::{self, Here};
use crate::{Error, Form, Query, Result, Signed, form::sentence, visitor::text};
use axum::{
    Json,
    extract::Path,
    response::{IntoResponse, Response},
};
use client::CallError;
use contract::{
    Code, CurriculumId,
    curriculum_edits::{ChangesFilter, DraftChanges, DraftEdit, DraftEdits, EditDraft, GetDraftChanges},
};
use http::{HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    since: Option<i64>,
}

#[derive(Serialize)]
struct Live {
    #[serde(flatten)]
    changes: DraftChanges,
    /// Who else has it open.
    here: Vec<Here>,
}

pub async fn draft(signed: Signed, Path(id): Path<CurriculumId>, Query(ask): Query<Ask>) -> Result<Response> {
    let filter = ChangesFilter { since: ask.since };
    let changes = signed.call(GetDraftChanges { curriculum_id: id, filter, if_match: None }).await?;
    let here = presence::seen(&signed, id, changes.curriculum.can_edit).await?;
    let tag = format!("\"{}-{}\"", changes.revision, presence::digest(&here));
    let is_known = !changes.is_changed && text(&signed.ask.headers, "if-none-match") == Some(tag.as_str());
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Json(Live { changes, here }).into_response()
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EditsForm {
    base: i64,
    /// A list of edits as the API takes them, in JSON.
    edits: String,
}

/// What can't be done, and which edit it is.
#[derive(Serialize)]
struct Refusal {
    edit: Option<usize>,
    field: String,
    text: String,
}

pub async fn edit(
    signed: Signed,
    Path(id): Path<CurriculumId>,
    Form(form, once): Form<EditsForm>,
) -> Result<Response> {
    let edits: Vec<DraftEdit> = serde_json::from_str(&form.edits).map_err(|error| Error::bad_form(&error))?;
    let edits = DraftEdits { base: form.base, edits };
    match signed.call_once(&once, EditDraft { curriculum_id: id, edits }).await {
        Ok(changes) => Ok(Json(changes).into_response()),
        Err(error) if error.code() == Some(Code::Invalid) => {
            let refusals = refusals(&signed, &error);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(refusals)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// `edits.3.fields.title` is the title of the fourth edit.
fn refusals(signed: &Signed, error: &CallError) -> Vec<Refusal> {
    let voice = signed.voice();
    let refusal = |error: &contract::FieldError| {
        let mut words = error.field.split('.').skip(1);
        let edit = words.next().and_then(|nth| nth.parse().ok());
        let field = words.filter(|word| word.parse::<usize>().is_err()).last().unwrap_or_default().to_owned();
        let mut named = error.clone();
        if named.code == "cycle" {
            "task_cycle".clone_into(&mut named.code);
        }
        Refusal { edit, field, text: sentence(&named, &voice) }
    };
    error.field_errors().iter().map(refusal).collect()
}
