//! Goals of a mentorship, and what happened to them.

use crate::{Result, Within};
use chrono::{DateTime, Utc};
use contract::{
    GoalId, MentorshipId, UserId,
    goals::{Goal, NewGoal},
    mentorship_events::MentorshipEventKind,
};

/// One event of a goal as it stands in the record.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct GoalEvent {
    pub kind: MentorshipEventKind,
    #[sqlx(json)]
    pub details: serde_json::Value,
    pub comment: Option<String>,
    pub actor_name: Option<String>,
    pub happened_at: DateTime<Utc>,
}

macro_rules! goals {
    ($before:literal, $after:literal) => {
        concat!(
            $before,
            " goal_id, mentorship_id, title, measure, due_on, progress, notes, created_by, created_at, updated_at, version",
            $after
        )
    };
}

impl Within {
    /// The goals of a mentorship in the order they were set. Whether it is within reach is asked before.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn goals(&mut self, mentorship_id: MentorshipId) -> Result<Vec<Goal>> {
        self.company_query(goals!(
            "SELECT",
            " FROM goals WHERE company_id = $1 AND mentorship_id = $2 ORDER BY goal_id LIMIT 200"
        ))
        .bind(mentorship_id)
        .all()
        .await
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn goal(&mut self, mentorship_id: MentorshipId, goal_id: GoalId) -> Result<Option<Goal>> {
        self.company_query(goals!(
            "SELECT",
            " FROM goals WHERE company_id = $1 AND mentorship_id = $2 AND goal_id = $3"
        ))
        .bind(mentorship_id)
        .bind(goal_id)
        .optional()
        .await
    }

    /// What happened to the goals of a mentorship, newest first.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn goal_events(&mut self, mentorship_id: MentorshipId) -> Result<Vec<GoalEvent>> {
        self.company_query(
            "SELECT v.kind, v.details, v.comment, a.name AS actor_name, v.happened_at
             FROM mentorship_events v
             LEFT JOIN users a ON a.user_id = v.actor_id
             WHERE v.company_id = $1 AND v.mentorship_id = $2
               AND v.kind IN ('goal_added', 'goal_changed', 'goal_progress')
             ORDER BY v.happened_at DESC, v.event_id DESC LIMIT 500",
        )
        .bind(mentorship_id)
        .all()
        .await
    }

    /// Sets a goal, unless the mentorship has `most` of them.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn create_goal(
        &mut self,
        mentorship_id: MentorshipId,
        goal: &NewGoal,
        most: i64,
        creator: UserId,
        now: DateTime<Utc>,
    ) -> Result<Option<Goal>> {
        self.company_query(goals!(
            "INSERT INTO goals (company_id, mentorship_id, title, measure, due_on, progress, notes, created_by, created_at,
                                updated_at, version)
             SELECT $1, $2, $3, $4, $5, 0, $6, $7, $8, $8, 1
             WHERE (SELECT count(*) FROM goals WHERE company_id = $1 AND mentorship_id = $2) < $9
             RETURNING",
            ""
        ))
        .bind(mentorship_id)
        .bind(goal.title.trim().to_owned())
        .bind(goal.measure.trim().to_owned())
        .bind(goal.due_on)
        .bind(goal.notes.clone())
        .bind(creator)
        .bind(now)
        .bind(most)
        .optional()
        .await
    }

    /// Writes a goal as it is given, if it still has its version.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn update_goal(&mut self, goal: &Goal, now: DateTime<Utc>) -> Result<Option<Goal>> {
        self.company_query(goals!(
            "UPDATE goals SET title = $4, measure = $5, due_on = $6, progress = $7, notes = $8, updated_at = $9,
                    version = version + 1
             WHERE company_id = $1 AND goal_id = $2 AND version = $3
             RETURNING",
            ""
        ))
        .bind(goal.goal_id)
        .bind(goal.version)
        .bind(goal.title.clone())
        .bind(goal.measure.clone())
        .bind(goal.due_on)
        .bind(goal.progress)
        .bind(goal.notes.clone())
        .bind(now)
        .optional()
        .await
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn delete_goal(&mut self, goal_id: GoalId) -> Result<()> {
        self.company_query("DELETE FROM goals WHERE company_id = $1 AND goal_id = $2")
            .bind(goal_id)
            .execute()
            .await
            .map(drop)
    }
}
