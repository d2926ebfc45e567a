//! Writing a change of dates: rows, records, mails; and the same as a preview, without.

use super::{Ground, undo::Undo};
use crate::{
    Ctx, Error, Result,
    resources::mentorship_news::{News, send_news},
    rules::{
        dates::{self, Outcome},
        plan::days_off,
    },
    secret,
};
use chrono::{Datelike, NaiveDate};
use contract::{
    Code, FieldError,
    mentorship::{Mentorship, MentorshipStatus},
    mentorship_dates::{DateConflict, DatesChange},
    mentorship_events::MentorshipEventKind,
    tasks::TaskStatus,
};
use store::{AddedRow, MovedEvent, MovedTask, NewDates, StandingTask, Within};

/// What a change is recorded as.
pub struct Written<'a> {
    pub kind: MentorshipEventKind,
    /// The mark of the preview that was looked at.
    pub seen: Option<String>,
    pub comment: Option<&'a str>,
    pub paused_on: Option<NaiveDate>,
}

/// The mentorship's days as they are to be.
pub fn new_dates(outcome: &Outcome, status: MentorshipStatus, paused_on: Option<NaiveDate>) -> NewDates {
    NewDates {
        start_on: outcome.start_on,
        end_on: outcome.end_on,
        least_end_on: outcome.least_end_on,
        total_weeks: outcome.total_weeks,
        status,
        paused_on,
    }
}

/// A change without any task: a pause as it begins.
pub fn nothing(mentorship: &Mentorship, kind: MentorshipEventKind) -> DatesChange {
    DatesChange {
        mentorship_id: mentorship.mentorship_id,
        kind,
        start_on: mentorship.start_on,
        new_start_on: mentorship.start_on,
        end_on: mentorship.end_on,
        new_end_on: mentorship.end_on,
        tasks: Vec::new(),
        moved: 0,
        conflicts: 0,
        days_off: Vec::new(),
        warnings: Vec::new(),
        seen: String::new(),
        is_applied: true,
    }
}

/// What the change looks like, before → after.
pub fn shown(ground: &Ground, outcome: &Outcome, kind: MentorshipEventKind) -> DatesChange {
    let facts = ground.facts();
    let tasks = dates::shown(&facts, outcome);
    let count = |holds: &dyn Fn(&contract::mentorship_dates::TaskDates) -> bool| {
        i64::try_from(tasks.iter().filter(|task| holds(task)).count()).unwrap_or(i64::MAX)
    };
    let mut warnings = Vec::new();
    if outcome.start_on != facts.start_on {
        if outcome.start_on < facts.today {
            warnings.push("starts_in_past");
        }
        if !facts.calendar.is_working(outcome.start_on) {
            warnings.push("starts_on_day_off");
        }
    }
    if (outcome.start_on.year()..=outcome.end_on.year()).any(|year| !facts.calendar.covers(year)) {
        warnings.push("holidays_unknown");
    }
    let (moved, conflicts) = (count(&|task| task.changes()), count(&|task| !task.conflicts.is_empty()));
    let mark = serde_json::json!([
        ground.mentorship.revision,
        outcome.start_on,
        outcome.end_on,
        tasks.iter().map(|task| (task.task_id, task.status, task.after, task.is_skipped)).collect::<Vec<_>>(),
    ]);
    DatesChange {
        mentorship_id: ground.mentorship.mentorship_id,
        kind,
        start_on: facts.start_on,
        new_start_on: outcome.start_on,
        end_on: facts.end_on,
        new_end_on: outcome.end_on,
        tasks,
        moved,
        conflicts,
        days_off: days_off(facts.calendar, outcome.start_on, outcome.end_on),
        warnings: warnings.into_iter().map(str::to_owned).collect(),
        seen: secret::digest(&mark.to_string()),
        is_applied: false,
    }
}

