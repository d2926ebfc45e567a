//! How much a mentor takes on, and when a mentor is away.

use crate::{AbsenceId, Nothing, UserId, endpoint};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Days on which somebody is away, both ends included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct Absence {
    pub absence_id: AbsenceId,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub reason: String,
    /// Open tasks of running mentorships that need the mentor in these days.
    pub tasks: i64,
}

/// A person as a mentor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mentoring {
    pub user_id: UserId,
    pub name: String,
    /// The person's own number; `null` takes the company's.
    pub capacity: Option<i64>,
    /// `null` is no limit.
    pub company_capacity: Option<i64>,
    /// Running mentorships, and proposals not yet answered.
    pub load: i64,
    /// Present and coming ones, the next first.
    pub absences: Vec<Absence>,
}

/// What isn't named stays as it is; `null` clears.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MentoringPatch {
    /// Admins only.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::text::nullable")]
    #[schemars(range(min = 0, max = 100))]
    pub capacity: Option<Option<i64>>,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAbsence {
    pub starts_on: NaiveDate,
    /// Included.
    pub ends_on: NaiveDate,
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub reason: String,
}

endpoint! {
    /// A person as a mentor: capacity, load, absences.
    GET "/api/users/{user_id}/mentoring" GetMentoring path(user_id: UserId) -> Mentoring, EditMentoring
}
endpoint! {
    /// Say how many mentorships a mentor takes at once. Admins only.
    PUT "/api/users/{user_id}/mentoring" UpdateMentoring path(user_id: UserId) body(patch: MentoringPatch) -> Mentoring, EditMentoring
}
endpoint! {
    /// Note days on which a mentor is away.
    POST "/api/users/{user_id}/absences" CreateAbsence path(user_id: UserId) body(absence: NewAbsence) -> Absence, EditMentoring
}
endpoint! {
    /// Take an absence out again.
    DELETE "/api/users/{user_id}/absences/{absence_id}" DeleteAbsence path(user_id: UserId, absence_id: AbsenceId) -> Nothing, EditMentoring
}
