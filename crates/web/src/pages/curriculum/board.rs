//! A curriculum drawn as weeks: cards, how much each week holds, and what is too much.

use super::draft::{self, MAX_WEEKS};
use contract::curriculum::{CurriculumDetail, Draft, Priority, TaskKind, TaskOwner, TemplateTask, WeekNote};
use serde::Serialize;
use std::collections::HashMap;

/// Working days of a week: more is too much.
const FULL: i64 = 5;
/// Of the drawing: its height, and a day's.
const HEIGHT: i64 = 48;
const DAY: i64 = 6;

#[derive(Serialize)]
pub struct Board {
    pub weeks: Vec<Week>,
    pub tasks: usize,
    pub days: i64,
    pub required: usize,
    pub over: Vec<Over>,
    pub can_grow: bool,
}

#[derive(Serialize)]
pub struct Week {
    pub week: i64,
    pub note: String,
    /// Working days of all its tasks.
    pub load: i64,
    bar_y: i64,
    bar_height: i64,
    over_y: i64,
    /// 0 where it fits.
    over_height: i64,
    pub cards: Vec<Card>,
    /// The last week and without a task: it can be taken away.
    pub can_go: bool,
}

#[derive(Serialize)]
pub struct Card {
    key: String,
    title: String,
    kind: TaskKind,
    owner: TaskOwner,
    priority: Priority,
    duration: i64,
    is_required: bool,
    position: usize,
    /// Titles of what comes first.
    first: Vec<String>,
}

/// A week with more than fits.
#[derive(Serialize)]
pub struct Over {
    week: i64,
    days: i64,
}

impl Board {
    pub fn of(detail: &CurriculumDetail) -> Self {
        Self::of_tasks(&detail.week_notes, &detail.tasks)
    }

    pub fn of_tasks(week_notes: &[WeekNote], all: &[TemplateTask]) -> Self {
        let draft = Draft { week_notes: week_notes.to_vec(), tasks: all.to_vec() };
        let total = draft::total_weeks(&draft).max(1);
        let titles: HashMap<&str, &str> =
            all.iter().map(|task| (task.key.as_str(), task.title.as_str())).collect();
        let week = |week: i64| {
            let tasks = all.iter().filter(|task| task.week == week);
            let load: i64 = tasks.clone().map(|task| task.duration).sum();
            let fits = load.min(FULL) * DAY;
            let room = HEIGHT - FULL * DAY;
            let over = ((load - FULL).max(0) * DAY).min(room);
            let cards: Vec<Card> = tasks
                .enumerate()
                .map(|(index, task)| Card {
                    key: task.key.clone(),
                    title: task.title.clone(),
                    kind: task.kind,
                    owner: task.owner,
                    priority: task.priority,
                    duration: task.duration,
                    is_required: task.is_required,
                    position: index + 1,
                    first: task
                        .depends_on
                        .iter()
                        .filter_map(|key| titles.get(key.as_str()).map(|title| (*title).to_owned()))
                        .collect(),
                })
                .collect();
            let note = week_notes.iter().find(|note| note.week == week);
            Week {
                week,
                note: note.map(|note| note.note.clone()).unwrap_or_default(),
                load,
                bar_y: HEIGHT - fits,
                bar_height: fits,
                over_y: room - over,
                over_height: over,
                can_go: week == total && week > 1 && cards.is_empty(),
                cards,
            }
        };
        let weeks: Vec<Week> = (1..=total).map(week).collect();
        let over = weeks.iter().filter(|week| week.load > FULL);
        let over = over.map(|week| Over { week: week.week, days: week.load - FULL }).collect();
        Self {
            tasks: all.len(),
            days: weeks.iter().map(|week| week.load).sum(),
            required: all.iter().filter(|task| task.is_required).count(),
            can_grow: total < MAX_WEEKS,
            over,
            weeks,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn weeks_say_how_much_they_hold_and_which_hold_too_much() {
        let board = Board::of(&samples::detail(samples::used()));
        assert_eq!(board.weeks.iter().map(|week| week.load).collect::<Vec<_>>(), [7, 10, 0]);
        assert_eq!(
            board.over.iter().map(|over| (over.week, over.days)).collect::<Vec<_>>(),
            [(1, 2), (2, 5)]
        );
        assert_eq!((board.tasks, board.days, board.required), (4, 17, 3));
        assert_eq!(board.weeks[1].cards[0].first.len(), 2);
        assert!(board.weeks[2].can_go && !board.weeks[1].can_go);
        let heights: Vec<_> = board.weeks.iter().map(|week| (week.over_y, week.over_height)).collect();
        assert_eq!(heights, [(6, 12), (0, 18), (18, 0)], "what is too much stays inside the drawing");
    }
}
