//! Ready-made curricula, and an operator's copies between companies.

use super::curriculum::{editing, make, may_belong_to, not_your_department, text};
use crate::{Ctx, Error, Ready, Result, library, mount::Routes, rules::draft::total_weeks};
use contract::{
    Page,
    auth::Locale,
    curriculum::CurriculumDetail,
    curriculum_library::{
        CopyToCompany, CurriculumTitle, GetReady, ListCurriculumTitles, ListLibrary, ReadyCurriculum,
        ReadyDetail, ReadyJob, TakeReadyCurriculum,
    },
};

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    let routes = routes.on(list_library).on(get_ready).on(take_ready_curriculum);
    routes.on(list_curriculum_titles).on(copy_to_company)
}

fn short(ready: &Ready) -> ReadyCurriculum {
    let curriculum = &ready.curriculum;
    ReadyCurriculum {
        key: ready.slug.to_owned(),
        language: if curriculum.language == "en" { Locale::En } else { Locale::Ko },
        job: job(ready.slug),
        title: curriculum.title.clone(),
        description: curriculum.description.clone(),
        total_weeks: total_weeks(&curriculum.draft),
        task_count: i64::try_from(curriculum.draft.tasks.len()).unwrap_or(i64::MAX),
        days: curriculum.draft.tasks.iter().map(|task| task.duration).sum(),
    }
}

/// `ko-general-90` is for all.
fn job(slug: &str) -> ReadyJob {
    slug.split('-').nth(1).and_then(|word| word.parse().ok()).unwrap_or(ReadyJob::General)
}

async fn list_library(ctx: Ctx, ListLibrary { filter }: ListLibrary) -> Result<Page<ReadyCurriculum>> {
    let wanted = filter.search.as_deref().map(hangul::fold).filter(|wanted| !wanted.is_empty());
    let has = |ready: &Ready| {
        wanted.as_deref().is_none_or(|wanted| {
            let Ready { curriculum, .. } = ready;
            let mut texts = [&curriculum.title, &curriculum.description]
                .into_iter()
                .chain(curriculum.draft.tasks.iter().map(|task| &task.title));
            texts.any(|text| hangul::fold(text).contains(wanted))
        })
    };
    let mut found: Vec<ReadyCurriculum> = library()
        .iter()
        .filter(|ready| has(ready))
        .map(short)
        .filter(|ready| filter.language.is_none_or(|language| language == ready.language))
        .filter(|ready| filter.job.is_none_or(|job| job == ready.job))
        .collect();
    // One's own language first.
    let own = if ctx.caller.locale == "en" { Locale::En } else { Locale::Ko };
    found.sort_by_key(|ready| (ready.language != own, ready.job));
    Ok(Page::whole(found))
}

fn find(key: &str) -> Result<&'static Ready> {
    library().iter().find(|ready| ready.slug == key).ok_or_else(Error::not_found)
}

async fn get_ready(_ctx: Ctx, GetReady { key }: GetReady) -> Result<ReadyDetail> {
    let ready = find(&key)?;
    let draft = &ready.curriculum.draft;
    Ok(ReadyDetail { ready: short(ready), week_notes: draft.week_notes.clone(), tasks: draft.tasks.clone() })
}

async fn take_ready_curriculum(
    ctx: Ctx,
    TakeReadyCurriculum { key, take }: TakeReadyCurriculum,
) -> Result<CurriculumDetail> {
    let curriculum = find(&key)?.curriculum.clone();
    let editing = editing(&ctx)?;
    if !may_belong_to(&editing, take.department_id) {
        return Err(not_your_department());
    }
    let text = text(curriculum.title, curriculum.description, take.department_id);
    make(&ctx, &mut ctx.store().await?, &editing, text, curriculum.draft).await
}

async fn list_curriculum_titles(
    ctx: Ctx,
    ListCurriculumTitles { company_id }: ListCurriculumTitles,
) -> Result<Page<CurriculumTitle>> {
    let mut lent = ctx.lend().await?;
    let titles = lent.unscoped().curriculum_titles(&company_id).await?;
    Ok(Page::whole(titles.ok_or_else(Error::not_found)?))
}

async fn copy_to_company(
    ctx: Ctx,
    CopyToCompany { company_id, copy }: CopyToCompany,
) -> Result<CurriculumTitle> {
    let mut lent = ctx.lend().await?;
    let mut store = lent.unscoped();
    // Nothing can be copied to where nothing is.
    if store.curriculum_titles(&company_id).await?.is_none() {
        return Err(Error::not_found());
    }
    let from = (&copy.from_company_id, copy.curriculum_id);
    let copied = store.copy_curriculum(from, &company_id, ctx.now()).await?;
    copied.ok_or_else(|| {
        Error::field("curriculum_id", "not_found", "That company has no such published curriculum.")
    })
}
