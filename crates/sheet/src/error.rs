//! Why a file could not be read or written. Every reading error has a stable code for the caller's own words
//! and names the line and column where that is known.

use thiserror::Error;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SheetError {
    #[error("the file holds no header")]
    Empty,
    #[error("the file is larger than {max} bytes")]
    TooLarge { max: usize },
    #[error("the file has more than {max} rows")]
    TooManyRows { max: usize },
    #[error("the file has more than {max} columns")]
    TooManyColumns { max: usize },
    #[error("the cell at line {line}, column {column} is longer than {max} characters")]
    CellTooLong { line: u64, column: usize, max: usize },
    #[error("line {line} is neither UTF-8 nor CP949 text")]
    BadEncoding { line: u64 },
    #[error("line {line} has {found} cells where the header has {expected}")]
    RaggedRow { line: u64, expected: usize, found: usize },
    #[error("the quote opened on line {line} is never closed")]
    UnclosedQuote { line: u64 },
    #[error("the file is neither CSV nor XLSX")]
    NotASheet,
    #[error("the file unpacks to more than is accepted")]
    ZipBomb,
    #[error("the file is damaged")]
    Unreadable,
}

impl SheetError {
    /// A stable name for messages and APIs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too_large",
            Self::TooManyRows { .. } => "too_many_rows",
            Self::TooManyColumns { .. } => "too_many_columns",
            Self::CellTooLong { .. } => "cell_too_long",
            Self::BadEncoding { .. } => "bad_encoding",
            Self::RaggedRow { .. } => "ragged_row",
            Self::UnclosedQuote { .. } => "unclosed_quote",
            Self::NotASheet => "not_a_sheet",
            Self::ZipBomb => "zip_bomb",
            Self::Unreadable => "unreadable",
        }
    }
}

/// Why an XLSX file could not be written: a cell over Excel's 32,767 characters, too many rows, a bad sheet
/// name, or no room for the temporary file.
#[derive(Debug, Error)]
#[error("the workbook cannot be written: {0}")]
pub struct WriteError(#[from] rust_xlsxwriter::XlsxError);
