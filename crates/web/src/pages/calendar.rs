//! One's calendar as an address: made, renewed and ended here, read by calendar programs below.

use super::Routes;
use crate::{Crumb, Form, Page, Result, Signed, Visitor, engine::Voice, form::Nothing};
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use contract::calendar::{CalendarFeed, EndCalendarFeed, GetCalendar, GetCalendarFeed, RenewCalendarFeed};
use http::{HeaderMap, StatusCode, header};
use serde::Serialize;
use sha2::{Digest, Sha256};

pub fn routes() -> Routes {
    Routes::new()
        .get("/profile/calendar", show)
        .post("/profile/calendar", renew)
        .post("/profile/calendar/end", end)
        .get("/calendar/{token}", read)
}

#[derive(Serialize)]
struct CalendarPage {
    feed: CalendarFeed,
    /// Shown once, right after it was made.
    url: Option<String>,
}

async fn show(signed: Signed) -> Result<Response> {
    let feed = signed.call(GetCalendarFeed {}).await?;
    signed.page(&CalendarPage { feed, url: None }).await
}

/// The address is in the answer itself: it is kept nowhere that it could be read from again.
async fn renew(signed: Signed, Form(..): Form<Nothing>) -> Result<Response> {
    let address = signed.call(RenewCalendarFeed {}).await?;
    let feed = CalendarFeed { created_at: Some(signed.setting().now) };
    signed.page(&CalendarPage { feed, url: Some(address.url) }).await
}

async fn end(signed: Signed, Form(..): Form<Nothing>) -> Result<Response> {
    signed.call(EndCalendarFeed {}).await?;
    signed.done("/profile/calendar", signed.tr("calendar-ended", &[])).await
}

async fn read(visitor: Visitor, Path(token): Path<String>, headers: HeaderMap) -> Result<Response> {
    let file = visitor.client().call(GetCalendar { token }).await?;
    let etag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(Sha256::digest(&file.bytes)));
    let seen = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let common = [(header::ETAG, etag.clone()), (header::CACHE_CONTROL, "private, no-cache".to_owned())];
    // A proxy that compresses makes the tag a weak one.
    if seen.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag) {
        return Ok((StatusCode::NOT_MODIFIED, common).into_response());
    }
    Ok((common, [(header::CONTENT_TYPE, file.media_type)], file.bytes).into_response())
}

impl Page for CalendarPage {
    const TEMPLATE: &'static str = "pages/calendar.html";
    const HERE: &'static str = "";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        vec![
            Crumb::to("/profile", voice.tr("profile-title", &[])),
            Crumb::here(voice.tr("calendar-title", &[])),
        ]
    }

    fn samples() -> Vec<Self> {
        let on = || CalendarFeed { created_at: Some(chrono::DateTime::UNIX_EPOCH) };
        let url = Some("https://naru.example/calendar/abc.ics".to_owned());
        vec![
            Self { feed: CalendarFeed { created_at: None }, url: None },
            Self { feed: on(), url: None },
            Self { feed: on(), url },
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::CalendarPage>();
    }
}
