//! The form empty, filled, wrong; plans of autumn 2026 with their holidays.

use super::{Candidate, NewMentorshipPage, Plan, form::PairForm};
use chrono::NaiveDate;
use contract::{
    CompanyId, CurriculumId, UserId, VersionId,
    curriculum::{Curriculum, CurriculumState, Priority, TaskKind, TaskOwner},
    mentorship::{DayOff, PlanPreview, PlannedTask},
    users::UserStatus,
};

pub fn date(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default()
}

pub fn task(title: &str, starts: (u32, u32), due: (u32, u32)) -> PlannedTask {
    PlannedTask {
        title: title.to_owned(),
        week: 1,
        kind: TaskKind::Task,
        owner: TaskOwner::Mentee,
        priority: Priority::Medium,
        is_required: true,
        starts_on: date(starts.0, starts.1),
        due_on: date(due.0, due.1),
        conflicts: Vec::new(),
    }
}

pub fn plan(start: (u32, u32), end: (u32, u32), tasks: Vec<PlannedTask>) -> PlanPreview {
    let (start_on, end_on) = (date(start.0, start.1), date(end.0, end.1));
    let off = [
        (date(9, 24), "추석 연휴", "Chuseok holiday"),
        (date(9, 25), "추석", "Chuseok"),
        (date(10, 5), "개천절 대체휴일", "Substitute holiday for National Foundation Day"),
        (date(10, 9), "한글날", "Hangul Day"),
    ];
    let day =
        |(date, ko, en): (NaiveDate, &str, &str)| DayOff { date, name_ko: ko.into(), name_en: en.into() };
    PlanPreview {
        title: "백엔드 <온보딩>".into(),
        start_on,
        end_on,
        total_weeks: 6,
        working_days: 26,
        tasks,
        days_off: off.into_iter().filter(|(date, ..)| (start_on..=end_on).contains(date)).map(day).collect(),
        mentor_load: 4,
        mentor_capacity: Some(4),
        warnings: Vec::new(),
    }
}

fn candidate(id: i64) -> Candidate {
    Candidate {
        user_id: UserId(id),
        name: "강하늘".into(),
        department: (id != 2).then(|| "플랫폼개발팀".into()),
        hired_on: (id != 2).then(|| date(9, 7)),
        is_near: id == 1,
        is_free: id != 3,
        status: if id == 2 { UserStatus::Invited } else { UserStatus::Active },
        reasons: if id == 1 { super::suggested::sample().items[0].reasons.clone() } else { Vec::new() },
    }
}

fn curriculum(id: i64) -> Curriculum {
    Curriculum {
        curriculum_id: CurriculumId(id),
        company_id: CompanyId("220-81-62517".into()),
        department_id: None,
        department_name: (id == 1).then(|| "플랫폼개발팀".into()),
        title: "우리 회사 <첫걸음>".into(),
        description: String::new(),
        state: CurriculumState::Published,
        created_by: None,
        total_weeks: 6,
        task_count: 9,
        latest_version_id: Some(VersionId(id)),
        latest_number: Some(3),
        has_changes: id == 2,
        in_use: 0,
        revision: 1,
        updated_at: date(8, 3).and_hms_opt(1, 0, 0).unwrap_or_default().and_utc(),
        can_edit: false,
    }
}

pub(super) fn all() -> Vec<NewMentorshipPage> {
    let empty = || NewMentorshipPage {
        form: PairForm { start_on: "2026-09-07".into(), ..PairForm::default() },
        candidates: Vec::new(),
        curricula: Vec::new(),
        plan: None,
        suggestions: None,
        names_mentor: false,
        is_own_mentor: true,
        way: "mentees",
        is_part: false,
    };
    let form = PairForm {
        mentee_id: Some(UserId(1)),
        version_ids: vec![VersionId(1)],
        start_on: "2026-09-07".into(),
        title: "<강하늘>".into(),
        q: "ㄱㅎㄴ".into(),
        mentor_id: Some(UserId(3)),
        mentor_id_search: "박서연".into(),
        suggested_id: None,
        known: Vec::new(),
        note: "<같이> 가요".into(),
    };
    let kinds = [TaskKind::Task, TaskKind::Reading, TaskKind::Form, TaskKind::Meeting];
    let mut tasks = vec![task("장애 <런북>", (9, 22), (9, 29))];
    tasks.extend((0..12).map(|n| PlannedTask {
        kind: kinds[n % 4],
        is_required: n % 5 > 0,
        owner: if n == 3 { TaskOwner::Mentor } else { TaskOwner::Mentee },
        ..task(&format!("task {n}"), (9, 7), (9, 8))
    }));
    let crowded = plan((9, 7), (10, 18), tasks);
    let warned = PlanPreview {
        warnings: super::WARNINGS.iter().map(|&code| code.to_owned()).collect(),
        ..plan((9, 7), (9, 13), Vec::new())
    };
    let filled = |plan: PlanPreview, is_part| NewMentorshipPage {
        form: form.clone(),
        candidates: (1..=3).map(candidate).collect(),
        curricula: (1..=3).map(curriculum).collect(),
        plan: Some(Plan::of(plan)),
        is_part,
        ..empty()
    };
    vec![
        empty(),
        filled(crowded, false),
        NewMentorshipPage { names_mentor: true, way: "mentorships", ..filled(warned, true) },
        NewMentorshipPage {
            names_mentor: true,
            is_own_mentor: false,
            suggestions: Some(super::suggested::sample()),
            ..empty()
        },
    ]
}
