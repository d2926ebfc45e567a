//! 1:1 meetings: when, where, what about, what came of it.

use crate::{MeetingId, MentorshipId, Page, TaskId, UserId, agreement::Side, endpoint, tasks::TaskStatus};
use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

crate::words! {
    MeetingStatus { Planned = "planned", Held = "held", Cancelled = "cancelled" }
}

/// Something to talk about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AgendaPoint {
    /// Counts the points of its meeting.
    pub point_id: i64,
    pub text: String,
    /// Talked about.
    pub is_done: bool,
    pub added_by: UserId,
    pub added_by_name: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct Meeting {
    pub meeting_id: MeetingId,
    pub mentorship_id: MentorshipId,
    pub starts_at: DateTime<Utc>,
    pub minutes: i64,
    /// A room or a link.
    pub place: String,
    #[cfg_attr(feature = "sql", sqlx(json))]
    pub agenda: Vec<AgendaPoint>,
    /// Markdown, written by both.
    pub notes: String,
    pub status: MeetingStatus,
    /// How often calendars were told of a change.
    pub sequence: i64,
    pub updated_at: DateTime<Utc>,
    /// Counts every change: the `ETag`.
    pub version: i64,
    /// Tasks that came of it.
    pub actions: i64,
}

/// A task that came of a meeting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct MeetingAction {
    pub task_id: TaskId,
    pub title: String,
    pub owner_id: UserId,
    pub owner_name: String,
    pub due_on: NaiveDate,
    pub status: TaskStatus,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MeetingDetail {
    pub meeting: Meeting,
    pub actions: Vec<MeetingAction>,
    pub mentor_id: UserId,
    pub mentor_name: String,
    pub mentee_id: UserId,
    pub mentee_name: String,
    /// Whether the caller may change it now.
    pub can_write: bool,
    /// `meeting.version`, repeated for `If-Match`.
    pub version: i64,
}

/// One's next meetings, whoever they are with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct UpcomingMeeting {
    pub meeting_id: MeetingId,
    pub mentorship_id: MentorshipId,
    pub starts_at: DateTime<Utc>,
    pub minutes: i64,
    pub place: String,
    pub with_id: UserId,
    pub with_name: String,
}

/// When they would meet next by the agreed rhythm: on a working day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MeetingSuggestion {
    /// None where they meet as needed.
    pub starts_at: Option<DateTime<Utc>>,
    pub minutes: i64,
    pub place: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub limit: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 500))]
    pub cursor: Option<String>,
}

/// A point as text.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(transparent)]
pub struct PointText(#[schemars(length(min = 1, max = 500))] pub String);

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMeeting {
    pub starts_at: DateTime<Utc>,
    #[schemars(range(min = 5, max = 600))]
    pub minutes: i64,
    #[serde(default)]
    #[schemars(length(max = 500))]
    pub place: String,
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub agenda: Vec<PointText>,
}

/// What isn't named stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingPatch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 5, max = 600))]
    pub minutes: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 500))]
    pub place: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 20_000))]
    pub notes: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<MeetingStatus>,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPoint {
    pub text: PointText,
}

/// What isn't named stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointPatch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<PointText>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_done: Option<bool>,
}

/// What somebody is to do, and until when.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAction {
    #[schemars(length(min = 1, max = 200))]
    pub title: String,
    pub owner: Side,
    pub due_on: NaiveDate,
}

endpoint! {
    /// One's next meetings with anybody, the soonest first.
    GET "/api/mentorship/upcoming-meetings" ListUpcomingMeetings -> Page<UpcomingMeeting>, ReadMentorship
}
endpoint! {
    /// The meetings of a mentorship, the latest first.
    GET "/api/mentorship/{mentorship_id}/meetings" ListMeetings path(mentorship_id: MentorshipId) query(filter: MeetingFilter) -> Page<Meeting>, ReadMentorship
}
endpoint! {
    /// Plan a meeting; both are invited by mail.
    POST "/api/mentorship/{mentorship_id}/meetings" CreateMeeting path(mentorship_id: MentorshipId) body(meeting: NewMeeting) -> Meeting, WorkMentorship, versioned(version)
}
endpoint! {
    /// When to meet next, by the agreed rhythm.
    GET "/api/mentorship/{mentorship_id}/meetings/suggestion" SuggestMeeting path(mentorship_id: MentorshipId) -> MeetingSuggestion, ReadMentorship
}
endpoint! {
    /// One meeting, with what came of it.
    GET "/api/mentorship/{mentorship_id}/meetings/{meeting_id}" GetMeeting path(mentorship_id: MentorshipId, meeting_id: MeetingId) -> MeetingDetail, ReadMentorship, versioned(version)
}
endpoint! {
    /// Move a meeting, write its notes, say that it was held or is called off.
    ///
    /// Whoever was invited is told of another time or place, and of its end.
    PUT "/api/mentorship/{mentorship_id}/meetings/{meeting_id}" UpdateMeeting path(mentorship_id: MentorshipId, meeting_id: MeetingId) body(patch: MeetingPatch) -> Meeting, WorkMentorship, versioned(version)
}
endpoint! {
    /// Add something to talk about.
    POST "/api/mentorship/{mentorship_id}/meetings/{meeting_id}/points" CreatePoint path(mentorship_id: MentorshipId, meeting_id: MeetingId) body(point: NewPoint) -> Meeting, WorkMentorship, versioned(version)
}
endpoint! {
    /// Change a point, or tick it off.
    PUT "/api/mentorship/{mentorship_id}/meetings/{meeting_id}/points/{point_id}" UpdatePoint path(mentorship_id: MentorshipId, meeting_id: MeetingId, point_id: i64) body(patch: PointPatch) -> Meeting, WorkMentorship, versioned(version)
}
endpoint! {
    /// Take a point off the agenda.
    DELETE "/api/mentorship/{mentorship_id}/meetings/{meeting_id}/points/{point_id}" DeletePoint path(mentorship_id: MentorshipId, meeting_id: MeetingId, point_id: i64) -> Meeting, WorkMentorship, versioned(version)
}
endpoint! {
    /// Make what was agreed on a task of the plan, with its owner and its date.
    POST "/api/mentorship/{mentorship_id}/meetings/{meeting_id}/actions" CreateAction path(mentorship_id: MentorshipId, meeting_id: MeetingId) body(action: NewAction) -> MeetingAction, WorkMentorship
}
