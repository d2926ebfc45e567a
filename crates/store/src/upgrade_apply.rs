//! Writing one plan's upgrade, and writing it back: few statements, however many tasks.

use crate::{
    Engine, Result, Within,
    bulk::{instant, json},
    mentorship_plan::Planned,
    mentorship_start::{COPY_TASKS, PlanTask},
    task_events::EVENTS,
};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    CurriculumId, MentorshipId, TaskId, TemplateTaskId, UserId,
    curriculum::{Priority, TaskKind, TaskOwner},
    curriculum_diff::TaskField,
    mentorship::PlanSource,
    tasks::{EventKind, TaskStatus},
};
use serde::{Deserialize, Serialize};
use sqlx::types::Json;

/// A task as it is to be, if it still has this version. Texts come from the template that is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskRewrite {
    pub task_id: TaskId,
    pub version: i64,
    pub template_task_id: Option<TemplateTaskId>,
    pub takes_title: bool,
    pub takes_guideline: bool,
    pub takes_submission: bool,
    pub week: i64,
    pub position: i64,
    pub priority: Priority,
    pub kind: TaskKind,
    pub owner: TaskOwner,
    pub owner_id: UserId,
    pub is_required: bool,
    pub starts_on: NaiveDate,
    pub due_on: NaiveDate,
    /// None where the dates alone tell.
    pub planned: Option<Planned>,
    pub depends_on: Vec<String>,
    pub status: TaskStatus,
    pub status_comment: Option<String>,
}

/// The frame of a plan: its last day, its length, what it was made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanFrame {
    pub end_on: NaiveDate,
    pub total_weeks: i64,
    /// The last day without regard to due dates, where the weeks alone do not tell.
    pub least_end_on: Option<NaiveDate>,
    pub sources: Vec<PlanSource>,
}

/// What is recorded of one task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UpgradeEvent {
    Added(TaskId),
    Changed(TaskId, TaskField),
    Dropped(TaskId),
    /// A drop taken back.
    Returned(TaskId),
}

/// The rows are unfolded once: else SQLite reads their JSON anew for each task. The ids stand beside the join, so that it
/// looks the tasks up instead of walking the company's.
macro_rules! rewrite {
    ($rows:literal) => {
        concat!(
            "WITH r AS MATERIALIZED (",
            $rows,
            ")
             UPDATE tasks
             SET title = CASE WHEN r.takes_title THEN n.title ELSE tasks.title END,
                 guideline = CASE WHEN r.takes_guideline THEN n.guideline ELSE tasks.guideline END,
                 submission = CASE WHEN r.takes_submission THEN n.submission_form ELSE tasks.submission END,
                 template_task_id = coalesce(r.template_task_id, tasks.template_task_id),
                 week = r.week, position = r.position, priority = r.priority, kind = r.kind, owner = r.owner,
                 owner_id = r.owner_id, is_required = r.is_required, starts_on = r.starts_on, due_on = r.due_on,
                 planned = r.planned, depends_on = r.depends_on, status = r.status, status_comment = r.status_comment,
                 version = tasks.version + 1, updated_at = $3
             FROM r LEFT JOIN template_tasks n ON n.template_task_id = r.template_task_id AND n.company_id = $1
             WHERE tasks.company_id = $1 AND tasks.task_id = r.task_id AND tasks.version = r.version
               AND tasks.task_id IN (SELECT task_id FROM r)"
        )
    };
}

