//! Curricula: the draft, its publishing, and the way in and out as a file.
//!
//! Whoever reads a curriculum may still not edit it: the reach of editing is computed beside the reach of the
//! operation, and a refused change is told apart only after it was refused (not there, not yours, archived, stale).

use crate::{
    Ctx, Error, Result,
    cursor::cursor,
    mount::Routes,
    rules::{
        curriculum_csv,
        curriculum_file::{self, Portable},
        draft::{fresh_key, settle, total_weeks},
        people::pattern_anywhere,
    },
};
use contract::{
    Code, CurriculumId, DepartmentId, FieldError, File, Nothing, Page,
    curriculum::{
        CopyCurriculum, CreateCurriculum, Curriculum, CurriculumDetail, CurriculumState, DeleteCurriculum,
        Draft, ExportCurriculum, FileFormat, GetCurriculum, GetVersion, ImportCurriculum, ListCurricula,
        ListVersions, PublishCurriculum, SaveDraft, UpdateCurriculum, Version,
    },
    page::DEFAULT_LIMIT,
    policy::{self, Action, Reach, Scope},
};
use store::{CurriculumQuery, CurriculumText, Within};

/// The most characters a title has.
const TITLE_LIMIT: usize = 200;

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    routes
        .on(list_curricula)
        .on(create_curriculum)
        .on(import_curriculum)
        .on(get_curriculum)
        .on(update_curriculum)
        .on(delete_curriculum)
        .on(save_draft)
        .on(copy_curriculum)
        .on(publish_curriculum)
        .on(list_versions)
        .on(get_version)
        .on(export_curriculum)
}

async fn list_curricula(ctx: Ctx, ListCurricula { filter }: ListCurricula) -> Result<Page<Curriculum>> {
    let limit = filter.limit.unwrap_or(DEFAULT_LIMIT);
    let query = CurriculumQuery {
        pattern: filter.search.as_deref().and_then(pattern_anywhere),
        state: filter.state,
        department_id: filter.department_id,
        after: cursor(filter.cursor.as_deref())?,
        skip: filter.skip.unwrap_or(0),
        limit: limit + 1,
    };
    let curricula = ctx.store().await?.curricula(&editing(&ctx)?, query).await?;
    Ok(Page::cut(curricula, limit, |last| (last.updated_at, last.curriculum_id)))
}

async fn create_curriculum(
    ctx: Ctx,
    CreateCurriculum { curriculum, .. }: CreateCurriculum,
) -> Result<CurriculumDetail> {
    let title = title_of(&curriculum.title)?;
    let editing = editing(&ctx)?;
    if !may_belong_to(&editing, curriculum.department_id) {
        return Err(not_your_department());
    }
    let draft = Draft { week_notes: Vec::new(), tasks: Vec::new() };
    let text = text(title, curriculum.description, curriculum.department_id);
    make(&ctx, &mut ctx.store().await?, &editing, text, draft).await
}

async fn get_curriculum(
    ctx: Ctx,
    GetCurriculum { curriculum_id, .. }: GetCurriculum,
) -> Result<CurriculumDetail> {
    read(&mut ctx.store().await?, &editing(&ctx)?, curriculum_id, None).await
}

async fn update_curriculum(
    ctx: Ctx,
    UpdateCurriculum { curriculum_id, mut patch, if_match }: UpdateCurriculum,
) -> Result<Curriculum> {
    patch.title = patch.title.as_deref().map(title_of).transpose()?;
    let title_key = patch.title.as_deref().map(title_key);
    let editing = editing(&ctx)?;
    let mut store = ctx.store().await?;
    if let Some(department_id) = patch.department_id
        && !may_belong_to(&editing, department_id)
    {
        // A form sends back what it showed: leaving it where it is, is allowed.
        let present = may_edit(store.curriculum(&editing, curriculum_id).await?, if_match)?;
        if present.department_id != department_id {
            return Err(not_your_department());
        }
        patch.department_id = None;
    }
    if patch.title.is_none()
        && patch.description.is_none()
        && patch.department_id.is_none()
        && patch.is_archived.is_none()
    {
        return may_edit(store.curriculum(&editing, curriculum_id).await?, if_match);
    }
    let updated =
        store.update_curriculum(&editing, curriculum_id, patch, title_key, if_match, ctx.now()).await?;
    if let Some(curriculum) = updated {
        return Ok(curriculum);
    }
    may_edit(store.curriculum(&editing, curriculum_id).await?, if_match)?;
    Err(Error::field("department_id", "not_found", "There is no such department."))
}

