//! Moving a task to another state, and what is answered when it may not go there.

use super::{facts_of, found, not_running, shown, who_of, with_waits};
use crate::{
    Ctx, Error, Result,
    rules::moves::{self, Refusal, is_open},
};
use contract::{
    Code, Problem, TaskId,
    tasks::{MoveTask, Task, TaskStatus},
};
use store::{Closing, Move, Moved, Within, waited};

pub async fn move_task(ctx: Ctx, MoveTask { task_id, to, if_match }: MoveTask) -> Result<Task> {
    let comment = to.comment.as_deref().map(str::trim).filter(|comment| !comment.is_empty());
    let mut store = ctx.store().await?;
    let placed = found(&mut store, task_id).await?;
    let placed = with_waits(&mut store, placed).await?;
    let (task, who) = (&placed.task, who_of(&ctx, &placed));
    if if_match.is_some_and(|seen| seen != task.version) {
        return Err(Error::code(Code::Stale));
    }
    moves::check(&facts_of(&placed), who, to.status, comment).map_err(|refusal| refused(refusal, task))?;

    let status_comment = match (task.status, to.status) {
        (_, TaskStatus::Returned | TaskStatus::Skipped) | (TaskStatus::Done, TaskStatus::InProgress) => {
            Some(comment)
        }
        (_, TaskStatus::Todo | TaskStatus::Done) => Some(None),
        _ => None,
    };
    let change = Move { task_id, from: task.status, to: to.status, version: if_match, status_comment };
    let Some(moved) = store.move_task(change, ctx.now()).await? else {
        return Err(overtaken(&ctx, &mut store, task_id, to.status, if_match).await?);
    };
    if let Some(parent_id) = task.parent_id
        && is_open(task.status) != is_open(moved.status)
    {
        let closing = if is_open(moved.status) { Closing::Opened } else { Closing::Closed };
        if !store.count_subtask(parent_id, closing).await? {
            return Err(refused(Refusal::NotAllowed(Vec::new()), task));
        }
    }
    let is_review = task.status == TaskStatus::Submitted
        && matches!(moved.status, TaskStatus::Done | TaskStatus::Returned);
    let waited_seconds = if is_review { waited(task.submitted_at, ctx.now()) } else { None };
    let event = Moved { from: task.status, to: moved.status, comment, waited_seconds };
    store.record_move((task.mentorship_id, task_id), event, ctx.caller.user_id, ctx.now()).await?;
    Ok(shown(moved, &placed, who))
}

/// Somebody else was quicker: the answer is what the task's new state says.
async fn overtaken(
    ctx: &Ctx,
    store: &mut Within,
    task_id: TaskId,
    to: TaskStatus,
    if_match: Option<i64>,
) -> Result<Error> {
    if if_match.is_some() {
        return Ok(Error::code(Code::Stale));
    }
    let placed = found(store, task_id).await?;
    let (facts, who) = (facts_of(&placed), who_of(ctx, &placed));
    let refusal = moves::check(&facts, who, to, Some("-")).err();
    let refusal = refusal.unwrap_or_else(|| Refusal::NotAllowed(moves::allowed(&facts, who)));
    Ok(refused(refusal, &placed.task))
}

fn refused(refusal: Refusal, task: &Task) -> Error {
    match refusal {
        Refusal::Locked => {
            let first: Vec<&str> = task.waits_for.iter().map(|other| other.title.as_str()).collect();
            Error::because(Code::TaskLocked, first.join(", "))
        }
        Refusal::NotRunning => not_running(),
        Refusal::OpenSubtasks => Error::code(Code::OpenSubtasks),
        Refusal::CommentNeeded => Error::field("comment", "required", "Say why."),
        Refusal::NotAllowed(allowed) => {
            let mut problem = Problem::new(Code::MoveNotAllowed);
            problem.allowed = allowed.iter().map(ToString::to_string).collect();
            Error::Refused(Box::new(problem))
        }
    }
}
