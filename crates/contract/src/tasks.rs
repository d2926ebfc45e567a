//! Tasks: the dated work of a mentorship, its states, its record.

use crate::{
    CompanyId, EventId, MentorshipId, Nothing, Page, TaskId, UserId,
    curriculum::{Priority, TaskKind, TaskOwner},
    endpoint,
    facts::Flag,
    files::TaskFile,
};
use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

crate::words! {
    /// 진행전, 진행중, 검토요청, 반려, 완료, 건너뜀.
    TaskStatus {
        Todo = "todo",
        InProgress = "in_progress",
        Submitted = "submitted",
        Returned = "returned",
        Done = "done",
        Skipped = "skipped",
    }
}
crate::words! {
    /// By date, seen from the company's today.
    Due { Overdue = "overdue", Today = "today", Week = "week" }
}
crate::words! {
    TaskSort {
        /// By week, then in order.
        Plan = "plan",
        /// By due date.
        Due = "due_on",
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct Task {
    pub task_id: TaskId,
    pub company_id: CompanyId,
    pub mentorship_id: MentorshipId,
    /// Sub-tasks have one; one level only.
    pub parent_id: Option<TaskId>,
    /// The task of the curriculum it was made from, by its lasting key.
    pub template_key: Option<String>,
    pub title: String,
    /// 지침: what to do, in Markdown, written by the mentor.
    pub guideline: String,
    /// 제출물: what the mentee hands in, in Markdown.
    pub submission: String,
    pub week: i64,
    pub position: i64,
    pub priority: Priority,
    pub kind: TaskKind,
    pub owner: TaskOwner,
    pub owner_id: UserId,
    pub is_required: bool,
    pub starts_on: NaiveDate,
    pub due_on: NaiveDate,
    pub started_at: Option<DateTime<Utc>>,
    pub submitted_at: Option<DateTime<Utc>>,
    pub completed_at: Option<DateTime<Utc>>,
    pub status: TaskStatus,
    /// The mentor's words when it was last returned, or the reason it was skipped.
    pub status_comment: Option<String>,
    /// Counts every change: the `ETag`.
    pub version: i64,
    pub updated_at: DateTime<Utc>,
    pub subtasks: i64,
    pub subtasks_done: i64,
    pub memos: i64,
    pub files: i64,
    /// How often it was returned.
    pub returns: i64,
    /// What is worth a word: due soon, late, waiting.
    #[serde(default)]
    #[cfg_attr(feature = "sql", sqlx(skip))]
    pub flags: Vec<Flag>,
    /// Keys of tasks of the same plan that come first.
    #[cfg_attr(feature = "sql", sqlx(json))]
    pub depends_on: Vec<String>,
    /// Of these, the ones that are neither done nor skipped: while there is one, the mentee can't start it.
    /// Only told of tasks that are not started.
    #[serde(default)]
    #[cfg_attr(feature = "sql", sqlx(skip))]
    pub waits_for: Vec<TaskName>,
    /// Where the caller may move it now.
    #[serde(default)]
    #[cfg_attr(feature = "sql", sqlx(skip))]
    pub allowed: Vec<TaskStatus>,
}

/// A task by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TaskName {
    pub task_id: TaskId,
    pub title: String,
}

/// One task with all that its page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TaskDetail {
    pub task: Task,
    pub subtasks: Vec<Task>,
    pub files: Vec<TaskFile>,
    /// The items of the guideline's lists that the owner has ticked off, by their words.
    pub checked: Vec<String>,
    pub mentorship_title: String,
    pub mentor_id: UserId,
    pub mentor_name: String,
    pub mentee_id: UserId,
    pub mentee_name: String,
    /// Whether the caller may change texts, dates and priority.
    pub can_edit: bool,
    /// Whether the caller may write the submission now.
    pub can_write: bool,
    /// `task.version`, repeated for `If-Match`.
    pub version: i64,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mentorship_id: Option<MentorshipId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<TaskStatus>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 104))]
    pub week: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<TaskSort>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub limit: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 500))]
    pub cursor: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 1_000_000))]
    pub skip: Option<i64>,
}

/// A task that was not in the curriculum.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTask {
    pub mentorship_id: MentorshipId,
    #[schemars(length(min = 1, max = 200))]
    pub title: String,
    #[serde(default)]
    #[schemars(length(max = 20_000))]
    pub guideline: String,
    #[schemars(range(min = 1, max = 104))]
    pub week: i64,
    pub priority: Priority,
    pub starts_on: NaiveDate,
    pub due_on: NaiveDate,
    #[serde(default)]
    pub is_required: Option<bool>,
}

/// What isn't named stays. A mentee changes only `submission` (and the title of own sub-tasks).
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskPatch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 200))]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 20_000))]
    pub guideline: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 50_000))]
    pub submission: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_required: Option<bool>,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusMove {
    pub status: TaskStatus,
    /// Needed to return, to skip and to reopen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 5000))]
    pub comment: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSubtask {
    #[schemars(length(min = 1, max = 200))]
    pub title: String,
}

/// An item of the guideline's lists, by its words.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Check {
    #[schemars(length(min = 1, max = 500))]
    pub item: String,
    pub checked: bool,
}

