//! Mails to people of the company: addressed inside the database, in one statement however many.

use crate::{Result, Within, bulk::Worded};
use chrono::{DateTime, Utc};
use contract::UserId;
use serde::Serialize;

/// What somebody is to be told; the address, the name and the language are added from the person.
#[derive(Debug, Clone, Serialize)]
pub struct News {
    pub user_id: UserId,
    pub says: serde_json::Value,
}

macro_rules! letters {
    ($payload:literal, $rows:literal) => {
        concat!(
            "INSERT INTO outbox (company_id, kind, payload, created_at, next_at, attempts)
             SELECT $1, 'mail', ",
            $payload,
            ", $3, $3, 0 FROM ",
            $rows,
            " JOIN users u ON u.company_id = $1 AND u.status = 'active' AND u.user_id = "
        )
    };
}

const LETTERS: Worded = Worded {
    postgres: concat!(
        letters!(
            "jsonb_build_object('to', u.email, 'name', u.name, 'locale', u.locale, 'says', r.says)",
            "jsonb_to_recordset(CAST($2 AS JSONB)) AS r (user_id BIGINT, says JSONB)"
        ),
        "r.user_id"
    ),
    sqlite: concat!(
        letters!(
            "json_object('to', u.email, 'name', u.name, 'locale', u.locale, 'says', json(r.value -> 'says'))",
            "json_each($2) AS r"
        ),
        "r.value ->> 'user_id'"
    ),
};

impl Within {
    /// Tells people of the company something by mail, those of them who are active.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn tell(&mut self, news: &[News], now: DateTime<Utc>) -> Result<()> {
        if news.is_empty() {
            return Ok(());
        }
        let rows = crate::bulk::json(news)?;
        self.by_engine(LETTERS).bind(rows).bind(now).execute().await.map(drop)
    }
}
