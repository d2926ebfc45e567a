//! What every request passes: panics, time, size, origins, headers.

use api::Config;
use axum::{Router, body::Body, routing::get};
use http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use testkit::{Engine, Stage};
use tower::ServiceExt;

async fn with(config: Config) -> (Stage, Router) {
    let stage = Stage::with(Engine::Sqlite, config).await.expect("SQLite is always there");
    let odd = Router::new()
        .route("/odd/panics", get(async || -> StatusCode { panic!("a bug") }))
        .route("/odd/sleeps", get(async || tokio::time::sleep(Duration::from_secs(30)).await));
    let router = api::layers::wrap(Arc::clone(&stage.app), odd, Router::new());
    (stage, router)
}

async fn ask(router: &Router, request: Request<Body>) -> (Response<()>, Value) {
    let response = router.clone().oneshot(request).await.expect("infallible");
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.expect("a body").to_bytes();
    (Response::from_parts(parts, ()), serde_json::from_slice(&bytes).unwrap_or_default())
}

fn plain(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).expect("a request")
}

#[tokio::test]
async fn a_panic_is_500_with_the_request_id_and_says_nothing_of_its_cause() {
    let (stage, router) = with(Config::default()).await;
    let (response, problem) = ask(&router, plain("/odd/panics")).await;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(problem["code"], "internal");
    assert_eq!(problem["request_id"], response.headers()["x-request-id"].to_str().expect("text"));
    assert!(!problem.to_string().contains("a bug"));
    let (response, _) = ask(&router, plain("/health/live")).await;
    assert_eq!(response.status(), StatusCode::OK, "the next request is answered");
    stage.finish().await;
}

#[tokio::test]
async fn what_takes_too_long_is_told_so() {
    let config = Config { request_timeout: Duration::from_millis(50), ..Config::default() };
    let (stage, router) = with(config).await;
    let (response, problem) = ask(&router, plain("/odd/sleeps")).await;
    assert_eq!(response.status(), StatusCode::GATEWAY_TIMEOUT);
    assert_eq!(problem["code"], "timed_out");
    stage.finish().await;
}

#[tokio::test]
async fn a_request_id_is_taken_over_when_it_is_one() {
    let (stage, router) = with(Config::default()).await;
    let named = |id: &str| Request::get("/health/live").header("x-request-id", id).body(Body::empty());
    let (response, _) = ask(&router, named("abcd-1234-efgh").expect("a request")).await;
    assert_eq!(response.headers()["x-request-id"], "abcd-1234-efgh");
    let (response, _) = ask(&router, named("a b<script>").expect("a request")).await;
    assert_ne!(response.headers()["x-request-id"], "a b<script>");
    stage.finish().await;
}

#[tokio::test]
async fn only_named_origins_may_call_from_a_browser() {
    let config = Config { cors_origins: vec!["https://hr.naru.example".to_owned()], ..Config::default() };
    let (stage, router) = with(config).await;
    let preflight = |origin: &str| {
        Request::options("/health/live")
            .header(header::ORIGIN, origin)
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, "GET")
            .body(Body::empty())
            .expect("a request")
    };
    let (response, _) = ask(&router, preflight("https://hr.naru.example")).await;
    assert_eq!(response.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "https://hr.naru.example");
    let (response, _) = ask(&router, preflight("https://elsewhere.example")).await;
    assert!(!response.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN));
    stage.finish().await;
}

#[tokio::test]
async fn bodies_have_a_limit_announced_or_not() {
    let stage = Stage::new(Engine::Sqlite).await.expect("SQLite is always there");
    let router = api::router(Arc::clone(&stage.app));
    let large = json!({ "email": "a@naru.example", "password": "a".repeat(3 * 1024 * 1024) }).to_string();
    let post = || Request::post("/api/auth/login").header(header::CONTENT_TYPE, "application/json");
    let announced = post().header(header::CONTENT_LENGTH, large.len());
    let announced = announced.body(Body::from(large.clone())).expect("a request");
    let chunks = large.into_bytes().chunks(65_536).map(<[u8]>::to_vec).collect::<Vec<_>>();
    let chunks = futures_util::stream::iter(chunks.into_iter().map(Ok::<_, std::io::Error>));
    let streamed = post().body(Body::from_stream(chunks)).expect("a request");
    for request in [announced, streamed] {
        let (response, problem) = ask(&router, request).await;
        assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(problem["code"], "too_large");
    }
    stage.finish().await;
}

#[tokio::test]
async fn every_answer_forbids_sniffing_framing_and_referrers() {
    let (stage, router) = with(Config::default()).await;
    for path in ["/health/live", "/nothing", "/odd/panics"] {
        let (response, _) = ask(&router, plain(path)).await;
        assert_eq!(response.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
        assert_eq!(response.headers()[header::REFERRER_POLICY], "no-referrer", "{path}");
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().expect("text");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}");
    }
    stage.finish().await;
}
