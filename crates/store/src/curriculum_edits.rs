//! Edits of a draft: opening it under a lock, writing only the rows that changed, and the record of what changed.
//!
//! A revision without a record was made by replacing the draft as a whole.

use crate::{
    Result, Within,
    bulk::{Worded, bulk_insert, json},
    curriculum::{curriculum_columns, editable},
};
use chrono::{DateTime, Utc};
use contract::{
    CurriculumId, UserId, VersionId,
    curriculum::{Curriculum, Draft, TemplateTask, WeekNote},
    policy::Reach,
};
use serde::Serialize;
use sqlx::types::Json;

/// How many revisions back edits can be merged.
const KEPT: i64 = 500;

/// A task's row, new or in place of the one with its key.
const CHANGED: Worded = bulk_insert!(template_tasks (
    version_id BIGINT, key TEXT, week BIGINT, position BIGINT, title TEXT, guideline TEXT, submission_form TEXT,
    priority TEXT, starts_after BIGINT, duration BIGINT, kind TEXT, owner TEXT, depends_on JSONB, is_required BOOLEAN
) "ON CONFLICT (version_id, key) DO UPDATE SET
    week = excluded.week, position = excluded.position, title = excluded.title, guideline = excluded.guideline,
    submission_form = excluded.submission_form, priority = excluded.priority, starts_after = excluded.starts_after,
    duration = excluded.duration, kind = excluded.kind, owner = excluded.owner, depends_on = excluded.depends_on,
    is_required = excluded.is_required");

/// `$3` is the version; a list of keys unfolds in the words of each engine.
const REMOVED: Worded = Worded {
    postgres: "DELETE FROM template_tasks WHERE company_id = $1 AND version_id = $3
               AND key IN (SELECT jsonb_array_elements_text(CAST($2 AS JSONB)))",
    sqlite: "DELETE FROM template_tasks WHERE company_id = $1 AND version_id = $3
             AND key IN (SELECT value FROM json_each($2))",
};

/// A draft that is being edited, at its next revision.
#[derive(Debug, Clone)]
pub struct OpenDraft {
    pub curriculum: Curriculum,
    pub version_id: VersionId,
    pub draft: Draft,
}

/// What one revision changed, as the rules wrote it down.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct LoggedEdits {
    pub revision: i64,
    pub edited_by: Option<UserId>,
    pub edited_by_name: Option<String>,
    #[sqlx(json)]
    pub edits: serde_json::Value,
}

/// A task and its place among those of its week.
#[derive(Debug, Clone, Serialize)]
pub struct PlacedRow {
    pub version_id: VersionId,
    pub position: i64,
    #[serde(flatten)]
    pub task: TemplateTask,
}

/// What edits made of a draft.
#[derive(Debug, Clone)]
pub struct EditedDraft {
    pub version_id: VersionId,
    pub week_notes: Vec<WeekNote>,
    pub total_weeks: i64,
    pub task_count: i64,
    /// Those that are new, changed or elsewhere.
    pub rows: Vec<PlacedRow>,
    pub removed: Vec<String>,
}

impl Within {
    /// Counts the draft's next revision, which keeps others waiting, and reads it; `None` when it is archived or
    /// not the caller's to edit.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn open_draft(
        &mut self,
        editing: &Reach,
        curriculum_id: CurriculumId,
        now: DateTime<Utc>,
    ) -> Result<Option<OpenDraft>> {
        let opened: Option<Curriculum> = self
            .edit_query(
                editing,
                concat!(
                    "UPDATE curricula SET revision = revision + 1, updated_at = $5
                     WHERE ",
                    editable!(),
                    " AND NOT curricula.is_archived
                     RETURNING ",
                    curriculum_columns!()
                ),
            )
            .bind(curriculum_id)
            .bind(now)
            .optional()
            .await?;
        let Some(curriculum) = opened else { return Ok(None) };
        let (version_id, Json(week_notes)): (VersionId, Json<Vec<WeekNote>>) = self
            .company_query(
                "SELECT version_id, week_notes FROM curriculum_versions
                 WHERE company_id = $1 AND curriculum_id = $2 AND coalesce(number, 0) = 0",
            )
            .bind(curriculum_id)
            .one()
            .await?;
        let tasks = self.template_tasks(curriculum_id, None).await?;
        Ok(Some(OpenDraft { curriculum, version_id, draft: Draft { week_notes, tasks } }))
    }

    /// What was recorded of the revisions after `since`, in order.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn logged_edits(
        &mut self,
        curriculum_id: CurriculumId,
        since: i64,
    ) -> Result<Vec<LoggedEdits>> {
        self.company_query(
            "SELECT e.revision, e.edited_by, u.name AS edited_by_name, e.edits
             FROM curriculum_edits e
             LEFT JOIN users u ON u.user_id = e.edited_by
             WHERE e.company_id = $1 AND e.curriculum_id = $2 AND e.revision > $3
             ORDER BY e.revision",
        )
        .bind(curriculum_id)
        .bind(since)
        .all()
        .await
    }

    /// Writes what edits made of the draft, and records them under its revision.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn write_edits(
        &mut self,
        curriculum: &Curriculum,
        edited: EditedDraft,
        (edits, edited_by): (serde_json::Value, UserId),
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.company_query(
            "UPDATE curriculum_versions SET week_notes = $3, total_weeks = $4, task_count = $5
             WHERE company_id = $1 AND version_id = $2",
        )
        .bind(edited.version_id)
        .bind(Json(edited.week_notes))
        .bind(edited.total_weeks)
        .bind(edited.task_count)
        .execute()
        .await?;
        if !edited.removed.is_empty() {
            let keys = json(&edited.removed)?;
            self.by_engine(REMOVED).bind(keys).bind(edited.version_id).execute().await?;
        }
        self.insert_rows(CHANGED, &edited.rows).await?;
        self.company_query(
            "INSERT INTO curriculum_edits (company_id, curriculum_id, revision, edited_by, edits, edited_at)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(curriculum.curriculum_id)
        .bind(curriculum.revision)
        .bind(edited_by)
        .bind(Json(edits))
        .bind(now)
        .execute()
        .await?;
        // Now and then is enough: a few rows too many cost nothing.
        if curriculum.revision % 64 == 0 {
            self.company_query(
                "DELETE FROM curriculum_edits WHERE company_id = $1 AND curriculum_id = $2 AND revision <= $3",
            )
            .bind(curriculum.curriculum_id)
            .bind(curriculum.revision - KEPT)
            .execute()
            .await?;
        }
        Ok(())
    }
}
