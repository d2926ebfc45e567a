//! Changes of tasks. Each is conditional on what the caller saw, so that of two at once only one happens.

use crate::{Result, Within, tasks::columns};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    MentorshipId, TaskId, UserId,
    curriculum::Priority,
    tasks::{Task, TaskPatch, TaskStatus},
};

/// A task that is not from a curriculum.
#[derive(Debug, Clone)]
pub struct ExtraTask<'a> {
    pub mentorship_id: MentorshipId,
    pub owner_id: UserId,
    pub title: &'a str,
    pub guideline: &'a str,
    pub week: i64,
    pub priority: Priority,
    pub is_required: bool,
    pub starts_on: NaiveDate,
    pub due_on: NaiveDate,
}

/// A move of one task.
#[derive(Debug, Clone, Copy)]
pub struct Move<'a> {
    pub task_id: TaskId,
    pub from: TaskStatus,
    pub to: TaskStatus,
    /// The version it must still have, when the caller named one.
    pub version: Option<i64>,
    /// What `status_comment` becomes: `None` leaves it, `Some(None)` clears it.
    pub status_comment: Option<Option<&'a str>>,
}

/// The counter a parent keeps of its sub-tasks that are neither open nor gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    Closed,
    Opened,
}

impl Within {
    /// Moves a task if it is still where the caller saw it, with no open sub-task when it is handed in or finished.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn move_task(&mut self, change: Move<'_>, now: DateTime<Utc>) -> Result<Option<Task>> {
        self.company_query(concat!(
            "UPDATE tasks AS t
             SET status = $4,
                 status_comment = CASE WHEN $6 THEN $7 ELSE t.status_comment END,
                 started_at = CASE $4 WHEN 'todo' THEN NULL WHEN 'skipped' THEN t.started_at
                                      ELSE coalesce(t.started_at, $8) END,
                 submitted_at = CASE WHEN $4 = 'submitted' THEN $8
                                     WHEN $4 IN ('done', 'returned', 'skipped') OR t.status = 'done' THEN t.submitted_at
                                     WHEN t.status = 'returned' THEN t.submitted_at END,
                 completed_at = CASE WHEN $4 = 'done' THEN $8 END,
                 submissions = t.submissions + CASE WHEN $4 = 'submitted' THEN 1 ELSE 0 END,
                 returns = t.returns + CASE WHEN $4 = 'returned' THEN 1 ELSE 0 END,
                 version = t.version + 1, updated_at = $8
             WHERE t.company_id = $1 AND t.task_id = $2 AND t.status = $3 AND ($5 IS NULL OR t.version = $5)
               AND (t.subtasks_done >= t.subtasks
                    OR NOT ($4 = 'submitted' OR ($4 = 'done' AND t.status <> 'submitted')))
             RETURNING ",
            columns!("")
        ))
        .bind(change.task_id)
        .bind(change.from)
        .bind(change.to)
        .bind(change.version)
        .bind(change.status_comment.is_some())
        .bind(change.status_comment.flatten().map(str::to_owned))
        .bind(now)
        .optional()
        .await
    }

    /// Counts a sub-task as closed or opened at its parent; `false` when the parent stands handed in or done and
    /// none may be opened under it.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn count_subtask(&mut self, parent_id: TaskId, closing: Closing) -> Result<bool> {
        let by: i64 = if closing == Closing::Closed { 1 } else { -1 };
        let counted = self
            .company_query(
                "UPDATE tasks SET subtasks_done = subtasks_done + $3
                 WHERE company_id = $1 AND task_id = $2 AND ($3 > 0 OR status NOT IN ('submitted', 'done'))",
            )
            .bind(parent_id)
            .bind(by)
            .execute()
            .await?;
        Ok(counted > 0)
    }

    /// Changes what the patch names, if the task still has this version.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn update_task(
        &mut self,
        task_id: TaskId,
        version: i64,
        patch: &TaskPatch,
        now: DateTime<Utc>,
    ) -> Result<Option<Task>> {
        self.company_query(concat!(
            "UPDATE tasks AS t
             SET title = coalesce($4, t.title), guideline = coalesce($5, t.guideline),
                 submission = coalesce($6, t.submission), priority = coalesce($7, t.priority),
                 starts_on = coalesce($8, t.starts_on), due_on = coalesce($9, t.due_on),
                 is_required = coalesce($10, t.is_required), version = t.version + 1, updated_at = $11
             WHERE t.company_id = $1 AND t.task_id = $2 AND t.version = $3
             RETURNING ",
            columns!("")
        ))
        .bind(task_id)
        .bind(version)
        .bind(patch.title.as_deref().map(|title| title.trim().to_owned()))
        .bind(patch.guideline.clone())
        .bind(patch.submission.clone())
        .bind(patch.priority)
        .bind(patch.starts_on)
        .bind(patch.due_on)
        .bind(patch.is_required)
        .bind(now)
        .optional()
        .await
    }

    /// Adds a task at the end of its week, if the mentorship is active.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn create_task(&mut self, task: &ExtraTask<'_>, now: DateTime<Utc>) -> Result<Option<Task>> {
        self.company_query(concat!(
            "INSERT INTO tasks AS t (company_id, mentorship_id, title, guideline, submission, week, position, priority,
                                     kind, owner, owner_id, is_required, starts_on, due_on, status, submissions,
                                     version, subtasks, subtasks_done, memos, updated_at)
             SELECT m.company_id, m.mentorship_id, $3, $4, '', $5,
                    (SELECT coalesce(max(o.position), -1) + 1 FROM tasks o
                     WHERE o.mentorship_id = m.mentorship_id AND o.parent_id IS NULL),
                    $6, 'task', 'mentee', $7, $8, $9, $10, 'todo', 0, 1, 0, 0, 0, $11
             FROM mentorships m
             WHERE m.company_id = $1 AND m.mentorship_id = $2 AND m.status = 'active'
             RETURNING ",
            columns!("")
        ))
        .bind(task.mentorship_id)
        .bind(task.title.to_owned())
        .bind(task.guideline.to_owned())
        .bind(task.week)
        .bind(task.priority)
        .bind(task.owner_id)
        .bind(task.is_required)
        .bind(task.starts_on)
        .bind(task.due_on)
        .bind(now)
        .optional()
        .await
    }

    /// Adds a sub-task, if its parent is being worked on and has fewer than `most`.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn create_subtask(
        &mut self,
        parent_id: TaskId,
        title: &str,
        most: i64,
        now: DateTime<Utc>,
    ) -> Result<Option<Task>> {
        let counted = self
            .company_query(
                "UPDATE tasks SET subtasks = subtasks + 1
                 WHERE company_id = $1 AND task_id = $2 AND parent_id IS NULL AND subtasks < $3
                   AND status IN ('todo', 'in_progress', 'returned')",
            )
            .bind(parent_id)
            .bind(most)
            .execute()
            .await?;
        if counted == 0 {
            return Ok(None);
        }
        self.company_query(concat!(
            "INSERT INTO tasks AS t (company_id, mentorship_id, parent_id, title, guideline, submission, week, position,
                                     priority, kind, owner, owner_id, is_required, starts_on, due_on, status,
                                     submissions, version, subtasks, subtasks_done, memos, updated_at)
             SELECT o.company_id, o.mentorship_id, o.task_id, $3, '', '', o.week,
                    (SELECT coalesce(max(s.position), -1) + 1 FROM tasks s WHERE s.parent_id = o.task_id),
                    o.priority, 'task', o.owner, o.owner_id, FALSE, o.starts_on, o.due_on, 'todo',
                    0, 1, 0, 0, 0, $4
             FROM tasks o WHERE o.company_id = $1 AND o.task_id = $2
             RETURNING ",
            columns!("")
        ))
        .bind(parent_id)
        .bind(title.to_owned())
        .bind(now)
        .optional()
        .await
    }

    /// Deletes a task that nothing hangs on and that still has this version.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn delete_task(&mut self, task_id: TaskId, version: i64) -> Result<bool> {
        let deleted = self
            .company_query(
                "DELETE FROM tasks WHERE company_id = $1 AND task_id = $2 AND version = $3 AND memos = 0 AND subtasks = 0
                   AND files = 0",
            )
            .bind(task_id)
            .bind(version)
            .execute()
            .await?;
        Ok(deleted > 0)
    }

    /// Takes a deleted sub-task out of its parent's counts; `false` when the parent isn't being worked on.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn uncount_subtask(
        &mut self,
        parent_id: TaskId,
        was_closed: bool,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let counted = self
            .company_query(
                "UPDATE tasks SET subtasks = subtasks - 1, subtasks_done = subtasks_done - $3, updated_at = $4
                 WHERE company_id = $1 AND task_id = $2 AND status IN ('todo', 'in_progress', 'returned')",
            )
            .bind(parent_id)
            .bind(i64::from(was_closed))
            .bind(now)
            .execute()
            .await?;
        Ok(counted > 0)
    }
}
