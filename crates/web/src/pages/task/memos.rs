//! Memos on a task: writing one, and changing or deleting one's own.

use super::{Ask, Typed, again, path, refusals};
use crate::{Form, Result, Signed, pages::Routes};
use axum::{extract::Path, response::Response};
use contract::{
    MemoId, TaskId,
    memo::{CreateMemo, DeleteMemo, MemoPatch, NewMemo, UpdateMemo},
};
use serde::Deserialize;

pub fn routes() -> Routes {
    Routes::new()
        .post("/tasks/{task_id}/memos", add)
        .post("/tasks/{task_id}/memos/{memo_id}", edit)
        .post("/tasks/{task_id}/memos/{memo_id}/delete", delete)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct MemoForm {
    body: String,
    mentor_only: bool,
}

#[derive(Debug, Default, Deserialize)]
struct Nothing {}

fn place(task_id: TaskId, memo_id: MemoId) -> String {
    format!("{}#memo-{}", path(task_id), memo_id.0)
}

async fn add(
    signed: Signed,
    Path(task_id): Path<TaskId>,
    Form(form, once): Form<MemoForm>,
) -> Result<Response> {
    let body = form.body.trim().to_owned();
    let memo = NewMemo { task_id, body, mentor_only: form.mentor_only };
    match signed.call_once(&once, CreateMemo { memo }).await {
        Ok(memo) => Ok(signed.redirect(&place(task_id, memo.memo_id))),
        Err(error) => {
            let errors = refusals(error, &signed.voice())?;
            let typed = Typed { memo: form.body, mentor_only: form.mentor_only, ..Typed::default() };
            again(&signed, task_id, Ask::default(), typed, &errors).await
        }
    }
}

async fn edit(
    signed: Signed,
    Path((task_id, memo_id)): Path<(TaskId, MemoId)>,
    Form(form, _): Form<MemoForm>,
) -> Result<Response> {
    let patch = MemoPatch { body: form.body.trim().to_owned() };
    match signed.call(UpdateMemo { memo_id, patch }).await {
        Ok(_) => Ok(signed.redirect(&place(task_id, memo_id))),
        Err(error) => {
            let errors = refusals(error, &signed.voice())?;
            let ask = Ask { edit_memo: Some(memo_id), ..Ask::default() };
            let typed = Typed { memo_edit: form.body, ..Typed::default() };
            again(&signed, task_id, ask, typed, &errors).await
        }
    }
}

async fn delete(
    signed: Signed,
    Path((task_id, memo_id)): Path<(TaskId, MemoId)>,
    Form(..): Form<Nothing>,
) -> Result<Response> {
    signed.call(DeleteMemo { memo_id }).await?;
    signed.done(&format!("{}#memos", path(task_id)), signed.tr("task-memo-deleted", &[])).await
}
