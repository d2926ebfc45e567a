//! How a draft is changed: read, change, save with the revision the page was made from.

use super::{Editor, Typed, draft};
use crate::{Error, Errors, Result, Signed};
use axum::response::Response;
use client::CallError;
use contract::{
    Code, CurriculumId,
    curriculum::{CurriculumDetail, Draft, GetCurriculum, SaveDraft},
};
use http::StatusCode;

/// What became of a change.
pub enum Outcome {
    Saved(CurriculumDetail),
    /// Somebody else was first: how it is now.
    Stale(CurriculumDetail),
    /// What the API says is wrong, and how it was before.
    Refused(CurriculumDetail, CallError),
}

pub async fn load(signed: &Signed, curriculum_id: CurriculumId) -> Result<CurriculumDetail> {
    Ok(signed.call(GetCurriculum { curriculum_id, if_match: None }).await?)
}

/// Only what one may edit; the page of no permission for everything else.
pub async fn editable(signed: &Signed, curriculum_id: CurriculumId) -> Result<CurriculumDetail> {
    let detail = load(signed, curriculum_id).await?;
    if detail.curriculum.can_edit { Ok(detail) } else { Err(Error::of(Code::Denied)) }
}

pub async fn change(
    signed: &Signed,
    curriculum_id: CurriculumId,
    revision: i64,
    apply: impl FnOnce(&mut Draft) + Send,
) -> Result<Outcome> {
    let detail = editable(signed, curriculum_id).await?;
    if detail.revision != revision {
        return Ok(Outcome::Stale(detail));
    }
    let before = draft::of(&detail);
    let mut draft = before.clone();
    apply(&mut draft);
    if draft == before {
        return Ok(Outcome::Saved(detail));
    }
    match signed.call(SaveDraft { curriculum_id, draft, if_match: Some(revision) }).await {
        Ok(saved) => Ok(Outcome::Saved(saved)),
        Err(error) if error.code() == Some(Code::Stale) => {
            Ok(Outcome::Stale(load(signed, curriculum_id).await?))
        }
        Err(error) => Ok(Outcome::Refused(detail, error)),
    }
}

/// The editor after a change: back to it, or again with what was typed and what is wrong.
pub async fn answer(
    signed: &Signed,
    outcome: Outcome,
    typed: Typed,
    place: Option<usize>,
    to: &str,
) -> Result<Response> {
    match outcome {
        // The script takes the figures out of the page.
        Outcome::Saved(detail) if signed.is_htmx() => {
            signed.page(&Editor::of(detail, Typed::default())).await
        }
        Outcome::Saved(_) => Ok(signed.redirect(to)),
        Outcome::Stale(_) if signed.is_htmx() => Err(Error::of(Code::Stale)),
        Outcome::Stale(detail) => {
            stale(signed.page(&Editor { is_stale: true, ..Editor::of(detail, typed) }).await?)
        }
        Outcome::Refused(detail, error) => {
            let errors = Errors::of(at_form(error, place), &signed.voice())?;
            signed.invalid(&Editor::of(detail, typed), &errors).await
        }
    }
}

/// A page that says that somebody else was first.
pub fn stale(mut response: Response) -> Result<Response> {
    *response.status_mut() = StatusCode::PRECONDITION_FAILED;
    Ok(response)
}

/// `tasks.7.title` is `title` of the form of task 7; what is wrong elsewhere is about the form as a whole.
pub fn at_form(error: CallError, place: Option<usize>) -> CallError {
    let CallError::Refused { mut problem, retry_after } = error else { return error };
    let own = place.map(|place| format!("tasks.{place}."));
    for error in &mut problem.errors {
        let rest = own.as_deref().and_then(|own| error.field.strip_prefix(own));
        let name = rest.map(|rest| rest.split('.').next().unwrap_or_default().to_owned());
        error.field = match name {
            // A circle stands at its first task, whichever of them was changed.
            _ if error.code == "cycle" => {
                "task_cycle".clone_into(&mut error.code);
                "depends_on".to_owned()
            }
            Some(name) => name,
            None => "form".to_owned(),
        };
    }
    CallError::Refused { problem, retry_after }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{FieldError, Problem};

    #[test]
    fn what_is_wrong_with_a_task_stands_at_its_form() {
        let errors = [("tasks.2.title", "required"), ("tasks.0.depends_on", "cycle"), ("tasks.1.week", "x")];
        let errors = errors.map(|(field, code)| FieldError::new(field, code, "")).to_vec();
        let problem = Box::new(Problem { errors, ..Problem::new(Code::Invalid) });
        let error = at_form(CallError::Refused { problem, retry_after: None }, Some(2));
        let fields: Vec<_> =
            error.field_errors().iter().map(|e| (e.field.as_str(), e.code.as_str())).collect();
        assert_eq!(fields, [("title", "required"), ("depends_on", "task_cycle"), ("form", "x")]);
    }
}
