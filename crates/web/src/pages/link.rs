//! What the links in mails have in common: a token in the fragment, and an end.

use crate::{Page, Result, Visitor};
use axum::response::Response;
use client::CallError;
use contract::Code;
use http::StatusCode;
use serde::{Deserialize, Serialize};

/// What the link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    Invitation,
    Reset,
}

/// The token as the page's script put it in, or as somebody pasted it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TokenForm {
    pub token: String,
}

/// The token of what was pasted: the whole link or its end.
pub fn token(pasted: &str) -> String {
    pasted.rsplit('#').next().unwrap_or_default().trim().to_owned()
}

/// Whether the API no longer takes, or never gave, this token.
pub fn is_over(error: &CallError) -> bool {
    error.code() == Some(Code::LinkInvalid) || error.field_errors().iter().any(|error| error.field == "token")
}

/// The page of a link that has expired or was used: what to do instead.
///
/// # Errors
/// When the template fails.
pub fn over(visitor: &Visitor, purpose: Purpose) -> Result<Response> {
    visitor.page_with(&LinkOver { purpose }, &crate::Errors::default(), StatusCode::GONE)
}

#[derive(Serialize)]
struct LinkOver {
    purpose: Purpose,
}

impl Page for LinkOver {
    const TEMPLATE: &'static str = "pages/link_over.html";
    const HERE: &'static str = "";

    fn samples() -> Vec<Self> {
        vec![Self { purpose: Purpose::Invitation }, Self { purpose: Purpose::Reset }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders() {
        crate::page::tests::renders::<LinkOver>();
    }

    #[test]
    fn a_whole_link_may_be_pasted() {
        for pasted in ["abc-_1", " abc-_1\n", "https://naru.example/invitation#abc-_1"] {
            assert_eq!(token(pasted), "abc-_1");
        }
        assert_eq!(token(""), "");
    }
}
