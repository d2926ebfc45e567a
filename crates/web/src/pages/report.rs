//! The final evaluation of a mentorship: the figures, both views, both signatures, the documents.

use super::{
    Routes,
    pair::{Pair, path},
};
use crate::{
    Crumb, Errors, Form, Page, Query, Result, Signed, download,
    engine::Voice,
    form::{Saved, blank},
};
use axum::{
    Json,
    extract::Path,
    response::{IntoResponse, Response},
};
use contract::{
    MentorshipId,
    report::{
        DocumentLanguage, GetCertificate, GetReport, GetReportPdf, ReopenReason, ReopenReport, Report,
        ReportPatch, Scores, SignReport, UpdateReport,
    },
};
use serde::{Deserialize, Serialize};

pub fn routes() -> Routes {
    Routes::new()
        .get("/mentorships/{mentorship_id}/report", show)
        .post("/mentorships/{mentorship_id}/report", save)
        .post("/mentorships/{mentorship_id}/report/text", save_text)
        .post("/mentorships/{mentorship_id}/report/sign", sign)
        .post("/mentorships/{mentorship_id}/report/reopen", reopen)
        .get("/mentorships/{mentorship_id}/report.pdf", report_pdf)
        .get("/mentorships/{mentorship_id}/certificate.pdf", certificate_pdf)
}

/// One's own part as it is typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct EvaluationForm {
    text: String,
    #[serde(deserialize_with = "blank")]
    grasp: Option<i64>,
    #[serde(deserialize_with = "blank")]
    quality: Option<i64>,
    #[serde(deserialize_with = "blank")]
    initiative: Option<i64>,
    #[serde(deserialize_with = "blank")]
    communication: Option<i64>,
    #[serde(deserialize_with = "blank")]
    growth: Option<i64>,
    version: i64,
}

impl EvaluationForm {
    fn patch(&self) -> ReportPatch {
        let scores = Scores {
            grasp: self.grasp,
            quality: self.quality,
            initiative: self.initiative,
            communication: self.communication,
            growth: self.growth,
        };
        // A browser ends lines with two characters; what is read again must be what was saved.
        ReportPatch { text: Some(self.text.replace("\r\n", "\n")), scores: Some(scores) }
    }
}

#[derive(Debug, Deserialize)]
struct TextForm {
    text: String,
    version: i64,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct ReopenForm {
    reason: String,
    version: i64,
}

#[derive(Serialize)]
struct ReportPage {
    pair: Pair,
    report: Report,
    form: EvaluationForm,
    reason: String,
    /// The scores of both, by name.
    scores: Vec<ScoreLine>,
    has_scores: bool,
}

#[derive(Serialize)]
struct ScoreLine {
    name: &'static str,
    mentor: Option<i64>,
    mentee: Option<i64>,
}

impl ReportPage {
    async fn load(signed: &Signed, mentorship_id: MentorshipId) -> Result<Self> {
        let pair = Pair::load(signed, mentorship_id).await?;
        let report = signed.call(GetReport { mentorship_id, if_match: None }).await?;
        Ok(Self::of(pair, report))
    }

    fn of(pair: Pair, report: Report) -> Self {
        let own = if pair.side == Some("mentee") { &report.mentee } else { &report.mentor };
        let Scores { grasp, quality, initiative, communication, growth } = own.scores;
        let text = own.text.clone();
        let form = EvaluationForm {
            text,
            grasp,
            quality,
            initiative,
            communication,
            growth,
            version: report.version,
        };
        let both = report.mentor.scores.all().into_iter().zip(report.mentee.scores.all());
        let scores: Vec<_> =
            both.map(|((name, mentor), (_, mentee))| ScoreLine { name, mentor, mentee }).collect();
        let has_scores = scores.iter().any(|line| line.mentor.is_some() || line.mentee.is_some());
        Self { pair, form, reason: String::new(), scores, has_scores, report }
    }
}

async fn show(signed: Signed, Path(id): Path<MentorshipId>) -> Result<Response> {
    signed.page(&ReportPage::load(&signed, id).await?).await
}

async fn save_text(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(form, _): Form<TextForm>,
) -> Result<Response> {
    let patch = ReportPatch { text: Some(form.text.replace("\r\n", "\n")), scores: None };
    let saved = signed.call(UpdateReport { mentorship_id: id, patch, if_match: Some(form.version) }).await?;
    Ok(Json(Saved { version: saved.version }).into_response())
}

async fn again(signed: &Signed, id: MentorshipId, form: EvaluationForm, errors: &Errors) -> Result<Response> {
    let page = ReportPage::load(signed, id).await?;
    signed.invalid(&ReportPage { form, ..page }, errors).await
}

async fn save(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(form, _): Form<EvaluationForm>,
) -> Result<Response> {
    let update = UpdateReport { mentorship_id: id, patch: form.patch(), if_match: Some(form.version) };
    match signed.call(update).await {
        Ok(_) => signed.done(&path(id, "report"), signed.tr("report-saved", &[])).await,
        Err(error) => again(&signed, id, form, &Errors::of(error, &signed.voice())?).await,
    }
}

/// Saves what stands in the form, and signs that.
async fn sign(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(form, _): Form<EvaluationForm>,
) -> Result<Response> {
    let update = UpdateReport { mentorship_id: id, patch: form.patch(), if_match: Some(form.version) };
    let signing = match signed.call(update).await {
        Ok(report) => signed.call(SignReport { mentorship_id: id, if_match: Some(report.version) }).await,
        Err(error) => Err(error),
    };
    match signing {
        Ok(report) => {
            let key = if report.is_locked { "report-locked-now" } else { "report-signed-now" };
            signed.done(&path(id, "report"), signed.tr(key, &[])).await
        }
        Err(error) => again(&signed, id, form, &Errors::of(error, &signed.voice())?).await,
    }
}

async fn reopen(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(form, _): Form<ReopenForm>,
) -> Result<Response> {
    let reason = ReopenReason { reason: form.reason.trim().to_owned() };
    match signed.call(ReopenReport { mentorship_id: id, reason, if_match: Some(form.version) }).await {
        Ok(_) => signed.done(&path(id, "report"), signed.tr("report-reopened", &[])).await,
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            let page = ReportPage::load(&signed, id).await?;
            signed.invalid(&ReportPage { reason: form.reason, ..page }, &errors).await
        }
    }
}

async fn report_pdf(
    signed: Signed,
    Path(mentorship_id): Path<MentorshipId>,
    Query(language): Query<DocumentLanguage>,
) -> Result<Response> {
    Ok(download::saved(signed.call(GetReportPdf { mentorship_id, language }).await?, "report.pdf"))
}

async fn certificate_pdf(
    signed: Signed,
    Path(mentorship_id): Path<MentorshipId>,
    Query(language): Query<DocumentLanguage>,
) -> Result<Response> {
    Ok(download::saved(signed.call(GetCertificate { mentorship_id, language }).await?, "certificate.pdf"))
}

impl Page for ReportPage {
    const TEMPLATE: &'static str = "pages/report.html";
    const HERE: &'static str = "mentees";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        self.pair.crumbs(voice, "pair-report")
    }

    fn samples() -> Vec<Self> {
        samples::all()
    }
}

mod samples;

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::ReportPage>();
    }
}
