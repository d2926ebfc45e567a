//! The goals of a pair: what one wants to reach, how one will know, how far one is.

use super::{
    Routes,
    pair::{Pair, path},
};
use crate::{
    Crumb, Errors, Form, Page, Query, Result, Signed,
    engine::Voice,
    form::{Nothing, blank, typed},
};
use axum::{extract::Path, response::Response};
use chrono::NaiveDate;
use contract::{
    GoalId, MentorshipId,
    goals::{CreateGoal, DeleteGoal, Goal, GoalPatch, ListGoals, NewGoal, UpdateGoal},
};
use serde::{Deserialize, Serialize};

pub fn routes() -> Routes {
    Routes::new()
        .get("/mentorships/{mentorship_id}/goals", show)
        .post("/mentorships/{mentorship_id}/goals", add)
        .post("/mentorships/{mentorship_id}/goals/{goal_id}", edit)
        .post("/mentorships/{mentorship_id}/goals/{goal_id}/progress", note_progress)
        .post("/mentorships/{mentorship_id}/goals/{goal_id}/delete", delete)
}

/// Which form is open.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(default)]
struct Ask {
    add: bool,
    edit: Option<GoalId>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct GoalForm {
    title: String,
    measure: String,
    #[serde(deserialize_with = "blank")]
    due_on: Option<NaiveDate>,
    notes: String,
    version: i64,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct ProgressForm {
    progress: String,
    comment: String,
    version: i64,
}

#[derive(Serialize)]
struct GoalsPage {
    pair: Pair,
    goals: Vec<Goal>,
    ask: Ask,
    form: GoalForm,
    /// The goal whose progress could not be noted, and what was typed.
    progress_of: Option<GoalId>,
    progress: ProgressForm,
}

impl GoalsPage {
    async fn load(signed: &Signed, mentorship_id: MentorshipId, ask: Ask) -> Result<Self> {
        let pair = Pair::load(signed, mentorship_id).await?;
        let goals = signed.call(ListGoals { mentorship_id }).await?.items;
        Ok(Self::of(pair, goals, ask))
    }

    fn of(pair: Pair, goals: Vec<Goal>, mut ask: Ask) -> Self {
        let edited = goals.iter().find(|goal| Some(goal.goal_id) == ask.edit);
        let form = edited.map_or_else(GoalForm::default, |goal| GoalForm {
            title: goal.title.clone(),
            measure: goal.measure.clone(),
            due_on: goal.due_on,
            notes: goal.notes.clone(),
            version: goal.version,
        });
        if !pair.can_write {
            ask = Ask::default();
        }
        Self { pair, goals, ask, form, progress_of: None, progress: ProgressForm::default() }
    }
}

async fn show(signed: Signed, Path(id): Path<MentorshipId>, Query(ask): Query<Ask>) -> Result<Response> {
    signed.page(&GoalsPage::load(&signed, id, ask).await?).await
}

async fn add(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(form, once): Form<GoalForm>,
) -> Result<Response> {
    let goal = NewGoal {
        title: form.title.trim().to_owned(),
        measure: form.measure.trim().to_owned(),
        due_on: form.due_on,
        notes: form.notes.clone(),
    };
    match signed.call_once(&once, CreateGoal { mentorship_id: id, goal, if_match: None }).await {
        Ok(goal) => {
            signed.done(&place(id, goal.goal_id), signed.tr("goals-added", &[("title", &goal.title)])).await
        }
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            let ask = Ask { add: true, edit: None };
            signed.invalid(&GoalsPage { form, ..GoalsPage::load(&signed, id, ask).await? }, &errors).await
        }
    }
}

fn place(id: MentorshipId, goal_id: GoalId) -> String {
    format!("{}#goal-{goal_id}", path(id, "goals"))
}

async fn edit(
    signed: Signed,
    Path((id, goal_id)): Path<(MentorshipId, GoalId)>,
    Form(form, _): Form<GoalForm>,
) -> Result<Response> {
    let patch = GoalPatch {
        title: Some(form.title.trim().to_owned()),
        measure: Some(form.measure.trim().to_owned()),
        due_on: Some(form.due_on),
        notes: Some(form.notes.clone()),
        ..GoalPatch::default()
    };
    let update = UpdateGoal { mentorship_id: id, goal_id, patch, if_match: Some(form.version) };
    match signed.call(update).await {
        Ok(_) => signed.done(&place(id, goal_id), signed.tr("goals-saved", &[])).await,
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            let ask = Ask { add: false, edit: Some(goal_id) };
            signed.invalid(&GoalsPage { form, ..GoalsPage::load(&signed, id, ask).await? }, &errors).await
        }
    }
}

