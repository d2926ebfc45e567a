//! Changes of a draft, as values: the API takes the whole draft at once.
//!
//! A week that loses its last task stays: it goes only when somebody takes it away.

use contract::curriculum::{CurriculumDetail, Draft, Priority, TaskKind, TaskOwner, TemplateTask, WeekNote};
use std::collections::HashMap;

/// The most weeks a draft has.
pub const MAX_WEEKS: i64 = 104;

/// One step of a card, for keyboards and browsers without script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Up,
    Down,
    Earlier,
    Later,
}

impl Step {
    /// `up:key` as the button says it.
    pub fn read(text: &str) -> Option<(Self, &str)> {
        let (word, key) = text.split_once(':')?;
        let step = match word {
            "up" => Self::Up,
            "down" => Self::Down,
            "earlier" => Self::Earlier,
            "later" => Self::Later,
            _ => return None,
        };
        Some((step, key))
    }
}

pub fn of(detail: &CurriculumDetail) -> Draft {
    Draft { week_notes: detail.week_notes.clone(), tasks: detail.tasks.clone() }
}

pub fn total_weeks(draft: &Draft) -> i64 {
    let notes = draft.week_notes.iter().map(|note| note.week);
    draft.tasks.iter().map(|task| task.week).chain(notes).max().unwrap_or(0)
}

/// Changes the draft and keeps as many weeks as there were.
pub fn keeping_weeks(draft: &mut Draft, change: impl FnOnce(&mut Draft)) {
    let weeks = total_weeks(draft);
    change(draft);
    if total_weeks(draft) < weeks {
        draft.week_notes.push(WeekNote { week: weeks, note: String::new() });
    }
}

/// A task of the usual kind at the end of a week; says its place in the list.
pub fn add_task(draft: &mut Draft, week: i64, title: &str) -> usize {
    draft.tasks.push(TemplateTask {
        key: String::new(),
        week,
        title: title.to_owned(),
        guideline: String::new(),
        submission_form: String::new(),
        priority: Priority::Medium,
        starts_after: 0,
        duration: 1,
        kind: TaskKind::Task,
        owner: TaskOwner::Mentee,
        depends_on: Vec::new(),
        is_required: true,
    });
    draft.tasks.len() - 1
}

/// Puts a task in the place of the one with its key; at the end of its week when that is another one.
/// One that is not there any more comes back.
pub fn put_task(draft: &mut Draft, task: TemplateTask) -> usize {
    match draft.tasks.iter().position(|known| known.key == task.key) {
        Some(place) if draft.tasks[place].week == task.week => {
            draft.tasks[place] = task;
            place
        }
        found => {
            if let Some(place) = found {
                draft.tasks.remove(place);
            }
            draft.tasks.push(task);
            draft.tasks.len() - 1
        }
    }
}

/// Removes a task, and itself from what others wait for.
pub fn remove_task(draft: &mut Draft, key: &str) {
    draft.tasks.retain(|task| task.key != key);
    for task in &mut draft.tasks {
        task.depends_on.retain(|other| other != key);
    }
}

/// Weeks and order as the page has them; a task the page doesn't know stays behind the others of its week.
pub fn arrange(draft: &mut Draft, places: &HashMap<String, (i64, i64)>) {
    for task in &mut draft.tasks {
        if let Some((week, _)) = places.get(&task.key) {
            task.week = *week;
        }
    }
    draft.tasks.sort_by_key(|task| (task.week, places.get(&task.key).map_or(i64::MAX, |place| place.1)));
}

/// Moves one card by one; at an edge nothing happens.
pub fn step(draft: &mut Draft, key: &str, step: Step) {
    draft.tasks.sort_by_key(|task| task.week);
    let Some(place) = draft.tasks.iter().position(|task| task.key == key) else { return };
    let week = draft.tasks[place].week;
    let is_in_week = |place: usize| draft.tasks.get(place).is_some_and(|task| task.week == week);
    match step {
        Step::Up if place > 0 && is_in_week(place - 1) => draft.tasks.swap(place, place - 1),
        Step::Down if is_in_week(place + 1) => draft.tasks.swap(place, place + 1),
        Step::Earlier if week > 1 => to_week(draft, place, week - 1),
        Step::Later if week < MAX_WEEKS => to_week(draft, place, week + 1),
        _ => {}
    }
}

fn to_week(draft: &mut Draft, place: usize, week: i64) {
    let mut task = draft.tasks.remove(place);
    task.week = week;
    draft.tasks.push(task);
    draft.tasks.sort_by_key(|task| task.week);
}

