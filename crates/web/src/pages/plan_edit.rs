//! One person's plan by week, to be rearranged: dragged or moved by keys, dated anew, skipped, added to.
//!
//! The whole arrangement is one form. Each change asks for a preview of what would move; confirmed, it is one change
//! with one way back.

use super::{
    Routes,
    mentorship::{guided, home, way, way_crumb},
    mentorship_dates::{change::ChangeView, refused},
};
use crate::{Crumb, Errors, Form, Page, Result, Signed, engine::Voice};
use axum::{extract::Path, response::Response};
use contract::{
    MentorshipId,
    mentorship::Mentorship,
    mentorship_dates::{DatesChange, EditPlan, PlanEdit},
    tasks::TaskStatus,
};
use form::{PlanForm, Row};
use serde::Serialize;

mod form;

pub fn routes() -> Routes {
    Routes::new()
        .get("/mentorships/{mentorship_id}/plan", show)
        .post("/mentorships/{mentorship_id}/plan", apply)
        .post("/mentorships/{mentorship_id}/plan/preview", preview)
}

#[derive(Serialize)]
struct PlanPage {
    mentorship: Mentorship,
    weeks: Vec<Week>,
    form: PlanForm,
    change: Option<ChangeView>,
    /// What is wrong with tasks: the title, and what.
    problems: Vec<(String, String)>,
    way: &'static str,
    is_part: bool,
}

#[derive(Serialize)]
struct Week {
    week: i64,
    rows: Vec<Row>,
}

impl PlanPage {
    async fn load(signed: &Signed, id: MentorshipId) -> Result<Self> {
        let mentorship = guided(signed, id).await?;
        let way = way(signed, &mentorship);
        let form = PlanForm::begin(&mentorship, signed.today());
        let is_part = signed.is_htmx();
        Ok(Self { mentorship, weeks: Vec::new(), form, change: None, problems: Vec::new(), way, is_part })
    }

    /// The plan as it stands, every week there is and one more.
    fn stand(&mut self, plan: &DatesChange) {
        let rows: Vec<Row> = plan.tasks.iter().filter_map(Row::of).collect();
        self.weeks = weeks(rows, self.mentorship.total_weeks);
    }
}

fn weeks(rows: Vec<Row>, total_weeks: i64) -> Vec<Week> {
    let last = rows.iter().map(|row| row.week).max().unwrap_or(1).max(total_weeks) + 1;
    let mut weeks: Vec<Week> = (1..=last.min(104)).map(|week| Week { week, rows: Vec::new() }).collect();
    for row in rows {
        if let Some(week) = weeks.iter_mut().find(|week| week.week == row.week) {
            week.rows.push(row);
        }
    }
    for week in &mut weeks {
        week.rows.sort_by_key(|row| row.position);
    }
    weeks
}

/// What stands before anything is changed.
async fn standing(signed: &Signed, id: MentorshipId) -> Result<DatesChange> {
    let edit = PlanEdit { preview: true, ..PlanEdit::default() };
    Ok(signed.call(EditPlan { mentorship_id: id, edit }).await?)
}

async fn show(signed: Signed, Path(id): Path<MentorshipId>) -> Result<Response> {
    let mut page = PlanPage::load(&signed, id).await?;
    page.stand(&standing(&signed, id).await?);
    signed.page(&page).await
}

/// Asks the API for what the form says.
async fn ask(
    signed: &Signed,
    id: MentorshipId,
    form: &PlanForm,
    is_preview: bool,
) -> Result<std::result::Result<DatesChange, Errors>> {
    let voice = signed.voice();
    let edit = match form.read(is_preview, &voice) {
        Ok(edit) => edit,
        Err(errors) => return Ok(Err(errors)),
    };
    match signed.call(EditPlan { mentorship_id: id, edit }).await {
        Ok(change) => Ok(Ok(change)),
        Err(error) => Ok(Err(refused(error, &voice)?)),
    }
}

async fn preview(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(form, _): Form<PlanForm>,
) -> Result<Response> {
    match ask(&signed, id, &form, true).await? {
        Ok(change) => {
            let mut page = PlanPage::load(&signed, id).await?;
            page.weeks = weeks(form.rows(), page.mentorship.total_weeks);
            page.change = Some(ChangeView::of(change));
            page.form = form;
            signed.page(&page).await
        }
        Err(errors) => wrong(&signed, id, form, &errors).await,
    }
}

async fn apply(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(form, _): Form<PlanForm>,
) -> Result<Response> {
    match ask(&signed, id, &form, false).await? {
        Ok(change) => {
            let count = change.moved.to_string();
            let undo = format!("/mentorships/{id}/undo");
            signed.say(signed.tr("plan-edit-done", &[("count", &count)]), Some(undo)).await?;
            Ok(signed.redirect(&format!("/mentorships/{id}/plan")))
        }
        Err(errors) => wrong(&signed, id, form, &errors).await,
    }
}

/// The page as it was sent, with what is wrong.
async fn wrong(signed: &Signed, id: MentorshipId, form: PlanForm, errors: &Errors) -> Result<Response> {
    let mut page = PlanPage::load(signed, id).await?;
    page.problems = form.problems(errors);
    page.weeks = weeks(form.rows(), page.mentorship.total_weeks);
    page.form = form;
    signed.invalid(&page, errors).await
}

/// Whether work on it has begun: its start stays.
fn is_started(status: TaskStatus) -> bool {
    matches!(status, TaskStatus::InProgress | TaskStatus::Submitted | TaskStatus::Returned)
}

impl Page for PlanPage {
    const TEMPLATE: &'static str = "pages/plan_edit.html";
    const HERE: &'static str = "mentees";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        let home = home(self.mentorship.mentorship_id);
        vec![
            way_crumb(voice, self.way),
            Crumb::to(home, self.mentorship.mentee_name.as_str()),
            Crumb::here(voice.tr("plan-edit-title", &[])),
        ]
    }

    fn samples() -> Vec<Self> {
        let mentorship = || crate::pages::mentorships::samples::mentorship(1);
        let page = |change: Option<DatesChange>, problems: Vec<(String, String)>, is_part| {
            let standing = super::mentorship_dates::change::samples::change();
            let mut page = Self {
                form: PlanForm::begin(&mentorship(), crate::pages::mentorships::samples::day(3)),
                mentorship: mentorship(),
                weeks: Vec::new(),
                change: change.map(ChangeView::of),
                problems,
                way: "mentees",
                is_part,
            };
            page.stand(&standing);
            page
        };
        let change = super::mentorship_dates::change::samples::change;
        let bad = || vec![("관제 <정리>".to_owned(), "쉬는 날이에요.".to_owned())];
        vec![
            page(None, Vec::new(), false),
            page(Some(change()), Vec::new(), true),
            page(Some(super::mentorship_dates::change::samples::nothing()), Vec::new(), false),
            page(None, bad(), false),
            page(None, bad(), true),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders() {
        crate::page::tests::renders::<PlanPage>();
    }
}
