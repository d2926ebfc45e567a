//! Plans across Chuseok 2026, National Foundation Day with its substitute, and crowded weeks.

use super::*;
use crate::pages::new_mentorship::samples::{date, plan, task};

type Told = (String, i64, i64, usize, bool, bool);

fn told(week: &Week) -> Vec<Told> {
    let tell = |bar: &Bar| (bar.title.clone(), bar.column, bar.span, bar.lane, bar.continued, bar.continues);
    week.bars.iter().map(tell).collect()
}

fn bar(title: &str, column: i64, span: i64, lane: usize, continued: bool, continues: bool) -> Told {
    (title.to_owned(), column, span, lane, continued, continues)
}

#[test]
fn a_task_goes_on_after_chuseok() {
    let tasks = vec![task("rules", (9, 21), (9, 22)), task("runbook", (9, 22), (9, 29))];
    let weeks = weeks(&plan((9, 7), (10, 18), tasks));
    assert_eq!(weeks.len(), 6);
    let third = &weeks[2];
    assert_eq!(told(third), [bar("rules", 1, 2, 1, false, false), bar("runbook", 2, 2, 2, false, true)]);
    // Thursday 24 and Friday 25 September are off, so is the weekend.
    let names: Vec<_> = third.days.iter().map(|day| day.name_ko.as_deref()).collect();
    assert_eq!(names, [None, None, None, Some("추석 연휴"), Some("추석"), None, None]);
    assert_eq!(third.days.iter().filter(|day| day.is_off).count(), 2);
    assert_eq!(told(&weeks[3]), [bar("runbook", 1, 2, 1, true, false)]);
    assert_eq!(weeks[3].tasks.len(), 1, "a narrow page lists what goes on, too");
}

#[test]
fn the_substitute_for_foundation_day_cuts_a_week_at_its_start_and_hangul_day_at_its_end() {
    let weeks = weeks(&plan((9, 7), (10, 18), vec![task("design", (10, 2), (10, 12))]));
    assert_eq!(told(&weeks[3]), [bar("design", 5, 1, 1, false, true)]);
    assert_eq!(told(&weeks[4]), [bar("design", 2, 3, 1, true, true)]);
    assert_eq!(told(&weeks[5]), [bar("design", 1, 1, 1, true, false)]);
    assert_eq!(weeks[4].days[0].name_en.as_deref(), Some("Substitute holiday for National Foundation Day"));
}

#[test]
fn a_holiday_in_the_middle_of_a_week_makes_two_parts_of_one_lane() {
    let mut plan = plan((9, 7), (9, 13), vec![task("long", (9, 7), (9, 11)), task("late", (9, 10), (9, 11))]);
    plan.days_off.push(contract::mentorship::DayOff {
        date: date(9, 9),
        name_ko: "창립기념일".into(),
        name_en: "Founding day".into(),
    });
    let weeks = weeks(&plan);
    assert_eq!(
        told(&weeks[0]),
        [
            bar("long", 1, 2, 1, false, true),
            bar("long", 4, 2, 1, true, false),
            bar("late", 4, 2, 2, false, false)
        ]
    );
}

#[test]
fn rows_begin_on_monday_and_the_month_is_written_where_it_begins() {
    let weeks = weeks(&plan((9, 9), (10, 4), vec![task("a", (9, 9), (9, 10))]));
    assert_eq!(weeks[0].days[0].date, date(9, 7));
    assert_eq!(told(&weeks[0]), [bar("a", 3, 2, 1, false, false)]);
    let months: Vec<_> = weeks.iter().flat_map(|week| &week.days).filter_map(|day| day.month).collect();
    assert_eq!(months, [9, 10]);
    assert_eq!(weeks.len(), 4);
}

#[test]
fn what_finds_no_lane_is_counted() {
    let tasks: Vec<_> = (0..9).map(|n| task(&format!("t{n}"), (9, 7), (9, 8))).collect();
    let crowded = weeks(&plan((9, 7), (9, 13), tasks.clone()));
    assert_eq!((crowded[0].bars.len(), crowded[0].hidden), (5, 4));
    assert!(crowded[0].bars.iter().all(|bar| bar.lane <= 5));
    let six = weeks(&plan((9, 7), (9, 13), tasks[..6].to_vec()));
    assert_eq!((six[0].bars.len(), six[0].hidden), (6, 0));
}

#[test]
fn a_plan_that_ends_after_its_weeks_and_saturdays_that_are_worked() {
    let weeks =
        weeks(&plan((9, 7), (9, 13), vec![task("long", (9, 11), (9, 14)), task("sat", (9, 12), (9, 12))]));
    assert_eq!(weeks.len(), 2);
    assert!(!weeks[0].days[5].is_off && weeks[0].days[6].is_off);
    assert_eq!(told(&weeks[0]), [bar("long", 5, 2, 1, false, true), bar("sat", 6, 1, 2, false, false)]);
    assert_eq!(told(&weeks[1]), [bar("long", 1, 1, 1, true, false)]);
}
