//! Memos: whose they are, who reads them, what is hidden from a mentee.

mod plan_stage;

use chrono::Duration;
use contract::{
    Code, TaskId,
    memo::{
        CreateMemo, DeleteMemo, GetMemo, ListMemoEdits, ListMemos, ListMentionable, Memo, MemoFilter,
        MemoPatch, MentionFilter, NewMemo, UpdateMemo,
    },
    mentorship::CreateMentorship,
    policy::{Role, Roles},
};
use plan_stage::{Running, new, show, tasks_of};
use testkit::{Person, bad_fields, on_both_engines, refused};

async fn write(
    person: &Person,
    task_id: TaskId,
    body: &str,
    mentor_only: bool,
) -> Result<Memo, client::CallError> {
    person.call(CreateMemo { memo: NewMemo { task_id, body: body.to_owned(), mentor_only } }).await
}

async fn read(person: &Person, task_id: TaskId) -> Vec<String> {
    let filter = MemoFilter { task_id, limit: None, cursor: None };
    person.call(ListMemos { filter }).await.expect("memos").items.into_iter().map(|memo| memo.body).collect()
}

on_both_engines! {
    async fn the_pair_and_the_admin_talk_about_a_task(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, task_id) = (&run.team, run.task("첫 배포"));
        for (person, body) in [(&team.mentee, "**막혔어요**"), (&team.mentor, "<script>alert(1)</script>"), (&team.admin, "응원합니다")] {
            let memo = write(person, task_id, body, false).await.unwrap();
            assert_eq!((memo.author_id, memo.body.as_str(), memo.edited_at), (person.user_id, body, None), "kept as written");
        }
        for person in [&team.mentee, &team.mentor, &team.admin] {
            assert_eq!(read(person, task_id).await, ["**막혔어요**", "<script>alert(1)</script>", "응원합니다"]);
        }
        let detail = show(&team.mentee, task_id).await;
        assert_eq!((detail.task.memos, detail.task.version), (3, 1));
        let page = |cursor| ListMemos { filter: MemoFilter { task_id, limit: Some(2), cursor } };
        let first = team.mentee.call(page(None)).await.unwrap();
        let second = team.mentee.call(page(first.next)).await.unwrap();
        assert_eq!((first.items.len(), second.items.len(), second.next), (2, 1, None));
        assert_eq!(bad_fields(write(&team.mentee, task_id, " \n ", false).await), ["body required"]);
        assert_eq!(bad_fields(write(&team.mentee, task_id, &"가".repeat(10_001), false).await), ["body too_long"]);
    }

    async fn strangers_neither_read_nor_write(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, task_id) = (&run.team, run.task("첫 배포"));
        let memo_id = write(&team.mentee, task_id, "우리끼리", false).await.unwrap().memo_id;
        let other = stage.team("다른회사").await;
        for person in [&team.other_mentor, &team.other_mentee, &other.admin, &other.mentor, &other.mentee] {
            let filter = MemoFilter { task_id, limit: None, cursor: None };
            assert_eq!(refused(person.call(ListMemos { filter }).await).code, Code::NotFound);
            assert_eq!(refused(person.call(GetMemo { memo_id }).await).code, Code::NotFound);
            assert_eq!(refused(person.call(DeleteMemo { memo_id }).await).code, Code::NotFound);
            assert_eq!(bad_fields(write(person, task_id, "안녕", false).await), ["task_id not_found"]);
        }
        assert_eq!(read(&team.mentee, task_id).await, ["우리끼리"]);
    }

    async fn only_the_author_changes_a_memo(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, task_id) = (&run.team, run.task("첫 배포"));
        let memo_id = write(&team.mentee, task_id, "처음", false).await.unwrap().memo_id;
        let patch = || MemoPatch { body: "고침".to_owned() };
        for person in [&team.mentor, &team.admin] {
            assert_eq!(refused(person.call(UpdateMemo { memo_id, patch: patch() }).await).code, Code::Denied);
            assert_eq!(refused(person.call(DeleteMemo { memo_id }).await).code, Code::Denied);
        }
        stage.clock.advance(Duration::minutes(1));
        let edited = team.mentee.call(UpdateMemo { memo_id, patch: patch() }).await.unwrap();
        assert_eq!((edited.body.as_str(), edited.edited_at), ("고침", Some(stage.clock.now())));
        team.mentee.call(DeleteMemo { memo_id }).await.unwrap();
        assert_eq!(refused(team.mentee.call(GetMemo { memo_id }).await).code, Code::NotFound);
        assert_eq!(show(&team.mentee, task_id).await.task.memos, 0);
    }

    async fn memos_for_mentors_are_hidden_from_the_mentee(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, task_id) = (&run.team, run.task("첫 배포"));
        let memo_id = write(&team.mentor, task_id, "조심스럽게", true).await.unwrap().memo_id;
        assert_eq!(read(&team.admin, task_id).await, ["조심스럽게"]);
        assert!(read(&team.mentee, task_id).await.is_empty());
        assert_eq!(refused(team.mentee.call(GetMemo { memo_id }).await).code, Code::NotFound);
        assert_eq!(bad_fields(write(&team.mentee, task_id, "나도", true).await), ["mentor_only not_allowed"]);
        for (roles, word) in [([Role::Admin, Role::Mentee], "chief"), ([Role::Mentor, Role::Mentee], "both")] {
            let email = format!("{word}@{}.example", team.company_id.0);
            let person = stage.person(Some(&team.company_id), None, ("문", "하나"), &email, Roles::of(roles)).await;
            let mut wanted = new(team, &[run.version_id], "2026-09-07");
            wanted.mentee_id = person.user_id;
            let started = team.mentor.call(CreateMentorship { mentorship: wanted }).await.unwrap();
            let own = tasks_of(&person, started.mentorship_id).await[0].task_id;
            write(&team.mentor, own, "몰래", true).await.unwrap();
            assert!(read(&person, own).await.is_empty(), "whatever roles the mentee has beside");
            assert_eq!(bad_fields(write(&person, own, "나도", true).await), ["mentor_only not_allowed"]);
        }
    }

    async fn people_of_the_pair_and_admins_are_called_by_id(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, task_id) = (&run.team, run.task("첫 배포"));
        let ask = |task_id| ListMentionable { filter: MentionFilter { task_id } };
        let people = team.mentee.call(ask(task_id)).await.unwrap().items;
        assert_eq!(people.iter().map(|one| one.user_id).collect::<Vec<_>>(), [team.mentor.user_id, team.mentee.user_id, team.admin.user_id]);
        assert_eq!(refused(team.other_mentee.call(ask(task_id)).await).code, Code::NotFound);
        let body = format!("<@{}> 님, <@{}> 님 봐 주세요. 또 <@{}>", team.mentor.user_id, team.admin.user_id, team.mentor.user_id);
        let memo = write(&team.mentee, task_id, &body, false).await.unwrap();
        assert_eq!(memo.body, body);
        assert_eq!(memo.mentions.iter().map(|one| one.user_id).collect::<Vec<_>>(), [team.mentor.user_id, team.admin.user_id]);
        assert_eq!(memo.mentions[0].name, "박서연");
        let stranger = stage.team("다른회사").await;
        for other in [team.other_mentor.user_id, team.other_mentee.user_id, stranger.admin.user_id] {
            let refusal = write(&team.mentee, task_id, &format!("<@{other}> 안녕"), false).await;
            assert_eq!(bad_fields(refusal), ["body not_mentionable"]);
        }
        let patch = MemoPatch { body: "아무도 부르지 않기".to_owned() };
        let edited = team.mentee.call(UpdateMemo { memo_id: memo.memo_id, patch }).await.unwrap();
        assert!(edited.mentions.is_empty());
        assert_eq!(team.mentor.call(GetMemo { memo_id: memo.memo_id }).await.unwrap(), edited);
    }

    async fn what_a_memo_said_before_stays_readable_for_its_readers(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, task_id) = (&run.team, run.task("첫 배포"));
        let memo_id = write(&team.mentor, task_id, "첫째", false).await.unwrap().memo_id;
        for body in ["둘째", "둘째", "셋째"] {
            stage.clock.advance(Duration::minutes(1));
            let patch = MemoPatch { body: body.to_owned() };
            team.mentor.call(UpdateMemo { memo_id, patch }).await.unwrap();
        }
        let edits = team.mentee.call(ListMemoEdits { memo_id }).await.unwrap().items;
        assert_eq!(edits.iter().map(|edit| edit.body.as_str()).collect::<Vec<_>>(), ["둘째", "첫째"], "the same twice is once");
        assert_eq!((edits[0].editor_name.as_str(), edits[0].edited_at), ("박서연", stage.clock.now()));
        assert_eq!(refused(team.other_mentor.call(ListMemoEdits { memo_id }).await).code, Code::NotFound);
        let hidden = write(&team.mentor, task_id, "몰래", true).await.unwrap().memo_id;
        team.mentor.call(UpdateMemo { memo_id: hidden, patch: MemoPatch { body: "더 몰래".to_owned() } }).await.unwrap();
        assert_eq!(refused(team.mentee.call(ListMemoEdits { memo_id: hidden }).await).code, Code::NotFound);
        assert_eq!(team.admin.call(ListMemoEdits { memo_id: hidden }).await.unwrap().items[0].body, "몰래");
        team.mentor.call(DeleteMemo { memo_id }).await.unwrap();
        assert_eq!(refused(team.mentor.call(ListMemoEdits { memo_id }).await).code, Code::NotFound);
    }
}
