//! Analytics: how it goes with the company's mentorships, or with one's own mentees; drawn here, with every figure in
//! a table behind its picture and as a file.

use super::{Routes, organisation::tree};
use crate::{Crumb, Page, Query, Result, Signed, download, engine::Voice, form::blank};
use axum::response::Response;
use charts::{Bar, Line};
use chrono::{Days, NaiveDate};
use contract::{
    CurriculumId, DepartmentId,
    analytics::{
        Analytics as Figures, AnalyticsExport, AnalyticsFilter, AnalyticsTable, ExportAnalytics,
        GetAnalytics, Group,
    },
    curriculum::{Curriculum, CurriculumFilter, ListCurricula},
    departments::{Department, ListDepartments},
    page::MAX_LIMIT,
    policy::{Action, Role},
    users::SheetFormat,
};
use serde::{Deserialize, Serialize};

mod charts;
mod curriculum;
mod samples;

pub fn routes() -> Routes {
    let routes = Routes::new().get("/analytics", show).get("/analytics/export", export);
    routes.get("/analytics/curricula/{curriculum_id}", curriculum::show)
}

/// The periods one click away, in days up to today.
const PERIODS: [(&str, u64); 3] = [("month", 28), ("quarter", 84), ("year", 364)];
/// What progress can be put together by.
const GROUPINGS: [&str; 4] = ["department", "mentor", "start", "hired"];

/// What the figures are about: everything in the URL, so that a view can be passed on.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Ask {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    #[serde(deserialize_with = "blank")]
    department: Option<DepartmentId>,
    #[serde(deserialize_with = "blank")]
    curriculum: Option<CurriculumId>,
    by: String,
}

impl Ask {
    const fn filter(&self) -> AnalyticsFilter {
        AnalyticsFilter {
            from: self.from,
            to: self.to,
            department_id: self.department,
            curriculum_id: self.curriculum,
        }
    }

    fn by(&self) -> &'static str {
        GROUPINGS.into_iter().find(|name| *name == self.by).unwrap_or(GROUPINGS[0])
    }

    /// The same view with one thing changed; what isn't set isn't in it.
    fn url(&self, path: &str) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        pairs.extend(self.from.map(|day| ("from", day.to_string())));
        pairs.extend(self.to.map(|day| ("to", day.to_string())));
        pairs.extend(self.department.map(|id| ("department", id.to_string())));
        pairs.extend(self.curriculum.map(|id| ("curriculum", id.to_string())));
        if self.by() != GROUPINGS[0] {
            pairs.push(("by", self.by().to_owned()));
        }
        let query = serde_html_form::to_string(&pairs).unwrap_or_default();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

#[derive(Debug, Clone, Serialize)]
struct Link {
    name: &'static str,
    href: String,
    is_current: bool,
}

/// A table as files.
#[derive(Debug, Clone, Serialize)]
struct Export {
    table: AnalyticsTable,
    csv: String,
    xlsx: String,
}

#[derive(Serialize)]
struct Analytics {
    ask: Ask,
    overview: Figures,
    periods: Vec<Link>,
    groupings: Vec<Link>,
    exports: Vec<Export>,
    departments: Vec<tree::Choice>,
    curricula: Vec<Curriculum>,
    /// Whether anything but the period is chosen.
    is_narrowed: bool,
    /// Whether it is about the whole company.
    is_company: bool,
    line: Line,
    funnel: Vec<Bar>,
    punctual: Vec<Bar>,
    progress: Vec<Bar>,
    /// The groups behind `progress`.
    groups: Vec<Group>,
    /// Their share of the whole, in percent, that the bars are measured by.
    all_on_time: Option<i64>,
}

