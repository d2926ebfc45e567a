//! One curriculum: its weeks and cards, and the draft's way into a version.
//!
//! Every form carries the revision it was made from; a change that meets a newer draft is refused and shown
//! again with all that was typed. Without script every card moves by its menu.

use super::Routes;
use crate::{Crumb, Page, Query, Result, Signed, engine::Voice};
use axum::{extract::Path, response::Response};
use board::Board;
use contract::{
    CurriculumId, DepartmentId,
    curriculum::{Curriculum, CurriculumDetail, CurriculumState},
};
use serde::{Deserialize, Serialize};

pub mod board;
mod change;
mod draft;
mod editing;
mod live;
mod presence;
mod publishing;
mod task;
mod versions;

pub use super::curricula::samples;
pub use change::editable;

pub fn routes() -> Routes {
    Routes::new()
        .get("/curricula/{curriculum_id}", show)
        .get("/curricula/{curriculum_id}/draft", live::draft)
        .post("/curricula/{curriculum_id}/edits", live::edit)
        .post("/curricula/{curriculum_id}/order", editing::order)
        .post("/curricula/{curriculum_id}/tasks", editing::add_task)
        .post("/curricula/{curriculum_id}/weeks", editing::add_week)
        .post("/curricula/{curriculum_id}/weeks/{week}/note", editing::note)
        .post("/curricula/{curriculum_id}/weeks/{week}/delete", editing::remove_week)
        .get("/curricula/{curriculum_id}/tasks/{key}", task::show)
        .post("/curricula/{curriculum_id}/tasks/{key}", task::submit)
        .post("/curricula/{curriculum_id}/tasks/{key}/delete", task::delete)
        .get("/curricula/{curriculum_id}/publish", publishing::show)
        .post("/curricula/{curriculum_id}/publish", publishing::submit)
        .get("/curricula/{curriculum_id}/versions", versions::list)
        .get("/curricula/{curriculum_id}/versions/{number}", versions::show)
        .get("/curricula/{curriculum_id}/versions/{number}/tasks/{key}", task::show_of_version)
}

/// What was typed into the editor's small forms, when it could not be saved.
#[derive(Debug, Default, Serialize)]
pub struct Typed {
    /// The week the text is for; 0 for none.
    week: i64,
    title: Option<String>,
    note: Option<String>,
}

#[derive(Serialize)]
pub struct Editor {
    curriculum: Curriculum,
    revision: i64,
    is_editable: bool,
    is_archived: bool,
    /// The number a publication would get.
    next_number: i64,
    board: Board,
    typed: Typed,
    /// Somebody changed it while this was typed.
    is_stale: bool,
    /// Weeks one under the other rather than beside each other.
    is_list: bool,
    /// One's own: what a block can be given to, beside all.
    department: Option<(DepartmentId, String)>,
}

impl Editor {
    fn of(detail: CurriculumDetail, typed: Typed) -> Self {
        let board = Board::of(&detail);
        let CurriculumDetail { curriculum, revision, .. } = detail;
        let is_archived = curriculum.state == CurriculumState::Archived;
        Self {
            is_editable: curriculum.can_edit && !is_archived,
            is_archived,
            next_number: curriculum.latest_number.unwrap_or(0) + 1,
            board,
            typed,
            is_stale: false,
            is_list: false,
            department: None,
            revision,
            curriculum,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    view: String,
}

async fn show(signed: Signed, Path(id): Path<CurriculumId>, Query(ask): Query<Ask>) -> Result<Response> {
    let department = signed.own_department();
    let editor = Editor::of(change::load(&signed, id).await?, Typed::default());
    signed.page(&Editor { is_list: ask.view == "list", department, ..editor }).await
}

/// The way to a curriculum, and on to one of its pages.
pub fn crumbs(voice: &Voice, curriculum: &Curriculum, here: Option<String>) -> Vec<Crumb> {
    crumbs_of(voice, curriculum.curriculum_id, &curriculum.title, here)
}

/// The same where only its name is known.
pub fn crumbs_of(voice: &Voice, id: CurriculumId, title: &str, here: Option<String>) -> Vec<Crumb> {
    let list = Crumb::to("/curricula", voice.tr("nav-curricula", &[]));
    let itself = Crumb::to(format!("/curricula/{id}"), title);
    [list, itself].into_iter().chain(here.map(Crumb::here)).collect()
}

impl Page for Editor {
    const TEMPLATE: &'static str = "pages/curriculum.html";
    const HERE: &'static str = "curricula";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        crumbs(voice, &self.curriculum, None)
    }

    fn samples() -> Vec<Self> {
        let page = |curriculum| Self::of(samples::detail(curriculum), Typed::default());
        let unchanged = Curriculum { has_changes: false, in_use: 0, ..samples::used() };
        let typed = Typed { week: 2, title: Some("typed".into()), note: Some("noted".into()) };
        let stale = Self { is_stale: true, ..Self::of(samples::detail(samples::used()), typed) };
        vec![
            page(samples::used()),
            page(samples::fresh()),
            page(samples::archived()),
            page(samples::others()),
            page(unchanged),
            stale,
            Self {
                is_list: true,
                department: Some((DepartmentId(2), "Platform".into())),
                ..page(samples::used())
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::Editor>();
    }
}
