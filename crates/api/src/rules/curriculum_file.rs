//! A curriculum as a file people read and edit: `naru-curriculum/1`, YAML.
//!
//! What is written reads back to exactly the same draft. Reading is strict: unknown fields, aliases and
//! anchors are refused, and every fault says its line.

use super::draft::{MAX_TASKS, MAX_WEEKS, settle, total_weeks};
use crate::validate::Checker;
use contract::{
    FieldError, File,
    curriculum::{Draft, Priority, TaskKind, TaskOwner, TemplateTask, WeekNote},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};
use serde_saphyr::{FlowSeq, Spanned, options::MergeKeyPolicy};
use std::sync::LazyLock;

/// The most a file may be, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;

/// A curriculum outside the database, in one piece.
#[derive(Debug, Clone, PartialEq)]
pub struct Portable {
    /// `ko` or `en`: the language the texts are in.
    pub language: String,
    pub title: String,
    pub description: String,
    pub draft: Draft,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
enum Format {
    #[serde(rename = "naru-curriculum/1")]
    V1,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Language {
    Ko,
    En,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Whole<T = Entry> {
    format: Format,
    language: Language,
    #[schemars(length(min = 1, max = 200))]
    title: String,
    #[serde(default)]
    #[schemars(length(max = 5000))]
    description: String,
    #[schemars(length(max = 104))]
    weeks: Vec<Week<T>>,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, bound(deserialize = "T: Deserialize<'de>"))]
struct Week<T> {
    #[serde(default)]
    #[schemars(length(max = 2000))]
    note: String,
    #[serde(default)]
    tasks: Vec<T>,
}

/// A task, in the order its fields stand in the file.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Entry {
    #[serde(default)]
    #[schemars(length(max = 64), regex(pattern = r"^[A-Za-z0-9_-]*$"))]
    key: String,
    #[schemars(length(min = 1, max = 200))]
    title: String,
    kind: TaskKind,
    owner: TaskOwner,
    priority: Priority,
    #[serde(default)]
    #[schemars(range(min = 0, max = 30))]
    starts_after: i64,
    #[schemars(range(min = 1, max = 260))]
    duration: i64,
    required: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty", serialize_with = "on_one_line")]
    #[schemars(length(max = 20), inner(length(max = 64)))]
    depends_on: Vec<String>,
    #[serde(default)]
    #[schemars(length(max = 20_000))]
    guideline: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schemars(length(max = 20_000))]
    submission_form: String,
}

fn on_one_line<S: Serializer>(keys: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    FlowSeq(keys).serialize(serializer)
}

/// Writes a settled curriculum.
///
/// # Errors
/// Not for what [`settle`] gives back.
pub fn write(curriculum: &Portable) -> Result<String, serde_saphyr::SerializeError> {
    let mut weeks: Vec<Week<Entry>> = (0..total_weeks(&curriculum.draft))
        .map(|_| Week { note: String::new(), tasks: Vec::new() })
        .collect();
    let place = |week: i64| usize::try_from(week - 1).unwrap_or(usize::MAX);
    for note in &curriculum.draft.week_notes {
        if let Some(week) = weeks.get_mut(place(note.week)) {
            week.note.clone_from(&note.note);
        }
    }
    for task in curriculum.draft.tasks.iter().cloned() {
        if let Some(week) = weeks.get_mut(place(task.week)) {
            week.tasks.push(entry(task));
        }
    }
    let whole = Whole {
        format: Format::V1,
        language: if curriculum.language == "en" { Language::En } else { Language::Ko },
        title: curriculum.title.clone(),
        description: curriculum.description.clone(),
        weeks,
    };
    // Folded lines are hard to edit: a paragraph stays on its line.
    let options = serde_saphyr::ser_options! { compact_list_indent: false, folded_wrap_chars: usize::MAX };
    serde_saphyr::to_string_with_options(&whole, options)
}

