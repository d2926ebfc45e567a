//! Companies: the tenants. Every other row belongs to exactly one.

use crate::{CompanyId, Nothing, Page, auth::Locale, endpoint};
use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct Company {
    pub company_id: CompanyId,
    pub name: String,
    /// ISO 3166 code; its public holidays are not working days.
    pub country: String,
    /// IANA name.
    pub time_zone: String,
    pub locale: Locale,
    /// A bit for each weekday: Monday 1, Tuesday 2, … Sunday 64.
    pub working_days: i64,
    /// After so many working days without an answer, a submission is told to wait.
    pub waiting_days: i64,
    /// After so many working days without anything happening, a mentorship is told to be quiet.
    pub quiet_days: i64,
    /// How many mentorships a mentor takes at once unless the mentor has an own number; `null` is no limit.
    pub mentor_capacity: Option<i64>,
    pub is_active: bool,
    pub created_at: DateTime<Utc>,
    pub people: i64,
    pub departments: i64,
    pub active_mentorships: i64,
}

/// The first admin of a new company; an invitation is sent.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FirstAdmin {
    #[schemars(length(min = 3, max = 254))]
    pub email: String,
    #[schemars(length(min = 1, max = 50))]
    pub family_name: String,
    #[schemars(length(min = 1, max = 50))]
    pub given_name: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCompany {
    pub company_id: CompanyId,
    #[schemars(length(min = 1, max = 100))]
    pub name: String,
    #[serde(default)]
    pub locale: Option<Locale>,
    #[serde(default)]
    #[schemars(length(min = 1, max = 50))]
    pub time_zone: Option<String>,
    pub admin: FirstAdmin,
}

/// What isn't named stays as it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompanyPatch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 100))]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 50))]
    pub time_zone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 127))]
    pub working_days: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 60))]
    pub waiting_days: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 60))]
    pub quiet_days: Option<i64>,
    /// `null` clears it.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::text::nullable")]
    #[schemars(range(min = 0, max = 100))]
    pub mentor_capacity: Option<Option<i64>>,
    /// Suspending a company ends every sign-in of its people. Operators only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_active: Option<bool>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompanyFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 100))]
    pub search: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub limit: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 500))]
    pub cursor: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 1_000_000))]
    pub skip: Option<i64>,
}

/// A public holiday of the company's country.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PublicHoliday {
    pub date: NaiveDate,
    pub name_ko: String,
    pub name_en: String,
}

/// A day off of the company's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
#[serde(deny_unknown_fields)]
pub struct OwnHoliday {
    pub date: NaiveDate,
    #[schemars(length(min = 1, max = 100))]
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Holidays {
    /// Known for 2024 to 2030.
    pub public: Vec<PublicHoliday>,
    pub own: Vec<OwnHoliday>,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnHolidays {
    /// The whole list; what isn't in it is removed.
    #[schemars(length(max = 400))]
    pub own: Vec<OwnHoliday>,
}

endpoint! {
    /// Companies within reach: all for an operator, one's own otherwise.
    GET "/api/companies/" ListCompanies query(filter: CompanyFilter) -> Page<Company>, ReadCompany
}
endpoint! {
    /// Create a company with its first admin, who is invited by mail.
    POST "/api/companies/" CreateCompany body(company: NewCompany) -> Company, ManageCompanies
}
endpoint! {
    /// One company.
    GET "/api/companies/{company_id}" GetCompany path(company_id: CompanyId) -> Company, ReadCompany
}
endpoint! {
    /// Change a company.
    PUT "/api/companies/{company_id}" UpdateCompany path(company_id: CompanyId) body(patch: CompanyPatch) -> Company, EditCompany
}
endpoint! {
    /// Delete a company that nobody but its invited first admin has used; otherwise 409.
    DELETE "/api/companies/{company_id}" DeleteCompany path(company_id: CompanyId) -> Nothing, ManageCompanies
}
endpoint! {
    /// The days that are not working days.
    GET "/api/companies/{company_id}/holidays" GetHolidays path(company_id: CompanyId) -> Holidays, ReadCompany
}
endpoint! {
    /// Set the company's own holidays.
    PUT "/api/companies/{company_id}/holidays" SetHolidays path(company_id: CompanyId) body(holidays: OwnHolidays) -> Holidays, EditCompany
}
