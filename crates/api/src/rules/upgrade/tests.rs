//! The order of an upgraded plan: drawn, written as the store writes it, and taken back.

use super::*;
use calendar::{Country, WorkingDays};
use chrono::TimeDelta;
use contract::{MentorshipId, TemplateTaskId, UserId, VersionId, mentorship::MentorshipStatus};
use proptest::prelude::*;
use std::collections::BTreeMap;
use store::UpgradeTemplate;
use testkit::template;

fn first_day(week: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 9, 7).expect("a date") + TimeDelta::weeks(week - 1)
}

/// A version with tasks of these keys in these weeks.
fn version(number: i64, tasks: &[(usize, i64)]) -> UpgradeVersion {
    let mut tasks: Vec<UpgradeTemplate> = (number * 100..)
        .zip(tasks)
        .map(|(id, (key, week))| UpgradeTemplate {
            template_task_id: TemplateTaskId(id),
            task: TemplateTask {
                guideline: String::new(),
                submission_form: String::new(),
                ..template(&key.to_string(), *week)
            },
        })
        .collect();
    tasks.sort_by_key(|one| one.task.week);
    UpgradeVersion { version_id: VersionId(number), number, title: String::new(), total_weeks: 3, tasks }
}

fn one_week(number: i64, keys: &[usize]) -> UpgradeVersion {
    version(number, &keys.iter().map(|key| (*key, 1)).collect::<Vec<_>>())
}

/// A task that nobody touched.
fn task((id, position): (i64, i64), template: &UpgradeTemplate) -> UpgradeTask {
    let of = &template.task;
    UpgradeTask {
        task_id: TaskId(id),
        mentorship_id: MentorshipId(1),
        template_key: Some(of.key.clone()),
        title: of.title.clone(),
        week: of.week,
        position,
        priority: of.priority,
        kind: of.kind,
        owner: of.owner,
        owner_id: UserId(2),
        is_required: of.is_required,
        starts_on: first_day(of.week),
        due_on: first_day(of.week) + TimeDelta::days(1),
        depends_on: vec![],
        status: TaskStatus::Todo,
        status_comment: None,
        started_at: None,
        memos: 0,
        subtasks: 0,
        files: 0,
        version: 1,
        planned: None,
        is_of_curriculum: true,
        base_task_id: Some(template.template_task_id),
        base_week: Some(of.week),
        base_starts_after: Some(of.starts_after),
        base_duration: Some(of.duration),
        base_priority: Some(of.priority),
        base_kind: Some(of.kind),
        base_owner: Some(of.owner),
        base_is_required: Some(of.is_required),
        base_depends_on: None,
        has_own_title: false,
        has_own_guideline: false,
        has_own_submission: false,
        has_new_title: false,
        has_new_guideline: false,
        has_new_form: false,
    }
}

fn by_hand(task: UpgradeTask) -> UpgradeTask {
    UpgradeTask { template_key: None, is_of_curriculum: false, base_task_id: None, base_week: None, ..task }
}

/// The plan of a version in its order, the ids in any; so many tasks in a row share a place.
fn plan(version: &UpgradeVersion, ids: &[i64], sharing: i64) -> Vec<UpgradeTask> {
    let mut places: Vec<(i64, i64, i64)> = (0..)
        .zip(&version.tasks)
        .zip(ids)
        .map(|((at, one), id): ((i64, &UpgradeTemplate), &i64)| (one.task.week, at / sharing, *id))
        .collect();
    places.sort_unstable();
    places.iter().zip(&version.tasks).map(|((_, position, id), one)| task((*id, *position), one)).collect()
}

/// What the upgrade to the second of the versions is for a plan that is on `number`.
fn drawn(versions: &[UpgradeVersion; 2], number: i64, tasks: &[UpgradeTask]) -> Upgraded {
    let member = UpgradeMember {
        mentorship_id: MentorshipId(1),
        mentor_id: UserId(1),
        mentor_name: String::new(),
        mentee_id: UserId(2),
        mentee_name: String::new(),
        mentee_department: None,
        status: MentorshipStatus::Active,
        start_on: first_day(1),
        end_on: first_day(4),
        total_weeks: 3,
        least_end_on: None,
        sources: vec![],
        number,
    };
    let calendar = WorkCalendar::new(Country::default(), WorkingDays::default(), BTreeMap::new());
    let order = Order {
        curriculum_id: CurriculumId(1),
        target: &versions[1],
        versions,
        calendar: &calendar,
        today: first_day(1),
        comment: "",
    };
    draw(&order, &member, tasks).expect("there are working days")
}

fn in_order(mut tasks: Vec<UpgradeTask>) -> Vec<UpgradeTask> {
    tasks.sort_by_key(|task| (task.week, task.position, task.task_id));
    tasks
}

/// The plan with the rows written, each to a task that still has its version.
fn written(tasks: &[UpgradeTask], rows: &[TaskRewrite]) -> Vec<UpgradeTask> {
    let mut tasks = tasks.to_vec();
    for row in rows {
        let task = tasks.iter_mut().find(|task| (task.task_id, task.version) == (row.task_id, row.version));
        let task = task.expect("a task with this version");
        if task.base_task_id != row.template_task_id {
            (task.base_task_id, task.base_week) = (row.template_task_id, Some(row.week));
        }
        (task.week, task.position, task.version) = (row.week, row.position, row.version + 1);
        (task.starts_on, task.due_on) = (row.starts_on, row.due_on);
        (task.status, task.status_comment) = (row.status, row.status_comment.clone());
    }
    in_order(tasks)
}

