//! The pages over the real API: `on_both_transports!` runs a test with the API in the same process, and with
//! the API behind HTTP on a loopback port (there on PostgreSQL, when there is one to test with).
#![allow(dead_code, unused_imports, unused_macros, reason = "each test file uses its own part")]

mod browser;
pub mod plan;

pub use browser::{Answer, Browser, csrf_of, fine, hidden, moved_on};

use axum::Router;
use std::{net::SocketAddr, sync::Arc};
use testkit::{Engine, PASSWORD, Person, Stage};
use tokio::{net::TcpListener, task::JoinHandle};
use web::{Clock, Kv, Transport, WebConfig};

/// The pages, and what they speak to.
pub struct Site {
    pub stage: Stage,
    router: Router,
    listening: Option<JoinHandle<()>>,
}

impl AsRef<Router> for Site {
    fn as_ref(&self) -> &Router {
        &self.router
    }
}

impl Site {
    pub async fn in_process() -> Self {
        let stage = Stage::new(Engine::Sqlite).await.expect("SQLite is always there");
        let transport = stage.transport.clone();
        Self::over(stage, transport, None)
    }

    pub async fn over_http() -> Self {
        let stage = match Stage::new(Engine::Postgres).await {
            Some(stage) => stage,
            None => Stage::new(Engine::Sqlite).await.expect("SQLite is always there"),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let service = api::router(Arc::clone(&stage.app)).into_make_service_with_connect_info::<SocketAddr>();
        let listening = tokio::spawn(async move { axum::serve(listener, service).await.expect("it serves") });
        let transport = client::over_http(&format!("http://{address}")).expect("a usable address");
        Self::over(stage, transport, Some(listening))
    }

    fn over(stage: Stage, transport: Transport, listening: Option<JoinHandle<()>>) -> Self {
        let test_clock = stage.clock.clone();
        let clock: Clock = Arc::new(move || test_clock.now());
        let router = web::router(transport, Kv::memory(Arc::clone(&clock)), WebConfig::new(clock));
        Self { stage, router, listening }
    }

    /// A browser that this person is signed in with.
    pub async fn browser_of(&self, person: &Person) -> Browser {
        let mut browser = Browser::of(self);
        let answer = browser.sign_in(&person.email, PASSWORD, "/").await;
        assert_eq!(answer.location(), "/", "{} signs in: {}", person.name, answer.body);
        browser
    }

    pub async fn finish(self) {
        if let Some(listening) = self.listening {
            listening.abort();
        }
        drop(self.router);
        self.stage.finish().await;
    }
}

/// Each test once with the API in process and once over HTTP.
macro_rules! on_both_transports {
    ($($(#[$meta:meta])* async fn $name:ident($site:ident: Site) $body:block)+) => {
        $($(#[$meta])* async fn $name($site: &support::Site) $body)+

        mod in_process {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let site = super::support::Site::in_process().await;
                super::$name(&site).await;
                site.finish().await;
            })+
        }

        mod over_http {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let site = super::support::Site::over_http().await;
                super::$name(&site).await;
                site.finish().await;
            })+
        }
    };
}
pub(crate) use on_both_transports;
