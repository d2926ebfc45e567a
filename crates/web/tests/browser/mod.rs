//! An API of the few routes that signing in needs.

use axum::{
    Json, Router,
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use chrono::{DateTime, Duration, Utc};
use contract::{
    Code, Problem, SessionId, UserId,
    auth::{Credentials, Locale, Me, MePatch, RefreshToken, Theme, Tokens},
    mentorship::MenteeHome,
    policy::{Role, Roles},
};
use http::StatusCode;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use web::{Clock, Kv, WebConfig};

#[path = "../support/browser.rs"]
#[allow(dead_code, reason = "these tests use a part of it")]
mod window;

pub use window::{Browser, csrf_of};

#[derive(Clone)]
pub struct Api {
    state: Arc<Mutex<Known>>,
    pub kv: Kv,
    router: Router,
}

struct Known {
    now: DateTime<Utc>,
    me: Me,
    /// The one access token and the one refresh token that hold.
    generation: u32,
    access_holds: bool,
    sign_in_holds: bool,
    home: StatusCode,
    counts: BTreeMap<&'static str, u32>,
}

type Shared = State<Arc<Mutex<Known>>>;

impl Known {
    fn tokens(&mut self) -> Json<Tokens> {
        self.generation += 1;
        self.access_holds = true;
        self.sign_in_holds = true;
        Json(Tokens {
            access_token: format!("access-{}", self.generation),
            refresh_token: format!("refresh-{}", self.generation),
            token_type: "Bearer".into(),
            expires_in: 900,
            session_ends_at: self.now + Duration::days(1),
            me: self.me.clone(),
        })
    }

    fn count(&mut self, name: &'static str) {
        *self.counts.entry(name).or_default() += 1;
    }

    fn admits(&self, headers: &HeaderMap) -> bool {
        let bearer = headers.get("authorization").and_then(|value| value.to_str().ok());
        self.access_holds && bearer == Some(&format!("Bearer access-{}", self.generation))
    }
}

fn refuse(code: Code) -> Response {
    (code.status(), Json(Problem::new(code))).into_response()
}

async fn login(State(state): Shared, Json(credentials): Json<Credentials>) -> Response {
    let mut known = state.lock().unwrap();
    known.count("login");
    match (credentials.email.as_str(), credentials.password.as_str()) {
        ("throttled@x.example", _) => {
            let mut response = refuse(Code::TooManyRequests);
            response.headers_mut().insert("retry-after", "90".parse().unwrap());
            response
        }
        ("jiwoo@x.example", "right") => known.tokens().into_response(),
        ("", _) => refuse(Code::Invalid),
        _ => refuse(Code::WrongCredentials),
    }
}

async fn refresh(State(state): Shared, Json(token): Json<RefreshToken>) -> Response {
    let mut known = state.lock().unwrap();
    known.count("refresh");
    let holds = known.sign_in_holds && token.refresh_token == format!("refresh-{}", known.generation);
    if holds { known.tokens().into_response() } else { refuse(Code::TokenReused) }
}

async fn logout(State(state): Shared) -> StatusCode {
    let mut known = state.lock().unwrap();
    known.count("logout");
    known.sign_in_holds = false;
    StatusCode::NO_CONTENT
}

async fn update_me(State(state): Shared, headers: HeaderMap, Json(patch): Json<MePatch>) -> Response {
    let mut known = state.lock().unwrap();
    if !known.admits(&headers) {
        return refuse(Code::TokenExpired);
    }
    known.me.locale = patch.locale.unwrap_or(known.me.locale);
    known.me.theme = patch.theme.unwrap_or(known.me.theme);
    Json(known.me.clone()).into_response()
}

async fn home(State(state): Shared, headers: HeaderMap) -> Response {
    let known = state.lock().unwrap();
    let code = Code::ALL.iter().copied().find(|code| code.status() == known.home);
    match code {
        _ if !known.admits(&headers) => refuse(Code::TokenExpired),
        Some(code) => refuse(code),
        None => Json(MenteeHome { mentorship: None, tasks: Vec::new() }).into_response(),
    }
}

impl Api {
    pub fn start() -> Self {
        Self::start_with(|_| {})
    }

    pub fn start_with(configure: impl FnOnce(&mut WebConfig)) -> Self {
        let me = Me {
            user_id: UserId(11),
            session_id: SessionId(1),
            company_id: Some(contract::CompanyId("220-81-62517".into())),
            company_name: Some("윤슬로보틱스".into()),
            department_id: None,
            department_name: None,
            email: "jiwoo@x.example".into(),
            family_name: "한".into(),
            given_name: "지우".into(),
            name: "한지우".into(),
            position: None,
            roles: Roles::of([Role::Mentee]),
            locale: Locale::Ko,
            theme: Theme::System,
            time_zone: "Asia/Seoul".into(),
        };
        let state = Arc::new(Mutex::new(Known {
            now: "2026-08-27T03:30:00Z".parse().unwrap(),
            me,
            generation: 0,
            access_holds: false,
            sign_in_holds: false,
            home: StatusCode::OK,
            counts: BTreeMap::new(),
        }));
        let read = Arc::clone(&state);
        let clock: Clock = Arc::new(move || read.lock().unwrap().now);
        let kv = Kv::memory(Arc::clone(&clock));
        let mut config = WebConfig::new(clock);
        configure(&mut config);
        let routes = Router::new()
            .route("/api/auth/login", post(login))
            .route("/api/auth/refresh", post(refresh))
            .route("/api/auth/logout", post(logout))
            .route("/api/auth/me", axum::routing::put(update_me))
            .route("/api/mentorship/home", get(home))
            .with_state(Arc::clone(&state));
        let router = web::router(client::in_process(routes), kv.clone(), config);
        Self { state, kv, router }
    }

    pub fn count(&self, name: &str) -> u32 {
        self.state.lock().unwrap().counts.get(name).copied().unwrap_or(0)
    }

    /// Lets time pass.
    pub fn turn(&self, by: Duration) {
        self.state.lock().unwrap().now += by;
    }

    /// Ends the access token, as after a change of roles.
    pub fn revoke(&self) {
        self.state.lock().unwrap().access_holds = false;
    }

    /// Ends the whole sign-in.
    pub fn forget(&self) {
        let mut known = self.state.lock().unwrap();
        known.access_holds = false;
        known.sign_in_holds = false;
    }

    pub fn set_home(&self, status: StatusCode) {
        self.state.lock().unwrap().home = status;
    }
}

impl AsRef<Router> for Api {
    fn as_ref(&self) -> &Router {
        &self.router
    }
}
