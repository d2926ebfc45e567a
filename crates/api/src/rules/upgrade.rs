//! What becomes of one running plan when its curriculum has a newer version.
//!
//! Each field is merged three ways: the task, the template it was made from, the newer version. What the mentor
//! wrote or moved by hand stays; what was started, finished, skipped or written on is not touched at all. The
//! preview shows the steps and the job writes the rows of one and the same [`Upgraded`].

use super::moves::is_open;
use calendar::{Dated, PlanError, PlanItem, WorkCalendar};
use chrono::{NaiveDate, TimeDelta};
use contract::{
    CurriculumId, TaskId,
    curriculum::{TaskOwner, TemplateTask},
    curriculum_diff::TaskField,
    mentorship::PlanSource,
    tasks::TaskStatus,
    upgrades::{KeptBecause, StepKind, UpgradeStep},
};
use std::collections::{BTreeSet, HashMap, HashSet};
use store::{PlanFrame, PlanTask, Planned, TaskRewrite, UpgradeMember, UpgradeTask, UpgradeVersion};

/// What is the same for all plans of an upgrade.
#[derive(Debug)]
pub struct Order<'a> {
    pub curriculum_id: CurriculumId,
    pub target: &'a UpgradeVersion,
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
    /// Changed and dropped tasks as they are to be.
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

