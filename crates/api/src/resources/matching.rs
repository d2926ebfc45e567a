//! Matchings: a group of mentees is paired with mentors, looked through by a person, and started at once.
//!
//! What is kept are choices; reasons, barriers and loads are worked out from the people as they are now, at each
//! reading.

use super::mentorship_start;
use crate::{
    Ctx, Error, Result,
    cursor::cursor,
    mount::Routes,
    rules::{matching::Group, plan},
};
use chrono::NaiveDate;
use contract::{
    Code, FieldError, MatchingId, Nothing, Page, UserId, VersionId,
    matching::{
        AssignMatching, BarrierKind, CreateMatching, DeleteMatching, GetMatching, ListMatchings, Matching,
        MatchingState, MatchingSummary, PairChange, PublishMatching, UpdateMatching,
    },
    mentorship::{NewMentorship, PlanSource},
    page::DEFAULT_LIMIT,
};
use std::collections::{BTreeSet, HashMap};
use store::{KeptMatching, KeptPair, MatchingKey, Within};

mod view;

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    let routes = routes.on(list_matchings).on(create_matching).on(get_matching).on(update_matching);
    routes.on(assign_matching).on(publish_matching).on(delete_matching)
}

async fn list_matchings(ctx: Ctx, ListMatchings { filter }: ListMatchings) -> Result<Page<MatchingSummary>> {
    let limit = filter.limit.unwrap_or(DEFAULT_LIMIT);
    let after: Option<MatchingKey> = cursor(filter.cursor.as_deref())?;
    let matchings = ctx.store().await?.matchings(after, limit + 1).await?;
    Ok(Page::cut(matchings, limit, |one| (one.updated_at, one.matching_id)))
}

async fn found(store: &mut Within, matching_id: MatchingId) -> Result<KeptMatching> {
    store.matching(matching_id).await?.ok_or_else(Error::not_found)
}

/// The same, while it can still be changed.
async fn open(store: &mut Within, matching_id: MatchingId) -> Result<KeptMatching> {
    let kept = found(store, matching_id).await?;
    if kept.state == MatchingState::Published {
        return Err(Error::because(Code::Conflict, "Everybody of this matching has started."));
    }
    Ok(kept)
}

/// Everybody of a matching as they are now.
async fn people(store: &mut Within, kept: &KeptMatching) -> Result<Group> {
    let mentees: Vec<UserId> = kept.pairs.iter().map(|pair| pair.mentee_id).collect();
    let all: BTreeSet<UserId> = mentees.iter().chain(&kept.mentor_ids).copied().collect();
    let facts = store.match_facts(&all.into_iter().collect::<Vec<_>>(), kept.start_on).await?;
    Ok(Group::new(facts, store.earlier_pairs(&mentees).await?))
}

async fn get_matching(ctx: Ctx, GetMatching { matching_id, .. }: GetMatching) -> Result<Matching> {
    let mut store = ctx.store().await?;
    let kept = found(&mut store, matching_id).await?;
    let group = people(&mut store, &kept).await?;
    let sources = store.matching_sources(&kept.version_ids).await?;
    Ok(view::matching(&kept, &group, sources.into_iter().map(|(source, _)| source).collect()))
}

async fn create_matching(ctx: Ctx, CreateMatching { matching: new }: CreateMatching) -> Result<Matching> {
    let mut store = ctx.store().await?;
    let mut kept = KeptMatching {
        matching_id: MatchingId(0),
        title: new.title.trim().to_owned(),
        state: MatchingState::Open,
        start_on: new.start_on,
        version_ids: new.version_ids.clone(),
        mentor_ids: once_each(&new.mentor_ids),
        pairs: once_each(&new.mentee_ids).into_iter().map(KeptPair::new).collect(),
        version: 1,
        updated_at: ctx.now(),
    };
    if kept.title.is_empty() {
        kept.title = new.start_on.to_string();
    }
    let group = people(&mut store, &kept).await?;
    let mut problems = start_problem(&ctx, new.start_on);
    problems.extend(unknown("mentee_ids", &new.mentee_ids, &group));
    problems.extend(unknown("mentor_ids", &new.mentor_ids, &group));
    let sources = sources(&mut store, &kept.version_ids, &mut problems).await?;
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    assign(&mut kept, &group);
    kept.matching_id = store.create_matching(&kept, ctx.caller.user_id, ctx.now()).await?;
    Ok(view::matching(&kept, &group, sources))
}

fn once_each(ids: &[UserId]) -> Vec<UserId> {
    let mut seen = BTreeSet::new();
    ids.iter().copied().filter(|id| seen.insert(*id)).collect()
}

fn start_problem(ctx: &Ctx, start_on: NaiveDate) -> Vec<FieldError> {
    let problem = plan::start_problem(ctx.today(), start_on);
    problem.map(|(code, message)| FieldError::new("start_on", code, message)).into_iter().collect()
}

