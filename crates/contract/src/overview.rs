//! How mentorships are doing: the mentor's home, and the company's overview for admins.

use crate::{UserId, endpoint, facts::FlagKind, mentorship::Mentorship};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The mentor's home: everything about the mentees, in one answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MentorHome {
    /// The running mentorships of the caller as a mentor, those at risk first; at most 300.
    pub mentees: Vec<Mentorship>,
    /// Proposed to the caller, and not answered yet.
    pub proposals: Vec<Mentorship>,
    /// Reviews of the last 30 days.
    pub reviews: i64,
    /// How long a submission waited for them: the median, in seconds.
    pub median_seconds: Option<i64>,
}

/// What a mentor has at hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct MentorLoad {
    pub mentor_id: UserId,
    pub mentor_name: String,
    /// Running mentorships.
    pub active: i64,
    /// Tasks that wait for review.
    pub waiting: i64,
    /// Reviews of the last 30 days.
    pub reviews: i64,
    /// How long a submission waited for them: the median, in seconds.
    pub median_seconds: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RiskCount {
    pub kind: FlagKind,
    pub count: i64,
}

/// All running mentorships within reach, in figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Overview {
    pub active: i64,
    /// Those with any risk.
    pub at_risk: i64,
    /// How many have each risk.
    pub risks: Vec<RiskCount>,
    /// The mentors with the most running mentorships; at most 20.
    pub mentors: Vec<MentorLoad>,
}

endpoint! {
    /// The mentor's own mentees, those at risk first, and how quickly the mentor answers.
    GET "/api/mentorship/mentor-home" GetMentorHome -> MentorHome, ReviewTask
}
endpoint! {
    /// Running mentorships by risk, and the load of mentors.
    GET "/api/mentorship/overview" GetOverview -> Overview, ReviewTask
}
