//! Evidence and review through the pages: files, ticked items, the queue, approving several, who is called, what is hidden.

mod support;

use contract::tasks::{MoveTask, StatusMove, TaskStatus, UpdateTask};
use contract::{TaskId, tasks::TaskPatch};
use http::StatusCode;
use support::{Browser, fine, on_both_transports, plan};
use testkit::Person;

async fn go(person: &Person, task_id: TaskId, status: TaskStatus) {
    let to = StatusMove { status, comment: None };
    person.call(MoveTask { task_id, to, if_match: None }).await.expect("moved");
}

/// The first link of a page that begins so.
fn link<'a>(page: &'a str, begins: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!("href=\"{begins}")).expect("a link");
    rest.split('"').next().unwrap_or_default()
}

on_both_transports! {
    async fn files_go_in_are_shown_and_come_out(site: Site) {
        let plan = plan::started(site).await;
        let (url, files) = (format!("/tasks/{}", plan.tasks[0].task_id), format!("/tasks/{}/files", plan.tasks[0].task_id));
        let mut mentee = site.browser_of(&plan.team.mentee).await;
        let sent: &[(&str, &[u8])] = &[("표 <정리>.csv", b"a,b\n1,2\n"), ("b.txt", "둘째".as_bytes())];
        let answer = mentee.send_files(&url, &files, sent, &[]).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, format!("{url}#files").as_str()));
        let page = mentee.get(&url).await;
        let page = fine(&page);
        assert!(page.contains("표 정리.csv") && page.contains("b.txt") && page.contains("class=\"drop\""));
        let file = format!("{files}/{}", link(page, &format!("{files}/")));
        let got = mentee.get(&file).await;
        assert_eq!((got.status, got.body.as_str()), (StatusCode::OK, "a,b\n1,2\n"));
        let disposition = got.header("content-disposition");
        assert!(disposition.starts_with("attachment; ") && disposition.contains("filename*=UTF-8''%ED%91%9C"), "{disposition}");
        assert_eq!((got.header("content-type"), got.header("x-content-type-options")), ("text/csv", "nosniff"));
        assert_eq!(mentee.get(&format!("{file}/image")).await.status, StatusCode::NOT_FOUND, "only pictures are shown in place");

        // The script gets the list, or the reason in a toast.
        let htmx = [("hx-request", "true"), ("hx-target", "task-files")];
        let answer = mentee.send_files(&url, &files, &[("c.md", b"# c")], &htmx).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.body.contains("c.md") && !answer.body.contains("<html"), "{}", answer.body);
        let answer = mentee.send_files(&url, &files, &[("c.html", b"<script>")], &htmx).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.header("hx-trigger").contains("toast"));
        let mut big = vec![b'x'; 13 << 20];
        big.push(b'\n');
        assert_eq!(mentee.send_files(&url, &files, &[("big.log", &big)], &htmx).await.status, StatusCode::OK, "larger than a form may be");

        let mut mentor = site.browser_of(&plan.team.mentor).await;
        let page = mentor.get(&url).await;
        assert!(fine(&page).contains("b.txt") && !page.body.contains("class=\"drop\""));
        assert_eq!(mentor.get(&file).await.body, "a,b\n1,2\n");
        let mut stranger = site.browser_of(&plan.team.other_mentee).await;
        assert_eq!(stranger.get(&file).await.status, StatusCode::NOT_FOUND);
        let forged = mentee.post_with(&files, &[], &[("content-type", "multipart/form-data; boundary=cut")]).await;
        assert!(forged.status.is_client_error(), "{}", forged.status);
        mentee.submit(&url, &format!("{file}/delete"), &[("name", "표 정리.csv")]).await;
        assert!(!mentee.get(&url).await.body.contains(&file));
    }

    async fn items_of_the_guideline_are_ticked_by_the_owner(site: Site) {
        let plan = plan::started(site).await;
        let task_id = plan.tasks[0].task_id;
        let guideline = Some("- [ ] 규격 읽기\n- [ ] <b>정리</b>하기".to_owned());
        let patch = TaskPatch { guideline, ..TaskPatch::default() };
        plan.team.mentor.call(UpdateTask { task_id, patch, if_match: None }).await.expect("edited");
        let url = format!("/tasks/{task_id}");
        let mut mentee = site.browser_of(&plan.team.mentee).await;
        assert!(fine(&mentee.get(&url).await).contains(">0/2<"));
        let answer = mentee.submit(&url, &format!("{url}/checks"), &[("tick", "1규격 읽기")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let page = mentee.get(&url).await.body;
        assert!(page.contains(">1/2<") && page.contains("aria-checked=\"true\""));
        go(&plan.team.mentee, task_id, TaskStatus::InProgress).await;
        go(&plan.team.mentee, task_id, TaskStatus::Submitted).await;
        let mut mentor = site.browser_of(&plan.team.mentor).await;
        let page = mentor.get(&url).await;
        assert!(fine(&page).contains("class=\"checklist\"") && page.body.contains(">1/2<"));
    }

    async fn the_queue_leads_from_one_decision_to_the_next(site: Site) {
        let plan = plan::started(site).await;
        let ids: Vec<TaskId> = plan.tasks.iter().map(|task| task.task_id).collect();
        for task_id in &ids {
            go(&plan.team.mentee, *task_id, TaskStatus::InProgress).await;
            go(&plan.team.mentee, *task_id, TaskStatus::Submitted).await;
            site.stage.clock.advance(chrono::Duration::seconds(1));
        }
        let mut mentor = site.browser_of(&plan.team.mentor).await;
        let url = |at: usize| format!("/tasks/{}?queue=1", ids[at]);
        let page = mentor.get(&url(1)).await;
        let page = fine(&page);
        assert!(page.contains(&format!("rel=\"prev\" href=\"{}\"", url(0))), "before");
        assert!(page.contains(&format!("rel=\"next\" href=\"{}\"", url(2))) && page.contains("data-key=\"j ArrowRight\""));
        let moved = [("status", "returned"), ("from", "submitted"), ("next", &url(2)), ("queue", "1"), ("comment", "")];
        let answer = mentor.submit(&url(1), &format!("/tasks/{}/move", ids[1]), &moved).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "a return says why, and stays here");
        assert!(answer.body.contains("rel=\"next\""));
        let moved = [("status", "done"), ("from", "submitted"), ("next", &url(2)), ("queue", "1")];
        let answer = mentor.submit(&url(1), &format!("/tasks/{}/move", ids[1]), &moved).await;
        assert_eq!(answer.location(), url(2));

        let queue = mentor.get("/review").await;
        assert_eq!(fine(&queue).matches("name=\"task_ids\"").count(), 2);
        let chosen: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let form: Vec<(&str, &str)> = chosen.iter().map(|id| ("task_ids", id.as_str())).collect();
        let answer = mentor.submit("/review", "/review/approve", &form).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert!(answer.body.contains("과제 2개를 승인했어요") && answer.body.contains("class=\"results\""));
        assert!(answer.body.contains("<div class=\"empty\">"), "nothing waits any more");
        let none = mentor.submit("/review", "/review/approve", &[]).await;
        assert_eq!(none.location(), "/review");
        let mut mentee = site.browser_of(&plan.team.mentee).await;
        assert_eq!(mentee.get(&url(0)).await.status, StatusCode::OK, "a mentee's page has no queue");
    }

    async fn names_are_called_changes_are_told_and_secrets_stay(site: Site) {
        let plan = plan::started(site).await;
        let url = format!("/tasks/{}", plan.tasks[0].task_id);
        let mut mentee = site.browser_of(&plan.team.mentee).await;
        let people = mentee.get(&format!("{url}/people")).await.body;
        assert!(people.contains("박서연") && people.contains("한지우"), "{people}");
        mentee.submit(&url, &format!("{url}/memos"), &[("body", "@박서연 님 봐 주세요")]).await;
        let mut mentor = site.browser_of(&plan.team.mentor).await;
        let page = mentor.get(&url).await.body;
        assert!(page.contains("<span class=\"mention\">@박서연</span> 님"));
        let place = mentor.submit(&url, &format!("{url}/memos"), &[("body", "조심스럽게"), ("mentor_only", "true")]).await;
        let memo = place.location().rsplit_once("#memo-").expect("a place").1.to_owned();
        mentor.submit(&url, &format!("{url}/memos/{memo}"), &[("body", "더 조심스럽게")]).await;
        let edits = format!("{url}/memos/{memo}/edits");
        let page = mentor.get(&edits).await;
        assert!(fine(&page).contains("조심스럽게") && page.body.contains("더 조심스럽게"));
        let page = mentor.get(&url).await.body;
        assert!(page.contains("data-private") && page.contains(&edits));
        for body in [mentee.get(&url).await.body, mentee.get("/").await.body] {
            assert!(!body.contains("조심스럽게"));
        }
        assert_eq!(mentee.get(&edits).await.status, StatusCode::NOT_FOUND);
        let page = mentee.get(&url).await.body;
        let own = link(&page, &format!("{url}?edit_memo="));
        assert!(mentee.get(&format!("{url}?edit_memo={own}")).await.body.contains("\n@박서연 님 봐 주세요</textarea>"));
    }

    async fn a_deleted_sub_task_comes_back_as_it_was(site: Site) {
        let plan = plan::started(site).await;
        let url = format!("/tasks/{}", plan.tasks[0].task_id);
        let mut mentee = site.browser_of(&plan.team.mentee).await;
        mentee.submit(&url, &format!("{url}/subtasks"), &[("title", "도구 설치")]).await;
        let page = mentee.get(&url).await.body;
        let (_, rest) = page.split_once(&format!("{url}/subtasks/")).expect("a form to delete it");
        let child = rest.split('/').next().unwrap_or_default().to_owned();
        mentee.submit(&url, &format!("/tasks/{child}/move"), &[("status", "done"), ("next", &url)]).await;
        assert!(mentee.get(&url).await.body.contains(">1/1<"));
        let form = [("title", "도구 설치"), ("was_done", "true")];
        mentee.submit(&url, &format!("{url}/subtasks/{child}/delete"), &form).await;
        let page = mentee.get(&url).await.body;
        let undo = page.split_once(&format!("action=\"{url}/subtasks/restore?")).expect("an undo").1;
        let undo = undo.split('"').next().unwrap_or_default().replace("&amp;", "&");
        mentee.submit(&url, &format!("{url}/subtasks/restore?{undo}"), &[]).await;
        assert!(mentee.get(&url).await.body.contains(">1/1<"), "ticked off");
    }

    async fn an_admin_sees_the_company_by_risk_and_mentor(site: Site) {
        let plan = plan::started(site).await;
        site.stage.clock.advance(chrono::Duration::days(20));
        let mut admin: Browser = site.browser_of(&plan.team.admin).await;
        let page = admin.get("/mentorships").await;
        let page = fine(&page);
        assert!(page.contains("class=\"overview\"") && page.contains("risk=quiet") && page.contains("박서연"));
        assert!(page.contains("활동이 없어요"), "the cause in words");
        let by = |query: &str| format!("/mentorships?status=active&{query}");
        assert!(fine(&admin.get(&by("risk=quiet")).await).contains("한지우"));
        assert!(!fine(&admin.get(&by("risk=returned")).await).contains("한지우"));
        assert!(fine(&admin.get(&by(&format!("mentor_id={}&sort=end_on", plan.team.mentor.user_id))).await).contains("한지우"));
        assert!(!fine(&admin.get(&by(&format!("mentor_id={}", plan.team.other_mentor.user_id))).await).contains("한지우"));
        let mut mentor = site.browser_of(&plan.team.mentor).await;
        assert!(fine(&mentor.get("/").await).contains("활동이 없어요"));
        assert_eq!(mentor.get("/mentorships").await.status, StatusCode::FORBIDDEN);
        let mut mentee = site.browser_of(&plan.team.mentee).await;
        assert!(fine(&mentee.get("/").await).contains("계획보다"));
        let set = [("name", "윤슬"), ("locale", "ko"), ("time_zone", "Asia/Seoul"), ("working_days", "1"), ("waiting_days", "0"), ("quiet_days", "7")];
        let answer = admin.submit("/settings", "/settings", &set).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("waiting_days-error"));
    }
}
