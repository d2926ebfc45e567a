//! Two versions side by side, and drafts put aside when an older version takes their place.

use crate::{Result, Within, curriculum::editable};
use chrono::{DateTime, Utc};
use contract::{
    CurriculumId, UserId,
    curriculum::{Draft, TemplateTask, WeekNote},
    curriculum_diff::KeptDraft,
    policy::Reach,
};
use sqlx::types::Json;

/// A template task beside the number of its version; 0 for the draft.
#[derive(sqlx::FromRow)]
struct Numbered {
    number: i64,
    #[sqlx(flatten)]
    task: TemplateTask,
}

/// What it came from, the draft, who kept it, when.
type KeptRow = (Option<i64>, Json<Draft>, Option<String>, DateTime<Utc>);

impl Within {
    /// Two versions of a curriculum, 0 for the draft; `None` where there is no such version.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn two_versions(
        &mut self,
        curriculum_id: CurriculumId,
        (one, other): (i64, i64),
    ) -> Result<(Option<Draft>, Option<Draft>)> {
        let notes: Vec<(i64, Json<Vec<WeekNote>>)> = self
            .company_query(
                "SELECT coalesce(number, 0), week_notes FROM curriculum_versions
                 WHERE company_id = $1 AND curriculum_id = $2 AND coalesce(number, 0) IN ($3, $4)",
            )
            .bind(curriculum_id)
            .bind(one)
            .bind(other)
            .all()
            .await?;
        let tasks: Vec<Numbered> = self
            .company_query(
                "SELECT coalesce(v.number, 0) AS number, t.key, t.week, t.title, t.guideline, t.submission_form,
                        t.priority, t.starts_after, t.duration, t.kind, t.owner, t.depends_on, t.is_required
                 FROM curriculum_versions v
                 JOIN template_tasks t ON t.version_id = v.version_id
                 WHERE v.company_id = $1 AND v.curriculum_id = $2 AND coalesce(v.number, 0) IN ($3, $4)
                 ORDER BY t.week, t.position, t.template_task_id",
            )
            .bind(curriculum_id)
            .bind(one)
            .bind(other)
            .all()
            .await?;
        let draft = |wanted: i64| {
            let Json(week_notes) = notes.iter().find(|(number, _)| *number == wanted)?.1.clone();
            let own = tasks.iter().filter(|task| task.number == wanted);
            Some(Draft { week_notes, tasks: own.map(|task| task.task.clone()).collect() })
        };
        Ok((draft(one), draft(other)))
    }

    /// Puts a draft aside, in place of one that was kept before.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn keep_draft(
        &mut self,
        curriculum_id: CurriculumId,
        draft: &Draft,
        number: Option<i64>,
        kept_by: UserId,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.company_query(
            "INSERT INTO kept_drafts (company_id, curriculum_id, draft, number, kept_by, kept_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (curriculum_id) DO UPDATE
             SET draft = excluded.draft, number = excluded.number, kept_by = excluded.kept_by,
                 kept_at = excluded.kept_at",
        )
        .bind(curriculum_id)
        .bind(Json(draft.clone()))
        .bind(number)
        .bind(kept_by)
        .bind(now)
        .execute()
        .await
        .map(drop)
    }

    /// Takes the draft that was put aside, if the caller may edit the curriculum.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn take_kept_draft(
        &mut self,
        editing: &Reach,
        curriculum_id: CurriculumId,
    ) -> Result<Option<Draft>> {
        let kept: Option<(Json<Draft>,)> = self
            .edit_query(
                editing,
                concat!(
                    "SELECT k.draft FROM kept_drafts k JOIN curricula ON curricula.curriculum_id = k.curriculum_id
                     WHERE ",
                    editable!()
                ),
            )
            .bind(curriculum_id)
            .optional()
            .await?;
        Ok(kept.map(|(Json(draft),)| draft))
    }

    /// What is told of the draft that was put aside.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn kept_draft(&mut self, curriculum_id: CurriculumId) -> Result<Option<KeptDraft>> {
        let kept: Option<KeptRow> = self
            .company_query(
                "SELECT k.number, k.draft, u.name, k.kept_at FROM kept_drafts k
                 LEFT JOIN users u ON u.user_id = k.kept_by
                 WHERE k.company_id = $1 AND k.curriculum_id = $2",
            )
            .bind(curriculum_id)
            .optional()
            .await?;
        Ok(kept.map(|(number, Json(draft), kept_by_name, kept_at)| KeptDraft {
            number,
            task_count: i64::try_from(draft.tasks.len()).unwrap_or(i64::MAX),
            kept_by_name,
            kept_at,
        }))
    }
}
