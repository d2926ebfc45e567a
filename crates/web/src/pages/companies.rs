//! The operator's companies: what they are and how many are in them, never what is in them.

use super::Routes;
use crate::{Crumb, Page, Query, Result, Signed, engine::Voice, form::blank, signed::encoded};
use axum::response::Response;
use contract::{
    companies::{Company, CompanyFilter, ListCompanies},
    policy::Action,
};
use serde::{Deserialize, Serialize};

pub mod form;
mod new;
mod one;

pub fn routes() -> Routes {
    Routes::new()
        .get("/companies", show)
        .get("/companies/new", new::show)
        .post("/companies/new", new::submit)
        .get("/companies/{company_id}", one::show)
        .post("/companies/{company_id}", one::submit)
        .post("/companies/{company_id}/suspend", one::suspend)
        .post("/companies/{company_id}/resume", one::resume)
        .post("/companies/{company_id}/delete", one::delete)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    search: String,
    #[serde(deserialize_with = "blank")]
    cursor: Option<String>,
}

#[derive(Serialize)]
struct Companies {
    search: String,
    companies: Vec<Company>,
    is_first_page: bool,
    next_url: String,
}

async fn show(signed: Signed, Query(ask): Query<Ask>) -> Result<Response> {
    signed.only(Action::ManageCompanies)?;
    let search = ask.search.trim().to_owned();
    let is_first_page = ask.cursor.is_none();
    let filter = CompanyFilter {
        search: Some(search.clone()).filter(|search| !search.is_empty()),
        cursor: ask.cursor,
        ..CompanyFilter::default()
    };
    let page = signed.call(ListCompanies { filter }).await?;
    let next_url = page.next.map_or_else(String::new, |cursor| {
        format!("/companies?search={}&cursor={}", encoded(&search), encoded(&cursor))
    });
    signed.page(&Companies { search, companies: page.items, is_first_page, next_url }).await
}

impl Page for Companies {
    const TEMPLATE: &'static str = "pages/companies.html";
    const HERE: &'static str = "companies";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        vec![Crumb::here(voice.tr("nav-companies", &[]))]
    }

    fn samples() -> Vec<Self> {
        let page = |search: &str, companies: Vec<Company>| Self {
            search: search.into(),
            companies,
            is_first_page: true,
            next_url: "/companies?cursor=x".into(),
        };
        let suspended = Company { is_active: false, ..sample() };
        vec![page("", vec![sample(), suspended]), page("", Vec::new()), page("없음", Vec::new())]
    }
}

/// A company for samples of pages.
pub fn sample() -> Company {
    Company {
        company_id: contract::CompanyId("220-81-62517".into()),
        name: "윤슬로보틱스".into(),
        country: "KR".into(),
        time_zone: "Asia/Seoul".into(),
        locale: contract::auth::Locale::Ko,
        working_days: 31,
        waiting_days: 3,
        quiet_days: 5,
        mentor_capacity: None,
        is_active: true,
        created_at: chrono::DateTime::UNIX_EPOCH,
        people: 42,
        departments: 4,
        active_mentorships: 7,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::Companies>();
    }
}
