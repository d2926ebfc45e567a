//! Facts beside what was read: one statement for the company's days, one for the figures of a page of plans.

use crate::{
    Ctx, Result,
    rules::{
        facts::{Days, of_mentorship, of_task},
        plan::work_calendar,
    },
};
use contract::{
    mentorship::{Mentorship, MentorshipStatus},
    tasks::Task,
};
use store::{PlanFigures, Within};

/// The company's days, seen from the caller's today.
///
/// # Errors
/// When the store fails.
pub async fn days(ctx: &Ctx, store: &mut Within) -> Result<Days> {
    let company = store.company_days().await?;
    let (waiting_days, quiet_days) = (company.waiting_days, company.quiet_days);
    let calendar = work_calendar(company);
    Ok(Days { calendar, today: ctx.today(), zone: ctx.zone(), waiting_days, quiet_days })
}

/// Tells of each mentorship how it is doing.
///
/// # Errors
/// When the store fails.
pub async fn tell(days: &Days, store: &mut Within, mentorships: &mut [Mentorship]) -> Result<()> {
    let running: Vec<_> = mentorships
        .iter()
        .filter(|one| one.status == MentorshipStatus::Active)
        .map(|one| one.mentorship_id)
        .collect();
    if running.is_empty() {
        return Ok(());
    }
    let figures = store.plan_figures(&running).await?;
    for mentorship in mentorships {
        let own = figures.iter().find(|figures| figures.mentorship_id == Some(mentorship.mentorship_id));
        mentorship.facts = of_mentorship(days, mentorship, &own.cloned().unwrap_or_default());
    }
    Ok(())
}

/// Tells of one mentorship whose parent tasks are at hand how it is doing.
///
/// # Errors
/// When the store fails.
pub async fn tell_from(
    tasks: &[Task],
    days: &Days,
    store: &mut Within,
    mentorship: &mut Mentorship,
) -> Result<()> {
    let Some(figures) = PlanFigures::of(tasks) else {
        return tell(days, store, std::slice::from_mut(mentorship)).await;
    };
    mentorship.facts = of_mentorship(days, mentorship, &figures);
    Ok(())
}

/// One mentorship with how it is doing; only of a running one is there anything to tell.
///
/// # Errors
/// When the store fails.
pub async fn told(ctx: &Ctx, store: &mut Within, mut mentorship: Mentorship) -> Result<Mentorship> {
    if mentorship.status == MentorshipStatus::Active {
        let days = days(ctx, store).await?;
        tell(&days, store, std::slice::from_mut(&mut mentorship)).await?;
    }
    Ok(mentorship)
}

/// Flags each task of a running mentorship.
pub fn flag(days: &Days, tasks: &mut [Task], mentorship: MentorshipStatus) {
    for task in tasks {
        task.flags = of_task(days, task, mentorship);
    }
}
