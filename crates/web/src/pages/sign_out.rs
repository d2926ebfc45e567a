//! Signing out: the session goes, the API ends its tokens, the browser forgets what it kept.

use super::Routes;
use crate::{
    Form, Result, Signed, Visitor,
    form::Nothing,
    session,
    visitor::{Cookie, cookie, cookie_name},
};
use axum::response::{IntoResponse, Redirect, Response};
use contract::auth::Logout;
use http::{HeaderValue, header};

pub fn routes() -> Routes {
    Routes::new().post("/logout", submit)
}

async fn submit(visitor: Visitor, signed: Option<Signed>, Form(..): Form<Nothing>) -> Result<Response> {
    if let Some(signed) = signed {
        // Out here even when the API can't be told: its tokens were only ever in the session.
        if let Err(error) = signed.call(Logout {}).await {
            tracing::warn!(%error, "the API was not told of a sign-out");
        }
        session::end(&visitor.app, signed.key()).await?;
    }
    let mut response = Redirect::to("/sign-in").into_response();
    let gone = cookie(&visitor.app, cookie_name(&visitor.app, Cookie::Session), "", Some(0));
    response.headers_mut().append(header::SET_COOKIE, gone);
    // Not "storage": theme and sidebar are this browser's, and drafts are cleared by the form's script.
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    Ok(response)
}
