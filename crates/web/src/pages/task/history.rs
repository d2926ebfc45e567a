//! The record of a task as sentences: which text says what happened, and with which words in it.

use chrono::{DateTime, Utc};
use contract::{
    TaskId,
    tasks::{EventKind, TaskEvent, TaskStatus},
};
use serde::Serialize;

/// One thing that happened; the text is `task-event-<words>`.
#[derive(Debug, Serialize)]
pub struct Entry {
    pub words: &'static str,
    /// Who did it; nobody when the plan was made by the system.
    pub actor: Option<String>,
    /// The sub-task it is about.
    pub subtask: Option<String>,
    pub old: Option<String>,
    pub new: Option<String>,
    /// How `old` and `new` are shown: `date`, `priority`, `status`, `text`.
    pub shape: &'static str,
    pub comment: Option<String>,
    pub at: DateTime<Utc>,
}

impl Entry {
    pub fn of(event: TaskEvent, task_id: TaskId) -> Self {
        let is_subtask = event.task_id != task_id;
        let (words, shape) = words(&event, is_subtask);
        let named = match event.kind {
            EventKind::SubtaskAdded | EventKind::FileAdded => event.new_value.clone(),
            EventKind::SubtaskRemoved | EventKind::FileRemoved => event.old_value.clone(),
            _ => is_subtask.then(|| event.task_title.clone()),
        };
        Self {
            words,
            actor: event.actor_name,
            subtask: named,
            old: event.old_value,
            new: event.new_value,
            shape,
            comment: event.comment,
            at: event.happened_at,
        }
    }
}

fn words(event: &TaskEvent, is_subtask: bool) -> (&'static str, &'static str) {
    match event.kind {
        EventKind::Created if event.field.as_deref() == Some("meeting") => ("from-meeting", "text"),
        EventKind::Created => ("created", "text"),
        EventKind::Submission => ("submission", "text"),
        EventKind::SubtaskAdded => ("subtask-added", "text"),
        EventKind::SubtaskRemoved => ("subtask-removed", "text"),
        EventKind::FileAdded => ("file-added", "text"),
        EventKind::FileRemoved => ("file-removed", "text"),
        EventKind::Moved => {
            let status = |value: &Option<String>| value.as_deref().and_then(|word| word.parse().ok());
            let words = moved(status(&event.old_value), status(&event.new_value), is_subtask);
            (words, "status")
        }
        EventKind::Edited => match event.field.as_deref() {
            Some("title") => ("title", "text"),
            Some("guideline") => ("guideline", "text"),
            Some("priority") => ("priority", "priority"),
            Some("starts_on") => ("starts-on", "date"),
            Some("due_on") => ("due-on", "date"),
            Some("is_required") if event.new_value.as_deref() == Some("true") => ("required", "text"),
            Some("is_required") => ("not-required", "text"),
            _ => ("edited", "text"),
        },
    }
}

fn moved(from: Option<TaskStatus>, to: Option<TaskStatus>, is_subtask: bool) -> &'static str {
    use TaskStatus::{Done, InProgress, Returned, Skipped, Submitted, Todo};
    match (from, to) {
        (_, Some(Done)) if is_subtask => "subtask-done",
        (Some(Done), _) if is_subtask => "subtask-opened",
        (Some(Todo), Some(InProgress)) => "started",
        (Some(Submitted), Some(InProgress)) => "taken-back",
        (Some(Returned), Some(InProgress)) => "resumed",
        (Some(Done), Some(InProgress | Todo)) => "reopened",
        (_, Some(Submitted)) => "submitted",
        (_, Some(Returned)) => "returned",
        (Some(Submitted), Some(Done)) => "approved",
        (_, Some(Done)) => "finished",
        (_, Some(Skipped)) => "skipped",
        (Some(Skipped), Some(Todo)) => "unskipped",
        (_, Some(Todo)) => "reset",
        _ => "edited",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::EventId;

    #[test]
    fn what_happened_has_its_own_words() {
        let event = |task, old: &str, new: &str| TaskEvent {
            event_id: EventId(1),
            task_id: TaskId(task),
            task_title: "표 정리".into(),
            kind: EventKind::Moved,
            field: Some("status".into()),
            old_value: Some(old.into()),
            new_value: Some(new.into()),
            comment: None,
            actor_id: None,
            actor_name: None,
            happened_at: DateTime::default(),
        };
        let words = |event| Entry::of(event, TaskId(1)).words;
        assert_eq!(words(event(1, "todo", "in_progress")), "started");
        assert_eq!(words(event(1, "submitted", "in_progress")), "taken-back");
        assert_eq!(words(event(1, "submitted", "done")), "approved");
        assert_eq!(words(event(1, "done", "in_progress")), "reopened");
        let ticked = Entry::of(event(2, "todo", "done"), TaskId(1));
        assert_eq!((ticked.words, ticked.subtask.as_deref()), ("subtask-done", Some("표 정리")));
    }
}
