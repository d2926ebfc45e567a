//! Signed-in state on the server; the browser holds an unguessable id and never a token.
//!
//! The store knows only the id's digest. Every change is made under the
//! session's lock on what is then in the store, since htmx asks in parallel and
//! a rotated refresh token that is used twice looks like theft.

use crate::{App, error::Result, sealed};
use chrono::{DateTime, Duration, Utc};
use client::{CallError, Client};
use contract::auth::{Me, Refresh, RefreshToken, Tokens};
use serde::{Deserialize, Serialize};

/// An access token that ends sooner is changed for a new one first.
const ABOUT_TO_END: Duration = Duration::seconds(30);
/// `last_seen` is written at most so often.
const SEEN_EVERY: Duration = Duration::minutes(1);

#[derive(Clone, Serialize, Deserialize)]
pub struct Session {
    pub access_token: String,
    pub access_ends_at: DateTime<Utc>,
    pub refresh_token: String,
    pub me: Me,
    pub csrf: String,
    pub started_at: DateTime<Utc>,
    pub last_seen: DateTime<Utc>,
    /// When the API ends it.
    pub ends_at: DateTime<Utc>,
    /// What the next page says once.
    pub toast: Option<Toast>,
}

#[derive(Clone, Serialize, Deserialize)]
pub struct Toast {
    pub text: String,
    /// A URL that a POST to takes it back.
    pub undo: Option<String>,
}

/// A session's place in the store.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    pub fn of(id: &str) -> Self {
        Self(format!("session:{}", sealed::digest(id)))
    }

    /// The place of something else that belongs to this session alone.
    pub fn beside(&self, what: &str) -> String {
        format!("{what}:{}", self.0)
    }
}

impl Session {
    fn of(tokens: Tokens, now: DateTime<Utc>) -> Self {
        Self {
            access_ends_at: now + Duration::seconds(tokens.expires_in),
            access_token: tokens.access_token,
            refresh_token: tokens.refresh_token,
            me: tokens.me,
            csrf: sealed::word(),
            started_at: now,
            last_seen: now,
            ends_at: tokens.session_ends_at,
            toast: None,
        }
    }

    pub fn is_about_to_end(&self, now: DateTime<Utc>) -> bool {
        self.access_ends_at - now < ABOUT_TO_END
    }
}

/// Begins a session under a new id, which is returned for the cookie; `toast` is what its first page says.
pub async fn begin(app: &App, tokens: Tokens, toast: Option<Toast>) -> Result<String> {
    let id = sealed::word();
    write(app, &Key::of(&id), &Session { toast, ..Session::of(tokens, app.now()) }).await?;
    Ok(id)
}

/// The session of a cookie, unless it has ended.
pub async fn find(app: &App, key: &Key) -> Result<Option<Session>> {
    let Some(session) = read(app, key).await? else { return Ok(None) };
    let now = app.now();
    let idle = app.config.idle_for(session.me.roles);
    let is_over = now - session.last_seen > idle
        || now - session.started_at > app.config.absolute
        || session.ends_at <= now;
    if is_over {
        app.kv.delete(&key.0).await?;
        return Ok(None);
    }
    if now - session.last_seen > SEEN_EVERY {
        return change(app, key, |session| session.last_seen = now).await;
    }
    Ok(Some(session))
}

pub async fn end(app: &App, key: &Key) -> Result<()> {
    let lock = app.lock_of(&key.0);
    let _alone = lock.lock().await;
    Ok(app.kv.delete(&key.0).await?)
}

/// Changes what is in the store now; `None` when the session has gone meanwhile.
pub async fn change(app: &App, key: &Key, edit: impl FnOnce(&mut Session)) -> Result<Option<Session>> {
    let lock = app.lock_of(&key.0);
    let _alone = lock.lock().await;
    let Some(mut session) = read(app, key).await? else { return Ok(None) };
    edit(&mut session);
    write(app, key, &session).await?;
    Ok(Some(session))
}

/// Changes the tokens for new ones, unless somebody did so while we waited for the lock.
///
/// `None`: the API no longer knows this sign-in, and the session is gone.
pub async fn refreshed(app: &App, key: &Key, stale: &str, client: &Client) -> Result<Option<Session>> {
    let lock = app.lock_of(&key.0);
    let _alone = lock.lock().await;
    let Some(mut session) = read(app, key).await? else { return Ok(None) };
    if session.access_token != stale {
        return Ok(Some(session));
    }
    let token = RefreshToken { refresh_token: session.refresh_token.clone() };
    match client.call(Refresh { token }).await {
        Ok(tokens) => {
            session = Session {
                csrf: session.csrf,
                started_at: session.started_at,
                last_seen: session.last_seen,
                toast: session.toast,
                ..Session::of(tokens, app.now())
            };
            write(app, key, &session).await?;
            Ok(Some(session))
        }
        Err(error @ CallError::Refused { .. })
            if error.status().is_client_error() && error.status() != 429 =>
        {
            app.kv.delete(&key.0).await?;
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

async fn read(app: &App, key: &Key) -> Result<Option<Session>> {
    // A session of another release that can't be read is no session: one sign-in.
    Ok(app.kv.get(&key.0).await?.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}

async fn write(app: &App, key: &Key, session: &Session) -> Result<()> {
    let bytes = serde_json::to_vec(session).unwrap_or_default();
    let left = (session.started_at + app.config.absolute).min(session.ends_at) - app.now();
    let lasts = left.min(app.config.idle_for(session.me.roles) + SEEN_EVERY);
    Ok(app.kv.set(&key.0, bytes, lasts).await?)
}
