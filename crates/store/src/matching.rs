//! Matchings: drafts that pair a group of mentees with mentors, each read and written whole.

use crate::{Result, Within, mentorship_start::MOST_VERSIONS};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    CurriculumId, MatchingId, MentorshipId, UserId, VersionId,
    matching::{MatchingState, MatchingSummary},
    mentorship::PlanSource,
};
use serde::{Deserialize, Serialize};
use sqlx::types::Json;

/// One mentee's line of a matching, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptPair {
    pub mentee_id: UserId,
    pub mentor_id: Option<UserId>,
    pub is_locked: bool,
    pub is_left_out: bool,
    pub mentorship_id: Option<MentorshipId>,
    pub problem: Option<String>,
}

impl KeptPair {
    #[must_use]
    pub const fn new(mentee_id: UserId) -> Self {
        Self {
            mentee_id,
            mentor_id: None,
            is_locked: false,
            is_left_out: false,
            mentorship_id: None,
            problem: None,
        }
    }

    /// Whether publishing is to start it.
    #[must_use]
    pub const fn is_to_start(&self) -> bool {
        self.mentor_id.is_some() && !self.is_left_out && self.mentorship_id.is_none()
    }
}

/// A matching as it is kept.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct KeptMatching {
    pub matching_id: MatchingId,
    pub title: String,
    pub state: MatchingState,
    pub start_on: NaiveDate,
    #[sqlx(json)]
    pub version_ids: Vec<VersionId>,
    #[sqlx(json)]
    pub mentor_ids: Vec<UserId>,
    #[sqlx(json)]
    pub pairs: Vec<KeptPair>,
    pub version: i64,
    pub updated_at: DateTime<Utc>,
}

impl KeptMatching {
    fn count(&self, is_counted: impl Fn(&KeptPair) -> bool) -> i64 {
        i64::try_from(self.pairs.iter().filter(|pair| is_counted(pair)).count()).unwrap_or(i64::MAX)
    }
}

/// Where a page of matchings ended.
pub type MatchingKey = (DateTime<Utc>, MatchingId);

impl Within {
    /// The last changed first.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn matchings(
        &mut self,
        after: Option<MatchingKey>,
        limit: i64,
    ) -> Result<Vec<MatchingSummary>> {
        let (updated_at, matching_id) = after.unzip();
        self.company_query(
            "SELECT g.matching_id, g.title, g.state, g.start_on, g.mentees, g.assigned, g.started, g.updated_at,
                    u.name AS created_by_name
             FROM matchings g LEFT JOIN users u ON u.user_id = g.created_by
             WHERE g.company_id = $1
               AND (CAST($3 AS BIGINT) IS NULL OR (g.updated_at, g.matching_id) < ($2, $3))
             ORDER BY g.updated_at DESC, g.matching_id DESC LIMIT $4",
        )
        .bind(updated_at)
        .bind(matching_id)
        .bind(limit)
        .all()
        .await
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn matching(&mut self, matching_id: MatchingId) -> Result<Option<KeptMatching>> {
        self.company_query(
            "SELECT matching_id, title, state, start_on, version_ids, mentor_ids, pairs, version, updated_at
             FROM matchings WHERE company_id = $1 AND matching_id = $2",
        )
        .bind(matching_id)
        .optional()
        .await
    }

    /// Keeps a new one; its id and version are given here.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn create_matching(
        &mut self,
        new: &KeptMatching,
        created_by: UserId,
        now: DateTime<Utc>,
    ) -> Result<MatchingId> {
        let assigned = new.count(|pair| pair.mentor_id.is_some());
        let (matching_id,) = self
            .company_query(
                "INSERT INTO matchings (company_id, title, state, start_on, version_ids, mentor_ids, pairs, mentees,
                                        assigned, started, version, created_by, created_at, updated_at)
                 VALUES ($1, $2, 'open', $3, $4, $5, $6, $7, $8, 0, 1, $9, $10, $10) RETURNING matching_id",
            )
            .bind(new.title.clone())
            .bind(new.start_on)
            .bind(Json(new.version_ids.clone()))
            .bind(Json(new.mentor_ids.clone()))
            .bind(Json(new.pairs.clone()))
            .bind(new.count(|_| true))
            .bind(assigned)
            .bind(created_by)
            .bind(now)
            .one()
            .await?;
        Ok(matching_id)
    }

    /// Keeps it whole, if it still has the version it was read with; whether it had.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn save_matching(&mut self, kept: &KeptMatching, now: DateTime<Utc>) -> Result<bool> {
        let assigned = kept.count(|pair| pair.mentor_id.is_some() && !pair.is_left_out);
        let saved = self
            .company_query(
                "UPDATE matchings
                 SET title = $3, state = $4, start_on = $5, version_ids = $6, mentor_ids = $7, pairs = $8,
                     mentees = $9, assigned = $10, started = $11, version = version + 1, updated_at = $12
                 WHERE company_id = $1 AND matching_id = $2 AND version = $13",
            )
            .bind(kept.matching_id)
            .bind(kept.title.clone())
            .bind(kept.state)
            .bind(kept.start_on)
            .bind(Json(kept.version_ids.clone()))
            .bind(Json(kept.mentor_ids.clone()))
            .bind(Json(kept.pairs.clone()))
            .bind(kept.count(|_| true))
            .bind(assigned)
            .bind(kept.count(|pair| pair.mentorship_id.is_some()))
            .bind(now)
            .bind(kept.version)
            .execute()
            .await?;
        Ok(saved > 0)
    }

    /// Whether there was one.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn delete_matching(&mut self, matching_id: MatchingId) -> Result<bool> {
        let deleted = self
            .company_query("DELETE FROM matchings WHERE company_id = $1 AND matching_id = $2")
            .bind(matching_id)
            .execute()
            .await?;
        Ok(deleted > 0)
    }

    /// The published versions among these, in the order asked for, with whether their curriculum is archived.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn matching_sources(&mut self, versions: &[VersionId]) -> Result<Vec<(PlanSource, bool)>> {
        if versions.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = self.company_query(
            "SELECT v.version_id, v.curriculum_id, v.number, c.title, c.is_archived
             FROM curriculum_versions v JOIN curricula c ON c.curriculum_id = v.curriculum_id
             WHERE v.company_id = $1 AND v.number IS NOT NULL
               AND v.version_id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        );
        for index in 0..MOST_VERSIONS {
            query = query.bind(versions.get(index).copied());
        }
        let rows: Vec<(VersionId, CurriculumId, i64, String, bool)> = query.all().await?;
        let mut sources: Vec<(PlanSource, bool)> = rows
            .into_iter()
            .map(|(version_id, curriculum_id, number, title, is_archived)| {
                (PlanSource { curriculum_id, version_id, number, title }, is_archived)
            })
            .collect();
        sources.sort_by_key(|(source, _)| versions.iter().position(|id| *id == source.version_id));
        Ok(sources)
    }

    /// From here on, what is done can be undone alone.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn begin_part(&mut self) -> Result<()> {
        self.plain_query("SAVEPOINT part").execute().await.map(drop)
    }

    /// Keeps what was done since [`Within::begin_part`], or undoes it and nothing else.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn end_part(&mut self, is_kept: bool) -> Result<()> {
        if !is_kept {
            self.plain_query("ROLLBACK TO SAVEPOINT part").execute().await?;
        }
        self.plain_query("RELEASE SAVEPOINT part").execute().await.map(drop)
    }
}
