//! `cargo xtask generate` writes what is derived from the code into `docs/generated`;
//! `cargo xtask check` fails when that is stale, or when the house rules of the
//! repository are broken: which crate may use which, and what no file may say.

mod generated;
mod graph;
mod texts;

use anyhow::{Context, bail};
use std::path::{Path, PathBuf};

fn main() -> anyhow::Result<()> {
    let root = PathBuf::from(env!("NARU_ROOT"));
    match std::env::args().nth(1).as_deref() {
        Some("generate") => generate(&root),
        Some("check") => check(&root),
        _ => bail!("cargo xtask generate | check"),
    }
}

fn generate(root: &Path) -> anyhow::Result<()> {
    for (path, text) in generated::all(root)? {
        std::fs::create_dir_all(path.parent().context("a folder")?)?;
        std::fs::write(&path, text).with_context(|| path.display().to_string())?;
        println!("{}", path.display());
    }
    Ok(())
}

fn check(root: &Path) -> anyhow::Result<()> {
    let mut problems = graph::problems(root)?;
    let (texts, warnings) = texts::problems(root)?;
    problems.extend(texts);
    for (path, text) in generated::all(root)? {
        if std::fs::read_to_string(&path).ok().as_deref() != Some(text.as_str()) {
            problems.push(format!("{} is stale: cargo xtask generate", inside(root, &path).display()));
        }
    }
    for warning in warnings {
        eprintln!("warning: {warning}");
    }
    if problems.is_empty() {
        println!("generated files are current, the crate graph holds");
        return Ok(());
    }
    bail!("{} problems:\n  {}", problems.len(), problems.join("\n  "));
}

fn inside(root: &Path, path: &Path) -> PathBuf {
    path.strip_prefix(root).unwrap_or(path).to_path_buf()
}