async fn delete_curriculum(
    ctx: Ctx,
    DeleteCurriculum { curriculum_id }: DeleteCurriculum,
) -> Result<Nothing> {
    let editing = editing(&ctx)?;
    let mut store = ctx.store().await?;
    if !store.delete_curriculum(&editing, curriculum_id).await? {
        may_edit(store.curriculum(&editing, curriculum_id).await?, None)?;
        return Err(Error::because(Code::InUse, "It was published before: archive it instead."));
    }
    Ok(Nothing)
}

async fn save_draft(
    ctx: Ctx,
    SaveDraft { curriculum_id, draft, if_match }: SaveDraft,
) -> Result<CurriculumDetail> {
    let draft = settle(draft, fresh_key).map_err(Error::invalid)?;
    let editing = editing(&ctx)?;
    let mut store = ctx.store().await?;
    let weeks = total_weeks(&draft);
    match store.save_draft(&editing, curriculum_id, (&draft, weeks), if_match, ctx.now()).await? {
        Some(curriculum) => Ok(detail(curriculum, draft)),
        None => Err(why_not(&mut store, &editing, curriculum_id, if_match).await),
    }
}

async fn copy_curriculum(
    ctx: Ctx,
    CopyCurriculum { curriculum_id, target }: CopyCurriculum,
) -> Result<CurriculumDetail> {
    let editing = editing(&ctx)?;
    let chosen = match (target.department_id, target.is_common) {
        (Some(_), Some(true)) => {
            return Err(Error::field("is_common", "not_allowed", "Either a department or all."));
        }
        (Some(department_id), _) => Some(Some(department_id)),
        (None, Some(true)) => Some(None),
        (None, _) => None,
    };
    if chosen.is_some_and(|department_id| !may_belong_to(&editing, department_id)) {
        return Err(not_your_department());
    }
    let mut store = ctx.store().await?;
    let CurriculumDetail { curriculum, week_notes, tasks, .. } =
        read(&mut store, &editing, curriculum_id, None).await?;
    let suffix = if ctx.caller.locale == "en" { " (copy)" } else { " (복사본)" };
    let mut title: String = curriculum.title.chars().take(TITLE_LIMIT - suffix.chars().count()).collect();
    title.push_str(suffix);
    // What a mentor copies from elsewhere is theirs to change, and so belongs to their department.
    let department_id = match chosen.unwrap_or(curriculum.department_id) {
        elsewhere if !may_belong_to(&editing, elsewhere) => editing.department(),
        same => same,
    };
    let text = text(title, curriculum.description, department_id);
    make(&ctx, &mut store, &editing, text, Draft { week_notes, tasks }).await
}

async fn publish_curriculum(
    ctx: Ctx,
    PublishCurriculum { curriculum_id, publication }: PublishCurriculum,
) -> Result<Version> {
    let editing = editing(&ctx)?;
    let mut store = ctx.store().await?;
    let note = publication.note.trim();
    match store.publish_curriculum(&editing, curriculum_id, note, ctx.caller.user_id, ctx.now()).await? {
        Some(version) => Ok(version),
        None => Err(why_not(&mut store, &editing, curriculum_id, None).await),
    }
}

async fn list_versions(ctx: Ctx, ListVersions { curriculum_id }: ListVersions) -> Result<Page<Version>> {
    let mut store = ctx.store().await?;
    let versions = store.versions(curriculum_id).await?;
    if versions.is_empty() && store.curriculum(&editing(&ctx)?, curriculum_id).await?.is_none() {
        return Err(Error::not_found());
    }
    Ok(Page::whole(versions))
}

async fn get_version(ctx: Ctx, GetVersion { curriculum_id, number }: GetVersion) -> Result<CurriculumDetail> {
    if number < 1 {
        return Err(Error::not_found());
    }
    read(&mut ctx.store().await?, &editing(&ctx)?, curriculum_id, Some(number)).await
}

async fn import_curriculum(
    ctx: Ctx,
    ImportCurriculum { options, file }: ImportCurriculum,
) -> Result<CurriculumDetail> {
    let Portable { title, description, draft, .. } = match options.format {
        Some(FileFormat::Csv) => curriculum_csv::read(&file.bytes, fresh_key),
        _ => curriculum_file::read(&file.bytes, fresh_key),
    }
    .map_err(Error::invalid)?;
    let text = text(title_of(&title)?, description, None);
    make(&ctx, &mut ctx.store().await?, &editing(&ctx)?, text, draft).await
}

