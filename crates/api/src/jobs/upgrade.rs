//! The steps of an upgrade and of its undoing: one person, one transaction.

use super::queue::{Finished, Worker};
use crate::{
    Result,
    rules::{
        plan::work_calendar,
        upgrade::{self, Order, Upgraded},
    },
};
use contract::{
    MentorshipId, TaskId, UpgradeId,
    mentorship_events::MentorshipEventKind,
    tasks::TaskStatus,
    upgrades::{StepKind, UpgradeReason, UpgradeState},
};
use serde_json::json;
use store::{Outcome, UpgradeBefore, UpgradeEvent, UpgradeMember, UpgradeTask, Within};

/// How often a plan is drawn anew when somebody works on it at the same moment.
const TRIES: u32 = 5;

fn left(state: UpgradeState, reason: UpgradeReason) -> Outcome {
    Outcome {
        state,
        reason: Some(reason),
        titles: Vec::new(),
        added: 0,
        changed: 0,
        dropped: 0,
        before: None,
    }
}

/// Brings everybody who waits to the newer version.
pub async fn apply(worker: &Worker<'_>) -> Result<Finished> {
    let upgrade_id = UpgradeId(worker.job.subject_id);
    let mut store = worker.reading().await?;
    let Some((curriculum_id, version_id, number, comment)) = store.upgrade_order(upgrade_id).await? else {
        return Ok(Err("The upgrade is gone.".to_owned()));
    };
    let versions = store.upgrade_versions(curriculum_id, Some(number)).await?;
    let Some(target) = versions.iter().find(|version| version.version_id == version_id) else {
        return Ok(Err("The version is gone.".to_owned()));
    };
    let calendar = work_calendar(store.company_days().await?);
    drop(store);
    let order = Order {
        curriculum_id,
        target,
        versions: &versions,
        calendar: &calendar,
        today: worker.today(),
        comment: &comment,
    };
    let mut tries = 0;
    loop {
        let mut step = worker.step().await?;
        let store = &mut step.store;
        let states = (UpgradeState::Waiting, UpgradeState::Upgraded);
        let Some(person) = store.claim_person(upgrade_id, states).await? else { break };
        let Some(outcome) = upgrade_one(worker, store, upgrade_id, &order, person.mentorship_id).await?
        else {
            step.give_way().await;
            tries += 1;
            if tries > TRIES {
                // What was written of it must not stay: the person is left in a transaction of its own.
                leave_next(worker, upgrade_id).await?;
                tries = 0;
            }
            continue;
        };
        store.finish_person(upgrade_id, person.mentorship_id, &outcome).await?;
        worker.over(step).await?;
        tries = 0;
    }
    summary(worker, upgrade_id).await
}

/// Leaves the person whose turn it is, because others are at work on the plan all the time.
async fn leave_next(worker: &Worker<'_>, upgrade_id: UpgradeId) -> Result<()> {
    let mut step = worker.step().await?;
    let states = (UpgradeState::Waiting, UpgradeState::Left);
    if let Some(person) = step.store.claim_person(upgrade_id, states).await? {
        let outcome = left(UpgradeState::Left, UpgradeReason::Busy);
        step.store.finish_person(upgrade_id, person.mentorship_id, &outcome).await?;
    }
    worker.over(step).await
}

async fn summary(worker: &Worker<'_>, upgrade_id: UpgradeId) -> Result<Finished> {
    let counts = worker.reading().await?.upgrade_counts(upgrade_id).await?;
    let counts = counts.into_iter().map(|(state, count)| (state.to_string(), json!(count)));
    Ok(Ok(serde_json::Value::Object(counts.collect())))
}

