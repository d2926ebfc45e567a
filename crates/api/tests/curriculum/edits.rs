//! Editing a draft together: merged edits, races, refusals, and what changed since.

use crate::{archive, create, get, outsider, publish, raw, save, task, three_tasks};
use contract::curriculum::{Draft, GetVersion};
use contract::curriculum_edits::{
    ChangesFilter, ConflictKind, DraftChanges, DraftEdit, DraftEdits, EditDraft, EditKind, GetDraftChanges,
    TaskFields,
};
use contract::{Code, CurriculumId};
use http_body_util::BodyExt;
use testkit::{Person, Stage, bad_fields, on_both_engines, refused};
use tower::ServiceExt;

fn edits(curriculum_id: CurriculumId, base: i64, edits: Vec<DraftEdit>) -> EditDraft {
    EditDraft { curriculum_id, edits: DraftEdits { base, edits } }
}

fn change(key: &str, fields: TaskFields) -> DraftEdit {
    DraftEdit { key: Some(key.into()), fields: Some(fields), ..DraftEdit::new(EditKind::Change) }
}

fn title(key: &str, title: &str) -> DraftEdit {
    change(key, TaskFields { title: Some(title.into()), ..TaskFields::default() })
}

fn add(key: &str, week: i64, after: Option<&str>) -> DraftEdit {
    let after = after.map(str::to_owned);
    DraftEdit { task: Some(task(key, week, &[])), after, ..DraftEdit::new(EditKind::Add) }
}

fn since(curriculum_id: CurriculumId, since: Option<i64>) -> GetDraftChanges {
    GetDraftChanges { curriculum_id, filter: ChangesFilter { since }, if_match: None }
}

/// A draft of three tasks: `a` in week 1, `b` and `c` in week 2.
async fn drafted(person: &Person, stage: &Stage) -> (CurriculumId, i64) {
    stage.clock.advance(chrono::Duration::seconds(1));
    let made = create(person, "함께 쓰는 과정", None).await;
    let id = made.curriculum.curriculum_id;
    let saved = person.call(save(id, three_tasks(), None)).await.unwrap();
    (id, saved.revision)
}

fn laid(changes: &DraftChanges) -> Vec<(i64, &str)> {
    changes.order.iter().map(|placed| (placed.week, placed.key.as_str())).collect()
}

