//! Where the tasks of an upgraded plan stand in time, and when it ends.

use super::{Order, Upgraded};
use calendar::{Dated, PlanError, PlanItem, WorkCalendar};
use chrono::{NaiveDate, TimeDelta};
use contract::{TaskId, tasks::TaskStatus};
use std::collections::HashMap;
use store::{TaskRewrite, UpgradeMember, UpgradeTask};

/// How a plan lies beside its calendar.
pub struct Places<'a> {
    order: &'a Order<'a>,
    /// Days by which the plan was moved since it was drawn: by pauses, for one.
    shift: i64,
}

impl<'a> Places<'a> {
    pub fn of(order: &'a Order<'a>, start_on: NaiveDate, own: &[&UpgradeTask]) -> Result<Self, PlanError> {
        Ok(Self { order, shift: shift(order.calendar, start_on, own)? })
    }

    /// Where a task of the newer version stands in this plan, not before `floor`.
    pub fn dated(&self, planned: Dated, duration: i64, floor: Option<NaiveDate>) -> Result<Dated, PlanError> {
        let moved = planned.starts_on + TimeDelta::days(self.shift);
        let earliest = floor.map_or(moved, |floor| moved.max(floor));
        if earliest == planned.starts_on {
            return Ok(planned);
        }
        let starts_on = self.order.calendar.first_working_day_on_or_after(earliest)?;
        let due_on = self.order.calendar.add_working_days(starts_on, duration - 1)?;
        Ok(Dated { starts_on, due_on })
    }
}

/// The middle of how far the open tasks stand from where their templates would put them.
fn shift(calendar: &WorkCalendar, start_on: NaiveDate, own: &[&UpgradeTask]) -> Result<i64, PlanError> {
    let (items, starts): (Vec<PlanItem>, Vec<NaiveDate>) = own
        .iter()
        .filter(|task| task.status == TaskStatus::Todo && task.base_week == Some(task.week))
        .filter_map(|task| {
            let (week, starts_after) = (task.base_week?, task.base_starts_after?);
            Some((PlanItem { week, starts_after, duration: task.base_duration? }, task.starts_on))
        })
        .unzip();
    let planned = calendar::plan(calendar, start_on, &items)?.tasks;
    let mut days: Vec<i64> = planned
        .iter()
        .zip(starts)
        .map(|(planned, starts_on)| (starts_on - planned.starts_on).num_days())
        .collect();
    days.sort_unstable();
    Ok(days.get(days.len() / 2).copied().unwrap_or(0))
}

/// Weeks and last day of the plan; what it was longer than its weeks, it stays.
pub fn calendar_end(
    order: &Order<'_>,
    member: &UpgradeMember,
    tasks: &[UpgradeTask],
    drawn: &Upgraded,
) -> Result<(i64, NaiveDate, Option<NaiveDate>), PlanError> {
    let rewritten: HashMap<TaskId, &TaskRewrite> =
        drawn.rewrites.iter().map(|row| (row.task_id, row)).collect();
    let (mut dues, mut last_week): (Vec<NaiveDate>, i64) = (Vec::new(), 1);
    for task in tasks {
        let (week, due_on, status) = match rewritten.get(&task.task_id) {
            Some(row) => (row.week, row.due_on, row.status),
            None => (task.week, task.due_on, task.status),
        };
        if status != TaskStatus::Skipped {
            dues.push(due_on);
            last_week = last_week.max(week);
        }
    }
    dues.extend(drawn.additions.iter().map(|task| task.due_on));
    let is_alone = member.sources.iter().all(|source| source.curriculum_id == order.curriculum_id);
    let weeks = match order.target.total_weeks.max(last_week) {
        weeks if is_alone => weeks,
        weeks => weeks.max(member.total_weeks),
    };
    let least = member.least_end_on.map(|day| day + TimeDelta::days(7 * (weeks - member.total_weeks)));
    let end_on = match least {
        Some(least) => dues.into_iter().max().map_or(least, |due_on| due_on.max(least)),
        None => calendar::end_on(member.start_on, weeks, dues)?,
    };
    Ok((weeks, end_on, least))
}
