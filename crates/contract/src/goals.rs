//! Goals of a mentorship, with their progress and its history.

use crate::{GoalId, MentorshipId, Nothing, Page, UserId, endpoint};
use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A step of a goal's history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GoalStep {
    /// `goal_added`, `goal_progress` or `goal_changed`.
    pub kind: String,
    /// Progress before and after, where it changed.
    pub progress: Option<(i64, i64)>,
    pub comment: Option<String>,
    pub actor_name: Option<String>,
    pub happened_at: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct Goal {
    pub goal_id: GoalId,
    pub mentorship_id: MentorshipId,
    pub title: String,
    /// How one will know that it is reached.
    pub measure: String,
    pub due_on: Option<NaiveDate>,
    /// 0 to 100.
    pub progress: i64,
    /// Markdown.
    pub notes: String,
    pub created_by: Option<UserId>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// Counts every change: the `ETag`.
    pub version: i64,
    /// What happened to it, newest first; in the list only.
    #[serde(default)]
    #[cfg_attr(feature = "sql", sqlx(skip))]
    pub history: Vec<GoalStep>,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGoal {
    #[schemars(length(min = 1, max = 200))]
    pub title: String,
    #[serde(default)]
    #[schemars(length(max = 500))]
    pub measure: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
    #[serde(default)]
    #[schemars(length(max = 10_000))]
    pub notes: String,
}

/// What isn't named stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoalPatch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 200))]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 500))]
    pub measure: Option<String>,
    /// Null for none.
    #[serde(default, deserialize_with = "crate::text::nullable", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<NaiveDate>")]
    pub due_on: Option<Option<NaiveDate>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 100))]
    pub progress: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 10_000))]
    pub notes: Option<String>,
    /// A word on the progress, kept in its history.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 1000))]
    pub comment: Option<String>,
}

endpoint! {
    /// The goals in the order they were set, each with its history.
    GET "/api/mentorship/{mentorship_id}/goals" ListGoals path(mentorship_id: MentorshipId) -> Page<Goal>, ReadMentorship
}
endpoint! {
    /// Set a goal.
    POST "/api/mentorship/{mentorship_id}/goals" CreateGoal path(mentorship_id: MentorshipId) body(goal: NewGoal) -> Goal, WorkMentorship, versioned(version)
}
endpoint! {
    /// Change a goal, or note its progress.
    PUT "/api/mentorship/{mentorship_id}/goals/{goal_id}" UpdateGoal path(mentorship_id: MentorshipId, goal_id: GoalId) body(patch: GoalPatch) -> Goal, WorkMentorship, versioned(version)
}
endpoint! {
    /// Give a goal up; that it was there stays in the record.
    DELETE "/api/mentorship/{mentorship_id}/goals/{goal_id}" DeleteGoal path(mentorship_id: MentorshipId, goal_id: GoalId) -> Nothing, WorkMentorship
}
