//! Memos: comments on a task.

use crate::{MemoId, Nothing, Page, TaskId, UserId, endpoint};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct Memo {
    pub memo_id: MemoId,
    pub task_id: TaskId,
    pub author_id: UserId,
    pub author_name: String,
    /// Markdown.
    pub body: String,
    /// Hidden from the mentee.
    pub mentor_only: bool,
    pub created_at: DateTime<Utc>,
    pub edited_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MemoFilter {
    pub task_id: TaskId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub limit: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 500))]
    pub cursor: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMemo {
    pub task_id: TaskId,
    #[schemars(length(min = 1, max = 10_000))]
    pub body: String,
    /// Hidden from the mentee; mentees can't set it.
    #[serde(default)]
    pub mentor_only: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MemoPatch {
    #[schemars(length(min = 1, max = 10_000))]
    pub body: String,
}

endpoint! {
    /// The memos of a task, oldest first.
    GET "/api/memo/" ListMemos query(filter: MemoFilter) -> Page<Memo>, ReadMemo
}
endpoint! {
    /// Write a memo.
    POST "/api/memo/" CreateMemo body(memo: NewMemo) -> Memo, WriteMemo
}
endpoint! {
    /// One memo.
    GET "/api/memo/{memo_id}" GetMemo path(memo_id: MemoId) -> Memo, ReadMemo
}
endpoint! {
    /// Change one's own memo.
    PUT "/api/memo/{memo_id}" UpdateMemo path(memo_id: MemoId) body(patch: MemoPatch) -> Memo, WriteMemo
}
endpoint! {
    /// Delete one's own memo.
    DELETE "/api/memo/{memo_id}" DeleteMemo path(memo_id: MemoId) -> Nothing, WriteMemo
}