/// `None` when somebody changed the plan between reading and writing.
async fn upgrade_one(
    worker: &Worker<'_>,
    store: &mut Within,
    upgrade_id: UpgradeId,
    order: &Order<'_>,
    mentorship_id: MentorshipId,
) -> Result<Option<Outcome>> {
    let members = store.upgrade_members(order.curriculum_id, Some(mentorship_id)).await?;
    let Some(member) = members.into_iter().next() else {
        return Ok(Some(left(UpgradeState::Left, UpgradeReason::NotRunning)));
    };
    if member.number >= order.target.number {
        return Ok(Some(left(UpgradeState::Left, UpgradeReason::NothingToDo)));
    }
    let tasks = store.upgrade_tasks(&[mentorship_id], order.curriculum_id, order.target.version_id).await?;
    let Ok(drawn) = upgrade::draw(order, &member, &tasks) else {
        return Ok(Some(left(UpgradeState::Left, UpgradeReason::NoWorkingDay)));
    };
    if store.rewrite_tasks(&drawn.rewrites, worker.now()).await? != drawn.rewrites.len() {
        return Ok(None);
    }
    let added = store.add_template_tasks(mentorship_id, &drawn.additions, worker.now()).await?;
    if !store.set_plan_frame(mentorship_id, &drawn.frame, order.curriculum_id).await? {
        return Ok(None);
    }
    record(worker, store, upgrade_id, order, (&member, &drawn), &added).await?;
    let before = UpgradeBefore {
        frame: store::PlanFrame {
            end_on: member.end_on,
            total_weeks: member.total_weeks,
            least_end_on: member.least_end_on,
            sources: member.sources.clone(),
        },
        after: drawn.frame.clone(),
        titles: titles(&tasks, &drawn),
        added,
        tasks: drawn.before.clone(),
    };
    Ok(Some(Outcome {
        state: UpgradeState::Upgraded,
        reason: None,
        titles: Vec::new(),
        added: drawn.count(StepKind::Added),
        changed: drawn.count(StepKind::Changed),
        dropped: drawn.count(StepKind::Dropped),
        before: Some(before),
    }))
}

fn titles(tasks: &[UpgradeTask], drawn: &Upgraded) -> Vec<(TaskId, String)> {
    let named = |task_id: TaskId| tasks.iter().find(|task| task.task_id == task_id);
    drawn.rewrites.iter().filter_map(|row| Some((row.task_id, named(row.task_id)?.title.clone()))).collect()
}

async fn record(
    worker: &Worker<'_>,
    store: &mut Within,
    upgrade_id: UpgradeId,
    order: &Order<'_>,
    (member, drawn): (&UpgradeMember, &Upgraded),
    added: &[(TaskId, String)],
) -> Result<()> {
    let events: Vec<UpgradeEvent> = added
        .iter()
        .map(|(task_id, _)| UpgradeEvent::Added(*task_id))
        .chain(drawn.changes.iter().map(|(task_id, field)| UpgradeEvent::Changed(*task_id, *field)))
        .chain(drawn.dropped.iter().map(|task_id| UpgradeEvent::Dropped(*task_id)))
        .collect();
    let (id, actor, now) = (member.mentorship_id, worker.job.created_by, worker.now());
    let version = format!("v{}", order.target.number);
    store.record_upgrade(id, &events, &version, actor, now).await?;
    let details = json!({
        "upgrade_id": upgrade_id, "curriculum_id": order.curriculum_id, "title": order.target.title,
        "version": [member.number, order.target.number], "added": drawn.count(StepKind::Added),
        "changed": drawn.count(StepKind::Changed), "dropped": drawn.count(StepKind::Dropped),
        "end_on": [member.end_on, drawn.frame.end_on],
    });
    let kind = MentorshipEventKind::Upgraded;
    Ok(store.record_mentorship_event(id, kind, details, None, actor, now).await?)
}

