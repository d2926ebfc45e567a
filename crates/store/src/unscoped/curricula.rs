//! Curricula from one company to another: an operator sees titles, the content passes inside the database.

use crate::{Result, Unscoped};
use chrono::{DateTime, Utc};
use contract::{CompanyId, CurriculumId, VersionId, curriculum_library::CurriculumTitle};

impl Unscoped<'_> {
    /// Titles of a company's published curricula; `None` when there is no such company.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn curriculum_titles(
        &mut self,
        company_id: &CompanyId,
    ) -> Result<Option<Vec<CurriculumTitle>>> {
        let rows: Vec<(Option<CurriculumId>, Option<String>, Option<i64>)> = self
            .tx
            .query(
                "SELECT c.curriculum_id, c.title, max(v.number)
                 FROM companies o
                 LEFT JOIN (curricula c JOIN curriculum_versions v
                            ON v.curriculum_id = c.curriculum_id AND v.number IS NOT NULL)
                   ON c.company_id = o.company_id AND NOT c.is_archived
                 WHERE o.company_id = $1
                 GROUP BY c.curriculum_id, c.title ORDER BY c.title, c.curriculum_id",
            )
            .bind(company_id.clone())
            .all()
            .await?;
        if rows.is_empty() {
            return Ok(None);
        }
        let titles = rows.into_iter().filter_map(|(curriculum_id, title, latest_number)| {
            let (curriculum_id, title, latest_number) = (curriculum_id?, title?, latest_number?);
            Some(CurriculumTitle { curriculum_id, title, latest_number })
        });
        Ok(Some(titles.collect()))
    }

    /// Copies the newest version of a company's curriculum as a common draft of another company.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn copy_curriculum(
        &mut self,
        (from, curriculum_id): (&CompanyId, CurriculumId),
        to: &CompanyId,
        now: DateTime<Utc>,
    ) -> Result<Option<CurriculumTitle>> {
        let source: Option<(VersionId, i64)> = self
            .tx
            .query(
                "SELECT v.version_id, v.number FROM curriculum_versions v
                 JOIN curricula c ON c.curriculum_id = v.curriculum_id
                 WHERE v.company_id = $1 AND v.curriculum_id = $2 AND v.number IS NOT NULL AND NOT c.is_archived
                 ORDER BY v.number DESC LIMIT 1",
            )
            .bind(from.clone())
            .bind(curriculum_id)
            .optional()
            .await?;
        let Some((version_id, latest_number)) = source else { return Ok(None) };
        let (copied, title): (CurriculumId, String) = self
            .tx
            .query(
                "INSERT INTO curricula (company_id, department_id, title, title_key, description, is_archived,
                                        created_by, revision, created_at, updated_at)
                 SELECT $3, NULL, c.title, c.title_key, c.description, FALSE, NULL, 1, $4, $4 FROM curricula c
                 WHERE c.company_id = $1 AND c.curriculum_id = $2
                 RETURNING curriculum_id, title",
            )
            .bind(from.clone())
            .bind(curriculum_id)
            .bind(to.clone())
            .bind(now)
            .one()
            .await?;
        let (draft,): (VersionId,) = self
            .tx
            .query(
                "INSERT INTO curriculum_versions (company_id, curriculum_id, note, week_notes, total_weeks, task_count)
                 SELECT $2, $3, '', v.week_notes, v.total_weeks, v.task_count FROM curriculum_versions v
                 WHERE v.version_id = $1 RETURNING version_id",
            )
            .bind(version_id)
            .bind(to.clone())
            .bind(copied)
            .one()
            .await?;
        self.tx
            .query(
                "INSERT INTO template_tasks (company_id, version_id, key, week, position, title, guideline,
                                             submission_form, priority, starts_after, duration, kind, owner,
                                             depends_on, is_required)
                 SELECT $2, $3, t.key, t.week, t.position, t.title, t.guideline, t.submission_form, t.priority,
                        t.starts_after, t.duration, t.kind, t.owner, t.depends_on, t.is_required
                 FROM template_tasks t WHERE t.version_id = $1 ORDER BY t.week, t.position",
            )
            .bind(version_id)
            .bind(to.clone())
            .bind(draft)
            .execute()
            .await?;
        Ok(Some(CurriculumTitle { curriculum_id: copied, title, latest_number }))
    }
}
