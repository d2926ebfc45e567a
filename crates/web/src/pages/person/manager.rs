//! Whom somebody reports to: found among all people of the company, as options of a combobox.

use crate::{Page, Query, Result, Signed};
use axum::response::Response;
use contract::{
    policy::Action,
    users::{ListUsers, User, UserFilter, UserStatus},
};
use serde::{Deserialize, Serialize};

/// How many are offered.
const SHOWN: i64 = 8;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    q: String,
}

#[derive(Serialize)]
struct Options {
    people: Vec<User>,
}

pub async fn find(signed: Signed, Query(ask): Query<Ask>) -> Result<Response> {
    signed.only(Action::EditPeople)?;
    let search = Some(ask.q.trim()).filter(|search| !search.is_empty());
    let filter = UserFilter {
        search: search.map(|search| search.chars().take(100).collect()),
        status: Some(UserStatus::Active),
        limit: Some(SHOWN),
        ..UserFilter::default()
    };
    signed.page(&Options { people: signed.call(ListUsers { filter }).await?.items }).await
}

impl Page for Options {
    const TEMPLATE: &'static str = "parts/mentor_options.html";
    const HERE: &'static str = "";

    fn samples() -> Vec<Self> {
        vec![Self { people: Vec::new() }]
    }
}
