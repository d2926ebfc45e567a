//! What differs between two drafts or versions of a curriculum.
//!
//! A task is the same by its key. It moved when it is in another week, or when it is not among the longest
//! run of its week's tasks that kept their order; so one card dragged over ten others is one move, not eleven.

use contract::curriculum::{Draft, TemplateTask, WeekNote};
use contract::curriculum_diff::{
    ChangeKind, FieldChange, NoteChange, Piece, PieceKind, TaskChange, TaskField,
};
use similar::{ChangeTag, TextDiff};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Texts up to this many bytes are compared word by word, longer ones line by line.
const BY_WORDS: usize = 8_000;

/// What differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differences {
    pub tasks: Vec<TaskChange>,
    pub week_notes: Vec<NoteChange>,
    pub unchanged: i64,
}

/// Compares two settled drafts or versions.
#[must_use]
pub fn compare(old: &Draft, new: &Draft) -> Differences {
    let before: HashMap<&str, &TemplateTask> =
        old.tasks.iter().map(|task| (task.key.as_str(), task)).collect();
    let after: HashSet<&str> = new.tasks.iter().map(|task| task.key.as_str()).collect();
    let titles = (titles(old), titles(new));
    let stayed = kept_their_order(old, new);
    let mut unchanged = 0;
    let mut placed: Vec<((i64, usize), TaskChange)> = Vec::new();
    for (place, task) in new.tasks.iter().enumerate() {
        let Some(was) = before.get(task.key.as_str()) else {
            placed.push(((task.week, place), whole(task, ChangeKind::Added)));
            continue;
        };
        let fields = fields(was, task, &titles);
        let is_moved = was.week != task.week || !stayed.contains(task.key.as_str());
        if fields.is_empty() && !is_moved {
            unchanged += 1;
            continue;
        }
        let change = if fields.is_empty() { ChangeKind::Moved } else { ChangeKind::Changed };
        placed.push((
            (task.week, place),
            TaskChange {
                old_week: (was.week != task.week).then_some(was.week),
                is_moved,
                fields,
                ..whole(task, change)
            },
        ));
    }
    // A removed one stands at the end of the week it was in.
    let gone = old.tasks.iter().enumerate().filter(|(_, task)| !after.contains(task.key.as_str()));
    placed.extend(
        gone.map(|(place, task)| ((task.week, usize::MAX / 2 + place), whole(task, ChangeKind::Removed))),
    );
    placed.sort_by_key(|(place, _)| *place);
    Differences {
        tasks: placed.into_iter().map(|(_, change)| change).collect(),
        week_notes: notes(&old.week_notes, &new.week_notes),
        unchanged,
    }
}

fn whole(task: &TemplateTask, change: ChangeKind) -> TaskChange {
    TaskChange {
        key: task.key.clone(),
        title: task.title.clone(),
        change,
        week: task.week,
        old_week: None,
        is_moved: false,
        fields: Vec::new(),
    }
}

fn titles(draft: &Draft) -> HashMap<&str, &str> {
    draft.tasks.iter().map(|task| (task.key.as_str(), task.title.as_str())).collect()
}

/// Keys of the tasks that are in the same week and in the same order as before.
fn kept_their_order<'new>(old: &Draft, new: &'new Draft) -> HashSet<&'new str> {
    let places: HashMap<&str, (i64, usize)> =
        old.tasks.iter().enumerate().map(|(place, task)| (task.key.as_str(), (task.week, place))).collect();
    let mut weeks: HashMap<i64, Vec<(usize, &str)>> = HashMap::new();
    for task in &new.tasks {
        if let Some((week, place)) = places.get(task.key.as_str())
            && *week == task.week
        {
            weeks.entry(task.week).or_default().push((*place, task.key.as_str()));
        }
    }
    weeks.values().flat_map(|tasks| longest_rising(tasks)).collect()
}

