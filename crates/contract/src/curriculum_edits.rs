//! Editing a draft together: small edits by the key of a task, merged by the server.
//!
//! Edits are made from a revision (`base`). What others changed since then stays; where both changed the same
//! field of the same task the last writer's value stands and the other's is answered as a conflict.

use crate::curriculum::{Curriculum, Priority, TaskKind, TaskOwner, TemplateTask, WeekNote};
use crate::{CurriculumId, endpoint};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

crate::words! {
    /// What an edit does.
    EditKind {
        /// `task`, `after`.
        Add = "add",
        /// `key`, `fields`.
        Change = "change",
        /// `key`, `week`, `after`.
        Move = "move",
        /// `key`; nothing waits for it any more.
        Remove = "remove",
        /// `week`, `note`.
        Note = "note",
        /// An empty week becomes week `week`; later ones move on by one.
        InsertWeek = "insert_week",
        /// Week `week` with all its tasks becomes week `to`.
        MoveWeek = "move_week",
        /// An empty week goes; later ones move up by one.
        RemoveWeek = "remove_week",
    }
}

crate::words! {
    /// Why an edit met somebody else's.
    ConflictKind {
        /// Both changed it: `mine` stands, `theirs` is what it was.
        SameField = "same_field",
        /// Somebody removed the task that was to be changed or moved: it stays removed.
        TaskRemoved = "task_removed",
        /// The task that was removed had been changed: `theirs` is the task as it was.
        RemovedChanged = "removed_changed",
        /// The week holds something of somebody else's now: it stays.
        WeekInUse = "week_in_use",
        /// Somebody removed the week: the note is not kept.
        WeekRemoved = "week_removed",
        /// Together with somebody else's, these tasks would wait for each other: it is left as it was.
        Cycle = "cycle",
    }
}

/// The fields of a task that change; what isn't named stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskFields {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 200))]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 20_000))]
    pub guideline: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 20_000))]
    pub submission_form: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 30))]
    pub starts_after: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 260))]
    pub duration: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<TaskKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<TaskOwner>,
    /// The whole list; what somebody else added to it or took from it meanwhile is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 20), inner(length(max = 64)))]
    pub depends_on: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_required: Option<bool>,
}

/// One edit; which fields it needs, its kind says. Weeks are those of `base` after the edits before it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftEdit {
    pub op: EditKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 64), regex(pattern = r"^[A-Za-z0-9_-]*$"))]
    pub key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<TemplateTask>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fields: Option<TaskFields>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 104))]
    pub week: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 104))]
    pub to: Option<i64>,
    /// The task of that week it comes behind; empty for the first place, none for the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 64))]
    pub after: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 2000))]
    pub note: Option<String>,
}

impl DraftEdit {
    /// An edit of this kind, without what it needs.
    #[must_use]
    pub const fn new(op: EditKind) -> Self {
        Self { op, key: None, task: None, fields: None, week: None, to: None, after: None, note: None }
    }
}

/// Edits in order, made from one revision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftEdits {
    /// The revision they were made from.
    #[schemars(range(min = 1))]
    pub base: i64,
    #[schemars(length(min = 1, max = 1000))]
    pub edits: Vec<DraftEdit>,
}

/// An edit that met somebody else's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EditConflict {
    pub kind: ConflictKind,
    /// Which of the edits, from 0.
    pub edit: usize,
    pub key: Option<String>,
    /// Of the task.
    pub title: String,
    pub field: Option<String>,
    pub week: Option<i64>,
    pub mine: Value,
    pub theirs: Value,
    /// Who changed it.
    pub by: Option<String>,
}

/// Where a task stands; the order of the list is the order within the weeks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlacedTask {
    pub key: String,
    pub week: i64,
}

/// The draft, or what became of it since a revision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DraftChanges {
    pub curriculum: Curriculum,
    pub revision: i64,
    /// The revision that `tasks` are the changes since; none when they are the whole draft.
    pub since: Option<i64>,
    /// Whether there is anything newer than `since`; if not, the lists are empty.
    pub is_changed: bool,
    pub total_weeks: i64,
    pub week_notes: Vec<WeekNote>,
    /// All tasks, in order.
    pub order: Vec<PlacedTask>,
    /// Those that were added or changed.
    pub tasks: Vec<TemplateTask>,
    /// Where each week of the caller's is now, from week 1; null for one that is gone. None when all stayed.
    pub weeks: Option<Vec<Option<i64>>>,
    pub conflicts: Vec<EditConflict>,
    /// Who else made edits since.
    pub edited_by: Vec<String>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangesFilter {
    /// The revision one has; without it the whole draft is answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub since: Option<i64>,
}

endpoint! {
    /// What became of the draft since a revision; 304 for the revision in `If-None-Match`.
    GET "/api/curriculum/{curriculum_id}/edits" GetDraftChanges path(curriculum_id: CurriculumId) query(filter: ChangesFilter) -> DraftChanges, ReadCurriculum, versioned(revision)
}
endpoint! {
    /// Edit the draft by small edits, merged with what others did since `base`.
    ///
    /// All or nothing: one that can't be done refuses the list (422). 412 when the draft was replaced as a whole
    /// since `base`: read it and send the edits again.
    POST "/api/curriculum/{curriculum_id}/edits" EditDraft path(curriculum_id: CurriculumId) body(edits: DraftEdits) -> DraftChanges, EditCurriculum, can_be(Stale)
}