fn entry(task: TemplateTask) -> Entry {
    Entry {
        key: task.key,
        title: task.title,
        kind: task.kind,
        owner: task.owner,
        priority: task.priority,
        starts_after: task.starts_after,
        duration: task.duration,
        required: task.is_required,
        depends_on: task.depends_on,
        guideline: task.guideline,
        submission_form: task.submission_form,
    }
}

fn task(entry: Entry, week: i64) -> TemplateTask {
    TemplateTask {
        key: entry.key,
        week,
        title: entry.title,
        guideline: entry.guideline,
        submission_form: entry.submission_form,
        priority: entry.priority,
        starts_after: entry.starts_after,
        duration: entry.duration,
        kind: entry.kind,
        owner: entry.owner,
        depends_on: entry.depends_on,
        is_required: entry.required,
    }
}

/// Reads a file; `fresh` makes keys for the tasks that have none.
///
/// # Errors
/// Every bad field: `file` where it is not readable at all, else its place in the file, as
/// `weeks.2.tasks.3.title`.
pub fn read(bytes: &[u8], fresh: impl FnMut() -> String) -> Result<Portable, Vec<FieldError>> {
    let (whole, lines) = parse(bytes)?;
    let task_count: usize = whole.weeks.iter().map(|week| week.tasks.len()).sum();
    let mut errors = Vec::new();
    if task_count > MAX_TASKS {
        errors.push(
            FieldError::new("weeks", "too_many", format!("At most {MAX_TASKS} tasks."))
                .with("max", MAX_TASKS),
        );
    }
    if let Err(more) = check(&whole) {
        errors.extend(more);
    }
    if !errors.is_empty() || whole.weeks.len() > MAX_WEEKS {
        return Err(errors.into_iter().map(|error| at_line(error, &lines)).collect());
    }

    let Whole { language, title, description, weeks, .. } = whole;
    let mut draft = Draft { week_notes: Vec::new(), tasks: Vec::with_capacity(task_count) };
    let mut places = Vec::with_capacity(task_count);
    for (nth, (number, week)) in (1_i64..).zip(weeks).enumerate() {
        draft.week_notes.push(WeekNote { week: number, note: week.note });
        for (place, entry) in week.tasks.into_iter().enumerate() {
            places.push(format!("weeks.{nth}.tasks.{place}"));
            draft.tasks.push(task(entry, number));
        }
    }
    match settle(draft, fresh) {
        Ok(draft) => Ok(Portable {
            language: match language {
                Language::Ko => "ko".to_owned(),
                Language::En => "en".to_owned(),
            },
            title: title.trim().to_owned(),
            description: description.replace("\r\n", "\n"),
            draft,
        }),
        Err(errors) => {
            Err(errors.into_iter().map(|error| at_line(in_file(error, &places), &lines)).collect())
        }
    }
}

/// Where each task begins: line and column.
type Lines = Vec<Vec<(u64, u64, String)>>;

fn parse(bytes: &[u8]) -> Result<(Whole, Lines), Vec<FieldError>> {
    let refuse = |code: &str, message: String| vec![FieldError::new("file", code, message)];
    if bytes.len() > MAX_BYTES {
        let mut errors = refuse("too_large", format!("At most {MAX_BYTES} bytes are taken."));
        errors[0].params.insert("max".to_owned(), MAX_BYTES.to_string());
        return Err(errors);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        refuse("bad_encoding", format!("This is not UTF-8 (line {line})."))
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_events: 100_000,
            max_nodes: 50_000,
            max_depth: 8,
            flow_nesting_limit: 8,
            max_aliases: 0,
            max_anchors: 0,
            max_documents: 1,
            max_total_scalar_bytes: MAX_BYTES,
        },
        merge_keys: MergeKeyPolicy::Error,
        emit_comments: false,
        with_snippet: false,
    };
    let whole: Whole<Spanned<Entry>> =
        serde_saphyr::from_str_with_options(text, options).map_err(|error| {
            let place = error.location();
            let (line, column) = place.map_or((1, 1), |place| (place.line(), place.column()));
            vec![fault(&error, line, column, text)]
        })?;
    let lines = whole
        .weeks
        .iter()
        .map(|week| {
            let place = |task: &Spanned<Entry>| {
                let (line, column) = (task.referenced.line(), task.referenced.column());
                (line, column, line_of(text, line))
            };
            week.tasks.iter().map(place).collect()
        })
        .collect();
    let Whole { format, language, title, description, weeks } = whole;
    let weeks = weeks
        .into_iter()
        .map(|Week { note, tasks }| Week { note, tasks: tasks.into_iter().map(|task| task.value).collect() })
        .collect();
    Ok((Whole { format, language, title, description, weeks }, lines))
}

