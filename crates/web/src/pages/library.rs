//! The ready-made curricula that come with Naru: finding one, looking at it, taking it.

use super::{Routes, curriculum::board::Board};
use crate::{
    Crumb, Errors, Form, Page, Query, Result, Signed,
    engine::Voice,
    form::{Nothing, blank},
};
use axum::{extract::Path, response::Response};
use contract::{
    auth::Locale,
    curriculum::{Priority, TaskKind, TaskOwner, TemplateTask, WeekNote},
    curriculum_library::{
        GetReady, LibraryFilter, ListLibrary, ReadyCurriculum, ReadyDetail, ReadyJob, TakeReady,
        TakeReadyCurriculum,
    },
};
use serde::{Deserialize, Serialize};

pub fn routes() -> Routes {
    Routes::new()
        .get("/curricula/library", list)
        .get("/curricula/library/{key}", show)
        .post("/curricula/library/{key}/take", take)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    search: String,
    #[serde(deserialize_with = "blank")]
    job: Option<ReadyJob>,
    #[serde(deserialize_with = "blank")]
    language: Option<Locale>,
}

#[derive(Serialize)]
struct Library {
    search: String,
    job: Option<ReadyJob>,
    language: Option<Locale>,
    found: Vec<ReadyCurriculum>,
}

async fn list(signed: Signed, Query(ask): Query<Ask>) -> Result<Response> {
    let search = ask.search.trim().to_owned();
    let filter = LibraryFilter {
        language: ask.language,
        job: ask.job,
        search: Some(search.clone()).filter(|search| !search.is_empty()),
    };
    let found = signed.call(ListLibrary { filter }).await?.items;
    signed.page(&Library { search, job: ask.job, language: ask.language, found }).await
}

fn crumbs(voice: &Voice, here: Option<&str>) -> Vec<Crumb> {
    let list = Crumb::to("/curricula", voice.tr("nav-curricula", &[]));
    match here {
        None => vec![list, Crumb::here(voice.tr("library-title", &[]))],
        Some(here) => {
            let library = Crumb::to("/curricula/library", voice.tr("library-title", &[]));
            vec![list, library, Crumb::here(here)]
        }
    }
}

impl Page for Library {
    const TEMPLATE: &'static str = "pages/library.html";
    const HERE: &'static str = "curricula";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        crumbs(voice, None)
    }

    fn samples() -> Vec<Self> {
        let found = ReadyJob::ALL.iter().map(|job| ReadyCurriculum { job: *job, ..ready() }).collect();
        vec![
            Self { search: String::new(), job: None, language: None, found },
            Self {
                search: "x".into(),
                job: Some(ReadyJob::Hr),
                language: Some(Locale::En),
                found: Vec::new(),
            },
        ]
    }
}

#[derive(Serialize)]
struct Ready {
    ready: ReadyCurriculum,
    board: Board,
    /// Guidelines by key, to be read before it is taken.
    tasks: Vec<TemplateTask>,
}

impl Ready {
    fn of(detail: ReadyDetail) -> Self {
        let board = Board::of_tasks(&detail.week_notes, &detail.tasks);
        Self { board, ready: detail.ready, tasks: detail.tasks }
    }
}

async fn show(signed: Signed, Path(key): Path<String>) -> Result<Response> {
    signed.page(&Ready::of(signed.call(GetReady { key }).await?)).await
}

async fn take(signed: Signed, Path(key): Path<String>, Form(_, once): Form<Nothing>) -> Result<Response> {
    let call = TakeReadyCurriculum { key: key.clone(), take: TakeReady::default() };
    match signed.call_once(&once, call).await {
        Ok(made) => {
            let text = signed.tr("library-taken", &[("title", &made.curriculum.title)]);
            signed.done(&format!("/curricula/{}", made.curriculum.curriculum_id), text).await
        }
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            let page = Ready::of(signed.call(GetReady { key }).await?);
            signed.invalid(&page, &errors).await
        }
    }
}

fn ready() -> ReadyCurriculum {
    ReadyCurriculum {
        key: "ko-backend".into(),
        language: Locale::Ko,
        job: ReadyJob::Backend,
        title: "Backend <b>".into(),
        description: "Six weeks".into(),
        total_weeks: 6,
        task_count: 20,
        days: 40,
    }
}

impl Page for Ready {
    const TEMPLATE: &'static str = "pages/library_one.html";
    const HERE: &'static str = "curricula";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        crumbs(voice, Some(&self.ready.title))
    }

    fn samples() -> Vec<Self> {
        let task = |key: &str, week, depends_on: Vec<String>| TemplateTask {
            key: key.into(),
            week,
            title: format!("Task {key} <b>"),
            guideline: "## What to do\n- read".into(),
            submission_form: if week == 1 { String::new() } else { "## Done".into() },
            priority: Priority::High,
            starts_after: 0,
            duration: 7,
            kind: TaskKind::Reading,
            owner: TaskOwner::Mentor,
            depends_on,
            is_required: week == 1,
        };
        let tasks = vec![task("a", 1, Vec::new()), task("b", 2, vec!["a".into()])];
        let week_notes = vec![WeekNote { week: 1, note: "First".into() }];
        vec![Self::of(ReadyDetail { ready: ready(), week_notes, tasks })]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::Library>();
        crate::page::tests::renders::<super::Ready>();
    }
}
