//! 1:1 meetings: planned, moved, held or called off by either of the two; what came of them are tasks.

use super::couple::{found, meeting_letters, own_side_of_running, runs, side};
use crate::{
    Ctx, Error, Result,
    cursor::cursor,
    mount::Routes,
    outside::letters::MeetingChange,
    rules::{edits, plan::work_calendar, rhythm},
    secret,
};
use chrono::{DateTime, Duration, Utc};
use contract::{
    Code, FieldError, MeetingId, MentorshipId, Page,
    agreement::{AgreementVersion, Side},
    meetings::{
        AgendaPoint, CreateAction, CreateMeeting, GetMeeting, ListMeetings, ListUpcomingMeetings, Meeting,
        MeetingAction, MeetingDetail, MeetingStatus, MeetingSuggestion, SuggestMeeting, UpcomingMeeting,
        UpdateMeeting,
    },
    mentorship_events::MentorshipEventKind,
    page::DEFAULT_LIMIT,
    tasks::{EventKind, TaskStatus},
};
use serde_json::json;
use store::{ActionTask, PlacedMeeting, PlannedMeeting, TaskChange, Within};

mod agenda;

/// How many of one's next meetings are told.
const UPCOMING: i64 = 5;
/// A meeting is ahead for as long as one may still be in it.
const STILL_IN_IT: Duration = Duration::hours(1);

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    let routes = routes.on(list_upcoming_meetings).on(list_meetings).on(create_meeting).on(suggest_meeting);
    agenda::mount(routes.on(get_meeting).on(update_meeting)).on(create_action)
}

async fn list_upcoming_meetings(ctx: Ctx, _: ListUpcomingMeetings) -> Result<Page<UpcomingMeeting>> {
    let from = ctx.now() - STILL_IN_IT;
    Ok(Page::whole(ctx.store().await?.upcoming_meetings(ctx.caller.user_id, from, UPCOMING).await?))
}

async fn list_meetings(
    ctx: Ctx,
    ListMeetings { mentorship_id, filter }: ListMeetings,
) -> Result<Page<Meeting>> {
    let limit = filter.limit.unwrap_or(DEFAULT_LIMIT);
    let before: Option<(DateTime<Utc>, MeetingId)> = cursor(filter.cursor.as_deref())?;
    let mut store = ctx.store().await?;
    found(&mut store, mentorship_id).await?;
    let meetings = store.meetings(mentorship_id, before, limit + 1).await?;
    Ok(Page::cut(meetings, limit, |meeting| (meeting.starts_at, meeting.meeting_id)))
}

async fn suggest_meeting(
    ctx: Ctx,
    SuggestMeeting { mentorship_id }: SuggestMeeting,
) -> Result<MeetingSuggestion> {
    let mut store = ctx.store().await?;
    let couple = found(&mut store, mentorship_id).await?;
    let agreed = store.agreements(mentorship_id).await?.into_iter().next();
    let agreed = agreed.map_or_else(AgreementVersion::blank, |(_, agreed)| agreed);
    let latest = store.latest_meeting(mentorship_id).await?;
    let calendar = work_calendar(store.company_days().await?);
    let starts_at = rhythm::next(&agreed, latest, couple.start_on, ctx.now(), ctx.zone(), &calendar);
    // Without a working day there is nothing to suggest, and whoever plans a meeting names a day.
    Ok(MeetingSuggestion {
        starts_at: starts_at.unwrap_or(None),
        minutes: agreed.minutes,
        place: agreed.place,
    })
}

async fn placed(
    store: &mut Within,
    mentorship_id: MentorshipId,
    meeting_id: MeetingId,
) -> Result<PlacedMeeting> {
    store.meeting(mentorship_id, meeting_id).await?.ok_or_else(Error::not_found)
}

