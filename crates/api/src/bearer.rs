//! `Authorization: Bearer …` → the caller.

use crate::{Error, Result, app::App, revoked::Standing, tokens::Refusal};
use chrono::{DateTime, Utc};
use contract::{Code, policy::Caller};
use http::{HeaderMap, header};

/// Who is calling, and until when the token holds.
///
/// # Errors
/// 401 without a token that holds; 503 when that can't be known just now.
pub fn caller(app: &App, headers: &HeaderMap) -> Result<(Caller, DateTime<Utc>)> {
    let value = headers.get(header::AUTHORIZATION).ok_or_else(|| Error::code(Code::Unauthenticated))?;
    let token = value
        .to_str()
        .ok()
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim())
        .ok_or_else(|| Error::code(Code::Unauthenticated))?;
    let (caller, claims) = app.tokens.read(token, app.clock.now()).map_err(|refusal| match refusal {
        Refusal::Expired => Error::code(Code::TokenExpired),
        Refusal::Invalid => Error::code(Code::Unauthenticated),
    })?;
    match app.revoked.standing(caller.user_id, caller.session_id, claims.r#gen) {
        Standing::Holds => Ok((caller, DateTime::from_timestamp(claims.exp, 0).unwrap_or_default())),
        Standing::Revoked => Err(Error::code(Code::TokenExpired)),
        Standing::Unknown => Err(Error::Store(store::Error::Unavailable("revocations are not known".into()))),
    }
}
