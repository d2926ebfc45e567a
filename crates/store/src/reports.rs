//! The final evaluation of a mentorship, and what its figures are counted from.

use crate::{
    Result, Within,
    agreement::signature,
    couple::{Couple, couple_columns, couple_tables, couple_within},
};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    MentorshipId, TaskId, UserId,
    agreement::{Side, Signature},
    report::{Figures, Scores},
};
use sqlx::types::Json;

/// A mentorship's report as it is kept; empty when nobody wrote anything yet.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct KeptReport {
    #[sqlx(flatten)]
    pub couple: Couple,
    pub mentor_text: String,
    pub mentee_text: String,
    #[sqlx(json(nullable))]
    pub mentor_scores: Option<Scores>,
    #[sqlx(json(nullable))]
    pub mentee_scores: Option<Scores>,
    mentor_signed_by: Option<UserId>,
    mentor_signer: Option<String>,
    mentor_signed_at: Option<DateTime<Utc>>,
    mentee_signed_by: Option<UserId>,
    mentee_signer: Option<String>,
    mentee_signed_at: Option<DateTime<Utc>>,
    /// As they were when both had signed.
    #[sqlx(json(nullable))]
    pub figures: Option<Figures>,
    pub version: i64,
    pub meetings_held: i64,
    pub goals: i64,
    pub goals_reached: i64,
}

impl KeptReport {
    #[must_use]
    pub fn signed(&self, side: Side) -> Option<Signature> {
        match side {
            Side::Mentor => {
                signature(self.mentor_signed_by, self.mentor_signer.clone(), self.mentor_signed_at)
            }
            Side::Mentee => {
                signature(self.mentee_signed_by, self.mentee_signer.clone(), self.mentee_signed_at)
            }
        }
    }

    /// As it is kept once `side` has signed.
    pub fn sign(&mut self, side: Side, signer: UserId, now: DateTime<Utc>) {
        match side {
            Side::Mentor => {
                self.mentor_signer = Some(self.couple.mentor_name.clone());
                (self.mentor_signed_by, self.mentor_signed_at) = (Some(signer), Some(now));
            }
            Side::Mentee => {
                self.mentee_signer = Some(self.couple.mentee_name.clone());
                (self.mentee_signed_by, self.mentee_signed_at) = (Some(signer), Some(now));
            }
        }
    }

    /// As it is kept once the signature of `side` is off it.
    pub fn withdraw(&mut self, side: Side) {
        match side {
            Side::Mentor => (self.mentor_signed_by, self.mentor_signed_at) = (None, None),
            Side::Mentee => (self.mentee_signed_by, self.mentee_signed_at) = (None, None),
        }
    }
}

/// A task or a move of one, as far as figures look at it.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct Fact {
    pub task_id: TaskId,
    /// A move's new status; none for the task itself.
    pub moved_to: Option<String>,
    pub status: String,
    pub is_required: bool,
    pub due_on: NaiveDate,
    pub started_at: Option<DateTime<Utc>>,
    pub submitted_at: Option<DateTime<Utc>>,
    pub completed_at: Option<DateTime<Utc>>,
    pub happened_at: Option<DateTime<Utc>>,
}

