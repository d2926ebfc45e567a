//! Sign-ins and their rotating refresh tokens. Only hashes are kept.

use super::Unscoped;
use crate::Result;
use chrono::{DateTime, Utc};
use contract::{SessionId, UserId, auth::Session};

/// A refresh token with the sign-in it belongs to.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct RefreshRow {
    pub session_id: SessionId,
    pub user_id: UserId,
    pub ordinal: i64,
    pub expires_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
    pub withdrawn: bool,
    pub session_ends_at: DateTime<Utc>,
    pub session_ended_at: Option<DateTime<Utc>>,
    /// Whether any token after it was used already.
    pub successor_used: bool,
    /// The highest ordinal of the sign-in.
    pub newest: i64,
}

impl Unscoped<'_> {
    /// # Errors
    /// See [`crate::Error`].
    pub async fn start_session(
        &mut self,
        user_id: UserId,
        ends_at: DateTime<Utc>,
        user_agent: &str,
        address: &str,
        now: DateTime<Utc>,
    ) -> Result<SessionId> {
        let (session_id,) = self
            .tx
            .query(
                "INSERT INTO sessions (user_id, started_at, last_used_at, ends_at, user_agent, address)
                 VALUES ($1, $2, $2, $3, $4, $5)
                 RETURNING session_id",
            )
            .bind(user_id)
            .bind(now)
            .bind(ends_at)
            .bind(user_agent.to_owned())
            .bind(address.to_owned())
            .one()
            .await?;
        Ok(session_id)
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn add_refresh_token(
        &mut self,
        hash: &str,
        session_id: SessionId,
        ordinal: i64,
        expires_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.tx
            .query(
                "INSERT INTO refresh_tokens (token_hash, session_id, ordinal, issued_at, expires_at, withdrawn)
                 VALUES ($1, $2, $3, $4, $5, FALSE)",
            )
            .bind(hash.to_owned())
            .bind(session_id)
            .bind(ordinal)
            .bind(now)
            .bind(expires_at)
            .execute()
            .await
            .map(drop)
    }

    /// Looks a refresh token up. The sign-in's row is touched first: two refreshes of one sign-in queue up here.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn refresh_token(&mut self, hash: &str, now: DateTime<Utc>) -> Result<Option<RefreshRow>> {
        let touched = self
            .tx
            .query(
                "UPDATE sessions SET last_used_at = $2
                 WHERE session_id = (SELECT session_id FROM refresh_tokens WHERE token_hash = $1)",
            )
            .bind(hash.to_owned())
            .bind(now)
            .execute()
            .await?;
        if touched == 0 {
            return Ok(None);
        }
        self.tx
            .query(
                "SELECT t.session_id, s.user_id, t.ordinal, t.expires_at, t.used_at, t.withdrawn,
                        s.ends_at AS session_ends_at, s.ended_at AS session_ended_at,
                        EXISTS (SELECT 1 FROM refresh_tokens n
                                WHERE n.session_id = t.session_id AND n.ordinal > t.ordinal
                                  AND n.used_at IS NOT NULL) AS successor_used,
                        (SELECT max(n.ordinal) FROM refresh_tokens n WHERE n.session_id = t.session_id) AS newest
                 FROM refresh_tokens t
                 JOIN sessions s ON s.session_id = t.session_id
                 WHERE t.token_hash = $1",
            )
            .bind(hash.to_owned())
            .optional()
            .await
    }

    /// Marks a refresh token as used, and withdraws its unused successors (a reply that was lost).
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn use_refresh_token(
        &mut self,
        session_id: SessionId,
        ordinal: i64,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.tx
            .query(
                "UPDATE refresh_tokens
                 SET used_at = CASE WHEN ordinal = $2 THEN coalesce(used_at, $3) ELSE used_at END,
                     withdrawn = withdrawn OR ordinal > $2
                 WHERE session_id = $1 AND ordinal >= $2",
            )
            .bind(session_id)
            .bind(ordinal)
            .bind(now)
            .execute()
            .await
            .map(drop)
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn sessions(&mut self, user_id: UserId, now: DateTime<Utc>) -> Result<Vec<Session>> {
        self.tx
            .query(
                "SELECT session_id, started_at, last_used_at, ends_at, user_agent, address
                 FROM sessions
                 WHERE user_id = $1 AND ended_at IS NULL AND ends_at > $2
                 ORDER BY last_used_at DESC, session_id DESC
                 LIMIT 100",
            )
            .bind(user_id)
            .bind(now)
            .all()
            .await
    }

    /// Ends one sign-in of a person; `false` when there is no such running one.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn end_session(
        &mut self,
        user_id: UserId,
        session_id: SessionId,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let ended = self
            .tx
            .query(
                "UPDATE sessions SET ended_at = $3
                 WHERE session_id = $2 AND user_id = $1 AND ended_at IS NULL",
            )
            .bind(user_id)
            .bind(session_id)
            .bind(now)
            .execute()
            .await?;
        if ended > 0 {
            self.revoke_session(user_id, session_id, now).await?;
        }
        Ok(ended > 0)
    }

    /// Ends every sign-in of a person but one, or all of them.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn end_sessions(
        &mut self,
        user_id: UserId,
        but: Option<SessionId>,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let ended: Vec<(SessionId,)> = self
            .tx
            .query(
                "UPDATE sessions SET ended_at = $3
                 WHERE user_id = $1 AND session_id <> coalesce($2, 0) AND ended_at IS NULL
                 RETURNING session_id",
            )
            .bind(user_id)
            .bind(but)
            .bind(now)
            .all()
            .await?;
        for (session_id,) in ended {
            self.revoke_session(user_id, session_id, now).await?;
        }
        Ok(())
    }
}
