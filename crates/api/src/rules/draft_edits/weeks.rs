//! Weeks by identity: a number says where a week is, not which one it is.

use super::{Effect, Logged, MAX_WEEKS, Merge, conflict, number};
use contract::{
    FieldError,
    curriculum_edits::{ConflictKind, EditConflict},
};

/// The ids of weeks in order. The weeks of the moment edits were made from are 1, 2, …; newer ones have others.
#[derive(Clone)]
pub struct Ids {
    ids: Vec<u32>,
    next: u32,
}

impl Ids {
    pub fn new() -> Self {
        let weeks = u32::try_from(MAX_WEEKS).unwrap_or(u32::MAX);
        Self { ids: (1..=weeks).collect(), next: weeks + 1 }
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    fn get(&self, place: usize) -> Option<u32> {
        self.ids.get(place).copied()
    }

    fn place(&self, id: u32) -> Option<usize> {
        self.ids.iter().position(|known| *known == id)
    }

    pub fn insert(&mut self, place: usize, id: u32) {
        self.ids.insert(place.min(self.ids.len()), id);
    }

    pub fn shift(&mut self, from: usize, to: usize) {
        let id = self.ids.remove(from);
        self.ids.insert(to, id);
    }

    /// Takes one out; the row stays as long as it was.
    pub fn remove(&mut self, place: usize) -> u32 {
        let id = self.ids.remove(place);
        let fresh = self.fresh();
        self.ids.push(fresh);
        id
    }

    fn fresh(&mut self) -> u32 {
        self.next += 1;
        self.next
    }

    /// Where these weeks are in another row, from week 1; none when each is where it was.
    pub fn places_in(&self, other: &Self, most: usize) -> Option<Vec<Option<i64>>> {
        let places: Vec<Option<i64>> =
            self.ids.iter().take(most).map(|id| other.place(*id).map(number)).collect();
        let stayed = places.iter().zip(1..).all(|(place, week)| *place == Some(week));
        (!stayed).then_some(places)
    }
}

/// The weeks while the record is read. Its new weeks have ids of their own, far from those an edit makes.
pub struct Walk(Ids);

impl Walk {
    pub fn new() -> Self {
        Self(Ids { next: 1_000_000, ..Ids::new() })
    }

    /// Follows one effect; of a note it says which week it is of.
    pub fn step(&mut self, effect: &Effect) -> Option<u32> {
        let ids = &mut self.0;
        let place = |week: i64| usize::try_from(week - 1).unwrap_or(0);
        match *effect {
            Effect::WeekInserted { week } => {
                let id = ids.fresh();
                ids.insert(place(week), id);
            }
            Effect::WeekMoved { week, to } if place(week).max(place(to)) < ids.len() => {
                ids.shift(place(week), place(to));
            }
            Effect::WeekRemoved { week } if place(week) < ids.len() => {
                ids.remove(place(week));
            }
            Effect::Noted { week, .. } => return ids.get(place(week)),
            _ => {}
        }
        None
    }
}

/// What the record made of the weeks.
pub fn ids_after(since: &[Logged]) -> Ids {
    let mut walk = Walk::new();
    for effect in since.iter().flat_map(|logged| &logged.effects) {
        walk.step(effect);
    }
    walk.0
}

/// Where each week of a revision is now, after what was recorded since.
#[must_use]
pub fn moved_weeks(since: &[Logged]) -> Option<Vec<Option<i64>>> {
    Ids::new().places_in(&ids_after(since), MAX_WEEKS)
}

impl Merge {
    /// The place of a week of theirs; of one that somebody removed, the place of the week before it.
    pub(super) fn slot_of(&self, week: i64) -> usize {
        let place = usize::try_from(week - 1).unwrap_or(0);
        let known = (0..=place).rev().find_map(|place| self.plan.ids().place(self.theirs.get(place)?));
        known.unwrap_or(0).min(MAX_WEEKS - 1)
    }

    fn exact(&self, week: i64) -> Option<usize> {
        let place = usize::try_from(week - 1).ok()?;
        self.plan.ids().place(self.theirs.get(place)?)
    }

