//! The same request sent twice is done once.

use super::{Operation, Sent};
use crate::{Ctx, Error, Result};
use axum::response::{IntoResponse, Response};
use contract::{Code, File};
use http::{HeaderMap, HeaderValue, Method, header};

/// `Idempotency-Key`: the same request sent twice is done once (24 hours, per person).
pub(super) struct IdempotencyKey(Option<(String, String)>);

impl IdempotencyKey {
    pub(super) fn of(operation: &Operation, headers: &HeaderMap, sent: &Sent) -> Result<Self> {
        let counts = operation.method == Method::POST && !operation.action.is_public();
        let Some(value) = headers.get("idempotency-key").filter(|_| counts) else {
            return Ok(Self(None));
        };
        // What is still arriving can't be compared; a file sent twice is the same bytes once.
        let Sent::Whole(sent) = sent else { return Ok(Self(None)) };
        let key = value
            .to_str()
            .ok()
            .filter(|key| (1..=200).contains(&key.len()) && !key.contains('\t'))
            .ok_or_else(|| Error::field("Idempotency-Key", "bad_format", "1 to 200 printable characters."))?;
        let request =
            format!("{} {}", operation.name, crate::secret::digest(&String::from_utf8_lossy(&sent.bytes)));
        Ok(Self(Some((key.to_owned(), crate::secret::digest(&request)))))
    }

    /// Claims the key; an answer that was kept under it is given again.
    pub(super) async fn claim(&self, ctx: &Ctx) -> Result<Option<Response>> {
        let Some((key, hash)) = &self.0 else { return Ok(None) };
        let mut lent = ctx.lend().await?;
        let kept = lent.unscoped().claim_key(ctx.caller.user_id, key, hash, ctx.now()).await?;
        drop(lent);
        match kept {
            None => Ok(None),
            Some((other, ..)) if other != *hash => Err(Error::code(Code::KeyReused)),
            Some((_, Some(status), body)) => {
                let status =
                    u16::try_from(status).ok().and_then(|status| http::StatusCode::from_u16(status).ok());
                let mut response = (status.unwrap_or_default(), body.unwrap_or_default()).into_response();
                response
                    .headers_mut()
                    .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
                response.headers_mut().insert("idempotency-replayed", HeaderValue::from_static("true"));
                Ok(Some(response))
            }
            Some(_) => Err(Error::because(Code::Conflict, "The same request is being worked on.")),
        }
    }

    pub(super) async fn keep(&self, ctx: &Ctx, status: u16, answer: &File) -> Result<()> {
        let Some((key, _)) = &self.0 else { return Ok(()) };
        let body = String::from_utf8_lossy(&answer.bytes).into_owned();
        let mut lent = ctx.lend().await?;
        Ok(lent.unscoped().keep_answer(ctx.caller.user_id, key, status, &body).await?)
    }
}
