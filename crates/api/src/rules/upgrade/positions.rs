//! The place of each task of an upgraded plan among those of its week.
//!
//! What nobody touched follows the order of the newer version, in the places such tasks had before; what is new in a
//! week stands where the version has it. No other row is written: what was started, what is of another source or was
//! added by hand keeps its place, and a week that the mentor put into another order keeps that. Tasks that share a
//! place stand by their ids.

use super::{
    Order, Upgraded,
    merge::{as_it_is, as_it_was, untouchable},
};
use contract::{TaskId, TemplateTaskId};
use std::collections::{HashMap, HashSet};
use store::{TaskRewrite, UpgradeMember, UpgradeTask, UpgradeTemplate};

#[derive(Clone, Copy)]
enum Who<'a> {
    There(&'a UpgradeTask),
    /// By its index among the additions.
    Added(usize),
}

impl Who<'_> {
    /// An added one gets a later id than all that are there.
    const fn id(self) -> TaskId {
        match self {
            Self::There(task) => task.task_id,
            Self::Added(_) => TaskId(i64::MAX),
        }
    }
}

/// A task in the line of its week.
struct InLine<'a> {
    who: Who<'a>,
    /// None for what comes into the week.
    position: Option<i64>,
    is_fixed: bool,
}

/// What the lines are made from.
struct Weeks<'a> {
    tasks: &'a [UpgradeTask],
    by_key: &'a HashMap<&'a str, &'a UpgradeTask>,
    /// In the version the plan is on; empty when it is not known.
    old_places: HashMap<&'a str, usize>,
    /// Changed and dropped tasks: the index among the rewrites, and the week they come to.
    rows: HashMap<TaskId, (usize, i64)>,
    additions: HashMap<TemplateTaskId, usize>,
}

/// Gives a place to what is added, what comes into another week and what follows a new order.
pub fn arrange(
    order: &Order<'_>,
    member: &UpgradeMember,
    tasks: &[UpgradeTask],
    by_key: &HashMap<&str, &UpgradeTask>,
    drawn: &mut Upgraded,
) {
    let base = order.versions.iter().find(|version| version.number == member.number);
    let old = base.into_iter().flat_map(|version| &version.tasks).enumerate();
    let rows = drawn.rewrites.iter().enumerate();
    let additions = drawn.additions.iter().enumerate();
    let weeks = Weeks {
        tasks,
        by_key,
        old_places: old.map(|(place, one)| (one.task.key.as_str(), place)).collect(),
        rows: rows.map(|(at, row)| (row.task_id, (at, row.week))).collect(),
        additions: additions.map(|(at, task)| (task.template_task_id, at)).collect(),
    };
    for templates in order.target.tasks.chunk_by(|one, next| one.task.week == next.task.week) {
        let mut line = weeks.standing(templates);
        weeks.let_in(templates, &mut line);
        number(&mut line);
        for one in line.iter().filter(|one| !one.is_fixed) {
            let Some(position) = one.position else { continue };
            match one.who {
                Who::Added(at) => drawn.additions[at].position = position,
                Who::There(task) => match weeks.rows.get(&task.task_id) {
                    Some((at, _)) => drawn.rewrites[*at].position = position,
                    None if position == task.position => {}
                    None => {
                        let row = TaskRewrite { position, ..as_it_is(task) };
                        drawn.before.push(as_it_was(task, &row));
                        drawn.rewrites.push(row);
                    }
                },
            }
        }
    }
}

impl<'a> Weeks<'a> {
    fn of(&self, template: &UpgradeTemplate) -> Option<&'a UpgradeTask> {
        self.by_key.get(template.task.key.as_str()).copied()
    }

    fn comes_to(&self, task: &UpgradeTask) -> i64 {
        self.rows.get(&task.task_id).map_or(task.week, |(_, week)| *week)
    }

    fn stays_in(&self, week: i64, task: &UpgradeTask) -> bool {
        task.week == week && self.comes_to(task) == week
    }

    /// Where the plan's version has a task that nobody touched or put elsewhere; `None` for all others.
    fn old_place(&self, task: &UpgradeTask) -> Option<usize> {
        let is_free = untouchable(task).is_none() && task.base_week == Some(task.week);
        let key = task.template_key.as_deref().filter(|_| is_free)?;
        self.old_places.get(key).copied()
    }

    /// Those that stay in the week, in line: the free ones share their places out in the order of the version.
    fn standing(&self, templates: &[UpgradeTemplate]) -> Vec<InLine<'a>> {
        let week = templates[0].task.week;
        let standing: Vec<&'a UpgradeTask> =
            self.tasks.iter().filter(|task| self.stays_in(week, task)).collect();
        let free: Vec<&'a UpgradeTask> = templates
            .iter()
            .filter_map(|one| self.of(one))
            .filter(|task| self.stays_in(week, task) && self.old_place(task).is_some())
            .collect();
        let ids: HashSet<TaskId> = free.iter().map(|task| task.task_id).collect();
        let in_plan = standing.iter().filter(|task| ids.contains(&task.task_id));
        // Where they stand otherwise than the plan's version has them, the order is the mentor's.
        let follows = in_plan.map(|task| self.old_place(task)).is_sorted();
        let mut free = free.into_iter();
        let line = standing.into_iter().map(|task| {
            let next = if follows && ids.contains(&task.task_id) { free.next() } else { None };
            InLine {
                who: Who::There(next.unwrap_or(task)),
                position: Some(task.position),
                is_fixed: next.is_none(),
            }
        });
        line.collect()
    }

    /// Lets in what is new in the week: behind what the version has before it, ahead of what follows it there.
    fn let_in(&self, templates: &[UpgradeTemplate], line: &mut Vec<InLine<'a>>) {
        let mut place = templates.iter().find_map(|one| self.place(one, line)).unwrap_or(line.len());
        for (index, one) in templates.iter().enumerate() {
            if let Some(there) = self.place(one, line) {
                place = place.max(there + 1);
            } else if let Some(who) = self.newcomer(one) {
                let mut rest = templates[index + 1..].iter().filter_map(|one| self.place(one, line));
                let next = rest.find(|at| !line[*at].is_fixed);
                place = next.map_or(place, |next| place.min(next));
                line.insert(place, InLine { who, position: None, is_fixed: false });
                place += 1;
            }
        }
    }

    fn place(&self, template: &UpgradeTemplate, line: &[InLine<'_>]) -> Option<usize> {
        let task = self.of(template)?;
        line.iter().position(|one| one.who.id() == task.task_id)
    }

    /// Who comes into the week; `None` when the task stands in another one and stays there.
    fn newcomer(&self, template: &UpgradeTemplate) -> Option<Who<'a>> {
        match self.of(template) {
            Some(task) => (self.comes_to(task) == template.task.week).then_some(Who::There(task)),
            None => self.additions.get(&template.template_task_id).map(|at| Who::Added(*at)),
        }
    }
}

/// Numbers the line: each keeps its place if it is behind the one before it, else it takes the next.
fn number(line: &mut [InLine<'_>]) {
    let first = line.iter().find_map(|one| one.position);
    let mut last: Option<(i64, TaskId)> = None;
    for one in line {
        let id = one.who.id();
        if !one.is_fixed {
            let least = match last {
                Some((position, before)) => position + i64::from(id < before),
                None => first.map_or(0, |first| first - 1),
            };
            one.position = Some(one.position.map_or(least, |position| position.max(least)));
        }
        last = last.max(one.position.map(|position| (position, id)));
    }
}
