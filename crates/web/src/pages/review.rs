//! The review queue: what waits for the mentor, the oldest first, with how long it has waited.

use super::Routes;
use crate::{Crumb, Form, Page, Query, Result, Signed, engine::Voice, signed::encoded};
use axum::response::Response;
use chrono::{DateTime, Utc};
use contract::{
    TaskId,
    tasks::{Approval, ApproveTasks, ApprovedItem, ListReviewQueue, QueueFilter, ReviewItem},
};
use serde::{Deserialize, Serialize};

pub fn routes() -> Routes {
    Routes::new().get("/review", show).post("/review/approve", approve)
}

/// Those that were ticked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ApproveForm {
    task_ids: Vec<TaskId>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Ask {
    cursor: Option<String>,
}

#[derive(Serialize)]
struct Review {
    items: Vec<Waiting>,
    next_url: Option<String>,
    is_first: bool,
    /// What became of those that were to be approved just now.
    results: Vec<ApprovedItem>,
}

/// A task in the queue, and how long it has waited.
#[derive(Serialize)]
pub struct Waiting {
    #[serde(flatten)]
    pub item: ReviewItem,
    pub wait: Wait,
}

/// A length of time in its two largest units; `tone` "" within a day, then warn, after two days danger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Wait {
    days: i64,
    hours: i64,
    minutes: i64,
    tone: &'static str,
}

impl Wait {
    fn since(moment: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        Self::lasting(now.signed_duration_since(moment).num_seconds())
    }

    pub fn lasting(seconds: i64) -> Self {
        let minutes = seconds.max(0) / 60;
        let (days, hours) = (minutes / 1_440, minutes / 60 % 24);
        let tone = match days {
            0 => "",
            1 => "warn",
            _ => "danger",
        };
        Self { days, hours, minutes: minutes % 60, tone }
    }
}

impl Waiting {
    pub fn all(items: Vec<ReviewItem>, now: DateTime<Utc>) -> Vec<Self> {
        items.into_iter().map(|item| Self { wait: Wait::since(item.submitted_at, now), item }).collect()
    }
}

async fn show(signed: Signed, Query(ask): Query<Ask>) -> Result<Response> {
    let page = Review::load(&signed, ask, Vec::new()).await?;
    signed.page(&page).await
}

/// Tells of each what became of it: sent twice, the second time finds them approved already.
async fn approve(signed: Signed, Form(form, once): Form<ApproveForm>) -> Result<Response> {
    if form.task_ids.is_empty() {
        return signed.done("/review", signed.tr("review-none-chosen", &[])).await;
    }
    let approval = Approval { task_ids: form.task_ids, comment: None };
    let approved = signed.call_once(&once, ApproveTasks { approval }).await?;
    let page = Review::load(&signed, Ask::default(), approved.items).await?;
    signed.page(&page).await
}

impl Review {
    async fn load(signed: &Signed, ask: Ask, results: Vec<ApprovedItem>) -> Result<Self> {
        let is_first = ask.cursor.is_none();
        let page =
            signed.call(ListReviewQueue { filter: QueueFilter { limit: None, cursor: ask.cursor } }).await?;
        let next_url = page.next.map(|next| format!("/review?cursor={}", encoded(&next)));
        let items = Waiting::all(page.items, signed.app.now());
        Ok(Self { items, next_url, is_first, results })
    }
}

impl Page for Review {
    const TEMPLATE: &'static str = "pages/review.html";
    const HERE: &'static str = "review";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        vec![Crumb::here(voice.tr("nav-review", &[]))]
    }

    fn samples() -> Vec<Self> {
        vec![
            Self {
                items: samples::waiting(),
                next_url: Some("/review?cursor=a".into()),
                is_first: false,
                results: Vec::new(),
            },
            Self { items: samples::waiting(), next_url: None, is_first: true, results: Vec::new() },
            Self { items: Vec::new(), next_url: None, is_first: true, results: samples::results() },
        ]
    }
}

pub mod samples {
    //! Tasks that have waited for minutes, hours and days.

    use super::{ReviewItem, Waiting};
    use crate::pages::mentorships::samples::{day, moment};
    use chrono::Duration;
    use contract::{
        MentorshipId, TaskId, UserId,
        curriculum::Priority,
        tasks::{ApprovalOutcome, ApprovedItem},
    };

    pub fn results() -> Vec<ApprovedItem> {
        let outcomes = ApprovalOutcome::ALL.iter().zip(1..);
        let item = |(outcome, id): (&ApprovalOutcome, i64)| ApprovedItem {
            task_id: TaskId(id),
            outcome: *outcome,
            title: (*outcome != ApprovalOutcome::NotFound).then(|| format!("센서 보정 <절차> {id}")),
        };
        outcomes.map(item).collect()
    }

    pub fn waiting() -> Vec<Waiting> {
        let now = moment(day(24));
        let item = |id, minutes, length, attempt| ReviewItem {
            task_id: TaskId(id),
            mentorship_id: MentorshipId(1),
            title: format!("센서 보정 <절차> {id}"),
            week: 4,
            priority: Priority::High,
            due_on: day(24),
            mentee_id: UserId(11),
            mentee_name: "이도현".into(),
            submitted_at: now - Duration::minutes(minutes),
            length,
            attempt,
            files: id % 3,
        };
        let items = vec![
            item(1, 3_190, 1_240, 2),
            item(2, 2_880, 0, 1),
            item(3, 1_570, 820, 1),
            item(4, 185, 12, 3),
            item(5, 7, 1, 1),
            item(6, 0, 1, 1),
        ];
        Waiting::all(items, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders() {
        crate::page::tests::renders::<Review>();
    }

    #[test]
    fn waiting_is_told_in_days_and_hours_and_gets_louder() {
        let waits: Vec<_> = samples::waiting().into_iter().map(|waiting| waiting.wait).collect();
        let tell = |wait: &Wait| (wait.days, wait.hours, wait.minutes, wait.tone);
        assert_eq!(tell(&waits[0]), (2, 5, 10, "danger"));
        assert_eq!(tell(&waits[2]), (1, 2, 10, "warn"));
        assert_eq!(tell(&waits[3]), (0, 3, 5, ""));
        assert_eq!(tell(&waits[5]), (0, 0, 0, ""));
    }
}
