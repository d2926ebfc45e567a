//! Moving a running plan: what is previewed is what happens, finished work stays, and all of it can be taken back.

mod plan_stage;

use contract::{
    Code, MentorshipId,
    curriculum::Priority,
    mentoring::{CreateAbsence, NewAbsence},
    mentorship::{EndMentorship, EndReason, GetMentorship, Mentorship, MentorshipStatus},
    mentorship_dates::{
        AddedTask, DateConflict, DatesChange, EditPlan, Pause, PauseMentorship, PlanEdit, Resume,
        ResumeMentorship, Shift, ShiftMentorship, TaskPlace, TaskSkip, UndoPlanChange,
    },
    mentorship_events::MentorshipEventKind,
    mentorship_life::{ListMentorshipEvents, MentorshipEventFilter},
    tasks::{EventKind, Task, TaskPatch, TaskStatus},
};
use plan_stage::{Running, again, curriculum, day, edit, events, go, new, show, sql, subtask, tasks_of};
use testkit::{Person, bad_fields, on_both_engines, refused};

fn shift(mentorship_id: MentorshipId, start_on: &str, preview: bool) -> ShiftMentorship {
    ShiftMentorship {
        mentorship_id,
        shift: Shift { start_on: Some(day(start_on)), preview, ..Shift::default() },
    }
}

fn end_on(mentorship_id: MentorshipId, end_on: &str, preview: bool) -> ShiftMentorship {
    ShiftMentorship { mentorship_id, shift: Shift { end_on: Some(day(end_on)), preview, ..Shift::default() } }
}

fn plan(mentorship_id: MentorshipId, edit: PlanEdit) -> EditPlan {
    EditPlan { mentorship_id, edit }
}

fn place(task: &Task) -> TaskPlace {
    TaskPlace { task_id: task.task_id, week: None, position: None, starts_on: None, due_on: None }
}

fn added(title: &str, starts_on: &str, due_on: &str) -> AddedTask {
    AddedTask {
        title: title.to_owned(),
        guideline: String::new(),
        week: 2,
        priority: Priority::Low,
        starts_on: day(starts_on),
        due_on: day(due_on),
        is_required: None,
    }
}

async fn read(person: &Person, mentorship_id: MentorshipId) -> Mentorship {
    person.call(GetMentorship { mentorship_id }).await.expect("a mentorship")
}

/// Title and dates of each task, in order.
type Dates = Vec<(String, i64, String, String)>;

async fn dates(person: &Person, mentorship_id: MentorshipId) -> Dates {
    let row = |task: Task| (task.title, task.week, task.starts_on.to_string(), task.due_on.to_string());
    tasks_of(person, mentorship_id).await.into_iter().map(row).collect()
}

fn after(change: &DatesChange) -> Dates {
    let row = |task: &contract::mentorship_dates::TaskDates| {
        (task.title.clone(), task.after.week, task.after.starts_on.to_string(), task.after.due_on.to_string())
    };
    change.tasks.iter().filter(|task| task.task_id.is_some()).map(row).collect()
}

