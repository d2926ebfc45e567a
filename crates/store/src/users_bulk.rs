//! Many people at once: a change to a selection, and an import.
//!
//! Lists travel as one JSON parameter; both engines unfold it with a function of their own name.

use crate::{
    Engine, Result, Within,
    bulk::{Worded, bulk_insert},
};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{DepartmentId, UserId, auth::Locale, policy::Roles, users::UserStatus};
use serde::Serialize;
use sqlx::types::Json;

/// A statement in the words of both engines; in it, `list` unfolds a JSON list of scalars and `position` finds
/// a text in another.
macro_rules! worded {
    ($engine:expr, |$list:ident, $position:ident| $($piece:tt)+) => {
        match $engine {
            Engine::Postgres => worded!(@ "jsonb_array_elements_text", "strpos", $($piece)+),
            Engine::Sqlite => worded!(@ "json_each", "instr", $($piece)+),
        }
    };
    (@ $list:literal, $position:literal, $($piece:tt)+) => { concat!($(worded!(% $list, $position, $piece)),+) };
    (% $list:literal, $position:literal, list) => { $list };
    (% $list:literal, $position:literal, position) => { $position };
    (% $list:literal, $position:literal, $text:literal) => { $text };
}

/// Where the department begins in a search key: it is the last thing there.
pub const SEARCH_END: &str = "\n";

/// One change to many people: what is `None` stays.
#[derive(Debug, Clone, Copy, Default)]
pub struct ManyChange {
    pub department_id: Option<Option<DepartmentId>>,
    /// See [`crate::PersonChange::is_enabled`].
    pub is_enabled: Option<bool>,
}

/// A person an import may be about.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct KnownPerson {
    pub user_id: UserId,
    /// Whether they are of the caller's company; of others nothing else is told.
    pub is_ours: bool,
    pub email_key: String,
    pub email: String,
    pub employee_number: Option<String>,
    pub department_id: Option<DepartmentId>,
    pub family_name: String,
    pub given_name: String,
    pub roles: Roles,
    pub position: Option<String>,
    pub job_title: Option<String>,
    pub hired_on: Option<NaiveDate>,
    pub status: UserStatus,
    /// The address of whom they report to.
    pub manager_key: Option<String>,
}

/// A person as an import leaves them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImportedPerson {
    /// Of a known person; zero for a new one.
    pub user_id: i64,
    pub department_id: Option<DepartmentId>,
    pub employee_number: Option<String>,
    pub email: String,
    pub email_key: String,
    pub family_name: String,
    pub given_name: String,
    pub name: String,
    pub search_key: String,
    /// The bit mask.
    pub roles: i64,
    pub position: Option<String>,
    pub job_title: Option<String>,
    pub hired_on: Option<NaiveDate>,
    pub status: UserStatus,
    /// The address of whom they report to: somebody of the company, or of the same file.
    pub manager_key: Option<String>,
}

/// An invitation to be sent to somebody who was just imported.
#[derive(Debug, Clone, Serialize)]
pub struct Invited {
    pub email_key: String,
    pub token_hash: String,
    pub expires_at: String,
    /// What the outbox keeps.
    pub payload: serde_json::Value,
    pub kind: &'static str,
    pub created_at: String,
    pub next_at: String,
    pub attempts: i64,
}

#[derive(Serialize)]
struct NewRow<'a> {
    #[serde(flatten)]
    person: &'a ImportedPerson,
    tags: [String; 0],
    locale: Locale,
    theme: &'static str,
    generation: i64,
    created_at: String,
}

const INSERT_PEOPLE: Worded = bulk_insert!(users (
    department_id BIGINT, employee_number TEXT, email TEXT, email_key TEXT, family_name TEXT, given_name TEXT,
    name TEXT, search_key TEXT, roles BIGINT, position TEXT, job_title TEXT, tags JSONB, hired_on DATE,
    status TEXT, locale TEXT, theme TEXT, generation BIGINT, created_at TIMESTAMPTZ
));

pub(crate) const INSERT_LETTERS: Worded = bulk_insert!(outbox (
    kind TEXT, payload JSONB, created_at TIMESTAMPTZ, next_at TIMESTAMPTZ, attempts BIGINT
));

const INSERT_LINKS: Worded = Worded {
    postgres: "INSERT INTO link_tokens (token_hash, user_id, purpose, created_at, expires_at)
               SELECT r.token_hash, u.user_id, 'invitation', r.created_at, r.expires_at
               FROM jsonb_to_recordset(CAST($2 AS JSONB))
                    AS r (email_key TEXT, token_hash TEXT, created_at TIMESTAMPTZ, expires_at TIMESTAMPTZ)
               JOIN users u ON u.email_key = r.email_key AND u.company_id = $1",
    sqlite: "INSERT INTO link_tokens (token_hash, user_id, purpose, created_at, expires_at)
             SELECT r.value ->> 'token_hash', u.user_id, 'invitation', r.value ->> 'created_at',
                    r.value ->> 'expires_at'
             FROM json_each($2) AS r
             CROSS JOIN users u ON u.email_key = r.value ->> 'email_key' AND u.company_id = $1",
};

