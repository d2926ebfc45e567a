//! Keeping tasks of a draft as a block: ticked on a page, or sent by the editor for its selection.

use crate::{
    Crumb, Errors, Form, Page, Result, Signed,
    engine::Voice,
    form::blank,
    pages::{
        curricula::samples,
        curriculum::{crumbs_of, editable},
    },
};
use axum::{
    Json,
    extract::Path,
    response::{IntoResponse, Response},
};
use contract::{
    CurriculumId, DepartmentId,
    blocks::{CreateBlock, NewBlock},
    curriculum::{CurriculumDetail, TemplateTask},
};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct KeepForm {
    name: String,
    #[serde(deserialize_with = "blank")]
    department_id: Option<DepartmentId>,
    key: Vec<String>,
}

#[derive(Serialize)]
struct Choice {
    key: String,
    title: String,
    week: i64,
    is_chosen: bool,
}

#[derive(Serialize)]
struct Keep {
    curriculum_id: CurriculumId,
    title: String,
    form: KeepForm,
    department: Option<(DepartmentId, String)>,
    tasks: Vec<Choice>,
}

impl Keep {
    fn of(detail: CurriculumDetail, form: KeepForm, department: Option<(DepartmentId, String)>) -> Self {
        let choice = |task: TemplateTask| Choice {
            is_chosen: form.key.contains(&task.key),
            key: task.key,
            title: task.title,
            week: task.week,
        };
        Self {
            curriculum_id: detail.curriculum.curriculum_id,
            title: detail.curriculum.title,
            tasks: detail.tasks.into_iter().map(choice).collect(),
            form,
            department,
        }
    }
}

pub async fn show(signed: Signed, Path(id): Path<CurriculumId>) -> Result<Response> {
    let detail = editable(&signed, id).await?;
    let department = signed.own_department();
    signed.page(&Keep::of(detail, KeepForm::default(), department)).await
}

pub async fn submit(
    signed: Signed,
    Path(id): Path<CurriculumId>,
    Form(form, once): Form<KeepForm>,
) -> Result<Response> {
    let detail = editable(&signed, id).await?;
    let tasks = chosen(&detail.tasks, &form.key);
    let block = NewBlock { name: form.name.clone(), department_id: form.department_id, tasks };
    match signed.call_once(&once, CreateBlock { block }).await {
        Ok(made) => {
            let text = signed.tr("blocks-kept", &[("name", &made.block.name)]);
            if signed.is_htmx() {
                return Ok(Json(serde_json::json!({ "text": text })).into_response());
            }
            signed.done(&format!("/curricula/blocks?into={id}"), text).await
        }
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            if signed.is_htmx() {
                let texts = errors.texts();
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(texts)).into_response());
            }
            let department = signed.own_department();
            signed.invalid(&Keep::of(detail, form, department), &errors).await
        }
    }
}

/// The chosen tasks; what they wait for outside is left out.
fn chosen(tasks: &[TemplateTask], keys: &[String]) -> Vec<TemplateTask> {
    let keys: HashSet<&String> = keys.iter().collect();
    let keep = |task: &TemplateTask| {
        let depends_on = task.depends_on.iter().filter(|key| keys.contains(key)).cloned().collect();
        TemplateTask { depends_on, ..task.clone() }
    };
    tasks.iter().filter(|task| keys.contains(&task.key)).map(keep).collect()
}

impl Page for Keep {
    const TEMPLATE: &'static str = "pages/block_keep.html";
    const HERE: &'static str = "curricula";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        crumbs_of(voice, self.curriculum_id, &self.title, Some(voice.tr("blocks-keep", &[])))
    }

    fn samples() -> Vec<Self> {
        let form = KeepForm { name: "typed".into(), department_id: None, key: vec!["a".into()] };
        let department = Some((DepartmentId(2), "Platform".to_owned()));
        vec![
            Self::of(samples::detail(samples::used()), form, department),
            Self::of(samples::detail(samples::fresh()), KeepForm::default(), None),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders() {
        crate::page::tests::renders::<Keep>();
    }

    #[test]
    fn what_is_outside_is_not_waited_for() {
        let tasks = samples::detail(samples::used()).tasks;
        let kept = chosen(&tasks, &["c".into(), "b".into()]);
        assert_eq!(kept.iter().map(|task| task.key.as_str()).collect::<Vec<_>>(), ["b", "c"]);
        assert_eq!(
            (kept[0].depends_on.len(), kept[1].depends_on.as_slice()),
            (0, ["b".to_owned()].as_slice())
        );
    }
}
