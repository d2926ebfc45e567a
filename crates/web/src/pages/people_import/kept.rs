//! An uploaded table, kept for half an hour beside the session: what is previewed is what is imported.
//!
//! Cells are mended here and rows left out; the API gets the table anew as CSV. Lines are those of the
//! uploaded file, also after rows were left out.

use crate::{App, Signed, error::Result, sealed};
use chrono::Duration;
use contract::{
    File,
    users::{IMPORT_COLUMNS, ImportReport},
};
use serde::{Deserialize, Serialize};
use sheet::{Cell, Columns, Encoding, Limits, SheetError};
use std::collections::{BTreeSet, HashMap};

const LASTS: Duration = Duration::minutes(30);
/// The largest table the API takes.
const LARGEST: usize = 10 << 20;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Kept {
    pub name: String,
    pub encoding: String,
    /// Counts the changes: what was previewed and what is imported must be the same.
    pub version: i64,
    pub header: Vec<String>,
    pub rows: Vec<KeptRow>,
    /// Once it is imported.
    pub done: Option<Done>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeptRow {
    pub line: i64,
    pub cells: Vec<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Done {
    pub report: ImportReport,
    pub was_invited: bool,
}

impl Kept {
    /// # Errors
    /// What is wrong with the file as a whole.
    pub fn read(file: &File) -> Result<Self, SheetError> {
        let table = sheet::read(&file.bytes, Limits::default())?;
        let encoding = match table.encoding {
            Encoding::Utf8 => "utf-8",
            Encoding::Cp949 => "cp949",
            Encoding::Utf16 => "utf-16",
            Encoding::Xlsx => "xlsx",
        };
        let row =
            |row: sheet::Row| KeptRow { line: i64::try_from(row.line).unwrap_or(i64::MAX), cells: row.cells };
        let kept = Self {
            name: file.name.clone().unwrap_or_default(),
            encoding: encoding.to_owned(),
            version: 0,
            header: table.header,
            rows: table.rows.into_iter().map(row).collect(),
            done: None,
        };
        match kept.csv().bytes.len() {
            // A workbook can hold more than its packed size says.
            0..=LARGEST => Ok(kept),
            _ => Err(SheetError::TooLarge { max: LARGEST }),
        }
    }

    fn written<'a>(header: &[&str], rows: impl Iterator<Item = Vec<Cell<'a>>>, name: &str) -> File {
        let bytes = sheet::write_csv(header, rows).into();
        File { media_type: "text/csv; charset=utf-8".to_owned(), name: Some(name.to_owned()), bytes }
    }

    /// The table as the API gets it.
    pub fn csv(&self) -> File {
        let header: Vec<&str> = self.header.iter().map(String::as_str).collect();
        let rows = self.rows.iter().map(|row| row.cells.iter().map(|cell| cell.as_str().into()).collect());
        Self::written(&header, rows, "people.csv")
    }

    /// The rows with these faults, and a column that says what they are.
    pub fn csv_of(&self, faults: &HashMap<i64, Vec<String>>, heading: &str) -> File {
        let mut header: Vec<&str> = self.header.iter().map(String::as_str).collect();
        header.push(heading);
        let rows = self.rows.iter().filter_map(|row| {
            let said = faults.get(&row.line)?.join(" / ");
            let cells = row.cells.iter().map(|cell| cell.as_str().into());
            Some(cells.chain([Cell::from(said)]).collect())
        });
        Self::written(&header, rows, "people-to-mend.csv")
    }

    /// The lines of the written CSV as lines of the uploaded file.
    pub fn lines(&self, csv: &File) -> HashMap<i64, i64> {
        let table = sheet::read(&csv.bytes, Limits::default());
        let written = table.map(|table| table.rows).unwrap_or_default();
        let line = |row: &sheet::Row| i64::try_from(row.line).unwrap_or(i64::MAX);
        written.iter().map(line).zip(self.rows.iter().map(|row| row.line)).collect()
    }

    /// Where each field stands.
    pub fn places(&self) -> HashMap<&'static str, usize> {
        let all: Vec<&'static str> = IMPORT_COLUMNS.iter().map(|(field, _)| *field).collect();
        let mut places = HashMap::new();
        for (at, heading) in self.header.iter().enumerate() {
            let alone = std::slice::from_ref(heading);
            if let Ok(columns) = Columns::resolve_with_optional(alone, IMPORT_COLUMNS, &all)
                && let Some(field) = all.iter().find(|field| columns.has(field))
            {
                places.entry(*field).or_insert(at);
            }
        }
        places
    }

    pub fn row(&self, line: i64) -> Option<&KeptRow> {
        let at = self.rows.binary_search_by_key(&line, |row| row.line).ok()?;
        self.rows.get(at)
    }

    /// Writes a cell; a file without a column of roles gets one, which leaves everybody else's as they are.
    pub fn set(&mut self, line: i64, field: &str, value: &str) {
        let place = match self.places().get(field) {
            Some(place) => *place,
            None if field == "role" => {
                self.header.push("role".to_owned());
                self.rows.iter_mut().for_each(|row| row.cells.push(String::new()));
                self.header.len() - 1
            }
            None => return,
        };
        let Ok(at) = self.rows.binary_search_by_key(&line, |row| row.line) else { return };
        let row = &mut self.rows[at];
        if let Some(cell) = row.cells.get_mut(place) {
            *cell = value.trim().chars().take(Limits::default().max_cell_chars).collect();
        }
        // A row of nothing is no row, neither here nor when it is read again.
        if row.cells.iter().all(|cell| cell.is_empty()) {
            self.rows.remove(at);
        }
    }

    pub fn leave_out(&mut self, lines: &BTreeSet<i64>) {
        self.rows.retain(|row| !lines.contains(&row.line));
    }

    /// The part after @ that most addresses of the file have.
    pub fn common_domain(&self) -> Option<String> {
        let place = *self.places().get("email")?;
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for row in &self.rows {
            if let Some((_, domain)) = row.cells.get(place).and_then(|email| email.rsplit_once('@')) {
                *counts.entry(domain).or_default() += 1;
            }
        }
        let (domain, count) = counts.into_iter().max_by_key(|(domain, count)| (*count, *domain))?;
        (count * 2 > self.rows.len() && domain.contains('.')).then(|| domain.to_owned())
    }
}

