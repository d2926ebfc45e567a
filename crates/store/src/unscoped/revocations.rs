//! Whose access tokens stopped holding: read by every API process each half second.

use super::Unscoped;
use crate::Result;
use chrono::{DateTime, Utc};
use contract::{CompanyId, SessionId, UserId};

/// A sign-in that ended, or a person whose older tokens no longer hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Revocation {
    pub user_id: UserId,
    pub session_id: Option<SessionId>,
    /// Tokens of an older generation are refused.
    pub generation: Option<i64>,
    pub revoked_at: DateTime<Utc>,
}

impl Unscoped<'_> {
    /// # Errors
    /// See [`crate::Error`].
    pub async fn revocations_since(&mut self, since: DateTime<Utc>) -> Result<Vec<Revocation>> {
        self.tx
            .query(
                "SELECT user_id, session_id, generation, revoked_at FROM revocations WHERE revoked_at >= $1",
            )
            .bind(since)
            .all()
            .await
    }

    pub(crate) async fn revoke_session(
        &mut self,
        user_id: UserId,
        session_id: SessionId,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.tx
            .query("INSERT INTO revocations (revoked_at, user_id, session_id) VALUES ($1, $2, $3)")
            .bind(now)
            .bind(user_id)
            .bind(session_id)
            .execute()
            .await
            .map(drop)
    }

    /// Makes every access token issued so far to these people void; they refresh, or can't any more.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn renew_generation(&mut self, users: &[UserId], now: DateTime<Utc>) -> Result<()> {
        for user_id in users {
            let renewed: Option<(i64,)> = self
                .tx
                .query("UPDATE users SET generation = generation + 1 WHERE user_id = $1 RETURNING generation")
                .bind(*user_id)
                .optional()
                .await?;
            if let Some((generation,)) = renewed {
                self.tx
                    .query("INSERT INTO revocations (revoked_at, user_id, generation) VALUES ($1, $2, $3)")
                    .bind(now)
                    .bind(*user_id)
                    .bind(generation)
                    .execute()
                    .await?;
            }
        }
        Ok(())
    }

    /// The same for a whole company, in two statements.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn renew_generation_of_company(
        &mut self,
        company_id: &CompanyId,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.tx
            .query("UPDATE users SET generation = generation + 1 WHERE company_id = $1")
            .bind(company_id.clone())
            .execute()
            .await?;
        self.tx
            .query(
                "INSERT INTO revocations (revoked_at, user_id, generation)
                 SELECT $2, user_id, generation FROM users WHERE company_id = $1",
            )
            .bind(company_id.clone())
            .bind(now)
            .execute()
            .await
            .map(drop)
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn forget_revocations_before(&mut self, before: DateTime<Utc>) -> Result<u64> {
        self.tx.query("DELETE FROM revocations WHERE revoked_at < $1").bind(before).execute().await
    }
}
