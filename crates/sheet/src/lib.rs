//! Spreadsheets in and out: bytes of a CSV or XLSX file become a table of strings, and rows of typed cells
//! become bytes of either. Pure: no clock, no disk of its own, no async.
//!
//! Line numbers are the ones a person sees in the editor or in Excel, also after blank lines and after
//! quoted cells that span lines, so that an error can be found where it was made.

mod archive;
mod assemble;
mod columns;
mod delimited;
mod error;
mod neutral;
mod text;
mod value;
mod workbook;
mod write;

pub use columns::{ColumnProblems, Columns};
pub use error::{SheetError, WriteError};
pub use value::{BadValue, parse_bool_ox, parse_date};
pub use write::{Cell, write_csv, write_xlsx};

/// How much of a file is accepted before it is turned away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file as it arrives.
    pub max_bytes: usize,
    /// Rows below the header that hold anything.
    pub max_rows: usize,
    pub max_columns: usize,
    /// Characters (not bytes) of one cell.
    pub max_cell_chars: usize,
    /// XLSX only: bytes of all parts of the archive once unpacked, and of all text in the resulting table.
    pub max_unpacked_bytes: u64,
    /// XLSX only: unpacked bytes for each packed byte.
    pub max_ratio: u64,
    /// XLSX only: parts in the archive.
    pub max_entries: usize,
    /// Cells below the header keep the blanks and line breaks at their edges.
    pub keeps_edges: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 10 * 1024 * 1024,
            max_rows: 50_000,
            max_columns: 100,
            max_cell_chars: 10_000,
            max_unpacked_bytes: 200 * 1024 * 1024,
            max_ratio: 100,
            max_entries: 2_000,
            keeps_edges: false,
        }
    }
}

/// What the bytes turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Cp949,
    Utf16,
    Xlsx,
}

/// A header and the rows below it; every row has exactly as many cells as the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub header: Vec<String>,
    pub rows: Vec<Row>,
    pub encoding: Encoding,
}

/// One row with the line (CSV) or row number (XLSX) it starts at, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub line: u64,
    pub cells: Vec<String>,
}

/// Files people try that are no spreadsheet this crate reads: old XLS and password-protected XLSX (both are
/// OLE containers), PDF, images, other archives.
const FOREIGN_MAGIC: [&[u8]; 9] = [
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"PK\x05\x06",
];

/// Reads a CSV or XLSX file; which of the two is decided by its bytes, never by its name.
pub fn read(bytes: &[u8], limits: Limits) -> Result<Table, SheetError> {
    if bytes.len() > limits.max_bytes {
        return Err(SheetError::TooLarge { max: limits.max_bytes });
    }
    if bytes.is_empty() {
        return Err(SheetError::Empty);
    }
    if FOREIGN_MAGIC.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(SheetError::NotASheet);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        archive::inspect(bytes, limits)?;
        return workbook::read(bytes, limits);
    }
    let (text, encoding) = text::decode(bytes)?;
    delimited::read(&text, encoding, limits)
}
