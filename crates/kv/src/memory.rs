//! In this process only.

use crate::Clock;
use chrono::{DateTime, Duration, Utc};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

pub struct Memory {
    clock: Clock,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    values: BTreeMap<String, (Vec<u8>, DateTime<Utc>)>,
    swept_at: DateTime<Utc>,
}

impl Memory {
    pub fn new(clock: Clock) -> Self {
        Self { clock, kept: Mutex::default() }
    }

    // A panic elsewhere leaves the map whole: every change is one call.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn get(&self, key: &str) -> Option<Vec<u8>> {
        let now = (self.clock)();
        let kept = self.kept();
        let (value, ends_at) = kept.values.get(key)?;
        (*ends_at > now).then(|| value.clone())
    }

    pub fn set(&self, key: &str, value: Vec<u8>, lasts: Duration) {
        let now = (self.clock)();
        let mut kept = self.kept();
        if now - kept.swept_at > Duration::minutes(1) {
            kept.values.retain(|_, (_, ends_at)| *ends_at > now);
            kept.swept_at = now;
        }
        kept.values.insert(key.to_owned(), (value, now + lasts));
    }

    pub fn delete(&self, key: &str) {
        self.kept().values.remove(key);
    }

    pub fn delete_prefix(&self, prefix: &str) {
        self.kept().values.retain(|key, _| !key.starts_with(prefix));
    }

    pub fn len(&self) -> usize {
        self.kept().values.len()
    }
}
