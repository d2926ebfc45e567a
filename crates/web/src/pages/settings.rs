//! The company's settings: name, language, time zone, working days, and its days off.

use super::{
    Routes,
    companies::form::{Zone, zones},
    organisation::company_of,
};
use crate::{Crumb, Errors, Form, Page, Query, Result, Signed, engine::Voice};
use axum::response::Response;
use chrono::{Datelike, NaiveDate};
use contract::{
    CompanyId,
    auth::{Locale, Me},
    companies::{
        Company, CompanyPatch, GetCompany, GetHolidays, Holidays, OwnHoliday, OwnHolidays, PublicHoliday,
        SetHolidays, UpdateCompany,
    },
    policy::Action,
};
use serde::{Deserialize, Serialize};

pub fn routes() -> Routes {
    Routes::new()
        .get("/settings", show)
        .post("/settings", update)
        .post("/settings/holidays", add_holiday)
        .post("/settings/holidays/remove", remove_holiday)
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct CompanyForm {
    name: String,
    #[serde(deserialize_with = "crate::form::blank")]
    locale: Option<Locale>,
    time_zone: String,
    /// A bit for each day that is worked.
    working_days: Vec<i64>,
    waiting_days: String,
    quiet_days: String,
    mentor_capacity: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct HolidayForm {
    date: String,
    holiday_name: String,
    year: Option<i32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    year: Option<i32>,
}

#[derive(Serialize)]
struct Settings {
    company_id: CompanyId,
    form: CompanyForm,
    holiday: HolidayForm,
    days: Vec<Day>,
    zones: Vec<Zone>,
    years: Vec<i32>,
    year: i32,
    public: Vec<PublicHoliday>,
    own: Vec<OwnHoliday>,
}

#[derive(Serialize)]
struct Day {
    number: u32,
    bit: i64,
    is_worked: bool,
}

impl Settings {
    fn of(company: Company, holidays: Holidays, typed: (CompanyForm, HolidayForm), year: i32) -> Self {
        let (form, holiday) = typed;
        let mut years: Vec<i32> = holidays
            .public
            .iter()
            .map(|day| day.date)
            .chain(holidays.own.iter().map(|day| day.date))
            .map(|day| day.year())
            .collect();
        years.push(year);
        years.sort_unstable();
        years.dedup();
        let day = |number: u32| {
            let bit = 1 << (number - 1);
            Day { number, bit, is_worked: form.working_days.contains(&bit) }
        };
        Self {
            company_id: company.company_id,
            days: (1..=7).map(day).collect(),
            zones: zones(&form.time_zone),
            public: holidays.public.into_iter().filter(|day| day.date.year() == year).collect(),
            own: holidays.own.into_iter().filter(|day| day.date.year() == year).collect(),
            form,
            holiday,
            years,
            year,
        }
    }
}

fn filled(company: &Company) -> CompanyForm {
    CompanyForm {
        name: company.name.clone(),
        locale: Some(company.locale),
        time_zone: company.time_zone.clone(),
        working_days: (0..7).map(|day| 1 << day).filter(|bit| company.working_days & bit != 0).collect(),
        waiting_days: company.waiting_days.to_string(),
        quiet_days: company.quiet_days.to_string(),
        mentor_capacity: company.mentor_capacity.map(|capacity| capacity.to_string()).unwrap_or_default(),
    }
}

impl Page for Settings {
    const TEMPLATE: &'static str = "pages/settings.html";
    const HERE: &'static str = "settings";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        vec![Crumb::here(voice.tr("nav-settings", &[]))]
    }

    fn samples() -> Vec<Self> {
        let company = Company {
            company_id: CompanyId("220-81-62517".into()),
            name: "윤슬로보틱스".into(),
            country: "KR".into(),
            time_zone: "Asia/Seoul".into(),
            locale: Locale::Ko,
            working_days: 31,
            waiting_days: 3,
            quiet_days: 5,
            mentor_capacity: Some(3),
            is_active: true,
            created_at: chrono::DateTime::default(),
            people: 84,
            departments: 11,
            active_mentorships: 18,
        };
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        let public =
            vec![PublicHoliday {
                date: day(2026, 9, 25), name_ko: "추석".into(), name_en: "Chuseok".into()
            }];
        let own = vec![OwnHoliday { date: day(2026, 5, 4), name: "창립 기념일".into() }];
        let full = Holidays { public, own };
        let none = Holidays { public: Vec::new(), own: Vec::new() };
        let form = filled(&company);
        vec![
            Self::of(company.clone(), full, (form.clone(), HolidayForm::default()), 2026),
            Self::of(company, none, (form, HolidayForm::default()), 2031),
        ]
    }
}

async fn page_of(
    signed: &Signed,
    year: Option<i32>,
    typed: Option<CompanyForm>,
    holiday: HolidayForm,
) -> Result<Settings> {
    let company_id = company_of(signed)?;
    let (company, holidays) = tokio::try_join!(
        signed.call(GetCompany { company_id: company_id.clone() }),
        signed.call(GetHolidays { company_id }),
    )?;
    let form = typed.unwrap_or_else(|| filled(&company));
    let year = year.unwrap_or_else(|| signed.today().year());
    Ok(Settings::of(company, holidays, (form, holiday), year))
}

async fn show(signed: Signed, Query(ask): Query<Ask>) -> Result<Response> {
    signed.only(Action::EditCompany)?;
    signed.page(&page_of(&signed, ask.year, None, HolidayForm::default()).await?).await
}

async fn update(signed: Signed, Form(form, _): Form<CompanyForm>) -> Result<Response> {
    let company_id = company_of(&signed)?;
    if form.working_days.is_empty() {
        let errors = Errors::one("working_days", signed.tr("settings-no-day", &[]));
        let page = page_of(&signed, None, Some(form), HolidayForm::default()).await?;
        return signed.invalid(&page, &errors).await;
    }
    // What is no number is no value the API takes, either: it says so at the field.
    let days = |text: &str| (!text.trim().is_empty()).then(|| text.trim().parse().unwrap_or(0));
    let typed = form.mentor_capacity.trim();
    let capacity = if typed.is_empty() { Ok(None) } else { typed.parse().map(Some) };
    let Ok(capacity) = capacity else {
        let errors = Errors::one("mentor_capacity", signed.tr("field-bad-format", &[]));
        let page = page_of(&signed, None, Some(form), HolidayForm::default()).await?;
        return signed.invalid(&page, &errors).await;
    };
    let patch = CompanyPatch {
        name: Some(form.name.clone()),
        time_zone: Some(form.time_zone.trim().to_owned()),
        locale: form.locale,
        working_days: Some(form.working_days.iter().fold(0, |mask, bit| mask | bit)),
        waiting_days: days(&form.waiting_days),
        quiet_days: days(&form.quiet_days),
        mentor_capacity: Some(capacity),
        is_active: None,
    };
    match signed.call(UpdateCompany { company_id, patch }).await {
        Ok(company) => {
            let me =
                Me { company_name: Some(company.name), time_zone: company.time_zone, ..signed.me.clone() };
            signed.set_me(me).await?;
            signed.done("/settings", signed.tr("settings-saved", &[])).await
        }
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            let page = page_of(&signed, None, Some(form), HolidayForm::default()).await?;
            signed.invalid(&page, &errors).await
        }
    }
}

