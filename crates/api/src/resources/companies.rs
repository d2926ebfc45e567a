//! Companies: made by operators, kept by their admins.

use crate::{
    Ctx, Error, Result,
    cursor::cursor,
    error::OnTaken,
    mount::Routes,
    resources::auth,
    rules::people::{blank_error, email_error, search_key, tidy},
};
use calendar::{Country, WorkCalendar, WorkingDays};
use chrono::NaiveDate;
use contract::{
    Code, CompanyId, FieldError, Nothing, Page,
    auth::Locale,
    companies::{
        Company, CreateCompany, DeleteCompany, FirstAdmin, GetCompany, GetHolidays, Holidays, ListCompanies,
        OwnHoliday, PublicHoliday, SetHolidays, UpdateCompany,
    },
    page::DEFAULT_LIMIT,
    policy::{Role, Roles, Scope},
    users::UserStatus,
};
use std::collections::{BTreeMap, HashSet};
use store::{CompanyChange, Within, unscoped::NewAccount};

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    routes
        .on(list_companies)
        .on(create_company)
        .on(get_company)
        .on(update_company)
        .on(delete_company)
        .on(get_holidays)
        .on(set_holidays)
}

async fn list_companies(ctx: Ctx, ListCompanies { filter }: ListCompanies) -> Result<Page<Company>> {
    let limit = filter.limit.unwrap_or(DEFAULT_LIMIT);
    let after: Option<(String, CompanyId)> = cursor(filter.cursor.as_deref())?;
    let search = filter.search.as_deref().map(str::trim).filter(|search| !search.is_empty());
    let pattern = search.map(|search| store::like::anywhere(&search.to_lowercase()));
    let companies = ctx.store().await?.companies(pattern, after, limit + 1, filter.skip.unwrap_or(0)).await?;
    Ok(Page::cut(companies, limit, |company| (company.name.clone(), company.company_id.clone())))
}

async fn get_company(ctx: Ctx, GetCompany { company_id }: GetCompany) -> Result<Company> {
    ctx.store().await?.company(&company_id).await?.ok_or_else(Error::not_found)
}

async fn create_company(ctx: Ctx, CreateCompany { company }: CreateCompany) -> Result<Company> {
    let company_id = company.company_id;
    let admin = FirstAdmin {
        email: company.admin.email.trim().to_owned(),
        family_name: tidy(&company.admin.family_name),
        given_name: tidy(&company.admin.given_name),
    };
    let mut errors = Vec::new();
    if !company_id.checksum_holds() {
        let message =
            "This is not a business registration number: its last digit doesn't follow from the others.";
        errors.push(FieldError::new("company_id", "bad_checksum", message));
    }
    errors.extend(blank_error("name", &company.name));
    errors.extend(company.time_zone.as_deref().and_then(time_zone_error));
    errors.extend(email_error("admin.email", &admin.email));
    errors.extend(blank_error("admin.family_name", &admin.family_name));
    errors.extend(blank_error("admin.given_name", &admin.given_name));
    let mut store = ctx.store().await?;
    // Both taken values are told at once, which unique indexes would not do.
    if errors.is_empty() {
        if store.company(&company_id).await?.is_some() {
            errors.push(FieldError::new("company_id", "taken", "This company is here already."));
        }
        if store.unscoped().account_by_email(&hangul::fold(&admin.email)).await?.is_some() {
            errors.push(FieldError::new("admin.email", "taken", "This value is taken."));
        }
    }
    if !errors.is_empty() {
        return Err(Error::invalid(errors));
    }
    let locale = company.locale.unwrap_or(Locale::Ko);
    let change = CompanyChange {
        name: Some(tidy(&company.name)),
        time_zone: company.time_zone,
        locale: Some(locale),
        ..CompanyChange::default()
    };
    store.create_company(&company_id, change, ctx.now()).await.on_taken("company_id")?;
    invite_first_admin(&ctx, &mut store, &company_id, &admin, locale).await?;
    store.company(&company_id).await?.ok_or_else(Error::not_found)
}

async fn invite_first_admin(
    ctx: &Ctx,
    store: &mut Within,
    company_id: &CompanyId,
    admin: &FirstAdmin,
    locale: Locale,
) -> Result<()> {
    let account = NewAccount {
        company_id: Some(company_id),
        department_id: None,
        employee_number: None,
        email: &admin.email,
        email_key: &hangul::fold(&admin.email),
        family_name: &admin.family_name,
        given_name: &admin.given_name,
        name: &hangul::display_name(&admin.family_name, &admin.given_name, hangul::Locale::En),
        search_key: &search_key(
            &admin.family_name,
            &admin.given_name,
            [Some(&admin.email), None, None, None],
            None,
        ),
        roles: Roles::of([Role::Admin]),
        position: None,
        job_title: None,
        tags: &[],
        hired_on: None,
        status: UserStatus::Invited,
        locale,
        password_hash: None,
    };
    let mut store = store.unscoped();
    let user_id = store.create_account(&account, ctx.now()).await.on_taken("admin.email")?;
    let account = store.account(user_id).await?.ok_or_else(Error::not_found)?;
    auth::invite(&ctx.app, &mut store, &account, ctx.now()).await
}

