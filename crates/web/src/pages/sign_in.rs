//! Signing in: one wrong answer for every failure, the wait when there were too many.

use super::{Routes, setup};
use crate::{
    App, Error, Errors, Form, Page, Query, Result, Visitor, links,
    session::{self, Toast},
    visitor::{Cookie, cookie, cookie_name},
};
use axum::response::{IntoResponse, Redirect, Response};
use client::CallError;
use contract::{
    auth::{Credentials, Login, Tokens},
    policy::Role,
};
use http::{HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};

pub fn routes() -> Routes {
    Routes::new().get("/sign-in", show).post("/sign-in", submit).post("/sign-in/demo", submit_demo)
}

/// Also used by the other ways in.
pub async fn start(visitor: &Visitor, tokens: Tokens, next: &str) -> Result<Response> {
    start_saying(visitor, tokens, next, None).await
}

/// The same; the first page says `text` once.
pub async fn start_saying(
    visitor: &Visitor,
    tokens: Tokens,
    next: &str,
    text: Option<String>,
) -> Result<Response> {
    let app = &visitor.app;
    if let Some((old, _)) = &visitor.session {
        session::end(app, old).await?;
    }
    let id = session::begin(app, tokens, text.map(|text| Toast { text, undo: None })).await?;
    let mut response = Redirect::to(links::local(next)).into_response();
    let cookie = cookie(app, cookie_name(app, Cookie::Session), &id, None);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    next: String,
    /// What came before: `reset` when a new password was set.
    after: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SignInForm {
    email: String,
    password: String,
    next: String,
}

#[derive(Debug, Deserialize)]
struct DemoForm {
    /// Which of the offered people.
    who: usize,
}

#[derive(Serialize)]
struct SignIn {
    email: String,
    next: String,
    is_reset: bool,
    demo: Vec<DemoPerson>,
}

#[derive(Serialize)]
struct DemoPerson {
    who: usize,
    role: Role,
    name: String,
}

impl SignIn {
    fn of(app: &App, email: String, next: &str) -> Self {
        let people = app.config.demo.iter().flatten().enumerate();
        let demo =
            people.map(|(who, person)| DemoPerson { who, role: person.role, name: person.name.clone() });
        Self { email, next: links::local(next).to_owned(), is_reset: false, demo: demo.collect() }
    }
}

impl Page for SignIn {
    const TEMPLATE: &'static str = "pages/sign_in.html";
    const HERE: &'static str = "";

    fn samples() -> Vec<Self> {
        let person = |who, role, name: &str| DemoPerson { who, role, name: name.to_owned() };
        let demo = vec![person(0, Role::Mentee, "한지우"), person(1, Role::Operator, "운영")];
        vec![
            Self { email: String::new(), next: "/".into(), is_reset: true, demo: Vec::new() },
            Self { email: "a@b.example".into(), next: "/board".into(), is_reset: false, demo },
        ]
    }
}

async fn show(visitor: Visitor, Query(ask): Query<Ask>) -> Result<Response> {
    if setup::is_open(&visitor).await {
        return Ok(Redirect::to("/setup").into_response());
    }
    let page = SignIn::of(&visitor.app, String::new(), &ask.next);
    visitor.page(&SignIn { is_reset: ask.after == "reset", ..page })
}

async fn submit(visitor: Visitor, Form(form, _): Form<SignInForm>) -> Result<Response> {
    let credentials = Credentials { email: form.email.trim().to_owned(), password: form.password };
    enter(&visitor, credentials, &form.next).await
}

async fn submit_demo(visitor: Visitor, Form(form, _): Form<DemoForm>) -> Result<Response> {
    let people = visitor.app.config.demo.as_deref().unwrap_or_default();
    let person = people.get(form.who).ok_or(Error::NotFound)?;
    let credentials = Credentials { email: person.email.clone(), password: person.password.clone() };
    enter(&visitor, credentials, "/").await
}

async fn enter(visitor: &Visitor, credentials: Credentials, next: &str) -> Result<Response> {
    let email = credentials.email.clone();
    let error = match visitor.client().call(Login { credentials }).await {
        Ok(tokens) => return start(visitor, tokens, next).await,
        Err(error) => error,
    };
    let text = refusal(visitor, &error)?;
    let page = SignIn::of(&visitor.app, email, next);
    let status = if error.status() == StatusCode::TOO_MANY_REQUESTS {
        StatusCode::TOO_MANY_REQUESTS
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let mut response = visitor.page_with(&page, &Errors::one("form", text), status)?;
    if let Some(seconds) = error.retry_after() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

/// How long to wait after too many wrong attempts.
pub fn wait(visitor: &Visitor, error: &CallError) -> String {
    let minutes = error.retry_after().unwrap_or(60).div_ceil(60).max(1).to_string();
    visitor.tr("sign-in-wait", &[("minutes", &minutes)])
}

/// The same words whether the address, the password or its shape was wrong.
fn refusal(visitor: &Visitor, error: &CallError) -> Result<String> {
    match error.status() {
        StatusCode::UNAUTHORIZED | StatusCode::UNPROCESSABLE_ENTITY => Ok(visitor.tr("sign-in-wrong", &[])),
        StatusCode::TOO_MANY_REQUESTS => Ok(wait(visitor, error)),
        status => Err(match error.code() {
            Some(code) => Error::of(code),
            None => {
                tracing::error!(%error, %status, "the API can't be reached");
                Error::of(contract::Code::Unavailable)
            }
        }),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::SignIn>();
    }
}
