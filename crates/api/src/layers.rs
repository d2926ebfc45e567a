//! What every request passes: id, span, metrics, panic, limits, compression, CORS.

use crate::{App, Config, ctx::Source, error::respond, health, mount};
use axum::{
    Router,
    extract::{ConnectInfo, MatchedPath, Request, State},
    middleware::{Next, from_fn_with_state},
    response::Response,
};
use contract::{Code, Problem, endpoint::ForwardedFor};
use futures_util::FutureExt;
use http::{HeaderName, HeaderValue, Method, header, request::Parts};
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    panic::AssertUnwindSafe,
    sync::Arc,
    time::Instant,
};
use tower_http::{
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, Predicate, SizeAbove},
    },
    cors::{AllowOrigin, CorsLayer},
};
use tracing::Instrument;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

tokio::task_local! {
    static CURRENT_ID: String;
}

/// The id of the request that is being answered.
#[must_use]
pub fn current_request_id() -> Option<String> {
    CURRENT_ID.try_with(Clone::clone).ok()
}

/// Where a request came from. A forwarded address is believed from configured proxies only, and from the web
/// service in the same process.
#[must_use]
pub fn source(config: &Config, parts: &Parts) -> Source {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let forwarded = || -> Option<IpAddr> {
        parts.headers.get("x-forwarded-for")?.to_str().ok()?.rsplit(',').map(str::trim).find_map(|hop| {
            let hop: IpAddr = hop.parse().ok()?;
            (!config.trusted_proxies.contains(&hop)).then_some(hop)
        })
    };
    let address = match parts.extensions.get::<ForwardedFor>() {
        Some(ForwardedFor(address)) => *address,
        None => match peer {
            Some(peer) if config.trusted_proxies.contains(&peer) => forwarded().unwrap_or(peer),
            Some(peer) => peer,
            None => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        },
    };
    let user_agent =
        parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Source { address, user_agent: user_agent.chars().take(300).collect() }
}

/// The whole service: routes, documents, health, and the layers around them.
pub fn wrap(app: Arc<App>, routes: Router<Arc<App>>, documents: Router<Arc<App>>) -> Router {
    let cors = CorsLayer::new()
        .allow_origin(AllowOrigin::list(
            app.config.cors_origins.iter().filter_map(|origin| origin.parse().ok()),
        ))
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_MATCH,
            HeaderName::from_static("idempotency-key"),
        ])
        .expose_headers([header::ETAG, header::RETRY_AFTER, REQUEST_ID]);
    let compression = CompressionLayer::new().compress_when(DefaultPredicate::new().and(SizeAbove::new(860)));
    let router = routes
        .merge(documents)
        .merge(health::routes())
        .fallback(mount::not_found)
        .method_not_allowed_fallback(mount::method_not_allowed)
        .layer(from_fn_with_state(Arc::clone(&app), observe))
        .layer(compression);
    let router = if app.config.cors_origins.is_empty() { router } else { router.layer(cors) };
    router.with_state(app)
}

/// Id, span, time limit, panics, metrics and headers in one: each layer of its own costs a request some
/// microseconds.
async fn observe(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let id = request
        .headers()
        .get(&REQUEST_ID)
        .and_then(|value| value.to_str().ok())
        .filter(|id| {
            (8..=64).contains(&id.len())
                && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
        .map_or_else(|| crate::secret::random()[..16].replace('_', "0").replace('-', "1"), str::to_owned);
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let span =
        tracing::info_span!("request", id = %id, %method, route = %route, status = tracing::field::Empty);
    let started = Instant::now();
    let limit = time_limit(&app.config, request.uri().path());
    let answer = AssertUnwindSafe(tokio::time::timeout(limit, next.run(request))).catch_unwind();
    let answer = async {
        match answer.await {
            Ok(Ok(response)) => response,
            Ok(Err(_)) => respond(Problem::new(Code::TimedOut), None),
            Err(cause) => panicked(cause.as_ref()),
        }
    };
    let mut response = CURRENT_ID.scope(id.clone(), answer.instrument(span.clone())).await;
    let status = response.status();
    let took = started.elapsed();
    span.record("status", status.as_u16());
    span.in_scope(|| tracing::debug!(milliseconds = took.as_secs_f64() * 1000.0, "answered"));
    let labels = [("method", method.to_string()), ("route", route), ("status", status.as_u16().to_string())];
    metrics::counter!("naru_http_requests_total", &labels).increment(1);
    metrics::histogram!("naru_http_request_seconds", &labels[..2]).record(took.as_secs_f64());
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, id);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    response
}

/// Reading and writing tens of thousands of rows takes its time.
const IMPORT_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(60);

/// A file on its way; one that stands still is given up much earlier.
const UPLOAD_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(300);

fn time_limit(config: &Config, path: &str) -> std::time::Duration {
    let most = match path.trim_end_matches('/').rsplit('/').next() {
        Some("import") => IMPORT_TIMEOUT,
        Some("files") => UPLOAD_TIMEOUT,
        _ => std::time::Duration::ZERO,
    };
    most.max(config.request_timeout)
}

fn panicked(cause: &(dyn std::any::Any + Send)) -> Response {
    let message = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("a panic");
    tracing::error!(message, "a handler panicked");
    respond(Problem::new(Code::Internal), None)
}
