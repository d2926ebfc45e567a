//! Starting a mentorship: who, what, from when, and every date of it before anything is done.
//!
//! The preview is drawn beside the form on each change; without script a button draws it on the same page.

use super::{Routes, mentorship::only_mentor};
use crate::{Crumb, Errors, Form, Page, Query, Result, Signed, engine::Voice};
use axum::response::Response;
pub use candidates::next_monday;
use candidates::{Candidate, MentorOptions};
use contract::{
    Code, UserId,
    curriculum::{Curriculum, CurriculumFilter, CurriculumState, ListCurricula},
    matching::Suggestions,
    mentorship::{CreateMentorship, PlanPreview, PreviewMentorship},
    mentorship_dates::DateConflict,
    mentorship_life::{NewProposal, ProposeMentorship},
    page::MAX_LIMIT,
    policy::{Action, Role, Scope, widest},
};
use form::PairForm;
use serde::{Deserialize, Serialize};

mod calendar;
mod candidates;
mod form;
pub mod samples;
mod suggested;

pub fn routes() -> Routes {
    let routes = Routes::new().get("/mentorships/new", show).post("/mentorships/new", create);
    let routes = routes.post("/mentorships/new/preview", preview).post("/mentorships/propose", propose);
    let routes = routes.get("/mentorships/new/suggestions", suggested::show);
    routes.get("/mentorships/new/mentees", mentees).get("/mentorships/new/mentors", mentors)
}

/// The warnings there are words for.
const WARNINGS: [&str; 8] = [
    "already_mentored",
    "already_proposed",
    "mentor_overloaded",
    "mentor_away",
    "mentee_invited",
    "starts_in_past",
    "starts_on_day_off",
    "holidays_unknown",
];
/// A mentor with so many at once is told.
const MUCH: i64 = 3;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    mentee_id: Option<UserId>,
    q: String,
}

#[derive(Serialize)]
struct NewMentorshipPage {
    form: PairForm,
    candidates: Vec<Candidate>,
    curricula: Vec<Curriculum>,
    plan: Option<Plan>,
    /// Mentors for the chosen mentee.
    suggestions: Option<Suggestions>,
    /// Whether the reader may name another mentor, and is one too.
    names_mentor: bool,
    is_own_mentor: bool,
    /// The list it is reached from.
    way: &'static str,
    /// Whether only a part of the page is wanted: then what stands elsewhere goes along.
    is_part: bool,
}

#[derive(Serialize)]
pub struct Plan {
    preview: PlanPreview,
    weeks: Vec<calendar::Week>,
    warnings: Vec<&'static str>,
    /// Tasks that need the mentor while the mentor is away.
    away: usize,
    has_much: bool,
}

impl Plan {
    #[must_use]
    pub fn of(preview: PlanPreview) -> Self {
        let is_away =
            |task: &&contract::mentorship::PlannedTask| task.conflicts.contains(&DateConflict::OnAbsence);
        let given = |code: &&&str| preview.warnings.iter().any(|given| given == **code);
        Self {
            weeks: calendar::weeks(&preview),
            warnings: WARNINGS.iter().filter(given).copied().collect(),
            away: preview.tasks.iter().filter(is_away).count(),
            has_much: preview.mentor_load >= preview.mentor_capacity.unwrap_or(MUCH),
            preview,
        }
    }
}

impl NewMentorshipPage {
    fn of(signed: &Signed, mut form: PairForm) -> Result<Self> {
        form.mentor_id = form.mentor_id.or(form.suggested_id);
        signed.only(Action::StartMentorship)?;
        let reach = widest(signed.me.roles, Action::StartMentorship);
        let is_own_mentor = signed.me.roles.has(Role::Mentor);
        Ok(Self {
            form,
            candidates: Vec::new(),
            curricula: Vec::new(),
            plan: None,
            suggestions: None,
            names_mentor: reach >= Scope::Company,
            is_own_mentor,
            way: if is_own_mentor { "mentees" } else { "mentorships" },
            is_part: signed.is_htmx(),
        })
    }

