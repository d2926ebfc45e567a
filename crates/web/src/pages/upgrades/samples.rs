//! Upgrades for samples of pages.

use chrono::{DateTime, NaiveDate};
use contract::{
    CurriculumId, JobId, MentorshipId, Page, UpgradeId, UserId, VersionId,
    curriculum_diff::TaskField,
    jobs::{Job, JobKind, JobState},
    mentorship::MentorshipStatus,
    upgrades::{
        CurriculumRun, CurriculumUse, KeptBecause, StepKind, Upgrade, UpgradeChoice, UpgradeDetail,
        UpgradePerson, UpgradePreview, UpgradeReason, UpgradeState, UpgradeStep, UpgradedPerson, VersionUse,
    },
};

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 9, day).unwrap_or_default()
}

fn upgrade(undone: bool) -> Upgrade {
    Upgrade {
        upgrade_id: UpgradeId(4),
        curriculum_id: CurriculumId(5),
        curriculum_title: "Backend <b>".into(),
        version_id: VersionId(31),
        number: 3,
        choice: UpgradeChoice::NotYet,
        people: 6,
        created_by: UserId(7),
        created_by_name: Some("Seoyeon Park".into()),
        created_at: DateTime::UNIX_EPOCH,
        undone_at: undone.then_some(DateTime::UNIX_EPOCH),
        job_id: Some(JobId(9)),
        undo_until: (!undone).then_some(DateTime::UNIX_EPOCH),
    }
}

pub fn usage() -> CurriculumUse {
    let run = |number, status| CurriculumRun {
        mentorship_id: MentorshipId(number),
        number,
        mentee_id: UserId(8),
        mentee_name: "Doyun <b>".into(),
        mentee_department: Some("Platform".into()),
        mentor_name: "Seoyeon Park".into(),
        status,
        start_on: day(7),
        end_on: day(28),
        total_weeks: 3,
        required: 10,
        done: 4,
    };
    let version = |number, running| VersionUse { version_id: VersionId(number), number, running, over: 1 };
    CurriculumUse {
        curriculum_id: CurriculumId(5),
        title: "Backend <b>".into(),
        latest_number: Some(3),
        versions: vec![version(3, 2), version(2, 1)],
        runs: Page {
            items: vec![
                run(3, MentorshipStatus::Active),
                run(2, MentorshipStatus::Paused),
                run(1, MentorshipStatus::Completed),
            ],
            next: Some("x".into()),
            total: None,
        },
        upgrades: vec![upgrade(false), upgrade(true)],
    }
}

pub fn unused() -> CurriculumUse {
    CurriculumUse {
        latest_number: None,
        versions: Vec::new(),
        runs: Page::whole(Vec::new()),
        upgrades: Vec::new(),
        ..usage()
    }
}

pub fn preview() -> UpgradePreview {
    let step = |kind, because| UpgradeStep {
        kind,
        title: "Task <b>".into(),
        week: 2,
        starts_on: (kind != StepKind::Dropped).then(|| day(14)),
        due_on: (kind != StepKind::Dropped).then(|| day(15)),
        fields: if kind == StepKind::Changed { TaskField::ALL.to_vec() } else { Vec::new() },
        is_moved: kind == StepKind::Changed,
        because,
    };
    let person = |id, steps: Vec<UpgradeStep>, reason| UpgradePerson {
        mentorship_id: MentorshipId(id),
        mentee_name: "Doyun <b>".into(),
        mentee_department: Some("Platform".into()),
        mentor_name: "Seoyeon Park".into(),
        from_number: 2,
        week: id - 1,
        is_not_yet: id == 1,
        end_on: day(28),
        new_end_on: day(27 + u32::try_from(id).unwrap_or_default()),
        added: 1,
        changed: 1,
        dropped: 1,
        kept: 3,
        steps,
        reason,
    };
    let steps = vec![
        step(StepKind::Added, None),
        step(StepKind::Changed, None),
        step(StepKind::Dropped, None),
        step(StepKind::Kept, Some(KeptBecause::Started)),
        step(StepKind::Kept, Some(KeptBecause::Written)),
        step(StepKind::Kept, Some(KeptBecause::Edited)),
    ];
    UpgradePreview {
        curriculum_id: CurriculumId(5),
        title: "Backend <b>".into(),
        number: 3,
        running: 2,
        not_yet: 1,
        people: vec![
            person(1, steps, None),
            person(2, Vec::new(), Some(UpgradeReason::NoWorkingDay)),
            person(3, Vec::new(), None),
        ],
        next: Some("x".into()),
    }
}

pub fn details(title: &str) -> Vec<UpgradeDetail> {
    let job = |kind, state: JobState, done| Job {
        job_id: JobId(9),
        kind,
        state,
        subject_id: 4,
        total: 6,
        done,
        result: serde_json::json!({}),
        error: (state == JobState::Failed).then(|| "gone".into()),
        created_by: UserId(7),
        created_at: DateTime::UNIX_EPOCH,
        finished_at: matches!(state, JobState::Done | JobState::Failed).then_some(DateTime::UNIX_EPOCH),
    };
    let people: Vec<UpgradedPerson> = UpgradeState::ALL
        .iter()
        .zip(UpgradeReason::ALL.iter().map(Some).chain([None]))
        .map(|(state, reason)| UpgradedPerson {
            mentorship_id: MentorshipId(1),
            mentee_name: "Doyun <b>".into(),
            state: *state,
            reason: reason.copied().filter(|_| matches!(state, UpgradeState::Left | UpgradeState::Kept)),
            titles: vec!["Task <b>".into()],
            added: 1,
            changed: 2,
            dropped: 0,
        })
        .collect();
    let detail = |job, undone| UpgradeDetail {
        upgrade: Upgrade { curriculum_title: title.to_owned(), ..upgrade(undone) },
        job: Some(job),
        people: people.clone(),
    };
    vec![
        detail(job(JobKind::Upgrade, JobState::Running, 2), false),
        detail(job(JobKind::Upgrade, JobState::Done, 6), false),
        detail(job(JobKind::UndoUpgrade, JobState::Waiting, 0), true),
        detail(job(JobKind::UndoUpgrade, JobState::Done, 6), true),
        detail(job(JobKind::Upgrade, JobState::Failed, 1), false),
    ]
}