on_both_engines! {
    async fn a_shift_moves_what_is_open_and_leaves_what_is_done(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        let (first, reading) = (run.task("개발 환경 준비"), run.task("보안 교육 읽기"));
        for status in [TaskStatus::InProgress, TaskStatus::Submitted] {
            go(&team.mentee, first, status, "").await.unwrap();
        }
        go(&team.mentor, first, TaskStatus::Done, "").await.unwrap();
        go(&team.mentee, reading, TaskStatus::InProgress, "").await.unwrap();
        let sub = subtask(&team.mentee, reading, "읽은 것 적기").await.unwrap();
        let before = dates(&team.mentee, id).await;

        let preview = team.mentor.call(shift(id, "2026-09-14", true)).await.unwrap();
        assert!(!preview.is_applied);
        assert_eq!(dates(&team.mentee, id).await, before, "a preview changes nothing");
        assert_eq!((preview.start_on, preview.new_start_on), (day("2026-09-07"), day("2026-09-14")));
        let of = |title: &str| preview.tasks.iter().find(|task| task.title == title).unwrap();
        assert!(!of("개발 환경 준비").changes(), "finished work is never touched");
        let reading_days = of("보안 교육 읽기").after;
        assert_eq!(reading_days.starts_on, day("2026-09-14"), "what was started keeps its start");
        // Mon 21 to Wed 23, Chuseok, Mon 28 and Tue 29: five working days.
        assert_eq!(reading_days.due_on, day("2026-09-29"));
        assert_eq!(preview.moved, 4);
        assert_eq!(preview.days_off.len(), 2, "{:?}", preview.days_off);

        assert_eq!(refused(team.mentee.call(shift(id, "2026-09-14", false)).await).code, Code::Denied);
        assert_eq!(refused(team.other_mentor.call(shift(id, "2026-09-14", false)).await).code, Code::NotFound);
        let mut seen = shift(id, "2026-09-14", false);
        seen.shift.seen = Some(preview.seen.clone());
        let applied = team.mentor.call(seen.clone()).await.unwrap();
        assert_eq!(DatesChange { is_applied: false, ..applied.clone() }, preview, "what was shown is what was done");
        assert_eq!(dates(&team.mentee, id).await, after(&preview));
        let standing = read(&team.mentee, id).await;
        assert_eq!((standing.start_on, standing.end_on), (applied.new_start_on, applied.new_end_on));
        let sub = show(&team.mentee, sub.task_id).await.task;
        assert_eq!((sub.starts_on, sub.due_on), (reading_days.starts_on, reading_days.due_on), "an open sub-task goes along");
        assert_eq!(refused(team.mentor.call(seen).await).code, Code::Stale, "confirmed once");

        let filter = MentorshipEventFilter::default();
        let recorded = team.mentor.call(ListMentorshipEvents { mentorship_id: id, filter }).await.unwrap().items;
        assert_eq!(recorded.iter().filter(|event| event.kind == MentorshipEventKind::Shifted).count(), 1);
        assert_eq!(recorded[0].details["start_on"], serde_json::json!(["2026-09-07", "2026-09-14"]));
        let history = events(&team.mentor, reading).await;
        let due = history.iter().find(|event| event.field.as_deref() == Some("due_on")).unwrap();
        assert_eq!((due.kind, due.old_value.as_deref(), due.new_value.as_deref()), (EventKind::Edited, Some("2026-09-18"), Some("2026-09-29")));
        let mails = stage.mails().await;
        assert_eq!(mails.iter().filter(|mail| mail.contains("일정이 바뀌었어요") || mail.contains("날짜가 바뀌었어요")).count(), 1, "told to the mentee alone");
    }

    async fn a_plan_that_nobody_began_shifts_to_what_a_fresh_start_would_be_and_back(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        let before = dates(&team.mentee, id).await;
        for start in ["2026-09-21", "2026-12-28", "2026-09-09", "2027-02-01"] {
            team.mentor.call(shift(id, start, false)).await.unwrap();
            let mut fresh = new(team, &[run.version_id], start);
            fresh.mentee_id = team.other_mentee.user_id;
            let fresh = team.mentor.call(contract::mentorship::PreviewMentorship { mentorship: fresh }).await.unwrap();
            let drawn: Dates = fresh.tasks.iter().map(|task| (task.title.clone(), task.week, task.starts_on.to_string(), task.due_on.to_string())).collect();
            assert_eq!(dates(&team.mentee, id).await, drawn, "{start}");
            assert_eq!(read(&team.mentor, id).await.end_on, fresh.end_on);
        }
        team.mentor.call(shift(id, "2026-09-07", false)).await.unwrap();
        assert_eq!(dates(&team.mentee, id).await, before, "forth and back is where it was");
        assert_eq!(read(&team.mentor, id).await.end_on, run.mentorship.end_on);
        assert_eq!(bad_fields(team.mentor.call(shift(id, "2026-09-07", false)).await), ["start_on unchanged"]);
        assert_eq!(bad_fields(team.mentor.call(shift(id, "2024-01-01", true)).await), ["start_on too_early"]);
        assert_eq!(bad_fields(team.mentor.call(shift(id, "2031-01-01", true)).await), ["start_on too_late"]);
        let nothing = ShiftMentorship { mentorship_id: id, shift: Shift::default() };
        assert_eq!(bad_fields(team.mentor.call(nothing).await), ["start_on required"]);
    }

    async fn the_last_day_moves_but_never_before_what_is_due(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        let preview = team.mentor.call(end_on(id, "2026-09-21", true)).await.unwrap();
        let late: Vec<_> = preview.tasks.iter().filter(|task| task.conflicts.contains(&DateConflict::BeyondEnd)).map(|task| task.title.as_str()).collect();
        assert_eq!((late, preview.conflicts), (vec!["첫 배포"], 1));
        let problem = refused(team.mentor.call(end_on(id, "2026-09-21", false)).await);
        assert_eq!((problem.errors[0].field.as_str(), problem.errors[0].code.as_str()), ("end_on", "before_last_due"));
        assert_eq!(problem.errors[0].params["date"], "2026-09-29");
        assert_eq!(bad_fields(team.mentor.call(end_on(id, "2026-09-01", false)).await), ["end_on before_start"]);
        let moved = team.mentor.call(end_on(id, "2026-10-30", false)).await.unwrap();
        assert_eq!((moved.kind, moved.moved), (MentorshipEventKind::EndMoved, 0));
        assert_eq!(read(&team.mentee, id).await.end_on, day("2026-10-30"));
        // The later end goes along with the start, and comes back with it.
        team.mentor.call(shift(id, "2026-09-14", false)).await.unwrap();
        assert_eq!(read(&team.mentee, id).await.end_on, day("2026-11-06"));
        let undone = team.mentor.call(UndoPlanChange { mentorship_id: id }).await.unwrap();
        assert_eq!((undone.new_start_on, undone.new_end_on), (day("2026-09-07"), day("2026-10-30")));
        assert_eq!(read(&team.mentee, id).await.end_on, day("2026-10-30"));
        let twice = team.mentor.call(UndoPlanChange { mentorship_id: id }).await;
        assert_eq!(refused(twice).code, Code::Conflict, "what was taken back is not taken back again");
    }

    async fn a_pause_moves_the_rest_by_its_days(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        stage.clock.set_day(day("2026-09-10"));
        let (mentor, mentee) = (again(stage, &team.mentor).await, again(stage, &team.mentee).await);
        let before = dates(&mentee, id).await;
        let pause = |preview, resume_on| PauseMentorship {
            mentorship_id: id,
            pause: Pause { reason: "파견".to_owned(), resume_on, preview },
        };
        let expected = mentor.call(pause(true, Some(day("2026-09-17")))).await.unwrap();
        assert_eq!(read(&mentor, id).await.status, MentorshipStatus::Active);
        mentor.call(pause(false, Some(day("2026-09-17")))).await.unwrap();
        assert_eq!(dates(&mentee, id).await, before, "nothing moves while it is paused");
        assert_eq!(refused(mentor.call(shift(id, "2026-09-14", true)).await).code, Code::Conflict);

        stage.clock.set_day(day("2026-09-17"));
        let (mentor, mentee) = (again(stage, &team.mentor).await, again(stage, &team.mentee).await);
        let resume = |preview, seen: Option<String>| ResumeMentorship { mentorship_id: id, resume: Resume { resume_on: None, preview, seen } };
        let preview = mentor.call(resume(true, None)).await.unwrap();
        assert_eq!(after(&preview), after(&expected), "what was expected at the pause");
        let other_mark = mentor.call(resume(false, Some("something else".to_owned()))).await;
        assert_eq!(refused(other_mark).code, Code::Stale);
        let done = mentor.call(resume(false, Some(preview.seen.clone()))).await.unwrap();
        assert_eq!(after(&done), after(&preview));
        assert_eq!(dates(&mentee, id).await, after(&preview));
        let standing = read(&mentor, id).await;
        assert_eq!((standing.status, standing.paused_on, standing.start_on), (MentorshipStatus::Active, None, day("2026-09-07")));
        assert_eq!(standing.end_on, done.new_end_on);
        // A week later each: the first task was due on the 9th.
        assert_eq!(dates(&mentee, id).await[0].3, "2026-09-16");
        assert!(preview.tasks[0].conflicts.contains(&DateConflict::DueBeforeToday));
        let early = ResumeMentorship { mentorship_id: id, resume: Resume { resume_on: Some(day("2026-09-01")), ..Resume::default() } };
        assert_eq!(refused(mentor.call(early).await).code, Code::Conflict, "it is not paused any more");
    }

    async fn one_plan_is_edited_in_several_places_at_once_and_taken_back(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        let find = |title: &str| run.tasks.iter().find(|task| task.title == title).unwrap();
        let before = tasks_of(&team.mentor, id).await;
        let wanted = PlanEdit {
            moves: vec![
                TaskPlace { week: Some(2), position: Some(1), ..place(find("팀 소개")) },
                TaskPlace { starts_on: Some(day("2026-09-22")), due_on: Some(day("2026-10-06")), ..place(find("첫 배포")) },
            ],
            skips: vec![TaskSkip { task_id: find("계정 발급").task_id, reason: "이미 있음".to_owned() }],
            adds: vec![added("보안 퀴즈", "2026-09-16", "2026-09-17")],
            preview: true,
            seen: None,
        };
        let preview = team.mentor.call(plan(id, wanted.clone())).await.unwrap();
        assert_eq!(tasks_of(&team.mentor, id).await, before);
        let order: Vec<_> = preview.tasks.iter().map(|task| (task.title.as_str(), task.after.week, task.after.position)).collect();
        let expected = [("개발 환경 준비", 1, 1), ("계정 발급", 1, 2), ("팀 소개", 2, 1), ("보안 교육 읽기", 2, 2), ("보안 퀴즈", 2, 3), ("첫 배포", 3, 1)];
        assert_eq!(order, expected);
        assert_eq!(preview.moved, 4);
        assert_eq!(preview.new_end_on, day("2026-10-06"), "the mentorship ends with its last task");

        let apply = PlanEdit { preview: false, seen: Some(preview.seen.clone()), ..wanted.clone() };
        let applied = team.mentor.call(plan(id, apply)).await.unwrap();
        assert_eq!(applied.tasks, preview.tasks);
        let now = tasks_of(&team.mentee, id).await;
        assert_eq!(now.iter().map(|task| (task.title.as_str(), task.week)).collect::<Vec<_>>(), expected.map(|(title, week, _)| (title, week)));
        let moved = now.iter().find(|task| task.title == "팀 소개").unwrap();
        assert_eq!((moved.starts_on, moved.due_on, moved.owner_id), (day("2026-09-15"), day("2026-09-15"), team.mentor.user_id));
        let skipped = now.iter().find(|task| task.title == "계정 발급").unwrap();
        assert_eq!((skipped.status, skipped.status_comment.as_deref()), (TaskStatus::Skipped, Some("이미 있음")));
        let quiz = now.iter().find(|task| task.title == "보안 퀴즈").unwrap();
        assert_eq!((quiz.status, quiz.owner_id, quiz.is_required), (TaskStatus::Todo, team.mentee.user_id, true));
        assert_eq!(events(&team.mentor, quiz.task_id).await.len(), 1);
        assert_eq!(read(&team.mentee, id).await.end_on, day("2026-10-06"));

        team.mentor.call(UndoPlanChange { mentorship_id: id }).await.unwrap();
        let restored = tasks_of(&team.mentor, id).await;
        let row = |task: &Task| (task.task_id, task.week, task.position, task.starts_on, task.due_on, task.status, task.status_comment.clone());
        assert_eq!(restored.iter().map(row).collect::<Vec<_>>(), before.iter().map(row).collect::<Vec<_>>());
        assert_eq!(read(&team.mentee, id).await.end_on, run.mentorship.end_on);

        // What somebody touched since is not taken back over their head.
        team.mentor.call(plan(id, PlanEdit { preview: false, ..wanted })).await.unwrap();
        edit(&team.mentor, find("첫 배포").task_id, TaskPatch { title: Some("첫 릴리스".to_owned()), ..TaskPatch::default() }).await.unwrap();
        assert_eq!(refused(team.mentor.call(UndoPlanChange { mentorship_id: id }).await).code, Code::Stale);
        assert_eq!(tasks_of(&team.mentor, id).await.len(), 6, "nothing of it happened");
    }

    async fn every_bad_field_of_an_edit_is_named_and_nothing_happens(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        let find = |title: &str| run.tasks.iter().find(|task| task.title == title).unwrap();
        go(&team.mentee, run.task("개발 환경 준비"), TaskStatus::InProgress, "").await.unwrap();
        go(&team.mentor, run.task("첫 배포"), TaskStatus::Skipped, "나중에").await.unwrap();
        let before = dates(&team.mentee, id).await;
        let stranger = TaskPlace { task_id: contract::TaskId(999_999), week: Some(2), ..place(find("팀 소개")) };
        let bad = PlanEdit {
            moves: vec![
                TaskPlace { starts_on: Some(day("2026-09-08")), ..place(find("개발 환경 준비")) },
                TaskPlace { week: Some(2), ..place(find("첫 배포")) },
                TaskPlace { starts_on: Some(day("2026-09-19")), due_on: Some(day("2026-09-18")), ..place(find("보안 교육 읽기")) },
                stranger,
                place(find("보안 교육 읽기")),
            ],
            skips: vec![TaskSkip { task_id: find("첫 배포").task_id, reason: " ".to_owned() }],
            adds: vec![added(" ", "2026-09-25", "2026-09-24")],
            ..PlanEdit::default()
        };
        assert_eq!(bad_fields(team.mentor.call(plan(id, bad)).await), [
            "moves.0.starts_on started", "moves.1.task_id closed", "moves.2.starts_on not_working_day", "moves.2.due_on before_start",
            "moves.3.task_id not_found", "moves.4.task_id repeated", "skips.0.reason required", "skips.0.task_id closed",
            "adds.0.title required", "adds.0.starts_on not_working_day", "adds.0.due_on not_working_day", "adds.0.due_on before_start",
        ]);
        let far = PlanEdit { moves: vec![TaskPlace { week: Some(105), position: Some(0), ..place(find("팀 소개")) }], ..PlanEdit::default() };
        assert_eq!(bad_fields(team.mentor.call(plan(id, far)).await), ["moves.0.position too_small", "moves.0.week too_large"]);
        assert_eq!(dates(&team.mentee, id).await, before);
        let other = stage.team("다른회사").await;
        assert_eq!(refused(other.mentor.call(plan(id, PlanEdit::default())).await).code, Code::NotFound);
    }

    async fn dates_in_the_mentor_s_absence_are_named(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        let absence = NewAbsence { starts_on: day("2026-09-15"), ends_on: day("2026-09-16"), reason: String::new() };
        team.mentor.call(CreateAbsence { user_id: team.mentor.user_id, absence }).await.unwrap();
        let preview = team.mentor.call(shift(id, "2026-09-14", true)).await.unwrap();
        let away: Vec<_> = preview.tasks.iter().filter(|task| task.conflicts == [DateConflict::OnAbsence]).map(|task| task.title.as_str()).collect();
        assert_eq!((away, preview.conflicts), (vec!["개발 환경 준비", "팀 소개"], 2));
        assert!(team.mentor.call(shift(id, "2026-09-14", false)).await.unwrap().is_applied, "named, not forbidden");
    }

    async fn two_hundred_tasks_are_no_matter(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let tasks: Vec<_> = (0..200).map(|n| ("과제", n % 12 + 1, n % 5, n % 7 + 1, "mentee", true)).collect();
        let version = curriculum(stage, &team, "큰 과정", &tasks).await;
        let wanted = new(&team, &[version], "2026-09-07");
        let mut laps = Vec::new();
        let mut begun = std::time::Instant::now();
        let mut lap = |name: &'static str| {
            laps.push((name, begun.elapsed()));
            begun = std::time::Instant::now();
        };
        let preview = team.mentor.call(contract::mentorship::PreviewMentorship { mentorship: wanted.clone() }).await.unwrap();
        lap("preview of the start");
        let id = team.mentor.call(contract::mentorship::CreateMentorship { mentorship: wanted }).await.unwrap().mentorship_id;
        lap("start");
        let shown = team.mentor.call(shift(id, "2026-09-14", true)).await.unwrap();
        lap("preview of a shift");
        let moved = team.mentor.call(shift(id, "2026-09-14", false)).await.unwrap();
        lap("shift");
        team.mentor.call(UndoPlanChange { mentorship_id: id }).await.unwrap();
        lap("undo");
        assert_eq!((preview.tasks.len(), shown.tasks.len(), moved.moved), (200, 200, 200));
        eprintln!("{laps:?}");
        // An unoptimised build on a busy machine; what it guards against is a statement per task.
        assert!(laps.iter().all(|(_, took)| *took < std::time::Duration::from_secs(5)), "{laps:?}");
    }

    async fn a_later_due_date_takes_the_end_along(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        let patch = TaskPatch { due_on: Some(day("2026-10-16")), ..TaskPatch::default() };
        edit(&team.mentor, run.task("첫 배포"), patch).await.unwrap();
        assert_eq!(read(&team.mentor, id).await.end_on, day("2026-10-16"));
        let task = contract::tasks::NewTask {
            mentorship_id: id,
            title: "마지막 인사".to_owned(),
            guideline: String::new(),
            week: 3,
            priority: Priority::Low,
            starts_on: day("2026-10-19"),
            due_on: day("2026-10-20"),
            is_required: None,
        };
        team.mentor.call(contract::tasks::CreateTask { task, if_match: None }).await.unwrap();
        assert_eq!(read(&team.mentor, id).await.end_on, day("2026-10-20"));
    }

    async fn odd_plans_move_or_say_why_not(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let version = curriculum(stage, &team, "긴 과정", &[("아주 긴 과제", 1, 0, 1000, "mentee", true)]).await;
        let start = contract::mentorship::CreateMentorship { mentorship: new(&team, &[version], "2026-09-26") };
        let started = team.mentor.call(start).await.expect("a start on a Saturday in Chuseok is only odd");
        let id = started.mentorship_id;
        let moved = team.mentor.call(shift(id, "2025-10-03", false)).await.unwrap();
        assert_eq!(moved.warnings, ["starts_in_past", "starts_on_day_off"]);
        assert!(moved.tasks[0].after.starts_on > day("2025-10-08"), "not on Chuseok of 2025");
        sql(stage, "UPDATE template_tasks SET duration = 10000 WHERE version_id = $1", version.0).await;
        let mut wanted = new(&team, &[version], "2026-09-07");
        wanted.mentee_id = team.other_mentee.user_id;
        let refusal = team.mentor.call(contract::mentorship::PreviewMentorship { mentorship: wanted }).await;
        assert_eq!(bad_fields(refusal), ["start_on no_working_day"]);
        let end = EndMentorship { mentorship_id: id, reason: EndReason { reason: "-".to_owned() } };
        team.mentor.call(end).await.unwrap();
        assert_eq!(refused(team.mentor.call(shift(id, "2026-09-14", true)).await).code, Code::Conflict);
        assert_eq!(refused(team.mentor.call(plan(id, PlanEdit::default())).await).code, Code::Conflict);
    }
}
