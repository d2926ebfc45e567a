//! Matching a group: who is in it, which mentor each gets and why, and the start of them all.
//!
//! The draft is kept by the API at every change, so the page can be closed at any time. Rows are shown fifty at once.

use super::{Routes, new_mentorship::next_monday, organisation::tree};
use crate::{Crumb, Errors, Form, Page, Query, Result, Signed, engine::Voice, form::Nothing};
use axum::{extract::Path, response::Response};
use chrono::NaiveDate;
use contract::{
    MatchingId, UserId, VersionId,
    curriculum::{Curriculum, CurriculumFilter, CurriculumState, ListCurricula},
    matching::{
        AssignMatching, DeleteMatching, GetMatching, ListMatchings, MatchPair, Matching, MatchingFilter,
        MatchingPatch, MatchingSummary, PairChange, PublishMatching, UpdateMatching,
    },
    page::MAX_LIMIT,
    policy::Action,
};
use serde::{Deserialize, Serialize};

mod begin;
mod samples;

pub fn routes() -> Routes {
    Routes::new()
        .get("/mentorships/matching", list)
        .post("/mentorships/matching", begin::create)
        .get("/mentorships/matching/new", begin::show)
        .get("/mentorships/matching/{matching_id}", show)
        .post("/mentorships/matching/{matching_id}/pair", change_pair)
        .post("/mentorships/matching/{matching_id}/settings", settings)
        .post("/mentorships/matching/{matching_id}/assign", assign)
        .post("/mentorships/matching/{matching_id}/publish", publish)
        .post("/mentorships/matching/{matching_id}/delete", delete)
}

/// Rows of one page.
const ROWS: usize = 50;

#[derive(Serialize)]
struct Matchings {
    matchings: Vec<MatchingSummary>,
}

async fn list(signed: Signed) -> Result<Response> {
    signed.only(Action::MatchPeople)?;
    let filter = MatchingFilter { limit: Some(MAX_LIMIT), ..MatchingFilter::default() };
    let matchings = signed.call(ListMatchings { filter }).await?.items;
    signed.page(&Matchings { matchings }).await
}

/// One mentee with the words for what keeps them from starting.
#[derive(Serialize)]
struct Row {
    pair: MatchPair,
    /// The mentors beside the best ones, by name.
    others: Vec<usize>,
    /// The best ones: which mentor, and the points.
    best: Vec<(usize, i64)>,
    problem: Option<String>,
}

#[derive(Serialize)]
struct MatchingPage {
    matching: Matching,
    rows: Vec<Row>,
    curricula: Vec<Curriculum>,
    version_ids: Vec<VersionId>,
    /// From 1 on.
    page: usize,
    pages: usize,
    /// How many have a mentor and start next, stay without, are left out, have started.
    ready: usize,
    alone: usize,
    left_out: usize,
    started: usize,
    is_open: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    page: Option<usize>,
}

impl MatchingPage {
    fn of(matching: Matching, curricula: Vec<Curriculum>, page: usize, voice: &Voice) -> Self {
        let count = |is: &dyn Fn(&MatchPair) -> bool| matching.pairs.iter().filter(|pair| is(pair)).count();
        let is_waiting = |pair: &MatchPair| pair.mentorship_id.is_none() && !pair.is_left_out;
        let pages = matching.pairs.len().div_ceil(ROWS).max(1);
        let page = page.clamp(1, pages);
        let rows = matching.pairs.iter().skip((page - 1) * ROWS).take(ROWS);
        let rows = rows.map(|pair| row(pair, &matching, voice)).collect();
        Self {
            rows,
            version_ids: matching.sources.iter().map(|source| source.version_id).collect(),
            page,
            pages,
            ready: count(&|pair| is_waiting(pair) && pair.mentor_id.is_some()),
            alone: count(&|pair| is_waiting(pair) && pair.mentor_id.is_none()),
            left_out: count(&|pair| pair.is_left_out),
            started: count(&|pair| pair.mentorship_id.is_some()),
            is_open: matching.state == contract::matching::MatchingState::Open,
            curricula,
            matching,
        }
    }

    async fn load(signed: &Signed, matching: Matching, page: usize) -> Result<Self> {
        let filter = CurriculumFilter {
            state: Some(CurriculumState::Published),
            limit: Some(MAX_LIMIT),
            ..CurriculumFilter::default()
        };
        let mut curricula = signed.call(ListCurricula { filter }).await?.items;
        curricula.retain(|curriculum| curriculum.latest_version_id.is_some());
        Ok(Self::of(matching, curricula, page, &signed.voice()))
    }
}

