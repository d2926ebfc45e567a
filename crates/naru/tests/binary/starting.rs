use crate::server::{PASSWORD, Server, get, naru, post, raw, until_status};
use serde_json::json;
use std::{io::Write, os::unix::fs::PermissionsExt, process::Stdio, time::Duration};

#[test]
fn it_starts_on_nothing_says_so_and_lets_the_first_operator_in_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::ready("api", folder.path(), &[]);
    assert_eq!(get(server.api, "/health/live", "").json()["status"], "live");
    assert_eq!(get(server.api, "/health/ready", "").json()["status"], "ready");
    let token = server.set_up();
    let me = get(server.api, "/api/auth/me", &token);
    assert_eq!((me.status, me.json()["roles"][0].as_str()), (200, Some("operator")));
    assert!(me.header("x-request-id").is_some());

    let again = json!({ "token": "x", "email": "b@naru.example", "family_name": "나", "given_name": "루", "password": PASSWORD });
    assert_eq!(post(server.api, "/api/auth/setup", "", &again).status, 409);
    let mode =
        |name: &str| folder.path().join(name).metadata().expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode("token.key"), 0o600);
    server.stop();

    let mut server = Server::ready("api", folder.path(), &[]);
    assert_eq!(get(server.api, "/api/auth/me", &token).status, 200, "the token outlives a restart");
    let line = server.wait_for("naru is ready", Duration::from_secs(1));
    assert!(line.contains(&format!("api http://{}", server.api)), "{line}");
    server.stop();
}

#[test]
fn no_usual_password_opens_a_fresh_installation() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::ready("api", folder.path(), &[]);
    for (email, password) in
        [("admin", "admin"), ("admin@naru.example", "password"), ("root@localhost", "root")]
    {
        let answer =
            post(server.api, "/api/auth/login", "", &json!({ "email": email, "password": password }));
        assert_eq!(answer.status, 401);
    }
    server.stop();
}

#[test]
fn the_metrics_have_a_listener_of_their_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::ready("api", folder.path(), &[]);
    let token = server.set_up();
    get(server.api, "/api/auth/me", &token);
    let wrong = json!({ "email": "op@naru.example", "password": "not the one" });
    post(server.api, "/api/auth/login", "", &wrong);
    let text = get(server.metrics, "/metrics", "").body;
    for line in [
        "naru_http_requests_total{method=\"GET\",route=\"/api/auth/me\",status=\"200\"}",
        "naru_http_request_seconds_bucket{",
        "naru_db_lease_wait_seconds_bucket{",
        "naru_api_statements_bucket{endpoint=\"GetMe\"",
        "naru_sign_ins_total{outcome=\"wrong\"} 1",
        "naru_db_leases_in_use",
    ] {
        assert!(text.contains(line), "{line} is missing in\n{text}");
    }
    assert_eq!(get(server.api, "/metrics", "").status, 404);
    server.stop();
}

#[test]
fn headers_are_limited_and_answers_are_compressed() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::ready("api", folder.path(), &[]);
    let many: String = (0..200).map(|count| format!("x-{count}: 1\r\n")).collect();
    let request = format!("GET /health/live HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{many}\r\n");
    assert_eq!(raw(server.api, request.as_bytes()).expect("an answer").status, 431);
    let request = format!(
        "GET /health/live HTTP/1.1\r\nhost: a\r\nconnection: close\r\nx-long: {}\r\n\r\n",
        "a".repeat(100_000)
    );
    // Cut off while it is still sending, or told.
    if let Ok(answer) = raw(server.api, request.as_bytes()) {
        assert_eq!(answer.status, 431);
    }
    let request =
        b"GET /openapi.json HTTP/1.1\r\nhost: a\r\naccept-encoding: gzip\r\nconnection: close\r\n\r\n";
    let answer = raw(server.api, request).expect("an answer");
    assert_eq!((answer.status, answer.header("content-encoding")), (200, Some("gzip")));
    server.stop();
}

#[test]
fn migrating_twice_and_at_once_is_the_same_as_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = || {
        naru()
            .args(["migrate", "--data"])
            .arg(folder.path())
            .stdout(Stdio::null())
            .spawn()
            .expect("it starts")
    };
    for mut child in [run(), run(), run()] {
        assert!(child.wait().expect("a child").success());
    }
    assert!(run().wait().expect("a child").success());
}

#[test]
fn an_operator_is_made_on_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let create = |email: &str, password: &str| {
        let mut child = naru()
            .args(["operator", "create", "--email", email, "--family-name", "나루", "--given-name", "운영"])
            .args(["--password-stdin", "--data"])
            .arg(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        child.stdin.take().expect("piped").write_all(password.as_bytes()).expect("it reads");
        child.wait().expect("a child").success()
    };
    assert!(!create("op@naru.example", "password1\n"), "too easy");
    assert!(!create("nobody", PASSWORD), "no address");
    assert!(create("op@naru.example", &format!("{PASSWORD}\n")));
    assert!(!create("OP@naru.example", PASSWORD), "taken");
    let server = Server::ready("api", folder.path(), &[]);
    let answer =
        post(server.api, "/api/auth/login", "", &json!({ "email": "op@naru.example", "password": PASSWORD }));
    assert_eq!(answer.status, 200, "{}", answer.body);
    server.stop();
}

#[test]
fn without_migrations_it_waits_until_somebody_has_run_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::start("api", folder.path(), &["--no-migrate"]);
    until_status(server.api, "/health/live", 200, Duration::from_secs(30));
    let ready = get(server.api, "/health/ready", "");
    assert_eq!((ready.status, ready.header("retry-after")), (503, Some("2")));
    assert_eq!(get(server.api, "/api/auth/setup", "").status, 503);
    let migrated = naru().args(["migrate", "--data"]).arg(folder.path()).status().expect("it runs");
    assert!(migrated.success());
    server.wait_for("naru is ready", Duration::from_secs(10));
    assert_eq!(get(server.api, "/health/ready", "").status, 200);
    server.stop();
}
