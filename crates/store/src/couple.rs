//! The two people of a mentorship, with what letters and documents say of them.

use crate::{Result, Within};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    MentorshipId, UserId,
    auth::Locale,
    mentorship::{MentorshipStatus, PlanSource},
    users::UserStatus,
};

#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Couple {
    pub mentorship_id: MentorshipId,
    pub mentorship_title: String,
    pub mentorship_status: MentorshipStatus,
    pub start_on: NaiveDate,
    pub end_on: NaiveDate,
    pub total_weeks: i64,
    pub ended_at: Option<DateTime<Utc>>,
    #[sqlx(json)]
    pub sources: Vec<PlanSource>,
    pub company_name: String,
    pub mentor_id: UserId,
    pub mentor_name: String,
    pub mentor_position: Option<String>,
    pub mentor_email: String,
    pub mentor_locale: Locale,
    pub mentor_status: UserStatus,
    pub mentee_id: UserId,
    pub mentee_name: String,
    pub mentee_position: Option<String>,
    pub mentee_department: Option<String>,
    pub mentee_email: String,
    pub mentee_locale: Locale,
    pub mentee_status: UserStatus,
}

/// The columns of [`Couple`], after others.
macro_rules! couple_columns {
    () => {
        "m.mentorship_id, m.title AS mentorship_title, m.status AS mentorship_status, m.start_on, m.end_on,
         m.total_weeks, m.ended_at, m.sources, c.name AS company_name,
         m.mentor_id, r.name AS mentor_name, r.position AS mentor_position, r.email AS mentor_email,
         r.locale AS mentor_locale, r.status AS mentor_status,
         m.mentee_id, e.name AS mentee_name, e.position AS mentee_position, d.name AS mentee_department,
         e.email AS mentee_email, e.locale AS mentee_locale, e.status AS mentee_status"
    };
}
/// Their tables, and how far the caller reaches: what was only ever proposed is not the mentee's to see.
macro_rules! couple_tables {
    () => {
        " FROM mentorships m
          JOIN companies c ON c.company_id = m.company_id
          JOIN users r ON r.user_id = m.mentor_id
          JOIN users e ON e.user_id = m.mentee_id
          LEFT JOIN departments d ON d.department_id = e.department_id"
    };
}
/// Within reach; what was only ever proposed is not the mentee's to see.
macro_rules! shown {
    () => {
        "($2 IS NULL OR m.mentor_id = $3 OR (m.mentee_id = $2 AND m.started_at IS NOT NULL))"
    };
}
macro_rules! couple_within {
    () => {
        concat!(" WHERE m.company_id = $1 AND ", $crate::couple::shown!())
    };
}
pub(crate) use {couple_columns, couple_tables, couple_within, shown};

impl Within {
    /// The pair of a mentorship within reach.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn couple(&mut self, mentorship_id: MentorshipId) -> Result<Option<Couple>> {
        self.pair_query(concat!(
            "SELECT ",
            couple_columns!(),
            couple_tables!(),
            couple_within!(),
            " AND m.mentorship_id = $4"
        ))
        .bind(mentorship_id)
        .optional()
        .await
    }
}
