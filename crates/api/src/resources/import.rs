//! People in and out as tables.
//!
//! A file is read and compared before anything is written; what is bad is told for every cell, and then
//! nothing is written.

use crate::{
    Ctx, Error, Result,
    mount::Routes,
    outside::letters::{Letter, Says},
    resources::auth::INVITATION_LINK,
    rules::{
        import,
        import_plan::{self, MOST_ERRORS, Places, Plan},
    },
    secret,
};
use contract::{
    Code, CompanyId, FieldError, File,
    auth::Locale,
    policy::Role,
    users::{ExportUsers, ImportReport, ImportUsers, SheetFormat, User, UserSort, UserStatus},
};
use sheet::Cell;
use store::{ImportedPerson, Invited, PeopleFilter, Within, instant};

/// The most people an export has.
const MOST_EXPORTED: i64 = 100_000;
const HEADER_KO: [&str; 11] = [
    "사번",
    "성",
    "이름",
    "이메일",
    "부서",
    "직급",
    "직무",
    "mentee/mentor",
    "입사일",
    "관리자여부(o/x)",
    "활성화여부(o/x)",
];
const HEADER_EN: [&str; 11] = [
    "employee_number",
    "family_name",
    "given_name",
    "email",
    "department",
    "position",
    "job_title",
    "role",
    "hired_on",
    "admin",
    "active",
];

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    routes.on(import_users).on(export_users)
}

fn locale(ctx: &Ctx) -> Locale {
    if ctx.caller.locale == "en" { Locale::En } else { Locale::Ko }
}

async fn import_users(ctx: Ctx, ImportUsers { options, file }: ImportUsers) -> Result<ImportReport> {
    let dry_run = options.dry_run.unwrap_or(false);
    // A large file takes a core for a while: not one that answers others.
    let read = tokio::task::spawn_blocking(move || import::read(&file.bytes)).await.map_err(Error::fault)?;
    let read = read.map_err(Error::invalid)?;
    let mut store = ctx.store().await?;
    if !dry_run {
        store.lock_company().await?;
    }
    let places = Places::new(&store.departments().await?);
    let mut emails: Vec<&str> = read.drafts.iter().map(|draft| draft.email_key.as_str()).collect();
    emails.extend(read.drafts.iter().filter_map(|draft| draft.manager_key.as_deref()));
    let numbers: Vec<&str> =
        read.drafts.iter().filter_map(|draft| draft.employee_number.as_deref()).collect();
    let people = store.known_people(&emails, &numbers).await?;
    let admins = store.active_admins().await?;
    let planned =
        tokio::task::spawn_blocking(move || import_plan::plan(read, &people, &places, admins, dry_run));
    let plan = planned.await.map_err(Error::fault)?;
    if dry_run {
        return Ok(plan.report);
    }
    if plan.report.bad > 0 {
        return Err(Error::invalid(bad_cells(plan.report)));
    }
    write(&ctx, &mut store, &plan, options.invite != Some(false)).await.map_err(|error| match error {
        Error::Store(store::Error::Taken) => Error::because(
            Code::Conflict,
            "Somebody took one of these addresses or numbers just now; try again.",
        ),
        Error::Store(store::Error::Reference) => {
            Error::because(Code::Conflict, "One of these departments was deleted just now; try again.")
        }
        other => other,
    })?;
    Ok(plan.report)
}

fn bad_cells(report: ImportReport) -> Vec<FieldError> {
    let field = |error: contract::users::ImportError| {
        let place = if error.field.is_empty() {
            format!("rows.{}", error.line)
        } else {
            format!("rows.{}.{}", error.line, error.field)
        };
        let mut bad = FieldError::new(place, error.code, error.message);
        bad.params = error.params;
        bad
    };
    report.errors.into_iter().take(MOST_ERRORS).map(field).collect()
}

