//! A mentor's capacity and absences.

use crate::{Ctx, Error, Result, mount::Routes};
use contract::{
    FieldError, Nothing, UserId,
    mentoring::{Absence, CreateAbsence, DeleteAbsence, GetMentoring, Mentoring, UpdateMentoring},
    policy::Scope,
};
use store::Within;

/// The longest absence, and how far ahead it may lie, in days.
const LONGEST: i64 = 366;
const AHEAD: i64 = 731;

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    routes.on(get_mentoring).on(update_mentoring).on(create_absence).on(delete_absence)
}

async fn get_mentoring(ctx: Ctx, GetMentoring { user_id }: GetMentoring) -> Result<Mentoring> {
    shown(&ctx, &mut ctx.store().await?, user_id).await
}

async fn shown(ctx: &Ctx, store: &mut Within, user_id: UserId) -> Result<Mentoring> {
    let numbers = store.mentor_numbers(user_id).await?.ok_or_else(Error::not_found)?;
    let absences = store.absences(user_id, ctx.today()).await?;
    Ok(Mentoring {
        user_id,
        name: numbers.name,
        capacity: numbers.capacity,
        company_capacity: numbers.company_capacity,
        load: numbers.load,
        absences,
    })
}

async fn update_mentoring(
    ctx: Ctx,
    UpdateMentoring { user_id, patch }: UpdateMentoring,
) -> Result<Mentoring> {
    let mut store = ctx.store().await?;
    store.mentor_numbers(user_id).await?.ok_or_else(Error::not_found)?;
    if let Some(capacity) = patch.capacity {
        if ctx.reach().scope() < Scope::Company {
            return Err(Error::field("capacity", "not_allowed", "Your role doesn't change this."));
        }
        store.set_capacity(user_id, capacity).await?;
    }
    shown(&ctx, &mut store, user_id).await
}

async fn create_absence(ctx: Ctx, CreateAbsence { user_id, absence }: CreateAbsence) -> Result<Absence> {
    let mut problems = Vec::new();
    if absence.ends_on < absence.starts_on {
        problems.push(FieldError::new("ends_on", "before_start", "It can't end before it starts."));
    } else if (absence.ends_on - absence.starts_on).num_days() >= LONGEST {
        problems.push(FieldError::new("ends_on", "too_late", "At most a year."));
    }
    if absence.ends_on < ctx.today() {
        problems.push(FieldError::new("ends_on", "too_early", "It is over already."));
    }
    if (absence.starts_on - ctx.today()).num_days() > AHEAD {
        problems.push(FieldError::new("starts_on", "too_late", "At most two years ahead."));
    }
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    let mut store = ctx.store().await?;
    let created = store.create_absence(user_id, &absence, ctx.caller.user_id, ctx.now()).await?;
    let absence_id = created.ok_or_else(Error::not_found)?;
    store.absence(user_id, absence_id).await?.ok_or_else(Error::not_found)
}

async fn delete_absence(ctx: Ctx, DeleteAbsence { user_id, absence_id }: DeleteAbsence) -> Result<Nothing> {
    if ctx.store().await?.delete_absence(user_id, absence_id).await? {
        Ok(Nothing)
    } else {
        Err(Error::not_found())
    }
}
