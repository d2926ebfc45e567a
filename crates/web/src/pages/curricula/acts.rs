//! What is done with a whole curriculum: copy, take out as a file, archive, delete.

use super::{
    details::{Choice, departments},
    samples,
};
use crate::{
    Crumb, Errors, Form, Page, Query, Result, Signed, download,
    engine::Voice,
    form::Nothing,
    links,
    pages::curriculum::{crumbs, editable},
};
use axum::{extract::Path, response::Response};
use contract::{
    CurriculumId, DepartmentId,
    curriculum::{
        CopyCurriculum, CopyTarget, Curriculum, CurriculumPatch, CurriculumState, DeleteCurriculum,
        ExportCurriculum, FileFormat, FileOptions, GetCurriculum, UpdateCurriculum,
    },
};
use serde::{Deserialize, Serialize};

/// Where the copy goes: "" where the original is, `common`, or a department.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CopyForm {
    to: String,
}

impl CopyForm {
    fn target(&self) -> CopyTarget {
        match self.to.as_str() {
            "common" => CopyTarget { department_id: None, is_common: Some(true) },
            to => CopyTarget { department_id: to.parse().ok().map(DepartmentId), is_common: None },
        }
    }
}

#[derive(Serialize)]
struct Copying {
    curriculum: Curriculum,
    departments: Vec<Choice>,
    form: CopyForm,
}

impl Copying {
    async fn load(signed: &Signed, curriculum_id: CurriculumId, form: CopyForm) -> Result<Self> {
        let curriculum = signed.call(GetCurriculum { curriculum_id, if_match: None }).await?.curriculum;
        let departments = departments(signed, None).await?;
        Ok(Self { curriculum, departments, form })
    }
}

pub async fn ask_to_copy(signed: Signed, Path(id): Path<CurriculumId>) -> Result<Response> {
    signed.page(&Copying::load(&signed, id, CopyForm::default()).await?).await
}

pub async fn copy(
    signed: Signed,
    Path(curriculum_id): Path<CurriculumId>,
    Form(form, once): Form<CopyForm>,
) -> Result<Response> {
    match signed.call_once(&once, CopyCurriculum { curriculum_id, target: form.target() }).await {
        Ok(made) => {
            let text = signed.tr("curricula-copied", &[("title", &made.curriculum.title)]);
            signed.done(&format!("/curricula/{}", made.curriculum.curriculum_id), text).await
        }
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            signed.invalid(&Copying::load(&signed, curriculum_id, form).await?, &errors).await
        }
    }
}

impl Page for Copying {
    const TEMPLATE: &'static str = "pages/curricula_copy.html";
    const HERE: &'static str = "curricula";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        crumbs(voice, &self.curriculum, Some(voice.tr("curricula-copy", &[])))
    }

    fn samples() -> Vec<Self> {
        let departments = vec![Choice { value: DepartmentId(2), label: "Platform".into() }];
        vec![
            Self { curriculum: samples::used(), departments, form: CopyForm { to: "2".into() } },
            Self { curriculum: samples::others(), departments: Vec::new(), form: CopyForm::default() },
        ]
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ExportAsk {
    #[serde(deserialize_with = "crate::form::blank")]
    format: Option<FileFormat>,
}

pub async fn export(
    signed: Signed,
    Path(curriculum_id): Path<CurriculumId>,
    Query(ask): Query<ExportAsk>,
) -> Result<Response> {
    let options = FileOptions { format: ask.format };
    let file = signed.call(ExportCurriculum { curriculum_id, options }).await?;
    let ending = ask.format.unwrap_or(FileFormat::Yaml);
    Ok(download::saved(file, &format!("curriculum-{curriculum_id}.{ending}")))
}

pub async fn archive(
    signed: Signed,
    Path(id): Path<CurriculumId>,
    Form(..): Form<Nothing>,
) -> Result<Response> {
    let curriculum = set_archived(&signed, id, true).await?;
    let text = signed.tr("curricula-archived-now", &[("title", &curriculum.title)]);
    signed.say(text, Some(format!("/curricula/{id}/unarchive"))).await?;
    Ok(signed.redirect(&links::referring(&signed.ask)))
}

pub async fn unarchive(
    signed: Signed,
    Path(id): Path<CurriculumId>,
    Form(..): Form<Nothing>,
) -> Result<Response> {
    let curriculum = set_archived(&signed, id, false).await?;
    let text = signed.tr("curricula-unarchived-now", &[("title", &curriculum.title)]);
    signed.done(&links::referring(&signed.ask), text).await
}

async fn set_archived(signed: &Signed, curriculum_id: CurriculumId, is_archived: bool) -> Result<Curriculum> {
    let patch = CurriculumPatch { is_archived: Some(is_archived), ..CurriculumPatch::default() };
    Ok(signed.call(UpdateCurriculum { curriculum_id, patch, if_match: None }).await?)
}

/// Says what goes before it goes.
#[derive(Serialize)]
struct Deletion {
    curriculum: Curriculum,
    /// Only what was never published can be deleted.
    is_possible: bool,
}

impl Deletion {
    async fn load(signed: &Signed, curriculum_id: CurriculumId) -> Result<Self> {
        Ok(Self::of(editable(signed, curriculum_id).await?.curriculum))
    }

    fn of(curriculum: Curriculum) -> Self {
        Self { is_possible: curriculum.latest_number.is_none(), curriculum }
    }
}

pub async fn ask_to_delete(signed: Signed, Path(id): Path<CurriculumId>) -> Result<Response> {
    signed.page(&Deletion::load(&signed, id).await?).await
}

pub async fn delete(
    signed: Signed,
    Path(curriculum_id): Path<CurriculumId>,
    Form(..): Form<Nothing>,
) -> Result<Response> {
    match signed.call(DeleteCurriculum { curriculum_id }).await {
        Ok(_) => signed.done("/curricula", signed.tr("curricula-deleted", &[])).await,
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            signed.invalid(&Deletion::load(&signed, curriculum_id).await?, &errors).await
        }
    }
}

impl Page for Deletion {
    const TEMPLATE: &'static str = "pages/curricula_delete.html";
    const HERE: &'static str = "curricula";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        crumbs(voice, &self.curriculum, Some(voice.tr("curricula-delete", &[])))
    }

    fn samples() -> Vec<Self> {
        let archived = Curriculum { state: CurriculumState::Archived, ..samples::used() };
        vec![Self::of(samples::fresh()), Self::of(samples::used()), Self::of(archived)]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::Deletion>();
        crate::page::tests::renders::<super::Copying>();
    }
}
