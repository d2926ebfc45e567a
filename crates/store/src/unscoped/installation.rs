//! The installation: its facts, its one-time links, its idempotency keys.

use super::Unscoped;
use crate::Result;
use chrono::{DateTime, Utc};
use contract::UserId;

impl Unscoped<'_> {
    /// # Errors
    /// See [`crate::Error`].
    pub async fn fact(&mut self, name: &str) -> Result<Option<String>> {
        let row: Option<(String,)> = self
            .tx
            .query("SELECT value FROM installation WHERE name = $1")
            .bind(name.to_owned())
            .optional()
            .await?;
        Ok(row.map(|(value,)| value))
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn set_fact(&mut self, name: &str, value: &str) -> Result<()> {
        self.tx
            .query(
                "INSERT INTO installation (name, value) VALUES ($1, $2)
                 ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            )
            .bind(name.to_owned())
            .bind(value.to_owned())
            .execute()
            .await
            .map(drop)
    }

    /// Whether there is an operator or a company already.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn is_empty(&mut self) -> Result<bool> {
        let (empty,) = self
            .tx
            .query("SELECT NOT EXISTS (SELECT 1 FROM users) AND NOT EXISTS (SELECT 1 FROM companies)")
            .one()
            .await?;
        Ok(empty)
    }

    /// Keeps the hash of a link that is sent by mail; earlier ones of the purpose stop working.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn add_link_token(
        &mut self,
        hash: &str,
        user_id: UserId,
        purpose: &'static str,
        expires_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.tx
            .query(
                "UPDATE link_tokens SET used_at = $3 WHERE user_id = $1 AND purpose = $2 AND used_at IS NULL",
            )
            .bind(user_id)
            .bind(purpose)
            .bind(now)
            .execute()
            .await?;
        self.tx
            .query(
                "INSERT INTO link_tokens (token_hash, user_id, purpose, created_at, expires_at)
                 VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(hash.to_owned())
            .bind(user_id)
            .bind(purpose)
            .bind(now)
            .bind(expires_at)
            .execute()
            .await
            .map(drop)
    }

    /// Whom a link that still holds is for.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn link_token(
        &mut self,
        hash: &str,
        purpose: &'static str,
        now: DateTime<Utc>,
    ) -> Result<Option<UserId>> {
        let row: Option<(UserId,)> = self
            .tx
            .query(
                "SELECT user_id FROM link_tokens
                 WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3",
            )
            .bind(hash.to_owned())
            .bind(purpose)
            .bind(now)
            .optional()
            .await?;
        Ok(row.map(|(user_id,)| user_id))
    }

    /// Uses a link: whom it is for, once.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn use_link_token(
        &mut self,
        hash: &str,
        purpose: &'static str,
        now: DateTime<Utc>,
    ) -> Result<Option<UserId>> {
        let row: Option<(UserId,)> = self
            .tx
            .query(
                "UPDATE link_tokens SET used_at = $3
                 WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3
                 RETURNING user_id",
            )
            .bind(hash.to_owned())
            .bind(purpose)
            .bind(now)
            .optional()
            .await?;
        Ok(row.map(|(user_id,)| user_id))
    }

    /// Claims an idempotency key. `None`: it is new and now the caller's; otherwise what was kept under it:
    /// the hash of its request, and the answer once there is one.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn claim_key(
        &mut self,
        user_id: UserId,
        key: &str,
        request_hash: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<(String, Option<i64>, Option<String>)>> {
        let claimed = self
            .tx
            .query(
                "INSERT INTO idempotency_keys (user_id, key, request_hash, created_at) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (user_id, key) DO NOTHING",
            )
            .bind(user_id)
            .bind(key.to_owned())
            .bind(request_hash.to_owned())
            .bind(now)
            .execute()
            .await?;
        if claimed > 0 {
            return Ok(None);
        }
        self.tx
            .query("SELECT request_hash, status, body FROM idempotency_keys WHERE user_id = $1 AND key = $2")
            .bind(user_id)
            .bind(key.to_owned())
            .optional()
            .await
    }

    /// Keeps the answer under the key, in the same transaction as what it did.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn keep_answer(&mut self, user_id: UserId, key: &str, status: u16, body: &str) -> Result<()> {
        self.tx
            .query("UPDATE idempotency_keys SET status = $3, body = $4 WHERE user_id = $1 AND key = $2")
            .bind(user_id)
            .bind(key.to_owned())
            .bind(i64::from(status))
            .bind(body.to_owned())
            .execute()
            .await
            .map(drop)
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn forget_keys_before(&mut self, before: DateTime<Utc>) -> Result<u64> {
        self.tx.query("DELETE FROM idempotency_keys WHERE created_at < $1").bind(before).execute().await
    }
}