/// Takes everybody back who was upgraded and whose changed tasks nobody worked on since.
pub async fn undo(worker: &Worker<'_>) -> Result<Finished> {
    let upgrade_id = UpgradeId(worker.job.subject_id);
    let Some((curriculum_id, version_id, number, _)) =
        worker.reading().await?.upgrade_order(upgrade_id).await?
    else {
        return Ok(Err("The upgrade is gone.".to_owned()));
    };
    loop {
        let mut step = worker.step().await?;
        let store = &mut step.store;
        let states = (UpgradeState::Undoing, UpgradeState::Undone);
        let Some(person) = store.claim_person(upgrade_id, states).await? else { break };
        let id = person.mentorship_id;
        let Some(before) = person.before.map(|before| before.0) else {
            let outcome = left(UpgradeState::Kept, UpgradeReason::NothingToDo);
            store.finish_person(upgrade_id, id, &outcome).await?;
            worker.over(step).await?;
            continue;
        };
        let counts = (before.added.len(), before.tasks.len());
        let members = store.upgrade_members(curriculum_id, Some(id)).await?;
        let tasks = store.upgrade_tasks(&[id], curriculum_id, version_id).await?;
        let refusal = match members.first() {
            None => Some((UpgradeReason::NotRunning, Vec::new())),
            Some(member) if member.number != number => Some((UpgradeReason::OtherVersion, Vec::new())),
            Some(_) => {
                let touched = touched(&before, &tasks);
                (!touched.is_empty()).then_some((UpgradeReason::WorkedOn, touched))
            }
        };
        if let Some((reason, titles)) = refusal {
            let outcome = Outcome { titles, ..left(UpgradeState::Kept, reason) };
            store.finish_person(upgrade_id, id, &outcome).await?;
            worker.over(step).await?;
            continue;
        }
        let ids: Vec<TaskId> = before.added.iter().map(|(task_id, _)| *task_id).collect();
        let removed = store.remove_added(id, &ids).await?;
        let rewritten = store.rewrite_tasks(&before.tasks, worker.now()).await?;
        let mut frame = before.frame.clone();
        if let Some(member) = members.first()
            && member.end_on != before.after.end_on
        {
            // Its dates were moved since: that stays.
            (frame.end_on, frame.total_weeks) = (member.end_on, member.total_weeks);
            frame.least_end_on = member.least_end_on;
        }
        if (removed, rewritten) != counts || !store.set_plan_frame(id, &frame, curriculum_id).await? {
            // Somebody was quicker than this transaction: look again.
            step.give_way().await;
            continue;
        }
        let returned = before.tasks.iter().filter(|row| row.status == TaskStatus::Todo);
        let dropped = tasks.iter().filter(|task| task.status == TaskStatus::Skipped).map(|task| task.task_id);
        let dropped: Vec<TaskId> = dropped.collect();
        let events: Vec<UpgradeEvent> = returned
            .filter(|row| dropped.contains(&row.task_id))
            .map(|row| UpgradeEvent::Returned(row.task_id))
            .collect();
        let (actor, now) = (worker.job.created_by, worker.now());
        store.record_upgrade(id, &events, &format!("v{number}"), actor, now).await?;
        let details = json!({
            "upgrade_id": upgrade_id, "curriculum_id": curriculum_id,
            "end_on": [before.after.end_on, frame.end_on],
        });
        let kind = MentorshipEventKind::UpgradeUndone;
        store.record_mentorship_event(id, kind, details, None, actor, now).await?;
        let outcome = Outcome {
            state: UpgradeState::Undone,
            reason: None,
            titles: Vec::new(),
            added: i64::try_from(counts.0).unwrap_or(i64::MAX),
            changed: person.changed,
            dropped: i64::try_from(events.len()).unwrap_or(i64::MAX),
            before: None,
        };
        store.finish_person(upgrade_id, id, &outcome).await?;
        worker.over(step).await?;
    }
    summary(worker, upgrade_id).await
}

/// Titles of the tasks that somebody worked on since they were upgraded.
fn touched(before: &UpgradeBefore, tasks: &[UpgradeTask]) -> Vec<String> {
    let now = |task_id: TaskId| tasks.iter().find(|task| task.task_id == task_id);
    let is_quiet = |task: &UpgradeTask| task.memos == 0 && task.subtasks == 0 && task.files == 0;
    let added = before.added.iter().filter(|(task_id, _)| {
        !now(*task_id)
            .is_some_and(|task| task.version == 1 && task.status == TaskStatus::Todo && is_quiet(task))
    });
    let changed = before.tasks.iter().filter_map(|row| {
        let is_same = now(row.task_id).is_some_and(|task| task.version == row.version && is_quiet(task));
        if is_same { None } else { before.titles.iter().find(|(task_id, _)| *task_id == row.task_id) }
    });
    added.chain(changed).map(|(_, title)| title.clone()).collect()
}
