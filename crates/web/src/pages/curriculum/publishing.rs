//! Publishing: the draft becomes the next version.

use super::{change, samples};
use crate::{Crumb, Errors, Form, Page, Result, Signed, engine::Voice};
use axum::{extract::Path, response::Response};
use contract::{
    Code, CurriculumId,
    curriculum::{Curriculum, CurriculumDetail, Publication, PublishCurriculum},
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PublishForm {
    note: String,
    revision: i64,
}

#[derive(Serialize)]
struct Publishing {
    curriculum: Curriculum,
    revision: i64,
    next_number: i64,
    note: String,
    /// Somebody changed it after this was opened.
    is_stale: bool,
}

impl Publishing {
    fn of(detail: CurriculumDetail, note: String) -> Self {
        Self {
            next_number: detail.curriculum.latest_number.unwrap_or(0) + 1,
            revision: detail.revision,
            curriculum: detail.curriculum,
            note,
            is_stale: false,
        }
    }
}

pub async fn show(signed: Signed, Path(id): Path<CurriculumId>) -> Result<Response> {
    let detail = change::editable(&signed, id).await?;
    signed.page(&Publishing::of(detail, String::new())).await
}

pub async fn submit(
    signed: Signed,
    Path(curriculum_id): Path<CurriculumId>,
    Form(form, once): Form<PublishForm>,
) -> Result<Response> {
    let detail = change::load(&signed, curriculum_id).await?;
    if detail.revision != form.revision {
        let page = Publishing { is_stale: true, ..Publishing::of(detail, form.note) };
        return change::stale(signed.page(&page).await?);
    }
    let publication = Publication { note: form.note.clone() };
    let error = match signed.call_once(&once, PublishCurriculum { curriculum_id, publication }).await {
        Ok(version) => {
            let text = signed.tr("curriculum-published-now", &[("version", &format!("v{}", version.number))]);
            return signed.done(&format!("/curricula/{curriculum_id}"), text).await;
        }
        Err(error) => error,
    };
    let is_empty = error.field_errors().iter().any(|error| error.field == "tasks");
    let errors = match error.code() {
        Some(Code::Invalid) if is_empty => Errors::one("form", signed.tr("curriculum-publish-empty", &[])),
        Some(Code::Conflict) => Errors::one("form", signed.tr("curriculum-publish-unchanged", &[])),
        _ => Errors::of(error, &signed.voice())?,
    };
    signed.invalid(&Publishing::of(detail, form.note), &errors).await
}

impl Page for Publishing {
    const TEMPLATE: &'static str = "pages/curriculum_publish.html";
    const HERE: &'static str = "curricula";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        super::crumbs(voice, &self.curriculum, Some(voice.tr("curriculum-publish", &[])))
    }

    fn samples() -> Vec<Self> {
        let page = |curriculum| Self::of(samples::detail(curriculum), "note".into());
        vec![page(samples::used()), page(samples::fresh()), Self { is_stale: true, ..page(samples::used()) }]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::Publishing>();
    }
}
