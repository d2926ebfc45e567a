//! Mentors: how many mentorships they take, how many they have, when they are away.

use crate::{Result, Within};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    AbsenceId, UserId,
    mentoring::{Absence, NewAbsence},
    mentorship_life::MentorChoice,
};

/// A person's numbers as a mentor.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MentorNumbers {
    pub name: String,
    pub capacity: Option<i64>,
    pub company_capacity: Option<i64>,
    pub load: i64,
}

/// A mentor in some span of days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MentorDays {
    /// Mentorships that run in these days.
    pub load: i64,
    pub capacity: Option<i64>,
    /// First and last day of each absence.
    pub absences: Vec<(NaiveDate, NaiveDate)>,
}

/// `$1` is the company, `$2` the person. A task needs the mentor when it is the mentor's own or a meeting (on any of its
/// days), or is due for review.
macro_rules! absences {
    ($rest:literal) => {
        concat!(
            "SELECT a.absence_id, a.starts_on, a.ends_on, a.reason,
                    (SELECT count(*) FROM mentorships m
                     JOIN tasks t ON t.mentorship_id = m.mentorship_id AND t.parent_id IS NULL
                     WHERE m.company_id = $1 AND m.mentor_id = $2 AND m.status IN ('active', 'paused')
                       AND t.status NOT IN ('done', 'skipped') AND t.due_on >= a.starts_on
                       AND CASE WHEN t.owner = 'mentor' OR t.kind = 'meeting' THEN t.starts_on
                                WHEN t.owner = 'mentee' THEN t.due_on END <= a.ends_on) AS tasks
             FROM absences a WHERE a.company_id = $1 AND a.user_id = $2 AND ",
            $rest
        )
    };
}

/// How many run, how many may, and from when to when somebody is away.
type MentoringRow = (i64, Option<i64>, Option<NaiveDate>, Option<NaiveDate>);

impl Within {
    /// # Errors
    /// See [`crate::Error`].
    pub async fn mentor_numbers(&mut self, user_id: UserId) -> Result<Option<MentorNumbers>> {
        let person = self.reach().person();
        self.company_query(
            "SELECT u.name, u.mentor_capacity AS capacity, c.mentor_capacity AS company_capacity,
                    (SELECT count(*) FROM mentorships m
                     WHERE m.company_id = $1 AND m.mentor_id = u.user_id
                       AND m.status IN ('active', 'paused', 'proposed')) AS load
             FROM users u
             JOIN companies c ON c.company_id = u.company_id
             WHERE u.company_id = $1 AND u.user_id = $2 AND ($3 IS NULL OR u.user_id = $3)",
        )
        .bind(user_id)
        .bind(person)
        .optional()
        .await
    }

