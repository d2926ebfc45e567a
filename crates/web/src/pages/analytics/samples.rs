//! A full quarter, a small beginning, nothing yet; a curriculum in two versions.

use super::{Analytics, Ask, curriculum::CurriculumPage};
use crate::pages::organisation::samples::departments;
use chrono::NaiveDate;
use contract::{
    CurriculumId, DepartmentId, TemplateTaskId,
    analytics::{
        Analytics as Figures, CurriculumFigures, Group, GroupKind, MentorReviews, ReviewSpan, TaskFigures,
    },
};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default()
}

pub fn group() -> Group {
    Group {
        kind: GroupKind::All,
        id: None,
        name: String::new(),
        mentorships: 42,
        signed_in: 40,
        begun: 37,
        half: 29,
        finished: 21,
        required: 400,
        done: 260,
        due: 300,
        on_time: 210,
        overdue: 13,
        waiting: 5,
    }
}

fn named(kind: GroupKind, id: Option<i64>, name: &str, on_time: i64) -> Group {
    Group { kind, id, name: name.to_owned(), mentorships: 9, on_time, done: on_time, ..group() }
}

fn task(id: i64, number: i64) -> TaskFigures {
    TaskFigures {
        template_task_id: TemplateTaskId(id),
        key: format!("t{id}"),
        curriculum_id: CurriculumId(3),
        curriculum_title: "현장 안전 <기본>".into(),
        number,
        week: id,
        title: format!("센서 보정 절차 따라 해 보기 {id}"),
        tasks: 17,
        handed_in: if id == 2 { 0 } else { 12 },
        done: 9,
        returned: if id == 2 { 0 } else { 5 },
        skipped: id - 1,
        overdue: 2,
        wait: (id != 2).then_some(40_000 * id),
        work: (id != 2).then_some(300_000),
        review: (id != 2).then_some(9_000),
        late_days: 50,
    }
}

fn overview(all: Group) -> Figures {
    let tenths = [92, 81, 88, 74, 0, 66, 52, 49, 56, 41, 34, 31];
    let first = day(6, 8);
    let reviews = (0..).zip(tenths).map(|(week, tenths)| ReviewSpan {
        from: first + chrono::Days::new(week * 7),
        reviews: i64::from(tenths > 0) * 12,
        median: (tenths > 0).then_some(tenths * 360),
    });
    let of_departments = [("고객경험팀", 264), ("플랫폼개발팀", 243), ("현장운영팀", 156), ("", 0)];
    Figures {
        from: first,
        to: day(8, 30),
        all,
        departments: (1..)
            .zip(of_departments)
            .map(|(id, (name, on_time))| {
                named(GroupKind::Department, (!name.is_empty()).then_some(id), name, on_time)
            })
            .collect(),
        mentors: vec![named(GroupKind::Mentor, Some(7), "박서연 <멘토>", 200)],
        start_months: vec![
            named(GroupKind::StartMonth, None, "2026-06", 280),
            named(GroupKind::StartMonth, None, "2026-07", 120),
        ],
        hired_months: vec![named(GroupKind::HiredMonth, None, "", 100)],
        review: ReviewSpan { from: first, reviews: 132, median: Some(18_000) },
        reviews: reviews.collect(),
        mentor_reviews: vec![MentorReviews {
            mentor_id: 7,
            name: "박서연 <멘토>".into(),
            reviews: 132,
            median: Some(18_000),
        }],
        slow: vec![task(1, 5), task(2, 5)],
    }
}

pub fn overviews() -> Vec<Analytics> {
    let page = |ask: Ask, overview: Figures, is_company| {
        Analytics::of(ask, overview, &departments(), vec![], is_company, day(8, 30))
    };
    let nothing = Group {
        mentorships: 0,
        signed_in: 0,
        begun: 0,
        half: 0,
        finished: 0,
        required: 0,
        done: 0,
        due: 0,
        on_time: 0,
        overdue: 0,
        waiting: 0,
        ..group()
    };
    let empty = Figures {
        departments: vec![],
        mentors: vec![],
        start_months: vec![],
        hired_months: vec![],
        review: ReviewSpan { from: day(6, 8), reviews: 0, median: None },
        reviews: vec![ReviewSpan { from: day(6, 8), reviews: 0, median: None }],
        mentor_reviews: vec![],
        slow: vec![],
        ..overview(nothing)
    };
    let by = |by: &str| Ask { by: by.to_owned(), ..Ask::default() };
    let narrowed = Ask { department: Some(DepartmentId(2)), ..Ask::default() };
    vec![
        page(Ask::default(), overview(group()), true),
        page(by("mentor"), overview(group()), false),
        page(by("start"), overview(group()), true),
        page(by("hired"), overview(group()), true),
        page(Ask::default(), empty.clone(), true),
        page(narrowed, empty, true),
    ]
}

pub fn curricula() -> Vec<CurriculumPage> {
    let figures = |tasks| CurriculumFigures {
        curriculum_id: CurriculumId(3),
        title: "현장 안전 <기본>".into(),
        from: day(6, 8),
        to: day(8, 30),
        tasks,
    };
    let full = figures(vec![task(1, 5), task(2, 5), task(3, 5), task(1, 4)]);
    vec![
        CurriculumPage::of(Ask::default(), full, &departments(), day(8, 30)),
        CurriculumPage::of(Ask::default(), figures(vec![]), &departments(), day(8, 30)),
    ]
}
