//! Logs and metrics: lines on standard error, and a page for Prometheus on a listener of its own.

use crate::config::Config;
use anyhow::Context;
use axum::{Router, routing::get};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::{io::IsTerminal, time::Duration};
use store::Db;
use tracing_subscriber::EnvFilter;

/// Seconds.
const DURATIONS: &[f64] = &[0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0];
const STATEMENTS: &[f64] = &[0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 10.0, 25.0, 100.0];

/// Begins to log.
///
/// # Errors
/// When the filter can't be understood.
pub fn log(config: &Config) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&config.log).context("log")?;
    let is_terminal = std::io::stderr().is_terminal();
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let is_text = match config.log_format.as_str() {
        "text" => true,
        "json" => false,
        _ => is_terminal,
    };
    if is_text {
        lines.with_ansi(is_terminal).init();
    } else {
        lines.json().flatten_event(true).with_span_list(false).init();
    }
    Ok(())
}

/// Begins to count.
///
/// # Errors
/// When something counts already.
pub fn metrics() -> anyhow::Result<PrometheusHandle> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), DURATIONS)?
        .set_buckets_for_metric(Matcher::Full("naru_api_statements".to_owned()), STATEMENTS)?
        .install_recorder()?;
    for (name, about) in [
        ("naru_http_requests_total", "Requests answered, by method, route and status"),
        ("naru_sign_ins_total", "Attempts to sign in with a password, by outcome"),
    ] {
        metrics::describe_counter!(name, about);
    }
    for (name, about) in [
        ("naru_http_request_seconds", "Time until the answer, by method and route"),
        ("naru_db_lease_wait_seconds", "Time a request waited for a database connection"),
        ("naru_api_statements", "SQL statements of a request, by operation"),
    ] {
        metrics::describe_histogram!(name, about);
    }
    for (name, about) in [
        ("naru_db_leases", "Database connections: the most there may be"),
        ("naru_db_leases_available", "Database connections that are open and free"),
        ("naru_db_leases_in_use", "Database connections that requests hold"),
        ("naru_db_leases_waiting", "Requests that wait for a database connection"),
        ("naru_web_kept", "Sessions and other short-lived state of the pages"),
    ] {
        metrics::describe_gauge!(name, about);
    }
    // Without it the samples of histograms pile up while nobody scrapes.
    let kept = handle.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_secs(5)).await;
            kept.run_upkeep();
        }
    });
    Ok(handle)
}

/// The page Prometheus reads.
pub fn page(handle: PrometheusHandle, db: Option<Db>, kv: Option<kv::Kv>) -> Router {
    let render = move || {
        let (handle, db, kv) = (handle.clone(), db.clone(), kv.clone());
        async move {
            if let Some(db) = db {
                note(&db);
            }
            if let Some(kv) = kv
                && let Ok(kept) = kv.len().await
            {
                metrics::gauge!("naru_web_kept").set(number(kept));
            }
            ([("content-type", "text/plain; version=0.0.4; charset=utf-8")], handle.render())
        }
    };
    Router::new().route("/metrics", get(render))
}

fn note(db: &Db) {
    let usage = db.usage();
    metrics::gauge!("naru_db_leases").set(number(usage.size));
    metrics::gauge!("naru_db_leases_available").set(number(usage.available));
    metrics::gauge!("naru_db_leases_in_use").set(number(usage.open.saturating_sub(usage.available)));
    metrics::gauge!("naru_db_leases_waiting").set(number(usage.waiting));
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}
