//! What happened to mentorships: append-only.

use crate::{Result, Within};
use chrono::{DateTime, Utc};
use contract::{
    MentorshipEventId, MentorshipId, UserId,
    mentorship_events::{MentorshipEvent, MentorshipEventKind},
};

impl Within {
    /// Records one thing that happened to a mentorship; `details` is an object whose parts follow from the kind.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn record_mentorship_event(
        &mut self,
        mentorship_id: MentorshipId,
        kind: MentorshipEventKind,
        details: serde_json::Value,
        comment: Option<&str>,
        actor: UserId,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.company_query(
            "INSERT INTO mentorship_events (company_id, mentorship_id, kind, details, comment, actor_id, happened_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(mentorship_id)
        .bind(kind)
        .bind(sqlx::types::Json(details))
        .bind(comment.map(str::to_owned))
        .bind(actor)
        .bind(now)
        .execute()
        .await
        .map(drop)
    }

    /// What happened to a mentorship within reach before `before`, newest first.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn mentorship_events(
        &mut self,
        mentorship_id: MentorshipId,
        before: Option<MentorshipEventId>,
        limit: i64,
    ) -> Result<Vec<MentorshipEvent>> {
        self.pair_query(concat!(
            "SELECT v.event_id, v.mentorship_id, v.kind, v.details, v.comment, v.actor_id, a.name AS actor_name,
                    v.happened_at
             FROM mentorship_events v
             JOIN mentorships m ON m.mentorship_id = v.mentorship_id
             LEFT JOIN users a ON a.user_id = v.actor_id
             WHERE v.company_id = $1 AND ",
            crate::couple::shown!(),
            " AND v.mentorship_id = $4 AND v.event_id < $5
             ORDER BY v.event_id DESC LIMIT $6",
        ))
        .bind(mentorship_id)
        .bind(before.unwrap_or(MentorshipEventId(i64::MAX)))
        .bind(limit)
        .all()
        .await
    }
}
