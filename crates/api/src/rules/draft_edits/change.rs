//! Changed fields of a task, and what tasks wait for.

use super::{Effect, Merge, conflict};
use contract::{
    FieldError,
    curriculum::TemplateTask,
    curriculum_edits::{ConflictKind, EditConflict, TaskFields},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};

/// Every field that an edit can change.
pub const FIELDS: [&str; 10] = [
    "title",
    "guideline",
    "submission_form",
    "priority",
    "starts_after",
    "duration",
    "kind",
    "owner",
    "depends_on",
    "is_required",
];

impl Merge {
    pub(super) fn change(&mut self, nth: usize, key: &str, fields: &TaskFields) {
        let Some((slot, at)) = self.find(nth, key) else { return };
        let mut task = self.plan.task(slot, at).clone();
        let old = task.clone();
        let wanted = to_map(fields);
        let mut values = to_map(&task);
        for (field, mut new) in wanted {
            let now = values.get(&field).cloned().unwrap_or_default();
            let place = (key.to_owned(), field.clone());
            let other = self.log.fields.get(&place).filter(|_| !self.own.contains(&place));
            if let Some((base, by)) = other {
                if field == "depends_on" {
                    new = merged_lists(base, &now, &new);
                } else if *base != now && now != new {
                    self.conflicts.push(EditConflict {
                        key: Some(key.to_owned()),
                        title: task.title.clone(),
                        field: Some(field.clone()),
                        mine: new.clone(),
                        theirs: now.clone(),
                        by: by.clone(),
                        ..conflict(ConflictKind::SameField, nth)
                    });
                }
            }
            self.own.insert(place);
            values.insert(field, new);
        }
        let Some(changed) = of_map::<TemplateTask>(values) else {
            return self.fail(nth, "fields", "bad_value", "A field can't be read.");
        };
        task = changed;
        if !self.tidy(nth, "fields.title", &mut task) {
            return;
        }
        let (before, after) = (to_map(&old), to_map(&task));
        let before: BTreeMap<String, Value> =
            before.into_iter().filter(|(field, value)| after.get(field) != Some(value)).collect();
        if before.is_empty() {
            return;
        }
        let waits_anew = before.contains_key("depends_on");
        *self.plan.task_mut(slot, at) = task;
        self.effects.push(Effect::Changed { key: key.to_owned(), before });
        if waits_anew {
            self.written.push((nth, key.to_owned()));
            self.no_cycle(nth, key, Some(old.depends_on));
        }
    }

    /// A circle is an error; one that only somebody else's edit closed is a conflict, and is left open.
    pub(super) fn no_cycle(&mut self, nth: usize, key: &str, before: Option<Vec<String>>) {
        let Some(titles) = self.circle(key) else { return };
        let titles = titles.join(" → ");
        let Some((slot, at)) = self.plan.find(key) else { return };
        if self.log.is_empty {
            let field = if before.is_some() { "fields.depends_on" } else { "task.depends_on" };
            let message = format!("These tasks wait for each other: {titles}.");
            let error = FieldError::new(format!("edits.{nth}.{field}"), "cycle", message);
            return self.errors.push(error.with("tasks", titles));
        }
        let task = self.plan.task_mut(slot, at);
        let mine = std::mem::replace(&mut task.depends_on, before.unwrap_or_default());
        let title = task.title.clone();
        self.conflicts.push(EditConflict {
            key: Some(key.to_owned()),
            title,
            field: Some("depends_on".to_owned()),
            mine: mine.into(),
            theirs: titles.into(),
            ..conflict(ConflictKind::Cycle, nth)
        });
    }

    /// The titles of a circle through this task, the first one again at its end.
    fn circle(&self, key: &str) -> Option<Vec<String>> {
        let mut seen = HashSet::new();
        // The way here, with how many of each one's dependencies were tried.
        let mut way: Vec<(&TemplateTask, usize)> = vec![(self.plan.get(key)?, 0)];
        while let Some((task, tried)) = way.last_mut() {
            let Some(next) = task.depends_on.get(*tried) else {
                way.pop();
                continue;
            };
            *tried += 1;
            if next == key {
                let titles = way.iter().map(|(task, _)| task.title.clone());
                return Some(titles.chain(way.first().map(|(task, _)| task.title.clone())).collect());
            }
            if seen.insert(next.as_str())
                && let Some(task) = self.plan.get(next)
            {
                way.push((task, 0));
            }
        }
        None
    }

    /// What a written task waits for must be there; what somebody else removed is left out.
    pub(super) fn dependencies(&mut self) {
        for (nth, key) in std::mem::take(&mut self.written) {
            let Some((slot, at)) = self.plan.find(&key) else { continue };
            let mut seen = HashSet::from([key.clone()]);
            let mut kept = Vec::new();
            for other in self.plan.task(slot, at).depends_on.clone() {
                if other == key {
                    let title = self.plan.task(slot, at).title.clone();
                    let error = FieldError::new(
                        format!("edits.{nth}.depends_on"),
                        "cycle",
                        "It can't wait for itself.",
                    );
                    self.errors.push(error.with("tasks", format!("{title} → {title}")));
                } else if self.plan.find(&other).is_some() {
                    if seen.insert(other.clone()) {
                        kept.push(other);
                    }
                } else if !self.is_removed(&other) {
                    let message = format!("No task of the draft has the key \"{other}\".");
                    let error = FieldError::new(format!("edits.{nth}.depends_on"), "not_found", message);
                    self.errors.push(error.with("key", other));
                }
            }
            self.plan.task_mut(slot, at).depends_on = kept;
        }
    }

    fn is_removed(&self, key: &str) -> bool {
        self.log.removed.contains_key(key)
            || self
                .effects
                .iter()
                .any(|effect| matches!(effect, Effect::Removed { key: gone, .. } if gone == key))
    }
}

/// What both added is in, what either took out is not.
fn merged_lists(base: &Value, now: &Value, new: &Value) -> Value {
    let list = |value: &Value| -> Vec<String> { serde_json::from_value(value.clone()).unwrap_or_default() };
    let (base, now, new) = (list(base), list(now), list(new));
    let mut merged: Vec<String> =
        now.iter().filter(|key| new.contains(key) || !base.contains(key)).cloned().collect();
    merged.extend(new.into_iter().filter(|key| !base.contains(key) && !now.contains(key)));
    merged.into()
}

fn to_map(value: &impl Serialize) -> BTreeMap<String, Value> {
    let value = serde_json::to_value(value).unwrap_or_default();
    serde_json::from_value(value).unwrap_or_default()
}

fn of_map<T: DeserializeOwned>(map: BTreeMap<String, Value>) -> Option<T> {
    serde_json::from_value(map.into_iter().collect::<serde_json::Map<_, _>>().into()).ok()
}
