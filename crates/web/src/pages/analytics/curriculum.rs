//! A curriculum's tasks: where people wait, work and wait for review, version by version.

use super::{Ask, Export, Link, charts::Length, export_links, periods, samples};
use crate::{Crumb, Page, Query, Result, Signed, engine::Voice, pages::organisation::tree};
use axum::{extract::Path, response::Response};
use contract::{
    CurriculumId,
    analytics::{AnalyticsFilter, AnalyticsTable, CurriculumFigures, GetCurriculumFigures, TaskFigures},
    departments::{Department, ListDepartments},
    policy::Action,
};
use serde::Serialize;

/// A task with its times as parts of one bar.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub figures: TaskFigures,
    pub wait: Option<Length>,
    pub work: Option<Length>,
    pub review: Option<Length>,
    /// Where each of the three begins and how long it is, in thousandths of the longest task.
    pub parts: [(i64, i64); 3],
    /// In percent of those who handed it in.
    pub returned: Option<i64>,
    pub skipped: Option<i64>,
}

#[derive(Serialize)]
pub struct CurriculumPage {
    ask: Ask,
    path: String,
    curriculum_id: CurriculumId,
    title: String,
    from: chrono::NaiveDate,
    to: chrono::NaiveDate,
    departments: Vec<tree::Choice>,
    is_narrowed: bool,
    /// By version, the newest first.
    versions: Vec<(i64, Vec<Row>)>,
    periods: Vec<Link>,
    export: Export,
}

impl CurriculumPage {
    pub fn of(
        ask: Ask,
        figures: CurriculumFigures,
        departments: &[Department],
        today: chrono::NaiveDate,
    ) -> Self {
        let path = format!("/analytics/curricula/{}", figures.curriculum_id);
        let ask = Ask { curriculum: None, ..ask };
        let longest =
            figures.tasks.iter().map(|task| times(task).iter().sum::<i64>()).max().unwrap_or(0).max(1);
        let mut versions: Vec<(i64, Vec<Row>)> = Vec::new();
        for task in figures.tasks {
            let row = row(task, longest);
            match versions.last_mut() {
                Some((number, rows)) if *number == row.figures.number => rows.push(row),
                _ => versions.push((row.figures.number, vec![row])),
            }
        }
        let periods = periods(&ask, &path, (figures.from, figures.to), today);
        let narrowed = Ask { curriculum: Some(figures.curriculum_id), ..ask.clone() };
        Self {
            export: export_links(&narrowed, AnalyticsTable::Tasks),
            path,
            curriculum_id: figures.curriculum_id,
            title: figures.title,
            from: figures.from,
            to: figures.to,
            departments: tree::choices(departments, None),
            is_narrowed: ask.department.is_some(),
            versions,
            periods,
            ask,
        }
    }
}

fn times(task: &TaskFigures) -> [i64; 3] {
    [task.wait, task.work, task.review].map(|time| time.unwrap_or(0).max(0))
}

fn row(figures: TaskFigures, longest: i64) -> Row {
    let mut at = 0;
    let parts = times(&figures).map(|time| {
        let part = (at, time * 1000 / longest);
        at += part.1;
        part
    });
    let share = |count: i64, of: i64| (of > 0).then(|| count * 100 / of);
    Row {
        wait: figures.wait.map(Length::of),
        work: figures.work.map(Length::of),
        review: figures.review.map(Length::of),
        parts,
        returned: share(figures.returned, figures.handed_in),
        skipped: share(figures.skipped, figures.tasks).filter(|percent| *percent > 0),
        figures,
    }
}

pub async fn show(
    signed: Signed,
    Path(curriculum_id): Path<CurriculumId>,
    Query(ask): Query<Ask>,
) -> Result<Response> {
    signed.only(Action::ReadAnalytics)?;
    let filter = AnalyticsFilter { curriculum_id: None, ..ask.filter() };
    let (figures, departments) = tokio::try_join!(
        signed.call(GetCurriculumFigures { curriculum_id, filter }),
        signed.call(ListDepartments {}),
    )?;
    signed.page(&CurriculumPage::of(ask, figures, &departments.items, signed.today())).await
}

impl Page for CurriculumPage {
    const TEMPLATE: &'static str = "pages/analytics_curriculum.html";
    const HERE: &'static str = "analytics";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        vec![Crumb::to("/analytics", voice.tr("nav-analytics", &[])), Crumb::here(&self.title)]
    }

    fn samples() -> Vec<Self> {
        samples::curricula()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders() {
        crate::page::tests::renders::<CurriculumPage>();
    }

    #[test]
    fn the_parts_of_a_bar_follow_each_other() {
        let page = &samples::curricula()[0];
        let rows: Vec<&Row> = page.versions.iter().flat_map(|(_, rows)| rows).collect();
        for row in &rows {
            let [(_, wait), (work_at, work), (review_at, review)] = row.parts;
            assert_eq!((work_at, review_at), (wait, wait + work));
            assert!(review_at + review <= 1000);
        }
        assert!(
            rows.iter().any(|row| row.parts[2].0 + row.parts[2].1 >= 998),
            "the longest is as long as can be"
        );
    }
}
