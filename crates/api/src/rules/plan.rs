//! From the tasks of a curriculum to a dated plan: what the preview shows and what the start makes.
//!
//! Both call [`draw`] with the same facts, so they can't differ.

use calendar::{CalendarError, Country, Dated, PlanError, PlanItem, WorkCalendar, WorkingDays};
use chrono::{Datelike, NaiveDate};
use contract::mentorship::{DayOff, PlannedTask};
use store::{CompanyDays, TemplateItem};

/// A plan with everything that is worth knowing before it starts.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// In the order of the templates.
    pub dates: Vec<Dated>,
    pub end_on: NaiveDate,
    pub total_weeks: i64,
    pub working_days: i64,
    pub days_off: Vec<DayOff>,
    pub warnings: Vec<&'static str>,
}

/// How far from today a plan may start, in days: two years ahead, one back.
const AHEAD: i64 = 731;
const BACK: i64 = 366;

/// Why a day can't be the first; `None` when it can.
#[must_use]
pub fn start_problem(today: NaiveDate, start_on: NaiveDate) -> Option<(&'static str, &'static str)> {
    match (start_on - today).num_days() {
        days if days < -BACK => Some(("too_early", "At most a year back.")),
        days if days > AHEAD => Some(("too_late", "At most two years ahead.")),
        _ => None,
    }
}

/// The working days of a company as it keeps them.
#[must_use]
pub fn work_calendar(days: CompanyDays) -> WorkCalendar {
    let country = Country::from_code(&days.country).unwrap_or_default();
    let working_days = WorkingDays::new(days.working_days).unwrap_or_default();
    WorkCalendar::new(country, working_days, days.holidays.into_iter().collect())
}

/// Dates every template task. `weeks` is how long the versions say they take.
///
/// # Errors
/// When the company's holidays leave no working day, or a number is out of bounds.
pub fn draw(
    calendar: &WorkCalendar,
    start_on: NaiveDate,
    today: NaiveDate,
    weeks: i64,
    templates: &[TemplateItem],
) -> Result<Drawn, PlanError> {
    let items: Vec<PlanItem> = templates
        .iter()
        .map(|task| PlanItem { week: task.week, starts_after: task.starts_after, duration: task.duration })
        .collect();
    let plan = calendar::plan(calendar, start_on, &items)?;
    let total_weeks = plan.weeks.max(weeks);
    let end_on = calendar::end_on(start_on, total_weeks, plan.tasks.iter().map(|task| task.due_on))?;
    calendar.first_working_day_on_or_after(start_on)?;

    let days_off = days_off(calendar, start_on, end_on);
    let mut warnings = Vec::new();
    if start_on < today {
        warnings.push("starts_in_past");
    }
    if !calendar.is_working(start_on) {
        warnings.push("starts_on_day_off");
    }
    if (start_on.year()..=end_on.year()).any(|year| !calendar.covers(year)) {
        warnings.push("holidays_unknown");
    }
    let working_days = calendar.working_days_between(start_on, end_on);
    Ok(Drawn { dates: plan.tasks, end_on, total_weeks, working_days, days_off, warnings })
}

/// The weekdays off between two days.
#[must_use]
pub fn days_off(calendar: &WorkCalendar, first: NaiveDate, last: NaiveDate) -> Vec<DayOff> {
    let off = calendar.holidays_between(first, last).into_iter().filter(|day| day.takes_a_working_day);
    let named = off.map(|day| DayOff {
        date: day.date,
        name_ko: day.name.ko.into_owned(),
        name_en: day.name.en.into_owned(),
    });
    named.collect()
}

/// The tasks as they will be dated, by week and then in order.
#[must_use]
pub fn planned(templates: &[TemplateItem], dates: &[Dated]) -> Vec<PlannedTask> {
    let mut tasks: Vec<PlannedTask> = templates
        .iter()
        .zip(dates)
        .map(|(task, dated)| PlannedTask {
            title: task.title.clone(),
            week: task.week,
            kind: task.kind,
            owner: task.owner,
            priority: task.priority,
            is_required: task.is_required,
            starts_on: dated.starts_on,
            due_on: dated.due_on,
            conflicts: Vec::new(),
        })
        .collect();
    tasks.sort_by_key(|task| task.week);
    tasks
}

/// What kept a plan from being drawn, as a sentence.
#[must_use]
pub fn sentence(error: &PlanError) -> String {
    match error {
        PlanError::Calendar(CalendarError::NoWorkingDay { near }) => {
            format!("The company's holidays leave no working day around {near}.")
        }
        other => format!("The plan can't be dated: {other}."),
    }
}
