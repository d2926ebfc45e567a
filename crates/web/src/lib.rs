//! The pages: HTML from the server, htmx for parts of it, no access to data but through the API.
//!
//! A page is a struct and a template (`page`), a handler takes `Signed` or
//! `Visitor`, and a form comes in as `Form<T>`; `CONTRIBUTING.md` shows each.

mod app;
mod assets;
mod config;
mod dates;
mod download;
mod engine;
mod error;
mod form;
mod frame;
mod i18n;
mod links;
mod markdown;
mod page;
pub mod pages;
mod sealed;
mod session;
mod shell;
mod signed;
mod visitor;

pub use app::App;
pub use client::{Client, Transport};
pub use config::{DemoSignIn, WebConfig};
pub use error::{Error, Result};
pub use form::{Arriving, Errors, Form, Once, Query, Upload};
pub use kv::{Clock, Kv};
pub use page::{Crumb, Page};
pub use signed::{Signed, SignedClient};
pub use visitor::Visitor;

use axum::{Router, middleware};
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, limit::RequestBodyLimitLayer,
    timeout::TimeoutLayer,
};

/// Where the crate lies. A debug build reads its templates, texts and files from there, so it must be built anew elsewhere.
#[cfg_attr(not(test), expect(dead_code, reason = "named for cargo, which builds anew when it differs"))]
pub(crate) const ROOT: &str = concat!(env!("NARU_ROOT"), "/crates/web");

/// The largest request: an uploaded table or document.
const MAX_BODY: usize = 12 << 20;
/// The same for files; how large one may be the API says.
const MAX_UPLOAD: usize = 1 << 30;
/// How long a file may be on its way.
const UPLOAD_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(310);
/// Longer than the client waits for the API, so that its answer can still be shown.
const TIMEOUT: std::time::Duration = std::time::Duration::from_secs(35);

/// All pages, with everything around them; the caller only has to listen.
pub fn router(transport: Transport, kv: Kv, config: WebConfig) -> Router {
    let routes = pages::routes();
    let app = App::new(transport, kv, config, routes.paths);
    let uploads = routes
        .uploads
        .layer(RequestBodyLimitLayer::new(MAX_UPLOAD))
        .layer(TimeoutLayer::with_status_code(http::StatusCode::GATEWAY_TIMEOUT, UPLOAD_TIMEOUT));
    routes
        .router
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
        .layer(TimeoutLayer::with_status_code(http::StatusCode::GATEWAY_TIMEOUT, TIMEOUT))
        .merge(uploads)
        .fallback(|| async { Error::NotFound })
        .method_not_allowed_fallback(|| async { Error::NotFound })
        .layer(axum::extract::DefaultBodyLimit::disable())
        .layer(middleware::from_fn_with_state(app.clone(), frame::same_origin))
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(middleware::from_fn_with_state(app.clone(), frame::frame))
        .layer(CompressionLayer::new())
        .with_state(app)
}
