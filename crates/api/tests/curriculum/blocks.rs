//! Task blocks: kept from tasks, listed, renamed, deleted; and who may.

use crate::{department, outsider, task};
use contract::blocks::{
    Block, BlockFilter, BlockPatch, CreateBlock, DeleteBlock, GetBlock, ListBlocks, NewBlock, UpdateBlock,
};
use contract::curriculum::TemplateTask;
use contract::{BlockId, Code, DepartmentId};
use testkit::{Person, bad_fields, on_both_engines, refused};

fn new(name: &str, department_id: Option<DepartmentId>, tasks: Vec<TemplateTask>) -> CreateBlock {
    CreateBlock { block: NewBlock { name: name.to_owned(), department_id, tasks } }
}

fn rename(block_id: BlockId, name: &str) -> UpdateBlock {
    UpdateBlock { block_id, patch: BlockPatch { name: Some(name.to_owned()), ..BlockPatch::default() } }
}

async fn names(person: &Person) -> Vec<String> {
    let page = person.call(ListBlocks { filter: BlockFilter::default() }).await.unwrap();
    page.items.into_iter().map(|block: Block| block.name).collect()
}

on_both_engines! {
    async fn a_block_keeps_its_tasks_and_what_they_wait_for_among_themselves(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let made = team.mentor.call(new("  보안 기본 ", None, vec![task("b", 6, &["a"]), task("a", 4, &[])])).await.unwrap();
        assert_eq!((made.block.name.as_str(), made.block.total_weeks, made.block.task_count), ("보안 기본", 3, 2));
        let weeks: Vec<_> = made.tasks.iter().map(|task| (task.key.as_str(), task.week)).collect();
        assert_eq!(weeks, [("a", 1), ("b", 3)], "weeks count from the first one's");
        assert_eq!(made.block.created_by_name.as_deref(), Some(team.mentor.name.as_str()));
        let again = team.other_mentor.call(GetBlock { block_id: made.block.block_id }).await.unwrap();
        assert_eq!(again.tasks, made.tasks);
        assert!(made.block.can_edit && !again.block.can_edit);

        assert_eq!(bad_fields(team.mentor.call(new("빈", None, vec![])).await), ["tasks too_few"]);
        assert_eq!(bad_fields(team.mentor.call(new(" ", None, vec![task("a", 1, &[])])).await), ["name required"]);
        let loose = new("밖", None, vec![task("a", 1, &["elsewhere"])]);
        assert_eq!(bad_fields(team.mentor.call(loose).await), ["tasks.0.depends_on.0 not_found"]);
        let circle = new("원", None, vec![task("a", 1, &["b"]), task("b", 1, &["a"])]);
        assert_eq!(bad_fields(team.mentor.call(circle).await), ["tasks.0.depends_on cycle"]);
    }

    async fn blocks_are_their_makers_and_their_departments(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let other = stage.team("누리은행").await;
        let outsider = outsider(stage, &team).await;
        let elsewhere = department(&team, "영업팀").await;
        let one = |name: &str, department_id| new(name, department_id, vec![task("a", 1, &[])]);
        let common = team.admin.call(one("다", None)).await.unwrap().block.block_id;
        let own = team.mentor.call(one("가", None)).await.unwrap().block.block_id;
        let departments = team.admin.call(one("나", Some(team.department_id))).await.unwrap().block.block_id;
        assert_eq!(names(&outsider).await, ["가", "나", "다"]);
        for (person, block_id, may) in [
            (&team.mentor, common, false),
            (&team.mentor, own, true),
            (&team.other_mentor, own, false),
            (&team.other_mentor, departments, true),
            (&outsider, departments, false),
            (&team.admin, own, true),
        ] {
            let renamed = person.call(rename(block_id, "새 이름")).await;
            if may {
                assert_eq!(renamed.unwrap().name, "새 이름");
            } else {
                assert_eq!(refused(renamed).code, Code::Denied);
                assert_eq!(refused(person.call(DeleteBlock { block_id }).await).code, Code::Denied);
            }
        }
        let to = |department_id| UpdateBlock { block_id: own, patch: BlockPatch { name: None, department_id: Some(department_id) } };
        assert_eq!(bad_fields(team.mentor.call(to(Some(elsewhere))).await), ["department_id not_allowed"]);
        assert_eq!(bad_fields(team.admin.call(to(Some(other.department_id))).await), ["department_id not_found"]);
        let moved = team.mentor.call(to(Some(team.department_id))).await.unwrap();
        assert_eq!(moved.department_name.as_deref(), Some("플랫폼개발팀"));
        assert_eq!(bad_fields(team.mentor.call(one("x", Some(elsewhere))).await), ["department_id not_allowed"]);
        assert_eq!(bad_fields(team.admin.call(one("x", Some(other.department_id))).await), ["department_id not_found"]);

        assert!(names(&other.admin).await.is_empty());
        assert_eq!(refused(other.admin.call(GetBlock { block_id: own }).await).code, Code::NotFound);
        assert_eq!(refused(other.admin.call(rename(own, "x")).await).code, Code::NotFound);
        assert_eq!(refused(other.admin.call(DeleteBlock { block_id: own }).await).code, Code::NotFound);
        assert_eq!(refused(team.mentee.call(GetBlock { block_id: own }).await).code, Code::Denied);
        team.mentor.call(DeleteBlock { block_id: own }).await.unwrap();
        assert_eq!(refused(team.mentor.call(GetBlock { block_id: own }).await).code, Code::NotFound);
    }

    async fn the_list_is_turned_page_by_page(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        for name in ["나", "가", "가"] {
            team.mentor.call(new(name, None, vec![task("a", 1, &[])])).await.unwrap();
        }
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let page = team.admin.call(ListBlocks { filter: BlockFilter { limit: Some(1), cursor } }).await.unwrap();
            seen.extend(page.items.into_iter().map(|block| block.name));
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, ["가", "가", "나"]);
    }
}
