//! Files of a task and its ticked items: in and out as they arrive, only through the task's reach.

use super::tasks::{conflict, facts_of, found, not_running, who_of};
use crate::{
    Ctx, Error, Result,
    mount::Routes,
    outside::files::{FileFault, receive},
    rules::{edits, files},
};
use contract::{
    Code, FieldError, Nothing, Stream, TaskId,
    files::{CreateTaskFile, DeleteTaskFile, GetTaskFile, MOST_FILES, TaskFile},
    mentorship::MentorshipStatus,
    tasks::{CheckItem, EventKind},
};
use store::{NewTaskFile, PlacedTask, TaskChange, Within};

/// The most ticked items that are kept of a task.
const MOST_CHECKS: i64 = 200;

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    routes.on(create_task_file).on(get_task_file).on(delete_task_file).on(check_item)
}

/// A task its owner is working on.
async fn own_open(ctx: &Ctx, store: &mut Within, task_id: TaskId) -> Result<PlacedTask> {
    let placed = found(store, task_id).await?;
    if !who_of(ctx, &placed).is_owner {
        return Err(Error::code(Code::Denied));
    }
    if facts_of(&placed).mentorship != MentorshipStatus::Active {
        return Err(not_running());
    }
    if !edits::is_writable(placed.task.status) {
        return Err(conflict("What was handed in can't be changed; take it back first."));
    }
    Ok(placed)
}

fn fault(fault: FileFault, most: u64) -> Error {
    match fault {
        FileFault::TooLarge => Error::because(Code::TooLarge, format!("At most {most} bytes are taken.")),
        FileFault::Full => Error::code(Code::StorageFull),
        FileFault::BrokenOff => Error::because(Code::BadRequest, "The file did not arrive whole."),
        FileFault::Missing => Error::not_found(),
        FileFault::Io(error) => Error::fault(error),
    }
}

async fn create_task_file(
    ctx: Ctx,
    CreateTaskFile { task_id, options, file }: CreateTaskFile,
) -> Result<TaskFile> {
    let name = files::safe_name(&options.name);
    let name = name.ok_or_else(|| Error::field("name", "required", "This is needed."))?;
    let wrong = |code| {
        let message = format!("One of these kinds, by name and content: {}.", files::endings());
        Error::invalid(vec![FieldError::new("file", code, message).with("kinds", files::endings())])
    };
    let kind = files::kind_of(&name).ok_or_else(|| wrong("file_kind"))?;
    let most = ctx.app.config.file_limit;
    if file.length.is_some_and(|length| length > most) {
        return Err(fault(FileFault::TooLarge, most));
    }
    let mut store = ctx.store().await?;
    let placed = own_open(&ctx, &mut store, task_id).await?;
    if placed.task.files >= MOST_FILES {
        return Err(too_many());
    }
    drop(store);
    // No connection is held, and nobody waits, while the bytes arrive.
    ctx.commit().await?;
    let received =
        receive(ctx.app.files.spool(), file.take(), most).await.map_err(|error| fault(error, most))?;
    if received.size == 0 {
        return Err(Error::field("file", "required", "It is empty."));
    }
    if !kind.is_proved_by(&received.head) {
        return Err(wrong("file_content"));
    }
    let company = ctx.reach().company().to_owned();
    ctx.app.files.keep(&company, &received).await.map_err(|error| fault(error, most))?;

    let mut store = ctx.store().await?;
    let size = i64::try_from(received.size).unwrap_or(i64::MAX);
    let row =
        NewTaskFile { task_id, name: &name, media_type: kind.media_type, size, sha256: &received.sha256 };
    let file_id = store.create_task_file(&row, MOST_FILES, ctx.caller.user_id, ctx.now()).await?;
    let file_id =
        file_id.ok_or_else(|| conflict("The task can't be written on any more, or has enough files."))?;
    record(&ctx, &mut store, &placed, EventKind::FileAdded, &name).await?;
    let me = ctx.caller.user_id;
    let uploader_name = match me {
        me if me == placed.mentee_id => placed.mentee_name,
        me if me == placed.mentor_id => placed.mentor_name,
        // An admin's own task.
        _ => return store.task_file(task_id, file_id).await?.ok_or_else(Error::not_found),
    };
    Ok(TaskFile {
        file_id,
        task_id,
        media_type: kind.media_type.to_owned(),
        size,
        sha256: received.sha256.clone(),
        uploaded_by: me,
        uploader_name,
        uploaded_at: ctx.now(),
        name,
    })
}

fn too_many() -> Error {
    Error::because(Code::Conflict, format!("A task has at most {MOST_FILES} files."))
}

async fn record(
    ctx: &Ctx,
    store: &mut Within,
    placed: &PlacedTask,
    kind: EventKind,
    name: &str,
) -> Result<()> {
    let name = Some(name.to_owned());
    let (old_value, new_value) = if kind == EventKind::FileAdded { (None, name) } else { (name, None) };
    let event = TaskChange { kind, field: "", old_value, new_value };
    let task = (placed.task.mentorship_id, placed.task.task_id);
    Ok(store.record(task, &event, None, ctx.caller.user_id, ctx.now()).await?)
}

async fn get_task_file(ctx: Ctx, GetTaskFile { task_id, file_id }: GetTaskFile) -> Result<Stream> {
    let found = ctx.store().await?.task_file(task_id, file_id).await?;
    let file = found.ok_or_else(Error::not_found)?;
    // The connection goes back before the bytes go out.
    ctx.commit().await?;
    let opened = ctx.app.files.open(ctx.reach().company(), &file.sha256).await;
    let (size, chunks) = opened.map_err(|error| fault(error, 0))?;
    Ok(Stream::new(&file.media_type, Some(file.name), Some(size), chunks))
}

async fn delete_task_file(ctx: Ctx, DeleteTaskFile { task_id, file_id }: DeleteTaskFile) -> Result<Nothing> {
    let mut store = ctx.store().await?;
    let placed = own_open(&ctx, &mut store, task_id).await?;
    let name = store.delete_task_file(task_id, file_id, ctx.now()).await?.ok_or_else(Error::not_found)?;
    record(&ctx, &mut store, &placed, EventKind::FileRemoved, &name).await?;
    Ok(Nothing)
}

async fn check_item(ctx: Ctx, CheckItem { task_id, check }: CheckItem) -> Result<Nothing> {
    let item = check.item.split_whitespace().collect::<Vec<_>>().join(" ");
    if item.is_empty() {
        return Err(Error::field("item", "required", "This is needed."));
    }
    let mut store = ctx.store().await?;
    own_open(&ctx, &mut store, task_id).await?;
    if check.checked {
        store.check_item(task_id, &item, MOST_CHECKS, ctx.now()).await?;
    } else {
        store.uncheck_item(task_id, &item).await?;
    }
    Ok(Nothing)
}
