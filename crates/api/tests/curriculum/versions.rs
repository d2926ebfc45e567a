//! Versions beside each other, and an older one taken back.

use crate::{create, get, outsider, publish, published, raw, save, task, three_tasks};
use contract::Code;
use contract::curriculum::{Draft, TemplateTask, WeekNote};
use contract::curriculum_diff::{
    ChangeKind, DiffCurriculum, DiffRange, GetKeptDraft, PieceKind, Restoration, RestoreKeptDraft,
    RestoreVersion, TaskField,
};
use contract::{CurriculumId, curriculum::CurriculumDetail};
use testkit::{bad_fields, on_both_engines, refused};

fn diff(curriculum_id: CurriculumId, from: Option<i64>, to: Option<i64>) -> DiffCurriculum {
    DiffCurriculum { curriculum_id, range: DiffRange { from, to } }
}

fn restore(curriculum_id: CurriculumId, number: i64) -> RestoreVersion {
    RestoreVersion { curriculum_id, restoration: Restoration { number }, if_match: None }
}

fn keys(detail: &CurriculumDetail) -> Vec<&str> {
    detail.tasks.iter().map(|task| task.key.as_str()).collect()
}

on_both_engines! {
    async fn what_was_added_removed_moved_and_changed_is_told_by_task_and_field(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let id = published(&team.mentor, "온보딩").await;
        let changed = TemplateTask {
            guideline: "1. 천천히 읽어요.\n2. 써요.\n".to_owned(),
            duration: 3,
            depends_on: vec![],
            ..task("b", 2, &[])
        };
        let draft = Draft {
            week_notes: vec![WeekNote { week: 1, note: "첫 주".to_owned() }],
            tasks: vec![task("d", 1, &[]), changed, task("a", 3, &[])],
        };
        team.mentor.call(save(id, draft, None)).await.unwrap();
        let diff_now = team.other_mentor.call(diff(id, None, None)).await.unwrap();
        assert_eq!((diff_now.from, diff_now.to, diff_now.unchanged), (1, 0, 0));
        let seen: Vec<_> =
            diff_now.tasks.iter().map(|task| (task.key.as_str(), task.change, task.week, task.old_week)).collect();
        assert_eq!(
            seen,
            [
                ("d", ChangeKind::Added, 1, None),
                ("b", ChangeKind::Changed, 2, None),
                ("c", ChangeKind::Removed, 2, None),
                ("a", ChangeKind::Moved, 3, Some(1)),
            ]
        );
        let b = &diff_now.tasks[1];
        let fields: Vec<_> = b.fields.iter().map(|field| field.field).collect();
        assert_eq!(fields, [TaskField::Guideline, TaskField::Duration, TaskField::DependsOn]);
        assert_eq!((b.fields[1].old.as_str(), b.fields[1].new.as_str()), ("2", "3"));
        assert_eq!((b.fields[2].old.as_str(), b.fields[2].new.as_str()), ("과제 a", ""));
        let words: Vec<_> = b.fields[0].pieces.iter().filter(|piece| piece.kind != PieceKind::Same).collect();
        assert_eq!(words.len(), 1, "{words:?}");
        assert_eq!((words[0].kind, words[0].text.trim()), (PieceKind::Added, "천천히"));
        let notes: Vec<_> = diff_now.week_notes.iter().map(|note| (note.week, note.change)).collect();
        assert_eq!(notes, [(1, ChangeKind::Added), (2, ChangeKind::Removed)]);

        let back = team.mentor.call(diff(id, Some(0), Some(1))).await.unwrap();
        assert_eq!(back.tasks.iter().filter(|task| task.change == ChangeKind::Added).count(), 1);
        assert!(team.mentor.call(diff(id, Some(1), Some(1))).await.unwrap().tasks.is_empty());
        assert_eq!(refused(team.mentor.call(diff(id, Some(7), None)).await).code, Code::NotFound);
        let (status, statements) =
            raw(stage, &team.mentor, &format!("/api/curriculum/{id}/diff?from=1&to=0"), diff(id, None, None)).await;
        assert_eq!((status, statements), (200, 3));
    }

    async fn an_older_version_becomes_the_draft_and_the_draft_before_comes_back(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let id = published(&team.mentor, "온보딩").await;
        let draft = Draft { week_notes: vec![], tasks: vec![task("b", 1, &[]), task("z", 4, &["b"])] };
        let saved = team.mentor.call(save(id, draft, None)).await.unwrap();
        assert!(team.mentor.call(GetKeptDraft { curriculum_id: id }).await.unwrap().kept.is_none());

        let stale = RestoreVersion { if_match: Some(saved.revision - 1), ..restore(id, 1) };
        assert_eq!(refused(team.mentor.call(stale).await).code, Code::Stale);
        let restored = team.mentor.call(restore(id, 1)).await.unwrap();
        assert_eq!(keys(&restored), ["a", "b", "c"]);
        assert_eq!(team.mentor.call(get(id)).await.unwrap(), restored);
        assert!(team.mentor.call(diff(id, Some(1), Some(0))).await.unwrap().tasks.is_empty());
        let kept = team.mentor.call(GetKeptDraft { curriculum_id: id }).await.unwrap().kept.unwrap();
        assert_eq!((kept.number, kept.task_count), (Some(1), 2));
        assert_eq!(kept.kept_by_name.as_deref(), Some("박서연"));

        let undo = RestoreKeptDraft { curriculum_id: id, if_match: Some(restored.revision) };
        let back = team.mentor.call(undo).await.unwrap();
        assert_eq!((&back.tasks, &back.week_notes), (&saved.tasks, &saved.week_notes));
        let again = team.mentor.call(RestoreKeptDraft { curriculum_id: id, if_match: None }).await.unwrap();
        assert_eq!(keys(&again), ["a", "b", "c"], "undoing can be undone");

        assert_eq!(bad_fields(team.mentor.call(restore(id, 9)).await), ["number not_found"]);
        let outsider = outsider(stage, &team).await;
        assert_eq!(refused(outsider.call(restore(id, 1)).await).code, Code::Denied);
        let undo = RestoreKeptDraft { curriculum_id: id, if_match: None };
        assert_eq!(refused(outsider.call(undo).await).code, Code::Denied);
        let empty = create(&team.mentor, "빈 과정", None).await.curriculum.curriculum_id;
        let undo = RestoreKeptDraft { curriculum_id: empty, if_match: None };
        assert_eq!(refused(team.mentor.call(undo).await).code, Code::Conflict);
        team.mentor.call(save(empty, three_tasks(), None)).await.unwrap();
        team.mentor.call(publish(empty)).await.unwrap();
    }
}
