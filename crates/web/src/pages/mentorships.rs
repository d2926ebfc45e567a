//! All pairs of the company, for admins: who guides whom, how far, what to look at.
//!
//! The list itself (`row`, `List`) is also the mentors' own page, `mentees`.

use super::Routes;
use crate::{Crumb, Error, Page, Query, Result, Signed, engine::Voice, form, signed::encoded};
use axum::response::Response;
use contract::{
    Code, DepartmentId, UserId,
    departments::{Department, ListDepartments},
    mentorship::{ListMentorships, MentorshipFilter, MentorshipSort, MentorshipStatus, RiskFilter},
    overview::{GetOverview, Overview},
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
    pub risk: Option<RiskFilter>,
    pub sort: Option<MentorshipSort>,
    pub department_id: Option<DepartmentId>,
    pub mentor_id: Option<UserId>,
    pub cursor: Option<String>,
}

impl Ask {
    /// The same question as a query, without its cursor.
    fn query(&self, status: &str) -> String {
        let mut query =
            format!("status={status}&search={}", encoded(self.search.as_deref().unwrap_or_default()));
        let mut add = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                query.push_str(&format!("&{name}={value}"));
            }
        };
        add("risk", self.risk.map(|risk| risk.to_string()));
        add("sort", self.sort.map(|sort| sort.to_string()));
        add("department_id", self.department_id.map(|id| id.to_string()));
        add("mentor_id", self.mentor_id.map(|id| id.to_string()));
        query
    }
}

/// A page of pairs with what it was asked by.
#[derive(Serialize)]
pub struct List {
    pub path: &'static str,
    pub search: String,
    /// The tab: a status or `all`.
    pub status: &'static str,
    pub risk: Option<RiskFilter>,
    pub sort: MentorshipSort,
    pub department_id: Option<DepartmentId>,
    pub mentor_id: Option<UserId>,
    pub risks: &'static [RiskFilter],
    pub sorts: &'static [MentorshipSort],
    pub rows: Vec<Row>,
    pub next_url: Option<String>,
    /// Back to the first page, on any other.
    pub first_url: Option<String>,
}

/// The tabs: each finds the pairs of one status, the last one all.
const TABS: [(&str, Option<MentorshipStatus>); 6] = [
    ("active", Some(MentorshipStatus::Active)),
    ("proposed", Some(MentorshipStatus::Proposed)),
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
        let search = ask.search.as_deref().and_then(form::search);
        let ask = Ask { search: search.clone(), ..ask };
        let url = format!("{path}?{}", ask.query(status));
        let is_first = ask.cursor.is_none();
        let filter = MentorshipFilter {
            search: search.clone(),
            status: only,
            risk: ask.risk,
            sort: ask.sort,
            department_id: ask.department_id,
            mentor_id: filter.mentor_id.or(ask.mentor_id),
            limit: Some(LIMIT),
            cursor: ask.cursor,
            ..filter
        };
        let page = signed.call(ListMentorships { filter }).await?;
        Ok(Self {
            rows: Row::all(page.items, signed.setting()),
            next_url: page.next.map(|next| format!("{url}&cursor={}", encoded(&next))),
            first_url: (!is_first).then_some(url),
            risk: ask.risk,
            sort: ask.sort.unwrap_or(MentorshipSort::Name),
            department_id: ask.department_id,
            mentor_id: ask.mentor_id,
            ..Self::empty(path, status, search.unwrap_or_default())
        })
    }

    fn empty(path: &'static str, status: &'static str, search: String) -> Self {
        Self {
            path,
            status,
            search,
            risk: None,
            sort: MentorshipSort::Name,
            department_id: None,
            mentor_id: None,
            risks: RiskFilter::ALL,
            sorts: MentorshipSort::ALL,
            rows: Vec::new(),
            next_url: None,
            first_url: None,
        }
    }

    /// Full, empty, nothing found, the last of several pages.
    pub fn samples(path: &'static str) -> Vec<Self> {
        let list = |search: &str, status, rows| Self { rows, ..Self::empty(path, status, search.to_owned()) };
        let zone = chrono_tz::Asia::Seoul;
        let setting = crate::engine::Setting { now: samples::moment(samples::day(24)), zone };
        let rows = || Row::all(samples::mentorships(), setting);
        let deep = Self {
            next_url: Some("?cursor=a".into()),
            first_url: Some("?".into()),
            risk: Some(RiskFilter::Quiet),
            sort: MentorshipSort::EndOn,
            department_id: Some(DepartmentId(1)),
            mentor_id: Some(UserId(3)),
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

/// The whole list with the company in figures above it; a part of it is the list alone.
#[derive(Serialize)]
struct Mentorships {
    list: List,
    overview: Option<Overview>,
    departments: Vec<Department>,
}

async fn show(signed: Signed, Query(ask): Query<Ask>) -> Result<Response> {
    if !signed.me.roles.has(Role::Admin) {
        return Err(Error::of(Code::Denied));
    }
    let list = List::load(&signed, "/mentorships", ask, MentorshipFilter::default());
    if signed.is_htmx() {
        let list = list.await?;
        return signed.page(&Mentorships { list, overview: None, departments: Vec::new() }).await;
    }
    let around = async {
        let both = futures_util::try_join!(signed.call(GetOverview {}), signed.call(ListDepartments {}))?;
        Ok::<_, Error>(both)
    };
    let (list, (overview, departments)) = futures_util::try_join!(list, around)?;
    signed.page(&Mentorships { list, overview: Some(overview), departments: departments.items }).await
}

impl Page for Mentorships {
    const TEMPLATE: &'static str = "pages/mentorships.html";
    const HERE: &'static str = "mentorships";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        vec![Crumb::here(voice.tr("nav-mentorships", &[]))]
    }

    fn samples() -> Vec<Self> {
        let page =
            |list| Self { list, overview: Some(samples::overview()), departments: samples::departments() };
        let mut all: Vec<Self> = List::samples("/mentorships").into_iter().map(page).collect();
        let plain = List::samples("/mentorships").remove(0);
        all.push(Self { list: plain, overview: None, departments: Vec::new() });
        all
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::Mentorships>();
    }
}
