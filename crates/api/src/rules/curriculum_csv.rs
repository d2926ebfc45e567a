//! A curriculum as a table for spreadsheet programs, which reads back to exactly the same draft.
//!
//! The first row is about the curriculum, a row per week with a note, a row per task; `row` says which. Every fault
//! says its line, its column and its cell.

use super::{
    curriculum_file::{MAX_BYTES, Portable},
    draft::{MAX_TASKS, MAX_WEEKS, settle},
};
use contract::{
    FieldError,
    curriculum::{Draft, Priority, TaskKind, TaskOwner, TemplateTask, WeekNote},
};
use sheet::{Cell, ColumnProblems, Columns, Limits, Row, SheetError};
use std::str::FromStr;

const HEADER: [&str; 13] = [
    "row",
    "week",
    "key",
    "title",
    "kind",
    "owner",
    "priority",
    "starts_after",
    "duration",
    "required",
    "depends_on",
    "text",
    "submission_form",
];

/// What each column is called, also in Korean.
const NAMES: &[(&str, &[&str])] = &[
    ("row", &["행", "구분"]),
    ("week", &["주차"]),
    ("key", &["열쇠", "키"]),
    ("title", &["제목", "이름"]),
    ("kind", &["종류"]),
    ("owner", &["하는사람", "담당"]),
    ("priority", &["우선순위"]),
    ("starts_after", &["시작"]),
    ("duration", &["기간"]),
    ("required", &["필수"]),
    ("depends_on", &["먼저끝낼과제", "선행과제"]),
    ("text", &["지침", "내용", "guideline"]),
    ("submission_form", &["제출양식"]),
];
const OPTIONAL: &[&str] =
    &["row", "key", "starts_after", "required", "depends_on", "text", "submission_form"];

/// The longest piece of the file that a fault quotes.
const QUOTED: usize = 120;

/// Writes a settled curriculum.
#[must_use]
pub fn write(curriculum: &Portable) -> Vec<u8> {
    let Portable { language, title, description, draft } = curriculum;
    let mut rows: Vec<Vec<Cell<'_>>> = Vec::with_capacity(draft.tasks.len() + draft.week_notes.len() + 1);
    let mut first = vec![Cell::Empty; HEADER.len()];
    (first[0], first[2]) = ("curriculum".into(), language.as_str().into());
    (first[3], first[11]) = (title.as_str().into(), description.as_str().into());
    rows.push(first);
    for note in &draft.week_notes {
        let mut row = vec![Cell::Empty; HEADER.len()];
        (row[0], row[1], row[11]) = ("week".into(), note.week.into(), note.note.as_str().into());
        rows.push(row);
    }
    for task in &draft.tasks {
        rows.push(vec![
            "task".into(),
            task.week.into(),
            task.key.as_str().into(),
            task.title.as_str().into(),
            task.kind.as_str().into(),
            task.owner.as_str().into(),
            task.priority.as_str().into(),
            task.starts_after.into(),
            task.duration.into(),
            if task.is_required { "yes" } else { "no" }.into(),
            task.depends_on.join(" ").into(),
            task.guideline.as_str().into(),
            task.submission_form.as_str().into(),
        ]);
    }
    sheet::write_csv(&HEADER, rows)
}

/// Reads a table; `fresh` makes keys for the tasks that have none.
///
/// # Errors
/// Every bad cell, or `file` where it is not readable at all.
pub fn read(bytes: &[u8], fresh: impl FnMut() -> String) -> Result<Portable, Vec<FieldError>> {
    let limits = Limits {
        max_bytes: MAX_BYTES,
        max_rows: MAX_TASKS + MAX_WEEKS + 1,
        max_cell_chars: 20_000,
        keeps_edges: true,
        ..Limits::default()
    };
    let table = sheet::read(bytes, limits).map_err(|error| vec![unreadable(error, bytes)])?;
    let columns = Columns::resolve_with_optional(&table.header, NAMES, OPTIONAL)
        .map_err(|problems| heading_faults(&problems, &table.header))?;
    let mut reading = Reading { columns: &columns, header: &table.header, errors: Vec::new() };
    let mut portable = Portable {
        language: "ko".to_owned(),
        title: String::new(),
        description: String::new(),
        draft: Draft { week_notes: Vec::new(), tasks: Vec::new() },
    };
    let mut task_rows = Vec::new();
    for row in &table.rows {
        match columns.get(row, "row").trim() {
            "curriculum" => reading.curriculum(row, &mut portable),
            "week" => {
                let week = reading.number(row, "week", (1, 104));
                let note = columns.get(row, "text").to_owned();
                reading.long(row, "text", 2_000);
                portable.draft.week_notes.push(WeekNote { week, note });
            }
            "task" | "" => {
                let task = reading.task(row);
                portable.draft.tasks.push(task);
                task_rows.push(row);
            }
            other => {
                let message = format!("\"{other}\" is none of curriculum, week, task.");
                reading.fault(row, "row", "bad_value", &message);
            }
        }
    }
    if portable.title.is_empty() && reading.errors.iter().all(|error| error.field != "title") {
        let message = "A row \"curriculum\" with a title is needed.";
        reading
            .errors
            .push(FieldError::new("title", "required", message).with("line", 2).with("cell", "title"));
    }
    if portable.draft.tasks.len() > MAX_TASKS {
        let error = FieldError::new("tasks", "too_many", format!("At most {MAX_TASKS} tasks."));
        reading.errors.push(error.with("max", MAX_TASKS));
    }
    if !reading.errors.is_empty() {
        return Err(reading.errors);
    }
    match settle(portable.draft, fresh) {
        Ok(draft) => Ok(Portable { draft, ..portable }),
        Err(errors) => Err(errors.into_iter().map(|error| reading.placed(error, &task_rows)).collect()),
    }
}

