//! A new password with the link from the mail; the token comes in the fragment, as an invitation's does.

use super::{
    Routes,
    link::{self, Purpose},
};
use crate::{Errors, Form, Page, Result, Visitor};
use axum::response::{IntoResponse, Redirect, Response};
use contract::auth::{PasswordReset, ResetPassword};
use http::StatusCode;
use serde::{Deserialize, Serialize};

pub fn routes() -> Routes {
    Routes::new().get("/reset", show).post("/reset", submit)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ResetForm {
    token: String,
    new_password: String,
}

#[derive(Default, Serialize)]
struct Reset {
    token: String,
}

async fn show(visitor: Visitor) -> Result<Response> {
    visitor.page(&Reset::default())
}

async fn submit(visitor: Visitor, Form(form, _): Form<ResetForm>) -> Result<Response> {
    let token = link::token(&form.token);
    if token.is_empty() {
        let errors = Errors::one("token", visitor.tr("field-required", &[]));
        return visitor.page_with(&Reset::default(), &errors, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let reset = PasswordReset { token: token.clone(), new_password: form.new_password };
    match visitor.client().call(ResetPassword { reset }).await {
        Ok(_) => Ok(Redirect::to("/sign-in?after=reset").into_response()),
        Err(error) if link::is_over(&error) => link::over(&visitor, Purpose::Reset),
        Err(error) => {
            let errors = Errors::of(error, &visitor.voice())?;
            visitor.page_with(&Reset { token }, &errors, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

impl Page for Reset {
    const TEMPLATE: &'static str = "pages/reset.html";
    const HERE: &'static str = "";

    fn samples() -> Vec<Self> {
        vec![Self::default(), Self { token: "t".into() }]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::Reset>();
    }
}