/// The keys of one longest run whose places rise.
fn longest_rising<'a>(tasks: &[(usize, &'a str)]) -> Vec<&'a str> {
    // For each length of a run, the index of its smallest last member; and who comes before each.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), vec![None; tasks.len()]);
    for (index, (place, _)) in tasks.iter().enumerate() {
        let length = ends.partition_point(|end| tasks[*end].0 < *place);
        before[index] = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() {
            ends.push(index);
        } else {
            ends[length] = index;
        }
    }
    let mut run = Vec::with_capacity(ends.len());
    let mut last = ends.last().copied();
    while let Some(index) = last {
        run.push(tasks[index].1);
        last = before[index];
    }
    run
}

fn fields(
    old: &TemplateTask,
    new: &TemplateTask,
    (old_titles, new_titles): &(HashMap<&str, &str>, HashMap<&str, &str>),
) -> Vec<FieldChange> {
    let mut fields = Vec::new();
    for (field, old, new) in [
        (TaskField::Title, &old.title, &new.title),
        (TaskField::Guideline, &old.guideline, &new.guideline),
        (TaskField::SubmissionForm, &old.submission_form, &new.submission_form),
    ] {
        if old != new {
            let pieces = pieces(old, new);
            fields.push(FieldChange { field, old: String::new(), new: String::new(), pieces });
        }
    }
    let mut value = |field, old: String, new: String| {
        if old != new {
            fields.push(FieldChange { field, old, new, pieces: Vec::new() });
        }
    };
    value(TaskField::Kind, old.kind.to_string(), new.kind.to_string());
    value(TaskField::Owner, old.owner.to_string(), new.owner.to_string());
    value(TaskField::Priority, old.priority.to_string(), new.priority.to_string());
    value(TaskField::StartsAfter, old.starts_after.to_string(), new.starts_after.to_string());
    value(TaskField::Duration, old.duration.to_string(), new.duration.to_string());
    value(TaskField::IsRequired, old.is_required.to_string(), new.is_required.to_string());
    // The order of what comes first means nothing.
    if old.depends_on.iter().collect::<BTreeSet<_>>() != new.depends_on.iter().collect::<BTreeSet<_>>() {
        let named = |keys: &[String], titles: &HashMap<&str, &str>| {
            let names: Vec<&str> =
                keys.iter().map(|key| titles.get(key.as_str()).copied().unwrap_or(key)).collect();
            names.join(", ")
        };
        fields.push(FieldChange {
            field: TaskField::DependsOn,
            old: named(&old.depends_on, old_titles),
            new: named(&new.depends_on, new_titles),
            pieces: Vec::new(),
        });
    }
    fields
}

fn notes(old: &[WeekNote], new: &[WeekNote]) -> Vec<NoteChange> {
    let of = |notes: &[WeekNote], week: i64| {
        notes.iter().find(|note| note.week == week).map(|note| note.note.clone()).unwrap_or_default()
    };
    let weeks: BTreeSet<i64> = old.iter().chain(new).map(|note| note.week).collect();
    weeks
        .into_iter()
        .filter_map(|week| {
            let (old, new) = (of(old, week), of(new, week));
            let change = match (old.is_empty(), new.is_empty()) {
                _ if old == new => return None,
                (true, _) => ChangeKind::Added,
                (_, true) => ChangeKind::Removed,
                _ => ChangeKind::Changed,
            };
            Some(NoteChange { week, change, pieces: pieces(&old, &new) })
        })
        .collect()
}

/// Both texts in one, in reading order: what stayed, what went, what came.
#[must_use]
pub fn pieces(old: &str, new: &str) -> Vec<Piece> {
    let diff = if old.len() + new.len() <= BY_WORDS {
        TextDiff::from_words(old, new)
    } else {
        TextDiff::from_lines(old, new)
    };
    let mut pieces: Vec<Piece> = Vec::new();
    for change in diff.iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => PieceKind::Same,
            ChangeTag::Delete => PieceKind::Removed,
            ChangeTag::Insert => PieceKind::Added,
        };
        match pieces.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(change.value()),
            _ => pieces.push(Piece { kind, text: change.value().to_owned() }),
        }
    }
    pieces
}
