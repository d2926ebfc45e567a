//! Signing in, forms and headers, through the whole router, against an API of a few routes.

mod browser;

use browser::{Api, Browser, csrf_of};
use chrono::Duration;
use http::StatusCode;

#[tokio::test]
async fn signing_in_leads_to_where_one_was_going_and_out_again() {
    let api = Api::start();
    let mut browser = Browser::of(&api);
    let answer = browser.get("/?week=3").await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-in?next=%2F%3Fweek%3D3"));

    let form = browser.get("/sign-in?next=%2F%3Fweek%3D3").await;
    assert!(form.body.contains("name=\"next\" value=\"/?week=3\""), "{}", form.body);
    let answer = browser.sign_in("jiwoo@x.example", "right", "/?week=3").await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/?week=3"));
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("naru=") && cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");

    let home = browser.get("/").await;
    assert_eq!(home.status, StatusCode::OK);
    assert!(home.body.contains("지우 님"), "{}", home.body);
    assert_eq!(home.header("x-api-calls"), "1");
    for page in [&form, &home] {
        assert!(!page.body.contains("access-"), "a token reached the browser");
    }

    let old = browser.cookies.clone();
    let answer = browser.post("/logout", &[("csrf", &csrf_of(&home.body))]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-in"));
    assert!(!answer.header("clear-site-data").is_empty());
    assert_eq!(api.count("logout"), 1);
    browser.cookies = old;
    assert_eq!(browser.get("/").await.status, StatusCode::SEE_OTHER, "the old cookie is worth nothing");
}

#[tokio::test]
async fn every_failure_to_sign_in_has_one_answer_and_too_many_say_the_wait() {
    let api = Api::start();
    let mut browser = Browser::of(&api);
    let csrf = csrf_of(&browser.get("/sign-in").await.body);
    let mut texts = Vec::new();
    for (email, password) in [("jiwoo@x.example", "wrong"), ("nobody@x.example", "right"), ("", "")] {
        let form = [("csrf", csrf.as_str()), ("email", email), ("password", password)];
        let answer = browser.post("/sign-in", &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.header("set-cookie").is_empty());
        assert!(answer.body.contains("메일이나 비밀번호가 맞지 않아요"));
        assert!(!answer.body.contains("wrong"), "a password is never sent back");
        texts.push(answer.body.replace(&format!("value=\"{email}\""), ""));
    }
    assert_eq!(texts[0], texts[1]);
    let form = [("csrf", csrf.as_str()), ("email", "throttled@x.example"), ("password", "x")];
    let answer = browser.post("/sign-in", &form).await;
    assert_eq!((answer.status, answer.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "90"));
    assert!(answer.body.contains("2분 뒤"), "{}", answer.body);
}

#[tokio::test]
async fn a_form_needs_its_own_token_and_its_own_site() {
    let api = Api::start();
    let mut browser = Browser::of(&api);
    let csrf = csrf_of(&browser.get("/sign-in").await.body);
    let right = [("email", "jiwoo@x.example"), ("password", "right")];
    let with = |token: &str| {
        [vec![("csrf", token.to_owned())], right.map(|(k, v)| (k, v.to_owned())).to_vec()].concat()
    };
    let other = csrf_of(&Browser::of(&api).get("/sign-in").await.body);
    for token in ["", "x", other.as_str()] {
        let form = with(token);
        let form: Vec<_> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
        assert_eq!(browser.post("/sign-in", &form).await.status, StatusCode::FORBIDDEN, "{token}");
    }
    assert_eq!(browser.post("/sign-in", &right).await.status, StatusCode::FORBIDDEN);
    let form = with(&csrf);
    let form: Vec<_> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let answer = browser.post_with("/sign-in", &form, &[(name, value)]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    assert_eq!(api.count("login"), 0);
    let answer = browser.post_with("/sign-in", &form, &[("origin", "http://naru.test")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);

    // The token from before the sign-in is not the session's.
    assert_eq!(
        browser.post("/locale", &[("csrf", &csrf), ("locale", "en")]).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn visitors_leave_nothing_behind() {
    let api = Api::start();
    for _ in 0..50 {
        assert_eq!(Browser::of(&api).get("/sign-in").await.status, StatusCode::OK);
    }
    assert_eq!(api.kv.len().await.unwrap(), 1, "only the key that signs their forms");
}

#[tokio::test]
async fn every_answer_carries_the_headers() {
    let api = Api::start();
    let mut browser = Browser::of(&api);
    for (path, status) in [
        ("/sign-in", 200),
        ("/", 303),
        ("/nothing-here", 404),
        ("/static/dev/css/naru.css", 200),
        ("/static/dev/css/none.css", 404),
        ("/static/dev/../Cargo.toml", 404),
        ("/robots.txt", 200),
        ("/favicon.svg", 200),
    ] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{path}");
        assert!(!answer.header("content-security-policy").contains("unsafe"));
        for name in
            ["x-content-type-options", "referrer-policy", "cross-origin-opener-policy", "permissions-policy"]
        {
            assert!(!answer.header(name).is_empty(), "{path} lacks {name}");
        }
        assert!(answer.header("x-request-id").len() >= 8, "{path}");
        let caching = if path.starts_with("/static") && status == 200 || path == "/favicon.svg" {
            "no-cache"
        } else {
            "no-store"
        };
        assert_eq!(answer.header("cache-control"), caching, "{path}");
        assert_eq!(answer.header("strict-transport-security"), "", "not without TLS");
    }
    let css = browser.get("/static/dev/css/naru.css").await;
    assert_eq!(css.header("content-type"), "text/css; charset=utf-8");
    let again = browser.get_with("/static/dev/css/naru.css", &[("if-none-match", css.header("etag"))]).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    let missing = browser.get_with("/nothing-here", &[("accept-language", "en-GB,ko;q=0.5")]).await;
    assert!(missing.body.contains("There is nothing here"), "{}", missing.body);

    let mut browser = Browser::of(&Api::start_with(|config| {
        config.secure_cookies = true;
        config.public_url = Some("https://naru.test/".to_owned());
    }));
    let answer = browser.get("/sign-in").await;
    assert!(answer.header("strict-transport-security").starts_with("max-age=31536000"));
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-naru-form=") && cookie.contains("; Secure"), "{cookie}");
    let answer = browser.get_with("/sign-in", &[("host", "evil.example")]).await;
    assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST);
}

#[tokio::test]
async fn tokens_are_renewed_once_however_many_ask_at_once() {
    let api = Api::start();
    let mut browser = Browser::of(&api);
    browser.sign_in("jiwoo@x.example", "right", "/").await;
    api.turn(Duration::seconds(880));
    let answers = futures_util::future::join_all((0..8).map(|_| {
        let mut browser = browser.clone();
        async move { browser.get("/").await.status }
    }))
    .await;
    assert!(answers.iter().all(|status| *status == StatusCode::OK), "{answers:?}");
    assert_eq!(api.count("refresh"), 1);

    // The API ends the token early: one renewal, one retry, same page.
    api.revoke();
    assert_eq!(browser.get("/").await.status, StatusCode::OK);
    assert_eq!(api.count("refresh"), 2);
}

#[tokio::test]
async fn a_sign_in_that_is_over_leads_back_to_the_sign_in_page() {
    let api = Api::start();
    let mut browser = Browser::of(&api);
    browser.sign_in("jiwoo@x.example", "right", "/").await;
    api.forget();
    let answer =
        browser.get_with("/", &[("hx-request", "true"), ("referer", "http://naru.test/board?x=1")]).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.header("hx-redirect"), "/sign-in?next=%2Fboard%3Fx%3D1");
    assert_eq!(browser.get("/").await.location(), "/sign-in");

    // Idle: an hour for a mentee, and busy sessions go on.
    let mut browser = Browser::of(&api);
    browser.sign_in("jiwoo@x.example", "right", "/").await;
    for _ in 0..3 {
        api.turn(Duration::minutes(45));
        assert_eq!(browser.get("/").await.status, StatusCode::OK);
    }
    api.turn(Duration::minutes(61));
    assert_eq!(browser.get("/").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn language_and_theme_follow_the_person_and_the_browser() {
    let api = Api::start();
    let mut browser = Browser::of(&api);
    let csrf = csrf_of(&browser.get("/sign-in").await.body);
    let answer = browser
        .post_with(
            "/locale",
            &[("csrf", &csrf), ("locale", "en")],
            &[("referer", "http://naru.test/sign-in")],
        )
        .await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-in"));
    assert!(browser.get("/sign-in").await.body.contains("Welcome back"));

    browser.sign_in("jiwoo@x.example", "right", "/").await;
    let home = browser.get("/").await;
    assert!(home.body.contains("지우 님"), "the person's language");
    let csrf = csrf_of(&home.body);
    browser.post("/locale", &[("csrf", &csrf), ("locale", "en")]).await;
    let answer =
        browser.post_with("/theme", &[("csrf", &csrf), ("theme", "dark")], &[("hx-request", "true")]).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    let home = browser.get("/").await;
    assert!(
        home.body.contains("<html lang=\"en\" data-theme=\"dark\">") && home.body.contains("Do this now")
            || home.body.contains("No plan yet"),
        "{}",
        home.body
    );
    let answer = browser.post("/locale", &[("csrf", &csrf), ("locale", "fr")]).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_api_that_is_away_is_a_page_with_a_way_out_and_a_toast_for_htmx() {
    let api = Api::start();
    let mut browser = Browser::of(&api);
    browser.sign_in("jiwoo@x.example", "right", "/").await;
    api.set_home(StatusCode::SERVICE_UNAVAILABLE);
    let answer = browser.get("/").await;
    assert_eq!((answer.status, answer.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "5"));
    assert!(answer.body.contains("서버가 잠시 쉬고 있어요"), "{}", answer.body);
    assert!(answer.body.contains(answer.header("x-request-id")), "the id to quote");
    let answer = browser.get_with("/", &[("hx-request", "true")]).await;
    assert!(answer.body.is_empty());
    let toast: serde_json::Value = serde_json::from_str(answer.header("hx-trigger")).unwrap();
    assert!(toast["toast"]["text"].as_str().unwrap().contains("서버가 잠시 쉬고"), "{toast}");
    api.set_home(StatusCode::FORBIDDEN);
    assert!(browser.get("/").await.body.contains("볼 수 있는 권한이 없어요"));
    api.set_home(StatusCode::OK);
    assert_eq!(browser.get("/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_with_a_page() {
    let api = Api::start();
    let mut browser = Browser::of(&api);
    let csrf = csrf_of(&browser.get("/sign-in").await.body);
    let long = "x".repeat(5 << 20);
    let answer = browser.post("/sign-in", &[("csrf", &csrf), ("password", &long)]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("너무 커서 받을 수 없어요"), "{}", answer.body);
    assert!(!answer.header("content-security-policy").is_empty());
}

#[tokio::test]
async fn a_demo_offers_people_by_one_click() {
    let api = Api::start_with(|config| {
        config.demo = Some(vec![web::DemoSignIn {
            role: contract::policy::Role::Mentee,
            name: "한지우".into(),
            email: "jiwoo@x.example".into(),
            password: "right".into(),
        }]);
    });
    let mut browser = Browser::of(&api);
    let page = browser.get("/sign-in").await.body;
    assert!(page.contains("멘티 한지우로 들어가기"), "{page}");
    assert!(!page.contains("right"), "no password in the page");
    let csrf = csrf_of(&page);
    assert_eq!(
        browser.post("/sign-in/demo", &[("csrf", &csrf), ("who", "7")]).await.status,
        StatusCode::NOT_FOUND
    );
    let answer = browser.post("/sign-in/demo", &[("csrf", &csrf), ("who", "0")]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"));
    let mut other = Browser::of(&Api::start());
    let csrf = csrf_of(&other.get("/sign-in").await.body);
    assert_eq!(
        other.post("/sign-in/demo", &[("csrf", &csrf), ("who", "0")]).await.status,
        StatusCode::NOT_FOUND
    );
}
