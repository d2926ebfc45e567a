//! A mentor's way through the pages, over the real API: preview, start, look, add a task, complete.

mod support;

use contract::{
    VersionId,
    curriculum::{
        CreateCurriculum, Draft, NewCurriculum, Priority, Publication, PublishCurriculum, SaveDraft,
        TemplateTask,
    },
};
use http::StatusCode;
use support::{csrf_of, fine, on_both_transports};
use testkit::{Team, template};

async fn published(team: &Team) -> VersionId {
    let new =
        NewCurriculum {
            title: "플랫폼 온보딩".into(), description: String::new(), department_id: None
        };
    let made =
        team.admin.call(CreateCurriculum { curriculum: new, if_match: None }).await.expect("a curriculum");
    let curriculum_id = made.curriculum.curriculum_id;
    let task = |title: &str, week, duration| TemplateTask {
        title: title.to_owned(),
        guideline: String::new(),
        submission_form: String::new(),
        priority: Priority::High,
        starts_after: 1,
        duration,
        ..template("", week)
    };
    let draft = Draft {
        week_notes: Vec::new(),
        tasks: vec![task("첫 커밋", 1, 2), task("런북 <요약>", 3, 4)],
    };
    let saved = SaveDraft { curriculum_id, draft, if_match: Some(made.revision) };
    team.admin.call(saved).await.expect("a saved draft");
    let publish = PublishCurriculum { curriculum_id, publication: Publication::default() };
    team.admin.call(publish).await.expect("a version").version_id
}

on_both_transports! {
    async fn a_mentorship_is_previewed_started_looked_at_and_completed(site: Site) {
        let team = site.stage.team("윤슬로보틱스").await;
        let version = published(&team).await.to_string();
        let mentee = team.mentee.user_id.to_string();
        let mut browser = site.browser_of(&team.mentor).await;
        assert!(fine(&browser.get("/").await).contains("아직 멘티가 없어요"));
        for page in ["/review", "/mentees", "/mentees?status=all&search=%ED%95%9C"] {
            fine(&browser.get(page).await);
        }
        let page = browser.get("/mentorships/new").await;
        assert!(fine(&page).contains("한지우") && page.body.contains("플랫폼 온보딩"), "{}", page.body);
        let csrf = csrf_of(&page.body);
        let form = [
            ("csrf", csrf.as_str()),
            ("once", "start-1"),
            ("mentee_id", mentee.as_str()),
            ("version_ids", version.as_str()),
            ("start_on", "2026-09-07"),
        ];

        // Week 3 begins on 21 September: from Tuesday, across Chuseok, to Monday 28.
        let htmx = [("hx-request", "true"), ("hx-target", "plan-preview")];
        let preview = browser.post_with("/mentorships/new/preview", &form, &htmx).await;
        let drawn = fine(&preview);
        assert!(!drawn.contains("<main") && drawn.contains("추석"), "{drawn}");
        assert!(drawn.contains("class=\"bar c2 s2 r1 more\"") && drawn.contains("class=\"bar c1 s2 r1 cont\""), "{drawn}");
        assert_eq!(preview.header("x-api-calls"), "1");
        assert!(fine(&browser.post("/mentorships/new/preview", &form).await).contains("<main"));

        let lacking = browser.post("/mentorships/new", &form[..2]).await;
        assert_eq!(lacking.status, StatusCode::UNPROCESSABLE_ENTITY);
        for text in ["멘티를 골라", "커리큘럼을 하나 이상", "시작하는 날을 골라"] {
            assert!(lacking.body.contains(text), "{text}: {}", lacking.body);
        }

        let started = browser.post("/mentorships/new", &form).await;
        assert_eq!(started.status, StatusCode::SEE_OTHER, "{}", started.body);
        let path = started.location().to_owned();
        assert_eq!(browser.post("/mentorships/new", &form).await.location(), path, "the same form again");
        let mut again = form;
        again[1].1 = "start-2";
        let refused = browser.post("/mentorships/new", &again).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("이미 멘토링을 하고 있") && refused.body.contains("value=\"2026-09-07\""));

        assert!(fine(&browser.get(&path).await).contains("런북 &lt;요약&gt;"));
        let task = [
            ("title", "추가 과제"), ("week", "1"), ("priority", "low"),
            ("starts_on", "2026-09-08"), ("due_on", "2026-09-07"), ("is_required", "true"),
        ];
        let form_path = format!("{path}/tasks/new");
        let wrong = browser.submit(&form_path, &form_path, &task).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("due_on-error") && wrong.body.contains("추가 과제"), "{}", wrong.body);
        let mut right = task;
        right[4].1 = "2026-09-09";
        assert_eq!(browser.submit(&form_path, &form_path, &right).await.location(), path);
        assert!(fine(&browser.get(&format!("{path}/timeline")).await).contains("과제를 더했어요"));
        assert!(fine(&browser.get("/").await).contains("한지우"));
        assert!(fine(&browser.get("/mentees").await).contains(&path));

        // Others: the mentee reads it, a stranger finds nothing, an admin hands it over.
        let mut own = site.browser_of(&team.mentee).await;
        assert!(!fine(&own.get(&path).await).contains("tasks/new"));
        assert_eq!(own.get("/mentorships/new").await.status, StatusCode::FORBIDDEN);
        let mut stranger = site.browser_of(&team.other_mentor).await;
        assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(stranger.get("/mentorships").await.status, StatusCode::FORBIDDEN);
        let mut admin = site.browser_of(&team.admin).await;
        assert!(fine(&admin.get("/mentorships").await).contains(&path));
        assert!(fine(&admin.get("/mentorships/new/mentors?q=%ED%97%88").await).contains("role=\"option\""));
        let over = format!("{path}/hand-over");
        let other = team.other_mentor.user_id.to_string();
        assert_eq!(admin.submit(&over, &over, &[("mentor_id", &other)]).await.location(), path);
        assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND);

        let end = format!("{path}/end");
        let unsaid = stranger.submit(&end, &end, &[("reason", " ")]).await;
        assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
        let complete = format!("{path}/complete");
        assert_eq!(stranger.submit(&complete, &complete, &[]).await.location(), path);
        assert!(fine(&stranger.get("/mentees?status=completed").await).contains(&path));
    }
}