/// Tasks to be approved at once.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    #[schemars(length(min = 1, max = 100))]
    pub task_ids: Vec<TaskId>,
    /// Stands in the record of each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 5000))]
    pub comment: Option<String>,
}

crate::words! {
    /// What became of one of the tasks that were to be approved.
    ApprovalOutcome {
        Approved = "approved",
        /// There is no such task, or it is not the caller's to see.
        NotFound = "not_found",
        /// It does not wait for the caller's review any more.
        NotAllowed = "not_allowed",
        /// The mentorship is not active.
        NotRunning = "not_running",
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ApprovedItem {
    pub task_id: TaskId,
    pub outcome: ApprovalOutcome,
    /// Of a task that was found.
    pub title: Option<String>,
}

/// One outcome for each task, in the order they were named.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Approved {
    pub items: Vec<ApprovedItem>,
}

/// A task waiting for review.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct ReviewItem {
    pub task_id: TaskId,
    pub mentorship_id: MentorshipId,
    pub title: String,
    pub week: i64,
    pub priority: Priority,
    pub due_on: NaiveDate,
    pub mentee_id: UserId,
    pub mentee_name: String,
    pub submitted_at: DateTime<Utc>,
    /// Characters handed in.
    pub length: i64,
    /// How often it was handed in.
    pub attempt: i64,
    pub files: i64,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QueueFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub limit: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 500))]
    pub cursor: Option<String>,
}

crate::words! {
    /// What happened to a task.
    EventKind {
        Created = "created",
        Moved = "moved",
        Edited = "edited",
        Submission = "submission",
        SubtaskAdded = "subtask_added",
        SubtaskRemoved = "subtask_removed",
        FileAdded = "file_added",
        FileRemoved = "file_removed",
    }
}

/// One thing that happened: append-only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct TaskEvent {
    pub event_id: EventId,
    pub task_id: TaskId,
    pub task_title: String,
    pub kind: EventKind,
    /// Which field, when it was edited.
    pub field: Option<String>,
    pub old_value: Option<String>,
    pub new_value: Option<String>,
    pub comment: Option<String>,
    pub actor_id: Option<UserId>,
    pub actor_name: Option<String>,
    pub happened_at: DateTime<Utc>,
}

endpoint! {
    /// Parent tasks within reach, by plan or by due date.
    GET "/api/tasks/" ListTasks query(filter: TaskFilter) -> Page<Task>, ReadTask
}
endpoint! {
    /// Add a task to a running mentorship.
    POST "/api/tasks/" CreateTask body(task: NewTask) -> Task, EditTask, versioned(version)
}
endpoint! {
    /// Tasks waiting for the caller's review, the oldest first.
    GET "/api/tasks/review-queue" ListReviewQueue query(filter: QueueFilter) -> Page<ReviewItem>, ReviewTask
}
endpoint! {
    /// Approve several tasks at once: those that can be are, each with its event, and the answer tells of every one.
    POST "/api/tasks/approve" ApproveTasks body(approval: Approval) -> Approved, ReviewTask
}
endpoint! {
    /// Tick an item of the guideline's lists off, or open it again: the owner, while the task can be written on.
    PUT "/api/tasks/{task_id}/checks" CheckItem path(task_id: TaskId) body(check: Check) -> Nothing, WorkTask
}
endpoint! {
    /// One task with its sub-tasks and files.
    GET "/api/tasks/{task_id}" GetTask path(task_id: TaskId) -> TaskDetail, ReadTask, versioned(version)
}
endpoint! {
    /// Change a task as the role allows: the owner the submission, the mentor everything else.
    PUT "/api/tasks/{task_id}" UpdateTask path(task_id: TaskId) body(patch: TaskPatch) -> Task, WorkTask, versioned(version)
}
endpoint! {
    /// Delete a sub-task, or a task that is not from the curriculum and was never started.
    DELETE "/api/tasks/{task_id}" DeleteTask path(task_id: TaskId) -> Nothing, WorkTask, can_be(Stale)
}
endpoint! {
    /// Move a task to another state.
    ///
    /// A move that the caller may not make is 409 with the allowed states.
    POST "/api/tasks/{task_id}/status" MoveTask path(task_id: TaskId) body(to: StatusMove) -> Task, WorkTask, versioned(version)
}
endpoint! {
    /// Add a sub-task.
    POST "/api/tasks/{task_id}/subtasks" CreateSubtask path(task_id: TaskId) body(subtask: NewSubtask) -> Task, WorkTask, versioned(version)
}
endpoint! {
    /// What happened to the task and its sub-tasks, newest first.
    GET "/api/tasks/{task_id}/events" ListTaskEvents path(task_id: TaskId) -> Page<TaskEvent>, ReadTask
}
