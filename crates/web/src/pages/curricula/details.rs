//! Title, description and department: of a new curriculum, and of one that is there.

use super::samples;
use crate::{
    Crumb, Errors, Form, Page, Result, Signed,
    engine::Voice,
    form::blank,
    pages::curriculum::{crumbs, editable},
};
use axum::{extract::Path, response::Response};
use contract::{
    Code, CurriculumId, DepartmentId,
    curriculum::{
        CreateCurriculum, Curriculum, CurriculumPatch, GetCurriculum, NewCurriculum, UpdateCurriculum,
    },
    departments::ListDepartments,
    policy::{Action, Scope, widest},
};
use http::StatusCode;
use serde::{Deserialize, Serialize};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DetailsForm {
    title: String,
    description: String,
    /// None = for the whole company.
    #[serde(deserialize_with = "blank")]
    department_id: Option<DepartmentId>,
    revision: i64,
}

/// One choice of the select.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    pub value: DepartmentId,
    pub label: String,
}

#[derive(Serialize)]
struct Details {
    form: DetailsForm,
    departments: Vec<Choice>,
    /// None for a new one.
    curriculum: Option<Curriculum>,
    /// Somebody changed it while this was typed.
    is_stale: bool,
}

/// Those that the person may give a curriculum to: admins any, mentors their own.
pub async fn departments(signed: &Signed, present: Option<&Curriculum>) -> Result<Vec<Choice>> {
    let kept = present.and_then(|curriculum| curriculum.department_id);
    if widest(signed.me.roles, Action::EditCurriculum) >= Scope::Company {
        let all = signed.call(ListDepartments {}).await?.items.into_iter();
        return Ok(all
            .filter(|department| department.is_active || kept == Some(department.department_id))
            .map(|department| Choice { value: department.department_id, label: department.name })
            .collect());
    }
    let own = signed.own_department();
    let there = kept.zip(present.and_then(|curriculum| curriculum.department_name.clone()));
    let mut choices: Vec<Choice> =
        own.into_iter().chain(there).map(|(value, label)| Choice { value, label }).collect();
    choices.dedup_by_key(|choice| choice.value);
    Ok(choices)
}

pub async fn begin(signed: Signed) -> Result<Response> {
    signed.only(Action::CreateCurriculum)?;
    let form = DetailsForm { department_id: signed.me.department_id, ..DetailsForm::default() };
    let departments = departments(&signed, None).await?;
    signed.page(&Details { form, departments, curriculum: None, is_stale: false }).await
}

pub async fn create(signed: Signed, Form(form, once): Form<DetailsForm>) -> Result<Response> {
    let curriculum = NewCurriculum {
        title: form.title.clone(),
        description: form.description.clone(),
        department_id: form.department_id,
    };
    match signed.call_once(&once, CreateCurriculum { curriculum, if_match: None }).await {
        Ok(made) => {
            let text = signed.tr("curricula-made", &[("title", &made.curriculum.title)]);
            signed.done(&format!("/curricula/{}", made.curriculum.curriculum_id), text).await
        }
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            let departments = departments(&signed, None).await?;
            signed.invalid(&Details { form, departments, curriculum: None, is_stale: false }, &errors).await
        }
    }
}

async fn load(signed: &Signed, id: CurriculumId) -> Result<Curriculum> {
    Ok(signed.call(GetCurriculum { curriculum_id: id, if_match: None }).await?.curriculum)
}

pub async fn show(signed: Signed, Path(id): Path<CurriculumId>) -> Result<Response> {
    let curriculum = editable(&signed, id).await?.curriculum;
    let form = DetailsForm {
        title: curriculum.title.clone(),
        description: curriculum.description.clone(),
        department_id: curriculum.department_id,
        revision: curriculum.revision,
    };
    let departments = departments(&signed, Some(&curriculum)).await?;
    signed.page(&Details { form, departments, curriculum: Some(curriculum), is_stale: false }).await
}

pub async fn submit(
    signed: Signed,
    Path(id): Path<CurriculumId>,
    Form(mut form, _): Form<DetailsForm>,
) -> Result<Response> {
    let patch = CurriculumPatch {
        title: Some(form.title.clone()),
        description: Some(form.description.clone()),
        department_id: Some(form.department_id),
        is_archived: None,
    };
    let error =
        match signed.call(UpdateCurriculum { curriculum_id: id, patch, if_match: Some(form.revision) }).await
        {
            Ok(curriculum) => {
                let text = signed.tr("curricula-saved", &[("title", &curriculum.title)]);
                return signed.done(&format!("/curricula/{id}"), text).await;
            }
            Err(error) => error,
        };
    let is_stale = error.code() == Some(Code::Stale);
    let errors = if is_stale { Errors::default() } else { Errors::of(error, &signed.voice())? };
    let curriculum = load(&signed, id).await?;
    let departments = departments(&signed, Some(&curriculum)).await?;
    if is_stale {
        form.revision = curriculum.revision;
    }
    let page = Details { form, departments, curriculum: Some(curriculum), is_stale };
    let mut response = signed.invalid(&page, &errors).await?;
    if is_stale {
        *response.status_mut() = StatusCode::PRECONDITION_FAILED;
    }
    Ok(response)
}

impl Page for Details {
    const TEMPLATE: &'static str = "pages/curricula_details.html";
    const HERE: &'static str = "curricula";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        match &self.curriculum {
            Some(curriculum) => crumbs(voice, curriculum, Some(voice.tr("curricula-edit", &[]))),
            None => vec![
                Crumb::to("/curricula", voice.tr("nav-curricula", &[])),
                Crumb::here(voice.tr("curricula-new", &[])),
            ],
        }
    }

    fn samples() -> Vec<Self> {
        let departments = vec![Choice { value: DepartmentId(2), label: "Platform".into() }];
        let page = |curriculum: Option<Curriculum>, is_stale| Self {
            form: DetailsForm { department_id: Some(DepartmentId(2)), ..DetailsForm::default() },
            departments: departments.clone(),
            curriculum,
            is_stale,
        };
        vec![page(None, false), page(Some(samples::used()), false), page(Some(samples::used()), true)]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::Details>();
    }
}
