//! What is handed in beside words: files, ticked items. How much of it is read: approving many, ETags.

mod plan_stage;

use contract::{
    Code, File, FileId, Stream, TaskId,
    files::{CreateTaskFile, DeleteTaskFile, GetTaskFile, MOST_FILES, NewFile, TaskFile},
    memo::{CreateMemo, NewMemo},
    mentorship::CompleteMentorship,
    tasks::{
        Approval, ApprovalOutcome, ApproveTasks, Approved, Check, CheckItem, DeleteTask, EventKind, GetTask,
        ListReviewQueue, QueueFilter, TaskStatus,
    },
};
use futures_util::TryStreamExt;
use http_body_util::BodyExt;
use plan_stage::{Running, events, go, show, subtask};
use std::path::Path;
use testkit::{Person, Stage, bad_fields, on_both_engines, refused};
use tower::ServiceExt;

const FIRST: &str = "개발 환경 준비";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and pixels";

async fn upload(
    person: &Person,
    task_id: TaskId,
    name: &str,
    bytes: &[u8],
) -> Result<TaskFile, client::CallError> {
    let file =
        Stream::of(File { media_type: "text/html".to_owned(), name: None, bytes: bytes.to_vec().into() });
    person.call(CreateTaskFile { task_id, options: NewFile { name: name.to_owned() }, file }).await
}

async fn read(person: &Person, task_id: TaskId, file_id: FileId) -> Result<Vec<u8>, client::CallError> {
    let stream = person.call(GetTaskFile { task_id, file_id }).await?;
    let pieces: Vec<_> = stream.take().try_collect().await.expect("its bytes");
    Ok(pieces.concat())
}

/// Every file there is below a folder.
fn lying(folder: &Path) -> Vec<std::path::PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    paths.flat_map(|path| if path.is_dir() { lying(&path) } else { vec![path] }).collect()
}

async fn check(person: &Person, task_id: TaskId, item: &str, checked: bool) -> Result<(), client::CallError> {
    let check = Check { item: item.to_owned(), checked };
    person.call(CheckItem { task_id, check }).await.map(|_| ())
}

async fn approve(person: &Person, task_ids: Vec<TaskId>) -> Vec<(TaskId, ApprovalOutcome)> {
    let approval = Approval { task_ids, comment: Some("한꺼번에".to_owned()) };
    let Approved { items } = person.call(ApproveTasks { approval }).await.expect("an answer for each");
    items.into_iter().map(|item| (item.task_id, item.outcome)).collect()
}

async fn hand_in(run: &Running, title: &str) -> TaskId {
    let task_id = run.task(title);
    go(&run.team.mentee, task_id, TaskStatus::InProgress, "").await.unwrap();
    go(&run.team.mentee, task_id, TaskStatus::Submitted, "").await.unwrap();
    task_id
}

