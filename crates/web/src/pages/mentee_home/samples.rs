//! A plan in its fourth week, before its first, all done, ended; and no plan.

use super::{Home, Plan};
use chrono::{DateTime, Days, NaiveDate, Utc};
use contract::{
    CompanyId, CurriculumId, MentorshipId, TaskId, UserId, VersionId,
    curriculum::{Priority, TaskKind, TaskOwner},
    mentorship::{Mentorship, MentorshipStatus, PlanSource},
    tasks::{Task, TaskStatus},
    users::UserStatus,
};

/// Monday 3 August 2026 and so many days.
pub fn day(after: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 8, 3)
        .and_then(|first| first.checked_add_days(Days::new(after)))
        .unwrap_or_default()
}

pub fn moment(date: NaiveDate) -> DateTime<Utc> {
    date.and_hms_opt(7, 20, 0).unwrap_or_default().and_utc()
}

pub fn mentorship() -> Mentorship {
    let source = PlanSource {
        curriculum_id: CurriculumId(1),
        version_id: VersionId(2),
        number: 2,
        title: "Platform onboarding".into(),
    };
    Mentorship {
        mentorship_id: MentorshipId(1),
        company_id: CompanyId("220-81-62517".into()),
        mentor_id: UserId(3),
        mentor_name: "박서연".into(),
        mentor_position: Some("책임".into()),
        mentee_id: UserId(11),
        mentee_name: "한지우".into(),
        mentee_department: Some("플랫폼개발팀".into()),
        title: "플랫폼 온보딩".into(),
        start_on: day(0),
        end_on: day(39),
        total_weeks: 6,
        status: MentorshipStatus::Active,
        end_reason: None,
        ended_at: None,
        sources: vec![source],
        created_at: moment(day(0)),
        required: 6,
        done: 3,
        submitted: 1,
        overdue: 1,
        returned: 1,
        last_activity_at: Some(moment(day(23))),
        facts: contract::facts::Facts::default(),
        started_at: Some(moment(day(0))),
        proposed_by: None,
        proposal_note: None,
        paused_on: None,
        mentee_status: UserStatus::Active,
        mentor_status: UserStatus::Active,
        revision: 1,
        allowed: Vec::new(),
    }
}

pub fn task(id: i64, week: i64, due: u64, status: TaskStatus) -> Task {
    let starts_on = day(u64::try_from(week - 1).unwrap_or(0) * 7);
    Task {
        task_id: TaskId(id),
        company_id: CompanyId("220-81-62517".into()),
        mentorship_id: MentorshipId(1),
        parent_id: None,
        template_key: Some(format!("t{id}")),
        title: format!("관제 API 오류 응답 <정리> {id}"),
        guideline: "엔드포인트 12곳의 오류 응답을 사내 규격에 **맞춰요**.".into(),
        submission: String::new(),
        week,
        position: id,
        priority: Priority::High,
        kind: TaskKind::Task,
        owner: TaskOwner::Mentee,
        owner_id: UserId(11),
        is_required: true,
        starts_on,
        due_on: day(due),
        started_at: None,
        submitted_at: (status == TaskStatus::Submitted).then(|| moment(day(23))),
        completed_at: None,
        status,
        status_comment: (status == TaskStatus::Returned)
            .then(|| "3단계에서 누구에게 알리는지 빠졌어요".into()),
        version: 1,
        updated_at: moment(starts_on),
        subtasks: 4,
        subtasks_done: 3,
        memos: 0,
        files: 0,
        returns: 0,
        flags: Vec::new(),
        depends_on: Vec::new(),
        waits_for: Vec::new(),
        allowed: match status {
            TaskStatus::Todo => vec![TaskStatus::InProgress],
            TaskStatus::InProgress => vec![TaskStatus::Todo, TaskStatus::Submitted],
            TaskStatus::Submitted => vec![TaskStatus::InProgress],
            _ => Vec::new(),
        },
    }
}

pub fn tasks() -> Vec<Task> {
    use TaskStatus::{Done, InProgress, Returned, Submitted, Todo};
    vec![
        task(1, 1, 2, Done),
        task(2, 1, 4, Done),
        task(3, 2, 11, Done),
        task(4, 3, 18, Submitted),
        task(5, 3, 21, Returned),
        task(6, 4, 24, InProgress),
        task(7, 4, 25, Todo),
        task(8, 5, 32, Todo),
    ]
}

/// As of Thursday of the fourth week.
pub(super) fn running() -> Plan {
    Plan::of(mentorship(), tasks(), day(24))
}

pub(super) fn all() -> Vec<Home> {
    let home = |plan| Home {
        given_name: "지우".into(),
        today: day(24),
        plan,
        upcoming: crate::pages::meetings::samples::upcoming(),
    };
    let done = tasks().into_iter().map(|task| Task { status: TaskStatus::Done, ..task }).collect();
    let complete = Mentorship { done: 6, submitted: 0, overdue: 0, returned: 0, ..mentorship() };
    let ended =
        Mentorship { status: MentorshipStatus::Ended, end_reason: Some("이직".into()), ..mentorship() };
    let before = Mentorship { done: 0, submitted: 0, ..mentorship() };
    let todo = tasks().into_iter().map(|task| Task { status: TaskStatus::Todo, ..task }).collect();
    let late = Plan::of(mentorship(), tasks(), day(50));
    let nothing_required = Mentorship { required: 0, done: 0, ..mentorship() };
    vec![
        home(None),
        home(Some(running())),
        home(Some(Plan::of(before, todo, day(0) - Days::new(3)))),
        home(Some(Plan::of(complete, done, day(24)))),
        home(Some(Plan::of(ended, tasks(), day(24)))),
        home(Some(late)),
        home(Some(Plan::of(nothing_required, Vec::new(), day(24)))),
    ]
}
