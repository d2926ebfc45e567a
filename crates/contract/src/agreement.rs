//! The agreement: what mentor and mentee expect of each other and how often they meet, signed by both.

use crate::{MentorshipId, UserId, endpoint};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

crate::words! {
    /// One of the two.
    Side { Mentor = "mentor", Mentee = "mentee" }
}
crate::words! {
    /// How often they meet.
    Rhythm { Weekly = "weekly", Biweekly = "biweekly", Monthly = "monthly", AsNeeded = "as_needed" }
}

/// Who signed, and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Signature {
    pub user_id: UserId,
    pub name: String,
    pub at: DateTime<Utc>,
}

/// One version of what was agreed on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AgreementVersion {
    /// 1, 2, …; 0 when nothing was written yet.
    pub number: i64,
    /// What the mentor expects of the mentee, in Markdown.
    pub mentor_expects: String,
    /// What the mentee expects of the mentor, in Markdown.
    pub mentee_expects: String,
    pub rhythm: Rhythm,
    /// Monday 1 … Sunday 7.
    pub weekday: Option<i64>,
    /// `HH:MM` in the company's time zone, or nothing.
    pub meets_at: String,
    pub minutes: i64,
    /// A room or a link.
    pub place: String,
    pub mentor_signed: Option<Signature>,
    pub mentee_signed: Option<Signature>,
    pub updated_at: Option<DateTime<Utc>>,
}

impl AgreementVersion {
    /// Before anybody wrote anything: weekly, half an hour.
    #[must_use]
    pub fn blank() -> Self {
        Self {
            number: 0,
            mentor_expects: String::new(),
            mentee_expects: String::new(),
            rhythm: Rhythm::Weekly,
            weekday: None,
            meets_at: String::new(),
            minutes: 30,
            place: String::new(),
            mentor_signed: None,
            mentee_signed: None,
            updated_at: None,
        }
    }

    #[must_use]
    pub fn is_agreed(&self) -> bool {
        self.mentor_signed.is_some() && self.mentee_signed.is_some()
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Agreement {
    pub mentorship_id: MentorshipId,
    pub current: AgreementVersion,
    /// Those that were signed by somebody before, newest first.
    pub earlier: Vec<AgreementVersion>,
    /// Which of the two the caller is.
    pub side: Option<Side>,
    /// Whether the caller may change and sign it now.
    pub can_write: bool,
    /// Counts every change: the `ETag`.
    pub version: i64,
}

/// What isn't named stays.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreementPatch {
    /// What the caller expects of the other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 10_000))]
    pub expects: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rhythm: Option<Rhythm>,
    /// Monday 1 … Sunday 7; null for none.
    #[serde(default, deserialize_with = "crate::text::nullable", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<Weekday>")]
    pub weekday: Option<Option<i64>>,
    /// `HH:MM` in the company's time zone, or nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$"))]
    pub meets_at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 5, max = 600))]
    pub minutes: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 500))]
    pub place: Option<String>,
}

/// Monday 1 … Sunday 7.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(transparent)]
pub struct Weekday(#[schemars(range(min = 1, max = 7))] pub i64);

endpoint! {
    /// What was agreed on, with its earlier versions.
    GET "/api/mentorship/{mentorship_id}/agreement" GetAgreement path(mentorship_id: MentorshipId) -> Agreement, ReadMentorship, versioned(version)
}
endpoint! {
    /// Change one's own expectations, or the meeting rhythm.
    ///
    /// Once anybody has signed, a change begins a new version, which needs both signatures again.
    PUT "/api/mentorship/{mentorship_id}/agreement" UpdateAgreement path(mentorship_id: MentorshipId) body(patch: AgreementPatch) -> Agreement, WorkMentorship, versioned(version)
}
endpoint! {
    /// Sign it as it stands; with `If-Match` only what was read is signed.
    POST "/api/mentorship/{mentorship_id}/agreement/sign" SignAgreement path(mentorship_id: MentorshipId) -> Agreement, WorkMentorship, versioned(version)
}
