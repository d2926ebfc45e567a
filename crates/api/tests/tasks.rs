//! Tasks: edits by role, moves with their record, sub-tasks, versions, the review queue.

mod plan_stage;

use chrono::Duration;
use contract::{
    Code, TaskId,
    curriculum::Priority,
    mentorship::CreateMentorship,
    policy::{Role, Roles},
    tasks::{
        CreateTask, DeleteTask, Due, EventKind, GetTask, ListReviewQueue, ListTaskEvents, ListTasks,
        MoveTask, NewTask, QueueFilter, StatusMove, TaskFilter, TaskPatch, TaskSort,
        TaskStatus::{Done, InProgress, Returned, Skipped, Submitted, Todo},
        UpdateTask,
    },
};
use plan_stage::{Running, again, curriculum, day, edit, events, go, new, show, subtask};
use testkit::{Person, bad_fields, on_both_engines, refused};

const FIRST: &str = "개발 환경 준비";

fn submission(text: &str) -> TaskPatch {
    TaskPatch { submission: Some(text.to_owned()), ..TaskPatch::default() }
}

async fn queue(person: &Person) -> Vec<TaskId> {
    let items = person.call(ListReviewQueue { filter: QueueFilter::default() }).await.expect("a queue").items;
    items.into_iter().map(|item| item.task_id).collect()
}

fn extra(run: &Running, starts_on: &str, due_on: &str) -> NewTask {
    NewTask {
        mentorship_id: run.mentorship.mentorship_id,
        title: "추가 과제".to_owned(),
        guideline: "읽어 보세요".to_owned(),
        week: 2,
        priority: Priority::High,
        starts_on: day(starts_on),
        due_on: day(due_on),
        is_required: None,
    }
}