    /// The choices of curricula: what is published.
    async fn load_curricula(&mut self, signed: &Signed) -> Result<()> {
        let filter = CurriculumFilter {
            state: Some(CurriculumState::Published),
            limit: Some(MAX_LIMIT),
            ..CurriculumFilter::default()
        };
        let own = signed.me.department_id;
        self.curricula = signed.call(ListCurricula { filter }).await?.items;
        self.curricula.retain(|curriculum| curriculum.latest_version_id.is_some());
        // One's own department's first, then everybody's.
        self.curricula.sort_by_key(|curriculum| match curriculum.department_id {
            department if department.is_some() && department == own => 0,
            None => 1,
            Some(_) => 2,
        });
        Ok(())
    }

    fn must_name_mentor(&self) -> bool {
        self.names_mentor && !self.is_own_mentor
    }
}

async fn show(signed: Signed, Query(ask): Query<Ask>) -> Result<Response> {
    let form = PairForm {
        mentee_id: ask.mentee_id,
        start_on: candidates::next_monday(signed.today()).to_string(),
        q: ask.q,
        ..PairForm::default()
    };
    let mut page = NewMentorshipPage::of(&signed, form)?;
    page.load_curricula(&signed).await?;
    // Three calls a page: with a mentee named, the third is for who fits them.
    page.suggestions = suggested::mentors(&signed, page.form.mentee_id).await?;
    let calls = if page.suggestions.is_some() { 1 } else { 2 };
    page.candidates = candidates::find(&signed, &page.form.q, page.form.mentee_id, calls).await?;
    signed.page(&page).await
}

/// The cards of people that a search finds.
async fn mentees(signed: Signed, Query(ask): Query<Ask>) -> Result<Response> {
    let form = PairForm { mentee_id: ask.mentee_id, q: ask.q, ..PairForm::default() };
    let mut page = NewMentorshipPage::of(&signed, form)?;
    page.candidates = candidates::find(&signed, &page.form.q, page.form.mentee_id, 3).await?;
    signed.page(&page).await
}

/// The mentors that a search finds, as options.
async fn mentors(signed: Signed, Query(ask): Query<Ask>) -> Result<Response> {
    signed.only(Action::StartMentorship)?;
    signed.page(&MentorOptions::find(&signed, &ask.q).await?).await
}

async fn preview(signed: Signed, Form(form, _): Form<PairForm>) -> Result<Response> {
    let mut page = NewMentorshipPage::of(&signed, form)?;
    let mut errors = Errors::default();
    if page.is_part {
        // Half a form has no plan yet, and nothing is wrong with it.
        if page.form.is_complete() && !(page.must_name_mentor() && page.form.mentor_id.is_none()) {
            errors = draw(&signed, &mut page).await?;
        }
        return answer(&signed, &page, &errors).await;
    }
    page.load_curricula(&signed).await?;
    if page.form.q.trim().is_empty() {
        page.candidates = page.form.known_candidates();
        name_mentor(&signed, &mut page).await?;
        errors = draw(&signed, &mut page).await?;
    } else {
        // Without script a search is sent with the whole form: it finds people, the plan comes after.
        page.candidates = candidates::find(&signed, &page.form.q, page.form.mentee_id, 2).await?;
    }
    answer(&signed, &page, &errors).await
}

async fn answer(signed: &Signed, page: &NewMentorshipPage, errors: &Errors) -> Result<Response> {
    if errors.is_empty() { signed.page(page).await } else { signed.invalid(page, errors).await }
}

/// Draws the plan, or says what is in its way.
async fn draw(signed: &Signed, page: &mut NewMentorshipPage) -> Result<Errors> {
    let mentorship = match page.form.read(page.must_name_mentor(), &signed.voice()) {
        Ok(mentorship) => mentorship,
        Err(errors) => return Ok(errors),
    };
    match signed.call(PreviewMentorship { mentorship }).await {
        Ok(preview) => {
            page.plan = Some(Plan::of(preview));
            Ok(Errors::default())
        }
        Err(error) => Errors::of(error, &signed.voice()),
    }
}

