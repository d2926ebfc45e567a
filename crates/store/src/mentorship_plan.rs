//! A running plan's dates, read whole and changed whole.
//!
//! Every changed row must still have the version that was read; one that hasn't undoes all of it.

use crate::{
    Result, Within,
    bulk::{Worded, instant},
    task_events::EVENTS,
};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    MentorshipId, TaskId, UserId,
    curriculum::{Priority, TaskKind, TaskOwner},
    mentorship::{Mentorship, MentorshipStatus},
    tasks::TaskStatus,
};
use serde::{Deserialize, Serialize};

/// Where a task stands apart from its dates: the day its first week counts from, the week, and working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    pub from: NaiveDate,
    pub week: i64,
    pub starts_after: i64,
    pub duration: i64,
}

/// A mentorship with what its dates are counted from.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Standing {
    #[sqlx(flatten)]
    pub mentorship: Mentorship,
    /// The last day without regard to due dates.
    pub least_end_on: Option<NaiveDate>,
}

/// What of a task matters for moving it.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct StandingTask {
    pub task_id: TaskId,
    pub title: String,
    pub week: i64,
    pub position: i64,
    pub kind: TaskKind,
    pub owner: TaskOwner,
    pub priority: Priority,
    pub status: TaskStatus,
    pub status_comment: Option<String>,
    pub starts_on: NaiveDate,
    pub due_on: NaiveDate,
    #[sqlx(json(nullable))]
    pub planned: Option<Planned>,
    pub version: i64,
}

/// A task's new row. `bump` is 0 when only its place among the others changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MovedTask {
    pub task_id: TaskId,
    pub version: i64,
    pub bump: i64,
    pub week: i64,
    pub position: i64,
    pub starts_on: NaiveDate,
    pub due_on: NaiveDate,
    pub planned: Option<Planned>,
    pub status: TaskStatus,
    pub status_comment: Option<String>,
}

/// A task that is added to a running plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AddedRow {
    pub title: String,
    pub guideline: String,
    pub week: i64,
    pub position: i64,
    pub priority: Priority,
    pub owner_id: UserId,
    pub is_required: bool,
    pub starts_on: NaiveDate,
    pub due_on: NaiveDate,
}

/// A mentorship's new dates and state.
#[derive(Debug, Clone, PartialEq)]
pub struct NewDates {
    pub start_on: NaiveDate,
    pub end_on: NaiveDate,
    pub least_end_on: NaiveDate,
    pub total_weeks: i64,
    pub status: MentorshipStatus,
    pub paused_on: Option<NaiveDate>,
}

/// One changed field of one task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MovedEvent {
    pub task_id: TaskId,
    pub kind: &'static str,
    pub field: Option<&'static str>,
    pub old_value: Option<String>,
    pub new_value: Option<String>,
    pub comment: Option<String>,
}

/// `$1` is the company, `$2` the rows, `$3` the mentorship, `$4` the instant. The rows are unfolded once.
macro_rules! move_tasks {
    ($rows:literal) => {
        concat!(
            "WITH r AS MATERIALIZED (",
            $rows,
            ")
             UPDATE tasks AS t
             SET week = r.week, position = r.position, starts_on = r.starts_on, due_on = r.due_on,
                 planned = r.planned, status = r.status, status_comment = r.status_comment,
                 version = t.version + r.bump,
                 updated_at = CASE WHEN r.bump > 0 THEN $4 ELSE t.updated_at END
             FROM r
             WHERE t.company_id = $1 AND t.mentorship_id = $3 AND t.task_id = r.task_id AND t.version = r.version"
        )
    };
}

