//! The company's curricula: finding one, beginning one, and what is done with a whole one.
//!
//! What is in a curriculum is changed on its own page (`curriculum`).

use super::Routes;
use crate::{Crumb, Page, Query, Result, Signed, engine::Voice, form::blank, signed::encoded};
use axum::response::Response;
use contract::curriculum::{Curriculum, CurriculumFilter, CurriculumState, ListCurricula};
use serde::{Deserialize, Serialize};

mod acts;
mod details;
mod import;
pub mod samples;

pub fn routes() -> Routes {
    Routes::new()
        .get("/curricula", show)
        .get("/curricula/new", details::begin)
        .post("/curricula/new", details::create)
        .get("/curricula/import", import::show)
        .post("/curricula/import", import::submit)
        .get("/curricula/{curriculum_id}/edit", details::show)
        .post("/curricula/{curriculum_id}/edit", details::submit)
        .get("/curricula/{curriculum_id}/copy", acts::ask_to_copy)
        .post("/curricula/{curriculum_id}/copy", acts::copy)
        .get("/curricula/{curriculum_id}/export", acts::export)
        .post("/curricula/{curriculum_id}/archive", acts::archive)
        .post("/curricula/{curriculum_id}/unarchive", acts::unarchive)
        .get("/curricula/{curriculum_id}/delete", acts::ask_to_delete)
        .post("/curricula/{curriculum_id}/delete", acts::delete)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    search: String,
    #[serde(deserialize_with = "blank")]
    state: Option<CurriculumState>,
    #[serde(deserialize_with = "blank")]
    cursor: Option<String>,
}

#[derive(Serialize)]
struct Curricula {
    search: String,
    state: Option<CurriculumState>,
    curricula: Vec<Curriculum>,
    /// Whether what is shown was looked for.
    is_filtered: bool,
    first_url: String,
    next_url: String,
}

async fn show(signed: Signed, Query(ask): Query<Ask>) -> Result<Response> {
    let search = ask.search.trim().to_owned();
    let first_page = format!(
        "/curricula?search={}&state={}",
        encoded(&search),
        ask.state.map_or("", CurriculumState::as_str)
    );
    let first_url = if ask.cursor.is_some() { first_page.clone() } else { String::new() };
    let filter = CurriculumFilter {
        search: Some(search.clone()).filter(|search| !search.is_empty()),
        state: ask.state,
        cursor: ask.cursor,
        ..CurriculumFilter::default()
    };
    let page = signed.call(ListCurricula { filter }).await?;
    let next_url =
        page.next.map_or_else(String::new, |cursor| format!("{first_page}&cursor={}", encoded(&cursor)));
    let is_filtered = !search.is_empty() || ask.state.is_some() || !first_url.is_empty();
    let page =
        Curricula { search, state: ask.state, curricula: page.items, is_filtered, first_url, next_url };
    signed.page(&page).await
}

impl Page for Curricula {
    const TEMPLATE: &'static str = "pages/curricula.html";
    const HERE: &'static str = "curricula";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        vec![Crumb::here(voice.tr("nav-curricula", &[]))]
    }

    fn samples() -> Vec<Self> {
        let page = |search: &str, curricula: Vec<Curriculum>| Self {
            search: search.into(),
            state: None,
            curricula,
            is_filtered: !search.is_empty(),
            first_url: String::new(),
            next_url: "/curricula?cursor=x".into(),
        };
        let full = vec![samples::used(), samples::fresh(), samples::archived(), samples::others()];
        vec![page("", full), page("", Vec::new()), page("x", Vec::new())]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::Curricula>();
    }
}
