//! Task blocks: kept from a curriculum, put into another, renamed and deleted.
//!
//! The editor does all of it in place and asks for JSON; these pages are the way without script, and the place
//! where blocks are looked after.

use super::Routes;
use crate::{Crumb, Errors, Form, Page, Query, Result, Signed, engine::Voice, form::blank, signed::encoded};
use axum::{
    Json,
    extract::Path,
    response::{IntoResponse, Response},
};
use contract::{
    BlockId, CurriculumId, DepartmentId,
    blocks::{Block, BlockFilter, BlockPatch, DeleteBlock, GetBlock, ListBlocks, UpdateBlock},
    curriculum::GetCurriculum,
};
use serde::{Deserialize, Serialize};

mod insert;
mod keep;

pub fn routes() -> Routes {
    Routes::new()
        .get("/curricula/blocks", show)
        .get("/curricula/blocks/list", list)
        .get("/curricula/blocks/{block_id}/tasks", tasks)
        .post("/curricula/blocks/{block_id}", rename)
        .post("/curricula/blocks/{block_id}/delete", delete)
        .get("/curricula/{curriculum_id}/blocks", keep::show)
        .post("/curricula/{curriculum_id}/blocks", keep::submit)
        .post("/curricula/{curriculum_id}/blocks/{block_id}", insert::submit)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    #[serde(deserialize_with = "blank")]
    cursor: Option<String>,
    /// The curriculum one came from.
    #[serde(deserialize_with = "blank")]
    into: Option<CurriculumId>,
}

#[derive(Serialize)]
struct Blocks {
    blocks: Vec<Block>,
    /// Where one can be put, and how many weeks that has.
    into: Option<Target>,
    next_url: String,
    first_url: String,
}

#[derive(Serialize)]
struct Target {
    curriculum_id: CurriculumId,
    title: String,
    weeks: Vec<i64>,
}

async fn load(signed: &Signed, ask: Ask) -> Result<Blocks> {
    let filter = BlockFilter { limit: None, cursor: ask.cursor.clone() };
    let page = signed.call(ListBlocks { filter }).await?;
    let into = match ask.into {
        Some(curriculum_id) => {
            let detail = signed.call(GetCurriculum { curriculum_id, if_match: None }).await?;
            let weeks = (1..=(detail.curriculum.total_weeks + 1).min(104)).collect();
            let title = detail.curriculum.title;
            detail.curriculum.can_edit.then_some(Target { curriculum_id, title, weeks })
        }
        None => None,
    };
    let first = into.as_ref().map_or_else(
        || "/curricula/blocks?".to_owned(),
        |into| format!("/curricula/blocks?into={}&", into.curriculum_id),
    );
    Ok(Blocks {
        blocks: page.items,
        into,
        next_url: page.next.map_or_else(String::new, |cursor| format!("{first}cursor={}", encoded(&cursor))),
        first_url: if ask.cursor.is_some() { first } else { String::new() },
    })
}

async fn show(signed: Signed, Query(ask): Query<Ask>) -> Result<Response> {
    signed.page(&load(&signed, ask).await?).await
}

/// For the editor: the first hundred, by name.
async fn list(signed: Signed) -> Result<Response> {
    let filter = BlockFilter { limit: Some(100), cursor: None };
    Ok(Json(signed.call(ListBlocks { filter }).await?.items).into_response())
}

async fn tasks(signed: Signed, Path(block_id): Path<BlockId>) -> Result<Response> {
    Ok(Json(signed.call(GetBlock { block_id }).await?.tasks).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct BlockForm {
    name: String,
    #[serde(deserialize_with = "blank")]
    into: Option<CurriculumId>,
}

/// Back to the list as it was.
fn to(into: Option<CurriculumId>) -> String {
    into.map_or_else(|| "/curricula/blocks".to_owned(), |id| format!("/curricula/blocks?into={id}"))
}

async fn rename(
    signed: Signed,
    Path(block_id): Path<BlockId>,
    Form(form, _): Form<BlockForm>,
) -> Result<Response> {
    let patch = BlockPatch { name: Some(form.name.clone()), department_id: None };
    match signed.call(UpdateBlock { block_id, patch }).await {
        Ok(block) => signed.done(&to(form.into), signed.tr("blocks-renamed", &[("name", &block.name)])).await,
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            let page = load(&signed, Ask { cursor: None, into: form.into }).await?;
            signed.invalid(&page, &errors).await
        }
    }
}

async fn delete(
    signed: Signed,
    Path(block_id): Path<BlockId>,
    Form(form, _): Form<BlockForm>,
) -> Result<Response> {
    signed.call(DeleteBlock { block_id }).await?;
    let text = signed.tr("blocks-deleted", &[("name", &form.name)]);
    if signed.is_htmx() {
        return Ok(Json(serde_json::json!({ "text": text })).into_response());
    }
    signed.done(&to(form.into), text).await
}

impl Page for Blocks {
    const TEMPLATE: &'static str = "pages/blocks.html";
    const HERE: &'static str = "curricula";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        let list = Crumb::to("/curricula", voice.tr("nav-curricula", &[]));
        let into = self
            .into
            .as_ref()
            .map(|into| Crumb::to(format!("/curricula/{}", into.curriculum_id), into.title.clone()));
        [list].into_iter().chain(into).chain([Crumb::here(voice.tr("blocks-title", &[]))]).collect()
    }

    fn samples() -> Vec<Self> {
        let into =
            || Target { curriculum_id: CurriculumId(5), title: "Backend <b>".into(), weeks: vec![1, 2, 3] };
        let page = |blocks, into| Self { blocks, into, next_url: String::new(), first_url: String::new() };
        let all = vec![sample(true), sample(false)];
        vec![
            page(all.clone(), None),
            page(all, Some(into())),
            page(Vec::new(), None),
            page(Vec::new(), Some(into())),
        ]
    }
}

fn sample(can_edit: bool) -> Block {
    Block {
        block_id: BlockId(3),
        company_id: contract::CompanyId("220-81-62517".into()),
        department_id: can_edit.then_some(DepartmentId(2)),
        department_name: can_edit.then(|| "Platform".into()),
        name: "Security <b>".into(),
        total_weeks: 2,
        task_count: 5,
        created_by: None,
        created_by_name: Some("Kim".into()),
        updated_at: chrono::DateTime::UNIX_EPOCH,
        can_edit,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::Blocks>();
    }
}