on_both_engines! {
    async fn a_file_goes_in_and_out_unchanged_for_those_who_reach_the_task(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, task_id) = (&run.team, run.task(FIRST));
        let file = upload(&team.mentee, task_id, "../재시도 흐름.PNG", PNG).await.unwrap();
        assert_eq!((file.name.as_str(), file.media_type.as_str(), file.size), ("재시도 흐름.PNG", "image/png", 19));
        assert_eq!((file.uploader_name.as_str(), file.uploaded_by), ("한지우", team.mentee.user_id));
        let detail = show(&team.mentor, task_id).await;
        assert_eq!((detail.task.files, detail.task.version, &detail.files), (1, 1, &vec![file.clone()]));
        for person in [&team.mentee, &team.mentor, &team.admin] {
            assert_eq!(read(person, task_id, file.file_id).await.unwrap(), PNG);
        }
        let other = stage.team("다른회사").await;
        for person in [&team.other_mentor, &team.other_mentee, &other.admin, &other.mentor, &other.mentee] {
            assert_eq!(refused(read(person, task_id, file.file_id).await).code, Code::NotFound);
            assert_eq!(refused(upload(person, task_id, "a.png", PNG).await).code, Code::NotFound);
        }
        assert_eq!(refused(read(&team.mentee, run.task("첫 배포"), file.file_id).await).code, Code::NotFound, "another task's path");
        assert_eq!(refused(upload(&team.mentor, task_id, "a.png", PNG).await).code, Code::Denied, "the owner's evidence");
        assert_eq!(refused(team.mentor.call(DeleteTaskFile { task_id, file_id: file.file_id }).await).code, Code::Denied);

        // The same bytes again, under another name: two rows, one file on the disk.
        let twin = upload(&team.mentee, task_id, "b.png", PNG).await.unwrap();
        assert_eq!(lying(&stage.files).len(), 1);
        team.mentee.call(DeleteTaskFile { task_id, file_id: twin.file_id }).await.unwrap();
        assert_eq!(read(&team.mentee, task_id, file.file_id).await.unwrap(), PNG);
        let kinds: Vec<_> = events(&team.mentee, task_id).await.into_iter().map(|event| (event.kind, event.new_value.or(event.old_value))).collect();
        assert_eq!(kinds[0], (EventKind::FileRemoved, Some("b.png".to_owned())));
        assert_eq!(kinds[2], (EventKind::FileAdded, Some("재시도 흐름.PNG".to_owned())));
    }

    async fn a_download_is_saved_and_never_run(stage: Stage) {
        let run = Running::on(stage).await;
        let task_id = run.task(FIRST);
        let file = upload(&run.team.mentee, task_id, "보고서.txt", "<script>".as_bytes()).await.unwrap();
        let request = http::Request::get(format!("/api/tasks/{task_id}/files/{}", file.file_id))
            .header("authorization", format!("Bearer {}", run.team.mentee.token));
        let response = stage.transport.clone().oneshot(request.body(axum::body::Body::empty()).unwrap()).await.unwrap();
        let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-type"), "text/plain");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert!(header("content-security-policy").contains("sandbox"));
        let disposition = header("content-disposition");
        assert!(disposition.starts_with("attachment;") && disposition.contains("filename*=UTF-8''%EB"), "{disposition}");
        assert_eq!(header("content-length"), "8");
    }

    async fn what_is_not_allowed_leaves_nothing(stage: Stage) {
        let run = Running::on(stage).await;
        let (mentee, task_id) = (&run.team.mentee, run.task(FIRST));
        for name in ["a.html", "a.svg", "a.exe", "a"] {
            assert_eq!(bad_fields(upload(mentee, task_id, name, b"x").await), ["file file_kind"], "{name}");
        }
        assert_eq!(bad_fields(upload(mentee, task_id, "a.png", b"<svg>").await), ["file file_content"]);
        assert_eq!(bad_fields(upload(mentee, task_id, "a.txt", b"").await), ["file required"]);
        assert_eq!(bad_fields(upload(mentee, task_id, "..", b"x").await), ["name required"]);
        let huge = || Box::pin(futures_util::stream::iter((0..60).map(|_| Ok(vec![b'x'; 1024 * 1024].into()))));
        let put = |length| mentee.call(CreateTaskFile {
            task_id,
            options: NewFile { name: "a.txt".to_owned() },
            file: Stream::new("text/plain", None, length, huge()),
        });
        assert_eq!(refused(put(None).await).code, Code::TooLarge, "told by its bytes");
        assert_eq!(refused(put(Some(60 << 20)).await).code, Code::TooLarge, "told by its length");
        let cut = futures_util::stream::iter([Ok("a".into()), Err("gone".into())]);
        let broken = Stream::new("text/plain", None, None, Box::pin(cut));
        let put = CreateTaskFile { task_id, options: NewFile { name: "a.txt".to_owned() }, file: broken };
        assert_eq!(refused(mentee.call(put).await).code, Code::BadRequest);
        assert!(lying(&stage.files).is_empty(), "nothing is left of any");
        assert_eq!(show(mentee, task_id).await.task.files, 0);

        for n in 0..MOST_FILES {
            upload(mentee, task_id, &format!("{n}.txt"), b"x").await.unwrap();
        }
        assert_eq!(refused(upload(mentee, task_id, "more.txt", b"x").await).code, Code::Conflict);
    }

    async fn evidence_stands_still_while_it_is_reviewed(stage: Stage) {
        let run = Running::on(stage).await;
        let (mentee, task_id) = (&run.team.mentee, run.task(FIRST));
        let file = upload(mentee, task_id, "a.txt", b"x").await.unwrap();
        check(mentee, task_id, "도구를  설치한다", true).await.unwrap();
        check(mentee, task_id, "도구를 설치한다", true).await.unwrap();
        check(mentee, task_id, "저장소를 받는다", true).await.unwrap();
        check(mentee, task_id, "저장소를 받는다", false).await.unwrap();
        assert_eq!(show(&run.team.mentor, task_id).await.checked, ["도구를 설치한다"]);
        assert_eq!(bad_fields(check(mentee, task_id, " ", true).await), ["item required"]);
        assert_eq!(refused(check(&run.team.mentor, task_id, "x", true).await).code, Code::Denied);
        assert_eq!(refused(check(&run.team.other_mentee, task_id, "x", true).await).code, Code::NotFound);
        hand_in(&run, FIRST).await;
        assert_eq!(refused(upload(mentee, task_id, "b.txt", b"x").await).code, Code::Conflict);
        assert_eq!(refused(mentee.call(DeleteTaskFile { task_id, file_id: file.file_id }).await).code, Code::Conflict);
        assert_eq!(refused(check(mentee, task_id, "x", true).await).code, Code::Conflict);
        let waiting = run.team.mentor.call(ListReviewQueue { filter: QueueFilter::default() }).await.unwrap().items;
        assert_eq!(waiting[0].files, 1);
        assert_eq!(refused(run.team.mentor.call(DeleteTask { task_id }).await).code, Code::Conflict);
    }

    async fn files_that_nothing_names_are_swept_and_others_stay(stage: Stage) {
        let run = Running::on(stage).await;
        let (mentee, task_id) = (&run.team.mentee, run.task(FIRST));
        let kept = upload(mentee, task_id, "kept.txt", b"kept").await.unwrap();
        let gone = upload(mentee, task_id, "gone.txt", b"gone").await.unwrap();
        mentee.call(DeleteTaskFile { task_id, file_id: gone.file_id }).await.unwrap();
        // The disk knows the real time; the stage stands at another.
        let real = chrono::DateTime::<chrono::Utc>::from(lying(&stage.files)[0].metadata().unwrap().modified().unwrap());
        stage.clock.advance(real - stage.clock.now() + chrono::Duration::hours(1));
        assert_eq!(api::jobs::housekeeping::sweep(&stage.app).await.unwrap(), 0, "it may still be on its way");
        stage.clock.advance(chrono::Duration::hours(24));
        assert_eq!(api::jobs::housekeeping::sweep(&stage.app).await.unwrap(), 1);
        let left = lying(&stage.files);
        assert_eq!(left.len(), 1);
        assert!(left[0].ends_with(&kept.sha256));
    }

    async fn several_are_approved_at_once_and_each_is_told_of(stage: Stage) {
        let run = Running::on(stage).await;
        let (mentee, mentor) = (&run.team.mentee, &run.team.mentor);
        let first = hand_in(&run, FIRST).await;
        let open = run.task("첫 배포");
        go(mentee, open, TaskStatus::InProgress, "").await.unwrap();
        let child = subtask(mentee, open, "하위").await.unwrap().task_id;
        go(mentee, child, TaskStatus::InProgress, "").await.unwrap();
        go(mentee, child, TaskStatus::Submitted, "").await.unwrap();
        let missing = TaskId(9_999_999);
        use ApprovalOutcome::{Approved, NotAllowed, NotFound, NotRunning};
        assert_eq!(approve(&run.team.other_mentor, vec![first]).await, [(first, NotFound)]);
        let refusal = mentee.call(ApproveTasks { approval: Approval { task_ids: vec![first], comment: None } }).await;
        assert_eq!(refused(refusal).code, Code::Denied);
        let outcomes = approve(mentor, vec![open, first, missing, first, child]).await;
        assert_eq!(outcomes, [(open, NotAllowed), (first, Approved), (missing, NotFound), (child, Approved)]);
        assert_eq!(approve(mentor, vec![first]).await, [(first, NotAllowed)], "once");
        let parent = show(mentee, open).await.task;
        assert_eq!((parent.subtasks, parent.subtasks_done), (1, 1));
        let event = &events(mentee, first).await[0];
        assert_eq!((event.new_value.as_deref(), event.comment.as_deref(), event.actor_id), (Some("done"), Some("한꺼번에"), Some(mentor.user_id)));
        assert_eq!(events(mentee, first).await.iter().filter(|event| event.kind == EventKind::Moved).count(), 3);
        let second = hand_in(&run, "보안 교육 읽기").await;
        run.team.admin.call(CompleteMentorship { mentorship_id: run.mentorship.mentorship_id }).await.unwrap();
        assert_eq!(approve(mentor, vec![second]).await, [(second, NotRunning)]);
        assert_eq!(bad_fields(mentor.call(ApproveTasks { approval: Approval { task_ids: vec![], comment: None } }).await), ["task_ids too_few"]);
    }

    async fn approving_at_once_and_returning_has_one_outcome(stage: Stage) {
        let run = Running::on(stage).await;
        let task_id = hand_in(&run, FIRST).await;
        let attempts: Vec<_> = (0..30).map(|n| {
            let person = if n % 2 == 0 { run.team.mentor.clone() } else { run.team.admin.clone() };
            tokio::spawn(async move {
                match n % 3 {
                    0 => go(&person, task_id, TaskStatus::Returned, "다시").await.is_ok(),
                    1 => go(&person, task_id, TaskStatus::Done, "").await.is_ok(),
                    _ => approve(&person, vec![task_id]).await == [(task_id, ApprovalOutcome::Approved)],
                }
            })
        }).collect();
        let mut won = 0;
        for attempt in attempts {
            won += u32::from(attempt.await.unwrap());
        }
        assert_eq!(won, 1);
        assert_eq!(events(&run.team.mentor, task_id).await.iter().filter(|event| event.kind == EventKind::Moved).count(), 3);
    }

    async fn an_etag_covers_what_hangs_on_the_task(stage: Stage) {
        let run = Running::on(stage).await;
        let (mentee, task_id) = (&run.team.mentee, run.task(FIRST));
        let etag = async || tag(stage, mentee, task_id, None).await.1;
        let before = etag().await;
        assert_eq!(tag(stage, mentee, task_id, Some(&before)).await.0, http::StatusCode::NOT_MODIFIED);
        let mut seen = vec![before];
        subtask(mentee, task_id, "하위").await.unwrap();
        seen.push(etag().await);
        mentee.call(CreateMemo { memo: NewMemo { task_id, body: "메모".to_owned(), mentor_only: false } }).await.unwrap();
        seen.push(etag().await);
        upload(mentee, task_id, "a.txt", b"x").await.unwrap();
        seen.push(etag().await);
        check(mentee, task_id, "하나", true).await.unwrap();
        seen.push(etag().await);
        let different: std::collections::HashSet<_> = seen.iter().collect();
        assert_eq!(different.len(), seen.len(), "{seen:?}");
        assert!(seen.iter().all(|etag| etag.starts_with("\"1.")), "the version leads, for If-Match: {seen:?}");
        let detail = mentee.call(GetTask { task_id, if_match: None }).await.unwrap();
        assert_eq!(detail.version, 1);
    }
}

async fn tag(
    stage: &Stage,
    person: &Person,
    task_id: TaskId,
    known: Option<&str>,
) -> (http::StatusCode, String) {
    let mut request = http::Request::get(format!("/api/tasks/{task_id}"))
        .header("authorization", format!("Bearer {}", person.token));
    if let Some(known) = known {
        request = request.header("if-none-match", known);
    }
    let response =
        stage.transport.clone().oneshot(request.body(axum::body::Body::empty()).unwrap()).await.unwrap();
    let status = response.status();
    let etag = response.headers()["etag"].to_str().unwrap().to_owned();
    // A version as it was read is taken for If-Match.
    let put = http::Request::put(format!("/api/tasks/{task_id}"))
        .header("authorization", format!("Bearer {}", person.token))
        .header("content-type", "application/json")
        .header("if-match", &etag)
        .body(axum::body::Body::from("{}"))
        .unwrap();
    let answer = stage.transport.clone().oneshot(put).await.unwrap();
    let text = String::from_utf8_lossy(&answer.into_body().collect().await.unwrap().to_bytes()).into_owned();
    assert!(text.contains("\"task_id\""), "{text}");
    (status, etag)
}
