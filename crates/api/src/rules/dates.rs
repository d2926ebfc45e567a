//! Moving a running plan: which task gets which days, and what speaks against them.
//!
//! A task keeps its place (week, working days after its start, duration) beside its dates and is dated from it anew, so
//! that a plan moved forth and back is the same plan. What is finished never moves; what is started keeps its start.

pub use super::moves::is_open;
use calendar::{Dated, PlanError, PlanItem, WorkCalendar};
use chrono::{Days, NaiveDate};
use contract::{
    curriculum::{TaskKind, TaskOwner},
    mentorship_dates::{DateConflict, Place, TaskDates},
    tasks::TaskStatus,
};
use store::{AddedRow, Planned, StandingTask};

/// A plan as it stands, and what its dates depend on.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub calendar: &'a WorkCalendar,
    pub today: NaiveDate,
    pub start_on: NaiveDate,
    pub end_on: NaiveDate,
    /// The last day without regard to due dates.
    pub least_end_on: NaiveDate,
    pub total_weeks: i64,
    /// By week and position.
    pub tasks: &'a [StandingTask],
    /// First and last day of each of the mentor's absences.
    pub absences: &'a [(NaiveDate, NaiveDate)],
}

/// A task after the change. `at` is its place in [`Facts::tasks`].
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    pub at: usize,
    pub week: i64,
    pub starts_on: NaiveDate,
    pub due_on: NaiveDate,
    pub planned: Option<Planned>,
    /// Why it is skipped, when it is.
    pub skip: Option<String>,
}

/// A plan after the change.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub start_on: NaiveDate,
    pub end_on: NaiveDate,
    pub least_end_on: NaiveDate,
    pub total_weeks: i64,
    /// In their new order.
    pub tasks: Vec<Moved>,
    /// In the order of `tasks`, each after the last of its week.
    pub added: Vec<AddedRow>,
}

/// Whether work on it has begun: its start is a fact then.
#[must_use]
pub const fn is_started(status: TaskStatus) -> bool {
    matches!(status, TaskStatus::InProgress | TaskStatus::Submitted | TaskStatus::Returned)
}

/// The last day without regard to due dates, as it was kept or as the weeks say.
#[must_use]
pub fn least_end(kept: Option<NaiveDate>, start_on: NaiveDate, total_weeks: i64) -> NaiveDate {
    let days = u64::try_from(total_weeks.max(1) * 7 - 1).unwrap_or(6);
    kept.or_else(|| start_on.checked_add_days(Days::new(days))).unwrap_or(start_on)
}

/// The days of a place.
///
/// # Errors
/// When the company's holidays leave no working day, or a number is out of bounds.
pub fn dated(calendar: &WorkCalendar, planned: Planned) -> Result<Dated, PlanError> {
    let item =
        PlanItem { week: planned.week, starts_after: planned.starts_after, duration: planned.duration };
    let problems = item.problems(0);
    if problems.is_empty() {
        Ok(item.dated(calendar, planned.from)?)
    } else {
        Err(PlanError::Items(problems))
    }
}

/// The place a task has now: the kept one while it still gives the dates the task has, or else one read off the dates.
///
/// # Errors
/// As [`dated`].
pub fn place(facts: &Facts<'_>, task: &StandingTask) -> Result<Planned, PlanError> {
    if let Some(planned) = task.planned
        && let Ok(days) = dated(facts.calendar, planned)
    {
        let starts = is_started(task.status) || days.starts_on == task.starts_on;
        if starts && days.due_on.max(task.starts_on) == task.due_on {
            return Ok(planned);
        }
    }
    let days = Dated { starts_on: task.starts_on, due_on: task.due_on };
    // A task from before the plan's first day, or far behind its end, counts from its own.
    let from_start =
        calendar::item_at(facts.calendar, facts.start_on, days).map(|item| (facts.start_on, item));
    let (from, item) = match from_start {
        Ok(found) => found,
        Err(_) => (task.starts_on, calendar::item_at(facts.calendar, task.starts_on, days)?),
    };
    Ok(Planned { from, week: item.week, starts_after: item.starts_after, duration: item.duration })
}

/// Moves the days of an open task to those of a place; of a started one only the due date.
fn settle(
    calendar: &WorkCalendar,
    moved: &mut Moved,
    planned: Planned,
    is_started: bool,
) -> Result<(), PlanError> {
    let days = dated(calendar, planned)?;
    if !is_started {
        moved.starts_on = days.starts_on;
    }
    moved.due_on = days.due_on.max(moved.starts_on);
    moved.planned = Some(planned);
    Ok(())
}

/// Every task where it stands.
#[must_use]
pub fn unmoved(tasks: &[StandingTask]) -> Vec<Moved> {
    let stay = |(at, task): (usize, &StandingTask)| Moved {
        at,
        week: task.week,
        starts_on: task.starts_on,
        due_on: task.due_on,
        planned: task.planned,
        skip: None,
    };
    tasks.iter().enumerate().map(stay).collect()
}

