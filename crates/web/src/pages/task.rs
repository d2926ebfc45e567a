//! A task's page, for the mentee and for whoever guides: what to do, what was handed in, memos, what happened.
//!
//! Every change is a form of its own that leads back here; a refusal shows this page again with what was typed.

mod edit;
mod files;
mod history;
mod memos;
mod moves;
mod queue;
mod samples;
mod submission;
mod subtasks;

use super::{
    Routes,
    mentorship::{home, way_crumb, way_of},
};
use crate::{Crumb, Error, Errors, Page, Query, Result, Signed, engine::Voice, markdown};
use axum::{extract::Path, response::Response};
use client::CallError;
use contract::{
    Code, MemoId, TaskId, UserId,
    memo::{ListMemos, Memo, MemoFilter},
    page::MAX_LIMIT,
    policy::Action,
    tasks::{GetTask, ListReviewQueue, ListTaskEvents, QueueFilter, TaskDetail, TaskStatus},
};
use history::Entry;
use queue::Place;
use serde::{Deserialize, Serialize};

pub fn routes() -> Routes {
    Routes::new()
        .get("/tasks/{task_id}", show)
        .merge(moves::routes())
        .merge(submission::routes())
        .merge(subtasks::routes())
        .merge(files::routes())
        .merge(memos::routes())
        .merge(edit::routes())
}

/// What the page opens: a panel that asks for a reason, or one of one's memos to change or delete.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Ask {
    act: Option<Act>,
    edit_memo: Option<MemoId>,
    delete_memo: Option<MemoId>,
    /// Where the next memos begin.
    after: Option<String>,
    /// Whether one is going through the review queue.
    queue: Option<i64>,
}

/// What needs a reason or a second thought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Act {
    Return,
    Skip,
    Reopen,
    Delete,
}

/// What was typed and not accepted.
#[derive(Debug, Clone, Default, Serialize)]
struct Typed {
    comment: String,
    memo: String,
    mentor_only: bool,
    memo_edit: String,
    subtask: String,
    submission: Option<String>,
}

#[derive(Serialize)]
struct TaskPage {
    detail: TaskDetail,
    events: Vec<Entry>,
    memos: Vec<Memo>,
    memos_next: Option<String>,
    ask: Ask,
    typed: Typed,
    my_id: UserId,
    is_mentee: bool,
    /// The list the reader came by, when it isn't the mentee.
    way: &'static str,
    is_owner: bool,
    /// The one big button: `start`, `submit`, `finish`, `approve`, or none.
    primary: &'static str,
    open_subtasks: i64,
    /// The guideline's lists, item by item.
    checklist: Vec<Ticked>,
    queue: Option<Place>,
}

/// An item of the guideline's lists.
#[derive(Serialize)]
struct Ticked {
    words: String,
    is_checked: bool,
}

async fn show(signed: Signed, Path(task_id): Path<TaskId>, Query(ask): Query<Ask>) -> Result<Response> {
    let page = TaskPage::load(&signed, task_id, ask, Typed::default()).await?;
    signed.page(&page).await
}

impl TaskPage {
    async fn load(signed: &Signed, task_id: TaskId, ask: Ask, typed: Typed) -> Result<Self> {
        let filter = MemoFilter { task_id, limit: Some(100), cursor: ask.after.clone() };
        // Whoever goes through the queue sees its neighbours instead of the record.
        let is_queue = ask.queue.is_some() && signed.can(Action::ReviewTask);
        let record_or_queue = async {
            if is_queue {
                let filter = QueueFilter { limit: Some(MAX_LIMIT), cursor: None };
                let queue = signed.call(ListReviewQueue { filter }).await?;
                Ok::<_, CallError>((Vec::new(), Place::of(&queue.items, queue.next.is_some(), task_id)))
            } else {
                let events = signed.call(ListTaskEvents { task_id }).await?.items;
                Ok((events.into_iter().map(|event| Entry::of(event, task_id)).collect(), None))
            }
        };
        let (detail, (events, queue), memos) = futures_util::try_join!(
            signed.call(GetTask { task_id, if_match: None }),
            record_or_queue,
            signed.call(ListMemos { filter }),
        )?;
        let page = Self::of(detail, events, (memos.items, memos.next), ask, typed, signed.me.user_id);
        Ok(Self { queue, ..page })
    }

