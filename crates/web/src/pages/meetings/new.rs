//! Planning a 1:1: when, how long, where, what about; suggested by the agreed rhythm.

use crate::{
    Crumb, Errors, Form, Page, Result, Signed,
    engine::Voice,
    pages::{
        Routes,
        pair::{self, Pair},
    },
};
use axum::{extract::Path, response::Response};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use contract::{
    MentorshipId,
    meetings::{CreateMeeting, MeetingSuggestion, NewMeeting, PointText, SuggestMeeting},
};
use serde::{Deserialize, Serialize};

pub fn routes() -> Routes {
    Routes::new()
        .get("/mentorships/{mentorship_id}/meetings/new", show)
        .post("/mentorships/{mentorship_id}/meetings/new", plan)
}

/// A meeting as it is typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MeetingForm {
    pub date: String,
    pub time: String,
    pub minutes: String,
    pub place: String,
    /// One point a line.
    pub agenda: String,
    pub version: i64,
}

impl MeetingForm {
    pub fn at(starts_at: Option<DateTime<Utc>>, minutes: i64, place: &str, zone: Tz) -> Self {
        let (date, time) = starts_at.map(|at| pair::fields_of(at, zone)).unwrap_or_default();
        Self { date, time, minutes: minutes.to_string(), place: place.to_owned(), ..Self::default() }
    }

    /// When and how long.
    pub fn read(&self, signed: &Signed) -> Result<(DateTime<Utc>, i64), Errors> {
        let mut errors = Errors::default();
        let day = self.date.parse::<NaiveDate>().ok();
        let time = NaiveTime::parse_from_str(self.time.trim(), "%H:%M").ok();
        let minutes = self.minutes.trim().parse::<i64>().ok();
        let bad = [("date", day.is_none()), ("time", time.is_none()), ("minutes", minutes.is_none())];
        for (field, _) in bad.into_iter().filter(|(_, is_bad)| *is_bad) {
            errors = errors.and(field, signed.tr("field-required", &[]));
        }
        let (Some(day), Some(time), Some(minutes)) = (day, time, minutes) else { return Err(errors) };
        let at = pair::instant_of(day, time, signed.setting().zone);
        at.map(|at| (at, minutes)).ok_or_else(|| Errors::one("time", signed.tr("field-invalid", &[])))
    }
}

/// What the API says of `starts_at` belongs to the date.
pub fn at_the_date(error: client::CallError, voice: &Voice) -> Result<Errors> {
    let date = error.field_errors().iter().any(|error| error.field == "starts_at");
    let errors = Errors::of(error, voice)?;
    let text = errors.text("starts_at").to_owned();
    Ok(if date { errors.and("date", text) } else { errors })
}

#[derive(Serialize)]
struct NewMeetingPage {
    pair: Pair,
    form: MeetingForm,
    is_suggested: bool,
}

async fn show(signed: Signed, Path(mentorship_id): Path<MentorshipId>) -> Result<Response> {
    let pair = Pair::load(&signed, mentorship_id).await?;
    let suggestion = signed.call(SuggestMeeting { mentorship_id }).await?;
    signed.page(&NewMeetingPage::suggested(pair, &suggestion, signed.setting().zone)).await
}

impl NewMeetingPage {
    fn suggested(pair: Pair, suggestion: &MeetingSuggestion, zone: Tz) -> Self {
        let form = MeetingForm::at(suggestion.starts_at, suggestion.minutes, &suggestion.place, zone);
        Self { pair, is_suggested: suggestion.starts_at.is_some(), form }
    }
}

async fn plan(
    signed: Signed,
    Path(mentorship_id): Path<MentorshipId>,
    Form(form, once): Form<MeetingForm>,
) -> Result<Response> {
    let errors = match form.read(&signed) {
        Ok((starts_at, minutes)) => {
            let lines = form.agenda.lines().map(str::trim).filter(|line| !line.is_empty());
            let agenda = lines.map(|line| PointText(line.to_owned())).collect();
            let meeting = NewMeeting { starts_at, minutes, place: form.place.trim().to_owned(), agenda };
            match signed.call_once(&once, CreateMeeting { mentorship_id, meeting, if_match: None }).await {
                Ok(meeting) => {
                    let page = format!("meetings/{}", meeting.meeting_id);
                    return signed
                        .done(&pair::path(mentorship_id, &page), signed.tr("meetings-planned", &[]))
                        .await;
                }
                Err(error) => at_the_date(error, &signed.voice())?,
            }
        }
        Err(errors) => errors,
    };
    let pair = Pair::load(&signed, mentorship_id).await?;
    signed.invalid(&NewMeetingPage { pair, form, is_suggested: false }, &errors).await
}

impl Page for NewMeetingPage {
    const TEMPLATE: &'static str = "pages/meeting_new.html";
    const HERE: &'static str = "mentees";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        self.pair.crumbs(voice, "meetings-plan")
    }

    fn samples() -> Vec<Self> {
        let [mentor, mentee, _] = Pair::samples();
        let zone = chrono_tz::Asia::Seoul;
        let suggestion = |starts_at| MeetingSuggestion { starts_at, minutes: 30, place: "<방>".into() };
        let at = crate::pages::mentorships::samples::moment(crate::pages::mentorships::samples::day(20));
        vec![
            Self::suggested(mentor, &suggestion(Some(at)), zone),
            Self::suggested(mentee, &suggestion(None), zone),
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::NewMeetingPage>();
    }
}
