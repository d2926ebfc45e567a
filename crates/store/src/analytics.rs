//! Figures about mentorships, tasks and reviews, worked out by the database: few rows come back, however many lie
//! there. Medians are the middle rows of a window, because only one of the engines has a function for them.
//!
//! The engines count seconds and days in different words; each statement is written once with these left open, and
//! [`both!`] fills them in.

use crate::{Result, Within, bulk::Worded, query::Query};
use chrono::NaiveDate;
use contract::{CurriculumId, DepartmentId, analytics::Group};

macro_rules! postgres_seconds {
    ($at:literal) => {
        concat!("CAST(floor(extract(epoch FROM ", $at, ")) AS BIGINT)")
    };
}
macro_rules! sqlite_seconds {
    ($at:literal) => {
        concat!("unixepoch(", $at, ")")
    };
}
macro_rules! postgres_days {
    ($on:literal) => {
        concat!("CAST(", $on, " - DATE '1970-01-01' AS BIGINT)")
    };
}
macro_rules! sqlite_days {
    ($on:literal) => {
        concat!("(unixepoch(", $on, ") / 86400)")
    };
}
/// A text for each engine of a statement that leaves `seconds!` and `days!` open.
macro_rules! both {
    ($text:ident) => {
        Worded {
            postgres: $text!(postgres_seconds, postgres_days),
            sqlite: $text!(sqlite_seconds, sqlite_days),
        }
    };
}

/// The mentorships in question. `$1` is the company, `$2` the mentor whose mentees count or null, `$3` the
/// department or null, `$4` the curriculum or null.
macro_rules! chosen {
    ($period:literal) => {
        concat!(
            "WITH RECURSIVE below (department_id) AS (
                 SELECT department_id FROM departments WHERE company_id = $1 AND department_id = $3
                 UNION
                 SELECT d.department_id FROM departments d JOIN below ON d.parent_id = below.department_id),
             chosen AS MATERIALIZED (
                 SELECT m.mentorship_id, m.mentor_id, m.start_on, e.department_id, e.hired_on, e.last_login_at
                 FROM mentorships m JOIN users e ON e.user_id = m.mentee_id
                 WHERE m.company_id = $1 AND (m.started_at IS NOT NULL OR m.status IN ('active', 'paused', 'completed'))
                   AND (CAST($2 AS BIGINT) IS NULL OR m.mentor_id = $2)
                   AND (CAST($3 AS BIGINT) IS NULL OR e.department_id IN (SELECT department_id FROM below))
                   AND (CAST($4 AS BIGINT) IS NULL
                        OR EXISTS (SELECT 1 FROM mentorship_sources s
                                   WHERE s.mentorship_id = m.mentorship_id AND s.curriculum_id = $4))
                   AND ",
            $period,
            ")"
        )
    };
}

mod reviews;
mod tasks;

pub use reviews::{ReviewRow, Spans};

/// Which mentorships and tasks, and what day it is for whom.
#[derive(Debug, Clone)]
pub struct AnalyticsScope {
    /// The mentorships that started from this day on …
    pub from: NaiveDate,
    /// … and no later than this one.
    pub to: NaiveDate,
    pub department_id: Option<DepartmentId>,
    pub curriculum_id: Option<CurriculumId>,
    pub today: NaiveDate,
    /// What the company's clock is ahead of UTC, in seconds.
    pub ahead: i64,
}

