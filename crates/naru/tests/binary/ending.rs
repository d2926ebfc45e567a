use crate::server::{Server, get, half};
use std::{
    io::Read,
    time::{Duration, Instant},
};

#[test]
fn sigterm_ends_it_with_0_while_half_sent_requests_are_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::ready("api", folder.path(), &[]);
    let open = [
        half(server.api, b""),
        half(server.api, b"G"),
        half(server.api, b"PRI * HTTP/2.0\r\n"),
        half(server.api, b"GET /health/live HTTP/1.1\r\nhost: a\r\nx-half: "),
        half(server.api, b"POST /api/auth/login HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{"),
    ];
    std::thread::sleep(Duration::from_millis(300));
    let started = Instant::now();
    server.signal("TERM");
    let status = server.wait(Duration::from_secs(30)).expect("it ends");
    assert_eq!(status.code(), Some(0));
    assert!(started.elapsed() < Duration::from_secs(25), "{:?}", started.elapsed());
    drop(open);
}

#[test]
fn readiness_says_no_before_the_listener_closes() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::ready("api", folder.path(), &[]);
    server.signal("TERM");
    std::thread::sleep(Duration::from_millis(200));
    let ready = get(server.api, "/health/ready", "");
    assert_eq!((ready.status, ready.json()["status"].as_str()), (503, Some("draining")));
    assert_eq!(server.wait(Duration::from_secs(10)).expect("it ends").code(), Some(0));
}

#[test]
fn a_second_signal_ends_it_now() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::ready("api", folder.path(), &[]);
    let _open = half(server.api, b"POST /api/auth/login HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{");
    std::thread::sleep(Duration::from_millis(200));
    server.signal("TERM");
    std::thread::sleep(Duration::from_millis(300));
    let started = Instant::now();
    server.signal("TERM");
    let status = server.wait(Duration::from_secs(5)).expect("it ends at once");
    assert_eq!(status.code(), Some(0));
    assert!(started.elapsed() < Duration::from_secs(1));
}

#[test]
fn silent_and_half_sent_connections_are_closed_while_it_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::ready("api", folder.path(), &[]);
    for sent in [&b""[..], b"PRI * HT", b"GET / HTTP/1.1\r\nhost"] {
        let mut open = half(server.api, sent);
        open.set_read_timeout(Some(Duration::from_secs(12))).expect("a timeout");
        let started = Instant::now();
        let mut rest = Vec::new();
        // A 408 may come first; what counts is that the connection ends.
        let ended = open.read_to_end(&mut rest);
        assert!(ended.is_ok() || started.elapsed() < Duration::from_secs(11), "{sent:?} is still open");
    }
    server.stop();
}
