//! Curricula through the API.

mod access;
mod blocks;
mod draft;
mod edits;
mod life;
mod sharing;
mod versions;

use axum::body::Body;
use contract::curriculum::{
    CreateCurriculum, CurriculumDetail, CurriculumFilter, CurriculumPatch, Draft, GetCurriculum,
    ListCurricula, NewCurriculum, Priority, Publication, PublishCurriculum, SaveDraft, TaskKind, TaskOwner,
    TemplateTask, UpdateCurriculum, WeekNote,
};
use contract::departments::{CreateDepartment, NewDepartment};
use contract::policy::{Role, Roles};
use contract::{CurriculumId, DepartmentId, Endpoint};
use testkit::{Person, Stage, Team};
use tower::ServiceExt;

fn task(key: &str, week: i64, depends_on: &[&str]) -> TemplateTask {
    TemplateTask {
        key: key.to_owned(),
        week,
        title: format!("과제 {key}"),
        guideline: "1. 읽어요.\n2. 써요.\n".to_owned(),
        submission_form: "## 배운 점\n".to_owned(),
        priority: Priority::High,
        starts_after: 1,
        duration: 2,
        kind: TaskKind::Form,
        owner: TaskOwner::Mentor,
        depends_on: depends_on.iter().map(|key| (*key).to_owned()).collect(),
        is_required: false,
    }
}

fn three_tasks() -> Draft {
    Draft {
        week_notes: vec![WeekNote { week: 2, note: "둘째 주".to_owned() }],
        tasks: vec![task("b", 2, &["a"]), task("a", 1, &[]), task("c", 2, &["a", "b"])],
    }
}

async fn create(person: &Person, title: &str, department_id: Option<DepartmentId>) -> CurriculumDetail {
    let curriculum =
        NewCurriculum { title: title.to_owned(), description: "설명".to_owned(), department_id };
    person.call(CreateCurriculum { curriculum, if_match: None }).await.unwrap()
}

fn save(curriculum_id: CurriculumId, draft: Draft, if_match: Option<i64>) -> SaveDraft {
    SaveDraft { curriculum_id, draft, if_match }
}

fn publish(curriculum_id: CurriculumId) -> PublishCurriculum {
    PublishCurriculum { curriculum_id, publication: Publication { note: "처음".to_owned() } }
}

fn get(curriculum_id: CurriculumId) -> GetCurriculum {
    GetCurriculum { curriculum_id, if_match: None }
}

fn update(curriculum_id: CurriculumId, patch: CurriculumPatch) -> UpdateCurriculum {
    UpdateCurriculum { curriculum_id, patch, if_match: None }
}

fn archive(curriculum_id: CurriculumId, is_archived: bool) -> UpdateCurriculum {
    update(curriculum_id, CurriculumPatch { is_archived: Some(is_archived), ..CurriculumPatch::default() })
}

fn rename(curriculum_id: CurriculumId, title: &str) -> UpdateCurriculum {
    update(curriculum_id, CurriculumPatch { title: Some(title.to_owned()), ..CurriculumPatch::default() })
}

/// A published curriculum of three tasks.
async fn published(person: &Person, title: &str) -> CurriculumId {
    let curriculum_id = create(person, title, None).await.curriculum.curriculum_id;
    person.call(save(curriculum_id, three_tasks(), None)).await.unwrap();
    person.call(publish(curriculum_id)).await.unwrap();
    curriculum_id
}

async fn titles(person: &Person, filter: CurriculumFilter) -> Vec<String> {
    let page = person.call(ListCurricula { filter }).await.unwrap();
    page.items.into_iter().map(|curriculum| curriculum.title).collect()
}

fn searching(text: &str) -> CurriculumFilter {
    CurriculumFilter { search: Some(text.to_owned()), ..CurriculumFilter::default() }
}

/// Another department of the company.
async fn department(team: &Team, name: &str) -> DepartmentId {
    let department = NewDepartment { name: name.to_owned(), description: String::new(), parent_id: None };
    team.admin.call(CreateDepartment { department }).await.unwrap().department_id
}

/// A mentor of another department.
async fn outsider(stage: &Stage, team: &Team) -> Person {
    let elsewhere = department(team, "인사팀").await;
    let email = format!("outsider@c{}.example", team.company_id.0.replace('-', ""));
    stage
        .person(Some(&team.company_id), Some(elsewhere), ("유", "하나"), &email, Roles::of([Role::Mentor]))
        .await
}

/// Status and number of statements of a plain request.
async fn raw<E: Endpoint>(stage: &Stage, person: &Person, path: &str, endpoint: E) -> (u16, u32) {
    let (.., body, _) = endpoint.into_parts();
    let request = axum::http::Request::builder()
        .method(E::METHOD)
        .uri(path)
        .header("authorization", format!("Bearer {}", person.token))
        .header("content-type", "application/json")
        .body(Body::from(contract::Wire::encode(&body).bytes))
        .unwrap();
    let response = stage.transport.clone().oneshot(request).await.unwrap();
    let statements = response.headers()["naru-statements"].to_str().unwrap().parse().unwrap();
    (response.status().as_u16(), statements)
}