async fn write(ctx: &Ctx, store: &mut Within, plan: &Plan, invite: bool) -> Result<()> {
    let now = ctx.now();
    store.insert_people(&plan.created, locale(ctx), now).await?;
    store.update_people(&plan.updated).await?;
    if plan.has_managers {
        store.set_managers(&plan.created).await?;
        store.set_managers(&plan.updated).await?;
    }
    if !plan.renewed.is_empty() {
        store.renew_generations(&plan.renewed, now).await?;
    }
    if !plan.suspended.is_empty() {
        store.end_sessions_of(&plan.suspended, now).await?;
    }
    let invited: Vec<&ImportedPerson> =
        plan.created.iter().filter(|person| invite && person.status == UserStatus::Invited).collect();
    if invited.is_empty() {
        return Ok(());
    }
    let company_id = ctx.caller.company_id.clone().unwrap_or_else(|| CompanyId(String::new()));
    let company = store.company(&company_id).await?.ok_or_else(Error::not_found)?;
    let letters: Result<Vec<Invited>> =
        invited.into_iter().map(|person| invitation(ctx, person, &company.name)).collect();
    Ok(store.invite_people(&letters?).await?)
}

fn invitation(ctx: &Ctx, person: &ImportedPerson, company: &str) -> Result<Invited> {
    let token = secret::random();
    let link = format!("{}/invitation#{token}", ctx.app.config.public_url);
    let letter = Letter {
        to: person.email.clone(),
        name: person.name.clone(),
        locale: locale(ctx),
        says: Says::Invitation { company: company.to_owned(), link },
    };
    Ok(Invited {
        email_key: person.email_key.clone(),
        token_hash: secret::digest(&token),
        expires_at: instant(ctx.now() + INVITATION_LINK),
        payload: serde_json::to_value(&letter).map_err(Error::fault)?,
        kind: "mail",
        created_at: instant(ctx.now()),
        next_at: instant(ctx.now()),
        attempts: 0,
    })
}

async fn export_users(ctx: Ctx, ExportUsers { options }: ExportUsers) -> Result<File> {
    let mut store = ctx.store().await?;
    let filter = PeopleFilter {
        department_id: options.department_id,
        subtree: options.department_id.is_some(),
        role: options.role,
        status: options.status,
        limit: MOST_EXPORTED,
        ..PeopleFilter::default()
    };
    let users = store.users(filter, UserSort::Name, None).await?;
    let places = Places::new(&store.departments().await?);
    drop(store);
    let header = if locale(&ctx) == Locale::En { HEADER_EN } else { HEADER_KO };
    let format = options.format;
    let written = tokio::task::spawn_blocking(move || {
        let rows = users.iter().map(|user| row(user, &places));
        match format {
            SheetFormat::Csv => Ok(sheet::write_csv(&header, rows)),
            SheetFormat::Xlsx => sheet::write_xlsx("people", &header, rows),
        }
    });
    let bytes = written.await.map_err(Error::fault)?.map_err(Error::fault)?;
    let media_type = match format {
        SheetFormat::Csv => "text/csv; charset=utf-8",
        SheetFormat::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    Ok(File {
        media_type: media_type.to_owned(),
        name: Some(format!("people-{}.{format}", ctx.today())),
        bytes: bytes.into(),
    })
}

fn row<'a>(user: &'a User, places: &'a Places) -> Vec<Cell<'a>> {
    let roles: Vec<&str> = user.roles.iter().filter(|role| *role != Role::Admin).map(Role::as_str).collect();
    let ox = |yes: bool| Cell::from(if yes { "o" } else { "x" });
    vec![
        user.employee_number.as_deref().into(),
        user.family_name.as_str().into(),
        user.given_name.as_str().into(),
        user.email.as_str().into(),
        user.department_id.map(|id| places.written(id)).into(),
        user.position.as_deref().into(),
        user.job_title.as_deref().into(),
        roles.join("/").into(),
        user.hired_on.into(),
        ox(user.roles.has(Role::Admin)),
        ox(user.status != UserStatus::Suspended),
    ]
}
