//! What differs between two versions of a curriculum, and taking an older one back as the draft.
//!
//! Tasks are the same by their lasting key. Version 0 is the draft.

use crate::{
    CurriculumId,
    curriculum::{Curriculum, CurriculumDetail},
    endpoint,
};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

crate::words! {
    /// What became of a task or of a week's note.
    ChangeKind { Added = "added", Removed = "removed", Moved = "moved", Changed = "changed" }
}
crate::words! {
    /// Whether a piece of a text stayed, came or went.
    PieceKind { Same = "same", Added = "added", Removed = "removed" }
}
crate::words! {
    /// What of a task can differ, beside its place.
    TaskField {
        Title = "title",
        Guideline = "guideline",
        SubmissionForm = "submission_form",
        Kind = "kind",
        Owner = "owner",
        Priority = "priority",
        StartsAfter = "starts_after",
        Duration = "duration",
        /// By their titles.
        DependsOn = "depends_on",
        IsRequired = "is_required",
    }
}

/// Some words of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Piece {
    pub kind: PieceKind,
    pub text: String,
}

/// One field with its values; a text has its changed words marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FieldChange {
    pub field: TaskField,
    /// "" for texts, whose old and new words are in `pieces`.
    pub old: String,
    pub new: String,
    /// Old and new words in reading order; none where the values say it.
    pub pieces: Vec<Piece>,
}

/// A task that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TaskChange {
    pub key: String,
    /// The new title; the old one when it was removed.
    pub title: String,
    pub change: ChangeKind,
    /// The new week; the old one when it was removed.
    pub week: i64,
    /// Where it was, when it moved to another week.
    pub old_week: Option<i64>,
    /// Another week, or another place among those of its week.
    pub is_moved: bool,
    pub fields: Vec<FieldChange>,
}

/// A week whose note differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NoteChange {
    pub week: i64,
    pub change: ChangeKind,
    pub pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CurriculumDiff {
    pub curriculum: Curriculum,
    /// 0 for the draft.
    pub from: i64,
    pub to: i64,
    /// By week, then in order; a removed one stands where it was.
    pub tasks: Vec<TaskChange>,
    pub week_notes: Vec<NoteChange>,
    /// Tasks that are the same in both.
    pub unchanged: i64,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DiffRange {
    /// A version, or 0 for the draft; the newest version when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 1_000_000))]
    pub from: Option<i64>,
    /// The draft when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 1_000_000))]
    pub to: Option<i64>,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Restoration {
    /// The version the draft becomes equal to.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub number: i64,
}

/// The draft that a restoration put aside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct KeptDraft {
    /// The version that took its place; none when it was another kept draft.
    pub number: Option<i64>,
    pub task_count: i64,
    pub kept_by_name: Option<String>,
    pub kept_at: DateTime<Utc>,
}

/// What was put aside, if anything was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct KeptDrafts {
    pub kept: Option<KeptDraft>,
}

endpoint! {
    /// What differs between two versions, or a version and the draft.
    ///
    /// Tasks are matched by their lasting key; changed words of texts are marked.
    GET "/api/curriculum/{curriculum_id}/diff" DiffCurriculum path(curriculum_id: CurriculumId) query(range: DiffRange) -> CurriculumDiff, ReadCurriculum
}
endpoint! {
    /// Make the draft equal to an older version; the draft before is kept.
    POST "/api/curriculum/{curriculum_id}/restore" RestoreVersion path(curriculum_id: CurriculumId) body(restoration: Restoration) -> CurriculumDetail, EditCurriculum, versioned(revision)
}
endpoint! {
    /// The draft that was put aside by the last restoration, to be told of.
    GET "/api/curriculum/{curriculum_id}/kept-draft" GetKeptDraft path(curriculum_id: CurriculumId) -> KeptDrafts, ReadCurriculum
}
endpoint! {
    /// Exchange the draft with the one that was put aside: undoes a restoration, and can be undone itself.
    POST "/api/curriculum/{curriculum_id}/kept-draft/restore" RestoreKeptDraft path(curriculum_id: CurriculumId) -> CurriculumDetail, EditCurriculum, versioned(revision)
}
