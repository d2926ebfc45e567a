//! Reviewing: what waits, and approving several at once.

use super::tasks::who;
use crate::{
    Ctx, Result,
    cursor::cursor,
    mount::Routes,
    rules::moves::{self, Refusal, TaskFacts},
};
use chrono::{DateTime, Utc};
use contract::{
    Page, TaskId,
    page::DEFAULT_LIMIT,
    tasks::{ApprovalOutcome, ApproveTasks, Approved, ApprovedItem, ListReviewQueue, ReviewItem, TaskStatus},
};
use store::ApprovableTask;

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    routes.on(list_review_queue).on(approve_tasks)
}

async fn list_review_queue(
    ctx: Ctx,
    ListReviewQueue { filter }: ListReviewQueue,
) -> Result<Page<ReviewItem>> {
    let limit = filter.limit.unwrap_or(DEFAULT_LIMIT);
    let after: Option<(DateTime<Utc>, TaskId)> = cursor(filter.cursor.as_deref())?;
    let items = ctx.store().await?.review_queue(ctx.caller.user_id, after, limit + 1).await?;
    Ok(Page::cut(items, limit, |item| (item.submitted_at, item.task_id)))
}

/// What the table of moves says to approving this one.
fn outcome(ctx: &Ctx, task: &ApprovableTask) -> ApprovalOutcome {
    let facts = TaskFacts {
        is_locked: false,
        status: task.status,
        parent: task.parent_status,
        open_subtasks: task.subtasks_done < task.subtasks,
        owner: task.owner,
        mentorship: task.mentorship_status,
    };
    let who = who(ctx, task.owner_id, task.mentor_id, task.mentee_id);
    match moves::check(&facts, who, TaskStatus::Done, None) {
        // An owner who finishes a task of their own does not approve it.
        Ok(()) if task.status == TaskStatus::Submitted => ApprovalOutcome::Approved,
        Err(Refusal::NotRunning) => ApprovalOutcome::NotRunning,
        _ => ApprovalOutcome::NotAllowed,
    }
}

async fn approve_tasks(ctx: Ctx, ApproveTasks { approval }: ApproveTasks) -> Result<Approved> {
    let comment = approval.comment.as_deref().map(str::trim).filter(|comment| !comment.is_empty());
    let mut task_ids = Vec::new();
    for task_id in approval.task_ids {
        if !task_ids.contains(&task_id) {
            task_ids.push(task_id);
        }
    }
    let mut store = ctx.store().await?;
    let found = store.approvable_tasks(&task_ids).await?;
    let ready: Vec<&ApprovableTask> =
        found.iter().filter(|task| outcome(&ctx, task) == ApprovalOutcome::Approved).collect();
    let approved = if ready.is_empty() {
        Vec::new()
    } else {
        store.approve_tasks(&ready, comment, ctx.caller.user_id, ctx.now()).await?
    };
    let item = |task_id| {
        let task = found.iter().find(|task| task.task_id == task_id);
        let outcome = match task.map(|task| outcome(&ctx, task)) {
            None => ApprovalOutcome::NotFound,
            // Somebody else was quicker.
            Some(ApprovalOutcome::Approved) if !approved.contains(&task_id) => ApprovalOutcome::NotAllowed,
            Some(outcome) => outcome,
        };
        ApprovedItem { task_id, outcome, title: task.map(|task| task.title.clone()) }
    };
    Ok(Approved { items: task_ids.into_iter().map(item).collect() })
}