fn row(pair: &MatchPair, matching: &Matching, voice: &Voice) -> Row {
    let at = |id: UserId| matching.mentors.iter().position(|mentor| mentor.person.user_id == id);
    let best: Vec<(usize, i64)> =
        pair.best.iter().filter_map(|choice| Some((at(choice.mentor_id)?, choice.points))).collect();
    let is_best = |index: &usize| best.iter().any(|(best, _)| best == index);
    Row {
        others: (0..matching.mentors.len()).filter(|index| !is_best(index)).collect(),
        problem: pair.problem.as_deref().map(|code| sentence(code, voice)),
        best,
        pair: pair.clone(),
    }
}

/// The words for what publishing said: a barrier, a field's fault or a refusal.
fn sentence(code: &str, voice: &Voice) -> String {
    let word = code.replace('_', "-");
    ["matching-barrier", "field", "problem"]
        .into_iter()
        .find_map(|kind| voice.try_tr(&format!("{kind}-{word}"), &[]))
        .unwrap_or_else(|| voice.tr("field-invalid", &[]))
}

fn path(matching_id: MatchingId, page: usize) -> String {
    let path = format!("/mentorships/matching/{matching_id}");
    if page > 1 { format!("{path}?page={page}") } else { path }
}

async fn show(
    signed: Signed,
    Path(matching_id): Path<MatchingId>,
    Query(ask): Query<Ask>,
) -> Result<Response> {
    signed.only(Action::MatchPeople)?;
    let matching = signed.call(GetMatching { matching_id, if_match: None }).await?;
    signed.page(&MatchingPage::load(&signed, matching, ask.page.unwrap_or(1)).await?).await
}

/// After a change: the part of the page that shows it, or the page.
async fn changed(signed: &Signed, matching: Matching, page: usize, text: Option<String>) -> Result<Response> {
    let to = path(matching.matching_id, page);
    if signed.is_htmx() {
        let response = signed.page(&MatchingPage::load(signed, matching, page).await?).await?;
        return Ok(match text {
            Some(text) => signed.with_toast(response, &text),
            None => response,
        });
    }
    match text {
        Some(text) => signed.done(&to, text).await,
        None => Ok(signed.redirect(&to)),
    }
}

