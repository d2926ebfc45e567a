//! One statement, two engines.
//!
//! Every statement in this crate is written once, in the SQL that both
//! engines understand, with `$N` placeholders. This is the only file that
//! knows which engine is behind a connection.

use crate::{
    Db, Result,
    connection::{Connection, Leases, Wire},
    embedded::{Arguments, Row as SqliteRow, Sqlite},
    pen::Turn,
};
use deadpool::managed::Object;
use sqlx::{
    Arguments as _, Encode, FromRow, Postgres, Type,
    postgres::{PgArguments, PgRow},
};

/// A value both engines can take as a parameter.
pub trait Bind<'q>: Encode<'q, Postgres> + Type<Postgres> + Encode<'q, Sqlite> + Type<Sqlite> + 'q {}
impl<'q, T> Bind<'q> for T where
    T: Encode<'q, Postgres> + Type<Postgres> + Encode<'q, Sqlite> + Type<Sqlite> + 'q
{
}

/// A value both engines can give back as a row.
pub trait Row: for<'r> FromRow<'r, PgRow> + for<'r> FromRow<'r, SqliteRow> + Send + Unpin {}
impl<T> Row for T where T: for<'r> FromRow<'r, PgRow> + for<'r> FromRow<'r, SqliteRow> + Send + Unpin {}

/// A leased connection, with or without a transaction.
pub struct Tx {
    /// Taken only by `drop`.
    connection: Option<Object<Leases>>,
    db: Db,
    /// SQLite's one pen, held while a transaction writes.
    turn: Option<Turn>,
    statements: u32,
}

impl Tx {
    pub(crate) fn new(connection: Object<Leases>, db: Db, turn: Option<Turn>) -> Self {
        Self { connection: Some(connection), db, turn, statements: 0 }
    }

    /// A statement to bind and run. The text is fixed, so that each connection prepares it once.
    #[expect(clippy::disallowed_methods, reason = "the one place that knows both engines")]
    pub fn query(&mut self, sql: &'static str) -> Query<'_> {
        self.statements += 1;
        let connection = self.connection.as_mut().expect("a lease has its connection until it is dropped");
        let statement = match &connection.wire {
            Wire::Postgres(_) => Statement::Postgres(sqlx::query(sql)),
            Wire::Sqlite(_) => Statement::Sqlite(Ok(Arguments::default())),
        };
        Query { connection, db: &self.db, statement, sql, anew: false }
    }

    /// Ends the transaction, if there is one, and keeps what it did.
    ///
    /// # Errors
    /// When the database refuses; then nothing was kept.
    pub async fn commit(mut self) -> Result<()> {
        let Some(mut connection) = self.connection.take_if(|connection| connection.in_transaction) else {
            return Ok(());
        };
        if let Some(turn) = self.turn.take() {
            return turn.commit(connection).await;
        }
        let ended = connection.run("COMMIT").await;
        self.db.give_up_if_broken(&connection);
        ended?;
        connection.in_transaction = false;
        Ok(())
    }

    /// How many statements it ran so far.
    #[must_use]
    pub const fn statements(&self) -> u32 {
        self.statements
    }

    #[must_use]
    pub fn engine(&self) -> crate::Engine {
        self.db.engine()
    }
}

impl Drop for Tx {
    /// What was not committed is rolled back at once, so that no lock outlives its request.
    fn drop(&mut self) {
        metrics::counter!("naru_db_statements_total").increment(u64::from(self.statements));
        let Some(mut connection) = self.connection.take_if(|connection| connection.in_transaction) else {
            return;
        };
        let turn = self.turn.take();
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        runtime.spawn(async move {
            match turn {
                Some(turn) => turn.roll_back(connection).await,
                None => connection.in_transaction = connection.run("ROLLBACK").await.is_err(),
            }
        });
    }
}

enum Statement<'t> {
    Postgres(sqlx::query::Query<'t, Postgres, PgArguments>),
    /// The parameters, or why one can't be.
    Sqlite(std::result::Result<Arguments, sqlx::error::BoxDynError>),
}

/// A statement with its parameters, ready to run.
#[must_use]
pub struct Query<'t> {
    connection: &'t mut Connection,
    db: &'t Db,
    statement: Statement<'t>,
    sql: &'static str,
    anew: bool,
}

macro_rules! run {
    ($query:ident, $wire:ident, $statement:ident => $postgres:expr, $sql:ident, $arguments:ident => $sqlite:expr) => {{
        let Query { connection, db, statement, sql, anew } = $query;
        let result = match (connection.plan(anew).await, &mut connection.wire, statement) {
            (Err(error), ..) => Err(error),
            (Ok(()), Wire::Postgres($wire), Statement::Postgres($statement)) => $postgres,
            (Ok(()), Wire::Sqlite($wire), Statement::Sqlite(Ok(arguments))) => {
                let ($sql, $arguments) = (sql, arguments.0.as_slice());
                $sqlite
            }
            (Ok(()), Wire::Sqlite(_), Statement::Sqlite(Err(error))) => Err(sqlx::Error::Encode(error)),
            _ => Err(sqlx::Error::WorkerCrashed),
        };
        if let Err(error) = &result {
            tracing::debug!(%error, sql, "a statement failed");
            connection.note(error);
            db.give_up_if_broken(connection);
        }
        Ok(result?)
    }};
}

impl<'t> Query<'t> {
    pub fn bind<T: Bind<'t>>(mut self, value: T) -> Self {
        self.statement = match self.statement {
            Statement::Postgres(query) => Statement::Postgres(query.bind(value)),
            Statement::Sqlite(arguments) => Statement::Sqlite(
                arguments.and_then(|mut arguments| arguments.add(value).map(|()| arguments)),
            ),
        };
        self
    }

    /// Lets the server plan it for these very values, not once for all: a search must see what it looks for.
    pub fn planned_anew(mut self) -> Self {
        self.anew = true;
        self
    }

    /// Runs it and counts the rows it touched.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn execute(self) -> Result<u64> {
        run!(self, wire, statement => statement.execute(wire).await.map(|done| done.rows_affected()),
             sql, arguments => wire.execute(sql, arguments))
    }

    /// All its rows.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn all<T: Row>(self) -> Result<Vec<T>> {
        run!(self, wire, statement => match statement.fetch_all(wire).await {
            Ok(rows) => rows.iter().map(T::from_row).collect(),
            Err(error) => Err(error),
        }, sql, arguments => wire.rows(sql, arguments, usize::MAX))
    }

    /// Its first row, if any.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn optional<T: Row>(self) -> Result<Option<T>> {
        run!(self, wire, statement => match statement.fetch_optional(wire).await {
            Ok(row) => row.as_ref().map(T::from_row).transpose(),
            Err(error) => Err(error),
        }, sql, arguments => wire.rows(sql, arguments, 1).map(|mut rows| rows.pop()))
    }

    /// Its first row.
    ///
    /// # Errors
    /// See [`crate::Error`]; a missing row is a fault of this program.
    pub async fn one<T: Row>(self) -> Result<T> {
        Ok(self.optional().await?.ok_or(sqlx::Error::RowNotFound)?)
    }
}
