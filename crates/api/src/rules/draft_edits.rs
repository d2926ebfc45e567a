//! Merging edits of a draft with what others did since they were made.
//!
//! The record of each revision holds what a field was before, and what happened to the weeks. From it follows
//! whether somebody else changed the same field, and which week of today is the one an edit means: edits name
//! weeks by number, and numbers move.

mod change;
mod plan;
#[cfg(test)]
mod tests;
mod weeks;

use super::draft::{MAX_TASKS, MAX_WEEKS, fresh_key, total_weeks};
use contract::{
    FieldError,
    curriculum::{Draft, TemplateTask},
    curriculum_edits::{ConflictKind, DraftEdit, EditConflict, EditKind},
};
use plan::Plan;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};
pub use weeks::moved_weeks;
use weeks::{Ids, Walk, ids_after};

/// What one edit did, as it is recorded; weeks are those at that moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    Added {
        key: String,
    },
    /// The fields, each with what it was before.
    Changed {
        key: String,
        before: BTreeMap<String, Value>,
    },
    /// `is_far`: to another week.
    Moved {
        key: String,
        is_far: bool,
    },
    Removed {
        key: String,
        title: String,
    },
    Noted {
        week: i64,
        before: String,
    },
    WeekInserted {
        week: i64,
    },
    WeekMoved {
        week: i64,
        to: i64,
    },
    WeekRemoved {
        week: i64,
    },
}

impl Effect {
    /// The task whose content or place it changed.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::Added { key }
            | Self::Changed { key, .. }
            | Self::Moved { key, .. }
            | Self::Removed { key, .. } => Some(key),
            _ => None,
        }
    }
}

/// One revision's effects, and who made them.
#[derive(Debug, Clone)]
pub struct Logged {
    pub by: Option<String>,
    pub effects: Vec<Effect>,
}

/// A draft after edits.
#[derive(Debug, Clone)]
pub struct Merged {
    pub draft: Draft,
    pub total_weeks: i64,
    pub effects: Vec<Effect>,
    pub conflicts: Vec<EditConflict>,
    /// Where the weeks of whoever made the edits are now; none when they stayed.
    pub weeks: Option<Vec<Option<i64>>>,
}

/// Puts the edits into the draft, which holds what `since` says happened after they were made.
///
/// # Errors
/// Every edit that can't be done at all, by its place in the list.
pub fn merge(draft: Draft, since: &[Logged], edits: &[DraftEdit]) -> Result<Merged, Vec<FieldError>> {
    let mut merge = Merge {
        plan: Plan::of(draft, ids_after(since)),
        theirs: Ids::new(),
        log: Log::of(since),
        own: HashSet::new(),
        written: Vec::new(),
        effects: Vec::new(),
        conflicts: Vec::new(),
        errors: Vec::new(),
    };
    for (nth, edit) in edits.iter().enumerate() {
        merge.edit(nth, edit);
    }
    merge.dependencies();
    if !merge.errors.is_empty() {
        return Err(merge.errors);
    }
    let weeks = merge.theirs.places_in(merge.plan.ids(), MAX_WEEKS);
    let draft = merge.plan.draft();
    let (effects, conflicts) = (merge.effects, merge.conflicts);
    Ok(Merged { total_weeks: total_weeks(&draft), draft, effects, conflicts, weeks })
}

/// What others did, to be looked up.
#[derive(Default)]
struct Log {
    /// What a field was when the edits were made, and who changed it last.
    fields: HashMap<(String, String), (Value, Option<String>)>,
    moved: HashMap<String, Option<String>>,
    removed: HashMap<String, (String, Option<String>)>,
    changed: HashMap<String, Option<String>>,
    /// By the week's id: what the note was when the edits were made, and who changed it last.
    notes: HashMap<u32, (String, Option<String>)>,
    is_empty: bool,
}

