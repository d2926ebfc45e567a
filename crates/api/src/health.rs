//! `/health/live` touches nothing; `/health/ready` asks the database, and says no while the process ends.

use crate::App;
use axum::{
    Json, Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use http::StatusCode;
use serde_json::json;
use std::sync::{Arc, atomic::Ordering};

pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/health/live", get(live)).route("/health/ready", get(ready))
}

async fn live() -> Json<serde_json::Value> {
    Json(json!({ "status": "live" }))
}

async fn ready(State(app): State<Arc<App>>) -> Response {
    let state = if app.draining.load(Ordering::Relaxed) {
        "draining"
    } else if app.db.check().await.is_err() {
        "database_unavailable"
    } else {
        return Json(json!({ "status": "ready" })).into_response();
    };
    (StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "2")], Json(json!({ "status": state })))
        .into_response()
}
