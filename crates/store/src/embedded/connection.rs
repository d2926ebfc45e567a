//! A connection of the embedded engine, and its errors.

use super::{Cell, Column, Row, Slot};
use rusqlite::{
    CachedStatement, Connection, ToSql,
    config::DbConfig,
    ffi,
    types::{ToSqlOutput, ValueRef},
};
use sqlx::{
    FromRow,
    error::{DatabaseError, ErrorKind},
};
use std::{
    borrow::Cow,
    collections::HashMap,
    error::Error as StdError,
    fmt,
    path::Path,
    sync::{Arc, atomic::AtomicUsize},
    time::Duration,
};
use tokio::runtime::{Handle, RuntimeFlavor};

/// How long a writer waits for another process.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// More than there are texts of statements.
const STATEMENTS: usize = 1024;

/// A parameter of more bytes is no single person's text: it is a page of rows.
const LONG: usize = 16 * 1024;

/// A connection. Each function blocks while it runs.
pub(crate) struct Embedded {
    wire: Connection,
    /// The columns of each text that gave rows, by where the text lies.
    columns: HashMap<(usize, usize), Arc<[Column]>>,
}

impl Embedded {
    /// Opens a file, which is made when it isn't there.
    pub(crate) fn open(path: &Path) -> sqlx::Result<Self> {
        let wire = Connection::open(path).map_err(refused)?;
        let set = || {
            wire.busy_timeout(BUSY_TIMEOUT)?;
            wire.set_prepared_statement_cache_capacity(STATEMENTS);
            // Else each new value behind LIKE, or beside a column whose values ANALYZE has counted, plans anew.
            wire.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
            wire.pragma_update(None, "journal_mode", "WAL")?;
            wire.pragma_update(None, "synchronous", "FULL")?;
            wire.pragma_update(None, "foreign_keys", true)
        };
        set().map_err(refused)?;
        Ok(Self { wire, columns: HashMap::new() })
    }

    /// Runs a statement without parameters or answer.
    pub(crate) fn run(&self, sql: &'static str) -> sqlx::Result<()> {
        let run = || self.wire.prepare_cached(sql)?.raw_execute();
        // These wait for the disk or for another process: meanwhile other requests shall go on.
        let done = if matches!(sql, "COMMIT" | "BEGIN IMMEDIATE") { elsewhere(run) } else { run() };
        done.map(drop).map_err(refused)
    }

    /// Runs it and counts the rows it touched.
    pub(crate) fn execute(&mut self, sql: &'static str, arguments: &[Cell]) -> sqlx::Result<u64> {
        if is_bulk(arguments) {
            return elsewhere(|| self.execute_here(sql, arguments));
        }
        self.execute_here(sql, arguments)
    }

    fn execute_here(&mut self, sql: &'static str, arguments: &[Cell]) -> sqlx::Result<u64> {
        let mut statement = prepared(&self.wire, sql, arguments)?;
        let mut rows = statement.raw_query();
        while rows.next().map_err(refused)?.is_some() {}
        drop(rows);
        Ok(self.wire.changes())
    }

    /// Its rows, at most so many.
    pub(crate) fn rows<T>(
        &mut self,
        sql: &'static str,
        arguments: &[Cell],
        most: usize,
    ) -> sqlx::Result<Vec<T>>
    where
        T: for<'r> FromRow<'r, Row>,
    {
        if is_bulk(arguments) {
            return elsewhere(|| self.rows_here(sql, arguments, most));
        }
        self.rows_here(sql, arguments, most)
    }

    fn rows_here<T>(&mut self, sql: &'static str, arguments: &[Cell], most: usize) -> sqlx::Result<Vec<T>>
    where
        T: for<'r> FromRow<'r, Row>,
    {
        let mut statement = prepared(&self.wire, sql, arguments)?;
        let known =
            self.columns.entry((sql.as_ptr().addr(), sql.len())).or_insert_with(|| columns(&statement));
        // Another process may have changed a table since.
        if known.len() != statement.column_count() {
            *known = columns(&statement);
        }
        let mut row = Row {
            columns: Arc::clone(known),
            slots: Vec::with_capacity(known.len()),
            text: String::new(),
            bytes: Vec::new(),
            next: AtomicUsize::new(0),
        };
        let mut rows = statement.raw_query();
        let mut found = Vec::new();
        while found.len() < most
            && let Some(current) = rows.next().map_err(refused)?
        {
            row.read(current)?;
            found.push(T::from_row(&row)?);
        }
        Ok(found)
    }
}

/// Whether many rows travel in a parameter: that takes as long as many statements.
fn is_bulk(arguments: &[Cell]) -> bool {
    arguments.iter().any(|cell| matches!(cell, Cell::Text(text) if text.len() > LONG))
}

/// Runs what blocks for long so that the runtime's other tasks go on.
fn elsewhere<T>(run: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|runtime| runtime.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(run),
        _ => run(),
    }
}

