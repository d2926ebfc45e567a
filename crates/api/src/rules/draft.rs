//! What makes a draft whole: keys, dependencies, weeks.
//!
//! A key is the same task through all versions, so a made one is random and never used again, rather than
//! the next free number.

use contract::{
    FieldError,
    curriculum::{Draft, TemplateTask, WeekNote},
};
use std::collections::{HashMap, HashSet};

/// The most tasks a draft has.
pub const MAX_TASKS: usize = 500;
/// The most weeks a draft has.
pub const MAX_WEEKS: usize = 104;

/// A key for a task that has none: 50 random bits as ten letters and digits.
#[must_use]
pub fn fresh_key() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0_u8; 10];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
}

/// The last week that has a task or a note.
#[must_use]
pub fn total_weeks(draft: &Draft) -> i64 {
    let notes = draft.week_notes.iter().map(|note| note.week);
    notes.chain(last_week_with_tasks(draft)).max().unwrap_or(0)
}

/// The draft as it is kept: by week, in order, every task with its key, line breaks as `\n`, without notes
/// that say nothing (but for one that keeps an empty last week).
///
/// # Errors
/// Every bad field, by its place in the list as it was sent.
pub fn settle(mut draft: Draft, mut fresh: impl FnMut() -> String) -> Result<Draft, Vec<FieldError>> {
    for task in &mut draft.tasks {
        task.title = task.title.trim().to_owned();
        task.guideline = unix_lines(&task.guideline);
        task.submission_form = unix_lines(&task.submission_form);
    }
    for note in &mut draft.week_notes {
        note.note = unix_lines(&note.note);
    }
    let mut errors = Vec::new();
    blank_titles(&draft.tasks, &mut errors);
    keys(&mut draft.tasks, &mut fresh, &mut errors);
    repeated_weeks(&draft.week_notes, &mut errors);
    let places: HashMap<&str, usize> =
        draft.tasks.iter().enumerate().map(|(place, task)| (task.key.as_str(), place)).collect();
    unknown_dependencies(&draft.tasks, &places, &mut errors);
    cycles(&draft.tasks, &places, &mut errors);
    if !errors.is_empty() {
        return Err(errors);
    }
    for task in &mut draft.tasks {
        let mut seen = HashSet::new();
        task.depends_on.retain(|key| seen.insert(key.clone()));
    }
    draft.tasks.sort_by_key(|task| task.week);
    draft.week_notes.sort_by_key(|note| note.week);
    let (last, with_tasks) = (total_weeks(&draft), last_week_with_tasks(&draft));
    draft.week_notes.retain(|note| {
        !note.note.trim().is_empty() || (note.week == last && with_tasks.is_none_or(|week| week < last))
    });
    Ok(draft)
}

fn last_week_with_tasks(draft: &Draft) -> Option<i64> {
    draft.tasks.iter().map(|task| task.week).max()
}

/// Browsers send `\r\n` from text areas.
#[must_use]
pub fn unix_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn blank_titles(tasks: &[TemplateTask], errors: &mut Vec<FieldError>) {
    for (place, _) in tasks.iter().enumerate().filter(|(_, task)| task.title.is_empty()) {
        errors.push(FieldError::new(format!("tasks.{place}.title"), "required", "This is needed."));
    }
}

fn keys(tasks: &mut [TemplateTask], fresh: &mut impl FnMut() -> String, errors: &mut Vec<FieldError>) {
    let mut taken = HashSet::new();
    for (place, task) in tasks.iter().enumerate().filter(|(_, task)| !task.key.is_empty()) {
        if !taken.insert(task.key.clone()) {
            errors.push(
                FieldError::new(format!("tasks.{place}.key"), "repeated", "Another task has this key.")
                    .with("key", &task.key),
            );
        }
    }
    for task in tasks.iter_mut().filter(|task| task.key.is_empty()) {
        while task.key.is_empty() || !taken.insert(task.key.clone()) {
            task.key = fresh();
        }
    }
}

fn repeated_weeks(notes: &[WeekNote], errors: &mut Vec<FieldError>) {
    let mut weeks = HashSet::new();
    for (place, note) in notes.iter().enumerate() {
        if !weeks.insert(note.week) {
            errors.push(
                FieldError::new(
                    format!("week_notes.{place}.week"),
                    "repeated",
                    "This week has a note already.",
                )
                .with("week", note.week),
            );
        }
    }
}

fn unknown_dependencies(tasks: &[TemplateTask], places: &HashMap<&str, usize>, errors: &mut Vec<FieldError>) {
    for (place, task) in tasks.iter().enumerate() {
        for (nth, key) in
            task.depends_on.iter().enumerate().filter(|(_, key)| !places.contains_key(key.as_str()))
        {
            errors.push(
                FieldError::new(
                    format!("tasks.{place}.depends_on.{nth}"),
                    "not_found",
                    format!("No task of the list has the key \"{key}\"."),
                )
                .with("key", key),
            );
        }
    }
}

/// Tasks that wait for each other, each circle once, at its first task.
fn cycles(tasks: &[TemplateTask], places: &HashMap<&str, usize>, errors: &mut Vec<FieldError>) {
    let waits_for: Vec<Vec<usize>> = tasks
        .iter()
        .map(|task| task.depends_on.iter().filter_map(|key| places.get(key.as_str()).copied()).collect())
        .collect();
    let mut done = vec![false; tasks.len()];
    for start in 0..tasks.len() {
        // The way from `start` to where we stand, with how many of each one's dependencies were tried.
        let mut way: Vec<(usize, usize)> = if done[start] { Vec::new() } else { vec![(start, 0)] };
        while let Some((place, tried)) = way.last_mut() {
            let Some(&next) = waits_for[*place].get(*tried) else {
                done[*place] = true;
                way.pop();
                continue;
            };
            *tried += 1;
            if let Some(begin) = way.iter().position(|(place, _)| *place == next) {
                errors.push(cycle(tasks, way[begin..].iter().map(|(place, _)| *place).collect()));
            } else if !done[next] {
                way.push((next, 0));
            }
        }
    }
}

fn cycle(tasks: &[TemplateTask], mut circle: Vec<usize>) -> FieldError {
    let first = circle.iter().enumerate().min_by_key(|(_, place)| **place).map_or(0, |(nth, _)| nth);
    circle.rotate_left(first);
    let place = circle[0];
    circle.push(place);
    let titles: Vec<&str> = circle.iter().map(|place| tasks[*place].title.as_str()).collect();
    let titles = titles.join(" → ");
    FieldError::new(
        format!("tasks.{place}.depends_on"),
        "cycle",
        format!("These tasks wait for each other: {titles}."),
    )
    .with("tasks", titles)
}
