//! Tasks of a curriculum, as tests write them.

use contract::curriculum::{Priority, TaskKind, TaskOwner, TemplateTask};

/// A required task of two working days that waits for none. Tests that want it otherwise say only what differs.
#[must_use]
pub fn template(key: &str, week: i64) -> TemplateTask {
    TemplateTask {
        key: key.to_owned(),
        week,
        title: format!("과제 {key}"),
        guideline: "하나 둘 셋".to_owned(),
        submission_form: "## 배운 점".to_owned(),
        priority: Priority::Medium,
        starts_after: 0,
        duration: 2,
        kind: TaskKind::Task,
        owner: TaskOwner::Mentee,
        depends_on: Vec::new(),
        is_required: true,
    }
}
