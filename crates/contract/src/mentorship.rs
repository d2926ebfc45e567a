//! Mentorships: one mentor, one mentee, one dated plan.

use crate::{
    CompanyId, CurriculumId, DepartmentId, MentorshipId, Page, UserId, VersionId,
    curriculum::{Priority, TaskKind, TaskOwner},
    endpoint,
    facts::Facts,
    mentorship_dates::DateConflict,
    mentorship_life::MentorshipStep,
    tasks::Task,
    users::UserStatus,
};
use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

crate::words! {
    /// Where a mentorship is in its life.
    MentorshipStatus {
        Proposed = "proposed",
        Active = "active",
        Paused = "paused",
        Completed = "completed",
        /// Before its time, with a reason.
        Ended = "ended",
    }
}

crate::words! {
    /// Which mentorships have something to look at.
    RiskFilter {
        Any = "any",
        Over = "over",
        Quiet = "quiet",
        Overdue = "overdue",
        Waiting = "waiting",
        Returned = "returned",
    }
}
crate::words! {
    /// Running ones always come first.
    MentorshipSort {
        /// By the mentee's name.
        Name = "name",
        /// By the last day.
        EndOn = "end_on",
        /// By the first day.
        StartOn = "start_on",
        /// By the mentor's name.
        Mentor = "mentor",
    }
}

/// A curriculum version a plan was made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlanSource {
    pub curriculum_id: CurriculumId,
    pub version_id: VersionId,
    pub number: i64,
    pub title: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct Mentorship {
    pub mentorship_id: MentorshipId,
    pub company_id: CompanyId,
    pub mentor_id: UserId,
    pub mentor_name: String,
    pub mentor_position: Option<String>,
    pub mentee_id: UserId,
    pub mentee_name: String,
    pub mentee_department: Option<String>,
    pub title: String,
    pub start_on: NaiveDate,
    pub end_on: NaiveDate,
    pub total_weeks: i64,
    pub status: MentorshipStatus,
    /// Why it ended, when it did before its time.
    pub end_reason: Option<String>,
    pub ended_at: Option<DateTime<Utc>>,
    #[cfg_attr(feature = "sql", sqlx(json))]
    pub sources: Vec<PlanSource>,
    pub created_at: DateTime<Utc>,
    /// Required parent tasks, skipped ones left out.
    pub required: i64,
    /// Of these, done.
    pub done: i64,
    /// Tasks waiting for the mentor.
    pub submitted: i64,
    /// Open tasks past their due date.
    pub overdue: i64,
    /// Returned and not yet handed in again.
    pub returned: i64,
    /// The last change of any task.
    pub last_activity_at: Option<DateTime<Utc>>,
    /// Progress against the plan, and what puts it at risk.
    #[serde(default)]
    #[cfg_attr(feature = "sql", sqlx(skip))]
    pub facts: Facts,
    /// When it became active; `null` for what was only ever proposed.
    pub started_at: Option<DateTime<Utc>>,
    pub proposed_by: Option<UserId>,
    /// What the mentor was told with the proposal.
    pub proposal_note: Option<String>,
    /// The first day of the present pause.
    pub paused_on: Option<NaiveDate>,
    /// A suspended mentee's plan stands still, but its dates don't move: pause it, or end it.
    pub mentee_status: UserStatus,
    pub mentor_status: UserStatus,
    /// Counts every change of its dates.
    pub revision: i64,
    /// What the caller may do to it now.
    #[serde(default)]
    #[cfg_attr(feature = "sql", sqlx(skip))]
    pub allowed: Vec<MentorshipStep>,
}

impl Mentorship {
    /// Done required tasks of all required tasks, in whole percent; 0 when nothing is required.
    #[must_use]
    pub fn percent(&self) -> i64 {
        if self.required == 0 { 0 } else { self.done * 100 / self.required }
    }

    /// Whether the caller may take this step now.
    #[must_use]
    pub fn allows(&self, step: MentorshipStep) -> bool {
        self.allowed.contains(&step)
    }
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MentorshipFilter {
    /// Name of the mentee or the mentor, or the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 100))]
    pub search: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<MentorshipStatus>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mentor_id: Option<UserId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mentee_id: Option<UserId>,
    /// The mentee's department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department_id: Option<DepartmentId>,
    /// Running ones with this risk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub risk: Option<RiskFilter>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<MentorshipSort>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub limit: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 500))]
    pub cursor: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 1_000_000))]
    pub skip: Option<i64>,
}