impl Log {
    fn of(since: &[Logged]) -> Self {
        let mut log =
            Self { is_empty: since.iter().all(|logged| logged.effects.is_empty()), ..Self::default() };
        let mut weeks = Walk::new();
        for Logged { by, effects } in since {
            for effect in effects {
                let noted = weeks.step(effect);
                match effect {
                    Effect::Changed { key, before } => {
                        for (field, value) in before {
                            let place = (key.clone(), field.clone());
                            log.fields.entry(place).or_insert_with(|| (value.clone(), None)).1.clone_from(by);
                        }
                        log.changed.insert(key.clone(), by.clone());
                    }
                    Effect::Moved { key, is_far: true } => {
                        log.moved.insert(key.clone(), by.clone());
                    }
                    Effect::Removed { key, title } => {
                        log.removed.insert(key.clone(), (title.clone(), by.clone()));
                    }
                    Effect::Noted { before, .. } => {
                        if let Some(id) = noted {
                            log.notes.entry(id).or_insert_with(|| (before.clone(), None)).1.clone_from(by);
                        }
                    }
                    _ => {}
                }
            }
        }
        log
    }
}

struct Merge {
    plan: Plan,
    /// The weeks as whoever made the edits has them.
    theirs: Ids,
    log: Log,
    /// What earlier edits of the list changed: no conflict with oneself.
    own: HashSet<(String, String)>,
    /// Tasks whose dependencies were written, and by which edit.
    written: Vec<(usize, String)>,
    effects: Vec<Effect>,
    conflicts: Vec<EditConflict>,
    errors: Vec<FieldError>,
}

impl Merge {
    fn edit(&mut self, nth: usize, edit: &DraftEdit) {
        match edit.op {
            EditKind::Add => {
                if let Some(task) = self.needs(nth, "task", edit.task.as_ref()) {
                    self.add(nth, task.clone(), edit.after.as_deref());
                }
            }
            EditKind::Change => {
                let key = self.needs(nth, "key", edit.key.as_deref());
                let fields = self.needs(nth, "fields", edit.fields.as_ref());
                if let (Some(key), Some(fields)) = (key, fields) {
                    self.change(nth, key, fields);
                }
            }
            EditKind::Move => {
                let key = self.needs(nth, "key", edit.key.as_deref());
                if let (Some(key), Some(week)) = (key, self.needs(nth, "week", edit.week)) {
                    self.move_task(nth, key, week, edit.after.as_deref());
                }
            }
            EditKind::Remove => {
                if let Some(key) = self.needs(nth, "key", edit.key.as_deref()) {
                    self.remove(nth, key);
                }
            }
            EditKind::Note => {
                let note = self.needs(nth, "note", edit.note.as_deref());
                if let (Some(week), Some(note)) = (self.needs(nth, "week", edit.week), note) {
                    self.note(nth, week, note);
                }
            }
            EditKind::InsertWeek => {
                if let Some(week) = self.needs(nth, "week", edit.week) {
                    self.insert_week(nth, week);
                }
            }
            EditKind::MoveWeek => {
                let to = self.needs(nth, "to", edit.to);
                if let (Some(week), Some(to)) = (self.needs(nth, "week", edit.week), to) {
                    self.move_week(nth, week, to);
                }
            }
            EditKind::RemoveWeek => {
                if let Some(week) = self.needs(nth, "week", edit.week) {
                    self.remove_week(nth, week);
                }
            }
        }
    }

