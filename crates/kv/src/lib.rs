//! Short-lived state that several requests share: sessions, toasts, one-time keys.
//!
//! Everything has an end, and is gone at it. Nothing here is the only copy of
//! what a person would miss: losing it costs a sign-in.

mod memory;
mod sqlite;

use chrono::{DateTime, Duration, Utc};
use memory::Memory;
use sqlite::Sqlite;
use std::path::Path;
use std::sync::Arc;

/// What time it is.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the store of short-lived state failed: {0}")]
    Sqlite(#[from] sqlx::Error),
}

/// Keys and bytes, each with an end. Cheap to clone; clones share.
#[derive(Clone)]
pub struct Kv(Arc<Backend>);

enum Backend {
    Memory(Memory),
    Sqlite(Sqlite),
}

impl Kv {
    /// Forgets everything when the process ends: for tests.
    #[must_use]
    pub fn memory(clock: Clock) -> Self {
        Self(Arc::new(Backend::Memory(Memory::new(clock))))
    }

    /// In a file of its own, which survives a restart. One process at a time.
    ///
    /// # Errors
    /// When the file can't be made or opened.
    pub async fn sqlite(path: &Path, clock: Clock) -> Result<Self, Error> {
        Ok(Self(Arc::new(Backend::Sqlite(Sqlite::open(path, clock).await?))))
    }

    /// # Errors
    /// When the file can't be read.
    pub async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, Error> {
        match &*self.0 {
            Backend::Memory(memory) => Ok(memory.get(key)),
            Backend::Sqlite(sqlite) => sqlite.get(key).await,
        }
    }

    /// Sets or replaces; it is gone after `lasts`.
    ///
    /// # Errors
    /// When the file can't be written.
    pub async fn set(&self, key: &str, value: Vec<u8>, lasts: Duration) -> Result<(), Error> {
        match &*self.0 {
            Backend::Memory(memory) => memory.set(key, value, lasts),
            Backend::Sqlite(sqlite) => sqlite.set(key, value, lasts).await?,
        }
        Ok(())
    }

    /// # Errors
    /// When the file can't be written.
    pub async fn delete(&self, key: &str) -> Result<(), Error> {
        match &*self.0 {
            Backend::Memory(memory) => memory.delete(key),
            Backend::Sqlite(sqlite) => sqlite.delete(key).await?,
        }
        Ok(())
    }

    /// Deletes every key that begins so.
    ///
    /// # Errors
    /// When the file can't be written.
    pub async fn delete_prefix(&self, prefix: &str) -> Result<(), Error> {
        match &*self.0 {
            Backend::Memory(memory) => memory.delete_prefix(prefix),
            Backend::Sqlite(sqlite) => sqlite.delete_prefix(prefix).await?,
        }
        Ok(())
    }

    /// How many keys are kept, ended ones not yet swept included.
    ///
    /// # Errors
    /// When the file can't be read.
    pub async fn len(&self) -> Result<usize, Error> {
        match &*self.0 {
            Backend::Memory(memory) => Ok(memory.len()),
            Backend::Sqlite(sqlite) => sqlite.len().await,
        }
    }

    /// # Errors
    /// When the file can't be read.
    pub async fn is_empty(&self) -> Result<bool, Error> {
        Ok(self.len().await? == 0)
    }
}

#[cfg(test)]
mod tests;
