//! An imported file as rows that mean something: columns by their many names, cells read one by one.
//!
//! Nothing is looked up here; [`super::import_plan`] compares what was read with what is there.

use super::people::{email_error, tidy};
use chrono::NaiveDate;
use contract::{
    FieldError,
    policy::{Role, Roles},
    users::{IMPORT_COLUMNS, ImportError},
};
use sheet::{Columns, Encoding, Limits, Row, Table};
use std::collections::HashMap;

const OPTIONAL: &[&str] = &[
    "employee_number",
    "family_name",
    "department",
    "position",
    "job_title",
    "manager",
    "role",
    "hired_on",
    "admin",
    "active",
];
/// Korean family names of two syllables.
const COMPOUND: [&str; 8] = ["남궁", "황보", "제갈", "선우", "독고", "사공", "서문", "동방"];

/// One row, with what could be read of it.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    pub line: i64,
    pub email: String,
    pub email_key: String,
    pub employee_number: Option<String>,
    pub family_name: String,
    pub given_name: String,
    pub department: String,
    pub position: Option<String>,
    pub job_title: Option<String>,
    /// The folded address of whom they report to.
    pub manager_key: Option<String>,
    /// `None`: not said.
    pub roles: Option<Roles>,
    pub is_admin: Option<bool>,
    pub is_active: Option<bool>,
    pub hired_on: Option<NaiveDate>,
    /// What stood for roles was none: that nothing is left to be is told already.
    pub has_bad_role: bool,
    pub is_bad: bool,
}

/// A file that could be read.
#[derive(Debug, Clone)]
pub struct Draughts {
    pub encoding: &'static str,
    pub drafts: Vec<Draft>,
    pub errors: Vec<ImportError>,
    pub ignored_columns: Vec<String>,
    /// Which columns the file has: what has none is left as it is.
    pub has: Has,
}

#[derive(Debug, Clone, Copy, Default)]
pub struct Has {
    pub employee_number: bool,
    pub department: bool,
    pub position: bool,
    pub job_title: bool,
    pub manager: bool,
    pub hired_on: bool,
}

/// Reads a file: every bad cell is an error of its row, a file that can't be read at all is one of `file`.
///
/// # Errors
/// What is wrong with the file as a whole.
pub fn read(bytes: &[u8]) -> Result<Draughts, Vec<FieldError>> {
    let table = sheet::read(bytes, Limits::default()).map_err(|error| {
        vec![FieldError::new("file", error.code(), format!("It can't be read: {error}."))]
    })?;
    let encoding = match table.encoding {
        Encoding::Utf8 => "utf-8",
        Encoding::Cp949 => "cp949",
        Encoding::Utf16 => "utf-16",
        Encoding::Xlsx => "xlsx",
    };
    let (table, columns, ignored_columns) = known_columns(table)?;
    let has = Has {
        employee_number: columns.has("employee_number"),
        department: columns.has("department"),
        position: columns.has("position"),
        job_title: columns.has("job_title"),
        manager: columns.has("manager"),
        hired_on: columns.has("hired_on"),
    };
    let mut errors = Vec::new();
    let mut drafts: Vec<Draft> = table.rows.iter().map(|row| draft(&columns, row, &mut errors)).collect();
    mark_repeated(&mut drafts, &mut errors);
    Ok(Draughts { encoding, drafts, errors, ignored_columns, has })
}

/// Leaves out the columns that mean nothing here.
fn known_columns(mut table: Table) -> Result<(Table, Columns, Vec<String>), Vec<FieldError>> {
    let problems = match Columns::resolve_with_optional(&table.header, IMPORT_COLUMNS, OPTIONAL) {
        Ok(columns) => return Ok((table, columns, Vec::new())),
        Err(problems) => problems,
    };
    let missing = problems.missing.iter().map(|field| {
        let name =
            IMPORT_COLUMNS.iter().find(|(known, _)| known == field).and_then(|(_, names)| names.first());
        let name = name.copied().unwrap_or(field);
        FieldError::new("file", "missing_column", format!("There is no column {name} ({field})."))
            .with("column", name)
            .with("field", field)
    });
    let twice = problems.duplicate.iter().map(|heading| {
        FieldError::new("file", "duplicate_column", format!("The column {heading} stands twice."))
            .with("column", heading)
    });
    let errors: Vec<FieldError> = missing.chain(twice).collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let is_kept: Vec<bool> = table
        .header
        .iter()
        .map(|heading| !heading.is_empty() && !problems.unknown.contains(heading))
        .collect();
    let keep = |cells: &mut Vec<String>| {
        let mut kept = is_kept.iter();
        cells.retain(|_| kept.next().copied().unwrap_or(false));
    };
    keep(&mut table.header);
    for row in &mut table.rows {
        keep(&mut row.cells);
    }
    let columns = Columns::resolve_with_optional(&table.header, IMPORT_COLUMNS, OPTIONAL)
        .map_err(|_| vec![FieldError::new("file", "unreadable", "The header can't be understood.")])?;
    Ok((table, columns, problems.unknown))
}

/// An error of one cell.
#[must_use]
pub fn cell_error(line: i64, error: FieldError, value: &str) -> ImportError {
    ImportError {
        line,
        field: error.field,
        code: error.code,
        message: error.message,
        value: value.chars().take(100).collect(),
        params: error.params,
    }
}

