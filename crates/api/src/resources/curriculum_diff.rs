//! Versions beside each other, and an older one taken back as the draft.

use super::curriculum::{detail, editing, may_edit, read, why_not};
use crate::{
    Ctx, Error, Result,
    mount::Routes,
    rules::{diff, draft::total_weeks},
};
use contract::{
    Code,
    curriculum::{CurriculumDetail, Draft},
    curriculum_diff::{
        CurriculumDiff, DiffCurriculum, GetKeptDraft, KeptDrafts, RestoreKeptDraft, RestoreVersion,
    },
};

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    routes.on(diff_curriculum).on(restore_version).on(get_kept_draft).on(restore_kept_draft)
}

async fn diff_curriculum(
    ctx: Ctx,
    DiffCurriculum { curriculum_id, range }: DiffCurriculum,
) -> Result<CurriculumDiff> {
    let mut store = ctx.store().await?;
    let curriculum = store.curriculum(&editing(&ctx)?, curriculum_id).await?.ok_or_else(Error::not_found)?;
    let from = range.from.unwrap_or_else(|| curriculum.latest_number.unwrap_or(0));
    let to = range.to.unwrap_or(0);
    let (old, new) = store.two_versions(curriculum_id, (from, to)).await?;
    drop(store);
    let (old, new) = (old.ok_or_else(Error::not_found)?, new.ok_or_else(Error::not_found)?);
    // Hundreds of long texts take a core for a while: not one that answers others.
    let found = tokio::task::spawn_blocking(move || diff::compare(&old, &new)).await.map_err(Error::fault)?;
    let diff::Differences { tasks, week_notes, unchanged } = found;
    Ok(CurriculumDiff { curriculum, from, to, tasks, week_notes, unchanged })
}

async fn restore_version(
    ctx: Ctx,
    RestoreVersion { curriculum_id, restoration, if_match }: RestoreVersion,
) -> Result<CurriculumDetail> {
    let number = restoration.number;
    let mut store = ctx.store().await?;
    let (draft, version) = store.two_versions(curriculum_id, (0, number)).await?;
    let draft = draft.ok_or_else(Error::not_found)?;
    let missing = || Error::field("number", "not_found", "There is no such version.");
    let version = version.ok_or_else(missing)?;
    exchange(&ctx, &mut store, curriculum_id, (&draft, version), Some(number), if_match).await
}

async fn restore_kept_draft(
    ctx: Ctx,
    RestoreKeptDraft { curriculum_id, if_match }: RestoreKeptDraft,
) -> Result<CurriculumDetail> {
    let editing = editing(&ctx)?;
    let mut store = ctx.store().await?;
    let Some(kept) = store.take_kept_draft(&editing, curriculum_id).await? else {
        return Err(match store.curriculum(&editing, curriculum_id).await? {
            Some(curriculum) if !curriculum.can_edit => Error::code(Code::Denied),
            Some(_) => Error::because(Code::Conflict, "No draft was put aside."),
            None => Error::not_found(),
        });
    };
    let (draft, _) = store.two_versions(curriculum_id, (0, 0)).await?;
    let draft = draft.ok_or_else(Error::not_found)?;
    exchange(&ctx, &mut store, curriculum_id, (&draft, kept), None, if_match).await
}

/// Puts `next` in the draft's place and keeps the draft.
async fn exchange(
    ctx: &Ctx,
    store: &mut store::Within,
    curriculum_id: contract::CurriculumId,
    (draft, next): (&Draft, Draft),
    number: Option<i64>,
    if_match: Option<i64>,
) -> Result<CurriculumDetail> {
    let editing = editing(ctx)?;
    if *draft == next {
        // Nothing to do; what was kept before stays kept.
        let same = read(store, &editing, curriculum_id, None).await?;
        may_edit(Some(same.curriculum.clone()), if_match)?;
        return Ok(same);
    }
    let weeks = total_weeks(&next);
    let saved = store.save_draft(&editing, curriculum_id, (&next, weeks), if_match, ctx.now()).await?;
    let Some(curriculum) = saved else {
        return Err(why_not(store, &editing, curriculum_id, if_match).await);
    };
    store.keep_draft(curriculum_id, draft, number, ctx.caller.user_id, ctx.now()).await?;
    Ok(detail(curriculum, next))
}

async fn get_kept_draft(ctx: Ctx, GetKeptDraft { curriculum_id }: GetKeptDraft) -> Result<KeptDrafts> {
    let mut store = ctx.store().await?;
    let kept = store.kept_draft(curriculum_id).await?;
    if kept.is_none() && store.curriculum(&editing(&ctx)?, curriculum_id).await?.is_none() {
        return Err(Error::not_found());
    }
    Ok(KeptDrafts { kept })
}