/// Moves every open task by calendar days: by the days between two starts, or by those of a pause. With a last day of
/// its own the plan ends on it, whatever is due when.
///
/// # Errors
/// As [`dated`].
pub fn shift(
    facts: &Facts<'_>,
    days: i64,
    moves_start: bool,
    end_on: Option<NaiveDate>,
) -> Result<Outcome, PlanError> {
    let mut tasks = unmoved(facts.tasks);
    if days != 0 {
        for (moved, task) in tasks.iter_mut().zip(facts.tasks).filter(|(_, task)| is_open(task.status)) {
            let mut planned = place(facts, task)?;
            planned.from = later(planned.from, days)?;
            settle(facts.calendar, moved, planned, is_started(task.status))?;
        }
    }
    let least_end_on = match end_on {
        Some(end_on) => end_on,
        None => later(facts.least_end_on, days)?,
    };
    let start_on = if moves_start { later(facts.start_on, days)? } else { facts.start_on };
    let last_due = tasks.iter().map(|task| task.due_on).max().filter(|_| end_on.is_none());
    Ok(Outcome {
        start_on,
        // An end can't stand before the start, even when nothing is planned.
        end_on: last_due.unwrap_or(least_end_on).max(least_end_on).max(start_on),
        least_end_on,
        total_weeks: facts.total_weeks,
        tasks,
        added: Vec::new(),
    })
}

/// Another week for an open task: its days follow.
///
/// # Errors
/// As [`dated`].
pub fn to_week(facts: &Facts<'_>, moved: &mut Moved, week: i64) -> Result<(), PlanError> {
    let task = &facts.tasks[moved.at];
    let mut planned = place(facts, task)?;
    planned.week = (planned.week + week - task.week).max(1);
    settle(facts.calendar, moved, planned, is_started(task.status))?;
    moved.week = week;
    Ok(())
}

fn later(day: NaiveDate, days: i64) -> Result<NaiveDate, PlanError> {
    let moved = chrono::TimeDelta::try_days(days).and_then(|delta| day.checked_add_signed(delta));
    moved.ok_or(PlanError::Calendar(calendar::CalendarError::OutOfRange { from: day, days }))
}

/// Whether the mentor is away when this task needs the mentor: on any day of an own task or a meeting, on the due date of
/// what the mentee hands in.
#[must_use]
pub fn needs_absent_mentor(
    (owner, kind): (TaskOwner, TaskKind),
    starts_on: NaiveDate,
    due_on: NaiveDate,
    absences: &[(NaiveDate, NaiveDate)],
) -> bool {
    let first = match owner {
        TaskOwner::Mentor => starts_on,
        _ if kind == TaskKind::Meeting => starts_on,
        TaskOwner::Mentee => due_on,
        TaskOwner::Admin => return false,
    };
    absences.iter().any(|(from, to)| first <= *to && due_on >= *from)
}

/// What the change looks like: every task before and after, by week, with what speaks against it.
#[must_use]
pub fn shown(facts: &Facts<'_>, outcome: &Outcome) -> Vec<TaskDates> {
    let mut old = std::collections::HashMap::new();
    let mut counts = std::collections::HashMap::new();
    for task in facts.tasks {
        let count = counts.entry(task.week).and_modify(|count| *count += 1).or_insert(1_i64);
        old.insert(task.task_id, *count);
    }
    counts.clear();
    let mut next = |week: i64| {
        let count = counts.entry(week).or_insert(0_i64);
        *count += 1;
        *count
    };
    let mut shown: Vec<TaskDates> = outcome
        .tasks
        .iter()
        .map(|moved| {
            let task = &facts.tasks[moved.at];
            let position = old.get(&task.task_id).copied().unwrap_or(1);
            let before = Place { week: task.week, position, starts_on: task.starts_on, due_on: task.due_on };
            let after = Place {
                week: moved.week,
                position: next(moved.week),
                starts_on: moved.starts_on,
                due_on: moved.due_on,
            };
            TaskDates {
                task_id: Some(task.task_id),
                title: task.title.clone(),
                kind: task.kind,
                owner: task.owner,
                priority: task.priority,
                status: task.status,
                before: Some(before),
                after,
                is_skipped: moved.skip.is_some(),
                conflicts: Vec::new(),
            }
        })
        .collect();
    shown.extend(outcome.added.iter().map(|added| TaskDates {
        task_id: None,
        title: added.title.clone(),
        kind: TaskKind::Task,
        owner: TaskOwner::Mentee,
        priority: added.priority,
        status: TaskStatus::Todo,
        before: None,
        after: Place {
            week: added.week,
            position: next(added.week),
            starts_on: added.starts_on,
            due_on: added.due_on,
        },
        is_skipped: false,
        conflicts: Vec::new(),
    }));
    for task in &mut shown {
        task.conflicts = conflicts(facts, outcome, task);
    }
    shown.sort_by_key(|task| task.after.week);
    shown
}

/// Only what changes can newly be in conflict; a last day is in conflict with whatever is due after it.
fn conflicts(facts: &Facts<'_>, outcome: &Outcome, task: &TaskDates) -> Vec<DateConflict> {
    let Place { starts_on, due_on, .. } = task.after;
    let mut conflicts = Vec::new();
    let changes = task.changes() && !task.is_skipped && is_open(task.status);
    if changes && due_on < facts.today {
        conflicts.push(DateConflict::DueBeforeToday);
    }
    if due_on > outcome.end_on {
        conflicts.push(DateConflict::BeyondEnd);
    }
    if changes && needs_absent_mentor((task.owner, task.kind), starts_on, due_on, facts.absences) {
        conflicts.push(DateConflict::OnAbsence);
    }
    conflicts
}
