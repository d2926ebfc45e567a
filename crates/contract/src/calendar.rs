//! One's calendar as an address that calendar programs read: meetings and due dates.

use crate::{File, Nothing, endpoint};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whether there is an address. It is shown once, when it is made: only its hash is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct CalendarFeed {
    pub created_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CalendarAddress {
    pub url: String,
}

endpoint! {
    /// Whether one's calendar has an address.
    GET "/api/auth/calendar" GetCalendarFeed -> CalendarFeed, OwnAccount
}
endpoint! {
    /// Make a new secret address; the one before stops working.
    POST "/api/auth/calendar" RenewCalendarFeed -> CalendarAddress, OwnAccount
}
endpoint! {
    /// Take the address back.
    DELETE "/api/auth/calendar" EndCalendarFeed -> Nothing, OwnAccount
}
endpoint! {
    /// The calendar behind a secret address, as iCalendar (RFC 5545).
    GET "/api/calendar/{token}" GetCalendar path(token: String) -> File, SignIn
}