async fn get_meeting(
    ctx: Ctx,
    GetMeeting { mentorship_id, meeting_id, .. }: GetMeeting,
) -> Result<MeetingDetail> {
    let mut store = ctx.store().await?;
    let PlacedMeeting { meeting, couple, .. } = placed(&mut store, mentorship_id, meeting_id).await?;
    let actions = if meeting.actions > 0 { store.meeting_actions(meeting_id).await? } else { Vec::new() };
    Ok(MeetingDetail {
        can_write: side(&ctx, &couple).is_some() && runs(&couple),
        version: meeting.version,
        meeting,
        actions,
        mentor_id: couple.mentor_id,
        mentor_name: couple.mentor_name,
        mentee_id: couple.mentee_id,
        mentee_name: couple.mentee_name,
    })
}

/// A meeting lies within two years of now.
fn time_problem(ctx: &Ctx, starts_at: DateTime<Utc>) -> Option<FieldError> {
    let days = (starts_at - ctx.now()).num_days();
    match days {
        ..-731 => Some(FieldError::new("starts_at", "too_early", "At most two years back.")),
        732.. => Some(FieldError::new("starts_at", "too_late", "At most two years ahead.")),
        _ => None,
    }
}

async fn create_meeting(
    ctx: Ctx,
    CreateMeeting { mentorship_id, meeting, .. }: CreateMeeting,
) -> Result<Meeting> {
    let mut store = ctx.store().await?;
    let couple = found(&mut store, mentorship_id).await?;
    let side = own_side_of_running(&ctx, &couple)?;
    let mut problems: Vec<_> = time_problem(&ctx, meeting.starts_at).into_iter().collect();
    problems.extend(
        meeting
            .agenda
            .iter()
            .enumerate()
            .filter(|(_, point)| point.0.trim().is_empty())
            .map(|(index, _)| FieldError::new(format!("agenda.{index}"), "required", "This is needed.")),
    );
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    let name = if side == Side::Mentor { &couple.mentor_name } else { &couple.mentee_name };
    let point = |(point_id, text): (i64, &contract::meetings::PointText)| AgendaPoint {
        point_id,
        text: text.0.trim().to_owned(),
        is_done: false,
        added_by: ctx.caller.user_id,
        added_by_name: name.clone(),
    };
    let agenda: Vec<AgendaPoint> = (1..).zip(&meeting.agenda).map(point).collect();
    let calendar_uid = format!("{}@naru", secret::random());
    let planned = PlannedMeeting {
        mentorship_id,
        starts_at: meeting.starts_at,
        minutes: meeting.minutes,
        place: meeting.place.trim(),
        agenda: &agenda,
        calendar_uid: &calendar_uid,
    };
    let created = store.create_meeting(&planned, ctx.caller.user_id, ctx.now()).await?;
    record(&ctx, &mut store, &created, MentorshipEventKind::MeetingPlanned).await?;
    if created.starts_at > ctx.now() {
        let letters = meeting_letters(&ctx, &couple, (&created, &calendar_uid), MeetingChange::Planned)?;
        store.enqueue_letters(&letters, ctx.now()).await?;
    }
    Ok(created)
}

async fn record(ctx: &Ctx, store: &mut Within, meeting: &Meeting, kind: MentorshipEventKind) -> Result<()> {
    let details = json!({ "meeting_id": meeting.meeting_id, "starts_at": meeting.starts_at });
    let (actor, now) = (ctx.caller.user_id, ctx.now());
    Ok(store.record_mentorship_event(meeting.mentorship_id, kind, details, None, actor, now).await?)
}

