//! Bringing running mentorships to a newer version of their curriculum: who runs which, what would become of
//! each plan, doing it, and taking it back.
//!
//! What a mentee has started or finished is never touched, and what the mentor wrote differently stays as the
//! mentor wrote it.

use crate::{
    CurriculumId, JobId, MentorshipId, Page, UpgradeId, UserId, VersionId, curriculum_diff::TaskField,
    endpoint, jobs::Job, mentorship::MentorshipStatus,
};
use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

crate::words! {
    /// What becomes of a task.
    StepKind {
        Added = "added",
        Changed = "changed",
        /// Not in the newer version: it is skipped, with the reason.
        Dropped = "dropped",
        /// The newer version differs, but it stays as it is.
        Kept = "kept",
    }
}
crate::words! {
    /// Why a task stays as it is.
    KeptBecause {
        /// Started, handed in, done or skipped.
        Started = "started",
        /// Memos, sub-tasks or a submission hang on it.
        Written = "written",
        /// The mentor wrote it differently.
        Edited = "edited",
    }
}
crate::words! {
    /// Whose plans are brought to the newer version. Nobody's, when nothing is asked for.
    UpgradeChoice {
        /// Those who have not come to the first week that differs.
        NotYet = "not_yet",
        /// Those who are named.
        Named = "named",
    }
}
crate::words! {
    /// How it stands with one mentorship of an upgrade.
    UpgradeState {
        Waiting = "waiting",
        Upgraded = "upgraded",
        /// Left as it was; the reason says why.
        Left = "left",
        Undoing = "undoing",
        Undone = "undone",
        /// Not taken back; the reason says why.
        Kept = "kept",
    }
}
crate::words! {
    /// Why a mentorship was left, or not taken back.
    UpgradeReason {
        /// It is over.
        NotRunning = "not_running",
        /// It runs on this version already, or on none of this curriculum.
        NothingToDo = "nothing_to_do",
        /// The company's holidays leave no working day.
        NoWorkingDay = "no_working_day",
        /// Somebody was working on it at each try.
        Busy = "busy",
        /// Its tasks were worked on since.
        WorkedOn = "worked_on",
        /// It was brought to another version since.
        OtherVersion = "other_version",
    }
}

/// What would become of one task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UpgradeStep {
    pub kind: StepKind,
    pub title: String,
    pub week: i64,
    /// Where it will stand; none for dropped and kept ones.
    pub starts_on: Option<NaiveDate>,
    pub due_on: Option<NaiveDate>,
    /// What of it changes.
    pub fields: Vec<TaskField>,
    pub is_moved: bool,
    pub because: Option<KeptBecause>,
}

/// What would become of one plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UpgradePerson {
    pub mentorship_id: MentorshipId,
    pub mentee_name: String,
    pub mentee_department: Option<String>,
    pub mentor_name: String,
    pub from_number: i64,
    /// The week it is in by its calendar; 0 before it starts.
    pub week: i64,
    /// Whether it has not come to the first week that differs.
    pub is_not_yet: bool,
    pub end_on: NaiveDate,
    pub new_end_on: NaiveDate,
    pub added: i64,
    pub changed: i64,
    pub dropped: i64,
    pub kept: i64,
    pub steps: Vec<UpgradeStep>,
    /// Why it can't be dated, if it can't.
    pub reason: Option<UpgradeReason>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UpgradePreview {
    pub curriculum_id: CurriculumId,
    pub title: String,
    /// The version they would be brought to.
    pub number: i64,
    /// Running mentorships within reach on an older version.
    pub running: i64,
    /// Of these, the ones that have not come to the first week that differs.
    pub not_yet: i64,
    /// Some of them, by their mentee's name.
    pub people: Vec<UpgradePerson>,
    /// Send it back as `cursor` for the next.
    pub next: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpgradeFilter {
    /// The newest version when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 1_000_000))]
    pub number: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub limit: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 500))]
    pub cursor: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUpgrade {
    #[schemars(range(min = 1, max = 1_000_000))]
    pub number: i64,
    pub choice: UpgradeChoice,
    /// With `named`.
    #[serde(default)]
    #[schemars(length(max = 2000))]
    pub mentorship_ids: Vec<MentorshipId>,
}