fn draft(columns: &Columns, row: &Row, errors: &mut Vec<ImportError>) -> Draft {
    let line = i64::try_from(row.line).unwrap_or(i64::MAX);
    let before = errors.len();
    let mut bad = |error: FieldError, value: &str| errors.push(cell_error(line, error, value));
    let mut text = |field: &str, most: usize| -> String {
        let cell = columns.get(row, field);
        let tidied = tidy(cell);
        if tidied.chars().any(char::is_control) || tidied.contains(is_turning) {
            bad(FieldError::new(field, "bad_characters", "This has characters that can't be kept."), cell);
        } else if tidied.chars().count() > most {
            bad(
                FieldError::new(field, "too_long", format!("At most {most} characters.")).with("max", most),
                cell,
            );
        }
        tidied
    };
    let some = |text: String| if text.is_empty() { None } else { Some(text) };
    let email = text("email", 254);
    let employee_number = some(text("employee_number", 50));
    let department = text("department", 1000);
    let manager = some(text("manager", 254));
    let (position, job_title) = (some(text("position", 100)), some(text("job_title", 100)));
    let (mut family_name, mut given_name) = (text("family_name", 50), text("given_name", 50));
    if !columns.has("family_name") {
        let full = std::mem::take(&mut given_name);
        match split_name(&full) {
            Some((family, given)) => (family_name, given_name) = (family, given),
            None if full.is_empty() => bad(FieldError::new("given_name", "required", "This is needed."), ""),
            None => bad(
                FieldError::new("given_name", "bad_name", "Family and given name can't be told apart."),
                &full,
            ),
        }
    } else {
        for (field, name) in [("family_name", &family_name), ("given_name", &given_name)] {
            if name.is_empty() {
                bad(FieldError::new(field, "required", "This is needed."), "");
            }
        }
    }
    if let Some(error) = email_error("email", &email) {
        let error =
            if email.is_empty() { FieldError::new("email", "required", "This is needed.") } else { error };
        bad(error, &email);
    }
    if let Some(error) = manager.as_deref().and_then(|manager| email_error("manager", manager)) {
        bad(error, manager.as_deref().unwrap_or_default());
    }
    let roles = roles(columns.get(row, "role"));
    let has_bad_role = roles.is_err();
    let roles = roles.unwrap_or_else(|error| {
        bad(error, columns.get(row, "role"));
        None
    });
    let hired_on = sheet::parse_date(columns.get(row, "hired_on")).unwrap_or_else(|error| {
        let message = "This is not a date like 2026-09-01.";
        bad(FieldError::new("hired_on", error.code(), message), columns.get(row, "hired_on"));
        None
    });
    let mut yes = |field: &str| {
        sheet::parse_bool_ox(columns.get(row, field)).unwrap_or_else(|error| {
            bad(FieldError::new(field, error.code(), "This is neither o nor x."), columns.get(row, field));
            None
        })
    };
    let (is_admin, is_active) = (yes("admin"), yes("active"));
    Draft {
        line,
        email_key: hangul::fold(&email),
        email,
        employee_number,
        family_name,
        given_name,
        department,
        position,
        job_title,
        manager_key: manager.as_deref().map(hangul::fold),
        roles,
        is_admin,
        is_active,
        hired_on,
        has_bad_role,
        is_bad: errors.len() > before,
    }
}

/// Marks that turn the direction of text.
const fn is_turning(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn roles(cell: &str) -> Result<Option<Roles>, FieldError> {
    let mut found = Vec::new();
    for word in cell.split([',', '/', '·', ';']).map(hangul::fold).filter(|word| !word.is_empty()) {
        found.push(match word.as_str() {
            "mentor" | "멘토" => Role::Mentor,
            "mentee" | "멘티" => Role::Mentee,
            "admin" | "관리자" => Role::Admin,
            _ => return Err(FieldError::new("role", "bad_role", "One of mentor, mentee, admin.")),
        });
    }
    Ok(if found.is_empty() { None } else { Some(Roles::of(found)) })
}

/// 남궁혁 → 남궁, 혁; Jiwoo Han → Han, Jiwoo.
fn split_name(full: &str) -> Option<(String, String)> {
    let words: Vec<&str> = full.split(' ').filter(|word| !word.is_empty()).collect();
    if let [first @ .., last] = words.as_slice()
        && !first.is_empty()
    {
        let is_latin = full.chars().filter(|c| c.is_alphabetic()).all(|c| c <= '\u{24f}');
        return Some(if is_latin {
            ((*last).to_owned(), first.join(" "))
        } else {
            (words[0].to_owned(), words[1..].join(" "))
        });
    }
    let compound = COMPOUND.iter().find(|family| full.starts_with(**family) && full.chars().count() > 2);
    let at = match compound {
        Some(family) => family.len(),
        None => full.chars().next().filter(|first| ('가'..='힣').contains(first))?.len_utf8(),
    };
    let (family, given) = full.split_at(at);
    (!given.is_empty()).then(|| (family.to_owned(), given.to_owned()))
}

/// Of two lines about one person the later is the bad one.
fn mark_repeated(drafts: &mut [Draft], errors: &mut Vec<ImportError>) {
    let mut seen: HashMap<(&'static str, String), i64> = HashMap::new();
    for draft in drafts {
        let number = draft.employee_number.clone().unwrap_or_default();
        for (field, key, value) in [
            ("email", draft.email_key.clone(), draft.email.clone()),
            ("employee_number", number.clone(), number),
        ] {
            if key.is_empty() {
                continue;
            }
            if let Some(first) = seen.get(&(field, key.clone())) {
                let error = FieldError::new(field, "repeated", format!("Line {first} has it already."));
                errors.push(cell_error(draft.line, error.with("line", first), &value));
                draft.is_bad = true;
            } else {
                seen.insert((field, key), draft.line);
            }
        }
    }
}
