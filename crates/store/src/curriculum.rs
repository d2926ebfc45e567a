//! Curricula and their drafts.
//!
//! The draft is the version without a number. What a caller may edit is not what they may read, so every
//! statement here binds the reach of editing too: `$2` is the person it is limited to or null, `$3` that
//! person's department. A change names all its conditions in its own `WHERE`; when nothing comes back the
//! caller asks [`Within::curriculum`] why.

use crate::{
    Query, Result, Within,
    bulk::{Worded, bulk_insert},
};
use chrono::{DateTime, Utc};
use contract::{
    CurriculumId, DepartmentId, UserId, VersionId,
    curriculum::{Curriculum, CurriculumPatch, CurriculumState, Draft, TemplateTask, WeekNote},
    policy::Reach,
};
use serde::Serialize;
use sqlx::types::Json;

/// A curriculum's row, for `SELECT` and `RETURNING`: SQLite knows no alias in the latter.
macro_rules! curriculum_columns {
    () => {
        "curricula.curriculum_id, curricula.company_id, curricula.department_id,
         (SELECT d.name FROM departments d WHERE d.department_id = curricula.department_id) AS department_name,
         curricula.title, curricula.description,
         CASE WHEN curricula.is_archived THEN 'archived'
              WHEN curricula.published_revision IS NULL THEN 'draft'
              ELSE 'published' END AS state,
         curricula.created_by,
         coalesce((SELECT v.total_weeks FROM curriculum_versions v
                   WHERE v.curriculum_id = curricula.curriculum_id AND coalesce(v.number, 0) = 0), 0) AS total_weeks,
         coalesce((SELECT v.task_count FROM curriculum_versions v
                   WHERE v.curriculum_id = curricula.curriculum_id AND coalesce(v.number, 0) = 0), 0) AS task_count,
         (SELECT v.version_id FROM curriculum_versions v
          WHERE v.curriculum_id = curricula.curriculum_id AND coalesce(v.number, 0) > 0
          ORDER BY coalesce(v.number, 0) DESC LIMIT 1) AS latest_version_id,
         (SELECT max(v.number) FROM curriculum_versions v
          WHERE v.curriculum_id = curricula.curriculum_id) AS latest_number,
         coalesce(curricula.published_revision <> curricula.revision, TRUE) AS has_changes,
         (SELECT count(DISTINCT s.mentorship_id) FROM mentorship_sources s
          JOIN mentorships m ON m.mentorship_id = s.mentorship_id AND m.status IN ('active', 'paused')
          WHERE s.company_id = curricula.company_id AND s.curriculum_id = curricula.curriculum_id) AS in_use,
         curricula.revision, curricula.updated_at,
         coalesce(CAST($2 AS BIGINT) IS NULL OR curricula.created_by = $2 OR curricula.department_id = $3, FALSE)
             AS can_edit"
    };
}

/// What a change may touch.
macro_rules! editable {
    () => {
        "curricula.company_id = $1 AND curricula.curriculum_id = $4
         AND (CAST($2 AS BIGINT) IS NULL OR curricula.created_by = $2 OR curricula.department_id = $3)"
    };
}
pub(crate) use {curriculum_columns, editable};

/// A task's row; the company and the version are said beside it.
pub(crate) const TASKS: Worded = bulk_insert!(template_tasks (
    version_id BIGINT, key TEXT, week BIGINT, position BIGINT, title TEXT, guideline TEXT, submission_form TEXT,
    priority TEXT, starts_after BIGINT, duration BIGINT, kind TEXT, owner TEXT, depends_on JSONB, is_required BOOLEAN
));

#[derive(Serialize)]
struct TaskRow<'a> {
    version_id: VersionId,
    position: i64,
    #[serde(flatten)]
    task: &'a TemplateTask,
}

/// Which curricula a list shows.
#[derive(Debug, Clone, Default)]
pub struct CurriculumQuery {
    /// A `LIKE` pattern with `\` as its escape, for the folded title.
    pub pattern: Option<String>,
    pub state: Option<CurriculumState>,
    pub department_id: Option<DepartmentId>,
    /// The last one seen.
    pub after: Option<(DateTime<Utc>, CurriculumId)>,
    pub skip: i64,
    pub limit: i64,
}

/// The words of a curriculum, and where it belongs.
#[derive(Debug, Clone)]
pub struct CurriculumText {
    pub title: String,
    /// What a search by title looks through.
    pub title_key: String,
    pub description: String,
    pub department_id: Option<DepartmentId>,
}

