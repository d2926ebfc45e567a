//! Published versions of curricula: frozen copies of the draft, with the same keys.

use crate::{Result, Within, curriculum::editable};
use chrono::{DateTime, Utc};
use contract::{CurriculumId, UserId, VersionId, curriculum::Version, policy::Reach};

macro_rules! versions {
    ($rest:literal) => {
        concat!(
            "SELECT v.version_id, v.curriculum_id, v.number, v.note, v.published_at, v.published_by,
                    u.name AS published_by_name, v.total_weeks, v.task_count,
                    (SELECT count(*) FROM mentorship_sources s
                     JOIN mentorships m ON m.mentorship_id = s.mentorship_id AND m.status IN ('active', 'paused')
                     WHERE s.version_id = v.version_id) AS in_use
             FROM curriculum_versions v
             LEFT JOIN users u ON u.user_id = v.published_by
             WHERE v.company_id = $1 AND v.number IS NOT NULL AND ",
            $rest
        )
    };
}

impl Within {
    /// Freezes the draft as the next version; `None` when it is archived, empty, published as it is, or not
    /// the caller's to edit.
    ///
    /// # Errors
    /// See [`crate::Error`]; what was done until then must be rolled back on `None`.
    pub async fn publish_curriculum(
        &mut self,
        editing: &Reach,
        curriculum_id: CurriculumId,
        note: &str,
        published_by: UserId,
        now: DateTime<Utc>,
    ) -> Result<Option<Version>> {
        // Also the lock under which the number is counted.
        let published = self
            .edit_query(
                editing,
                concat!(
                    "UPDATE curricula SET published_revision = revision, updated_at = $5 WHERE ",
                    editable!(),
                    " AND NOT curricula.is_archived
                      AND (curricula.published_revision IS NULL OR curricula.published_revision <> curricula.revision)"
                ),
            )
            .bind(curriculum_id)
            .bind(now)
            .execute()
            .await?;
        if published == 0 {
            return Ok(None);
        }
        let frozen: Option<(VersionId,)> = self
            .company_query(
                "INSERT INTO curriculum_versions (company_id, curriculum_id, number, note, week_notes, total_weeks,
                                                  task_count, published_at, published_by)
                 SELECT v.company_id, v.curriculum_id,
                        (SELECT coalesce(max(n.number), 0) + 1 FROM curriculum_versions n
                         WHERE n.curriculum_id = v.curriculum_id),
                        $3, v.week_notes, v.total_weeks, v.task_count, $4, $5
                 FROM curriculum_versions v
                 WHERE v.company_id = $1 AND v.curriculum_id = $2 AND coalesce(v.number, 0) = 0 AND v.task_count > 0
                 RETURNING version_id",
            )
            .bind(curriculum_id)
            .bind(note.to_owned())
            .bind(now)
            .bind(published_by)
            .optional()
            .await?;
        let Some((version_id,)) = frozen else { return Ok(None) };
        self.company_query(
            "INSERT INTO template_tasks (company_id, version_id, key, week, position, title, guideline, submission_form,
                                         priority, starts_after, duration, kind, owner, depends_on, is_required)
             SELECT t.company_id, $3, t.key, t.week, t.position, t.title, t.guideline, t.submission_form,
                    t.priority, t.starts_after, t.duration, t.kind, t.owner, t.depends_on, t.is_required
             FROM curriculum_versions v
             JOIN template_tasks t ON t.version_id = v.version_id
             WHERE v.company_id = $1 AND v.curriculum_id = $2 AND coalesce(v.number, 0) = 0
             ORDER BY t.week, t.position",
        )
        .bind(curriculum_id)
        .bind(version_id)
        .execute()
        .await?;
        self.company_query(versions!("v.version_id = $2")).bind(version_id).optional().await
    }

    /// The newest first.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn versions(&mut self, curriculum_id: CurriculumId) -> Result<Vec<Version>> {
        self.company_query(versions!("v.curriculum_id = $2 ORDER BY v.number DESC"))
            .bind(curriculum_id)
            .all()
            .await
    }
}
