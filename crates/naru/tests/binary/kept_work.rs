//! Memos and moves that were answered are there after `kill -9`.

use crate::{
    cluster::{self, Cluster},
    server::{Server, get, post, try_request},
};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// What one mentor was told is kept: memos by id, and the task's newest version.
#[derive(Default)]
struct Told {
    memos: BTreeSet<i64>,
    version: i64,
}

fn sign_in(api: SocketAddr, person: &Value) -> String {
    let body = json!({ "email": person["email"], "password": person["password"] });
    let answer = post(api, "/api/auth/login", "", &body);
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()["access_token"].as_str().expect("a token").to_owned()
}

/// A mentor of the demo who guides somebody, and an open task of theirs.
fn mentor_and_task(api: SocketAddr, data: &Path) -> (Value, i64) {
    let list = std::fs::read_to_string(data.join("demo.json")).expect("the demo's people");
    let people: Vec<Value> = serde_json::from_str(&list).expect("a list");
    for person in people.into_iter().filter(|person| person["roles"] == json!(["mentor"])) {
        let token = sign_in(api, &person);
        let tasks = get(api, "/api/tasks/?status=todo&limit=100", &token).json();
        let movable = tasks["items"].as_array().expect("items").iter().find(|task| {
            task["allowed"].as_array().is_some_and(|allowed| allowed.contains(&json!("in_progress")))
        });
        if let Some(task) = movable {
            let task_id = task["task_id"].as_i64().expect("an id");
            return (person, task_id);
        }
    }
    panic!("the demo has a mentor with an open task");
}

/// Writes memos and moves the task to and fro until the server is gone.
fn work(api: SocketAddr, token: &str, task_id: i64, stop: &AtomicBool) -> Told {
    let mut told = Told::default();
    let mut forth = true;
    while !stop.load(Ordering::Relaxed) {
        let memo = json!({ "task_id": task_id, "body": format!("memo {}", told.memos.len()) });
        if let Ok(answer) = try_request(api, "POST", "/api/memo/", token, Some(&memo))
            && answer.status == 201
        {
            told.memos.insert(answer.json()["memo_id"].as_i64().expect("an id"));
        }
        let path = format!("/api/tasks/{task_id}/status");
        let to = json!({ "status": if forth { "in_progress" } else { "todo" } });
        if let Ok(answer) = try_request(api, "POST", &path, token, Some(&to)) {
            forth = !forth;
            if answer.status == 200 {
                told.version = told.version.max(answer.json()["version"].as_i64().expect("a version"));
            }
        }
    }
    told
}

fn memos(api: SocketAddr, token: &str, task_id: i64) -> BTreeSet<i64> {
    let (mut found, mut cursor) = (BTreeSet::new(), String::new());
    loop {
        let page = get(api, &format!("/api/memo/?task_id={task_id}&limit=100{cursor}"), token).json();
        found.extend(
            page["items"].as_array().expect("items").iter().filter_map(|memo| memo["memo_id"].as_i64()),
        );
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return found,
        }
    }
}

fn killing_it_loses_no_work(data: &Path, more: &[&str]) {
    let mut server = Server::ready("demo", data, more);
    let (mentor, task_id) = mentor_and_task(server.api, data);
    server.stop();
    server = Server::ready("api", data, more);
    let mut answered = 0;
    for _ in 0..3 {
        let (api, stop) = (server.api, Arc::new(AtomicBool::new(false)));
        let threads: Vec<_> = (0..4)
            .map(|_| {
                let (token, stop) = (sign_in(api, &mentor), Arc::clone(&stop));
                std::thread::spawn(move || work(api, &token, task_id, &stop))
            })
            .collect();
        std::thread::sleep(Duration::from_millis(700));
        server.kill();
        stop.store(true, Ordering::Relaxed);
        let told: Vec<Told> = threads.into_iter().map(|thread| thread.join().expect("a thread")).collect();
        server = Server::ready("api", data, more);
        let token = sign_in(server.api, &mentor);
        let there = memos(server.api, &token, task_id);
        let task = get(server.api, &format!("/api/tasks/{task_id}"), &token).json();
        for told in &told {
            let missing: Vec<&i64> = told.memos.difference(&there).collect();
            assert!(missing.is_empty(), "answered, and lost: {missing:?}");
            assert!(task["version"].as_i64().expect("a version") >= told.version, "a move was lost");
            answered += told.memos.len();
        }
    }
    assert!(answered >= 30, "{answered} memos were answered");
    server.stop();
}

#[test]
fn kill_9_loses_no_memo_and_no_move_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    killing_it_loses_no_work(folder.path(), &[]);
}

#[test]
fn kill_9_loses_no_memo_and_no_move_on_postgresql() {
    if !cluster::is_wanted() {
        return;
    }
    let (folder, cluster) = (tempfile::tempdir().expect("a folder"), Cluster::start());
    killing_it_loses_no_work(folder.path(), &["--database-url", &cluster.url()]);
}
