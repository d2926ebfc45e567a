//! Curricula through the API: who may do what, the draft, versions, copies, files.

use axum::body::Body;
use contract::{
    Code, CurriculumId, DepartmentId, Endpoint, File,
    curriculum::{
        CopyCurriculum, CreateCurriculum, CurriculumDetail, CurriculumFilter, CurriculumPatch,
        CurriculumState, DeleteCurriculum, Draft, ExportCurriculum, GetCurriculum, GetVersion,
        ImportCurriculum, ListCurricula, ListVersions, NewCurriculum, Priority, Publication,
        PublishCurriculum, SaveDraft, TaskKind, TaskOwner, TemplateTask, UpdateCurriculum, WeekNote,
    },
    policy::{Role, Roles},
};
use testkit::{Person, Stage, Team, bad_fields, on_both_engines, refused};
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
async fn department(stage: &Stage, team: &Team, name: &str) -> DepartmentId {
    let mut tx = stage.db.write().await.unwrap();
    let (department_id,) = tx
        .query(
            "INSERT INTO departments (company_id, name, description, is_active) VALUES ($1, $2, '', TRUE)
             RETURNING department_id",
        )
        .bind(team.company_id.clone())
        .bind(name.to_owned())
        .one()
        .await
        .unwrap();
    tx.commit().await.unwrap();
    department_id
}

