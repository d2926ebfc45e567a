//! The mentee's pages and the task's page over the real API: what is shown, moved, refused, kept.

mod support;

use contract::{
    TaskId,
    tasks::{CreateSubtask, GetTask, MoveTask, NewSubtask, StatusMove, TaskStatus},
};
use http::StatusCode;
use support::{
    Answer, Browser, csrf_of, hidden, on_both_transports,
    plan::{Started, started},
};

async fn status(plan: &Started, task_id: TaskId) -> TaskStatus {
    let detail = plan.team.mentee.call(GetTask { task_id, if_match: None }).await.expect("the own task");
    detail.task.status
}

async fn moved(plan: &Started, task_id: TaskId, to: TaskStatus) {
    let to = StatusMove { status: to, comment: None };
    plan.team.mentee.call(MoveTask { task_id, to, if_match: None }).await.expect("an allowed move");
}

async fn toast(browser: &mut Browser, answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let page = browser.get(answer.location()).await.body;
    let (_, rest) = page.split_once("data-toast><span>").expect("a toast");
    rest.split("</span>").next().unwrap_or_default().to_owned()
}

on_both_transports! {
    async fn each_page_is_there_with_few_questions(site: Site) {
        let plan = started(site).await;
        let mut browser = site.browser_of(&plan.team.mentee).await;
        let task = format!("/tasks/{}", plan.tasks[0].task_id.0);
        for (path, text, most) in [
            ("/", "이번 주에 끝낼 과제가 2개", 2),
            ("/board", "관제 서버 띄우기", 1),
            ("/board?period=week&only=high", "런북 요약하기", 1),
            ("/board?period=overdue", "여기에 맞는 과제가 없어요", 1),
            ("/plan", "id=\"week-2\"", 1),
            ("/plan?status=done", "여기에 맞는 과제가 없어요", 1),
            (task.as_str(), "관제 서버 띄우기", 3),
        ] {
            let page = browser.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
            assert!(page.body.contains(text), "{path}: {}", page.body);
            let calls: u32 = page.header("x-api-calls").parse().expect("counted");
            assert!(calls <= most, "{path} asks {calls} times");
        }
        let english = browser.submit("/board", "/locale", &[("locale", "en")]).await;
        assert_eq!(english.location(), "/board");
        assert!(browser.get("/board").await.body.contains("In progress"));
    }

    async fn a_card_moves_by_script_and_by_form_and_back(site: Site) {
        let plan = started(site).await;
        let task_id = plan.tasks[0].task_id;
        let mut browser = site.browser_of(&plan.team.mentee).await;
        let board = browser.get("/board").await;
        assert!(board.body.contains("data-moves=\"in_progress\""), "{}", board.body);
        let path = format!("/tasks/{}/move", task_id.0);
        let csrf = csrf_of(&board.body);

        // As js/board.js sends it.
        let form = [("csrf", csrf.as_str()), ("status", "in_progress"), ("version", "1")];
        let card = browser.post_with(&path, &form, &[("hx-request", "true")]).await;
        assert_eq!(card.status, StatusCode::OK, "{}", card.body);
        assert!(card.body.trim_start().starts_with("<a class=\"task-card\""), "{}", card.body);
        assert!(card.body.contains("data-moves=\"todo submitted\""), "{}", card.body);
        assert_eq!(status(&plan, task_id).await, TaskStatus::InProgress);

        // As the menu's form sends it, and the toast's undo.
        let form = [("status", "todo"), ("from", "in_progress"), ("version", "2"), ("next", "/board")];
        let answer = browser.submit("/board", &path, &form).await;
        assert_eq!(answer.location(), "/board");
        let page = browser.get("/board").await.body;
        let (_, undo) = page.split_once("<form method=\"post\" action=\"/tasks/").expect("a form");
        assert!(page.contains("/move/undo?to=in_progress&amp;version=3"), "{undo}");
        let undo = format!("/tasks/{}/move/undo?to=in_progress&version=3", task_id.0);
        let undone = browser.submit("/board", &undo, &[]).await;
        assert_eq!(toast(&mut browser, &undone).await, "되돌렸어요");
        assert_eq!(status(&plan, task_id).await, TaskStatus::InProgress);
    }

    async fn a_move_that_is_not_allowed_says_so_and_gives_the_card_back(site: Site) {
        let plan = started(site).await;
        let task_id = plan.tasks[0].task_id;
        let mut browser = site.browser_of(&plan.team.mentee).await;
        let csrf = csrf_of(&browser.get("/board").await.body);
        let path = format!("/tasks/{}/move", task_id.0);
        let form = [("csrf", csrf.as_str()), ("status", "done"), ("version", "1")];
        let refused = browser.post_with(&path, &form, &[("hx-request", "true")]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains("class=\"task-card\""), "{}", refused.body);
        let said: serde_json::Value = serde_json::from_str(refused.header("hx-trigger")).expect("a toast");
        assert_eq!(said["toast"]["text"], "지금은 그 상태로 바꿀 수 없어요.");

        let answer = browser.submit("/board", &path, &[("status", "done"), ("next", "/board")]).await;
        assert_eq!(toast(&mut browser, &answer).await, "지금은 그 상태로 바꿀 수 없어요.");
        let page = browser.submit("/board", &path, &[("status", "done")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.body.contains("지금은 그 상태로 바꿀 수 없어요."), "{}", page.body);
        assert_eq!(status(&plan, task_id).await, TaskStatus::Todo);
        let away = browser.submit("/board", &path, &[("status", "in_progress"), ("next", "//evil.example")]).await;
        assert_eq!(away.location(), "/");
    }

    async fn what_was_written_is_saved_and_handed_in_when_its_subtasks_are_done(site: Site) {
        let plan = started(site).await;
        let task_id = plan.tasks[0].task_id;
        let mut browser = site.browser_of(&plan.team.mentee).await;
        let path = format!("/tasks/{}", task_id.0);
        moved(&plan, task_id, TaskStatus::InProgress).await;
        let answer = browser.submit(&path, &format!("{path}/subtasks"), &[("title", "표 정리")]).await;
        assert_eq!(answer.location(), format!("{path}#subtasks"), "{}", answer.body);
        let empty = browser.submit(&path, &format!("{path}/subtasks"), &[("title", " ")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.body.contains("id=\"title-error\""), "{}", empty.body);

        let version = hidden(&browser.get(&path).await.body, "version");
        let csrf = csrf_of(&browser.get(&path).await.body);
        let form = [("csrf", csrf.as_str()), ("submission", "첫 줄"), ("version", version.as_str())];
        let saved = browser.post_with(&format!("{path}/submission"), &form, &[("hx-request", "true")]).await;
        let saved: serde_json::Value = serde_json::from_str(&saved.body).expect("JSON");
        let newer = saved["version"].as_i64().expect("a version").to_string();
        let stale = browser.post_with(&format!("{path}/submission"), &form, &[("hx-request", "true")]).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{}", stale.body);
        let stale = browser.submit(&path, &format!("{path}/submission"), &form[1..]).await;
        assert!(stale.body.contains("그사이 다른 사람이 바꿨어요"), "{}", stale.body);

        let submit = format!("{path}/submit");
        let form = [("submission", "둘째 줄"), ("version", newer.as_str()), ("from", "in_progress")];
        let refused = browser.submit(&path, &submit, &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("아직 끝나지 않은 하위 과제가 있어요."), "{}", refused.body);
        assert!(refused.body.contains("둘째 줄"), "what was typed stays");

        let detail = plan.team.mentee.call(GetTask { task_id, if_match: None }).await.expect("the task");
        let subtask = detail.subtasks[0].task_id.0;
        let next = format!("{path}#subtasks");
        let tick = [("status", "done"), ("from", "todo"), ("next", next.as_str())];
        let ticked = browser.submit(&path, &format!("/tasks/{subtask}/move"), &tick).await;
        assert_eq!(ticked.location(), next, "{}", ticked.body);
        let version = hidden(&browser.get(&path).await.body, "version");
        let form = [("submission", "셋째 줄"), ("version", version.as_str()), ("from", "in_progress")];
        let handed_in = browser.submit(&path, &submit, &form).await;
        assert!(toast(&mut browser, &handed_in).await.contains("검토를 요청했어요"));
        assert_eq!(status(&plan, task_id).await, TaskStatus::Submitted);

        // Whoever guides reads it and returns it, saying why.
        let mut mentor = site.browser_of(&plan.team.mentor).await;
        let page = mentor.get(&path).await;
        assert!(page.body.contains("셋째 줄") && page.body.contains("승인하기"), "{}", page.body);
        assert_eq!(page.header("x-api-calls"), "3");
        let to = format!("{path}/move");
        let silent = mentor.submit(&path, &to, &[("status", "returned"), ("comment", " ")]).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(silent.body.contains("id=\"comment-error\""), "{}", silent.body);
        let stale = [("status", "returned"), ("comment", "3단계가 빠졌어요"), ("version", "1")];
        let stale = mentor.submit(&path, &to, &stale).await;
        assert!(stale.body.contains("3단계가 빠졌어요"), "what was typed stays: {}", stale.body);
        let back = mentor.submit(&path, &to, &[("status", "returned"), ("comment", "3단계가 빠졌어요")]).await;
        assert_eq!(back.location(), path, "{}", back.body);
        let board = browser.get("/board").await.body;
        assert!(board.contains("class=\"quote\">3단계가 빠졌어요"), "{board}");
        assert!(browser.get(&path).await.body.contains("돌려보냈어요"));
    }

    async fn a_subtask_is_deleted_and_comes_back_by_undo(site: Site) {
        let plan = started(site).await;
        let task_id = plan.tasks[0].task_id;
        let subtask = NewSubtask { title: "표 & 그림".to_owned() };
        let made = plan.team.mentee.call(CreateSubtask { task_id, subtask, if_match: None }).await.expect("one");
        let mut browser = site.browser_of(&plan.team.mentee).await;
        let path = format!("/tasks/{}", task_id.0);
        let delete = format!("{path}/subtasks/{}/delete", made.task_id.0);
        browser.submit(&path, &delete, &[("title", "표 & 그림")]).await;
        let page = browser.get(&path).await.body;
        let (_, undo) = page.split_once("/subtasks/restore?title=").expect("an undo");
        let title = undo.split('"').next().unwrap_or_default();
        browser.submit(&path, &format!("{path}/subtasks/restore?title={title}"), &[]).await;
        let page = browser.get(&path).await.body;
        assert!(page.contains("aria-label=\"표 &amp; 그림\""), "{page}");
    }

    async fn memos_are_written_changed_and_deleted_and_run_nothing(site: Site) {
        let plan = started(site).await;
        let path = format!("/tasks/{}", plan.tasks[0].task_id.0);
        let mut browser = site.browser_of(&plan.team.mentee).await;
        let page = browser.get(&path).await.body;
        assert!(page.contains("<strong>먼저</strong>"), "the guideline is Markdown: {page}");
        let evil = "**네** <script>alert(2)</script><img src=x onerror=alert(3)> [x](javascript:alert(4))";
        let form = [("body", evil), ("once", "memo-form-0001-abcdefgh")];
        let answer = browser.submit(&path, &format!("{path}/memos"), &form).await;
        let place = answer.location().to_owned();
        assert!(place.contains("#memo-"), "{} {}", answer.status, answer.body);
        let again = browser.submit(&path, &format!("{path}/memos"), &form).await;
        assert_eq!(again.location(), place, "the same form twice is one memo");
        let page = browser.get(&path).await.body;
        assert_eq!(page.matches("id=\"memo-").count(), 1, "{page}");
        assert!(page.contains("<strong>네</strong>"), "{page}");
        for bad in ["<script>alert", "onerror=", "javascript:alert", "<img src=x"] {
            assert!(!page.contains(bad), "{bad} in {page}");
        }
        let memo_id = place.rsplit('-').next().expect("an id").to_owned();
        let form = browser.get(&format!("{path}?edit_memo={memo_id}")).await.body;
        assert!(form.contains(&format!("action=\"{path}/memos/{memo_id}\"")), "{form}");
        let empty = browser.submit(&path, &format!("{path}/memos/{memo_id}"), &[("body", "")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.body.contains("id=\"body-error\""), "{}", empty.body);
        browser.submit(&path, &format!("{path}/memos/{memo_id}"), &[("body", "고친 메모")]).await;
        let page = browser.get(&format!("{path}?delete_memo={memo_id}")).await.body;
        assert!(page.contains("고친 메모") && page.contains("이 메모를 지울까요?"), "{page}");

        // A mentor-only memo is not the mentee's, and nobody touches another's memo.
        let mut mentor = site.browser_of(&plan.team.mentor).await;
        let hidden_memo = [("body", "우리끼리"), ("mentor_only", "true")];
        mentor.submit(&path, &format!("{path}/memos"), &hidden_memo).await;
        assert!(mentor.get(&path).await.body.contains("우리끼리"));
        assert!(!browser.get(&path).await.body.contains("우리끼리"));
        let foreign = mentor.submit(&path, &format!("{path}/memos/{memo_id}/delete"), &[]).await;
        assert_ne!(foreign.status, StatusCode::SEE_OTHER);

        let gone = browser.submit(&path, &format!("{path}/memos/{memo_id}/delete"), &[]).await;
        assert_eq!(toast(&mut browser, &gone).await, "메모를 지웠어요");
        assert!(!browser.get(&path).await.body.contains("고친 메모"));
    }

    async fn editing_keeps_what_was_typed_when_somebody_was_quicker(site: Site) {
        let plan = started(site).await;
        let path = format!("/tasks/{}", plan.tasks[1].task_id.0);
        let mut mentor = site.browser_of(&plan.team.mentor).await;
        let edit = format!("{path}/edit");
        let form = |title: &'static str, due: &'static str, version: &'static str| {
            [
                ("title", title),
                ("guideline", "새 지침"),
                ("starts_on", "2026-08-31"),
                ("due_on", due),
                ("priority", "low"),
                ("is_required", "true"),
                ("version", version),
            ]
        };
        let saved = mentor.submit(&edit, &edit, &form("처음 고침", "2026-09-07", "1")).await;
        assert_eq!(toast(&mut mentor, &saved).await, "과제를 고쳤어요");
        let late = mentor.submit(&edit, &edit, &form("나중 고침", "2026-09-08", "1")).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.body.contains("value=\"나중 고침\"") && late.body.contains("<dd>처음 고침</dd>"), "{}", late.body);
        let sunday = mentor.submit(&edit, &edit, &form("처음 고침", "2026-09-06", "2")).await;
        assert!(sunday.body.contains("id=\"due_on-error\""), "{}", sunday.body);
        let again = mentor.submit(&edit, &edit, &form("나중 고침", "2026-09-08", "2")).await;
        assert_eq!(again.location(), path);

        let mut mentee = site.browser_of(&plan.team.mentee).await;
        assert_eq!(mentee.get(&edit).await.status, StatusCode::FORBIDDEN);
        assert!(mentee.get(&path).await.body.contains("우선순위를 바꿨어요: 상 → 하"));
        let mut other = site.browser_of(&plan.team.other_mentee).await;
        assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND);
    }
}
