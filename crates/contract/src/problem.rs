//! What went wrong, as `application/problem+json` (RFC 9457).
//!
//! The code is the contract: `web` turns it into Korean or English, and the
//! HTTP status follows from it. Nothing internal ever stands in a problem.

use http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

crate::words! {
    /// Why a request was refused.
    Code {
        BadRequest = "bad_request",
        Unauthenticated = "unauthenticated",
        WrongCredentials = "wrong_credentials",
        TokenExpired = "token_expired",
        TokenReused = "token_reused",
        LinkInvalid = "link_invalid",
        Denied = "denied",
        NotFound = "not_found",
        MethodNotAllowed = "method_not_allowed",
        Conflict = "conflict",
        MoveNotAllowed = "move_not_allowed",
        OpenSubtasks = "open_subtasks",
        TaskLocked = "task_locked",
        AlreadyMentored = "already_mentored",
        AlreadyProposed = "already_proposed",
        InUse = "in_use",
        LastAdmin = "last_admin",
        NotEmpty = "not_empty",
        Archived = "archived",
        AlreadySetUp = "already_set_up",
        Stale = "stale",
        TooLarge = "too_large",
        UnsupportedMedia = "unsupported_media",
        Invalid = "invalid",
        KeyReused = "key_reused",
        TooManyRequests = "too_many_requests",
        Internal = "internal",
        Unavailable = "unavailable",
        TimedOut = "timed_out",
        StorageFull = "storage_full",
    }
}

impl Code {
    #[must_use]
    pub const fn status(self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Unauthenticated | Self::WrongCredentials | Self::TokenExpired | Self::TokenReused => {
                StatusCode::UNAUTHORIZED
            }
            Self::Denied => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::LinkInvalid
            | Self::Conflict
            | Self::MoveNotAllowed
            | Self::OpenSubtasks
            | Self::TaskLocked
            | Self::AlreadyMentored
            | Self::AlreadyProposed
            | Self::InUse
            | Self::LastAdmin
            | Self::NotEmpty
            | Self::Archived
            | Self::AlreadySetUp => StatusCode::CONFLICT,
            Self::Stale => StatusCode::PRECONDITION_FAILED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMedia => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Invalid | Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::TimedOut => StatusCode::GATEWAY_TIMEOUT,
            Self::StorageFull => StatusCode::INSUFFICIENT_STORAGE,
        }
    }

    /// One plain English sentence; `web` has its own, in both languages.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::BadRequest => "The request could not be read.",
            Self::Unauthenticated => "Sign in first.",
            Self::WrongCredentials => "The e-mail or the password is wrong.",
            Self::TokenExpired => "The token has expired.",
            Self::TokenReused => "This refresh token was used before; all its tokens are ended.",
            Self::LinkInvalid => "This link has expired or was used before.",
            Self::Denied => "Your roles don't allow this.",
            Self::NotFound => "There is no such thing, or it is not yours to see.",
            Self::MethodNotAllowed => "This path does not answer that method.",
            Self::Conflict => "This can't be done in the present state.",
            Self::MoveNotAllowed => "The task can't move there; `allowed` lists where it can.",
            Self::OpenSubtasks => "A sub-task is still open.",
            Self::TaskLocked => "Other tasks come first; `detail` names them.",
            Self::AlreadyMentored => "This mentee is already in an active mentorship.",
            Self::AlreadyProposed => "A proposal for this mentee waits for its answer already.",
            Self::InUse => "Other things depend on it; `detail` says which.",
            Self::LastAdmin => "A company keeps at least one active admin.",
            Self::NotEmpty => "This needs an empty database.",
            Self::Archived => "It is archived.",
            Self::AlreadySetUp => "This installation has its operator already.",
            Self::Stale => "Somebody changed it in the meantime; read it again.",
            Self::TooLarge => "The request is too large.",
            Self::UnsupportedMedia => "The body is not of a media type this operation takes.",
            Self::Invalid => "Some fields need another value; `errors` names each.",
            Self::KeyReused => "This idempotency key was used with another request.",
            Self::TooManyRequests => "Too many attempts; wait, then try again.",
            Self::Internal => "Something went wrong here; the log has it under `request_id`.",
            Self::Unavailable => "The database can't be reached just now; try again shortly.",
            Self::TimedOut => "It took too long and was stopped.",
            Self::StorageFull => "There is no room left for files; nothing was kept of this one.",
        }
    }
}

/// One field that needs another value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FieldError {
    /// Where: a name, or a path as `tasks.3.title`.
    pub field: String,
    /// What is wrong, as a word: `required`, `too_long`, `taken`, …
    pub code: String,
    /// The same as an English sentence.
    pub message: String,
    /// What the sentence mentions: `{"max": "100"}`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
}

impl FieldError {
    #[must_use]
    pub fn new(field: impl Into<String>, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), code: code.into(), message: message.into(), params: BTreeMap::new() }
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }
}

/// The body of every refusal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// A URI for the kind of problem: `urn:naru:problem:<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The code as a sentence.
    pub title: String,
    /// The HTTP status, repeated.
    pub status: u16,
    /// The word to act on.
    pub code: Code,
    /// What is particular to this time, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Find it in the log by this.
    #[serde(default)]
    pub request_id: String,
    /// With `invalid`: every bad field at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// With `move_not_allowed`: the states the task can go to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<String>,
}

impl Problem {
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self {
            kind: format!("urn:naru:problem:{code}"),
            title: code.title().to_owned(),
            status: code.status().as_u16(),
            code,
            detail: None,
            request_id: String::new(),
            errors: Vec::new(),
            allowed: Vec::new(),
        }
    }
}
