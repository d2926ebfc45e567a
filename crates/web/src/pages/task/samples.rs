//! A task in each state as the mentee and the mentor see it.

use super::{Act, Ask, Entry, Place, TaskPage, Typed};
use crate::pages::mentee_home::samples::{day, moment, task};
use contract::{
    EventId, FileId, MemoId, TaskId, UserId,
    facts::{Flag, FlagKind},
    files::TaskFile,
    memo::{Memo, Mention},
    tasks::{EventKind, Task, TaskDetail, TaskEvent, TaskStatus},
};

const MENTOR: UserId = UserId(3);
const MENTEE: UserId = UserId(11);

fn file(id: i64, name: &str, media_type: &str) -> TaskFile {
    TaskFile {
        file_id: FileId(id),
        task_id: TaskId(6),
        name: name.into(),
        media_type: media_type.into(),
        size: 24_600,
        sha256: "00".into(),
        uploaded_by: MENTEE,
        uploader_name: "한지우".into(),
        uploaded_at: moment(day(21)),
    }
}

fn detail_of(status: TaskStatus, can_edit: bool, can_write: bool) -> TaskDetail {
    let parent = Task {
        submission: "## 바꾼 것\n- 표 <b>하나</b>".into(),
        guideline: "규격에 **맞춰요**.\n\n- [ ] 규격 문서 읽기\n- [ ] 표로 <정리>하기".into(),
        files: 2,
        returns: 2,
        flags: FlagKind::ALL
            .iter()
            .map(|kind| Flag { kind: *kind, count: 2, is_urgent: *kind == FlagKind::Overdue })
            .collect(),
        ..task(6, 4, 24, status)
    };
    let child = |id, status| Task { parent_id: Some(TaskId(6)), subtasks: 0, ..task(id, 4, 24, status) };
    let mut open = child(21, TaskStatus::Todo);
    open.allowed = vec![TaskStatus::Done];
    TaskDetail {
        version: parent.version,
        task: parent,
        subtasks: vec![child(20, TaskStatus::Done), open],
        files: vec![file(1, "표 <정리>.xlsx", "application/vnd.ms-excel"), file(2, "흐름.png", "image/png")],
        checked: vec!["규격 문서 읽기".into()],
        mentorship_title: "플랫폼 온보딩".into(),
        mentor_id: MENTOR,
        mentor_name: "박서연".into(),
        mentee_id: MENTEE,
        mentee_name: "한지우".into(),
        can_edit,
        can_write,
    }
}

pub fn detail() -> TaskDetail {
    detail_of(TaskStatus::Todo, true, false)
}

fn events() -> Vec<Entry> {
    let event = |id, kind, field: Option<&str>, old: Option<&str>, new: Option<&str>| TaskEvent {
        event_id: EventId(id),
        task_id: TaskId(if id == 9 { 20 } else { 6 }),
        task_title: "표 정리".into(),
        kind,
        field: field.map(str::to_owned),
        old_value: old.map(str::to_owned),
        new_value: new.map(str::to_owned),
        comment: (new == Some("returned")).then(|| "3단계에서 <누구>에게 알리는지 빠졌어요".into()),
        actor_id: (id > 1).then_some(MENTOR),
        actor_name: (id > 1).then(|| "박서연".into()),
        happened_at: moment(day(20)),
    };
    let moved = |id, old, new| event(id, EventKind::Moved, Some("status"), Some(old), Some(new));
    let edited = |id, field, old, new| event(id, EventKind::Edited, Some(field), old, new);
    let mut events = vec![
        event(1, EventKind::Created, None, None, None),
        event(2, EventKind::Submission, Some("submission"), None, None),
        event(3, EventKind::SubtaskAdded, None, None, Some("표 정리")),
        event(4, EventKind::SubtaskRemoved, None, Some("표 정리"), None),
        event(4, EventKind::FileAdded, None, None, Some("표.xlsx")),
        event(4, EventKind::FileRemoved, None, Some("표.xlsx"), None),
        edited(5, "due_on", Some("2026-08-27"), Some("2026-08-28")),
        edited(5, "starts_on", Some("2026-08-24"), Some("2026-08-25")),
        edited(6, "priority", Some("low"), Some("high")),
        edited(7, "title", Some("옛 제목"), Some("새 <제목>")),
        edited(7, "guideline", None, None),
        edited(7, "is_required", Some("false"), Some("true")),
        edited(7, "is_required", Some("true"), Some("false")),
        edited(7, "colour", None, None),
        moved(9, "todo", "done"),
        moved(9, "done", "todo"),
    ];
    for (old, new) in [
        ("todo", "in_progress"),
        ("in_progress", "todo"),
        ("in_progress", "submitted"),
        ("submitted", "in_progress"),
        ("submitted", "returned"),
        ("returned", "in_progress"),
        ("submitted", "done"),
        ("in_progress", "done"),
        ("done", "in_progress"),
        ("todo", "skipped"),
        ("skipped", "todo"),
    ] {
        events.push(moved(10, old, new));
    }
    events.into_iter().map(|event| Entry::of(event, TaskId(6))).collect()
}