    fn needs<T>(&mut self, nth: usize, field: &str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.fail(nth, field, "required", "This is needed.");
        }
        value
    }

    fn fail(&mut self, nth: usize, field: &str, code: &str, message: &str) {
        self.errors.push(FieldError::new(format!("edits.{nth}.{field}"), code, message));
    }

    /// Where a task is; one that somebody removed is a conflict, one that never was is an error.
    fn find(&mut self, nth: usize, key: &str) -> Option<(usize, usize)> {
        let found = self.plan.find(key);
        if found.is_none() {
            if let Some((title, by)) = self.log.removed.get(key).cloned() {
                let conflict = EditConflict {
                    key: Some(key.to_owned()),
                    title,
                    by,
                    ..conflict(ConflictKind::TaskRemoved, nth)
                };
                self.conflicts.push(conflict);
            } else {
                self.fail(nth, "key", "not_found", "No task of the draft has this key.");
            }
        }
        found
    }

    fn add(&mut self, nth: usize, mut task: TemplateTask, after: Option<&str>) {
        if task.key.is_empty() {
            task.key = fresh_key();
        }
        if self.plan.find(&task.key).is_some() {
            return self.fail(nth, "task.key", "repeated", "Another task has this key.");
        }
        if self.plan.count() >= MAX_TASKS {
            let error =
                FieldError::new(format!("edits.{nth}.task"), "too_many", "The draft has too many tasks.");
            return self.errors.push(error.with("max", MAX_TASKS));
        }
        if !self.tidy(nth, "task.title", &mut task) {
            return;
        }
        let slot = self.slot_of(task.week);
        let key = task.key.clone();
        self.own.extend(change::FIELDS.iter().map(|field| (key.clone(), (*field).to_owned())));
        self.plan.put(task, slot, after);
        self.written.push((nth, key.clone()));
        self.effects.push(Effect::Added { key: key.clone() });
        self.no_cycle(nth, &key, None);
    }

    fn move_task(&mut self, nth: usize, key: &str, week: i64, after: Option<&str>) {
        let Some((from, at)) = self.find(nth, key) else { return };
        let to = self.slot_of(week);
        let is_own = !self.own.insert((key.to_owned(), "week".to_owned()));
        if let Some(by) = self.log.moved.get(key).filter(|_| !is_own && from != to) {
            let conflict = EditConflict {
                key: Some(key.to_owned()),
                title: self.plan.task(from, at).title.clone(),
                field: Some("week".to_owned()),
                mine: number(to).into(),
                theirs: number(from).into(),
                by: by.clone(),
                ..conflict(ConflictKind::SameField, nth)
            };
            self.conflicts.push(conflict);
        }
        let task = self.plan.take(from, at);
        if self.plan.put(task, to, after) != at || from != to {
            self.effects.push(Effect::Moved { key: key.to_owned(), is_far: from != to });
        }
    }

    fn remove(&mut self, nth: usize, key: &str) {
        // Both removed it: nothing is left to do.
        if self.plan.find(key).is_none() && self.log.removed.contains_key(key) {
            return;
        }
        let Some((slot, at)) = self.find(nth, key) else { return };
        let task = self.plan.take(slot, at);
        let is_new = self.own.contains(&(key.to_owned(), change::FIELDS[0].to_owned()));
        if let Some(by) = self.log.changed.get(key).filter(|_| !is_new) {
            let conflict = EditConflict {
                key: Some(key.to_owned()),
                title: task.title.clone(),
                week: Some(number(slot)),
                theirs: serde_json::to_value(&task).unwrap_or_default(),
                by: by.clone(),
                ..conflict(ConflictKind::RemovedChanged, nth)
            };
            self.conflicts.push(conflict);
        }
        self.effects.push(Effect::Removed { key: key.to_owned(), title: task.title });
        for waiting in self.plan.tasks_mut().filter(|task| task.depends_on.iter().any(|other| other == key)) {
            let before = BTreeMap::from([("depends_on".to_owned(), waiting.depends_on.clone().into())]);
            waiting.depends_on.retain(|other| other != key);
            self.effects.push(Effect::Changed { key: waiting.key.clone(), before });
        }
    }

    /// Trims the title and the line ends; a blank title is an error.
    fn tidy(&mut self, nth: usize, field: &str, task: &mut TemplateTask) -> bool {
        task.title = task.title.trim().to_owned();
        task.guideline = super::draft::unix_lines(&task.guideline);
        task.submission_form = super::draft::unix_lines(&task.submission_form);
        if task.title.is_empty() {
            self.fail(nth, field, "required", "This is needed.");
        }
        !task.title.is_empty()
    }
}

/// A conflict of a kind, with nothing said about it yet.
fn conflict(kind: ConflictKind, edit: usize) -> EditConflict {
    EditConflict {
        kind,
        edit,
        key: None,
        title: String::new(),
        field: None,
        week: None,
        mine: Value::Null,
        theirs: Value::Null,
        by: None,
    }
}

/// The week of a place in the plan.
fn number(slot: usize) -> i64 {
    i64::try_from(slot + 1).unwrap_or(i64::MAX)
}
