//! Moving a mentorship's dates: its first or last day, a pause, going on after it. Every task before → after, first.
//!
//! The preview is drawn beside the form on each change; without script a button draws it on the same page. What is
//! confirmed carries the mark of the preview, so that nothing else is done than what was shown.

use super::{
    Routes,
    mentorship::{guided, home, way, way_crumb},
};
use crate::{
    Crumb, Errors, Form, Page, Result, Signed,
    engine::Voice,
    form::{Nothing, date},
};
use axum::{extract::Path, response::Response};
use change::ChangeView;
use client::CallError;
use contract::{
    Code, MentorshipId,
    mentorship::Mentorship,
    mentorship_dates::{
        DatesChange, Pause, PauseMentorship, Resume, ResumeMentorship, Shift, ShiftMentorship, UndoPlanChange,
    },
    mentorship_life::MentorshipStep,
};
use serde::{Deserialize, Serialize};

pub mod change;

pub fn routes() -> Routes {
    Routes::new()
        .get("/mentorships/{mentorship_id}/dates", show_dates)
        .post("/mentorships/{mentorship_id}/dates", shift)
        .post("/mentorships/{mentorship_id}/dates/preview", preview_dates)
        .get("/mentorships/{mentorship_id}/pause", show_pause)
        .post("/mentorships/{mentorship_id}/pause", pause)
        .post("/mentorships/{mentorship_id}/pause/preview", preview_pause)
        .get("/mentorships/{mentorship_id}/resume", show_resume)
        .post("/mentorships/{mentorship_id}/resume", resume)
        .post("/mentorships/{mentorship_id}/resume/preview", preview_resume)
        .post("/mentorships/{mentorship_id}/undo", undo)
}

/// The dates as they are typed; each kind uses its own.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct DatesForm {
    start_on: String,
    end_on: String,
    resume_on: String,
    reason: String,
    /// The mark of the preview that stands on the page.
    #[serde(skip_serializing)]
    seen: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Dates,
    Pause,
    Resume,
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::Dates => "dates",
            Self::Pause => "pause",
            Self::Resume => "resume",
        }
    }

    const fn step(self) -> MentorshipStep {
        match self {
            Self::Dates => MentorshipStep::Shift,
            Self::Pause => MentorshipStep::Pause,
            Self::Resume => MentorshipStep::Resume,
        }
    }
}

#[derive(Serialize)]
struct DatesPage {
    mentorship: Mentorship,
    kind: Kind,
    form: DatesForm,
    change: Option<ChangeView>,
    way: &'static str,
    /// Whether only the preview is wanted.
    is_part: bool,
}

impl DatesPage {
    async fn load(signed: &Signed, id: MentorshipId, kind: Kind) -> Result<Self> {
        let mentorship = guided(signed, id).await?;
        let today = signed.today();
        let form = DatesForm {
            start_on: mentorship.start_on.to_string(),
            end_on: mentorship.end_on.to_string(),
            resume_on: if kind == Kind::Resume { today.to_string() } else { String::new() },
            ..DatesForm::default()
        };
        let way = way(signed, &mentorship);
        Ok(Self { mentorship, kind, form, change: None, way, is_part: signed.is_htmx() })
    }
}

impl Page for DatesPage {
    const TEMPLATE: &'static str = "pages/mentorship_dates.html";
    const HERE: &'static str = "mentees";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        let label = voice.tr(&format!("dates-{}-title", self.kind.word()), &[]);
        let home = Crumb::to(home(self.mentorship.mentorship_id), self.mentorship.mentee_name.as_str());
        vec![way_crumb(voice, self.way), home, Crumb::here(label)]
    }

    fn samples() -> Vec<Self> {
        let page = |kind, change: Option<DatesChange>, is_part| Self {
            mentorship: crate::pages::mentorships::samples::mentorship(1),
            kind,
            form: DatesForm { reason: "<육아> 휴직".into(), ..DatesForm::default() },
            change: change.map(ChangeView::of),
            way: "mentees",
            is_part,
        };
        let mut pages = Vec::new();
        for kind in [Kind::Dates, Kind::Pause, Kind::Resume] {
            pages.push(page(kind, None, false));
            pages.push(page(kind, Some(change::samples::change()), false));
            pages.push(page(kind, Some(change::samples::nothing()), true));
        }
        pages
    }
}

async fn show_dates(signed: Signed, Path(id): Path<MentorshipId>) -> Result<Response> {
    signed.page(&DatesPage::load(&signed, id, Kind::Dates).await?).await
}

async fn show_pause(signed: Signed, Path(id): Path<MentorshipId>) -> Result<Response> {
    signed.page(&DatesPage::load(&signed, id, Kind::Pause).await?).await
}

/// What going on today would move is shown at once.
async fn show_resume(signed: Signed, Path(id): Path<MentorshipId>) -> Result<Response> {
    let mut page = DatesPage::load(&signed, id, Kind::Resume).await?;
    if page.mentorship.allows(Kind::Resume.step()) {
        let asked = ask(&signed, &page.mentorship, Kind::Resume, &page.form, true).await?;
        page.change = asked.ok().map(ChangeView::of);
    }
    signed.page(&page).await
}

async fn preview_dates(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(form, _): Form<DatesForm>,
) -> Result<Response> {
    preview(&signed, id, Kind::Dates, form).await
}

async fn preview_pause(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(form, _): Form<DatesForm>,
) -> Result<Response> {
    preview(&signed, id, Kind::Pause, form).await
}

