//! What is done with a 1:1: its time and state, its agenda, its notes, what comes of it.

use super::{
    new::{MeetingForm, at_the_date},
    one::{ActionForm, Ask, MeetingPage, path},
};
use crate::{
    Errors, Form, Result, Signed,
    form::{Nothing, Saved},
    pages::Routes,
};
use axum::{
    Json,
    extract::Path,
    response::{IntoResponse, Response},
};
use contract::{
    MeetingId, MentorshipId,
    agreement::Side,
    meetings::{
        CreateAction, CreatePoint, DeletePoint, MeetingPatch, MeetingStatus, NewAction, NewPoint, PointPatch,
        PointText, UpdateMeeting, UpdatePoint,
    },
};
use serde::Deserialize;

pub fn routes(routes: Routes) -> Routes {
    routes
        .post("/mentorships/{mentorship_id}/meetings/{meeting_id}", reschedule)
        .post("/mentorships/{mentorship_id}/meetings/{meeting_id}/status", set_status)
        .post("/mentorships/{mentorship_id}/meetings/{meeting_id}/notes", save_notes)
        .post("/mentorships/{mentorship_id}/meetings/{meeting_id}/points", add_point)
        .post("/mentorships/{mentorship_id}/meetings/{meeting_id}/points/{point_id}", tick_point)
        .post("/mentorships/{mentorship_id}/meetings/{meeting_id}/points/{point_id}/delete", delete_point)
        .post("/mentorships/{mentorship_id}/meetings/{meeting_id}/actions", add_action)
}

type Place = Path<(MentorshipId, MeetingId)>;

#[derive(Debug, Deserialize)]
struct StatusForm {
    status: MeetingStatus,
}

#[derive(Debug, Deserialize)]
struct NotesForm {
    notes: String,
    version: i64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PointForm {
    text: String,
    is_done: bool,
}

async fn reschedule(
    signed: Signed,
    Path((id, meeting_id)): Place,
    Form(form, _): Form<MeetingForm>,
) -> Result<Response> {
    let errors = match form.read(&signed) {
        Ok((starts_at, minutes)) => {
            let patch = MeetingPatch {
                starts_at: Some(starts_at),
                minutes: Some(minutes),
                place: Some(form.place.trim().to_owned()),
                ..MeetingPatch::default()
            };
            let if_match = Some(form.version);
            match signed.call(UpdateMeeting { mentorship_id: id, meeting_id, patch, if_match }).await {
                Ok(_) => return signed.done(&path(id, meeting_id), signed.tr("meetings-moved", &[])).await,
                Err(error) => at_the_date(error, &signed.voice())?,
            }
        }
        Err(errors) => errors,
    };
    let page = MeetingPage::load(&signed, id, meeting_id, Ask { edit: true }).await?;
    MeetingPage { form, ..page }.invalid(&signed, &errors).await
}

async fn set_status(
    signed: Signed,
    Path((id, meeting_id)): Place,
    Form(form, _): Form<StatusForm>,
) -> Result<Response> {
    let patch = MeetingPatch { status: Some(form.status), ..MeetingPatch::default() };
    match signed.call(UpdateMeeting { mentorship_id: id, meeting_id, patch, if_match: None }).await {
        Ok(meeting) => {
            let key = format!("meetings-now-{}", meeting.status);
            signed.done(&path(id, meeting_id), signed.tr(&key, &[])).await
        }
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            MeetingPage::load(&signed, id, meeting_id, Ask::default()).await?.invalid(&signed, &errors).await
        }
    }
}

async fn save_notes(
    signed: Signed,
    Path((id, meeting_id)): Place,
    Form(form, _): Form<NotesForm>,
) -> Result<Response> {
    let patch = MeetingPatch { notes: Some(form.notes.replace("\r\n", "\n")), ..MeetingPatch::default() };
    let if_match = Some(form.version);
    let saved = signed.call(UpdateMeeting { mentorship_id: id, meeting_id, patch, if_match }).await;
    if signed.is_htmx() {
        return Ok(Json(Saved { version: saved?.version }).into_response());
    }
    match saved {
        Ok(_) => signed.done(&path(id, meeting_id), signed.tr("meetings-notes-saved", &[])).await,
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            let page = MeetingPage::load(&signed, id, meeting_id, Ask::default()).await?;
            MeetingPage { notes: Some(form.notes), ..page }.invalid(&signed, &errors).await
        }
    }
}

fn agenda(id: MentorshipId, meeting_id: MeetingId) -> String {
    format!("{}#agenda", path(id, meeting_id))
}

async fn add_point(
    signed: Signed,
    Path((id, meeting_id)): Place,
    Form(form, once): Form<PointForm>,
) -> Result<Response> {
    let point = NewPoint { text: PointText(form.text.trim().to_owned()) };
    let create = CreatePoint { mentorship_id: id, meeting_id, point, if_match: None };
    match signed.call_once(&once, create).await {
        Ok(_) => Ok(signed.redirect(&agenda(id, meeting_id))),
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            let page = MeetingPage::load(&signed, id, meeting_id, Ask::default()).await?;
            MeetingPage { point: form.text, ..page }.invalid(&signed, &errors).await
        }
    }
}

async fn tick_point(
    signed: Signed,
    Path((id, meeting_id, point_id)): Path<(MentorshipId, MeetingId, i64)>,
    Form(form, _): Form<PointForm>,
) -> Result<Response> {
    let patch = PointPatch { text: None, is_done: Some(form.is_done) };
    signed.call(UpdatePoint { mentorship_id: id, meeting_id, point_id, patch, if_match: None }).await?;
    Ok(signed.redirect(&agenda(id, meeting_id)))
}

async fn delete_point(
    signed: Signed,
    Path((id, meeting_id, point_id)): Path<(MentorshipId, MeetingId, i64)>,
    Form(..): Form<Nothing>,
) -> Result<Response> {
    signed.call(DeletePoint { mentorship_id: id, meeting_id, point_id, if_match: None }).await?;
    Ok(signed.redirect(&agenda(id, meeting_id)))
}

async fn add_action(
    signed: Signed,
    Path((id, meeting_id)): Place,
    Form(form, once): Form<ActionForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let (owner, due_on) = (form.owner.parse::<Side>(), form.due_on.parse());
    if owner.is_err() {
        errors = errors.and("owner", signed.tr("field-required", &[]));
    }
    if due_on.is_err() {
        errors = errors.and("due_on", signed.tr("field-required", &[]));
    }
    if let (Ok(owner), Ok(due_on)) = (owner, due_on) {
        let action = NewAction { title: form.title.trim().to_owned(), owner, due_on };
        match signed.call_once(&once, CreateAction { mentorship_id: id, meeting_id, action }).await {
            Ok(action) => {
                let text = signed.tr("meetings-action-added", &[("title", &action.title)]);
                return signed.done(&format!("{}#actions", path(id, meeting_id)), text).await;
            }
            Err(error) => errors = Errors::of(error, &signed.voice())?,
        }
    }
    let page = MeetingPage::load(&signed, id, meeting_id, Ask::default()).await?;
    MeetingPage { action: form, ..page }.invalid(&signed, &errors).await
}
