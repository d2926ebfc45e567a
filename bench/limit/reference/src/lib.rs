//! What a hand-written server needs besides its queries: parameters, token check, errors, server start.
use std::{future::Future, sync::LazyLock};

use axum::{
    Router,
    extract::FromRequestParts,
    http::{StatusCode, header::AUTHORIZATION, request::Parts},
    response::{IntoResponse, Response},
};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde::Deserialize;

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOC: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn fifty() -> i64 { 50 }

#[derive(Deserialize)]
pub struct ListQuery {
    pub search: Option<String>,
    pub department_id: Option<i64>,
    pub role: Option<String>,
    #[serde(default)]
    pub skip: i64,
    #[serde(default = "fifty")]
    pub limit: i64,
}

#[derive(Deserialize)]
pub struct AssignedQuery { pub mentorship_id: i64 }

#[derive(Deserialize)]
pub struct StatusIn { pub status: String }

#[derive(Deserialize)]
pub struct MemoIn { pub task_id: i64, pub content: String }

pub enum Error { NotFound, Unauthorized, Internal(String) }

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match self {
            Error::NotFound => StatusCode::NOT_FOUND.into_response(),
            Error::Unauthorized => StatusCode::UNAUTHORIZED.into_response(),
            Error::Internal(m) => { eprintln!("{m}"); StatusCode::INTERNAL_SERVER_ERROR.into_response() }
        }
    }
}

impl<E: std::error::Error> From<E> for Error {
    fn from(e: E) -> Self { Error::Internal(e.to_string()) }
}

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Deserialize)]
struct Claims { sub: String }

static KEY: LazyLock<DecodingKey> = LazyLock::new(|| {
    let s = std::env::var("JWT_SECRET").unwrap_or("perf-secret-perf-secret-perf-secret-32".into());
    DecodingKey::from_secret(s.as_bytes())
});
static VALIDATION: LazyLock<Validation> = LazyLock::new(|| Validation::new(Algorithm::HS256));

/// The caller's user id, from a verified `Authorization: Bearer` token.
pub struct Me(pub i64);

impl<S: Sync> FromRequestParts<S> for Me {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let token = parts.headers.get(AUTHORIZATION)
            .and_then(|h| h.to_str().ok())
            .and_then(|h| h.strip_prefix("Bearer "))
            .ok_or(Error::Unauthorized)?;
        verify(token)
    }
}

pub fn verify(token: &str) -> Result<Me> {
    let data = decode::<Claims>(token, &KEY, &VALIDATION).map_err(|_| Error::Unauthorized)?;
    data.claims.sub.parse().map(Me).map_err(|_| Error::Unauthorized)
}

pub fn env<T: std::str::FromStr>(name: &str, default: T) -> T {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}

pub fn env_str(name: &str, default: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| default.into())
}

/// Start a 2-worker runtime and serve on 127.0.0.1:$PORT.
pub fn serve<F: Future<Output = Router>>(router: impl FnOnce() -> F) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(env("WORKERS", 2)).enable_all().build().unwrap()
        .block_on(async {
            let app = router().await;
            let addr = format!("127.0.0.1:{}", env("PORT", 18001u16));
            let l = tokio::net::TcpListener::bind(&addr).await.unwrap();
            use axum::serve::ListenerExt;
            axum::serve(l.tap_io(|s| { let _ = s.set_nodelay(true); }), app).await.unwrap();
        });
}
