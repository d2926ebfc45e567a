//! Moving the dates of a running mentorship: shift, pause, resume, edit, undo.
//!
//! A preview and the change itself come out of the same `rules::dates` call; the change is then written whole, recorded
//! once and told once.

use super::{
    mentorship::{after, found, overtaken},
    mentorship_news::{News, send_news},
};
use crate::{
    Ctx, Error, Result,
    mount::Routes,
    rules::{dates, plan, plan_edit},
};
use calendar::{PlanError, WorkCalendar};
use changes::Written;
use chrono::NaiveDate;
use contract::{
    Code, FieldError, MentorshipId,
    mentorship::{Mentorship, MentorshipStatus},
    mentorship_dates::{
        DatesChange, EditPlan, Pause, PauseMentorship, Resume, ResumeMentorship, Shift, ShiftMentorship,
        UndoPlanChange,
    },
    mentorship_events::MentorshipEventKind,
    mentorship_life::MentorshipStep,
    users::UserStatus,
};
use store::{MentorDays, Standing, StandingTask, Within};

mod changes;
mod undo;

/// How far from its start a mentorship may end, in days.
const LONGEST: i64 = 5 * 366;
/// How far ahead a mentor's absences are looked at.
const AHEAD: i64 = 3 * 366;

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    let routes = routes.on(shift_mentorship).on(pause_mentorship).on(resume_mentorship);
    routes.on(edit_plan).on(undo_plan_change)
}

/// A mentorship with everything its dates depend on.
struct Ground {
    mentorship: Mentorship,
    /// Its state once the step is taken.
    status: MentorshipStatus,
    tasks: Vec<StandingTask>,
    calendar: WorkCalendar,
    mentor: MentorDays,
    least_end_on: NaiveDate,
    today: NaiveDate,
}

impl Ground {
    async fn load(ctx: &Ctx, store: &mut Within, id: MentorshipId, step: MentorshipStep) -> Result<Self> {
        let today = ctx.today();
        let Standing { mentorship, least_end_on } =
            store.standing(id, today).await?.ok_or_else(Error::not_found)?;
        let status = after(ctx, &mentorship, step)?;
        let tasks = store.standing_tasks(id).await?;
        let calendar = plan::work_calendar(store.company_days().await?);
        let first = mentorship.start_on.min(today);
        let last = today.max(mentorship.end_on) + chrono::TimeDelta::days(AHEAD);
        let mentor = store.mentor_days(mentorship.mentor_id, first, last).await?;
        let least_end_on = dates::least_end(least_end_on, mentorship.start_on, mentorship.total_weeks);
        Ok(Self { mentorship, status, tasks, calendar, mentor, least_end_on, today })
    }

    fn facts(&self) -> dates::Facts<'_> {
        dates::Facts {
            calendar: &self.calendar,
            today: self.today,
            start_on: self.mentorship.start_on,
            end_on: self.mentorship.end_on,
            least_end_on: self.least_end_on,
            total_weeks: self.mentorship.total_weeks,
            tasks: &self.tasks,
            absences: &self.mentor.absences,
        }
    }
}

fn undated(field: &'static str) -> impl Fn(PlanError) -> Error {
    move |error| Error::field(field, "no_working_day", &plan::sentence(&error))
}

async fn shift_mentorship(
    ctx: Ctx,
    ShiftMentorship { mentorship_id, shift }: ShiftMentorship,
) -> Result<DatesChange> {
    let mut store = ctx.store().await?;
    let ground = Ground::load(&ctx, &mut store, mentorship_id, MentorshipStep::Shift).await?;
    let start_on = ground.mentorship.start_on;
    let problems = shift_problems(&ground, &shift);
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    let days = shift.start_on.map_or(0, |new| (new - start_on).num_days());
    let outcome = dates::shift(&ground.facts(), days, true, shift.end_on).map_err(undated("start_on"))?;
    let kind = if days == 0 { MentorshipEventKind::EndMoved } else { MentorshipEventKind::Shifted };
    let written = Written { kind, seen: shift.seen, comment: None, paused_on: None };
    changes::conclude(&ctx, &mut store, &ground, outcome, shift.preview, written).await
}

fn shift_problems(ground: &Ground, shift: &Shift) -> Vec<FieldError> {
    let mut problems = Vec::new();
    if shift.start_on.is_none() && shift.end_on.is_none() {
        problems.push(FieldError::new("start_on", "required", "Say what moves: start_on or end_on."));
    }
    if let Some((code, message)) = shift.start_on.and_then(|day| plan::start_problem(ground.today, day))
        && shift.start_on != Some(ground.mentorship.start_on)
    {
        problems.push(FieldError::new("start_on", code, message));
    }
    let start_on = shift.start_on.unwrap_or(ground.mentorship.start_on);
    match shift.end_on.map(|end_on| (end_on - start_on).num_days()) {
        Some(days) if days < 0 => {
            problems.push(FieldError::new("end_on", "before_start", "It can't end before it starts."));
        }
        Some(days) if days > LONGEST => {
            problems.push(FieldError::new("end_on", "too_late", "At most five years."));
        }
        _ => {}
    }
    problems
}

