//! Tasks: reading them, changing them as the role allows, moving them by the table in `rules::moves`.

use super::facts;
use crate::{
    Ctx, Error, Result,
    cursor::cursor,
    mount::Routes,
    rules::{
        edits,
        facts::{Days, of_task},
        moves::{self, TaskFacts, Who, is_open},
        plan::work_calendar,
        waits,
    },
};
use chrono::{Duration, NaiveDate};
use contract::{
    Code, FieldError, Nothing, Page, TaskId, UserId,
    mentorship::MentorshipStatus,
    page::DEFAULT_LIMIT,
    policy::Scope,
    tasks::{
        CreateSubtask, CreateTask, DeleteTask, EventKind, GetTask, ListTaskEvents, ListTasks, Task,
        TaskDetail, TaskEvent, TaskSort, TaskStatus, UpdateTask,
    },
};
use moving::move_task;
use store::{ExtraTask, ListedTask, PlacedTask, TaskChange, TaskKey, TaskQuery, Within};

mod moving;

/// How long a person's writing counts as one event.
const ONE_SITTING: Duration = Duration::minutes(10);
/// The most sub-tasks of a task.
const MOST_SUBTASKS: i64 = 50;
/// The most events of a task that are shown.
const MOST_EVENTS: i64 = 500;

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    let routes = routes.on(list_tasks).on(create_task).on(get_task).on(update_task);
    routes.on(delete_task).on(move_task).on(create_subtask).on(list_task_events)
}

/// Who the caller is to a task: nobody guides their own plan, whatever their roles.
pub fn who(ctx: &Ctx, owner_id: UserId, mentor_id: UserId, mentee_id: UserId) -> Who {
    let me = ctx.caller.user_id;
    let is_admin = ctx.reach().scope() >= Scope::Company;
    Who { is_owner: owner_id == me, guides: mentee_id != me && (mentor_id == me || is_admin) }
}

pub fn who_of(ctx: &Ctx, placed: &PlacedTask) -> Who {
    who(ctx, placed.task.owner_id, placed.mentor_id, placed.mentee_id)
}

pub fn facts_of(placed: &PlacedTask) -> TaskFacts {
    TaskFacts::of(&placed.task, placed.parent_status, placed.mentorship_status)
}

pub async fn found(store: &mut Within, task_id: TaskId) -> Result<PlacedTask> {
    store.task(task_id).await?.ok_or_else(Error::not_found)
}

/// Looks up what the task waits for, if it can wait at all.
async fn with_waits(store: &mut Within, mut placed: PlacedTask) -> Result<PlacedTask> {
    let unknown = waits::unknown([&placed.task]);
    if !unknown.is_empty() {
        waits::tell([&mut placed.task], &store.open_tasks(&unknown).await?);
    }
    Ok(placed)
}

/// The task as it stands now, with the caller's moves.
fn shown(mut task: Task, placed: &PlacedTask, who: Who) -> Task {
    // A changed row comes without what was looked up beside it.
    if task.status == placed.task.status {
        task.waits_for.clone_from(&placed.task.waits_for);
    }
    let facts = TaskFacts::of(&task, placed.parent_status, placed.mentorship_status);
    task.allowed = moves::allowed(&facts, who);
    task
}

fn listed(ctx: &Ctx, days: &Days, listed: ListedTask) -> Task {
    let mut task = listed.task;
    task.flags = of_task(days, &task, listed.mentorship_status);
    let who = who(ctx, task.owner_id, listed.mentor_id, listed.mentee_id);
    task.allowed = moves::allowed(&TaskFacts::of(&task, None, listed.mentorship_status), who);
    task
}

pub fn conflict(detail: &str) -> Error {
    Error::because(Code::Conflict, detail)
}

pub fn not_running() -> Error {
    conflict("The mentorship is not active.")
}

async fn list_tasks(ctx: Ctx, ListTasks { filter }: ListTasks) -> Result<Page<Task>> {
    let limit = filter.limit.unwrap_or(DEFAULT_LIMIT);
    let sort = filter.sort.unwrap_or(TaskSort::Plan);
    let after: Option<TaskKey> = cursor(filter.cursor.as_deref())?;
    if after.is_some_and(|after| matches!(after, TaskKey::Plan(..)) != (sort == TaskSort::Plan)) {
        return Err(Error::field("cursor", "bad_format", "This is not a cursor of this list."));
    }
    let query = TaskQuery {
        mentorship_id: filter.mentorship_id,
        status: filter.status,
        week: filter.week,
        priority: filter.priority,
        due: filter.due,
        sort: Some(sort),
        after,
        skip: if after.is_some() { 0 } else { filter.skip.unwrap_or(0) },
        limit: limit + 1,
    };
    let mut store = ctx.store().await?;
    let mut tasks = store.tasks(&query, ctx.today()).await?;
    let unknown = waits::unknown(tasks.iter().map(|listed| &listed.task));
    let open = if unknown.is_empty() { Vec::new() } else { store.open_tasks(&unknown).await? };
    waits::tell(tasks.iter_mut().map(|listed| &mut listed.task), &open);
    let days = facts::days(&ctx, &mut store).await?;
    let tasks = tasks.into_iter().map(|task| listed(&ctx, &days, task)).collect();
    Ok(Page::cut(tasks, limit, |task| TaskKey::of(task, sort)))
}

