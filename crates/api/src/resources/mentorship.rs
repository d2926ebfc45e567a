//! Mentorships: reading them, renaming them, handing them over, ending them.

use super::{
    facts::{days, flag, tell, tell_from, told},
    mentorship_news::{News, send_news},
    mentorship_start::member_problem,
    tasks::who,
};
use crate::{
    Ctx, Error, Result,
    cursor::cursor,
    mount::Routes,
    rules::{
        facts::cutoffs,
        life::{self, Parties, Refusal},
        moves::{self, TaskFacts},
        people::sought,
        waits,
    },
};
use contract::{
    Code, MentorshipId, Page, UserId,
    mentorship::{
        CompleteMentorship, EndMentorship, GetMenteeHome, GetMentorship, ListMentorships, MenteeHome,
        Mentorship, MentorshipSort, MentorshipStatus, UpdateMentorship,
    },
    mentorship_events::MentorshipEventKind,
    mentorship_life::MentorshipStep,
    page::DEFAULT_LIMIT,
    policy::Role,
};
use store::{MentorshipKey, MentorshipQuery, Within};

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    let routes = routes.on(list_mentorships).on(get_mentee_home).on(get_mentorship).on(update_mentorship);
    routes.on(complete_mentorship).on(end_mentorship)
}

/// Who the caller is to it.
fn parties(ctx: &Ctx, mentorship: &Mentorship) -> Parties {
    let (me, roles) = (ctx.caller.user_id, ctx.caller.roles);
    Parties {
        is_mentor: mentorship.mentor_id == me && roles.has(Role::Mentor),
        is_admin: roles.has(Role::Admin),
        is_mentee: mentorship.mentee_id == me,
    }
}

/// With the steps the caller may take now. What the mentor was told when it was proposed is not for the mentee.
pub fn shown(ctx: &Ctx, mut mentorship: Mentorship) -> Mentorship {
    if mentorship.mentee_id == ctx.caller.user_id {
        mentorship.proposal_note = None;
    }
    mentorship.allowed = life::allowed(mentorship.status, parties(ctx, &mentorship));
    mentorship
}

/// The state after a step of the caller.
///
/// # Errors
/// 403 when it is somebody else's step, 409 when it isn't the time for it.
pub fn after(ctx: &Ctx, mentorship: &Mentorship, step: MentorshipStep) -> Result<MentorshipStatus> {
    life::next(mentorship.status, step, parties(ctx, mentorship)).map_err(|refusal| match refusal {
        Refusal::NotYours => Error::code(Code::Denied),
        Refusal::NotNow => {
            let mut problem = contract::Problem::new(Code::Conflict);
            problem.detail = Some(format!("The mentorship is {}.", mentorship.status));
            let allowed = life::allowed(mentorship.status, parties(ctx, mentorship));
            problem.allowed = allowed.iter().map(ToString::to_string).collect();
            Error::Refused(Box::new(problem))
        }
    })
}

/// Somebody else was quicker.
pub fn overtaken() -> Error {
    Error::because(Code::Conflict, "The mentorship's state has changed in the meantime.")
}

async fn list_mentorships(ctx: Ctx, ListMentorships { filter }: ListMentorships) -> Result<Page<Mentorship>> {
    let limit = filter.limit.unwrap_or(DEFAULT_LIMIT);
    let after: Option<MentorshipKey> = cursor(filter.cursor.as_deref())?;
    let search = filter.search.as_deref().map(sought);
    let mut store = ctx.store().await?;
    let days = days(&ctx, &mut store).await?;
    let sort = filter.sort.unwrap_or(MentorshipSort::Name);
    let query = MentorshipQuery {
        search: search.filter(|search| !search.is_empty()),
        status: filter.status,
        mentor_id: filter.mentor_id,
        mentee_id: filter.mentee_id,
        department_id: filter.department_id,
        risk: filter.risk.map(|risk| (risk, cutoffs(&days))),
        sort: Some(sort),
        skip: if after.is_some() { 0 } else { filter.skip.unwrap_or(0) },
        after,
        limit: limit + 1,
    };
    let mentorships = store.mentorships(&query, ctx.today()).await?;
    let mentorships = mentorships.into_iter().map(|mentorship| shown(&ctx, mentorship)).collect();
    let mut page = Page::cut(mentorships, limit, |one: &Mentorship| {
        let rank = i64::from(one.status != MentorshipStatus::Active);
        let key = match sort {
            MentorshipSort::Name => one.mentee_name.clone(),
            MentorshipSort::Mentor => one.mentor_name.clone(),
            MentorshipSort::EndOn => one.end_on.to_string(),
            MentorshipSort::StartOn => one.start_on.to_string(),
        };
        (rank, key, one.mentorship_id)
    });
    tell(&days, &mut store, &mut page.items).await?;
    Ok(page)
}

async fn get_mentorship(ctx: Ctx, GetMentorship { mentorship_id }: GetMentorship) -> Result<Mentorship> {
    let mut store = ctx.store().await?;
    let mentorship = found(&ctx, &mut store, mentorship_id).await?;
    Ok(shown(&ctx, told(&ctx, &mut store, mentorship).await?))
}

/// # Errors
/// 404 when it isn't within reach.
pub async fn found(ctx: &Ctx, store: &mut Within, mentorship_id: MentorshipId) -> Result<Mentorship> {
    store.mentorship(mentorship_id, ctx.today()).await?.ok_or_else(Error::not_found)
}

/// The same for those who guide it.
async fn guided(ctx: &Ctx, store: &mut Within, mentorship_id: MentorshipId) -> Result<Mentorship> {
    let mentorship = found(ctx, store, mentorship_id).await?;
    let who = who(ctx, mentorship.mentee_id, mentorship.mentor_id, mentorship.mentee_id);
    if who.guides { Ok(mentorship) } else { Err(Error::code(Code::Denied)) }
}

