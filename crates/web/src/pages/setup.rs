//! The first run: operator, then the first company, then what happens next.
//!
//! Open only while the installation has nobody; the first step needs the
//! one-time token the server printed.

use super::{
    Routes,
    companies::form::{self, CompanyForm, Zone},
    sign_in,
};
use crate::{Errors, Form, Page, Query, Result, Signed, Visitor};
use axum::response::{IntoResponse, Redirect, Response};
use contract::{
    CompanyId,
    auth::{FirstOperator, GetSetup, SetUp},
    companies::{Company, CreateCompany, GetCompany},
    policy::Action,
};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use std::sync::atomic::Ordering;

pub fn routes() -> Routes {
    Routes::new()
        .get("/setup", show)
        .post("/setup", submit)
        .get("/setup/company", show_company)
        .post("/setup/company", submit_company)
        .get("/setup/done", show_done)
}

/// Whether the first operator is still to be made. An API that is away says so on the page that needs it.
pub async fn is_open(visitor: &Visitor) -> bool {
    if visitor.app.is_set_up.load(Ordering::Relaxed) {
        return false;
    }
    match visitor.client().call(GetSetup {}).await {
        Ok(state) => {
            visitor.app.is_set_up.store(!state.is_open, Ordering::Relaxed);
            state.is_open
        }
        Err(_) => false,
    }
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct OperatorForm {
    token: String,
    email: String,
    family_name: String,
    given_name: String,
    #[serde(skip_serializing)]
    password: String,
}

#[derive(Default, Serialize)]
struct SetUpOperator {
    form: OperatorForm,
}

#[derive(Serialize)]
struct SetUpCompany {
    form: CompanyForm,
    zones: Vec<Zone>,
}

#[derive(Serialize)]
struct SetUpDone {
    company: Company,
    mail_folder: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Which {
    company: CompanyId,
}

async fn show(visitor: Visitor) -> Result<Response> {
    let state = visitor.client().call(GetSetup {}).await?;
    if !state.is_open {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    visitor.page(&SetUpOperator::default())
}

async fn submit(visitor: Visitor, Form(form, _): Form<OperatorForm>) -> Result<Response> {
    let operator = FirstOperator {
        token: form.token.trim().to_owned(),
        email: form.email.trim().to_owned(),
        family_name: form.family_name.trim().to_owned(),
        given_name: form.given_name.trim().to_owned(),
        password: form.password.clone(),
    };
    match visitor.client().call(SetUp { operator }).await {
        Ok(tokens) => sign_in::start(&visitor, tokens, "/setup/company").await,
        Err(error) => {
            let errors = if error.status() == StatusCode::TOO_MANY_REQUESTS {
                Errors::one("form", sign_in::wait(&visitor, &error))
            } else {
                Errors::of(error, &visitor.voice())?
            };
            visitor.page_with(&SetUpOperator { form }, &errors, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

async fn show_company(signed: Signed) -> Result<Response> {
    signed.only(Action::ManageCompanies)?;
    let form = CompanyForm::fresh(&signed);
    signed.page(&SetUpCompany { zones: form::zones(&form.time_zone), form }).await
}

async fn submit_company(signed: Signed, Form(form, once): Form<CompanyForm>) -> Result<Response> {
    match signed.call_once(&once, CreateCompany { company: form.company() }).await {
        Ok(company) => Ok(signed.redirect(&format!("/setup/done?company={}", company.company_id))),
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            signed.invalid(&SetUpCompany { zones: form::zones(&form.time_zone), form }, &errors).await
        }
    }
}

async fn show_done(signed: Signed, Query(which): Query<Which>) -> Result<Response> {
    signed.only(Action::ManageCompanies)?;
    let company = signed.call(GetCompany { company_id: which.company }).await?;
    signed.page(&SetUpDone { company, mail_folder: signed.app.config.mail_folder.clone() }).await
}

impl Page for SetUpOperator {
    const TEMPLATE: &'static str = "pages/setup.html";
    const HERE: &'static str = "";

    fn samples() -> Vec<Self> {
        vec![Self::default()]
    }
}

impl Page for SetUpCompany {
    const TEMPLATE: &'static str = "pages/setup_company.html";
    const HERE: &'static str = "";

    fn samples() -> Vec<Self> {
        vec![Self { form: CompanyForm::default(), zones: form::zones("Asia/Seoul") }]
    }
}

impl Page for SetUpDone {
    const TEMPLATE: &'static str = "pages/setup_done.html";
    const HERE: &'static str = "";

    fn samples() -> Vec<Self> {
        let company = super::companies::sample();
        vec![
            Self { company: company.clone(), mail_folder: None },
            Self { company, mail_folder: Some("/var/lib/naru/mail".into()) },
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::SetUpOperator>();
        crate::page::tests::renders::<super::SetUpCompany>();
        crate::page::tests::renders::<super::SetUpDone>();
    }
}
