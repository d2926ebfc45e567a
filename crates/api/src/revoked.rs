//! Whose tokens stopped holding: a small picture of the newest revocations,
//! renewed each half second and at once after a change made here.
//!
//! A request needs no statement for it. When the picture can't be renewed for
//! a while, nobody is let in: it fails closed.

use crate::app::App;
use chrono::{DateTime, Duration, Utc};
use contract::{SessionId, UserId};
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, RwLock},
    time::{Duration as StdDuration, Instant},
};
use store::Unscoped;
use tokio::sync::Notify;

const EVERY: StdDuration = StdDuration::from_millis(500);
/// An older picture is not trusted.
const TRUSTED_FOR: StdDuration = StdDuration::from_secs(5);
/// Transactions may commit this much later than the instant they wrote.
const OVERLAP: Duration = Duration::seconds(60);

#[derive(Default)]
struct Picture {
    sessions: HashSet<SessionId>,
    generations: HashMap<UserId, i64>,
    newest: Option<DateTime<Utc>>,
    renewed: Option<Instant>,
}

#[derive(Default)]
pub struct Revoked {
    picture: RwLock<Picture>,
    bell: Notify,
}

/// Whether a token still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Holds,
    Revoked,
    /// The picture is too old to say.
    Unknown,
}

impl Revoked {
    #[must_use]
    pub fn standing(&self, user_id: UserId, session_id: SessionId, generation: i64) -> Standing {
        let Ok(picture) = self.picture.read() else { return Standing::Unknown };
        if picture.renewed.is_none_or(|renewed| renewed.elapsed() > TRUSTED_FOR) {
            return Standing::Unknown;
        }
        let is_old = picture.generations.get(&user_id).is_some_and(|newest| generation < *newest);
        if is_old || picture.sessions.contains(&session_id) { Standing::Revoked } else { Standing::Holds }
    }

    /// Asks for a renewal now.
    pub fn ring(&self) {
        self.bell.notify_one();
    }

    /// Reads the newest revocations.
    ///
    /// # Errors
    /// When the store can't be read; the picture ages.
    pub async fn renew(&self, app: &App) -> crate::Result<()> {
        let newest = self.picture.read().ok().and_then(|picture| picture.newest);
        let since = newest.unwrap_or_else(|| app.clock.now() - app.tokens.ttl()) - OVERLAP;
        let mut tx = app.db.read().await?;
        let rows = Unscoped::new(&mut tx).revocations_since(since).await?;
        drop(tx);
        if let Ok(mut picture) = self.picture.write() {
            for row in rows {
                if let Some(session_id) = row.session_id {
                    picture.sessions.insert(session_id);
                }
                if let Some(generation) = row.generation {
                    let known = picture.generations.entry(row.user_id).or_default();
                    *known = generation.max(*known);
                }
                picture.newest = picture.newest.max(Some(row.revoked_at));
            }
            picture.renewed = Some(Instant::now());
        }
        Ok(())
    }

    /// Renews for as long as the process lives.
    pub async fn keep(app: Arc<App>) {
        loop {
            if let Err(error) = app.revoked.renew(&app).await {
                tracing::warn!(?error, "the revocations could not be read");
            }
            tokio::select! {
                () = tokio::time::sleep(EVERY) => {}
                () = app.revoked.bell.notified() => {}
            }
        }
    }
}
