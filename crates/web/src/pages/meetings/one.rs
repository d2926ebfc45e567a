//! One 1:1: its agenda, its notes, what came of it.

use super::new::MeetingForm;
use crate::{
    Crumb, Errors, Page, Query, Result, Signed, dates,
    engine::Voice,
    pages::{
        Routes,
        pair::{self, Pair},
    },
};
use axum::{extract::Path, response::Response};
use chrono::NaiveDate;
use contract::{
    MeetingId, MentorshipId,
    meetings::{GetMeeting, MeetingDetail, MeetingStatus},
};
use serde::{Deserialize, Serialize};

pub fn routes() -> Routes {
    super::change::routes(Routes::new().get("/mentorships/{mentorship_id}/meetings/{meeting_id}", show))
}

#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Ask {
    /// The form for time and place is open.
    pub edit: bool,
}

/// What was typed and could not be done.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ActionForm {
    pub title: String,
    pub owner: String,
    pub due_on: String,
}

#[derive(Serialize)]
pub struct MeetingPage {
    pub pair: Pair,
    pub detail: MeetingDetail,
    pub ask: Ask,
    pub form: MeetingForm,
    pub point: String,
    pub notes: Option<String>,
    pub action: ActionForm,
    /// Its day in the company's zone, for the way here.
    pub day: NaiveDate,
    /// Whether its time has come: only then can it have been held.
    pub has_begun: bool,
    /// Whether the place is an address of the web.
    pub is_link: bool,
}

impl MeetingPage {
    pub async fn load(
        signed: &Signed,
        mentorship_id: MentorshipId,
        meeting_id: MeetingId,
        ask: Ask,
    ) -> Result<Self> {
        let pair = Pair::load(signed, mentorship_id).await?;
        let detail = signed.call(GetMeeting { mentorship_id, meeting_id, if_match: None }).await?;
        let setting = signed.setting();
        let mut page = Self::of(pair, detail, ask, setting.zone);
        page.has_begun = page.detail.meeting.starts_at <= setting.now;
        Ok(page)
    }

    fn of(pair: Pair, detail: MeetingDetail, ask: Ask, zone: chrono_tz::Tz) -> Self {
        let meeting = &detail.meeting;
        let form = MeetingForm {
            version: meeting.version,
            ..MeetingForm::at(Some(meeting.starts_at), meeting.minutes, &meeting.place, zone)
        };
        let day = meeting.starts_at.with_timezone(&zone).date_naive();
        let is_link = meeting.place.starts_with("https://") || meeting.place.starts_with("http://");
        let action = ActionForm { owner: "mentee".into(), ..ActionForm::default() };
        let ask = if detail.can_write { ask } else { Ask::default() };
        Self {
            pair,
            ask,
            form,
            point: String::new(),
            notes: None,
            action,
            day,
            has_begun: true,
            is_link,
            detail,
        }
    }

    /// The page again, with what was wrong.
    pub async fn invalid(self, signed: &Signed, errors: &Errors) -> Result<Response> {
        signed.invalid(&self, errors).await
    }
}

pub fn path(mentorship_id: MentorshipId, meeting_id: MeetingId) -> String {
    pair::path(mentorship_id, &format!("meetings/{meeting_id}"))
}

async fn show(
    signed: Signed,
    Path((mentorship_id, meeting_id)): Path<(MentorshipId, MeetingId)>,
    Query(ask): Query<Ask>,
) -> Result<Response> {
    signed.page(&MeetingPage::load(&signed, mentorship_id, meeting_id, ask).await?).await
}

impl Page for MeetingPage {
    const TEMPLATE: &'static str = "pages/meeting.html";
    const HERE: &'static str = "mentees";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        let mut crumbs = self.pair.crumbs(voice, "pair-meetings");
        if let Some(list) = crumbs.last_mut() {
            list.href = Some(self.pair.path("meetings"));
        }
        crumbs.push(Crumb::here(dates::exact(voice, self.day)));
        crumbs
    }

    fn samples() -> Vec<Self> {
        use crate::pages::mentorships::samples::day;
        use contract::{TaskId, UserId, meetings::MeetingAction, tasks::TaskStatus};
        let [mentor, mentee, reader] = Pair::samples();
        let action = |id, status| MeetingAction {
            task_id: TaskId(id),
            title: "런북 <고치기>".into(),
            owner_id: UserId(11),
            owner_name: "한지우".into(),
            due_on: day(20),
            status,
        };
        let detail = |id, status, can_write| MeetingDetail {
            meeting: super::samples::meeting(id, 8, status),
            actions: if id == 2 {
                vec![action(1, TaskStatus::Todo), action(2, TaskStatus::Done)]
            } else {
                Vec::new()
            },
            mentor_id: UserId(3),
            mentor_name: "박서연".into(),
            mentee_id: UserId(11),
            mentee_name: "한지우".into(),
            can_write,
            version: 2,
        };
        let zone = chrono_tz::Asia::Seoul;
        let edit = Ask { edit: true };
        let planned = Self::of(mentor.clone(), detail(1, MeetingStatus::Planned, true), Ask::default(), zone);
        let ahead = Self {
            has_begun: false,
            ..Self::of(mentee.clone(), detail(1, MeetingStatus::Planned, true), edit, zone)
        };
        let typed = Self {
            notes: Some("<적던 것>".into()),
            point: "<안건>".into(),
            ..Self::of(mentee, detail(2, MeetingStatus::Held, true), Ask::default(), zone)
        };
        vec![
            planned,
            ahead,
            typed,
            Self::of(mentor, detail(2, MeetingStatus::Cancelled, true), Ask::default(), zone),
            Self::of(reader.clone(), detail(2, MeetingStatus::Held, false), edit, zone),
            Self::of(reader, detail(1, MeetingStatus::Planned, false), Ask::default(), zone),
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::MeetingPage>();
    }
}
