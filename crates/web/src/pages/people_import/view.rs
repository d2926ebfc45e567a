//! A report of the API as rows to read and to mend: each fault in words, beside the cell it is about.

use super::kept::Kept;
use crate::engine::Voice;
use contract::users::{ImportError, ImportOutcome, ImportReport, ImportRow};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// Rows that are mended at once; the others come up after them.
const AT_ONCE: usize = 100;

/// A row that needs mending.
#[derive(Debug, Clone, Serialize)]
pub struct BadRow {
    pub line: i64,
    pub name: Place,
    pub email: Place,
    pub department: Place,
    pub hired_on: Place,
    /// Cells of other columns that are wrong.
    pub others: Vec<Fault>,
    /// What is wrong with the row as a whole, or with a cell the file has no column for.
    pub whole: Vec<String>,
    pub offers: Vec<Offer>,
}

/// What stands in a cell, and what is wrong with it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Place {
    pub shown: String,
    pub faults: Vec<Fault>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Fault {
    pub field: String,
    /// The column's heading as the file has it.
    pub heading: String,
    pub value: String,
    pub text: String,
}

/// One click that mends a cell.
#[derive(Debug, Clone, Serialize)]
pub struct Offer {
    pub field: String,
    pub value: String,
}

/// `import-cell-not-found-department`, or the sentence any field has for this code.
pub fn sentence(error: &ImportError, voice: &Voice) -> String {
    let code = error.code.replace('_', "-");
    let args: Vec<(&str, &str)> =
        error.params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let about = args.iter().map(|(name, _)| *name).find(|name| matches!(*name, "line" | "email"));
    let keys = [
        about.map(|name| format!("import-cell-{code}-{name}")),
        Some(format!("import-cell-{code}")),
        Some(format!("field-{code}")),
    ];
    let said = keys.into_iter().flatten().find_map(|key| voice.try_tr(&key, &args));
    said.unwrap_or_else(|| voice.tr("field-invalid", &[]))
}

/// The report with the lines of the uploaded file.
pub fn in_lines_of_file(mut report: ImportReport, kept: &Kept) -> ImportReport {
    let lines = kept.lines(&kept.csv());
    let of = |line: i64| lines.get(&line).copied().unwrap_or(line);
    for error in &mut report.errors {
        error.line = of(error.line);
        if let Some(other) = error.params.get_mut("line") {
            *other = other.parse().map(|line| of(line).to_string()).unwrap_or_default();
        }
    }
    for row in &mut report.rows {
        row.line = of(row.line);
    }
    report
}

/// The first bad rows, each with its faults.
pub fn bad_rows(report: &ImportReport, kept: &Kept, voice: &Voice) -> Vec<BadRow> {
    let mut by_line: BTreeMap<i64, Vec<&ImportError>> = BTreeMap::new();
    for error in &report.errors {
        by_line.entry(error.line).or_default().push(error);
    }
    let places = kept.places();
    let domain = kept.common_domain();
    let bad = report.rows.iter().filter(|row| row.outcome == ImportOutcome::Bad).take(AT_ONCE);
    bad.map(|row| {
        let errors = by_line.remove(&row.line).unwrap_or_default();
        bad_row(row, &errors, kept, &places, domain.as_deref(), voice)
    })
    .collect()
}

