//! The handlers, one file per resource, and the whole router.

pub mod agreement;
pub mod analytics;
pub mod auth;
pub mod blocks;
pub mod calendar;
pub mod companies;
pub mod couple;
pub mod curriculum;
pub mod curriculum_diff;
pub mod curriculum_edits;
pub mod curriculum_library;
pub mod departments;
pub mod facts;
pub mod files;
pub mod goals;
pub mod import;
pub mod jobs;
pub mod matching;
pub mod meetings;
pub mod memo;
pub mod mentoring;
pub mod mentorship;
pub mod mentorship_dates;
pub mod mentorship_life;
pub mod mentorship_news;
pub mod mentorship_start;
pub mod overview;
pub mod report;
pub mod review;
pub mod suggestions;
pub mod tasks;
pub mod timeline;
pub mod upgrades;
pub mod users;

use crate::{App, layers, mount::Routes};
use axum::{Json, Router, response::Html, routing::get};
use std::sync::Arc;

/// Every operation there is. The order is the order of the OpenAPI document.
#[must_use]
pub fn routes() -> Routes {
    let routes = Routes::default();
    let routes = auth::mount(routes);
    let routes = companies::mount(routes);
    let routes = departments::mount(routes);
    let routes = users::mount(routes);
    let routes = import::mount(routes);
    let routes = curriculum::mount(routes);
    let routes = mentoring::mount(routes);
    let routes = curriculum_edits::mount(routes);
    let routes = blocks::mount(routes);
    let routes = curriculum_diff::mount(routes);
    let routes = curriculum_library::mount(routes);
    let routes = upgrades::mount(routes);
    let routes = jobs::mount(routes);
    let routes = mentorship::mount(routes);
    let routes = mentorship_start::mount(routes);
    let routes = mentorship_life::mount(routes);
    let routes = mentorship_dates::mount(routes);
    let routes = overview::mount(routes);
    let routes = agreement::mount(routes);
    let routes = goals::mount(routes);
    let routes = meetings::mount(routes);
    let routes = timeline::mount(routes);
    let routes = report::mount(routes);
    let routes = calendar::mount(routes);
    let routes = tasks::mount(routes);
    let routes = review::mount(routes);
    let routes = files::mount(routes);
    let routes = suggestions::mount(routes);
    let routes = matching::mount(routes);
    let routes = analytics::mount(routes);
    memo::mount(routes)
}

/// The API as a service.
pub fn router(app: Arc<App>) -> Router {
    let (routes, document) = routes().finish();
    let document: &'static serde_json::Value = Box::leak(Box::new(document));
    let documents = Router::new()
        .route("/openapi.json", get(move || async move { Json(document) }))
        .route(
            "/",
            get(|| async { Html("<!doctype html><title>Naru API</title><a href=\"/docs/\">API</a>") }),
        )
        .merge(docs());
    layers::wrap(app, routes, documents)
}

/// Swagger UI, from this binary alone.
fn docs() -> Router<Arc<App>> {
    let ui =
        utoipa_swagger_ui::SwaggerUi::new("/docs").config(utoipa_swagger_ui::Config::new(["/openapi.json"]));
    let relaxed = "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; \
                   img-src 'self' data:; connect-src 'self'; font-src 'self'; frame-ancestors 'none'";
    Router::new().merge(ui).layer(tower_http::set_header::SetResponseHeaderLayer::overriding(
        http::header::CONTENT_SECURITY_POLICY,
        http::HeaderValue::from_static(relaxed),
    ))
}
