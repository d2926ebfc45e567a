//! What waits for review, and approving several tasks at once.

use crate::{
    Engine, Result, Within,
    bulk::{instant, json},
    task_events::EVENTS,
};
use chrono::{DateTime, Utc};
use contract::{
    MentorshipId, TaskId, UserId,
    curriculum::TaskOwner,
    mentorship::MentorshipStatus,
    tasks::{ReviewItem, TaskStatus},
};
use serde::Serialize;

/// A task that is to be approved, as far as the rules look at it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ApprovableTask {
    pub task_id: TaskId,
    pub parent_id: Option<TaskId>,
    pub mentorship_id: MentorshipId,
    pub title: String,
    pub status: TaskStatus,
    pub owner: TaskOwner,
    pub owner_id: UserId,
    pub submitted_at: Option<DateTime<Utc>>,
    pub subtasks: i64,
    pub subtasks_done: i64,
    pub mentor_id: UserId,
    pub mentee_id: UserId,
    pub mentorship_status: MentorshipStatus,
    pub parent_status: Option<TaskStatus>,
}

#[derive(Serialize)]
struct ApprovalEvent<'a> {
    mentorship_id: MentorshipId,
    task_id: TaskId,
    kind: &'static str,
    field: &'static str,
    old_value: &'static str,
    new_value: &'static str,
    comment: Option<&'a str>,
    actor_id: UserId,
    happened_at: &'a str,
    waited_seconds: Option<i64>,
}

/// How long a task had waited when it was answered.
#[must_use]
pub fn waited(submitted_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<i64> {
    submitted_at.map(|submitted_at| (now - submitted_at).num_seconds().max(0))
}

/// A statement whose `@` is a list of ids that `$N` names, in the words of both engines.
macro_rules! by_ids {
    ($head:literal, $ids:literal, $tail:literal) => {
        (
            concat!(
                $head,
                "(SELECT CAST(e.value AS BIGINT) FROM jsonb_array_elements_text(CAST(",
                $ids,
                " AS JSONB)) AS e)",
                $tail
            ),
            concat!($head, "(SELECT e.value FROM json_each(", $ids, ") AS e)", $tail),
        )
    };
}

impl Within {
    fn in_its_words(&self, (postgres, sqlite): (&'static str, &'static str)) -> &'static str {
        match self.engine() {
            Engine::Postgres => postgres,
            Engine::Sqlite => sqlite,
        }
    }

    /// What waits for the review of `reviewer`, the oldest first. Nobody reviews what they handed in themselves.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn review_queue(
        &mut self,
        reviewer: UserId,
        after: Option<(DateTime<Utc>, TaskId)>,
        limit: i64,
    ) -> Result<Vec<ReviewItem>> {
        let (after, after_id) = after.unzip();
        self.pair_query(
            "SELECT t.task_id, t.mentorship_id, t.title, t.week, t.priority, t.due_on, m.mentee_id,
                    e.name AS mentee_name, t.submitted_at, CAST(length(t.submission) AS BIGINT) AS length,
                    t.submissions AS attempt, t.files
             FROM mentorships m
             JOIN tasks t ON t.mentorship_id = m.mentorship_id AND t.status = 'submitted'
             JOIN users e ON e.user_id = m.mentee_id
             WHERE m.company_id = $1 AND ($2 IS NULL OR m.mentor_id = $3) AND m.status = 'active'
               AND m.mentee_id <> $4 AND t.submitted_at IS NOT NULL
               AND ($5 IS NULL OR (t.submitted_at, t.task_id) > ($5, $6))
             ORDER BY t.submitted_at, t.task_id LIMIT $7",
        )
        .bind(reviewer)
        .bind(after)
        .bind(after_id)
        .bind(limit)
        .all()
        .await
    }

    /// Those of these tasks that are within reach.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn approvable_tasks(&mut self, task_ids: &[TaskId]) -> Result<Vec<ApprovableTask>> {
        let sql = self.in_its_words(by_ids!(
            "SELECT t.task_id, t.parent_id, t.mentorship_id, t.title, t.status, t.owner, t.owner_id, t.submitted_at,
                    t.subtasks, t.subtasks_done, m.mentor_id, m.mentee_id, m.status AS mentorship_status,
                    o.status AS parent_status
             FROM tasks t
             JOIN mentorships m ON m.mentorship_id = t.mentorship_id
             LEFT JOIN tasks o ON o.task_id = t.parent_id
             WHERE t.company_id = $1 AND ($2 IS NULL OR m.mentee_id = $2 OR m.mentor_id = $3) AND t.task_id IN ",
            "$4",
            ""
        ));
        self.pair_query(sql).bind(json(task_ids)?).all().await
    }

    /// Approves those that still wait, with an event each; which ones did.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn approve_tasks(
        &mut self,
        tasks: &[&ApprovableTask],
        comment: Option<&str>,
        actor_id: UserId,
        now: DateTime<Utc>,
    ) -> Result<Vec<TaskId>> {
        let task_ids: Vec<TaskId> = tasks.iter().map(|task| task.task_id).collect();
        let sql = self.in_its_words(by_ids!(
            "UPDATE tasks SET status = 'done', status_comment = NULL, completed_at = $3, version = version + 1,
                    updated_at = $3
             WHERE company_id = $1 AND status = 'submitted' AND task_id IN ",
            "$2",
            " RETURNING task_id"
        ));
        let rows: Vec<(TaskId,)> = self.company_query(sql).bind(json(&task_ids)?).bind(now).all().await?;
        let approved: Vec<TaskId> = rows.into_iter().map(|(task_id,)| task_id).collect();
        let done = || tasks.iter().filter(|task| approved.contains(&task.task_id));
        let children: Vec<TaskId> =
            done().filter(|task| task.parent_id.is_some()).map(|task| task.task_id).collect();
        if !children.is_empty() {
            let sql = self.in_its_words(by_ids!(
                "UPDATE tasks SET subtasks_done = subtasks_done + added.done
                 FROM (SELECT s.parent_id AS parent_id, count(*) AS done FROM tasks s
                       WHERE s.company_id = $1 AND s.task_id IN ",
                "$2",
                " GROUP BY s.parent_id) AS added
                 WHERE tasks.company_id = $1 AND tasks.task_id = added.parent_id"
            ));
            self.company_query(sql).bind(json(&children)?).execute().await?;
        }
        let happened_at = instant(now);
        let events: Vec<ApprovalEvent<'_>> = done()
            .map(|task| ApprovalEvent {
                mentorship_id: task.mentorship_id,
                task_id: task.task_id,
                kind: "moved",
                field: "status",
                old_value: "submitted",
                new_value: "done",
                comment,
                actor_id,
                happened_at: &happened_at,
                waited_seconds: waited(task.submitted_at, now),
            })
            .collect();
        if !events.is_empty() {
            self.insert_rows(EVENTS, &events).await?;
        }
        Ok(approved)
    }
}
