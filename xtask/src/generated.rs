//! What `docs/generated` holds: each file is what one command of the binary prints.

use anyhow::{Context, bail};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

const FILES: [(&str, &str); 3] =
    [("openapi.json", "openapi"), ("permissions.md", "permissions"), ("config.md", "config-keys")];

pub fn all(root: &Path) -> anyhow::Result<Vec<(PathBuf, String)>> {
    FILES
        .iter()
        .map(|(file, command)| Ok((root.join("docs/generated").join(file), printed(root, command)?)))
        .collect()
}

fn printed(root: &Path, command: &str) -> anyhow::Result<String> {
    let output = Command::new(env!("CARGO"))
        .current_dir(root)
        .args(["run", "--quiet", "--package", "naru", "--", command])
        .output()
        .context("cargo run -p naru")?;
    if !output.status.success() {
        bail!("naru {command}: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8(output.stdout)?)
}
