//! Around every request: its id, where it came from, and the headers of every answer, errors included.

use crate::{
    App, Error, Visitor,
    error::Failed,
    visitor::{Ask, RequestId, text},
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use contract::Code;
use http::{HeaderName, HeaderValue, Method, StatusCode, header, request::Parts};
use std::sync::Arc;

const HEADERS: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ),
];

/// Gives the request its id, writes the page of an error, sets the headers of the answer.
pub async fn frame(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let id = request_id(&parts);
    parts.extensions.insert(RequestId(id.clone()));
    let ask = Ask::of(&parts);
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if let Some(error) = failure(&response) {
        let status = error.status();
        // The address of a calendar is a secret: no log has it.
        let path = if ask.path.starts_with("/calendar/") { "/calendar/…" } else { ask.path.as_str() };
        if status.is_server_error() {
            tracing::error!(request_id = %id, path, %error, "failed");
        } else {
            tracing::debug!(request_id = %id, path, %error, "refused");
        }
        response = match Visitor::of(&app, ask).await {
            Ok(visitor) => error.show(&visitor),
            Err(_) => error_without_words(status),
        };
    }
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if app.config.secure_cookies {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert("x-request-id", id);
    }
    response
}

/// Refuses other hosts, and changes that another site asks for.
pub async fn same_origin(State(app): State<App>, request: Request, next: Next) -> Result<Response, Error> {
    let host = request.uri().authority().map(|authority| authority.as_str().to_owned());
    let host = host.or_else(|| text(request.headers(), "host").map(str::to_owned)).unwrap_or_default();
    if app.config.public_host().is_some_and(|public| !public.eq_ignore_ascii_case(&host)) {
        return Err(Error::WrongHost);
    }
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !is_safe && !is_own(&request, &host) {
        return Err(Error::Forged);
    }
    Ok(next.run(request).await)
}

/// `Sec-Fetch-Site` where the browser sends it, `Origin` otherwise; a program that sends neither needs the token still.
fn is_own(request: &Request, host: &str) -> bool {
    if let Some(site) = text(request.headers(), "sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match text(request.headers(), "origin") {
        Some(origin) => origin.split_once("://").is_some_and(|(_, from)| from.eq_ignore_ascii_case(host)),
        None => true,
    }
}

/// The id a proxy gave, if it is a plain word, or a new one.
fn request_id(parts: &Parts) -> String {
    let is_plain = |id: &&str| {
        (8..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let given = text(&parts.headers, "x-request-id").filter(is_plain).map(str::to_owned);
    given.unwrap_or_else(|| crate::sealed::random::<8>().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Our own error, or the bare one of a layer.
fn failure(response: &Response) -> Option<Arc<Error>> {
    if let Some(failed) = response.extensions().get::<Failed>() {
        return Some(Arc::clone(&failed.0));
    }
    let code = match response.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Code::TooLarge,
        StatusCode::GATEWAY_TIMEOUT => Code::TimedOut,
        // A path whose id is no id; forms say what is wrong themselves.
        StatusCode::BAD_REQUEST => Code::NotFound,
        _ => return None,
    };
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    (!is_page).then(|| Arc::new(Error::of(code)))
}

/// Even the store of short-lived state is away: a status and nothing else.
fn error_without_words(status: StatusCode) -> Response {
    let mut response = Response::new(axum::body::Body::from(
        "Naru is not available for a moment. 나루가 잠시 쉬고 있어요.\n",
    ));
    *response.status_mut() = if status.is_client_error() { status } else { StatusCode::SERVICE_UNAVAILABLE };
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}
