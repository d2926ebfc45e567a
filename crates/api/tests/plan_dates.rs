//! Drawing a plan: what is promised of its dates, whatever the curriculum.

use api::rules::plan::{draw, planned, start_problem, work_calendar};
use calendar::WorkCalendar;
use chrono::{Days, NaiveDate};
use contract::{
    TemplateTaskId,
    curriculum::{Priority, TaskKind, TaskOwner},
};
use proptest::prelude::*;
use store::{CompanyDays, TemplateItem};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn item(number: i64, week: i64, starts_after: i64, duration: i64) -> TemplateItem {
    TemplateItem {
        template_task_id: TemplateTaskId(number),
        title: format!("과제 {number}"),
        week,
        starts_after,
        duration,
        priority: Priority::Medium,
        kind: TaskKind::Task,
        owner: TaskOwner::Mentee,
        is_required: true,
    }
}

fn korean(own: &[(&str, &str)]) -> WorkCalendar {
    let holidays = own.iter().map(|(date, name)| (day(date), (*name).to_owned())).collect();
    work_calendar(CompanyDays {
        country: "KR".to_owned(),
        working_days: 31,
        holidays,
        waiting_days: 3,
        quiet_days: 5,
    })
}

#[test]
fn chuseok_and_the_company_s_own_day_are_left_out() {
    let calendar = korean(&[("2026-09-23", "창립기념일")]);
    let tasks = [item(1, 1, 0, 5), item(2, 1, 2, 1), item(3, 2, 0, 2)];
    let drawn = draw(&calendar, day("2026-09-21"), day("2026-09-01"), 2, &tasks).expect("a plan");
    let dates: Vec<_> = drawn.dates.iter().map(|dated| (dated.starts_on, dated.due_on)).collect();
    assert_eq!(
        dates,
        [
            // Mon 21, Tue 22, (own day 23, Chuseok 24–26, weekend), Mon 28, Tue 29, Wed 30
            (day("2026-09-21"), day("2026-09-30")),
            (day("2026-09-28"), day("2026-09-28")),
            (day("2026-09-28"), day("2026-09-29")),
        ]
    );
    assert_eq!(drawn.end_on, day("2026-10-04"));
    let off: Vec<_> = drawn.days_off.iter().map(|day| (day.date.to_string(), day.name_ko.clone())).collect();
    assert_eq!(off[0], ("2026-09-23".to_owned(), "창립기념일".to_owned()));
    assert_eq!(off.len(), 3, "{off:?}");
    assert_eq!(drawn.working_days, 7);
    assert!(drawn.warnings.is_empty());
}

#[test]
fn what_is_odd_about_the_start_is_said() {
    let calendar = korean(&[]);
    let of =
        |start: &str, today: &str| draw(&calendar, day(start), day(today), 1, &[]).expect("a plan").warnings;
    assert_eq!(of("2026-09-25", "2026-09-28"), ["starts_in_past", "starts_on_day_off"]);
    assert_eq!(of("2030-12-30", "2030-12-01"), ["holidays_unknown"]);
    let today = day("2026-09-01");
    assert_eq!(start_problem(today, day("2026-09-01")), None);
    assert_eq!(start_problem(today, day("2025-08-30")).map(|(code, _)| code), Some("too_early"));
    assert_eq!(start_problem(today, day("2028-09-02")).map(|(code, _)| code), Some("too_late"));
}

#[test]
fn holidays_without_end_are_an_error() {
    let holidays = (0..800).map(|n| (day("2026-01-01") + Days::new(n), "쉼".to_owned())).collect();
    let calendar = work_calendar(CompanyDays {
        country: "KR".to_owned(),
        working_days: 31,
        holidays,
        waiting_days: 3,
        quiet_days: 5,
    });
    let error = draw(&calendar, day("2026-02-02"), day("2026-02-02"), 1, &[]).expect_err("no working day");
    assert!(api::rules::plan::sentence(&error).contains("no working day"));
}

proptest! {
    #[test]
    fn every_task_lies_on_working_days_within_the_plan(
        offset in 0_u64..1400,
        weeks in 0_i64..60,
        tasks in proptest::collection::vec((1_i64..53, 0_i64..10, 1_i64..40), 0..60),
    ) {
        let calendar = korean(&[("2026-03-05", "창립기념일")]);
        let start_on = day("2025-01-01") + Days::new(offset);
        let tasks: Vec<_> = (0..).zip(tasks).map(|(n, (week, after, days))| item(n, week, after, days)).collect();
        let drawn = draw(&calendar, start_on, day("2026-09-01"), weeks, &tasks).unwrap();
        prop_assert!(drawn.end_on >= start_on + Days::new(u64::try_from(drawn.total_weeks * 7 - 1).unwrap()));
        for (task, dated) in tasks.iter().zip(&drawn.dates) {
            prop_assert!(calendar.is_working(dated.starts_on) && calendar.is_working(dated.due_on));
            prop_assert!(start_on <= dated.starts_on && dated.starts_on <= dated.due_on && dated.due_on <= drawn.end_on);
            prop_assert_eq!(calendar.working_days_between(dated.starts_on, dated.due_on), task.duration);
        }
        let shown = planned(&tasks, &drawn.dates);
        prop_assert!(shown.windows(2).all(|pair| pair[0].week <= pair[1].week));
        prop_assert_eq!(shown.len(), tasks.len());
    }
}
