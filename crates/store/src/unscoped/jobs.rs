//! The queue of jobs: whoever takes one holds it for a while, and what a dead process held is taken again.

use crate::{Result, Unscoped};
use chrono::{DateTime, Utc};
use contract::{
    CompanyId, JobId, UserId,
    jobs::{JobKind, JobState},
};
use sqlx::types::Json;

/// A job that was taken.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct TakenJob {
    pub job_id: JobId,
    pub company_id: CompanyId,
    pub kind: JobKind,
    pub subject_id: i64,
    pub created_by: UserId,
    pub attempts: i64,
    pub time_zone: String,
}

impl Unscoped<'_> {
    /// Whether there is a job to take: a read, so that an idle process writes nothing.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn any_job(&mut self, now: DateTime<Utc>) -> Result<bool> {
        let (any,) = self
            .tx
            .query(
                "SELECT EXISTS (SELECT 1 FROM jobs
                                WHERE state IN ('waiting', 'running') AND (state = 'waiting' OR held_until < $1))",
            )
            .bind(now)
            .one()
            .await?;
        Ok(any)
    }

    /// Takes the oldest job that nobody holds. Of two processes that try, one gets it.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn take_job(
        &mut self,
        held_until: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Option<TakenJob>> {
        self.tx
            .query(
                "UPDATE jobs SET state = 'running', held_until = $1, attempts = attempts + 1
                 WHERE job_id = (SELECT j.job_id FROM jobs j
                                 WHERE j.state IN ('waiting', 'running')
                                   AND (j.state = 'waiting' OR j.held_until < $2)
                                 ORDER BY j.job_id LIMIT 1)
                   AND (state = 'waiting' OR (state = 'running' AND held_until < $2))
                 RETURNING job_id, company_id, kind, subject_id, created_by, attempts,
                           (SELECT c.time_zone FROM companies c WHERE c.company_id = jobs.company_id) AS time_zone",
            )
            .bind(held_until)
            .bind(now)
            .optional()
            .await
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn finish_job(
        &mut self,
        job_id: JobId,
        state: JobState,
        result: serde_json::Value,
        error: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.tx
            .query(
                "UPDATE jobs SET state = $2, result = $3, error = $4, finished_at = $5, held_until = NULL
                 WHERE job_id = $1",
            )
            .bind(job_id)
            .bind(state)
            .bind(Json(result))
            .bind(error.map(str::to_owned))
            .bind(now)
            .execute()
            .await
            .map(drop)
    }
}
