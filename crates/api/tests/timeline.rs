//! The timeline: everything that happened, in one order, filtered, paged, kept; what is for mentors stays hidden.

mod plan_stage;

use chrono::Duration;
use contract::{
    Code, MentorshipId, UserId,
    goals::{CreateGoal, NewGoal},
    meetings::{CreateMeeting, NewMeeting},
    memo::{CreateMemo, NewMemo},
    mentorship::CompleteMentorship,
    tasks::TaskStatus,
    timeline::{GetTimeline, TimelineEntry, TimelineFilter, Topic},
};
use plan_stage::{Running, go};
use testkit::{Person, bad_fields, on_both_engines, refused};

async fn read(
    person: &Person,
    mentorship_id: MentorshipId,
    topic: Option<Topic>,
    person_id: Option<UserId>,
) -> Vec<TimelineEntry> {
    let filter = TimelineFilter { topic, person_id, limit: Some(100), cursor: None };
    person.call(GetTimeline { mentorship_id, filter }).await.expect("a timeline").items
}

on_both_engines! {
    async fn everything_stands_in_one_order_and_stays_after_the_end(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        let task_id = run.task("첫 배포");
        let step = || stage.clock.advance(Duration::seconds(30));
        step();
        go(&team.mentee, task_id, TaskStatus::InProgress, "").await.unwrap();
        step();
        for (body, mentor_only) in [("막혔어요", false), ("조심스럽게", true)] {
            team.mentor.call(CreateMemo { memo: NewMemo { task_id, body: body.into(), mentor_only } }).await.unwrap();
        }
        step();
        let goal = NewGoal { title: "혼자 배포".into(), measure: String::new(), due_on: None, notes: String::new() };
        team.mentee.call(CreateGoal { mentorship_id: id, goal, if_match: None }).await.unwrap();
        step();
        let meeting = NewMeeting { starts_at: stage.clock.now() + Duration::days(7), minutes: 30, place: String::new(), agenda: Vec::new() };
        team.mentor.call(CreateMeeting { mentorship_id: id, meeting, if_match: None }).await.unwrap();
        step();
        team.mentor.call(CompleteMentorship { mentorship_id: id }).await.unwrap();

        let kinds = |entries: &[TimelineEntry]| entries.iter().map(|entry| entry.kind.clone()).filter(|kind| kind != "created" && kind != "started" && kind != "completed").collect::<Vec<_>>();
        let all = read(&team.admin, id, None, None).await;
        assert_eq!(kinds(&all), ["meeting_planned", "goal_added", "memo", "memo", "moved"]);
        assert!(all.windows(2).all(|pair| pair[0].happened_at >= pair[1].happened_at), "newest first");
        let seen = read(&team.mentee, id, None, None).await;
        assert_eq!(kinds(&seen), ["meeting_planned", "goal_added", "memo", "moved"], "what is for mentors is not the mentee's");
        let memo = seen.iter().find(|entry| entry.topic == Topic::Memo).unwrap();
        assert_eq!((memo.comment.as_deref(), memo.task_title.as_deref(), memo.actor_name.as_deref()), (Some("막혔어요"), Some("첫 배포"), Some("박서연")));
        let goal = seen.iter().find(|entry| entry.topic == Topic::Goal).unwrap();
        assert_eq!(goal.details.as_ref().unwrap()["title"], "혼자 배포");

        assert_eq!(read(&team.mentor, id, Some(Topic::Memo), None).await.len(), 2);
        assert_eq!(read(&team.mentor, id, Some(Topic::Meeting), None).await.len(), 1);
        assert!(read(&team.mentor, id, Some(Topic::Report), None).await.is_empty());
        let of_mentee = read(&team.mentor, id, None, Some(team.mentee.user_id)).await;
        assert_eq!(kinds(&of_mentee), ["goal_added", "moved"]);
        assert!(read(&team.mentor, id, Some(Topic::Goal), Some(team.mentor.user_id)).await.is_empty());
    }

    async fn pages_follow_each_other_without_loss_or_repetition(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        let task_id = run.task("첫 배포");
        // Many at the same instant: only their order keeps pages apart.
        for number in 0..7 {
            team.mentor.call(CreateMemo { memo: NewMemo { task_id, body: format!("메모 {number}"), mentor_only: false } }).await.unwrap();
            let goal = NewGoal { title: format!("목표 {number}"), measure: String::new(), due_on: None, notes: String::new() };
            team.mentee.call(CreateGoal { mentorship_id: id, goal, if_match: None }).await.unwrap();
        }
        let whole: Vec<_> = read(&team.mentor, id, None, None).await.iter().map(|entry| (entry.rank, entry.entry_id)).collect();
        for limit in [1, 3, 4] {
            let mut seen = Vec::new();
            let mut cursor = None;
            loop {
                let filter = TimelineFilter { limit: Some(limit), cursor, ..TimelineFilter::default() };
                let page = team.mentor.call(GetTimeline { mentorship_id: id, filter }).await.unwrap();
                seen.extend(page.items.iter().map(|entry| (entry.rank, entry.entry_id)));
                cursor = page.next;
                if cursor.is_none() { break; }
            }
            assert_eq!(seen, whole, "{limit} at a time");
        }
        let filter = TimelineFilter { cursor: Some("nonsense".into()), ..TimelineFilter::default() };
        assert_eq!(bad_fields(team.mentor.call(GetTimeline { mentorship_id: id, filter }).await), ["cursor bad_format"]);
    }

    async fn nobody_else_reads_it(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        let other = stage.team("다른회사").await;
        for person in [&team.other_mentor, &team.other_mentee, &other.admin, &other.mentor] {
            for topic in [None, Some(Topic::Memo)] {
                let filter = TimelineFilter { topic, ..TimelineFilter::default() };
                assert_eq!(refused(person.call(GetTimeline { mentorship_id: id, filter }).await).code, Code::NotFound);
            }
        }
    }
}
