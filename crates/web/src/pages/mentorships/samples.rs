//! Pairs as the pages of mentors and admins show them.

use chrono::{DateTime, Days, NaiveDate, Utc};
use contract::{
    CompanyId, CurriculumId, DepartmentId, MentorshipId, UserId, VersionId,
    departments::Department,
    facts::{Facts, Flag, FlagKind, Pace},
    mentorship::{Mentorship, MentorshipStatus, PlanSource},
    overview::{MentorLoad, Overview, RiskCount},
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

/// In its fourth week on 27 August.
pub fn mentorship(id: i64) -> Mentorship {
    let source = PlanSource {
        curriculum_id: CurriculumId(1),
        version_id: VersionId(2),
        number: 2,
        title: "Platform <onboarding>".into(),
    };
    Mentorship {
        mentorship_id: MentorshipId(id),
        company_id: CompanyId("220-81-62517".into()),
        mentor_id: UserId(3),
        mentor_name: "박서연".into(),
        mentor_position: Some("책임".into()),
        mentee_id: UserId(10 + id),
        mentee_name: "한지우".into(),
        mentee_department: (id != 2).then(|| "플랫폼개발팀".into()),
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
        last_activity_at: (id != 2).then(|| moment(day(23))),
        facts: Facts { pace: Pace::OnTime, ..Facts::default() },
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

/// With these risks, days late.
pub fn flagged(id: i64, risks: &[(FlagKind, i64, bool)]) -> Mentorship {
    let flag = |(kind, count, is_urgent): &(FlagKind, i64, bool)| Flag {
        kind: *kind,
        count: *count,
        is_urgent: *is_urgent,
    };
    let risks = risks.iter().map(flag).collect();
    let facts = Facts { pace: Pace::Late, pace_days: 3, risks, next_due_on: Some(day(20)) };
    Mentorship { facts, ..mentorship(id) }
}

/// One of every kind a list can show.
pub fn mentorships() -> Vec<Mentorship> {
    use FlagKind::{Over, Overdue, Quiet, Returned, Waiting};
    let with = |id, status| Mentorship { status, ..mentorship(id) };
    let paced =
        |id, pace| Mentorship { facts: Facts { pace, pace_days: 2, ..Facts::default() }, ..mentorship(id) };
    vec![
        flagged(1, &[(Quiet, 9, true), (Overdue, 1, false)]),
        flagged(2, &[(Overdue, 5, true), (Returned, 2, false)]),
        flagged(3, &[(Waiting, 4, false)]),
        flagged(4, &[(Returned, 2, false)]),
        flagged(13, &[(Over, 0, true)]),
        Mentorship { submitted: 0, ..paced(5, Pace::Ahead) },
        paced(6, Pace::Done),
        Mentorship { start_on: day(28), last_activity_at: None, ..paced(7, Pace::Before) },
        paced(8, Pace::OnTime),
        with(9, MentorshipStatus::Proposed),
        with(10, MentorshipStatus::Paused),
        with(11, MentorshipStatus::Completed),
        with(12, MentorshipStatus::Ended),
    ]
}

pub fn overview() -> Overview {
    let mentor = |id: i64, name: &str, active, median_seconds| MentorLoad {
        mentor_id: UserId(id),
        mentor_name: name.into(),
        active,
        waiting: id % 3,
        reviews: active * 2,
        median_seconds,
    };
    let mentors = vec![
        mentor(3, "박서연", 6, Some(3 * 3600)),
        mentor(4, "정<하늘>", 3, Some(200_000)),
        mentor(5, "최가람", 1, None),
    ];
    let risks = [FlagKind::Over, FlagKind::Quiet, FlagKind::Overdue, FlagKind::Waiting, FlagKind::Returned];
    let risks = risks.into_iter().zip(0..).map(|(kind, count)| RiskCount { kind, count }).collect();
    Overview { active: 10, at_risk: 4, risks, mentors }
}

pub fn departments() -> Vec<Department> {
    let department = |id, name: &str| Department {
        department_id: DepartmentId(id),
        company_id: CompanyId("220-81-62517".into()),
        parent_id: None,
        name: name.into(),
        description: String::new(),
        is_active: true,
        people: 4,
    };
    vec![department(1, "플랫폼개발팀"), department(2, "현장 <운영>팀")]
}
