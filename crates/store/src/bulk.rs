//! Many rows with one statement.
//!
//! The rows travel as one JSON parameter, which each engine unfolds in its own words; the columns are said
//! once, in [`bulk_insert!`]. The company is the caller's and never comes from a row. Instants must be written
//! by [`instant`], because SQLite keeps and compares them as text.

use crate::{Engine, Result, Within};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

/// Rows in one statement: some hundred kilobytes of JSON at most.
const CHUNK: usize = 1000;

/// A statement that each engine has its own words for; `$1` is the company, in an insertion `$2` the rows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Worded {
    pub(crate) postgres: &'static str,
    pub(crate) sqlite: &'static str,
}

/// `bulk_insert!(tasks (title TEXT, week BIGINT))`, then what may follow: `"RETURNING task_id"`.
///
/// The row is an object with the columns' names; `company_id` is not among them.
macro_rules! bulk_insert {
    ($table:ident ($($column:ident $kind:ident),+ $(,)?) $($tail:literal)?) => {
        $crate::bulk::Worded {
            postgres: concat!(
                "INSERT INTO ", stringify!($table), " (company_id", $(", ", stringify!($column),)+ ") SELECT $1",
                $(", r.", stringify!($column),)+
                " FROM jsonb_to_recordset(CAST($2 AS JSONB)) AS r (company_id TEXT",
                $(", ", stringify!($column), " ", stringify!($kind),)+ ") WHERE TRUE " $(, $tail)?
            ),
            sqlite: concat!(
                "INSERT INTO ", stringify!($table), " (company_id", $(", ", stringify!($column),)+ ") SELECT $1",
                $(", r.value ->> '", stringify!($column), "'",)+
                " FROM json_each($2) AS r WHERE TRUE " $(, $tail)?
            ),
        }
    };
}
pub(crate) use bulk_insert;

/// An instant as both engines take it out of JSON, to the letter as a bound one is kept.
#[must_use]
pub fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, false)
}

/// A page of rows as JSON text.
pub(crate) fn json<T: Serialize>(rows: &[T]) -> Result<String> {
    serde_json::to_string(rows).map_err(|error| sqlx::Error::Encode(error.into()).into())
}

