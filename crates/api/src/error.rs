//! How a handler fails, and what a caller sees of it: the code, never the source.

use axum::response::{IntoResponse, Response};
use contract::{Code, FieldError, Problem};
use http::{HeaderValue, header};

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug)]
pub enum Error {
    /// A refusal with its code and what is particular about it.
    Refused(Box<Problem>),
    /// Too many attempts; seconds until the next is heard.
    Throttled { retry_after: u64 },
    /// The store failed, or is away.
    Store(store::Error),
    /// A fault of this program.
    Fault(Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    #[must_use]
    pub fn code(code: Code) -> Self {
        Self::Refused(Box::new(Problem::new(code)))
    }

    #[must_use]
    pub fn not_found() -> Self {
        Self::code(Code::NotFound)
    }

    /// A refusal that says more.
    #[must_use]
    pub fn because(code: Code, detail: impl Into<String>) -> Self {
        let mut problem = Problem::new(code);
        problem.detail = Some(detail.into());
        Self::Refused(Box::new(problem))
    }

    /// Every bad field at once.
    #[must_use]
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let mut problem = Problem::new(Code::Invalid);
        problem.errors = errors;
        Self::Refused(Box::new(problem))
    }

    /// One bad field.
    #[must_use]
    pub fn field(field: &str, code: &str, message: &str) -> Self {
        Self::invalid(vec![FieldError::new(field, code, message)])
    }

    pub fn fault(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Fault(source.into())
    }

    /// Whether trying again shortly may help.
    #[must_use]
    pub fn is_outage(&self) -> bool {
        matches!(self, Self::Store(store::Error::Unavailable(_)))
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

/// Gives a unique violation its meaning where it can happen.
pub trait OnTaken<T> {
    /// # Errors
    /// A 422 at `field` when the store says that a unique value is taken.
    fn on_taken(self, field: &'static str) -> Result<T>;
}

impl<T> OnTaken<T> for store::Result<T> {
    fn on_taken(self, field: &'static str) -> Result<T> {
        self.map_err(|error| match error {
            store::Error::Taken => Error::field(field, "taken", "This value is taken."),
            other => Error::Store(other),
        })
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let (problem, retry_after) = match self {
            Self::Refused(problem) => (*problem, None),
            Self::Throttled { retry_after } => (Problem::new(Code::TooManyRequests), Some(retry_after)),
            Self::Store(store::Error::Unavailable(source)) => {
                tracing::warn!(%source, "the store is unavailable");
                (Problem::new(Code::Unavailable), Some(2))
            }
            Self::Store(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "the store failed");
                (Problem::new(Code::Internal), None)
            }
            Self::Fault(error) => {
                tracing::error!(error = error.as_ref() as &dyn std::error::Error, "a fault");
                (Problem::new(Code::Internal), None)
            }
        };
        respond(problem, retry_after)
    }
}

/// A problem as a response; the request id is filled in by the outermost layer.
#[must_use]
pub fn respond(mut problem: Problem, retry_after: Option<u64>) -> Response {
    if let Some(id) = crate::layers::current_request_id() {
        problem.request_id = id;
    }
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let status = problem.code.status();
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if let Some(seconds) = retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if status == http::StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}
