//! Memos: comments on a task.

use crate::{Ctx, Error, Result, mount::Routes};
use contract::{
    Code, MemoId, Nothing, Page,
    memo::{CreateMemo, DeleteMemo, GetMemo, ListMemos, Memo, UpdateMemo},
    page::{DEFAULT_LIMIT, decode},
    policy::Scope,
};

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    routes.on(list_memos).on(create_memo).on(get_memo).on(update_memo).on(delete_memo)
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
    let memo_id = store
        .create_memo(memo.task_id, ctx.caller.user_id, &memo.body, memo.mentor_only, ctx.now())
        .await?
        .ok_or_else(|| Error::field("task_id", "not_found", "There is no such task."))?;
    // Mentors and admins are mentees of their own plan: what they couldn't read there they can't write.
    store.memo(ctx.caller.user_id, memo_id).await?.ok_or_else(not_for_mentees)
}

/// White space alone says nothing.
fn written(body: &str) -> Result<()> {
    if body.trim().is_empty() { Err(Error::field("body", "required", "This is needed.")) } else { Ok(()) }
}

async fn update_memo(ctx: Ctx, UpdateMemo { memo_id, patch }: UpdateMemo) -> Result<Memo> {
    written(&patch.body)?;
    let mut store = ctx.store().await?;
    own(&ctx, store.memo(ctx.caller.user_id, memo_id).await?)?;
    store.update_memo(memo_id, &patch.body, ctx.now()).await?;
    store.memo(ctx.caller.user_id, memo_id).await?.ok_or_else(Error::not_found)
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

/// Reads a list's cursor.
///
/// # Errors
/// A 422 when it was not given by this list.
pub fn cursor<K: serde::de::DeserializeOwned>(cursor: Option<&str>) -> Result<Option<K>> {
    match cursor {
        None => Ok(None),
        Some(text) => decode(text)
            .map(Some)
            .ok_or_else(|| Error::field("cursor", "bad_format", "This is not a cursor of this list.")),
    }
}
