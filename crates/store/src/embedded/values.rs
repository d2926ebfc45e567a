//! What can be a parameter or in a row, and how SQLite keeps it: times as RFC 3339, dates and JSON as text, truth
//! as 0 and 1.

use super::{Cell, CellRef, Kind, Sqlite};
use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use sqlx::{Decode, Encode, Type, encode::IsNull, error::BoxDynError, types::Json};

fn wrong(value: CellRef<'_>, wanted: &str) -> BoxDynError {
    format!("{} is no {wanted}", value.kind()).into()
}

fn integer(value: CellRef<'_>) -> Result<i64, BoxDynError> {
    match value {
        CellRef::Integer(number) => Ok(number),
        other => Err(wrong(other, "integer")),
    }
}

fn text(value: CellRef<'_>) -> Result<&str, BoxDynError> {
    match value {
        CellRef::Text(text) => Ok(text),
        other => Err(wrong(other, "text")),
    }
}

/// How a type is stored, written and read.
macro_rules! kept {
    ($($type:ty: $kind:pat = $main:ident, |$value:ident| $cell:expr, |$cell_ref:ident| $read:expr;)+) => {$(
        impl Type<Sqlite> for $type {
            fn type_info() -> Kind {
                Kind::$main
            }

            fn compatible(kind: &Kind) -> bool {
                matches!(kind, $kind)
            }
        }

        impl Encode<'_, Sqlite> for $type {
            fn encode_by_ref(&self, cells: &mut Vec<Cell>) -> Result<IsNull, BoxDynError> {
                let $value = self;
                cells.push($cell);
                Ok(IsNull::No)
            }
        }

        impl Decode<'_, Sqlite> for $type {
            fn decode($cell_ref: CellRef<'_>) -> Result<Self, BoxDynError> {
                $read
            }
        }
    )+};
}

kept! {
    i64: Kind::Integer = Integer, |value| Cell::Integer(*value), |cell| integer(cell);
    i32: Kind::Integer = Integer, |value| Cell::Integer(i64::from(*value)), |cell| Ok(integer(cell)?.try_into()?);
    i16: Kind::Integer = Integer, |value| Cell::Integer(i64::from(*value)), |cell| Ok(integer(cell)?.try_into()?);
    bool: Kind::Integer = Integer, |value| Cell::Integer(i64::from(*value)), |cell| Ok(integer(cell)? != 0);
    f64: Kind::Real | Kind::Integer = Real, |value| Cell::Real(*value), |cell| match cell {
        CellRef::Real(number) => Ok(number),
        #[expect(clippy::cast_precision_loss, reason = "SQLite keeps a whole number of a REAL column as it likes")]
        CellRef::Integer(number) => Ok(number as f64),
        other => Err(wrong(other, "number")),
    };
    String: Kind::Text = Text, |value| Cell::Text(value.clone()), |cell| text(cell).map(str::to_owned);
    Vec<u8>: Kind::Blob | Kind::Text = Blob, |value| Cell::Blob(value.clone()), |cell| match cell {
        CellRef::Blob(bytes) => Ok(bytes.to_vec()),
        other => text(other).map(|text| text.as_bytes().to_vec()),
    };
    NaiveDate: Kind::Text = Text, |value| Cell::Text(value.format("%F").to_string()), |cell| Ok(text(cell)?.parse()?);
    NaiveTime: Kind::Text = Text, |value| Cell::Text(value.format("%T%.f").to_string()), |cell| Ok(text(cell)?.parse()?);
    DateTime<Utc>: Kind::Text = Text, |value| Cell::Text(value.to_rfc3339_opts(SecondsFormat::AutoSi, false)),
        |cell| Ok(DateTime::parse_from_rfc3339(text(cell)?)?.to_utc());
}

impl Type<Sqlite> for str {
    fn type_info() -> Kind {
        Kind::Text
    }
}

impl<'q> Encode<'q, Sqlite> for &'q str {
    fn encode_by_ref(&self, cells: &mut Vec<Cell>) -> Result<IsNull, BoxDynError> {
        cells.push(Cell::Text((*self).to_owned()));
        Ok(IsNull::No)
    }
}

impl<'r> Decode<'r, Sqlite> for &'r str {
    fn decode(value: CellRef<'r>) -> Result<Self, BoxDynError> {
        text(value)
    }
}

impl Type<Sqlite> for [u8] {
    fn type_info() -> Kind {
        Kind::Blob
    }
}

impl<'q> Encode<'q, Sqlite> for &'q [u8] {
    fn encode_by_ref(&self, cells: &mut Vec<Cell>) -> Result<IsNull, BoxDynError> {
        cells.push(Cell::Blob(self.to_vec()));
        Ok(IsNull::No)
    }
}

impl<'q, T> Encode<'q, Sqlite> for Option<T>
where
    T: Encode<'q, Sqlite> + Type<Sqlite> + 'q,
{
    fn encode_by_ref(&self, cells: &mut Vec<Cell>) -> Result<IsNull, BoxDynError> {
        match self {
            Some(value) => value.encode_by_ref(cells),
            None => Ok(IsNull::Yes),
        }
    }
}

impl<T> Type<Sqlite> for Json<T> {
    fn type_info() -> Kind {
        Kind::Text
    }
}

impl<T: Serialize> Encode<'_, Sqlite> for Json<T> {
    fn encode_by_ref(&self, cells: &mut Vec<Cell>) -> Result<IsNull, BoxDynError> {
        cells.push(Cell::Text(serde_json::to_string(&self.0)?));
        Ok(IsNull::No)
    }
}

impl<'r, T: Deserialize<'r>> Decode<'r, Sqlite> for Json<T> {
    fn decode(value: CellRef<'r>) -> Result<Self, BoxDynError> {
        Ok(Self(serde_json::from_str(text(value)?)?))
    }
}
