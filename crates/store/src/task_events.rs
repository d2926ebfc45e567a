//! What happened to tasks: append-only.

use crate::{
    Result, Within,
    bulk::{Worded, bulk_insert, instant},
};
use chrono::{DateTime, Utc};
use contract::{
    MentorshipId, TaskId, UserId,
    tasks::{EventKind, Task, TaskEvent, TaskStatus},
};
use serde::Serialize;

/// One changed field; long texts are not repeated in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskChange {
    pub kind: EventKind,
    pub field: &'static str,
    pub old_value: Option<String>,
    pub new_value: Option<String>,
}

/// A move, for the record.
#[derive(Debug, Clone, Copy)]
pub struct Moved<'a> {
    pub from: TaskStatus,
    pub to: TaskStatus,
    pub comment: Option<&'a str>,
    /// How long the task had waited, when this was its review.
    pub waited_seconds: Option<i64>,
}

#[derive(Serialize)]
struct EventRow<'a> {
    mentorship_id: MentorshipId,
    task_id: TaskId,
    kind: EventKind,
    field: &'a str,
    old_value: Option<&'a str>,
    new_value: Option<&'a str>,
    actor_id: UserId,
    happened_at: &'a str,
}

/// What a row doesn't name is null.
pub(crate) const EVENTS: Worded = bulk_insert!(task_events (
    mentorship_id BIGINT, task_id BIGINT, kind TEXT, field TEXT, old_value TEXT, new_value TEXT, comment TEXT,
    actor_id BIGINT, happened_at TIMESTAMPTZ, waited_seconds BIGINT
));

macro_rules! events {
    ($rest:literal) => {
        concat!(
            "SELECT v.event_id, v.task_id, t.title AS task_title, v.kind, v.field, v.old_value, v.new_value, v.comment,
                    v.actor_id, a.name AS actor_name, v.happened_at
             FROM task_events v
             JOIN tasks t ON t.task_id = v.task_id
             JOIN mentorships m ON m.mentorship_id = v.mentorship_id
             LEFT JOIN users a ON a.user_id = v.actor_id
             WHERE v.company_id = $1 AND ($2 IS NULL OR m.mentee_id = $2 OR m.mentor_id = $3) AND ",
            $rest
        )
    };
}

impl Within {
    /// What happened to a task and its sub-tasks, newest first.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn task_events(&mut self, task_id: TaskId, limit: i64) -> Result<Vec<TaskEvent>> {
        self.pair_query(events!(
            "v.task_id IN (SELECT s.task_id FROM tasks s WHERE s.task_id = $4 OR s.parent_id = $4)
             ORDER BY v.event_id DESC LIMIT $5"
        ))
        .bind(task_id)
        .bind(limit)
        .all()
        .await
    }

    /// Records one thing, with old and new value and a comment.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn record(
        &mut self,
        task: (MentorshipId, TaskId),
        change: &TaskChange,
        comment: Option<&str>,
        actor_id: UserId,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let (mentorship_id, task_id) = task;
        self.company_query(
            "INSERT INTO task_events (company_id, mentorship_id, task_id, kind, field, old_value, new_value, comment,
                                      actor_id, happened_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(mentorship_id)
        .bind(task_id)
        .bind(change.kind)
        .bind(Some(change.field).filter(|field| !field.is_empty()).map(str::to_owned))
        .bind(change.old_value.clone())
        .bind(change.new_value.clone())
        .bind(comment.map(str::to_owned))
        .bind(actor_id)
        .bind(now)
        .execute()
        .await
        .map(drop)
    }

    /// Records a move.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn record_move(
        &mut self,
        task: (MentorshipId, TaskId),
        moved: Moved<'_>,
        actor_id: UserId,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let (mentorship_id, task_id) = task;
        self.company_query(
            "INSERT INTO task_events (company_id, mentorship_id, task_id, kind, field, old_value, new_value, comment,
                                      actor_id, happened_at, waited_seconds)
             VALUES ($1, $2, $3, 'moved', 'status', $4, $5, $6, $7, $8, $9)",
        )
        .bind(mentorship_id)
        .bind(task_id)
        .bind(moved.from)
        .bind(moved.to)
        .bind(moved.comment.map(str::to_owned))
        .bind(actor_id)
        .bind(now)
        .bind(moved.waited_seconds)
        .execute()
        .await
        .map(drop)
    }

    /// Records the changed fields of one edit, one event each. A submission that is written on and on is one event
    /// per person until `since`.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn record_edit(
        &mut self,
        task: &Task,
        changes: &[TaskChange],
        actor_id: UserId,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let happened_at = instant(now);
        let (submission, edited): (Vec<_>, Vec<_>) =
            changes.iter().partition(|change| change.kind == EventKind::Submission);
        if !submission.is_empty() {
            self.company_query(
                "INSERT INTO task_events (company_id, mentorship_id, task_id, kind, field, actor_id, happened_at)
                 SELECT $1, $2, $3, 'submission', 'submission', $4, $5
                 WHERE NOT EXISTS (SELECT 1 FROM task_events v
                                   WHERE v.task_id = $3 AND v.kind = 'submission' AND v.actor_id = $4
                                     AND v.happened_at > $6)",
            )
            .bind(task.mentorship_id)
            .bind(task.task_id)
            .bind(actor_id)
            .bind(now)
            .bind(since)
            .execute()
            .await?;
        }
        let rows: Vec<EventRow<'_>> = edited
            .into_iter()
            .map(|change| EventRow {
                mentorship_id: task.mentorship_id,
                task_id: task.task_id,
                kind: change.kind,
                field: change.field,
                old_value: change.old_value.as_deref(),
                new_value: change.new_value.as_deref(),
                actor_id,
                happened_at: &happened_at,
            })
            .collect();
        if !rows.is_empty() {
            self.insert_rows(EVENTS, &rows).await?;
        }
        Ok(())
    }
}