fn place(signed: &Signed, id: &str) -> String {
    signed.key().beside(&format!("import:{id}"))
}

/// Keeps a new table; its id is for the URL.
pub async fn keep(signed: &Signed, kept: &Kept) -> Result<String> {
    let id = sealed::word();
    save(signed, &id, kept).await?;
    Ok(id)
}

pub async fn save(signed: &Signed, id: &str, kept: &Kept) -> Result<()> {
    let app: &App = &signed.app;
    Ok(app.kv.set(&place(signed, id), serde_json::to_vec(kept).unwrap_or_default(), LASTS).await?)
}

/// `None` when it is too long ago, or another's.
pub async fn find(signed: &Signed, id: &str) -> Result<Option<Kept>> {
    let bytes = signed.app.kv.get(&place(signed, id)).await?;
    Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> Kept {
        let file = File { media_type: "text/csv".into(), name: None, bytes: text.to_owned().into() };
        Kept::read(&file).unwrap()
    }

    #[test]
    fn lines_stay_those_of_the_file_after_blank_lines_long_cells_and_rows_left_out() {
        let mut kept =
            kept("이름,이메일,비고\n\n가나,a@x.example,\"한\n줄\"\n다라,b@x.example,\n마바,c@x.example,\n");
        let lines = |kept: &Kept| kept.rows.iter().map(|row| row.line).collect::<Vec<_>>();
        assert_eq!(lines(&kept), [3, 5, 6]);
        assert_eq!(kept.lines(&kept.csv()), HashMap::from([(2, 3), (4, 5), (5, 6)]));
        kept.leave_out(&BTreeSet::from([3]));
        assert_eq!(kept.lines(&kept.csv()), HashMap::from([(2, 5), (3, 6)]));
    }

    #[test]
    fn a_cell_is_found_by_any_name_of_its_column() {
        let mut kept = kept("성명,E-mail,부서명\n가나,a@x,개발\n");
        kept.set(2, "email", " a@x.example ");
        kept.set(2, "department", "개발팀");
        kept.set(2, "hired_on", "2026-09-01");
        assert_eq!(kept.rows[0].cells, ["가나", "a@x.example", "개발팀"]);
        kept.set(2, "role", "멘티");
        assert_eq!((kept.header.last().unwrap().as_str(), kept.rows[0].cells[3].as_str()), ("role", "멘티"));
    }

    #[test]
    fn a_row_made_empty_is_gone() {
        let mut kept = kept("이름,이메일\n가나,\n다라,b@x.example\n");
        kept.set(2, "given_name", "");
        assert_eq!(kept.rows.len(), 1);
        assert_eq!(kept.lines(&kept.csv()), HashMap::from([(2, 3)]));
    }

    #[test]
    fn most_addresses_say_what_is_missing_in_one() {
        let kept = kept("이름,이메일\n가나,a@x.example\n다라,b@x.example\n마바,c@x\n");
        assert_eq!(kept.common_domain().as_deref(), Some("x.example"));
    }
}
