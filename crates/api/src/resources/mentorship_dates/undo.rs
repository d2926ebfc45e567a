//! Taking the last change of dates back: what was before is kept in the record of the change.

use super::{
    Ground,
    changes::{events, new_dates, shown},
};
use crate::{
    Ctx, Error, Result,
    resources::mentorship_news::{News, send_news},
    rules::dates::{Outcome, unmoved},
};
use chrono::NaiveDate;
use contract::{
    Code, TaskId,
    mentorship::Mentorship,
    mentorship_dates::DatesChange,
    mentorship_events::{MentorshipEvent, MentorshipEventKind},
    tasks::TaskStatus,
};
use serde::{Deserialize, Serialize};
use store::{MovedTask, Within};

/// How many of the newest records are looked through for the change.
const LOOKED_AT: i64 = 50;

/// How everything stood before a change; each task with the version it has after it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Undo {
    start_on: NaiveDate,
    end_on: NaiveDate,
    least_end_on: NaiveDate,
    total_weeks: i64,
    tasks: Vec<MovedTask>,
    added: Vec<TaskId>,
}

impl Undo {
    pub fn of(ground: &Ground, rows: &[MovedTask], added: Vec<TaskId>) -> Self {
        let before: std::collections::HashMap<_, _> =
            ground.tasks.iter().map(|task| (task.task_id, task)).collect();
        let back = |row: &MovedTask| {
            let task = before.get(&row.task_id)?;
            Some(MovedTask {
                task_id: row.task_id,
                version: row.version + row.bump,
                bump: row.bump,
                week: task.week,
                position: task.position,
                starts_on: task.starts_on,
                due_on: task.due_on,
                planned: task.planned,
                status: task.status,
                status_comment: task.status_comment.clone(),
            })
        };
        Self {
            start_on: ground.mentorship.start_on,
            end_on: ground.mentorship.end_on,
            least_end_on: ground.least_end_on,
            total_weeks: ground.mentorship.total_weeks,
            tasks: rows.iter().filter_map(back).collect(),
            added,
        }
    }
}

/// The last change of dates, if nothing else of the mentorship's life came after it; goals and meetings don't matter.
fn read(events: Vec<MentorshipEvent>) -> Option<(MentorshipEvent, Undo)> {
    use MentorshipEventKind::{EndMoved, HandedOver, Paused, PlanEdited, Resumed, Shifted, Started};
    let of_life = |event: &MentorshipEvent| {
        matches!(event.kind, Shifted | EndMoved | PlanEdited | Paused | Resumed | HandedOver | Started)
    };
    let event = events.into_iter().find(of_life)?;
    let undo = serde_json::from_value(event.details.get("undo")?.clone()).ok()?;
    Some((event, undo))
}

pub async fn undo(ctx: &Ctx, store: &mut Within, ground: &Ground) -> Result<DatesChange> {
    let id = ground.mentorship.mentorship_id;
    let last = store.mentorship_events(id, None, LOOKED_AT).await?;
    let nothing = || Error::because(Code::Conflict, "There is no change of dates to take back.");
    let (event, undo) = read(last).ok_or_else(nothing)?;

    let mut tasks = unmoved(&ground.tasks);
    tasks.retain(|moved| !undo.added.contains(&ground.tasks[moved.at].task_id));
    let mut places: Vec<i64> = ground.tasks.iter().map(|task| task.position).collect();
    for moved in &mut tasks {
        let task_id = ground.tasks[moved.at].task_id;
        if let Some(row) = undo.tasks.iter().find(|row| row.task_id == task_id) {
            (moved.week, moved.starts_on, moved.due_on, moved.planned) =
                (row.week, row.starts_on, row.due_on, row.planned);
            places[moved.at] = row.position;
        }
    }
    tasks.sort_by_key(|moved| (moved.week, places[moved.at]));
    let outcome = Outcome {
        start_on: undo.start_on,
        end_on: undo.end_on,
        least_end_on: undo.least_end_on,
        total_weeks: undo.total_weeks,
        tasks,
        added: Vec::new(),
    };
    let mut change = shown(ground, &outcome, event.kind);

    let new = new_dates(&outcome, ground.status, None);
    if !store.set_dates(id, ground.mentorship.revision, &new).await?
        || !store.drop_tasks(id, &undo.added).await?
        || !store.move_tasks(id, &undo.tasks, ctx.now()).await?
    {
        return Err(Error::code(Code::Stale));
    }
    let me = ctx.caller.user_id;
    store.record_moves(id, &events(&ground.tasks, &undo.tasks), me, ctx.now()).await?;
    let reopened = undo.tasks.iter().filter(|row| {
        let task = ground.tasks.iter().find(|task| task.task_id == row.task_id);
        task.is_some_and(|task| task.status == TaskStatus::Skipped && row.status != TaskStatus::Skipped)
    });
    let details = serde_json::json!({
        "start_on": [change.start_on, change.new_start_on],
        "end_on": [change.end_on, change.new_end_on],
        "moved": change.moved,
        "removed": undo.added.len(),
        "reopened": reopened.count(),
        "undone": event.event_id,
    });
    store.record_mentorship_event(id, event.kind, details, None, me, ctx.now()).await?;
    let mentorship = Mentorship { start_on: new.start_on, end_on: new.end_on, ..ground.mentorship.clone() };
    send_news(ctx, store, &mentorship, News::of(event.kind)).await?;
    change.is_applied = true;
    Ok(change)
}