pub fn memos() -> Vec<Memo> {
    let memo = |id, author: (UserId, &str), mentor_only| Memo {
        memo_id: MemoId(id),
        task_id: TaskId(6),
        author_id: author.0,
        author_name: author.1.into(),
        body: "표 **잘** 봤어요 <@11> <script>alert(1)</script>".into(),
        mentions: vec![Mention { user_id: MENTEE, name: "한<지>우".into() }],
        mentor_only,
        created_at: moment(day(22)),
        edited_at: (id == 2).then(|| moment(day(23))),
    };
    vec![memo(1, (MENTOR, "박서연"), true), memo(2, (MENTEE, "한지우"), false)]
}

pub fn all() -> Vec<TaskPage> {
    use TaskStatus::{Done, InProgress, Returned, Skipped, Submitted, Todo};
    let page = |detail, ask, typed, my_id| {
        TaskPage::of(detail, events(), (memos(), Some("next".to_owned())), ask, typed, my_id)
    };
    let plain = |detail, my_id| page(detail, Ask::default(), Typed::default(), my_id);
    let mut reviewed = detail_of(Submitted, true, false);
    reviewed.task.allowed = vec![Returned, Done, Skipped];
    let mut closed = detail_of(Done, true, false);
    closed.task.allowed = vec![InProgress];
    let mut skipped = detail_of(Skipped, true, false);
    skipped.task.status_comment = Some("이미 해 본 일이에요".into());
    skipped.task.allowed = vec![Todo];
    skipped.task.submission = String::new();
    let mut single = detail_of(Todo, false, true);
    single.task.parent_id = Some(TaskId(5));
    single.task.allowed = vec![InProgress, Done];
    single.subtasks.clear();
    let reason = |act| Ask { act: Some(act), ..Ask::default() };
    let comment = Typed { comment: "한 줄 더".into(), ..Typed::default() };
    let own_memo = Ask { edit_memo: Some(MemoId(2)), ..Ask::default() };
    let bare = TaskPage::of(
        single.clone(),
        Vec::new(),
        (Vec::new(), None),
        Ask::default(),
        Typed::default(),
        MENTEE,
    );
    let place = Place {
        number: 2,
        waiting: 3,
        has_more: false,
        previous: Some("/tasks/5?queue=1".into()),
        next: Some("/tasks/7?queue=1".into()),
        then: "/tasks/7?queue=1".into(),
    };
    let in_queue = Ask { queue: Some(1), ..Ask::default() };
    let queued =
        TaskPage { queue: Some(place), ..page(reviewed.clone(), in_queue, Typed::default(), MENTOR) };
    vec![
        plain(detail_of(Todo, false, true), MENTEE),
        page(detail_of(InProgress, false, true), own_memo, Typed::default(), MENTEE),
        page(
            detail_of(Submitted, false, false),
            Ask { delete_memo: Some(MemoId(2)), ..Ask::default() },
            Typed::default(),
            MENTEE,
        ),
        plain(detail_of(Returned, false, true), MENTEE),
        plain(detail_of(Done, false, false), MENTEE),
        page(reviewed, reason(Act::Return), comment, MENTOR),
        page(closed, reason(Act::Reopen), Typed::default(), MENTOR),
        page(skipped, reason(Act::Delete), Typed::default(), MENTOR),
        bare,
        queued,
    ]
}
