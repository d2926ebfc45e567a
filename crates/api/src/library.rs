//! Ready-made curricula, carried in the binary: what a new company can begin with.
//!
//! They are files of the same format that export writes, so each can be taken, changed and imported.

use crate::rules::{
    curriculum_file::{Portable, read},
    draft::fresh_key,
};
use std::sync::LazyLock;

/// One ready-made curriculum.
#[derive(Debug)]
pub struct Ready {
    /// The file's name without its ending: `ko-backend`.
    pub slug: &'static str,
    /// The file as it is.
    pub yaml: &'static str,
    /// What is in it.
    pub curriculum: Portable,
}

macro_rules! files {
    ($($slug:literal)+) => {
        [$(($slug, include_str!(concat!("../../../library/", $slug, ".yaml")))),+]
    };
}

/// All of them, Korean first.
#[must_use]
pub fn library() -> &'static [Ready] {
    static READY: LazyLock<Vec<Ready>> = LazyLock::new(|| {
        let files = files! {
            "ko-backend"
            "ko-data"
            "ko-frontend"
            "ko-general-90"
            "ko-hr"
            "ko-marketing"
            "ko-remote"
            "ko-sales"
            "en-backend"
            "en-data"
            "en-frontend"
            "en-general"
            "en-hr"
            "en-marketing"
            "en-remote"
            "en-sales"
        };
        let ready = files.into_iter().filter_map(|(slug, yaml)| match read(yaml.as_bytes(), fresh_key) {
            Ok(curriculum) => Some(Ready { slug, yaml, curriculum }),
            Err(errors) => {
                tracing::error!(slug, ?errors, "a ready-made curriculum can't be read");
                None
            }
        });
        ready.collect()
    });
    &READY
}
