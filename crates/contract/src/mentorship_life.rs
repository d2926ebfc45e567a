//! The life of a mentorship: proposed, accepted or declined, and what happens to it then.
//!
//! Which step is allowed when and to whom is one table in `api::rules::life`; every mentorship answers with the steps
//! that its reader may take.

use crate::{
    MentorshipId, Page, UserId, VersionId, endpoint,
    mentorship::{EndReason, Mentorship},
    mentorship_events::MentorshipEvent,
};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

crate::words! {
    /// What can be done to a mentorship as a whole.
    MentorshipStep {
        /// The mentor takes the proposal on; the plan is made.
        Accept = "accept",
        Decline = "decline",
        /// Who proposed takes it back.
        Withdraw = "withdraw",
        Pause = "pause",
        Resume = "resume",
        /// Move its first or last day.
        Shift = "shift",
        EditPlan = "edit_plan",
        HandOver = "hand_over",
        Complete = "complete",
        End = "end",
    }
}

/// What an admin proposes to a mentor. The plan is drawn when the mentor accepts.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewProposal {
    /// Active or invited.
    pub mentee_id: UserId,
    pub mentor_id: UserId,
    /// Published versions, one or more.
    #[schemars(length(min = 1, max = 10))]
    pub version_ids: Vec<VersionId>,
    pub start_on: NaiveDate,
    /// From the curriculum when empty.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub title: String,
    /// What the mentor is told.
    #[serde(default)]
    #[schemars(length(max = 2000))]
    pub note: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    /// Another first day than the proposed one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_on: Option<NaiveDate>,
}

/// A mentor as somebody to propose to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct MentorChoice {
    pub user_id: UserId,
    pub name: String,
    pub position: Option<String>,
    pub department_name: Option<String>,
    /// Running mentorships, and proposals not yet answered.
    pub load: i64,
    /// How many the mentor takes at once; `null` is no limit.
    pub capacity: Option<i64>,
    /// The last day of the absence the mentor is in today.
    pub away_until: Option<NaiveDate>,
}

impl MentorChoice {
    /// Whether one more is more than the mentor takes.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.capacity.is_some_and(|capacity| self.load >= capacity)
    }
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MentorFilter {
    /// Name in either order, or initial consonants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 100))]
    pub search: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub limit: Option<i64>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MentorshipEventFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub limit: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 500))]
    pub cursor: Option<String>,
}

endpoint! {
    /// Active mentors with their load, those with most room first.
    GET "/api/mentorship/mentors" ListMentors query(filter: MentorFilter) -> Page<MentorChoice>, StartMentorship
}
endpoint! {
    /// Propose a mentorship to a mentor, who accepts or declines it.
    ///
    /// A mentee has at most one open proposal, and none beside a running mentorship.
    POST "/api/mentorship/propose" ProposeMentorship body(proposal: NewProposal) -> Mentorship, ProposeMentorship
}
endpoint! {
    /// Accept a proposal: the plan is made as starting a mentorship makes it.
    POST "/api/mentorship/{mentorship_id}/accept" AcceptMentorship path(mentorship_id: MentorshipId) body(acceptance: Acceptance) -> Mentorship, AnswerMentorship
}
endpoint! {
    /// Decline a proposal, with a reason.
    POST "/api/mentorship/{mentorship_id}/decline" DeclineMentorship path(mentorship_id: MentorshipId) body(reason: EndReason) -> Mentorship, AnswerMentorship
}
endpoint! {
    /// Take a proposal back before it is answered.
    POST "/api/mentorship/{mentorship_id}/withdraw" WithdrawMentorship path(mentorship_id: MentorshipId) -> Mentorship, ProposeMentorship
}
endpoint! {
    /// The steps of its life, newest first.
    GET "/api/mentorship/{mentorship_id}/events" ListMentorshipEvents path(mentorship_id: MentorshipId) query(filter: MentorshipEventFilter) -> Page<MentorshipEvent>, ReadMentorship
}
