//! Proposals and their answers, the mentors to propose to, and the record of a mentorship's life.

use super::{
    mentorship::{after, end, found, overtaken, shown},
    mentorship_news::{News, send_news},
    mentorship_start::{already_mentored, prepare, taken},
};
use crate::{Ctx, Error, Result, cursor::cursor, mount::Routes, rules::people::pattern_anywhere};
use contract::{
    Code, MentorshipEventId, Page,
    mentorship::{Mentorship, NewMentorship},
    mentorship_events::{MentorshipEvent, MentorshipEventKind},
    mentorship_life::{
        AcceptMentorship, DeclineMentorship, ListMentors, ListMentorshipEvents, MentorChoice, MentorshipStep,
        NewProposal, ProposeMentorship, WithdrawMentorship,
    },
    page::DEFAULT_LIMIT,
    users::UserStatus,
};
use store::NewProposalRow;

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    let routes = routes.on(list_mentors).on(propose_mentorship).on(accept_mentorship).on(decline_mentorship);
    routes.on(withdraw_mentorship).on(list_mentorship_events)
}

async fn list_mentors(ctx: Ctx, ListMentors { filter }: ListMentors) -> Result<Page<MentorChoice>> {
    let search = filter.search.as_deref().and_then(pattern_anywhere);
    let limit = filter.limit.unwrap_or(DEFAULT_LIMIT);
    let mentors = ctx.store().await?.mentor_choices(search, limit, ctx.today()).await?;
    Ok(Page::whole(mentors))
}

async fn propose_mentorship(
    ctx: Ctx,
    ProposeMentorship { proposal }: ProposeMentorship,
) -> Result<Mentorship> {
    let NewProposal { mentee_id, mentor_id, version_ids, start_on, title, note } = proposal;
    let new = NewMentorship { mentee_id, mentor_id: Some(mentor_id), version_ids, start_on, title };
    let mut store = ctx.store().await?;
    let prepared = prepare(&ctx, &mut store, &new).await?;
    if prepared.is_mentored {
        return Err(already_mentored());
    }
    let proposal = NewProposalRow {
        mentor_id,
        mentee_id,
        title: &prepared.title,
        note: note.trim(),
        start_on,
        end_on: prepared.drawn.end_on,
        total_weeks: prepared.drawn.total_weeks,
        sources: &prepared.sources,
    };
    let me = ctx.caller.user_id;
    let proposed = store.propose_mentorship(&proposal, me, ctx.now()).await;
    let mentorship_id = proposed.map_err(|error| match error {
        store::Error::Taken => Error::code(Code::AlreadyProposed),
        other => other.into(),
    })?;
    let kind = MentorshipEventKind::Proposed;
    let details = serde_json::json!({ "mentor_id": mentor_id, "start_on": start_on });
    let comment = Some(note.trim()).filter(|note| !note.is_empty());
    // The note is between the two of them; the record is the mentee's, too, once it starts.
    store.record_mentorship_event(mentorship_id, kind, details, None, me, ctx.now()).await?;
    let mentorship = found(&ctx, &mut store, mentorship_id).await?;
    send_news(&ctx, &mut store, &mentorship, News { comment, ..News::of(kind) }).await?;
    Ok(shown(&ctx, mentorship))
}

async fn accept_mentorship(
    ctx: Ctx,
    AcceptMentorship { mentorship_id, acceptance }: AcceptMentorship,
) -> Result<Mentorship> {
    let mut store = ctx.store().await?;
    let proposal = found(&ctx, &mut store, mentorship_id).await?;
    after(&ctx, &proposal, MentorshipStep::Accept)?;
    if proposal.mentee_status == UserStatus::Suspended {
        return Err(Error::because(Code::Conflict, "The mentee is suspended."));
    }
    let new = NewMentorship {
        mentee_id: proposal.mentee_id,
        mentor_id: Some(proposal.mentor_id),
        version_ids: proposal.sources.iter().map(|source| source.version_id).collect(),
        start_on: acceptance.start_on.unwrap_or(proposal.start_on),
        title: proposal.title.clone(),
    };
    // Everything is checked and dated anew: holidays and curricula may have changed since it was proposed.
    let prepared = prepare(&ctx, &mut store, &new).await?;
    if prepared.is_mentored {
        return Err(already_mentored());
    }
    let me = ctx.caller.user_id;
    let tasks = prepared.tasks(proposal.proposed_by.unwrap_or(me));
    let accepted = store.accept_mentorship(mentorship_id, &prepared.plan(&tasks), me, ctx.now()).await;
    if !accepted.map_err(taken)? {
        return Err(overtaken());
    }
    let (accepted, started) = (MentorshipEventKind::Accepted, MentorshipEventKind::Started);
    let details = serde_json::json!({ "start_on": new.start_on });
    store.record_mentorship_event(mentorship_id, accepted, details, None, me, ctx.now()).await?;
    store.record_mentorship_event(mentorship_id, started, prepared.details(), None, me, ctx.now()).await?;
    let mentorship = found(&ctx, &mut store, mentorship_id).await?;
    send_news(&ctx, &mut store, &mentorship, News::of(accepted)).await?;
    send_news(&ctx, &mut store, &mentorship, News::of(started)).await?;
    Ok(shown(&ctx, mentorship))
}

async fn decline_mentorship(
    ctx: Ctx,
    DeclineMentorship { mentorship_id, reason }: DeclineMentorship,
) -> Result<Mentorship> {
    end(&ctx, mentorship_id, MentorshipStep::Decline, Some(&reason.reason)).await
}

async fn withdraw_mentorship(
    ctx: Ctx,
    WithdrawMentorship { mentorship_id }: WithdrawMentorship,
) -> Result<Mentorship> {
    end(&ctx, mentorship_id, MentorshipStep::Withdraw, None).await
}

async fn list_mentorship_events(
    ctx: Ctx,
    ListMentorshipEvents { mentorship_id, filter }: ListMentorshipEvents,
) -> Result<Page<MentorshipEvent>> {
    let limit = filter.limit.unwrap_or(DEFAULT_LIMIT);
    let before: Option<MentorshipEventId> = cursor(filter.cursor.as_deref())?;
    let mut store = ctx.store().await?;
    let events = store.mentorship_events(mentorship_id, before, limit + 1).await?;
    if events.is_empty() && store.pair(mentorship_id).await?.is_none() {
        return Err(Error::not_found());
    }
    Ok(Page::cut(events, limit, |event| event.event_id))
}
