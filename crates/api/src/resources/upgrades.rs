//! Upgrades of running mentorships: who runs what, what would become of each plan, beginning it, undoing it.
//!
//! The work itself is a job (`jobs/upgrade.rs`); it draws each plan with the rule the preview uses.

use crate::{
    Ctx, Error, Result,
    cursor::cursor,
    mount::Routes,
    rules::{
        plan::work_calendar,
        upgrade::{self, Order},
    },
};
use chrono::Duration;
use contract::{
    Code, CurriculumId, FieldError, MentorshipId, Page, UpgradeId,
    jobs::{Job, JobKind},
    page::DEFAULT_LIMIT,
    upgrades::{
        CurriculumUse, GetCurriculumUse, GetUpgrade, NewUpgrade, PreviewUpgrade, StartUpgrade, StepKind,
        UndoUpgrade, Upgrade, UpgradeChoice, UpgradeDetail, UpgradePerson, UpgradePreview, UpgradeReason,
    },
};
use std::collections::{HashMap, HashSet};
use store::{UpgradeMember, UpgradeTask, UpgradeVersion, Within};

/// How long an upgrade can be taken back.
const UNDO_WITHIN: Duration = Duration::hours(24);
/// The most people an upgrade's page lists.
const MOST_PEOPLE: i64 = 200;

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    let routes = routes.on(get_curriculum_use).on(preview_upgrade).on(start_upgrade);
    routes.on(get_upgrade).on(undo_upgrade)
}

/// Until when it can be taken back.
fn timed(mut upgrade: Upgrade, ctx: &Ctx) -> Upgrade {
    let until = upgrade.created_at + UNDO_WITHIN;
    upgrade.undo_until = (upgrade.undone_at.is_none() && ctx.now() < until).then_some(until);
    upgrade
}

async fn get_curriculum_use(
    ctx: Ctx,
    GetCurriculumUse { curriculum_id, filter }: GetCurriculumUse,
) -> Result<CurriculumUse> {
    let limit = filter.limit.unwrap_or(DEFAULT_LIMIT);
    let after: Option<store::RunKey> = cursor(filter.cursor.as_deref())?;
    let mut store = ctx.store().await?;
    let (title, latest_number, versions) =
        store.version_uses(curriculum_id).await?.ok_or_else(Error::not_found)?;
    let runs = store.curriculum_runs(curriculum_id, filter.number, after, limit + 1).await?;
    let upgrades = store.upgrades(curriculum_id).await?;
    let upgrades = upgrades.into_iter().map(|upgrade| timed(upgrade, &ctx)).collect();
    let runs = Page::cut(runs, limit, store::run_key);
    Ok(CurriculumUse { curriculum_id, title, latest_number, versions, runs, upgrades })
}

/// The version to come, those that are left behind, and who runs them.
struct Situation {
    versions: Vec<UpgradeVersion>,
    target: usize,
    /// On an older version, by the mentee's name.
    members: Vec<UpgradeMember>,
    /// For each older version, the first week that differs.
    first_weeks: HashMap<i64, Option<i64>>,
}

impl Situation {
    async fn read(store: &mut Within, curriculum_id: CurriculumId, number: Option<i64>) -> Result<Self> {
        let versions = store.upgrade_versions(curriculum_id, number).await?;
        let target = match number {
            Some(number) => versions.iter().position(|version| version.number == number),
            None => versions.len().checked_sub(1),
        };
        let target = target.ok_or_else(Error::not_found)?;
        let mut members = store.upgrade_members(curriculum_id, None).await?;
        members.retain(|member| member.number < versions[target].number);
        let first_weeks = versions
            .iter()
            .map(|version| (version.number, upgrade::first_difference(version, &versions[target])))
            .collect();
        Ok(Self { versions, target, members, first_weeks })
    }

    fn target(&self) -> &UpgradeVersion {
        &self.versions[self.target]
    }

    /// Whether this mentorship has not come to the first week that differs.
    fn is_not_yet(&self, ctx: &Ctx, member: &UpgradeMember) -> bool {
        let first = self.first_weeks.get(&member.number).copied().flatten();
        first.is_none_or(|first| upgrade::week_of(member.start_on, ctx.today()) < first)
    }
}

