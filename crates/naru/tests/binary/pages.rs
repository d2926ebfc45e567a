use crate::server::{Answer, PASSWORD, Server, free_addresses, get, raw, until_status};
use serde_json::{Value, json};
use std::{net::SocketAddr, os::unix::fs::PermissionsExt, time::Duration};

/// What a browser keeps between two pages.
struct Browser {
    at: SocketAddr,
    cookies: Vec<String>,
}

impl Browser {
    const fn new(at: SocketAddr) -> Self {
        Self { at, cookies: Vec::new() }
    }

    fn ask(&mut self, method: &str, path: &str, form: &str) -> Answer {
        let (at, cookies) = (self.at, self.cookies.join("; "));
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {at}\r\nconnection: close\r\norigin: http://{at}\r\ncookie: {cookies}\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
            form.len()
        );
        let answer = raw(at, request.as_bytes()).expect("an answer");
        for line in answer.head.lines() {
            if let Some(cookie) = line.to_lowercase().starts_with("set-cookie:").then(|| &line[11..]) {
                let pair = cookie.split(';').next().unwrap_or_default().trim().to_owned();
                let name = format!("{}=", pair.split('=').next().unwrap_or_default());
                self.cookies.retain(|kept| !kept.starts_with(&name));
                self.cookies.push(pair);
            }
        }
        answer
    }

    /// Fills in the form of the sign-in page.
    fn sign_in(&mut self, email: &str, password: &str) -> Answer {
        let page = self.ask("GET", "/sign-in", "");
        assert_eq!(page.status, 200, "{}", page.body);
        let (_, rest) = page.body.split_once("name=\"csrf\" value=\"").expect("a form with a token");
        let csrf = rest.split('"').next().expect("its end");
        let email = email.replace('@', "%40");
        self.ask("POST", "/sign-in", &format!("csrf={csrf}&next=%2F&email={email}&password={password}"))
    }
}

fn signs_in(web: SocketAddr, email: &str) {
    let mut browser = Browser::new(web);
    let wrong = browser.sign_in(email, "not-the-password");
    assert!(wrong.status == 401 || wrong.status == 422, "{}", wrong.status);
    let right = browser.sign_in(email, PASSWORD);
    assert_eq!(right.status, 303, "{}", right.body);
    let home = browser.ask("GET", "/", "");
    assert!(home.status == 200 || home.status == 303, "{} {}", home.status, home.body);
    assert!(!home.header("location").is_some_and(|place| place.starts_with("/sign-in")), "signed in");
    assert!(!home.body.contains("eyJ"), "the browser never sees a token of the API");
}

#[test]
fn both_services_in_one_process_sign_an_operator_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::ready("serve", folder.path(), &[]);
    let line = server.wait_for("naru is ready", Duration::from_secs(1));
    assert!(line.contains(&format!("web http://{}", server.web)), "{line}");
    server.set_up();
    signs_in(server.web, "op@naru.example");
    server.stop();
}

#[test]
fn two_processes_sign_an_operator_in_and_the_pages_outlive_the_api() {
    let (api_folder, web_folder) =
        (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let mut api = Server::ready("api", api_folder.path(), &[]);
    let url = format!("http://{}", api.api);
    let web = Server::ready("web", web_folder.path(), &["--api-url", &url]);
    api.set_up();
    signs_in(web.web, "op@naru.example");
    api.stop();
    let page = get(web.web, "/sign-in", "");
    assert_eq!(page.status, 200, "the pages stay");
    web.stop();
}

#[test]
fn the_pages_alone_need_to_know_the_api() {
    let folder = tempfile::tempdir().expect("a folder");
    let [api, web, metrics] = free_addresses();
    let mut server = Server::start_on([api, web, metrics], "web", folder.path(), &[]);
    assert_eq!(server.wait(Duration::from_secs(20)).expect("it ends").code(), Some(1));
}

#[test]
fn the_demo_lists_its_people_and_serves_them_again_after_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::ready("demo", folder.path(), &[]);
    let list = folder.path().join("demo.json");
    assert_eq!(list.metadata().expect("it is there").permissions().mode() & 0o777, 0o600);
    let people: Vec<Value> =
        serde_json::from_slice(&std::fs::read(&list).expect("it can be read")).expect("a list");
    assert!(people.len() > 25, "{} people", people.len());
    for role in ["operator", "admin", "mentor", "mentee"] {
        let person = people
            .iter()
            .find(|person| person["roles"].as_array().is_some_and(|roles| roles.contains(&json!(role))));
        let person = person.unwrap_or_else(|| panic!("nobody is {role}"));
        let credentials = json!({ "email": person["email"], "password": person["password"] });
        let answer = crate::server::post(server.api, "/api/auth/login", "", &credentials);
        assert_eq!(answer.status, 200, "{role}: {}", answer.body);
        assert_eq!(answer.json()["me"]["name"], person["name"]);
    }
    assert!(get(server.web, "/sign-in", "").body.contains("/sign-in/demo"), "one click on loopback");
    server.stop();

    let before = std::fs::read(&list).expect("it can be read");
    let server = Server::ready("demo", folder.path(), &[]);
    assert_eq!(std::fs::read(&list).expect("it can be read"), before);
    server.stop();
}

#[test]
fn the_demo_refuses_a_used_database() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::ready("serve", folder.path(), &[]);
    server.set_up();
    server.stop();
    let mut demo = Server::start("demo", folder.path(), &[]);
    assert_eq!(demo.wait(Duration::from_secs(20)).expect("it ends").code(), Some(1));
    assert!(!folder.path().join("demo.json").exists());
}

#[test]
fn the_pages_wait_for_the_database_with_the_api() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::start("serve", folder.path(), &["--no-migrate"]);
    until_status(server.api, "/health/ready", 503, Duration::from_secs(30));
    until_status(server.web, "/sign-in", 200, Duration::from_secs(10));
    server.signal("TERM");
    assert_eq!(server.wait(Duration::from_secs(30)).expect("it ends").code(), Some(0));
}
