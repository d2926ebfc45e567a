//! The crate graph is the architecture: `web` can't reach the database because it doesn't depend on it.

use anyhow::Context;
use serde_json::Value;
use std::{path::Path, process::Command};

/// Which of our crates each may use in what it ships.
const ARROWS: &[(&str, &[&str])] = &[
    ("calendar", &[]),
    ("hangul", &[]),
    ("sheet", &[]),
    ("report", &[]),
    ("kv", &[]),
    ("contract", &[]),
    ("store", &["contract"]),
    ("api", &["contract", "store", "kv", "calendar", "hangul", "sheet", "report"]),
    ("client", &["contract"]),
    ("web", &["contract", "client", "kv", "calendar", "hangul", "sheet"]),
    ("naru", &["contract", "store", "api", "client", "kv", "web", "calendar", "hangul", "sheet"]),
    ("testkit", &["contract", "store", "api", "client", "kv", "web", "calendar", "hangul", "sheet"]),
    ("xtask", &[]),
];

pub fn problems(root: &Path) -> anyhow::Result<Vec<String>> {
    let output = Command::new(env!("CARGO"))
        .current_dir(root)
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .output()
        .context("cargo metadata")?;
    let metadata: Value = serde_json::from_slice(&output.stdout).context("what cargo metadata prints")?;
    let packages = metadata["packages"].as_array().context("packages")?;
    let ours: Vec<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    let mut problems = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let Some((_, allowed)) = ARROWS.iter().find(|(known, _)| *known == name) else {
            problems.push(format!("crate {name} has no place in the crate graph (xtask/src/graph.rs)"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let used = dependency["name"].as_str().unwrap_or_default();
            // Tests may use everything.
            if ours.contains(&used) && dependency["kind"].as_str() != Some("dev") && !allowed.contains(&used)
            {
                problems.push(format!("crate {name} must not use {used}"));
            }
        }
    }
    Ok(problems)
}