impl Analytics {
    fn of(
        ask: Ask,
        overview: Figures,
        departments: &[Department],
        curricula: Vec<Curriculum>,
        is_company: bool,
        today: NaiveDate,
    ) -> Self {
        let groupings = GROUPINGS.map(|name| {
            let asked = Ask { by: name.to_owned(), ..ask.clone() };
            Link { name, href: format!("{}#progress", asked.url("/analytics")), is_current: name == ask.by() }
        });
        let groups = match ask.by() {
            "mentor" => &overview.mentors,
            "start" => &overview.start_months,
            "hired" => &overview.hired_months,
            _ => &overview.departments,
        };
        let groups = groups.clone();
        let exports = AnalyticsTable::ALL.iter().map(|table| export_links(&ask, *table)).collect();
        Self {
            periods: periods(&ask, "/analytics", (overview.from, overview.to), today),
            groupings: groupings.to_vec(),
            exports,
            departments: tree::choices(departments, None),
            is_narrowed: ask.department.is_some() || ask.curriculum.is_some(),
            is_company,
            line: Line::of(&overview.reviews),
            funnel: charts::funnel(&overview.all),
            punctual: charts::shares(
                &overview.departments,
                Group::on_time_percent,
                overview.all.on_time_percent(),
            ),
            progress: charts::shares(&groups, Group::done_percent, None),
            groups,
            all_on_time: overview.all.on_time_percent(),
            curricula,
            ask,
            overview,
        }
    }
}

/// The periods one click away on the page at `path`; `shown` is the one it is about.
fn periods(ask: &Ask, path: &str, shown: (NaiveDate, NaiveDate), today: NaiveDate) -> Vec<Link> {
    let link = |(name, days): (&'static str, u64)| {
        let from = today.checked_sub_days(Days::new(days - 1)).unwrap_or(today);
        let asked = Ask { from: Some(from), to: Some(today), ..ask.clone() };
        Link { name, href: asked.url(path), is_current: shown == (from, today) }
    };
    PERIODS.map(link).to_vec()
}

fn export_links(ask: &Ask, table: AnalyticsTable) -> Export {
    let AnalyticsFilter { from, to, department_id, curriculum_id } = ask.filter();
    let href = |format| {
        let export = AnalyticsExport { table, format, from, to, department_id, curriculum_id };
        format!("/analytics/export?{}", serde_html_form::to_string(export).unwrap_or_default())
    };
    Export { table, csv: href(SheetFormat::Csv), xlsx: href(SheetFormat::Xlsx) }
}

async fn show(signed: Signed, Query(ask): Query<Ask>) -> Result<Response> {
    signed.only(Action::ReadAnalytics)?;
    let (overview, departments, curricula) = tokio::try_join!(
        signed.call(GetAnalytics { filter: ask.filter() }),
        signed.call(ListDepartments {}),
        signed.call(ListCurricula {
            filter: CurriculumFilter { limit: Some(MAX_LIMIT), ..CurriculumFilter::default() }
        }),
    )?;
    let mut curricula = curricula.items;
    curricula.retain(|curriculum| curriculum.latest_version_id.is_some());
    let is_company = signed.me.roles.has(Role::Admin);
    let page = Analytics::of(ask, overview, &departments.items, curricula, is_company, signed.today());
    signed.page(&page).await
}

async fn export(signed: Signed, Query(export): Query<AnalyticsExport>) -> Result<Response> {
    Ok(download::saved(signed.call(ExportAnalytics { export }).await?, "analytics"))
}

impl Page for Analytics {
    const TEMPLATE: &'static str = "pages/analytics.html";
    const HERE: &'static str = "analytics";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        vec![Crumb::here(voice.tr("nav-analytics", &[]))]
    }

    fn samples() -> Vec<Self> {
        samples::overviews()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders() {
        crate::page::tests::renders::<Analytics>();
    }

    #[test]
    fn a_view_is_its_url() {
        let ask = Ask {
            from: "2026-08-03".parse().ok(),
            department: Some(DepartmentId(4)),
            by: "mentor".into(),
            ..Ask::default()
        };
        assert_eq!(ask.url("/analytics"), "/analytics?from=2026-08-03&department=4&by=mentor");
        assert_eq!(Ask::default().url("/analytics"), "/analytics");
        assert_eq!(Ask { by: "anything".into(), ..Ask::default() }.by(), "department");
    }
}
