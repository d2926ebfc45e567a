//! Files that belong to a task: evidence beside the written submission.
//!
//! The bytes travel as they are, in both directions, and are never held whole.

use crate::{FileId, Nothing, Stream, TaskId, UserId, endpoint};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The most files of a task.
pub const MOST_FILES: i64 = 20;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct TaskFile {
    pub file_id: FileId,
    pub task_id: TaskId,
    /// Made safe: no folders, no control characters.
    pub name: String,
    /// What its bytes say it is.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// In hexadecimal.
    pub sha256: String,
    pub uploaded_by: UserId,
    pub uploader_name: String,
    pub uploaded_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFile {
    /// As it is called on the device; its ending says what it should be.
    #[schemars(length(min = 1, max = 400))]
    pub name: String,
}

endpoint! {
    /// Hand in a file with the task, while it can be written on. The body is the file itself.
    ///
    /// Its bytes must be of the kind its name says; the size limit is the installation's.
    POST "/api/tasks/{task_id}/files" CreateTaskFile path(task_id: TaskId) query(options: NewFile) body(file: Stream) -> TaskFile, WorkTask
}
endpoint! {
    /// The file, to be saved.
    GET "/api/tasks/{task_id}/files/{file_id}" GetTaskFile path(task_id: TaskId, file_id: FileId) -> Stream, ReadTask
}
endpoint! {
    /// Take a file back, while the task can be written on.
    DELETE "/api/tasks/{task_id}/files/{file_id}" DeleteTaskFile path(task_id: TaskId, file_id: FileId) -> Nothing, WorkTask
}
