//! A person as a mentor: how many mentorships, and the days away. One's own by the profile, anybody's by an admin.

use super::Routes;
use crate::{Crumb, Errors, Form, Page, Result, Signed, engine::Voice, form::Nothing};
use axum::{extract::Path, response::Response};
use contract::{
    AbsenceId, UserId,
    mentoring::{
        CreateAbsence, DeleteAbsence, GetMentoring, Mentoring, MentoringPatch, NewAbsence, UpdateMentoring,
    },
    policy::{Action, Role},
};
use serde::{Deserialize, Serialize};

pub fn routes() -> Routes {
    Routes::new()
        .get("/profile/mentoring", show_own)
        .post("/profile/mentoring/absences", add_own)
        .post("/profile/mentoring/absences/{absence_id}/delete", remove_own)
        .get("/organisation/people/{user_id}/mentoring", show)
        .post("/organisation/people/{user_id}/mentoring", set_capacity)
        .post("/organisation/people/{user_id}/mentoring/absences", add)
        .post("/organisation/people/{user_id}/mentoring/absences/{absence_id}/delete", remove)
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct AbsenceForm {
    starts_on: String,
    ends_on: String,
    reason: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct CapacityForm {
    capacity: String,
}

#[derive(Serialize)]
struct MentoringPage {
    mentor: Mentoring,
    capacity: String,
    form: AbsenceForm,
    /// Where its forms go.
    base: String,
    is_own: bool,
    /// Whether the reader sets the capacity.
    can_set: bool,
}

impl MentoringPage {
    async fn load(signed: &Signed, user_id: UserId, is_own: bool) -> Result<Self> {
        signed.only(Action::EditMentoring)?;
        let mentor = signed.call(GetMentoring { user_id }).await?;
        Ok(Self {
            capacity: mentor.capacity.map(|capacity| capacity.to_string()).unwrap_or_default(),
            mentor,
            form: AbsenceForm::default(),
            base: base(user_id, is_own),
            is_own,
            can_set: !is_own && signed.me.roles.has(Role::Admin),
        })
    }
}

fn base(user_id: UserId, is_own: bool) -> String {
    if is_own { "/profile/mentoring".to_owned() } else { format!("/organisation/people/{user_id}/mentoring") }
}

async fn show_own(signed: Signed) -> Result<Response> {
    signed.page(&MentoringPage::load(&signed, signed.me.user_id, true).await?).await
}

async fn show(signed: Signed, Path(user_id): Path<UserId>) -> Result<Response> {
    signed.page(&MentoringPage::load(&signed, user_id, false).await?).await
}

async fn set_capacity(
    signed: Signed,
    Path(user_id): Path<UserId>,
    Form(form, _): Form<CapacityForm>,
) -> Result<Response> {
    let typed = form.capacity.trim();
    let capacity = if typed.is_empty() { Ok(None) } else { typed.parse().map(Some) };
    let errors = match capacity {
        Err(_) => Errors::one("capacity", signed.tr("field-bad-format", &[])),
        Ok(capacity) => {
            let patch = MentoringPatch { capacity: Some(capacity) };
            match signed.call(UpdateMentoring { user_id, patch }).await {
                Ok(_) => return signed.done(&base(user_id, false), signed.tr("mentoring-saved", &[])).await,
                Err(error) => Errors::of(error, &signed.voice())?,
            }
        }
    };
    let page = MentoringPage::load(&signed, user_id, false).await?;
    signed.invalid(&MentoringPage { capacity: form.capacity, ..page }, &errors).await
}

async fn add_own(signed: Signed, Form(form, once): Form<AbsenceForm>) -> Result<Response> {
    let me = signed.me.user_id;
    add_for(&signed, me, true, form, &once).await
}

async fn add(
    signed: Signed,
    Path(user_id): Path<UserId>,
    Form(form, once): Form<AbsenceForm>,
) -> Result<Response> {
    add_for(&signed, user_id, false, form, &once).await
}

async fn add_for(
    signed: &Signed,
    user_id: UserId,
    is_own: bool,
    form: AbsenceForm,
    once: &crate::form::Once,
) -> Result<Response> {
    let (starts_on, ends_on) = (form.starts_on.trim().parse(), form.ends_on.trim().parse());
    let mut errors = Errors::default();
    for (field, is_bad) in [("starts_on", starts_on.is_err()), ("ends_on", ends_on.is_err())] {
        if is_bad {
            errors = errors.and(field, signed.tr("field-required", &[]));
        }
    }
    if let (Ok(starts_on), Ok(ends_on)) = (starts_on, ends_on) {
        let absence = NewAbsence { starts_on, ends_on, reason: form.reason.trim().to_owned() };
        match signed.call_once(once, CreateAbsence { user_id, absence }).await {
            Ok(absence) => {
                let count = absence.tasks.to_string();
                let key = if absence.tasks > 0 { "mentoring-added-tasks" } else { "mentoring-added" };
                return signed.done(&base(user_id, is_own), signed.tr(key, &[("count", &count)])).await;
            }
            Err(error) => errors = Errors::of(error, &signed.voice())?,
        }
    }
    let page = MentoringPage::load(signed, user_id, is_own).await?;
    signed.invalid(&MentoringPage { form, ..page }, &errors).await
}

async fn remove_own(
    signed: Signed,
    Path(absence_id): Path<AbsenceId>,
    Form(..): Form<Nothing>,
) -> Result<Response> {
    let me = signed.me.user_id;
    remove_for(&signed, me, true, absence_id).await
}

async fn remove(
    signed: Signed,
    Path((user_id, absence_id)): Path<(UserId, AbsenceId)>,
    Form(..): Form<Nothing>,
) -> Result<Response> {
    remove_for(&signed, user_id, false, absence_id).await
}

async fn remove_for(
    signed: &Signed,
    user_id: UserId,
    is_own: bool,
    absence_id: AbsenceId,
) -> Result<Response> {
    match signed.call(DeleteAbsence { user_id, absence_id }).await {
        Ok(_) => {}
        // Gone already is as good.
        Err(error) if error.status() == http::StatusCode::NOT_FOUND => {}
        Err(error) => return Err(error.into()),
    }
    signed.done(&base(user_id, is_own), signed.tr("mentoring-removed", &[])).await
}

impl Page for MentoringPage {
    const TEMPLATE: &'static str = "pages/mentoring.html";
    const HERE: &'static str = "";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        let here = Crumb::here(voice.tr("mentoring-title", &[]));
        if self.is_own {
            return vec![Crumb::to("/profile", voice.tr("profile-title", &[])), here];
        }
        let person =
            Crumb::to(format!("/organisation/people/{}", self.mentor.user_id), self.mentor.name.as_str());
        vec![Crumb::to("/organisation", voice.tr("nav-organisation", &[])), person, here]
    }

    fn samples() -> Vec<Self> {
        use crate::pages::mentorships::samples::day;
        let absence = |id: i64, reason: &str, tasks| contract::mentoring::Absence {
            absence_id: AbsenceId(id),
            starts_on: day(7),
            ends_on: day(9),
            reason: reason.to_owned(),
            tasks,
        };
        let page = |capacity, company_capacity, absences, is_own| Self {
            mentor: Mentoring {
                user_id: UserId(3),
                name: "박<서연>".into(),
                capacity,
                company_capacity,
                load: 2,
                absences,
            },
            capacity: capacity.map(|one: i64| one.to_string()).unwrap_or_default(),
            form: AbsenceForm { reason: "<예비군>".into(), ..AbsenceForm::default() },
            base: base(UserId(3), is_own),
            is_own,
            can_set: !is_own,
        };
        vec![
            page(None, None, Vec::new(), true),
            page(Some(2), Some(3), vec![absence(1, "예비군 <훈련>", 2), absence(2, "", 0)], true),
            page(None, Some(3), vec![absence(1, "휴가", 1)], false),
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::MentoringPage>();
    }
}
