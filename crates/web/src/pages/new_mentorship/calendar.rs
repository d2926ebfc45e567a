//! A plan on a calendar: one row per week from Monday to Sunday, its tasks as bars in lanes.
//!
//! A bar covers working days only. Where a day off or the week's end cuts a task, its parts say that they belong together.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use contract::{
    curriculum::TaskKind,
    mentorship::{PlanPreview, PlannedTask},
};
use serde::Serialize;
use std::collections::BTreeMap;

/// As many bars as a week has room for, `.r1`–`.r6` of the style sheet.
const LANES: usize = 6;
/// No plan is longer than two years.
const MAX_WEEKS: i64 = 110;

#[derive(Debug, Serialize)]
pub struct Week {
    /// Of the plan, from 1.
    pub number: i64,
    pub days: Vec<Day>,
    pub bars: Vec<Bar>,
    /// Parts of tasks that found no lane.
    pub hidden: i64,
    /// What begins in this week or goes on, for a narrow page.
    pub tasks: Vec<PlannedTask>,
}

#[derive(Debug, Serialize)]
pub struct Day {
    /// 1–7
    pub column: i64,
    pub date: NaiveDate,
    pub day: u32,
    /// Written with its month: the first day of all, and of each month.
    pub month: Option<u32>,
    pub is_off: bool,
    /// A holiday's name in both languages.
    pub name_ko: Option<String>,
    pub name_en: Option<String>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Bar {
    pub title: String,
    pub kind: TaskKind,
    pub starts_on: NaiveDate,
    pub due_on: NaiveDate,
    /// 1–7
    pub column: i64,
    pub span: i64,
    /// 1–6
    pub lane: usize,
    /// Began before this part.
    pub continued: bool,
    /// Goes on after this part.
    pub continues: bool,
}

/// The weeks of a plan, from that of its first day to that of its last.
pub fn weeks(plan: &PlanPreview) -> Vec<Week> {
    let names: BTreeMap<NaiveDate, (&str, &str)> =
        plan.days_off.iter().map(|day| (day.date, (day.name_ko.as_str(), day.name_en.as_str()))).collect();
    // A company may work on Saturdays: then a task begins or is due on one.
    let works = |weekday: Weekday| {
        plan.tasks.iter().any(|task| task.starts_on.weekday() == weekday || task.due_on.weekday() == weekday)
    };
    let (saturday, sunday) = (works(Weekday::Sat), works(Weekday::Sun));
    let is_weekend = |date: NaiveDate| match date.weekday() {
        Weekday::Sat => !saturday,
        Weekday::Sun => !sunday,
        _ => false,
    };
    let is_off = |date: NaiveDate| is_weekend(date) || names.contains_key(&date);

    let first = monday_of(plan.start_on);
    let last =
        plan.tasks.iter().map(|task| task.due_on).max().map_or(plan.end_on, |due| due.max(plan.end_on));
    let count = ((last - first).num_days() / 7 + 1).clamp(1, MAX_WEEKS);
    let mut weeks = Vec::new();
    for number in 1..=count {
        let monday = after(first, (number - 1) * 7);
        let dates: Vec<NaiveDate> = (0..7).map(|day| after(monday, day)).collect();
        let days = dates.iter().zip(1..).map(|(date, column)| Day {
            column,
            date: *date,
            day: date.day(),
            month: (date.day() == 1 || (number == 1 && column == 1)).then(|| date.month()),
            is_off: is_weekend(*date),
            name_ko: names.get(date).map(|(ko, _)| (*ko).to_owned()),
            name_en: names.get(date).map(|(_, en)| (*en).to_owned()),
        });
        let parts = plan.tasks.iter().flat_map(|task| parts(task, &dates, &is_off)).collect();
        let (bars, hidden) = into_lanes(parts);
        let touches = |task: &&PlannedTask| task.starts_on <= dates[6] && task.due_on >= monday;
        weeks.push(Week {
            number,
            days: days.collect(),
            bars,
            hidden,
            tasks: plan.tasks.iter().filter(touches).cloned().collect(),
        });
    }
    weeks
}

/// The runs of working days a task has in a week.
fn parts(task: &PlannedTask, dates: &[NaiveDate], is_off: &impl Fn(NaiveDate) -> bool) -> Vec<Bar> {
    let mut parts: Vec<Bar> = Vec::new();
    for (date, column) in dates.iter().zip(1..) {
        if *date < task.starts_on || *date > task.due_on || is_off(*date) {
            continue;
        }
        match parts.last_mut() {
            Some(bar) if bar.column + bar.span == column => bar.span += 1,
            _ => parts.push(Bar {
                title: task.title.clone(),
                kind: task.kind,
                starts_on: task.starts_on,
                due_on: task.due_on,
                column,
                span: 1,
                lane: 1,
                continued: *date > task.starts_on,
                continues: false,
            }),
        }
    }
    for bar in &mut parts {
        let last = usize::try_from(bar.column + bar.span - 2).ok().and_then(|index| dates.get(index));
        bar.continues = last.is_some_and(|last| *last < task.due_on);
    }
    parts
}

/// Gives each bar the first lane that is free where it begins; says how many found none.
fn into_lanes(mut bars: Vec<Bar>) -> (Vec<Bar>, i64) {
    bars.sort_by_key(|bar| (bar.column, -bar.span));
    let mut ends = Vec::new();
    for bar in &mut bars {
        let lane = ends.iter().position(|end| *end < bar.column).unwrap_or(ends.len());
        if lane == ends.len() {
            ends.push(0);
        }
        ends[lane] = bar.column + bar.span - 1;
        bar.lane = lane + 1;
    }
    // The last lane says how many there are beside those shown.
    let room = if ends.len() > LANES { LANES - 1 } else { LANES };
    let all = bars.len();
    bars.retain(|bar| bar.lane <= room);
    let hidden = i64::try_from(all - bars.len()).unwrap_or(0);
    (bars, hidden)
}

fn monday_of(date: NaiveDate) -> NaiveDate {
    let days = u64::from(date.weekday().num_days_from_monday());
    date.checked_sub_days(Days::new(days)).unwrap_or(date)
}

fn after(date: NaiveDate, days: i64) -> NaiveDate {
    date.checked_add_days(Days::new(u64::try_from(days).unwrap_or(0))).unwrap_or(date)
}

#[cfg(test)]
mod tests;
