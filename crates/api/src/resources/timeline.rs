//! The timeline of a mentorship.

use crate::{Ctx, Error, Result, cursor::cursor, mount::Routes};
use contract::{
    Page,
    page::DEFAULT_LIMIT,
    timeline::{GetTimeline, TimelineEntry},
};
use store::{TimelineKey, TimelineQuery};

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    routes.on(get_timeline)
}

async fn get_timeline(
    ctx: Ctx,
    GetTimeline { mentorship_id, filter }: GetTimeline,
) -> Result<Page<TimelineEntry>> {
    let limit = filter.limit.unwrap_or(DEFAULT_LIMIT);
    let before: Option<TimelineKey> = cursor(filter.cursor.as_deref())?;
    let query = TimelineQuery { topic: filter.topic, person_id: filter.person_id, before, limit: limit + 1 };
    let mut store = ctx.store().await?;
    let entries = store.timeline(mentorship_id, ctx.caller.user_id, &query).await?;
    if entries.is_empty() && store.couple(mentorship_id).await?.is_none() {
        return Err(Error::not_found());
    }
    Ok(Page::cut(entries, limit, |entry| (entry.happened_at, entry.rank, entry.entry_id)))
}
