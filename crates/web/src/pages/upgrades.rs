//! Who runs which version of a curriculum, and bringing them to a newer one: look, choose, follow, take back.

use super::{Routes, curricula::samples as curricula, curriculum::crumbs_of};
use crate::{
    Crumb, Errors, Form, Page, Query, Result, Signed,
    engine::Voice,
    form::{Nothing, blank},
    links,
    signed::encoded,
};
use axum::{extract::Path, response::Response};
use contract::{
    CurriculumId, MentorshipId, UpgradeId,
    upgrades::{
        CurriculumUse, GetCurriculumUse, GetUpgrade, NewUpgrade, PreviewUpgrade, StartUpgrade, UndoUpgrade,
        UpgradeChoice, UpgradeDetail, UpgradeFilter, UpgradePreview, UseFilter,
    },
};
use serde::{Deserialize, Serialize};

mod samples;

pub fn routes() -> Routes {
    Routes::new()
        .get("/curricula/{curriculum_id}/usage", usage)
        .get("/curricula/{curriculum_id}/upgrade", preview)
        .post("/curricula/{curriculum_id}/upgrade", start)
        .get("/upgrades/{upgrade_id}", follow)
        .post("/upgrades/{upgrade_id}/undo", undo)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    #[serde(deserialize_with = "blank")]
    number: Option<i64>,
    #[serde(deserialize_with = "blank")]
    cursor: Option<String>,
}

/// `?number=3&cursor=…` of a page.
fn query(number: Option<i64>, cursor: Option<&str>) -> String {
    let number = number.map(|number| format!("number={number}"));
    let cursor = cursor.map(|cursor| format!("cursor={}", encoded(cursor)));
    let parts: Vec<String> = number.into_iter().chain(cursor).collect();
    if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
}

/// The next page of a list, and the first where this is another; "" where there is none.
fn paging(path: &str, ask: &Ask, next: Option<&str>) -> (String, String) {
    let url = |cursor: Option<&str>| format!("{path}{}", query(ask.number, cursor));
    let first_url = if ask.cursor.is_some() { url(None) } else { String::new() };
    (next.map_or_else(String::new, |next| url(Some(next))), first_url)
}

#[derive(Serialize)]
struct Usage {
    usage: CurriculumUse,
    number: Option<i64>,
    next_url: String,
    first_url: String,
    /// Somebody runs an older version.
    can_upgrade: bool,
}

impl Usage {
    fn of(usage: CurriculumUse, ask: &Ask) -> Self {
        let path = format!("/curricula/{}/usage", usage.curriculum_id);
        let (next_url, first_url) = paging(&path, ask, usage.runs.next.as_deref());
        Self {
            next_url,
            first_url,
            can_upgrade: usage.versions.iter().skip(1).any(|version| version.running > 0),
            number: ask.number,
            usage,
        }
    }
}

async fn usage(
    signed: Signed,
    Path(curriculum_id): Path<CurriculumId>,
    Query(ask): Query<Ask>,
) -> Result<Response> {
    let filter = UseFilter { number: ask.number, cursor: ask.cursor.clone(), limit: None };
    let usage = signed.call(GetCurriculumUse { curriculum_id, filter }).await?;
    signed.page(&Usage::of(usage, &ask)).await
}

impl Page for Usage {
    const TEMPLATE: &'static str = "pages/curriculum_usage.html";
    const HERE: &'static str = "curricula";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        crumbs_of(voice, self.usage.curriculum_id, &self.usage.title, Some(voice.tr("upgrades-usage", &[])))
    }

    fn samples() -> Vec<Self> {
        let ask = |number| Ask { number, cursor: Some("x".into()) };
        vec![Self::of(samples::usage(), &ask(Some(2))), Self::of(samples::unused(), &Ask::default())]
    }
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct UpgradeForm {
    number: i64,
    #[serde(deserialize_with = "blank")]
    choice: Option<UpgradeChoice>,
    mentorship_ids: Vec<MentorshipId>,
}

#[derive(Serialize)]
struct Preview {
    preview: UpgradePreview,
    form: UpgradeForm,
    next_url: String,
    first_url: String,
}

impl Preview {
    async fn load(signed: &Signed, curriculum_id: CurriculumId, ask: Ask, form: UpgradeForm) -> Result<Self> {
        let filter = UpgradeFilter { number: ask.number, cursor: ask.cursor.clone(), limit: None };
        let preview = signed.call(PreviewUpgrade { curriculum_id, filter }).await?;
        Ok(Self::of(preview, &ask, form))
    }

