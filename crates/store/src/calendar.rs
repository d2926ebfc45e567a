//! What stands in a person's calendar: their meetings, and what they are to finish.

use crate::{Result, Within};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{MeetingId, MentorshipId, TaskId, UserId};

#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct CalendarMeeting {
    pub meeting_id: MeetingId,
    pub mentorship_id: MentorshipId,
    pub calendar_uid: String,
    pub sequence: i64,
    pub starts_at: DateTime<Utc>,
    pub minutes: i64,
    pub place: String,
    pub with_name: String,
    pub updated_at: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct CalendarTask {
    pub task_id: TaskId,
    pub title: String,
    pub due_on: NaiveDate,
    pub version: i64,
    pub updated_at: DateTime<Utc>,
}

impl Within {
    /// A person's meetings from an instant on, but for those that were called off.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn calendar_meetings(
        &mut self,
        person: UserId,
        from: DateTime<Utc>,
    ) -> Result<Vec<CalendarMeeting>> {
        self.company_query(
            "SELECT k.meeting_id, k.mentorship_id, k.calendar_uid, k.sequence, k.starts_at, k.minutes, k.place,
                    o.name AS with_name, k.updated_at
             FROM mentorships m
             JOIN meetings k ON k.mentorship_id = m.mentorship_id AND k.status <> 'cancelled' AND k.starts_at >= $3
             JOIN users o ON o.user_id = CASE WHEN m.mentor_id = $2 THEN m.mentee_id ELSE m.mentor_id END
             WHERE m.company_id = $1 AND (m.mentor_id = $2 OR m.mentee_id = $2) AND m.started_at IS NOT NULL
             ORDER BY k.starts_at, k.meeting_id LIMIT 1000",
        )
        .bind(person)
        .bind(from)
        .all()
        .await
    }

    /// The open tasks a person is to finish, with when.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn calendar_tasks(&mut self, person: UserId) -> Result<Vec<CalendarTask>> {
        self.company_query(
            "SELECT t.task_id, t.title, t.due_on, t.version, t.updated_at
             FROM mentorships m
             JOIN tasks t ON t.mentorship_id = m.mentorship_id AND t.owner_id = $2 AND t.parent_id IS NULL
                         AND t.status IN ('todo', 'in_progress', 'returned', 'submitted')
             WHERE m.company_id = $1 AND (m.mentor_id = $2 OR m.mentee_id = $2) AND m.status = 'active'
             ORDER BY t.due_on, t.task_id LIMIT 1000",
        )
        .bind(person)
        .all()
        .await
    }
}