/// A mentor of another department.
async fn outsider(stage: &Stage, team: &Team) -> Person {
    let elsewhere = department(stage, team, "인사팀").await;
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

on_both_engines! {
    async fn a_curriculum_begins_as_an_empty_draft(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let made = create(&team.admin, "  백엔드 온보딩 ", Some(team.department_id)).await;
        let curriculum = &made.curriculum;
        assert_eq!((curriculum.title.as_str(), curriculum.state), ("백엔드 온보딩", CurriculumState::Draft));
        assert_eq!(curriculum.department_name.as_deref(), Some("플랫폼개발팀"));
        assert_eq!((curriculum.total_weeks, curriculum.task_count, curriculum.in_use), (0, 0, 0));
        assert_eq!((curriculum.latest_version_id, curriculum.latest_number), (None, None));
        assert_eq!(curriculum.created_by, Some(team.admin.user_id));
        assert!(curriculum.can_edit && curriculum.has_changes);
        assert_eq!(team.admin.call(get(curriculum.curriculum_id)).await.unwrap(), made);
    }

    async fn a_saved_draft_keeps_its_order_its_keys_and_everything_else(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let made = create(&team.mentor, "온보딩", None).await;
        let id = made.curriculum.curriculum_id;
        let mut draft = three_tasks();
        draft.tasks.push(task("", 1, &[]));
        let saved = team.mentor.call(save(id, draft, Some(made.revision))).await.unwrap();
        assert_eq!(team.mentor.call(get(id)).await.unwrap(), saved);
        let keys: Vec<_> = saved.tasks.iter().map(|task| task.key.clone()).collect();
        assert_eq!((keys[0].as_str(), keys[2].as_str(), keys[3].as_str()), ("a", "b", "c"));
        assert_eq!(keys[1].len(), 10, "made here");
        assert_eq!(saved.tasks[3], task("c", 2, &["a", "b"]));
        assert_eq!(saved.week_notes, three_tasks().week_notes);
        assert_eq!((saved.curriculum.total_weeks, saved.curriculum.task_count), (2, 4));
        assert_eq!(saved.revision, made.revision + 1);

        let mut turned = Draft { week_notes: saved.week_notes, tasks: saved.tasks };
        turned.tasks.reverse();
        let again = team.mentor.call(save(id, turned, Some(saved.revision))).await.unwrap();
        let turned: Vec<_> = again.tasks.iter().map(|task| task.key.clone()).collect();
        assert_eq!(turned, [&keys[1], &keys[0], &keys[3], &keys[2]].map(Clone::clone), "keys stay, order is the list's");
        assert_eq!(team.mentor.call(get(id)).await.unwrap(), again);
    }

    async fn the_second_of_two_people_who_saw_the_same_draft_is_told(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let made = create(&team.mentor, "온보딩", Some(team.department_id)).await;
        let id = made.curriculum.curriculum_id;
        team.mentor.call(save(id, three_tasks(), Some(made.revision))).await.unwrap();
        let late = team.other_mentor.call(save(id, Draft { week_notes: vec![], tasks: vec![] }, Some(made.revision))).await;
        assert_eq!(refused(late).code, Code::Stale);
        let late = UpdateCurriculum { if_match: Some(made.revision), ..rename(id, "새 제목") };
        assert_eq!(refused(team.admin.call(late).await).code, Code::Stale);
        assert_eq!(team.admin.call(get(id)).await.unwrap().tasks.len(), 3, "nothing of it was kept");
    }

    async fn bad_drafts_are_refused_with_every_fault(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let id = create(&team.admin, "온보딩", None).await.curriculum.curriculum_id;
        let tasks = vec![task("a", 1, &["b"]), task("b", 1, &["a"]), task("a", 2, &["z"])];
        let answer = team.admin.call(save(id, Draft { week_notes: vec![], tasks }, None)).await;
        assert_eq!(bad_fields(answer), ["tasks.2.key repeated", "tasks.2.depends_on.0 not_found"]);
        let tasks = vec![task("a", 1, &["b"]), task("b", 1, &["a"])];
        let answer = team.admin.call(save(id, Draft { week_notes: vec![], tasks }, None)).await;
        assert_eq!(bad_fields(answer), ["tasks.0.depends_on cycle"]);
        let mut far = task("a", 105, &[]);
        far.duration = 0;
        let answer = team.admin.call(save(id, Draft { week_notes: vec![], tasks: vec![far] }, None)).await;
        let mut fields = bad_fields(answer);
        fields.sort();
        assert_eq!(fields, ["tasks.0.duration too_small", "tasks.0.week too_large"]);
        let tasks = (0..501).map(|_| task("", 1, &[])).collect();
        assert_eq!(bad_fields(team.admin.call(save(id, Draft { week_notes: vec![], tasks }, None)).await), ["tasks too_many"]);
        assert_eq!(team.admin.call(get(id)).await.unwrap().revision, 1);
    }

    async fn publishing_freezes_the_draft_as_the_next_version(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let id = create(&team.mentor, "온보딩", None).await.curriculum.curriculum_id;
        assert_eq!(bad_fields(team.mentor.call(publish(id)).await), ["tasks required"]);
        let first = team.mentor.call(save(id, three_tasks(), None)).await.unwrap();
        let version = team.mentor.call(publish(id)).await.unwrap();
        assert_eq!((version.number, version.total_weeks, version.task_count, version.in_use), (1, 2, 3, 0));
        assert_eq!((version.note.as_str(), version.published_by_name.as_deref()), ("처음", Some("박서연")));
        let now = team.mentor.call(get(id)).await.unwrap().curriculum;
        assert_eq!((now.state, now.has_changes), (CurriculumState::Published, false));
        assert_eq!((now.latest_version_id, now.latest_number), (Some(version.version_id), Some(1)));
        assert_eq!(refused(team.mentor.call(publish(id)).await).code, Code::Conflict, "nothing changed");

        let renamed = team.mentor.call(rename(id, "온보딩 2")).await.unwrap();
        assert!(!renamed.has_changes, "the title is not the draft");

        let one = Draft { week_notes: vec![], tasks: vec![task("b", 1, &[])] };
        let changed = team.mentor.call(save(id, one, Some(renamed.revision))).await.unwrap();
        assert!(changed.curriculum.has_changes);
        assert_eq!(team.mentor.call(publish(id)).await.unwrap().number, 2);
        let versions = team.other_mentor.call(ListVersions { curriculum_id: id }).await.unwrap();
        assert_eq!(versions.items.iter().map(|version| version.number).collect::<Vec<_>>(), [2, 1]);
        let frozen = team.mentor.call(GetVersion { curriculum_id: id, number: 1 }).await.unwrap();
        assert_eq!((frozen.number, frozen.tasks, frozen.week_notes), (Some(1), first.tasks, first.week_notes));
        for number in [0, 3] {
            let answer = team.mentor.call(GetVersion { curriculum_id: id, number }).await;
            assert_eq!(refused(answer).code, Code::NotFound);
        }
    }

    async fn an_archived_curriculum_is_left_alone_until_it_is_taken_back(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let id = published(&team.admin, "온보딩").await;
        let archived = team.admin.call(archive(id, true)).await.unwrap();
        assert_eq!((archived.state, archived.has_changes), (CurriculumState::Archived, false));
        assert_eq!(refused(team.admin.call(save(id, three_tasks(), None)).await).code, Code::Archived);
        assert_eq!(refused(team.admin.call(publish(id)).await).code, Code::Archived);
        let filter = CurriculumFilter { state: Some(CurriculumState::Archived), ..CurriculumFilter::default() };
        assert_eq!(titles(&team.mentor, filter).await, ["온보딩"]);
        assert_eq!(team.admin.call(archive(id, false)).await.unwrap().state, CurriculumState::Published);
        team.admin.call(save(id, three_tasks(), None)).await.unwrap();
    }

    async fn only_what_was_never_published_is_deleted(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let draft = create(&team.mentor, "초안", None).await.curriculum.curriculum_id;
        team.mentor.call(save(draft, three_tasks(), None)).await.unwrap();
        team.mentor.call(DeleteCurriculum { curriculum_id: draft }).await.unwrap();
        assert_eq!(refused(team.mentor.call(get(draft)).await).code, Code::NotFound);
        let kept = published(&team.mentor, "온보딩").await;
        assert_eq!(refused(team.mentor.call(DeleteCurriculum { curriculum_id: kept }).await).code, Code::InUse);
    }

    async fn a_copy_has_everything_and_is_a_draft_of_its_own(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let id = published(&team.admin, "온보딩").await;
        let source = team.admin.call(get(id)).await.unwrap();
        let copy = team.mentor.call(CopyCurriculum { curriculum_id: id }).await.unwrap();
        assert_eq!(copy.curriculum.title, "온보딩 (복사본)");
        assert_eq!(copy.curriculum.description, "설명");
        assert_eq!((&copy.tasks, &copy.week_notes), (&source.tasks, &source.week_notes));
        assert_eq!(copy.curriculum.state, CurriculumState::Draft);
        assert_eq!((copy.curriculum.created_by, copy.curriculum.can_edit), (Some(team.mentor.user_id), true));
        assert_eq!(team.mentor.call(get(copy.curriculum.curriculum_id)).await.unwrap(), copy);
        team.mentor.call(save(copy.curriculum.curriculum_id, Draft { week_notes: vec![], tasks: vec![] }, None)).await.unwrap();
        assert_eq!(team.admin.call(get(id)).await.unwrap().tasks, source.tasks);
        let long = create(&team.admin, &"가".repeat(200), None).await.curriculum.curriculum_id;
        let copy = team.admin.call(CopyCurriculum { curriculum_id: long }).await.unwrap();
        assert_eq!(copy.curriculum.title.chars().count(), 200);
        assert!(copy.curriculum.title.ends_with(" (복사본)"));
    }

    async fn mentors_edit_their_own_and_their_departments_and_read_the_rest(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let outsider = outsider(stage, &team).await;
        let common = create(&team.admin, "공용", None).await.curriculum.curriculum_id;
        let own = create(&team.mentor, "내 것", None).await.curriculum.curriculum_id;
        let departments = create(&team.admin, "부서", Some(team.department_id)).await.curriculum.curriculum_id;
        for (person, curriculum_id, may) in [
            (&team.admin, own, true),
            (&team.mentor, common, false),
            (&team.mentor, own, true),
            (&team.mentor, departments, true),
            (&team.other_mentor, own, false),
            (&team.other_mentor, departments, true),
            (&outsider, departments, false),
        ] {
            assert_eq!(person.call(get(curriculum_id)).await.unwrap().curriculum.can_edit, may);
            let listed = person.call(ListCurricula { filter: CurriculumFilter::default() }).await.unwrap().items;
            assert!(listed.iter().any(|one| one.curriculum_id == curriculum_id && one.can_edit == may));
            let saved = person.call(save(curriculum_id, three_tasks(), None)).await;
            let renamed = person.call(archive(curriculum_id, false)).await;
            if may {
                saved.unwrap();
                renamed.unwrap();
            } else {
                assert_eq!(refused(saved).code, Code::Denied);
                assert_eq!(refused(renamed).code, Code::Denied);
                assert_eq!(refused(person.call(publish(curriculum_id)).await).code, Code::Denied);
                assert_eq!(refused(person.call(DeleteCurriculum { curriculum_id }).await).code, Code::Denied);
            }
        }
        assert_eq!(refused(team.mentee.call(get(common)).await).code, Code::Denied);
        assert_eq!(refused(stage.operator().await.call(get(common)).await).code, Code::Denied);
        let copy = outsider.call(CopyCurriculum { curriculum_id: departments }).await.unwrap().curriculum;
        assert_eq!((copy.department_name.as_deref(), copy.can_edit), (Some("인사팀"), true));
    }

    async fn the_department_must_be_one_the_caller_may_use(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let other = stage.team("누리은행").await;
        let elsewhere = department(stage, &team, "인사팀").await;
        let new = |department_id| CreateCurriculum {
            curriculum: NewCurriculum { title: "온보딩".to_owned(), description: String::new(), department_id: Some(department_id) },
            if_match: None,
        };
        assert_eq!(bad_fields(team.mentor.call(new(elsewhere)).await), ["department_id not_allowed"]);
        assert_eq!(bad_fields(team.admin.call(new(other.department_id)).await), ["department_id not_found"]);
        let id = team.admin.call(new(elsewhere)).await.unwrap().curriculum.curriculum_id;
        let to = |department_id| update(id, CurriculumPatch { department_id: Some(department_id), ..CurriculumPatch::default() });
        assert_eq!(bad_fields(team.admin.call(to(Some(other.department_id))).await), ["department_id not_found"]);
        assert_eq!(team.admin.call(to(None)).await.unwrap().department_id, None);
        let moved = team.admin.call(to(Some(team.department_id))).await.unwrap();
        assert_eq!(moved.department_name.as_deref(), Some("플랫폼개발팀"));
        assert_eq!(bad_fields(team.mentor.call(to(Some(elsewhere))).await), ["department_id not_allowed"]);
        assert_eq!(bad_fields(team.admin.call(rename(id, "  ")).await), ["title required"]);
    }

    async fn another_companys_curricula_are_not_there(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let other = stage.team("누리은행").await;
        let id = published(&team.admin, "온보딩").await;
        let admin = &other.admin;
        let refusals = [
            refused(admin.call(get(id)).await),
            refused(admin.call(save(id, three_tasks(), None)).await),
            refused(admin.call(archive(id, true)).await),
            refused(admin.call(publish(id)).await),
            refused(admin.call(CopyCurriculum { curriculum_id: id }).await),
            refused(admin.call(ListVersions { curriculum_id: id }).await),
            refused(admin.call(GetVersion { curriculum_id: id, number: 1 }).await),
            refused(admin.call(ExportCurriculum { curriculum_id: id }).await),
            refused(admin.call(DeleteCurriculum { curriculum_id: id }).await),
        ];
        assert!(refusals.iter().all(|problem| problem.code == Code::NotFound), "{refusals:?}");
        assert!(titles(admin, CurriculumFilter::default()).await.is_empty());
    }

    async fn the_list_is_searched_filtered_and_turned_page_by_page(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        for (title, department_id) in [("백엔드 100%", Some(team.department_id)), ("Frontend_Basics", None), ("마케팅", None)] {
            stage.clock.advance(chrono::Duration::seconds(1));
            create(&team.admin, title, department_id).await;
        }
        let all = ["마케팅", "Frontend_Basics", "백엔드 100%"];
        assert_eq!(titles(&team.mentor, CurriculumFilter::default()).await, all);
        assert_eq!(titles(&team.mentor, searching("FRONT")).await, ["Frontend_Basics"]);
        assert_eq!(titles(&team.mentor, searching("ㅂㅇㄷ")).await, ["백엔드 100%"]);
        assert_eq!(titles(&team.mentor, searching("%")).await, ["백엔드 100%"]);
        assert_eq!(titles(&team.mentor, searching("_")).await, ["Frontend_Basics"]);
        assert_eq!(titles(&team.mentor, searching("\\")).await, [""; 0]);
        let of = CurriculumFilter { department_id: Some(team.department_id), ..CurriculumFilter::default() };
        assert_eq!(titles(&team.mentor, of).await, ["백엔드 100%"]);
        let skipped = CurriculumFilter { skip: Some(1), limit: Some(1), ..CurriculumFilter::default() };
        assert_eq!(titles(&team.mentor, skipped).await, ["Frontend_Basics"]);
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let filter = CurriculumFilter { limit: Some(1), cursor, ..CurriculumFilter::default() };
            let page = team.mentor.call(ListCurricula { filter }).await.unwrap();
            seen.extend(page.items.into_iter().map(|curriculum| curriculum.title));
            cursor = page.next;
            if cursor.is_none() { break }
        }
        assert_eq!(seen, all);
        let filter = CurriculumFilter { cursor: Some("nonsense".to_owned()), ..CurriculumFilter::default() };
        assert_eq!(bad_fields(team.mentor.call(ListCurricula { filter }).await), ["cursor bad_format"]);
    }

    async fn what_is_exported_is_imported_again_to_the_letter(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        for ready in api::library() {
            let file = File { media_type: "application/yaml".to_owned(), name: None, bytes: ready.yaml.into() };
            let made = team.mentor.call(ImportCurriculum { file }).await.unwrap();
            assert_eq!(made.curriculum.title, ready.curriculum.title);
            assert_eq!(made.tasks, ready.curriculum.draft.tasks);
            let curriculum_id = made.curriculum.curriculum_id;
            assert_eq!(team.mentor.call(get(curriculum_id)).await.unwrap(), made);
            let file = team.admin.call(ExportCurriculum { curriculum_id }).await.unwrap();
            assert_eq!(file.name, Some(format!("{}.yaml", made.curriculum.title.replace('/', " "))));
            let again = team.admin.call(ImportCurriculum { file }).await.unwrap();
            assert_eq!((again.tasks, again.week_notes), (made.tasks, made.week_notes));
        }
        let file = File { bytes: "format: naru-curriculum/1\nlanguage: fr\n".into(), ..File::default() };
        let problem = refused(team.mentor.call(ImportCurriculum { file }).await);
        assert_eq!((problem.errors[0].field.as_str(), problem.errors[0].params["line"].as_str()), ("file", "2"));
        let file = File { bytes: "".into(), ..File::default() };
        assert_eq!(refused(team.mentor.call(ImportCurriculum { file }).await).code, Code::Invalid);
    }

    async fn statements_do_not_grow_with_the_tasks(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let id = create(&team.admin, "온보딩", None).await.curriculum.curriculum_id;
        let tasks = (0..500).map(|nth| task("", nth % 104 + 1, &[])).collect();
        let path = format!("/api/curriculum/{id}");
        let saved = raw(stage, &team.admin, &format!("{path}/tasks"), save(id, Draft { week_notes: vec![], tasks }, None)).await;
        assert_eq!(saved, (200, 4));
        assert_eq!(raw(stage, &team.admin, &path, get(id)).await, (200, 3));
        assert_eq!(raw(stage, &team.admin, &format!("{path}/publish"), publish(id)).await, (200, 4));
        let list = ListCurricula { filter: CurriculumFilter::default() };
        assert_eq!(raw(stage, &team.admin, "/api/curriculum/", list).await, (200, 1));
        assert_eq!(raw(stage, &team.admin, &format!("{path}/versions"), ListVersions { curriculum_id: id }).await, (200, 1));
        assert_eq!(raw(stage, &team.admin, &path, archive(id, true)).await, (200, 1));
    }
}
