//! What the service is made of, and its configuration.

use crate::{
    clock::Clock,
    outside::{files::Files, mailer::Mailer},
    passwords::Passwords,
    revoked::Revoked,
    throttle::Throttle,
    tokens::Tokens,
};
use chrono::Duration;
use std::{net::IpAddr, sync::Arc};
use store::Db;
use tokio::sync::Notify;

/// What the operator can set of the API.
#[derive(Debug, Clone)]
pub struct Config {
    /// Signs access tokens; the others only verify, while keys are exchanged. 32 bytes or more each.
    pub token_secrets: Vec<String>,
    pub access_ttl: Duration,
    /// A refresh token that lies unused for this long ends.
    pub refresh_idle: Duration,
    /// A sign-in ends after this, however often it is refreshed.
    pub session_ttl: Duration,
    /// What links in mails begin with: the web service as people reach it.
    pub public_url: String,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Exact origins browsers may call from.
    pub cors_origins: Vec<String>,
    /// Seconds a request may take.
    pub request_timeout: std::time::Duration,
    /// The most bytes of an uploaded file.
    pub file_limit: u64,
    /// Whether answers tell how many statements they took (`naru-statements`).
    pub tells_statements: bool,
    /// Memory that hashing of one password uses, KiB; lower only in tests.
    pub argon2_memory: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            token_secrets: Vec::new(),
            access_ttl: Duration::minutes(10),
            refresh_idle: Duration::days(14),
            session_ttl: Duration::days(30),
            public_url: "http://127.0.0.1:8001".to_owned(),
            trusted_proxies: Vec::new(),
            cors_origins: Vec::new(),
            request_timeout: std::time::Duration::from_secs(15),
            file_limit: 50 * 1024 * 1024,
            tells_statements: false,
            argon2_memory: 19 * 1024,
        }
    }
}

/// Everything handlers share.
pub struct App {
    pub db: Db,
    pub config: Config,
    pub clock: Clock,
    pub tokens: Tokens,
    pub revoked: Revoked,
    pub passwords: Passwords,
    pub throttle: Throttle,
    pub mailer: Mailer,
    pub files: Box<dyn Files>,
    /// Rung after each commit: there may be something to send.
    pub outbox_bell: Notify,
    /// Rung when a job was put in the queue.
    pub jobs_bell: Notify,
    /// Set while the process is ending: not ready any more.
    pub draining: std::sync::atomic::AtomicBool,
}

impl App {
    #[must_use]
    pub fn new(db: Db, mut config: Config, clock: Clock, mailer: Mailer, files: Box<dyn Files>) -> Arc<Self> {
        // Links put their own slash behind it.
        config.public_url.truncate(config.public_url.trim_end_matches('/').len());
        Arc::new(Self {
            tokens: Tokens::new(&config.token_secrets, config.access_ttl),
            revoked: Revoked::default(),
            passwords: Passwords::new(config.argon2_memory),
            throttle: Throttle::default(),
            outbox_bell: Notify::new(),
            jobs_bell: Notify::new(),
            draining: std::sync::atomic::AtomicBool::new(false),
            db,
            config,
            clock,
            mailer,
            files,
        })
    }
}
