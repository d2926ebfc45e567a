//! Memos of a task.

use crate::{Result, Within};
use chrono::{DateTime, Utc};
use contract::{
    MemoId, TaskId, UserId,
    memo::{Memo, MemoEdit, Mention},
};
use sqlx::types::Json;

/// Memos are reached through their task's pair; those for mentors only are hidden from the mentee, whatever
/// roles the mentee has beside. The statement's `$1`–`$3` are the pair's, `$4` is who reads.
macro_rules! memos {
    ($rest:literal) => {
        concat!(
            "SELECT o.memo_id, o.task_id, o.author_id, a.name AS author_name, o.body, o.mentions, o.mentor_only,
                    o.created_at, o.edited_at
             FROM memos o
             JOIN tasks t ON t.task_id = o.task_id AND t.company_id = $1
             JOIN mentorships m ON m.mentorship_id = t.mentorship_id
             JOIN users a ON a.user_id = o.author_id
             WHERE o.company_id = $1 AND ($2 IS NULL OR m.mentee_id = $2 OR m.mentor_id = $3)
               AND NOT (o.mentor_only AND m.mentee_id = $4) AND ",
            $rest
        )
    };
}

impl Within {
    /// The memos of a task after `after`, oldest first.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn memos(
        &mut self,
        reader: UserId,
        task_id: TaskId,
        after: Option<MemoId>,
        limit: i64,
    ) -> Result<Vec<Memo>> {
        self.pair_query(memos!("o.task_id = $5 AND o.memo_id > $6 ORDER BY o.memo_id LIMIT $7"))
            .bind(reader)
            .bind(task_id)
            .bind(after.unwrap_or(MemoId(0)))
            .bind(limit)
            .all()
            .await
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn memo(&mut self, reader: UserId, memo_id: MemoId) -> Result<Option<Memo>> {
        self.pair_query(memos!("o.memo_id = $5")).bind(reader).bind(memo_id).optional().await
    }

    /// Whether a task is within reach.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn reaches_task(&mut self, task_id: TaskId) -> Result<bool> {
        let (reaches,) = self
            .pair_query(
                "SELECT EXISTS (SELECT 1 FROM tasks t
                                JOIN mentorships m ON m.mentorship_id = t.mentorship_id
                                WHERE t.company_id = $1 AND ($2 IS NULL OR m.mentee_id = $2 OR m.mentor_id = $3)
                                  AND t.task_id = $4)",
            )
            .bind(task_id)
            .one()
            .await?;
        Ok(reaches)
    }

    /// Writes a memo on a task within reach and counts it there; `None` when the task isn't, or when its author
    /// could not read it.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn create_memo(
        &mut self,
        task_id: TaskId,
        author_id: UserId,
        body: &str,
        mentions: &[Mention],
        mentor_only: bool,
        now: DateTime<Utc>,
    ) -> Result<Option<Memo>> {
        let created: Option<Memo> = self
            .pair_query(
                "INSERT INTO memos (company_id, task_id, author_id, body, mentor_only, created_at, mentions)
                 SELECT t.company_id, t.task_id, $5, $6, $7, $8, $9
                 FROM tasks t
                 JOIN mentorships m ON m.mentorship_id = t.mentorship_id
                 WHERE t.company_id = $1 AND ($2 IS NULL OR m.mentee_id = $2 OR m.mentor_id = $3) AND t.task_id = $4
                   AND NOT ($7 AND m.mentee_id = $5)
                 RETURNING memo_id, task_id, author_id, body, mentions, mentor_only, created_at, edited_at,
                           (SELECT a.name FROM users a WHERE a.user_id = author_id) AS author_name",
            )
            .bind(task_id)
            .bind(author_id)
            .bind(body.to_owned())
            .bind(mentor_only)
            .bind(now)
            .bind(Json(mentions.to_vec()))
            .optional()
            .await?;
        if created.is_none() {
            return Ok(None);
        }
        self.company_query(
            "UPDATE tasks SET memos = memos + 1, updated_at = $3 WHERE company_id = $1 AND task_id = $2",
        )
        .bind(task_id)
        .bind(now)
        .execute()
        .await?;
        Ok(created)
    }

    /// Changes a memo and keeps what it said before.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn update_memo(
        &mut self,
        memo_id: MemoId,
        body: &str,
        mentions: &[Mention],
        editor: UserId,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.company_query(
            "INSERT INTO memo_edits (company_id, memo_id, body, mentions, edited_by, edited_at)
             SELECT o.company_id, o.memo_id, o.body, o.mentions, $3, $4
             FROM memos o WHERE o.company_id = $1 AND o.memo_id = $2",
        )
        .bind(memo_id)
        .bind(editor)
        .bind(now)
        .execute()
        .await?;
        self.company_query(
            "UPDATE memos SET body = $3, edited_at = $4, mentions = $5 WHERE company_id = $1 AND memo_id = $2",
        )
        .bind(memo_id)
        .bind(body.to_owned())
        .bind(now)
        .bind(Json(mentions.to_vec()))
        .execute()
        .await
        .map(drop)
    }

    /// What a memo that `reader` may read said before, the newest first.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn memo_edits(&mut self, reader: UserId, memo_id: MemoId, limit: i64) -> Result<Vec<MemoEdit>> {
        self.pair_query(
            "SELECT d.body, d.mentions, u.name AS editor_name, d.edited_at
             FROM memo_edits d
             JOIN memos o ON o.memo_id = d.memo_id
             JOIN tasks t ON t.task_id = o.task_id
             JOIN mentorships m ON m.mentorship_id = t.mentorship_id
             JOIN users u ON u.user_id = d.edited_by
             WHERE d.company_id = $1 AND ($2 IS NULL OR m.mentee_id = $2 OR m.mentor_id = $3)
               AND NOT (o.mentor_only AND m.mentee_id = $4) AND d.memo_id = $5
             ORDER BY d.edit_id DESC LIMIT $6",
        )
        .bind(reader)
        .bind(memo_id)
        .bind(limit)
        .all()
        .await
    }

    /// Who can be called on a task within reach: its pair, then the company's admins by name.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn mentionable(&mut self, task_id: TaskId) -> Result<Vec<Mention>> {
        self.pair_query(
            "SELECT u.user_id, u.name
             FROM tasks t
             JOIN mentorships m ON m.mentorship_id = t.mentorship_id
             JOIN users u ON u.company_id = t.company_id AND u.status = 'active'
                         AND (u.user_id = m.mentor_id OR u.user_id = m.mentee_id OR (u.roles & 2) <> 0)
             WHERE t.company_id = $1 AND ($2 IS NULL OR m.mentee_id = $2 OR m.mentor_id = $3) AND t.task_id = $4
             ORDER BY CASE u.user_id WHEN m.mentor_id THEN 0 WHEN m.mentee_id THEN 1 ELSE 2 END, u.name, u.user_id
             LIMIT 50",
        )
        .bind(task_id)
        .all()
        .await
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn delete_memo(&mut self, memo: &Memo) -> Result<()> {
        self.company_query("DELETE FROM memos WHERE company_id = $1 AND memo_id = $2")
            .bind(memo.memo_id)
            .execute()
            .await?;
        self.company_query("UPDATE tasks SET memos = memos - 1 WHERE company_id = $1 AND task_id = $2")
            .bind(memo.task_id)
            .execute()
            .await
            .map(drop)
    }
}
