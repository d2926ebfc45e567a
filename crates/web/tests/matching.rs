//! Matching a group and analytics through the pages, over the real API.

mod support;

use contract::{
    analytics::{AnalyticsFilter, GetAnalytics},
    matching::{ListMatchings, MatchingFilter},
    mentorship::{ListMentorships, MentorshipFilter},
};
use http::StatusCode;
use support::{csrf_of, fine, on_both_transports, plan::started};

on_both_transports! {
    async fn a_group_is_matched_changed_and_started(site: Site) {
        let begun = started(site).await;
        let team = &begun.team;
        let version = begun.mentorship.sources[0].version_id.to_string();
        let (mentee, mentor) = (team.other_mentee.user_id.to_string(), team.other_mentor.user_id.to_string());
        let mut browser = site.browser_of(&team.admin).await;
        assert!(fine(&browser.get("/mentorships/matching").await).contains("아직 매칭한 적이 없어요"));
        let page = browser.get("/mentorships/matching/new").await;
        assert!(fine(&page).contains("홍준서") && !page.body.contains("한지우"), "who has a mentor is not asked for");
        let csrf = csrf_of(&page.body);

        let lacking = browser.post("/mentorships/matching", &[("csrf", csrf.as_str()), ("start_on", "x")]).await;
        assert_eq!(lacking.status, StatusCode::UNPROCESSABLE_ENTITY);
        for text in ["멘티를 한 명 이상", "멘토를 한 명 이상", "시작하는 날을 골라"] {
            assert!(lacking.body.contains(text), "{text}: {}", lacking.body);
        }
        let form = [
            ("csrf", csrf.as_str()), ("once", "m1"), ("mentee_ids", mentee.as_str()), ("mentor_ids", mentor.as_str()),
            ("start_on", "2026-09-14"),
        ];
        let made = browser.post("/mentorships/matching", &form).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let path = made.header("location").to_owned();
        let page = browser.get(&path).await;
        let body = fine(&page);
        for text in ["홍준서", "허지안", "같은 부서", "+40", "먼저 커리큘럼을 고르고"] {
            assert!(body.contains(text), "{text}: {body}");
        }

        // Taken away: the part that is swapped says why there is nobody.
        let htmx = [("hx-request", "true"), ("hx-target", "matching")];
        let none = [("csrf", csrf.as_str()), ("mentee_id", mentee.as_str()), ("mentor_id", ""), ("version", "1")];
        let changed = browser.post_with(&format!("{path}/pair"), &none, &htmx).await;
        assert!(!fine(&changed).contains("<main") && changed.body.contains("왜 멘토가 없나요?"), "{}", changed.body);
        let stale = browser.post(&format!("{path}/pair"), &none).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        let back = [("csrf", csrf.as_str()), ("mentee_id", mentee.as_str()), ("mentor_id", mentor.as_str())];
        assert_eq!(browser.post(&format!("{path}/pair"), &back).await.status, StatusCode::SEE_OTHER);
        let unknown = [("csrf", csrf.as_str()), ("mentee_id", mentee.as_str()), ("mentor_id", "99999")];
        let refused = browser.post(&format!("{path}/pair"), &unknown).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let unready = browser.post(&format!("{path}/publish"), &[("csrf", csrf.as_str()), ("once", "p0")]).await;
        assert_eq!(unready.status, StatusCode::UNPROCESSABLE_ENTITY, "no curriculum yet");

        let settings = [
            ("csrf", csrf.as_str()), ("title", "가을 <공채>"), ("start_on", "2026-09-14"), ("version_ids", version.as_str()),
        ];
        assert_eq!(browser.post(&format!("{path}/settings"), &settings).await.status, StatusCode::SEE_OTHER);
        let again = [("csrf", csrf.as_str()), ("once", "a1")];
        assert_eq!(browser.post(&format!("{path}/assign"), &again).await.status, StatusCode::SEE_OTHER);
        let publish = [("csrf", csrf.as_str()), ("once", "p1")];
        assert_eq!(browser.post(&format!("{path}/publish"), &publish).await.status, StatusCode::SEE_OTHER);
        let done = browser.get(&path).await;
        assert!(fine(&done).contains("1명의 멘토링을 시작했어요") && done.body.contains("가을 &lt;공채&gt;"), "{}", done.body);
        let filter = MentorshipFilter { mentee_id: Some(team.other_mentee.user_id), ..MentorshipFilter::default() };
        let running = team.admin.call(ListMentorships { filter }).await.expect("mentorships").items;
        assert_eq!((running.len(), running[0].start_on.to_string()), (1, "2026-09-14".to_owned()));
        assert!(fine(&browser.get("/mentorships/matching").await).contains("모두 시작함"));
        assert_eq!(browser.post(&format!("{path}/delete"), &[("csrf", csrf.as_str())]).await.status, StatusCode::SEE_OTHER);
        assert!(team.admin.call(ListMatchings { filter: MatchingFilter::default() }).await.expect("a list").items.is_empty());

        let mut other = site.browser_of(&team.mentor).await;
        assert_eq!(other.get("/mentorships/matching").await.status, StatusCode::FORBIDDEN);
    }

    async fn a_new_mentorship_shows_who_fits_and_why(site: Site) {
        let begun = started(site).await;
        let mentee = begun.team.other_mentee.user_id;
        let mut admin = site.browser_of(&begun.team.admin).await;
        let page = admin.get(&format!("/mentorships/new?mentee_id={mentee}")).await;
        assert!(fine(&page).contains("잘 맞는 멘토") && page.body.contains("name=\"suggested_id\""), "{}", page.body);
        let htmx = [("hx-request", "true"), ("hx-target", "mentor-suggestions")];
        let part = admin.get_with(&format!("/mentorships/new/suggestions?mentee_id={mentee}"), &htmx).await;
        assert!(!fine(&part).contains("<main") && part.body.contains("허지안"), "{}", part.body);
        let version = begun.mentorship.sources[0].version_id.to_string();
        let (mentee, mentor) = (mentee.to_string(), begun.team.other_mentor.user_id.to_string());
        let csrf = csrf_of(&page.body);
        let form = [
            ("csrf", csrf.as_str()), ("once", "n1"), ("mentee_id", mentee.as_str()), ("mentor_id", ""),
            ("suggested_id", mentor.as_str()), ("version_ids", version.as_str()), ("start_on", "2026-09-14"),
        ];
        assert_eq!(admin.post("/mentorships/new", &form).await.status, StatusCode::SEE_OTHER);
        let mut browser = site.browser_of(&begun.team.mentor).await;
        fine(&browser.get("/mentorships/new").await);
    }

    async fn analytics_shows_the_figures_of_the_api(site: Site) {
        let begun = started(site).await;
        let team = &begun.team;
        let seen = team.admin.call(GetAnalytics { filter: AnalyticsFilter::default() }).await.expect("an overview");
        let mut browser = site.browser_of(&team.admin).await;
        let page = browser.get("/analytics").await;
        let body = fine(&page);
        assert!(body.contains(&format!("필수 과제 {}개 중 {}개", seen.all.required, seen.all.done)), "{body}");
        assert!(body.contains("플랫폼개발팀") && body.contains("<svg"), "{body}");
        for view in ["by=mentor", "by=start", "by=hired", "from=2026-09-02&to=2026-09-03", "department=1"] {
            fine(&browser.get(&format!("/analytics?{view}")).await);
        }
        let curriculum = begun.mentorship.sources[0].curriculum_id;
        let page = browser.get(&format!("/analytics/curricula/{curriculum}")).await;
        assert!(fine(&page).contains("관제 서버 띄우기"), "{}", page.body);
        let file = browser.get("/analytics/export?table=funnel&format=csv").await;
        assert_eq!((file.status, file.header("content-type")), (StatusCode::OK, "text/csv; charset=utf-8"));
        assert!(file.body.contains(&format!("멘토링 시작,{}", seen.all.mentorships)), "{}", file.body);
        let mut mentor = site.browser_of(&team.mentor).await;
        assert!(fine(&mentor.get("/analytics").await).contains("내 멘티의 멘토링 1개"));
        let mut mentee = site.browser_of(&team.mentee).await;
        assert_eq!(mentee.get("/analytics").await.status, StatusCode::FORBIDDEN);
    }
}
