//! Whoever asks: signed in or not, in which language, by which device.
//!
//! The extractor for pages that need no sign-in; `Signed` builds on it. A
//! visitor has no session: the token of forms is signed and kept in a cookie.

use crate::{
    App, Page, dates,
    engine::{Setting, Voice},
    error::{Error, Result},
    form::Errors,
    page, sealed,
    session::{self, Key, Session},
    shell,
};
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    response::{IntoResponse, Response},
};
use client::{Client, Peer};
use contract::{
    auth::{Locale, Theme},
    endpoint::ForwardedFor,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts};
use std::net::SocketAddr;
use std::sync::Arc;

/// The id a request is found by in every log.
#[derive(Clone)]
pub struct RequestId(pub String);

/// What a request says about itself.
#[derive(Clone)]
pub struct Ask {
    pub method: Method,
    /// Path and query.
    pub path: String,
    pub headers: HeaderMap,
    pub peer: Peer,
}

impl Ask {
    pub fn of(parts: &Parts) -> Self {
        let forwarded = parts.extensions.get::<ForwardedFor>().map(|forwarded| forwarded.0);
        let connected = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let request_id = parts.extensions.get::<RequestId>().map(|id| id.0.clone());
        let headers = parts.headers.clone();
        let user_agent = text(&headers, "user-agent").map(str::to_owned);
        Self {
            method: parts.method.clone(),
            path: parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
            peer: Peer { ip: forwarded.or(connected), user_agent, request_id },
            headers,
        }
    }

    pub fn request_id(&self) -> &str {
        self.peer.request_id.as_deref().unwrap_or_default()
    }

    pub fn is_htmx(&self) -> bool {
        self.headers.contains_key("hx-request")
    }

    /// The template block htmx wants: the id it swaps, with `_` for `-`.
    pub fn block(&self) -> Option<String> {
        let target = text(&self.headers, "hx-target").filter(|_| self.is_htmx())?;
        Some(target.replace('-', "_"))
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        let lines = self.headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        lines.flat_map(|line| line.split(';')).find_map(|pair| {
            let (key, value) = pair.trim().split_once('=')?;
            (key == name).then_some(value)
        })
    }

    fn locale(&self) -> Locale {
        let chosen = self.cookie("naru-locale").and_then(|word| word.parse().ok());
        let accepted = || {
            text(&self.headers, "accept-language")?
                .split(',')
                .find_map(|range| range.trim().get(..2)?.to_ascii_lowercase().parse().ok())
        };
        chosen.or_else(accepted).unwrap_or(Locale::Ko)
    }
}

pub fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

#[derive(Clone)]
pub struct Visitor {
    pub app: App,
    pub ask: Ask,
    pub locale: Locale,
    pub theme: Theme,
    /// What every form must bring back.
    pub csrf: String,
    /// A cookie that the answer has to set.
    form_cookie: Option<HeaderValue>,
    pub(crate) session: Option<(Key, Session)>,
}

impl Visitor {
    pub(crate) async fn of(app: &App, ask: Ask) -> Result<Self> {
        let key = ask.cookie(cookie_name(app, Cookie::Session)).map(Key::of);
        let session = match key {
            Some(key) => session::find(app, &key).await?.map(|session| (key, session)),
            None => None,
        };
        let mut form_cookie = None;
        let (locale, theme, csrf) = match &session {
            Some((_, session)) => (session.me.locale, session.me.theme, session.csrf.clone()),
            None => {
                let theme = ask.cookie("naru-theme").and_then(|word| word.parse().ok());
                let secret = app.secret().await?;
                let name = cookie_name(app, Cookie::Form);
                let known = ask.cookie(name).filter(|token| sealed::is_signed(secret, token));
                let csrf = known.map_or_else(|| sealed::signed_word(secret), str::to_owned);
                if known.is_none() {
                    form_cookie = Some(cookie(app, name, &csrf, None));
                }
                (ask.locale(), theme.unwrap_or(Theme::System), csrf)
            }
        };
        Ok(Self { app: app.clone(), ask, locale, theme, csrf, form_cookie, session })
    }

    #[must_use]
    pub fn is_htmx(&self) -> bool {
        self.ask.is_htmx()
    }

    /// The API as nobody in particular: signing in, links from mails.
    #[must_use]
    pub fn client(&self) -> Client {
        self.app.client.with_peer(&self.ask.peer)
    }

    /// The texts of the visitor's language.
    #[must_use]
    pub fn voice(&self) -> Arc<Voice> {
        self.app.engine(self.locale)
    }

    /// A text of the catalogue.
    #[must_use]
    pub fn tr(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.voice().tr(key, args)
    }

    /// Shows a signed-out page.
    ///
    /// # Errors
    /// When the template fails.
    pub fn page(&self, page: &impl Page) -> Result<Response> {
        self.page_with(page, &Errors::default(), StatusCode::OK)
    }

    /// The same page again, with what was wrong at its fields.
    ///
    /// # Errors
    /// When the template fails.
    pub fn page_with(&self, page: &impl Page, errors: &Errors, status: StatusCode) -> Result<Response> {
        let voice = self.voice();
        let setting = Setting { now: self.app.now(), zone: chrono_tz::Asia::Seoul };
        let shell = shell::plain(self);
        let html =
            page::render(&voice, setting, page, page::Frame::signed_out(shell, errors), self.ask.block())?;
        let mut response = (status, html).into_response();
        self.remember(&mut response);
        Ok(response)
    }

    /// Shows a page with the menu of whoever is signed in; a signed-out page to anybody else.
    ///
    /// # Errors
    /// When the template fails.
    pub(crate) fn page_with_menu(&self, page: &impl Page, status: StatusCode) -> Result<Response> {
        let errors = Errors::default();
        let Some((_, session)) = &self.session else { return self.page_with(page, &errors, status) };
        let voice = self.voice();
        let setting = Setting { now: self.app.now(), zone: dates::zone(&session.me.time_zone) };
        let shell = shell::around(page, &session.me, &voice, &self.csrf, &self.app.paths);
        let frame = page::Frame::signed_in(shell, &errors, &session.me);
        let html = page::render(&voice, setting, page, frame, None)?;
        Ok((status, html).into_response())
    }

    /// Sets the cookie of signed-out forms where it isn't set yet.
    pub(crate) fn remember(&self, response: &mut Response) {
        if let Some(cookie) = &self.form_cookie {
            response.headers_mut().append(header::SET_COOKIE, cookie.clone());
        }
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let visitor = Self::of(app, Ask::of(parts)).await?;
        parts.extensions.insert(visitor.clone());
        Ok(visitor)
    }
}

#[derive(Clone, Copy)]
pub enum Cookie {
    Session,
    Form,
}

/// `__Host-` binds a cookie to this very host, and needs TLS.
pub fn cookie_name(app: &App, cookie: Cookie) -> &'static str {
    match (cookie, app.config.secure_cookies) {
        (Cookie::Session, true) => "__Host-naru",
        (Cookie::Session, false) => "naru",
        (Cookie::Form, true) => "__Host-naru-form",
        (Cookie::Form, false) => "naru-form",
    }
}

/// A `Set-Cookie`: for the browser's session, or for so many seconds (0 deletes).
pub fn cookie(app: &App, name: &str, value: &str, max_age: Option<i64>) -> HeaderValue {
    let secure = if app.config.secure_cookies { "; Secure" } else { "" };
    let age = max_age.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let line = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
    // Names and values are ours: words, base64 and dots.
    HeaderValue::from_str(&line).unwrap_or_else(|_| HeaderValue::from_static(""))
}
