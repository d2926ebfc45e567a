//! Links by mail: invitations and forgotten passwords.

use super::{may_sign_in, new_hash, sign_in};
use crate::{
    App, Ctx, Error, Result,
    outside::letters::{Letter, Says},
    secret,
};
use chrono::{DateTime, Duration, Utc};
use contract::{
    Code, Nothing, UserId,
    auth::{AcceptInvitation, ForgotPassword, Invitation, ResetPassword, ShowInvitation, Tokens},
    users::UserStatus,
};
use store::{Unscoped, unscoped::Account};

const RESET_LINK: Duration = Duration::hours(1);
pub const INVITATION_LINK: Duration = Duration::hours(72);

pub(super) async fn forgot_password(
    ctx: Ctx,
    ForgotPassword { forgotten }: ForgotPassword,
) -> Result<Nothing> {
    let key = hangul::fold(&forgotten.email);
    let throttled = format!("reset {key}");
    ctx.app
        .throttle
        .check(ctx.source.address, &throttled, ctx.now())
        .map_err(|retry_after| Error::Throttled { retry_after })?;
    ctx.app.throttle.count(ctx.source.address, &throttled, ctx.now());
    let mut lent = ctx.lend().await?;
    let mut store = lent.unscoped();
    let account = store.account_by_email(&key).await?.filter(may_sign_in);
    if let Some(account) = account {
        let link = link(&ctx.app, &mut store, account.user_id, "reset", RESET_LINK, ctx.now()).await?;
        let letter = Letter {
            to: account.email,
            name: account.name,
            locale: account.locale,
            says: Says::PasswordReset { link },
        };
        store.enqueue(account.company_id.as_ref(), "mail", &json(&letter)?, ctx.now()).await?;
    }
    Ok(Nothing)
}

pub(super) async fn reset_password(ctx: Ctx, ResetPassword { reset }: ResetPassword) -> Result<Nothing> {
    let (hash, user_id) = password_for_link(&ctx, "reset", &reset.token, &reset.new_password).await?;
    let mut lent = ctx.lend().await?;
    let mut store = lent.unscoped();
    use_link(&mut store, "reset", &reset.token, ctx.now()).await?;
    store.set_password(user_id, &hash).await?;
    store.end_sessions(user_id, None, ctx.now()).await?;
    Ok(Nothing)
}

pub(super) async fn show_invitation(ctx: Ctx, ShowInvitation { link }: ShowInvitation) -> Result<Invitation> {
    let mut lent = ctx.lend().await?;
    let mut store = lent.unscoped();
    let user_id = store.link_token(&secret::digest(&link.token), "invitation", ctx.now()).await?;
    let account = match user_id {
        Some(user_id) => store.account(user_id).await?,
        None => None,
    };
    let account = account.ok_or_else(|| Error::code(Code::LinkInvalid))?;
    Ok(Invitation {
        name: account.name,
        email: account.email,
        company_name: account.company_name,
        locale: account.locale,
    })
}

pub(super) async fn accept_invitation(
    ctx: Ctx,
    AcceptInvitation { acceptance }: AcceptInvitation,
) -> Result<Tokens> {
    let (hash, user_id) =
        password_for_link(&ctx, "invitation", &acceptance.token, &acceptance.new_password).await?;
    let mut lent = ctx.lend().await?;
    let mut store = lent.unscoped();
    use_link(&mut store, "invitation", &acceptance.token, ctx.now()).await?;
    store.set_password(user_id, &hash).await?;
    let account =
        store.account(user_id).await?.filter(may_sign_in).ok_or_else(|| Error::code(Code::LinkInvalid))?;
    sign_in(&ctx.app, &mut store, account, &ctx.source, ctx.now()).await
}

/// Checks and hashes the password for whom a link is for, before the link is used.
async fn password_for_link(
    ctx: &Ctx,
    purpose: &'static str,
    token: &str,
    password: &str,
) -> Result<(String, UserId)> {
    let mut tx = ctx.app.db.read().await?;
    let mut store = Unscoped::new(&mut tx);
    let user_id = store.link_token(&secret::digest(token), purpose, ctx.now()).await?;
    let user_id = user_id.ok_or_else(|| Error::code(Code::LinkInvalid))?;
    let account = store.account(user_id).await?.ok_or_else(|| Error::code(Code::LinkInvalid))?;
    drop(tx);
    if account.status == UserStatus::Suspended || !account.company_is_active {
        return Err(Error::code(Code::LinkInvalid));
    }
    Ok((new_hash(&ctx.app, "new_password", password, &account).await?, user_id))
}

async fn use_link(
    store: &mut Unscoped<'_>,
    purpose: &'static str,
    token: &str,
    now: DateTime<Utc>,
) -> Result<UserId> {
    let used = store.use_link_token(&secret::digest(token), purpose, now).await?;
    used.ok_or_else(|| Error::code(Code::LinkInvalid))
}

/// A one-time link into the web service.
async fn link(
    app: &App,
    store: &mut Unscoped<'_>,
    user_id: UserId,
    purpose: &'static str,
    ttl: Duration,
    now: DateTime<Utc>,
) -> Result<String> {
    let token = secret::random();
    store.add_link_token(&secret::digest(&token), user_id, purpose, now + ttl, now).await?;
    // In the fragment, so that it never reaches a log; the page posts it.
    Ok(format!("{}/{purpose}#{token}", app.config.public_url))
}

/// Invites an account by mail.
///
/// # Errors
/// When the store fails.
pub async fn invite(
    app: &App,
    store: &mut Unscoped<'_>,
    account: &Account,
    now: DateTime<Utc>,
) -> Result<()> {
    let link = link(app, store, account.user_id, "invitation", INVITATION_LINK, now).await?;
    let letter = Letter {
        to: account.email.clone(),
        name: account.name.clone(),
        locale: account.locale,
        says: Says::Invitation {
            company: account.company_name.clone().unwrap_or_else(|| "Naru".to_owned()),
            link,
        },
    };
    Ok(store.enqueue(account.company_id.as_ref(), "mail", &json(&letter)?, now).await?)
}

pub(super) fn json(letter: &Letter) -> Result<serde_json::Value> {
    serde_json::to_value(letter).map_err(Error::fault)
}
