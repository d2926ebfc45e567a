//! The two ways to the API.

use axum::body::Body;
use http::{Request, Response};
use std::time::Duration;
use tower::{BoxError, ServiceExt, util::BoxCloneSyncService};

/// Anything that answers HTTP requests.
pub type Transport = BoxCloneSyncService<Request<Body>, Response<Body>, BoxError>;

#[derive(Debug, thiserror::Error)]
#[error("no HTTP client for the API: {0}")]
pub struct TransportError(#[source] reqwest::Error);

/// How long a file may be on its way.
const STREAM_TIMEOUT: Duration = Duration::from_secs(300);

/// Calls the router of this very process.
#[must_use]
pub fn in_process(router: axum::Router) -> Transport {
    BoxCloneSyncService::new(router.into_service::<Body>().map_err(BoxError::from))
}

/// Calls another process; connections are kept, nothing is followed and no proxy is asked.
///
/// # Errors
/// When the machine offers no roots to trust.
pub fn over_http(base_url: &str) -> Result<Transport, TransportError> {
    // Installed before when another part of the process speaks TLS too.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(2))
        .timeout(Duration::from_secs(30))
        .tcp_keepalive(Duration::from_secs(30))
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .map_err(TransportError)?;
    let base = base_url.trim_end_matches('/').to_owned();
    Ok(BoxCloneSyncService::new(tower::service_fn(move |request: Request<Body>| {
        let (http, base) = (http.clone(), base.clone());
        async move {
            let (mut parts, body) = request.into_parts();
            parts.uri = format!("{base}{}", parts.uri).parse()?;
            let is_streamed = parts.extensions.get::<crate::Streamed>().is_some();
            let request = if is_streamed {
                let body = reqwest::Body::wrap_stream(body.into_data_stream());
                let mut request = reqwest::Request::try_from(Request::from_parts(parts, body))?;
                *request.timeout_mut() = Some(STREAM_TIMEOUT);
                request
            } else {
                let body = axum::body::to_bytes(body, usize::MAX).await?;
                reqwest::Request::try_from(Request::from_parts(parts, body))?
            };
            let response: Response<reqwest::Body> = http.execute(request).await?.into();
            Ok::<_, BoxError>(response.map(Body::new))
        }
    })))
}
