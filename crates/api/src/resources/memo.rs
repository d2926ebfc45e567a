//! Memos: comments on a task.

use crate::{Ctx, Error, Result, cursor::cursor, mount::Routes};
use contract::{
    Code, MemoId, Nothing, Page, TaskId,
    memo::{
        CreateMemo, DeleteMemo, GetMemo, ListMemoEdits, ListMemos, ListMentionable, Memo, MemoEdit, Mention,
        UpdateMemo, mentioned,
    },
    page::{DEFAULT_LIMIT, MAX_LIMIT},
    policy::Scope,
};
use store::Within;

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    let routes = routes.on(list_memos).on(create_memo).on(list_mentionable).on(get_memo).on(update_memo);
    routes.on(delete_memo).on(list_memo_edits)
}

async fn list_memos(ctx: Ctx, ListMemos { filter }: ListMemos) -> Result<Page<Memo>> {
    let limit = filter.limit.unwrap_or(DEFAULT_LIMIT);
    let after: Option<MemoId> = cursor(filter.cursor.as_deref())?;
    let mut store = ctx.store().await?;
    let memos = store.memos(ctx.caller.user_id, filter.task_id, after, limit + 1).await?;
    if memos.is_empty() && !store.reaches_task(filter.task_id).await? {
        return Err(Error::not_found());
    }
    Ok(Page::cut(memos, limit, |memo| memo.memo_id))
}

async fn get_memo(ctx: Ctx, GetMemo { memo_id }: GetMemo) -> Result<Memo> {
    ctx.store().await?.memo(ctx.caller.user_id, memo_id).await?.ok_or_else(Error::not_found)
}

async fn create_memo(ctx: Ctx, CreateMemo { memo }: CreateMemo) -> Result<Memo> {
    written(&memo.body)?;
    let not_for_mentees =
        || Error::field("mentor_only", "not_allowed", "Only mentors and admins can write such memos.");
    if memo.mentor_only && ctx.reach().scope() == Scope::Own {
        return Err(not_for_mentees());
    }
    let mut store = ctx.store().await?;
    let mentions = called(&mut store, memo.task_id, &memo.body).await?;
    let author = ctx.caller.user_id;
    let created =
        store.create_memo(memo.task_id, author, &memo.body, &mentions, memo.mentor_only, ctx.now()).await?;
    match created {
        Some(created) => Ok(created),
        // Mentors and admins are mentees of their own plan: what they couldn't read there they can't write.
        None if memo.mentor_only && store.reaches_task(memo.task_id).await? => Err(not_for_mentees()),
        None => Err(Error::field("task_id", "not_found", "There is no such task.")),
    }
}

/// White space alone says nothing.
fn written(body: &str) -> Result<()> {
    if body.trim().is_empty() { Err(Error::field("body", "required", "This is needed.")) } else { Ok(()) }
}

async fn update_memo(ctx: Ctx, UpdateMemo { memo_id, patch }: UpdateMemo) -> Result<Memo> {
    written(&patch.body)?;
    let mut store = ctx.store().await?;
    let memo = own(&ctx, store.memo(ctx.caller.user_id, memo_id).await?)?;
    if memo.body == patch.body {
        return Ok(memo);
    }
    let mentions = called(&mut store, memo.task_id, &patch.body).await?;
    store.update_memo(memo_id, &patch.body, &mentions, ctx.caller.user_id, ctx.now()).await?;
    Ok(Memo { body: patch.body, mentions, edited_at: Some(ctx.now()), ..memo })
}

/// Those who are called in a text, as they are called now; everybody else can't be.
async fn called(store: &mut Within, task_id: TaskId, body: &str) -> Result<Vec<Mention>> {
    let ids = mentioned(body);
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let people = store.mentionable(task_id).await?;
    if people.is_empty() {
        return Err(Error::field("task_id", "not_found", "There is no such task."));
    }
    let find = |id| people.iter().find(|person| person.user_id == id).cloned();
    let found: Option<Vec<Mention>> = ids.into_iter().map(find).collect();
    found.ok_or_else(|| {
        Error::field("body", "not_mentionable", "Only the pair and the company's admins can be called.")
    })
}

async fn list_mentionable(ctx: Ctx, ListMentionable { filter }: ListMentionable) -> Result<Page<Mention>> {
    let people = ctx.store().await?.mentionable(filter.task_id).await?;
    // A task within reach has its pair, though both may be suspended by now.
    if people.is_empty() && !ctx.store().await?.reaches_task(filter.task_id).await? {
        return Err(Error::not_found());
    }
    Ok(Page::whole(people))
}

async fn list_memo_edits(ctx: Ctx, ListMemoEdits { memo_id }: ListMemoEdits) -> Result<Page<MemoEdit>> {
    let mut store = ctx.store().await?;
    let edits = store.memo_edits(ctx.caller.user_id, memo_id, MAX_LIMIT).await?;
    if edits.is_empty() && store.memo(ctx.caller.user_id, memo_id).await?.is_none() {
        return Err(Error::not_found());
    }
    Ok(Page::whole(edits))
}

async fn delete_memo(ctx: Ctx, DeleteMemo { memo_id }: DeleteMemo) -> Result<Nothing> {
    let mut store = ctx.store().await?;
    let memo = own(&ctx, store.memo(ctx.caller.user_id, memo_id).await?)?;
    store.delete_memo(&memo).await?;
    Ok(Nothing)
}

/// Only the author changes a memo, whatever their roles.
fn own(ctx: &Ctx, memo: Option<Memo>) -> Result<Memo> {
    let memo = memo.ok_or_else(Error::not_found)?;
    if memo.author_id == ctx.caller.user_id { Ok(memo) } else { Err(Error::code(Code::Denied)) }
}