struct Reading<'a> {
    columns: &'a Columns,
    header: &'a [String],
    errors: Vec<FieldError>,
}

impl Reading<'_> {
    /// A fault in a cell, with where it is and what stands there.
    fn at(&self, row: &Row, cell: &str, error: FieldError) -> FieldError {
        let heading = |name: &String| {
            NAMES.iter().any(|(field, names)| {
                *field == cell && (same(name, field) || names.iter().any(|other| same(name, other)))
            })
        };
        let column = self.header.iter().position(heading).map_or(1, |place| place + 1);
        error
            .with("line", row.line)
            .with("column", column)
            .with("cell", cell)
            .with("quote", quoted(self.columns.get(row, cell)))
    }

    fn fault(&mut self, row: &Row, cell: &str, code: &str, message: &str) {
        let error = self.at(row, cell, FieldError::new(cell, code, message));
        self.errors.push(error);
    }

    fn curriculum(&mut self, row: &Row, portable: &mut Portable) {
        let title = self.columns.get(row, "title").trim();
        if title.is_empty() {
            self.fault(row, "title", "required", "This is needed.");
        }
        self.long(row, "title", 200);
        self.long(row, "text", 5_000);
        title.clone_into(&mut portable.title);
        portable.description = self.columns.get(row, "text").replace("\r\n", "\n");
        match self.columns.get(row, "key").trim() {
            "" | "ko" => {}
            "en" => "en".clone_into(&mut portable.language),
            _ => self.fault(row, "key", "bad_value", "The language is ko or en."),
        }
    }

    fn task(&mut self, row: &Row) -> TemplateTask {
        let get = |cell: &str| self.columns.get(row, cell).trim().to_owned();
        let (key, title, depends_on) = (get("key"), get("title"), get("depends_on"));
        if title.is_empty() {
            self.fault(row, "title", "required", "This is needed.");
        }
        self.long(row, "title", 200);
        let is_plain = |key: &str| key.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
        if key.len() > 64 || !is_plain(&key) {
            self.fault(row, "key", "bad_format", "At most 64 letters, digits, _ and -.");
        }
        let depends_on: Vec<String> = depends_on
            .split([' ', ',', ';', '\n'])
            .filter(|key| !key.is_empty())
            .map(str::to_owned)
            .collect();
        if depends_on.len() > 20 {
            self.fault(row, "depends_on", "too_many", "At most 20.");
        }
        TemplateTask {
            key,
            week: self.number(row, "week", (1, 104)),
            title,
            guideline: self.columns.get(row, "text").to_owned(),
            submission_form: self.columns.get(row, "submission_form").to_owned(),
            priority: self.word(row, "priority", Priority::ALL, Priority::Medium),
            starts_after: match get_number(self.columns.get(row, "starts_after")) {
                None if self.columns.get(row, "starts_after").trim().is_empty() => 0,
                _ => self.number(row, "starts_after", (0, 30)),
            },
            duration: self.number(row, "duration", (1, 260)),
            kind: self.word(row, "kind", TaskKind::ALL, TaskKind::Task),
            owner: self.word(row, "owner", TaskOwner::ALL, TaskOwner::Mentee),
            depends_on,
            is_required: self.yes(row),
        }
    }

    fn long(&mut self, row: &Row, cell: &str, max: usize) {
        if self.columns.get(row, cell).trim().chars().count() > max {
            let error =
                FieldError::new(cell, "too_long", format!("At most {max} characters.")).with("max", max);
            let error = self.at(row, cell, error);
            self.errors.push(error);
        }
    }

    fn number(&mut self, row: &Row, cell: &str, (min, max): (i64, i64)) -> i64 {
        match get_number(self.columns.get(row, cell)) {
            Some(number) if (min..=max).contains(&number) => number,
            Some(number) if number < min => {
                let error = FieldError::new(cell, "too_small", format!("At least {min}.")).with("min", min);
                let error = self.at(row, cell, error);
                self.errors.push(error);
                min
            }
            Some(_) => {
                let error = FieldError::new(cell, "too_large", format!("At most {max}.")).with("max", max);
                let error = self.at(row, cell, error);
                self.errors.push(error);
                min
            }
            None => {
                self.fault(row, cell, "wrong_type", "This is no whole number.");
                min
            }
        }
    }

    fn word<T: FromStr + ToString + Copy>(&mut self, row: &Row, cell: &str, all: &[T], usual: T) -> T {
        match self.columns.get(row, cell).trim() {
            "" => usual,
            text => text.to_lowercase().parse().unwrap_or_else(|_| {
                let words: Vec<String> = all.iter().map(T::to_string).collect();
                let message = format!("One of {}.", words.join(", "));
                let error = FieldError::new(cell, "unknown_word", message).with("words", words.join(", "));
                let error = self.at(row, cell, error);
                self.errors.push(error);
                usual
            }),
        }
    }

    fn yes(&mut self, row: &Row) -> bool {
        match self.columns.get(row, "required").trim().to_lowercase().as_str() {
            "" | "yes" | "y" | "true" | "1" | "o" | "예" | "필수" => true,
            "no" | "n" | "false" | "0" | "x" | "아니요" | "선택" => false,
            _ => {
                let error =
                    FieldError::new("required", "unknown_word", "yes or no.").with("words", "yes, no");
                let error = self.at(row, "required", error);
                self.errors.push(error);
                true
            }
        }
    }

    /// `tasks.7.key` of the draft is the key of the seventh task's row.
    fn placed(&self, error: FieldError, rows: &[&Row]) -> FieldError {
        let mut parts = error.field.split('.');
        let place = (parts.next() == Some("tasks")).then(|| parts.next()?.parse::<usize>().ok()).flatten();
        let cell = parts.next().unwrap_or("title").to_owned();
        match place.and_then(|place| rows.get(place)) {
            Some(row) => self.at(row, &cell, FieldError { field: cell.clone(), ..error }),
            None => error,
        }
    }
}

