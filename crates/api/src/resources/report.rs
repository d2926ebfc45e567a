//! The final evaluation: each of the two writes and signs a part; with both signatures it is locked.

use super::couple::{own_side, runs, side};
use crate::{Ctx, Error, Result, mount::Routes, rules::figures};
use contract::{
    Code, MentorshipId,
    agreement::Side,
    mentorship::MentorshipStatus,
    mentorship_events::MentorshipEventKind,
    policy::{self, Action},
    report::{Evaluation, Figures, GetReport, ReopenReport, Report, SignReport, UpdateReport},
};
use serde_json::json;
use store::{KeptReport, Within};

mod documents;

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    documents::mount(routes.on(get_report).on(update_report).on(sign_report).on(reopen_report))
}

async fn kept(store: &mut Within, mentorship_id: MentorshipId) -> Result<KeptReport> {
    store.report(mentorship_id).await?.ok_or_else(Error::not_found)
}

/// The figures: as they were kept when both had signed, and counted anew until then.
async fn figures_of(ctx: &Ctx, store: &mut Within, kept: &KeptReport) -> Result<Figures> {
    if let Some(figures) = &kept.figures {
        return Ok(figures.clone());
    }
    let facts = store.report_facts(kept.couple.mentorship_id).await?;
    Ok(Figures {
        meetings_held: kept.meetings_held,
        goals: kept.goals,
        goals_reached: kept.goals_reached,
        ..figures::count(&facts, ctx.zone())
    })
}

fn is_locked(kept: &KeptReport) -> bool {
    kept.signed(Side::Mentor).is_some() && kept.signed(Side::Mentee).is_some()
}

/// One side's part as the caller sees it: the other one's draft is theirs until they sign it.
fn evaluation(ctx: &Ctx, kept: &KeptReport, of: Side) -> Evaluation {
    let signed = kept.signed(of);
    let is_hidden = signed.is_none() && side(ctx, &kept.couple).is_some_and(|own| own != of);
    if is_hidden {
        return Evaluation { is_hidden, ..Evaluation::default() };
    }
    let (text, scores) = match of {
        Side::Mentor => (&kept.mentor_text, kept.mentor_scores),
        Side::Mentee => (&kept.mentee_text, kept.mentee_scores),
    };
    Evaluation { text: text.clone(), scores: scores.unwrap_or_default(), signed, is_hidden }
}

fn shown(ctx: &Ctx, kept: &KeptReport, figures: Figures) -> Report {
    let is_locked = is_locked(kept);
    let side = side(ctx, &kept.couple);
    let (mentor, mentee) = (evaluation(ctx, kept, Side::Mentor), evaluation(ctx, kept, Side::Mentee));
    let own = match side {
        Some(Side::Mentor) => Some(&mentor),
        Some(Side::Mentee) => Some(&mentee),
        None => None,
    };
    let can_write = own.is_some() && !is_locked && has_begun(kept);
    let can_sign = can_write && is_over(kept) && own.is_some_and(|own| own.signed.is_none());
    let can_reopen = is_locked && side.is_none() && policy::reach(&ctx.caller, Action::ReopenReport).is_ok();
    Report {
        mentorship_id: kept.couple.mentorship_id,
        figures,
        is_locked,
        side,
        can_write,
        can_sign,
        can_reopen,
        has_certificate: kept.couple.mentorship_status == MentorshipStatus::Completed,
        version: kept.version,
        mentor,
        mentee,
    }
}

const fn is_over(kept: &KeptReport) -> bool {
    matches!(kept.couple.mentorship_status, MentorshipStatus::Completed | MentorshipStatus::Ended)
}

const fn has_begun(kept: &KeptReport) -> bool {
    runs(&kept.couple) || is_over(kept)
}

async fn get_report(ctx: Ctx, GetReport { mentorship_id, .. }: GetReport) -> Result<Report> {
    let mut store = ctx.store().await?;
    let kept = kept(&mut store, mentorship_id).await?;
    let figures = figures_of(&ctx, &mut store, &kept).await?;
    Ok(shown(&ctx, &kept, figures))
}

fn locked() -> Error {
    Error::because(Code::Conflict, "Both have signed the report.")
}