/// What a mentorship is started with. The same for the preview and for the start.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMentorship {
    pub mentee_id: UserId,
    /// Oneself when absent; admins name one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mentor_id: Option<UserId>,
    /// Published versions, one or more.
    #[schemars(length(min = 1, max = 10))]
    pub version_ids: Vec<VersionId>,
    pub start_on: NaiveDate,
    /// From the curriculum when empty.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub title: String,
}

/// A task as it will be dated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlannedTask {
    pub title: String,
    pub week: i64,
    pub kind: TaskKind,
    pub owner: TaskOwner,
    pub priority: Priority,
    pub is_required: bool,
    pub starts_on: NaiveDate,
    pub due_on: NaiveDate,
    /// What speaks against these dates.
    #[serde(default)]
    pub conflicts: Vec<DateConflict>,
}

/// A day in the plan's span that is not a working day though it is a weekday.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DayOff {
    pub date: NaiveDate,
    pub name_ko: String,
    pub name_en: String,
}

/// What starting a mentorship would make.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlanPreview {
    pub title: String,
    pub start_on: NaiveDate,
    pub end_on: NaiveDate,
    pub total_weeks: i64,
    /// Working days from start to end.
    pub working_days: i64,
    pub tasks: Vec<PlannedTask>,
    pub days_off: Vec<DayOff>,
    /// The mentor's mentorships that run in the same time.
    pub mentor_load: i64,
    /// How many the mentor takes at once; `null` is no limit.
    pub mentor_capacity: Option<i64>,
    /// What stands in the way or is worth knowing: `already_mentored`, `already_proposed`, `starts_in_past`,
    /// `starts_on_day_off`, `holidays_unknown`, `mentor_overloaded`, `mentor_away`, `mentee_invited`.
    pub warnings: Vec<String>,
}

/// The mentee's home: everything the page shows, in one answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MenteeHome {
    /// The active mentorship, or else the last one.
    pub mentorship: Option<Mentorship>,
    /// All its parent tasks, by week and position.
    pub tasks: Vec<Task>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MentorshipPatch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 200))]
    pub title: Option<String>,
    /// Hand it over to another mentor. Admins only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mentor_id: Option<UserId>,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndReason {
    #[schemars(length(min = 1, max = 2000))]
    pub reason: String,
}

endpoint! {
    /// Mentorships within reach, those who need attention first.
    ///
    /// Active ones first, then by name of the mentee.
    GET "/api/mentorship/" ListMentorships query(filter: MentorshipFilter) -> Page<Mentorship>, ReadMentorship
}
endpoint! {
    /// What starting it would make: every date, before anything is done.
    POST "/api/mentorship/preview" PreviewMentorship body(mentorship: NewMentorship) -> PlanPreview, StartMentorship
}
endpoint! {
    /// Start a mentorship: copies the tasks of the versions into dated tasks, in one transaction.
    POST "/api/mentorship/" CreateMentorship body(mentorship: NewMentorship) -> Mentorship, StartMentorship
}
endpoint! {
    /// The mentee's own mentorship with all its tasks.
    GET "/api/mentorship/home" GetMenteeHome -> MenteeHome, ReadMentorship
}
endpoint! {
    /// One mentorship.
    GET "/api/mentorship/{mentorship_id}" GetMentorship path(mentorship_id: MentorshipId) -> Mentorship, ReadMentorship
}
endpoint! {
    /// Change the title, or hand it over to another mentor.
    PUT "/api/mentorship/{mentorship_id}" UpdateMentorship path(mentorship_id: MentorshipId) body(patch: MentorshipPatch) -> Mentorship, EditMentorship
}
endpoint! {
    /// Complete it; everything stays readable.
    POST "/api/mentorship/{mentorship_id}/complete" CompleteMentorship path(mentorship_id: MentorshipId) -> Mentorship, EditMentorship
}
endpoint! {
    /// End it before its time, with a reason.
    POST "/api/mentorship/{mentorship_id}/end" EndMentorship path(mentorship_id: MentorshipId) body(reason: EndReason) -> Mentorship, EditMentorship
}
