//! Analytics: the figures are those of what happened, on both engines the same, of one's own company alone.

mod plan_stage;

use chrono::{DateTime, Duration, Utc};
use contract::{
    Code,
    analytics::{
        Analytics, AnalyticsExport, AnalyticsFilter, AnalyticsTable, ExportAnalytics, GetAnalytics,
        GetCurriculumFigures,
    },
    mentorship::CreateMentorship,
    tasks::TaskStatus,
    users::SheetFormat,
};
use plan_stage::{Running, TASKS, again, curriculum, day, go, new};
use testkit::{Person, Stage, bad_fields, on_both_engines, refused};

fn period() -> AnalyticsFilter {
    AnalyticsFilter {
        from: Some(day("2026-08-31")),
        to: Some(day("2026-11-22")),
        ..AnalyticsFilter::default()
    }
}

async fn overview(person: &Person) -> Analytics {
    person.call(GetAnalytics { filter: period() }).await.expect("an overview")
}

fn export(table: AnalyticsTable, format: SheetFormat) -> ExportAnalytics {
    let AnalyticsFilter { from, to, department_id, curriculum_id } = period();
    ExportAnalytics { export: AnalyticsExport { table, format, from, to, department_id, curriculum_id } }
}

/// Sets the clock, also back.
fn at(stage: &Stage, instant: &str) {
    let instant: DateTime<Utc> = instant.parse().expect("an instant");
    stage.clock.advance(instant - stage.clock.now());
}

/// Monday 2026-09-07 at ten in Seoul: the first task is begun; after a day handed in, after six hours sent back,
/// after two hours handed in again, after four hours approved. Answers with people whose tokens still hold.
async fn worked(stage: &Stage) -> (Running, Person, Person, Person) {
    at(stage, "2026-09-01T00:00:00Z");
    let run = Running::on(stage).await;
    let first = run.task("개발 환경 준비");
    let steps = [
        ("2026-09-07T01:00:00Z", true, TaskStatus::InProgress, ""),
        ("2026-09-08T01:00:00Z", true, TaskStatus::Submitted, ""),
        ("2026-09-08T07:00:00Z", false, TaskStatus::Returned, "스크린샷을 붙여 주세요"),
        ("2026-09-08T09:00:00Z", true, TaskStatus::Submitted, ""),
        ("2026-09-08T13:00:00Z", false, TaskStatus::Done, ""),
    ];
    for (when, is_mentee, status, comment) in steps {
        at(stage, when);
        let person = if is_mentee { &run.team.mentee } else { &run.team.mentor };
        let person = again(stage, person).await;
        go(&person, first, status, comment).await.expect("a move");
    }
    at(stage, "2026-09-15T01:00:00Z");
    let admin = again(stage, &run.team.admin).await;
    let mentor = again(stage, &run.team.mentor).await;
    let mentee = again(stage, &run.team.mentee).await;
    (run, admin, mentor, mentee)
}

