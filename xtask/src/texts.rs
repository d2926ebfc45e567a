//! What the repository's files say: nothing of the place where they were written, and no file too long to read.

use std::{path::Path, process::Command};

/// Lines of a source file above which it holds a second idea.
const LONG: usize = 400;

pub fn problems(root: &Path) -> anyhow::Result<(Vec<String>, Vec<String>)> {
    // Put together here, so that this file does not say them.
    let forbidden = [format!("/{}/", "work"), format!("shared/{}", "design")];
    let listed = Command::new("git").current_dir(root).args(["ls-files", "-z"]).output()?;
    let listed = String::from_utf8(listed.stdout)?;
    let (mut problems, mut warnings) = (Vec::new(), Vec::new());
    for name in listed.split('\0').filter(|name| !name.is_empty()) {
        // Files that are no text, or were deleted and not committed yet.
        let Ok(text) = std::fs::read_to_string(root.join(name)) else { continue };
        for word in forbidden.iter().filter(|word| text.contains(word.as_str())) {
            // A path segment in a URL or a cache folder is somebody else's.
            if text.lines().any(|line| says(line, word)) {
                problems.push(format!("{name} mentions {word}"));
            }
        }
        let is_source = name.starts_with("crates/") && name.contains("/src/") && name.ends_with(".rs");
        let lines = text.lines().count();
        if is_source && lines > LONG {
            warnings.push(format!("{name} has {lines} lines, more than {LONG}"));
        }
    }
    Ok((problems, warnings))
}

/// The word where a path begins, not in the middle of another one.
fn says(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|before| before.is_alphanumeric() || "._-~}".contains(before))
    })
}
