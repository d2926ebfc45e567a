//! Changes made on the board of weeks: order, new tasks, weeks and their notes.

use super::{
    Typed,
    change::{answer, change},
    draft::{self, Step},
};
use crate::{Error, Form, Result, Signed};
use axum::{extract::Path, response::Response};
use contract::{Code, CurriculumId};
use serde::Deserialize;
use std::collections::HashMap;

/// All cards as they lie on the page, and one step more when a menu's button sent it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OrderForm {
    revision: i64,
    key: Vec<String>,
    week: Vec<i64>,
    position: Vec<i64>,
    #[serde(rename = "move")]
    step: String,
}

pub async fn order(
    signed: Signed,
    Path(id): Path<CurriculumId>,
    Form(form, _): Form<OrderForm>,
) -> Result<Response> {
    let OrderForm { revision, key, week, position, step } = form;
    if key.len() != week.len() || key.len() != position.len() {
        return Err(Error::of(Code::BadRequest));
    }
    let places: HashMap<String, (i64, i64)> = key.into_iter().zip(week.into_iter().zip(position)).collect();
    let step = Step::read(&step);
    let outcome = change(&signed, id, revision, |draft| {
        draft::keeping_weeks(draft, |draft| {
            draft::arrange(draft, &places);
            if let Some((step, key)) = step {
                draft::step(draft, key, step);
            }
        });
    })
    .await?;
    let to = match step {
        Some((_, key)) => format!("/curricula/{id}#task-{key}"),
        None => format!("/curricula/{id}"),
    };
    answer(&signed, outcome, Typed::default(), None, &to).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TaskForm {
    revision: i64,
    week: i64,
    title: String,
}

pub async fn add_task(
    signed: Signed,
    Path(id): Path<CurriculumId>,
    Form(form, _): Form<TaskForm>,
) -> Result<Response> {
    let mut place = None;
    let outcome = change(&signed, id, form.revision, |draft| {
        place = Some(draft::add_task(draft, form.week, form.title.trim()));
    })
    .await?;
    let to = format!("/curricula/{id}#week-{}", form.week);
    let typed = Typed { week: form.week, title: Some(form.title), note: None };
    answer(&signed, outcome, typed, place, &to).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct WeekForm {
    revision: i64,
    note: String,
}

pub async fn add_week(
    signed: Signed,
    Path(id): Path<CurriculumId>,
    Form(form, _): Form<WeekForm>,
) -> Result<Response> {
    let outcome = change(&signed, id, form.revision, draft::add_week).await?;
    answer(&signed, outcome, Typed::default(), None, &format!("/curricula/{id}#last-week")).await
}

pub async fn note(
    signed: Signed,
    Path((id, week)): Path<(CurriculumId, i64)>,
    Form(form, _): Form<WeekForm>,
) -> Result<Response> {
    let outcome = change(&signed, id, form.revision, |draft| {
        draft::keeping_weeks(draft, |draft| draft::set_note(draft, week, &form.note));
    })
    .await?;
    let typed = Typed { week, title: None, note: Some(form.note) };
    answer(&signed, outcome, typed, None, &format!("/curricula/{id}#week-{week}")).await
}

pub async fn remove_week(
    signed: Signed,
    Path((id, week)): Path<(CurriculumId, i64)>,
    Form(form, _): Form<WeekForm>,
) -> Result<Response> {
    let outcome = change(&signed, id, form.revision, |draft| draft::remove_week(draft, week)).await?;
    answer(&signed, outcome, Typed::default(), None, &format!("/curricula/{id}#last-week")).await
}
