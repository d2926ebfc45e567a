//! Which tasks wait for others: those not started whose predecessors in the curriculum are still open.
//!
//! A predecessor that is no longer in the plan, was skipped or is done holds nobody up.

use super::moves::is_open;
use contract::{
    MentorshipId,
    tasks::{Task, TaskName, TaskStatus},
};
use std::collections::{BTreeSet, HashMap};
use store::OpenTask;

fn may_wait(task: &Task) -> bool {
    task.status == TaskStatus::Todo && task.parent_id.is_none() && !task.depends_on.is_empty()
}

/// The mentorships whose open tasks must be read before [`tell`] knows what these tasks wait for.
#[must_use]
pub fn unknown<'a>(tasks: impl IntoIterator<Item = &'a Task> + Clone) -> Vec<MentorshipId> {
    let there: BTreeSet<(MentorshipId, &str)> = tasks
        .clone()
        .into_iter()
        .filter_map(|task| Some((task.mentorship_id, task.template_key.as_deref()?)))
        .collect();
    let is_missing = |task: &&Task| {
        let mut keys = task.depends_on.iter();
        may_wait(task) && keys.any(|key| !there.contains(&(task.mentorship_id, key.as_str())))
    };
    let missing: BTreeSet<MentorshipId> =
        tasks.into_iter().filter(is_missing).map(|task| task.mentorship_id).collect();
    missing.into_iter().collect()
}

/// Fills `waits_for`, from the tasks themselves and from what else is open.
pub fn tell<'a>(tasks: impl IntoIterator<Item = &'a mut Task>, more: &[OpenTask]) {
    let mut tasks: Vec<&mut Task> = tasks.into_iter().collect();
    if !tasks.iter().any(|task| may_wait(task)) {
        return;
    }
    let mut open: HashMap<(MentorshipId, String), TaskName> = HashMap::new();
    for other in more {
        open.insert((other.mentorship_id, other.template_key.clone()), other.name.clone());
    }
    for task in &tasks {
        if let Some(key) = &task.template_key
            && is_open(task.status)
        {
            let name = TaskName { task_id: task.task_id, title: task.title.clone() };
            open.insert((task.mentorship_id, key.clone()), name);
        }
    }
    for task in tasks.iter_mut().filter(|task| may_wait(task)) {
        let waits = task.depends_on.iter().filter_map(|key| open.get(&(task.mentorship_id, key.clone())));
        task.waits_for = waits.filter(|name| name.task_id != task.task_id).cloned().collect();
    }
}
