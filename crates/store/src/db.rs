//! The database: where it is, and leases of its connections.

use crate::{
    Error, Result,
    connection::{Connection, Leases, Options, close},
    migrate,
    pen::{Queue, Turn},
    query::Tx,
};
use deadpool::{
    Runtime,
    managed::{Object, Pool, PoolError, TimeoutType, Timeouts},
};
use sqlx::{
    ConnectOptions as _,
    postgres::PgConnectOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::{path::PathBuf, str::FromStr, time::Duration};

/// How long a request waits for a connection before it is told to come back.
const LEASE_WAIT: Duration = Duration::from_secs(2);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Postgres,
    Sqlite,
}

/// How the leases stand.
#[derive(Debug, Clone, Copy)]
pub struct Usage {
    /// The most there may be.
    pub size: usize,
    /// Those that are connected, free or not.
    pub open: usize,
    pub available: usize,
    pub waiting: usize,
}

/// A handle to the database; clones share the leases.
#[derive(Clone)]
pub struct Db {
    pool: Pool<Leases>,
    engine: Engine,
    options: Options,
    /// The file that serialises migrations on SQLite, beside the database.
    lock_file: Option<PathBuf>,
    /// SQLite has one writer at a time: a fair queue here beats its busy handler.
    writers: Option<Queue>,
}

impl Db {
    /// Prepares to use `url` (`sqlite:PATH` or `postgres://…`) with at most `size` connections.
    /// Nothing is connected yet.
    ///
    /// # Errors
    /// When the URL can't be understood.
    pub fn open(url: &str, size: usize) -> Result<Self> {
        let (options, engine, lock_file) = if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url)?
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true);
            let lock_file = options.get_filename().with_extension("migrate.lock");
            (Options::Sqlite(Box::new(options)), Engine::Sqlite, Some(lock_file))
        } else {
            let options = PgConnectOptions::from_str(url)?
                .application_name("naru")
                .statement_cache_capacity(300)
                .options([
                    // One plan for all values: planning took longer than most statements. Searches ask for their own.
                    ("plan_cache_mode", "force_generic_plan"),
                    ("statement_timeout", "5s"),
                    ("lock_timeout", "2s"),
                    ("idle_in_transaction_session_timeout", "10s"),
                ]);
            (Options::Postgres(Box::new(options)), Engine::Postgres, None)
        };
        let pool = Pool::builder(Leases(options.clone()))
            .max_size(size)
            .runtime(Runtime::Tokio1)
            .timeouts(Timeouts {
                wait: Some(LEASE_WAIT),
                create: Some(LEASE_WAIT),
                recycle: Some(LEASE_WAIT),
            })
            .build()
            .map_err(Error::unavailable)?;
        let writers = (engine == Engine::Sqlite).then(Queue::default);
        Ok(Self { pool, engine, options, lock_file, writers })
    }

    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// Brings the schema up to date. Safe to call from many processes at once.
    ///
    /// # Errors
    /// When the database can't be reached or a migration fails.
    pub async fn migrate(&self) -> Result<()> {
        match &self.options {
            Options::Postgres(options) => {
                let mut wire = options.connect().await?;
                let migrated = migrate::postgres(&mut wire).await;
                close(wire).await;
                migrated
            }
            // sqlx's own connection, since its migrator needs one.
            Options::Sqlite(options) => {
                let mut wire = options.connect().await?;
                let migrated = migrate::sqlite(&mut wire, self.lock_file.as_deref()).await;
                close(wire).await;
                migrated
            }
        }
    }

    /// Whether the database answers and has exactly the migrations this program knows or more.
    ///
    /// # Errors
    /// When it doesn't.
    pub async fn check(&self) -> Result<()> {
        let mut tx = self.read().await?;
        let (applied,): (i64,) =
            tx.query("SELECT count(*) FROM _sqlx_migrations WHERE success").one().await?;
        if applied < migrate::known(self.engine) {
            return Err(Error::unavailable("migrations are missing"));
        }
        Ok(())
    }

    /// A lease for reading: each statement stands for itself.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when no connection can be had in time.
    pub async fn read(&self) -> Result<Tx> {
        Ok(Tx::new(self.lease().await?, self.clone(), None))
    }

    /// A lease with a transaction begun.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when no connection can be had in time, or the writer is busy.
    pub async fn write(&self) -> Result<Tx> {
        let turn = match &self.writers {
            Some(queue) => Some(Turn::wait(queue).await?),
            None => None,
        };
        self.begin(turn).await
    }

    /// As [`Db::write`], for what takes long: on SQLite nobody else's commit waits for it.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn write_alone(&self) -> Result<Tx> {
        let turn = match &self.writers {
            Some(queue) => Some(Turn::wait(queue).await?.alone().await),
            None => None,
        };
        self.begin(turn).await
    }

    async fn begin(&self, mut turn: Option<Turn>) -> Result<Tx> {
        let open = turn.as_mut().and_then(Turn::take_open);
        let mut connection = match open {
            Some(open) => open,
            None => self.lease().await?,
        };
        connection.in_transaction = true;
        if let Err(error) = connection.run(turn.as_ref().map_or("BEGIN", Turn::begin)).await {
            self.give_up_if_broken(&connection);
            if let Some(turn) = &mut turn {
                connection.in_transaction = turn.shares();
                turn.forget_all();
            }
            return Err(error.into());
        }
        Ok(Tx::new(connection, self.clone(), turn))
    }

    #[must_use]
    pub fn usage(&self) -> Usage {
        let status = self.pool.status();
        Usage {
            size: status.max_size,
            open: status.size,
            available: status.available,
            waiting: status.waiting,
        }
    }

    async fn lease(&self) -> Result<Object<Leases>> {
        let started = std::time::Instant::now();
        let leased = self.pool.get().await;
        metrics::histogram!("naru_db_lease_wait_seconds").record(started.elapsed().as_secs_f64());
        leased.map_err(|error| match error {
            PoolError::Backend(error) => Error::Unavailable(error.into()),
            PoolError::Timeout(TimeoutType::Wait) => Error::unavailable("all connections are in use"),
            other => Error::unavailable(other.to_string()),
        })
    }

    /// After a lost connection its siblings are lost too: none is leased again.
    pub(crate) fn give_up_if_broken(&self, connection: &Connection) {
        if connection.is_broken {
            self.pool.retain(|_, _| false);
        }
    }
}