    pub(super) fn note(&mut self, nth: usize, week: i64, note: &str) {
        let note = crate::rules::draft::unix_lines(note);
        let Some(slot) = self.exact(week) else {
            if !note.trim().is_empty() {
                let week = Some(number(self.slot_of(week)));
                self.conflicts.push(EditConflict {
                    week,
                    mine: note.into(),
                    ..conflict(ConflictKind::WeekRemoved, nth)
                });
            }
            return;
        };
        let now = self.plan.note_of(slot).to_owned();
        if now == note {
            return;
        }
        let id = self.theirs.get(usize::try_from(week - 1).unwrap_or(0)).unwrap_or_default();
        let is_own = !self.own.insert((String::new(), id.to_string()));
        let other = self.log.notes.get(&id).filter(|(base, _)| !is_own && *base != now);
        if let Some((_, by)) = other {
            self.conflicts.push(EditConflict {
                week: Some(number(slot)),
                field: Some("note".to_owned()),
                mine: note.clone().into(),
                theirs: now.into(),
                by: by.clone(),
                ..conflict(ConflictKind::SameField, nth)
            });
        }
        let before = self.plan.note(slot, note);
        self.effects.push(Effect::Noted { week: number(slot), before });
    }

    pub(super) fn insert_week(&mut self, nth: usize, week: i64) {
        let place = usize::try_from(week - 1).unwrap_or(0);
        if self.plan.total() >= MAX_WEEKS {
            let error =
                FieldError::new(format!("edits.{nth}.week"), "too_large", "The draft has too many weeks.");
            return self.errors.push(error.with("max", MAX_WEEKS));
        }
        // Before the week it stands before at theirs; at the end it comes after everybody's weeks.
        let next =
            (place..self.theirs.len()).find_map(|place| self.plan.ids().place(self.theirs.get(place)?));
        let slot = next.unwrap_or(usize::MAX).min(self.plan.total());
        let id = self.theirs.fresh();
        self.theirs.insert(place, id);
        self.plan.insert_week(slot, id);
        self.effects.push(Effect::WeekInserted { week: number(slot) });
    }

    pub(super) fn move_week(&mut self, nth: usize, week: i64, to: i64) {
        let (from, to) = (usize::try_from(week - 1).unwrap_or(0), usize::try_from(to - 1).unwrap_or(0));
        if from == to || from.max(to) >= self.theirs.len() {
            return;
        }
        let slot = self.exact(week);
        self.theirs.shift(from, to);
        let Some(slot) = slot else {
            let week = Some(number(self.slot_of(week)));
            return self.conflicts.push(EditConflict { week, ..conflict(ConflictKind::WeekRemoved, nth) });
        };
        // Behind the week it stands behind at theirs.
        let before = (0..to).rev().find_map(|place| self.plan.ids().place(self.theirs.get(place)?));
        let target = before.map_or(0, |before| if before < slot { before + 1 } else { before });
        let target = target.min(self.plan.total().max(slot + 1) - 1);
        if target != slot {
            self.plan.move_week(slot, target);
            self.effects.push(Effect::WeekMoved { week: number(slot), to: number(target) });
        }
    }

    pub(super) fn remove_week(&mut self, nth: usize, week: i64) {
        let place = usize::try_from(week - 1).unwrap_or(0);
        let slot = self.exact(week);
        if place >= self.theirs.len() {
            return;
        }
        let id = self.theirs.remove(place);
        let Some(slot) = slot else { return };
        let other_note = self.log.notes.get(&id).filter(|(base, _)| *base != self.plan.note_of(slot));
        if self.plan.is_empty(slot) && other_note.is_none() {
            self.plan.remove_week(slot);
            self.effects.push(Effect::WeekRemoved { week: number(slot) });
        } else if self.log.is_empty {
            self.fail(nth, "week", "not_empty", "A week with tasks is not removed.");
        } else {
            let by = other_note.and_then(|(_, by)| by.clone());
            self.conflicts.push(EditConflict {
                week: Some(number(slot)),
                by,
                ..conflict(ConflictKind::WeekInUse, nth)
            });
        }
    }
}
