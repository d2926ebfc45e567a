//! Jobs as their makers see them, and their progress, which is kept in the same transaction as each step.

use crate::{Result, Within};
use chrono::{DateTime, Utc};
use contract::{
    JobId, UserId,
    jobs::{Job, JobKind},
};

impl Within {
    /// Puts a job in the queue; it is begun after this transaction.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn create_job(
        &mut self,
        kind: JobKind,
        subject_id: i64,
        total: i64,
        created_by: UserId,
        now: DateTime<Utc>,
    ) -> Result<JobId> {
        let (job_id,) = self
            .company_query(
                "INSERT INTO jobs (company_id, kind, state, subject_id, total, done, created_by, created_at)
                 VALUES ($1, $2, 'waiting', $3, $4, 0, $5, $6) RETURNING job_id",
            )
            .bind(kind)
            .bind(subject_id)
            .bind(total)
            .bind(created_by)
            .bind(now)
            .one()
            .await?;
        Ok(job_id)
    }

    /// A job within reach: one's own, or any of the company.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn job(&mut self, job_id: JobId) -> Result<Option<Job>> {
        let person = self.reach().person();
        self.company_query(
            "SELECT job_id, kind, state, subject_id, total, done, result, error, created_by, created_at, finished_at
             FROM jobs
             WHERE company_id = $1 AND (CAST($2 AS BIGINT) IS NULL OR created_by = $2) AND job_id = $3",
        )
        .bind(person)
        .bind(job_id)
        .optional()
        .await
    }

    /// One step is over; the job stays with whoever works on it.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn advance_job(&mut self, job_id: JobId, held_until: DateTime<Utc>) -> Result<()> {
        self.company_query(
            "UPDATE jobs SET done = done + 1, held_until = $3
             WHERE company_id = $1 AND job_id = $2 AND state = 'running'",
        )
        .bind(job_id)
        .bind(held_until)
        .execute()
        .await
        .map(drop)
    }
}