macro_rules! update_people {
    ($rows:literal) => {
        concat!(
            "UPDATE users
             SET department_id = r.department_id, employee_number = r.employee_number, email = r.email,
                 email_key = r.email_key, family_name = r.family_name, given_name = r.given_name, name = r.name,
                 search_key = r.search_key, roles = r.roles, position = r.position, job_title = r.job_title,
                 hired_on = r.hired_on,
                 status = CASE WHEN r.status = 'suspended' THEN 'suspended'
                               WHEN users.password_hash IS NULL THEN 'invited'
                               ELSE 'active' END
             FROM ",
            $rows,
            " WHERE users.company_id = $1 AND users.user_id = r.user_id"
        )
    };
}

const UPDATE_PEOPLE: Worded = Worded {
    postgres: update_people!(
        "jsonb_to_recordset(CAST($2 AS JSONB)) AS r (
             user_id BIGINT, department_id BIGINT, employee_number TEXT, email TEXT, email_key TEXT,
             family_name TEXT, given_name TEXT, name TEXT, search_key TEXT, roles BIGINT, position TEXT,
             job_title TEXT, hired_on DATE, status TEXT)"
    ),
    sqlite: update_people!(
        "(SELECT value ->> 'user_id' AS user_id, value ->> 'department_id' AS department_id,
                 value ->> 'employee_number' AS employee_number, value ->> 'email' AS email,
                 value ->> 'email_key' AS email_key, value ->> 'family_name' AS family_name,
                 value ->> 'given_name' AS given_name, value ->> 'name' AS name,
                 value ->> 'search_key' AS search_key, value ->> 'roles' AS roles,
                 value ->> 'position' AS position, value ->> 'job_title' AS job_title,
                 value ->> 'hired_on' AS hired_on, value ->> 'status' AS status
          FROM json_each($2)) AS r"
    ),
};

macro_rules! set_managers {
    ($rows:literal) => {
        concat!(
            "UPDATE users
             SET manager_id = (SELECT b.user_id FROM users b WHERE b.company_id = $1 AND b.email_key = r.manager_key)
             FROM ",
            $rows,
            " WHERE users.company_id = $1 AND users.email_key = r.email_key"
        )
    };
}

const SET_MANAGERS: Worded = Worded {
    postgres: set_managers!("jsonb_to_recordset(CAST($2 AS JSONB)) AS r (email_key TEXT, manager_key TEXT)"),
    sqlite: set_managers!(
        "(SELECT value ->> 'email_key' AS email_key, value ->> 'manager_key' AS manager_key FROM json_each($2)) AS r"
    ),
};

impl Within {
    /// Those of the given people who are in the company.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn known_users(&mut self, users: &[UserId]) -> Result<Vec<UserId>> {
        let sql = worded!(self.engine(), |list, position|
            "SELECT user_id FROM users
             WHERE company_id = $1 AND user_id IN (SELECT CAST(value AS BIGINT) FROM " list "($2))");
        let rows: Vec<(UserId,)> = self.company_query(sql).bind(Json(users.to_vec())).all().await?;
        Ok(rows.into_iter().map(|(user_id,)| user_id).collect())
    }

