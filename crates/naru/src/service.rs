//! Running the services: what listens, what waits for the database, and how it all ends.
//!
//! The listeners are up before the database is: liveness answers at once,
//! readiness and everything else say 503 until the database is there.

use crate::{config::Config, listen, pages, secrets, telemetry};
use anyhow::Context;
use api::{
    App, Clock,
    outside::{
        files::Folder,
        mailer::{MailConfig, Mailer},
    },
    resources::auth::SETUP_TOKEN,
};
use axum::{
    extract::{Request, State},
    middleware::{Next, from_fn_with_state},
    response::Response,
};
use contract::{Code, Problem};
use std::{
    io::Write,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use store::{Db, Unscoped};
use tokio::{
    runtime::Handle,
    signal::unix::{Signal, SignalKind, signal},
    time::sleep,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Which services run in this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Both,
    Api,
    Web,
}

/// How they run.
pub struct Running {
    pub which: Which,
    pub migrates: bool,
    /// Offered on the sign-in page for one click.
    pub sign_ins: Option<Vec<web::DemoSignIn>>,
}

/// A line for whoever started the process. A closed pipe is no reason to end.
pub fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// The database of the configuration; nothing is connected yet.
///
/// # Errors
/// When its address can't be understood.
pub fn database(config: &Config) -> anyhow::Result<Db> {
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let size = config.database_connections.and_then(|size| usize::try_from(size).ok()).unwrap_or(4 * cores);
    Db::open(&config.database(), size).context("database.url can't be understood")
}

/// The API as configured, on a clock.
///
/// # Errors
/// When mail or secrets can't be used.
pub fn app(config: &Config, db: Db, clock: Clock) -> anyhow::Result<Arc<App>> {
    let minutes = |value: u64| chrono::Duration::minutes(value.cast_signed());
    let settings = api::Config {
        token_secrets: secrets::token_secrets(config)?,
        access_ttl: minutes(config.access_minutes),
        refresh_idle: minutes(config.refresh_idle_days * 24 * 60),
        session_ttl: minutes(config.session_days * 24 * 60),
        public_url: config.links(),
        trusted_proxies: config.trusted_proxies.clone(),
        cors_origins: config.cors_origins.clone(),
        request_timeout: Duration::from_secs(config.request_seconds),
        file_limit: config.file_megabytes * 1024 * 1024,
        ..api::Config::default()
    };
    let mail = MailConfig {
        from: config.mail_from.clone(),
        smtp_url: config.smtp_url.clone(),
        folder: config.data.join("mail"),
    };
    let mailer = Mailer::new(&mail).map_err(anyhow::Error::msg)?;
    let files = Folder::new(config.data.join("files"));
    Ok(App::new(db, settings, clock, mailer, Box::new(files)))
}

/// Runs until a signal ends it.
///
/// # Errors
/// When it can't start: an address is taken, a folder or file can't be used.
pub async fn run(config: Config, running: Running) -> anyhow::Result<()> {
    let mut signals = Signals::new()?;
    secrets::make_folder(&config)?;
    let handle = telemetry::metrics()?;
    let (ending, servers) = (CancellationToken::new(), TaskTracker::new());
    let mut ready = String::from("naru is ready:");

    let app = match running.which {
        Which::Web => None,
        Which::Both | Which::Api => Some(app(&config, database(&config)?, Clock::system())?),
    };
    let is_prepared = Arc::new(AtomicBool::new(false));
    let api = app.as_ref().map(|app| {
        api::router(Arc::clone(app)).layer(from_fn_with_state(Arc::clone(&is_prepared), wait_for_database))
    });
    if let Some(router) = &api {
        let (listener, address) = listen::bind("the API", config.api_listen).await?;
        servers.spawn(listen::serve(listener, router.clone(), ending.clone()));
        ready.push_str(&format!(" api http://{address} "));
    }
    let mut kept = None;
    if running.which != Which::Api {
        let (router, kv) = pages::router(&config, api, running.sign_ins).await?;
        kept = Some(kv);
        let (listener, address) = listen::bind("the web service", config.web_listen).await?;
        servers.spawn(listen::serve(listener, router, ending.clone()));
        ready.push_str(&format!(" web http://{address}"));
    }
    if let Some(address) = config.metrics_listen.0 {
        let page = telemetry::page(handle, app.as_ref().map(|app| app.db.clone()), kept);
        let (listener, _) = listen::bind("metrics.listen", address).await?;
        servers.spawn(listen::serve(listener, page, ending.clone()));
    }

    let start = async {
        if let Some(app) = &app {
            prepare(app, running.migrates).await;
            is_prepared.store(true, Ordering::Release);
            tokio::spawn(api::revoked::Revoked::keep(Arc::clone(app)));
            tokio::spawn(api::jobs::outbox::keep_sending(Arc::clone(app)));
            // On a thread of its own: what a job reckons and writes never holds up a request that shares its thread.
            let jobs =
                ending.clone().run_until_cancelled_owned(api::jobs::queue::keep_working(Arc::clone(app)));
            let runtime = Handle::current();
            servers.spawn_blocking(move || runtime.block_on(jobs));
            tokio::spawn(api::jobs::housekeeping::keep_tidy(Arc::clone(app)));
        }
        say(ready.trim_end());
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = start => {}
        () = signals.next() => {}
    }

    tracing::info!("ending: no more requests are taken, those under way finish");
    if let Some(app) = &app {
        app.draining.store(true, Ordering::Relaxed);
    }
    let drained = async {
        sleep(Duration::from_secs(config.drain_seconds)).await;
        ending.cancel();
        servers.close();
        servers.wait().await;
    };
    tokio::select! {
        () = drained => {}
        () = signals.next() => tracing::warn!("a second signal: ending now"),
    }
    Ok(())
}

/// SIGTERM or SIGINT.
struct Signals(Signal, Signal);

impl Signals {
    fn new() -> anyhow::Result<Self> {
        Ok(Self(signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?))
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.0.recv() => {}
            _ = self.1.recv() => {}
        }
    }
}

async fn wait_for_database(
    State(is_prepared): State<Arc<AtomicBool>>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    if is_prepared.load(Ordering::Acquire) || path.starts_with("/health/") || path == "/openapi.json" {
        return next.run(request).await;
    }
    api::error::respond(Problem::new(Code::Unavailable), Some(2))
}

/// Waits for the database, however long it takes.
async fn prepare(app: &App, migrates: bool) {
    let mut pause = Duration::from_millis(250);
    loop {
        match try_prepare(app, migrates).await {
            Ok(()) => return,
            Err(error) => {
                tracing::warn!(error = format!("{error:#}"), "the database is not ready; trying again")
            }
        }
        sleep(pause).await;
        pause = (pause * 2).min(Duration::from_secs(3));
    }
}

/// Migrates, checks, and offers the first operator's token on an empty database.
///
/// # Errors
/// When the database can't be used yet.
pub async fn try_prepare(app: &App, migrates: bool) -> anyhow::Result<()> {
    if migrates {
        app.db.migrate().await?;
    }
    app.db.check().await?;
    app.revoked.renew(app).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let mut tx = app.db.write().await?;
    let mut store = Unscoped::new(&mut tx);
    let is_empty = store.is_empty().await?;
    let token = api::secret::random();
    if is_empty {
        store.set_fact(SETUP_TOKEN, &api::secret::digest(&token)).await?;
    }
    tx.commit().await?;
    if is_empty {
        say(&format!("operator token: {token}"));
    }
    Ok(())
}