async fn pause_mentorship(
    ctx: Ctx,
    PauseMentorship { mentorship_id, pause }: PauseMentorship,
) -> Result<DatesChange> {
    let mut store = ctx.store().await?;
    if pause.preview {
        return preview_pause(&ctx, &mut store, mentorship_id, &pause).await;
    }
    let reason = pause.reason.trim();
    let mentorship = found(&ctx, &mut store, mentorship_id).await?;
    after(&ctx, &mentorship, MentorshipStep::Pause)?;
    if reason.is_empty() {
        return Err(Error::field("reason", "required", "Say why."));
    }
    if !store.pause_mentorship(mentorship_id, ctx.today()).await? {
        return Err(overtaken());
    }
    let kind = MentorshipEventKind::Paused;
    let details = serde_json::json!({ "paused_on": ctx.today(), "resume_on": pause.resume_on });
    let me = ctx.caller.user_id;
    store.record_mentorship_event(mentorship_id, kind, details, Some(reason), me, ctx.now()).await?;
    send_news(&ctx, &mut store, &mentorship, News { comment: Some(reason), ..News::of(kind) }).await?;
    Ok(changes::nothing(&mentorship, kind))
}

/// What would move if it went on that day.
async fn preview_pause(
    ctx: &Ctx,
    store: &mut Within,
    mentorship_id: MentorshipId,
    pause: &Pause,
) -> Result<DatesChange> {
    let ground = Ground::load(ctx, store, mentorship_id, MentorshipStep::Pause).await?;
    let days = days_of_pause(ctx.today(), ctx.today(), pause.resume_on)?;
    let outcome = dates::shift(&ground.facts(), days, false, None).map_err(undated("resume_on"))?;
    let written = Written {
        kind: MentorshipEventKind::Paused,
        seen: None,
        comment: None,
        paused_on: Some(ctx.today()),
    };
    changes::conclude(ctx, store, &ground, outcome, true, written).await
}

/// The calendar days of a pause: from its first day to the first day after it.
fn days_of_pause(today: NaiveDate, paused_on: NaiveDate, resume_on: Option<NaiveDate>) -> Result<i64> {
    let resume_on = resume_on.unwrap_or(today);
    if resume_on < paused_on {
        return Err(Error::field("resume_on", "before_start", "It was not paused yet then."));
    }
    if (resume_on - today).num_days() > 366 {
        return Err(Error::field("resume_on", "too_late", "At most a year ahead."));
    }
    Ok((resume_on - paused_on).num_days())
}

async fn resume_mentorship(
    ctx: Ctx,
    ResumeMentorship { mentorship_id, resume }: ResumeMentorship,
) -> Result<DatesChange> {
    let Resume { resume_on, preview, seen } = resume;
    let mut store = ctx.store().await?;
    let ground = Ground::load(&ctx, &mut store, mentorship_id, MentorshipStep::Resume).await?;
    if ground.mentorship.mentee_status == UserStatus::Suspended && !preview {
        return Err(Error::because(Code::Conflict, "The mentee is suspended."));
    }
    let paused_on = ground.mentorship.paused_on.unwrap_or_else(|| ctx.today());
    let days = days_of_pause(ctx.today(), paused_on, resume_on)?;
    let outcome = dates::shift(&ground.facts(), days, false, None).map_err(undated("resume_on"))?;
    let written = Written { kind: MentorshipEventKind::Resumed, seen, comment: None, paused_on: None };
    changes::conclude(&ctx, &mut store, &ground, outcome, preview, written).await
}

async fn edit_plan(ctx: Ctx, EditPlan { mentorship_id, edit }: EditPlan) -> Result<DatesChange> {
    let mut store = ctx.store().await?;
    let ground = Ground::load(&ctx, &mut store, mentorship_id, MentorshipStep::EditPlan).await?;
    let outcome =
        plan_edit::edit(&ground.facts(), &edit, ground.mentorship.mentee_id).map_err(Error::invalid)?;
    let written =
        Written { kind: MentorshipEventKind::PlanEdited, seen: edit.seen, comment: None, paused_on: None };
    changes::conclude(&ctx, &mut store, &ground, outcome, edit.preview, written).await
}

async fn undo_plan_change(ctx: Ctx, UndoPlanChange { mentorship_id }: UndoPlanChange) -> Result<DatesChange> {
    let mut store = ctx.store().await?;
    let ground = Ground::load(&ctx, &mut store, mentorship_id, MentorshipStep::EditPlan).await?;
    undo::undo(&ctx, &mut store, &ground).await
}
