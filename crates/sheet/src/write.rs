//! Writes tables for people to open in Excel and to hand back to `read`. Text is always text: nothing written
//! here is ever a formula, and text that looks like one is neutralised in both formats, because an XLSX file
//! is only one "save as" away from a CSV file.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{Format, Workbook};

use crate::WriteError;
use crate::neutral::neutralise;

#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    Text(Cow<'a, str>),
    Int(i64),
    Float(f64),
    Date(NaiveDate),
    Empty,
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<i64> for Cell<'_> {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Self::Float(number)
    }
}

impl From<NaiveDate> for Cell<'_> {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl Cell<'_> {
    fn csv_text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => neutralise(text),
            Self::Int(number) => number.to_string().into(),
            Self::Float(number) if number.is_finite() => number.to_string().into(),
            Self::Date(date) => date.format("%Y-%m-%d").to_string().into(),
            Self::Float(_) | Self::Empty => "".into(),
        }
    }
}

/// UTF-8 with a BOM (without it Excel takes Korean for CP949) and CRLF. Short rows are filled up.
pub fn write_csv<'a, R>(header: &[&str], rows: R) -> Vec<u8>
where
    R: IntoIterator<Item = Vec<Cell<'a>>>,
{
    const SURE: &str = "writing to memory cannot fail";
    // `read` takes the delimiter from the header, so one that could be misread is put in quotes.
    let style = match header.iter().any(|heading| heading.contains([';', '\t'])) {
        true => csv::QuoteStyle::Always,
        false => csv::QuoteStyle::Necessary,
    };
    let mut first = writer(b"\xef\xbb\xbf".to_vec(), style);
    first.write_record(header.iter().map(|heading| neutralise(heading).into_owned())).expect(SURE);
    let mut rest = writer(first.into_inner().expect(SURE), csv::QuoteStyle::Necessary);
    for row in rows {
        let missing = header.len().saturating_sub(row.len());
        for cell in row.iter().chain(std::iter::repeat_n(&Cell::Empty, missing)) {
            rest.write_field(cell.csv_text().as_bytes()).expect(SURE);
        }
        rest.write_record(None::<&[u8]>).expect(SURE);
    }
    rest.into_inner().expect(SURE)
}

fn writer(start: Vec<u8>, style: csv::QuoteStyle) -> csv::Writer<Vec<u8>> {
    let mut builder = csv::WriterBuilder::new();
    builder.flexible(true).terminator(csv::Terminator::CRLF).quote_style(style).from_writer(start)
}

/// Excel keeps 15 digits of a number; a longer one is written as text so that none is lost.
const EXACT: i64 = 999_999_999_999_999;
const NARROWEST: usize = 8;
const WIDEST: usize = 60;

/// One sheet with a bold, frozen, filterable header. Rows go through a temporary file, not memory.
pub fn write_xlsx<'a, R>(sheet_name: &str, header: &[&str], rows: R) -> Result<Vec<u8>, WriteError>
where
    R: IntoIterator<Item = Vec<Cell<'a>>>,
{
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name(sheet_name)?;
    sheet.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    let iso = Format::new().set_num_format("yyyy-mm-dd");
    let mut widths: Vec<usize> = Vec::new();
    for (at, heading) in header.iter().enumerate() {
        sheet.write_string_with_format(0, column(at), neutralise(heading), &bold)?;
        // Room for the filter's arrow beside the heading.
        widths.push(width(heading) + 3);
    }
    let mut last = 0;
    for cells in rows {
        last += 1;
        for (at, cell) in cells.iter().enumerate() {
            if widths.len() <= at {
                widths.push(NARROWEST);
            }
            let place = column(at);
            let shown = match cell {
                Cell::Text(text) => {
                    sheet.write_string(last, place, neutralise(text))?;
                    width(text)
                }
                Cell::Int(number) if number.unsigned_abs() > EXACT.unsigned_abs() => {
                    sheet.write_string(last, place, number.to_string())?;
                    20
                }
                Cell::Int(number) => {
                    sheet.write_number(last, place, *number as f64)?;
                    NARROWEST
                }
                Cell::Float(number) if number.is_finite() => {
                    sheet.write_number(last, place, *number)?;
                    NARROWEST
                }
                // Excel's calendar begins in 1900.
                Cell::Date(date) if date.year() < 1900 => {
                    sheet.write_string(last, place, date.format("%Y-%m-%d").to_string())?;
                    12
                }
                Cell::Date(date) => {
                    sheet.write_date_with_format(last, place, date, &iso)?;
                    12
                }
                Cell::Float(_) | Cell::Empty => 0,
            };
            widths[at] = widths[at].max(shown);
        }
    }
    for (at, width) in widths.iter().enumerate() {
        sheet.set_column_width(column(at), (*width).clamp(NARROWEST, WIDEST) as f64)?;
    }
    if !header.is_empty() {
        sheet.autofilter(0, 0, last, column(header.len() - 1))?;
    }
    Ok(book.save_to_buffer()?)
}

/// Past Excel's last column the writer itself answers with an error.
fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

/// How wide text stands in the first line: Hangul and other East Asian letters take two places.
fn width(text: &str) -> usize {
    let line = text.lines().next().unwrap_or_default();
    line.chars().take(WIDEST).map(|c| if c >= '\u{1100}' { 2 } else { 1 }).sum::<usize>() + 1
}