/// Shows the change, and unless it is only a preview makes it.
pub async fn conclude(
    ctx: &Ctx,
    store: &mut Within,
    ground: &Ground,
    outcome: Outcome,
    is_preview: bool,
    written: Written<'_>,
) -> Result<DatesChange> {
    let mut change = shown(ground, &outcome, written.kind);
    if is_preview {
        return Ok(change);
    }
    if written.seen.as_deref().is_some_and(|seen| seen != change.seen) {
        return Err(Error::code(Code::Stale));
    }
    if change.tasks.iter().any(|task| task.conflicts.contains(&DateConflict::BeyondEnd)) {
        let last = change.tasks.iter().map(|task| task.after.due_on).max().unwrap_or(change.new_end_on);
        let problem = FieldError::new("end_on", "before_last_due", "A task is due after it.");
        return Err(Error::invalid(vec![problem.with("date", last)]));
    }
    let (tasks, added) = rows(&ground.tasks, &outcome);
    let stays = (change.start_on, change.end_on) == (change.new_start_on, change.new_end_on)
        && ground.status == ground.mentorship.status;
    if stays && tasks.is_empty() && added.is_empty() && outcome.least_end_on == ground.least_end_on {
        return Err(Error::field("start_on", "unchanged", "Nothing would change."));
    }

    let id = ground.mentorship.mentorship_id;
    let new = new_dates(&outcome, ground.status, written.paused_on);
    let stale = || Error::code(Code::Stale);
    if !store.set_dates(id, ground.mentorship.revision, &new).await? {
        return Err(stale());
    }
    let added_ids = store.add_tasks(id, &added, ctx.now()).await?;
    if !store.move_tasks(id, &tasks, ctx.now()).await? {
        return Err(stale());
    }
    let mut events = events(&ground.tasks, &tasks);
    events.extend(added_ids.iter().map(|task_id| MovedEvent {
        task_id: *task_id,
        kind: "created",
        field: None,
        old_value: None,
        new_value: None,
        comment: None,
    }));
    let me = ctx.caller.user_id;
    store.record_moves(id, &events, me, ctx.now()).await?;
    let skipped = outcome.tasks.iter().filter(|moved| moved.skip.is_some()).count();
    let mut details = serde_json::json!({
        "start_on": [change.start_on, change.new_start_on],
        "end_on": [change.end_on, change.new_end_on],
        "moved": change.moved,
        "added": added_ids.len(),
        "skipped": skipped,
    });
    if written.kind == MentorshipEventKind::Resumed {
        details["paused_on"] = serde_json::json!(ground.mentorship.paused_on);
    } else {
        details["undo"] = serde_json::to_value(Undo::of(ground, &tasks, added_ids)).map_err(Error::fault)?;
    }
    store.record_mentorship_event(id, written.kind, details, written.comment, me, ctx.now()).await?;
    let mentorship = Mentorship { start_on: new.start_on, end_on: new.end_on, ..ground.mentorship.clone() };
    send_news(ctx, store, &mentorship, News { comment: written.comment, ..News::of(written.kind) }).await?;
    change.is_applied = true;
    Ok(change)
}

/// The rows that change. Places among the others are counted anew only where the order changes.
fn rows(standing: &[StandingTask], outcome: &Outcome) -> (Vec<MovedTask>, Vec<AddedRow>) {
    let is_in_order = outcome.tasks.iter().enumerate().all(|(at, moved)| at == moved.at);
    let same_weeks = outcome.tasks.iter().all(|moved| moved.week == standing[moved.at].week);
    let renumbers = !outcome.added.is_empty() || !is_in_order || !same_weeks;
    let mut added: Vec<(usize, AddedRow)> = outcome.added.iter().cloned().enumerate().collect();
    added.sort_by_key(|(_, row)| row.week);
    let mut waiting = added.iter_mut().peekable();
    let (mut rows, mut position) = (Vec::new(), 0);
    for moved in &outcome.tasks {
        while let Some((_, row)) = waiting.next_if(|(_, row)| row.week < moved.week) {
            row.position = position;
            position += 1;
        }
        let task = &standing[moved.at];
        let row = row_of(task, moved, if renumbers { position } else { task.position });
        position += 1;
        let moves = (row.week, row.position, row.starts_on, row.due_on, row.status, row.planned)
            != (task.week, task.position, task.starts_on, task.due_on, task.status, task.planned);
        if moves {
            rows.push(row);
        }
    }
    for (_, row) in waiting {
        row.position = position;
        position += 1;
    }
    added.sort_by_key(|(at, _)| *at);
    (rows, added.into_iter().map(|(_, row)| row).collect())
}

fn row_of(task: &StandingTask, moved: &dates::Moved, position: i64) -> MovedTask {
    let status = if moved.skip.is_some() { TaskStatus::Skipped } else { task.status };
    let is_seen = (moved.week, moved.starts_on, moved.due_on, status)
        != (task.week, task.starts_on, task.due_on, task.status);
    MovedTask {
        task_id: task.task_id,
        version: task.version,
        bump: i64::from(is_seen),
        week: moved.week,
        position,
        starts_on: moved.starts_on,
        due_on: moved.due_on,
        planned: moved.planned,
        status,
        status_comment: moved.skip.clone().or_else(|| task.status_comment.clone()),
    }
}

/// One event per changed field of each task.
pub fn events(standing: &[StandingTask], rows: &[MovedTask]) -> Vec<MovedEvent> {
    let before: std::collections::HashMap<_, _> = standing.iter().map(|task| (task.task_id, task)).collect();
    let mut events = Vec::new();
    for row in rows {
        let Some(task) = before.get(&row.task_id) else { continue };
        let mut changed = |kind, field, old: String, new: String, comment: Option<&String>| {
            if old != new {
                events.push(MovedEvent {
                    task_id: row.task_id,
                    kind,
                    field: Some(field),
                    old_value: Some(old),
                    new_value: Some(new),
                    comment: comment.cloned(),
                });
            }
        };
        changed("edited", "starts_on", task.starts_on.to_string(), row.starts_on.to_string(), None);
        changed("edited", "due_on", task.due_on.to_string(), row.due_on.to_string(), None);
        let reason = row.status_comment.as_ref().filter(|_| row.status == TaskStatus::Skipped);
        changed("moved", "status", task.status.to_string(), row.status.to_string(), reason);
    }
    events
}
