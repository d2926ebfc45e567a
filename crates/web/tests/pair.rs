//! What a pair does together, through the pages: few questions to the API, what was typed is kept, each sees their own.

mod support;

use http::StatusCode;
use support::{Browser, fine, hidden, moved_on, on_both_transports, plan::started};

on_both_transports! {
    async fn a_pair_agrees_plans_meets_and_evaluates(site: Site) {
        let plan = started(site).await;
        let base = format!("/mentorships/{}", plan.mentorship.mentorship_id);
        let at = |page: &str| format!("{base}/{page}");
        let mut mentor = site.browser_of(&plan.team.mentor).await;
        let mut mentee = site.browser_of(&plan.team.mentee).await;
        let mut admin = site.browser_of(&plan.team.admin).await;
        for browser in [&mut mentor, &mut mentee, &mut admin] {
            for page in ["agreement", "goals", "meetings", "timeline", "report"] {
                assert!(fine(&browser.get(&at(page)).await).contains("aria-current=\"page\""), "{page}");
            }
        }
        assert_eq!(moved_on(&mentor.get(&format!("{base}?tab=timeline")).await), at("timeline"), "where old links lead");
        assert!(!admin.get(&at("agreement")).await.body.contains("<textarea"), "an admin reads");

        // The agreement: each their own words, then both signatures.
        for (browser, text) in [(&mut mentor, "먼저 물어봐 주세요"), (&mut mentee, "하루 안에 답해 주세요")] {
            let version = hidden(&browser.get(&at("agreement")).await.body, "version");
            let sent = browser.submit(&at("agreement"), &at("agreement/text"), &[("expects", text), ("version", &version)]).await;
            assert_eq!(moved_on(&sent), at("agreement"));
        }
        let version = hidden(&mentor.get(&at("agreement")).await.body, "version");
        let wrong = [("rhythm", "weekly"), ("weekday", "2"), ("meets_at", "14:30"), ("minutes", "삼십"), ("place", "<방>"), ("version", version.as_str())];
        let again = mentor.submit(&at("agreement"), &at("agreement"), &wrong).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains("value=\"삼십\"") && again.body.contains("&lt;방&gt;"), "what was typed is kept");
        for browser in [&mut mentor, &mut mentee] {
            let version = hidden(&browser.get(&at("agreement")).await.body, "version");
            moved_on(&browser.submit(&at("agreement"), &at("agreement/sign"), &[("version", &version)]).await);
        }
        assert_eq!(admin.get(&at("agreement")).await.body.matches("data-signed").count(), 2);

        // A goal.
        let empty = mentee.submit(&at("goals?add=true"), &at("goals"), &[("title", "  "), ("measure", "세 번")]).await;
        assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.body.contains("value=\"세 번\""), "{}", empty.body);
        let place = moved_on(&mentee.submit(&at("goals?add=true"), &at("goals"), &[("title", "혼자 배포"), ("measure", "")]).await);
        let goal = place.rsplit_once("#goal-").expect("at its goal").1.to_owned();
        let note = [("progress", "많이"), ("comment", "두 번"), ("version", "1")];
        let again = mentee.submit(&at("goals"), &at(&format!("goals/{goal}/progress")), &note).await;
        assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.body.contains("value=\"두 번\""), "{}", again.body);
        let note = [("progress", "45"), ("comment", "두 번"), ("version", "1")];
        moved_on(&mentee.submit(&at("goals"), &at(&format!("goals/{goal}/progress")), &note).await);
        let shown = mentor.get(&at("goals")).await;
        assert!(fine(&shown).contains("45%") && shown.body.contains("두 번"));

        // A 1:1 and what came of it.
        fine(&mentor.get(&at("meetings/new")).await);
        let meeting = [("date", "2026-09-08"), ("time", "10:00"), ("minutes", "30"), ("place", "회의실"), ("agenda", "하나\r\n\r\n둘")];
        let place = moved_on(&mentor.submit(&at("meetings/new"), &at("meetings/new"), &meeting).await);
        let page = mentee.get(&place).await;
        assert!(fine(&page).contains("하나") && page.body.contains("둘"));
        assert!(fine(&mentee.get("/").await).contains(&format!("href=\"{place}\"")), "on the mentee's home");
        assert!(fine(&mentor.get("/").await).contains(&format!("href=\"{place}\"")), "on the mentor's home");
        let no_day = [("title", "런북"), ("owner", "mentee"), ("due_on", "")];
        let again = mentor.submit(&place, &format!("{place}/actions"), &no_day).await;
        assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.body.contains("value=\"런북\""), "{}", again.body);
        let action = [("title", "런북 쓰기"), ("owner", "mentee"), ("due_on", "2026-09-10")];
        moved_on(&mentor.submit(&place, &format!("{place}/actions"), &action).await);
        assert!(mentee.get("/plan").await.body.contains("런북 쓰기"));
        assert!(fine(&admin.get(&at("timeline?topic=meeting")).await).contains("1:1을 잡았어요"));

        // The evaluation, and its documents.
        moved_on(&mentor.submit(&base, &at("complete"), &[("reason", "")]).await);
        for (browser, text) in [(&mut mentor, "**잘** 했어요"), (&mut mentee, "고마웠어요")] {
            let version = hidden(&browser.get(&at("report")).await.body, "version");
            let form = [("text", text), ("growth", "5"), ("grasp", "4"), ("version", version.as_str())];
            moved_on(&browser.submit(&at("report"), &at("report/sign"), &form).await);
        }
        let locked = admin.get(&at("report")).await;
        assert!(fine(&locked).contains("<strong>잘</strong>") && locked.body.contains("고마웠어요"));
        let pdf = mentee.get(&at("report.pdf?locale=en")).await;
        assert_eq!((pdf.status, pdf.header("content-type")), (StatusCode::OK, "application/pdf"));
        assert_eq!(mentee.get(&at("certificate.pdf")).await.status, StatusCode::OK);
        let version = hidden(&admin.get(&at("report")).await.body, "version");
        let again = admin.submit(&at("report"), &at("report/reopen"), &[("reason", " "), ("version", &version)]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        moved_on(&admin.submit(&at("report"), &at("report/reopen"), &[("reason", "오타"), ("version", &version)]).await);
        assert!(mentee.get(&at("timeline")).await.body.contains("평가를 다시 열었어요"));
    }

    async fn a_calendar_is_read_without_a_sign_in_and_strangers_see_no_page(site: Site) {
        let plan = started(site).await;
        let mut mentee = site.browser_of(&plan.team.mentee).await;
        let page = mentee.submit("/profile/calendar", "/profile/calendar", &[]).await;
        assert_eq!(page.status, StatusCode::OK);
        let (_, rest) = page.body.split_once("/calendar/").expect("the address is shown");
        let token = rest.split('"').next().unwrap_or_default();
        assert!(!mentee.get("/profile/calendar").await.body.contains(token), "once");
        let mut nobody = Browser::of(site);
        let read = nobody.get(&format!("/calendar/{token}")).await;
        assert_eq!((read.status, read.header("content-type")), (StatusCode::OK, "text/calendar; charset=utf-8"));
        assert!(read.body.contains("BEGIN:VEVENT") && !read.header("etag").is_empty());
        assert_eq!(nobody.get("/calendar/nonsense.ics").await.status, StatusCode::NOT_FOUND);

        let mut stranger = site.browser_of(&plan.team.other_mentor).await;
        for page in ["agreement", "goals", "meetings", "meetings/new", "timeline", "report", "report.pdf", "certificate.pdf"] {
            let answer = stranger.get(&format!("/mentorships/{}/{page}", plan.mentorship.mentorship_id)).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{page}");
        }
    }
}
