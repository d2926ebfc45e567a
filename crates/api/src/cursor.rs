//! A place in a list, as a caller sends it back.

use crate::{Error, Result};
use contract::page::decode;

/// Reads a list's cursor.
///
/// # Errors
/// A 422 when it was not given by this list.
pub fn cursor<K: serde::de::DeserializeOwned>(cursor: Option<&str>) -> Result<Option<K>> {
    match cursor {
        None => Ok(None),
        Some(text) => decode(text)
            .map(Some)
            .ok_or_else(|| Error::field("cursor", "bad_format", "This is not a cursor of this list.")),
    }
}
