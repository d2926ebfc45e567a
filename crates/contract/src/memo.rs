//! Memos: comments on a task.
//!
//! Somebody is called by `<@12>` in the text, 12 being their id; whoever shows a memo puts the name there.

use crate::{MemoId, Nothing, Page, TaskId, UserId, endpoint};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Somebody who is or can be called in a memo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct Mention {
    pub user_id: UserId,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct Memo {
    pub memo_id: MemoId,
    pub task_id: TaskId,
    pub author_id: UserId,
    pub author_name: String,
    /// Markdown, with `<@id>` where somebody is called.
    pub body: String,
    /// Who is called in it.
    #[cfg_attr(feature = "sql", sqlx(json))]
    pub mentions: Vec<Mention>,
    /// Hidden from the mentee.
    pub mentor_only: bool,
    pub created_at: DateTime<Utc>,
    pub edited_at: Option<DateTime<Utc>>,
}

/// What a memo said before it was changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct MemoEdit {
    pub body: String,
    #[cfg_attr(feature = "sql", sqlx(json))]
    pub mentions: Vec<Mention>,
    pub editor_name: String,
    /// When it was replaced.
    pub edited_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MentionFilter {
    pub task_id: TaskId,
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
    /// Who can be called in a memo on the task: its pair and the company's admins.
    GET "/api/memo/people" ListMentionable query(filter: MentionFilter) -> Page<Mention>, WriteMemo
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
endpoint! {
    /// What a memo said before, the newest first, for whoever may read the memo.
    GET "/api/memo/{memo_id}/edits" ListMemoEdits path(memo_id: MemoId) -> Page<MemoEdit>, ReadMemo
}

/// The ids a text calls by `<@id>`, in order, each once.
#[must_use]
pub fn mentioned(body: &str) -> Vec<UserId> {
    let mut ids = Vec::new();
    for part in body.split("<@").skip(1) {
        let id = part.split_once('>').and_then(|(digits, _)| {
            let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            digits.parse().ok().filter(|_| is_number).map(UserId)
        });
        if let Some(id) = id
            && !ids.contains(&id)
        {
            ids.push(id);
        }
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::{UserId, mentioned};

    #[test]
    fn ids_are_found_once_and_only_where_somebody_is_called() {
        let ids = |text| mentioned(text).into_iter().map(|UserId(id)| id).collect::<Vec<_>>();
        assert_eq!(ids("<@12> 봐 주세요 <@3>, <@12>"), [12, 3]);
        assert_eq!(ids("a<@>b <@x> <@-1> <@ 4> @5 <@99999999999999999999>"), Vec::<i64>::new());
    }
}
