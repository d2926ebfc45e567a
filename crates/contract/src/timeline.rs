//! The timeline: everything that happened in a mentorship, kept for good.

use crate::{MentorshipId, Page, TaskId, UserId, endpoint};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

crate::words! {
    /// What an entry is about.
    Topic {
        /// Changes of tasks.
        Task = "task",
        Memo = "memo",
        Meeting = "meeting",
        Goal = "goal",
        Agreement = "agreement",
        Report = "report",
        /// Its life, its dates, its people.
        Mentorship = "mentorship",
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct TimelineEntry {
    pub topic: Topic,
    /// A task's `EventKind`, a mentorship's `MentorshipEventKind`, or `memo`.
    pub kind: String,
    /// Its id among those of its table; unique together with whether it is a task's, a memo or the mentorship's.
    pub entry_id: i64,
    pub task_id: Option<TaskId>,
    pub task_title: Option<String>,
    /// Which field of the task, when it was edited.
    pub field: Option<String>,
    pub old_value: Option<String>,
    pub new_value: Option<String>,
    /// What belongs to a mentorship's event: an object.
    #[cfg_attr(feature = "sql", sqlx(json(nullable)))]
    pub details: Option<serde_json::Value>,
    /// Words that were said with it; of a memo its first 500 letters.
    pub comment: Option<String>,
    /// A memo that the mentee does not see.
    pub mentor_only: bool,
    pub actor_id: Option<UserId>,
    pub actor_name: Option<String>,
    pub happened_at: DateTime<Utc>,
    /// Among what happened at the same instant: 1 of the mentorship, 2 of a task, 3 a memo.
    pub rank: i64,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimelineFilter {
    /// Only what is about this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<Topic>,
    /// Only what this person did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_id: Option<UserId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub limit: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 500))]
    pub cursor: Option<String>,
}

endpoint! {
    /// Everything that happened, newest first.
    ///
    /// Tasks, memos, meetings, goals, the agreement, the report and the mentorship's own life. Memos for mentors
    /// are not in the mentee's.
    GET "/api/mentorship/{mentorship_id}/timeline" GetTimeline path(mentorship_id: MentorshipId) query(filter: TimelineFilter) -> Page<TimelineEntry>, ReadMentorship
}
