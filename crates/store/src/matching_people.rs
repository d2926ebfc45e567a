//! People as far as matching them is concerned: one row each, with what rules and points need.
//!
//! A department comes as the path down to it (`/1/4/9/`), so that "above", "below" and "beside" are questions to
//! two texts and not to the database.

use crate::{
    Result, Within,
    bulk::{Worded, json},
};
use chrono::NaiveDate;
use contract::{DepartmentId, UserId, auth::Locale, policy::Roles, users::UserStatus};

#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct MatchFacts {
    pub user_id: UserId,
    pub name: String,
    pub department_id: Option<DepartmentId>,
    pub department_name: Option<String>,
    /// Empty without a department.
    pub department_path: String,
    pub position: Option<String>,
    pub job_title: Option<String>,
    #[sqlx(json)]
    pub tags: Vec<String>,
    pub locale: Locale,
    pub hired_on: Option<NaiveDate>,
    pub roles: Roles,
    pub status: UserStatus,
    pub manager_id: Option<UserId>,
    /// Mentorships they guide or have been asked to.
    pub running: i64,
    /// `None` is no limit.
    pub capacity: Option<i64>,
    /// Guided now, or about to be.
    pub is_mentored: bool,
    /// On the day it is asked for.
    pub is_away: bool,
}

/// `$1` is the company, `$2` the day, the rest is the condition's.
macro_rules! facts {
    ($($condition:literal),+) => {
        concat!(
            "WITH RECURSIVE tree (department_id, path) AS (
                 SELECT department_id, '/' || CAST(department_id AS TEXT) || '/' FROM departments
                 WHERE company_id = $1 AND parent_id IS NULL
                 UNION ALL
                 SELECT d.department_id, tree.path || CAST(d.department_id AS TEXT) || '/'
                 FROM departments d JOIN tree ON d.parent_id = tree.department_id)
             SELECT u.user_id, u.name, u.department_id, d.name AS department_name,
                    coalesce(tree.path, '') AS department_path, u.position, u.job_title, u.tags, u.locale, u.hired_on,
                    u.roles, u.status, u.manager_id,
                    (SELECT count(*) FROM mentorships m WHERE m.company_id = $1 AND m.mentor_id = u.user_id
                       AND m.status IN ('proposed', 'active', 'paused')) AS running,
                    coalesce(u.mentor_capacity, c.mentor_capacity) AS capacity,
                    EXISTS (SELECT 1 FROM mentorships m WHERE m.company_id = $1 AND m.mentee_id = u.user_id
                              AND m.status IN ('proposed', 'active', 'paused')) AS is_mentored,
                    EXISTS (SELECT 1 FROM absences a WHERE a.user_id = u.user_id AND a.starts_on <= $2
                              AND a.ends_on >= $2) AS is_away
             FROM users u
             JOIN companies c ON c.company_id = u.company_id
             LEFT JOIN departments d ON d.department_id = u.department_id
             LEFT JOIN tree ON tree.department_id = u.department_id
             WHERE u.company_id = $1 AND ",
            $($condition),+
        )
    };
}

const THESE: Worded = Worded {
    postgres: facts!(
        "u.user_id IN (SELECT CAST(value AS BIGINT) FROM jsonb_array_elements_text(CAST($3 AS JSONB)))"
    ),
    sqlite: facts!("u.user_id IN (SELECT value FROM json_each($3))"),
};

/// Who guided whom: `$1` is the company; only what really ran counts.
macro_rules! earlier {
    ($($condition:literal),+) => {
        concat!(
            "SELECT DISTINCT m.mentor_id, m.mentee_id FROM mentorships m
             WHERE m.company_id = $1 AND (m.status = 'completed' OR (m.status = 'ended' AND m.started_at IS NOT NULL)) AND ",
            $($condition),+
        )
    };
}

const EARLIER: Worded = Worded {
    postgres: earlier!(
        "m.mentee_id IN (SELECT CAST(value AS BIGINT) FROM jsonb_array_elements_text(CAST($2 AS JSONB)))"
    ),
    sqlite: earlier!("m.mentee_id IN (SELECT value FROM json_each($2))"),
};

/// As many mentees are ranked for one mentor at most, those hired last.
const MOST_MENTEES: i64 = 2000;

impl Within {
    /// The mentee, and every mentor who is not suspended; or `only` this one.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn mentors_for(
        &mut self,
        mentee_id: UserId,
        only: Option<UserId>,
        day: NaiveDate,
    ) -> Result<Vec<MatchFacts>> {
        self.company_query(facts!(
            "(u.user_id = $3 OR u.user_id = $4
              OR (CAST($4 AS BIGINT) IS NULL AND (u.roles & 4) <> 0 AND u.status <> 'suspended'))
             ORDER BY u.user_id"
        ))
        .bind(day)
        .bind(mentee_id)
        .bind(only)
        .all()
        .await
    }

    /// The mentor, and the active mentees whom nobody guides.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn mentees_for(&mut self, mentor_id: UserId, day: NaiveDate) -> Result<Vec<MatchFacts>> {
        self.company_query(facts!(
            "(u.user_id = $3
              OR ((u.roles & 8) <> 0 AND u.status = 'active'
                  AND NOT EXISTS (SELECT 1 FROM mentorships m WHERE m.company_id = $1 AND m.mentee_id = u.user_id
                                    AND m.status IN ('proposed', 'active', 'paused'))))
             ORDER BY CASE WHEN u.user_id = $3 THEN 0 ELSE 1 END, coalesce(u.hired_on, '0001-01-01') DESC, u.user_id
             LIMIT $4"
        ))
        .bind(day)
        .bind(mentor_id)
        .bind(MOST_MENTEES)
        .all()
        .await
    }

    /// These people, as far as they are in the company.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn match_facts(&mut self, people: &[UserId], day: NaiveDate) -> Result<Vec<MatchFacts>> {
        let people = json(people)?;
        self.by_engine(THESE).bind(day).bind(people).all().await
    }

    /// Who guided these mentees before: mentor, mentee.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn earlier_pairs(&mut self, mentees: &[UserId]) -> Result<Vec<(UserId, UserId)>> {
        let mentees = json(mentees)?;
        self.by_engine(EARLIER).bind(mentees).all().await
    }

    /// Whom this mentor guided before: mentor, mentee.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn earlier_mentees(&mut self, mentor_id: UserId) -> Result<Vec<(UserId, UserId)>> {
        self.company_query(earlier!("m.mentor_id = $2")).bind(mentor_id).all().await
    }

    /// Says who somebody reports to, and answers with that one's name; `None` when they are not in the company.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn set_manager(
        &mut self,
        user_id: UserId,
        manager_id: Option<UserId>,
    ) -> Result<Option<Option<String>>> {
        let changed: Option<(Option<String>,)> = self
            .company_query(
                "UPDATE users SET manager_id = $3
                 WHERE company_id = $1 AND user_id = $2
                   AND (CAST($3 AS BIGINT) IS NULL
                        OR EXISTS (SELECT 1 FROM users b WHERE b.company_id = $1 AND b.user_id = $3))
                 RETURNING (SELECT b.name FROM users b WHERE b.user_id = $3)",
            )
            .bind(user_id)
            .bind(manager_id)
            .optional()
            .await?;
        Ok(changed.map(|(name,)| name))
    }
}
