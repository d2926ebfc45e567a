//! Accounts: what signing in needs to know of a person.

use super::Unscoped;
use crate::Result;
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    CompanyId, DepartmentId, UserId,
    auth::{Locale, Theme},
    policy::Roles,
    users::UserStatus,
};

/// A person with what never leaves the server: hash and generation.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Account {
    pub user_id: UserId,
    pub company_id: Option<CompanyId>,
    pub company_name: Option<String>,
    pub company_is_active: bool,
    pub department_id: Option<DepartmentId>,
    pub department_name: Option<String>,
    pub email: String,
    pub family_name: String,
    pub given_name: String,
    pub name: String,
    pub position: Option<String>,
    pub roles: Roles,
    pub locale: Locale,
    pub theme: Theme,
    pub time_zone: String,
    pub status: UserStatus,
    pub password_hash: Option<String>,
    pub generation: i64,
}

/// A person to be stored.
#[derive(Debug, Clone)]
pub struct NewAccount<'a> {
    pub company_id: Option<&'a CompanyId>,
    pub department_id: Option<DepartmentId>,
    pub employee_number: Option<&'a str>,
    pub email: &'a str,
    pub email_key: &'a str,
    pub family_name: &'a str,
    pub given_name: &'a str,
    pub name: &'a str,
    pub search_key: &'a str,
    pub roles: Roles,
    pub position: Option<&'a str>,
    pub job_title: Option<&'a str>,
    pub tags: &'a [String],
    pub hired_on: Option<NaiveDate>,
    pub status: UserStatus,
    pub locale: Locale,
    pub password_hash: Option<&'a str>,
}

macro_rules! account {
    ($where:literal) => {
        concat!(
            "SELECT u.user_id, u.company_id, c.name AS company_name, coalesce(c.is_active, TRUE) AS company_is_active,
                    u.department_id, d.name AS department_name, u.email, u.family_name, u.given_name, u.name,
                    u.position, u.roles, u.locale, u.theme, coalesce(c.time_zone, 'Asia/Seoul') AS time_zone,
                    u.status, u.password_hash, u.generation
             FROM users u
             LEFT JOIN companies c ON c.company_id = u.company_id
             LEFT JOIN departments d ON d.department_id = u.department_id
             WHERE ",
            $where
        )
    };
}

impl Unscoped<'_> {
    /// The account with this folded e-mail address.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn account_by_email(&mut self, email_key: &str) -> Result<Option<Account>> {
        self.tx.query(account!("u.email_key = $1")).bind(email_key.to_owned()).optional().await
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn account(&mut self, user_id: UserId) -> Result<Option<Account>> {
        self.tx.query(account!("u.user_id = $1")).bind(user_id).optional().await
    }

    /// # Errors
    /// [`crate::Error::Taken`] when e-mail or employee number is.
    pub async fn create_account(&mut self, account: &NewAccount<'_>, now: DateTime<Utc>) -> Result<UserId> {
        let (user_id,) = self
            .tx
            .query(
                "INSERT INTO users (company_id, department_id, employee_number, email, email_key, family_name,
                                    given_name, name, search_key, roles, position, job_title, tags, hired_on,
                                    status, locale, theme, password_hash, generation, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'system', $17, 0, $18)
                 RETURNING user_id",
            )
            .bind(account.company_id.cloned())
            .bind(account.department_id)
            .bind(account.employee_number.map(str::to_owned))
            .bind(account.email.to_owned())
            .bind(account.email_key.to_owned())
            .bind(account.family_name.to_owned())
            .bind(account.given_name.to_owned())
            .bind(account.name.to_owned())
            .bind(account.search_key.to_owned())
            .bind(account.roles)
            .bind(account.position.map(str::to_owned))
            .bind(account.job_title.map(str::to_owned))
            .bind(sqlx::types::Json(account.tags.to_vec()))
            .bind(account.hired_on)
            .bind(account.status)
            .bind(account.locale)
            .bind(account.password_hash.map(str::to_owned))
            .bind(now)
            .one()
            .await?;
        Ok(user_id)
    }

    /// Sets the password; an invited person becomes active with it.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn set_password(&mut self, user_id: UserId, hash: &str) -> Result<()> {
        self.tx
            .query(
                "UPDATE users
                 SET password_hash = $2, status = CASE WHEN status = 'invited' THEN 'active' ELSE status END
                 WHERE user_id = $1",
            )
            .bind(user_id)
            .bind(hash.to_owned())
            .execute()
            .await
            .map(drop)
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn note_login(&mut self, user_id: UserId, now: DateTime<Utc>) -> Result<()> {
        self.tx
            .query("UPDATE users SET last_login_at = $2 WHERE user_id = $1")
            .bind(user_id)
            .bind(now)
            .execute()
            .await
            .map(drop)
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn set_preferences(
        &mut self,
        user_id: UserId,
        locale: Option<Locale>,
        theme: Option<Theme>,
    ) -> Result<()> {
        self.tx
            .query("UPDATE users SET locale = coalesce($2, locale), theme = coalesce($3, theme) WHERE user_id = $1")
            .bind(user_id)
            .bind(locale)
            .bind(theme)
            .execute()
            .await
            .map(drop)
    }
}
