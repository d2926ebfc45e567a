//! The dates of a mentorship's plan: from weeks, offsets and durations to days, and back.
//!
//! Everything is recomputed from `start_on` and the items, so what a preview shows and what is then applied
//! are the same call. A task can start after its week when the whole week is off.

use std::error::Error;
use std::fmt;

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::work::{CalendarError, WorkCalendar};

/// The longest plan, five years.
pub const MAX_WEEKS: i64 = 260;
/// The most working days an item may start after or last.
pub const MAX_DAYS: i64 = 1_000;

/// Where a task stands in its curriculum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlanItem {
    /// From 1.
    pub week: i64,
    /// Working days from the first working day of the week.
    pub starts_after: i64,
    /// Working days, the first one counted: 1 is due on the day it starts.
    pub duration: i64,
}

/// The days of one task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Dated {
    pub starts_on: NaiveDate,
    pub due_on: NaiveDate,
}

/// A dated curriculum, tasks in the order of the items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub tasks: Vec<Dated>,
    /// The last week an item is in, at least 1.
    pub weeks: i64,
    pub start_on: NaiveDate,
    pub end_on: NaiveDate,
}

/// A plan before and after its start moves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    pub before: Plan,
    pub after: Plan,
}

/// One task of a [`Shift`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftedTask {
    pub before: Dated,
    pub after: Dated,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanField {
    Week,
    StartsAfter,
    Duration,
    StartsOn,
}

/// A field of an item that can't be planned; `index` is the item's place in what was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanProblem {
    pub index: usize,
    pub field: PlanField,
    pub value: i64,
    pub allowed: (i64, i64),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanError {
    /// Every bad field of every item.
    Items(Vec<PlanProblem>),
    Calendar(CalendarError),
}

/// Dates for every item; the plan never ends before its last task is due.
pub fn plan(calendar: &WorkCalendar, start_on: NaiveDate, items: &[PlanItem]) -> Result<Plan, PlanError> {
    let problems: Vec<_> = items.iter().enumerate().flat_map(|(index, item)| item.problems(index)).collect();
    if !problems.is_empty() {
        return Err(PlanError::Items(problems));
    }
    let tasks = items.iter().map(|item| item.dated(calendar, start_on)).collect::<Result<Vec<_>, _>>()?;
    let weeks = items.iter().map(|item| item.week).max().unwrap_or(1);
    let end_on = end_on(start_on, weeks, tasks.iter().map(|task| task.due_on))?;
    Ok(Plan { tasks, weeks, start_on, end_on })
}

/// The later of the last day of the last week and the last due date.
pub fn end_on(
    start_on: NaiveDate,
    weeks: i64,
    due_dates: impl IntoIterator<Item = NaiveDate>,
) -> Result<NaiveDate, CalendarError> {
    let last_day = after(start_on, weeks.saturating_mul(7).saturating_sub(1))?;
    Ok(due_dates.into_iter().max().map_or(last_day, |due_on| due_on.max(last_day)))
}

/// The same items from two starts, for a preview; applying it is taking `after`.
pub fn shift(
    calendar: &WorkCalendar,
    old_start: NaiveDate,
    new_start: NaiveDate,
    items: &[PlanItem],
) -> Result<Shift, PlanError> {
    Ok(Shift { before: plan(calendar, old_start, items)?, after: plan(calendar, new_start, items)? })
}

/// The item that gives a task these dates, for a task whose dates were changed by hand after planning.
///
/// A start that is no working day (a holiday entered later) becomes the next working day.
pub fn item_at(calendar: &WorkCalendar, start_on: NaiveDate, task: Dated) -> Result<PlanItem, PlanError> {
    let days_in = (task.starts_on - start_on).num_days();
    if !(0..MAX_WEEKS * 7).contains(&days_in) {
        let (value, allowed) = (days_in, (0, MAX_WEEKS * 7 - 1));
        return Err(PlanError::Items(vec![PlanProblem {
            index: 0,
            field: PlanField::StartsOn,
            value,
            allowed,
        }]));
    }
    let week = days_in / 7 + 1;
    let first = first_day_of_week(calendar, start_on, week)?;
    let starts_on = calendar.first_working_day_on_or_after(task.starts_on)?;
    let starts_after = (calendar.working_days_between(first, starts_on) - 1).max(0);
    let duration = calendar.working_days_between(starts_on, task.due_on).max(1);
    let item = PlanItem { week, starts_after, duration };
    let problems = item.problems(0);
    if problems.is_empty() { Ok(item) } else { Err(PlanError::Items(problems)) }
}

/// Calendar days until a task is due: 3 is `D-3`, 0 is `D-Day`, -2 is `D+2`.
pub fn dday(today: NaiveDate, due_on: NaiveDate) -> i64 {
    (due_on - today).num_days()
}

impl PlanItem {
    /// What keeps this item from being planned.
    pub fn problems(&self, index: usize) -> Vec<PlanProblem> {
        let checks = [
            (PlanField::Week, self.week, (1, MAX_WEEKS)),
            (PlanField::StartsAfter, self.starts_after, (0, MAX_DAYS)),
            (PlanField::Duration, self.duration, (1, MAX_DAYS)),
        ];
        let bad = checks.into_iter().filter(|(_, value, (least, most))| value < least || value > most);
        bad.map(|(field, value, allowed)| PlanProblem { index, field, value, allowed }).collect()
    }

    /// The days this item has in a plan that starts on `start_on`.
    pub fn dated(&self, calendar: &WorkCalendar, start_on: NaiveDate) -> Result<Dated, CalendarError> {
        let first = first_day_of_week(calendar, start_on, self.week)?;
        let starts_on = calendar.add_working_days(first, self.starts_after)?;
        Ok(Dated { starts_on, due_on: calendar.add_working_days(starts_on, self.duration - 1)? })
    }
}

impl Shift {
    /// Every task with its dates before and after, in the order of the items.
    pub fn tasks(&self) -> impl Iterator<Item = ShiftedTask> + '_ {
        let pairs = self.before.tasks.iter().zip(&self.after.tasks);
        pairs.map(|(before, after)| ShiftedTask { before: *before, after: *after })
    }
}

fn first_day_of_week(
    calendar: &WorkCalendar,
    start_on: NaiveDate,
    week: i64,
) -> Result<NaiveDate, CalendarError> {
    calendar.first_working_day_on_or_after(after(start_on, (week - 1) * 7)?)
}

fn after(date: NaiveDate, days: i64) -> Result<NaiveDate, CalendarError> {
    let moved = TimeDelta::try_days(days).and_then(|delta| date.checked_add_signed(delta));
    moved.ok_or(CalendarError::OutOfRange { from: date, days })
}

impl PlanField {
    /// The name of the field in the data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::StartsAfter => "starts_after",
            Self::Duration => "duration",
            Self::StartsOn => "starts_on",
        }
    }
}

impl fmt::Display for PlanProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (least, most) = self.allowed;
        write!(
            f,
            "item {}: {} is {}, allowed {least} to {most}",
            self.index + 1,
            self.field.name(),
            self.value
        )
    }
}

impl From<CalendarError> for PlanError {
    fn from(error: CalendarError) -> Self {
        Self::Calendar(error)
    }
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Calendar(error) => error.fmt(f),
            Self::Items(problems) => {
                for (index, problem) in problems.iter().enumerate() {
                    write!(f, "{}{problem}", if index == 0 { "" } else { "; " })?;
                }
                Ok(())
            }
        }
    }
}

impl Error for PlanError {}
