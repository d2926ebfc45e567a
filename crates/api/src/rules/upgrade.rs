//! What becomes of one running plan when its curriculum has a newer version.
//!
//! Each field is merged three ways: the task, the template it was made from, the newer version. What the mentor
//! wrote or moved by hand stays; what was started, finished, skipped or written on is not touched at all. The
//! preview shows the steps and the job writes the rows of one and the same [`Upgraded`].

mod days;
mod merge;
mod positions;
#[cfg(test)]
mod tests;

use super::moves::is_open;
use calendar::{Dated, PlanError, PlanItem, WorkCalendar};
use chrono::NaiveDate;
use contract::{
    CurriculumId, TaskId,
    curriculum::{TaskOwner, TemplateTask},
    curriculum_diff::TaskField,
    mentorship::PlanSource,
    tasks::TaskStatus,
    upgrades::{KeptBecause, StepKind, UpgradeStep},
};
use days::{Places, calendar_end};
use merge::{Merged, as_it_is, as_it_was, merge, untouchable};
use std::collections::{HashMap, HashSet};
use store::{PlanFrame, PlanTask, Planned, TaskRewrite, UpgradeMember, UpgradeTask, UpgradeVersion};

/// What is the same for all plans of an upgrade.
#[derive(Debug)]
pub struct Order<'a> {
    pub curriculum_id: CurriculumId,
    pub target: &'a UpgradeVersion,
    /// The target, and those the plans are on.
    pub versions: &'a [UpgradeVersion],
    pub calendar: &'a WorkCalendar,
    pub today: NaiveDate,
    /// What a dropped task says.
    pub comment: &'a str,
}

/// One plan's upgrade: to look at, and to write.
#[derive(Debug, Clone, PartialEq)]
pub struct Upgraded {
    pub steps: Vec<UpgradeStep>,
    pub additions: Vec<PlanTask>,
    /// Changed and dropped tasks as they are to be, and those that only take another place in their week.
    pub rewrites: Vec<TaskRewrite>,
    /// The same tasks as they were, for the undoing.
    pub before: Vec<TaskRewrite>,
    /// Which fields of which task change, for the record.
    pub changes: Vec<(TaskId, TaskField)>,
    pub dropped: Vec<TaskId>,
    pub frame: PlanFrame,
}

impl Upgraded {
    #[must_use]
    pub fn count(&self, kind: StepKind) -> i64 {
        i64::try_from(self.steps.iter().filter(|step| step.kind == kind).count()).unwrap_or(i64::MAX)
    }
}

fn by_key(version: &UpgradeVersion) -> HashMap<&str, &TemplateTask> {
    version.tasks.iter().map(|one| (one.task.key.as_str(), &one.task)).collect()
}

/// The first week that differs between two versions; `None` when no task does.
#[must_use]
pub fn first_difference(old: &UpgradeVersion, new: &UpgradeVersion) -> Option<i64> {
    let (before, after) = (by_key(old), by_key(new));
    let changed =
        before.iter().filter(|(key, task)| after.get(*key) != Some(*task)).map(|(_, task)| task.week);
    let came = after.iter().filter(|(key, task)| before.get(*key) != Some(*task)).map(|(_, task)| task.week);
    changed.chain(came).min()
}

/// The week a mentorship is in by its calendar: 0 before it starts.
#[must_use]
pub fn week_of(start_on: NaiveDate, today: NaiveDate) -> i64 {
    if today < start_on { 0 } else { (today - start_on).num_days() / 7 + 1 }
}