    /// Changes the given people. `search_end` is what their search keys end with in the new department.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn update_users(
        &mut self,
        users: &[UserId],
        change: ManyChange,
        search_end: &str,
    ) -> Result<u64> {
        let sql = worded!(self.engine(), |list, position|
            "UPDATE users
             SET department_id = CASE WHEN $3 THEN $4 ELSE department_id END,
                 search_key = CASE WHEN $3 THEN substr(search_key, 1, " position "(search_key || $7, $7) - 1) || $5
                                   ELSE search_key END,
                 status = CASE WHEN $6 IS NULL THEN status
                               WHEN NOT $6 THEN 'suspended'
                               WHEN password_hash IS NULL THEN 'invited'
                               ELSE 'active' END
             WHERE company_id = $1 AND user_id IN (SELECT CAST(value AS BIGINT) FROM " list "($2))");
        self.company_query(sql)
            .bind(Json(users.to_vec()))
            .bind(change.department_id.is_some())
            .bind(change.department_id.flatten())
            .bind(search_end.to_owned())
            .bind(change.is_enabled)
            .bind(SEARCH_END)
            .execute()
            .await
    }

    /// Makes people findable by their department's new name: their search keys end with `search_end` now.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn renew_search_ends(&mut self, department_id: DepartmentId, search_end: &str) -> Result<()> {
        let sql = worded!(self.engine(), |list, position|
            "UPDATE users SET search_key = substr(search_key, 1, " position "(search_key || $4, $4) - 1) || $3
             WHERE company_id = $1 AND department_id = $2");
        self.company_query(sql)
            .bind(department_id)
            .bind(search_end.to_owned())
            .bind(SEARCH_END)
            .execute()
            .await
            .map(drop)
    }

    /// Makes every access token issued so far to these people of the company void, in two statements.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn renew_generations(&mut self, users: &[UserId], now: DateTime<Utc>) -> Result<()> {
        let renew = worded!(self.engine(), |list, position|
            "UPDATE users SET generation = generation + 1
             WHERE company_id = $1 AND user_id IN (SELECT CAST(value AS BIGINT) FROM " list "($2))");
        self.company_query(renew).bind(Json(users.to_vec())).execute().await?;
        let revoke = worded!(self.engine(), |list, position|
            "INSERT INTO revocations (revoked_at, user_id, generation)
             SELECT $3, user_id, generation FROM users
             WHERE company_id = $1 AND user_id IN (SELECT CAST(value AS BIGINT) FROM " list "($2))");
        self.company_query(revoke).bind(Json(users.to_vec())).bind(now).execute().await.map(drop)
    }

    /// Ends every sign-in of these people of the company. Their access tokens need [`Within::renew_generations`].
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn end_sessions_of(&mut self, users: &[UserId], now: DateTime<Utc>) -> Result<()> {
        let sql = worded!(self.engine(), |list, position|
            "UPDATE sessions SET ended_at = $3
             WHERE ended_at IS NULL
               AND user_id IN (SELECT u.user_id FROM users u
                               WHERE u.company_id = $1
                                 AND u.user_id IN (SELECT CAST(value AS BIGINT) FROM " list "($2)))");
        self.company_query(sql).bind(Json(users.to_vec())).bind(now).execute().await.map(drop)
    }

    /// Whom an import may be about: those with one of these e-mail addresses, in any company, and those of the
    /// company with one of these employee numbers.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn known_people(
        &mut self,
        email_keys: &[&str],
        employee_numbers: &[&str],
    ) -> Result<Vec<KnownPerson>> {
        let sql = worded!(self.engine(), |list, position|
            "SELECT u.user_id, coalesce(u.company_id = $1, FALSE) AS is_ours, u.email_key, u.email,
                    u.employee_number, u.department_id, u.family_name, u.given_name, u.roles, u.position,
                    u.job_title, u.hired_on, u.status, b.email_key AS manager_key
             FROM users u LEFT JOIN users b ON b.user_id = u.manager_id
             WHERE u.user_id IN (
                 SELECT e.user_id FROM users e WHERE e.email_key IN (SELECT value FROM " list "($2))
                 UNION
                 SELECT n.user_id FROM users n
                 WHERE n.company_id = $1 AND n.employee_number IN (SELECT value FROM " list "($3)))");
        let email_keys: Vec<String> = email_keys.iter().map(|key| (*key).to_owned()).collect();
        let numbers: Vec<String> = employee_numbers.iter().map(|number| (*number).to_owned()).collect();
        self.company_query(sql).bind(Json(email_keys)).bind(Json(numbers)).all().await
    }

    /// Adds people who are not there yet.
    ///
    /// # Errors
    /// [`crate::Error::Taken`] when somebody took an address or a number meanwhile.
    pub async fn insert_people(
        &mut self,
        people: &[ImportedPerson],
        locale: Locale,
        now: DateTime<Utc>,
    ) -> Result<u64> {
        let created_at = crate::instant(now);
        let row = |person| NewRow {
            person,
            tags: [],
            locale,
            theme: "system",
            generation: 0,
            created_at: created_at.clone(),
        };
        let rows: Vec<NewRow<'_>> = people.iter().map(row).collect();
        self.insert_rows(INSERT_PEOPLE, &rows).await
    }

    /// Replaces what an import says about people who are there.
    ///
    /// # Errors
    /// As [`Within::insert_people`].
    pub async fn update_people(&mut self, people: &[ImportedPerson]) -> Result<u64> {
        self.insert_rows(UPDATE_PEOPLE, people).await
    }

    /// Says whom these people report to, once everybody of the file is there.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn set_managers(&mut self, people: &[ImportedPerson]) -> Result<u64> {
        self.insert_rows(SET_MANAGERS, people).await
    }

    /// Keeps invitations and what is to be sent, for people who were just added.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn invite_people(&mut self, invited: &[Invited]) -> Result<()> {
        self.insert_rows(INSERT_LINKS, invited).await?;
        self.insert_rows(INSERT_LETTERS, invited).await.map(drop)
    }
}
