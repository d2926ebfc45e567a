//! A draft as a row of weeks, each with its tasks: where a week goes, its tasks go.

use super::weeks::Ids;
use contract::curriculum::{Draft, TemplateTask, WeekNote};

#[derive(Default)]
struct Slot {
    note: String,
    tasks: Vec<TemplateTask>,
}

pub struct Plan {
    /// More than a draft can have; those after `total` are empty.
    slots: Vec<Slot>,
    ids: Ids,
    /// How many weeks there are, empty ones at the end included.
    total: usize,
}

impl Plan {
    pub fn of(draft: Draft, ids: Ids) -> Self {
        let last = super::total_weeks(&draft).max(1);
        let mut slots: Vec<Slot> = (0..ids.len()).map(|_| Slot::default()).collect();
        let place = |week: i64| usize::try_from(week - 1).unwrap_or(0);
        for note in draft.week_notes {
            if let Some(slot) = slots.get_mut(place(note.week)) {
                slot.note = note.note;
            }
        }
        for task in draft.tasks {
            if let Some(slot) = slots.get_mut(place(task.week)) {
                slot.tasks.push(task);
            }
        }
        Self { slots, ids, total: place(last) + 1 }
    }

    pub fn draft(self) -> Draft {
        let mut draft = Draft { week_notes: Vec::new(), tasks: Vec::new() };
        for (week, slot) in (1..).zip(self.slots.into_iter().take(self.total)) {
            let keeps_the_end = week > 1 && usize::try_from(week) == Ok(self.total) && slot.tasks.is_empty();
            if !slot.note.trim().is_empty() || keeps_the_end {
                draft.week_notes.push(WeekNote { week, note: slot.note });
            }
            draft.tasks.extend(slot.tasks.into_iter().map(|task| TemplateTask { week, ..task }));
        }
        draft
    }

    pub const fn ids(&self) -> &Ids {
        &self.ids
    }

    pub const fn total(&self) -> usize {
        self.total
    }

    pub fn count(&self) -> usize {
        self.slots.iter().map(|slot| slot.tasks.len()).sum()
    }

    pub fn find(&self, key: &str) -> Option<(usize, usize)> {
        self.slots
            .iter()
            .enumerate()
            .find_map(|(slot, week)| week.tasks.iter().position(|task| task.key == key).map(|at| (slot, at)))
    }

    pub fn get(&self, key: &str) -> Option<&TemplateTask> {
        self.find(key).map(|(slot, at)| self.task(slot, at))
    }

    pub fn task(&self, slot: usize, at: usize) -> &TemplateTask {
        &self.slots[slot].tasks[at]
    }

    pub fn task_mut(&mut self, slot: usize, at: usize) -> &mut TemplateTask {
        &mut self.slots[slot].tasks[at]
    }

    pub fn tasks_mut(&mut self) -> impl Iterator<Item = &mut TemplateTask> {
        self.slots.iter_mut().flat_map(|slot| &mut slot.tasks)
    }

    pub fn take(&mut self, slot: usize, at: usize) -> TemplateTask {
        self.slots[slot].tasks.remove(at)
    }

    /// Behind `after`; first when that is empty, last when it is none or not in this week. Says where.
    pub fn put(&mut self, task: TemplateTask, slot: usize, after: Option<&str>) -> usize {
        self.total = self.total.max(slot + 1);
        let tasks = &mut self.slots[slot].tasks;
        let at = match after {
            Some("") => 0,
            Some(key) => tasks.iter().position(|task| task.key == key).map_or(tasks.len(), |at| at + 1),
            None => tasks.len(),
        };
        tasks.insert(at, task);
        at
    }

    /// Says what the note was.
    pub fn note(&mut self, slot: usize, note: String) -> String {
        self.total = self.total.max(slot + 1);
        std::mem::replace(&mut self.slots[slot].note, note)
    }

    pub fn note_of(&self, slot: usize) -> &str {
        &self.slots[slot].note
    }

    pub fn is_empty(&self, slot: usize) -> bool {
        self.slots[slot].tasks.is_empty()
    }

    /// A new week in this place, with its id.
    pub fn insert_week(&mut self, slot: usize, id: u32) {
        self.total = self.total.max(slot) + 1;
        self.slots.insert(slot, Slot::default());
        self.ids.insert(slot, id);
    }

    pub fn move_week(&mut self, from: usize, to: usize) {
        self.total = self.total.max(from.max(to) + 1);
        let slot = self.slots.remove(from);
        self.slots.insert(to, slot);
        self.ids.shift(from, to);
    }

    pub fn remove_week(&mut self, slot: usize) {
        if slot < self.total {
            self.total = (self.total - 1).max(1);
        }
        self.slots.remove(slot);
        self.slots.push(Slot::default());
        self.ids.remove(slot);
    }
}
