//! The typed caller of the API: over HTTP or inside the same process, the same code.
//!
//! In process a call still passes the API's own router with all its layers, so
//! authentication, limits and errors are those of the wire.

mod error;
mod headers;
mod transport;

pub use error::CallError;
pub use transport::{Transport, TransportError, in_process, over_http};

use axum::body::Body;
use contract::{Chunks, Endpoint, File, Stream, Wire, endpoint::ForwardedFor};
use futures_util::TryStreamExt;
use headers::{disposition, file_name, percent_encoded};
use http::{HeaderMap, HeaderName, HeaderValue, Request, header};
use http_body_util::{BodyExt, Limited};
use serde::Serialize;
use std::net::IpAddr;
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};
use tower::ServiceExt;

/// The largest answer that is read: a document of 50 MB and some room.
const MAX_REPLY: usize = 64 << 20;
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Marks a request whose body or answer is passed on piece by piece.
#[derive(Debug, Clone, Copy)]
struct Streamed;

/// On whose behalf a call is made: for throttles, the list of devices, and the logs.
#[derive(Debug, Clone, Default)]
pub struct Peer {
    pub ip: Option<IpAddr>,
    pub user_agent: Option<String>,
    pub request_id: Option<String>,
}

/// The API, however it is reached. Cheap to clone; the `with_…` give a changed copy.
#[derive(Clone)]
pub struct Client {
    transport: Transport,
    headers: HeaderMap,
    forwarded_for: Option<IpAddr>,
    calls: Arc<AtomicU32>,
}

impl Client {
    #[must_use]
    pub fn new(transport: Transport) -> Self {
        Self { transport, headers: HeaderMap::new(), forwarded_for: None, calls: Arc::default() }
    }

    /// Calls as the owner of this access token.
    #[must_use]
    pub fn with_bearer(&self, token: &str) -> Self {
        self.with(header::AUTHORIZATION, &format!("Bearer {token}"))
    }

    /// Calls on behalf of a visitor.
    #[must_use]
    pub fn with_peer(&self, peer: &Peer) -> Self {
        let mut client = self.clone();
        client.forwarded_for = peer.ip;
        let ip = peer.ip.map(|ip| ip.to_string());
        for (name, value) in [
            (FORWARDED_FOR, ip.as_deref()),
            (header::USER_AGENT, peer.user_agent.as_deref()),
            (REQUEST_ID, peer.request_id.as_deref()),
        ] {
            if let Some(value) = value {
                client = client.with(name, value);
            }
        }
        client
    }

    /// Makes a repeated POST answer what the first one answered.
    #[must_use]
    pub fn with_idempotency_key(&self, key: &str) -> Self {
        self.with(IDEMPOTENCY_KEY, key)
    }

    /// How many calls this client and all its copies have made.
    #[must_use]
    pub fn calls(&self) -> u32 {
        self.calls.load(Ordering::Relaxed)
    }

    /// Starts counting anew: for one page's worth of calls.
    #[must_use]
    pub fn counting_from_zero(&self) -> Self {
        Self { calls: Arc::default(), ..self.clone() }
    }

    /// Asks the API.
    ///
    /// # Errors
    /// [`CallError::Refused`] with the API's problem, [`CallError::Unreachable`] when there is no
    /// answer or one that can't be read.
    pub async fn call<E: Endpoint>(&self, endpoint: E) -> Result<E::Reply, CallError> {
        let request = self.request(endpoint)?;
        self.calls.fetch_add(1, Ordering::Relaxed);
        let response = self.transport.clone().oneshot(request).await.map_err(CallError::Unreachable)?;
        let (parts, body) = response.into_parts();
        if <E::Reply as Wire>::STREAMED && parts.status.is_success() {
            return E::Reply::of_stream(stream_of(&parts.headers, body))
                .ok_or_else(|| CallError::unreadable("a stream that is none"));
        }
        let bytes = Limited::new(body, MAX_REPLY).collect().await.map_err(CallError::Unreachable)?.to_bytes();
        if !parts.status.is_success() {
            return Err(CallError::refused(parts.status, &parts.headers, &bytes));
        }
        let media_type = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let file = File {
            media_type: media_type.unwrap_or_default().to_owned(),
            name: file_name(&parts.headers),
            bytes,
        };
        E::Reply::decode(file).map_err(CallError::unreadable)
    }