impl Within {
    /// Inserts the rows, however many, and counts them.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub(crate) async fn insert_rows<T: Serialize>(&mut self, insert: Worded, rows: &[T]) -> Result<u64> {
        let mut inserted = 0;
        for chunk in rows.chunks(CHUNK) {
            inserted += self.by_engine(insert).bind(json(chunk)?).execute().await?;
        }
        Ok(inserted)
    }

    /// The statement in the words of the engine; `$1` is bound, the rows come next.
    pub(crate) fn by_engine(&mut self, insert: Worded) -> crate::Query<'_> {
        let sql = match self.engine() {
            Engine::Postgres => insert.postgres,
            Engine::Sqlite => insert.sqlite,
        };
        self.company_query(sql)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Db, Work};
    use contract::{
        CompanyId, SessionId, UserId,
        policy::{Action, Caller, Role, Roles, reach},
    };
    use serde_json::json;
    use sqlx::{Connection, PgConnection};
    use std::sync::Arc;

    const HOLIDAYS: Worded =
        bulk_insert!(company_holidays (date DATE, name TEXT) "ON CONFLICT (company_id, date) DO NOTHING");
    const CURRICULA: Worded = bulk_insert!(curricula (
        title TEXT, description TEXT, is_archived BOOLEAN, revision BIGINT, published_revision BIGINT,
        created_at TIMESTAMPTZ, updated_at TIMESTAMPTZ
    ) "ON CONFLICT DO NOTHING");

    async fn rows_arrive_whole(db: Db) {
        db.migrate().await.expect("migrations");
        let company = format!("{}-bulk", std::process::id());
        let mut tx = db.write().await.expect("a lease");
        let now = DateTime::from_timestamp(1_750_000_000, 123_456_000).expect("an instant");
        tx.query(
            "INSERT INTO companies (company_id, name, country, time_zone, locale, working_days, is_active, created_at)
             VALUES ($1, '나루', 'KR', 'Asia/Seoul', 'ko', 31, TRUE, $2)",
        )
        .bind(company.clone())
        .bind(now)
        .execute()
        .await
        .expect("a company");
        tx.commit().await.expect("committed");

        let caller = Caller {
            user_id: UserId(1),
            session_id: SessionId(1),
            company_id: Some(CompanyId(company.clone())),
            department_id: None,
            roles: Roles::of([Role::Admin]),
            time_zone: "Asia/Seoul".to_owned(),
            locale: "ko".to_owned(),
        };
        let reach = Arc::new(reach(&caller, Action::EditCompany).expect("an admin's action"));
        let work = Work::writing(db);
        let mut store = work.within(reach).await.expect("a store");

        let days: Vec<_> = (0..2500)
            .map(|n| {
                let date = now.date_naive() + chrono::Days::new(n);
                json!({ "date": date, "name": format!("휴일 \"{n}\" 'x'") })
            })
            .collect();
        assert_eq!(store.insert_rows(HOLIDAYS, &days).await.expect("inserted"), 2500);
        assert_eq!(
            store.insert_rows(HOLIDAYS, &days[..10]).await.expect("inserted"),
            0,
            "a conflict does nothing"
        );
        let (name,): (String,) = store
            .company_query("SELECT name FROM company_holidays WHERE company_id = $1 AND date = $2")
            .bind(now.date_naive() + chrono::Days::new(7))
            .one()
            .await
            .expect("the seventh day");
        assert_eq!(name, "휴일 \"7\" 'x'");

        let at = instant(now);
        let rows = [
            json!({ "title": "하나", "description": "", "is_archived": false, "revision": 3, "published_revision": null, "created_at": at, "updated_at": at }),
            json!({ "title": "둘", "description": "", "is_archived": true, "revision": 4, "published_revision": 4, "created_at": at, "updated_at": at }),
        ];
        assert_eq!(store.insert_rows(CURRICULA, &rows).await.expect("inserted"), 2);
        let found: Vec<(String, bool, Option<i64>, DateTime<Utc>)> = store
            .company_query(
                "SELECT title, is_archived, published_revision, updated_at FROM curricula
                 WHERE company_id = $1 AND updated_at = $2 ORDER BY curriculum_id",
            )
            .bind(now)
            .all()
            .await
            .expect("found by the very instant");
        assert_eq!(found, [("하나".to_owned(), false, None, now), ("둘".to_owned(), true, Some(4), now)]);
        store.company_query("DELETE FROM companies WHERE company_id = $1").execute().await.expect("deleted");
        drop(store);
        work.commit().await.expect("committed");
    }

    #[tokio::test]
    async fn rows_arrive_whole_on_sqlite() {
        let path = std::env::temp_dir().join(format!("naru-bulk-{}.db", std::process::id()));
        let db = Db::open(&format!("sqlite:{}", path.display()), 2).expect("a database");
        rows_arrive_whole(db).await;
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", path.display()));
        }
    }

    #[tokio::test]
    #[expect(
        clippy::disallowed_methods,
        reason = "the test makes a database of its own, told where by the environment"
    )]
    async fn rows_arrive_whole_on_postgres() {
        let Ok(url) = std::env::var("NARU_TEST_POSTGRES") else {
            assert!(std::env::var("CI").is_err(), "NARU_TEST_POSTGRES is not set");
            return;
        };
        // A database of its own: the server's others may have another schema.
        let name = format!("naru_bulk_{}", std::process::id());
        let mut server = PgConnection::connect(&url).await.expect("a server");
        sqlx::raw_sql(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .execute(&mut server)
            .await
            .expect("made");
        let (address, _) = url.rsplit_once('/').expect("the database is the last part");
        rows_arrive_whole(Db::open(&format!("{address}/{name}"), 2).expect("a database")).await;
        let gone = sqlx::raw_sql(sqlx::AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)")));
        gone.execute(&mut server).await.expect("dropped");
    }
}
