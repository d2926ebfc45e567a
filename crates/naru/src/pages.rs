//! The web service as configured: over the API in this process, or over HTTP.

use crate::config::Config;
use anyhow::Context;
use api::Clock;
use axum::Router;
use chrono::Duration;
use kv::Kv;
use std::sync::Arc;
use web::{DemoSignIn, WebConfig};

/// The pages and their short-lived state.
///
/// # Errors
/// When the API's address is missing, or the file of sessions can't be used.
pub async fn router(
    config: &Config,
    api: Option<Router>,
    sign_ins: Option<Vec<DemoSignIn>>,
) -> anyhow::Result<(Router, Kv)> {
    let transport = match api {
        Some(router) => client::in_process(router),
        None => {
            let url =
                config.api_url.as_deref().context("web.api_url (--api-url) is needed to reach the API")?;
            client::over_http(url)?
        }
    };
    let system = Clock::system();
    let clock: web::Clock = Arc::new(move || system.now());
    let path = config.data.join("web.db");
    let kv = Kv::sqlite(&path, Arc::clone(&clock)).await.with_context(|| path.display().to_string())?;
    let minutes = |value: u64| Duration::minutes(value.cast_signed());
    let settings = WebConfig {
        secure_cookies: config.public_url.as_ref().is_some_and(|url| url.starts_with("https://")),
        public_url: config.public_url.clone(),
        idle_privileged: minutes(config.idle_privileged_minutes),
        idle: minutes(config.idle_minutes),
        absolute: minutes(config.session_hours * 60),
        demo: sign_ins,
        mail_folder: config.smtp_url.is_none().then(|| config.data.join("mail").display().to_string()),
        ..WebConfig::new(clock)
    };
    Ok((web::router(transport, kv.clone(), settings), kv))
}