/// What kind of fault it is, so that it can be said in any language; and the line as it stands in the file.
fn fault(error: &serde_saphyr::Error, line: u64, column: u64, text: &str) -> FieldError {
    use serde_saphyr::Error as E;
    let with = |code: &str| {
        FieldError::new("file", code, format!("Line {line}, column {column}: {error}"))
            .with("line", line)
            .with("column", column)
            .with("quote", line_of(text, line))
    };
    match error {
        E::SerdeUnknownField { field, .. } => with("yaml_unknown_field").with("name", field),
        E::SerdeMissingField { field, .. } => with("yaml_missing_field").with("name", field),
        E::SerdeUnknownVariant { variant, expected, .. } => {
            with("yaml_unknown_word").with("name", variant).with("words", expected.join(", "))
        }
        E::DuplicateMappingKey { key, .. } => {
            with("yaml_repeated_field").with("name", key.as_deref().unwrap_or("?"))
        }
        E::InvalidScalar { .. }
        | E::SerdeInvalidType { .. }
        | E::SerdeInvalidValue { .. }
        | E::NullIntoString { .. }
        | E::InvalidBooleanStrict { .. }
        | E::Unexpected { .. } => with("yaml_wrong_type"),
        E::MultipleDocuments { .. } => with("yaml_second_document"),
        E::Budget { .. } | E::MergeKeyNotAllowed { .. } | E::UnknownAnchor { .. } | E::AliasError { .. } => {
            with("yaml_not_taken")
        }
        E::IndentationError { .. } | E::FoldedBlockScalarMustIndentContent { .. } => with("yaml_indentation"),
        E::Eof { .. } => with("yaml_unfinished"),
        _ => with("not_readable"),
    }
}

fn line_of(text: &str, line: u64) -> String {
    let place = usize::try_from(line).unwrap_or(1).saturating_sub(1);
    text.lines().nth(place).map(super::curriculum_csv::quoted).unwrap_or_default()
}

/// The limits are the schema's, as for what comes as JSON.
fn check(whole: &Whole) -> Result<(), Vec<FieldError>> {
    static CHECKER: LazyLock<Option<Checker>> = LazyLock::new(Checker::of_body::<Whole>);
    let Some(checker) = CHECKER.as_ref() else { return Ok(()) };
    let bytes = serde_json::to_vec(whole).unwrap_or_default().into();
    checker.body::<Whole>(File { bytes, ..File::default() }).map(drop)
}

/// `tasks.7.key` of the draft is `weeks.2.tasks.1.key` of the file.
fn in_file(mut error: FieldError, places: &[String]) -> FieldError {
    let mut parts = error.field.splitn(3, '.');
    if let (Some("tasks"), Some(nth), Some(rest)) = (parts.next(), parts.next(), parts.next())
        && let Some(place) = nth.parse::<usize>().ok().and_then(|nth| places.get(nth))
    {
        error.field = format!("{place}.{rest}");
    }
    error
}

/// Says where the task begins that the fault is in.
fn at_line(error: FieldError, lines: &Lines) -> FieldError {
    let mut parts = error.field.split('.');
    let mut number =
        |name| (parts.next() == Some(name)).then(|| parts.next()?.parse::<usize>().ok()).flatten();
    let place = number("weeks").zip(number("tasks"));
    let Some((line, column, quote)) = place.and_then(|(week, task)| lines.get(week)?.get(task)) else {
        return error;
    };
    let message = format!("{} (The task begins at line {line}, column {column}.)", error.message);
    FieldError { message, ..error }.with("line", line).with("column", column).with("quote", quote)
}