on_both_engines! {
    async fn a_task_goes_from_the_mentee_to_the_mentor_and_back(stage: Stage) {
        let run = Running::on(stage).await;
        let (mentee, mentor, task_id) = (&run.team.mentee, &run.team.mentor, run.task(FIRST));
        let task = go(mentee, task_id, InProgress, "").await.unwrap();
        assert_eq!((task.started_at, task.version, &task.allowed[..]), (Some(stage.clock.now()), 2, &[Todo, Submitted][..]));
        edit(mentee, task_id, submission("다 했습니다")).await.unwrap();
        stage.clock.advance(Duration::minutes(1));
        let task = go(mentee, task_id, Submitted, "봐 주세요").await.unwrap();
        assert_eq!((task.submitted_at, task.status_comment.as_deref()), (Some(stage.clock.now()), None));
        assert_eq!(refused(edit(mentee, task_id, submission("더")).await).code, Code::Conflict);
        assert_eq!(bad_fields(go(mentor, task_id, Returned, " ").await), ["comment required"]);
        let task = go(mentor, task_id, Returned, "화면을 붙여 주세요").await.unwrap();
        assert_eq!(task.status_comment.as_deref(), Some("화면을 붙여 주세요"));
        go(mentee, task_id, InProgress, "").await.unwrap();
        let task = go(mentee, task_id, Submitted, "").await.unwrap();
        assert_eq!(task.status_comment.as_deref(), Some("화면을 붙여 주세요"), "until it is approved");
        let task = go(mentor, task_id, Done, "좋습니다").await.unwrap();
        assert_eq!((task.completed_at, task.status_comment, &task.allowed[..]), (Some(stage.clock.now()), None, &[InProgress][..]));
        assert_eq!(bad_fields(go(mentor, task_id, InProgress, "").await), ["comment required"]);
        let task = go(mentor, task_id, InProgress, "보안 검토에서 빠진 것이 있습니다").await.unwrap();
        assert_eq!((task.completed_at, task.started_at.is_some()), (None, true));

        let told: Vec<_> = events(mentee, task_id).await.into_iter().rev()
            .map(|event| (event.kind.as_str(), event.new_value.unwrap_or_default(), event.actor_name.unwrap_or_default(), event.comment.unwrap_or_default()))
            .collect();
        let expected = [
            ("created", "", "박서연", ""), ("moved", "in_progress", "한지우", ""), ("submission", "", "한지우", ""),
            ("moved", "submitted", "한지우", "봐 주세요"), ("moved", "returned", "박서연", "화면을 붙여 주세요"),
            ("moved", "in_progress", "한지우", ""), ("moved", "submitted", "한지우", ""), ("moved", "done", "박서연", "좋습니다"),
            ("moved", "in_progress", "박서연", "보안 검토에서 빠진 것이 있습니다"),
        ];
        let expected: Vec<_> = expected.map(|(kind, new, who, why)| (kind, new.to_owned(), who.to_owned(), why.to_owned())).into();
        assert_eq!(told, expected);
    }

    async fn a_refused_move_says_where_it_can_go(stage: Stage) {
        let run = Running::on(stage).await;
        let task_id = run.task(FIRST);
        let problem = refused(go(&run.team.mentee, task_id, Done, "").await);
        assert_eq!((problem.code, problem.allowed), (Code::MoveNotAllowed, vec!["in_progress".to_owned()]));
        let problem = refused(go(&run.team.admin, task_id, Submitted, "").await);
        assert_eq!((problem.code, problem.allowed), (Code::MoveNotAllowed, vec!["in_progress".to_owned(), "skipped".to_owned()]));
        for person in [&run.team.other_mentor, &run.team.other_mentee] {
            assert_eq!(refused(go(person, task_id, InProgress, "").await).code, Code::NotFound);
            assert_eq!(refused(edit(person, task_id, submission("x")).await).code, Code::NotFound);
        }
        let stranger = stage.team("다른회사").await;
        for person in [&stranger.admin, &stranger.mentor, &stranger.mentee] {
            assert_eq!(refused(go(person, task_id, InProgress, "").await).code, Code::NotFound);
            assert_eq!(refused(person.call(GetTask { task_id, if_match: None }).await).code, Code::NotFound);
            assert_eq!(refused(person.call(ListTaskEvents { task_id }).await).code, Code::NotFound);
            assert_eq!(refused(person.call(DeleteTask { task_id }).await).code, Code::NotFound);
            assert_eq!(refused(subtask(person, task_id, "x").await).code, Code::NotFound);
        }
        assert_eq!(show(&run.team.mentee, task_id).await.task.version, 1, "nothing happened");
    }

    async fn a_mentee_changes_the_submission_and_nothing_else(stage: Stage) {
        let run = Running::on(stage).await;
        let task_id = run.task(FIRST);
        let everything = TaskPatch {
            title: Some("쉬운 것".to_owned()),
            guideline: Some("안 해도 됨".to_owned()),
            submission: Some("한 것".to_owned()),
            priority: Some(Priority::Low),
            starts_on: Some(day("2026-09-08")),
            due_on: Some(day("2027-01-04")),
            is_required: Some(false),
        };
        assert_eq!(
            bad_fields(edit(&run.team.mentee, task_id, everything.clone()).await),
            ["title not_allowed", "guideline not_allowed", "priority not_allowed", "starts_on not_allowed", "due_on not_allowed", "is_required not_allowed"]
        );
        for guide in [&run.team.mentor, &run.team.admin] {
            assert_eq!(bad_fields(edit(guide, task_id, everything.clone()).await), ["submission not_allowed"]);
        }
        let task = edit(&run.team.mentor, task_id, TaskPatch { submission: None, ..everything }).await.unwrap();
        assert_eq!((task.title.as_str(), task.priority, task.due_on, task.is_required, task.version), ("쉬운 것", Priority::Low, day("2027-01-04"), false, 2));
        let mut fields: Vec<_> = events(&run.team.mentee, task_id).await.into_iter()
            .filter(|event| event.kind == EventKind::Edited)
            .map(|event| (event.field.unwrap_or_default(), event.old_value, event.new_value)).collect();
        fields.sort();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(fields, [
            ("due_on".to_owned(), some("2026-09-09"), some("2027-01-04")),
            ("guideline".to_owned(), None, None),
            ("is_required".to_owned(), some("true"), some("false")),
            ("priority".to_owned(), some("medium"), some("low")),
            ("starts_on".to_owned(), some("2026-09-07"), some("2026-09-08")),
            ("title".to_owned(), some(FIRST), some("쉬운 것")),
        ]);
        let same = TaskPatch { title: Some("쉬운 것".to_owned()), ..TaskPatch::default() };
        assert_eq!(edit(&run.team.mentor, task_id, same).await.unwrap().version, 2, "nothing changed, nothing is written");
    }

    async fn dates_by_hand_are_working_days_in_order(stage: Stage) {
        let run = Running::on(stage).await;
        let task_id = run.task(FIRST);
        let dates = |starts_on: Option<&str>, due_on: Option<&str>| TaskPatch {
            starts_on: starts_on.map(day), due_on: due_on.map(day), ..TaskPatch::default()
        };
        let mentor = &run.team.mentor;
        let refused = bad_fields(edit(mentor, task_id, dates(Some("2026-09-12"), Some("2026-09-25"))).await);
        assert_eq!(refused, ["starts_on not_working_day", "due_on not_working_day"]);
        assert_eq!(bad_fields(edit(mentor, task_id, dates(Some("2026-09-10"), None)).await), ["due_on before_start"]);
        assert_eq!(edit(mentor, task_id, dates(None, Some("2026-09-28"))).await.unwrap().due_on, day("2026-09-28"));
    }

    async fn a_stale_writer_is_told_and_loses_nothing(stage: Stage) {
        let run = Running::on(stage).await;
        let (mentee, task_id) = (&run.team.mentee, run.task(FIRST));
        let seen = show(mentee, task_id).await.version;
        let write = |text: &str, if_match| UpdateTask { task_id, patch: submission(text), if_match };
        let written = mentee.call(write("첫째", Some(seen))).await.unwrap();
        assert_eq!(written.version, seen + 1);
        assert_eq!(refused(mentee.call(write("둘째", Some(seen))).await).code, Code::Stale);
        let to = StatusMove { status: InProgress, comment: None };
        assert_eq!(refused(mentee.call(MoveTask { task_id, to: to.clone(), if_match: Some(seen) }).await).code, Code::Stale);
        assert_eq!(show(mentee, task_id).await.task.submission, "첫째");
        mentee.call(MoveTask { task_id, to, if_match: Some(seen + 1) }).await.unwrap();
        assert_eq!(mentee.call(write("셋째", None)).await.unwrap().version, seen + 3);
    }

    async fn writing_on_and_on_is_one_event_per_sitting(stage: Stage) {
        let run = Running::on(stage).await;
        let (mentee, task_id) = (&run.team.mentee, run.task(FIRST));
        for minute in 0..8 {
            edit(mentee, task_id, submission(&format!("{minute}분째"))).await.unwrap();
            stage.clock.advance(Duration::minutes(1));
        }
        let count = async || events(mentee, task_id).await.iter().filter(|event| event.kind == EventKind::Submission).count();
        assert_eq!(count().await, 1);
        stage.clock.advance(Duration::minutes(1));
        edit(mentee, task_id, submission("다시")).await.unwrap();
        assert_eq!(count().await, 1);
    }

    async fn thirty_approvals_at_once_are_one(stage: Stage) {
        let run = Running::on(stage).await;
        let task_id = run.task(FIRST);
        go(&run.team.mentee, task_id, InProgress, "").await.unwrap();
        go(&run.team.mentee, task_id, Submitted, "").await.unwrap();
        let attempts: Vec<_> = (0..30).map(|n| {
            let person = if n % 2 == 0 { run.team.mentor.clone() } else { run.team.admin.clone() };
            let (to, why) = if n % 3 == 0 { (Returned, "다시") } else { (Done, "") };
            tokio::spawn(async move { go(&person, task_id, to, why).await })
        }).collect();
        let mut won = 0;
        for attempt in attempts {
            match attempt.await.unwrap() {
                Ok(_) => won += 1,
                refusal => assert_eq!(refused(refusal).code, Code::MoveNotAllowed),
            }
        }
        assert_eq!(won, 1);
        let moved = events(&run.team.mentor, task_id).await;
        assert_eq!(moved.iter().filter(|event| event.kind == EventKind::Moved).count(), 3);
    }

    async fn subtasks_are_ticked_off_before_the_task_is_handed_in(stage: Stage) {
        let run = Running::on(stage).await;
        let (mentee, mentor, task_id) = (&run.team.mentee, &run.team.mentor, run.task(FIRST));
        go(mentee, task_id, InProgress, "").await.unwrap();
        let first = subtask(mentee, task_id, "도구 설치").await.unwrap();
        let second = subtask(mentor, task_id, "저장소 받기").await.unwrap();
        assert_eq!((second.parent_id, second.owner_id, &second.allowed[..]), (Some(task_id), mentee.user_id, &[InProgress, Skipped][..]));
        assert_eq!(refused(subtask(mentee, first.task_id, "더 잘게").await).code, Code::Conflict);
        assert_eq!(refused(go(mentee, task_id, Submitted, "").await).code, Code::OpenSubtasks);
        assert_eq!(refused(go(mentor, first.task_id, Done, "").await).code, Code::MoveNotAllowed);
        let done = go(mentee, first.task_id, Done, "").await.unwrap();
        assert_eq!((done.completed_at.is_some(), done.started_at.is_some()), (true, true));
        go(mentor, second.task_id, Skipped, "필요 없음").await.unwrap();
        let detail = show(mentee, task_id).await;
        assert_eq!((detail.task.subtasks, detail.task.subtasks_done), (2, 2));
        assert_eq!(detail.subtasks.iter().map(|one| one.title.as_str()).collect::<Vec<_>>(), ["도구 설치", "저장소 받기"]);
        assert_eq!(detail.subtasks[0].allowed, [Todo, InProgress]);
        go(mentee, first.task_id, Todo, "").await.unwrap();
        assert_eq!(show(mentee, task_id).await.task.subtasks_done, 1);
        go(mentee, first.task_id, Done, "").await.unwrap();
        go(mentee, task_id, Submitted, "").await.unwrap();
        assert_eq!(refused(go(mentee, first.task_id, Todo, "").await).code, Code::MoveNotAllowed, "under a task that was handed in");
        assert_eq!(refused(subtask(mentee, task_id, "하나 더").await).code, Code::Conflict);
        assert_eq!(refused(mentee.call(DeleteTask { task_id: first.task_id }).await).code, Code::Conflict);
        go(mentee, task_id, InProgress, "").await.unwrap();
        mentee.call(DeleteTask { task_id: first.task_id }).await.unwrap();
        let detail = show(mentee, task_id).await;
        assert_eq!((detail.task.subtasks, detail.task.subtasks_done), (1, 1));
        assert_eq!(detail.task.version, 4, "ticking off is no change of the task above");
        let kinds: Vec<_> = events(mentee, task_id).await.iter().map(|event| event.kind).collect();
        assert_eq!(kinds.iter().filter(|kind| **kind == EventKind::SubtaskAdded).count(), 2);
        assert_eq!(kinds.iter().filter(|kind| **kind == EventKind::SubtaskRemoved).count(), 1);
        let filter = TaskFilter { mentorship_id: Some(run.mentorship.mentorship_id), ..TaskFilter::default() };
        assert_eq!(mentee.call(ListTasks { filter }).await.unwrap().items.len(), 5, "lists have parents only");
    }

    async fn handing_in_and_unticking_at_once_never_leave_open_work(stage: Stage) {
        let run = Running::on(stage).await;
        let (mentee, task_id) = (&run.team.mentee, run.task(FIRST));
        go(mentee, task_id, InProgress, "").await.unwrap();
        let ticked = subtask(mentee, task_id, "도구 설치").await.unwrap().task_id;
        for _ in 0..10 {
            go(mentee, ticked, Done, "").await.unwrap();
            let (one, other) = (mentee.clone(), mentee.clone());
            let hand_in = tokio::spawn(async move { go(&one, task_id, Submitted, "").await.is_ok() });
            let untick = tokio::spawn(async move { go(&other, ticked, Todo, "").await.is_ok() });
            let (handed_in, unticked) = (hand_in.await.unwrap(), untick.await.unwrap());
            assert!(handed_in != unticked, "exactly one of them: {handed_in} {unticked}");
            if handed_in {
                go(mentee, task_id, InProgress, "").await.unwrap();
                go(mentee, ticked, Todo, "").await.unwrap();
            }
        }
        let detail = show(mentee, task_id).await;
        assert_eq!((detail.task.subtasks, detail.task.subtasks_done), (1, 0));
    }

    async fn guides_add_tasks_and_delete_what_was_never_started(stage: Stage) {
        let run = Running::on(stage).await;
        let (mentee, mentor) = (&run.team.mentee, &run.team.mentor);
        let create = |task| CreateTask { task, if_match: None };
        let added = mentor.call(create(extra(&run, "2026-09-14", "2026-09-16"))).await.unwrap();
        assert_eq!((added.owner_id, added.status, added.is_required, added.week), (mentee.user_id, Todo, true, 2));
        assert_eq!(refused(mentee.call(create(extra(&run, "2026-09-14", "2026-09-16"))).await).code, Code::Denied);
        assert_eq!(bad_fields(mentor.call(create(extra(&run, "2026-09-19", "2026-09-18"))).await), ["starts_on not_working_day", "due_on before_start"]);
        assert_eq!(bad_fields(run.team.other_mentor.call(create(extra(&run, "2026-09-14", "2026-09-16"))).await), ["mentorship_id not_found"]);
        let titles: Vec<_> = plan_stage::tasks_of(mentee, run.mentorship.mentorship_id).await.into_iter().map(|task| task.title).collect();
        assert_eq!(titles, ["개발 환경 준비", "팀 소개", "계정 발급", "보안 교육 읽기", "추가 과제", "첫 배포"]);

        assert_eq!(refused(mentee.call(DeleteTask { task_id: added.task_id }).await).code, Code::Denied);
        assert_eq!(refused(mentor.call(DeleteTask { task_id: run.task(FIRST) }).await).code, Code::Conflict, "the curriculum's are skipped");
        mentor.call(DeleteTask { task_id: added.task_id }).await.unwrap();
        let task_id = mentor.call(create(extra(&run, "2026-09-14", "2026-09-16"))).await.unwrap().task_id;
        go(mentee, task_id, InProgress, "").await.unwrap();
        go(mentee, task_id, Todo, "").await.unwrap();
        assert_eq!(refused(mentor.call(DeleteTask { task_id }).await).code, Code::Conflict, "it was started once");
    }

    async fn the_review_queue_has_own_mentees_oldest_first(stage: Stage) {
        let run = Running::on(stage).await;
        let team = &run.team;
        let (first, second) = (run.task(FIRST), run.task("첫 배포"));
        for task in [second, first] {
            go(&team.mentee, task, InProgress, "").await.unwrap();
            go(&team.mentee, task, Submitted, "").await.unwrap();
            stage.clock.advance(Duration::minutes(1));
        }
        assert_eq!(queue(&team.mentor).await, [second, first]);
        assert_eq!(queue(&team.admin).await, [second, first]);
        assert!(queue(&team.other_mentor).await.is_empty());
        assert_eq!(refused(team.mentee.call(ListReviewQueue { filter: QueueFilter::default() }).await).code, Code::Denied);
        let page = |cursor| ListReviewQueue { filter: QueueFilter { limit: Some(1), cursor } };
        let one = team.mentor.call(page(None)).await.unwrap();
        assert_eq!((one.items[0].length, one.items[0].attempt, one.items[0].mentee_name.as_str()), (6, 1, "한지우"));
        let two = team.mentor.call(page(one.next)).await.unwrap();
        assert_eq!((two.items[0].task_id, two.next), (first, None));
        go(&team.mentor, second, Done, "").await.unwrap();
        assert_eq!(queue(&team.mentor).await, [first]);
        let mentorship_id = run.mentorship.mentorship_id;
        team.mentor.call(contract::mentorship::CompleteMentorship { mentorship_id }).await.unwrap();
        assert!(queue(&team.mentor).await.is_empty(), "nothing waits in what is over");
    }

    async fn nobody_guides_their_own_plan(stage: Stage) {
        let run = Running::on(stage).await;
        let team = &run.team;
        let mut both = Vec::new();
        for (roles, word) in [([Role::Mentor, Role::Mentee], "both"), ([Role::Admin, Role::Mentee], "chief")] {
            let email = format!("{word}@{}.example", team.company_id.0);
            let person = stage.person(Some(&team.company_id), None, ("문", "하나"), &email, Roles::of(roles)).await;
            let mut wanted = new(team, &[run.version_id], "2026-09-07");
            wanted.mentee_id = person.user_id;
            let started = team.mentor.call(CreateMentorship { mentorship: wanted }).await.unwrap();
            let tasks = plan_stage::tasks_of(&person, started.mentorship_id).await;
            both.push((person, started.mentorship_id, tasks[0].task_id));
        }
        for (person, mentorship_id, task_id) in both {
            go(&person, task_id, InProgress, "").await.unwrap();
            let handed_in = go(&person, task_id, Submitted, "").await.unwrap();
            assert_eq!(handed_in.allowed, [InProgress], "no approving of one's own work");
            assert_eq!(refused(go(&person, task_id, Done, "").await).code, Code::MoveNotAllowed);
            let title = TaskPatch { title: Some("x".to_owned()), ..TaskPatch::default() };
            assert_eq!(bad_fields(edit(&person, task_id, title).await), ["title not_allowed"]);
            assert!(!queue(&person).await.contains(&task_id));
            let end = contract::mentorship::CompleteMentorship { mentorship_id };
            assert_eq!(refused(person.call(end).await).code, Code::Denied);
            let mut task = extra(&run, "2026-09-14", "2026-09-16");
            task.mentorship_id = mentorship_id;
            assert_eq!(refused(person.call(CreateTask { task, if_match: None }).await).code, Code::Denied);
        }
    }

    async fn a_mentor_finishes_their_own_task(stage: Stage) {
        let run = Running::on(stage).await;
        let task_id = run.task("팀 소개");
        assert!(show(&run.team.mentee, task_id).await.task.allowed.is_empty(), "it is not the mentee's");
        assert_eq!(bad_fields(edit(&run.team.mentee, task_id, submission("x")).await), ["submission not_allowed"]);
        go(&run.team.mentor, task_id, InProgress, "").await.unwrap();
        go(&run.team.mentor, task_id, Done, "").await.unwrap();
    }

    async fn lists_filter_sort_and_page(stage: Stage) {
        let run = Running::on(stage).await;
        let team = &run.team;
        let other = curriculum(stage, team, "둘째", &[("다른 과제", 1, 0, 1, "mentee", true)]).await;
        let mut wanted = new(team, &[other], "2026-09-07");
        wanted.mentee_id = team.other_mentee.user_id;
        team.mentor.call(CreateMentorship { mentorship: wanted }).await.unwrap();
        let titles = async |person: &Person, filter: TaskFilter| -> Vec<String> {
            let tasks = person.call(ListTasks { filter }).await.unwrap().items;
            tasks.into_iter().map(|task| task.title).collect()
        };
        let all = TaskFilter::default;
        assert_eq!(titles(&team.mentee, all()).await, ["개발 환경 준비", "팀 소개", "계정 발급", "보안 교육 읽기", "첫 배포"]);
        assert_eq!(titles(&team.mentor, all()).await.len(), 6);
        assert_eq!(titles(&team.mentor, TaskFilter { week: Some(3), ..all() }).await, ["첫 배포"]);
        assert_eq!(titles(&team.mentor, TaskFilter { priority: Some(Priority::High), ..all() }).await, [""; 0]);
        assert_eq!(titles(&team.mentor, TaskFilter { skip: Some(5), ..all() }).await, ["다른 과제"]);
        for sort in [TaskSort::Plan, TaskSort::Due] {
            for mentorship_id in [None, Some(run.mentorship.mentorship_id)] {
                let filter = TaskFilter { sort: Some(sort), mentorship_id, ..all() };
                let whole = titles(&team.admin, filter.clone()).await;
                let (mut paged, mut cursor) = (Vec::new(), None);
                loop {
                    let filter = TaskFilter { limit: Some(2), cursor, ..filter.clone() };
                    let page = team.admin.call(ListTasks { filter }).await.unwrap();
                    paged.extend(page.items.into_iter().map(|task| task.title));
                    cursor = page.next;
                    if cursor.is_none() { break; }
                }
                assert_eq!(paged, whole);
                assert_eq!(whole.len(), if mentorship_id.is_some() { 5 } else { 6 });
            }
        }
        go(&team.mentee, run.task(FIRST), InProgress, "").await.unwrap();
        assert_eq!(titles(&team.mentor, TaskFilter { status: Some(InProgress), ..all() }).await, [FIRST]);
        let first = TaskFilter { limit: Some(1), ..all() };
        let cursor = team.mentor.call(ListTasks { filter: first }).await.unwrap().next;
        let filter = TaskFilter { cursor, sort: Some(TaskSort::Due), ..all() };
        assert_eq!(bad_fields(team.mentor.call(ListTasks { filter }).await), ["cursor bad_format"], "of another order");
    }

    async fn due_is_seen_from_the_company_s_today(stage: Stage) {
        let run = Running::on(stage).await;
        let mentor = &run.team.mentor;
        let mentorship_id = Some(run.mentorship.mentorship_id);
        // 08:59 in Seoul is still the day before in UTC: half past midnight on the 9th in Seoul.
        stage.clock.set_day(day("2026-09-08"));
        stage.clock.advance(Duration::minutes(15 * 60 + 30));
        let mentor = again(stage, mentor).await;
        let due = async |due| {
            let filter = TaskFilter { due: Some(due), mentorship_id, ..TaskFilter::default() };
            let tasks = mentor.call(ListTasks { filter }).await.unwrap().items;
            tasks.into_iter().map(|task| task.title).collect::<Vec<_>>()
        };
        assert_eq!(due(Due::Overdue).await, ["팀 소개", "계정 발급"]);
        assert_eq!(due(Due::Today).await, [FIRST]);
        assert_eq!(due(Due::Week).await, [FIRST]);
    }
}