    fn of(
        detail: TaskDetail,
        events: Vec<Entry>,
        (memos, memos_next): (Vec<Memo>, Option<String>),
        ask: Ask,
        typed: Typed,
        my_id: UserId,
    ) -> Self {
        let is_owner = detail.task.owner_id == my_id;
        let tick = |words: String| Ticked { is_checked: detail.checked.contains(&words), words };
        let checklist = markdown::task_items(&detail.task.guideline).into_iter().map(tick).collect();
        Self {
            checklist,
            queue: None,
            is_mentee: detail.mentee_id == my_id,
            way: way_of(my_id, detail.mentor_id, detail.mentee_id),
            is_owner,
            primary: primary(&detail, is_owner),
            open_subtasks: detail.task.subtasks - detail.task.subtasks_done,
            detail,
            events,
            memos,
            memos_next,
            ask,
            typed,
            my_id,
        }
    }
}

/// What one is here to do.
fn primary(detail: &TaskDetail, is_owner: bool) -> &'static str {
    let task = &detail.task;
    let may = |status| task.allowed.contains(&status);
    match task.status {
        TaskStatus::Submitted if may(TaskStatus::Done) => "approve",
        TaskStatus::InProgress if may(TaskStatus::Done) => "finish",
        TaskStatus::Todo if task.parent_id.is_some() && may(TaskStatus::Done) => "finish",
        TaskStatus::Todo if may(TaskStatus::InProgress) && is_owner => "start",
        // Shown while sub-tasks are open, too: pressing it says which thing is missing.
        TaskStatus::InProgress | TaskStatus::Returned if is_owner && detail.can_write => "submit",
        _ => "",
    }
}

impl Page for TaskPage {
    const TEMPLATE: &'static str = "pages/task.html";
    const HERE: &'static str = "board";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        let TaskDetail { task, mentee_name, .. } = &self.detail;
        let mut crumbs = if self.is_mentee {
            let week = task.week.to_string();
            vec![
                Crumb::to("/board", voice.tr("nav-board", &[])),
                Crumb::to(format!("/plan#week-{week}"), voice.tr("task-week", &[("week", &week)])),
            ]
        } else {
            vec![way_crumb(voice, self.way), Crumb::to(home(task.mentorship_id), mentee_name.clone())]
        };
        if let Some(parent_id) = task.parent_id {
            crumbs.push(Crumb::to(path(parent_id), voice.tr("task-parent", &[])));
        }
        crumbs.push(Crumb::here(task.title.clone()));
        crumbs
    }

    fn samples() -> Vec<Self> {
        samples::all()
    }
}

fn path(task_id: TaskId) -> String {
    format!("/tasks/{}", task_id.0)
}

/// What was refused as texts at their fields; what somebody else changed meanwhile is said, too, not thrown away.
fn refusals(error: CallError, voice: &Voice) -> Result<Errors> {
    if error.code() == Some(Code::Stale) {
        return Ok(Errors::one("form", voice.tr("problem-stale", &[])));
    }
    Errors::of(error, voice)
}

/// This page again, with what was wrong and what was typed.
async fn again(
    signed: &Signed,
    task_id: TaskId,
    ask: Ask,
    typed: Typed,
    errors: &Errors,
) -> Result<Response> {
    let page = TaskPage::load(signed, task_id, ask, typed).await?;
    signed.invalid(&page, errors).await
}

/// What a refusal says in one sentence, for where there is no field to say it at.
fn sentence(error: CallError, voice: &Voice) -> Result<String> {
    match error.code() {
        Some(code) if matches!(code.status().as_u16(), 409 | 412) => {
            Ok(voice.tr(&crate::form::problem_key(code), &[]))
        }
        Some(Code::Invalid) => Ok(voice.tr("problem-invalid", &[])),
        _ => Err(Error::from(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders() {
        crate::page::tests::renders::<TaskPage>();
    }

    #[test]
    fn each_state_has_the_button_one_is_here_for() {
        let primaries: Vec<_> = TaskPage::samples().iter().map(|page| page.primary).collect();
        assert_eq!(
            primaries,
            ["start", "submit", "", "submit", "", "approve", "", "", "finish", "approve"],
            "mentee: todo, in progress, submitted, returned, done; mentor: submitted, done, skipped; a sub-task; in the queue"
        );
    }
}