async fn export_curriculum(
    ctx: Ctx,
    ExportCurriculum { curriculum_id, options }: ExportCurriculum,
) -> Result<File> {
    let CurriculumDetail { curriculum, week_notes, tasks, .. } =
        read(&mut ctx.store().await?, &editing(&ctx)?, curriculum_id, None).await?;
    let name = curriculum.title.replace(['/', '\\', '\n', '\t'], " ");
    let portable = Portable {
        language: ctx.caller.locale.clone(),
        title: curriculum.title,
        description: curriculum.description,
        draft: Draft { week_notes, tasks },
    };
    let (media_type, ending, bytes) = match options.format {
        Some(FileFormat::Csv) => ("text/csv; charset=utf-8", "csv", curriculum_csv::write(&portable)),
        _ => {
            let yaml = curriculum_file::write(&portable).map_err(Error::fault)?;
            ("application/yaml; charset=utf-8", "yaml", yaml.into_bytes())
        }
    };
    Ok(File {
        media_type: media_type.to_owned(),
        name: Some(format!("{name}.{ending}")),
        bytes: bytes.into(),
    })
}

/// What the caller may edit, whatever the present operation is. Whoever may read may edit something.
pub(super) fn editing(ctx: &Ctx) -> Result<Reach> {
    policy::reach(&ctx.caller, Action::EditCurriculum).map_err(|policy::Denied| Error::code(Code::Denied))
}

/// Mentors make curricula for all or for their own department.
pub(super) fn may_belong_to(editing: &Reach, department_id: Option<DepartmentId>) -> bool {
    editing.scope() >= Scope::Company || department_id.is_none() || department_id == editing.department()
}

pub(super) fn not_your_department() -> Error {
    Error::field("department_id", "not_allowed", "Only your own department, or none.")
}

/// Reads a curriculum with its draft or one of its versions.
pub(super) async fn read(
    store: &mut Within,
    editing: &Reach,
    curriculum_id: CurriculumId,
    number: Option<i64>,
) -> Result<CurriculumDetail> {
    let curriculum = store.curriculum(editing, curriculum_id).await?.ok_or_else(Error::not_found)?;
    let week_notes = store.week_notes(curriculum_id, number).await?.ok_or_else(Error::not_found)?;
    let tasks = store.template_tasks(curriculum_id, number).await?;
    Ok(CurriculumDetail { revision: curriculum.revision, curriculum, number, week_notes, tasks })
}

pub(super) async fn make(
    ctx: &Ctx,
    store: &mut Within,
    editing: &Reach,
    text: CurriculumText,
    draft: Draft,
) -> Result<CurriculumDetail> {
    let weeks = total_weeks(&draft);
    let made = store.create_curriculum(editing, text, (&draft, weeks), ctx.caller.user_id, ctx.now()).await?;
    let curriculum =
        made.ok_or_else(|| Error::field("department_id", "not_found", "There is no such department."))?;
    Ok(detail(curriculum, draft))
}

pub(super) fn detail(curriculum: Curriculum, Draft { week_notes, tasks }: Draft) -> CurriculumDetail {
    CurriculumDetail { revision: curriculum.revision, curriculum, number: None, week_notes, tasks }
}

/// Not there, not the caller's, or changed in the meantime.
pub(super) fn may_edit(curriculum: Option<Curriculum>, if_match: Option<i64>) -> Result<Curriculum> {
    let curriculum = curriculum.ok_or_else(Error::not_found)?;
    if !curriculum.can_edit {
        return Err(Error::code(Code::Denied));
    }
    if if_match.is_some_and(|revision| revision != curriculum.revision) {
        return Err(Error::code(Code::Stale));
    }
    Ok(curriculum)
}

/// Why a change of the draft, or its publishing, was refused.
pub(super) async fn why_not(
    store: &mut Within,
    editing: &Reach,
    curriculum_id: CurriculumId,
    if_match: Option<i64>,
) -> Error {
    let curriculum = match store.curriculum(editing, curriculum_id).await {
        Ok(curriculum) => may_edit(curriculum, if_match),
        Err(error) => Err(error.into()),
    };
    match curriculum {
        Err(error) => error,
        Ok(curriculum) if curriculum.state == CurriculumState::Archived => Error::code(Code::Archived),
        Ok(curriculum) if curriculum.task_count == 0 => {
            Error::invalid(vec![FieldError::new("tasks", "required", "A version has at least one task.")])
        }
        Ok(_) => Error::because(Code::Conflict, "The newest version has these tasks already."),
    }
}

fn title_of(title: &str) -> Result<String> {
    match title.trim() {
        "" => Err(Error::field("title", "required", "This is needed.")),
        title => Ok(title.to_owned()),
    }
}

pub(super) fn text(
    title: String,
    description: String,
    department_id: Option<DepartmentId>,
) -> CurriculumText {
    CurriculumText {
        title_key: title_key(&title),
        title,
        description: description.replace("\r\n", "\n"),
        department_id,
    }
}

/// What a search by title looks through: the title and its initial consonants.
fn title_key(title: &str) -> String {
    format!("{} {}", hangul::fold(title), hangul::initials(title))
}
