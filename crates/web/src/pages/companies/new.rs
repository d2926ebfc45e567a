//! A new company with its first admin.

use super::form::{self, CompanyForm, Zone};
use crate::{Crumb, Errors, Form, Page, Result, Signed, engine::Voice};
use axum::response::Response;
use contract::{companies::CreateCompany, policy::Action};
use serde::Serialize;

#[derive(Serialize)]
struct NewCompanyPage {
    form: CompanyForm,
    zones: Vec<Zone>,
}

impl NewCompanyPage {
    fn of(form: CompanyForm) -> Self {
        Self { zones: form::zones(&form.time_zone), form }
    }
}

pub async fn show(signed: Signed) -> Result<Response> {
    signed.only(Action::ManageCompanies)?;
    signed.page(&NewCompanyPage::of(CompanyForm::fresh(&signed))).await
}

pub async fn submit(signed: Signed, Form(form, once): Form<CompanyForm>) -> Result<Response> {
    match signed.call_once(&once, CreateCompany { company: form.company() }).await {
        Ok(company) => {
            let text =
                signed.tr("companies-made", &[("name", &company.name), ("email", form.admin_email.trim())]);
            signed.done(&format!("/companies/{}", company.company_id), text).await
        }
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            signed.invalid(&NewCompanyPage::of(form), &errors).await
        }
    }
}

impl Page for NewCompanyPage {
    const TEMPLATE: &'static str = "pages/companies_new.html";
    const HERE: &'static str = "companies";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        vec![
            Crumb::to("/companies", voice.tr("nav-companies", &[])),
            Crumb::here(voice.tr("companies-new", &[])),
        ]
    }

    fn samples() -> Vec<Self> {
        vec![Self::of(CompanyForm::default())]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::NewCompanyPage>();
    }
}
