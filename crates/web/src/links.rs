//! Where a link may lead: `next` stays on this host.

use crate::{
    signed::encoded,
    visitor::{Ask, text},
};

/// `path` when it is a path of this host, else `/`.
pub fn local(path: &str) -> &str {
    let mut bytes = path.bytes();
    let starts_well = bytes.next() == Some(b'/') && !matches!(bytes.next(), Some(b'/' | b'\\'));
    let is_plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if starts_well && is_plain && path.len() <= 2_000 { path } else { "/" }
}

/// The sign-in page, which leads back here afterwards.
pub fn sign_in(next: &str) -> String {
    match local(next) {
        "/" => "/sign-in".to_owned(),
        next => format!("/sign-in?next={}", encoded(next)),
    }
}

/// The path of the page that asked; `/` when it isn't said.
pub fn referring(ask: &Ask) -> String {
    let referer = text(&ask.headers, "referer").unwrap_or_default();
    let path = referer.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map(|(_, path)| path);
    local(&format!("/{}", path.unwrap_or_default())).to_owned()
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn next_stays_on_this_host() {
        for path in ["/", "/board", "/tasks?week=3&status=todo", "/people/7#memo", "/a//b"] {
            assert_eq!(local(path), path);
        }
        for path in [
            "",
            "//e.example",
            "/\\e.example",
            "\t//e.example",
            "https:e",
            "https://e.example",
            "javascript:alert(1)",
            "/\te.example",
            "/\n/e",
            "\\\\e",
            "/a\\b",
            " /board",
            "board",
            "/한",
        ] {
            assert_eq!(local(path), "/", "{path:?}");
        }
    }
}
