use crate::{
    cluster::{self, Cluster},
    server::{PASSWORD, Server, free_addresses, get, post, try_request, until_status},
};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    net::SocketAddr,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

/// Threads that sign in again and again: each answered sign-in is a row that has to stay.
struct Load {
    stop: Arc<AtomicBool>,
    seen: Arc<Mutex<Seen>>,
    threads: Vec<JoinHandle<()>>,
}

#[derive(Default)]
struct Seen {
    /// Sign-ins that were answered.
    kept: BTreeSet<i64>,
    /// Answers that were neither 200 nor 503 with `Retry-After`.
    odd: Vec<String>,
    slowest: Duration,
}

impl Load {
    fn on(api: SocketAddr) -> Self {
        let (stop, seen) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Seen::default())));
        let thread = || {
            let (stop, seen) = (Arc::clone(&stop), Arc::clone(&seen));
            std::thread::spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let started = Instant::now();
                    let answer = try_request(api, "POST", "/api/auth/login", "", Some(&credentials()));
                    let mut seen = seen.lock().expect("no other thread failed");
                    match answer {
                        Ok(answer) if answer.status == 200 => {
                            seen.kept.insert(answer.json()["me"]["session_id"].as_i64().expect("an id"));
                        }
                        Ok(answer) if answer.status == 503 && answer.header("retry-after").is_some() => {}
                        Ok(answer) => seen.odd.push(format!("{} {}", answer.status, answer.body)),
                        Err(_) => {}
                    }
                    seen.slowest = seen.slowest.max(started.elapsed());
                }
            })
        };
        let threads = vec![thread(), thread(), thread()];
        Self { stop, seen, threads }
    }

    fn written(&self) -> usize {
        self.seen.lock().expect("no thread failed").kept.len()
    }

    fn until_written(&self, more: usize) {
        let (before, started) = (self.written(), Instant::now());
        while self.written() < before + more {
            assert!(started.elapsed() < Duration::from_secs(30), "nothing is written");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn end(self) -> Seen {
        self.stop.store(true, Ordering::Relaxed);
        for thread in self.threads {
            thread.join().expect("a thread");
        }
        Arc::into_inner(self.seen).expect("all threads ended").into_inner().expect("no thread failed")
    }
}

fn credentials() -> Value {
    json!({ "email": "op@naru.example", "password": PASSWORD })
}

/// The sign-ins the database knows.
fn kept(api: SocketAddr) -> BTreeSet<i64> {
    let signed_in = post(api, "/api/auth/login", "", &credentials());
    assert_eq!(signed_in.status, 200, "{}", signed_in.body);
    let token = signed_in.json()["access_token"].as_str().expect("a token").to_owned();
    let sessions = get(api, "/api/auth/sessions", &token).json();
    let items = sessions["items"].as_array().expect("items");
    items.iter().filter_map(|session| session["session_id"].as_i64()).collect()
}

fn killing_it_loses_nothing(data: &Path, more: &[&str]) {
    let mut server = Server::ready("api", data, more);
    server.set_up();
    let mut answered = BTreeSet::new();
    for _ in 0..4 {
        let load = Load::on(server.api);
        load.until_written(8);
        server.kill();
        let seen = load.end();
        assert!(seen.odd.is_empty(), "{:?}", seen.odd);
        answered.extend(seen.kept);
        let started = Instant::now();
        server = Server::ready("api", data, more);
        assert!(started.elapsed() < Duration::from_secs(5), "it starts again in {:?}", started.elapsed());
        let present = kept(server.api);
        let missing: Vec<&i64> = answered.difference(&present).collect();
        assert!(missing.is_empty(), "answered, and lost: {missing:?}");
    }
    assert!(answered.len() >= 32);
    server.stop();
}

#[test]
fn kill_9_loses_no_acknowledged_write_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    killing_it_loses_nothing(folder.path(), &[]);
}

#[test]
fn kill_9_loses_no_acknowledged_write_on_postgresql() {
    if !cluster::is_wanted() {
        return;
    }
    let (folder, cluster) = (tempfile::tempdir().expect("a folder"), Cluster::start());
    killing_it_loses_nothing(folder.path(), &["--database-url", &cluster.url()]);
}

#[test]
fn started_before_its_database_it_waits_and_says_so() {
    if !cluster::is_wanted() {
        return;
    }
    let (folder, cluster) = (tempfile::tempdir().expect("a folder"), Cluster::start());
    cluster.stop();
    let mut server = Server::start("api", folder.path(), &["--database-url", &cluster.url()]);
    until_status(server.api, "/health/live", 200, Duration::from_secs(30));
    until_status(server.api, "/health/ready", 503, Duration::from_secs(5));
    cluster.resume();
    server.wait_for("naru is ready", Duration::from_secs(5));
    assert_eq!(get(server.api, "/health/ready", "").status, 200);
    server.stop();
}

#[test]
fn postgresql_stopped_under_load_is_503_at_once_and_well_5_s_after_its_return() {
    if !cluster::is_wanted() {
        return;
    }
    let (folder, cluster) = (tempfile::tempdir().expect("a folder"), Cluster::start());
    let mut server = Server::ready("api", folder.path(), &["--database-url", &cluster.url()]);
    let token = server.set_up();
    let load = Load::on(server.api);
    load.until_written(10);
    for _ in 0..2 {
        cluster.stop();
        assert!(
            until_status(server.api, "/health/ready", 503, Duration::from_secs(3)) < Duration::from_secs(3)
        );
        assert_eq!(get(server.api, "/health/live", "").status, 200);
        let started = Instant::now();
        let answer = get(server.api, "/api/auth/me", &token);
        assert_eq!(answer.status, 503, "{}", answer.body);
        assert!(answer.header("retry-after").is_some());
        assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
        std::thread::sleep(Duration::from_secs(1));
        cluster.resume();
        until_status(server.api, "/health/ready", 200, Duration::from_secs(5));
        load.until_written(5);
        assert_eq!(get(server.api, "/api/auth/me", &token).status, 200, "the sign-in is still good");
    }
    let seen = load.end();
    assert!(seen.odd.is_empty(), "{:?}", seen.odd);
    assert!(seen.slowest < Duration::from_secs(4), "{:?}", seen.slowest);
    let present = kept(server.api);
    let missing: Vec<&i64> = seen.kept.difference(&present).collect();
    assert!(missing.is_empty(), "answered, and lost: {missing:?}");
    server.stop();
}

#[test]
fn the_address_of_another_process_is_refused_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = Server::ready("api", folder.path(), &[]);
    let [web, metrics] = free_addresses();
    let other = tempfile::tempdir().expect("a folder");
    let mut second = Server::start_on([first.api, web, metrics], "api", other.path(), &[]);
    let status = second.wait(Duration::from_secs(20)).expect("it ends");
    assert_eq!(status.code(), Some(1));
    first.stop();
}
