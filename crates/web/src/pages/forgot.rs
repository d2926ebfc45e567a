//! Asking for a link to set a new password: one answer whether or not the address is known.

use super::{Routes, sign_in};
use crate::{Errors, Form, Page, Result, Visitor};
use axum::response::Response;
use contract::auth::{ForgotPassword, ForgottenPassword};
use http::StatusCode;
use serde::{Deserialize, Serialize};

pub fn routes() -> Routes {
    Routes::new().get("/forgot", show).post("/forgot", submit)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ForgotForm {
    email: String,
}

#[derive(Default, Serialize)]
struct Forgot {
    email: String,
    is_sent: bool,
}

async fn show(visitor: Visitor) -> Result<Response> {
    visitor.page(&Forgot::default())
}

async fn submit(visitor: Visitor, Form(form, _): Form<ForgotForm>) -> Result<Response> {
    let email = form.email.trim().to_owned();
    let forgotten = ForgottenPassword { email: email.clone() };
    match visitor.client().call(ForgotPassword { forgotten }).await {
        Ok(_) => visitor.page(&Forgot { email, is_sent: true }),
        Err(error) => {
            let status = error.status();
            let errors = if status == StatusCode::TOO_MANY_REQUESTS {
                Errors::one("form", sign_in::wait(&visitor, &error))
            } else {
                Errors::of(error, &visitor.voice())?
            };
            visitor.page_with(&Forgot { email, is_sent: false }, &errors, status)
        }
    }
}

impl Page for Forgot {
    const TEMPLATE: &'static str = "pages/forgot.html";
    const HERE: &'static str = "";

    fn samples() -> Vec<Self> {
        let sent = |is_sent| Self { email: "jiwoo.han@yunseul.example".into(), is_sent };
        vec![Self::default(), sent(false), sent(true)]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::Forgot>();
    }
}
