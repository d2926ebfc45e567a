//! Whom somebody reports to: found among all people of the company, as options of a combobox.

use crate::{Page, Query, Result, Signed, form::search, pages::organisation::samples};
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
    let filter = UserFilter {
        search: search(&ask.q),
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
        let whole = samples::user(3, UserStatus::Active);
        let bare = User { department_name: None, position: None, ..samples::user(4, UserStatus::Active) };
        vec![Self { people: Vec::new() }, Self { people: vec![whole, bare] }]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders_part::<super::Options>();
    }
}