/// The plan with what is added; the later ids rise with the order of the version.
fn with_added(tasks: &[UpgradeTask], drawn: &Upgraded, version: &UpgradeVersion) -> Vec<UpgradeTask> {
    let mut tasks = tasks.to_vec();
    for (id, added) in (100..).zip(&drawn.additions) {
        let template = version.tasks.iter().find(|one| one.template_task_id == added.template_task_id);
        tasks.push(task((id, added.position), template.expect("its template")));
    }
    in_order(tasks)
}

fn unversioned(tasks: &[UpgradeTask]) -> Vec<UpgradeTask> {
    tasks.iter().map(|task| UpgradeTask { version: 0, ..task.clone() }).collect()
}

fn is_done(task: &UpgradeTask) -> bool {
    task.status == TaskStatus::Done
}

/// Keys of what is not begun, in the order of the plan.
fn keys(tasks: &[UpgradeTask]) -> Vec<&str> {
    let todo = tasks.iter().filter(|task| task.status == TaskStatus::Todo);
    todo.filter_map(|task| task.template_key.as_deref()).collect()
}

#[test]
fn a_new_order_is_followed_around_what_is_done_and_what_was_added_by_hand() {
    let versions = [one_week(1, &[1, 2, 9, 3, 4, 5]), one_week(2, &[5, 3, 2, 1, 4])];
    let mut tasks = plan(&versions[0], &[1, 2, 3, 4, 5, 6], 1);
    tasks[0].status = TaskStatus::Done;
    tasks[2] = by_hand(tasks[2].clone());
    let drawn = drawn(&versions, 1, &tasks);
    let rows: Vec<(i64, i64)> = drawn.rewrites.iter().map(|row| (row.task_id.0, row.position)).collect();
    assert_eq!(rows, [(6, 1), (2, 4), (5, 5)], "3 is where it was, and nothing else is written");
    assert!(drawn.steps.is_empty() && drawn.changes.is_empty(), "nothing of the tasks changes");
    let after = written(&tasks, &drawn.rewrites);
    let ids: Vec<i64> = after.iter().map(|task| task.task_id.0).collect();
    assert_eq!(ids, [1, 6, 3, 4, 2, 5]);
    assert_eq!(keys(&after), ["5", "3", "2", "4"]);
    assert_eq!(unversioned(&written(&after, &drawn.before)), unversioned(&tasks));
}

#[test]
fn the_order_a_mentor_gave_a_week_stays() {
    let versions = [one_week(1, &[1, 2, 3]), one_week(2, &[3, 1, 9, 2])];
    let mut tasks = plan(&versions[0], &[1, 2, 3], 1);
    (tasks[0].position, tasks[1].position) = (1, 0);
    let tasks = in_order(tasks);
    let drawn = drawn(&versions, 1, &tasks);
    assert!(drawn.rewrites.is_empty());
    assert_eq!(keys(&with_added(&tasks, &drawn, &versions[1])), ["2", "1", "3", "9"]);
}

proptest! {
    /// Some of nine tasks are done, some were added by hand; the version shuffles the others, puts some into other
    /// weeks, drops up to two and brings three.
    #[test]
    fn what_is_not_begun_stands_as_in_the_version_and_comes_back_to_the_letter(
        weeks in prop::collection::vec(1..3_i64, 12),
        new_weeks in prop::collection::vec(prop::option::weighted(0.2, 1..4_i64), 12),
        order in Just((0..12).collect::<Vec<usize>>()).prop_shuffle(),
        dropped in 0..3_usize,
        kinds in prop::collection::vec(0..5, 9),
        ids in Just((1..10).collect::<Vec<i64>>()).prop_shuffle(),
        sharing in 1..4_i64,
    ) {
        let old: Vec<(usize, i64)> = (0..9).zip(weeks.iter().copied()).collect();
        let new = order.iter().skip(dropped).map(|key| (*key, new_weeks[*key].unwrap_or(weeks[*key])));
        let versions = [version(1, &old), version(2, &new.collect::<Vec<_>>())];
        let mut tasks = plan(&versions[0], &ids, sharing);
        for (task, kind) in tasks.iter_mut().zip(&kinds) {
            match kind {
                3 => task.status = TaskStatus::Done,
                4 => *task = by_hand(task.clone()),
                _ => {}
            }
        }
        let upgrade = drawn(&versions, 1, &tasks);
        let rewritten = written(&tasks, &upgrade.rewrites);
        let after = with_added(&rewritten, &upgrade, &versions[1]);

        let done: Vec<&str> =
            tasks.iter().filter(|task| is_done(task)).filter_map(|task| task.template_key.as_deref()).collect();
        let wanted = versions[1].tasks.iter().map(|one| one.task.key.as_str());
        prop_assert_eq!(keys(&after), wanted.filter(|key| !done.contains(key)).collect::<Vec<_>>());
        for task in tasks.iter().filter(|task| is_done(task) || !task.is_of_curriculum) {
            prop_assert!(after.contains(task), "{} was touched", task.task_id);
        }

        let mut elsewhere = 0;
        for (row, before) in upgrade.rewrites.iter().zip(&upgrade.before) {
            let same = TaskRewrite { version: row.version, ..before.clone() };
            prop_assert_ne!(row, &same, "a row that changes nothing");
            elsewhere += i64::from(row.week != before.week);
        }
        prop_assert_eq!(upgrade.count(StepKind::Changed), elsewhere, "another place in the week is not told");
        prop_assert!(upgrade.changes.is_empty());

        prop_assert_eq!(unversioned(&written(&rewritten, &upgrade.before)), unversioned(&tasks));
        let again = drawn(&[versions[1].clone(), versions[1].clone()], 2, &after);
        prop_assert!(again.rewrites.is_empty() && again.additions.is_empty(), "it is as the version has it");
    }
}
