//! An operator copies a curriculum from one company to another: titles are all there is to see.

use super::Routes;
use crate::{Crumb, Errors, Form, Page, Query, Result, Signed, engine::Voice, form::blank};
use axum::{extract::Path, response::Response};
use contract::{
    CompanyId, CurriculumId,
    companies::{CompanyFilter, GetCompany, ListCompanies},
    curriculum_library::{CompanyCopy, CopyToCompany, CurriculumTitle, ListCurriculumTitles},
};
use serde::{Deserialize, Serialize};

pub fn routes() -> Routes {
    Routes::new()
        .get("/companies/{company_id}/curricula", show)
        .post("/companies/{company_id}/curricula", copy)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    #[serde(deserialize_with = "blank")]
    from: Option<CompanyId>,
}

#[derive(Debug, Clone, Serialize)]
struct Choice {
    value: CompanyId,
    label: String,
}

#[derive(Serialize)]
struct Curricula {
    company_id: CompanyId,
    name: String,
    companies: Vec<Choice>,
    from: Option<CompanyId>,
    titles: Vec<CurriculumTitle>,
}

impl Curricula {
    async fn load(signed: &Signed, company_id: CompanyId, from: Option<CompanyId>) -> Result<Self> {
        let company = signed.call(GetCompany { company_id: company_id.clone() }).await?;
        let filter = CompanyFilter { limit: Some(100), ..CompanyFilter::default() };
        let companies = signed.call(ListCompanies { filter }).await?.items;
        let titles = match &from {
            Some(from) => signed.call(ListCurriculumTitles { company_id: from.clone() }).await?.items,
            None => Vec::new(),
        };
        let others = companies.into_iter().filter(|other| other.company_id != company_id);
        let companies = others.map(|other| Choice { value: other.company_id, label: other.name }).collect();
        Ok(Self { company_id, name: company.name, companies, from, titles })
    }
}

async fn show(signed: Signed, Path(company_id): Path<CompanyId>, Query(ask): Query<Ask>) -> Result<Response> {
    signed.page(&Curricula::load(&signed, company_id, ask.from).await?).await
}

#[derive(Debug, Deserialize)]
struct CopyForm {
    from: CompanyId,
    curriculum_id: CurriculumId,
}

async fn copy(
    signed: Signed,
    Path(company_id): Path<CompanyId>,
    Form(form, once): Form<CopyForm>,
) -> Result<Response> {
    let copy = CompanyCopy { from_company_id: form.from.clone(), curriculum_id: form.curriculum_id };
    match signed.call_once(&once, CopyToCompany { company_id: company_id.clone(), copy }).await {
        Ok(copied) => {
            let text = signed.tr("company-curricula-copied", &[("title", &copied.title)]);
            signed.done(&format!("/companies/{company_id}/curricula?from={}", form.from), text).await
        }
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            signed.invalid(&Curricula::load(&signed, company_id, Some(form.from)).await?, &errors).await
        }
    }
}

impl Page for Curricula {
    const TEMPLATE: &'static str = "pages/company_curricula.html";
    const HERE: &'static str = "companies";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        vec![
            Crumb::to("/companies", voice.tr("nav-companies", &[])),
            Crumb::to(format!("/companies/{}", self.company_id), self.name.clone()),
            Crumb::here(voice.tr("company-curricula-title", &[])),
        ]
    }

    fn samples() -> Vec<Self> {
        let from = CompanyId("124-81-00998".into());
        let title =
            CurriculumTitle { curriculum_id: CurriculumId(5), title: "Backend <b>".into(), latest_number: 3 };
        let page = |from: Option<CompanyId>, titles| Self {
            company_id: CompanyId("220-81-62517".into()),
            name: "EZFLOW".into(),
            companies: vec![Choice { value: CompanyId("124-81-00998".into()), label: "Other".into() }],
            from,
            titles,
        };
        vec![page(None, Vec::new()), page(Some(from.clone()), vec![title]), page(Some(from), Vec::new())]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::Curricula>();
    }
}
