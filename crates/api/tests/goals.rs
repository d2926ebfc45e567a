//! Goals: set and carried forward by either of the two, with their history kept.

mod plan_stage;

use contract::{
    Code, GoalId, MentorshipId,
    goals::{CreateGoal, DeleteGoal, Goal, GoalPatch, ListGoals, NewGoal, UpdateGoal},
    timeline::{GetTimeline, TimelineFilter, Topic},
};
use plan_stage::{Running, day};
use testkit::{Person, bad_fields, on_both_engines, refused};

async fn set(person: &Person, mentorship_id: MentorshipId, title: &str) -> Result<Goal, client::CallError> {
    let goal = NewGoal {
        title: title.into(),
        measure: "세 번".into(),
        due_on: Some(day("2026-09-30")),
        notes: String::new(),
    };
    person.call(CreateGoal { mentorship_id, goal, if_match: None }).await
}

async fn note(
    person: &Person,
    mentorship_id: MentorshipId,
    goal_id: GoalId,
    patch: GoalPatch,
    if_match: Option<i64>,
) -> Result<Goal, client::CallError> {
    person.call(UpdateGoal { mentorship_id, goal_id, patch, if_match }).await
}

fn progress(value: i64, comment: Option<&str>) -> GoalPatch {
    GoalPatch { progress: Some(value), comment: comment.map(str::to_owned), ..GoalPatch::default() }
}

on_both_engines! {
    async fn both_set_goals_and_the_way_to_them_is_kept(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        let first = set(&team.mentee, id, "  혼자 배포하기 ").await.unwrap();
        assert_eq!((first.title.as_str(), first.progress, first.version), ("혼자 배포하기", 0, 1));
        let second = set(&team.mentor, id, "런북 쓰기").await.unwrap();
        let moved = note(&team.mentee, id, first.goal_id, progress(40, Some("두 번 했어요")), Some(1)).await.unwrap();
        assert_eq!((moved.progress, moved.version), (40, 2));
        assert_eq!(refused(note(&team.mentor, id, first.goal_id, progress(50, None), Some(1)).await).code, Code::Stale);
        let patch = GoalPatch { due_on: Some(None), measure: Some("네 번".into()), ..GoalPatch::default() };
        let changed = note(&team.mentor, id, first.goal_id, patch, None).await.unwrap();
        assert_eq!((changed.due_on, changed.measure.as_str(), changed.progress), (None, "네 번", 40), "the rest stays");
        for value in [101, -1] {
            assert_eq!(bad_fields(note(&team.mentee, id, first.goal_id, progress(value, None), None).await).len(), 1);
        }
        assert_eq!(bad_fields(set(&team.mentee, id, "   ").await), ["title required"]);

        let goals = team.admin.call(ListGoals { mentorship_id: id }).await.unwrap().items;
        assert_eq!(goals.iter().map(|goal| goal.goal_id).collect::<Vec<_>>(), [first.goal_id, second.goal_id]);
        let steps: Vec<_> = goals[0].history.iter().map(|step| (step.kind.as_str(), step.progress, step.comment.as_deref())).collect();
        assert_eq!(steps, [("goal_changed", None, None), ("goal_progress", Some((0, 40)), Some("두 번 했어요")), ("goal_added", None, None)]);
        assert_eq!(goals[1].history.len(), 1);

        team.mentee.call(DeleteGoal { mentorship_id: id, goal_id: second.goal_id }).await.unwrap();
        assert_eq!(team.mentor.call(ListGoals { mentorship_id: id }).await.unwrap().items.len(), 1);
        let filter = TimelineFilter { topic: Some(Topic::Goal), ..TimelineFilter::default() };
        let kinds: Vec<_> = team.mentor.call(GetTimeline { mentorship_id: id, filter }).await.unwrap().items.into_iter().map(|entry| entry.kind).collect();
        assert_eq!(kinds, ["goal_removed", "goal_changed", "goal_progress", "goal_added", "goal_added"], "that it was there stays");
    }

    async fn nobody_else_touches_them(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        let goal = set(&team.mentee, id, "혼자 배포하기").await.unwrap();
        let other = stage.team("다른회사").await;
        for person in [&team.other_mentor, &team.other_mentee, &other.mentor, &other.admin] {
            assert_eq!(refused(person.call(ListGoals { mentorship_id: id }).await).code, Code::NotFound);
        }
        for person in [&team.other_mentor, &team.other_mentee, &other.mentor] {
            assert_eq!(refused(set(person, id, "남의 목표").await).code, Code::NotFound);
            assert_eq!(refused(note(person, id, goal.goal_id, progress(10, None), None).await).code, Code::NotFound);
            assert_eq!(refused(person.call(DeleteGoal { mentorship_id: id, goal_id: goal.goal_id }).await).code, Code::NotFound);
        }
        assert_eq!(refused(set(&team.admin, id, "관리자").await).code, Code::Denied);
        // A goal is reached through its own mentorship alone.
        let away = MentorshipId(id.0 + 1);
        assert_eq!(refused(note(&team.mentee, away, goal.goal_id, progress(10, None), None).await).code, Code::NotFound);
    }
}
