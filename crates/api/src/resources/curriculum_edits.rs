//! Editing a draft together: small edits merged with everybody else's, and what became of the draft since.
//!
//! Opening the draft counts its next revision and so keeps other writers waiting: the merge sees all there is.

use super::curriculum::{editing, why_not};
use crate::{
    Ctx, Error, Result,
    mount::Routes,
    rules::draft_edits::{Effect, Logged, Merged, merge, moved_weeks},
};
use contract::{
    Code, UserId,
    curriculum::{Curriculum, Draft, TemplateTask},
    curriculum_edits::{DraftChanges, EditDraft, GetDraftChanges, PlacedTask},
};
use std::collections::{BTreeSet, HashMap, HashSet};
use store::{EditedDraft, LoggedEdits, PlacedRow};

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    routes.on(get_draft_changes).on(edit_draft)
}

async fn get_draft_changes(
    ctx: Ctx,
    GetDraftChanges { curriculum_id, filter, .. }: GetDraftChanges,
) -> Result<DraftChanges> {
    let mut store = ctx.store().await?;
    let curriculum = store.curriculum(&editing(&ctx)?, curriculum_id).await?.ok_or_else(Error::not_found)?;
    let known = filter.since.filter(|since| *since <= curriculum.revision);
    if known == Some(curriculum.revision) {
        let nothing = Draft { week_notes: Vec::new(), tasks: Vec::new() };
        return Ok(DraftChanges {
            is_changed: false,
            ..changes(curriculum, nothing, known, &HashSet::new())
        });
    }
    let logged = match known {
        Some(since) => read_log(store.logged_edits(curriculum_id, since).await?, ctx.caller.user_id)?,
        None => Log::default(),
    };
    let week_notes = store.week_notes(curriculum_id, None).await?.ok_or_else(Error::not_found)?;
    let draft = Draft { week_notes, tasks: store.template_tasks(curriculum_id, None).await? };
    // Where the record has a gap, the draft was replaced as a whole.
    let known = known.filter(|since| logged.spans(*since, curriculum.revision));
    let weeks = known.and_then(|_| moved_weeks(&logged.since));
    let changed = changes(curriculum, draft, known, &logged.keys());
    Ok(DraftChanges { weeks, edited_by: logged.names, ..changed })
}

async fn edit_draft(ctx: Ctx, EditDraft { curriculum_id, edits }: EditDraft) -> Result<DraftChanges> {
    let editing = editing(&ctx)?;
    let mut store = ctx.store().await?;
    let Some(opened) = store.open_draft(&editing, curriculum_id, ctx.now()).await? else {
        return Err(why_not(&mut store, &editing, curriculum_id, None).await);
    };
    let mut curriculum = opened.curriculum;
    let logged = read_log(store.logged_edits(curriculum_id, edits.base).await?, ctx.caller.user_id)?;
    if !logged.spans(edits.base, curriculum.revision - 1) {
        return Err(Error::code(Code::Stale));
    }
    let before = places(&opened.draft);
    let was: HashMap<String, TemplateTask> =
        opened.draft.tasks.iter().map(|task| (task.key.clone(), task.clone())).collect();
    let Merged { draft, total_weeks, effects, conflicts, weeks } =
        merge(opened.draft, &logged.since, &edits.edits).map_err(Error::invalid)?;
    let after = places(&draft);
    let is_new = |task: &TemplateTask| {
        before.get(&task.key) != after.get(&task.key) || was.get(&task.key) != Some(task)
    };
    let rows = draft.tasks.iter().filter(|task| is_new(task)).map(|task| PlacedRow {
        version_id: opened.version_id,
        position: after.get(&task.key).map_or(0, |(_, position)| *position),
        task: task.clone(),
    });
    curriculum.total_weeks = total_weeks;
    curriculum.task_count = i64::try_from(draft.tasks.len()).unwrap_or(i64::MAX);
    let edited = EditedDraft {
        version_id: opened.version_id,
        week_notes: draft.week_notes.clone(),
        total_weeks,
        task_count: curriculum.task_count,
        rows: rows.collect(),
        removed: before.keys().filter(|key| !after.contains_key(*key)).cloned().collect(),
    };
    let record = serde_json::to_value(&effects).map_err(Error::fault)?;
    store.write_edits(&curriculum, edited, (record, ctx.caller.user_id), ctx.now()).await?;
    let mut keys = logged.keys();
    keys.extend(effects.iter().filter_map(Effect::key).map(str::to_owned));
    let changed = changes(curriculum, draft, Some(edits.base), &keys);
    Ok(DraftChanges { weeks, conflicts, edited_by: logged.names, ..changed })
}

/// Week and position of each task.
fn places(draft: &Draft) -> HashMap<String, (i64, i64)> {
    let mut counted = HashMap::<i64, i64>::new();
    let place = |task: &TemplateTask| {
        let position = counted.entry(task.week).or_default();
        *position += 1;
        (task.key.clone(), (task.week, *position))
    };
    draft.tasks.iter().map(place).collect()
}

/// The record of revisions.
#[derive(Default)]
struct Log {
    since: Vec<Logged>,
    /// Of those who made them, without the caller.
    names: Vec<String>,
}

impl Log {
    /// Whether it says what happened to the draft from one revision to another.
    fn spans(&self, from: i64, to: i64) -> bool {
        i64::try_from(self.since.len()).is_ok_and(|known| known == to - from)
    }

    fn keys(&self) -> HashSet<String> {
        let effects = self.since.iter().flat_map(|logged| &logged.effects);
        effects.filter_map(Effect::key).map(str::to_owned).collect()
    }
}

fn read_log(rows: Vec<LoggedEdits>, caller: UserId) -> Result<Log> {
    let mut log = Log::default();
    let mut names = BTreeSet::new();
    for row in rows {
        if row.edited_by != Some(caller) {
            names.extend(row.edited_by_name.clone());
        }
        let effects = serde_json::from_value(row.edits).map_err(Error::fault)?;
        log.since.push(Logged { by: row.edited_by_name, effects });
    }
    log.names = names.into_iter().collect();
    Ok(log)
}

/// The answer: all places, and the tasks that one doesn't have.
fn changes(curriculum: Curriculum, draft: Draft, since: Option<i64>, keys: &HashSet<String>) -> DraftChanges {
    let place = |task: &TemplateTask| PlacedTask { key: task.key.clone(), week: task.week };
    DraftChanges {
        revision: curriculum.revision,
        since,
        is_changed: true,
        total_weeks: curriculum.total_weeks,
        week_notes: draft.week_notes,
        order: draft.tasks.iter().map(place).collect(),
        tasks: draft.tasks.into_iter().filter(|task| since.is_none() || keys.contains(&task.key)).collect(),
        weeks: None,
        conflicts: Vec::new(),
        edited_by: Vec::new(),
        curriculum,
    }
}
