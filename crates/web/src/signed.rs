//! The extractor of every page that needs a sign-in, and the API as that person.

use crate::{
    App, Page, Visitor, dates,
    engine::Setting,
    error::{Error, Result},
    form::{Errors, Once},
    page,
    session::{self, Key, Toast},
    shell,
};
use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;
use client::{CallError, Client};
use contract::{
    Code, DepartmentId, Endpoint,
    auth::Me,
    policy::{Action, Scope, widest},
};
use http::{HeaderValue, StatusCode, request::Parts};
use std::sync::{Arc, Mutex, PoisonError};

/// A signed-in person's request. Derefs to [`Visitor`]: language, `tr`, `is_htmx`.
#[derive(Clone)]
pub struct Signed {
    visitor: Visitor,
    pub me: Me,
    pub api: SignedClient,
    toast: Option<Toast>,
}

impl std::ops::Deref for Signed {
    type Target = Visitor;

    fn deref(&self) -> &Visitor {
        &self.visitor
    }
}

impl FromRequestParts<App> for Signed {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let visitor = Visitor::from_request_parts(parts, app).await?;
        let Some((key, mut session)) = visitor.session.clone() else { return Err(Error::SignIn) };
        let client = visitor.client().counting_from_zero();
        if session.is_about_to_end(app.now()) {
            let fresh = session::refreshed(app, &key, &session.access_token, &client).await?;
            session = fresh.ok_or(Error::SignIn)?;
        }
        let api = SignedClient {
            app: app.clone(),
            key,
            client,
            access_token: Arc::new(Mutex::new(session.access_token)),
        };
        Ok(Self { visitor, me: session.me, api, toast: session.toast })
    }
}