impl Within {
    /// A statement whose `$1` is the company, `$2` the person editing is limited to or null, `$3` their department.
    pub(crate) fn edit_query(&mut self, editing: &Reach, sql: &'static str) -> Query<'_> {
        self.company_query(sql).bind(editing.person()).bind(editing.department())
    }

    /// The newest change first.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn curricula(&mut self, editing: &Reach, query: CurriculumQuery) -> Result<Vec<Curriculum>> {
        self.edit_query(
            editing,
            concat!(
                "SELECT ",
                curriculum_columns!(),
                " FROM curricula
                 WHERE curricula.company_id = $1
                   AND (CAST($4 AS TEXT) IS NULL OR curricula.title_key LIKE $4 ESCAPE '\\')
                   AND (CAST($5 AS TEXT) IS NULL OR $5 = CASE WHEN curricula.is_archived THEN 'archived'
                        WHEN curricula.published_revision IS NULL THEN 'draft' ELSE 'published' END)
                   AND (CAST($6 AS BIGINT) IS NULL OR curricula.department_id = $6)
                   AND (CAST($8 AS BIGINT) IS NULL OR (curricula.updated_at, curricula.curriculum_id) < ($7, $8))
                 ORDER BY curricula.updated_at DESC, curricula.curriculum_id DESC
                 LIMIT $9 OFFSET $10"
            ),
        )
        .bind(query.pattern)
        .bind(query.state.map(CurriculumState::as_str))
        .bind(query.department_id)
        .bind(query.after.map(|(at, _)| at))
        .bind(query.after.map(|(_, curriculum_id)| curriculum_id))
        .bind(query.limit)
        .bind(query.skip)
        .all()
        .await
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn curriculum(
        &mut self,
        editing: &Reach,
        curriculum_id: CurriculumId,
    ) -> Result<Option<Curriculum>> {
        self.edit_query(
            editing,
            concat!(
                "SELECT ",
                curriculum_columns!(),
                " FROM curricula WHERE curricula.company_id = $1 AND curricula.curriculum_id = $4"
            ),
        )
        .bind(curriculum_id)
        .optional()
        .await
    }

    /// Makes a curriculum with its draft; `None` when there is no such department.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn create_curriculum(
        &mut self,
        editing: &Reach,
        text: CurriculumText,
        (draft, total_weeks): (&Draft, i64),
        created_by: UserId,
        now: DateTime<Utc>,
    ) -> Result<Option<Curriculum>> {
        let created: Option<Curriculum> = self
            .edit_query(
                editing,
                concat!(
                    "INSERT INTO curricula (company_id, department_id, title, title_key, description, is_archived,
                                            created_by, revision, created_at, updated_at)
                     SELECT companies.company_id, $4, $5, $6, $7, FALSE, $8, 1, $9, $9 FROM companies
                     WHERE companies.company_id = $1
                       AND (CAST($4 AS BIGINT) IS NULL
                            OR EXISTS (SELECT 1 FROM departments d WHERE d.company_id = $1 AND d.department_id = $4))
                     RETURNING ",
                    curriculum_columns!()
                ),
            )
            .bind(text.department_id)
            .bind(text.title)
            .bind(text.title_key)
            .bind(text.description)
            .bind(created_by)
            .bind(now)
            .optional()
            .await?;
        let Some(mut curriculum) = created else { return Ok(None) };
        let (version_id,): (VersionId,) = self
            .company_query(
                "INSERT INTO curriculum_versions (company_id, curriculum_id, note, week_notes, total_weeks, task_count)
                 VALUES ($1, $2, '', $3, $4, $5) RETURNING version_id",
            )
            .bind(curriculum.curriculum_id)
            .bind(Json(draft.week_notes.clone()))
            .bind(total_weeks)
            .bind(count(draft))
            .one()
            .await?;
        self.insert_tasks(version_id, &draft.tasks).await?;
        (curriculum.total_weeks, curriculum.task_count) = (total_weeks, count(draft));
        Ok(Some(curriculum))
    }

    /// Changes what the patch names. The draft is as published as it was before: it is not touched.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn update_curriculum(
        &mut self,
        editing: &Reach,
        curriculum_id: CurriculumId,
        patch: CurriculumPatch,
        title_key: Option<String>,
        if_match: Option<i64>,
        now: DateTime<Utc>,
    ) -> Result<Option<Curriculum>> {
        self.edit_query(
            editing,
            concat!(
                "UPDATE curricula
                 SET title = coalesce($5, title), title_key = coalesce($6, title_key),
                     description = coalesce($7, description),
                     department_id = CASE WHEN $8 THEN $9 ELSE department_id END,
                     is_archived = coalesce($10, is_archived),
                     published_revision = CASE WHEN published_revision = revision THEN revision + 1
                                               ELSE published_revision END,
                     revision = revision + 1, updated_at = $11
                 WHERE ",
                editable!(),
                "  AND (CAST($12 AS BIGINT) IS NULL OR curricula.revision = $12)
                   AND (CAST($9 AS BIGINT) IS NULL
                        OR EXISTS (SELECT 1 FROM departments d WHERE d.company_id = $1 AND d.department_id = $9))
                 RETURNING ",
                curriculum_columns!()
            ),
        )
        .bind(curriculum_id)
        .bind(patch.title)
        .bind(title_key)
        .bind(patch.description)
        .bind(patch.department_id.is_some())
        .bind(patch.department_id.flatten())
        .bind(patch.is_archived)
        .bind(now)
        .bind(if_match)
        .optional()
        .await
    }

    /// Deletes a curriculum that was never published.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn delete_curriculum(&mut self, editing: &Reach, curriculum_id: CurriculumId) -> Result<bool> {
        let deleted = self
            .edit_query(
                editing,
                concat!(
                    "DELETE FROM curricula WHERE ",
                    editable!(),
                    " AND curricula.published_revision IS NULL"
                ),
            )
            .bind(curriculum_id)
            .execute()
            .await?;
        Ok(deleted > 0)
    }

    /// Replaces the draft, unless it is archived or no longer at the revision asked for.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn save_draft(
        &mut self,
        editing: &Reach,
        curriculum_id: CurriculumId,
        (draft, total_weeks): (&Draft, i64),
        if_match: Option<i64>,
        now: DateTime<Utc>,
    ) -> Result<Option<Curriculum>> {
        let changed: Option<Curriculum> = self
            .edit_query(
                editing,
                concat!(
                    "UPDATE curricula SET revision = revision + 1, updated_at = $5
                     WHERE ",
                    editable!(),
                    "  AND NOT curricula.is_archived AND (CAST($6 AS BIGINT) IS NULL OR curricula.revision = $6)
                     RETURNING ",
                    curriculum_columns!()
                ),
            )
            .bind(curriculum_id)
            .bind(now)
            .bind(if_match)
            .optional()
            .await?;
        let Some(mut curriculum) = changed else { return Ok(None) };
        let (version_id,): (VersionId,) = self
            .company_query(
                "UPDATE curriculum_versions SET week_notes = $3, total_weeks = $4, task_count = $5
                 WHERE company_id = $1 AND curriculum_id = $2 AND coalesce(number, 0) = 0 RETURNING version_id",
            )
            .bind(curriculum_id)
            .bind(Json(draft.week_notes.clone()))
            .bind(total_weeks)
            .bind(count(draft))
            .one()
            .await?;
        self.company_query("DELETE FROM template_tasks WHERE company_id = $1 AND version_id = $2")
            .bind(version_id)
            .execute()
            .await?;
        self.insert_tasks(version_id, &draft.tasks).await?;
        (curriculum.total_weeks, curriculum.task_count) = (total_weeks, count(draft));
        Ok(Some(curriculum))
    }

    /// Writes a version's tasks; each one's position is its place among those of its week.
    async fn insert_tasks(&mut self, version_id: VersionId, tasks: &[TemplateTask]) -> Result<()> {
        let mut placed = std::collections::HashMap::<i64, i64>::new();
        let rows: Vec<TaskRow<'_>> = tasks
            .iter()
            .map(|task| {
                let position = placed.entry(task.week).or_default();
                *position += 1;
                TaskRow { version_id, position: *position, task }
            })
            .collect();
        self.insert_rows(TASKS, &rows).await.map(drop)
    }

    /// What the weeks of the draft, or of a version, are about; `None` without such a version.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn week_notes(
        &mut self,
        curriculum_id: CurriculumId,
        number: Option<i64>,
    ) -> Result<Option<Vec<WeekNote>>> {
        let notes: Option<(Json<Vec<WeekNote>>,)> = self
            .company_query(
                "SELECT week_notes FROM curriculum_versions
                 WHERE company_id = $1 AND curriculum_id = $2 AND coalesce(number, 0) = $3",
            )
            .bind(curriculum_id)
            .bind(number.unwrap_or(0))
            .optional()
            .await?;
        Ok(notes.map(|(Json(notes),)| notes))
    }

    /// The tasks of the draft, or of a version, by week and in order.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn template_tasks(
        &mut self,
        curriculum_id: CurriculumId,
        number: Option<i64>,
    ) -> Result<Vec<TemplateTask>> {
        self.company_query(
            "SELECT t.key, t.week, t.title, t.guideline, t.submission_form, t.priority, t.starts_after, t.duration,
                    t.kind, t.owner, t.depends_on, t.is_required
             FROM curriculum_versions v
             JOIN template_tasks t ON t.version_id = v.version_id
             WHERE v.company_id = $1 AND v.curriculum_id = $2 AND coalesce(v.number, 0) = $3
             ORDER BY t.week, t.position, t.template_task_id",
        )
        .bind(curriculum_id)
        .bind(number.unwrap_or(0))
        .all()
        .await
    }
}

fn count(draft: &Draft) -> i64 {
    i64::try_from(draft.tasks.len()).unwrap_or(i64::MAX)
}
