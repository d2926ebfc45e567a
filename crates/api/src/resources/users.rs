//! People: found, added, changed, suspended, exported.

use crate::{
    Ctx, Error, Result,
    cursor::cursor,
    error::OnTaken,
    mount::Routes,
    resources::auth,
    rules::people::{
        blank_error, email_error, roles_error, search_end, search_key, search_pattern, tidy, tidy_or_none,
    },
};
use contract::{
    Code, FieldError, Nothing, Page, UserId,
    auth::Locale,
    page::DEFAULT_LIMIT,
    policy::Role,
    users::{
        Changed, CreateUser, DeleteUser, GetUser, InviteUser, ListUsers, NewUser, UpdateUser, UpdateUsers,
        User, UserPatch, UserSort, UserStatus,
    },
};
use store::{Checked, ManyChange, PeopleFilter, PeopleKey, PersonChange, Within, unscoped::NewAccount};

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    routes
        .on(list_users)
        .on(create_user)
        .on(update_users)
        .on(get_user)
        .on(update_user)
        .on(delete_user)
        .on(invite_user)
}

async fn list_users(ctx: Ctx, ListUsers { filter }: ListUsers) -> Result<Page<User>> {
    let limit = filter.limit.unwrap_or(DEFAULT_LIMIT);
    let sort = filter.sort.unwrap_or(UserSort::Name);
    let after: Option<PeopleKey> = cursor(filter.cursor.as_deref())?;
    if after.as_ref().is_some_and(|key| !key.fits(sort)) {
        return Err(Error::field("cursor", "bad_format", "This is not a cursor of this order."));
    }
    let wanted = PeopleFilter {
        search: filter.search.as_deref().and_then(search_pattern),
        department_id: filter.department_id,
        subtree: filter.subtree.unwrap_or(false),
        role: filter.role,
        status: filter.status,
        unmentored: filter.unmentored.unwrap_or(false),
        limit: limit + 1,
        skip: filter.skip.unwrap_or(0),
    };
    let users = ctx.store().await?.users(wanted, sort, after).await?;
    Ok(Page::cut(users, limit, |user| PeopleKey::of(user, sort)))
}

async fn get_user(ctx: Ctx, GetUser { user_id }: GetUser) -> Result<User> {
    ctx.store().await?.user(user_id).await?.ok_or_else(Error::not_found)
}

/// What of a person can be wrong by itself.
fn shape_errors(person: &PersonChange) -> Vec<FieldError> {
    let mut errors = Vec::new();
    errors.extend(email_error("email", &person.email));
    errors.extend(blank_error("family_name", &person.family_name));
    errors.extend(blank_error("given_name", &person.given_name));
    errors.extend(roles_error("roles", person.roles));
    for (index, tag) in person.tags.iter().enumerate() {
        errors.extend(blank_error(&format!("tags.{index}"), tag));
    }
    errors
}

/// What of a person is wrong beside what the company has already.
fn place_errors(person: &PersonChange, checked: &Checked) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if checked.email_taken {
        errors.push(FieldError::new("email", "taken", "This value is taken."));
    }
    if checked.number_taken {
        errors.push(FieldError::new("employee_number", "taken", "This value is taken."));
    }
    if person.department_id.is_some() && checked.department_name.is_none() {
        errors.push(FieldError::new("department_id", "not_found", "There is no such department."));
    }
    errors
}

/// Every bad field at once, or what follows from the good ones: the department's name.
async fn check(
    store: &mut Within,
    person: &mut PersonChange,
    except: Option<UserId>,
) -> Result<Option<String>> {
    let mut errors = shape_errors(person);
    person.email_key = hangul::fold(&person.email);
    let checked = store
        .check_person(&person.email_key, person.employee_number.as_deref(), person.department_id, except)
        .await?;
    errors.extend(place_errors(person, &checked));
    if !errors.is_empty() {
        return Err(Error::invalid(errors));
    }
    person.name = hangul::display_name(&person.family_name, &person.given_name, hangul::Locale::En);
    let others = [
        person.employee_number.as_deref(),
        Some(person.email.as_str()),
        person.position.as_deref(),
        person.job_title.as_deref(),
    ];
    person.search_key =
        search_key(&person.family_name, &person.given_name, others, checked.department_name.as_deref());
    Ok(checked.department_name)
}

