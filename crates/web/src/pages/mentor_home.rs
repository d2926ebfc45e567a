//! The mentor's home: what waits for review, then how the mentees are doing.

use super::{
    mentorships::row::Row,
    review::{self, Waiting},
};
use crate::{Crumb, Page, Result, Signed, engine::Voice};
use axum::response::Response;
use contract::{
    mentorship::{ListMentorships, MentorshipFilter, MentorshipStatus},
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
    mentees: Vec<Row>,
    has_more_mentees: bool,
    /// The way to the own plan, for those who are mentees too.
    own_plan: Option<&'static str>,
}

pub async fn show(signed: Signed) -> Result<Response> {
    let filter = MentorshipFilter {
        status: Some(MentorshipStatus::Active),
        mentor_id: Some(signed.me.user_id),
        limit: Some(MAX_LIMIT),
        ..MentorshipFilter::default()
    };
    let queue =
        signed.call(ListReviewQueue { filter: QueueFilter { limit: Some(MAX_LIMIT), cursor: None } }).await?;
    let mentorships = signed.call(ListMentorships { filter }).await?;
    let waiting = queue.items.len();
    let mut items = Waiting::all(queue.items, signed.app.now());
    items.truncate(SHOWN);
    let is_mentee = signed.me.roles.has(Role::Mentee);
    let mut mentees = Row::all(mentorships.items, signed.setting());
    mentees.sort_by_key(|row| tone_rank(row.risk.tone));
    let home = MentorHome {
        given_name: signed.me.given_name.clone(),
        queue: items,
        waiting,
        has_more_waiting: queue.next.is_some(),
        mentees,
        has_more_mentees: mentorships.next.is_some(),
        own_plan: is_mentee.then(|| signed.app.paths.get("/plan").copied()).flatten(),
    };
    signed.page(&home).await
}

/// Those who need somebody come first.
fn tone_rank(tone: &str) -> u8 {
    match tone {
        "danger" => 0,
        "warn" => 1,
        _ => 2,
    }
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
            mentees,
            has_more_mentees: false,
            own_plan: None,
        };
        let rows = || super::mentorships::List::samples("/mentees").remove(0).rows;
        let full = home(review::samples::waiting(), rows());
        vec![
            home(review::samples::waiting(), rows()),
            home(Vec::new(), rows()),
            home(Vec::new(), Vec::new()),
            Self {
                has_more_waiting: true,
                has_more_mentees: true,
                own_plan: Some("/plan"),
                waiting: 100,
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
