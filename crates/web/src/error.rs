//! What went wrong, as a page with ways out, or as a toast for htmx.
//!
//! A handler's error travels in the answer's extensions to `frame`, which
//! knows who asks, and in which language.

use crate::{Crumb, Page, Visitor, engine::Voice, form::problem_key, links, signed::toast_header};
use axum::response::{IntoResponse, Redirect, Response};
use client::CallError;
use contract::{Code, Problem};
use http::{HeaderValue, Method, StatusCode, header};
use serde::Serialize;
use std::any::Any;
use std::sync::Arc;

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No session, or one that is over.
    #[error("sign in first")]
    SignIn,
    #[error("no such page")]
    NotFound,
    /// A form without this person's token, or from another site.
    #[error("the form's token is missing or another's, or the request came from another site")]
    Forged,
    /// The request is for another host.
    #[error("not a host of this installation")]
    WrongHost,
    /// A form that no page of ours sends.
    #[error("the form could not be read: {0}")]
    BadForm(String),
    #[error(transparent)]
    Call(#[from] CallError),
    #[error(transparent)]
    Template(#[from] minijinja::Error),
    #[error(transparent)]
    Kv(#[from] kv::Error),
    #[error("panicked: {0}")]
    Panicked(String),
}

/// The error of an answer that `frame` will write.
#[derive(Clone)]
pub struct Failed(pub Arc<Error>);

impl Error {
    /// As if the API had refused with this code.
    #[must_use]
    pub fn of(code: Code) -> Self {
        Self::Call(CallError::Refused { problem: Box::new(Problem::new(code)), retry_after: None })
    }

    pub(crate) fn bad_form(error: &impl std::fmt::Display) -> Self {
        Self::BadForm(error.to_string())
    }

    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forged => StatusCode::FORBIDDEN,
            Self::WrongHost => StatusCode::MISDIRECTED_REQUEST,
            Self::BadForm(_) => StatusCode::BAD_REQUEST,
            Self::Call(error) => error.status(),
            Self::Template(_) | Self::Panicked(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Kv(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// Seconds to wait, when the API said so.
    fn wait(&self) -> Option<u64> {
        match self {
            Self::Call(error) => error.retry_after(),
            _ => None,
        }
    }

    /// The catalogue's sentence.
    fn key(&self) -> String {
        match self {
            Self::SignIn => problem_key(Code::Unauthenticated),
            Self::NotFound => problem_key(Code::NotFound),
            Self::Forged => "problem-forged".to_owned(),
            Self::WrongHost => "problem-wrong-host".to_owned(),
            Self::BadForm(_) => problem_key(Code::BadRequest),
            Self::Call(error) => problem_key(error.code().unwrap_or(Code::Unavailable)),
            Self::Template(_) | Self::Panicked(_) => problem_key(Code::Internal),
            Self::Kv(_) => problem_key(Code::Unavailable),
        }
    }

    /// Writes it for whoever asked.
    pub(crate) fn show(&self, visitor: &Visitor) -> Response {
        let ask = &visitor.ask;
        let status = self.status();
        if status == StatusCode::UNAUTHORIZED {
            return to_sign_in(visitor);
        }
        let key = self.key();
        let mut response = if ask.is_htmx() {
            let mut response = status.into_response();
            response.headers_mut().insert("hx-trigger", toast_header(&visitor.tr(&key, &[])));
            response
        } else {
            let page = ErrorPage::of(self, key, visitor);
            let shown = if page.has_menu() {
                visitor.page_with_menu(&page, status)
            } else {
                visitor.page_with(&page, &crate::Errors::default(), status)
            };
            shown.unwrap_or_else(|error| {
                tracing::error!(%error, "the error page failed");
                (status, status.canonical_reason().unwrap_or_default()).into_response()
            })
        };
        let wait = self.wait().or((status == StatusCode::SERVICE_UNAVAILABLE).then_some(5));
        if let Some(seconds) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Failed(Arc::new(self)));
        response
    }
}

/// To the sign-in page, and back to what was asked for, or to the page the form was on.
fn to_sign_in(visitor: &Visitor) -> Response {
    let ask = &visitor.ask;
    let from = if ask.method == Method::GET && !ask.is_htmx() {
        ask.path.clone()
    } else {
        links::referring(&visitor.ask)
    };
    let to = links::sign_in(&from);
    match HeaderValue::from_str(&to) {
        Ok(to) if ask.is_htmx() => (StatusCode::UNAUTHORIZED, [("hx-redirect", to)]).into_response(),
        _ => Redirect::to(&to).into_response(),
    }
}

pub fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref().copied());
    Error::Panicked(text.unwrap_or("no words").to_owned()).into_response()
}

/// What happened, what to do, and the id to quote.
#[derive(Serialize)]
struct ErrorPage {
    /// Symbol and title, one of `KINDS`.
    kind: &'static str,
    text: String,
    /// Where the one button leads.
    href: String,
    /// After too many requests.
    wait_minutes: Option<u64>,
    request_id: String,
}

const KINDS: [&str; 10] = [
    "not-found",
    "forbidden",
    "forged",
    "refused",
    "conflict",
    "too-large",
    "busy",
    "unavailable",
    "rejected",
    "failed",
];

impl ErrorPage {
    fn of(error: &Error, text: String, visitor: &Visitor) -> Self {
        let kind = match error.status().as_u16() {
            404 | 405 => "not-found",
            403 if matches!(error, Error::Forged) => "forged",
            403 => "forbidden",
            409 => "refused",
            412 => "conflict",
            413 => "too-large",
            429 => "busy",
            502..=504 => "unavailable",
            400..=499 => "rejected",
            _ => "failed",
        };
        let href = match kind {
            "not-found" | "forbidden" => "/".to_owned(),
            "rejected" => links::referring(&visitor.ask),
            _ if visitor.ask.method == Method::GET => visitor.ask.path.clone(),
            _ => links::referring(&visitor.ask),
        };
        let wait_minutes = error.wait().filter(|_| kind == "busy").map(|seconds| seconds.div_ceil(60).max(1));
        Self { kind, text, href, wait_minutes, request_id: visitor.ask.request_id().to_owned() }
    }

    /// Of a page only, not of the server: the menu still works, and leads on.
    fn has_menu(&self) -> bool {
        matches!(self.kind, "not-found" | "forbidden")
    }
}

impl Page for ErrorPage {
    const TEMPLATE: &'static str = "pages/error.html";
    const HERE: &'static str = "";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        vec![Crumb::here(voice.tr(&format!("problem-{}-title", self.kind), &[]))]
    }

    fn samples() -> Vec<Self> {
        KINDS
            .map(|kind| Self {
                kind,
                text: "problem-not-found".to_owned(),
                href: if kind == "busy" { "/board" } else { "/" }.to_owned(),
                wait_minutes: (kind == "busy").then_some(2),
                request_id: "01k3n7qx24m9d".to_owned(),
            })
            .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn error_pages_render() {
        crate::page::tests::renders::<ErrorPage>();
    }

    #[test]
    fn every_code_has_its_sentence() {
        for locale in contract::auth::Locale::ALL {
            let voice = crate::engine::Voice::read(*locale);
            for code in Code::ALL {
                assert!(voice.has(&problem_key(*code)), "{locale}: {}", problem_key(*code));
            }
        }
    }
}
