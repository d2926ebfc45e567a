//! The first operator.

use super::sign_in;
use crate::{Ctx, Error, Result, error::OnTaken, passwords, secret};
use chrono::{DateTime, Utc};
use contract::{
    Code, UserId,
    auth::{GetSetup, SetUp, SetupState, Tokens},
    policy::{Role, Roles},
    users::UserStatus,
};
use store::{Unscoped, unscoped::NewAccount};

/// The fact that holds the hash of the one-time set-up token.
pub const SETUP_TOKEN: &str = "setup_token";

pub(super) async fn get_setup(ctx: Ctx, GetSetup {}: GetSetup) -> Result<SetupState> {
    let mut lent = ctx.lend().await?;
    let is_open = lent.unscoped().fact(SETUP_TOKEN).await?.is_some_and(|hash| !hash.is_empty());
    Ok(SetupState { is_open })
}

pub(super) async fn set_up(ctx: Ctx, SetUp { operator }: SetUp) -> Result<Tokens> {
    if hangul::email_problem(&operator.email).is_some() {
        return Err(Error::field("email", "bad_email", "This is not an e-mail address."));
    }
    passwords::check(
        "password",
        &operator.password,
        &[&operator.family_name, &operator.given_name, &operator.email],
    )?;
    let hash = ctx.app.passwords.hash(&operator.password).await?;
    let mut lent = ctx.lend().await?;
    let mut store = lent.unscoped();
    let expected = store.fact(SETUP_TOKEN).await?.filter(|hash| !hash.is_empty());
    let expected = expected.ok_or_else(|| Error::code(Code::AlreadySetUp))?;
    if expected != secret::digest(operator.token.trim()) {
        return Err(Error::field("token", "wrong_token", "This is not the token the server printed."));
    }
    let user_id = create_operator(
        &mut store,
        &operator.email,
        &operator.family_name,
        &operator.given_name,
        &hash,
        ctx.now(),
    )
    .await?;
    store.set_fact(SETUP_TOKEN, "").await?;
    let account = store.account(user_id).await?.ok_or_else(Error::not_found)?;
    sign_in(&ctx.app, &mut store, account, &ctx.source, ctx.now()).await
}

/// Makes an active operator.
///
/// # Errors
/// A 422 when the address is taken.
pub async fn create_operator(
    store: &mut Unscoped<'_>,
    email: &str,
    family_name: &str,
    given_name: &str,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<UserId> {
    let name = hangul::display_name(family_name, given_name, hangul::Locale::Ko);
    let account = NewAccount {
        company_id: None,
        department_id: None,
        employee_number: None,
        email: email.trim(),
        email_key: &hangul::fold(email),
        family_name: family_name.trim(),
        given_name: given_name.trim(),
        name: &name,
        search_key: &hangul::search_key(family_name, given_name),
        roles: Roles::of([Role::Operator]),
        position: None,
        job_title: None,
        tags: &[],
        hired_on: None,
        status: UserStatus::Active,
        locale: contract::auth::Locale::Ko,
        password_hash: Some(hash),
    };
    store.create_account(&account, now).await.on_taken("email")
}
