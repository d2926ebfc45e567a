//! Accepting an invitation: whom it is for, the first password, and in.
//!
//! The mail's link carries its token in the fragment, which no server sees; a
//! script posts it, or somebody pastes it.

use super::{
    Routes,
    link::{self, Purpose, TokenForm},
    sign_in,
};
use crate::{Errors, Form, Page, Result, Visitor};
use axum::response::Response;
use contract::auth::{AcceptInvitation, Invitation, InvitationAcceptance, LinkToken, ShowInvitation};
use http::StatusCode;
use serde::{Deserialize, Serialize};

pub fn routes() -> Routes {
    Routes::new().get("/invitation", show).post("/invitation", open).post("/invitation/accept", accept)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AcceptForm {
    token: String,
    new_password: String,
}

/// Without a token yet `invitation` is none: the page asks for it.
#[derive(Serialize)]
struct InvitationPage {
    token: String,
    invitation: Option<Invitation>,
}

async fn show(visitor: Visitor) -> Result<Response> {
    visitor.page(&InvitationPage { token: String::new(), invitation: None })
}

async fn open(visitor: Visitor, Form(form, _): Form<TokenForm>) -> Result<Response> {
    opened(&visitor, link::token(&form.token), &Errors::default(), StatusCode::OK).await
}

async fn opened(visitor: &Visitor, token: String, errors: &Errors, status: StatusCode) -> Result<Response> {
    if token.is_empty() {
        let errors = Errors::one("token", visitor.tr("field-required", &[]));
        let page = InvitationPage { token, invitation: None };
        return visitor.page_with(&page, &errors, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let link = LinkToken { token: token.clone() };
    match visitor.client().call(ShowInvitation { link }).await {
        Ok(invitation) => {
            let page = InvitationPage { token, invitation: Some(invitation) };
            visitor.page_with(&page, errors, status)
        }
        Err(error) if link::is_over(&error) => link::over(visitor, Purpose::Invitation),
        Err(error) => Err(error.into()),
    }
}

async fn accept(visitor: Visitor, Form(form, _): Form<AcceptForm>) -> Result<Response> {
    let token = link::token(&form.token);
    let acceptance = InvitationAcceptance { token: token.clone(), new_password: form.new_password };
    match visitor.client().call(AcceptInvitation { acceptance }).await {
        Ok(tokens) => {
            let voice = visitor.app.engine(tokens.me.locale);
            let text = voice.tr("invitation-welcome", &[("name", &tokens.me.name)]);
            sign_in::start_saying(&visitor, tokens, "/", Some(text)).await
        }
        Err(error) if link::is_over(&error) => link::over(&visitor, Purpose::Invitation),
        Err(error) => {
            let errors = Errors::of(error, &visitor.voice())?;
            opened(&visitor, token, &errors, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

impl Page for InvitationPage {
    const TEMPLATE: &'static str = "pages/invitation.html";
    const HERE: &'static str = "";

    fn samples() -> Vec<Self> {
        let person = |company_name: Option<&str>| Invitation {
            name: "한지우".into(),
            email: "jiwoo.han@yunseul.example".into(),
            company_name: company_name.map(str::to_owned),
            locale: contract::auth::Locale::Ko,
        };
        vec![
            Self { token: String::new(), invitation: None },
            Self { token: "t".into(), invitation: Some(person(Some("윤슬로보틱스"))) },
            Self { token: "t".into(), invitation: Some(person(None)) },
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::InvitationPage>();
    }
}
