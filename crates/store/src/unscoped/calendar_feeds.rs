//! Addresses of calendars: a secret each, of which only the hash is kept.

use super::Unscoped;
use crate::Result;
use chrono::{DateTime, Utc};
use contract::{UserId, calendar::CalendarFeed};

impl Unscoped<'_> {
    /// # Errors
    /// See [`crate::Error`].
    pub async fn calendar_feed(&mut self, user_id: UserId) -> Result<Option<CalendarFeed>> {
        self.tx
            .query("SELECT created_at FROM calendar_feeds WHERE user_id = $1")
            .bind(user_id)
            .optional()
            .await
    }

    /// Keeps a new secret's hash in place of the one before.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn renew_calendar_feed(
        &mut self,
        user_id: UserId,
        hash: &str,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.tx
            .query(
                "INSERT INTO calendar_feeds (user_id, token_hash, created_at) VALUES ($1, $2, $3)
                 ON CONFLICT (user_id) DO UPDATE SET token_hash = $2, created_at = $3",
            )
            .bind(user_id)
            .bind(hash.to_owned())
            .bind(now)
            .execute()
            .await
            .map(drop)
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn end_calendar_feed(&mut self, user_id: UserId) -> Result<()> {
        self.tx.query("DELETE FROM calendar_feeds WHERE user_id = $1").bind(user_id).execute().await.map(drop)
    }

    /// Whose calendar a secret opens.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn calendar_owner(&mut self, hash: &str) -> Result<Option<UserId>> {
        let owner: Option<(UserId,)> = self
            .tx
            .query("SELECT user_id FROM calendar_feeds WHERE token_hash = $1")
            .bind(hash.to_owned())
            .optional()
            .await?;
        Ok(owner.map(|(user_id,)| user_id))
    }
}
