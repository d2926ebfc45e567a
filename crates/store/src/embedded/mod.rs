//! SQLite within this process.
//!
//! sqlx gives each SQLite connection a thread and hands it every statement and every row, which costs several
//! times what a small statement does. Here a statement runs where it is asked for, on `rusqlite`; its rows are read
//! by sqlx's own `FromRow` and `Decode`, so that shapes and SQL are the same for both engines. What sqlx asks of a
//! database beside that stands in `nobody`.

mod connection;
mod nobody;
mod values;

pub(crate) use connection::{Embedded, Refused};
use nobody::Nobody;
use sqlx::{ColumnIndex, Database, Type, ValueRef as _, error::BoxDynError};
use std::{
    borrow::Cow,
    fmt,
    ops::Range,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

/// The engine, as sqlx's types know it.
#[derive(Debug)]
pub struct Sqlite;

impl Database for Sqlite {
    type Connection = Nobody;
    type TransactionManager = Nobody;
    type Row = Row;
    type QueryResult = ();
    type Column = Column;
    type TypeInfo = Kind;
    type Value = Cell;
    type ValueRef<'r> = CellRef<'r>;
    type Arguments = Arguments;
    type ArgumentBuffer = Vec<Cell>;
    type Statement = Nobody;

    const NAME: &'static str = "SQLite";
    const URL_SCHEMES: &'static [&'static str] = &["sqlite"];
}

/// How a value is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Null,
    Integer,
    Real,
    Text,
    Blob,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(sqlx::TypeInfo::name(self))
    }
}

impl sqlx::TypeInfo for Kind {
    fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    fn name(&self) -> &str {
        match self {
            Self::Null => "NULL",
            Self::Integer => "INTEGER",
            Self::Real => "REAL",
            Self::Text => "TEXT",
            Self::Blob => "BLOB",
        }
    }
}

/// A value that stands for itself: a parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

/// A value of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CellRef<'r> {
    Null,
    Integer(i64),
    Real(f64),
    Text(&'r str),
    Blob(&'r [u8]),
}

impl CellRef<'_> {
    const fn kind(self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Integer(_) => Kind::Integer,
            Self::Real(_) => Kind::Real,
            Self::Text(_) => Kind::Text,
            Self::Blob(_) => Kind::Blob,
        }
    }
}

impl<'r> sqlx::ValueRef<'r> for CellRef<'r> {
    type Database = Sqlite;

    fn to_owned(&self) -> Cell {
        match *self {
            Self::Null => Cell::Null,
            Self::Integer(number) => Cell::Integer(number),
            Self::Real(number) => Cell::Real(number),
            Self::Text(text) => Cell::Text(text.to_owned()),
            Self::Blob(bytes) => Cell::Blob(bytes.to_vec()),
        }
    }

    fn type_info(&self) -> Cow<'_, Kind> {
        Cow::Owned(self.kind())
    }

    fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl sqlx::Value for Cell {
    type Database = Sqlite;

    fn as_ref(&self) -> CellRef<'_> {
        match self {
            Self::Null => CellRef::Null,
            Self::Integer(number) => CellRef::Integer(*number),
            Self::Real(number) => CellRef::Real(*number),
            Self::Text(text) => CellRef::Text(text),
            Self::Blob(bytes) => CellRef::Blob(bytes),
        }
    }

    fn type_info(&self) -> Cow<'_, Kind> {
        Cow::Owned(self.as_ref().kind())
    }

    fn is_null(&self) -> bool {
        self.as_ref().is_null()
    }
}

/// The parameters of a statement, `$1` first.
#[derive(Debug, Default)]
pub struct Arguments(pub(crate) Vec<Cell>);

impl sqlx::Arguments for Arguments {
    type Database = Sqlite;

    fn reserve(&mut self, additional: usize, _size: usize) {
        self.0.reserve(additional);
    }

    fn add<'t, T>(&mut self, value: T) -> Result<(), BoxDynError>
    where
        T: sqlx::Encode<'t, Sqlite> + Type<Sqlite>,
    {
        if value.encode(&mut self.0)?.is_null() {
            self.0.push(Cell::Null);
        }
        Ok(())
    }

    fn len(&self) -> usize {
        self.0.len()
    }
}

#[derive(Debug)]
pub struct Column {
    name: Box<str>,
    ordinal: usize,
    /// A later column has the same name, and is meant by it.
    is_hidden: bool,
}

impl sqlx::Column for Column {
    type Database = Sqlite;

    fn ordinal(&self) -> usize {
        self.ordinal
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn type_info(&self) -> &Kind {
        &Kind::Null
    }
}

#[derive(Debug, Clone)]
enum Slot {
    Null,
    Integer(i64),
    Real(f64),
    Text(Range<usize>),
    Blob(Range<usize>),
}

/// One row, read from the statement into buffers that the next row uses again.
#[derive(Debug)]
pub struct Row {
    columns: Arc<[Column]>,
    slots: Vec<Slot>,
    text: String,
    bytes: Vec<u8>,
    /// The column that is probably asked for next: shapes name them in the statement's order.
    next: AtomicUsize,
}

impl sqlx::Row for Row {
    type Database = Sqlite;

    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn try_get_raw<I>(&self, index: I) -> sqlx::Result<CellRef<'_>>
    where
        I: ColumnIndex<Self>,
    {
        let index = index.index(self)?;
        let out_of_bounds = sqlx::Error::ColumnIndexOutOfBounds { index, len: self.slots.len() };
        Ok(match self.slots.get(index).ok_or(out_of_bounds)? {
            Slot::Null => CellRef::Null,
            Slot::Integer(number) => CellRef::Integer(*number),
            Slot::Real(number) => CellRef::Real(*number),
            Slot::Text(range) => CellRef::Text(&self.text[range.clone()]),
            Slot::Blob(range) => CellRef::Blob(&self.bytes[range.clone()]),
        })
    }
}

impl ColumnIndex<Row> for usize {
    fn index(&self, _row: &Row) -> sqlx::Result<usize> {
        Ok(*self)
    }
}

impl ColumnIndex<Row> for str {
    fn index(&self, row: &Row) -> sqlx::Result<usize> {
        let is_it = |column: &Column| &*column.name == self && !column.is_hidden;
        let guess = row.next.load(Ordering::Relaxed);
        let found = match row.columns.get(guess) {
            Some(column) if is_it(column) => guess,
            _ => row
                .columns
                .iter()
                .position(is_it)
                .ok_or_else(|| sqlx::Error::ColumnNotFound(self.to_owned()))?,
        };
        row.next.store(found + 1, Ordering::Relaxed);
        Ok(found)
    }
}