/// One upgrade of many mentorships.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct Upgrade {
    pub upgrade_id: UpgradeId,
    pub curriculum_id: CurriculumId,
    pub curriculum_title: String,
    pub version_id: VersionId,
    pub number: i64,
    pub choice: UpgradeChoice,
    pub people: i64,
    pub created_by: UserId,
    pub created_by_name: Option<String>,
    pub created_at: DateTime<Utc>,
    pub undone_at: Option<DateTime<Utc>>,
    /// The job that does it, or that takes it back.
    pub job_id: Option<JobId>,
    /// Until when it can be taken back; none once it was.
    #[cfg_attr(feature = "sql", sqlx(default))]
    pub undo_until: Option<DateTime<Utc>>,
}

/// How it went with one mentorship.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct UpgradedPerson {
    pub mentorship_id: MentorshipId,
    pub mentee_name: String,
    pub state: UpgradeState,
    pub reason: Option<UpgradeReason>,
    /// The tasks the reason is about.
    #[cfg_attr(feature = "sql", sqlx(json))]
    pub titles: Vec<String>,
    pub added: i64,
    pub changed: i64,
    pub dropped: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UpgradeDetail {
    pub upgrade: Upgrade,
    pub job: Option<Job>,
    /// Those that were left or kept first, then by name; the first 200.
    pub people: Vec<UpgradedPerson>,
}

/// How many run a version, and how many finished it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct VersionUse {
    pub version_id: VersionId,
    pub number: i64,
    pub running: i64,
    pub over: i64,
}

/// A mentorship that runs, or ran, on a version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct CurriculumRun {
    pub mentorship_id: MentorshipId,
    pub number: i64,
    pub mentee_id: UserId,
    pub mentee_name: String,
    pub mentee_department: Option<String>,
    pub mentor_name: String,
    pub status: MentorshipStatus,
    pub start_on: NaiveDate,
    pub end_on: NaiveDate,
    pub total_weeks: i64,
    pub required: i64,
    pub done: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CurriculumUse {
    pub curriculum_id: CurriculumId,
    pub title: String,
    pub latest_number: Option<i64>,
    /// The newest first.
    pub versions: Vec<VersionUse>,
    /// Running ones first, then by the mentee's name.
    pub runs: Page<CurriculumRun>,
    /// The last upgrades the caller may see, newest first.
    pub upgrades: Vec<Upgrade>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UseFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 1_000_000))]
    pub number: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub limit: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 500))]
    pub cursor: Option<String>,
}

endpoint! {
    /// Who runs which version of a curriculum, and how far they are. Mentors see their own mentees.
    GET "/api/curriculum/{curriculum_id}/usage" GetCurriculumUse path(curriculum_id: CurriculumId) query(filter: UseFilter) -> CurriculumUse, EditMentorship
}
endpoint! {
    /// What bringing running mentorships to a newer version would do to each plan, before anything is done.
    GET "/api/curriculum/{curriculum_id}/upgrade" PreviewUpgrade path(curriculum_id: CurriculumId) query(filter: UpgradeFilter) -> UpgradePreview, EditMentorship
}
endpoint! {
    /// Bring running mentorships to a newer version, as a job that goes on by itself.
    POST "/api/curriculum/{curriculum_id}/upgrade" StartUpgrade path(curriculum_id: CurriculumId) body(upgrade: NewUpgrade) -> Upgrade, EditMentorship
}
endpoint! {
    /// One upgrade, how far it is, and how it went.
    GET "/api/upgrades/{upgrade_id}" GetUpgrade path(upgrade_id: UpgradeId) -> UpgradeDetail, EditMentorship
}
endpoint! {
    /// Take an upgrade back, within a day. Plans whose changed tasks were worked on since stay as they are.
    POST "/api/upgrades/{upgrade_id}/undo" UndoUpgrade path(upgrade_id: UpgradeId) -> Upgrade, EditMentorship
}
