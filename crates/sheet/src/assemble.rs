//! Turns rows of raw cells, from either format, into a table under the limits. The first row that holds
//! anything is the header. Empty cells at the end of a row do not count: Excel leaves them behind freely.

use unicode_normalization::UnicodeNormalization;

use crate::neutral::{as_it_is, clean};
use crate::{Encoding, Limits, Row, SheetError, Table};

/// One row under construction; cells are cleaned as they arrive and trailing empty ones never stored.
pub(crate) struct RawRow {
    line: u64,
    cells: Vec<String>,
}

impl RawRow {
    pub(crate) fn new(line: u64) -> Self {
        Self { line, cells: Vec::new() }
    }

    /// Puts a cell at a column counted from 0 and answers how many bytes it keeps.
    pub(crate) fn put(&mut self, column: usize, raw: &str, limits: &Limits) -> Result<usize, SheetError> {
        let cell = if limits.keeps_edges { as_it_is(raw) } else { clean(raw) };
        // The mark at the very beginning of a file belongs to no cell.
        let cell = if column == 0 { cell.trim_start_matches('\u{feff}') } else { cell };
        if cell.is_empty() {
            return Ok(0);
        }
        if column >= limits.max_columns {
            return Err(SheetError::TooManyColumns { max: limits.max_columns });
        }
        // A character is at least one byte, so most cells need no counting.
        if cell.len() > limits.max_cell_chars && cell.chars().count() > limits.max_cell_chars {
            let (line, max) = (self.line, limits.max_cell_chars);
            return Err(SheetError::CellTooLong { line, column: column + 1, max });
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        self.cells[column] = cell.to_owned();
        Ok(cell.len())
    }
}

pub(crate) struct Assembler {
    header: Option<Vec<String>>,
    rows: Vec<Row>,
    limits: Limits,
}

impl Assembler {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { header: None, rows: Vec::new(), limits }
    }

    /// `written` is how many cells the line spells out, where the format spells them out (CSV).
    pub(crate) fn push(&mut self, row: RawRow, written: Option<usize>) -> Result<(), SheetError> {
        let RawRow { line, mut cells } = row;
        if cells.is_empty() {
            return Ok(());
        }
        let Some(header) = &self.header else {
            let header: Vec<String> = cells.iter().map(|cell| clean(cell).nfc().collect()).collect();
            // A control character in the header means some binary file that happens to decode.
            if header.iter().flat_map(|cell| cell.chars()).any(|c| c.is_control() && !"\n\r\t".contains(c)) {
                return Err(SheetError::NotASheet);
            }
            self.header = Some(header);
            return Ok(());
        };
        let expected = header.len();
        let found = cells.len().max(written.unwrap_or(expected).min(expected));
        if found != expected {
            return Err(SheetError::RaggedRow { line, expected, found });
        }
        if self.rows.len() == self.limits.max_rows {
            return Err(SheetError::TooManyRows { max: self.limits.max_rows });
        }
        cells.resize(expected, String::new());
        self.rows.push(Row { line, cells });
        Ok(())
    }

    pub(crate) fn finish(self, encoding: Encoding) -> Result<Table, SheetError> {
        let header = self.header.ok_or(SheetError::Empty)?;
        Ok(Table { header, rows: self.rows, encoding })
    }
}
