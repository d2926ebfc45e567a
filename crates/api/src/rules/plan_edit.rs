//! One person's plan, changed in several places at once, without touching the curriculum.
//!
//! Every bad field of every change is named; nothing of it happens then.

use super::dates::{Facts, Moved, Outcome, is_open, is_started, to_week, unmoved};
use calendar::PlanError;
use chrono::NaiveDate;
use contract::{
    FieldError, TaskId, UserId,
    mentorship_dates::{AddedTask, PlanEdit, TaskPlace},
};
use std::collections::HashMap;
use store::{AddedRow, StandingTask};

/// Where the changed tasks want to stand in their weeks.
type Wishes = HashMap<TaskId, i64>;

/// The plan after the edit. What is added is the mentee's.
///
/// # Errors
/// Every bad field.
pub fn edit(facts: &Facts<'_>, edit: &PlanEdit, mentee_id: UserId) -> Result<Outcome, Vec<FieldError>> {
    let at: HashMap<TaskId, usize> =
        facts.tasks.iter().enumerate().map(|(at, task)| (task.task_id, at)).collect();
    let mut tasks = unmoved(facts.tasks);
    let mut problems = Vec::new();
    let mut wishes = Wishes::new();
    let mut seen = std::collections::HashSet::new();
    for (index, wanted) in edit.moves.iter().enumerate() {
        let field = |name: &str| format!("moves.{index}.{name}");
        let Some(at) = at.get(&wanted.task_id) else {
            problems.push(FieldError::new(
                field("task_id"),
                "not_found",
                "There is no such task in the plan.",
            ));
            continue;
        };
        if !seen.insert(wanted.task_id) {
            problems.push(FieldError::new(field("task_id"), "repeated", "This task stands twice."));
            continue;
        }
        if let Some(position) = wanted.position {
            wishes.insert(wanted.task_id, position);
        }
        for (name, code, message) in place(facts, &mut tasks[*at], wanted) {
            problems.push(FieldError::new(field(name), code, message));
        }
    }
    for (index, skip) in edit.skips.iter().enumerate() {
        let field = |name: &str| format!("skips.{index}.{name}");
        let reason = skip.reason.trim();
        if reason.is_empty() {
            problems.push(FieldError::new(field("reason"), "required", "Say why."));
        }
        match at.get(&skip.task_id).map(|at| (&facts.tasks[*at], &mut tasks[*at])) {
            None => {
                problems.push(FieldError::new(
                    field("task_id"),
                    "not_found",
                    "There is no such task in the plan.",
                ));
            }
            Some((task, _)) if !is_open(task.status) => {
                problems.push(FieldError::new(
                    field("task_id"),
                    "closed",
                    "It is finished or skipped already.",
                ));
            }
            Some((_, moved)) => moved.skip = Some(reason.to_owned()),
        }
    }
    for (index, added) in edit.adds.iter().enumerate() {
        for (name, code, message) in add_problems(facts, added) {
            problems.push(FieldError::new(format!("adds.{index}.{name}"), code, message));
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    arrange(&mut tasks, facts.tasks, &wishes);
    let added: Vec<AddedRow> = edit.adds.iter().map(|added| row(added, mentee_id)).collect();
    let dues = tasks.iter().map(|task| task.due_on).chain(added.iter().map(|task| task.due_on));
    let weeks = tasks.iter().map(|task| task.week).chain(added.iter().map(|task| task.week));
    Ok(Outcome {
        start_on: facts.start_on,
        end_on: dues.max().unwrap_or(facts.least_end_on).max(facts.least_end_on),
        least_end_on: facts.least_end_on,
        total_weeks: weeks.max().unwrap_or(1).max(facts.total_weeks),
        tasks,
        added,
    })
}

type FieldProblem = (&'static str, &'static str, &'static str);

/// Moves one task to its week, then to its days.
fn place(facts: &Facts<'_>, moved: &mut Moved, wanted: &TaskPlace) -> Vec<FieldProblem> {
    let task = &facts.tasks[moved.at];
    let week = wanted.week.filter(|week| *week != task.week);
    let starts_on = wanted.starts_on.filter(|day| *day != task.starts_on);
    let due_on = wanted.due_on.filter(|day| *day != task.due_on);
    if week.is_none() && starts_on.is_none() && due_on.is_none() {
        return Vec::new();
    }
    if !is_open(task.status) {
        return vec![("task_id", "closed", "It is finished or skipped: its dates stay.")];
    }
    let mut problems = Vec::new();
    if starts_on.is_some() && is_started(task.status) {
        problems.push(("starts_on", "started", "It was started already; only its due date moves."));
    }
    if starts_on.is_some_and(|day| !facts.calendar.is_working(day)) {
        problems.push(("starts_on", "not_working_day", "This is not a working day."));
    }
    if due_on.is_some_and(|day| !facts.calendar.is_working(day)) {
        problems.push(("due_on", "not_working_day", "This is not a working day."));
    }
    if starts_on.is_some() || due_on.is_some() {
        moved.week = week.unwrap_or(task.week);
        moved.starts_on = starts_on.unwrap_or(task.starts_on);
        moved.due_on = due_on.unwrap_or(task.due_on);
        // The place is read off the days when it is needed next.
        moved.planned = None;
        if moved.due_on < moved.starts_on {
            problems.push(("due_on", "before_start", "It can't be due before it starts."));
        }
    } else if let Some(week) = week
        && let Err(error) = to_week(facts, moved, week)
    {
        problems.push(("week", "no_working_day", no_day(&error)));
    }
    problems
}

const fn no_day(error: &PlanError) -> &'static str {
    match error {
        PlanError::Calendar(_) => "The company's holidays leave no working day there.",
        PlanError::Items(_) => "The plan has no such week.",
    }
}

fn add_problems(facts: &Facts<'_>, added: &AddedTask) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let is_off = |day: NaiveDate| !facts.calendar.is_working(day);
    if added.title.trim().is_empty() {
        problems.push(("title", "required", "This is needed."));
    }
    if is_off(added.starts_on) {
        problems.push(("starts_on", "not_working_day", "This is not a working day."));
    }
    if is_off(added.due_on) {
        problems.push(("due_on", "not_working_day", "This is not a working day."));
    }
    if added.starts_on < facts.start_on {
        problems.push(("starts_on", "too_early", "The plan has not begun then."));
    }
    if added.due_on < added.starts_on {
        problems.push(("due_on", "before_start", "It can't be due before it starts."));
    }
    problems
}

/// Puts the tasks in their new order: those that wish for a place at it, the others around them as they were.
fn arrange(tasks: &mut Vec<Moved>, standing: &[StandingTask], wishes: &Wishes) {
    let mut weeks: std::collections::BTreeMap<i64, Vec<Moved>> = std::collections::BTreeMap::new();
    let mut wishing = Vec::new();
    for moved in std::mem::take(tasks) {
        match wishes.get(&standing[moved.at].task_id) {
            Some(position) => wishing.push((*position, moved)),
            None => weeks.entry(moved.week).or_default().push(moved),
        }
    }
    wishing.sort_by_key(|(position, _)| *position);
    for (position, moved) in wishing {
        let week = weeks.entry(moved.week).or_default();
        let at = usize::try_from(position - 1).unwrap_or(0).min(week.len());
        week.insert(at, moved);
    }
    tasks.extend(weeks.into_values().flatten());
}

fn row(added: &AddedTask, owner_id: UserId) -> AddedRow {
    AddedRow {
        title: added.title.trim().to_owned(),
        guideline: added.guideline.clone(),
        week: added.week,
        position: 0,
        priority: added.priority,
        owner_id,
        is_required: added.is_required.unwrap_or(true),
        starts_on: added.starts_on,
        due_on: added.due_on,
    }
}