on_both_engines! {
    async fn the_overview_counts_what_happened(stage: Stage) {
        let (run, admin, mentor, _) = worked(stage).await;
        let seen = overview(&admin).await;
        let all = &seen.all;
        assert_eq!((all.mentorships, all.signed_in, all.begun, all.half, all.finished), (1, 1, 1, 0, 0));
        assert_eq!((all.required, all.done, all.done_percent()), (3, 1, Some(33)));
        // Due by the 15th: the first task (on time), the mentor's and the admin's of week 1, which nobody did.
        assert_eq!((all.due, all.on_time, all.overdue, all.waiting), (3, 1, 2, 0));
        assert_eq!((seen.departments.len(), seen.departments[0].name.as_str()), (1, "플랫폼개발팀"));
        assert_eq!((seen.mentors[0].name.as_str(), seen.mentors[0].id), ("박서연", Some(run.team.mentor.user_id.0)));
        assert_eq!(seen.start_months.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(), ["2026-09"]);
        assert_eq!(seen.hired_months.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(), [""]);
        // Two reviews, of six and of four hours.
        assert_eq!((seen.review.reviews, seen.review.median), (2, Some(5 * 3600)));
        assert_eq!(seen.reviews.len(), 12);
        assert_eq!(seen.reviews.iter().filter(|span| span.reviews > 0).map(|span| span.from).collect::<Vec<_>>(), [day("2026-09-07")]);
        assert_eq!((seen.mentor_reviews[0].name.as_str(), seen.mentor_reviews[0].median), ("박서연", Some(5 * 3600)));
        let slow: Vec<_> = seen.slow.iter().map(|task| (task.title.as_str(), task.returned, task.late_days)).collect();
        assert!(slow.contains(&("개발 환경 준비", 1, 0)), "{slow:?}");
        assert_eq!(overview(&mentor).await, seen, "the mentor of the one pair sees the same");
    }

    async fn a_curriculum_s_tasks_show_where_people_wait(stage: Stage) {
        let (run, admin, mentor, mentee) = worked(stage).await;
        let curriculum_id = run.mentorship.sources[0].curriculum_id;
        let ask = GetCurriculumFigures { curriculum_id, filter: period() };
        let seen = admin.call(ask.clone()).await.unwrap();
        assert_eq!((seen.title.as_str(), seen.tasks.len()), ("개발자 온보딩", 5));
        let first = seen.tasks.iter().find(|task| task.title == "개발 환경 준비").unwrap();
        assert_eq!((first.tasks, first.handed_in, first.done, first.returned, first.skipped), (1, 1, 1, 1, 0));
        // Ten in the morning of its first day; until it was handed in for good; from then to the approval.
        assert_eq!((first.wait, first.work, first.review), (Some(10 * 3600), Some(32 * 3600), Some(4 * 3600)));
        let weeks: Vec<i64> = seen.tasks.iter().map(|task| task.week).collect();
        assert!(weeks.is_sorted(), "{weeks:?}");
        let open = seen.tasks.iter().find(|task| task.title == "팀 소개").unwrap();
        assert_eq!((open.wait, open.handed_in, open.overdue, open.late_days), (None, 0, 1, 7));
        assert_eq!(mentor.call(ask.clone()).await.unwrap(), seen);
        let other = again(stage, &run.team.other_mentor).await;
        assert!(other.call(ask.clone()).await.unwrap().tasks.is_empty(), "not one's own mentees");
        assert_eq!(refused(mentee.call(ask.clone()).await).code, Code::Denied);
        let stranger = stage.team("다른회사").await;
        assert_eq!(refused(stranger.admin.call(ask).await).code, Code::NotFound);
        assert_eq!(overview(&stranger.admin).await.all.mentorships, 0);
        assert_eq!(overview(&other).await.all.mentorships, 0);
    }

    async fn medians_are_the_middle_of_many(stage: Stage) {
        at(stage, "2026-09-01T00:00:00Z");
        let team = stage.team("윤슬로보틱스").await;
        let version = curriculum(stage, &team, "온보딩", &[("하나", 1, 0, 1, "mentee", true)]).await;
        // Four people need 1, 2, 4 and 9 days; the middle of four is between the second and the third.
        for (index, days) in [9, 1, 4, 2].into_iter().enumerate() {
            let email = format!("m{index}@c{}.example", team.company_id.0);
            let roles = contract::policy::Roles::of([contract::policy::Role::Mentee]);
            at(stage, "2026-09-01T00:00:00Z");
            let mentee = stage.person(Some(&team.company_id), Some(team.department_id), ("강", "물"), &email, roles).await;
            let mentor = again(stage, &team.mentor).await;
            let mut wanted = new(&team, &[version], "2026-09-07");
            wanted.mentee_id = mentee.user_id;
            let mentorship = mentor.call(CreateMentorship { mentorship: wanted }).await.unwrap();
            let task = plan_stage::tasks_of(&mentee, mentorship.mentorship_id).await[0].task_id;
            at(stage, "2026-09-07T00:00:00Z");
            go(&again(stage, &mentee).await, task, TaskStatus::InProgress, "").await.unwrap();
            stage.clock.advance(Duration::days(days));
            go(&again(stage, &mentee).await, task, TaskStatus::Submitted, "").await.unwrap();
        }
        at(stage, "2026-09-20T00:00:00Z");
        let admin = again(stage, &team.admin).await;
        let tasks = admin.call(export(AnalyticsTable::Tasks, SheetFormat::Csv)).await.unwrap();
        let text = String::from_utf8(tasks.bytes.to_vec()).unwrap();
        let row = text.lines().nth(1).unwrap();
        assert!(row.starts_with("온보딩,1,1,하나,4,4,0,0,0,0,0.4,3,"), "{row}");
        let seen = overview(&admin).await;
        // Handed in one, two, four and nine days after its only day.
        assert_eq!((seen.slow[0].work, seen.slow[0].late_days), (Some(3 * 86_400), 1 + 2 + 4 + 9));
        assert_eq!((seen.all.waiting, seen.all.due, seen.all.on_time), (4, 4, 0));
        let none = AnalyticsFilter { from: Some(day("2026-09-08")), ..period() };
        assert_eq!(admin.call(GetAnalytics { filter: none }).await.unwrap().all.mentorships, 0, "it started before");
    }

    async fn tables_are_the_figures_with_headings_in_one_s_language(stage: Stage) {
        let (_, admin, mentor, _) = worked(stage).await;
        let seen = overview(&admin).await;
        for table in AnalyticsTable::ALL {
            let csv = admin.call(export(*table, SheetFormat::Csv)).await.unwrap();
            assert!(csv.media_type.starts_with("text/csv"), "{}", csv.media_type);
            assert!(csv.bytes.starts_with(b"\xef\xbb\xbf"));
            let xlsx = admin.call(export(*table, SheetFormat::Xlsx)).await.unwrap();
            assert!(xlsx.bytes.starts_with(b"PK"));
        }
        let csv = admin.call(export(AnalyticsTable::Departments, SheetFormat::Csv)).await.unwrap();
        let text = String::from_utf8(csv.bytes.to_vec()).unwrap();
        let all = &seen.all;
        assert!(text.contains("부서,멘토링"), "{text}");
        let row = format!("플랫폼개발팀,{},{},{},{},33,{},{},{},{}", all.mentorships, all.finished, all.required, all.done, all.due, all.on_time, all.overdue, all.waiting);
        assert!(text.contains(&row), "{text} {row}");
        let funnel = String::from_utf8(mentor.call(export(AnalyticsTable::Funnel, SheetFormat::Csv)).await.unwrap().bytes.to_vec()).unwrap();
        assert!(funnel.contains("첫 과제 완료,1"), "{funnel}");
    }

    async fn a_period_that_can_t_be_is_refused_and_filters_narrow(stage: Stage) {
        let (run, admin, _, _) = worked(stage).await;
        let turned = AnalyticsFilter { from: Some(day("2026-09-08")), to: Some(day("2026-09-07")), ..AnalyticsFilter::default() };
        assert_eq!(bad_fields(admin.call(GetAnalytics { filter: turned }).await), ["to before_start"]);
        let endless = AnalyticsFilter { from: Some(day("2010-01-01")), to: Some(day("2026-09-07")), ..AnalyticsFilter::default() };
        assert_eq!(bad_fields(admin.call(GetAnalytics { filter: endless }).await), ["from too_early"]);
        let other = curriculum(stage, &run.team, "다른 과정", TASKS).await;
        let own = run.mentorship.sources[0].curriculum_id;
        assert_ne!(other, run.version_id);
        let with = |curriculum_id: i64| AnalyticsFilter { curriculum_id: Some(contract::CurriculumId(curriculum_id)), ..period() };
        assert_eq!(admin.call(GetAnalytics { filter: with(own.0) }).await.unwrap().all.mentorships, 1);
        let none = admin.call(GetAnalytics { filter: with(own.0 + 1) }).await.unwrap();
        assert_eq!((none.all.mentorships, none.review.reviews, none.slow.len()), (0, 0, 0));
        let department_id = Some(run.team.department_id);
        let filter = AnalyticsFilter { department_id, ..period() };
        assert_eq!(admin.call(GetAnalytics { filter }).await.unwrap().all.mentorships, 1);
        let filter = AnalyticsFilter { department_id: Some(contract::DepartmentId(99_999)), ..period() };
        assert_eq!(admin.call(GetAnalytics { filter }).await.unwrap().all.mentorships, 0);
    }
}