fn new_person(user: &NewUser) -> PersonChange {
    PersonChange {
        department_id: user.department_id,
        employee_number: tidy_or_none(user.employee_number.as_deref()),
        email: user.email.trim().to_owned(),
        email_key: String::new(),
        family_name: tidy(&user.family_name),
        given_name: tidy(&user.given_name),
        name: String::new(),
        search_key: String::new(),
        roles: user.roles,
        position: tidy_or_none(user.position.as_deref()),
        job_title: tidy_or_none(user.job_title.as_deref()),
        tags: user.tags.iter().map(|tag| tidy(tag)).collect(),
        hired_on: user.hired_on,
        is_enabled: true,
        gives_up_admin: false,
    }
}

async fn create_user(ctx: Ctx, CreateUser { user }: CreateUser) -> Result<User> {
    let mut person = new_person(&user);
    let mut store = ctx.store().await?;
    check(&mut store, &mut person, None).await?;
    let locale = user.locale.unwrap_or(if ctx.caller.locale == "en" { Locale::En } else { Locale::Ko });
    let account = NewAccount {
        company_id: ctx.caller.company_id.as_ref(),
        department_id: person.department_id,
        employee_number: person.employee_number.as_deref(),
        email: &person.email,
        email_key: &person.email_key,
        family_name: &person.family_name,
        given_name: &person.given_name,
        name: &person.name,
        search_key: &person.search_key,
        roles: person.roles,
        position: person.position.as_deref(),
        job_title: person.job_title.as_deref(),
        tags: &person.tags,
        hired_on: person.hired_on,
        status: UserStatus::Invited,
        locale,
        password_hash: None,
    };
    let mut unscoped = store.unscoped();
    let user_id = unscoped.create_account(&account, ctx.now()).await.on_taken("email")?;
    if user.invite != Some(false) {
        let account = unscoped.account(user_id).await?.ok_or_else(Error::not_found)?;
        auth::invite(&ctx.app, &mut unscoped, &account, ctx.now()).await?;
    }
    store.user(user_id).await?.ok_or_else(Error::not_found)
}

/// A person as a patch leaves them.
fn patched(present: &User, patch: UserPatch) -> PersonChange {
    let number = |number: Option<String>| tidy_or_none(number.as_deref());
    let tags = patch.tags.map(|tags| tags.iter().map(|tag| tidy(tag)).collect());
    let roles = patch.roles.unwrap_or(present.roles);
    let is_enabled = patch.status.unwrap_or(present.status) != UserStatus::Suspended;
    let was_active_admin = present.status == UserStatus::Active && present.roles.has(Role::Admin);
    PersonChange {
        department_id: patch.department_id.unwrap_or(present.department_id),
        employee_number: patch.employee_number.map_or_else(|| present.employee_number.clone(), number),
        email: patch.email.map_or_else(|| present.email.clone(), |email| email.trim().to_owned()),
        email_key: String::new(),
        family_name: patch.family_name.map_or_else(|| present.family_name.clone(), |name| tidy(&name)),
        given_name: patch.given_name.map_or_else(|| present.given_name.clone(), |name| tidy(&name)),
        name: String::new(),
        search_key: String::new(),
        roles,
        position: patch.position.map_or_else(|| present.position.clone(), number),
        job_title: patch.job_title.map_or_else(|| present.job_title.clone(), number),
        tags: tags.unwrap_or_else(|| present.tags.clone()),
        hired_on: patch.hired_on.unwrap_or(present.hired_on),
        is_enabled,
        gives_up_admin: was_active_admin && !(is_enabled && roles.has(Role::Admin)),
    }
}

async fn update_user(ctx: Ctx, UpdateUser { user_id, patch }: UpdateUser) -> Result<User> {
    if patch.status == Some(UserStatus::Invited) {
        return Err(Error::field(
            "status",
            "not_allowed",
            "Nobody becomes invited; send the invitation again.",
        ));
    }
    let mut store = ctx.store().await?;
    store.lock_company().await?;
    let present = store.user(user_id).await?.ok_or_else(Error::not_found)?;
    let manager_id = patch.manager_id.unwrap_or(present.manager_id);
    if manager_id == Some(user_id) {
        return Err(Error::field("manager_id", "same_person", "Nobody reports to themselves."));
    }
    let mut manager_name = present.manager_name.clone();
    if manager_id != present.manager_id {
        let unknown = || Error::field("manager_id", "not_found", "There is no such person in the company.");
        manager_name = store.set_manager(user_id, manager_id).await?.ok_or_else(unknown)?;
    }
    let mut person = patched(&present, patch);
    let department_name = check(&mut store, &mut person, Some(user_id)).await?;
    let suspends = !person.is_enabled && present.status != UserStatus::Suspended;
    // What a token says, or what it stands for, is no longer so.
    let renews = suspends
        || (person.is_enabled && present.status == UserStatus::Suspended)
        || person.roles != present.roles
        || person.department_id != present.department_id
        || person.email != present.email;
    let status = store.update_user(user_id, person.clone()).await.on_taken("email")?;
    let status = status.ok_or_else(|| Error::code(Code::LastAdmin))?;
    if renews {
        store.unscoped().renew_generation(&[user_id], ctx.now()).await?;
    }
    if suspends {
        store.end_sessions_of(&[user_id], ctx.now()).await?;
    }
    Ok(User {
        department_id: person.department_id,
        department_name,
        employee_number: person.employee_number,
        email: person.email,
        family_name: person.family_name,
        given_name: person.given_name,
        name: person.name,
        roles: person.roles,
        position: person.position,
        job_title: person.job_title,
        tags: person.tags,
        hired_on: person.hired_on,
        manager_id,
        manager_name,
        status,
        ..present
    })
}

