//! One task merged three ways: itself, the template it was made from, the newer version.

use contract::{
    TemplateTaskId, curriculum::TemplateTask, curriculum_diff::TaskField, tasks::TaskStatus,
    upgrades::KeptBecause,
};
use std::collections::BTreeSet;
use store::{TaskRewrite, UpgradeTask};

/// Why a task stays as it is, whatever the newer version says.
pub fn untouchable(task: &UpgradeTask) -> Option<KeptBecause> {
    if task.status != TaskStatus::Todo || task.started_at.is_some() {
        Some(KeptBecause::Started)
    } else if task.memos > 0 || task.subtasks > 0 || task.files > 0 || task.has_own_submission {
        Some(KeptBecause::Written)
    } else {
        None
    }
}

pub struct Merged {
    pub row: TaskRewrite,
    pub fields: Vec<TaskField>,
    /// The place in time changes.
    pub is_dated: bool,
    /// The week changes.
    pub is_moved: bool,
}

/// The task with what the newer version changed and the mentor did not; `None` when nothing differs.
pub fn merge(task: &UpgradeTask, new: &TemplateTask, template_task_id: TemplateTaskId) -> Option<Merged> {
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
pub fn as_it_is(task: &UpgradeTask) -> TaskRewrite {
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
pub fn as_it_was(task: &UpgradeTask, row: &TaskRewrite) -> TaskRewrite {
    TaskRewrite {
        version: task.version + 1,
        takes_title: row.takes_title,
        takes_guideline: row.takes_guideline,
        takes_submission: row.takes_submission,
        ..as_it_is(task)
    }
}
