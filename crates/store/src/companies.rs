//! Companies and their own holidays.
//!
//! The only resource whose reach can be the whole installation: `$1` is null then.

use crate::{Result, Within, query::Query};
use chrono::{DateTime, Utc};
use contract::{
    CompanyId,
    auth::Locale,
    companies::{Company, OwnHoliday},
};

macro_rules! companies {
    ($rest:literal) => {
        concat!(
            "SELECT c.company_id, c.name, c.country, c.time_zone, c.locale, c.working_days, c.mentor_capacity,
                    c.waiting_days, c.quiet_days, c.is_active, c.created_at,
                    (SELECT count(*) FROM users u WHERE u.company_id = c.company_id) AS people,
                    (SELECT count(*) FROM departments d WHERE d.company_id = c.company_id) AS departments,
                    (SELECT count(*) FROM mentorships m
                     WHERE m.company_id = c.company_id AND m.status = 'active') AS active_mentorships
             FROM companies c
             WHERE ($1 IS NULL OR c.company_id = $1) AND ",
            $rest
        )
    };
}

/// What a company is made of, or what of it changes: what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct CompanyChange {
    pub name: Option<String>,
    pub time_zone: Option<String>,
    pub locale: Option<Locale>,
    pub working_days: Option<i64>,
    pub waiting_days: Option<i64>,
    pub quiet_days: Option<i64>,
    /// `Some(None)` clears it.
    pub mentor_capacity: Option<Option<i64>>,
    pub is_active: Option<bool>,
}

impl Within {
    /// Companies by name, after the one `after` names; `search` is a pattern for `LIKE`.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn companies(
        &mut self,
        search: Option<String>,
        after: Option<(String, CompanyId)>,
        limit: i64,
        skip: i64,
    ) -> Result<Vec<Company>> {
        let (name, company_id) = after.unwrap_or_else(|| (String::new(), CompanyId(String::new())));
        self.installation_query(companies!(
            "($2 IS NULL OR lower(c.name) LIKE $2 ESCAPE '\\' OR c.company_id LIKE $2 ESCAPE '\\')
               AND (c.name, c.company_id) > ($3, $4)
             ORDER BY c.name, c.company_id LIMIT $5 OFFSET $6"
        ))
        .bind(search)
        .bind(name)
        .bind(company_id)
        .bind(limit)
        .bind(skip)
        .all()
        .await
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn company(&mut self, company_id: &CompanyId) -> Result<Option<Company>> {
        self.installation_query(companies!("c.company_id = $2")).bind(company_id.clone()).optional().await
    }

    /// # Errors
    /// [`crate::Error::Taken`] when there is one of that number.
    pub async fn create_company(
        &mut self,
        company_id: &CompanyId,
        company: CompanyChange,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.installation_query(
            "INSERT INTO companies (company_id, name, country, time_zone, locale, working_days, is_active, created_at)
             SELECT $2, $3, 'KR', $4, $5, $6, TRUE, $7 WHERE CAST($1 AS TEXT) IS NULL",
        )
        .bind(company_id.clone())
        .bind(company.name.unwrap_or_default())
        .bind(company.time_zone.unwrap_or_else(|| "Asia/Seoul".to_owned()))
        .bind(company.locale.unwrap_or(Locale::Ko))
        .bind(company.working_days.unwrap_or(31))
        .bind(now)
        .execute()
        .await
        .map(drop)
    }

    /// `false` when it isn't within reach.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn update_company(&mut self, company_id: &CompanyId, change: CompanyChange) -> Result<bool> {
        let changed = self
            .installation_query(
                "UPDATE companies
                 SET name = coalesce($3, name), time_zone = coalesce($4, time_zone), locale = coalesce($5, locale),
                     working_days = coalesce($6, working_days), is_active = coalesce($7, is_active),
                     waiting_days = coalesce($8, waiting_days), quiet_days = coalesce($9, quiet_days),
                     mentor_capacity = CASE WHEN $10 THEN $11 ELSE mentor_capacity END
                 WHERE ($1 IS NULL OR company_id = $1) AND company_id = $2",
            )
            .bind(company_id.clone())
            .bind(change.name)
            .bind(change.time_zone)
            .bind(change.locale)
            .bind(change.working_days)
            .bind(change.is_active)
            .bind(change.waiting_days)
            .bind(change.quiet_days)
            .bind(change.mentor_capacity.is_some())
            .bind(change.mentor_capacity.flatten())
            .execute()
            .await?;
        Ok(changed > 0)
    }

    /// Ends every sign-in of a company's people.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn end_sessions_of_company(
        &mut self,
        company_id: &CompanyId,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.installation_query(
            "UPDATE sessions SET ended_at = $3
             WHERE ended_at IS NULL
               AND user_id IN (SELECT user_id FROM users WHERE ($1 IS NULL OR company_id = $1) AND company_id = $2)",
        )
        .bind(company_id.clone())
        .bind(now)
        .execute()
        .await
        .map(drop)
    }

    /// Deletes a company that nobody but one invited person has used; `false` when it isn't such a one.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn delete_unused_company(&mut self, company_id: &CompanyId) -> Result<bool> {
        let deleted = self
            .installation_query(
                "DELETE FROM companies
                 WHERE ($1 IS NULL OR company_id = $1) AND company_id = $2
                   AND (SELECT count(*) FROM users u WHERE u.company_id = $2) <= 1
                   AND NOT EXISTS (SELECT 1 FROM users u WHERE u.company_id = $2 AND u.status <> 'invited')",
            )
            .bind(company_id.clone())
            .execute()
            .await?;
        Ok(deleted > 0)
    }

    /// The company's own holidays, by date.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn own_holidays(&mut self, company_id: &CompanyId) -> Result<Vec<OwnHoliday>> {
        self.installation_query(
            "SELECT date, name FROM company_holidays
             WHERE ($1 IS NULL OR company_id = $1) AND company_id = $2 ORDER BY date",
        )
        .bind(company_id.clone())
        .all()
        .await
    }

    /// Replaces the company's own holidays.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn set_own_holidays(&mut self, company_id: &CompanyId, holidays: &[OwnHoliday]) -> Result<()> {
        macro_rules! insert {
            ($list:literal, $date:literal) => {
                concat!(
                    "INSERT INTO company_holidays (company_id, date, name)
                     SELECT c.company_id, ",
                    $date,
                    ", e.value ->> 'name'
                     FROM companies c CROSS JOIN ",
                    $list,
                    "($3) AS e
                     WHERE ($1 IS NULL OR c.company_id = $1) AND c.company_id = $2"
                )
            };
        }
        let delete: Query<'_> = self.installation_query(
            "DELETE FROM company_holidays WHERE ($1 IS NULL OR company_id = $1) AND company_id = $2",
        );
        delete.bind(company_id.clone()).execute().await?;
        if holidays.is_empty() {
            return Ok(());
        }
        let sql = match self.engine() {
            crate::Engine::Postgres => insert!("jsonb_array_elements", "CAST(e.value ->> 'date' AS DATE)"),
            crate::Engine::Sqlite => insert!("json_each", "e.value ->> 'date'"),
        };
        self.installation_query(sql)
            .bind(company_id.clone())
            .bind(sqlx::types::Json(holidays.to_vec()))
            .execute()
            .await
            .map(drop)
    }
}