fn get_number(text: &str) -> Option<i64> {
    let text = text.trim();
    // Spreadsheet programs write whole numbers as 3.0 at times.
    text.strip_suffix(".0").unwrap_or(text).parse().ok()
}

fn same(one: &str, other: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|c| !c.is_whitespace() && !"-_".contains(*c))
            .flat_map(char::to_lowercase)
            .collect()
    };
    plain(one) == plain(other)
}

/// One line of it, not too long.
pub(super) fn quoted(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    let mut short: String = line.chars().take(QUOTED).collect();
    if line.chars().count() > QUOTED || text.trim().lines().count() > 1 {
        short.push('…');
    }
    short
}

fn heading_faults(problems: &ColumnProblems, header: &[String]) -> Vec<FieldError> {
    let at = |error: FieldError| error.with("line", 1).with("quote", quoted(&header.join(", ")));
    let missing = problems.missing.iter().map(|field| {
        at(FieldError::new(*field, "missing_column", format!("The column \"{field}\" is missing.")))
    });
    let duplicate = problems.duplicate.iter().map(|heading| {
        at(FieldError::new(heading, "duplicate_column", format!("\"{heading}\" stands there twice.")))
    });
    let unknown = problems.unknown.iter().map(|heading| {
        at(FieldError::new(heading, "unknown_field", format!("\"{heading}\" is no column of a curriculum.")))
    });
    missing.chain(duplicate).chain(unknown).collect()
}

fn unreadable(error: SheetError, bytes: &[u8]) -> FieldError {
    let problem = FieldError::new("file", error.code(), error.to_string());
    let line_of = |line: u64| {
        let place = usize::try_from(line).unwrap_or(1).saturating_sub(1);
        String::from_utf8_lossy(bytes).lines().nth(place).map(quoted).unwrap_or_default()
    };
    match error {
        SheetError::CellTooLong { line, column, max } => {
            problem.with("line", line).with("column", column).with("max", max).with("quote", line_of(line))
        }
        SheetError::BadEncoding { line }
        | SheetError::RaggedRow { line, .. }
        | SheetError::UnclosedQuote { line } => problem.with("line", line).with("quote", line_of(line)),
        SheetError::TooLarge { max }
        | SheetError::TooManyRows { max }
        | SheetError::TooManyColumns { max } => problem.with("max", max),
        _ => problem,
    }
}
