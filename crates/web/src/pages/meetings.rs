//! The 1:1s of a pair: the next one by the agreed rhythm, what is ahead, what was.

use super::{Routes, pair::Pair};
use crate::{Crumb, Page, Query, Result, Signed, engine::Voice};
use axum::{extract::Path, response::Response};
use chrono::{DateTime, Utc};
use contract::{
    MentorshipId,
    meetings::{
        ListMeetings, Meeting, MeetingFilter, MeetingStatus, MeetingSuggestion, SuggestMeeting,
        UpcomingMeeting,
    },
};
use serde::{Deserialize, Serialize};

mod change;
mod new;
mod one;
pub mod samples;

pub fn routes() -> Routes {
    Routes::new().get("/mentorships/{mentorship_id}/meetings", show).merge(new::routes()).merge(one::routes())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    cursor: Option<String>,
}

#[derive(Serialize)]
struct MeetingsPage {
    pair: Pair,
    ahead: Vec<Meeting>,
    past: Vec<Meeting>,
    next_url: Option<String>,
    suggestion: Option<MeetingSuggestion>,
}

async fn show(
    signed: Signed,
    Path(mentorship_id): Path<MentorshipId>,
    Query(ask): Query<Ask>,
) -> Result<Response> {
    let pair = Pair::load(&signed, mentorship_id).await?;
    let filter = MeetingFilter { limit: None, cursor: ask.cursor };
    let meetings = signed.call(ListMeetings { mentorship_id, filter }).await?;
    let suggestion =
        if pair.can_write { Some(signed.call(SuggestMeeting { mentorship_id }).await?) } else { None };
    let now = signed.setting().now;
    signed.page(&MeetingsPage::of(pair, meetings.items, meetings.next, suggestion, now)).await
}

impl MeetingsPage {
    fn of(
        pair: Pair,
        meetings: Vec<Meeting>,
        next: Option<String>,
        suggestion: Option<MeetingSuggestion>,
        now: DateTime<Utc>,
    ) -> Self {
        // A meeting that is over but not yet said to be held still waits for its notes.
        let (mut ahead, past): (Vec<_>, Vec<_>) = meetings
            .into_iter()
            .partition(|meeting| meeting.status == MeetingStatus::Planned && meeting.starts_at >= now);
        ahead.reverse();
        let next_url =
            next.map(|next| format!("{}?cursor={}", pair.path("meetings"), crate::signed::encoded(&next)));
        Self { pair, ahead, past, next_url, suggestion }
    }
}

impl Page for MeetingsPage {
    const TEMPLATE: &'static str = "pages/meetings.html";
    const HERE: &'static str = "mentees";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        self.pair.crumbs(voice, "pair-meetings")
    }

    fn samples() -> Vec<Self> {
        use super::mentorships::samples::{day, moment};
        let [mentor, mentee, reader] = Pair::samples();
        let now = moment(day(10));
        let suggestion =
            |starts_at| Some(MeetingSuggestion { starts_at, minutes: 30, place: "회의실 <A>".into() });
        vec![
            Self::of(
                mentor.clone(),
                samples::meetings(),
                Some("a+b".into()),
                suggestion(Some(moment(day(17)))),
                now,
            ),
            Self::of(mentee, Vec::new(), None, suggestion(Some(moment(day(3)))), now),
            Self::of(mentor, samples::meetings(), None, suggestion(None), now),
            Self::of(reader.clone(), samples::meetings(), None, None, now),
            Self::of(reader, Vec::new(), None, None, now),
        ]
    }
}

/// What stands on both homes.
pub async fn upcoming(signed: &Signed) -> Result<Vec<UpcomingMeeting>> {
    let meetings = signed.call(contract::meetings::ListUpcomingMeetings {}).await?.items;
    Ok(meetings.into_iter().take(3).collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::MeetingsPage>();
    }
}
