//! Curricula for samples of pages.

use contract::{
    CompanyId, CurriculumId, DepartmentId, UserId, VersionId,
    curriculum::{
        Curriculum, CurriculumDetail, CurriculumState, Priority, TaskKind, TaskOwner, TemplateTask, WeekNote,
    },
};

/// Published three times, changed since, and mentorships run on it.
pub fn used() -> Curriculum {
    Curriculum {
        curriculum_id: CurriculumId(5),
        company_id: CompanyId("220-81-62517".into()),
        department_id: Some(DepartmentId(2)),
        department_name: Some("Platform".into()),
        title: "Backend onboarding".into(),
        description: "Six weeks".into(),
        state: CurriculumState::Published,
        created_by: Some(UserId(7)),
        total_weeks: 3,
        task_count: 4,
        latest_version_id: Some(VersionId(31)),
        latest_number: Some(3),
        has_changes: true,
        in_use: 6,
        revision: 12,
        updated_at: chrono::DateTime::UNIX_EPOCH,
        can_edit: true,
    }
}

/// Never published, still empty, for everybody.
pub fn fresh() -> Curriculum {
    Curriculum {
        department_id: None,
        department_name: None,
        state: CurriculumState::Draft,
        total_weeks: 0,
        task_count: 0,
        latest_version_id: None,
        latest_number: None,
        in_use: 0,
        ..used()
    }
}

pub fn archived() -> Curriculum {
    Curriculum { state: CurriculumState::Archived, in_use: 0, has_changes: false, ..used() }
}

/// Somebody else's.
pub fn others() -> Curriculum {
    Curriculum { can_edit: false, in_use: 0, ..used() }
}

pub fn detail(curriculum: Curriculum) -> CurriculumDetail {
    let task = |key: &str, week: i64, kind: TaskKind, duration: i64, depends_on: &[&str]| TemplateTask {
        key: key.into(),
        week,
        title: format!("Task {key} <b>"),
        guideline: "## What to do\n- read".into(),
        submission_form: "## What I did".into(),
        priority: Priority::High,
        starts_after: 0,
        duration,
        kind,
        owner: TaskOwner::Mentee,
        depends_on: depends_on.iter().map(|key| (*key).to_owned()).collect(),
        is_required: kind != TaskKind::Meeting,
    };
    let is_empty = curriculum.task_count == 0;
    let tasks = vec![
        task("a", 1, TaskKind::Meeting, 1, &[]),
        task("b", 1, TaskKind::Task, 6, &["a"]),
        task("c", 2, TaskKind::Reading, 9, &["a", "b"]),
        task("d", 2, TaskKind::Form, 1, &[]),
    ];
    CurriculumDetail {
        number: None,
        revision: curriculum.revision,
        week_notes: vec![
            WeekNote { week: 1, note: "Say hello".into() },
            WeekNote { week: 3, note: String::new() },
        ],
        tasks: if is_empty { Vec::new() } else { tasks },
        curriculum,
    }
}
