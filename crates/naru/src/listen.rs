//! Accepting connections and ending them.
//!
//! `axum::serve` sets no timer on HTTP/1, so half-sent requests stay open for
//! ever and block the exit. Here silent, half-sent and idle connections are
//! closed, and the drain has a hard end.

use crate::patient::Patient;
use axum::{Router, body::Body, extract::ConnectInfo, extract::Request};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use std::{net::SocketAddr, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// Until the headers of a request are there, or the next request on an idle connection.
const HEADERS_WITHIN: Duration = Duration::from_secs(5);
/// What is still open then is cut.
const DRAIN: Duration = Duration::from_secs(20);
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// Serves until `ending`, then lets what is in flight finish.
pub async fn serve(listener: TcpListener, router: Router, ending: CancellationToken) {
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            biased;
            () = ending.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of descriptors, or a connection that was gone before it was taken.
                tracing::warn!(%error, "a connection was not accepted");
                sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let (router, ending, watcher) = (router.clone(), ending.clone(), graceful.watcher());
        tokio::spawn(async move {
            let _ = stream.set_nodelay(true);
            let opened = tokio::select! {
                opened = timeout(HEADERS_WITHIN, speaks_http2(&stream)) => opened,
                () = ending.cancelled() => return,
            };
            let Ok(Ok(is_http2)) = opened else { return };
            let service = router.into_service::<Body>().map_request(
                move |mut request: Request<hyper::body::Incoming>| {
                    request.extensions_mut().insert(ConnectInfo(peer));
                    request.map(Body::new)
                },
            );
            let builder = if is_http2 { builder().http2_only() } else { builder().http1_only() };
            let connection = builder.serve_connection_with_upgrades(
                TokioIo::new(Patient::new(stream)),
                TowerToHyperService::new(service),
            );
            if let Err(error) = watcher.watch(connection.into_owned()).await {
                tracing::debug!(%peer, error, "a connection ended early");
            }
        });
    }
    drop(listener);
    if timeout(DRAIN, graceful.shutdown()).await.is_err() {
        tracing::warn!("some connections were still open at the end and are cut");
    }
}

fn builder() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_WITHIN)
        .max_headers(100)
        .max_buf_size(64 * 1024)
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(100)
        .max_header_list_size(32 * 1024)
        .keep_alive_interval(Duration::from_secs(20))
        .keep_alive_timeout(Duration::from_secs(10));
    builder
}

/// Whether the connection opens as HTTP/2 does. The builder can tell by itself, but waits for it without end.
async fn speaks_http2(stream: &TcpStream) -> std::io::Result<bool> {
    let mut seen = [0; PREFACE.len()];
    loop {
        let count = stream.peek(&mut seen).await?;
        if count == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if !PREFACE.starts_with(&seen[..count]) {
            return Ok(false);
        }
        if count == PREFACE.len() {
            return Ok(true);
        }
        sleep(Duration::from_millis(20)).await;
    }
}

/// Listens, or says which address could not be had.
///
/// # Errors
/// When the address is taken or not this machine's.
pub async fn bind(name: &str, address: SocketAddr) -> anyhow::Result<(TcpListener, SocketAddr)> {
    use anyhow::Context;
    let listener =
        TcpListener::bind(address).await.with_context(|| format!("{name} can't listen on {address}"))?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}
