//! Bringing the schema up to date: the common migrations and the engine's own,
//! merged by version.

use crate::{Engine, Error, Result};
use sqlx::{
    PgConnection, SqliteConnection,
    migrate::{Migrate, Migrator},
};
use std::path::Path;

static COMMON: Migrator = sqlx::migrate!("./migrations/common");
static POSTGRES: Migrator = sqlx::migrate!("./migrations/postgres");
static SQLITE: Migrator = sqlx::migrate!("./migrations/sqlite");

fn migrator(engine: Engine) -> Migrator {
    let own = match engine {
        Engine::Postgres => &POSTGRES,
        Engine::Sqlite => &SQLITE,
    };
    let mut all: Vec<_> = COMMON.iter().chain(own.iter()).cloned().collect();
    all.sort_by_key(|migration| migration.version);
    Migrator::with_migrations(all)
}

/// How many migrations this program knows.
pub(crate) fn known(engine: Engine) -> i64 {
    i64::try_from(migrator(engine).iter().count()).unwrap_or(i64::MAX)
}

pub(crate) async fn postgres(wire: &mut PgConnection) -> Result<()> {
    run(wire, Engine::Postgres).await
}

/// sqlx takes no lock on SQLite, so a file lock keeps two starting processes apart.
pub(crate) async fn sqlite(wire: &mut SqliteConnection, lock_file: Option<&Path>) -> Result<()> {
    let _lock = match lock_file {
        Some(path) => {
            let file = std::fs::File::create(path).map_err(Error::unavailable)?;
            let locked = tokio::task::spawn_blocking(move || file.lock().map(|()| file)).await;
            Some(locked.map_err(Error::unavailable)?.map_err(Error::unavailable)?)
        }
        None => None,
    };
    run(wire, Engine::Sqlite).await
}

async fn run<C>(wire: &mut C, engine: Engine) -> Result<()>
where
    C: Migrate + Send,
{
    migrator(engine).run_direct(None, wire, false).await.map_err(|error| Error::Migration(error.into()))
}

/// Changes when any migration does: names the template that tests clone.
#[must_use]
pub fn migrations_fingerprint() -> String {
    let checksums = migrator(Engine::Postgres)
        .iter()
        .flat_map(|migration| migration.checksum.to_vec())
        .collect::<Vec<u8>>();
    checksums.iter().map(|byte| format!("{byte:02x}")).collect()
}