fn unknown(field: &str, ids: &[UserId], group: &Group) -> Vec<FieldError> {
    let missing = ids.iter().enumerate().filter(|(_, id)| !group.people.contains_key(id));
    missing
        .map(|(index, _)| {
            FieldError::new(
                format!("{field}.{index}"),
                "not_found",
                "There is no such person in the company.",
            )
        })
        .collect()
}

/// The versions as sources of plans; each must be published and in use.
async fn sources(
    store: &mut Within,
    versions: &[VersionId],
    problems: &mut Vec<FieldError>,
) -> Result<Vec<PlanSource>> {
    let found = store.matching_sources(versions).await?;
    for (index, version) in versions.iter().enumerate() {
        let field = format!("version_ids.{index}");
        match found.iter().find(|(source, _)| source.version_id == *version) {
            None => {
                problems.push(FieldError::new(field, "not_found", "There is no such published version."));
            }
            Some((_, true)) => {
                problems.push(FieldError::new(field, "archived", "The curriculum is archived."));
            }
            Some(_) if versions[..index].contains(version) => {
                problems.push(FieldError::new(field, "repeated", "This version stands twice."));
            }
            Some(_) => {}
        }
    }
    Ok(found.into_iter().map(|(source, _)| source).collect())
}

/// Gives mentors to all who are free to get one; what is locked, left out or started stays.
fn assign(kept: &mut KeptMatching, group: &Group) {
    let is_fixed = |pair: &KeptPair| {
        pair.is_left_out || pair.mentorship_id.is_some() || (pair.is_locked && pair.mentor_id.is_some())
    };
    let free: Vec<UserId> =
        kept.pairs.iter().filter(|pair| !is_fixed(pair)).map(|pair| pair.mentee_id).collect();
    let mut taken: HashMap<UserId, i64> = HashMap::new();
    for pair in kept.pairs.iter().filter(|pair| is_fixed(pair) && pair.is_to_start()) {
        *taken.entry(pair.mentor_id.unwrap_or(UserId(0))).or_insert(0) += 1;
    }
    let pairs = group.assign(&free, &kept.mentor_ids, &taken);
    for pair in kept.pairs.iter_mut().filter(|pair| !is_fixed(pair)) {
        pair.mentor_id = pairs.get(&pair.mentee_id).copied();
        pair.is_locked = false;
        pair.problem = None;
    }
}

async fn save(ctx: &Ctx, store: &mut Within, kept: &mut KeptMatching) -> Result<()> {
    if !store.save_matching(kept, ctx.now()).await? {
        return Err(Error::code(Code::Stale));
    }
    kept.version += 1;
    kept.updated_at = ctx.now();
    Ok(())
}

async fn update_matching(
    ctx: Ctx,
    UpdateMatching { matching_id, patch, if_match }: UpdateMatching,
) -> Result<Matching> {
    let mut store = ctx.store().await?;
    let mut kept = open(&mut store, matching_id).await?;
    if if_match.is_some_and(|version| version != kept.version) {
        return Err(Error::code(Code::Stale));
    }
    let mut problems = Vec::new();
    if let Some(title) = patch.title.as_deref().map(str::trim) {
        if title.is_empty() {
            problems.push(FieldError::new("title", "required", "This is needed."));
        }
        title.clone_into(&mut kept.title);
    }
    if let Some(start_on) = patch.start_on {
        problems.extend(start_problem(&ctx, start_on));
        kept.start_on = start_on;
    }
    let named_versions = patch.version_ids.is_some();
    if let Some(versions) = &patch.version_ids {
        kept.version_ids.clone_from(versions);
    }
    if let Some(mentors) = &patch.mentor_ids {
        kept.mentor_ids = once_each(mentors);
        for pair in kept.pairs.iter_mut().filter(|pair| pair.is_to_start()) {
            if pair.mentor_id.is_some_and(|mentor| !kept.mentor_ids.contains(&mentor)) {
                (pair.mentor_id, pair.is_locked) = (None, false);
            }
        }
    }
    let group = people(&mut store, &kept).await?;
    if let Some(mentors) = &patch.mentor_ids {
        problems.extend(unknown("mentor_ids", mentors, &group));
    }
    for (index, change) in patch.pairs.iter().enumerate() {
        if let Some((field, code, message)) = change_pair(&mut kept, &group, change) {
            problems.push(FieldError::new(format!("pairs.{index}.{field}"), code, message));
        }
    }
    // What was fine when it was chosen is said when it is published; only what is chosen now is refused now.
    let mut of_versions = Vec::new();
    let sources = sources(&mut store, &kept.version_ids, &mut of_versions).await?;
    if named_versions {
        problems.extend(of_versions);
    }
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    save(&ctx, &mut store, &mut kept).await?;
    Ok(view::matching(&kept, &group, sources))
}

