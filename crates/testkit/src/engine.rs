//! A fresh database for each test: a SQLite file, or a PostgreSQL database
//! cloned from a template that was migrated once.

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::hash::{DefaultHasher, Hash, Hasher};
use store::Db;
use tempfile::TempDir;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Where one test's database is.
pub struct Place {
    pub engine: Engine,
    pub url: String,
    pub folder: TempDir,
    database: Option<(String, String)>,
}

impl Place {
    /// # Panics
    /// When a database can't be made; on CI also when there is no PostgreSQL to test with.
    pub async fn new(engine: Engine) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        match engine {
            Engine::Sqlite => {
                let url = format!("sqlite:{}", folder.path().join("naru.db").display());
                Some(Self { engine, url, folder, database: None })
            }
            Engine::Postgres => {
                let server = server_url()?;
                let template = template(&server).await;
                let name = format!("t{}", unique(&folder));
                run(&server, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
                Some(Self {
                    engine,
                    url: with_database(&server, &name),
                    folder,
                    database: Some((server, name)),
                })
            }
        }
    }

    pub async fn remove(self) {
        if let Some((server, name)) = &self.database {
            run(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "tests are told of their servers by the environment")]
fn server_url() -> Option<String> {
    let url = std::env::var("NARU_TEST_POSTGRES").ok();
    assert!(
        url.is_some() || std::env::var("CI").is_err(),
        "NARU_TEST_POSTGRES must be set on CI: run ./test"
    );
    if url.is_none() {
        eprintln!("skipped on PostgreSQL: NARU_TEST_POSTGRES is not set (use ./test or tools/services)");
    }
    url
}

fn with_database(server: &str, name: &str) -> String {
    server.rsplit_once('/').map_or_else(|| server.to_owned(), |(head, _)| format!("{head}/{name}"))
}

/// A name nobody else has: of this process, this moment and this folder.
fn unique(folder: &TempDir) -> String {
    let mut hasher = DefaultHasher::new();
    (std::process::id(), folder.path()).hash(&mut hasher);
    format!("{:x}", hasher.finish())
}

/// The migrated template of this version of the schema, made by whoever comes first.
async fn template(server: &str) -> String {
    let mut hasher = DefaultHasher::new();
    store::migrations_fingerprint().hash(&mut hasher);
    let name = format!("naru_template_{:x}", hasher.finish());
    let mut admin = PgConnection::connect(server).await.expect("the PostgreSQL of the tests answers");
    execute(&mut admin, "SELECT pg_advisory_lock(4711)").await;
    if !exists(&mut admin, &name).await {
        let half = format!("{name}_new");
        execute(&mut admin, &format!("DROP DATABASE IF EXISTS {half}")).await;
        execute(&mut admin, &format!("CREATE DATABASE {half}")).await;
        Db::open(&with_database(server, &half), 1)
            .expect("a usable URL")
            .migrate()
            .await
            .expect("the migrations run");
        execute(&mut admin, &format!("ALTER DATABASE {half} RENAME TO {name}")).await;
    }
    execute(&mut admin, "SELECT pg_advisory_unlock(4711)").await;
    name
}

async fn run(server: &str, sql: &str) {
    let mut admin = PgConnection::connect(server).await.expect("the PostgreSQL of the tests answers");
    execute(&mut admin, sql).await;
}

#[expect(clippy::disallowed_methods, reason = "making databases is outside of what the store does")]
async fn execute(admin: &mut PgConnection, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(admin).await.expect("the statement runs");
}

#[expect(clippy::disallowed_methods, reason = "making databases is outside of what the store does")]
async fn exists(admin: &mut PgConnection, name: &str) -> bool {
    sqlx::query("SELECT 1 FROM pg_database WHERE datname = $1")
        .bind(name)
        .fetch_optional(admin)
        .await
        .expect("the catalogue can be read")
        .is_some()
}
