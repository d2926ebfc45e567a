//! Work that goes on after its request was answered: how far it is, and what came of it.

use crate::{JobId, UserId, endpoint};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

crate::words! {
    /// What is being done.
    JobKind {
        /// Running mentorships are brought to a newer version.
        Upgrade = "upgrade",
        /// The same taken back.
        UndoUpgrade = "undo_upgrade",
    }
}
crate::words! {
    JobState { Waiting = "waiting", Running = "running", Done = "done", Failed = "failed" }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct Job {
    pub job_id: JobId,
    pub kind: JobKind,
    pub state: JobState,
    /// What it is about: with `upgrade`, the upgrade.
    pub subject_id: i64,
    /// How many steps there are.
    pub total: i64,
    /// How many of them are over: true, not guessed.
    pub done: i64,
    /// What came of it, when it is done.
    #[cfg_attr(feature = "sql", sqlx(json))]
    pub result: serde_json::Value,
    /// Why it failed.
    pub error: Option<String>,
    pub created_by: UserId,
    pub created_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
}

endpoint! {
    /// How far a job is. For whoever started it, and the company's admins.
    GET "/api/jobs/{job_id}" GetJob path(job_id: JobId) -> Job, FollowJob
}
