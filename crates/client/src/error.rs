//! What can come back instead of an answer.

use contract::{Code, FieldError, Problem};
use http::{HeaderMap, StatusCode, header};
use tower::BoxError;

#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The API answered, and said no.
    #[error("the API refused: {} ({})", .problem.code, .problem.title)]
    Refused {
        problem: Box<Problem>,
        /// Seconds to wait, when it said so.
        retry_after: Option<u64>,
    },
    /// No answer, or none that can be read.
    #[error("the API could not be reached: {0}")]
    Unreachable(BoxError),
}

impl CallError {
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Refused { problem, .. } => Some(problem),
            Self::Unreachable(_) => None,
        }
    }

    #[must_use]
    pub fn code(&self) -> Option<Code> {
        self.problem().map(|problem| problem.code)
    }

    /// The API's status; 503 when there was none.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.problem()
            .and_then(|problem| StatusCode::from_u16(problem.status).ok())
            .unwrap_or(StatusCode::SERVICE_UNAVAILABLE)
    }

    #[must_use]
    pub fn field_errors(&self) -> &[FieldError] {
        self.problem().map_or(&[], |problem| problem.errors.as_slice())
    }

    /// Seconds to wait, when the API said so.
    #[must_use]
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Self::Refused { retry_after, .. } => *retry_after,
            Self::Unreachable(_) => None,
        }
    }

    pub(crate) fn unreadable(error: impl Into<BoxError>) -> Self {
        Self::Unreachable(error.into())
    }

    /// A refusal whose body is no problem document (a proxy's) keeps its status.
    pub(crate) fn refused(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Self {
        let problem = serde_json::from_slice(body).unwrap_or_else(|_| {
            let code = Code::ALL.iter().copied().find(|code| code.status() == status);
            let mut problem = Problem::new(code.unwrap_or(Code::Internal));
            problem.status = status.as_u16();
            problem
        });
        let retry_after =
            headers.get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
        Self::Refused { problem: Box::new(problem), retry_after }
    }
}