async fn update_users(ctx: Ctx, UpdateUsers { patch }: UpdateUsers) -> Result<Changed> {
    if patch.status == Some(UserStatus::Invited) {
        return Err(Error::field(
            "status",
            "not_allowed",
            "Nobody becomes invited; send the invitation again.",
        ));
    }
    if patch.status.is_none() && patch.department_id.is_none() {
        return Err(Error::field("", "required", "Say what is to change: department_id or status."));
    }
    let mut user_ids = patch.user_ids.clone();
    user_ids.sort_unstable();
    user_ids.dedup();
    let mut store = ctx.store().await?;
    store.lock_company().await?;
    let known = store.known_users(&user_ids).await?;
    let mut errors: Vec<FieldError> = (patch.user_ids.iter().enumerate())
        .filter(|(_, user_id)| !known.contains(user_id))
        .map(|(index, _)| {
            FieldError::new(format!("user_ids.{index}"), "not_found", "There is no such person.")
        })
        .collect();
    let department = match patch.department_id {
        Some(Some(department_id)) => store.department(department_id).await?,
        _ => None,
    };
    if matches!(patch.department_id, Some(Some(_))) && department.is_none() {
        errors.push(FieldError::new("department_id", "not_found", "There is no such department."));
    }
    if !errors.is_empty() {
        return Err(Error::invalid(errors));
    }
    let change = ManyChange {
        department_id: patch.department_id,
        is_enabled: patch.status.map(|status| status != UserStatus::Suspended),
    };
    let end = search_end(department.as_ref().map(|department| department.name.as_str()));
    let changed = store.update_users(&known, change, &end).await?;
    if store.active_admins().await? == 0 {
        return Err(Error::code(Code::LastAdmin));
    }
    store.renew_generations(&known, ctx.now()).await?;
    if patch.status == Some(UserStatus::Suspended) {
        store.end_sessions_of(&known, ctx.now()).await?;
    }
    Ok(Changed { changed: i64::try_from(changed).unwrap_or(i64::MAX) })
}

async fn delete_user(ctx: Ctx, DeleteUser { user_id }: DeleteUser) -> Result<Nothing> {
    let mut store = ctx.store().await?;
    store.lock_company().await?;
    store.user(user_id).await?.ok_or_else(Error::not_found)?;
    let history = store.history_of_user(user_id).await?;
    let kinds = [
        ("mentorships", history.mentorships),
        ("tasks", history.tasks),
        ("events", history.events),
        ("memos", history.memos),
        ("curricula", history.curricula),
    ];
    let there: Vec<String> =
        kinds.iter().filter(|(_, count)| *count > 0).map(|(kind, count)| format!("{kind} {count}")).collect();
    if !there.is_empty() {
        return Err(Error::because(Code::InUse, there.join(", ")));
    }
    store.unscoped().renew_generation(&[user_id], ctx.now()).await?;
    match store.delete_user(user_id).await {
        Ok(true) => Ok(Nothing),
        Ok(false) => Err(Error::code(Code::LastAdmin)),
        Err(store::Error::Reference) => Err(Error::code(Code::InUse)),
        Err(error) => Err(error.into()),
    }
}

async fn invite_user(ctx: Ctx, InviteUser { user_id }: InviteUser) -> Result<Nothing> {
    let mut store = ctx.store().await?;
    let user = store.user(user_id).await?.ok_or_else(Error::not_found)?;
    if user.status != UserStatus::Invited {
        return Err(Error::because(Code::Conflict, "Only who has not set a password yet can be invited."));
    }
    let mut unscoped = store.unscoped();
    let account = unscoped.account(user_id).await?.ok_or_else(Error::not_found)?;
    auth::invite(&ctx.app, &mut unscoped, &account, ctx.now()).await?;
    Ok(Nothing)
}
