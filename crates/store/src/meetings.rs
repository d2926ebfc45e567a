//! Meetings, their agendas, and the tasks that came of them.

use crate::{
    Result, Within,
    bulk::instant,
    couple::{Couple, couple_columns, couple_tables, couple_within},
    users_bulk::INSERT_LETTERS,
};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    MeetingId, MentorshipId, TaskId, UserId,
    meetings::{AgendaPoint, Meeting, MeetingAction, UpcomingMeeting},
};
use serde_json::json;
use sqlx::types::Json;

/// A meeting with its pair.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PlacedMeeting {
    #[sqlx(flatten)]
    pub meeting: Meeting,
    #[sqlx(flatten)]
    pub couple: Couple,
    pub calendar_uid: String,
}

/// A meeting to be planned.
#[derive(Debug, Clone)]
pub struct PlannedMeeting<'a> {
    pub mentorship_id: MentorshipId,
    pub starts_at: DateTime<Utc>,
    pub minutes: i64,
    pub place: &'a str,
    pub agenda: &'a [AgendaPoint],
    pub calendar_uid: &'a str,
}

/// A task that somebody took on in a meeting.
#[derive(Debug, Clone, Copy)]
pub struct ActionTask<'a> {
    pub mentorship_id: MentorshipId,
    pub meeting_id: MeetingId,
    pub title: &'a str,
    pub owner_id: UserId,
    /// `mentee` or `mentor`.
    pub owner: &'a str,
    pub week: i64,
    pub starts_on: NaiveDate,
    pub due_on: NaiveDate,
}

/// `k` is the meeting; the tasks that came of it are counted by their own index.
macro_rules! meeting_columns {
    () => {
        "k.meeting_id, k.mentorship_id, k.starts_at, k.minutes, k.place, k.agenda, k.notes, k.status, k.sequence,
         k.updated_at, k.version, (SELECT count(*) FROM tasks t WHERE t.meeting_id = k.meeting_id) AS actions"
    };
}

