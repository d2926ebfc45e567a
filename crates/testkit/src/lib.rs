//! A stage for tests: the real API on a real database, with a clock that
//! tests set and people who are signed in.
//!
//! ```ignore
//! testkit::on_both_engines! {
//!     async fn a_mentee_reads_own_tasks(stage: Stage) {
//!         let team = stage.team("윤슬로보틱스").await;
//!         team.mentee.call(ListTasks { filter: TaskFilter::default() }).await.unwrap();
//!     }
//! }
//! ```

mod clock;
mod engine;
mod people;
mod templates;

pub use clock::TestClock;
pub use engine::{Engine, Place};
pub use people::{PASSWORD, Person, Team};
pub use templates::template;

use api::{
    App, Config,
    outside::{
        files::Folder,
        mailer::{MailConfig, Mailer},
    },
};
use client::{Client, Transport};
use contract::{CompanyId, Problem};
use std::{path::PathBuf, sync::Arc};
use store::Db;

/// One running API with its database.
pub struct Stage {
    pub app: Arc<App>,
    pub db: Db,
    pub clock: TestClock,
    /// Calls as nobody.
    pub nobody: Client,
    pub transport: Transport,
    /// Where mails land as `.eml` files.
    pub mails: PathBuf,
    /// Where uploaded files lie.
    pub files: PathBuf,
    place: Place,
    companies: std::sync::atomic::AtomicU32,
}

impl Stage {
    /// A new database on `engine`, migrated, and the API on it.
    pub async fn new(engine: Engine) -> Option<Self> {
        let place = Place::new(engine).await?;
        Some(Self::on(place, Config::default()).await)
    }

    /// The same with other settings.
    pub async fn with(engine: Engine, config: Config) -> Option<Self> {
        let place = Place::new(engine).await?;
        Some(Self::on(place, config).await)
    }

    async fn on(place: Place, config: Config) -> Self {
        let db = Db::open(&place.url, 8).expect("a usable URL");
        if place.engine == Engine::Sqlite {
            db.migrate().await.expect("the migrations run");
        }
        let clock = TestClock::default();
        let mails = place.folder.path().join("mail");
        let mailer = Mailer::new(&MailConfig {
            from: "나루 <naru@naru.example>".to_owned(),
            smtp_url: None,
            folder: mails.clone(),
        })
        .expect("a folder for mails");
        let config = Config {
            token_secrets: vec!["a secret for tests alone, 32 bytes and more".to_owned()],
            tells_statements: true,
            argon2_memory: 64,
            ..config
        };
        let files = place.folder.path().join("files");
        let app = App::new(db.clone(), config, clock.clock(), mailer, Box::new(Folder::new(files.clone())));
        app.revoked.renew(&app).await.expect("the revocations can be read");
        tokio::spawn(api::revoked::Revoked::keep(Arc::clone(&app)));
        let transport = client::in_process(api::router(Arc::clone(&app)));
        let nobody = Client::new(transport.clone());
        Self { app, db, clock, nobody, transport, mails, files, place, companies: 0.into() }
    }

    /// A company with an admin, two mentors, two mentees and a department; each signed in.
    pub async fn team(&self, name: &str) -> Team {
        Team::new(self, name).await
    }

    pub(crate) fn next_company(&self) -> CompanyId {
        let number = self.companies.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        (0..10)
            .map(|check| CompanyId(format!("{:03}-{:02}-{:04}{check}", 101 + number, 81, 1000 + number)))
            .find(CompanyId::checksum_holds)
            .expect("one of ten check digits is right")
    }

    /// Sends what waits in the outbox and reads all mails there are: headers and text, decoded.
    pub async fn mails(&self) -> Vec<String> {
        while api::jobs::outbox::send_due(&self.app).await.expect("the outbox can be worked on") > 0 {}
        let Ok(entries) = std::fs::read_dir(&self.mails) else { return Vec::new() };
        let mut paths: Vec<_> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
            .collect();
        paths.sort_by_key(|path| path.metadata().and_then(|meta| meta.modified()).ok());
        paths.iter().map(|path| decoded(&std::fs::read_to_string(path).unwrap_or_default())).collect()
    }

