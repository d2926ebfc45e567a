//! The mentor's home: what waits for review, then how the mentees are doing.

use super::{
    meetings,
    mentorships::row::Row,
    review::{self, Wait, Waiting},
};
use crate::{Crumb, Page, Result, Signed, engine::Voice};
use axum::response::Response;
use contract::{
    meetings::UpcomingMeeting,
    mentorship::Mentorship,
    overview::GetMentorHome,
    page::MAX_LIMIT,
    policy::Role,
    tasks::{ListReviewQueue, QueueFilter},
};
use serde::Serialize;

/// How much of the queue the home shows; the review page has it all.
const SHOWN: usize = 6;

#[derive(Serialize)]
struct MentorHome {
    given_name: String,
    /// The oldest ones.
    queue: Vec<Waiting>,
    waiting: usize,
    /// Whether more wait than were counted.
    has_more_waiting: bool,
    /// Those at risk first.
    mentees: Vec<Row>,
    at_risk: usize,
    /// How long a submission waited for one's answer, usually.
    answers_in: Option<Wait>,
    /// Proposed to the reader, and not answered yet.
    proposals: Vec<Mentorship>,
    /// The way to the own plan, for those who are mentees too.
    own_plan: Option<&'static str>,
    upcoming: Vec<UpcomingMeeting>,
}

pub async fn show(signed: Signed) -> Result<Response> {
    let queue = ListReviewQueue { filter: QueueFilter { limit: Some(MAX_LIMIT), cursor: None } };
    let (queue, own) = futures_util::try_join!(signed.call(queue), signed.call(GetMentorHome {}))?;
    let upcoming = meetings::upcoming(&signed).await?;
    let waiting = queue.items.len();
    let mut items = Waiting::all(queue.items, signed.app.now());
    items.truncate(SHOWN);
    let is_mentee = signed.me.roles.has(Role::Mentee);
    let home = MentorHome {
        given_name: signed.me.given_name.clone(),
        queue: items,
        waiting,
        has_more_waiting: queue.next.is_some(),
        at_risk: own.mentees.iter().filter(|one| !one.facts.risks.is_empty()).count(),
        answers_in: own.median_seconds.map(Wait::lasting),
        mentees: Row::all(own.mentees, signed.setting()),
        proposals: own.proposals,
        own_plan: is_mentee.then(|| signed.app.paths.get("/plan").copied()).flatten(),
        upcoming,
    };
    signed.page(&home).await
}

impl Page for MentorHome {
    const TEMPLATE: &'static str = "pages/mentor_home.html";
    const HERE: &'static str = "home";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        vec![Crumb::here(voice.tr("nav-home", &[]))]
    }

    fn samples() -> Vec<Self> {
        let home = |queue: Vec<Waiting>, mentees| Self {
            given_name: "서연".into(),
            waiting: queue.len(),
            queue,
            has_more_waiting: false,
            at_risk: 5,
            answers_in: Some(Wait::lasting(3 * 3600)),
            mentees,
            proposals: Vec::new(),
            own_plan: None,
            upcoming: Vec::new(),
        };
        let rows = || super::mentorships::List::samples("/mentees").remove(0).rows;
        let full = home(review::samples::waiting(), rows());
        vec![
            home(review::samples::waiting(), rows()),
            home(Vec::new(), rows()),
            home(Vec::new(), Vec::new()),
            Self {
                has_more_waiting: true,
                at_risk: 0,
                answers_in: None,
                own_plan: Some("/plan"),
                upcoming: meetings::samples::upcoming(),
                waiting: 100,
                proposals: vec![super::mentorships::samples::mentorship(1)],
                ..full
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::MentorHome>();
    }
}
