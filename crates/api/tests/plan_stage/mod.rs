//! A published curriculum, a running mentorship, and short ways to ask for things.

#![allow(dead_code, reason = "each test file uses its part")]

use chrono::NaiveDate;
use client::CallError;
use contract::{
    CurriculumId, MentorshipId, TaskId, VersionId,
    auth::{Credentials, Login},
    mentorship::{CreateMentorship, Mentorship, NewMentorship},
    tasks::{
        CreateSubtask, GetTask, ListTaskEvents, ListTasks, MoveTask, NewSubtask, StatusMove, Task,
        TaskDetail, TaskEvent, TaskFilter, TaskPatch, TaskStatus, UpdateTask,
    },
};
use testkit::{Person, Stage, Team};

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// One task of a curriculum: title, week, working days from its start, duration, owner, whether it is required.
pub type Template = (&'static str, i64, i64, i64, &'static str, bool);

/// Three weeks with a task for each kind of owner.
pub const TASKS: &[Template] = &[
    ("개발 환경 준비", 1, 0, 3, "mentee", true),
    ("팀 소개", 1, 1, 1, "mentor", false),
    ("보안 교육 읽기", 2, 0, 5, "mentee", true),
    ("계정 발급", 1, 0, 1, "admin", false),
    ("첫 배포", 3, 2, 3, "mentee", true),
];

/// A published version of a new curriculum.
pub async fn curriculum(stage: &Stage, team: &Team, title: &str, tasks: &[Template]) -> VersionId {
    let now = stage.clock.now();
    let mut tx = stage.db.write().await.expect("the database writes");
    let (curriculum_id,): (CurriculumId,) = tx
        .query(
            "INSERT INTO curricula (company_id, title, description, is_archived, revision, published_revision,
                                    created_at, updated_at)
             VALUES ($1, $2, '', FALSE, 1, 1, $3, $3) RETURNING curriculum_id",
        )
        .bind(team.company_id.clone())
        .bind(title.to_owned())
        .bind(now)
        .one()
        .await
        .expect("a curriculum");
    let weeks = tasks.iter().map(|task| task.1).max().unwrap_or(1);
    let (version_id,): (VersionId,) = tx
        .query(
            "INSERT INTO curriculum_versions (company_id, curriculum_id, number, note, total_weeks, task_count,
                                              published_at, published_by)
             VALUES ($1, $2, 1, '', $3, $4, $5, $6) RETURNING version_id",
        )
        .bind(team.company_id.clone())
        .bind(curriculum_id)
        .bind(weeks)
        .bind(i64::try_from(tasks.len()).expect("few"))
        .bind(now)
        .bind(team.admin.user_id)
        .one()
        .await
        .expect("a version");
    for (position, (title, week, after, duration, owner, required)) in (0_i64..).zip(tasks) {
        tx.query(
            "INSERT INTO template_tasks (company_id, version_id, key, week, position, title, guideline, submission_form,
                                         priority, starts_after, duration, kind, owner, depends_on, is_required)
             VALUES ($1, $2, $3, $4, $5, $6, '지침', '## 한 일', 'medium', $7, $8, 'task', $9, $10, $11)",
        )
        .bind(team.company_id.clone())
        .bind(version_id)
        .bind(format!("t{position}"))
        .bind(*week)
        .bind(position)
        .bind((*title).to_owned())
        .bind(*after)
        .bind(*duration)
        .bind(*owner)
        .bind(serde_json::json!([]))
        .bind(*required)
        .execute()
        .await
        .expect("a template task");
    }
    tx.commit().await.expect("a commit");
    version_id
}

/// Signed in anew, after the clock went on for longer than a token holds.
pub async fn again(stage: &Stage, person: &Person) -> Person {
    let credentials =
        Credentials { email: person.email.clone(), password: "harbour lights and 42 boats".to_owned() };
    let tokens = stage.nobody.call(Login { credentials }).await.expect("signed in");
    let client = stage.nobody.with_bearer(&tokens.access_token);
    Person { token: tokens.access_token, client, ..person.clone() }
}

/// Runs one statement as the database's owner.
pub async fn sql(stage: &Stage, text: &'static str, id: i64) {
    let mut tx = stage.db.write().await.expect("the database writes");
    tx.query(text).bind(id).execute().await.expect("the statement runs");
    tx.commit().await.expect("a commit");
}

pub fn new(team: &Team, versions: &[VersionId], start_on: &str) -> NewMentorship {
    NewMentorship {
        mentee_id: team.mentee.user_id,
        mentor_id: Some(team.mentor.user_id),
        version_ids: versions.to_vec(),
        start_on: day(start_on),
        title: String::new(),
    }
}

/// A team with a mentorship that starts on Monday 2026-09-07, and its mentee's tasks in order.
pub struct Running {
    pub team: Team,
    pub version_id: VersionId,
    pub mentorship: Mentorship,
    pub tasks: Vec<Task>,
}

impl Running {
    pub async fn on(stage: &Stage) -> Self {
        let team = stage.team("윤슬로보틱스").await;
        let version_id = curriculum(stage, &team, "개발자 온보딩", TASKS).await;
        let start = CreateMentorship { mentorship: new(&team, &[version_id], "2026-09-07") };
        let mentorship = team.mentor.call(start).await.expect("a mentorship");
        let tasks = tasks_of(&team.mentee, mentorship.mentorship_id).await;
        Self { team, version_id, mentorship, tasks }
    }

    pub fn task(&self, title: &str) -> TaskId {
        self.tasks.iter().find(|task| task.title == title).expect("a task of the plan").task_id
    }
}

pub async fn tasks_of(person: &Person, mentorship_id: MentorshipId) -> Vec<Task> {
    let filter = TaskFilter { mentorship_id: Some(mentorship_id), limit: Some(100), ..TaskFilter::default() };
    person.call(ListTasks { filter }).await.expect("tasks").items
}

pub async fn go(
    person: &Person,
    task_id: TaskId,
    status: TaskStatus,
    comment: &str,
) -> Result<Task, CallError> {
    let comment = Some(comment.to_owned()).filter(|comment| !comment.is_empty());
    person.call(MoveTask { task_id, to: StatusMove { status, comment }, if_match: None }).await
}

pub async fn edit(person: &Person, task_id: TaskId, patch: TaskPatch) -> Result<Task, CallError> {
    person.call(UpdateTask { task_id, patch, if_match: None }).await
}

pub async fn show(person: &Person, task_id: TaskId) -> TaskDetail {
    person.call(GetTask { task_id, if_match: None }).await.expect("a task")
}

pub async fn events(person: &Person, task_id: TaskId) -> Vec<TaskEvent> {
    person.call(ListTaskEvents { task_id }).await.expect("events").items
}

pub async fn subtask(person: &Person, task_id: TaskId, title: &str) -> Result<Task, CallError> {
    let subtask = NewSubtask { title: title.to_owned() };
    person.call(CreateSubtask { task_id, subtask, if_match: None }).await
}
