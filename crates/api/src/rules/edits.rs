//! Who may change what of a task: the owner the submission, the guiding side everything else.

use super::moves::Who;
use chrono::NaiveDate;
use contract::{
    FieldError,
    tasks::{EventKind, Task, TaskPatch, TaskStatus},
};
use store::TaskChange;

/// Whether the owner may write the submission in this state.
#[must_use]
pub const fn is_writable(status: TaskStatus) -> bool {
    matches!(status, TaskStatus::Todo | TaskStatus::InProgress | TaskStatus::Returned)
}

/// The fields of a patch that the caller may not change at all.
#[must_use]
pub fn forbidden(task: &Task, patch: &TaskPatch, who: Who) -> Vec<FieldError> {
    let own_subtask = task.parent_id.is_some() && who.is_owner;
    let asked = [
        ("title", patch.title.is_some(), who.guides || own_subtask),
        ("guideline", patch.guideline.is_some(), who.guides),
        ("submission", patch.submission.is_some(), who.is_owner),
        ("priority", patch.priority.is_some(), who.guides),
        ("starts_on", patch.starts_on.is_some(), who.guides),
        ("due_on", patch.due_on.is_some(), who.guides),
        ("is_required", patch.is_required.is_some(), who.guides),
    ];
    let bad = asked.into_iter().filter(|(_, named, may)| *named && !may);
    bad.map(|(field, ..)| FieldError::new(field, "not_allowed", "Your role doesn't change this.")).collect()
}

/// What is wrong with two dates; only a day that changes must be a working day.
#[must_use]
pub fn date_problems(
    starts_on: NaiveDate,
    due_on: NaiveDate,
    changed: &[(&'static str, NaiveDate)],
    is_working: impl Fn(NaiveDate) -> bool,
) -> Vec<FieldError> {
    let mut problems: Vec<FieldError> = changed
        .iter()
        .filter(|(_, day)| !is_working(*day))
        .map(|(field, _)| FieldError::new(*field, "not_working_day", "This is not a working day."))
        .collect();
    if due_on < starts_on {
        problems.push(FieldError::new("due_on", "before_start", "It can't be due before it starts."));
    }
    problems
}

/// What a patch really changes: one entry per field. Long texts are not repeated in the record.
#[must_use]
pub fn changes(task: &Task, patch: &TaskPatch) -> Vec<TaskChange> {
    let mut changes = Vec::new();
    let mut short = |field: &'static str, old: String, new: Option<String>| {
        if let Some(new) = new.filter(|new| *new != old) {
            let (old_value, new_value) = (Some(old), Some(new));
            changes.push(TaskChange { kind: EventKind::Edited, field, old_value, new_value });
        }
    };
    let text = ToString::to_string;
    short("title", task.title.clone(), patch.title.as_deref().map(|title| title.trim().to_owned()));
    short("priority", task.priority.to_string(), patch.priority.map(|priority| priority.to_string()));
    short("starts_on", task.starts_on.to_string(), patch.starts_on.as_ref().map(text));
    short("due_on", task.due_on.to_string(), patch.due_on.as_ref().map(text));
    short(
        "is_required",
        task.is_required.to_string(),
        patch.is_required.map(|required| required.to_string()),
    );
    let mut long = |kind, field, old: &str, new: Option<&str>| {
        if new.is_some_and(|new| new != old) {
            changes.push(TaskChange { kind, field, old_value: None, new_value: None });
        }
    };
    long(EventKind::Edited, "guideline", &task.guideline, patch.guideline.as_deref());
    long(EventKind::Submission, "submission", &task.submission, patch.submission.as_deref());
    changes
}