const MOVE_TASKS: Worded = Worded {
    postgres: move_tasks!(
        "SELECT * FROM jsonb_to_recordset(CAST($2 AS JSONB))
                  AS x (task_id BIGINT, version BIGINT, bump BIGINT, week BIGINT, position BIGINT, starts_on DATE,
                        due_on DATE, planned JSONB, status TEXT, status_comment TEXT)"
    ),
    sqlite: move_tasks!(
        "SELECT value ->> 'task_id' AS task_id, value ->> 'version' AS version, value ->> 'bump' AS bump,
                value ->> 'week' AS week, value ->> 'position' AS position, value ->> 'starts_on' AS starts_on,
                value ->> 'due_on' AS due_on, value ->> 'planned' AS planned, value ->> 'status' AS status,
                value ->> 'status_comment' AS status_comment
         FROM json_each($2)"
    ),
};

/// `$1` is the company, `$2` the rows, `$3` the mentorship, `$4` the instant.
macro_rules! add_tasks {
    ($rows:literal) => {
        concat!(
            "INSERT INTO tasks (company_id, mentorship_id, title, guideline, submission, week, position, priority, kind,
                                owner, owner_id, is_required, starts_on, due_on, status, submissions, version,
                                subtasks, subtasks_done, memos, updated_at)
             SELECT $1, $3, r.title, r.guideline, '', r.week, r.position, r.priority, 'task', 'mentee', r.owner_id,
                    r.is_required, r.starts_on, r.due_on, 'todo', 0, 1, 0, 0, 0, $4
             FROM (",
            $rows,
            ") AS r WHERE TRUE RETURNING task_id"
        )
    };
}

const ADD_TASKS: Worded = Worded {
    postgres: add_tasks!(
        "SELECT * FROM jsonb_to_recordset(CAST($2 AS JSONB))
                  AS x (title TEXT, guideline TEXT, week BIGINT, position BIGINT, priority TEXT, owner_id BIGINT,
                        is_required BOOLEAN, starts_on DATE, due_on DATE)"
    ),
    sqlite: add_tasks!(
        "SELECT value ->> 'title' AS title, value ->> 'guideline' AS guideline, value ->> 'week' AS week,
                value ->> 'position' AS position, value ->> 'priority' AS priority, value ->> 'owner_id' AS owner_id,
                value ->> 'is_required' AS is_required, value ->> 'starts_on' AS starts_on,
                value ->> 'due_on' AS due_on
         FROM json_each($2)"
    ),
};

/// `$1` is the company, `$2` the ids, `$3` the mentorship.
macro_rules! drop_tasks {
    ($ids:literal) => {
        concat!(
            "DELETE FROM tasks
             WHERE company_id = $1 AND mentorship_id = $3 AND version = 1 AND memos = 0 AND subtasks = 0 AND files = 0
               AND template_task_id IS NULL AND status = 'todo' AND task_id IN (",
            $ids,
            ")"
        )
    };
}

const DROP_TASKS: Worded = Worded {
    postgres: drop_tasks!("SELECT CAST(value AS BIGINT) FROM jsonb_array_elements_text(CAST($2 AS JSONB))"),
    sqlite: drop_tasks!("SELECT value FROM json_each($2)"),
};

#[derive(Serialize)]
struct EventRow<'a> {
    mentorship_id: MentorshipId,
    actor_id: UserId,
    happened_at: &'a str,
    #[serde(flatten)]
    event: &'a MovedEvent,
}

