//! Working days and plans: the worked examples, and what must hold for any plan.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use calendar::*;
use chrono::{NaiveDate, TimeDelta, Weekday};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn item(week: i64, starts_after: i64, duration: i64) -> PlanItem {
    PlanItem { week, starts_after, duration }
}

fn dated(starts_on: &str, due_on: &str) -> Dated {
    Dated { starts_on: day(starts_on), due_on: day(due_on) }
}

#[test]
fn a_mask_without_a_working_day_is_refused() {
    for mask in [0, -1, 128, 256, i64::MIN, i64::MAX] {
        assert_eq!(WorkingDays::new(mask), Err(NoWorkingDays(mask)));
        assert!(serde_json::from_str::<WorkingDays>(&mask.to_string()).is_err());
    }
    assert_eq!(serde_json::to_string(&WorkingDays::MONDAY_TO_FRIDAY).unwrap(), "31");
    assert_eq!(serde_json::from_str::<WorkingDays>("64").unwrap(), WorkingDays::of(&[Weekday::Sun]).unwrap());
    assert_eq!(WorkingDays::of(&[]), Err(NoWorkingDays(0)));
}

#[test]
fn counting_crosses_the_autumn_holidays_of_2026() {
    let calendar = WorkCalendar::default();
    let cases = [
        ("2026-09-23", 0, "2026-09-23"),
        ("2026-09-23", 1, "2026-09-28"),
        ("2026-09-24", 0, "2026-09-28"),
        ("2026-09-24", 1, "2026-09-29"),
        ("2026-09-28", -1, "2026-09-23"),
        ("2026-10-02", 1, "2026-10-06"),
        ("2026-10-08", 1, "2026-10-12"),
    ];
    for (from, n, expected) in cases {
        assert_eq!(calendar.add_working_days(day(from), n), Ok(day(expected)), "{from} + {n}");
    }
    assert_eq!(calendar.working_days_between(day("2026-10-06"), day("2026-10-05")), 0);
    assert_eq!(calendar.holiday(day("2026-10-05")).unwrap().ko, "개천절 대체휴일");
}

#[test]
fn six_weeks_from_7_september_2026_are_26_working_days_around_4_holidays() {
    let calendar = WorkCalendar::default();
    let items = [
        item(1, 0, 1),
        item(1, 0, 2),
        item(1, 2, 3),
        item(3, 1, 5),
        item(4, 0, 4),
        item(5, 0, 4),
        item(6, 0, 5),
    ];
    let plan = plan(&calendar, day("2026-09-07"), &items).unwrap();
    let expected = [
        dated("2026-09-07", "2026-09-07"),
        dated("2026-09-07", "2026-09-08"),
        dated("2026-09-09", "2026-09-11"),
        dated("2026-09-22", "2026-09-30"),
        dated("2026-09-28", "2026-10-01"),
        dated("2026-10-06", "2026-10-12"),
        dated("2026-10-12", "2026-10-16"),
    ];
    assert_eq!(plan.tasks, expected);
    assert_eq!((plan.weeks, plan.end_on), (6, day("2026-10-18")));
    assert_eq!(calendar.working_days_between(plan.start_on, plan.end_on), 26);
    let holidays = calendar.holidays_between(plan.start_on, plan.end_on);
    assert_eq!(holidays.iter().filter(|holiday| holiday.takes_a_working_day).count(), 4);
    assert_eq!(holidays.len(), 6);
}

#[test]
fn a_task_longer_than_its_plan_moves_the_end() {
    let plan = plan(&WorkCalendar::default(), day("2026-11-02"), &[item(1, 0, 8)]).unwrap();
    assert_eq!(plan.tasks, [dated("2026-11-02", "2026-11-11")]);
    assert_eq!(plan.end_on, day("2026-11-11"));
}

