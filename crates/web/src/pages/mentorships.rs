//! All pairs of the company, for admins: who guides whom, how far, what to look at.
//!
//! The list itself (`row`, `List`) is also the mentors' own page, `mentees`.

use super::Routes;
use crate::{Crumb, Error, Page, Query, Result, Signed, engine::Voice, signed::encoded};
use axum::response::Response;
use contract::{
    Code,
    mentorship::{ListMentorships, MentorshipFilter, MentorshipStatus},
    policy::Role,
};
use row::Row;
use serde::{Deserialize, Serialize};

pub mod row;
pub mod samples;

pub fn routes() -> Routes {
    Routes::new().get("/mentorships", show)
}

/// How many pairs a page of a list shows.
const LIMIT: i64 = 30;

#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Ask {
    pub search: Option<String>,
    /// A status, or `all`.
    pub status: Option<String>,
    pub cursor: Option<String>,
}

/// A page of pairs with what it was asked by.
#[derive(Serialize)]
pub struct List {
    pub path: &'static str,
    pub search: String,
    /// The tab: a status or `all`.
    pub status: &'static str,
    pub rows: Vec<Row>,
    pub next_url: Option<String>,
    /// Back to the first page, on any other.
    pub first_url: Option<String>,
}

/// The tabs: each finds the pairs of one status, the last one all.
const TABS: [(&str, Option<MentorshipStatus>); 5] = [
    ("active", Some(MentorshipStatus::Active)),
    ("paused", Some(MentorshipStatus::Paused)),
    ("completed", Some(MentorshipStatus::Completed)),
    ("ended", Some(MentorshipStatus::Ended)),
    ("all", None),
];

impl List {
    /// What the reader asked for, within `filter`.
    ///
    /// # Errors
    /// What the API refuses.
    pub async fn load(
        signed: &Signed,
        path: &'static str,
        ask: Ask,
        filter: MentorshipFilter,
    ) -> Result<Self> {
        let wanted = ask.status.as_deref().unwrap_or("active");
        let tab = TABS.iter().find(|(name, _)| *name == wanted);
        let (status, only) = *tab.ok_or(Error::NotFound)?;
        let search = ask.search.as_deref().map(str::trim).filter(|search| !search.is_empty());
        let search = search.map(|search| search.chars().take(100).collect::<String>());
        let is_first = ask.cursor.is_none();
        let filter = MentorshipFilter {
            search: search.clone(),
            status: only,
            limit: Some(LIMIT),
            cursor: ask.cursor,
            ..filter
        };
        let page = signed.call(ListMentorships { filter }).await?;
        let search = search.unwrap_or_default();
        let url = format!("{path}?status={status}&search={}", encoded(&search));
        Ok(Self {
            path,
            status,
            rows: Row::all(page.items, signed.setting()),
            next_url: page.next.map(|next| format!("{url}&cursor={}", encoded(&next))),
            first_url: (!is_first).then_some(url),
            search,
        })
    }

    /// Full, empty, nothing found, the last of several pages.
    pub fn samples(path: &'static str) -> Vec<Self> {
        let list = |search: &str, status, rows| Self {
            path,
            search: search.to_owned(),
            status,
            rows,
            next_url: None,
            first_url: None,
        };
        let zone = chrono_tz::Asia::Seoul;
        let setting = crate::engine::Setting { now: samples::moment(samples::day(24)), zone };
        let rows = || Row::all(samples::mentorships(), setting);
        let deep = Self {
            next_url: Some("?cursor=a".into()),
            first_url: Some("?".into()),
            ..list("", "all", rows())
        };
        vec![
            list("", "active", rows()),
            list("", "active", Vec::new()),
            list("", "ended", Vec::new()),
            list("한<", "all", Vec::new()),
            deep,
        ]
    }
}

#[derive(Serialize)]
struct Mentorships {
    list: List,
}

async fn show(signed: Signed, Query(ask): Query<Ask>) -> Result<Response> {
    if !signed.me.roles.has(Role::Admin) {
        return Err(Error::of(Code::Denied));
    }
    let list = List::load(&signed, "/mentorships", ask, MentorshipFilter::default()).await?;
    signed.page(&Mentorships { list }).await
}

impl Page for Mentorships {
    const TEMPLATE: &'static str = "pages/mentorships.html";
    const HERE: &'static str = "mentorships";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        vec![Crumb::here(voice.tr("nav-mentorships", &[]))]
    }

    fn samples() -> Vec<Self> {
        List::samples("/mentorships").into_iter().map(|list| Self { list }).collect()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::Mentorships>();
    }
}
