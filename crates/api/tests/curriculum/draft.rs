//! The draft: saving it whole, two people at once, refusals.

use crate::{archive, create, get, publish, raw, rename, save, task, three_tasks};
use contract::Code;
use contract::curriculum::{
    CurriculumFilter, CurriculumState, Draft, ListCurricula, ListVersions, UpdateCurriculum,
};
use testkit::{bad_fields, on_both_engines, refused};

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

    async fn of_two_saves_at_the_same_time_one_is_kept(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let made = create(&team.mentor, "온보딩", Some(team.department_id)).await;
        let id = made.curriculum.curriculum_id;
        let one = |key: &str| Draft { week_notes: vec![], tasks: vec![task(key, 1, &[])] };
        for round in 0..5 {
            let (first, second) = tokio::join!(
                team.mentor.call(save(id, one("mine"), Some(made.revision + round))),
                team.other_mentor.call(save(id, one("theirs"), Some(made.revision + round))),
            );
            let (kept, late) = if first.is_ok() { (first, second) } else { (second, first) };
            assert_eq!(refused(late).code, Code::Stale);
            assert_eq!(team.admin.call(get(id)).await.unwrap(), kept.unwrap());
        }
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
