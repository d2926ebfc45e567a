//! Calendars as addresses: a secret each, which stands for its owner and can be taken back.

use crate::{
    Ctx, Error, Result,
    mount::Routes,
    rules::ics::{self, Event, When},
    secret,
};
use chrono::Duration;
use contract::{
    File, Nothing,
    auth::Locale,
    calendar::{
        CalendarAddress, CalendarFeed, EndCalendarFeed, GetCalendar, GetCalendarFeed, RenewCalendarFeed,
    },
    policy::{Action, Caller},
    users::UserStatus,
};
use store::{CalendarMeeting, CalendarTask};

/// How far back a calendar goes.
const BACK: Duration = Duration::days(180);

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    routes.on(get_calendar_feed).on(renew_calendar_feed).on(end_calendar_feed).on(get_calendar)
}

async fn get_calendar_feed(ctx: Ctx, _: GetCalendarFeed) -> Result<CalendarFeed> {
    let feed = ctx.lend().await?.unscoped().calendar_feed(ctx.caller.user_id).await?;
    Ok(feed.unwrap_or(CalendarFeed { created_at: None }))
}

async fn renew_calendar_feed(ctx: Ctx, _: RenewCalendarFeed) -> Result<CalendarAddress> {
    let token = secret::random();
    let hash = secret::digest(&token);
    ctx.lend().await?.unscoped().renew_calendar_feed(ctx.caller.user_id, &hash, ctx.now()).await?;
    Ok(CalendarAddress { url: format!("{}/calendar/{token}.ics", ctx.app.config.public_url) })
}

async fn end_calendar_feed(ctx: Ctx, _: EndCalendarFeed) -> Result<Nothing> {
    ctx.lend().await?.unscoped().end_calendar_feed(ctx.caller.user_id).await?;
    Ok(Nothing)
}

async fn get_calendar(ctx: Ctx, GetCalendar { token }: GetCalendar) -> Result<File> {
    let hash = secret::digest(token.strip_suffix(".ics").unwrap_or(&token));
    let mut lent = ctx.lend().await?;
    let mut unscoped = lent.unscoped();
    let owner = unscoped.calendar_owner(&hash).await?.ok_or_else(Error::not_found)?;
    let account = unscoped.account(owner).await?;
    drop(lent);
    let account = account
        .filter(|account| account.status == UserStatus::Active && account.company_is_active)
        .ok_or_else(Error::not_found)?;
    let caller = Caller {
        user_id: account.user_id,
        company_id: account.company_id,
        department_id: account.department_id,
        roles: account.roles,
        time_zone: account.time_zone,
        locale: account.locale.to_string(),
        ..ctx.caller.clone()
    };
    let mut store = ctx.store_of(&caller, Action::ReadMentorship).await?;
    let meetings = store.calendar_meetings(owner, ctx.now() - BACK).await?;
    let tasks = store.calendar_tasks(owner).await?;
    drop(store);
    let site = &ctx.app.config.public_url;
    let meetings = meetings.into_iter().map(|one| meeting(one, account.locale, site));
    let events: Vec<Event> =
        meetings.chain(tasks.into_iter().map(|one| task(one, account.locale, site))).collect();
    let name = match account.locale {
        Locale::Ko => format!("나루 · {}", account.name),
        Locale::En => format!("Naru · {}", account.name),
    };
    let text = ics::calendar(Some(&name), None, &events);
    Ok(File { media_type: "text/calendar; charset=utf-8".to_owned(), name: None, bytes: text.into() })
}

fn meeting(meeting: CalendarMeeting, locale: Locale, site: &str) -> Event {
    let with = &meeting.with_name;
    Event {
        sequence: meeting.sequence,
        stamp: meeting.updated_at,
        when: When::Time(meeting.starts_at, meeting.starts_at + Duration::minutes(meeting.minutes)),
        summary: match locale {
            Locale::Ko => format!("{with} 님과 1:1"),
            Locale::En => format!("1:1 with {with}"),
        },
        location: meeting.place,
        url: format!("{site}/mentorships/{}/meetings/{}", meeting.mentorship_id, meeting.meeting_id),
        uid: meeting.calendar_uid,
        organizer: None,
        attendees: Vec::new(),
        is_cancelled: false,
    }
}

fn task(task: CalendarTask, locale: Locale, site: &str) -> Event {
    Event {
        uid: format!("task-{}@naru", task.task_id),
        sequence: task.version,
        stamp: task.updated_at,
        when: When::Day(task.due_on),
        summary: match locale {
            Locale::Ko => format!("마감: {}", task.title),
            Locale::En => format!("Due: {}", task.title),
        },
        location: String::new(),
        url: format!("{site}/tasks/{}", task.task_id),
        organizer: None,
        attendees: Vec::new(),
        is_cancelled: false,
    }
}