    fn with(&self, name: HeaderName, value: &str) -> Self {
        let mut client = self.clone();
        // What a visitor's browser sent may hold bytes a header can't: then it is left out.
        if let Ok(value) = HeaderValue::from_str(value) {
            client.headers.insert(name, value);
        }
        client
    }

    fn request<E: Endpoint>(&self, endpoint: E) -> Result<Request<Body>, CallError> {
        let (path, query, body, if_match) = endpoint.into_parts();
        let mut request = Request::builder()
            .method(E::METHOD)
            .uri(uri(E::PATH, &path, &query)?)
            .body(Body::empty())
            .map_err(CallError::unreadable)?;
        *request.headers_mut() = self.headers.clone();
        request.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("application/json, */*"));
        if let Some(ip) = self.forwarded_for {
            request.extensions_mut().insert(ForwardedFor(ip));
        }
        if let Some(version) = if_match.filter(|_| E::VERSIONED) {
            let value = HeaderValue::from_str(&format!("\"{version}\"")).map_err(CallError::unreadable)?;
            request.headers_mut().insert(header::IF_MATCH, value);
        }
        if <E::Reply as Wire>::STREAMED || <E::Body as Wire>::STREAMED {
            request.extensions_mut().insert(Streamed);
        }
        if let Some(stream) = body.stream() {
            let media_type = HeaderValue::from_str(&stream.media_type).map_err(CallError::unreadable)?;
            request.headers_mut().insert(header::CONTENT_TYPE, media_type);
            if let Some(length) = stream.length {
                request.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
            }
            *request.body_mut() = Body::from_stream(stream.take());
        } else if !<E::Body as Wire>::MEDIA.is_empty() {
            let file = body.encode();
            let media_type = HeaderValue::from_str(&file.media_type).map_err(CallError::unreadable)?;
            request.headers_mut().insert(header::CONTENT_TYPE, media_type);
            if let Some(name) = &file.name {
                let value = HeaderValue::from_str(&disposition(name)).map_err(CallError::unreadable)?;
                request.headers_mut().insert(header::CONTENT_DISPOSITION, value);
            }
            *request.body_mut() = Body::from(file.bytes);
        }
        Ok(request)
    }
}

/// A body that arrives piece by piece, with what its headers say of it.
fn stream_of(headers: &HeaderMap, body: Body) -> Stream {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let length = text(header::CONTENT_LENGTH).and_then(|length| length.parse().ok());
    let chunks: Chunks = Box::pin(TryStreamExt::map_err(body.into_data_stream(), Into::into));
    Stream::new(text(header::CONTENT_TYPE).unwrap_or_default(), file_name(headers), length, chunks)
}

/// Fills the `{…}` of a path in order, and appends the query.
fn uri(template: &str, path: &impl Serialize, query: &impl Serialize) -> Result<String, CallError> {
    let values = match serde_json::to_value(path).map_err(CallError::unreadable)? {
        serde_json::Value::Array(values) => values,
        _ => Vec::new(),
    };
    let mut values = values.into_iter().map(|value| match value {
        serde_json::Value::String(text) => percent_encoded(&text),
        other => percent_encoded(&other.to_string()),
    });
    let filled: Vec<String> =
        template
            .split('/')
            .map(|segment| {
                if segment.starts_with('{') { values.next().unwrap_or_default() } else { segment.to_owned() }
            })
            .collect();
    let query = serde_html_form::to_string(query).map_err(CallError::unreadable)?;
    let path = filled.join("/");
    Ok(if query.is_empty() { path } else { format!("{path}?{query}") })
}

#[cfg(test)]
mod tests;