#[test]
fn a_company_s_own_days_and_weekdays_count() {
    let own = BTreeMap::from([(day("2026-11-03"), "창립기념일".to_owned())]);
    let calendar = WorkCalendar::new(Country::Kr, WorkingDays::MONDAY_TO_FRIDAY, own);
    assert_eq!(calendar.add_working_days(day("2026-11-02"), 1), Ok(day("2026-11-04")));
    assert_eq!(calendar.holiday(day("2026-11-03")).unwrap().en, "창립기념일");
    let text = serde_json::to_string(&calendar).unwrap();
    assert_eq!(text, r#"{"country":"KR","working_days":31,"extra_holidays":{"2026-11-03":"창립기념일"}}"#);
    assert_eq!(serde_json::from_str::<WorkCalendar>(&text).unwrap(), calendar);
    let weekend = WorkCalendar { working_days: WorkingDays::new(96).unwrap(), ..WorkCalendar::default() };
    assert_eq!(weekend.add_working_days(day("2026-11-02"), 2), Ok(day("2026-11-14")));
}

#[test]
fn outside_the_table_only_weekends_and_own_days_are_off() {
    let calendar = WorkCalendar::default();
    assert!(
        calendar.covers(2024) && calendar.covers(2030) && !calendar.covers(2023) && !calendar.covers(2031)
    );
    assert!(calendar.is_working(day("2031-01-01")));
    assert!(!calendar.is_working(day("2031-01-04")));
}

#[test]
fn years_of_own_holidays_end_in_an_error_and_not_in_a_loop() {
    let first = day("2026-01-01");
    let own = (0..2000).map(|offset| (first + TimeDelta::days(offset), "휴업".to_owned())).collect();
    let calendar = WorkCalendar::new(Country::Kr, WorkingDays::MONDAY_TO_FRIDAY, own);
    let error = CalendarError::NoWorkingDay { near: day("2026-02-01") };
    assert_eq!(calendar.add_working_days(day("2026-02-01"), 3), Err(error));
    assert_eq!(plan(&calendar, day("2026-02-01"), &[item(1, 0, 1)]), Err(PlanError::Calendar(error)));
    let far = WorkCalendar::default().add_working_days(first, i64::MIN);
    assert_eq!(far, Err(CalendarError::OutOfRange { from: first, days: i64::MIN }));
    assert!(WorkCalendar::default().add_working_days(NaiveDate::MAX, 1).is_err());
    assert!(plan(&WorkCalendar::default(), NaiveDate::MAX, &[item(2, 0, 1)]).is_err());
}

#[test]
fn every_bad_field_is_named() {
    let items = [item(1, 0, 1), item(0, -1, 0), item(MAX_WEEKS + 1, 0, MAX_DAYS + 1)];
    let error = plan(&WorkCalendar::default(), day("2026-01-01"), &items).unwrap_err();
    let PlanError::Items(problems) = &error else { panic!("{error}") };
    let fields: Vec<_> = problems.iter().map(|problem| (problem.index, problem.field.name())).collect();
    assert_eq!(fields, [(1, "week"), (1, "starts_after"), (1, "duration"), (2, "week"), (2, "duration")]);
    assert!(error.to_string().contains("item 2: starts_after is -1, allowed 0 to 1000"), "{error}");
}

#[test]
fn d_day_counts_calendar_days() {
    let today = day("2026-11-23");
    let left = ["2026-11-26", "2026-11-23", "2026-11-21"].map(|due| dday(today, day(due)));
    assert_eq!(left, [3, 0, -2]);
}

#[test]
fn two_hundred_items_in_twelve_weeks_take_no_time() {
    let items: Vec<_> = (0..200).map(|n| item(n % 12 + 1, n % 5, n % 10 + 1)).collect();
    let began = Instant::now();
    plan(&WorkCalendar::default(), day("2026-09-07"), &items).unwrap();
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
}

prop_compose! {
    fn calendars()(
        mask in 1i64..128,
        own in prop::collection::btree_set(0i64..2500, 0..60),
    ) -> WorkCalendar {
        let own = own.into_iter().map(|offset| (day("2024-01-01") + TimeDelta::days(offset), "휴무".to_owned()));
        WorkCalendar::new(Country::Kr, WorkingDays::new(mask).unwrap(), own.collect())
    }
}

prop_compose! {
    fn dates()(offset in 0i64..2400) -> NaiveDate {
        day("2024-01-01") + TimeDelta::days(offset)
    }
}

fn items() -> impl Strategy<Value = Vec<PlanItem>> {
    let one = (1i64..=12, 0i64..10, 1i64..=15);
    prop::collection::vec(
        one.prop_map(|(week, starts_after, duration)| item(week, starts_after, duration)),
        0..20,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_plan_keeps_to_working_days_its_durations_and_its_end(
        calendar in calendars(), start_on in dates(), items in items(),
    ) {
        let plan = plan(&calendar, start_on, &items).unwrap();
        prop_assert_eq!(plan.tasks.len(), items.len());
        for (task, item) in plan.tasks.iter().zip(&items) {
            prop_assert!(calendar.is_working(task.starts_on) && calendar.is_working(task.due_on));
            prop_assert!(task.starts_on >= start_on + TimeDelta::days((item.week - 1) * 7));
            prop_assert_eq!(calendar.working_days_between(task.starts_on, task.due_on), item.duration);
            prop_assert!(task.due_on <= plan.end_on);
        }
        prop_assert!(plan.end_on >= start_on + TimeDelta::days(plan.weeks * 7 - 1));
    }

    #[test]
    fn order_in_a_week_is_kept(
        calendar in calendars(), start_on in dates(), week in 1i64..=12, duration in 1i64..=10, a in 0i64..20, b in 0i64..20,
    ) {
        let plan = plan(&calendar, start_on, &[item(week, a, duration), item(week, b, duration)]).unwrap();
        prop_assert_eq!(a.cmp(&b), plan.tasks[0].starts_on.cmp(&plan.tasks[1].starts_on));
        prop_assert_eq!(a.cmp(&b), plan.tasks[0].due_on.cmp(&plan.tasks[1].due_on));
    }

    #[test]
    fn shifting_forth_and_back_changes_nothing_and_the_preview_is_what_is_applied(
        calendar in calendars(), old_start in dates(), new_start in dates(), items in items(),
    ) {
        let forth = shift(&calendar, old_start, new_start, &items).unwrap();
        let back = shift(&calendar, new_start, old_start, &items).unwrap();
        prop_assert_eq!(&forth.before, &back.after);
        prop_assert_eq!(&forth.after, &plan(&calendar, new_start, &items).unwrap());
        prop_assert_eq!(forth.tasks().count(), items.len());
    }

    #[test]
    fn dates_turned_back_into_items_give_the_same_dates(
        calendar in calendars(), start_on in dates(), items in items(),
    ) {
        let planned = plan(&calendar, start_on, &items).unwrap();
        let again: Result<Vec<_>, _> = planned.tasks.iter().map(|task| item_at(&calendar, start_on, *task)).collect();
        prop_assert_eq!(plan(&calendar, start_on, &again.unwrap()).unwrap().tasks, planned.tasks);
    }

    #[test]
    fn counting_equals_looking_at_every_day(calendar in calendars(), first in dates(), days in 0i64..500, n in 0i64..60) {
        let last = first + TimeDelta::days(days);
        let each = first.iter_days().take_while(|date| *date <= last).filter(|date| calendar.is_working(*date)).count();
        prop_assert_eq!(calendar.working_days_between(first, last), i64::try_from(each).unwrap());
        let start = calendar.first_working_day_on_or_after(first).unwrap();
        let later = calendar.add_working_days(start, n).unwrap();
        prop_assert_eq!(calendar.add_working_days(later, -n).unwrap(), start);
        prop_assert_eq!(calendar.working_days_between(start, later), n + 1);
    }
}
