//! Memos on a task: writing one, and changing or deleting one's own.

use super::{Ask, Typed, again, path, refusals};
use crate::{Crumb, Form, Page, Result, Signed, engine::Voice, form::Nothing, markdown, pages::Routes};
use axum::{
    Json,
    extract::Path,
    response::{IntoResponse, Response},
};
use contract::{
    MemoId, TaskId,
    memo::{
        CreateMemo, DeleteMemo, GetMemo, ListMemoEdits, ListMentionable, Memo, MemoEdit, MemoPatch,
        MentionFilter, NewMemo, UpdateMemo,
    },
};
use serde::{Deserialize, Serialize};

pub fn routes() -> Routes {
    Routes::new()
        .post("/tasks/{task_id}/memos", add)
        .post("/tasks/{task_id}/memos/{memo_id}", edit)
        .post("/tasks/{task_id}/memos/{memo_id}/delete", delete)
        .get("/tasks/{task_id}/memos/{memo_id}/edits", edits)
        .get("/tasks/{task_id}/people", people)
}

/// What a memo said before.
#[derive(Serialize)]
struct Edits {
    task_id: TaskId,
    memo: Memo,
    edits: Vec<MemoEdit>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct MemoForm {
    body: String,
    mentor_only: bool,
}

fn place(task_id: TaskId, memo_id: MemoId) -> String {
    format!("{}#memo-{}", path(task_id), memo_id.0)
}

async fn add(
    signed: Signed,
    Path(task_id): Path<TaskId>,
    Form(form, once): Form<MemoForm>,
) -> Result<Response> {
    let body = with_ids(&signed, task_id, form.body.trim()).await?;
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
    let patch = MemoPatch { body: with_ids(&signed, task_id, form.body.trim()).await? };
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

/// Whoever is called by name is called by id.
async fn with_ids(signed: &Signed, task_id: TaskId, body: &str) -> Result<String> {
    if !body.contains('@') {
        return Ok(body.to_owned());
    }
    let filter = MentionFilter { task_id };
    let people = signed.call(ListMentionable { filter }).await?.items;
    Ok(markdown::called(body, &people))
}

/// Whom the script offers after an `@`.
async fn people(signed: Signed, Path(task_id): Path<TaskId>) -> Result<Response> {
    let filter = MentionFilter { task_id };
    let people = signed.call(ListMentionable { filter }).await?.items;
    let names: Vec<String> = people.into_iter().map(|person| person.name).collect();
    Ok(Json(names).into_response())
}

async fn edits(signed: Signed, Path((task_id, memo_id)): Path<(TaskId, MemoId)>) -> Result<Response> {
    let (memo, edits) =
        futures_util::try_join!(signed.call(GetMemo { memo_id }), signed.call(ListMemoEdits { memo_id }))?;
    signed.page(&Edits { task_id, memo, edits: edits.items }).await
}

impl Page for Edits {
    const TEMPLATE: &'static str = "pages/memo_edits.html";
    const HERE: &'static str = "board";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        let task = place(self.task_id, self.memo.memo_id);
        vec![Crumb::to(task, voice.tr("task-memos", &[])), Crumb::here(voice.tr("task-memo-edits", &[]))]
    }

    fn samples() -> Vec<Self> {
        let memo = super::samples::memos().remove(0);
        let edit = |body: &str| MemoEdit {
            body: body.to_owned(),
            mentions: memo.mentions.clone(),
            editor_name: memo.author_name.clone(),
            edited_at: memo.created_at,
        };
        let edits = vec![edit("표 **잘** 봤어요 <@11>"), edit("<b>처음</b>")];
        vec![
            Self { task_id: memo.task_id, memo: memo.clone(), edits },
            Self { task_id: memo.task_id, memo, edits: Vec::new() },
        ]
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

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::Edits>();
    }
}
