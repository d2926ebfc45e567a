//! What every request shares: the way to the API, the sessions, the templates.

use crate::{WebConfig, engine::Engine, error::Result, sealed};
use chrono::{DateTime, Duration, Utc};
use client::{Client, Transport};
use contract::auth::Locale;
use kv::Kv;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError, Weak, atomic::AtomicBool};
use tokio::sync::OnceCell;

#[derive(Clone)]
pub struct App(Arc<Inner>);

pub struct Inner {
    pub client: Client,
    pub kv: Kv,
    pub config: WebConfig,
    engine: Engine,
    /// The paths that answer GET: a menu shows no others.
    pub paths: BTreeSet<&'static str>,
    locks: Mutex<HashMap<String, Weak<tokio::sync::Mutex<()>>>>,
    secret: OnceCell<[u8; 32]>,
    /// Known to have its operator: from then on nobody asks the API again.
    pub is_set_up: AtomicBool,
}

impl std::ops::Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    pub fn new(transport: Transport, kv: Kv, config: WebConfig, paths: BTreeSet<&'static str>) -> Self {
        Self(Arc::new(Inner {
            client: Client::new(transport),
            kv,
            config,
            engine: Engine::default(),
            paths,
            locks: Mutex::default(),
            secret: OnceCell::new(),
            is_set_up: AtomicBool::new(false),
        }))
    }

    pub fn now(&self) -> DateTime<Utc> {
        (self.config.clock)()
    }

    /// Templates and texts of a language; read anew each time while developing.
    pub fn engine(&self, locale: Locale) -> Arc<crate::engine::Voice> {
        self.engine.voice(locale)
    }

    /// The lock of one session, in this process.
    pub fn lock_of(&self, session: &str) -> Arc<tokio::sync::Mutex<()>> {
        let mut locks = self.locks.lock().unwrap_or_else(PoisonError::into_inner);
        if locks.len() > 1_000 {
            locks.retain(|_, lock| lock.strong_count() > 0);
        }
        if let Some(lock) = locks.get(session).and_then(Weak::upgrade) {
            return lock;
        }
        let lock = Arc::new(tokio::sync::Mutex::new(()));
        locks.insert(session.to_owned(), Arc::downgrade(&lock));
        lock
    }

    /// The key that signs the tokens of signed-out forms; kept, so that a restart breaks no open form.
    pub async fn secret(&self) -> Result<&[u8; 32]> {
        self.secret
            .get_or_try_init(|| async {
                let kept = self.kv.get("form-secret").await?;
                if let Some(secret) = kept.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()) {
                    return Ok(secret);
                }
                let secret: [u8; 32] = sealed::random();
                self.kv.set("form-secret", secret.to_vec(), Duration::days(3650)).await?;
                Ok(secret)
            })
            .await
    }
}
