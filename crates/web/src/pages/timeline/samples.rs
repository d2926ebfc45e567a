//! One entry of each kind.

use crate::pages::mentorships::samples::{day, moment};
use contract::{
    TaskId, UserId,
    mentorship_events::MentorshipEventKind,
    tasks::{EventKind, TaskStatus},
    timeline::{TimelineEntry, Topic},
};
use serde_json::json;

fn entry(id: i64, topic: Topic, kind: &str) -> TimelineEntry {
    TimelineEntry {
        topic,
        kind: kind.to_owned(),
        entry_id: id,
        task_id: None,
        task_title: None,
        field: None,
        old_value: None,
        new_value: None,
        details: None,
        comment: (id % 3 == 0).then(|| "다시 <써> 주세요".into()),
        mentor_only: false,
        actor_id: (id != 5).then_some(UserId(3)),
        actor_name: (id != 5).then(|| "박서연".into()),
        happened_at: moment(day(20)),
        rank: 1,
    }
}

fn of_task(id: i64, kind: EventKind, field: &str, new_value: &str) -> TimelineEntry {
    TimelineEntry {
        task_id: Some(TaskId(1)),
        task_title: Some("관제 API 오류 응답 <정리>".into()),
        field: (!field.is_empty()).then(|| field.into()),
        old_value: Some("todo".into()),
        new_value: (!new_value.is_empty()).then(|| new_value.into()),
        rank: 2,
        ..entry(id, Topic::Task, kind.as_str())
    }
}

fn topic(kind: MentorshipEventKind) -> Topic {
    match kind.as_str() {
        word if word.starts_with("goal") => Topic::Goal,
        word if word.starts_with("meeting") => Topic::Meeting,
        word if word.starts_with("agreement") => Topic::Agreement,
        word if word.starts_with("report") => Topic::Report,
        _ => Topic::Mentorship,
    }
}

pub fn entries() -> Vec<TimelineEntry> {
    let moves =
        TaskStatus::ALL.iter().zip(10..).map(|(to, id)| of_task(id, EventKind::Moved, "status", to.as_str()));
    let edits =
        ["title", "guideline", "submission", "priority", "starts_on", "due_on", "is_required", "other"];
    let edits = edits.iter().zip(30..).map(|(field, id)| of_task(id, EventKind::Edited, field, "2026-08-28"));
    let others = [
        of_task(6, EventKind::FileAdded, "", "log.txt"),
        of_task(7, EventKind::FileRemoved, "", ""),
        of_task(1, EventKind::Created, "", ""),
        of_task(2, EventKind::Created, "meeting", "4"),
        of_task(3, EventKind::Submission, "", "…"),
        of_task(4, EventKind::SubtaskAdded, "", "로그 모으기"),
        of_task(5, EventKind::SubtaskRemoved, "", ""),
    ];
    let memo = |id, mentor_only| TimelineEntry {
        topic: Topic::Memo,
        kind: "memo".into(),
        comment: Some("**막혔어요** <b>".into()),
        mentor_only,
        ..of_task(id, EventKind::Created, "", "")
    };
    let events = MentorshipEventKind::ALL.iter().zip(50..).map(|(kind, id)| TimelineEntry {
        details: Some(json!({
            "goal_id": 1, "title": "혼자 <배포>", "progress": [20, 60], "meeting_id": 4, "number": 2, "side": "mentor",
            "starts_at": "2026-08-24T01:00:00Z", "end_on": ["2026-09-10", "2026-09-17"],
        })),
        ..entry(id, topic(*kind), kind.as_str())
    });
    let bare = MentorshipEventKind::ALL.iter().zip(90..).map(|(kind, id)| TimelineEntry {
        details: Some(json!({})),
        ..entry(id, topic(*kind), kind.as_str())
    });
    others
        .into_iter()
        .chain([memo(70, false), memo(71, true)])
        .chain(moves)
        .chain(edits)
        .chain(events)
        .chain(bare)
        .collect()
}