async fn preview_upgrade(
    ctx: Ctx,
    PreviewUpgrade { curriculum_id, filter }: PreviewUpgrade,
) -> Result<UpgradePreview> {
    let limit = usize::try_from(filter.limit.unwrap_or(DEFAULT_LIMIT)).unwrap_or(0);
    let after: Option<(String, MentorshipId)> = cursor(filter.cursor.as_deref())?;
    let mut store = ctx.store().await?;
    let situation = Situation::read(&mut store, curriculum_id, filter.number).await?;
    let is_next = |member: &&UpgradeMember| {
        after.as_ref().is_none_or(|after| key(member) > (after.0.as_str(), after.1))
    };
    let shown: Vec<&UpgradeMember> = {
        // The names' order is the database's: what comes after the cursor stands behind it.
        let place = after.as_ref().and_then(|(_, id)| {
            situation.members.iter().position(|member| member.mentorship_id == *id).map(|place| place + 1)
        });
        match place {
            Some(place) => situation.members.iter().skip(place).take(limit + 1).collect(),
            None => situation.members.iter().filter(is_next).take(limit + 1).collect(),
        }
    };
    let next = (shown.len() > limit).then(|| shown.get(limit.saturating_sub(1))).flatten();
    let next = next.map(|last| contract::page::encode(&(&last.mentee_name, last.mentorship_id)));
    let shown = &shown[..shown.len().min(limit)];
    let ids: Vec<MentorshipId> = shown.iter().map(|member| member.mentorship_id).collect();
    let target = situation.target();
    let tasks = if ids.is_empty() {
        Vec::new()
    } else {
        store.upgrade_tasks(&ids, curriculum_id, target.version_id).await?
    };
    let calendar = work_calendar(store.company_days().await?);
    drop(store);
    let order = Order {
        curriculum_id,
        target,
        versions: &situation.versions,
        calendar: &calendar,
        today: ctx.today(),
        comment: "",
    };
    let people = shown.iter().map(|member| {
        let own: Vec<UpgradeTask> =
            tasks.iter().filter(|task| task.mentorship_id == member.mentorship_id).cloned().collect();
        person(&order, member, &own, situation.is_not_yet(&ctx, member))
    });
    Ok(UpgradePreview {
        curriculum_id,
        title: target.title.clone(),
        number: target.number,
        running: i64::try_from(situation.members.len()).unwrap_or(i64::MAX),
        not_yet: i64::try_from(
            situation.members.iter().filter(|one| situation.is_not_yet(&ctx, one)).count(),
        )
        .unwrap_or(i64::MAX),
        people: people.collect(),
        next,
    })
}

fn key(member: &UpgradeMember) -> (&str, MentorshipId) {
    (&member.mentee_name, member.mentorship_id)
}

fn person(
    order: &Order<'_>,
    member: &UpgradeMember,
    tasks: &[UpgradeTask],
    is_not_yet: bool,
) -> UpgradePerson {
    let drawn = upgrade::draw(order, member, tasks);
    let count = |kind| drawn.as_ref().map_or(0, |drawn| drawn.count(kind));
    UpgradePerson {
        mentorship_id: member.mentorship_id,
        mentee_name: member.mentee_name.clone(),
        mentee_department: member.mentee_department.clone(),
        mentor_name: member.mentor_name.clone(),
        from_number: member.number,
        week: upgrade::week_of(member.start_on, order.today),
        is_not_yet,
        end_on: member.end_on,
        new_end_on: drawn.as_ref().map_or(member.end_on, |drawn| drawn.frame.end_on),
        added: count(StepKind::Added),
        changed: count(StepKind::Changed),
        dropped: count(StepKind::Dropped),
        kept: count(StepKind::Kept),
        reason: drawn.is_err().then_some(UpgradeReason::NoWorkingDay),
        steps: drawn.map(|drawn| drawn.steps).unwrap_or_default(),
    }
}