async fn get_mentee_home(ctx: Ctx, GetMenteeHome {}: GetMenteeHome) -> Result<MenteeHome> {
    let mut store = ctx.store().await?;
    let me = ctx.caller.user_id;
    let Some(mut mentorship) = store.mentorship_of(me, ctx.today()).await? else {
        return Ok(MenteeHome { mentorship: None, tasks: Vec::new() });
    };
    let mut tasks = store.plan_tasks(mentorship.mentorship_id).await?;
    waits::tell(&mut tasks, &[]);
    for task in &mut tasks {
        let who = who(&ctx, task.owner_id, mentorship.mentor_id, mentorship.mentee_id);
        task.allowed = moves::allowed(&TaskFacts::of(task, None, mentorship.status), who);
    }
    if mentorship.status == MentorshipStatus::Active {
        let days = days(&ctx, &mut store).await?;
        tell_from(&tasks, &days, &mut store, &mut mentorship).await?;
        flag(&days, &mut tasks, mentorship.status);
    }
    Ok(MenteeHome { mentorship: Some(shown(&ctx, mentorship)), tasks })
}

async fn update_mentorship(
    ctx: Ctx,
    UpdateMentorship { mentorship_id, patch }: UpdateMentorship,
) -> Result<Mentorship> {
    let mut store = ctx.store().await?;
    let mut mentorship = guided(&ctx, &mut store, mentorship_id).await?;
    if let Some(title) = patch.title.as_deref().map(str::trim) {
        if title.is_empty() {
            return Err(Error::field("title", "required", "This is needed."));
        }
        store.set_mentorship_title(mentorship_id, title).await?;
        title.clone_into(&mut mentorship.title);
    }
    if let Some(mentor_id) = patch.mentor_id.filter(|mentor_id| *mentor_id != mentorship.mentor_id) {
        hand_over(&ctx, &mut store, &mut mentorship, mentor_id).await?;
    }
    Ok(shown(&ctx, told(&ctx, &mut store, mentorship).await?))
}

async fn hand_over(
    ctx: &Ctx,
    store: &mut Within,
    mentorship: &mut Mentorship,
    mentor_id: UserId,
) -> Result<()> {
    after(ctx, mentorship, MentorshipStep::HandOver)?;
    if mentor_id == mentorship.mentee_id {
        return Err(Error::field("mentor_id", "same_person", "Nobody is their own mentor."));
    }
    let members = store.pair_members(mentor_id, mentorship.mentee_id).await?;
    let mentor = members.into_iter().find(|member| member.user_id == mentor_id);
    if let Some(problem) = member_problem("mentor_id", mentor.as_ref(), Role::Mentor) {
        return Err(Error::invalid(vec![problem]));
    }
    let before = mentorship.mentor_id;
    if !store.hand_over(mentorship.mentorship_id, before, mentor_id, ctx.now()).await? {
        return Err(overtaken());
    }
    if let Some(mentor) = mentor {
        mentorship.mentor_id = mentor_id;
        mentorship.mentor_name = mentor.name;
        mentorship.mentor_position = mentor.position;
        mentorship.mentor_status = mentor.status;
    }
    let kind = MentorshipEventKind::HandedOver;
    let details = serde_json::json!({ "mentor_id": [before, mentor_id] });
    let id = mentorship.mentorship_id;
    store.record_mentorship_event(id, kind, details, None, ctx.caller.user_id, ctx.now()).await?;
    send_news(ctx, store, mentorship, News { also: Some(before), ..News::of(kind) }).await
}

async fn complete_mentorship(
    ctx: Ctx,
    CompleteMentorship { mentorship_id }: CompleteMentorship,
) -> Result<Mentorship> {
    end(&ctx, mentorship_id, MentorshipStep::Complete, None).await
}

async fn end_mentorship(
    ctx: Ctx,
    EndMentorship { mentorship_id, reason }: EndMentorship,
) -> Result<Mentorship> {
    end(&ctx, mentorship_id, MentorshipStep::End, Some(&reason.reason)).await
}

/// Takes a step after which nothing more happens: recorded, and told to those concerned.
///
/// # Errors
/// When it isn't the caller's step, or not the time for it; when a reason is needed and blank.
pub async fn end(
    ctx: &Ctx,
    id: MentorshipId,
    step: MentorshipStep,
    reason: Option<&str>,
) -> Result<Mentorship> {
    let reason = reason.map(str::trim);
    if reason == Some("") {
        return Err(Error::field("reason", "required", "Say why."));
    }
    let mut store = ctx.store().await?;
    let mut mentorship = found(ctx, &mut store, id).await?;
    let status = after(ctx, &mentorship, step)?;
    if !store.end_mentorship(id, mentorship.status, status, reason, ctx.now()).await? {
        return Err(overtaken());
    }
    let kind = match step {
        MentorshipStep::Decline => MentorshipEventKind::Declined,
        MentorshipStep::Withdraw => MentorshipEventKind::Withdrawn,
        MentorshipStep::Complete => MentorshipEventKind::Completed,
        _ => MentorshipEventKind::Ended,
    };
    let details = serde_json::json!({});
    store.record_mentorship_event(id, kind, details, reason, ctx.caller.user_id, ctx.now()).await?;
    mentorship.status = status;
    mentorship.end_reason = reason.map(str::to_owned);
    mentorship.ended_at = Some(ctx.now());
    mentorship.paused_on = None;
    send_news(ctx, &mut store, &mentorship, News { comment: reason, ..News::of(kind) }).await?;
    Ok(shown(ctx, mentorship))
}