    fn of(preview: UpgradePreview, ask: &Ask, form: UpgradeForm) -> Self {
        let path = format!("/curricula/{}/upgrade", preview.curriculum_id);
        let (next_url, first_url) = paging(&path, ask, preview.next.as_deref());
        Self { next_url, first_url, preview, form }
    }
}

async fn preview(signed: Signed, Path(id): Path<CurriculumId>, Query(ask): Query<Ask>) -> Result<Response> {
    signed.page(&Preview::load(&signed, id, ask, UpgradeForm::default()).await?).await
}

async fn start(
    signed: Signed,
    Path(curriculum_id): Path<CurriculumId>,
    Form(form, once): Form<UpgradeForm>,
) -> Result<Response> {
    let choice = form.choice.unwrap_or(UpgradeChoice::Named);
    let mentorship_ids = match choice {
        UpgradeChoice::Named => form.mentorship_ids.clone(),
        UpgradeChoice::NotYet => Vec::new(),
    };
    let upgrade = NewUpgrade { number: form.number, choice, mentorship_ids };
    match signed.call_once(&once, StartUpgrade { curriculum_id, upgrade }).await {
        Ok(upgrade) => Ok(signed.redirect(&format!("/upgrades/{}", upgrade.upgrade_id))),
        Err(error) => {
            let is_stale = error.field_errors().iter().any(|error| error.code == "not_found");
            Errors::of(error, &signed.voice())?;
            let key = if is_stale { "upgrades-stale" } else { "upgrades-nobody" };
            let errors = Errors::one("form", signed.tr(key, &[]));
            let ask = Ask { number: Some(form.number), cursor: None };
            signed.invalid(&Preview::load(&signed, curriculum_id, ask, form).await?, &errors).await
        }
    }
}

impl Page for Preview {
    const TEMPLATE: &'static str = "pages/curriculum_upgrade.html";
    const HERE: &'static str = "curricula";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        crumbs_of(
            voice,
            self.preview.curriculum_id,
            &self.preview.title,
            Some(voice.tr("upgrades-title", &[])),
        )
    }

    fn samples() -> Vec<Self> {
        let ask = Ask { number: Some(3), cursor: Some("x".into()) };
        let named = UpgradeForm {
            number: 3,
            choice: Some(UpgradeChoice::Named),
            mentorship_ids: vec![MentorshipId(1)],
        };
        let nobody =
            UpgradePreview { running: 0, not_yet: 0, people: Vec::new(), next: None, ..samples::preview() };
        vec![
            Self::of(samples::preview(), &ask, named),
            Self::of(nobody, &Ask::default(), UpgradeForm::default()),
        ]
    }
}

#[derive(Serialize)]
struct Progress {
    detail: UpgradeDetail,
    is_over: bool,
    is_undoing: bool,
}

impl Progress {
    fn of(detail: UpgradeDetail) -> Self {
        let is_over = detail.job.as_ref().is_none_or(|job| job.finished_at.is_some());
        Self { is_over, is_undoing: detail.upgrade.undone_at.is_some(), detail }
    }
}

async fn follow(signed: Signed, Path(upgrade_id): Path<UpgradeId>) -> Result<Response> {
    let detail = signed.call(GetUpgrade { upgrade_id }).await?;
    signed.page(&Progress::of(detail)).await
}

async fn undo(
    signed: Signed,
    Path(upgrade_id): Path<UpgradeId>,
    Form(..): Form<Nothing>,
) -> Result<Response> {
    match signed.call(UndoUpgrade { upgrade_id }).await {
        Ok(_) => Ok(signed.redirect(&format!("/upgrades/{upgrade_id}"))),
        Err(error) => {
            // Said on the page, which shows how it stands.
            Errors::of(error, &signed.voice())?;
            signed.done(&links::referring(&signed.ask), signed.tr("upgrades-no-undo", &[])).await
        }
    }
}

impl Page for Progress {
    const TEMPLATE: &'static str = "pages/upgrade.html";
    const HERE: &'static str = "curricula";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        let upgrade = &self.detail.upgrade;
        crumbs_of(
            voice,
            upgrade.curriculum_id,
            &upgrade.curriculum_title,
            Some(voice.tr("upgrades-title", &[])),
        )
    }

    fn samples() -> Vec<Self> {
        samples::details(&curricula::used().title).into_iter().map(Self::of).collect()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::Usage>();
        crate::page::tests::renders::<super::Preview>();
        crate::page::tests::renders::<super::Progress>();
    }
}
