//! Task blocks: kept, listed, renamed, deleted. Inserting one is editing a draft.

use super::curriculum::{editing, may_belong_to, not_your_department};
use crate::{
    Ctx, Error, Result,
    cursor::cursor,
    mount::Routes,
    rules::draft::{fresh_key, settle},
};
use contract::{
    BlockId, Code, Nothing, Page,
    blocks::{Block, BlockDetail, CreateBlock, DeleteBlock, GetBlock, ListBlocks, UpdateBlock},
    curriculum::Draft,
    page::DEFAULT_LIMIT,
    policy::Reach,
};
use store::{NewBlockRow, Within};

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    routes.on(list_blocks).on(create_block).on(get_block).on(update_block).on(delete_block)
}

async fn list_blocks(ctx: Ctx, ListBlocks { filter }: ListBlocks) -> Result<Page<Block>> {
    let limit = filter.limit.unwrap_or(DEFAULT_LIMIT);
    let after = cursor(filter.cursor.as_deref())?;
    let blocks = ctx.store().await?.blocks(&editing(&ctx)?, after, limit + 1).await?;
    Ok(Page::cut(blocks, limit, |last| (last.name.clone(), last.block_id)))
}

async fn create_block(ctx: Ctx, CreateBlock { block }: CreateBlock) -> Result<BlockDetail> {
    let name = name_of(&block.name)?;
    let editing = editing(&ctx)?;
    if !may_belong_to(&editing, block.department_id) {
        return Err(not_your_department());
    }
    let first = block.tasks.iter().map(|task| task.week).min().unwrap_or(1);
    let mut draft = Draft { week_notes: Vec::new(), tasks: block.tasks };
    draft.tasks.iter_mut().for_each(|task| task.week -= first - 1);
    let Draft { tasks, .. } = settle(draft, fresh_key).map_err(Error::invalid)?;
    let row = NewBlockRow {
        name,
        department_id: block.department_id,
        total_weeks: tasks.last().map_or(1, |task| task.week),
        tasks: tasks.clone(),
        created_by: ctx.caller.user_id,
    };
    let made = ctx.store().await?.create_block(&editing, row, ctx.now()).await?;
    let block = made.ok_or_else(no_such_department)?;
    Ok(BlockDetail { block, tasks })
}

async fn get_block(ctx: Ctx, GetBlock { block_id }: GetBlock) -> Result<BlockDetail> {
    let mut store = ctx.store().await?;
    let block = store.block(&editing(&ctx)?, block_id).await?.ok_or_else(Error::not_found)?;
    Ok(BlockDetail { block, tasks: store.block_tasks(block_id).await? })
}

async fn update_block(ctx: Ctx, UpdateBlock { block_id, patch }: UpdateBlock) -> Result<Block> {
    let name = patch.name.as_deref().map(name_of).transpose()?;
    let editing = editing(&ctx)?;
    let mut store = ctx.store().await?;
    let mut department_id = patch.department_id;
    if let Some(wanted) = department_id
        && !may_belong_to(&editing, wanted)
    {
        // A form sends back what it showed: leaving it where it is, is allowed.
        if own(&mut store, &editing, block_id).await?.department_id != wanted {
            return Err(not_your_department());
        }
        department_id = None;
    }
    if let Some(block) = store.update_block(&editing, block_id, name, department_id, ctx.now()).await? {
        return Ok(block);
    }
    own(&mut store, &editing, block_id).await?;
    Err(no_such_department())
}

async fn delete_block(ctx: Ctx, DeleteBlock { block_id }: DeleteBlock) -> Result<Nothing> {
    let editing = editing(&ctx)?;
    let mut store = ctx.store().await?;
    if !store.delete_block(&editing, block_id).await? {
        own(&mut store, &editing, block_id).await?;
    }
    Ok(Nothing)
}

/// Not there, or not the caller's.
async fn own(store: &mut Within, editing: &Reach, block_id: BlockId) -> Result<Block> {
    let block = store.block(editing, block_id).await?.ok_or_else(Error::not_found)?;
    if block.can_edit { Ok(block) } else { Err(Error::code(Code::Denied)) }
}

fn name_of(name: &str) -> Result<String> {
    match name.trim() {
        "" => Err(Error::field("name", "required", "This is needed.")),
        name => Ok(name.to_owned()),
    }
}

fn no_such_department() -> Error {
    Error::field("department_id", "not_found", "There is no such department.")
}
