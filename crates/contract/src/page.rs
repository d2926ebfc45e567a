//! Lists: a page of items and the cursor of the next.
//!
//! Cursors are keyset positions, opaque to callers; a page costs the same
//! however deep it lies.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// How many items a list gives when the caller doesn't say.
pub const DEFAULT_LIMIT: i64 = 50;
/// The most items a list gives at once.
pub const MAX_LIMIT: i64 = 100;

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Page<T> {
    /// The items, in the order asked for.
    pub items: Vec<T>,
    /// Send it back as `cursor` for the next page; null on the last.
    pub next: Option<String>,
    /// How many there are in all, where that is cheap to know.
    pub total: Option<i64>,
}

impl<T> Page<T> {
    /// Everything there is, on one page.
    #[must_use]
    pub fn whole(items: Vec<T>) -> Self {
        let total = i64::try_from(items.len()).ok();
        Self { items, next: None, total }
    }

    /// Cuts `limit + 1` fetched rows to a page, and points at the next.
    #[must_use]
    pub fn cut<K: Serialize>(mut items: Vec<T>, limit: i64, key: impl Fn(&T) -> K) -> Self {
        let limit = usize::try_from(limit).unwrap_or(0);
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| more).map(|last| encode(&key(last)));
        Self { items, next, total: None }
    }
}

/// Writes a keyset position as an opaque word.
#[must_use]
pub fn encode(key: &impl Serialize) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(key).unwrap_or_default())
}

/// Reads a cursor back; `None` when it was not made by [`encode`] for this list.
#[must_use]
pub fn decode<K: DeserializeOwned>(cursor: &str) -> Option<K> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()
}
