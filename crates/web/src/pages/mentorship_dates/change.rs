//! A change of dates as a page shows it: by week, what moves and what stays.

use contract::mentorship_dates::{DatesChange, TaskDates};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct ChangeView {
    pub change: DatesChange,
    pub weeks: Vec<ChangedWeek>,
    /// Tasks that stay where they are.
    pub kept: usize,
}

#[derive(Debug, Serialize)]
pub struct ChangedWeek {
    pub week: i64,
    pub tasks: Vec<ChangedTask>,
}

#[derive(Debug, Serialize)]
pub struct ChangedTask {
    #[serde(flatten)]
    pub task: TaskDates,
    pub changes: bool,
}

impl ChangeView {
    #[must_use]
    pub fn of(change: DatesChange) -> Self {
        let mut weeks: Vec<ChangedWeek> = Vec::new();
        for task in &change.tasks {
            if weeks.last().is_none_or(|last| last.week != task.after.week) {
                weeks.push(ChangedWeek { week: task.after.week, tasks: Vec::new() });
            }
            if let Some(last) = weeks.last_mut() {
                last.tasks.push(ChangedTask { changes: task.changes(), task: task.clone() });
            }
        }
        let kept = change.tasks.iter().filter(|task| !task.changes()).count();
        Self { change, weeks, kept }
    }
}

pub mod samples {
    use crate::pages::mentorships::samples::day;
    use contract::{
        MentorshipId, TaskId,
        curriculum::{Priority, TaskKind, TaskOwner},
        mentorship::DayOff,
        mentorship_dates::{DateConflict, DatesChange, Place, TaskDates},
        mentorship_events::MentorshipEventKind,
        tasks::TaskStatus,
    };

    fn place(week: i64, position: i64, first: u64) -> Place {
        Place { week, position, starts_on: day(first), due_on: day(first + 3) }
    }

    /// Moved, finished, started, added and skipped tasks, with every conflict.
    #[must_use]
    pub fn change() -> DatesChange {
        let task = |id: i64, status, before: Option<Place>, after| TaskDates {
            task_id: before.map(|_| TaskId(id)),
            title: format!("관제 API <정리> {id}"),
            kind: if id == 3 { TaskKind::Meeting } else { TaskKind::Task },
            owner: if id == 3 { TaskOwner::Mentor } else { TaskOwner::Mentee },
            priority: Priority::High,
            status,
            before,
            after,
            is_skipped: id == 4,
            conflicts: if id == 3 { DateConflict::ALL.to_vec() } else { Vec::new() },
        };
        let tasks = vec![
            task(1, TaskStatus::Done, Some(place(1, 1, 0)), place(1, 1, 0)),
            task(2, TaskStatus::InProgress, Some(place(1, 2, 1)), place(1, 2, 2)),
            task(3, TaskStatus::Todo, Some(place(2, 1, 7)), place(2, 1, 14)),
            task(4, TaskStatus::Todo, Some(place(2, 2, 7)), place(2, 2, 7)),
            task(5, TaskStatus::Todo, None, place(3, 1, 14)),
        ];
        DatesChange {
            mentorship_id: MentorshipId(1),
            kind: MentorshipEventKind::Shifted,
            start_on: day(0),
            new_start_on: day(7),
            end_on: day(39),
            new_end_on: day(46),
            moved: 4,
            conflicts: 1,
            tasks,
            days_off: vec![DayOff {
                date: day(12),
                name_ko: "광복절 대체휴일".into(),
                name_en: "Liberation Day (substitute)".into(),
            }],
            warnings: ["starts_in_past", "starts_on_day_off", "holidays_unknown"].map(Into::into).to_vec(),
            seen: "mark".into(),
            is_applied: false,
        }
    }

    #[must_use]
    pub fn nothing() -> DatesChange {
        let change = change();
        DatesChange {
            tasks: Vec::new(),
            moved: 0,
            conflicts: 0,
            warnings: Vec::new(),
            days_off: Vec::new(),
            new_start_on: change.start_on,
            new_end_on: change.end_on,
            ..change
        }
    }
}
