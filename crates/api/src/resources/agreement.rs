//! The agreement of a pair: reading it, changing one's part, signing it.

use super::couple::{found, own_side_of_running, runs, side};
use crate::{Ctx, Error, Result, mount::Routes};
use contract::{
    Code, MentorshipId,
    agreement::{
        Agreement, AgreementPatch, AgreementVersion, GetAgreement, Side, SignAgreement, Signature,
        UpdateAgreement,
    },
    mentorship_events::MentorshipEventKind,
};
use serde_json::json;
use store::{Couple, Within};

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    routes.on(get_agreement).on(update_agreement).on(sign_agreement)
}

/// The agreement with its pair, as it stands.
async fn read(ctx: &Ctx, store: &mut Within, mentorship_id: MentorshipId) -> Result<(Couple, Agreement)> {
    let couple = found(store, mentorship_id).await?;
    let mut versions = store.agreements(mentorship_id).await?.into_iter();
    let (version, current) = versions.next().unwrap_or_else(|| (0, AgreementVersion::blank()));
    let side = side(ctx, &couple);
    let can_write = side.is_some() && runs(&couple);
    let earlier = versions.map(|(_, earlier)| earlier).collect();
    Ok((couple, Agreement { mentorship_id, current, earlier, side, can_write, version }))
}

async fn get_agreement(ctx: Ctx, GetAgreement { mentorship_id, .. }: GetAgreement) -> Result<Agreement> {
    Ok(read(&ctx, &mut ctx.store().await?, mentorship_id).await?.1)
}

async fn update_agreement(
    ctx: Ctx,
    UpdateAgreement { mentorship_id, patch, if_match }: UpdateAgreement,
) -> Result<Agreement> {
    let mut store = ctx.store().await?;
    let (couple, mut agreement) = read(&ctx, &mut store, mentorship_id).await?;
    let side = own_side_of_running(&ctx, &couple)?;
    if if_match.is_some_and(|seen| seen != agreement.version) {
        return Err(Error::code(Code::Stale));
    }
    let seen = agreement.version;
    let changed = patched(&agreement.current, side, patch);
    if changed == agreement.current {
        return Ok(agreement);
    }
    let is_signed = changed.mentor_signed.is_some() || changed.mentee_signed.is_some();
    let mut current = AgreementVersion { updated_at: Some(ctx.now()), ..changed };
    if current.number > 0 && !is_signed {
        if !store.change_agreement(mentorship_id, &current, seen, ctx.now()).await? {
            return Err(Error::code(Code::Stale));
        }
        agreement.current = current;
    } else {
        // What was signed stays as it was; the change is a new version that waits for both.
        current.number += 1;
        (current.mentor_signed, current.mentee_signed) = (None, None);
        let added = store.add_agreement(mentorship_id, &current, seen + 1, ctx.now()).await;
        added.map_err(|error| match error {
            store::Error::Taken => Error::code(Code::Stale),
            other => other.into(),
        })?;
        let (kind, details) = (MentorshipEventKind::AgreementChanged, json!({ "number": current.number }));
        store
            .record_mentorship_event(mentorship_id, kind, details, None, ctx.caller.user_id, ctx.now())
            .await?;
        let before = std::mem::replace(&mut agreement.current, current);
        if before.number > 0 {
            agreement.earlier.insert(0, before);
        }
    }
    agreement.version = seen + 1;
    Ok(agreement)
}

fn patched(current: &AgreementVersion, side: Side, patch: AgreementPatch) -> AgreementVersion {
    let mut changed = current.clone();
    let own = match side {
        Side::Mentor => &mut changed.mentor_expects,
        Side::Mentee => &mut changed.mentee_expects,
    };
    if let Some(expects) = patch.expects {
        *own = expects;
    }
    changed.rhythm = patch.rhythm.unwrap_or(changed.rhythm);
    changed.weekday = patch.weekday.unwrap_or(changed.weekday);
    changed.meets_at = patch.meets_at.unwrap_or(changed.meets_at);
    changed.minutes = patch.minutes.unwrap_or(changed.minutes);
    if let Some(place) = patch.place {
        place.trim().clone_into(&mut changed.place);
    }
    changed
}

async fn sign_agreement(
    ctx: Ctx,
    SignAgreement { mentorship_id, if_match }: SignAgreement,
) -> Result<Agreement> {
    let mut store = ctx.store().await?;
    let (couple, mut agreement) = read(&ctx, &mut store, mentorship_id).await?;
    let side = own_side_of_running(&ctx, &couple)?;
    if if_match.is_some_and(|seen| seen != agreement.version) {
        return Err(Error::code(Code::Stale));
    }
    let current = &mut agreement.current;
    let (own, others) = match side {
        Side::Mentor => (&current.mentor_expects, &current.mentee_expects),
        Side::Mentee => (&current.mentee_expects, &current.mentor_expects),
    };
    if own.trim().is_empty() {
        return Err(Error::field("expects", "required", "Write what you expect first."));
    }
    if others.trim().is_empty() {
        return Err(Error::because(Code::Conflict, "The other one has not written their part yet."));
    }
    let place = match side {
        Side::Mentor => &mut current.mentor_signed,
        Side::Mentee => &mut current.mentee_signed,
    };
    if place.is_some() {
        return Err(Error::because(Code::Conflict, "It is signed already."));
    }
    let name = match side {
        Side::Mentor => couple.mentor_name,
        Side::Mentee => couple.mentee_name,
    };
    *place = Some(Signature { user_id: ctx.caller.user_id, name, at: ctx.now() });
    let seen = (current.number, agreement.version);
    let signer = (side, ctx.caller.user_id);
    if !store.sign_agreement(mentorship_id, seen, signer, ctx.now()).await? {
        return Err(Error::code(Code::Stale));
    }
    let details = json!({ "number": agreement.current.number, "side": side });
    let kind = MentorshipEventKind::AgreementSigned;
    store.record_mentorship_event(mentorship_id, kind, details, None, ctx.caller.user_id, ctx.now()).await?;
    agreement.version += 1;
    Ok(agreement)
}