async fn update_report(
    ctx: Ctx,
    UpdateReport { mentorship_id, patch, if_match }: UpdateReport,
) -> Result<Report> {
    let mut store = ctx.store().await?;
    let mut kept = kept(&mut store, mentorship_id).await?;
    let side = own_side(&ctx, &kept.couple)?;
    if if_match.is_some_and(|seen| seen != kept.version) {
        return Err(Error::code(Code::Stale));
    }
    if is_locked(&kept) {
        return Err(locked());
    }
    if !has_begun(&kept) {
        return Err(Error::because(Code::Conflict, "The mentorship has not begun."));
    }
    let (text, scores) = match side {
        Side::Mentor => (&mut kept.mentor_text, &mut kept.mentor_scores),
        Side::Mentee => (&mut kept.mentee_text, &mut kept.mentee_scores),
    };
    let before = (text.clone(), scores.unwrap_or_default());
    let after = (patch.text.unwrap_or_else(|| before.0.clone()), patch.scores.unwrap_or(before.1));
    if before != after {
        (*text, *scores) = (after.0.clone(), Some(after.1));
        let seen = kept.version;
        if !store.write_report(mentorship_id, side, (&after.0, after.1), seen, ctx.now()).await? {
            return Err(Error::code(Code::Stale));
        }
        kept.withdraw(side);
        kept.version += 1;
    }
    let figures = figures_of(&ctx, &mut store, &kept).await?;
    Ok(shown(&ctx, &kept, figures))
}

async fn sign_report(ctx: Ctx, SignReport { mentorship_id, if_match }: SignReport) -> Result<Report> {
    let mut store = ctx.store().await?;
    let mut kept = kept(&mut store, mentorship_id).await?;
    let side = own_side(&ctx, &kept.couple)?;
    if if_match.is_some_and(|seen| seen != kept.version) {
        return Err(Error::code(Code::Stale));
    }
    if is_locked(&kept) || kept.signed(side).is_some() {
        return Err(Error::because(Code::Conflict, "You have signed it already."));
    }
    if !is_over(&kept) {
        return Err(Error::because(Code::Conflict, "It is signed when the mentorship is over."));
    }
    let text = if side == Side::Mentor { &kept.mentor_text } else { &kept.mentee_text };
    if text.trim().is_empty() {
        return Err(Error::field("text", "required", "Write your part first."));
    }
    let other = if side == Side::Mentor { Side::Mentee } else { Side::Mentor };
    let is_last = kept.signed(other).is_some();
    let figures = figures_of(&ctx, &mut store, &kept).await?;
    let signer = (side, ctx.caller.user_id);
    let frozen = is_last.then_some(&figures);
    if !store.sign_report(mentorship_id, signer, frozen, kept.version, ctx.now()).await? {
        return Err(Error::code(Code::Stale));
    }
    let kind = if is_last { MentorshipEventKind::ReportLocked } else { MentorshipEventKind::ReportSigned };
    let details = json!({ "side": side });
    store.record_mentorship_event(mentorship_id, kind, details, None, ctx.caller.user_id, ctx.now()).await?;
    kept.sign(side, ctx.caller.user_id, ctx.now());
    kept.version += 1;
    Ok(shown(&ctx, &kept, figures))
}

async fn reopen_report(
    ctx: Ctx,
    ReopenReport { mentorship_id, reason, if_match }: ReopenReport,
) -> Result<Report> {
    let reason = reason.reason.trim();
    if reason.is_empty() {
        return Err(Error::field("reason", "required", "Say why."));
    }
    let mut store = ctx.store().await?;
    let mut kept = kept(&mut store, mentorship_id).await?;
    if side(&ctx, &kept.couple).is_some() {
        return Err(Error::code(Code::Denied));
    }
    if if_match.is_some_and(|seen| seen != kept.version) {
        return Err(Error::code(Code::Stale));
    }
    if !store.reopen_report(mentorship_id, ctx.now()).await? {
        return Err(Error::because(Code::Conflict, "The report is not locked."));
    }
    let (kind, actor) = (MentorshipEventKind::ReportReopened, ctx.caller.user_id);
    store.record_mentorship_event(mentorship_id, kind, json!({}), Some(reason), actor, ctx.now()).await?;
    kept.withdraw(Side::Mentor);
    kept.withdraw(Side::Mentee);
    kept.figures = None;
    kept.version += 1;
    let figures = figures_of(&ctx, &mut store, &kept).await?;
    Ok(shown(&ctx, &kept, figures))
}
