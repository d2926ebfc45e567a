//! The outbox: what is to be sent once its transaction is committed, at least once.

use super::Unscoped;
use crate::Result;
use chrono::{DateTime, Utc};
use contract::CompanyId;

/// Something waiting to be sent.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Pending {
    pub outbox_id: i64,
    pub kind: String,
    #[sqlx(json)]
    pub payload: serde_json::Value,
    pub attempts: i64,
    pub created_at: DateTime<Utc>,
}

impl Unscoped<'_> {
    /// # Errors
    /// See [`crate::Error`].
    pub async fn enqueue(
        &mut self,
        company_id: Option<&CompanyId>,
        kind: &'static str,
        payload: &serde_json::Value,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.tx
            .query(
                "INSERT INTO outbox (company_id, kind, payload, created_at, next_at, attempts)
                 VALUES ($1, $2, $3, $4, $4, 0)",
            )
            .bind(company_id.cloned())
            .bind(kind)
            .bind(sqlx::types::Json(payload.clone()))
            .bind(now)
            .execute()
            .await
            .map(drop)
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn anything_pending(&mut self, now: DateTime<Utc>) -> Result<bool> {
        let (any,) =
            self.tx.query("SELECT EXISTS (SELECT 1 FROM outbox WHERE next_at <= $1)").bind(now).one().await?;
        Ok(any)
    }

    /// Takes what is due, for as long as `until`: another process will not take it meanwhile.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn take_pending(
        &mut self,
        limit: i64,
        until: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Pending>> {
        self.tx
            .query(
                "UPDATE outbox SET next_at = $2, attempts = attempts + 1
                 WHERE outbox_id IN (SELECT outbox_id FROM outbox WHERE next_at <= $3 ORDER BY next_at LIMIT $1)
                   AND next_at <= $3
                 RETURNING outbox_id, kind, payload, attempts, created_at",
            )
            .bind(limit)
            .bind(until)
            .bind(now)
            .all()
            .await
    }

    /// Marks it as sent and forgets what it said: it may have held a link.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn mark_sent(&mut self, outbox_id: i64, now: DateTime<Utc>) -> Result<()> {
        self.tx
            .query("UPDATE outbox SET sent_at = $2, next_at = NULL, error = NULL, payload = '{}' WHERE outbox_id = $1")
            .bind(outbox_id)
            .bind(now)
            .execute()
            .await
            .map(drop)
    }

    /// Notes a failure; without `next_at` it is given up and stays visible.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn mark_failed(
        &mut self,
        outbox_id: i64,
        next_at: Option<DateTime<Utc>>,
        error: &str,
    ) -> Result<()> {
        self.tx
            .query("UPDATE outbox SET next_at = $2, error = $3 WHERE outbox_id = $1")
            .bind(outbox_id)
            .bind(next_at)
            .bind(error.to_owned())
            .execute()
            .await
            .map(drop)
    }
}
