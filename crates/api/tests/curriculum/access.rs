//! Who reads and edits which curricula, and the list.

use crate::{
    archive, create, department, get, outsider, publish, published, rename, save, searching, three_tasks,
    titles, update,
};
use contract::Code;
use contract::curriculum::{
    CopyCurriculum, CreateCurriculum, CurriculumFilter, CurriculumPatch, DeleteCurriculum, ExportCurriculum,
    GetVersion, ListCurricula, ListVersions, NewCurriculum,
};
use contract::curriculum::{CopyTarget, FileOptions};
use testkit::{bad_fields, on_both_engines, refused};

on_both_engines! {
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
        let copy = outsider.call(CopyCurriculum { curriculum_id: departments, target: CopyTarget::default() }).await.unwrap().curriculum;
        assert_eq!((copy.department_name.as_deref(), copy.can_edit), (Some("인사팀"), true));
    }

    async fn the_department_must_be_one_the_caller_may_use(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let other = stage.team("누리은행").await;
        let elsewhere = department(&team, "인사팀").await;
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
            refused(admin.call(CopyCurriculum { curriculum_id: id, target: CopyTarget::default() }).await),
            refused(admin.call(ListVersions { curriculum_id: id }).await),
            refused(admin.call(GetVersion { curriculum_id: id, number: 1 }).await),
            refused(admin.call(ExportCurriculum { curriculum_id: id, options: FileOptions::default() }).await),
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
}
