//! A proposed mentorship: the mentor looks at the plan and accepts or declines; who proposed it can take it back.

use super::{
    Routes,
    mentorship::{home, way, way_crumb},
    new_mentorship::Plan,
};
use crate::{Crumb, Errors, Form, Page, Result, Signed, engine::Voice};
use axum::{extract::Path, response::Response};
use contract::{
    MentorshipId,
    mentorship::{EndReason, GetMentorship, Mentorship, NewMentorship, PreviewMentorship},
    mentorship_life::{AcceptMentorship, Acceptance, DeclineMentorship, MentorshipStep, WithdrawMentorship},
};
use serde::{Deserialize, Serialize};

pub fn routes() -> Routes {
    Routes::new()
        .get("/mentorships/{mentorship_id}/proposal", show)
        .post("/mentorships/{mentorship_id}/proposal/preview", preview)
        .post("/mentorships/{mentorship_id}/accept", accept)
        .post("/mentorships/{mentorship_id}/decline", decline)
        .post("/mentorships/{mentorship_id}/withdraw", withdraw)
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct AnswerForm {
    start_on: String,
    reason: String,
}

#[derive(Serialize)]
struct ProposalPage {
    mentorship: Mentorship,
    form: AnswerForm,
    plan: Option<Plan>,
    /// What keeps the plan from being drawn.
    problem: String,
    can_answer: bool,
    can_withdraw: bool,
    way: &'static str,
}

impl ProposalPage {
    async fn load(signed: &Signed, id: MentorshipId) -> Result<Self> {
        let mentorship = signed.call(GetMentorship { mentorship_id: id }).await?;
        Ok(Self {
            form: AnswerForm { start_on: mentorship.start_on.to_string(), reason: String::new() },
            plan: None,
            problem: String::new(),
            can_answer: mentorship.allows(MentorshipStep::Accept),
            can_withdraw: mentorship.allows(MentorshipStep::Withdraw),
            way: way(signed, &mentorship),
            mentorship,
        })
    }

    /// The plan as it would be made today, from the day in the form.
    async fn draw(&mut self, signed: &Signed) -> Result<()> {
        let pair = &self.mentorship;
        let mentorship = NewMentorship {
            mentee_id: pair.mentee_id,
            mentor_id: Some(pair.mentor_id),
            version_ids: pair.sources.iter().map(|source| source.version_id).collect(),
            start_on: self.form.start_on.parse().unwrap_or(pair.start_on),
            title: pair.title.clone(),
        };
        match signed.call(PreviewMentorship { mentorship }).await {
            Ok(mut preview) => {
                // That it is proposed is what this page is about.
                preview.warnings.retain(|code| code != "already_proposed");
                self.plan = Some(Plan::of(preview));
            }
            Err(error) => {
                let errors = Errors::of(error, &signed.voice())?;
                let texts = ["form", "start_on", "mentee_id", "mentor_id", "version_ids.0"];
                self.problem = texts.iter().find_map(|field| errors.find(field)).unwrap_or_default();
            }
        }
        Ok(())
    }
}

async fn show(signed: Signed, Path(id): Path<MentorshipId>) -> Result<Response> {
    let mut page = ProposalPage::load(&signed, id).await?;
    if !page.can_answer && !page.can_withdraw {
        // Answered in the meantime: its own page says what became of it.
        return Ok(signed.redirect(&home(id)));
    }
    page.draw(&signed).await?;
    signed.page(&page).await
}

async fn preview(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(form, _): Form<AnswerForm>,
) -> Result<Response> {
    let mut page = ProposalPage::load(&signed, id).await?;
    page.form = form;
    page.draw(&signed).await?;
    signed.page(&page).await
}

async fn accept(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(form, once): Form<AnswerForm>,
) -> Result<Response> {
    let errors = match form.start_on.trim().parse() {
        Err(_) => Errors::one("start_on", signed.tr("field-bad-format", &[])),
        Ok(start_on) => {
            let acceptance = Acceptance { start_on: Some(start_on) };
            match signed.call_once(&once, AcceptMentorship { mentorship_id: id, acceptance }).await {
                Ok(mentorship) => {
                    let text = signed.tr("proposal-accepted", &[("name", &mentorship.mentee_name)]);
                    return signed.done(&home(id), text).await;
                }
                Err(error) => Errors::of(error, &signed.voice())?,
            }
        }
    };
    again(&signed, id, form, &errors).await
}

async fn again(signed: &Signed, id: MentorshipId, form: AnswerForm, errors: &Errors) -> Result<Response> {
    let page = ProposalPage::load(signed, id).await?;
    signed.invalid(&ProposalPage { form, ..page }, errors).await
}

async fn decline(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(form, once): Form<AnswerForm>,
) -> Result<Response> {
    let reason = EndReason { reason: form.reason.trim().to_owned() };
    match signed.call_once(&once, DeclineMentorship { mentorship_id: id, reason }).await {
        Ok(mentorship) => {
            let text = signed.tr("proposal-declined", &[("name", &mentorship.mentee_name)]);
            signed.done("/", text).await
        }
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            let page = ProposalPage::load(&signed, id).await?;
            let start_on = page.form.start_on.clone();
            let form = AnswerForm { start_on, ..form };
            signed.invalid(&ProposalPage { form, ..page }, &errors).await
        }
    }
}

async fn withdraw(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(form, once): Form<AnswerForm>,
) -> Result<Response> {
    match signed.call_once(&once, WithdrawMentorship { mentorship_id: id }).await {
        Ok(mentorship) => {
            let text = signed.tr("proposal-withdrawn", &[("name", &mentorship.mentor_name)]);
            signed.done(&home(id), text).await
        }
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            again(&signed, id, form, &errors).await
        }
    }
}

impl Page for ProposalPage {
    const TEMPLATE: &'static str = "pages/proposal.html";
    const HERE: &'static str = "mentees";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        let home = Crumb::to(home(self.mentorship.mentorship_id), self.mentorship.mentee_name.as_str());
        vec![way_crumb(voice, self.way), home, Crumb::here(voice.tr("proposal-title", &[]))]
    }

    fn samples() -> Vec<Self> {
        use contract::mentorship::MentorshipStatus;
        let page = |can_answer: bool, plan: Option<Plan>| Self {
            mentorship: Mentorship {
                status: MentorshipStatus::Proposed,
                proposal_note: can_answer.then(|| "같은 팀이라 <부탁>드려요".into()),
                ..crate::pages::mentorships::samples::mentorship(1)
            },
            form: AnswerForm { start_on: "2026-09-07".into(), reason: "<바빠요>".into() },
            problem: if plan.is_none() { "The curriculum is archived.".into() } else { String::new() },
            plan,
            can_answer,
            can_withdraw: !can_answer,
            way: "mentees",
        };
        let plan = || {
            use super::new_mentorship::samples::{plan, task};
            Some(Plan::of(plan((9, 7), (10, 18), vec![task("관제 <API>", (9, 7), (9, 9))])))
        };
        vec![page(true, plan()), page(false, plan()), page(true, None)]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::ProposalPage>();
    }
}
