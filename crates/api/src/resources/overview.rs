//! How mentorships are doing: the mentor's home, the company's overview.

use super::{
    facts::{days, tell},
    mentorship::shown,
};
use crate::{Ctx, Result, mount::Routes, rules::facts::cutoffs};
use chrono::Duration;
use contract::{
    mentorship::MentorshipStatus,
    overview::{GetMentorHome, GetOverview, MentorHome, Overview, RiskCount},
};

/// The most mentees a home shows.
const MOST_MENTEES: i64 = 300;
/// The most mentors an overview shows.
const MOST_MENTORS: i64 = 20;
/// Reviews of so long count.
const REVIEWS_OF: Duration = Duration::days(30);

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    routes.on(get_mentor_home).on(get_overview)
}

async fn get_mentor_home(ctx: Ctx, GetMentorHome {}: GetMentorHome) -> Result<MentorHome> {
    let me = ctx.caller.user_id;
    let mut store = ctx.store().await?;
    let at_hand = store.mentorships_at_hand(me, MOST_MENTEES, ctx.today()).await?;
    let at_hand = at_hand.into_iter().map(|mentorship| shown(&ctx, mentorship));
    let (mut mentees, proposals): (Vec<_>, Vec<_>) =
        at_hand.partition(|mentorship| mentorship.status == MentorshipStatus::Active);
    let days = days(&ctx, &mut store).await?;
    tell(&days, &mut store, &mut mentees).await?;
    mentees.sort_by_key(|one| {
        let worst = one.facts.risks.first();
        (worst.is_none_or(|risk| !risk.is_urgent), worst.is_none())
    });
    let review_time = store.own_review_time(me, ctx.now() - REVIEWS_OF).await?;
    let (median_seconds, reviews) = review_time.unzip();
    Ok(MentorHome { mentees, proposals, reviews: reviews.unwrap_or(0), median_seconds })
}

async fn get_overview(ctx: Ctx, GetOverview {}: GetOverview) -> Result<Overview> {
    let mut store = ctx.store().await?;
    let days = days(&ctx, &mut store).await?;
    let counts = store.risk_counts(&cutoffs(&days)).await?;
    let mentors = store.mentor_loads(ctx.now() - REVIEWS_OF, MOST_MENTORS).await?;
    let risks = counts.each().map(|(kind, count)| RiskCount { kind, count }).into();
    Ok(Overview { active: counts.active, at_risk: counts.at_risk, risks, mentors })
}
