//! One connection, and the pool that leases it.
//!
//! sqlx's own pool asks the server at every checkout whether it is still
//! there, which halves the throughput of small reads. This one doesn't: a
//! connection that fails is dropped with all its siblings, and the next
//! lease connects anew.

use crate::{embedded::Embedded, error::breaks_connection};
use deadpool::managed::{Manager, Metrics, RecycleError, RecycleResult};
use sqlx::{ConnectOptions as _, PgConnection, postgres::PgConnectOptions, sqlite::SqliteConnectOptions};
use std::time::Duration;

const PLAN_ANEW: &str = "SET plan_cache_mode = force_custom_plan";
const PLAN_ONCE: &str = "SET plan_cache_mode = force_generic_plan";

pub(crate) enum Wire {
    Postgres(PgConnection),
    Sqlite(Embedded),
}

/// A connection with what must be known when it comes back.
pub(crate) struct Connection {
    pub(crate) wire: Wire,
    /// A transaction was begun and not ended: whoever held it was dropped.
    pub(crate) in_transaction: bool,
    pub(crate) is_broken: bool,
    /// Whether PostgreSQL plans statements for their very values just now, and not once for all; none when a
    /// switch was cut off or taken back.
    plans_anew: Option<bool>,
}

impl Connection {
    pub(crate) fn note(&mut self, error: &sqlx::Error) {
        self.is_broken |= breaks_connection(error);
    }

    /// How PostgreSQL plans from here on: once for all values, as it was connected, or anew for each.
    pub(crate) async fn plan(&mut self, anew: bool) -> sqlx::Result<()> {
        if self.plans_anew == Some(anew) || matches!(self.wire, Wire::Sqlite(_)) {
            return Ok(());
        }
        self.plans_anew = None;
        self.run(if anew { PLAN_ANEW } else { PLAN_ONCE }).await?;
        self.plans_anew = Some(anew);
        Ok(())
    }

    /// Runs a statement without parameters or answer: `BEGIN`, `COMMIT`, `ROLLBACK`, `SELECT 1`.
    #[expect(clippy::disallowed_methods, reason = "this and `query.rs` are where both engines are known")]
    pub(crate) async fn run(&mut self, sql: &'static str) -> sqlx::Result<()> {
        let done = match &mut self.wire {
            Wire::Postgres(wire) => sqlx::raw_sql(sql).execute(wire).await.map(drop),
            Wire::Sqlite(wire) => wire.run(sql),
        };
        if sql == "ROLLBACK" {
            self.plans_anew = None;
        }
        if let Err(error) = &done {
            self.note(error);
        }
        done
    }
}

#[derive(Clone)]
pub(crate) enum Options {
    Postgres(Box<PgConnectOptions>),
    Sqlite(Box<SqliteConnectOptions>),
}

impl Options {
    pub(crate) async fn connect(&self) -> sqlx::Result<Wire> {
        Ok(match self {
            Self::Postgres(options) => Wire::Postgres(options.connect().await?),
            Self::Sqlite(options) => Wire::Sqlite(Embedded::open(options.get_filename())?),
        })
    }
}

pub(crate) struct Leases(pub(crate) Options);

impl Manager for Leases {
    type Type = Connection;
    type Error = sqlx::Error;

    async fn create(&self) -> sqlx::Result<Connection> {
        Ok(Connection {
            wire: self.0.connect().await?,
            in_transaction: false,
            is_broken: false,
            plans_anew: Some(false),
        })
    }

    async fn recycle(&self, connection: &mut Connection, _: &Metrics) -> RecycleResult<sqlx::Error> {
        if connection.is_broken {
            return Err(RecycleError::message("broken"));
        }
        if connection.in_transaction {
            let rolled_back = tokio::time::timeout(Duration::from_secs(1), connection.run("ROLLBACK")).await;
            rolled_back.map_err(|_| RecycleError::message("did not roll back in time"))??;
            connection.in_transaction = false;
        }
        Ok(())
    }
}

/// Closes it properly, as far as that goes.
pub(crate) async fn close(wire: impl sqlx::Connection) {
    if let Err(error) = wire.close().await {
        tracing::debug!(%error, "a connection did not close cleanly");
    }
}