/// The page as it is kept, with what was refused.
async fn refused(
    signed: &Signed,
    matching_id: MatchingId,
    page: usize,
    error: client::CallError,
) -> Result<Response> {
    let errors = Errors::of(error, &signed.voice())?;
    let matching = signed.call(GetMatching { matching_id, if_match: None }).await?;
    signed.invalid(&MatchingPage::load(signed, matching, page).await?, &errors).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PairForm {
    mentee_id: i64,
    #[serde(deserialize_with = "crate::form::blank")]
    mentor_id: Option<UserId>,
    /// Empty: the mentor was chosen.
    act: String,
    page: usize,
    version: Option<i64>,
}

async fn change_pair(
    signed: Signed,
    Path(matching_id): Path<MatchingId>,
    Form(form, _): Form<PairForm>,
) -> Result<Response> {
    let mut change =
        PairChange { mentee_id: UserId(form.mentee_id), mentor_id: None, is_locked: None, is_left_out: None };
    match form.act.as_str() {
        "lock" => change.is_locked = Some(true),
        "unlock" => change.is_locked = Some(false),
        "leave" => change.is_left_out = Some(true),
        "bring" => change.is_left_out = Some(false),
        _ => change.mentor_id = Some(form.mentor_id),
    }
    let patch = MatchingPatch { pairs: vec![change], ..MatchingPatch::default() };
    match signed.call(UpdateMatching { matching_id, patch, if_match: form.version }).await {
        Ok(matching) => changed(&signed, matching, form.page, None).await,
        Err(error) => refused(&signed, matching_id, form.page, error).await,
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SettingsForm {
    title: String,
    start_on: String,
    version_ids: Vec<VersionId>,
    page: usize,
    version: Option<i64>,
}

async fn settings(
    signed: Signed,
    Path(matching_id): Path<MatchingId>,
    Form(form, _): Form<SettingsForm>,
) -> Result<Response> {
    let Ok(start_on) = form.start_on.trim().parse::<NaiveDate>() else {
        let errors = Errors::one("start_on", signed.tr("new-mentorship-pick-day", &[]));
        let matching = signed.call(GetMatching { matching_id, if_match: None }).await?;
        return signed.invalid(&MatchingPage::load(&signed, matching, form.page).await?, &errors).await;
    };
    let patch = MatchingPatch {
        title: Some(form.title.trim().to_owned()),
        start_on: Some(start_on),
        version_ids: Some(form.version_ids),
        ..MatchingPatch::default()
    };
    match signed.call(UpdateMatching { matching_id, patch, if_match: form.version }).await {
        Ok(matching) => {
            let text = signed.tr("matching-saved", &[]);
            changed(&signed, matching, form.page, Some(text)).await
        }
        Err(error) => refused(&signed, matching_id, form.page, error).await,
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Act {
    page: usize,
}

async fn assign(
    signed: Signed,
    Path(matching_id): Path<MatchingId>,
    Form(act, once): Form<Act>,
) -> Result<Response> {
    match signed.call_once(&once, AssignMatching { matching_id }).await {
        Ok(matching) => {
            let text = signed.tr("matching-assigned", &[]);
            changed(&signed, matching, act.page, Some(text)).await
        }
        Err(error) => refused(&signed, matching_id, act.page, error).await,
    }
}

async fn publish(
    signed: Signed,
    Path(matching_id): Path<MatchingId>,
    Form(act, once): Form<Act>,
) -> Result<Response> {
    match signed.call_once(&once, PublishMatching { matching_id }).await {
        Ok(matching) => {
            let started = matching.pairs.iter().filter(|pair| pair.mentorship_id.is_some()).count();
            let failed = matching.pairs.iter().filter(|pair| pair.problem.is_some()).count();
            let key = if failed > 0 { "matching-published-partly" } else { "matching-published" };
            let (started, failed) = (started.to_string(), failed.to_string());
            let args = [("count", started.as_str()), ("failed", failed.as_str())];
            let text = signed.tr(key, &args[..if key.ends_with("partly") { 2 } else { 1 }]);
            changed(&signed, matching, act.page, Some(text)).await
        }
        Err(error) => refused(&signed, matching_id, act.page, error).await,
    }
}

async fn delete(
    signed: Signed,
    Path(matching_id): Path<MatchingId>,
    Form(..): Form<Nothing>,
) -> Result<Response> {
    signed.call(DeleteMatching { matching_id }).await?;
    signed.done("/mentorships/matching", signed.tr("matching-deleted", &[])).await
}

fn way(voice: &Voice) -> Vec<Crumb> {
    vec![Crumb::to("/mentorships", voice.tr("nav-mentorships", &[]))]
}

impl Page for Matchings {
    const TEMPLATE: &'static str = "pages/matchings.html";
    const HERE: &'static str = "mentorships";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        let mut way = way(voice);
        way.push(Crumb::here(voice.tr("matching-heading", &[])));
        way
    }

    fn samples() -> Vec<Self> {
        vec![Self { matchings: samples::summaries() }, Self { matchings: Vec::new() }]
    }
}

impl Page for MatchingPage {
    const TEMPLATE: &'static str = "pages/matching.html";
    const HERE: &'static str = "mentorships";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        let mut way = way(voice);
        way.push(Crumb::to("/mentorships/matching", voice.tr("matching-heading", &[])));
        way.push(Crumb::here(&self.matching.title));
        way
    }

    fn samples() -> Vec<Self> {
        samples::matchings()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::auth::Locale;

    #[test]
    fn renders() {
        crate::page::tests::renders::<Matchings>();
        crate::page::tests::renders::<MatchingPage>();
        crate::page::tests::renders::<begin::NewMatchingPage>();
    }

    #[test]
    fn every_barrier_and_reason_has_its_words() {
        for locale in Locale::ALL {
            let voice = Voice::read(*locale);
            for kind in contract::matching::BarrierKind::ALL {
                assert!(
                    voice.has(&format!("matching-barrier-{}", kind.as_str().replace('_', "-"))),
                    "{kind}"
                );
            }
            for kind in contract::matching::ReasonKind::ALL {
                assert!(voice.has(&format!("matching-reason-{}", kind.as_str().replace('_', "-"))), "{kind}");
            }
            assert_ne!(sentence("own_manager", &voice), sentence("a_code_of_tomorrow", &voice));
            assert_eq!(sentence("archived", &voice), voice.tr("field-archived", &[]));
        }
    }

    #[test]
    fn a_part_that_is_swapped_stands_alone() {
        let voice = Voice::read(Locale::Ko);
        for page in samples::matchings() {
            let part = crate::page::tests::sample(&voice, &page, Some("matching"));
            assert!(!part.contains("<main"), "{part}");
        }
    }
}
