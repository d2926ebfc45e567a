//! People from a file in three steps: choose it, see what would happen and mend it, apply it.
//!
//! The file is kept beside the session (`kept`), so that the very table that was previewed is imported.

mod kept;
mod samples;
mod view;

use super::{Routes, organisation::all_departments};
use crate::{
    Crumb, Error, Errors, Form, Page, Query, Result, Signed, Upload, download, engine::Voice,
    form::problem_key,
};
use axum::{extract::Path, response::Response};
use client::CallError;
use contract::{
    Code, FieldError,
    policy::Action,
    users::{IMPORT_COLUMNS, ImportOptions, ImportOutcome, ImportReport, ImportRow, ImportUsers},
};
use kept::{Done, Kept};
use serde::{Deserialize, Serialize};
use sheet::SheetError;
use std::collections::BTreeSet;
use view::BadRow;

const START: &str = "/organisation/import";

pub fn routes() -> Routes {
    Routes::new()
        .get(START, start)
        .post(START, upload)
        .get("/organisation/import/{id}", preview)
        .post("/organisation/import/{id}", apply)
        .post("/organisation/import/{id}/mend", mend)
        .get("/organisation/import/{id}/to-mend.csv", to_mend)
}

/// The first step: a file to choose, and what was wrong with the one that was chosen.
#[derive(Serialize)]
struct ChooseFile {
    problems: Vec<String>,
    /// How a file's columns are called: the first name each has.
    columns: Vec<&'static str>,
}

impl ChooseFile {
    fn with(problems: Vec<String>) -> Self {
        let columns = IMPORT_COLUMNS.iter().map(|(field, names)| names.first().copied().unwrap_or(field));
        Self { problems, columns: columns.collect() }
    }
}

fn crumbs(voice: &Voice) -> Vec<Crumb> {
    let organisation = Crumb::to("/organisation", voice.tr("nav-organisation", &[]));
    vec![organisation, Crumb::here(voice.tr("import-title", &[]))]
}

impl Page for ChooseFile {
    const TEMPLATE: &'static str = "pages/people_import.html";
    const HERE: &'static str = "organisation";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        crumbs(voice)
    }

    fn samples() -> Vec<Self> {
        vec![Self::with(Vec::new()), Self::with(vec!["?".into()])]
    }
}

/// The second step and the third: what would happen, what has happened.
#[derive(Serialize)]
struct Preview {
    id: String,
    name: String,
    encoding: String,
    version: i64,
    is_done: bool,
    was_invited: bool,
    total: i64,
    created: i64,
    updated: i64,
    same: i64,
    bad: i64,
    /// What is left when bad rows are left out and does something.
    good: i64,
    ignored_columns: Vec<String>,
    /// Which rows are shown: `bad`, `update`, `create`, `all`.
    tab_now: &'static str,
    bad_rows: Vec<BadRow>,
    rows: Vec<ImportRow>,
    /// Names of departments, to choose from while mending.
    departments: Vec<String>,
}

impl Preview {
    fn of(id: &str, kept: &Kept, report: ImportReport, tab: Option<Tab>, voice: &Voice) -> Self {
        let tab = tab.unwrap_or(if report.bad > 0 { Tab::Bad } else { Tab::All });
        let bad_rows = match tab {
            Tab::Bad => view::bad_rows(&report, kept, voice),
            _ => Vec::new(),
        };
        let rows = report.rows.into_iter().filter(|row| tab.shows(row.outcome));
        Self {
            id: id.to_owned(),
            name: kept.name.clone(),
            encoding: kept.encoding.clone(),
            version: kept.version,
            is_done: kept.done.is_some(),
            was_invited: kept.done.as_ref().is_some_and(|done| done.was_invited),
            total: report.total,
            created: report.created,
            updated: report.updated,
            same: report.same,
            bad: report.bad,
            good: report.created + report.updated,
            ignored_columns: report.ignored_columns,
            tab_now: tab.word(),
            bad_rows,
            rows: rows.collect(),
            departments: Vec::new(),
        }
    }
}

