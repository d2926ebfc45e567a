//! Mentorships: the preview is what starts, on working days, at most one at a time, seen by whom it concerns.

mod plan_stage;

use contract::{
    Code, MentorshipId, VersionId,
    mentorship::{
        CompleteMentorship, CreateMentorship, EndMentorship, EndReason, GetMenteeHome, GetMentorship,
        ListMentorships, MentorshipFilter, MentorshipPatch, MentorshipStatus, PreviewMentorship,
        UpdateMentorship,
    },
    tasks::TaskStatus,
    timeline::{GetTimeline, TimelineFilter},
};
use plan_stage::{Running, TASKS, Template, again, curriculum, day, go, new, show, sql, tasks_of};
use testkit::{bad_fields, on_both_engines, refused};

fn end(mentorship_id: MentorshipId) -> EndMentorship {
    EndMentorship { mentorship_id, reason: EndReason { reason: "부서 이동".to_owned() } }
}

on_both_engines! {
    async fn the_preview_is_what_starts(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let first = curriculum(stage, &team, "회사 소개", TASKS).await;
        let second = curriculum(stage, &team, "개발자 온보딩", &[("코드 읽기", 2, 0, 2, "mentee", true)]).await;
        let wanted = new(&team, &[second, first], "2026-09-21");
        let preview = team.mentor.call(PreviewMentorship { mentorship: wanted.clone() }).await.unwrap();
        assert_eq!(preview.title, "개발자 온보딩 + 회사 소개");
        assert_eq!((preview.total_weeks, preview.mentor_load), (3, 0));
        assert!(preview.warnings.is_empty(), "{:?}", preview.warnings);
        let off: Vec<_> = preview.days_off.iter().map(|day| (day.date, day.name_en.as_str())).collect();
        assert_eq!(off, [
            (day("2026-09-24"), "Chuseok holiday"), (day("2026-09-25"), "Chuseok"),
            (day("2026-10-05"), "National Foundation Day (substitute)"), (day("2026-10-09"), "Hangul Day"),
        ]);

        let started = team.mentor.call(CreateMentorship { mentorship: wanted }).await.unwrap();
        assert_eq!((started.title.as_str(), started.start_on, started.end_on), (preview.title.as_str(), preview.start_on, preview.end_on));
        assert_eq!(started.sources.iter().map(|source| source.version_id).collect::<Vec<_>>(), [second, first]);
        assert_eq!((started.required, started.done, started.status), (4, 0, MentorshipStatus::Active));
        let tasks = tasks_of(&team.mentee, started.mentorship_id).await;
        let dated: Vec<_> = tasks.iter().map(|task| (task.title.clone(), task.week, task.starts_on, task.due_on)).collect();
        let shown: Vec<_> = preview.tasks.iter().map(|task| (task.title.clone(), task.week, task.starts_on, task.due_on)).collect();
        assert_eq!(dated, shown);
        // Monday's five-day task of week 2 begins on the 28th and ends on Friday the 2nd; week 3 jumps over both holidays.
        let of = |title: &str| dated.iter().find(|task| task.0 == title).map(|task| (task.2, task.3));
        assert_eq!(of("보안 교육 읽기"), Some((day("2026-09-28"), day("2026-10-02"))));
        assert_eq!(of("첫 배포"), Some((day("2026-10-08"), day("2026-10-13"))));
        assert_eq!(started.end_on, day("2026-10-13"), "the plan ends with its last task");
        assert!(tasks.iter().all(|task| task.submission == "## 한 일" && task.guideline == "지침" && task.version == 1));
        let owner = |title: &str| tasks.iter().find(|task| task.title == title).map(|task| task.owner_id);
        assert_eq!(owner("팀 소개"), Some(team.mentor.user_id));
        assert_eq!(owner("계정 발급"), Some(team.mentor.user_id), "no admin started it");
        assert_eq!(owner("첫 배포"), Some(team.mentee.user_id));
        let filter = TimelineFilter::default();
        let timeline = team.mentee.call(GetTimeline { mentorship_id: started.mentorship_id, filter }).await.unwrap();
        let kinds = |kind: &str| timeline.items.iter().filter(|event| event.kind == kind).count();
        assert_eq!((timeline.items.len(), kinds("created"), kinds("started")), (7, 6, 1));
        assert!(timeline.items.iter().all(|event| event.actor_name.as_deref() == Some("박서연")));
    }

    async fn the_company_s_own_days_count(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let version = curriculum(stage, &team, "온보딩", &[("과제", 1, 0, 3, "mentee", true)]).await;
        let mut tx = stage.db.write().await.unwrap();
        tx.query("INSERT INTO company_holidays (company_id, date, name) VALUES ($1, $2, '창립기념일')")
            .bind(team.company_id.clone()).bind(day("2026-09-08")).execute().await.unwrap();
        tx.query("UPDATE companies SET working_days = 63 WHERE company_id = $1").bind(team.company_id.clone()).execute().await.unwrap();
        tx.commit().await.unwrap();
        let preview = team.admin.call(PreviewMentorship { mentorship: new(&team, &[version], "2026-09-11") }).await.unwrap();
        assert_eq!(preview.tasks[0].due_on, day("2026-09-14"), "Friday, Saturday, Monday");
        let preview = team.admin.call(PreviewMentorship { mentorship: new(&team, &[version], "2026-09-07") }).await.unwrap();
        assert_eq!(preview.tasks[0].due_on, day("2026-09-10"), "not on the 8th");
        assert_eq!(preview.days_off.iter().map(|day| day.name_ko.as_str()).collect::<Vec<_>>(), ["창립기념일"]);
    }

    async fn every_reason_not_to_start_is_named(stage: Stage) {
        let run = Running::on(stage).await;
        let team = &run.team;
        let other = stage.team("다른회사").await;
        let foreign = curriculum(stage, &other, "남의 것", TASKS).await;
        let mut bad = new(team, &[foreign, run.version_id, VersionId(99_999)], "2024-01-01");
        bad.mentee_id = team.other_mentor.user_id;
        bad.mentor_id = Some(other.mentor.user_id);
        let mut fields = bad_fields(team.admin.call(PreviewMentorship { mentorship: bad.clone() }).await);
        fields.sort();
        let expected =
            ["mentee_id wrong_role", "mentor_id not_found", "start_on too_early", "version_ids.0 not_found", "version_ids.2 not_found"];
        assert_eq!(fields, expected);
        let mut fields = bad_fields(team.admin.call(CreateMentorship { mentorship: bad }).await);
        fields.sort();
        assert_eq!(fields, expected, "the start refuses what the preview refuses");

        let mut own = new(team, &[run.version_id], "2026-09-07");
        own.mentee_id = team.mentor.user_id;
        assert_eq!(bad_fields(team.mentor.call(CreateMentorship { mentorship: own }).await), ["mentee_id same_person"]);
        let mut without = new(team, &[run.version_id], "2026-09-07");
        without.mentor_id = None;
        assert_eq!(bad_fields(team.admin.call(CreateMentorship { mentorship: without }).await), ["mentor_id required"]);
        let others = new(team, &[run.version_id], "2026-09-07");
        assert_eq!(bad_fields(team.other_mentor.call(CreateMentorship { mentorship: others.clone() }).await), ["mentor_id not_allowed"]);
        assert_eq!(refused(team.mentee.call(CreateMentorship { mentorship: others.clone() }).await).code, Code::Denied);

        sql(stage, "UPDATE users SET status = 'suspended' WHERE user_id = $1", team.other_mentee.user_id.0).await;
        let mut suspended = new(team, &[run.version_id], "2026-09-07");
        suspended.mentee_id = team.other_mentee.user_id;
        assert_eq!(bad_fields(team.mentor.call(CreateMentorship { mentorship: suspended }).await), ["mentee_id not_active"]);

        sql(stage, "UPDATE curricula SET is_archived = TRUE WHERE curriculum_id = $1", run.mentorship.sources[0].curriculum_id.0).await;
        assert_eq!(refused(team.admin.call(PreviewMentorship { mentorship: others }).await).code, Code::Archived);
    }

    async fn a_mentee_has_at_most_one_running_mentorship(stage: Stage) {
        let run = Running::on(stage).await;
        let team = &run.team;
        let again = new(team, &[run.version_id], "2026-09-14");
        let preview = team.mentor.call(PreviewMentorship { mentorship: again.clone() }).await.unwrap();
        assert_eq!((preview.warnings, preview.mentor_load), (vec!["already_mentored".to_owned()], 1));
        assert_eq!(refused(team.mentor.call(CreateMentorship { mentorship: again.clone() }).await).code, Code::AlreadyMentored);
        team.mentor.call(end(run.mentorship.mentorship_id)).await.unwrap();

        let attempts: Vec<_> = (0..10).map(|_| {
            let (mentor, mentorship) = (team.mentor.clone(), again.clone());
            tokio::spawn(async move { mentor.call(CreateMentorship { mentorship }).await })
        }).collect();
        let mut started = 0;
        for attempt in attempts {
            match attempt.await.unwrap() {
                Ok(_) => started += 1,
                refusal => assert_eq!(refused(refusal).code, Code::AlreadyMentored),
            }
        }
        assert_eq!(started, 1);
    }

    async fn two_hundred_tasks_start_quickly(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let tasks: Vec<Template> = (0..200).map(|n| ("과제", n / 10 + 1, n % 5, 3, "mentee", true)).collect();
        let version = curriculum(stage, &team, "온보딩", &tasks).await;
        let before = std::time::Instant::now();
        let started = team.mentor.call(CreateMentorship { mentorship: new(&team, &[version], "2026-09-07") }).await.unwrap();
        let took = before.elapsed();
        assert_eq!(started.required, 200);
        eprintln!("starting with 200 tasks took {took:?}");
        assert!(took.as_millis() < 1000, "{took:?} even on a busy machine in a debug build");
    }

    async fn only_whom_it_concerns_sees_a_mentorship(stage: Stage) {
        let run = Running::on(stage).await;
        let team = &run.team;
        let stranger = stage.team("다른회사").await;
        let mentorship_id = run.mentorship.mentorship_id;
        for person in [&team.admin, &team.mentor, &team.mentee] {
            let seen = person.call(GetMentorship { mentorship_id }).await.unwrap();
            assert_eq!((seen.mentor_name.as_str(), seen.mentee_name.as_str()), ("박서연", "한지우"));
            let list = person.call(ListMentorships { filter: MentorshipFilter::default() }).await.unwrap();
            assert_eq!(list.items, [seen]);
        }
        for person in [&team.other_mentor, &team.other_mentee, &stranger.admin, &stranger.mentor] {
            assert_eq!(refused(person.call(GetMentorship { mentorship_id }).await).code, Code::NotFound);
            assert!(person.call(ListMentorships { filter: MentorshipFilter::default() }).await.unwrap().items.is_empty());
            let timeline = GetTimeline { mentorship_id, filter: TimelineFilter::default() };
            assert_eq!(refused(person.call(timeline).await).code, Code::NotFound);
            assert!(tasks_of(person, mentorship_id).await.is_empty());
        }
        for person in [&team.other_mentor, &stranger.admin] {
            assert_eq!(refused(person.call(end(mentorship_id)).await).code, Code::NotFound);
        }
        assert_eq!(refused(team.mentee.call(end(mentorship_id)).await).code, Code::Denied);
        assert_eq!(refused(stage.operator().await.call(GetMentorship { mentorship_id }).await).code, Code::Denied);
    }

    async fn lists_have_active_ones_first_and_page_by_key(stage: Stage) {
        let run = Running::on(stage).await;
        let team = &run.team;
        let second = |mut wanted: contract::mentorship::NewMentorship| {
            wanted.mentee_id = team.other_mentee.user_id;
            wanted.mentor_id = Some(team.other_mentor.user_id);
            wanted.title = "두 번째 50%".to_owned();
            wanted
        };
        let wanted = second(new(team, &[run.version_id], "2026-09-14"));
        let ended = team.admin.call(CreateMentorship { mentorship: wanted.clone() }).await.unwrap();
        team.admin.call(end(ended.mentorship_id)).await.unwrap();
        let running = team.admin.call(CreateMentorship { mentorship: wanted }).await.unwrap();
        let mut seen = Vec::new();
        let mut cursor = None;
        loop {
            let filter = MentorshipFilter { limit: Some(1), cursor, ..MentorshipFilter::default() };
            let page = team.admin.call(ListMentorships { filter }).await.unwrap();
            seen.extend(page.items.iter().map(|one| one.mentorship_id));
            cursor = page.next;
            if cursor.is_none() { break; }
        }
        assert_eq!(seen, [run.mentorship.mentorship_id, running.mentorship_id, ended.mentorship_id]);
        let found = async |search: &str| {
            let filter = MentorshipFilter { search: Some(search.to_owned()), ..MentorshipFilter::default() };
            team.admin.call(ListMentorships { filter }).await.unwrap().items.len()
        };
        assert_eq!((found("지우").await, found("ㅎㅈㅇ").await, found("허지안").await), (1, 3, 2), "한지우, 허지안");
        assert_eq!((found("50%").await, found("%").await, found("_").await, found("없는 이름").await), (2, 2, 0, 0));
        let filter = MentorshipFilter { status: Some(MentorshipStatus::Ended), ..MentorshipFilter::default() };
        assert_eq!(team.admin.call(ListMentorships { filter }).await.unwrap().items.len(), 1);
        let filter = MentorshipFilter { cursor: Some("nonsense".to_owned()), ..MentorshipFilter::default() };
        assert_eq!(bad_fields(team.admin.call(ListMentorships { filter }).await), ["cursor bad_format"]);
    }

    async fn figures_follow_the_tasks(stage: Stage) {
        let run = Running::on(stage).await;
        let team = &run.team;
        let (first, second, third) = (run.task("개발 환경 준비"), run.task("보안 교육 읽기"), run.task("첫 배포"));
        for task in [first, second] {
            go(&team.mentee, task, TaskStatus::InProgress, "").await.unwrap();
            go(&team.mentee, task, TaskStatus::Submitted, "").await.unwrap();
        }
        go(&team.mentor, first, TaskStatus::Done, "").await.unwrap();
        go(&team.mentor, third, TaskStatus::Skipped, "다음 분기에 합니다").await.unwrap();
        let mentorship_id = run.mentorship.mentorship_id;
        let now = team.mentee.call(GetMentorship { mentorship_id }).await.unwrap();
        assert_eq!((now.required, now.done, now.submitted, now.returned, now.percent()), (2, 1, 1, 0, 50));
        assert_eq!((now.overdue, now.last_activity_at), (0, Some(stage.clock.now())));
        go(&team.mentor, second, TaskStatus::Returned, "한 번 더").await.unwrap();
        stage.clock.set_day(day("2026-09-21"));
        let home = again(stage, &team.mentee).await.call(GetMenteeHome {}).await.unwrap();
        let figures = home.mentorship.unwrap();
        assert_eq!((figures.returned, figures.overdue), (1, 3), "the returned one, and the two of the guides");
        assert_eq!(home.tasks.len(), 5);
        assert_eq!(home.tasks.iter().find(|task| task.task_id == second).unwrap().allowed, [TaskStatus::InProgress, TaskStatus::Submitted]);
    }

    async fn what_ended_stays_readable_and_nothing_moves(stage: Stage) {
        let run = Running::on(stage).await;
        let team = &run.team;
        let mentorship_id = run.mentorship.mentorship_id;
        let blank = EndMentorship { mentorship_id, reason: EndReason { reason: "  ".to_owned() } };
        assert_eq!(bad_fields(team.mentor.call(blank).await), ["reason required"]);
        let ended = team.mentor.call(end(mentorship_id)).await.unwrap();
        assert_eq!((ended.status, ended.end_reason.as_deref()), (MentorshipStatus::Ended, Some("부서 이동")));
        assert_eq!(ended, team.mentee.call(GetMentorship { mentorship_id }).await.unwrap());
        assert_eq!(refused(team.mentor.call(end(mentorship_id)).await).code, Code::Conflict);
        assert_eq!(refused(team.admin.call(CompleteMentorship { mentorship_id }).await).code, Code::Conflict);
        let task = run.task("첫 배포");
        assert!(show(&team.mentee, task).await.task.allowed.is_empty());
        assert_eq!(refused(go(&team.mentee, task, TaskStatus::InProgress, "").await).code, Code::Conflict);
        let home = team.mentee.call(GetMenteeHome {}).await.unwrap();
        assert_eq!(home.mentorship.map(|one| one.mentorship_id), Some(mentorship_id), "the last one is shown");
        assert!(team.other_mentee.call(GetMenteeHome {}).await.unwrap().mentorship.is_none());
    }

    async fn only_an_admin_hands_a_mentorship_over(stage: Stage) {
        let run = Running::on(stage).await;
        let team = &run.team;
        let mentorship_id = run.mentorship.mentorship_id;
        let hand = |mentor_id| UpdateMentorship {
            mentorship_id,
            patch: MentorshipPatch { mentor_id: Some(mentor_id), ..MentorshipPatch::default() },
        };
        assert_eq!(refused(team.mentor.call(hand(team.other_mentor.user_id)).await).code, Code::Denied);
        assert_eq!(bad_fields(team.admin.call(hand(team.other_mentee.user_id)).await), ["mentor_id wrong_role"]);
        assert_eq!(bad_fields(team.admin.call(hand(team.mentee.user_id)).await), ["mentor_id same_person"]);
        let handed = team.admin.call(hand(team.other_mentor.user_id)).await.unwrap();
        assert_eq!((handed.mentor_id, handed.mentor_name.as_str()), (team.other_mentor.user_id, "허지안"));
        assert_eq!(handed, team.admin.call(GetMentorship { mentorship_id }).await.unwrap());
        assert_eq!(refused(team.mentor.call(GetMentorship { mentorship_id }).await).code, Code::NotFound);
        assert_eq!(show(&team.other_mentor, run.task("팀 소개")).await.task.owner_id, team.other_mentor.user_id);
        let rename = UpdateMentorship {
            mentorship_id,
            patch: MentorshipPatch { title: Some(" 새 이름 ".to_owned()), ..MentorshipPatch::default() },
        };
        assert_eq!(team.other_mentor.call(rename).await.unwrap().title, "새 이름");
    }
}
