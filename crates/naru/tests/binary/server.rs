//! A running `naru` and a plain HTTP client: one connection for each request.

use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};

pub const PASSWORD: &str = "tuka-mire-soba-47";

pub fn naru() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_naru"));
    command.env_clear().env("PATH", "/usr/bin:/bin").stdin(Stdio::null());
    command
}

/// Addresses that were free a moment ago: all are held at once, so that they differ.
pub fn free_addresses<const N: usize>() -> [SocketAddr; N] {
    let held = [(); N].map(|()| TcpListener::bind("127.0.0.1:0").expect("a free port"));
    held.map(|listener| listener.local_addr().expect("its address"))
}

pub struct Server {
    child: Child,
    pub api: SocketAddr,
    pub web: SocketAddr,
    pub metrics: SocketAddr,
    lines: mpsc::Receiver<String>,
    said: Vec<String>,
}

impl Server {
    /// Starts it and returns at once.
    pub fn start(command: &str, data: &Path, more: &[&str]) -> Self {
        let [api, web, metrics] = free_addresses();
        Self::start_on([api, web, metrics], command, data, more)
    }

    pub fn start_on([api, web, metrics]: [SocketAddr; 3], command: &str, data: &Path, more: &[&str]) -> Self {
        let mut child = naru()
            .arg(command)
            .arg("--data")
            .arg(data)
            .args(["--api-listen", &api.to_string(), "--web-listen", &web.to_string()])
            .args(["--metrics-listen", &metrics.to_string()])
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let (send, lines) = mpsc::channel();
        let stdout = child.stdout.take().expect("piped");
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if send.send(line).is_err() {
                    break;
                }
            }
        });
        Self { child, api, web, metrics, lines, said: Vec::new() }
    }

    /// Starts it and waits for the line that says so.
    pub fn ready(command: &str, data: &Path, more: &[&str]) -> Self {
        let mut server = Self::start(command, data, more);
        server.wait_for("naru is ready", Duration::from_secs(120));
        server
    }

    /// The first line that holds `text`.
    pub fn wait_for(&mut self, text: &str, within: Duration) -> String {
        if let Some(line) = self.said.iter().find(|line| line.contains(text)) {
            return line.clone();
        }
        let until = Instant::now() + within;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let line = self
                .lines
                .recv_timeout(left)
                .unwrap_or_else(|_| panic!("no line with {text:?} in {:?}", self.said));
            self.said.push(line.clone());
            if line.contains(text) {
                return line;
            }
        }
    }

    /// Makes the first operator with the printed token; the access token.
    pub fn set_up(&mut self) -> String {
        let line = self.wait_for("operator token: ", Duration::from_secs(60));
        let token = line.rsplit(' ').next().expect("a token").to_owned();
        let body = serde_json::json!({ "token": token, "email": "op@naru.example", "family_name": "나루",
            "given_name": "운영", "password": PASSWORD });
        let answer = post(self.api, "/api/auth/setup", "", &body);
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["access_token"].as_str().expect("a token").to_owned()
    }

    pub fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args([&format!("-{name}"), &pid]).status().expect("kill runs");
        assert!(sent.success());
    }

    pub fn wait(&mut self, within: Duration) -> Option<ExitStatus> {
        let until = Instant::now() + within;
        while Instant::now() < until {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return Some(status);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        None
    }

    /// SIGTERM, and exit code 0.
    pub fn stop(mut self) {
        self.signal("TERM");
        let status = self.wait(Duration::from_secs(30)).expect("it ends within 30 s");
        assert_eq!(status.code(), Some(0));
    }

    pub fn kill(&mut self) {
        self.child.kill().expect("SIGKILL");
        self.child.wait().expect("it is gone");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

pub fn get(at: SocketAddr, path: &str, token: &str) -> Answer {
    try_request(at, "GET", path, token, None).expect("an answer")
}

pub fn post(at: SocketAddr, path: &str, token: &str, body: &Value) -> Answer {
    try_request(at, "POST", path, token, Some(body)).expect("an answer")
}

/// One request; an error when the connection is refused or cut.
pub fn try_request(
    at: SocketAddr,
    method: &str,
    path: &str,
    token: &str,
    body: Option<&Value>,
) -> std::io::Result<Answer> {
    let body = body.map(Value::to_string).unwrap_or_default();
    let authorization =
        if token.is_empty() { String::new() } else { format!("authorization: Bearer {token}\r\n") };
    let content = if body.is_empty() { "" } else { "content-type: application/json\r\n" };
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {at}\r\nconnection: close\r\n{authorization}{content}content-length: {}\r\n\r\n{body}",
        body.len()
    );
    raw(at, request.as_bytes())
}

pub fn raw(at: SocketAddr, request: &[u8]) -> std::io::Result<Answer> {
    let mut stream = TcpStream::connect_timeout(&at, Duration::from_secs(2))?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    stream.write_all(request)?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    };
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    Ok(Answer { status, head: head.to_owned(), body: body.to_owned() })
}

/// A connection that keeps what it is sent open.
pub fn half(at: SocketAddr, sent: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(at).expect("it listens");
    stream.write_all(sent).expect("it reads");
    stream
}

/// Asks until the answer has this status; how long it took.
pub fn until_status(at: SocketAddr, path: &str, status: u16, within: Duration) -> Duration {
    let started = Instant::now();
    let mut last = None;
    while started.elapsed() < within {
        match try_request(at, "GET", path, "", None) {
            Ok(answer) if answer.status == status => return started.elapsed(),
            Ok(answer) => last = Some(answer.status),
            Err(_) => {}
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("{path} never answered {status} within {within:?}, but {last:?}");
}
