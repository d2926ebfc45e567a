//! Reads the first visible sheet of an XLSX workbook that holds anything. Cells are streamed, so a lone cell
//! in the last corner of a sheet costs nothing. Formulas are never looked at: a cell is its cached value.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::catch_unwind;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};
use chrono::{NaiveTime, TimeDelta};

use crate::assemble::{Assembler, RawRow};
use crate::neutral::clean;
use crate::{Encoding, Limits, SheetError, Table};

const EXCEL_ROWS: u32 = 1_048_576;

/// The archive must have passed `archive::inspect`.
pub(crate) fn read(bytes: &[u8], limits: Limits) -> Result<Table, SheetError> {
    // The parser indexes by what the file says; a file that makes it panic is a damaged file.
    catch_unwind(|| parse(bytes, limits)).unwrap_or(Err(SheetError::Unreadable))
}

fn parse(bytes: &[u8], limits: Limits) -> Result<Table, SheetError> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| SheetError::Unreadable)?;
    let shown = |sheet: &&calamine::Sheet| {
        sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible
    };
    let names: Vec<String> = book.sheets_metadata().iter().filter(shown).map(|s| s.name.clone()).collect();
    for name in names {
        match sheet(&mut book, &name, limits) {
            Err(SheetError::Empty) => {}
            result => return result,
        }
    }
    Err(SheetError::Empty)
}

fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, limits: Limits) -> Result<Table, SheetError> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|_| SheetError::Unreadable)?;
    let mut rows: BTreeMap<u32, RawRow> = BTreeMap::new();
    let mut kept = 0_u64;
    while let Some(cell) = reader.next_cell().map_err(|_| SheetError::Unreadable)? {
        let (row, column) = cell.get_position();
        let text = text_of(cell.get_value());
        if clean(&text).is_empty() {
            continue;
        }
        if row >= EXCEL_ROWS {
            return Err(SheetError::Unreadable);
        }
        let raw = rows.entry(row).or_insert_with(|| RawRow::new(u64::from(row) + 1));
        kept += raw.put(column as usize, &text, &limits)? as u64;
        // One shared string can stand in any number of cells, so the unpacked size alone bounds nothing.
        if kept > limits.max_unpacked_bytes {
            return Err(SheetError::ZipBomb);
        }
        if rows.len() > limits.max_rows.saturating_add(1) {
            return Err(SheetError::TooManyRows { max: limits.max_rows });
        }
    }
    let mut table = Assembler::new(limits);
    for row in rows.into_values() {
        table.push(row, None)?;
    }
    table.finish(Encoding::Xlsx)
}

fn text_of<'a>(value: &'a DataRef<'a>) -> Cow<'a, str> {
    match value {
        DataRef::Empty => Cow::Borrowed(""),
        DataRef::String(text) => Cow::Borrowed(text),
        DataRef::SharedString(text) => Cow::Borrowed(text),
        DataRef::Int(number) => Cow::Owned(number.to_string()),
        DataRef::Float(number) => Cow::Owned(number_text(*number)),
        DataRef::Bool(truth) => Cow::Borrowed(if *truth { "true" } else { "false" }),
        DataRef::DateTime(serial) => Cow::Owned(serial_text(serial)),
        DataRef::DateTimeIso(iso) => Cow::Borrowed(midnight_cut(iso)),
        DataRef::DurationIso(iso) => Cow::Borrowed(iso),
        DataRef::Error(error) => Cow::Owned(error.to_string()),
    }
}

/// Excel keeps and shows 15 digits; what lies beyond them is noise of binary fractions.
fn number_text(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

fn serial_text(serial: &ExcelDateTime) -> String {
    let value = serial.as_f64();
    if serial.is_duration() {
        let seconds = (value * 86_400.0).round() as i64;
        return format!("{}:{:02}:{:02}", seconds / 3600, (seconds / 60 % 60).abs(), (seconds % 60).abs());
    }
    // A number outside Excel's calendar (to 9999-12-31) is no date, whatever its format says.
    if !(0.0..2_958_466.0).contains(&value) {
        return number_text(value);
    }
    let half_second = TimeDelta::milliseconds(500);
    match serial.as_datetime().and_then(|at| at.checked_add_signed(half_second)) {
        Some(at) if value > 0.0 && value < 1.0 => at.format("%H:%M:%S").to_string(),
        Some(at) if at.time() < NaiveTime::MIN + TimeDelta::seconds(1) => at.format("%Y-%m-%d").to_string(),
        Some(at) => at.format("%Y-%m-%dT%H:%M:%S").to_string(),
        None => number_text(value),
    }
}

fn midnight_cut(iso: &str) -> &str {
    match iso.split_once('T') {
        Some((date, time)) if time.chars().all(|c| matches!(c, '0' | ':' | '.' | 'Z')) => date,
        _ => iso,
    }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    use super::*;

    #[test]
    fn numbers_lose_their_noise_and_nothing_else() {
        for (number, text) in [(5.0, "5"), (0.1 + 0.2, "0.3"), (-0.0, "0"), (1e15, "1000000000000000")] {
            assert_eq!(number_text(number), text);
        }
        assert_eq!(number_text(20_260_901.0), "20260901");
    }

    #[test]
    fn serials_become_iso() {
        let serial = |value, kind| serial_text(&ExcelDateTime::new(value, kind, false));
        assert_eq!(serial(46_266.0, DateTime), "2026-09-01");
        assert_eq!(serial(46_266.375, DateTime), "2026-09-01T09:00:00");
        assert_eq!(serial(0.5, DateTime), "12:00:00");
        assert_eq!(serial(1.5, TimeDelta), "36:00:00");
        assert_eq!(serial(1e12, DateTime), "1000000000000");
        assert_eq!(midnight_cut("2026-09-01T00:00:00Z"), "2026-09-01");
        assert_eq!(midnight_cut("2026-09-01T09:00:00"), "2026-09-01T09:00:00");
    }
}