impl Within {
    /// Rewrites tasks and counts those that still had their version.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn rewrite_tasks(&mut self, rows: &[TaskRewrite], now: DateTime<Utc>) -> Result<usize> {
        if rows.is_empty() {
            return Ok(0);
        }
        let sql = match self.engine() {
            Engine::Postgres => rewrite!(
                "SELECT * FROM jsonb_to_recordset(CAST($2 AS JSONB)) AS x (
                     task_id BIGINT, version BIGINT, template_task_id BIGINT, takes_title BOOLEAN,
                     takes_guideline BOOLEAN, takes_submission BOOLEAN, week BIGINT, position BIGINT, priority TEXT,
                     kind TEXT, owner TEXT, owner_id BIGINT, is_required BOOLEAN, starts_on DATE, due_on DATE,
                     planned JSONB, depends_on JSONB, status TEXT, status_comment TEXT)"
            ),
            Engine::Sqlite => rewrite!(
                "SELECT value ->> 'task_id' AS task_id, value ->> 'version' AS version,
                        value ->> 'template_task_id' AS template_task_id, value ->> 'takes_title' AS takes_title,
                        value ->> 'takes_guideline' AS takes_guideline,
                        value ->> 'takes_submission' AS takes_submission, value ->> 'week' AS week,
                        value ->> 'position' AS position, value ->> 'priority' AS priority, value ->> 'kind' AS kind,
                        value ->> 'owner' AS owner, value ->> 'owner_id' AS owner_id,
                        value ->> 'is_required' AS is_required, value ->> 'starts_on' AS starts_on,
                        value ->> 'due_on' AS due_on, value ->> 'depends_on' AS depends_on,
                        value ->> 'planned' AS planned,
                        value ->> 'status' AS status, value ->> 'status_comment' AS status_comment
                 FROM json_each($2)"
            ),
        };
        let rewritten = self.company_query(sql).bind(json(rows)?).bind(now).execute().await?;
        Ok(usize::try_from(rewritten).unwrap_or(usize::MAX))
    }

    /// Adds tasks of a version to a running plan; their ids, in the order of their positions.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn add_template_tasks(
        &mut self,
        mentorship_id: MentorshipId,
        tasks: &[PlanTask],
        now: DateTime<Utc>,
    ) -> Result<Vec<(TaskId, String)>> {
        if tasks.is_empty() {
            return Ok(Vec::new());
        }
        let rows = json(tasks)?;
        self.by_engine(COPY_TASKS).bind(rows).bind(mentorship_id).bind(now).all().await
    }

    /// Takes added tasks out again, if nobody touched them; counts those that went.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn remove_added(&mut self, mentorship_id: MentorshipId, tasks: &[TaskId]) -> Result<usize> {
        if tasks.is_empty() {
            return Ok(0);
        }
        macro_rules! remove {
            ($tasks:literal) => {
                concat!(
                    "DELETE FROM tasks WHERE company_id = $1 AND mentorship_id = $2 AND task_id IN (",
                    $tasks,
                    ") AND status = 'todo' AND version = 1 AND memos = 0 AND subtasks = 0
                       AND files = 0"
                )
            };
        }
        let sql = match self.engine() {
            Engine::Postgres => {
                remove!("SELECT CAST(x AS BIGINT) FROM jsonb_array_elements_text(CAST($3 AS JSONB)) x")
            }
            Engine::Sqlite => remove!("SELECT value FROM json_each($3)"),
        };
        let removed = self.company_query(sql).bind(mentorship_id).bind(json(tasks)?).execute().await?;
        Ok(usize::try_from(removed).unwrap_or(usize::MAX))
    }

    /// Sets the frame of a running plan and the versions of one curriculum it is on; `false` when it is over.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn set_plan_frame(
        &mut self,
        mentorship_id: MentorshipId,
        frame: &PlanFrame,
        curriculum_id: CurriculumId,
    ) -> Result<bool> {
        let set = self
            .company_query(
                "UPDATE mentorships SET end_on = $3, total_weeks = $4, sources = $5, least_end_on = $6, revision = revision + 1
                 WHERE company_id = $1 AND mentorship_id = $2 AND status IN ('active', 'paused')",
            )
            .bind(mentorship_id)
            .bind(frame.end_on)
            .bind(frame.total_weeks)
            .bind(Json(frame.sources.clone()))
            .bind(frame.least_end_on)
            .execute()
            .await?;
        if set == 0 {
            return Ok(false);
        }
        self.company_query(
            "DELETE FROM mentorship_sources WHERE company_id = $1 AND mentorship_id = $2 AND curriculum_id = $3",
        )
        .bind(mentorship_id)
        .bind(curriculum_id)
        .execute()
        .await?;
        let own = frame.sources.iter().filter(|source| source.curriculum_id == curriculum_id);
        let own: Vec<PlanSource> = own.cloned().collect();
        self.keep_sources(mentorship_id, &own).await?;
        Ok(true)
    }

    /// Records what became of the tasks of one plan, with one statement.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn record_upgrade(
        &mut self,
        mentorship_id: MentorshipId,
        events: &[UpgradeEvent],
        comment: &str,
        actor_id: UserId,
        now: DateTime<Utc>,
    ) -> Result<()> {
        if events.is_empty() {
            return Ok(());
        }
        let (todo, skipped) = (Some(TaskStatus::Todo.as_str()), Some(TaskStatus::Skipped.as_str()));
        let happened_at = instant(now);
        let rows: Vec<serde_json::Value> = events
            .iter()
            .map(|event| {
                let (task_id, kind, field, old, new) = match event {
                    UpgradeEvent::Added(task_id) => (task_id, EventKind::Created, None, None, None),
                    UpgradeEvent::Changed(task_id, field) => {
                        (task_id, EventKind::Edited, Some(field.as_str()), None, None)
                    }
                    UpgradeEvent::Dropped(task_id) => {
                        (task_id, EventKind::Moved, Some("status"), todo, skipped)
                    }
                    UpgradeEvent::Returned(task_id) => {
                        (task_id, EventKind::Moved, Some("status"), skipped, todo)
                    }
                };
                serde_json::json!({
                    "mentorship_id": mentorship_id, "task_id": task_id, "kind": kind, "field": field,
                    "old_value": old, "new_value": new, "comment": comment, "actor_id": actor_id,
                    "happened_at": happened_at,
                })
            })
            .collect();
        self.insert_rows(EVENTS, &rows).await.map(drop)
    }
}
