//! What happens to a mentorship as a whole: its life, its dates, its people.
//!
//! Append-only. A task's own changes are [`crate::tasks::TaskEvent`]s; the timeline shows both.

use crate::{MentorshipEventId, MentorshipId, UserId};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

crate::words! {
    /// What happened. The kind says what is in `details`.
    MentorshipEventKind {
        /// Proposed to a mentor: `{mentor_id, start_on}`.
        Proposed = "proposed",
        /// The mentor takes it on: `{start_on}`.
        Accepted = "accepted",
        /// The mentor does not; the comment says why.
        Declined = "declined",
        /// Taken back before it was answered.
        Withdrawn = "withdrawn",
        /// The plan was made: `{start_on, end_on, tasks}`.
        Started = "started",
        /// `{paused_on}`.
        Paused = "paused",
        /// `{resumed_on, days, moved, end_on: [before, after]}`.
        Resumed = "resumed",
        /// `{start_on: [before, after], end_on: [before, after], moved}`.
        Shifted = "shifted",
        /// `{end_on: [before, after]}`.
        EndMoved = "end_moved",
        /// `{changed, added, skipped, end_on: [before, after]}`.
        PlanEdited = "plan_edited",
        /// `{mentor_id: [before, after]}`.
        HandedOver = "handed_over",
        Completed = "completed",
        /// Before its time; the comment says why.
        Ended = "ended",
        /// A version was begun: `{number}`.
        AgreementChanged = "agreement_changed",
        /// `{number, side}`.
        AgreementSigned = "agreement_signed",
        /// `{goal_id, title}`.
        GoalAdded = "goal_added",
        /// Title, measure, date or notes: `{goal_id, title}`.
        GoalChanged = "goal_changed",
        /// `{goal_id, title, progress: [before, after]}`.
        GoalProgress = "goal_progress",
        /// `{goal_id, title}`.
        GoalRemoved = "goal_removed",
        /// `{meeting_id, starts_at}`.
        MeetingPlanned = "meeting_planned",
        /// Another time or place: `{meeting_id, starts_at}`.
        MeetingMoved = "meeting_moved",
        /// `{meeting_id, starts_at}`.
        MeetingHeld = "meeting_held",
        /// `{meeting_id, starts_at}`.
        MeetingCancelled = "meeting_cancelled",
        /// `{side}`.
        ReportSigned = "report_signed",
        /// Both have signed it.
        ReportLocked = "report_locked",
        /// By an admin; the comment says why.
        ReportReopened = "report_reopened",
        /// Brought to another version: `{upgrade_id, curriculum_id, title, version: [before, after], added, changed,
        /// dropped, end_on: [before, after]}`.
        Upgraded = "upgraded",
        /// That taken back: the same, the other way round.
        UpgradeUndone = "upgrade_undone",
    }
}

/// One thing that happened to a mentorship.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct MentorshipEvent {
    pub event_id: MentorshipEventId,
    pub mentorship_id: MentorshipId,
    pub kind: MentorshipEventKind,
    #[cfg_attr(feature = "sql", sqlx(json))]
    pub details: serde_json::Value,
    pub comment: Option<String>,
    pub actor_id: Option<UserId>,
    pub actor_name: Option<String>,
    pub happened_at: DateTime<Utc>,
}