async fn update_company(ctx: Ctx, UpdateCompany { company_id, patch }: UpdateCompany) -> Result<Company> {
    if patch.is_active.is_some() && ctx.reach().scope() != Scope::Everywhere {
        return Err(Error::because(Code::Denied, "Only operators suspend a company."));
    }
    let mut errors = Vec::new();
    errors.extend(patch.name.as_deref().and_then(|name| blank_error("name", name)));
    errors.extend(patch.time_zone.as_deref().and_then(time_zone_error));
    if patch.working_days.is_some_and(|mask| WorkingDays::new(mask).is_err()) {
        errors.push(FieldError::new("working_days", "bad_value", "A mask of weekdays: 1 to 127."));
    }
    if !errors.is_empty() {
        return Err(Error::invalid(errors));
    }
    let change = CompanyChange {
        name: patch.name.as_deref().map(tidy),
        time_zone: patch.time_zone.clone(),
        locale: patch.locale,
        working_days: patch.working_days,
        waiting_days: patch.waiting_days,
        quiet_days: patch.quiet_days,
        mentor_capacity: patch.mentor_capacity,
        is_active: patch.is_active,
    };
    let mut store = ctx.store().await?;
    if !store.update_company(&company_id, change).await? {
        return Err(Error::not_found());
    }
    // Tokens say whose company it is and what day it is there.
    if patch.is_active.is_some() || patch.time_zone.is_some() {
        store.unscoped().renew_generation_of_company(&company_id, ctx.now()).await?;
    }
    if patch.is_active == Some(false) {
        store.end_sessions_of_company(&company_id, ctx.now()).await?;
    }
    store.company(&company_id).await?.ok_or_else(Error::not_found)
}

async fn delete_company(ctx: Ctx, DeleteCompany { company_id }: DeleteCompany) -> Result<Nothing> {
    let mut store = ctx.store().await?;
    let company = store.company(&company_id).await?.ok_or_else(Error::not_found)?;
    match store.delete_unused_company(&company_id).await {
        Ok(true) => Ok(Nothing),
        Ok(false) => Err(Error::because(Code::InUse, format!("people {}", company.people))),
        Err(store::Error::Reference) => Err(Error::code(Code::InUse)),
        Err(error) => Err(error.into()),
    }
}

async fn get_holidays(ctx: Ctx, GetHolidays { company_id }: GetHolidays) -> Result<Holidays> {
    let mut store = ctx.store().await?;
    let company = store.company(&company_id).await?.ok_or_else(Error::not_found)?;
    let own = store.own_holidays(&company_id).await?;
    Ok(Holidays { public: public_holidays(&company.country), own })
}

async fn set_holidays(ctx: Ctx, SetHolidays { company_id, holidays }: SetHolidays) -> Result<Holidays> {
    let mut errors = Vec::new();
    let mut seen = HashSet::new();
    for (index, holiday) in holidays.own.iter().enumerate() {
        if !seen.insert(holiday.date) {
            errors.push(FieldError::new(format!("own.{index}.date"), "repeated", "This day stands twice."));
        }
        errors.extend(blank_error(&format!("own.{index}.name"), &holiday.name));
    }
    if !errors.is_empty() {
        return Err(Error::invalid(errors));
    }
    let mut own: Vec<OwnHoliday> = holidays
        .own
        .iter()
        .map(|holiday| OwnHoliday { date: holiday.date, name: tidy(&holiday.name) })
        .collect();
    own.sort_by_key(|holiday| holiday.date);
    let mut store = ctx.store().await?;
    let company = store.company(&company_id).await?.ok_or_else(Error::not_found)?;
    store.set_own_holidays(&company_id, &own).await?;
    Ok(Holidays { public: public_holidays(&company.country), own })
}

fn public_holidays(country: &str) -> Vec<PublicHoliday> {
    let Some(country) = Country::from_code(country) else { return Vec::new() };
    let calendar = WorkCalendar::new(country, WorkingDays::default(), BTreeMap::new());
    let (first, last) = country.years();
    let span = NaiveDate::from_ymd_opt(first, 1, 1).zip(NaiveDate::from_ymd_opt(last, 12, 31));
    let Some((first, last)) = span else { return Vec::new() };
    let named = |day: calendar::DatedHoliday<'_>| PublicHoliday {
        date: day.date,
        name_ko: day.name.ko.into_owned(),
        name_en: day.name.en.into_owned(),
    };
    calendar.holidays_between(first, last).into_iter().map(named).collect()
}

fn time_zone_error(name: &str) -> Option<FieldError> {
    let is_known = name.parse::<chrono_tz::Tz>().is_ok();
    (!is_known).then(|| FieldError::new("time_zone", "bad_time_zone", "An IANA name, as Asia/Seoul."))
}
