//! Reads delimited text. The `csv` crate accepts a quote that is never closed and loses count of lines over
//! blank lines and lone CRs; a person who has to find the bad line needs both right, so the reading is done
//! here. As in Excel, a quote only means something at the very start of a cell.

use crate::assemble::{Assembler, RawRow};
use crate::text::line_breaks;
use crate::{Encoding, Limits, SheetError, Table};

pub(crate) fn read(text: &str, encoding: Encoding, limits: Limits) -> Result<Table, SheetError> {
    let (delimiter, at) = header_line(text);
    let mut scan = Scan { text, at, line: 1 + line_breaks(&text[..at]), delimiter };
    let mut table = Assembler::new(limits);
    while scan.at < text.len() {
        let mut row = RawRow::new(scan.line);
        let mut written = 0;
        loop {
            let (cell, ended) = scan.cell()?;
            row.put(written, &cell, &limits)?;
            written += 1;
            if ended {
                break;
            }
        }
        table.push(row, Some(written))?;
    }
    table.finish(encoding)
}

/// The separator that stands most often, outside quotes, in the first line that holds anything, and where that
/// line begins. Lines of nothing but separators are passed over whichever separator they are made of.
fn header_line(text: &str) -> (u8, usize) {
    const NONE: [(u8, usize); 3] = [(b',', 0), (b';', 0), (b'\t', 0)];
    let (mut counts, mut start, mut quoted, mut holds) = (NONE, 0, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'\n' | b'\r' if !quoted && holds => break,
            b'\n' | b'\r' if !quoted => (counts, start) = (NONE, at + 1),
            b',' | b';' | b'\t' if !quoted => {
                counts.iter_mut().filter(|(d, _)| *d == byte).for_each(|(_, n)| *n += 1);
            }
            b'"' => quoted = !quoted,
            b' ' => {}
            _ => holds = true,
        }
    }
    if !holds && !quoted {
        start = text.len();
    }
    // On a draw the comma wins: it comes first and only a larger count replaces it.
    (counts.into_iter().fold((b',', 0), |best, next| if next.1 > best.1 { next } else { best }).0, start)
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    line: u64,
    delimiter: u8,
}

impl Scan<'_> {
    /// The next cell, and whether it is the last of its row.
    fn cell(&mut self) -> Result<(String, bool), SheetError> {
        let mut cell = String::new();
        if self.peek() == Some(b'"') {
            self.quoted(&mut cell)?;
        }
        let delimiter = self.delimiter;
        let rest = &self.text[self.at..];
        let plain =
            rest.bytes().position(|b| b == delimiter || b == b'\n' || b == b'\r').unwrap_or(rest.len());
        cell.push_str(&rest[..plain]);
        self.at += plain;
        let ended = match self.peek() {
            Some(byte) if byte == delimiter => {
                self.at += 1;
                false
            }
            Some(byte) => {
                self.at += 1;
                if byte == b'\r' && self.peek() == Some(b'\n') {
                    self.at += 1;
                }
                self.line += 1;
                true
            }
            None => true,
        };
        Ok((cell, ended))
    }

    /// From an opening quote to behind the closing one.
    fn quoted(&mut self, cell: &mut String) -> Result<(), SheetError> {
        let opened = self.line;
        self.at += 1;
        let start = cell.len();
        loop {
            let rest = &self.text[self.at..];
            let Some(end) = rest.find('"') else {
                return Err(SheetError::UnclosedQuote { line: opened });
            };
            cell.push_str(&rest[..end]);
            self.at += end + 1;
            if self.peek() != Some(b'"') {
                break;
            }
            cell.push('"');
            self.at += 1;
        }
        self.line += line_breaks(&cell[start..]);
        Ok(())
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}