impl Within {
    /// A mentorship's tasks without their sub-tasks, by week and position.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn standing_tasks(&mut self, mentorship_id: MentorshipId) -> Result<Vec<StandingTask>> {
        self.company_query(
            "SELECT t.task_id, t.title, t.week, t.position, t.kind, t.owner, t.priority, t.status, t.status_comment,
                    t.starts_on, t.due_on, t.planned, t.version
             FROM tasks t WHERE t.company_id = $1 AND t.mentorship_id = $2 AND t.parent_id IS NULL
             ORDER BY t.week, t.position, t.task_id",
        )
        .bind(mentorship_id)
        .all()
        .await
    }

    /// Sets a mentorship's dates and state, if its revision is still this one.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn set_dates(
        &mut self,
        mentorship_id: MentorshipId,
        revision: i64,
        dates: &NewDates,
    ) -> Result<bool> {
        let set = self
            .company_query(
                "UPDATE mentorships
                 SET start_on = $4, end_on = $5, least_end_on = $6, total_weeks = $7, status = $8, paused_on = $9,
                     revision = revision + 1
                 WHERE company_id = $1 AND mentorship_id = $2 AND revision = $3
                   AND status IN ('active', 'paused')",
            )
            .bind(mentorship_id)
            .bind(revision)
            .bind(dates.start_on)
            .bind(dates.end_on)
            .bind(dates.least_end_on)
            .bind(dates.total_weeks)
            .bind(dates.status)
            .bind(dates.paused_on)
            .execute()
            .await?;
        Ok(set > 0)
    }

    /// A mentorship never ends before its last task is due.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn reach_end(&mut self, mentorship_id: MentorshipId, due_on: NaiveDate) -> Result<()> {
        self.company_query(
            "UPDATE mentorships SET end_on = $3, revision = revision + 1
             WHERE company_id = $1 AND mentorship_id = $2 AND end_on < $3",
        )
        .bind(mentorship_id)
        .bind(due_on)
        .execute()
        .await
        .map(drop)
    }

    /// Moves tasks, with the open sub-tasks of those whose dates change; `false` when one has another version.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn move_tasks(
        &mut self,
        mentorship_id: MentorshipId,
        tasks: &[MovedTask],
        now: DateTime<Utc>,
    ) -> Result<bool> {
        if tasks.is_empty() {
            return Ok(true);
        }
        let rows = crate::bulk::json(tasks)?;
        let moved = self.by_engine(MOVE_TASKS).bind(rows).bind(mentorship_id).bind(now).execute().await?;
        if usize::try_from(moved) != Ok(tasks.len()) {
            return Ok(false);
        }
        self.company_query(
            "UPDATE tasks AS s
             SET week = o.week, starts_on = o.starts_on, due_on = o.due_on, version = s.version + 1, updated_at = $3
             FROM tasks o
             WHERE o.task_id = s.parent_id AND o.updated_at = $3 AND s.company_id = $1 AND s.mentorship_id = $2
               AND s.status IN ('todo', 'in_progress', 'submitted', 'returned')
               AND (s.week <> o.week OR s.starts_on <> o.starts_on OR s.due_on <> o.due_on)",
        )
        .bind(mentorship_id)
        .bind(now)
        .execute()
        .await?;
        Ok(true)
    }

    /// Adds tasks to a running plan; their ids.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn add_tasks(
        &mut self,
        mentorship_id: MentorshipId,
        tasks: &[AddedRow],
        now: DateTime<Utc>,
    ) -> Result<Vec<TaskId>> {
        if tasks.is_empty() {
            return Ok(Vec::new());
        }
        let rows = crate::bulk::json(tasks)?;
        let ids: Vec<(TaskId,)> =
            self.by_engine(ADD_TASKS).bind(rows).bind(mentorship_id).bind(now).all().await?;
        Ok(ids.into_iter().map(|(task_id,)| task_id).collect())
    }

    /// Takes added tasks out again; `false` when one was touched since.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn drop_tasks(&mut self, mentorship_id: MentorshipId, tasks: &[TaskId]) -> Result<bool> {
        if tasks.is_empty() {
            return Ok(true);
        }
        let ids = crate::bulk::json(tasks)?;
        let dropped = self.by_engine(DROP_TASKS).bind(ids).bind(mentorship_id).execute().await?;
        Ok(usize::try_from(dropped) == Ok(tasks.len()))
    }

    /// Records what changed of tasks.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn record_moves(
        &mut self,
        mentorship_id: MentorshipId,
        events: &[MovedEvent],
        actor_id: UserId,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let happened_at = instant(now);
        let rows: Vec<EventRow<'_>> = events
            .iter()
            .map(|event| EventRow { mentorship_id, actor_id, happened_at: &happened_at, event })
            .collect();
        self.insert_rows(EVENTS, &rows).await.map(drop)
    }
}