async fn get_task(ctx: Ctx, GetTask { task_id, .. }: GetTask) -> Result<TaskDetail> {
    let mut store = ctx.store().await?;
    let placed = found(&mut store, task_id).await?;
    let placed = with_waits(&mut store, placed).await?;
    let who = who_of(&ctx, &placed);
    let mut subtasks = if placed.task.subtasks > 0 { store.subtasks(task_id).await? } else { Vec::new() };
    for subtask in &mut subtasks {
        let facts = TaskFacts::of(subtask, Some(placed.task.status), placed.mentorship_status);
        let is_owner = subtask.owner_id == ctx.caller.user_id;
        subtask.allowed = moves::allowed(&facts, Who { is_owner, ..who });
    }
    let files = if placed.task.files > 0 { store.task_files(task_id).await? } else { Vec::new() };
    let is_running = placed.mentorship_status == MentorshipStatus::Active;
    let mut task = shown(placed.task.clone(), &placed, who);
    if is_running {
        task.flags = of_task(&facts::days(&ctx, &mut store).await?, &task, placed.mentorship_status);
    }
    Ok(TaskDetail {
        can_edit: is_running && who.guides,
        can_write: is_running && who.is_owner && edits::is_writable(task.status),
        version: task.version,
        task,
        subtasks,
        files,
        checked: placed.checked(),
        mentorship_title: placed.mentorship_title,
        mentor_id: placed.mentor_id,
        mentor_name: placed.mentor_name,
        mentee_id: placed.mentee_id,
        mentee_name: placed.mentee_name,
    })
}

async fn create_task(ctx: Ctx, CreateTask { task, .. }: CreateTask) -> Result<Task> {
    let mut store = ctx.store().await?;
    let missing = || Error::field("mentorship_id", "not_found", "There is no such mentorship.");
    let pair = store.pair(task.mentorship_id).await?.ok_or_else(missing)?;
    // Of a task that isn't there yet the mentee will be the owner.
    let who = who(&ctx, pair.mentee_id, pair.mentor_id, pair.mentee_id);
    if !who.guides {
        return Err(Error::code(Code::Denied));
    }
    if pair.status != MentorshipStatus::Active {
        return Err(not_running());
    }
    let mut problems = Vec::new();
    if task.title.trim().is_empty() {
        problems.push(FieldError::new("title", "required", "This is needed."));
    }
    let days = [("starts_on", task.starts_on), ("due_on", task.due_on)];
    problems.extend(date_problems(&mut store, task.starts_on, task.due_on, &days).await?);
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    let extra = ExtraTask {
        mentorship_id: task.mentorship_id,
        owner_id: pair.mentee_id,
        title: task.title.trim(),
        guideline: &task.guideline,
        week: task.week,
        priority: task.priority,
        is_required: task.is_required.unwrap_or(true),
        starts_on: task.starts_on,
        due_on: task.due_on,
    };
    let mut created = store.create_task(&extra, ctx.now()).await?.ok_or_else(not_running)?;
    if created.due_on > pair.end_on {
        store.reach_end(created.mentorship_id, created.due_on).await?;
    }
    let event = TaskChange { kind: EventKind::Created, field: "", old_value: None, new_value: None };
    store
        .record((created.mentorship_id, created.task_id), &event, None, ctx.caller.user_id, ctx.now())
        .await?;
    created.allowed = moves::allowed(&TaskFacts::of(&created, None, pair.status), who);
    Ok(created)
}