fn prepared<'c>(wire: &'c Connection, sql: &str, arguments: &[Cell]) -> sqlx::Result<CachedStatement<'c>> {
    let mut statement = wire.prepare_cached(sql).map_err(refused)?;
    for index in 1..=statement.parameter_count() {
        // SQLite numbers `$7` by where it first stands, not by its seven.
        let number = statement.parameter_name(index).and_then(|name| name[1..].parse::<usize>().ok());
        let argument = number.and_then(|number| arguments.get(number.checked_sub(1)?));
        let argument =
            argument.ok_or_else(|| sqlx::Error::Encode(format!("no parameter {number:?}").into()))?;
        statement.raw_bind_parameter(index, argument).map_err(refused)?;
    }
    Ok(statement)
}

fn columns(statement: &CachedStatement<'_>) -> Arc<[Column]> {
    let names = statement.column_names();
    let column = |(ordinal, name): (usize, &&str)| Column {
        name: Box::from(*name),
        ordinal,
        is_hidden: names[ordinal + 1..].contains(name),
    };
    names.iter().enumerate().map(column).collect()
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Real(number) => ValueRef::Real(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

impl Row {
    fn read(&mut self, current: &rusqlite::Row<'_>) -> sqlx::Result<()> {
        self.slots.clear();
        self.text.clear();
        self.bytes.clear();
        for index in 0..self.columns.len() {
            self.slots.push(match current.get_ref(index).map_err(refused)? {
                ValueRef::Null => Slot::Null,
                ValueRef::Integer(number) => Slot::Integer(number),
                ValueRef::Real(number) => Slot::Real(number),
                ValueRef::Text(text) => {
                    let start = self.text.len();
                    let text = simdutf8::basic::from_utf8(text)
                        .map_err(|error| sqlx::Error::Decode(error.into()))?;
                    self.text.push_str(text);
                    Slot::Text(start..self.text.len())
                }
                ValueRef::Blob(bytes) => {
                    let start = self.bytes.len();
                    self.bytes.extend_from_slice(bytes);
                    Slot::Blob(start..self.bytes.len())
                }
            });
        }
        *self.next.get_mut() = 0;
        Ok(())
    }
}

/// What SQLite refused, and why.
#[derive(Debug)]
pub(crate) struct Refused {
    message: String,
    /// The extended result code.
    pub(crate) code: i32,
}

fn refused(error: rusqlite::Error) -> sqlx::Error {
    match error {
        rusqlite::Error::SqliteFailure(failure, message) => sqlx::Error::Database(Box::new(Refused {
            message: message.unwrap_or_else(|| failure.to_string()),
            code: failure.extended_code,
        })),
        other => sqlx::Error::Decode(other.into()),
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "(code {}) {}", self.code, self.message)
    }
}

impl StdError for Refused {}

impl DatabaseError for Refused {
    fn message(&self) -> &str {
        &self.message
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        Some(self.code.to_string().into())
    }

    fn as_error(&self) -> &(dyn StdError + Send + Sync + 'static) {
        self
    }

    fn as_error_mut(&mut self) -> &mut (dyn StdError + Send + Sync + 'static) {
        self
    }

    fn into_error(self: Box<Self>) -> Box<dyn StdError + Send + Sync + 'static> {
        self
    }

    fn kind(&self) -> ErrorKind {
        match self.code {
            ffi::SQLITE_CONSTRAINT_UNIQUE
            | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            | ffi::SQLITE_CONSTRAINT_ROWID => ErrorKind::UniqueViolation,
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY => ErrorKind::ForeignKeyViolation,
            ffi::SQLITE_CONSTRAINT_NOTNULL => ErrorKind::NotNullViolation,
            ffi::SQLITE_CONSTRAINT_CHECK => ErrorKind::CheckViolation,
            _ => ErrorKind::Other,
        }
    }
}