async fn note_progress(
    signed: Signed,
    Path((id, goal_id)): Path<(MentorshipId, GoalId)>,
    Form(form, _): Form<ProgressForm>,
) -> Result<Response> {
    let errors = match form.progress.trim().parse() {
        Ok(progress) => {
            let comment = typed(&form.comment);
            let patch = GoalPatch { progress: Some(progress), comment, ..GoalPatch::default() };
            let update = UpdateGoal { mentorship_id: id, goal_id, patch, if_match: Some(form.version) };
            match signed.call(update).await {
                Ok(_) => return signed.done(&place(id, goal_id), signed.tr("goals-noted", &[])).await,
                Err(error) => Errors::of(error, &signed.voice())?,
            }
        }
        Err(_) => Errors::one("progress", signed.tr("field-invalid", &[])),
    };
    let page = GoalsPage::load(&signed, id, Ask::default()).await?;
    signed.invalid(&GoalsPage { progress_of: Some(goal_id), progress: form, ..page }, &errors).await
}

async fn delete(
    signed: Signed,
    Path((id, goal_id)): Path<(MentorshipId, GoalId)>,
    Form(..): Form<Nothing>,
) -> Result<Response> {
    signed.call(DeleteGoal { mentorship_id: id, goal_id }).await?;
    signed.done(&path(id, "goals"), signed.tr("goals-removed", &[])).await
}

impl Page for GoalsPage {
    const TEMPLATE: &'static str = "pages/goals.html";
    const HERE: &'static str = "mentees";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        self.pair.crumbs(voice, "pair-goals")
    }

    fn samples() -> Vec<Self> {
        use super::mentorships::samples::{day, moment};
        use contract::goals::GoalStep;
        let [mentor, mentee, reader] = Pair::samples();
        let step = |kind: &str, progress, comment: Option<&str>| GoalStep {
            kind: kind.into(),
            progress,
            comment: comment.map(str::to_owned),
            actor_name: Some("한지우".into()),
            happened_at: moment(day(12)),
        };
        let goal = |id: i64, progress, due_on| Goal {
            goal_id: GoalId(id),
            mentorship_id: MentorshipId(1),
            title: format!("혼자 배포하기 <{id}>"),
            measure: if id == 2 { String::new() } else { "도움 없이 세 번".into() },
            due_on,
            progress,
            notes: if id == 1 { "**런북**부터".into() } else { String::new() },
            created_by: None,
            created_at: moment(day(1)),
            updated_at: moment(day(2)),
            version: 2,
            history: if id == 1 {
                vec![
                    step("goal_progress", Some((20, 60)), Some("두 번 해 봤어요 <b>")),
                    step("goal_changed", None, None),
                    step("goal_added", None, None),
                ]
            } else {
                Vec::new()
            },
        };
        let goals = || vec![goal(1, 60, Some(day(20))), goal(2, 100, None), goal(3, 0, Some(day(60)))];
        let adding = Ask { add: true, edit: None };
        let editing = Ask { add: false, edit: Some(GoalId(1)) };
        let failed = ProgressForm { progress: "많이".into(), comment: "<b>".into(), version: 2 };
        vec![
            Self::of(mentor.clone(), goals(), Ask::default()),
            Self::of(mentee.clone(), Vec::new(), Ask::default()),
            Self::of(mentee.clone(), goals(), adding),
            Self::of(mentor, goals(), editing),
            Self {
                progress_of: Some(GoalId(1)),
                progress: failed,
                ..Self::of(mentee, goals(), Ask::default())
            },
            Self::of(reader.clone(), goals(), Ask::default()),
            Self::of(reader, Vec::new(), adding),
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::GoalsPage>();
    }
}