impl OptionalFromRequestParts<App> for Signed {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>> {
        match <Self as FromRequestParts<App>>::from_request_parts(parts, app).await {
            Ok(signed) => Ok(Some(signed)),
            Err(Error::SignIn) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Signed {
    /// Asks the API as this person.
    ///
    /// # Errors
    /// What the API refuses, or its silence.
    pub async fn call<E: Endpoint + Clone>(&self, endpoint: E) -> Result<E::Reply, CallError> {
        self.api.call(endpoint).await
    }

    /// Asks so that sending the same form twice does it once.
    ///
    /// # Errors
    /// What the API refuses, or its silence.
    pub async fn call_once<E: Endpoint + Clone>(
        &self,
        once: &Once,
        endpoint: E,
    ) -> Result<E::Reply, CallError> {
        self.api.with_once(once).call(endpoint).await
    }

    /// Whether any of one's roles has the action: shows a button, the API decides.
    #[must_use]
    pub fn can(&self, action: Action) -> bool {
        widest(self.me.roles, action) > Scope::Nobody
    }

    /// What stands before a page that is not for everybody.
    ///
    /// # Errors
    /// The page of no permission, for who has no role with the action.
    pub fn only(&self, action: Action) -> Result<()> {
        if self.can(action) { Ok(()) } else { Err(Error::of(Code::Denied)) }
    }

    /// One's own department, and its name.
    #[must_use]
    pub fn own_department(&self) -> Option<(DepartmentId, String)> {
        self.me.department_id.zip(self.me.department_name.clone())
    }

    /// The company's day.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.setting().today()
    }

    pub(crate) fn setting(&self) -> Setting {
        Setting { now: self.app.now(), zone: dates::zone(&self.me.time_zone) }
    }

    /// Shows a page, or for htmx the block it asks for.
    ///
    /// # Errors
    /// When the template fails.
    pub async fn page(&self, page: &impl Page) -> Result<Response> {
        self.page_with(page, &Errors::default(), StatusCode::OK).await
    }

    /// The same page again with what was wrong at its fields (422).
    ///
    /// # Errors
    /// When the template fails.
    pub async fn invalid(&self, page: &impl Page, errors: &Errors) -> Result<Response> {
        self.page_with(page, errors, StatusCode::UNPROCESSABLE_ENTITY).await
    }

    async fn page_with(&self, page: &impl Page, errors: &Errors, status: StatusCode) -> Result<Response> {
        let block = self.ask.block();
        let toast = self.toast.as_ref().filter(|_| !self.is_htmx());
        if toast.is_some() {
            session::change(&self.app, &self.api.key, |session| session.toast = None).await?;
        }
        let voice = self.voice();
        let shell = shell::of(self, page, &voice, toast);
        let frame = page::Frame::signed_in(shell, errors, &self.me);
        let html = page::render(&voice, self.setting(), page, frame, block)?;
        let mut response = (status, html).into_response();
        if cfg!(debug_assertions) {
            response.headers_mut().insert("x-api-calls", HeaderValue::from(self.api.client.calls()));
        }
        Ok(response)
    }

    /// After a change: to the page that shows it, which says `text` once.
    ///
    /// # Errors
    /// When the session can't be written.
    pub async fn done(&self, to: &str, text: String) -> Result<Response> {
        self.say(text, None).await?;
        Ok(self.redirect(to))
    }

    /// What the next whole page says once; `undo` is a URL that a POST to takes it back.
    ///
    /// # Errors
    /// When the session can't be written.
    pub async fn say(&self, text: String, undo: Option<String>) -> Result<()> {
        let toast = Toast { text, undo };
        session::change(&self.app, &self.api.key, |session| session.toast = Some(toast)).await?;
        Ok(())
    }

    /// See other; for htmx the whole page changes, too.
    #[must_use]
    pub fn redirect(&self, to: &str) -> Response {
        match HeaderValue::from_str(to) {
            Ok(to) if self.is_htmx() => [("hx-redirect", to)].into_response(),
            _ => Redirect::to(to).into_response(),
        }
    }

    /// A toast on the page that is open: the answer to htmx.
    #[must_use]
    pub fn with_toast(&self, response: impl IntoResponse, text: &str) -> Response {
        let mut response = response.into_response();
        response.headers_mut().insert("hx-trigger", toast_header(text));
        response
    }

    /// Keeps the changed facts about oneself.
    pub(crate) async fn set_me(&self, me: Me) -> Result<()> {
        session::change(&self.app, &self.api.key, |session| session.me = me).await?;
        Ok(())
    }

    pub(crate) fn key(&self) -> &Key {
        &self.api.key
    }
}

/// The API as a signed-in person; the access token is renewed when it has to be.
#[derive(Clone)]
pub struct SignedClient {
    app: App,
    key: Key,
    client: Client,
    access_token: Arc<Mutex<String>>,
}

impl SignedClient {
    /// # Errors
    /// What the API refuses, or its silence. A sign-in that is over is `unauthenticated`.
    pub async fn call<E: Endpoint + Clone>(&self, endpoint: E) -> Result<E::Reply, CallError> {
        let token = self.access_token();
        let refused = match self.client.with_bearer(&token).call(endpoint.clone()).await {
            Err(error) if error.status() == StatusCode::UNAUTHORIZED => error,
            answer => return answer,
        };
        match session::refreshed(&self.app, &self.key, &token, &self.client).await {
            Ok(Some(session)) => {
                self.access_token
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .clone_from(&session.access_token);
                self.client.with_bearer(&session.access_token).call(endpoint).await
            }
            Ok(None) => Err(refused),
            Err(Error::Call(error)) => Err(error),
            Err(error) => Err(CallError::Unreachable(error.into())),
        }
    }

    pub(crate) fn with_once(&self, once: &Once) -> Self {
        let client = once.0.as_deref().map(|key| self.client.with_idempotency_key(key));
        Self { client: client.unwrap_or_else(|| self.client.clone()), ..self.clone() }
    }

    fn access_token(&self) -> String {
        self.access_token.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// `HX-Trigger` for a toast: JSON in ASCII, as headers are.
pub fn toast_header(text: &str) -> HeaderValue {
    let json = serde_json::json!({ "toast": { "text": text } }).to_string();
    let ascii: String = json
        .encode_utf16()
        .map(|unit| match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii() => char::from(byte).to_string(),
            _ => format!("\\u{unit:04x}"),
        })
        .collect();
    HeaderValue::from_str(&ascii).unwrap_or_else(|_| HeaderValue::from_static("{}"))
}

/// A value as part of a query.
pub fn encoded(text: &str) -> String {
    serde_html_form::to_string([("", text)]).unwrap_or_default().trim_start_matches('=').to_owned()
}
