//! The final evaluation of a mentorship: what the record says, what the mentor says, what the mentee says.

use crate::{
    File, MentorshipId,
    agreement::{Side, Signature},
    auth::Locale,
    endpoint,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Five views, each 1 to 5.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scores {
    /// 업무 이해
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 5))]
    pub grasp: Option<i64>,
    /// 결과물의 품질
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 5))]
    pub quality: Option<i64>,
    /// 주도성
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 5))]
    pub initiative: Option<i64>,
    /// 소통
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 5))]
    pub communication: Option<i64>,
    /// 성장
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 5))]
    pub growth: Option<i64>,
}

impl Scores {
    /// By name, in the order they are shown in.
    #[must_use]
    pub const fn all(&self) -> [(&'static str, Option<i64>); 5] {
        [
            ("grasp", self.grasp),
            ("quality", self.quality),
            ("initiative", self.initiative),
            ("communication", self.communication),
            ("growth", self.growth),
        ]
    }
}

/// What the record says. Days are calendar days with one decimal.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figures {
    /// Required parent tasks, skipped ones left out.
    pub required: i64,
    /// Of these, done.
    pub done: i64,
    pub skipped: i64,
    /// Done tasks that were handed in by their due date, in percent; none when none is done.
    pub on_time: Option<i64>,
    /// From begun to handed in, the median.
    pub task_days: Option<f64>,
    /// From handed in to the mentor's answer, the median.
    pub review_days: Option<f64>,
    /// How often something was returned.
    pub returned: i64,
    pub meetings_held: i64,
    pub goals: i64,
    pub goals_reached: i64,
}

/// One side's part.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evaluation {
    /// Markdown.
    pub text: String,
    pub scores: Scores,
    pub signed: Option<Signature>,
    /// The other one's draft: not shown before they sign it.
    pub is_hidden: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    pub mentorship_id: MentorshipId,
    pub figures: Figures,
    pub mentor: Evaluation,
    pub mentee: Evaluation,
    /// Both have signed: nothing changes any more.
    pub is_locked: bool,
    /// Which of the two the caller is.
    pub side: Option<Side>,
    pub can_write: bool,
    /// Signing waits until the mentorship is over.
    pub can_sign: bool,
    pub can_reopen: bool,
    /// Whether there is a certificate: the mentorship was completed.
    pub has_certificate: bool,
    /// Counts every change: the `ETag`.
    pub version: i64,
}

/// The caller's own part; what isn't named stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportPatch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 50_000))]
    pub text: Option<String>,
    /// All five at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scores: Option<Scores>,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopenReason {
    #[schemars(length(min = 1, max = 2000))]
    pub reason: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentLanguage {
    /// The caller's own when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
}

endpoint! {
    /// The evaluation: figures, the mentor's part, the mentee's part.
    GET "/api/mentorship/{mentorship_id}/report" GetReport path(mentorship_id: MentorshipId) -> Report, ReadMentorship, versioned(version)
}
endpoint! {
    /// Write one's own part. It withdraws one's signature.
    PUT "/api/mentorship/{mentorship_id}/report" UpdateReport path(mentorship_id: MentorshipId) body(patch: ReportPatch) -> Report, WorkMentorship, versioned(version)
}
endpoint! {
    /// Sign the report. What one wrote is shown to the other; with both signatures it is locked.
    POST "/api/mentorship/{mentorship_id}/report/sign" SignReport path(mentorship_id: MentorshipId) -> Report, WorkMentorship, versioned(version)
}
endpoint! {
    /// Open a locked report again; both sign anew.
    POST "/api/mentorship/{mentorship_id}/report/reopen" ReopenReport path(mentorship_id: MentorshipId) body(reason: ReopenReason) -> Report, ReopenReport, versioned(version)
}
endpoint! {
    /// The report as PDF.
    GET "/api/mentorship/{mentorship_id}/report/pdf" GetReportPdf path(mentorship_id: MentorshipId) query(language: DocumentLanguage) -> File, ReadMentorship
}
endpoint! {
    /// The certificate of completion as PDF, when the mentorship was completed.
    GET "/api/mentorship/{mentorship_id}/certificate" GetCertificate path(mentorship_id: MentorshipId) query(language: DocumentLanguage) -> File, ReadMentorship
}