    /// Present and coming absences, the next first.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn absences(&mut self, user_id: UserId, today: NaiveDate) -> Result<Vec<Absence>> {
        self.company_query(absences!("a.ends_on >= $3 ORDER BY a.starts_on, a.absence_id LIMIT 100"))
            .bind(user_id)
            .bind(today)
            .all()
            .await
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn absence(&mut self, user_id: UserId, absence_id: AbsenceId) -> Result<Option<Absence>> {
        self.company_query(absences!("a.absence_id = $3")).bind(user_id).bind(absence_id).optional().await
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn set_capacity(&mut self, user_id: UserId, capacity: Option<i64>) -> Result<()> {
        self.company_query("UPDATE users SET mentor_capacity = $3 WHERE company_id = $1 AND user_id = $2")
            .bind(user_id)
            .bind(capacity)
            .execute()
            .await
            .map(drop)
    }

    /// Notes an absence of a person within reach; `None` when the person isn't.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn create_absence(
        &mut self,
        user_id: UserId,
        absence: &NewAbsence,
        actor_id: UserId,
        now: DateTime<Utc>,
    ) -> Result<Option<AbsenceId>> {
        let person = self.reach().person();
        let created: Option<(AbsenceId,)> = self
            .company_query(
                "INSERT INTO absences (company_id, user_id, starts_on, ends_on, reason, created_by, created_at)
                 SELECT u.company_id, u.user_id, $4, $5, $6, $7, $8
                 FROM users u WHERE u.company_id = $1 AND u.user_id = $2 AND ($3 IS NULL OR u.user_id = $3)
                 RETURNING absence_id",
            )
            .bind(user_id)
            .bind(person)
            .bind(absence.starts_on)
            .bind(absence.ends_on)
            .bind(absence.reason.trim().to_owned())
            .bind(actor_id)
            .bind(now)
            .optional()
            .await?;
        Ok(created.map(|(absence_id,)| absence_id))
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn delete_absence(&mut self, user_id: UserId, absence_id: AbsenceId) -> Result<bool> {
        let person = self.reach().person();
        let deleted = self
            .company_query(
                "DELETE FROM absences
                 WHERE company_id = $1 AND user_id = $2 AND absence_id = $3 AND ($4 IS NULL OR user_id = $4)",
            )
            .bind(user_id)
            .bind(absence_id)
            .bind(person)
            .execute()
            .await?;
        Ok(deleted > 0)
    }

    /// Active mentors, those with room first; `search` is a pattern for `LIKE`.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn mentor_choices(
        &mut self,
        search: Option<String>,
        limit: i64,
        today: NaiveDate,
    ) -> Result<Vec<MentorChoice>> {
        self.company_query(
            "WITH mentors AS (
                SELECT u.user_id, u.name, u.position, d.name AS department_name,
                       (SELECT count(*) FROM mentorships m
                        WHERE m.company_id = $1 AND m.mentor_id = u.user_id
                          AND m.status IN ('active', 'paused', 'proposed')) AS load,
                       coalesce(u.mentor_capacity, c.mentor_capacity) AS capacity,
                       (SELECT max(a.ends_on) FROM absences a
                        WHERE a.user_id = u.user_id AND a.starts_on <= $4 AND a.ends_on >= $4) AS away_until
                FROM users u
                JOIN companies c ON c.company_id = u.company_id
                LEFT JOIN departments d ON d.department_id = u.department_id
                WHERE u.company_id = $1 AND u.status = 'active' AND (u.roles & 4) <> 0
                  AND ($2 IS NULL OR u.search_key LIKE $2 ESCAPE '\\'))
             SELECT * FROM mentors
             ORDER BY CASE WHEN load >= capacity THEN 1 ELSE 0 END, load, name, user_id LIMIT $3",
        )
        .bind(search)
        .bind(limit)
        .bind(today)
        .all()
        .await
    }

    /// A mentor's load and absences from `first` to `last`.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn mentor_days(
        &mut self,
        mentor_id: UserId,
        first: NaiveDate,
        last: NaiveDate,
    ) -> Result<MentorDays> {
        let rows: Vec<MentoringRow> = self
            .company_query(
                "SELECT (SELECT count(*) FROM mentorships m
                         WHERE m.company_id = $1 AND m.mentor_id = u.user_id AND m.status IN ('active', 'paused')
                           AND m.start_on <= $4 AND m.end_on >= $3) AS load,
                        coalesce(u.mentor_capacity, c.mentor_capacity) AS capacity, a.starts_on, a.ends_on
                 FROM users u
                 JOIN companies c ON c.company_id = u.company_id
                 LEFT JOIN absences a ON a.user_id = u.user_id AND a.starts_on <= $4 AND a.ends_on >= $3
                 WHERE u.company_id = $1 AND u.user_id = $2
                 ORDER BY a.starts_on",
            )
            .bind(mentor_id)
            .bind(first)
            .bind(last)
            .all()
            .await?;
        let Some((load, capacity, ..)) = rows.first().copied() else { return Ok(MentorDays::default()) };
        let absences = rows.into_iter().filter_map(|(_, _, first, last)| first.zip(last)).collect();
        Ok(MentorDays { load, capacity, absences })
    }
}
