//! Pairs as the pages of mentors and admins show them.

use chrono::{DateTime, Days, NaiveDate, Utc};
use contract::{
    CompanyId, CurriculumId, MentorshipId, UserId, VersionId,
    mentorship::{Mentorship, MentorshipStatus, PlanSource},
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
    }
}

/// One of every kind a list can show.
pub fn mentorships() -> Vec<Mentorship> {
    let with = |id, status| Mentorship { status, ..mentorship(id) };
    vec![
        mentorship(1),
        Mentorship { submitted: 0, ..mentorship(2) },
        Mentorship { overdue: 0, ..mentorship(3) },
        Mentorship { overdue: 0, returned: 0, ..mentorship(4) },
        Mentorship { overdue: 0, returned: 0, submitted: 0, ..mentorship(5) },
        Mentorship { done: 6, ..mentorship(6) },
        Mentorship { start_on: day(28), last_activity_at: None, ..mentorship(7) },
        Mentorship { end_on: day(20), ..mentorship(8) },
        with(9, MentorshipStatus::Proposed),
        with(10, MentorshipStatus::Paused),
        with(11, MentorshipStatus::Completed),
        with(12, MentorshipStatus::Ended),
    ]
}
