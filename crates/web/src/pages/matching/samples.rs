//! A draft with every kind of row, one that is done, an empty beginning.

use super::{
    MatchingPage,
    begin::{NewForm, NewMatchingPage},
};
use crate::{
    engine::Voice,
    pages::organisation::samples::{departments, user},
    pages::organisation::tree,
};
use chrono::NaiveDate;
use contract::{
    CurriculumId, MatchingId, MentorshipId, UserId, VersionId,
    auth::Locale,
    matching::{
        BarrierCount, BarrierKind, Choice, MatchMentor, MatchPair, MatchPerson, Matching, MatchingState,
        MatchingSummary, Reason, ReasonKind,
    },
    mentorship::PlanSource,
    users::UserStatus,
};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default()
}

fn person(id: i64, name: &str) -> MatchPerson {
    MatchPerson {
        user_id: UserId(id),
        name: name.into(),
        department_name: (id % 3 != 0).then(|| "플랫폼개발팀".into()),
        position: None,
        job_title: Some("백엔드".into()),
        hired_on: (id % 2 == 0).then(|| day(8, 31)),
        running: 1,
        capacity: (id % 4 != 0).then_some(3),
    }
}

fn pair(id: i64, mentor: Option<i64>) -> MatchPair {
    let reason = |kind, points, detail: &str| Reason { kind, points, detail: detail.into() };
    MatchPair {
        mentee: person(id, "강하늘 <새>"),
        mentor_id: mentor.map(UserId),
        mentor_name: mentor.map(|_| "박서연".into()),
        is_locked: id == 1,
        is_left_out: false,
        points: 51,
        reasons: if mentor.is_none() {
            Vec::new()
        } else {
            vec![
                reason(ReasonKind::SameDepartment, 40, "플랫폼개발팀"),
                reason(ReasonKind::CommonTags, 5, "rust, <등산>"),
                reason(ReasonKind::FreePlaces, 6, ""),
                reason(ReasonKind::EarlierPair, -30, ""),
            ]
        },
        barriers: Vec::new(),
        why_not: Vec::new(),
        best: vec![Choice { mentor_id: UserId(21), points: 51 }],
        mentorship_id: None,
        problem: None,
    }
}

fn matching(pairs: Vec<MatchPair>, state: MatchingState) -> Matching {
    Matching {
        matching_id: MatchingId(4),
        title: "9월 <입사>".into(),
        state,
        start_on: day(9, 7),
        sources: vec![PlanSource {
            curriculum_id: CurriculumId(1),
            version_id: VersionId(1),
            number: 3,
            title: "우리 회사 첫걸음".into(),
        }],
        pairs,
        mentors: vec![
            MatchMentor { person: person(21, "박서연"), assigned: 3 },
            MatchMentor { person: person(24, "허지안"), assigned: 0 },
        ],
        total: 96,
        version: 7,
        updated_at: day(8, 27).and_hms_opt(1, 0, 0).unwrap_or_default().and_utc(),
    }
}

pub fn matchings() -> Vec<MatchingPage> {
    let voice = Voice::read(Locale::Ko);
    let why = |barrier, mentors| BarrierCount { barrier, mentors };
    let alone = MatchPair {
        why_not: vec![why(BarrierKind::OwnManager, 1), why(BarrierKind::NoPlace, 2)],
        best: Vec::new(),
        ..pair(3, None)
    };
    let over = MatchPair { barriers: vec![BarrierKind::NoPlace, BarrierKind::Away], ..pair(4, Some(21)) };
    let out = MatchPair { is_left_out: true, ..pair(5, None) };
    let failed = MatchPair { problem: Some("not_active".into()), ..pair(6, Some(24)) };
    let started = MatchPair { mentorship_id: Some(MentorshipId(9)), ..pair(7, Some(21)) };
    let open = matching(
        vec![pair(1, Some(21)), pair(2, Some(24)), alone, over, out, failed, started.clone()],
        MatchingState::Open,
    );
    let many = matching((1..=120).map(|id| pair(id, Some(21))).collect(), MatchingState::Open);
    vec![
        MatchingPage::of(open, Vec::new(), 1, &voice),
        MatchingPage::of(many, Vec::new(), 2, &voice),
        MatchingPage::of(matching(vec![started], MatchingState::Published), Vec::new(), 1, &voice),
    ]
}

pub fn summaries() -> Vec<MatchingSummary> {
    let one = |id, state, started| MatchingSummary {
        matching_id: MatchingId(id),
        title: "9월 <입사>".into(),
        state,
        start_on: day(9, 7),
        mentees: 12,
        assigned: 11,
        started,
        updated_at: day(8, 27).and_hms_opt(1, 0, 0).unwrap_or_default().and_utc(),
        created_by_name: (id == 1).then(|| "정민재".into()),
    };
    vec![one(1, MatchingState::Open, 0), one(2, MatchingState::Published, 11)]
}

pub fn beginnings() -> Vec<NewMatchingPage> {
    let page = |mentees: Vec<_>, has_more| NewMatchingPage {
        form: NewForm {
            start_on: "2026-09-07".into(),
            mentor_ids: vec![UserId(2)],
            hired_from: Some(day(8, 1)),
            ..NewForm::default()
        },
        mentees,
        mentors: vec![user(2, UserStatus::Active), user(3, UserStatus::Active)],
        departments: tree::choices(&departments(), None),
        has_more,
    };
    vec![page(vec![user(1, UserStatus::Active), user(4, UserStatus::Active)], true), page(Vec::new(), false)]
}