/// Changes one pair, or says which field is wrong and how. A mentor chosen by hand stays when it is matched anew.
fn change_pair(
    kept: &mut KeptMatching,
    group: &Group,
    change: &PairChange,
) -> Option<(&'static str, &'static str, &'static str)> {
    let mentors = &kept.mentor_ids;
    let Some(pair) = kept.pairs.iter_mut().find(|pair| pair.mentee_id == change.mentee_id) else {
        return Some(("mentee_id", "not_found", "This person is not in the matching."));
    };
    if pair.mentorship_id.is_some() {
        return Some(("mentee_id", "already_started", "This mentorship has started."));
    }
    match change.mentor_id {
        Some(Some(mentor)) => {
            if !mentors.contains(&mentor) {
                return Some(("mentor_id", "not_found", "This mentor is not in the matching."));
            }
            let barriers = group.barriers(pair.mentee_id, mentor);
            if let Some(barrier) = barriers.into_iter().find(|barrier| *barrier != BarrierKind::NoPlace) {
                return Some(("mentor_id", barrier.as_str(), "A rule keeps these two from being a pair."));
            }
            (pair.mentor_id, pair.is_locked, pair.is_left_out) = (Some(mentor), true, false);
        }
        Some(None) => (pair.mentor_id, pair.is_locked) = (None, false),
        None => {}
    }
    if let Some(is_left_out) = change.is_left_out {
        pair.is_left_out = is_left_out;
        if is_left_out {
            (pair.mentor_id, pair.is_locked) = (None, false);
        }
    }
    if let Some(is_locked) = change.is_locked {
        pair.is_locked = is_locked && pair.mentor_id.is_some();
    }
    pair.problem = None;
    None
}

async fn assign_matching(ctx: Ctx, AssignMatching { matching_id }: AssignMatching) -> Result<Matching> {
    let mut store = ctx.store().await?;
    let mut kept = open(&mut store, matching_id).await?;
    let group = people(&mut store, &kept).await?;
    assign(&mut kept, &group);
    save(&ctx, &mut store, &mut kept).await?;
    let sources = store.matching_sources(&kept.version_ids).await?;
    Ok(view::matching(&kept, &group, sources.into_iter().map(|(source, _)| source).collect()))
}

async fn publish_matching(ctx: Ctx, PublishMatching { matching_id }: PublishMatching) -> Result<Matching> {
    let mut store = ctx.store().await?;
    let mut kept = open(&mut store, matching_id).await?;
    let mut problems = start_problem(&ctx, kept.start_on);
    let sources = sources(&mut store, &kept.version_ids, &mut problems).await?;
    if kept.version_ids.is_empty() {
        problems.push(FieldError::new("version_ids", "required", "Choose a curriculum."));
    }
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    if !kept.pairs.iter().any(KeptPair::is_to_start) {
        return Err(Error::because(Code::Conflict, "Nobody of this matching has a mentor to start with."));
    }
    let group = people(&mut store, &kept).await?;
    let (version_ids, start_on) = (kept.version_ids.clone(), kept.start_on);
    let mut given: HashMap<UserId, i64> = HashMap::new();
    for pair in kept.pairs.iter_mut().filter(|pair| pair.is_to_start()) {
        let Some(mentor_id) = pair.mentor_id else { continue };
        let given = given.entry(mentor_id).or_insert(0);
        pair.problem = view::barriers(&group, pair.mentee_id, mentor_id, *given + 1)
            .first()
            .map(|barrier| barrier.to_string());
        if pair.problem.is_some() {
            continue;
        }
        let new = NewMentorship {
            mentee_id: pair.mentee_id,
            mentor_id: Some(mentor_id),
            version_ids: version_ids.clone(),
            start_on,
            title: String::new(),
        };
        store.begin_part().await?;
        match mentorship_start::start(&ctx, &mut store, &new).await {
            Ok(mentorship_id) => {
                store.end_part(true).await?;
                pair.mentorship_id = Some(mentorship_id);
                *given += 1;
            }
            Err(error) => {
                pair.problem = Some(refusal(error)?);
                store.end_part(false).await?;
            }
        }
    }
    if kept.pairs.iter().all(|pair| pair.is_left_out || pair.mentorship_id.is_some()) {
        kept.state = MatchingState::Published;
    }
    save(&ctx, &mut store, &mut kept).await?;
    let group = people(&mut store, &kept).await?;
    Ok(view::matching(&kept, &group, sources))
}

/// What a pair was refused for, as a word; a failure that is not about the pair ends it all.
fn refusal(error: Error) -> Result<String> {
    match error {
        Error::Refused(problem) if problem.code != Code::Denied => {
            let field = problem.errors.first().map(|error| error.code.clone());
            Ok(field.unwrap_or_else(|| problem.code.to_string()))
        }
        other => Err(other),
    }
}

async fn delete_matching(ctx: Ctx, DeleteMatching { matching_id }: DeleteMatching) -> Result<Nothing> {
    if ctx.store().await?.delete_matching(matching_id).await? { Ok(Nothing) } else { Err(Error::not_found()) }
}
