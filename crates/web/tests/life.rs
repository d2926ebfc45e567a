//! A mentorship's life through the pages: proposed and answered, moved, paused and resumed, its plan rearranged.

mod support;

use contract::{
    mentorship::{EndMentorship, EndReason, GetMentorship, MentorshipStatus},
    mentorship_life::AcceptMentorship,
    tasks::{ListTasks, TaskFilter},
};
use http::StatusCode;
use support::{csrf_of, fine, moved_on, on_both_transports, plan::started};

/// The mark of the preview on a page.
fn seen(page: &str) -> String {
    let at = page.find("name=\"seen\"").expect("a preview");
    let value = &page[at..];
    let value = &value[value.find("value=\"").expect("its mark") + 7..];
    value[..value.find('"').expect("its end")].to_owned()
}

on_both_transports! {
    async fn a_proposal_is_answered_on_its_page(site: Site) {
        let started = started(site).await;
        let team = &started.team;
        let reason = EndReason { reason: "부서 이동".to_owned() };
        team.admin.call(EndMentorship { mentorship_id: started.mentorship.mentorship_id, reason }).await.expect("ended");
        let version = started.mentorship.sources[0].version_id.to_string();
        let (mentee, mentor) = (team.mentee.user_id.to_string(), team.mentor.user_id.to_string());
        let mut admin = site.browser_of(&team.admin).await;
        let form = [
            ("mentee_id", mentee.as_str()), ("mentor_id", mentor.as_str()), ("version_ids", version.as_str()),
            ("start_on", "2026-09-14"), ("note", "잘 <부탁>드려요"),
        ];
        let proposed = moved_on(&admin.submit("/mentorships/new", "/mentorships/propose", &form).await);
        assert!(fine(&admin.get(&proposed).await).contains("답을 기다리고 있어요"));
        let again = admin.submit("/mentorships/new", "/mentorships/propose", &form).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains("답을 기다리는 제안이 이미"), "{}", again.body);
        assert!(fine(&admin.get("/mentorships?status=proposed").await).contains("한지우"));

        let mut mentor = site.browser_of(&team.mentor).await;
        let home = mentor.get("/").await;
        assert!(fine(&home).contains(&format!("href=\"{proposed}/proposal\"")), "{}", home.body);
        let page = mentor.get(&format!("{proposed}/proposal")).await;
        assert!(fine(&page).contains("잘 &lt;부탁&gt;드려요") && page.body.contains("관제 서버 띄우기"));
        let silent = mentor.submit(&format!("{proposed}/proposal"), &format!("{proposed}/decline"), &[("reason", " ")]).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        let day = [("start_on", "2026-09-21")];
        let to = moved_on(&mentor.submit(&format!("{proposed}/proposal"), &format!("{proposed}/accept"), &day).await);
        assert_eq!(to, proposed);
        let page = mentor.get(&to).await;
        assert!(fine(&page).contains("멘토가 됐어요") && page.body.contains("관제 서버 띄우기"), "{}", page.body);
        assert_eq!(mentor.get(&format!("{proposed}/proposal")).await.status, StatusCode::SEE_OTHER, "answered is answered");
        let mut mentee = site.browser_of(&team.mentee).await;
        assert!(fine(&mentee.get("/").await).contains("관제 서버 띄우기"));
        assert_eq!(mentee.get(&format!("{proposed}/dates")).await.status, StatusCode::FORBIDDEN);
        let id = contract::MentorshipId(proposed.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id"));
        let twice = team.mentor.call(AcceptMentorship { mentorship_id: id, acceptance: Default::default() }).await;
        assert!(twice.is_err());
    }

    async fn dates_move_after_a_preview_and_back_by_undo(site: Site) {
        let started = started(site).await;
        let (team, id) = (&started.team, started.mentorship.mentorship_id);
        let here = format!("/mentorships/{id}");
        let mut mentor = site.browser_of(&team.mentor).await;
        assert!(fine(&mentor.get(&here).await).contains(&format!("{here}/dates")));
        let page = mentor.get(&format!("{here}/dates")).await;
        let csrf = csrf_of(fine(&page));
        let end = started.mentorship.end_on.to_string();
        let form = [("csrf", csrf.as_str()), ("start_on", "2026-09-07"), ("end_on", end.as_str())];
        let headers = [("hx-request", "true"), ("hx-target", "dates-preview")];
        let part = mentor.post_with(&format!("{here}/dates/preview"), &form, &headers).await;
        let mark = seen(fine(&part));
        assert!(!part.body.contains("<main") && part.body.contains("관제 서버 띄우기"), "{}", part.body);
        let other = [("start_on", "2026-09-07"), ("end_on", end.as_str()), ("seen", "another")];
        let stale = mentor.submit(&format!("{here}/dates"), &format!("{here}/dates"), &other).await;
        assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(stale.body.contains("보는 사이에 계획이 바뀌었어요"));
        let bad = [("start_on", "x"), ("end_on", end.as_str())];
        let bad = mentor.submit(&format!("{here}/dates"), &format!("{here}/dates"), &bad).await;
        assert!(bad.status == StatusCode::UNPROCESSABLE_ENTITY && bad.body.contains("id=\"start_on-error\""), "{}", bad.body);
        let form = [("start_on", "2026-09-07"), ("end_on", end.as_str()), ("seen", mark.as_str())];
        let to = moved_on(&mentor.submit(&format!("{here}/dates"), &format!("{here}/dates"), &form).await);
        assert!(fine(&mentor.get(&to).await).contains("일정을 옮겼어요"));
        let start = || async { team.mentor.call(GetMentorship { mentorship_id: id }).await.expect("it is there") };
        assert_eq!(start().await.start_on.to_string(), "2026-09-07");
        moved_on(&mentor.submit(&here, &format!("{here}/undo"), &[]).await);
        assert_eq!(start().await.start_on, started.mentorship.start_on);

        // A pause says why, and going on shows what moves.
        let silent = mentor.submit(&format!("{here}/pause"), &format!("{here}/pause"), &[("reason", "")]).await;
        assert!(silent.status == StatusCode::UNPROCESSABLE_ENTITY && silent.body.contains("id=\"reason-error\""), "{}", silent.body);
        moved_on(&mentor.submit(&format!("{here}/pause"), &format!("{here}/pause"), &[("reason", "파견")]).await);
        assert!(fine(&mentor.get(&here).await).contains(&format!("{here}/resume")));
        let page = mentor.get(&format!("{here}/resume")).await;
        let mark = seen(fine(&page));
        moved_on(&mentor.submit(&format!("{here}/resume"), &format!("{here}/resume"), &[("seen", mark.as_str())]).await);
        assert_eq!(start().await.status, MentorshipStatus::Active);
    }

    async fn an_admin_hands_over_what_is_paused(site: Site) {
        let started = started(site).await;
        let (team, id) = (&started.team, started.mentorship.mentorship_id);
        let here = format!("/mentorships/{id}");
        let (pause, over) = (format!("{here}/pause"), format!("{here}/hand-over"));
        let mut mentor = site.browser_of(&team.mentor).await;
        moved_on(&mentor.submit(&pause, &pause, &[("reason", "파견")]).await);
        assert!(!fine(&mentor.get(&here).await).contains(&over), "a mentor does not choose who follows");
        let mut admin = site.browser_of(&team.admin).await;
        assert!(fine(&admin.get(&here).await).contains(&format!("href=\"{over}\"")));
        let other = team.other_mentor.user_id.to_string();
        assert_eq!(moved_on(&admin.submit(&over, &over, &[("mentor_id", other.as_str())]).await), here);
        let after = team.admin.call(GetMentorship { mentorship_id: id }).await.expect("it is there");
        assert_eq!((after.mentor_id, after.status), (team.other_mentor.user_id, MentorshipStatus::Paused));
    }

    async fn a_plan_is_rearranged_as_one_form(site: Site) {
        let started = started(site).await;
        let (team, id) = (&started.team, started.mentorship.mentorship_id);
        let here = format!("/mentorships/{id}/plan");
        let mut mentor = site.browser_of(&team.mentor).await;
        let page = mentor.get(&here).await;
        assert!(fine(&page).contains("data-plan") && page.body.contains("런북 요약하기"));
        let rows: Vec<[String; 6]> = started
            .tasks
            .iter()
            .zip(["2", "1", "2"])
            .map(|(task, week)| {
                [task.task_id.to_string(), task.title.clone(), week.to_owned(), "1".to_owned(), task.starts_on.to_string(), task.due_on.to_string()]
            })
            .collect();
        let names = ["task_id", "title", "week", "position", "starts_on", "due_on"];
        let mut form: Vec<(&str, &str)> = Vec::new();
        for row in &rows {
            form.push(("status", "todo"));
            form.extend(names.iter().zip(row).map(|(name, value)| (*name, value.as_str())));
        }
        let added = [("new_title", "깜짝 과제"), ("new_week", "1"), ("new_starts_on", "2026-09-05"), ("new_due_on", "2026-09-07")];
        form.extend(added);
        let wrong = mentor.submit(&here, &here, &form).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("<b>깜짝 과제</b> 쉬는 날이에요."), "{}", wrong.body);
        let at = form.len() - 2;
        form[at] = ("new_starts_on", "2026-09-03");
        let to = moved_on(&mentor.submit(&here, &here, &form).await);
        let page = mentor.get(&to).await;
        assert!(fine(&page).contains("깜짝 과제") && page.body.contains("계획을 바꿨어요"), "{}", page.body);
        let filter = TaskFilter { mentorship_id: Some(id), ..TaskFilter::default() };
        let tasks = team.mentor.call(ListTasks { filter }).await.expect("tasks").items;
        let first = tasks.iter().find(|task| task.task_id == started.tasks[0].task_id).expect("it is there");
        assert_eq!((first.week, first.starts_on.to_string()), (2, "2026-09-07".to_owned()), "its days follow the week");
        moved_on(&mentor.submit(&here, &format!("/mentorships/{id}/undo"), &[]).await);
        let filter = TaskFilter { mentorship_id: Some(id), ..TaskFilter::default() };
        assert_eq!(team.mentor.call(ListTasks { filter }).await.expect("tasks").items.len(), 3);
    }

    async fn days_away_and_capacity_have_their_pages(site: Site) {
        let team = site.stage.team("윤슬로보틱스").await;
        let mut mentor = site.browser_of(&team.mentor).await;
        assert!(fine(&mentor.get("/profile").await).contains("/profile/mentoring"));
        let own = "/profile/mentoring";
        let add = format!("{own}/absences");
        let backwards = [("starts_on", "2026-09-10"), ("ends_on", "2026-09-09"), ("reason", "<휴가>")];
        let wrong = mentor.submit(own, &add, &backwards).await;
        assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("&lt;휴가&gt;"), "{}", wrong.body);
        moved_on(&mentor.submit(own, &add, &[("starts_on", "2026-09-10"), ("ends_on", "2026-09-11"), ("reason", "휴가")]).await);
        let page = mentor.get(own).await;
        assert!(fine(&page).contains("휴가"));
        let mut admin = site.browser_of(&team.admin).await;
        let base = format!("/organisation/people/{}/mentoring", team.mentor.user_id);
        assert!(fine(&admin.get(&base).await).contains("휴가"));
        moved_on(&admin.submit(&base, &base, &[("capacity", "2")]).await);
        assert!(fine(&admin.get(&base).await).contains("한 번에 2개까지"));
        assert_eq!(mentor.get(&format!("/organisation/people/{}/mentoring", team.other_mentor.user_id)).await.status, StatusCode::NOT_FOUND);
        let mut mentee = site.browser_of(&team.mentee).await;
        assert_eq!(mentee.get(own).await.status, StatusCode::FORBIDDEN);
    }
}