async fn start_upgrade(
    ctx: Ctx,
    StartUpgrade { curriculum_id, upgrade: new }: StartUpgrade,
) -> Result<Upgrade> {
    let mut store = ctx.store().await?;
    let situation = Situation::read(&mut store, curriculum_id, Some(new.number)).await?;
    let chosen = chosen(&ctx, &situation, &new)?;
    let target = situation.target();
    // What a dropped task says stays in the plan, so it is in the language of the person who drops it.
    let comment = match ctx.caller.locale.as_str() {
        "en" => format!("No longer part of {} v{}.", target.title, target.number),
        _ => format!("{} v{}에서 빠진 과제예요.", target.title, target.number),
    };
    let (me, now) = (ctx.caller.user_id, ctx.now());
    let order = (curriculum_id, target.version_id, target.number);
    let upgrade_id = store.create_upgrade(order, new.choice, &chosen, &comment, me, now).await?;
    let total = i64::try_from(chosen.len()).unwrap_or(i64::MAX);
    let job_id = store.create_job(JobKind::Upgrade, upgrade_id.0, total, me, now).await?;
    store.set_upgrade_job(upgrade_id, job_id).await?;
    ctx.app.jobs_bell.notify_one();
    found(&ctx, &mut store, upgrade_id).await
}

/// Whose plans are meant; those that are named must run on an older version and be the caller's to guide.
fn chosen(ctx: &Ctx, situation: &Situation, new: &NewUpgrade) -> Result<Vec<MentorshipId>> {
    let chosen: Vec<MentorshipId> = match new.choice {
        UpgradeChoice::NotYet => {
            let not_yet = situation.members.iter().filter(|member| situation.is_not_yet(ctx, member));
            not_yet.map(|member| member.mentorship_id).collect()
        }
        UpgradeChoice::Named => {
            let there: HashSet<MentorshipId> =
                situation.members.iter().map(|member| member.mentorship_id).collect();
            let strange = new.mentorship_ids.iter().enumerate().filter(|(_, id)| !there.contains(id));
            let problems: Vec<FieldError> = strange
                .map(|(place, _)| {
                    let message = "No running mentorship on an older version that is yours to guide.";
                    FieldError::new(format!("mentorship_ids.{place}"), "not_found", message)
                })
                .collect();
            if !problems.is_empty() {
                return Err(Error::invalid(problems));
            }
            let mut seen = HashSet::new();
            new.mentorship_ids.iter().copied().filter(|id| seen.insert(*id)).collect()
        }
    };
    if chosen.is_empty() {
        return Err(Error::field("mentorship_ids", "required", "Nobody is chosen."));
    }
    Ok(chosen)
}

async fn get_upgrade(ctx: Ctx, GetUpgrade { upgrade_id }: GetUpgrade) -> Result<UpgradeDetail> {
    let mut store = ctx.store().await?;
    let upgrade = found(&ctx, &mut store, upgrade_id).await?;
    let job = job_of(&mut store, &upgrade).await?;
    let people = store.upgraded_people(upgrade_id, MOST_PEOPLE).await?;
    Ok(UpgradeDetail { upgrade, job, people })
}

async fn found(ctx: &Ctx, store: &mut Within, upgrade_id: UpgradeId) -> Result<Upgrade> {
    let upgrade = store.upgrade(upgrade_id).await?.ok_or_else(Error::not_found)?;
    Ok(timed(upgrade, ctx))
}

async fn job_of(store: &mut Within, upgrade: &Upgrade) -> Result<Option<Job>> {
    match upgrade.job_id {
        Some(job_id) => Ok(store.job(job_id).await?),
        None => Ok(None),
    }
}

async fn undo_upgrade(ctx: Ctx, UndoUpgrade { upgrade_id }: UndoUpgrade) -> Result<Upgrade> {
    let mut store = ctx.store().await?;
    let upgrade = found(&ctx, &mut store, upgrade_id).await?;
    if upgrade.undone_at.is_some() {
        return Err(Error::because(Code::Conflict, "It was taken back already."));
    }
    if upgrade.undo_until.is_none() {
        return Err(Error::because(Code::Conflict, "It can be taken back for a day only."));
    }
    let job = job_of(&mut store, &upgrade).await?;
    if job.is_some_and(|job| job.finished_at.is_none()) {
        return Err(Error::because(Code::Conflict, "It is not over yet."));
    }
    let (me, now) = (ctx.caller.user_id, ctx.now());
    let Some(people) = store.begin_undo(upgrade_id, me, now).await? else {
        return Err(Error::because(Code::Conflict, "It was taken back already."));
    };
    let job_id = store.create_job(JobKind::UndoUpgrade, upgrade_id.0, people, me, now).await?;
    store.set_upgrade_job(upgrade_id, job_id).await?;
    ctx.app.jobs_bell.notify_one();
    Ok(Upgrade { undone_at: Some(now), undo_until: None, job_id: Some(job_id), ..upgrade })
}
