//! What is promised of a plan that moves, whatever the plan: pure rules, no database.

use api::rules::{
    dates::{self, Facts, Outcome, is_open, is_started},
    plan::work_calendar,
    plan_edit,
};
use calendar::WorkCalendar;
use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use contract::{
    TaskId, UserId,
    curriculum::{Priority, TaskKind, TaskOwner},
    mentorship_dates::{PlanEdit, TaskPlace},
    tasks::TaskStatus,
};
use proptest::prelude::*;
use std::collections::BTreeSet;
use store::{CompanyDays, Planned, StandingTask};

/// The public holidays of three years, from another source than the calendar's own list.
fn holidays() -> BTreeSet<NaiveDate> {
    let text = include_str!("../../calendar/tests/korea-2025-2027.csv");
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    rows.map(|line| line[..10].parse().expect("a date")).collect()
}

fn korea(own: Vec<(NaiveDate, String)>) -> WorkCalendar {
    work_calendar(CompanyDays {
        country: "KR".to_owned(),
        working_days: 31,
        waiting_days: 3,
        quiet_days: 5,
        holidays: own,
    })
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

#[test]
fn the_calendar_s_days_off_are_those_of_an_independent_list() {
    let (listed, calendar) = (holidays(), korea(Vec::new()));
    assert!(listed.len() > 60);
    let (mut date, last) = (day("2025-01-01"), day("2027-12-31"));
    let mut wrong = Vec::new();
    while date <= last {
        let is_off = date.weekday().number_from_monday() > 5 || listed.contains(&date);
        if calendar.is_working(date) == is_off {
            wrong.push(date);
        }
        date = date + Days::new(1);
    }
    assert_eq!(wrong, [], "days the two lists disagree about");
}

/// A plan of 2025 to 2027 as it may stand: template tasks, some dated by hand since, in any state.
#[derive(Debug, Clone)]
struct Standing {
    start_on: NaiveDate,
    weeks: i64,
    tasks: Vec<StandingTask>,
    absences: Vec<(NaiveDate, NaiveDate)>,
    own: Vec<(NaiveDate, String)>,
}

type Drawn = (i64, i64, i64, TaskStatus, Option<(i64, i64)>);

fn any_task() -> impl Strategy<Value = Drawn> {
    let status = proptest::sample::select(TaskStatus::ALL.to_vec());
    // Half of the tasks are where the template put them, half were dated by hand.
    (1_i64..16, 0_i64..8, 1_i64..12, status, proptest::option::of((0_i64..120, 0_i64..20)))
}

prop_compose! {
    fn any_plan()(
        start in 0_i64..600,
        tasks in proptest::collection::vec(any_task(), 0..40),
        own in proptest::collection::vec(0_i64..900, 0..6),
        away in proptest::collection::vec((0_i64..700, 0_i64..15), 0..3),
    ) -> Standing {
        let first = day("2025-02-03");
        let own: Vec<_> = own.into_iter().map(|days| (first + TimeDelta::days(days), "우리 회사 쉬는 날".to_owned())).collect();
        let calendar = korea(own.clone());
        let start_on = first + TimeDelta::days(start);
        let mut standing: Vec<StandingTask> = (1_i64..).zip(tasks).map(|(id, (week, starts_after, duration, status, by_hand))| {
            let planned = Planned { from: start_on, week, starts_after, duration };
            let dated = dates::dated(&calendar, planned).expect("a plan");
            let (starts_on, due_on, planned) = match by_hand {
                None => (dated.starts_on, dated.due_on, Some(planned)),
                Some((after, days)) => {
                    let starts_on = calendar.first_working_day_on_or_after(start_on + TimeDelta::days(after)).expect("a day");
                    (starts_on, calendar.add_working_days(starts_on, days).expect("a day"), (after % 2 == 0).then_some(planned))
                }
            };
            StandingTask {
                task_id: TaskId(id), title: format!("과제 {id}"), week, position: id, kind: TaskKind::Task, owner: TaskOwner::Mentee,
                priority: Priority::Medium, status, status_comment: None, starts_on, due_on, planned, version: 1,
            }
        }).collect();
        standing.sort_by_key(|task| (task.week, task.position));
        let absences = away.into_iter().map(|(from, days)| (first + TimeDelta::days(from), first + TimeDelta::days(from + days))).collect();
        Standing { start_on, weeks: 16, tasks: standing, absences, own }
    }
}

impl Standing {
    fn facts<'a>(&'a self, calendar: &'a WorkCalendar) -> Facts<'a> {
        let least_end_on = dates::least_end(None, self.start_on, self.weeks);
        let last = self.tasks.iter().map(|task| task.due_on).max().unwrap_or(least_end_on);
        Facts {
            calendar,
            today: self.start_on + TimeDelta::days(30),
            start_on: self.start_on,
            end_on: last.max(least_end_on),
            least_end_on,
            total_weeks: self.weeks,
            tasks: &self.tasks,
            absences: &self.absences,
        }
    }

    /// The plan after the change, to be changed again.
    fn after(&self, outcome: &Outcome) -> Self {
        let tasks = outcome.tasks.iter().map(|moved| StandingTask {
            week: moved.week,
            starts_on: moved.starts_on,
            due_on: moved.due_on,
            planned: moved.planned,
            ..self.tasks[moved.at].clone()
        });
        Self { start_on: outcome.start_on, tasks: tasks.collect(), ..self.clone() }
    }
}

fn facts_after<'a>(standing: &'a Standing, calendar: &'a WorkCalendar, outcome: &Outcome) -> Facts<'a> {
    Facts { end_on: outcome.end_on, least_end_on: outcome.least_end_on, ..standing.facts(calendar) }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn a_moved_date_is_a_working_day_and_what_is_closed_stays(plan in any_plan(), days in -250_i64..250) {
        let calendar = korea(plan.own.clone());
        let listed = holidays();
        let facts = plan.facts(&calendar);
        let outcome = dates::shift(&facts, days, true, None).expect("a plan");
        for (moved, task) in outcome.tasks.iter().zip(&plan.tasks) {
            prop_assert!(moved.due_on >= moved.starts_on);
            if !is_open(task.status) {
                prop_assert_eq!((moved.starts_on, moved.due_on), (task.starts_on, task.due_on));
            }
            if is_started(task.status) {
                prop_assert_eq!(moved.starts_on, task.starts_on);
            }
            for (day, before) in [(moved.starts_on, task.starts_on), (moved.due_on, task.due_on)] {
                if day != before {
                    prop_assert!(calendar.is_working(day), "{}", day);
                    let weekend = day.weekday().number_from_monday() > 5;
                    prop_assert!(!weekend && (!(2025..=2027).contains(&day.year()) || !listed.contains(&day)));
                }
            }
            prop_assert!(moved.due_on <= outcome.end_on, "the plan never ends after the mentorship does");
        }
        prop_assert!(outcome.end_on >= outcome.start_on);
    }

    #[test]
    fn forth_and_back_is_where_it_was(plan in any_plan(), days in -250_i64..250) {
        let calendar = korea(plan.own.clone());
        let facts = plan.facts(&calendar);
        let forth = dates::shift(&facts, days, true, None).expect("a plan");
        let moved = plan.after(&forth);
        let back = dates::shift(&facts_after(&moved, &calendar, &forth), -days, true, None).expect("a plan");
        for (now, task) in back.tasks.iter().zip(&plan.tasks) {
            prop_assert_eq!((now.week, now.starts_on, now.due_on), (task.week, task.starts_on, task.due_on), "{:?}", task);
        }
        prop_assert_eq!((back.start_on, back.end_on, back.least_end_on), (facts.start_on, facts.end_on, facts.least_end_on));
    }

    #[test]
    fn two_moves_are_one(plan in any_plan(), first in 0_i64..120, second in 0_i64..120) {
        let calendar = korea(plan.own.clone());
        let facts = plan.facts(&calendar);
        let once = dates::shift(&facts, first + second, true, None).expect("a plan");
        let half = dates::shift(&facts, first, true, None).expect("a plan");
        let there = plan.after(&half);
        let twice = dates::shift(&facts_after(&there, &calendar, &half), second, true, None).expect("a plan");
        let dates_of = |outcome: &Outcome| outcome.tasks.iter().map(|task| (task.starts_on, task.due_on)).collect::<Vec<_>>();
        prop_assert_eq!(dates_of(&twice), dates_of(&once));
        prop_assert_eq!(twice.end_on, once.end_on);
    }

    #[test]
    fn the_order_is_kept(plan in any_plan(), days in -250_i64..250) {
        // A task that is in no later week and no later in its week never starts or ends later.
        let calendar = korea(plan.own.clone());
        let facts = plan.facts(&calendar);
        let outcome = dates::shift(&facts, days, true, None).expect("a plan");
        let open: Vec<_> = outcome.tasks.iter().filter(|moved| plan.tasks[moved.at].status == TaskStatus::Todo).collect();
        for one in &open {
            for two in &open {
                let (a, b) = (
                    dates::place(&facts, &plan.tasks[one.at]).expect("a place"),
                    dates::place(&facts, &plan.tasks[two.at]).expect("a place"),
                );
                if a.from == b.from && a.week <= b.week && a.starts_after <= b.starts_after {
                    prop_assert!(one.starts_on <= two.starts_on);
                    if a.duration <= b.duration {
                        prop_assert!(one.due_on <= two.due_on);
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_shown_is_what_the_rule_says(plan in any_plan(), days in -250_i64..250) {
        let calendar = korea(plan.own.clone());
        let facts = plan.facts(&calendar);
        let outcome = dates::shift(&facts, days, true, None).expect("a plan");
        prop_assert_eq!(&outcome, &dates::shift(&facts, days, true, None).expect("a plan"), "the same twice");
        let shown = dates::shown(&facts, &outcome);
        prop_assert_eq!(shown.len(), plan.tasks.len());
        for task in &shown {
            let moved = outcome.tasks.iter().find(|moved| Some(plan.tasks[moved.at].task_id) == task.task_id).expect("it is there");
            prop_assert_eq!((task.after.starts_on, task.after.due_on, task.after.week), (moved.starts_on, moved.due_on, moved.week));
        }
        prop_assert!(shown.is_sorted_by_key(|task| (task.after.week, task.after.position)));
    }

    #[test]
    fn an_edit_moves_what_it_names_and_nothing_else(
        plan in any_plan(),
        moves in proptest::collection::btree_map(0_usize..40, (1_i64..20, 1_i64..50), 0..12),
    ) {
        let calendar = korea(plan.own.clone());
        let facts = plan.facts(&calendar);
        let named: Vec<TaskPlace> = moves.iter().filter_map(|(at, (week, position))| {
            let task = plan.tasks.get(*at)?;
            let week = is_open(task.status).then_some(*week);
            Some(TaskPlace { task_id: task.task_id, week, position: Some(*position), starts_on: None, due_on: None })
        }).collect();
        let edit = PlanEdit { moves: named.clone(), ..PlanEdit::default() };
        let outcome = plan_edit::edit(&facts, &edit, UserId(1)).expect("every task is there once");
        prop_assert_eq!(outcome.tasks.len(), plan.tasks.len());
        let ids: BTreeSet<_> = outcome.tasks.iter().map(|moved| plan.tasks[moved.at].task_id).collect();
        prop_assert_eq!(ids.len(), plan.tasks.len(), "none is lost, none stands twice");
        prop_assert!(outcome.tasks.is_sorted_by_key(|moved| moved.week));
        let mut rest = Vec::new();
        for moved in &outcome.tasks {
            let task = &plan.tasks[moved.at];
            if named.iter().all(|place| place.task_id != task.task_id) {
                prop_assert_eq!((moved.week, moved.starts_on, moved.due_on), (task.week, task.starts_on, task.due_on));
                rest.push((moved.week, task.position));
            }
            prop_assert!(moved.due_on >= moved.starts_on && moved.due_on <= outcome.end_on);
        }
        prop_assert!(rest.is_sorted(), "the others keep their order");
    }
}

#[test]
fn a_plan_of_two_hundred_tasks_moves_in_no_time() {
    let calendar = korea(Vec::new());
    let start_on = day("2026-09-07");
    let tasks: Vec<StandingTask> = (0..200)
        .map(|n| {
            let planned =
                Planned { from: start_on, week: n % 12 + 1, starts_after: n % 5, duration: n % 7 + 1 };
            let dated = dates::dated(&calendar, planned).expect("a plan");
            StandingTask {
                task_id: TaskId(n),
                title: format!("과제 {n}"),
                week: planned.week,
                position: n,
                kind: TaskKind::Task,
                owner: TaskOwner::Mentee,
                priority: Priority::Medium,
                status: TaskStatus::Todo,
                status_comment: None,
                starts_on: dated.starts_on,
                due_on: dated.due_on,
                planned: Some(planned),
                version: 1,
            }
        })
        .collect();
    let standing = Standing { start_on, weeks: 12, tasks, absences: Vec::new(), own: Vec::new() };
    let facts = standing.facts(&calendar);
    let begun = std::time::Instant::now();
    let outcome = dates::shift(&facts, 7, true, None).expect("a plan");
    assert_eq!(dates::shown(&facts, &outcome).len(), 200);
    assert!(begun.elapsed() < std::time::Duration::from_millis(50), "{:?}", begun.elapsed());
}