on_both_engines! {
    async fn edits_from_one_revision_are_merged(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let (id, base) = drafted(&team.mentor, stage).await;
        let insert = DraftEdit { week: Some(1), ..DraftEdit::new(EditKind::InsertWeek) };
        let first = team.mentor.call(edits(id, base, vec![title("a", "멘토의 이름"), insert])).await.unwrap();
        assert_eq!((first.revision, laid(&first)), (base + 1, vec![(2, "a"), (3, "b"), (3, "c")]));
        assert!(first.weeks.is_none(), "one's own weeks are where one put them");

        let longer = TaskFields { duration: Some(9), ..TaskFields::default() };
        let theirs = vec![change("a", longer), title("a", "관리자의 이름"), add("new", 2, Some("b"))];
        let second = team.admin.call(edits(id, base, theirs)).await.unwrap();
        assert_eq!(laid(&second), [(2, "a"), (3, "b"), (3, "new"), (3, "c")]);
        assert_eq!(second.weeks.as_ref().unwrap()[..2], [Some(2), Some(3)]);
        let [conflict] = second.conflicts.as_slice() else { panic!("{:?}", second.conflicts) };
        assert_eq!((conflict.kind, conflict.theirs.as_str()), (ConflictKind::SameField, Some("멘토의 이름")));
        assert_eq!(conflict.by.as_deref(), Some(team.mentor.name.as_str()));
        assert_eq!(second.edited_by, std::slice::from_ref(&team.mentor.name));

        let whole = team.mentor.call(get(id)).await.unwrap();
        assert_eq!((whole.tasks[0].title.as_str(), whole.tasks[0].duration), ("관리자의 이름", 9));
        assert_eq!((whole.revision, whole.curriculum.total_weeks, whole.curriculum.task_count), (base + 2, 3, 4));
        assert_eq!(whole.tasks[3], contract::curriculum::TemplateTask { week: 3, ..task("c", 2, &["a", "b"]) });

        // What the mentor has not seen, and no more.
        let news = team.mentor.call(since(id, Some(base + 1))).await.unwrap();
        assert_eq!(news.tasks.iter().map(|task| task.key.as_str()).collect::<Vec<_>>(), ["a", "new"]);
        assert_eq!((news.edited_by.as_slice(), news.weeks), ([team.admin.name.clone()].as_slice(), None));
        let nothing = team.mentor.call(since(id, Some(base + 2))).await.unwrap();
        assert!(!nothing.is_changed && nothing.order.is_empty());
        let all = team.mentor.call(since(id, None)).await.unwrap();
        assert_eq!((all.tasks, all.since), (whole.tasks, None));
    }

    async fn many_people_at_once_lose_nothing(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let made = create(&team.mentor, "함께", Some(team.department_id)).await;
        let id = made.curriculum.curriculum_id;
        let saved = team.mentor.call(save(id, three_tasks(), None)).await.unwrap();
        let people = [&team.mentor, &team.other_mentor, &team.admin];
        let mut expected = vec!["a".to_owned(), "b".to_owned(), "c".to_owned()];
        for round in 0..6 {
            let keys: Vec<String> = (0..3).map(|who| format!("k{round}-{who}")).collect();
            // All from the very first revision.
            let calls = people.iter().zip(&keys).map(|(person, key)| {
                person.call(edits(id, saved.revision, vec![add(key, 1, None), title("c", key)]))
            });
            for answer in futures_util::future::join_all(calls).await {
                answer.unwrap();
            }
            expected.extend(keys);
        }
        let draft = team.admin.call(get(id)).await.unwrap();
        let mut keys: Vec<_> = draft.tasks.iter().map(|task| task.key.clone()).collect();
        keys.sort();
        expected.sort();
        assert_eq!(keys, expected);
        assert_eq!(draft.revision, saved.revision + 18);
    }

    async fn an_unchanged_draft_costs_one_statement_and_no_body(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let (id, base) = drafted(&team.mentor, stage).await;
        let path = format!("/api/curriculum/{id}/edits");
        let ask = |seen: String| {
            let request = axum::http::Request::get(format!("{path}?since={base}"))
                .header("authorization", format!("Bearer {}", team.mentor.token))
                .header("if-none-match", seen)
                .body(axum::body::Body::empty())
                .unwrap();
            stage.transport.clone().oneshot(request)
        };
        let first = ask("\"another\"".to_owned()).await.unwrap();
        let response = ask(first.headers()["etag"].to_str().unwrap().to_owned()).await.unwrap();
        assert_eq!((response.status().as_u16(), response.headers()["naru-statements"].to_str().unwrap()), (304, "1"));
        assert!(response.into_body().collect().await.unwrap().to_bytes().is_empty());
        let edit = edits(id, base, vec![add("x", 2, Some("")), DraftEdit { key: Some("a".into()), ..DraftEdit::new(EditKind::Remove) }]);
        let (status, statements) = raw(stage, &team.mentor, &path, edit).await;
        assert_eq!(status, 200);
        assert!(statements <= 9, "{statements} statements, however many tasks");
        let draft = team.mentor.call(get(id)).await.unwrap();
        assert_eq!(draft.tasks.iter().map(|task| task.key.as_str()).collect::<Vec<_>>(), ["x", "b", "c"]);
        assert!(draft.tasks.iter().all(|task| !task.depends_on.contains(&"a".to_owned())));
    }

    async fn a_draft_that_was_replaced_must_be_read_again(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let (id, base) = drafted(&team.mentor, stage).await;
        team.admin.call(save(id, three_tasks(), Some(base))).await.unwrap();
        assert_eq!(refused(team.mentor.call(edits(id, base, vec![title("a", "x")])).await).code, Code::Stale);
        assert_eq!(refused(team.mentor.call(edits(id, base + 7, vec![title("a", "x")])).await).code, Code::Stale);
        assert_eq!(team.mentor.call(since(id, Some(base))).await.unwrap().since, None, "the whole draft is answered");
        team.mentor.call(edits(id, base + 1, vec![title("a", "x")])).await.unwrap();
        let late = team.admin.call(save(id, three_tasks(), Some(base + 1))).await;
        assert_eq!(refused(late).code, Code::Stale, "whoever replaces the draft must have seen the edits");
    }

    async fn edits_that_cannot_be_are_refused_whole(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let (id, base) = drafted(&team.mentor, stage).await;
        let circle = change("a", TaskFields { depends_on: Some(vec!["c".into()]), ..TaskFields::default() });
        let bad = vec![title("a", "그대로"), circle, title("nowhere", "x"), add("b", 1, None)];
        let refusal = refused(team.mentor.call(edits(id, base, bad)).await);
        let fields: Vec<_> = refusal.errors.iter().map(|error| format!("{} {}", error.field, error.code)).collect();
        assert_eq!(fields, ["edits.1.fields.depends_on cycle", "edits.2.key not_found", "edits.3.task.key repeated"]);
        assert_eq!(refusal.errors[0].params["tasks"], "그대로 → 과제 c → 그대로");
        let long = change("a", TaskFields { duration: Some(0), title: Some("x".repeat(201)), ..TaskFields::default() });
        let mut fields = bad_fields(team.mentor.call(edits(id, base, vec![long])).await);
        fields.sort();
        assert_eq!(fields, ["edits.0.fields.duration too_small", "edits.0.fields.title too_long"]);
        assert_eq!(bad_fields(team.mentor.call(edits(id, base, vec![])).await), ["edits too_few"]);
        assert_eq!(team.mentor.call(get(id)).await.unwrap().revision, base, "nothing of it was kept");

        let tasks = (0..500).map(|_| task("", 1, &[])).collect();
        let full = team.mentor.call(save(id, Draft { week_notes: vec![], tasks }, None)).await.unwrap();
        let more = team.mentor.call(edits(id, full.revision, vec![add("more", 1, None)])).await;
        assert_eq!(bad_fields(more), ["edits.0.task too_many"]);
    }

    async fn who_may_not_edit_can_only_look(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let outsider = outsider(stage, &team).await;
        let other = stage.team("누리은행").await;
        let (id, base) = drafted(&team.mentor, stage).await;
        assert!(outsider.call(since(id, Some(1))).await.unwrap().is_changed);
        assert_eq!(refused(outsider.call(edits(id, base, vec![title("a", "x")])).await).code, Code::Denied);
        assert_eq!(refused(team.mentee.call(since(id, None)).await).code, Code::Denied);
        assert_eq!(refused(other.admin.call(since(id, None)).await).code, Code::NotFound);
        assert_eq!(refused(other.admin.call(edits(id, base, vec![title("a", "x")])).await).code, Code::NotFound);
        team.mentor.call(publish(id)).await.unwrap();
        team.mentor.call(edits(id, base, vec![title("a", "나중 이름")])).await.unwrap();
        let version = team.mentor.call(GetVersion { curriculum_id: id, number: 1 }).await.unwrap();
        assert_eq!(version.tasks[0].title, "과제 a", "a published version never changes");
        assert!(version.curriculum.has_changes);
        team.mentor.call(archive(id, true)).await.unwrap();
        let archived = team.mentor.call(edits(id, version.revision, vec![title("a", "x")])).await;
        assert_eq!(refused(archived).code, Code::Archived);
    }
}
