//! People of the caller's company: one at a time.
//!
//! What an operation may do to the last active admin is decided in its statement, after
//! [`Within::lock_company`]: whoever comes second sees what the first did.

use crate::{Result, Within};
use chrono::NaiveDate;
use contract::{
    DepartmentId, UserId,
    policy::Roles,
    users::{User, UserStatus},
};

/// A person with company and department; `$1` is the company, `$2` the person it is limited to, or null.
macro_rules! people {
    ($from:expr, $rest:expr) => {
        concat!(
            "SELECT u.user_id, u.company_id, c.name AS company_name, u.department_id, d.name AS department_name,
                    u.employee_number, u.email, u.family_name, u.given_name, u.name, u.roles, u.position,
                    u.job_title, u.tags, u.hired_on, u.manager_id, b.name AS manager_name,
                    u.status, u.locale, u.last_login_at, u.created_at
             FROM ",
            $from,
            " u
             JOIN companies c ON c.company_id = u.company_id
             LEFT JOIN departments d ON d.department_id = u.department_id
             LEFT JOIN users b ON b.user_id = u.manager_id ",
            $rest
        )
    };
}
pub(crate) use people;

/// A person as they are to be. `email_key`, `name` and `search_key` follow from the rest.
#[derive(Debug, Clone)]
pub struct PersonChange {
    pub department_id: Option<DepartmentId>,
    pub employee_number: Option<String>,
    pub email: String,
    pub email_key: String,
    pub family_name: String,
    pub given_name: String,
    pub name: String,
    pub search_key: String,
    pub roles: Roles,
    pub position: Option<String>,
    pub job_title: Option<String>,
    pub tags: Vec<String>,
    pub hired_on: Option<NaiveDate>,
    /// Whether they can be in: without it they are suspended; with it `active`, or `invited` without a password.
    pub is_enabled: bool,
    /// An active admin who would no longer be one: refused when there is no other.
    pub gives_up_admin: bool,
}

/// What is known about the unique and the referred-to values of a person.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Checked {
    pub email_taken: bool,
    pub number_taken: bool,
    /// The department's name, if the company has it.
    pub department_name: Option<String>,
}

/// What a person did or has: they are suspended then, not deleted.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub struct History {
    pub mentorships: i64,
    pub tasks: i64,
    pub events: i64,
    pub memos: i64,
    pub curricula: i64,
}

impl Within {
    /// # Errors
    /// See [`crate::Error`].
    pub async fn user(&mut self, user_id: UserId) -> Result<Option<User>> {
        let person = self.reach().person();
        self.company_query(people!(
            "users",
            "WHERE u.company_id = $1 AND ($2 IS NULL OR u.user_id = $2) AND u.user_id = $3"
        ))
        .bind(person)
        .bind(user_id)
        .optional()
        .await
    }

    /// Looks up in one go whether e-mail and employee number are free (but for `except`), and the department.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn check_person(
        &mut self,
        email_key: &str,
        employee_number: Option<&str>,
        department_id: Option<DepartmentId>,
        except: Option<UserId>,
    ) -> Result<Checked> {
        self.company_query(
            "SELECT EXISTS (SELECT 1 FROM users WHERE email_key = $2 AND user_id <> $5) AS email_taken,
                    EXISTS (SELECT 1 FROM users
                            WHERE company_id = $1 AND employee_number = $3 AND user_id <> $5) AS number_taken,
                    (SELECT name FROM departments WHERE company_id = $1 AND department_id = $4) AS department_name",
        )
        .bind(email_key.to_owned())
        .bind(employee_number.map(str::to_owned))
        .bind(department_id)
        .bind(except.unwrap_or(UserId(0)))
        .one()
        .await
    }

    /// The status they have now; `None` when the change takes away the last active admin, or there is no such
    /// person.
    ///
    /// # Errors
    /// [`crate::Error::Taken`] when e-mail or employee number is.
    pub async fn update_user(&mut self, user_id: UserId, change: PersonChange) -> Result<Option<UserStatus>> {
        let changed: Option<(UserStatus,)> = self
            .company_query(
                "UPDATE users
                 SET department_id = $3, employee_number = $4, email = $5, email_key = $6, family_name = $7,
                     given_name = $8, name = $9, search_key = $10, roles = $11, position = $12, job_title = $13,
                     tags = $14, hired_on = $15,
                     status = CASE WHEN NOT $16 THEN 'suspended'
                                   WHEN password_hash IS NULL THEN 'invited'
                                   ELSE 'active' END
                 WHERE company_id = $1 AND user_id = $2
                   AND (NOT $17 OR EXISTS (SELECT 1 FROM users o
                                           WHERE o.company_id = $1 AND o.user_id <> $2 AND (o.roles & 2) <> 0
                                             AND o.status = 'active'))
                 RETURNING status",
            )
            .bind(user_id)
            .bind(change.department_id)
            .bind(change.employee_number)
            .bind(change.email)
            .bind(change.email_key)
            .bind(change.family_name)
            .bind(change.given_name)
            .bind(change.name)
            .bind(change.search_key)
            .bind(change.roles)
            .bind(change.position)
            .bind(change.job_title)
            .bind(sqlx::types::Json(change.tags))
            .bind(change.hired_on)
            .bind(change.is_enabled)
            .bind(change.gives_up_admin)
            .optional()
            .await?;
        Ok(changed.map(|(status,)| status))
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn history_of_user(&mut self, user_id: UserId) -> Result<History> {
        self.company_query(
            "SELECT (SELECT count(*) FROM mentorships
                     WHERE company_id = $1 AND (mentor_id = $2 OR mentee_id = $2)) AS mentorships,
                    (SELECT count(*) FROM tasks WHERE company_id = $1 AND owner_id = $2) AS tasks,
                    (SELECT count(*) FROM task_events WHERE company_id = $1 AND actor_id = $2) AS events,
                    (SELECT count(*) FROM memos WHERE company_id = $1 AND author_id = $2) AS memos,
                    (SELECT count(*) FROM curricula WHERE company_id = $1 AND created_by = $2)
                    + (SELECT count(*) FROM curriculum_versions
                       WHERE company_id = $1 AND published_by = $2) AS curricula",
        )
        .bind(user_id)
        .one()
        .await
    }

    /// `false` when it is the last active admin, or there is no such person.
    ///
    /// # Errors
    /// [`crate::Error::Reference`] when something is still about them.
    pub async fn delete_user(&mut self, user_id: UserId) -> Result<bool> {
        let deleted = self
            .company_query(
                "DELETE FROM users
                 WHERE company_id = $1 AND user_id = $2
                   AND ((roles & 2) = 0 OR status <> 'active'
                        OR EXISTS (SELECT 1 FROM users o
                                   WHERE o.company_id = $1 AND o.user_id <> $2 AND (o.roles & 2) <> 0
                                     AND o.status = 'active'))",
            )
            .bind(user_id)
            .execute()
            .await?;
        Ok(deleted > 0)
    }

    /// How many can run the company now.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn active_admins(&mut self) -> Result<i64> {
        let (admins,) = self
            .company_query(
                "SELECT count(*) FROM users WHERE company_id = $1 AND (roles & 2) <> 0 AND status = 'active'",
            )
            .one()
            .await?;
        Ok(admins)
    }
}