pub fn set_note(draft: &mut Draft, week: i64, note: &str) {
    match draft.week_notes.iter_mut().find(|known| known.week == week) {
        Some(known) => note.clone_into(&mut known.note),
        None => draft.week_notes.push(WeekNote { week, note: note.to_owned() }),
    }
}

pub fn add_week(draft: &mut Draft) {
    // An empty draft shows its first week already.
    let next = total_weeks(draft).max(1) + 1;
    if next <= MAX_WEEKS {
        set_note(draft, next, "");
    }
}

/// Takes the last week away, if it has no task.
pub fn remove_week(draft: &mut Draft, week: i64) {
    if week != total_weeks(draft) || draft.tasks.iter().any(|task| task.week == week) {
        return;
    }
    draft.week_notes.retain(|note| note.week != week);
    if week > 1 && total_weeks(draft) < week - 1 {
        set_note(draft, week - 1, "");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(tasks: &[(&str, i64)]) -> Draft {
        let mut draft = Draft { week_notes: Vec::new(), tasks: Vec::new() };
        for (key, week) in tasks {
            let place = add_task(&mut draft, *week, key);
            (*key).clone_into(&mut draft.tasks[place].key);
        }
        draft
    }

    fn order(draft: &Draft) -> Vec<(&str, i64)> {
        draft.tasks.iter().map(|task| (task.key.as_str(), task.week)).collect()
    }

    #[test]
    fn a_card_moves_by_one_and_stays_at_the_edges() {
        let mut draft = draft(&[("a", 1), ("b", 1), ("c", 2)]);
        for (key, by, expected) in [
            ("b", Step::Up, [("b", 1), ("a", 1), ("c", 2)]),
            ("b", Step::Up, [("b", 1), ("a", 1), ("c", 2)]),
            ("a", Step::Down, [("b", 1), ("a", 1), ("c", 2)]),
            ("b", Step::Later, [("a", 1), ("c", 2), ("b", 2)]),
            ("a", Step::Earlier, [("a", 1), ("c", 2), ("b", 2)]),
            ("c", Step::Earlier, [("a", 1), ("c", 1), ("b", 2)]),
        ] {
            step(&mut draft, key, by);
            assert_eq!(order(&draft), expected, "{key} {by:?}");
        }
        assert_eq!(Step::read("later:x_1"), Some((Step::Later, "x_1")));
        assert_eq!(Step::read("sideways:x"), None);
    }

    #[test]
    fn the_pages_order_is_taken_over_and_unknown_tasks_stay() {
        let mut draft = draft(&[("a", 1), ("b", 1), ("new", 1), ("c", 2)]);
        let places = [("a", (2, 1)), ("b", (1, 1)), ("c", (2, 2)), ("gone", (1, 2))];
        arrange(&mut draft, &places.map(|(key, place)| (key.to_owned(), place)).into());
        assert_eq!(order(&draft), [("b", 1), ("new", 1), ("a", 2), ("c", 2)]);
    }

    #[test]
    fn a_week_stays_until_it_is_taken_away() {
        let mut draft = draft(&[("a", 1), ("b", 3)]);
        keeping_weeks(&mut draft, |draft| step(draft, "b", Step::Earlier));
        assert_eq!((order(&draft), total_weeks(&draft)), (vec![("a", 1), ("b", 2)], 3));
        remove_week(&mut draft, 2);
        assert_eq!(total_weeks(&draft), 3, "only the last one goes");
        remove_week(&mut draft, 3);
        assert_eq!(total_weeks(&draft), 2);
        remove_week(&mut draft, 2);
        assert_eq!(total_weeks(&draft), 2, "not one with a task");
        add_week(&mut draft);
        assert_eq!(total_weeks(&draft), 3);
    }

    #[test]
    fn a_removed_task_is_waited_for_no_longer_and_one_put_elsewhere_comes_last() {
        let mut draft = draft(&[("a", 1), ("b", 1), ("c", 2)]);
        draft.tasks[1].depends_on = vec!["a".into()];
        remove_task(&mut draft, "a");
        assert!(draft.tasks[0].depends_on.is_empty());
        let moved = TemplateTask { week: 2, ..draft.tasks[0].clone() };
        assert_eq!(put_task(&mut draft, moved), 1);
        assert_eq!(order(&draft), [("c", 2), ("b", 2)]);
    }
}
