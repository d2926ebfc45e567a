//! From publishing to the archive, copies, and files.

use crate::{archive, create, get, publish, published, rename, save, task, three_tasks, titles};
use contract::curriculum::{
    CopyCurriculum, CurriculumFilter, CurriculumState, DeleteCurriculum, Draft, ExportCurriculum, GetVersion,
    ImportCurriculum, ListVersions,
};
use contract::curriculum::{CopyTarget, FileOptions};
use contract::{Code, File};
use testkit::{bad_fields, on_both_engines, refused};

on_both_engines! {
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

    async fn of_two_publishings_at_the_same_time_one_makes_the_version(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let id = create(&team.mentor, "온보딩", Some(team.department_id)).await.curriculum.curriculum_id;
        for number in 1..5 {
            let tasks = vec![task(&format!("k{number}"), 1, &[])];
            team.mentor.call(save(id, Draft { week_notes: vec![], tasks }, None)).await.unwrap();
            let (first, second) = tokio::join!(team.mentor.call(publish(id)), team.admin.call(publish(id)));
            let (made, late) = if first.is_ok() { (first, second) } else { (second, first) };
            assert_eq!(made.unwrap().number, number);
            assert_eq!(refused(late).code, Code::Conflict);
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
        let copy = team.mentor.call(CopyCurriculum { curriculum_id: id, target: CopyTarget::default() }).await.unwrap();
        assert_eq!(copy.curriculum.title, "온보딩 (복사본)");
        assert_eq!(copy.curriculum.description, "설명");
        assert_eq!((&copy.tasks, &copy.week_notes), (&source.tasks, &source.week_notes));
        assert_eq!(copy.curriculum.state, CurriculumState::Draft);
        assert_eq!((copy.curriculum.created_by, copy.curriculum.can_edit), (Some(team.mentor.user_id), true));
        assert_eq!(team.mentor.call(get(copy.curriculum.curriculum_id)).await.unwrap(), copy);
        team.mentor.call(save(copy.curriculum.curriculum_id, Draft { week_notes: vec![], tasks: vec![] }, None)).await.unwrap();
        assert_eq!(team.admin.call(get(id)).await.unwrap().tasks, source.tasks);
        let long = create(&team.admin, &"가".repeat(200), None).await.curriculum.curriculum_id;
        let copy = team.admin.call(CopyCurriculum { curriculum_id: long, target: CopyTarget::default() }).await.unwrap();
        assert_eq!(copy.curriculum.title.chars().count(), 200);
        assert!(copy.curriculum.title.ends_with(" (복사본)"));
    }

    async fn what_is_exported_is_imported_again_to_the_letter(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        for ready in api::library() {
            let file = File { media_type: "application/yaml".to_owned(), name: None, bytes: ready.yaml.into() };
            let made = team.mentor.call(ImportCurriculum { options: FileOptions::default(), file }).await.unwrap();
            assert_eq!(made.curriculum.title, ready.curriculum.title);
            assert_eq!(made.tasks, ready.curriculum.draft.tasks);
            let curriculum_id = made.curriculum.curriculum_id;
            assert_eq!(team.mentor.call(get(curriculum_id)).await.unwrap(), made);
            let file = team.admin.call(ExportCurriculum { curriculum_id, options: FileOptions::default() }).await.unwrap();
            assert_eq!(file.name, Some(format!("{}.yaml", made.curriculum.title.replace('/', " "))));
            let again = team.admin.call(ImportCurriculum { options: FileOptions::default(), file }).await.unwrap();
            assert_eq!((again.tasks, again.week_notes), (made.tasks, made.week_notes));
        }
        let file = File { bytes: "format: naru-curriculum/1\nlanguage: fr\n".into(), ..File::default() };
        let problem = refused(team.mentor.call(ImportCurriculum { options: FileOptions::default(), file }).await);
        assert_eq!((problem.errors[0].field.as_str(), problem.errors[0].params["line"].as_str()), ("file", "2"));
        let file = File { bytes: "".into(), ..File::default() };
        assert_eq!(refused(team.mentor.call(ImportCurriculum { options: FileOptions::default(), file }).await).code, Code::Invalid);
    }

    async fn running_mentorships_are_counted_once_for_the_curriculum_and_for_each_version(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let id = published(&team.admin, "온보딩").await;
        team.admin.call(save(id, three_tasks(), None)).await.unwrap();
        team.admin.call(publish(id)).await.unwrap();
        for (mentee, status) in [(&team.mentee, "active"), (&team.mentee, "ended"), (&team.other_mentee, "paused")] {
            let mut tx = stage.db.write().await.unwrap();
            let (mentorship_id,): (i64,) = tx
                .query(
                    "INSERT INTO mentorships (company_id, mentor_id, mentee_id, title, start_on, end_on, total_weeks, status,
                                              sources, created_at)
                     VALUES ($1, $2, $3, '온보딩', $4, $4, 2, $5, '[]', $6) RETURNING mentorship_id",
                )
                .bind(team.company_id.clone())
                .bind(team.mentor.user_id)
                .bind(mentee.user_id)
                .bind(stage.clock.now().date_naive())
                .bind(status.to_owned())
                .bind(stage.clock.now())
                .one()
                .await
                .unwrap();
            tx.query(
                "INSERT INTO mentorship_sources (mentorship_id, version_id, company_id, curriculum_id)
                 SELECT $1, version_id, company_id, curriculum_id FROM curriculum_versions
                 WHERE curriculum_id = $2 AND number IS NOT NULL",
            )
            .bind(mentorship_id)
            .bind(id)
            .execute()
            .await
            .unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(team.mentor.call(get(id)).await.unwrap().curriculum.in_use, 2);
        let versions = team.mentor.call(ListVersions { curriculum_id: id }).await.unwrap().items;
        assert_eq!(versions.iter().map(|version| version.in_use).collect::<Vec<_>>(), [2, 2]);
        assert_eq!(team.admin.call(archive(id, true)).await.unwrap().in_use, 2, "archived, and still running");
    }
}
