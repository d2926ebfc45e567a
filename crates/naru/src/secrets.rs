//! The data folder and the secret that is made in it.

use crate::config::{Config, weakness};
use anyhow::{Context, bail};
use std::{
    fs::{DirBuilder, OpenOptions},
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

/// Makes the data folder, readable by its owner alone, when it isn't there.
///
/// # Errors
/// When it can't be made.
pub fn make_folder(config: &Config) -> anyhow::Result<()> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&config.data)
        .with_context(|| format!("data folder {}", config.data.display()))
}

/// Where the generated token secret is.
#[must_use]
pub fn token_file(config: &Config) -> PathBuf {
    config.data.join("token.key")
}

/// The configured token secrets, or the one in the data folder, made at first use.
///
/// # Errors
/// When the file can't be read or made, or holds no good secret.
pub fn token_secrets(config: &Config) -> anyhow::Result<Vec<String>> {
    if !config.token_secrets.is_empty() {
        return Ok(config.token_secrets.clone());
    }
    let path = token_file(config);
    // Whoever makes the file writes it; a second process that starts at once reads it.
    if !path.exists() {
        let made = path.with_extension(format!("{}", std::process::id()));
        write_private(&made, format!("{}\n", api::secret::random()).as_bytes())?;
        let linked = std::fs::hard_link(&made, &path);
        std::fs::remove_file(&made).with_context(|| made.display().to_string())?;
        if let Err(error) = linked
            && error.kind() != std::io::ErrorKind::AlreadyExists
        {
            return Err(error).with_context(|| path.display().to_string());
        }
    }
    let secret =
        std::fs::read_to_string(&path).with_context(|| path.display().to_string())?.trim().to_owned();
    if let Some(why) = weakness(&secret) {
        bail!("{} (or api.token_secrets, NARU__API__TOKEN_SECRETS): {why}", path.display());
    }
    Ok(vec![secret])
}

/// Writes a file that only its owner may read, replacing what was there.
///
/// # Errors
/// When it can't be written.
pub fn write_private(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let whole = || -> std::io::Result<()> {
        let _ = std::fs::remove_file(path);
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    whole().with_context(|| path.display().to_string())
}
