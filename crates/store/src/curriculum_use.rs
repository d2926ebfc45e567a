//! Who runs which version of a curriculum, and how far they are.

use crate::{Result, Within};
use contract::{
    CurriculumId, MentorshipId, VersionId,
    mentorship::MentorshipStatus,
    upgrades::{CurriculumRun, VersionUse},
};

/// A place in the list: 0 for running ones and 1 for the others, the mentee's name, the id.
pub type RunKey = (i64, String, MentorshipId);

#[must_use]
pub fn run_key(run: &CurriculumRun) -> RunKey {
    let is_running = matches!(run.status, MentorshipStatus::Active | MentorshipStatus::Paused);
    (i64::from(!is_running), run.mentee_name.clone(), run.mentorship_id)
}

#[derive(sqlx::FromRow)]
struct UseRow {
    title: String,
    version_id: Option<VersionId>,
    number: Option<i64>,
    running: i64,
    over: i64,
}

impl Within {
    /// Title, newest version, and the use of each version within reach, the newest first.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn version_uses(
        &mut self,
        curriculum_id: CurriculumId,
    ) -> Result<Option<(String, Option<i64>, Vec<VersionUse>)>> {
        let rows: Vec<UseRow> = self
            .pair_query(
                "SELECT c.title, v.version_id, v.number,
                        CAST(coalesce(sum(CASE WHEN m.status IN ('active', 'paused') THEN 1 ELSE 0 END), 0) AS BIGINT)
                            AS running,
                        CAST(coalesce(sum(CASE WHEN m.status IN ('completed', 'ended') THEN 1 ELSE 0 END), 0) AS BIGINT)
                            AS over
                 FROM curricula c
                 LEFT JOIN curriculum_versions v ON v.curriculum_id = c.curriculum_id AND v.number IS NOT NULL
                 LEFT JOIN mentorship_sources s ON s.version_id = v.version_id
                 LEFT JOIN mentorships m ON m.mentorship_id = s.mentorship_id
                      AND ($2 IS NULL OR (m.mentor_id = $3 AND m.mentee_id <> $2))
                 WHERE c.company_id = $1 AND c.curriculum_id = $4
                 GROUP BY c.title, v.version_id, v.number ORDER BY v.number DESC",
            )
            .bind(curriculum_id)
            .all()
            .await?;
        let Some(first) = rows.first() else { return Ok(None) };
        let (title, latest) = (first.title.clone(), first.number);
        let uses = rows.into_iter().filter_map(|row| {
            Some(VersionUse {
                version_id: row.version_id?,
                number: row.number?,
                running: row.running,
                over: row.over,
            })
        });
        Ok(Some((title, latest, uses.collect())))
    }

    /// The mentorships on a curriculum that the caller guides, running ones first, then by the mentee's name.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn curriculum_runs(
        &mut self,
        curriculum_id: CurriculumId,
        number: Option<i64>,
        after: Option<RunKey>,
        limit: i64,
    ) -> Result<Vec<CurriculumRun>> {
        let (rank, name, id) = match after {
            Some((rank, name, id)) => (Some(rank), Some(name), Some(id)),
            None => (None, None, None),
        };
        // The page is chosen first and its tasks are counted after.
        self.pair_query(
            "WITH page AS (
                SELECT m.mentorship_id, v.number, m.mentee_id, e.name AS mentee_name, d.name AS mentee_department,
                       r.name AS mentor_name, m.status, m.start_on, m.end_on, m.total_weeks,
                       CASE WHEN m.status IN ('active', 'paused') THEN 0 ELSE 1 END AS list_rank
                FROM mentorship_sources s
                JOIN curriculum_versions v ON v.version_id = s.version_id
                JOIN mentorships m ON m.mentorship_id = s.mentorship_id AND m.status <> 'proposed'
                JOIN users r ON r.user_id = m.mentor_id
                JOIN users e ON e.user_id = m.mentee_id
                LEFT JOIN departments d ON d.department_id = e.department_id
                WHERE s.company_id = $1 AND ($2 IS NULL OR (m.mentor_id = $3 AND m.mentee_id <> $2))
                  AND s.curriculum_id = $4 AND (CAST($5 AS BIGINT) IS NULL OR v.number = $5)
                  AND ($6 IS NULL OR (CASE WHEN m.status IN ('active', 'paused') THEN 0 ELSE 1 END, e.name,
                                      m.mentorship_id) > ($6, $7, $8))
                ORDER BY list_rank, e.name, m.mentorship_id, v.number DESC LIMIT $9),
             counted AS (
                SELECT t.mentorship_id,
                       sum(CASE WHEN t.status <> 'skipped' THEN 1 ELSE 0 END) AS required,
                       sum(CASE WHEN t.status = 'done' THEN 1 ELSE 0 END) AS done
                FROM tasks t
                WHERE t.mentorship_id IN (SELECT mentorship_id FROM page) AND t.parent_id IS NULL AND t.is_required
                GROUP BY t.mentorship_id)
             SELECT p.mentorship_id, p.number, p.mentee_id, p.mentee_name, p.mentee_department, p.mentor_name, p.status,
                    p.start_on, p.end_on, p.total_weeks, CAST(coalesce(c.required, 0) AS BIGINT) AS required,
                    CAST(coalesce(c.done, 0) AS BIGINT) AS done
             FROM page p LEFT JOIN counted c ON c.mentorship_id = p.mentorship_id
             ORDER BY p.list_rank, p.mentee_name, p.mentorship_id, p.number DESC",
        )
        .bind(curriculum_id)
        .bind(number)
        .bind(rank)
        .bind(name)
        .bind(id)
        .bind(limit)
        .all()
        .await
    }
}