fn bad_row(
    row: &ImportRow,
    errors: &[&ImportError],
    kept: &Kept,
    places: &HashMap<&'static str, usize>,
    domain: Option<&str>,
    voice: &Voice,
) -> BadRow {
    let cell = |field: &str| {
        let at = *places.get(field)?;
        kept.row(row.line)?.cells.get(at).cloned()
    };
    let place = |shown: Option<String>| Place { shown: shown.unwrap_or_default(), faults: Vec::new() };
    let mut bad = BadRow {
        line: row.line,
        name: place(Some(row.name.clone())),
        email: place(cell("email")),
        department: place(cell("department")),
        hired_on: place(cell("hired_on")),
        others: Vec::new(),
        whole: Vec::new(),
        offers: Vec::new(),
    };
    for error in errors {
        let field = error.field.as_str();
        let text = sentence(error, voice);
        // Roles can be added to a file that has none.
        let value = cell(field).or_else(|| (field == "role").then(String::new));
        let Some(value) = value else {
            bad.whole.push(text);
            continue;
        };
        if let Some(suggestion) = error.params.get("suggestion") {
            bad.offers.push(Offer { field: field.to_owned(), value: suggestion.clone() });
        }
        if let Some(address) =
            domain.filter(|_| error.code == "bad_email").and_then(|domain| mended(&value, domain))
        {
            bad.offers.push(Offer { field: field.to_owned(), value: address });
        }
        let heading = places.get(field).and_then(|at| kept.header.get(*at)).cloned();
        let fault = Fault {
            field: field.to_owned(),
            heading: heading.unwrap_or_else(|| voice.tr("import-column-role", &[])),
            value,
            text,
        };
        match field {
            "family_name" | "given_name" => bad.name.faults.push(fault),
            "email" => bad.email.faults.push(fault),
            "department" => bad.department.faults.push(fault),
            "hired_on" => bad.hired_on.faults.push(fault),
            _ => bad.others.push(fault),
        }
    }
    bad
}

/// `noh@yunseul` as `noh@yunseul.example`, if that is what most addresses end with.
fn mended(address: &str, domain: &str) -> Option<String> {
    let (local, begun) = address.split_once('@').unwrap_or((address, ""));
    let begun = begun.trim_end_matches('.');
    let mended = format!("{local}@{domain}");
    (domain.starts_with(begun) && hangul::email_problem(&mended).is_none()).then_some(mended)
}

/// Every fault of every bad line, in words, for the file of rows to mend.
pub fn faults(report: &ImportReport, kept: &Kept, voice: &Voice) -> HashMap<i64, Vec<String>> {
    let places = kept.places();
    let mut faults: HashMap<i64, Vec<String>> = HashMap::new();
    for error in &report.errors {
        let heading = places.get(error.field.as_str()).and_then(|at| kept.header.get(*at));
        let text = sentence(error, voice);
        let said = match heading {
            Some(heading) => format!("{heading}: {text}"),
            None => text,
        };
        faults.entry(error.line).or_default().push(said);
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::auth::Locale;

    #[test]
    fn an_address_is_mended_only_into_a_good_one() {
        assert_eq!(mended("noh@yunseul", "yunseul.example").as_deref(), Some("noh@yunseul.example"));
        assert_eq!(mended("noh", "yunseul.example").as_deref(), Some("noh@yunseul.example"));
        assert_eq!(mended("noh@naver.com", "yunseul.example"), None);
        assert_eq!(mended("n oh@yunseul", "yunseul.example"), None);
    }

    #[test]
    fn every_code_an_import_gives_has_its_own_sentence() {
        let codes = [
            ("bad_characters", None),
            ("too_long", Some(("max", "50"))),
            ("required", None),
            ("bad_name", None),
            ("bad_email", None),
            ("bad_role", None),
            ("bad_date", None),
            ("bad_ox", None),
            ("repeated", Some(("line", "7"))),
            ("repeated", Some(("email", "a@x.example"))),
            ("not_found", None),
            ("not_found", Some(("suggestion", "개발팀"))),
            ("ambiguous", None),
            ("taken", None),
            ("taken", Some(("email", "a@x.example"))),
            ("last_admin", None),
        ];
        for locale in Locale::ALL {
            let voice = Voice::read(*locale);
            for (code, param) in codes {
                let params =
                    param.map(|(name, value)| (name.to_owned(), value.to_owned())).into_iter().collect();
                let error = ImportError {
                    line: 2,
                    field: "email".into(),
                    code: code.into(),
                    message: String::new(),
                    value: String::new(),
                    params,
                };
                let text = sentence(&error, &voice);
                assert_ne!(text, voice.tr("field-invalid", &[]), "{locale} {code}");
                if let Some((_, value)) = param.filter(|(name, _)| *name != "suggestion") {
                    assert!(text.contains(value), "{locale} {code}: {text}");
                }
            }
        }
    }
}