async fn date_problems(
    store: &mut Within,
    starts_on: NaiveDate,
    due_on: NaiveDate,
    changed: &[(&'static str, NaiveDate)],
) -> Result<Vec<FieldError>> {
    if changed.is_empty() {
        return Ok(Vec::new());
    }
    let calendar = work_calendar(store.company_days().await?);
    Ok(edits::date_problems(starts_on, due_on, changed, |day| calendar.is_working(day)))
}

async fn update_task(ctx: Ctx, UpdateTask { task_id, patch, if_match }: UpdateTask) -> Result<Task> {
    let mut store = ctx.store().await?;
    let mut placed = found(&mut store, task_id).await?;
    if !who_of(&ctx, &placed).guides {
        // Whoever guides may start it anyhow.
        placed = with_waits(&mut store, placed).await?;
    }
    let (task, who) = (&placed.task, who_of(&ctx, &placed));
    let mut problems = edits::forbidden(task, &patch, who);
    if patch.title.as_deref().is_some_and(|title| title.trim().is_empty()) {
        problems.push(FieldError::new("title", "required", "This is needed."));
    }
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    if if_match.is_some_and(|seen| seen != task.version) {
        return Err(Error::code(Code::Stale));
    }
    if placed.mentorship_status != MentorshipStatus::Active {
        return Err(not_running());
    }
    if patch.submission.is_some() && !edits::is_writable(task.status) {
        return Err(conflict("What was handed in can't be written on; take it back first."));
    }
    let changes = edits::changes(task, &patch);
    if changes.is_empty() {
        return Ok(shown(placed.task.clone(), &placed, who));
    }
    let starts_on = patch.starts_on.unwrap_or(task.starts_on);
    let due_on = patch.due_on.unwrap_or(task.due_on);
    let days = [("starts_on", starts_on, task.starts_on), ("due_on", due_on, task.due_on)];
    let days: Vec<_> =
        days.into_iter().filter(|(_, new, old)| new != old).map(|(field, new, _)| (field, new)).collect();
    let problems = date_problems(&mut store, starts_on, due_on, &days).await?;
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    let updated = store.update_task(task_id, task.version, &patch, ctx.now()).await?;
    let updated = updated.ok_or_else(|| Error::code(Code::Stale))?;
    if updated.due_on > task.due_on {
        store.reach_end(task.mentorship_id, updated.due_on).await?;
    }
    store.record_edit(task, &changes, ctx.caller.user_id, ctx.now() - ONE_SITTING, ctx.now()).await?;
    Ok(shown(updated, &placed, who))
}

async fn create_subtask(ctx: Ctx, CreateSubtask { task_id, subtask, .. }: CreateSubtask) -> Result<Task> {
    let mut store = ctx.store().await?;
    let placed = found(&mut store, task_id).await?;
    let (task, who) = (&placed.task, who_of(&ctx, &placed));
    if !who.is_owner && !who.guides {
        return Err(Error::code(Code::Denied));
    }
    let title = subtask.title.trim();
    if title.is_empty() {
        return Err(Error::field("title", "required", "This is needed."));
    }
    if placed.mentorship_status != MentorshipStatus::Active {
        return Err(not_running());
    }
    if task.parent_id.is_some() {
        return Err(conflict("A sub-task has no sub-tasks."));
    }
    if task.subtasks >= MOST_SUBTASKS {
        return Err(Error::because(Code::Conflict, format!("A task has at most {MOST_SUBTASKS} sub-tasks.")));
    }
    let created = store.create_subtask(task_id, title, MOST_SUBTASKS, ctx.now()).await?;
    let mut created =
        created.ok_or_else(|| conflict("Only a task that is being worked on gets sub-tasks."))?;
    let event = TaskChange {
        kind: EventKind::SubtaskAdded,
        field: "",
        old_value: None,
        new_value: Some(created.title.clone()),
    };
    store.record((task.mentorship_id, task_id), &event, None, ctx.caller.user_id, ctx.now()).await?;
    created.allowed =
        moves::allowed(&TaskFacts::of(&created, Some(task.status), placed.mentorship_status), who);
    Ok(created)
}

async fn delete_task(ctx: Ctx, DeleteTask { task_id }: DeleteTask) -> Result<Nothing> {
    let mut store = ctx.store().await?;
    let placed = found(&mut store, task_id).await?;
    let (task, who) = (&placed.task, who_of(&ctx, &placed));
    let may = who.guides || (who.is_owner && task.parent_id.is_some());
    if !may {
        return Err(Error::code(Code::Denied));
    }
    if placed.mentorship_status != MentorshipStatus::Active {
        return Err(not_running());
    }
    if task.parent_id.is_none() {
        if task.template_key.is_some() {
            return Err(conflict("A task of the curriculum is skipped, not deleted."));
        }
        let untouched = task.status == TaskStatus::Todo && task.started_at.is_none() && task.version == 1;
        if !untouched && was_moved(&mut store, task_id).await? {
            return Err(conflict("It was started already; skip it instead."));
        }
    }
    if task.memos > 0 || task.subtasks > 0 || task.files > 0 {
        return Err(Error::because(Code::InUse, "Memos, files or sub-tasks hang on it."));
    }
    if !store.delete_task(task_id, task.version).await? {
        return Err(Error::code(Code::Stale));
    }
    if let Some(parent_id) = task.parent_id {
        if !store.uncount_subtask(parent_id, !is_open(task.status), ctx.now()).await? {
            return Err(conflict("The task above it isn't being worked on."));
        }
        let event = TaskChange {
            kind: EventKind::SubtaskRemoved,
            field: "",
            old_value: Some(task.title.clone()),
            new_value: None,
        };
        store.record((task.mentorship_id, parent_id), &event, None, ctx.caller.user_id, ctx.now()).await?;
    }
    Ok(Nothing)
}

/// Whether a task ever left its first state.
async fn was_moved(store: &mut Within, task_id: TaskId) -> Result<bool> {
    let events = store.task_events(task_id, MOST_EVENTS).await?;
    Ok(events.iter().any(|event| event.kind == EventKind::Moved))
}

async fn list_task_events(ctx: Ctx, ListTaskEvents { task_id }: ListTaskEvents) -> Result<Page<TaskEvent>> {
    let mut store = ctx.store().await?;
    let events = store.task_events(task_id, MOST_EVENTS).await?;
    // Every task has at least the event of its making, except sub-tasks, whose parents have it.
    if events.is_empty() && !store.reaches_task(task_id).await? {
        return Err(Error::not_found());
    }
    Ok(Page::whole(events))
}
