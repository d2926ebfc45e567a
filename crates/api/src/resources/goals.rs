//! Goals of a mentorship: set, changed and carried forward by either of the two.

use super::couple::{found, own_side_of_running};
use crate::{Ctx, Error, Result, mount::Routes};
use contract::{
    Code, Nothing, Page,
    goals::{CreateGoal, DeleteGoal, Goal, GoalStep, ListGoals, UpdateGoal},
    mentorship_events::MentorshipEventKind,
};
use serde_json::json;
use store::GoalEvent;

/// The most goals of a mentorship.
const MOST_GOALS: i64 = 50;

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    routes.on(list_goals).on(create_goal).on(update_goal).on(delete_goal)
}

async fn list_goals(ctx: Ctx, ListGoals { mentorship_id }: ListGoals) -> Result<Page<Goal>> {
    let mut store = ctx.store().await?;
    found(&mut store, mentorship_id).await?;
    let mut goals = store.goals(mentorship_id).await?;
    if !goals.is_empty() {
        for event in store.goal_events(mentorship_id).await? {
            let of = event.details["goal_id"].as_i64();
            if let Some(goal) = goals.iter_mut().find(|goal| Some(goal.goal_id.0) == of) {
                goal.history.push(step(event));
            }
        }
    }
    Ok(Page::whole(goals))
}

fn step(event: GoalEvent) -> GoalStep {
    let number = |index: usize| event.details["progress"][index].as_i64();
    GoalStep {
        progress: number(0).zip(number(1)),
        kind: event.kind.to_string(),
        comment: event.comment,
        actor_name: event.actor_name,
        happened_at: event.happened_at,
    }
}

fn titled(title: &str) -> Result<()> {
    let missing = || Error::field("title", "required", "This is needed.");
    if title.trim().is_empty() { Err(missing()) } else { Ok(()) }
}

async fn create_goal(ctx: Ctx, CreateGoal { mentorship_id, goal, .. }: CreateGoal) -> Result<Goal> {
    let mut store = ctx.store().await?;
    let couple = found(&mut store, mentorship_id).await?;
    own_side_of_running(&ctx, &couple)?;
    titled(&goal.title)?;
    let too_many = || Error::because(Code::Conflict, format!("A mentorship has at most {MOST_GOALS} goals."));
    let created = store
        .create_goal(mentorship_id, &goal, MOST_GOALS, ctx.caller.user_id, ctx.now())
        .await?
        .ok_or_else(too_many)?;
    let details = json!({ "goal_id": created.goal_id, "title": created.title });
    let kind = MentorshipEventKind::GoalAdded;
    store.record_mentorship_event(mentorship_id, kind, details, None, ctx.caller.user_id, ctx.now()).await?;
    Ok(created)
}

async fn update_goal(
    ctx: Ctx,
    UpdateGoal { mentorship_id, goal_id, patch, if_match }: UpdateGoal,
) -> Result<Goal> {
    let mut store = ctx.store().await?;
    let couple = found(&mut store, mentorship_id).await?;
    own_side_of_running(&ctx, &couple)?;
    if let Some(title) = &patch.title {
        titled(title)?;
    }
    let before = store.goal(mentorship_id, goal_id).await?.ok_or_else(Error::not_found)?;
    if if_match.is_some_and(|seen| seen != before.version) {
        return Err(Error::code(Code::Stale));
    }
    let comment = patch.comment.as_deref().map(str::trim).filter(|comment| !comment.is_empty());
    let trimmed =
        |text: Option<&String>, old: &String| text.map_or(old.clone(), |text| text.trim().to_owned());
    let wanted = Goal {
        title: trimmed(patch.title.as_ref(), &before.title),
        measure: trimmed(patch.measure.as_ref(), &before.measure),
        due_on: patch.due_on.unwrap_or(before.due_on),
        progress: patch.progress.unwrap_or(before.progress),
        notes: patch.notes.clone().unwrap_or_else(|| before.notes.clone()),
        ..before.clone()
    };
    if wanted == before && comment.is_none() {
        return Ok(before);
    }
    let updated = store.update_goal(&wanted, ctx.now()).await?;
    let updated = updated.ok_or_else(|| Error::code(Code::Stale))?;
    let mut details = json!({ "goal_id": goal_id, "title": updated.title });
    let kind = if updated.progress != before.progress || comment.is_some() {
        details["progress"] = json!([before.progress, updated.progress]);
        MentorshipEventKind::GoalProgress
    } else {
        MentorshipEventKind::GoalChanged
    };
    store
        .record_mentorship_event(mentorship_id, kind, details, comment, ctx.caller.user_id, ctx.now())
        .await?;
    Ok(updated)
}

async fn delete_goal(ctx: Ctx, DeleteGoal { mentorship_id, goal_id }: DeleteGoal) -> Result<Nothing> {
    let mut store = ctx.store().await?;
    let couple = found(&mut store, mentorship_id).await?;
    own_side_of_running(&ctx, &couple)?;
    let goal = store.goal(mentorship_id, goal_id).await?.ok_or_else(Error::not_found)?;
    store.delete_goal(goal_id).await?;
    let details = json!({ "goal_id": goal_id, "title": goal.title });
    let kind = MentorshipEventKind::GoalRemoved;
    store.record_mentorship_event(mentorship_id, kind, details, None, ctx.caller.user_id, ctx.now()).await?;
    Ok(Nothing)
}
