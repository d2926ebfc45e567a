//! The rule at its edges: weekends, holidays, thresholds, and that filters and flags agree.

use super::*;
use calendar::{Country, WorkingDays};
use chrono::Days as Span;
use contract::{
    CompanyId, MentorshipId, TaskId, UserId,
    curriculum::{Priority, TaskKind, TaskOwner},
    users::UserStatus,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Seen from a day of autumn 2026, with Chuseok on 24–26 September.
fn from(today: &str) -> Days {
    Days {
        calendar: WorkCalendar::new(Country::default(), WorkingDays::default(), BTreeMap::new()),
        today: day(today),
        zone: chrono_tz::Asia::Seoul,
        waiting_days: 3,
        quiet_days: 5,
    }
}

fn noon(date: &str) -> DateTime<Utc> {
    day(date).and_hms_opt(3, 0, 0).expect("a time").and_utc()
}

fn task(status: TaskStatus, due_on: &str) -> Task {
    Task {
        task_id: TaskId(1),
        company_id: CompanyId(String::new()),
        mentorship_id: MentorshipId(1),
        parent_id: None,
        template_key: None,
        title: String::new(),
        guideline: String::new(),
        submission: String::new(),
        week: 1,
        position: 0,
        priority: Priority::High,
        kind: TaskKind::Task,
        owner: TaskOwner::Mentee,
        owner_id: UserId(1),
        is_required: true,
        starts_on: day("2026-09-07"),
        due_on: day(due_on),
        started_at: None,
        submitted_at: None,
        completed_at: None,
        status,
        status_comment: None,
        version: 1,
        updated_at: noon("2026-09-07"),
        subtasks: 0,
        subtasks_done: 0,
        memos: 0,
        depends_on: Vec::new(),
        waits_for: Vec::new(),
        files: 0,
        returns: 0,
        flags: Vec::new(),
        allowed: Vec::new(),
    }
}

fn told(days: &Days, task: &Task) -> Vec<(FlagKind, i64, bool)> {
    let flags = of_task(days, task, MentorshipStatus::Active);
    flags.into_iter().map(|flag| (flag.kind, flag.count, flag.is_urgent)).collect()
}

#[test]
fn a_task_is_told_by_working_days() {
    use FlagKind::{DueSoon, DueToday, Overdue, Quiet, Returned, Waiting};
    let todo = |due| task(TaskStatus::Todo, due);
    assert_eq!(told(&from("2026-09-08"), &todo("2026-09-14")), []);
    assert_eq!(told(&from("2026-09-09"), &todo("2026-09-14")), [(DueSoon, 3, false)], "over a weekend");
    assert_eq!(told(&from("2026-09-14"), &todo("2026-09-14")), [(DueToday, 0, false)]);
    assert_eq!(
        told(&from("2026-09-12"), &todo("2026-09-11")),
        [(Overdue, 0, false)],
        "a Saturday is no day late"
    );
    assert_eq!(told(&from("2026-09-28"), &todo("2026-09-23")), [(Overdue, 1, false)], "nor is Chuseok");
    assert_eq!(told(&from("2026-09-30"), &todo("2026-09-23")), [(Overdue, 3, true)]);
    assert_eq!(told(&from("2026-09-21"), &task(TaskStatus::Done, "2026-09-11")), []);
    let paused = of_task(&from("2026-09-21"), &todo("2026-09-11"), MentorshipStatus::Paused);
    assert_eq!(paused, [], "what stands still is not late");

    let waits = Task { submitted_at: Some(noon("2026-09-07")), ..task(TaskStatus::Submitted, "2026-09-08") };
    assert_eq!(told(&from("2026-09-09"), &waits), [], "the mentor has three days");
    assert_eq!(told(&from("2026-09-10"), &waits), [(Waiting, 3, false)]);
    assert_eq!(told(&from("2026-09-15"), &waits), [(Waiting, 6, true)]);
    let silent = task(TaskStatus::InProgress, "2026-12-01");
    assert_eq!(told(&from("2026-09-11"), &silent), []);
    assert_eq!(told(&from("2026-09-14"), &silent), [(Quiet, 5, false)]);
    let again =
        Task { returns: 2, updated_at: noon("2026-09-10"), ..task(TaskStatus::Returned, "2026-09-11") };
    assert_eq!(told(&from("2026-09-11"), &again), [(DueToday, 0, false), (Returned, 2, false)]);
}

fn pair() -> Mentorship {
    Mentorship {
        mentorship_id: MentorshipId(1),
        company_id: CompanyId(String::new()),
        mentor_id: UserId(2),
        mentor_name: String::new(),
        mentor_position: None,
        mentee_id: UserId(1),
        mentee_name: String::new(),
        mentee_department: None,
        title: String::new(),
        start_on: day("2026-09-07"),
        end_on: day("2026-10-16"),
        total_weeks: 6,
        status: MentorshipStatus::Active,
        end_reason: None,
        ended_at: None,
        sources: Vec::new(),
        created_at: noon("2026-09-01"),
        required: 6,
        done: 2,
        submitted: 0,
        overdue: 0,
        returned: 0,
        last_activity_at: Some(noon("2026-09-16")),
        started_at: Some(noon("2026-09-01")),
        proposed_by: None,
        proposal_note: None,
        paused_on: None,
        mentee_status: UserStatus::Active,
        mentor_status: UserStatus::Active,
        revision: 1,
        allowed: Vec::new(),
        facts: Facts::default(),
    }
}

fn figures(next: Option<&str>, handed: Option<&str>) -> PlanFigures {
    PlanFigures { next_due_on: next.map(day), handed_until: handed.map(day), ..PlanFigures::default() }
}

#[test]
fn progress_is_measured_against_the_plan() {
    let pace = |today, pair: &Mentorship, figures| {
        let facts = of_mentorship(&from(today), pair, &figures);
        (facts.pace, facts.pace_days)
    };
    assert_eq!(
        pace("2026-09-17", &pair(), figures(Some("2026-09-17"), Some("2026-09-16"))),
        (Pace::OnTime, 0)
    );
    assert_eq!(pace("2026-09-17", &pair(), figures(Some("2026-09-14"), None)), (Pace::Late, 3));
    assert_eq!(
        pace("2026-09-17", &pair(), figures(Some("2026-09-29"), Some("2026-09-22"))),
        (Pace::Ahead, 3)
    );
    assert_eq!(pace("2026-09-04", &pair(), figures(Some("2026-09-14"), None)), (Pace::Before, 0));
    let done = Mentorship { done: 6, ..pair() };
    assert_eq!(pace("2026-12-01", &done, figures(None, Some("2026-10-16"))), (Pace::Done, 0));
    let paused = Mentorship { status: MentorshipStatus::Paused, ..pair() };
    assert_eq!(
        of_mentorship(&from("2026-12-01"), &paused, &figures(Some("2026-09-14"), None)),
        Facts::default()
    );
}

#[test]
fn a_risk_has_its_cause_and_the_urgent_come_first() {
    use FlagKind::{Over, Overdue, Quiet, Returned, Waiting};
    let risks = |today, pair: &Mentorship, figures: &PlanFigures| {
        let risks = of_mentorship(&from(today), pair, figures).risks;
        risks.into_iter().map(|risk| (risk.kind, risk.count, risk.is_urgent)).collect::<Vec<_>>()
    };
    let fine = figures(Some("2026-10-14"), None);
    assert_eq!(risks("2026-09-22", &pair(), &fine), []);
    assert_eq!(risks("2026-09-23", &pair(), &fine), [(Quiet, 5, true)]);
    let waits = Mentorship { submitted: 1, ..pair() };
    let waiting = PlanFigures { waiting_since: Some(noon("2026-09-17")), returns: 2, ..fine.clone() };
    assert_eq!(
        risks("2026-09-23", &waits, &waiting),
        [(Waiting, 4, false), (Returned, 2, false)],
        "the mentor's turn"
    );
    let late = figures(Some("2026-09-17"), None);
    let busy = Mentorship { last_activity_at: Some(noon("2026-09-21")), ..pair() };
    assert_eq!(risks("2026-09-21", &busy, &late), [(Overdue, 2, false)]);
    assert_eq!(risks("2026-09-22", &busy, &late), [(Overdue, 3, true)]);
    let end = Mentorship { last_activity_at: Some(noon("2026-10-16")), ..pair() };
    assert_eq!(risks("2026-10-19", &end, &fine), [(Over, 1, true), (Overdue, 3, true)]);
}

proptest! {
    #[test]
    fn a_cutoff_is_the_last_day_that_far_away(offset in 0_u64..1200, n in 1_i64..30) {
        let today = day("2025-01-01") + Span::new(offset);
        let days = Days { today, ..from("2026-09-21") };
        let cutoff = days.cutoff(n);
        prop_assert!(days.since(cutoff) >= n);
        prop_assert!(days.since(cutoff + Span::new(1)) < n);
    }
}
