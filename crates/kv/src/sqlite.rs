//! In a small file of its own, with a cache in front.
//!
//! `synchronous = NORMAL`: a power cut may lose the last sign-ins, never the file.
//! Readers fill the cache under a shared lock and writers hold it alone, so that
//! a slow reader can't put an old value over a new one.

#![expect(clippy::disallowed_methods, reason = "this file has no tenants, and its own engine")]

use crate::{Clock, Error};
use chrono::{DateTime, Duration, Utc};
use moka::future::Cache;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::sync::RwLock;

const SWEEP_EVERY: Duration = Duration::minutes(1);

pub struct Sqlite {
    clock: Clock,
    pool: SqlitePool,
    cache: Cache<String, (Vec<u8>, DateTime<Utc>)>,
    order: RwLock<()>,
    swept_at: AtomicI64,
}

impl Sqlite {
    pub async fn open(path: &Path, clock: Clock) -> Result<Self, Error> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(std::time::Duration::from_secs(5));
        let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await?;
        sqlx::query(
            "CREATE TABLE IF NOT EXISTS kept (
               key TEXT NOT NULL PRIMARY KEY,
               value BLOB NOT NULL,
               ends_at INTEGER NOT NULL
             ) STRICT, WITHOUT ROWID",
        )
        .execute(&pool)
        .await?;
        let cache = Cache::new(10_000);
        Ok(Self { clock, pool, cache, order: RwLock::new(()), swept_at: AtomicI64::new(0) })
    }

    pub async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, Error> {
        let now = (self.clock)();
        let _shared = self.order.read().await;
        let found = match self.cache.get(key).await {
            Some(found) => Some(found),
            None => {
                let row: Option<(Vec<u8>, i64)> =
                    sqlx::query_as("SELECT value, ends_at FROM kept WHERE key = ?1")
                        .bind(key)
                        .fetch_optional(&self.pool)
                        .await?;
                let row =
                    row.and_then(|(value, ends_at)| Some((value, DateTime::from_timestamp_millis(ends_at)?)));
                if let Some(row) = &row {
                    self.cache.insert(key.to_owned(), row.clone()).await;
                }
                row
            }
        };
        Ok(found.filter(|(_, ends_at)| *ends_at > now).map(|(value, _)| value))
    }

    pub async fn set(&self, key: &str, value: Vec<u8>, lasts: Duration) -> Result<(), Error> {
        let now = (self.clock)();
        let _alone = self.order.write().await;
        self.sweep(now).await?;
        let ends_at = now + lasts;
        sqlx::query(
            "INSERT INTO kept (key, value, ends_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value, ends_at = excluded.ends_at",
        )
        .bind(key)
        .bind(&value)
        .bind(ends_at.timestamp_millis())
        .execute(&self.pool)
        .await?;
        self.cache.insert(key.to_owned(), (value, ends_at)).await;
        Ok(())
    }

    pub async fn delete(&self, key: &str) -> Result<(), Error> {
        let _alone = self.order.write().await;
        self.cache.invalidate(key).await;
        sqlx::query("DELETE FROM kept WHERE key = ?1").bind(key).execute(&self.pool).await?;
        Ok(())
    }

    pub async fn delete_prefix(&self, prefix: &str) -> Result<(), Error> {
        let _alone = self.order.write().await;
        self.cache.invalidate_all();
        sqlx::query("DELETE FROM kept WHERE substr(key, 1, length(?1)) = ?1")
            .bind(prefix)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    pub async fn len(&self) -> Result<usize, Error> {
        let count: i64 = sqlx::query_scalar("SELECT count(*) FROM kept").fetch_one(&self.pool).await?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    async fn sweep(&self, now: DateTime<Utc>) -> Result<(), Error> {
        let now_ms = now.timestamp_millis();
        if now_ms - self.swept_at.load(Ordering::Relaxed) > SWEEP_EVERY.num_milliseconds() {
            sqlx::query("DELETE FROM kept WHERE ends_at <= ?1").bind(now_ms).execute(&self.pool).await?;
            self.swept_at.store(now_ms, Ordering::Relaxed);
        }
        Ok(())
    }
}