impl Within {
    /// The report of a mentorship within reach.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn report(&mut self, mentorship_id: MentorshipId) -> Result<Option<KeptReport>> {
        self.pair_query(concat!(
            "SELECT ",
            couple_columns!(),
            ", coalesce(p.mentor_text, '') AS mentor_text, coalesce(p.mentee_text, '') AS mentee_text,
             p.mentor_scores, p.mentee_scores, p.mentor_signed_by, s.name AS mentor_signer, p.mentor_signed_at,
             p.mentee_signed_by, z.name AS mentee_signer, p.mentee_signed_at, p.figures,
             coalesce(p.version, 0) AS version,
             (SELECT count(*) FROM meetings k WHERE k.mentorship_id = m.mentorship_id AND k.status = 'held') AS meetings_held,
             (SELECT count(*) FROM goals g WHERE g.mentorship_id = m.mentorship_id) AS goals,
             (SELECT count(*) FROM goals g WHERE g.mentorship_id = m.mentorship_id AND g.progress = 100) AS goals_reached",
            couple_tables!(),
            " LEFT JOIN reports p ON p.mentorship_id = m.mentorship_id
              LEFT JOIN users s ON s.user_id = p.mentor_signed_by
              LEFT JOIN users z ON z.user_id = p.mentee_signed_by",
            couple_within!(),
            " AND m.mentorship_id = $4"
        ))
        .bind(mentorship_id)
        .optional()
        .await
    }

    /// The parent tasks of a mentorship and all their moves, each task's in the order they happened.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn report_facts(&mut self, mentorship_id: MentorshipId) -> Result<Vec<Fact>> {
        self.company_query(
            "SELECT t.task_id, v.new_value AS moved_to, t.status, t.is_required, t.due_on, t.started_at, t.submitted_at,
                    t.completed_at, v.happened_at
             FROM tasks t
             LEFT JOIN task_events v ON v.task_id = t.task_id AND v.kind = 'moved'
             WHERE t.company_id = $1 AND t.mentorship_id = $2 AND t.parent_id IS NULL
             ORDER BY t.task_id, v.event_id LIMIT 20000",
        )
        .bind(mentorship_id)
        .all()
        .await
    }

    /// Writes one side's part and withdraws their signature, if the report still has this version and is not signed
    /// by both.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn write_report(
        &mut self,
        mentorship_id: MentorshipId,
        side: Side,
        (text, scores): (&str, Scores),
        seen: i64,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let sql = match side {
            Side::Mentor => {
                "INSERT INTO reports AS p (company_id, mentorship_id, mentor_text, mentee_text, mentor_scores, mentee_scores,
                                           version, updated_at)
                 VALUES ($1, $2, $3, '', $4, '{}', 1, $6)
                 ON CONFLICT (mentorship_id) DO UPDATE
                 SET mentor_text = $3, mentor_scores = $4, mentor_signed_by = NULL, mentor_signed_at = NULL,
                     version = p.version + 1, updated_at = $6
                 WHERE p.version = $5 AND (p.mentor_signed_at IS NULL OR p.mentee_signed_at IS NULL)"
            }
            Side::Mentee => {
                "INSERT INTO reports AS p (company_id, mentorship_id, mentor_text, mentee_text, mentor_scores, mentee_scores,
                                           version, updated_at)
                 VALUES ($1, $2, '', $3, '{}', $4, 1, $6)
                 ON CONFLICT (mentorship_id) DO UPDATE
                 SET mentee_text = $3, mentee_scores = $4, mentee_signed_by = NULL, mentee_signed_at = NULL,
                     version = p.version + 1, updated_at = $6
                 WHERE p.version = $5 AND (p.mentor_signed_at IS NULL OR p.mentee_signed_at IS NULL)"
            }
        };
        let written = self
            .company_query(sql)
            .bind(mentorship_id)
            .bind(text.to_owned())
            .bind(Json(scores))
            .bind(seen)
            .bind(now)
            .execute()
            .await?;
        Ok(written > 0)
    }

    /// Signs for one side, if the report still has this version; `figures` are kept when it is the second signature.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn sign_report(
        &mut self,
        mentorship_id: MentorshipId,
        (side, signer): (Side, UserId),
        figures: Option<&Figures>,
        seen: i64,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let sql = match side {
            Side::Mentor => {
                "UPDATE reports SET mentor_signed_by = $4, mentor_signed_at = $5, figures = $6, version = version + 1,
                        updated_at = $5
                 WHERE company_id = $1 AND mentorship_id = $2 AND version = $3 AND mentor_signed_at IS NULL"
            }
            Side::Mentee => {
                "UPDATE reports SET mentee_signed_by = $4, mentee_signed_at = $5, figures = $6, version = version + 1,
                        updated_at = $5
                 WHERE company_id = $1 AND mentorship_id = $2 AND version = $3 AND mentee_signed_at IS NULL"
            }
        };
        let signed = self
            .company_query(sql)
            .bind(mentorship_id)
            .bind(seen)
            .bind(signer)
            .bind(now)
            .bind(figures.cloned().map(Json))
            .execute()
            .await?;
        Ok(signed > 0)
    }

    /// Takes both signatures off a report that has them.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn reopen_report(&mut self, mentorship_id: MentorshipId, now: DateTime<Utc>) -> Result<bool> {
        let reopened = self
            .company_query(
                "UPDATE reports SET mentor_signed_by = NULL, mentor_signed_at = NULL, mentee_signed_by = NULL,
                        mentee_signed_at = NULL, figures = NULL, version = version + 1, updated_at = $3
                 WHERE company_id = $1 AND mentorship_id = $2 AND mentor_signed_at IS NOT NULL
                   AND mentee_signed_at IS NOT NULL",
            )
            .bind(mentorship_id)
            .bind(now)
            .execute()
            .await?;
        Ok(reopened > 0)
    }
}