/// Draws the upgrade of one plan. `tasks` are all its parent tasks.
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
    let places = Places { order, shift: shift(order.calendar, member.start_on, &own)? };
    let mut drawn = Upgraded {
        steps: Vec::new(),
        additions: Vec::new(),
        rewrites: Vec::new(),
        before: Vec::new(),
        changes: Vec::new(),
        dropped: Vec::new(),
        frame: frame(order, member),
    };

    let mut last = HashMap::<i64, i64>::new();
    for (place, (template, planned)) in order.target.tasks.iter().zip(planned).enumerate() {
        let new = &template.task;
        let Some(task) = by_key.get(new.key.as_str()) else {
            let dated = places.dated(planned, new.duration, Some(order.today))?;
            let position = last.get(&new.week).copied();
            let position = position.unwrap_or_else(|| before_the_next(order, place, &by_key, tasks));
            last.insert(new.week, position);
            drawn.additions.push(PlanTask {
                planned: (dated == planned).then(|| place_of(member, new)),
                template_task_id: template.template_task_id,
                position,
                owner_id: owner(new.owner, member, tasks),
                starts_on: dated.starts_on,
                due_on: dated.due_on,
            });
            drawn.steps.push(step(StepKind::Added, &new.title, new.week, Some(dated)));
            continue;
        };
        last.insert(task.week, task.position);
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
        if is_moved {
            row.position = last.get(&row.week).copied().unwrap_or(task.position);
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

/// Why a task stays as it is, whatever the newer version says.
fn untouchable(task: &UpgradeTask) -> Option<KeptBecause> {
    if task.status != TaskStatus::Todo || task.started_at.is_some() {
        Some(KeptBecause::Started)
    } else if task.memos > 0 || task.subtasks > 0 || task.files > 0 || task.has_own_submission {
        Some(KeptBecause::Written)
    } else {
        None
    }
}

struct Merged {
    row: TaskRewrite,
    fields: Vec<TaskField>,
    /// The place in time changes.
    is_dated: bool,
    /// The week changes.
    is_moved: bool,
}

/// The task with what the newer version changed and the mentor did not; `None` when nothing differs.
fn merge(
    task: &UpgradeTask,
    new: &TemplateTask,
    template_task_id: contract::TemplateTaskId,
) -> Option<Merged> {
    let mut row = as_it_is(task);
    row.template_task_id = Some(template_task_id);
    let (mut fields, mut differs) = (Vec::new(), false);
    let mut take = |field: TaskField, is_new: bool, is_own: bool| {
        differs |= is_new;
        let takes = is_new && !is_own;
        if takes {
            fields.push(field);
        }
        takes
    };
    row.takes_title = take(TaskField::Title, task.has_new_title, task.has_own_title);
    row.takes_guideline = take(TaskField::Guideline, task.has_new_guideline, task.has_own_guideline);
    row.takes_submission = take(TaskField::SubmissionForm, task.has_new_form, task.has_own_submission);
    if take(TaskField::Kind, task.base_kind != Some(new.kind), false) {
        row.kind = new.kind;
    }
    if take(TaskField::Owner, task.base_owner != Some(new.owner), false) {
        row.owner = new.owner;
    }
    let is_own = task.base_priority != Some(task.priority);
    if take(TaskField::Priority, task.base_priority != Some(new.priority), is_own) {
        row.priority = new.priority;
    }
    let is_own = task.base_is_required != Some(task.is_required);
    if take(TaskField::IsRequired, task.base_is_required != Some(new.is_required), is_own) {
        row.is_required = new.is_required;
    }
    let set = |keys: &[String]| keys.iter().cloned().collect::<BTreeSet<_>>();
    let base = task.base_depends_on.as_ref().map(|keys| set(&keys.0)).unwrap_or_default();
    if take(TaskField::DependsOn, base != set(&new.depends_on), false) {
        row.depends_on.clone_from(&new.depends_on);
    }
    // A task that the mentor put into another week keeps its place and its days.
    let was_put_elsewhere = task.base_week != Some(task.week);
    let starts =
        take(TaskField::StartsAfter, task.base_starts_after != Some(new.starts_after), was_put_elsewhere);
    let lasts = take(TaskField::Duration, task.base_duration != Some(new.duration), was_put_elsewhere);
    let is_other_week = task.base_week != Some(new.week);
    differs |= is_other_week;
    let is_moved = is_other_week && !was_put_elsewhere;
    if is_moved {
        row.week = new.week;
    }
    differs.then_some(Merged { row, fields, is_dated: starts || lasts || is_moved, is_moved })
}

/// The row that changes nothing.
fn as_it_is(task: &UpgradeTask) -> TaskRewrite {
    TaskRewrite {
        task_id: task.task_id,
        version: task.version,
        template_task_id: task.base_task_id,
        takes_title: false,
        takes_guideline: false,
        takes_submission: false,
        week: task.week,
        position: task.position,
        priority: task.priority,
        kind: task.kind,
        owner: task.owner,
        owner_id: task.owner_id,
        is_required: task.is_required,
        starts_on: task.starts_on,
        due_on: task.due_on,
        planned: task.planned.as_ref().map(|planned| planned.0),
        depends_on: task.depends_on.clone(),
        status: task.status,
        status_comment: task.status_comment.clone(),
    }
}

/// The row that takes `row` back: a text that was taken was the old template's to the letter.
fn as_it_was(task: &UpgradeTask, row: &TaskRewrite) -> TaskRewrite {
    TaskRewrite {
        version: task.version + 1,
        takes_title: row.takes_title,
        takes_guideline: row.takes_guideline,
        takes_submission: row.takes_submission,
        ..as_it_is(task)
    }
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

/// The place of an added task that is the first of its week: before the next that is there, else at the end.
fn before_the_next(
    order: &Order<'_>,
    place: usize,
    by_key: &HashMap<&str, &UpgradeTask>,
    tasks: &[UpgradeTask],
) -> i64 {
    let week = order.target.tasks[place].task.week;
    let rest = order.target.tasks.iter().skip(place + 1).take_while(|one| one.task.week == week);
    let next = rest.filter_map(|one| by_key.get(one.task.key.as_str())).find(|task| task.week == week);
    match next {
        Some(task) => task.position - 1,
        None => {
            tasks.iter().filter(|task| task.week == week).map(|task| task.position + 1).max().unwrap_or(0)
        }
    }
}

/// How a plan lies beside its calendar.
struct Places<'a> {
    order: &'a Order<'a>,
    /// Days by which the plan was moved since it was drawn: by pauses, for one.
    shift: i64,
}

impl Places<'_> {
    /// Where a task of the newer version stands in this plan, not before `floor`.
    fn dated(&self, planned: Dated, duration: i64, floor: Option<NaiveDate>) -> Result<Dated, PlanError> {
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

/// Weeks and last day of the plan; what it was longer than its weeks, it stays.
fn calendar_end(
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
