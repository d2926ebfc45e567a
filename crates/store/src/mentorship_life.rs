//! Proposals of mentorships: kept as a mentorship without tasks until the mentor accepts.

use crate::{NewPlan, Result, Within};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{MentorshipId, UserId, mentorship::PlanSource};

/// A proposal to be stored.
#[derive(Debug, Clone)]
pub struct NewProposalRow<'a> {
    pub mentor_id: UserId,
    pub mentee_id: UserId,
    pub title: &'a str,
    pub note: &'a str,
    pub start_on: NaiveDate,
    pub end_on: NaiveDate,
    pub total_weeks: i64,
    pub sources: &'a [PlanSource],
}

impl Within {
    /// Keeps a proposal.
    ///
    /// # Errors
    /// [`crate::Error::Taken`] when the mentee has an open one.
    pub async fn propose_mentorship(
        &mut self,
        proposal: &NewProposalRow<'_>,
        actor_id: UserId,
        now: DateTime<Utc>,
    ) -> Result<MentorshipId> {
        let (mentorship_id,): (MentorshipId,) = self
            .company_query(
                "INSERT INTO mentorships (company_id, mentor_id, mentee_id, title, start_on, end_on, total_weeks, status,
                                          sources, created_at, proposed_by, proposal_note)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, 'proposed', $8, $9, $10, $11)
                 RETURNING mentorship_id",
            )
            .bind(proposal.mentor_id)
            .bind(proposal.mentee_id)
            .bind(proposal.title.to_owned())
            .bind(proposal.start_on)
            .bind(proposal.end_on)
            .bind(proposal.total_weeks)
            .bind(sqlx::types::Json(proposal.sources.to_vec()))
            .bind(now)
            .bind(actor_id)
            .bind(Some(proposal.note.to_owned()).filter(|note| !note.is_empty()))
            .one()
            .await?;
        self.keep_sources(mentorship_id, proposal.sources).await?;
        Ok(mentorship_id)
    }

    /// Makes an active mentorship with its tasks of a proposal; `false` when it isn't open any more.
    ///
    /// # Errors
    /// [`crate::Error::Taken`] when the mentee has a running one.
    pub async fn accept_mentorship(
        &mut self,
        mentorship_id: MentorshipId,
        plan: &NewPlan<'_>,
        actor_id: UserId,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let accepted = self
            .company_query(
                "UPDATE mentorships
                 SET status = 'active', start_on = $3, end_on = $4, total_weeks = $5, started_at = $6
                 WHERE company_id = $1 AND mentorship_id = $2 AND status = 'proposed'",
            )
            .bind(mentorship_id)
            .bind(plan.start_on)
            .bind(plan.end_on)
            .bind(plan.total_weeks)
            .bind(now)
            .execute()
            .await?;
        if accepted == 0 {
            return Ok(false);
        }
        self.make_tasks(mentorship_id, plan.tasks, actor_id, now).await?;
        Ok(true)
    }

    /// Pauses an active mentorship from this day on; whether it was active.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn pause_mentorship(
        &mut self,
        mentorship_id: MentorshipId,
        paused_on: NaiveDate,
    ) -> Result<bool> {
        let paused = self
            .company_query(
                "UPDATE mentorships SET status = 'paused', paused_on = $3, revision = revision + 1
                 WHERE company_id = $1 AND mentorship_id = $2 AND status = 'active'",
            )
            .bind(mentorship_id)
            .bind(paused_on)
            .execute()
            .await?;
        Ok(paused > 0)
    }
}