    /// The token in the newest mail's link for this purpose (`invitation`, `reset`).
    pub async fn link_token(&self, purpose: &str) -> String {
        let mails = self.mails().await;
        let marker = format!("/{purpose}#");
        let mail = mails.iter().rev().find(|mail| mail.contains(&marker)).expect("a mail with such a link");
        let start = mail.find(&marker).map_or(0, |at| at + marker.len());
        mail[start..].chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
    }

    /// Lets go of the database.
    pub async fn finish(self) {
        let Self { app, db, place, .. } = self;
        drop((app, db));
        place.remove().await;
    }
}

/// Quoted-printable and base64 bodies as text.
fn decoded(mail: &str) -> String {
    let Some((head, body)) = mail.split_once("\r\n\r\n") else { return mail.to_owned() };
    let lower = head.to_ascii_lowercase();
    if let Some((_, boundary)) = head.split_once("boundary=\"").filter(|_| lower.contains("multipart/")) {
        let boundary = format!("--{}", boundary.split('"').next().unwrap_or_default());
        let parts = body.split(&boundary).skip(1).map(|part| decoded(part.trim_start_matches("\r\n")));
        return format!("{head}\r\n\r\n{}", parts.collect::<Vec<_>>().join("\r\n"));
    }
    let bytes = if lower.contains("quoted-printable") {
        quoted_printable(body)
    } else if lower.contains("content-transfer-encoding: base64") {
        base64(body)
    } else {
        body.as_bytes().to_vec()
    };
    format!("{head}\r\n\r\n{}", String::from_utf8_lossy(&bytes))
}

fn quoted_printable(text: &str) -> Vec<u8> {
    let joined = text.replace("=\r\n", "");
    let mut bytes = joined.bytes();
    let mut out = Vec::new();
    while let Some(byte) = bytes.next() {
        if byte == b'=' {
            let hex: Vec<u8> = bytes.by_ref().take(2).collect();
            let value = std::str::from_utf8(&hex).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok());
            out.push(value.unwrap_or(b'='));
        } else {
            out.push(byte);
        }
    }
    out
}

fn base64(text: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut out, mut buffer, mut bits) = (Vec::new(), 0_u32, 0_u32);
    for value in text.bytes().filter_map(|byte| ALPHABET.iter().position(|known| *known == byte)) {
        buffer = buffer << 6 | u32::try_from(value).unwrap_or(0);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((buffer >> bits & 0xff) as u8);
        }
    }
    out
}

/// The problem a call was refused with.
///
/// # Panics
/// When it was not refused.
#[track_caller]
pub fn refused<T>(result: Result<T, client::CallError>) -> Problem {
    match result {
        Err(client::CallError::Refused { problem, .. }) => *problem,
        Err(other) => panic!("unreachable: {other}"),
        Ok(_) => panic!("it was not refused"),
    }
}

/// `field code` of each bad field of a refusal.
#[track_caller]
pub fn bad_fields<T>(result: Result<T, client::CallError>) -> Vec<String> {
    refused(result).errors.iter().map(|error| format!("{} {}", error.field, error.code)).collect()
}

/// Each test once on SQLite and once on PostgreSQL (when `NARU_TEST_POSTGRES` names a server).
#[macro_export]
macro_rules! on_both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($stage:ident: Stage) $body:block)+) => {
        $($(#[$meta])* async fn $name($stage: &$crate::Stage) $body)+

        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let stage = $crate::Stage::new($crate::Engine::Sqlite).await.expect("SQLite is always there");
                super::$name(&stage).await;
                stage.finish().await;
            })+
        }

        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                if let Some(stage) = $crate::Stage::new($crate::Engine::Postgres).await {
                    super::$name(&stage).await;
                    stage.finish().await;
                }
            })+
        }
    };
}