/// Draws the upgrade of one plan. `tasks` are all its parent tasks, in order.
///
/// # Errors
/// When the company's holidays leave no working day, or a number is out of bounds.
pub fn draw(order: &Order<'_>, member: &UpgradeMember, tasks: &[UpgradeTask]) -> Result<Upgraded, PlanError> {
    let own: Vec<&UpgradeTask> = tasks.iter().filter(|task| task.is_of_curriculum).collect();
    let mut by_key: HashMap<&str, &UpgradeTask> = HashMap::new();
    for task in &own {
        if let Some(key) = task.template_key.as_deref() {
            by_key.entry(key).or_insert(task);
        }
    }
    let items: Vec<PlanItem> = order.target.tasks.iter().map(|one| item(&one.task)).collect();
    let planned = calendar::plan(order.calendar, member.start_on, &items)?.tasks;
    let places = Places::of(order, member.start_on, &own)?;
    let mut drawn = Upgraded {
        steps: Vec::new(),
        additions: Vec::new(),
        rewrites: Vec::new(),
        before: Vec::new(),
        changes: Vec::new(),
        dropped: Vec::new(),
        frame: frame(order, member),
    };

    // Which place each has among the others is settled at the end.
    for (template, planned) in order.target.tasks.iter().zip(planned) {
        let new = &template.task;
        let Some(task) = by_key.get(new.key.as_str()) else {
            let dated = places.dated(planned, new.duration, Some(order.today))?;
            drawn.additions.push(PlanTask {
                planned: (dated == planned).then(|| place_of(member, new)),
                template_task_id: template.template_task_id,
                position: 0,
                owner_id: owner(new.owner, member, tasks),
                starts_on: dated.starts_on,
                due_on: dated.due_on,
            });
            drawn.steps.push(step(StepKind::Added, &new.title, new.week, Some(dated)));
            continue;
        };
        let Some(merged) = merge(task, new, template.template_task_id) else { continue };
        if let Some(because) = untouchable(task) {
            drawn.steps.push(kept(task, because));
            continue;
        }
        let Merged { mut row, fields, is_dated, is_moved } = merged;
        if fields.is_empty() && !is_moved && !is_dated {
            drawn.steps.push(kept(task, KeptBecause::Edited));
            continue;
        }
        if fields.contains(&TaskField::Owner) {
            row.owner_id = owner(new.owner, member, tasks);
        }
        if is_dated {
            let floor = (task.starts_on >= order.today).then_some(order.today);
            let dated = places.dated(planned, new.duration, floor)?;
            row.planned = (dated == planned).then(|| place_of(member, new));
            (row.starts_on, row.due_on) = (dated.starts_on, dated.due_on);
        }
        let dated = Dated { starts_on: row.starts_on, due_on: row.due_on };
        let title = if row.takes_title { &new.title } else { &task.title };
        drawn.steps.push(UpgradeStep {
            fields: fields.clone(),
            is_moved,
            ..step(StepKind::Changed, title, row.week, Some(dated))
        });
        drawn.changes.extend(fields.into_iter().map(|field| (task.task_id, field)));
        drawn.before.push(as_it_was(task, &row));
        drawn.rewrites.push(row);
    }
    drop_the_rest(order, &own, &mut drawn);
    positions::arrange(order, member, tasks, &by_key, &mut drawn);
    let (weeks, end_on, least_end_on) = calendar_end(order, member, tasks, &drawn)?;
    (drawn.frame.total_weeks, drawn.frame.end_on) = (weeks, end_on);
    drawn.frame.least_end_on = least_end_on;
    drawn.steps.sort_by_key(|step| step.week);
    Ok(drawn)
}

/// Where a task that stands as it was drawn stands apart from its dates.
fn place_of(member: &UpgradeMember, task: &TemplateTask) -> Planned {
    Planned {
        from: member.start_on,
        week: task.week,
        starts_after: task.starts_after,
        duration: task.duration,
    }
}

fn item(task: &TemplateTask) -> PlanItem {
    PlanItem { week: task.week, starts_after: task.starts_after, duration: task.duration }
}

fn step(kind: StepKind, title: &str, week: i64, dated: Option<Dated>) -> UpgradeStep {
    UpgradeStep {
        kind,
        title: title.to_owned(),
        week,
        starts_on: dated.map(|dated| dated.starts_on),
        due_on: dated.map(|dated| dated.due_on),
        fields: Vec::new(),
        is_moved: false,
        because: None,
    }
}

fn kept(task: &UpgradeTask, because: KeptBecause) -> UpgradeStep {
    UpgradeStep { because: Some(because), ..step(StepKind::Kept, &task.title, task.week, None) }
}

/// Tasks that the newer version has no more are skipped, if nobody worked on them.
fn drop_the_rest(order: &Order<'_>, own: &[&UpgradeTask], drawn: &mut Upgraded) {
    let keys: HashSet<&str> = order.target.tasks.iter().map(|one| one.task.key.as_str()).collect();
    for task in own {
        let is_there = task.template_key.as_deref().is_none_or(|key| keys.contains(key));
        if is_there || !is_open(task.status) {
            continue;
        }
        if let Some(because) = untouchable(task) {
            drawn.steps.push(kept(task, because));
            continue;
        }
        let row = TaskRewrite {
            status: TaskStatus::Skipped,
            status_comment: Some(order.comment.to_owned()),
            ..as_it_is(task)
        };
        drawn.steps.push(step(StepKind::Dropped, &task.title, task.week, None));
        drawn.dropped.push(task.task_id);
        drawn.before.push(as_it_was(task, &row));
        drawn.rewrites.push(row);
    }
}

/// Who does a task of this kind in this pair; an admin's stays with the admin who does the others.
fn owner(owner: TaskOwner, member: &UpgradeMember, tasks: &[UpgradeTask]) -> contract::UserId {
    match owner {
        TaskOwner::Mentee => member.mentee_id,
        TaskOwner::Mentor => member.mentor_id,
        TaskOwner::Admin => {
            let other = tasks.iter().find(|task| task.owner == TaskOwner::Admin);
            other.map_or(member.mentor_id, |task| task.owner_id)
        }
    }
}

/// The mentorship as it is, with the version it comes to among its sources.
fn frame(order: &Order<'_>, member: &UpgradeMember) -> PlanFrame {
    let mut sources: Vec<PlanSource> = Vec::with_capacity(member.sources.len());
    for source in &member.sources {
        if source.curriculum_id != order.curriculum_id {
            sources.push(source.clone());
        } else if sources.iter().all(|source| source.curriculum_id != order.curriculum_id) {
            sources.push(PlanSource {
                curriculum_id: order.curriculum_id,
                version_id: order.target.version_id,
                number: order.target.number,
                title: order.target.title.clone(),
            });
        }
    }
    PlanFrame {
        end_on: member.end_on,
        total_weeks: member.total_weeks,
        least_end_on: member.least_end_on,
        sources,
    }
}