impl Within {
    /// The meetings of a mentorship before `before`, the latest first. Whether it is within reach is asked before.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn meetings(
        &mut self,
        mentorship_id: MentorshipId,
        before: Option<(DateTime<Utc>, MeetingId)>,
        limit: i64,
    ) -> Result<Vec<Meeting>> {
        let (at, meeting_id) = before.unzip();
        self.company_query(concat!(
            "SELECT ",
            meeting_columns!(),
            " FROM meetings k
              WHERE k.company_id = $1 AND k.mentorship_id = $2
                AND ($3 IS NULL OR (k.starts_at, k.meeting_id) < ($3, $4))
              ORDER BY k.starts_at DESC, k.meeting_id DESC LIMIT $5"
        ))
        .bind(mentorship_id)
        .bind(at)
        .bind(meeting_id)
        .bind(limit)
        .all()
        .await
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn meeting(
        &mut self,
        mentorship_id: MentorshipId,
        meeting_id: MeetingId,
    ) -> Result<Option<PlacedMeeting>> {
        self.pair_query(concat!(
            "SELECT ",
            meeting_columns!(),
            ", k.calendar_uid, ",
            couple_columns!(),
            couple_tables!(),
            " JOIN meetings k ON k.mentorship_id = m.mentorship_id AND k.meeting_id = $5",
            couple_within!(),
            " AND m.mentorship_id = $4"
        ))
        .bind(mentorship_id)
        .bind(meeting_id)
        .optional()
        .await
    }

    /// The day and time of the latest meeting that was not called off.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn latest_meeting(&mut self, mentorship_id: MentorshipId) -> Result<Option<DateTime<Utc>>> {
        let (latest,) = self
            .company_query(
                "SELECT max(starts_at) FROM meetings
                 WHERE company_id = $1 AND mentorship_id = $2 AND status <> 'cancelled'",
            )
            .bind(mentorship_id)
            .one()
            .await?;
        Ok(latest)
    }

    /// What `person` has ahead with anybody, the soonest first.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn upcoming_meetings(
        &mut self,
        person: UserId,
        from: DateTime<Utc>,
        limit: i64,
    ) -> Result<Vec<UpcomingMeeting>> {
        self.company_query(
            "SELECT k.meeting_id, k.mentorship_id, k.starts_at, k.minutes, k.place, o.user_id AS with_id,
                    o.name AS with_name
             FROM mentorships m
             JOIN meetings k ON k.mentorship_id = m.mentorship_id AND k.status = 'planned' AND k.starts_at >= $3
             JOIN users o ON o.user_id = CASE WHEN m.mentor_id = $2 THEN m.mentee_id ELSE m.mentor_id END
             WHERE m.company_id = $1 AND (m.mentor_id = $2 OR m.mentee_id = $2) AND m.status IN ('active', 'paused')
             ORDER BY k.starts_at, k.meeting_id LIMIT $4",
        )
        .bind(person)
        .bind(from)
        .bind(limit)
        .all()
        .await
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn create_meeting(
        &mut self,
        meeting: &PlannedMeeting<'_>,
        creator: UserId,
        now: DateTime<Utc>,
    ) -> Result<Meeting> {
        self.company_query(
            "INSERT INTO meetings (company_id, mentorship_id, starts_at, minutes, place, agenda, notes, status,
                                   calendar_uid, sequence, created_by, created_at, updated_at, version)
             VALUES ($1, $2, $3, $4, $5, $6, '', 'planned', $7, 0, $8, $9, $9, 1)
             RETURNING meeting_id, mentorship_id, starts_at, minutes, place, agenda, notes, status, sequence, updated_at,
                       version, CAST(0 AS BIGINT) AS actions",
        )
        .bind(meeting.mentorship_id)
        .bind(meeting.starts_at)
        .bind(meeting.minutes)
        .bind(meeting.place.to_owned())
        .bind(Json(meeting.agenda.to_vec()))
        .bind(meeting.calendar_uid.to_owned())
        .bind(creator)
        .bind(now)
        .one()
        .await
    }

    /// Writes a meeting as it is given, if it still has its version; the new version.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn update_meeting(&mut self, meeting: &Meeting, now: DateTime<Utc>) -> Result<Option<i64>> {
        let updated: Option<(i64,)> = self
            .company_query(
                "UPDATE meetings SET starts_at = $4, minutes = $5, place = $6, agenda = $7, notes = $8, status = $9,
                        sequence = $10, updated_at = $11, version = version + 1
                 WHERE company_id = $1 AND meeting_id = $2 AND version = $3
                 RETURNING version",
            )
            .bind(meeting.meeting_id)
            .bind(meeting.version)
            .bind(meeting.starts_at)
            .bind(meeting.minutes)
            .bind(meeting.place.clone())
            .bind(Json(meeting.agenda.clone()))
            .bind(meeting.notes.clone())
            .bind(meeting.status)
            .bind(meeting.sequence)
            .bind(now)
            .optional()
            .await?;
        Ok(updated.map(|(version,)| version))
    }

    /// What came of a meeting within reach.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn meeting_actions(&mut self, meeting_id: MeetingId) -> Result<Vec<MeetingAction>> {
        self.company_query(
            "SELECT t.task_id, t.title, t.owner_id, o.name AS owner_name, t.due_on, t.status
             FROM tasks t JOIN users o ON o.user_id = t.owner_id
             WHERE t.company_id = $1 AND t.meeting_id = $2 ORDER BY t.task_id LIMIT 200",
        )
        .bind(meeting_id)
        .all()
        .await
    }

    /// Adds a task to the plan that came of a meeting, if the mentorship is active.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn create_action(
        &mut self,
        task: &ActionTask<'_>,
        now: DateTime<Utc>,
    ) -> Result<Option<TaskId>> {
        let created: Option<(TaskId,)> = self
            .company_query(
                "INSERT INTO tasks (company_id, mentorship_id, meeting_id, title, guideline, submission, week, position,
                                    priority, kind, owner, owner_id, is_required, starts_on, due_on, status, submissions,
                                    version, subtasks, subtasks_done, memos, updated_at)
                 SELECT m.company_id, m.mentorship_id, $3, $4, '', '', $5,
                        (SELECT coalesce(max(o.position), -1) + 1 FROM tasks o
                         WHERE o.mentorship_id = m.mentorship_id AND o.parent_id IS NULL),
                        'medium', 'task', $6, $7, FALSE, $8, $9, 'todo', 0, 1, 0, 0, 0, $10
                 FROM mentorships m
                 WHERE m.company_id = $1 AND m.mentorship_id = $2 AND m.status = 'active'
                 RETURNING task_id",
            )
            .bind(task.mentorship_id)
            .bind(task.meeting_id)
            .bind(task.title.to_owned())
            .bind(task.week)
            .bind(task.owner.to_owned())
            .bind(task.owner_id)
            .bind(task.starts_on)
            .bind(task.due_on)
            .bind(now)
            .optional()
            .await?;
        Ok(created.map(|(task_id,)| task_id))
    }

    /// Puts letters into the outbox, all with one statement.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn enqueue_letters(&mut self, letters: &[serde_json::Value], now: DateTime<Utc>) -> Result<()> {
        if letters.is_empty() {
            return Ok(());
        }
        let at = instant(now);
        let rows: Vec<_> = letters
            .iter()
            .map(|payload| json!({ "kind": "mail", "payload": payload, "created_at": at, "next_at": at, "attempts": 0 }))
            .collect();
        self.insert_rows(INSERT_LETTERS, &rows).await.map(drop)
    }
}