/// The sums of a group of mentorships `e`.
macro_rules! sums {
    () => {
        "count(*) AS mentorships,
         CAST(coalesce(sum(CASE WHEN e.last_login_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS signed_in,
         CAST(coalesce(sum(CASE WHEN e.closed > 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS begun,
         CAST(coalesce(sum(CASE WHEN e.required > 0 AND e.done * 2 >= e.required THEN 1 ELSE 0 END), 0) AS BIGINT)
             AS half,
         CAST(coalesce(sum(CASE WHEN e.required > 0 AND e.done >= e.required THEN 1 ELSE 0 END), 0) AS BIGINT)
             AS finished,
         CAST(coalesce(sum(e.required), 0) AS BIGINT) AS required, CAST(coalesce(sum(e.done), 0) AS BIGINT) AS done,
         CAST(coalesce(sum(e.due), 0) AS BIGINT) AS due, CAST(coalesce(sum(e.on_time), 0) AS BIGINT) AS on_time,
         CAST(coalesce(sum(e.overdue), 0) AS BIGINT) AS overdue,
         CAST(coalesce(sum(e.waiting), 0) AS BIGINT) AS waiting"
    };
}

/// `$5` and `$6` are the period, `$7` is today, `$8` the seconds ahead of UTC.
macro_rules! groups {
    ($seconds:ident, $days:ident) => {
        concat!(
            chosen!("m.start_on >= $5 AND m.start_on <= $6"),
            // `IN`, not a join: SQLite would walk every task there is for a Bloom filter.
            ", work AS MATERIALIZED (
                 SELECT t.mentorship_id,
                        sum(CASE WHEN t.is_required AND t.status <> 'skipped' THEN 1 ELSE 0 END) AS required,
                        sum(CASE WHEN t.is_required AND t.status = 'done' THEN 1 ELSE 0 END) AS done,
                        sum(CASE WHEN t.status = 'done' THEN 1 ELSE 0 END) AS closed,
                        sum(CASE WHEN t.status = 'done' OR (t.status <> 'skipped' AND t.due_on < $7)
                                 THEN 1 ELSE 0 END) AS due,
                        sum(CASE WHEN t.status = 'done' OR (t.status = 'submitted' AND t.due_on < $7)
                                 THEN CASE WHEN (",
            $seconds!("coalesce(t.submitted_at, t.completed_at)"),
            " + $8) / 86400 <= ",
            $days!("t.due_on"),
            " THEN 1 ELSE 0 END ELSE 0 END) AS on_time,
                        sum(CASE WHEN t.status IN ('todo', 'in_progress', 'returned') AND t.due_on < $7
                                 THEN 1 ELSE 0 END) AS overdue,
                        sum(CASE WHEN t.status = 'submitted' THEN 1 ELSE 0 END) AS waiting
                 FROM tasks t
                 WHERE t.mentorship_id IN (SELECT mentorship_id FROM chosen) AND t.parent_id IS NULL
                 GROUP BY t.mentorship_id),
             each AS MATERIALIZED (
                 SELECT c.mentor_id, c.start_on, c.department_id, c.hired_on, c.last_login_at, w.required, w.done,
                        w.closed, w.due, w.on_time, w.overdue, w.waiting
                 FROM chosen c LEFT JOIN work w ON w.mentorship_id = c.mentorship_id)
             SELECT CAST('all' AS TEXT) AS kind, CAST(NULL AS BIGINT) AS id, CAST('' AS TEXT) AS name, ",
            sums!(),
            " FROM each e
             UNION ALL SELECT 'department', d.department_id, coalesce(d.name, ''), ",
            sums!(),
            " FROM each e LEFT JOIN departments d ON d.department_id = e.department_id
             GROUP BY d.department_id, d.name
             UNION ALL SELECT 'mentor', r.user_id, r.name, ",
            sums!(),
            " FROM each e LEFT JOIN users r ON r.user_id = e.mentor_id GROUP BY r.user_id, r.name
             UNION ALL SELECT 'start_month', NULL, substr(CAST(e.start_on AS TEXT), 1, 7), ",
            sums!(),
            " FROM each e GROUP BY substr(CAST(e.start_on AS TEXT), 1, 7)
             UNION ALL SELECT 'hired_month', NULL, coalesce(substr(CAST(e.hired_on AS TEXT), 1, 7), ''), ",
            sums!(),
            " FROM each e GROUP BY coalesce(substr(CAST(e.hired_on AS TEXT), 1, 7), '')
             ORDER BY 1, 3, 2"
        )
    };
}

const GROUPS: Worded = both!(groups);

impl Within {
    /// All mentorships in question, then by department, mentor and month; each list by name.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn mentorship_groups(&mut self, scope: &AnalyticsScope) -> Result<Vec<Group>> {
        let query = self.analytics_query(GROUPS, scope);
        query.bind(scope.from).bind(scope.to).bind(scope.today).bind(scope.ahead).all().await
    }

    /// What a curriculum is called, if the company has it.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn curriculum_title(&mut self, curriculum_id: CurriculumId) -> Result<Option<String>> {
        let found: Option<(String,)> = self
            .company_query("SELECT title FROM curricula WHERE company_id = $1 AND curriculum_id = $2")
            .bind(curriculum_id)
            .optional()
            .await?;
        Ok(found.map(|(title,)| title))
    }

    /// A statement whose first four parameters are those of `chosen!`.
    fn analytics_query(&mut self, text: Worded, scope: &AnalyticsScope) -> Query<'_> {
        let mentor = self.reach().person();
        self.by_engine(text).bind(mentor).bind(scope.department_id).bind(scope.curriculum_id).planned_anew()
    }
}