async fn update_meeting(
    ctx: Ctx,
    UpdateMeeting { mentorship_id, meeting_id, patch, if_match }: UpdateMeeting,
) -> Result<Meeting> {
    let mut store = ctx.store().await?;
    let PlacedMeeting { meeting: before, couple, calendar_uid } =
        placed(&mut store, mentorship_id, meeting_id).await?;
    own_side_of_running(&ctx, &couple)?;
    if if_match.is_some_and(|seen| seen != before.version) {
        return Err(Error::code(Code::Stale));
    }
    if let Some(problem) = patch.starts_at.and_then(|starts_at| time_problem(&ctx, starts_at)) {
        return Err(Error::invalid(vec![problem]));
    }
    let place = patch.place.as_deref().map_or(before.place.as_str(), str::trim).to_owned();
    let mut meeting = Meeting {
        starts_at: patch.starts_at.unwrap_or(before.starts_at),
        minutes: patch.minutes.unwrap_or(before.minutes),
        place,
        notes: patch.notes.unwrap_or_else(|| before.notes.clone()),
        status: patch.status.unwrap_or(before.status),
        ..before.clone()
    };
    if meeting == before {
        return Ok(before);
    }
    let is_moved = (meeting.starts_at, meeting.minutes, &meeting.place)
        != (before.starts_at, before.minutes, &before.place);
    let kind = match (before.status, meeting.status) {
        (old, new) if old == new => is_moved.then_some(MentorshipEventKind::MeetingMoved),
        (_, MeetingStatus::Planned) => Some(MentorshipEventKind::MeetingPlanned),
        (_, MeetingStatus::Held) => Some(MentorshipEventKind::MeetingHeld),
        (_, MeetingStatus::Cancelled) => Some(MentorshipEventKind::MeetingCancelled),
    };
    let change = match (before.status, meeting.status) {
        (MeetingStatus::Planned, MeetingStatus::Cancelled) => Some(MeetingChange::Cancelled),
        (MeetingStatus::Cancelled, MeetingStatus::Planned) => Some(MeetingChange::Planned),
        (_, MeetingStatus::Planned) if is_moved => Some(MeetingChange::Moved),
        _ => None,
    };
    // What is over concerns no calendar any more.
    let change = change.filter(|_| meeting.starts_at.max(before.starts_at) > ctx.now());
    meeting.sequence += i64::from(change.is_some());
    meeting.version = write(&ctx, &mut store, &meeting).await?;
    meeting.updated_at = ctx.now();
    if let Some(kind) = kind {
        record(&ctx, &mut store, &meeting, kind).await?;
    }
    if let Some(change) = change {
        let letters = meeting_letters(&ctx, &couple, (&meeting, &calendar_uid), change)?;
        store.enqueue_letters(&letters, ctx.now()).await?;
    }
    Ok(meeting)
}

async fn write(ctx: &Ctx, store: &mut Within, meeting: &Meeting) -> Result<i64> {
    store.update_meeting(meeting, ctx.now()).await?.ok_or_else(|| Error::code(Code::Stale))
}

async fn create_action(
    ctx: Ctx,
    CreateAction { mentorship_id, meeting_id, action }: CreateAction,
) -> Result<MeetingAction> {
    let mut store = ctx.store().await?;
    let PlacedMeeting { couple, .. } = placed(&mut store, mentorship_id, meeting_id).await?;
    own_side_of_running(&ctx, &couple)?;
    let mut problems = Vec::new();
    let title = action.title.trim();
    if title.is_empty() {
        problems.push(FieldError::new("title", "required", "This is needed."));
    }
    let calendar = work_calendar(store.company_days().await?);
    let due_on = action.due_on;
    let today = ctx.today();
    if due_on < today {
        problems.push(FieldError::new("due_on", "too_early", "That day is over."));
    }
    let starts_on = calendar.first_working_day_on_or_after(today).unwrap_or(today).min(due_on);
    problems.extend(edits::date_problems(starts_on, due_on, &[("due_on", due_on)], |day| {
        calendar.is_working(day)
    }));
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    let (owner_id, owner_name, owner) = match action.owner {
        Side::Mentor => (couple.mentor_id, couple.mentor_name, "mentor"),
        Side::Mentee => (couple.mentee_id, couple.mentee_name, "mentee"),
    };
    let week = ((due_on - couple.start_on).num_days().max(0) / 7 + 1).clamp(1, 104);
    let task = ActionTask { mentorship_id, meeting_id, title, owner_id, owner, week, starts_on, due_on };
    let not_active = || Error::because(Code::Conflict, "The mentorship is not active.");
    let task_id = store.create_action(&task, ctx.now()).await?.ok_or_else(not_active)?;
    let event = TaskChange {
        kind: EventKind::Created,
        field: "meeting",
        old_value: None,
        new_value: Some(meeting_id.to_string()),
    };
    store.record((mentorship_id, task_id), &event, None, ctx.caller.user_id, ctx.now()).await?;
    let status = TaskStatus::Todo;
    Ok(MeetingAction { task_id, title: title.to_owned(), owner_id, owner_name, due_on, status })
}