impl Page for Preview {
    const TEMPLATE: &'static str = "pages/people_import_preview.html";
    const HERE: &'static str = "organisation";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        crumbs(voice)
    }

    fn samples() -> Vec<Self> {
        samples::previews()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Tab {
    Bad,
    Update,
    Create,
    All,
}

impl Tab {
    const fn word(self) -> &'static str {
        match self {
            Self::Bad => "bad",
            Self::Update => "update",
            Self::Create => "create",
            Self::All => "all",
        }
    }

    fn shows(self, outcome: ImportOutcome) -> bool {
        match self {
            Self::Bad => false,
            Self::Update => outcome == ImportOutcome::Update,
            Self::Create => outcome == ImportOutcome::Create,
            Self::All => true,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    rows: Option<Tab>,
}

async fn start(signed: Signed) -> Result<Response> {
    signed.only(Action::EditPeople)?;
    signed.page(&ChooseFile::with(Vec::new())).await
}

async fn upload(signed: Signed, upload: Upload) -> Result<Response> {
    signed.only(Action::EditPeople)?;
    let Some(file) = upload.file else {
        return wrong_file(&signed, vec![signed.tr("import-file-none", &[])]).await;
    };
    // A workbook of 10 MB takes a core for a while: not one that answers others.
    let read = tokio::task::spawn_blocking(move || Kept::read(&file)).await;
    let kept = match read.map_err(|error| Error::Panicked(error.to_string()))? {
        Ok(kept) => kept,
        Err(error) => return wrong_file(&signed, vec![unreadable(&error, &signed.voice())]).await,
    };
    if let Err(error) = tried(&signed, &kept).await {
        let problems = problems_of(error, &signed.voice())?;
        return wrong_file(&signed, problems).await;
    }
    let id = kept::keep(&signed, &kept).await?;
    Ok(signed.redirect(&url(&id)))
}

fn url(id: &str) -> String {
    format!("{START}/{id}")
}

async fn wrong_file(signed: &Signed, problems: Vec<String>) -> Result<Response> {
    let errors = Errors::one("file", problems.join(" "));
    signed.invalid(&ChooseFile::with(problems), &errors).await
}

/// Why a file can't be read, and what to do about it.
fn unreadable(error: &SheetError, voice: &Voice) -> String {
    let key = format!("import-file-{}", error.code().replace('_', "-"));
    let said = |args: &[(&str, usize)]| {
        let texts: Vec<(&str, String)> =
            args.iter().map(|(name, value)| (*name, value.to_string())).collect();
        let texts: Vec<(&str, &str)> = texts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        voice.tr(&key, &texts)
    };
    let number = |line: u64| usize::try_from(line).unwrap_or(usize::MAX);
    match *error {
        SheetError::TooLarge { max } => said(&[("megabytes", max >> 20)]),
        SheetError::TooManyRows { max } | SheetError::TooManyColumns { max } => said(&[("max", max)]),
        SheetError::CellTooLong { line, max, .. } => said(&[("line", number(line)), ("max", max)]),
        SheetError::BadEncoding { line } | SheetError::UnclosedQuote { line } => {
            said(&[("line", number(line))])
        }
        SheetError::RaggedRow { line, expected, found } => {
            said(&[("line", number(line)), ("expected", expected), ("found", found)])
        }
        SheetError::Empty | SheetError::NotASheet | SheetError::ZipBomb | SheetError::Unreadable => said(&[]),
    }
}

/// What the API says about the file as a whole; any other refusal is an error.
fn problems_of(error: CallError, voice: &Voice) -> Result<Vec<String>> {
    let of_file = |error: &&FieldError| error.field == "file";
    let problems: Vec<String> =
        error.field_errors().iter().filter(of_file).map(|error| of_columns(error, voice)).collect();
    if problems.is_empty() { Err(error.into()) } else { Ok(problems) }
}

fn of_columns(error: &FieldError, voice: &Voice) -> String {
    let column = error.params.get("column").map_or("", String::as_str);
    let names =
        IMPORT_COLUMNS.iter().find(|(_, names)| names.contains(&column)).map(|(_, names)| names.join(", "));
    match error.code.as_str() {
        "missing_column" => {
            let names = names.unwrap_or_else(|| column.to_owned());
            voice.tr("import-file-missing-column", &[("column", column), ("names", &names)])
        }
        "duplicate_column" => voice.tr("import-file-duplicate-column", &[("column", column)]),
        _ => voice.tr("import-file-unreadable", &[]),
    }
}

/// What the table would do now.
async fn tried(signed: &Signed, kept: &Kept) -> Result<ImportReport, CallError> {
    let options = ImportOptions { dry_run: Some(true), invite: None };
    let report = signed.call(ImportUsers { options, file: kept.csv() }).await?;
    Ok(view::in_lines_of_file(report, kept))
}

/// The kept table, or the way back to the first step.
async fn kept_of(signed: &Signed, id: &str) -> Result<Result<Kept, Response>> {
    signed.only(Action::EditPeople)?;
    match kept::find(signed, id).await? {
        Some(kept) => Ok(Ok(kept)),
        None => Ok(Err(signed.done(START, signed.tr("import-gone", &[])).await?)),
    }
}

async fn preview(signed: Signed, Path(id): Path<String>, Query(ask): Query<Ask>) -> Result<Response> {
    let kept = match kept_of(&signed, &id).await? {
        Ok(kept) => kept,
        Err(back) => return Ok(back),
    };
    let report = match &kept.done {
        Some(done) => done.report.clone(),
        None => tried(&signed, &kept).await?,
    };
    let has_bad = report.bad > 0;
    let mut page = Preview::of(&id, &kept, report, ask.rows, &signed.voice());
    if has_bad {
        page.departments = all_departments(&signed).await?.into_iter().map(|one| one.name).collect();
        page.departments.dedup();
    }
    signed.page(&page).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ApplyForm {
    version: i64,
    invite: bool,
    leave_out: bool,
}

async fn apply(
    signed: Signed,
    Path(id): Path<String>,
    Form(form, once): Form<ApplyForm>,
) -> Result<Response> {
    let mut kept = match kept_of(&signed, &id).await? {
        Ok(kept) => kept,
        Err(back) => return Ok(back),
    };
    if kept.done.is_some() {
        return Ok(signed.redirect(&url(&id)));
    }
    if kept.version != form.version {
        return signed.done(&url(&id), signed.tr("import-changed", &[])).await;
    }
    if form.leave_out {
        let report = tried(&signed, &kept).await?;
        kept.leave_out(&bad_lines(&report));
    }
    let options = ImportOptions { dry_run: Some(false), invite: Some(form.invite) };
    match signed.call_once(&once, ImportUsers { options, file: kept.csv() }).await {
        Ok(report) => {
            let report = view::in_lines_of_file(report, &kept);
            kept.done = Some(Done { report, was_invited: form.invite });
            kept::save(&signed, &id, &kept).await?;
            Ok(signed.redirect(&url(&id)))
        }
        // More bad rows than a report names, or something changed meanwhile: see it anew.
        Err(error) => match error.code() {
            Some(code @ (Code::Invalid | Code::Conflict | Code::LastAdmin)) => {
                kept.version += 1;
                kept::save(&signed, &id, &kept).await?;
                let key =
                    if code == Code::Invalid { "import-still-bad".to_owned() } else { problem_key(code) };
                signed.done(&url(&id), signed.tr(&key, &[])).await
            }
            _ => Err(error.into()),
        },
    }
}

fn bad_lines(report: &ImportReport) -> BTreeSet<i64> {
    let rows = report.rows.iter().filter(|row| row.outcome == ImportOutcome::Bad).map(|row| row.line);
    rows.chain(report.errors.iter().map(|error| error.line)).collect()
}

/// Fields are `version`, `cell.<line>.<field>`, and the button: `drop` a line, or `take` `<line>.<field>.<value>`.
async fn mend(
    signed: Signed,
    Path(id): Path<String>,
    Form(fields, _): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let mut kept = match kept_of(&signed, &id).await? {
        Ok(kept) => kept,
        Err(back) => return Ok(back),
    };
    let version = fields.iter().find(|(name, _)| name == "version").and_then(|(_, value)| value.parse().ok());
    if kept.done.is_some() || version != Some(kept.version) {
        return signed.done(&url(&id), signed.tr("import-changed", &[])).await;
    }
    for (name, value) in &fields {
        if let Some((line, field)) = name.strip_prefix("cell.").and_then(|place| place.split_once('.')) {
            kept.set(line.parse().unwrap_or_default(), field, value);
        }
    }
    for (name, value) in &fields {
        match name.as_str() {
            "drop" => kept.leave_out(&value.parse().into_iter().collect()),
            "take" => {
                let mut parts = value.splitn(3, '.');
                if let (Some(line), Some(field), Some(value)) = (parts.next(), parts.next(), parts.next()) {
                    kept.set(line.parse().unwrap_or_default(), field, value);
                }
            }
            _ => {}
        }
    }
    kept.version += 1;
    kept::save(&signed, &id, &kept).await?;
    Ok(signed.redirect(&url(&id)))
}

async fn to_mend(signed: Signed, Path(id): Path<String>) -> Result<Response> {
    let kept = match kept_of(&signed, &id).await? {
        Ok(kept) => kept,
        Err(back) => return Ok(back),
    };
    let report = tried(&signed, &kept).await?;
    let voice = signed.voice();
    let faults = view::faults(&report, &kept, &voice);
    Ok(download::saved(kept.csv_of(&faults, &voice.tr("import-faults-heading", &[])), "people-to-mend.csv"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::ChooseFile>();
        crate::page::tests::renders::<super::Preview>();
    }
}