fn back_to(year: i32) -> String {
    format!("/settings?year={year}#holidays")
}

async fn add_holiday(signed: Signed, Form(form, _): Form<HolidayForm>) -> Result<Response> {
    let company_id = company_of(&signed)?;
    let Ok(date) = form.date.trim().parse::<NaiveDate>() else {
        return again(&signed, form, &Errors::one("date", signed.tr("field-required", &[]))).await;
    };
    let mut own = signed.call(GetHolidays { company_id: company_id.clone() }).await?.own;
    if own.iter().any(|holiday| holiday.date == date) {
        return again(&signed, form, &Errors::one("date", signed.tr("settings-day-twice", &[]))).await;
    }
    let name = form.holiday_name.trim().to_owned();
    if name.is_empty() || name.chars().count() > 100 {
        let key = if name.is_empty() { "field-required" } else { "field-too-long" };
        let args: &[(&str, &str)] = if name.is_empty() { &[] } else { &[("max", "100")] };
        return again(&signed, form, &Errors::one("holiday_name", signed.tr(key, args))).await;
    }
    own.push(OwnHoliday { date, name });
    match signed.call(SetHolidays { company_id, holidays: OwnHolidays { own } }).await {
        Ok(_) => signed.done(&back_to(date.year()), signed.tr("settings-day-added", &[])).await,
        Err(error) => {
            let errors = Errors::of(error, &signed.voice())?;
            again(&signed, form, &errors).await
        }
    }
}

async fn again(signed: &Signed, form: HolidayForm, errors: &Errors) -> Result<Response> {
    signed.invalid(&page_of(signed, form.year, None, form).await?, errors).await
}

async fn remove_holiday(signed: Signed, Form(form, _): Form<HolidayForm>) -> Result<Response> {
    let company_id = company_of(&signed)?;
    let mut own = signed.call(GetHolidays { company_id: company_id.clone() }).await?.own;
    let date = form.date.trim().parse::<NaiveDate>().unwrap_or_default();
    own.retain(|holiday| holiday.date != date);
    signed.call(SetHolidays { company_id, holidays: OwnHolidays { own } }).await?;
    signed.done(&back_to(date.year()), signed.tr("settings-day-removed", &[])).await
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::Settings>();
    }
}