/// Without script the mentor's search field is all there is.
async fn name_mentor(signed: &Signed, page: &mut NewMentorshipPage) -> Result<()> {
    if page.names_mentor && page.form.mentor_id.is_none() {
        page.form.mentor_id = only_mentor(signed, &page.form.mentor_id_search).await?;
    }
    Ok(())
}

async fn create(signed: Signed, Form(form, once): Form<PairForm>) -> Result<Response> {
    let mut page = NewMentorshipPage::of(&signed, form)?;
    name_mentor(&signed, &mut page).await?;
    let errors = match page.form.read(page.must_name_mentor(), &signed.voice()) {
        Ok(mentorship) => match signed.call_once(&once, CreateMentorship { mentorship }).await {
            Ok(mentorship) => {
                let text = signed.tr("new-mentorship-done", &[("name", &mentorship.mentee_name)]);
                return signed.done(&format!("/mentorships/{}", mentorship.mentorship_id), text).await;
            }
            Err(error) => refused(error, &page, &signed)?,
        },
        Err(errors) => errors,
    };
    page.load_curricula(&signed).await?;
    page.candidates = page.form.known_candidates();
    signed.invalid(&page, &errors).await
}

/// The same, but the mentor is asked first.
async fn propose(signed: Signed, Form(form, once): Form<PairForm>) -> Result<Response> {
    let mut page = NewMentorshipPage::of(&signed, form)?;
    name_mentor(&signed, &mut page).await?;
    let errors = match page.form.read(true, &signed.voice()) {
        Ok(new) => {
            let proposal = NewProposal {
                mentee_id: new.mentee_id,
                mentor_id: new.mentor_id.unwrap_or(signed.me.user_id),
                version_ids: new.version_ids,
                start_on: new.start_on,
                title: new.title,
                note: page.form.note.trim().to_owned(),
            };
            match signed.call_once(&once, ProposeMentorship { proposal }).await {
                Ok(mentorship) => {
                    let text = signed.tr("new-mentorship-proposed", &[("name", &mentorship.mentor_name)]);
                    return signed.done(&format!("/mentorships/{}", mentorship.mentorship_id), text).await;
                }
                Err(error) => refused(error, &page, &signed)?,
            }
        }
        Err(errors) => errors,
    };
    page.load_curricula(&signed).await?;
    page.candidates = page.form.known_candidates();
    signed.invalid(&page, &errors).await
}

/// The refusal at its fields; that somebody is mentored already stands at the mentee, by name.
fn refused(error: client::CallError, page: &NewMentorshipPage, signed: &Signed) -> Result<Errors> {
    if error.code() != Some(Code::AlreadyMentored) {
        return Errors::of(error, &signed.voice());
    }
    let known = page.form.known_candidates();
    let mentee = known.iter().find(|person| Some(person.user_id) == page.form.mentee_id);
    let text = match mentee {
        Some(mentee) => signed.tr("new-mentorship-already", &[("name", &mentee.name)]),
        None => signed.tr("problem-already-mentored", &[]),
    };
    Ok(Errors::one("mentee_id", text))
}

impl Page for NewMentorshipPage {
    const TEMPLATE: &'static str = "pages/new_mentorship.html";
    const HERE: &'static str = "mentees";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        let way = Crumb::to(format!("/{}", self.way), voice.tr(&format!("nav-{}", self.way), &[]));
        vec![way, Crumb::here(voice.tr("mentorships-new", &[]))]
    }

    fn samples() -> Vec<Self> {
        samples::all()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::auth::Locale;

    #[test]
    fn renders() {
        crate::page::tests::renders::<NewMentorshipPage>();
    }

    #[test]
    fn the_parts_that_are_swapped_stand_alone() {
        let voice = Voice::read(Locale::Ko);
        for page in samples::all() {
            let plan = crate::page::tests::sample(&voice, &page, Some("plan_preview"));
            assert!(!plan.contains("<main"), "{plan}");
            let cards = crate::page::tests::sample(&voice, &page, Some("mentee_choices"));
            assert_eq!(cards.matches("type=\"radio\"").count(), page.candidates.len(), "{cards}");
        }
    }
}
