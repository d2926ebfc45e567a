//! What can go wrong with the database, as far as callers care.

use crate::embedded::Refused;

/// The result of every function of this crate.
pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database can't be reached, is overloaded, or was cut off: try again later.
    #[error("the database is unavailable")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A unique index refused the row. SQLite gives no name: callers know which by what they did.
    #[error("a unique value is taken")]
    Taken,
    /// A row that was referred to is not there, or is still referred to.
    #[error("a reference does not hold")]
    Reference,
    /// A fault of this program.
    #[error("a statement failed")]
    Statement(#[source] sqlx::Error),
    /// A migration failed; the database is as it was before it.
    #[error("a migration failed")]
    Migration(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Two parts of one request asked for the store at once: a fault of this program.
    #[error("the store is lent already")]
    LentAlready,
}

impl Error {
    pub(crate) fn unavailable(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Unavailable(source.into())
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        if is_outage(&error) {
            return Self::Unavailable(error.into());
        }
        match error.as_database_error() {
            Some(database) if database.is_unique_violation() => Self::Taken,
            Some(database) if database.is_foreign_key_violation() => Self::Reference,
            _ => Self::Statement(error),
        }
    }
}

/// Whether the connection, or the whole server, is of no more use.
pub(crate) fn breaks_connection(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => {
            true
        }
        // 57P0x: the server is stopping or starting; 08xxx: connection trouble; 25P03: idle in transaction.
        sqlx::Error::Database(database) => database
            .code()
            .is_some_and(|code| code.starts_with("57P") || code.starts_with("08") || code == "25P03"),
        _ => false,
    }
}

fn is_outage(error: &sqlx::Error) -> bool {
    breaks_connection(error)
        || error.as_database_error().is_some_and(|database| {
            // PostgreSQL: cancelled by a timeout, lock not available, too many connections, disk full, read only.
            // SQLite: busy (5), locked (6), I/O error (10), full (13), and their extended codes.
            let code = database.code().unwrap_or_default();
            matches!(
                code.as_ref(),
                "57014" | "55P03" | "53300" | "53100" | "53200" | "25006" | "40001" | "40P01"
            ) || database
                .try_downcast_ref::<Refused>()
                .is_some_and(|refused| matches!(refused.code & 0xff, 5 | 6 | 10 | 13 | 14))
        })
}
