//! Stylesheets, scripts, fonts, signs: from the binary, under a name that changes with their content.
//!
//! One fingerprint for the whole folder, so that relative names in a stylesheet
//! or a module stay right below it.

use crate::pages::Routes;
use axum::{
    extract::{Path, Request},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderValue, StatusCode, header};
use minijinja::Value;
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};
use std::{collections::HashMap, sync::LazyLock};

#[derive(RustEmbed)]
#[folder = "static"]
#[exclude = "*.md"]
#[exclude = "*icons-own.svg"]
struct Static;

/// Of all names and contents; while developing there is none to wait for.
static FINGERPRINT: LazyLock<String> = LazyLock::new(|| {
    if cfg!(debug_assertions) {
        return "dev".to_owned();
    }
    let mut names: Vec<_> = Static::iter().collect();
    names.sort();
    let mut hasher = Sha256::new();
    for name in names {
        if let Some(file) = Static::get(&name) {
            hasher.update(name.as_bytes());
            hasher.update(file.metadata.sha256_hash());
        }
    }
    URL_SAFE_NO_PAD.encode(&hasher.finalize()[..9])
});

/// Where each file is: a page names the sheet of signs with each of them.
static URLS: LazyLock<HashMap<String, Value>> = LazyLock::new(|| {
    let url = |name: &str| Value::from(format!("/static/{}/{name}", *FINGERPRINT));
    Static::iter().map(|name| (name.to_string(), url(&name))).collect()
});

/// `css/naru.css` → `/static/<fingerprint>/css/naru.css`; a file that isn't there is an error.
pub fn url(path: &str) -> Result<Value, minijinja::Error> {
    URLS.get(path).cloned().ok_or_else(|| {
        let words = format!("no such file in static: {path}");
        minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, words)
    })
}

pub fn routes() -> Routes {
    Routes::new()
        .get("/static/{fingerprint}/{*path}", fingerprinted)
        .get("/favicon.svg", |request: Request| async move { serve("mark.svg", false, &request) })
        .get("/robots.txt", || async { "User-agent: *\nDisallow: /\n" })
}

async fn fingerprinted(Path((fingerprint, path)): Path<(String, String)>, request: Request) -> Response {
    serve(&path, fingerprint == *FINGERPRINT && !cfg!(debug_assertions), &request)
}

fn serve(path: &str, is_final: bool, request: &Request) -> Response {
    let Some(file) = Static::get(path) else { return crate::Error::NotFound.into_response() };
    let tag = tag(&file);
    let caching = if is_final { "public, max-age=31536000, immutable" } else { "no-cache" };
    let known = request.headers().get(header::IF_NONE_MATCH).is_some_and(|known| {
        known
            .to_str()
            .is_ok_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag))
    });
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, media_type(path))], file.data).into_response()
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

fn tag(file: &EmbeddedFile) -> String {
    format!("\"{}\"", URL_SAFE_NO_PAD.encode(&file.metadata.sha256_hash()[..12]))
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "png" => "image/png",
        "webmanifest" | "json" => "application/json",
        _ => "text/plain; charset=utf-8",
    }
}
