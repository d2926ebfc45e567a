//! One company: its facts, suspending it, and deleting it while nobody has used it.

use super::form::{self, Zone};
use crate::{
    Crumb, Errors, Form, Page, Result, Signed,
    engine::Voice,
    form::{Nothing, blank},
};
use axum::{extract::Path, response::Response};
use contract::{
    CompanyId,
    auth::Locale,
    companies::{Company, CompanyPatch, DeleteCompany, GetCompany, UpdateCompany},
    policy::Action,
};
use serde::{Deserialize, Serialize};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EditForm {
    name: String,
    #[serde(deserialize_with = "blank")]
    locale: Option<Locale>,
    time_zone: String,
    /// The bits of the working days.
    days: Vec<i64>,
}

/// A weekday's number, its bit, and whether people work on it.
#[derive(Serialize)]
struct Day {
    number: usize,
    bit: i64,
    is_set: bool,
}

#[derive(Serialize)]
struct CompanyPage {
    form: EditForm,
    days: Vec<Day>,
    zones: Vec<Zone>,
    /// Nobody but its first admin is there: it can be deleted.
    is_unused: bool,
    mail_folder: Option<String>,
    company: Company,
}

impl CompanyPage {
    fn of(company: Company, form: Option<EditForm>, mail_folder: Option<String>) -> Self {
        let form = form.unwrap_or_else(|| EditForm {
            name: company.name.clone(),
            locale: Some(company.locale),
            time_zone: company.time_zone.clone(),
            days: (0..7).map(|day| 1 << day).filter(|bit| company.working_days & bit != 0).collect(),
        });
        let day = |number: usize| {
            let bit = 1 << (number - 1);
            Day { number, bit, is_set: form.days.contains(&bit) }
        };
        let is_unused = company.people <= 1 && company.departments == 0 && company.active_mentorships == 0;
        Self {
            days: (1..=7).map(day).collect(),
            zones: form::zones(&form.time_zone),
            is_unused,
            mail_folder,
            form,
            company,
        }
    }

    async fn load(signed: &Signed, company_id: CompanyId, form: Option<EditForm>) -> Result<Self> {
        let company = signed.call(GetCompany { company_id }).await?;
        Ok(Self::of(company, form, signed.app.config.mail_folder.clone()))
    }
}

pub async fn show(signed: Signed, Path(company_id): Path<CompanyId>) -> Result<Response> {
    signed.only(Action::ManageCompanies)?;
    signed.page(&CompanyPage::load(&signed, company_id, None).await?).await
}

pub async fn submit(
    signed: Signed,
    Path(company_id): Path<CompanyId>,
    Form(form, _): Form<EditForm>,
) -> Result<Response> {
    let patch = CompanyPatch {
        name: Some(form.name.trim().to_owned()),
        time_zone: Some(form.time_zone.clone()).filter(|zone| !zone.is_empty()),
        locale: form.locale,
        working_days: Some(form.days.iter().fold(0, |mask, bit| mask | bit)),
        ..CompanyPatch::default()
    };
    match signed.call(UpdateCompany { company_id: company_id.clone(), patch }).await {
        Ok(company) => {
            let to = format!("/companies/{}", company.company_id);
            signed.done(&to, signed.tr("companies-saved", &[("name", &company.name)])).await
        }
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            signed.invalid(&CompanyPage::load(&signed, company_id, Some(form)).await?, &errors).await
        }
    }
}

pub async fn suspend(
    signed: Signed,
    Path(company_id): Path<CompanyId>,
    Form(..): Form<Nothing>,
) -> Result<Response> {
    set_active(&signed, company_id, false, "companies-suspended").await
}

pub async fn resume(
    signed: Signed,
    Path(company_id): Path<CompanyId>,
    Form(..): Form<Nothing>,
) -> Result<Response> {
    set_active(&signed, company_id, true, "companies-resumed").await
}

async fn set_active(signed: &Signed, company_id: CompanyId, is_active: bool, said: &str) -> Result<Response> {
    let patch = CompanyPatch { is_active: Some(is_active), ..CompanyPatch::default() };
    let company = signed.call(UpdateCompany { company_id, patch }).await?;
    let to = format!("/companies/{}", company.company_id);
    signed.done(&to, signed.tr(said, &[("name", &company.name)])).await
}

pub async fn delete(
    signed: Signed,
    Path(company_id): Path<CompanyId>,
    Form(..): Form<Nothing>,
) -> Result<Response> {
    match signed.call(DeleteCompany { company_id: company_id.clone() }).await {
        Ok(_) => signed.done("/companies", signed.tr("companies-deleted", &[])).await,
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            signed.invalid(&CompanyPage::load(&signed, company_id, None).await?, &errors).await
        }
    }
}

impl Page for CompanyPage {
    const TEMPLATE: &'static str = "pages/companies_one.html";
    const HERE: &'static str = "companies";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        vec![Crumb::to("/companies", voice.tr("nav-companies", &[])), Crumb::here(self.company.name.clone())]
    }

    fn samples() -> Vec<Self> {
        let used = super::sample();
        let unused = Company { people: 1, departments: 0, active_mentorships: 0, ..super::sample() };
        let suspended = Company { is_active: false, ..super::sample() };
        vec![
            Self::of(used, None, None),
            Self::of(unused, None, Some("/var/lib/naru/mail".into())),
            Self::of(suspended, None, None),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders() {
        crate::page::tests::renders::<CompanyPage>();
    }

    #[test]
    fn working_days_are_the_bits_of_the_mask() {
        let page = CompanyPage::of(super::super::sample(), None, None);
        assert_eq!(page.form.days, [1, 2, 4, 8, 16]);
        assert_eq!(page.days.iter().filter(|day| day.is_set).count(), 5);
    }
}