async fn preview_resume(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(form, _): Form<DatesForm>,
) -> Result<Response> {
    preview(&signed, id, Kind::Resume, form).await
}

async fn preview(signed: &Signed, id: MentorshipId, kind: Kind, form: DatesForm) -> Result<Response> {
    let page = DatesPage::load(signed, id, kind).await?;
    let asked = ask(signed, &page.mentorship, kind, &form, true).await?;
    answer(signed, DatesPage { form, ..page }, asked).await
}

/// The page with the preview, or with what is wrong.
async fn answer(
    signed: &Signed,
    mut page: DatesPage,
    asked: std::result::Result<DatesChange, Errors>,
) -> Result<Response> {
    match asked {
        Ok(change) => {
            page.change = Some(ChangeView::of(change));
            signed.page(&page).await
        }
        Err(errors) => signed.invalid(&page, &errors).await,
    }
}

/// Asks the API for the change, as a preview or in earnest.
async fn ask(
    signed: &Signed,
    present: &Mentorship,
    kind: Kind,
    form: &DatesForm,
    is_preview: bool,
) -> Result<std::result::Result<DatesChange, Errors>> {
    let voice = signed.voice();
    let dates = (date(&form.start_on), date(&form.end_on), date(&form.resume_on));
    let (Ok(start_on), Ok(end_on), Ok(resume_on)) = dates else {
        let field = if dates.0.is_err() {
            "start_on"
        } else if dates.1.is_err() {
            "end_on"
        } else {
            "resume_on"
        };
        return Ok(Err(Errors::one(field, voice.tr("field-bad-format", &[]))));
    };
    let mentorship_id = present.mentorship_id;
    let seen = Some(form.seen.clone()).filter(|seen| !seen.is_empty() && !is_preview);
    let asked = match kind {
        Kind::Dates => {
            // What was left as it is does not move: a new first day takes the last day along.
            let end_on = end_on.filter(|day| *day != present.end_on);
            let start_on = start_on.or(Some(present.start_on));
            let shift = Shift { start_on, end_on, preview: is_preview, seen };
            signed.call(ShiftMentorship { mentorship_id, shift }).await
        }
        Kind::Pause => {
            let reason = form.reason.trim().to_owned();
            let pause = Pause { reason, resume_on, preview: is_preview };
            signed.call(PauseMentorship { mentorship_id, pause }).await
        }
        Kind::Resume => {
            let resume = Resume { resume_on, preview: is_preview, seen };
            signed.call(ResumeMentorship { mentorship_id, resume }).await
        }
    };
    match asked {
        Ok(change) => Ok(Ok(change)),
        Err(error) => Ok(Err(refused(error, &voice)?)),
    }
}

/// A refusal at its fields; that somebody was quicker is said above the form.
pub fn refused(error: CallError, voice: &Voice) -> Result<Errors> {
    if error.code() == Some(Code::Stale) {
        return Ok(Errors::one("form", voice.tr("dates-stale", &[])));
    }
    Errors::of(error, voice)
}

async fn shift(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(form, _): Form<DatesForm>,
) -> Result<Response> {
    let undo = format!("/mentorships/{id}/undo");
    confirm(&signed, id, Kind::Dates, form, Some(undo)).await
}

async fn pause(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(form, _): Form<DatesForm>,
) -> Result<Response> {
    confirm(&signed, id, Kind::Pause, form, None).await
}

async fn resume(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(form, _): Form<DatesForm>,
) -> Result<Response> {
    confirm(&signed, id, Kind::Resume, form, None).await
}

async fn confirm(
    signed: &Signed,
    id: MentorshipId,
    kind: Kind,
    form: DatesForm,
    undo: Option<String>,
) -> Result<Response> {
    let page = DatesPage::load(signed, id, kind).await?;
    match ask(signed, &page.mentorship, kind, &form, false).await? {
        Ok(change) => {
            let count = change.moved.to_string();
            signed.say(signed.tr(&format!("dates-{}-done", kind.word()), &[("count", &count)]), undo).await?;
            Ok(signed.redirect(&home(id)))
        }
        Err(errors) => signed.invalid(&DatesPage { form, ..page }, &errors).await,
    }
}

async fn undo(signed: Signed, Path(id): Path<MentorshipId>, Form(..): Form<Nothing>) -> Result<Response> {
    let undone = signed.call(UndoPlanChange { mentorship_id: id }).await;
    if signed.is_htmx() {
        // The script reads the page again by itself.
        undone?;
        return Ok(axum::response::IntoResponse::into_response(http::StatusCode::NO_CONTENT));
    }
    let text = match undone {
        Ok(_) => signed.tr("dates-undone", &[]),
        Err(error) if matches!(error.code(), Some(Code::Stale | Code::Conflict)) => {
            signed.tr("dates-not-undone", &[])
        }
        Err(error) => return Err(error.into()),
    };
    signed.done(&crate::links::referring(&signed.ask), text).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders() {
        crate::page::tests::renders::<DatesPage>();
    }

    #[test]
    fn the_preview_stands_alone() {
        let voice = Voice::read(contract::auth::Locale::Ko);
        for page in DatesPage::samples() {
            let part = crate::page::tests::sample(&voice, &page, Some("dates_preview"));
            assert!(!part.contains("<main"), "{part}");
            assert_eq!(part.contains("name=\"seen\""), page.change.is_some(), "{part}");
        }
    }
}
