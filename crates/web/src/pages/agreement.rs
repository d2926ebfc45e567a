//! The agreement of a pair: each writes what they expect, both settle the rhythm, both sign.

use super::{
    Routes,
    pair::{Pair, path},
};
use crate::{
    Crumb, Errors, Form, Page, Result, Signed,
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
    agreement::{Agreement, AgreementPatch, GetAgreement, Rhythm, SignAgreement, UpdateAgreement},
};
use serde::{Deserialize, Serialize};

pub fn routes() -> Routes {
    Routes::new()
        .get("/mentorships/{mentorship_id}/agreement", show)
        .post("/mentorships/{mentorship_id}/agreement", save_rhythm)
        .post("/mentorships/{mentorship_id}/agreement/text", save_text)
        .post("/mentorships/{mentorship_id}/agreement/sign", sign)
}

#[derive(Debug, Deserialize)]
struct TextForm {
    expects: String,
    version: i64,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct RhythmForm {
    #[serde(deserialize_with = "blank")]
    rhythm: Option<Rhythm>,
    #[serde(deserialize_with = "blank")]
    weekday: Option<i64>,
    meets_at: String,
    minutes: String,
    place: String,
    version: i64,
}

#[derive(Debug, Deserialize)]
struct SignForm {
    version: i64,
}

#[derive(Serialize)]
struct AgreementPage {
    pair: Pair,
    agreement: Agreement,
    /// The rhythm as it is typed.
    form: RhythmForm,
    /// One's own words as they were typed, when they could not be saved.
    typed: Option<String>,
    is_agreed: bool,
    /// Whether the reader has signed what stands there.
    has_signed: bool,
}

impl AgreementPage {
    async fn load(signed: &Signed, mentorship_id: MentorshipId) -> Result<Self> {
        let pair = Pair::load(signed, mentorship_id).await?;
        let agreement = signed.call(GetAgreement { mentorship_id, if_match: None }).await?;
        Ok(Self::of(pair, agreement))
    }

    fn of(pair: Pair, agreement: Agreement) -> Self {
        let current = &agreement.current;
        let form = RhythmForm {
            rhythm: Some(current.rhythm),
            weekday: current.weekday,
            meets_at: current.meets_at.clone(),
            minutes: current.minutes.to_string(),
            place: current.place.clone(),
            version: agreement.version,
        };
        let own = if pair.side == Some("mentor") { &current.mentor_signed } else { &current.mentee_signed };
        let has_signed = pair.side.is_some() && own.is_some();
        Self { is_agreed: current.is_agreed(), has_signed, typed: None, form, pair, agreement }
    }
}

async fn show(signed: Signed, Path(id): Path<MentorshipId>) -> Result<Response> {
    signed.page(&AgreementPage::load(&signed, id).await?).await
}

async fn save_text(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(form, _): Form<TextForm>,
) -> Result<Response> {
    let patch =
        AgreementPatch { expects: Some(form.expects.replace("\r\n", "\n")), ..AgreementPatch::default() };
    let saved = signed.call(UpdateAgreement { mentorship_id: id, patch, if_match: Some(form.version) }).await;
    if signed.is_htmx() {
        return Ok(Json(Saved { version: saved?.version }).into_response());
    }
    match saved {
        Ok(_) => signed.done(&path(id, "agreement"), signed.tr("agreement-saved", &[])).await,
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            let page = AgreementPage { typed: Some(form.expects), ..AgreementPage::load(&signed, id).await? };
            signed.invalid(&page, &errors).await
        }
    }
}

async fn save_rhythm(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(form, _): Form<RhythmForm>,
) -> Result<Response> {
    let errors = match form.minutes.trim().parse() {
        Ok(minutes) => {
            let patch = AgreementPatch {
                expects: None,
                rhythm: form.rhythm,
                weekday: Some(form.weekday),
                meets_at: Some(form.meets_at.trim().to_owned()),
                minutes: Some(minutes),
                place: Some(form.place.clone()),
            };
            let update = UpdateAgreement { mentorship_id: id, patch, if_match: Some(form.version) };
            match signed.call(update).await {
                Ok(_) => return signed.done(&path(id, "agreement"), signed.tr("agreement-saved", &[])).await,
                Err(error) => Errors::of(error, &signed.voice())?,
            }
        }
        Err(_) => Errors::one("minutes", signed.tr("field-invalid", &[])),
    };
    let page = AgreementPage { form, ..AgreementPage::load(&signed, id).await? };
    signed.invalid(&page, &errors).await
}

async fn sign(
    signed: Signed,
    Path(id): Path<MentorshipId>,
    Form(form, _): Form<SignForm>,
) -> Result<Response> {
    match signed.call(SignAgreement { mentorship_id: id, if_match: Some(form.version) }).await {
        Ok(agreement) => {
            let key = if agreement.current.is_agreed() { "agreement-agreed" } else { "agreement-signed" };
            signed.done(&path(id, "agreement"), signed.tr(key, &[])).await
        }
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            signed.invalid(&AgreementPage::load(&signed, id).await?, &errors).await
        }
    }
}

impl Page for AgreementPage {
    const TEMPLATE: &'static str = "pages/agreement.html";
    const HERE: &'static str = "mentees";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        self.pair.crumbs(voice, "pair-agreement")
    }

    fn samples() -> Vec<Self> {
        use super::mentorships::samples::{day, moment};
        use contract::{
            UserId,
            agreement::{AgreementVersion, Signature},
        };
        let [mentor, mentee, reader] = Pair::samples();
        let signature =
            |name: &str| Some(Signature { user_id: UserId(3), name: name.into(), at: moment(day(4)) });
        let written = AgreementVersion {
            number: 2,
            mentor_expects: "질문을 **먼저** 해 주세요. <script>".into(),
            mentee_expects: "리뷰는 하루 안에 부탁드려요.".into(),
            weekday: Some(2),
            meets_at: "14:30".into(),
            place: "https://meet.example/ji".into(),
            mentor_signed: signature("박서연"),
            updated_at: Some(moment(day(3))),
            ..AgreementVersion::blank()
        };
        let agreed = AgreementVersion { number: 1, mentee_signed: signature("한지우"), ..written.clone() };
        let agreement = |current: AgreementVersion, earlier| Agreement {
            mentorship_id: MentorshipId(1),
            current,
            earlier,
            side: None,
            can_write: true,
            version: 3,
        };
        vec![
            Self::of(mentor.clone(), agreement(AgreementVersion::blank(), Vec::new())),
            Self::of(mentor, agreement(written.clone(), vec![agreed.clone()])),
            Self::of(mentee.clone(), agreement(written.clone(), Vec::new())),
            Self {
                typed: Some("<아직>".into()),
                ..Self::of(mentee, agreement(written, vec![agreed.clone()]))
            },
            Self::of(reader.clone(), agreement(agreed, Vec::new())),
            Self::of(reader, agreement(AgreementVersion::blank(), Vec::new())),
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::AgreementPage>();
    }
}
