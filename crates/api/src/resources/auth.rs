//! Signing in, rotating tokens, and one's own account.

mod links;
mod setup;

pub use links::{INVITATION_LINK, invite};
pub use setup::{SETUP_TOKEN, create_operator};

use crate::{
    App, Ctx, Error, Result,
    ctx::Source,
    mount::Routes,
    outside::letters::{Letter, Says},
    passwords::{self, Verdict},
    secret,
};
use chrono::{DateTime, Duration, Utc};
use contract::{
    Code, Nothing, Page, SessionId,
    auth::{
        ChangePassword, CheckToken, EndOtherSessions, EndSession, GetMe, ListSessions, Login, Logout, Me,
        Refresh, Session, TokenCheck, Tokens, UpdateMe,
    },
    policy::Caller,
    users::UserStatus,
};
use store::{Unscoped, unscoped::Account};

/// A lost reply is forgiven for this long.
const TOLERANCE: Duration = Duration::seconds(10);

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    routes
        .on(login)
        .on(logout)
        .on(get_me)
        .on(update_me)
        .on(refresh)
        .on(check_token)
        .on(change_password)
        .on(links::forgot_password)
        .on(links::reset_password)
        .on(links::show_invitation)
        .on(links::accept_invitation)
        .on(list_sessions)
        .on(end_session)
        .on(end_other_sessions)
        .on(setup::get_setup)
        .on(setup::set_up)
}

/// Whether this account may have tokens at all.
fn may_sign_in(account: &Account) -> bool {
    account.status == UserStatus::Active && account.company_is_active
}

fn me(account: Account, session_id: SessionId) -> Me {
    Me {
        user_id: account.user_id,
        session_id,
        company_id: account.company_id,
        company_name: account.company_name,
        department_id: account.department_id,
        department_name: account.department_name,
        email: account.email,
        family_name: account.family_name,
        given_name: account.given_name,
        name: account.name,
        position: account.position,
        roles: account.roles,
        locale: account.locale,
        theme: account.theme,
        time_zone: account.time_zone,
    }
}

/// Issues a pair for a sign-in; the refresh token is the `ordinal`-th.
async fn issue(
    app: &App,
    store: &mut Unscoped<'_>,
    account: Account,
    (session_id, session_ends_at): (SessionId, DateTime<Utc>),
    ordinal: i64,
    now: DateTime<Utc>,
) -> Result<Tokens> {
    let refresh_token = secret::random();
    let expires_at = session_ends_at.min(now + app.config.refresh_idle);
    store.add_refresh_token(&secret::digest(&refresh_token), session_id, ordinal, expires_at, now).await?;
    let caller = Caller {
        user_id: account.user_id,
        session_id,
        company_id: account.company_id.clone(),
        department_id: account.department_id,
        roles: account.roles,
        time_zone: account.time_zone.clone(),
        locale: account.locale.to_string(),
    };
    Ok(Tokens {
        access_token: app.tokens.issue(&caller, account.generation, now)?,
        refresh_token,
        token_type: "Bearer".to_owned(),
        expires_in: app.tokens.ttl().num_seconds(),
        session_ends_at,
        me: me(account, session_id),
    })
}

async fn sign_in(
    app: &App,
    store: &mut Unscoped<'_>,
    account: Account,
    source: &Source,
    now: DateTime<Utc>,
) -> Result<Tokens> {
    let ends_at = now + app.config.session_ttl;
    let session_id = store
        .start_session(account.user_id, ends_at, &source.user_agent, &source.address.to_string(), now)
        .await?;
    store.note_login(account.user_id, now).await?;
    issue(app, store, account, (session_id, ends_at), 0, now).await
}

async fn login(ctx: Ctx, Login { credentials }: Login) -> Result<Tokens> {
    let (app, now) = (&ctx.app, ctx.now());
    let email_key = hangul::fold(&credentials.email);
    app.throttle
        .check(ctx.source.address, &email_key, now)
        .map_err(|retry_after| Error::Throttled { retry_after })?;
    let account = {
        let mut tx = app.db.read().await?;
        Unscoped::new(&mut tx).account_by_email(&email_key).await?
    };
    // Verifying takes as long whether or not there is such an account, and holds no connection.
    let hash = account
        .as_ref()
        .filter(|account| may_sign_in(account))
        .and_then(|account| account.password_hash.clone());
    let verdict = app.passwords.verify(&credentials.password, hash.as_deref()).await?;
    let (Some(account), true) = (account, verdict != Verdict::Wrong) else {
        app.throttle.count(ctx.source.address, &email_key, now);
        metrics::counter!("naru_sign_ins_total", "outcome" => "wrong").increment(1);
        return Err(Error::code(Code::WrongCredentials));
    };
    app.throttle.forgive(ctx.source.address, &email_key, now);
    metrics::counter!("naru_sign_ins_total", "outcome" => "right").increment(1);
    let renewed = if verdict == Verdict::RightButOld {
        Some(app.passwords.hash(&credentials.password).await?)
    } else {
        None
    };
    let mut lent = ctx.lend().await?;
    let mut store = lent.unscoped();
    if let Some(hash) = renewed {
        store.set_password(account.user_id, &hash).await?;
    }
    sign_in(app, &mut store, account, &ctx.source, now).await
}

async fn refresh(ctx: Ctx, Refresh { token }: Refresh) -> Result<Tokens> {
    let (app, now) = (&ctx.app, ctx.now());
    let mut lent = ctx.lend().await?;
    let mut store = lent.unscoped();
    let row = store.refresh_token(&secret::digest(&token.refresh_token), now).await?;
    let Some(row) = row else { return Err(Error::code(Code::Unauthenticated)) };
    if row.session_ended_at.is_some() || row.session_ends_at <= now || row.expires_at <= now {
        return Err(Error::code(Code::Unauthenticated));
    }
    let lost_reply =
        row.used_at.is_some_and(|used| now - used <= TOLERANCE) && !row.successor_used && !row.withdrawn;
    if row.withdrawn || (row.used_at.is_some() && !lost_reply) {
        // Somebody has a token that isn't theirs: nobody keeps this sign-in.
        store.end_session(row.user_id, row.session_id, now).await?;
        if let Some(account) = store.account(row.user_id).await? {
            let letter = Letter {
                to: account.email,
                name: account.name,
                locale: account.locale,
                says: Says::TokenReused,
            };
            store.enqueue(account.company_id.as_ref(), "mail", &links::json(&letter)?, now).await?;
        }
        drop(lent);
        ctx.commit().await?;
        app.revoked.ring();
        tracing::warn!(
            user_id = row.user_id.0,
            session_id = row.session_id.0,
            "a refresh token was used twice"
        );
        return Err(Error::code(Code::TokenReused));
    }
    let account = store.account(row.user_id).await?.filter(may_sign_in);
    let Some(account) = account else { return Err(Error::code(Code::Unauthenticated)) };
    store.use_refresh_token(row.session_id, row.ordinal, now).await?;
    issue(app, &mut store, account, (row.session_id, row.session_ends_at), row.newest + 1, now).await
}

async fn logout(ctx: Ctx, Logout {}: Logout) -> Result<Nothing> {
    let mut lent = ctx.lend().await?;
    lent.unscoped().end_session(ctx.caller.user_id, ctx.caller.session_id, ctx.now()).await?;
    Ok(Nothing)
}

async fn own_account(ctx: &Ctx, store: &mut Unscoped<'_>) -> Result<Account> {
    store.account(ctx.caller.user_id).await?.ok_or_else(|| Error::code(Code::Unauthenticated))
}

async fn get_me(ctx: Ctx, GetMe {}: GetMe) -> Result<Me> {
    let mut lent = ctx.lend().await?;
    let account = own_account(&ctx, &mut lent.unscoped()).await?;
    Ok(me(account, ctx.caller.session_id))
}

async fn update_me(ctx: Ctx, UpdateMe { patch }: UpdateMe) -> Result<Me> {
    let mut lent = ctx.lend().await?;
    let mut store = lent.unscoped();
    store.set_preferences(ctx.caller.user_id, patch.locale, patch.theme).await?;
    let account = own_account(&ctx, &mut store).await?;
    Ok(me(account, ctx.caller.session_id))
}

async fn check_token(ctx: Ctx, CheckToken {}: CheckToken) -> Result<TokenCheck> {
    Ok(TokenCheck {
        user_id: ctx.caller.user_id,
        roles: ctx.caller.roles,
        expires_in: (ctx.token_ends_at - ctx.now()).num_seconds().max(0),
    })
}

/// A new password, checked against what is about the account.
async fn new_hash(app: &App, field: &str, password: &str, account: &Account) -> Result<String> {
    let company = account.company_name.clone().unwrap_or_default();
    passwords::check(
        field,
        password,
        &[&account.family_name, &account.given_name, &account.name, &account.email, &company],
    )?;
    app.passwords.hash(password).await
}

async fn change_password(ctx: Ctx, ChangePassword { change }: ChangePassword) -> Result<Nothing> {
    let account = {
        let mut tx = ctx.app.db.read().await?;
        own_account(&ctx, &mut Unscoped::new(&mut tx)).await?
    };
    let key = hangul::fold(&account.email);
    ctx.app
        .throttle
        .check(ctx.source.address, &key, ctx.now())
        .map_err(|retry_after| Error::Throttled { retry_after })?;
    let verdict =
        ctx.app.passwords.verify(&change.current_password, account.password_hash.as_deref()).await?;
    if verdict == Verdict::Wrong {
        ctx.app.throttle.count(ctx.source.address, &key, ctx.now());
        return Err(Error::field("current_password", "wrong_password", "This is not your password."));
    }
    let hash = new_hash(&ctx.app, "new_password", &change.new_password, &account).await?;
    let mut lent = ctx.lend().await?;
    let mut store = lent.unscoped();
    store.set_password(account.user_id, &hash).await?;
    store.end_sessions(account.user_id, Some(ctx.caller.session_id), ctx.now()).await?;
    Ok(Nothing)
}

async fn list_sessions(ctx: Ctx, ListSessions {}: ListSessions) -> Result<Page<Session>> {
    let mut lent = ctx.lend().await?;
    let mut sessions = lent.unscoped().sessions(ctx.caller.user_id, ctx.now()).await?;
    for session in &mut sessions {
        session.is_current = session.session_id == ctx.caller.session_id;
    }
    Ok(Page::whole(sessions))
}

async fn end_session(ctx: Ctx, EndSession { session_id }: EndSession) -> Result<Nothing> {
    let mut lent = ctx.lend().await?;
    let ended = lent.unscoped().end_session(ctx.caller.user_id, session_id, ctx.now()).await?;
    if ended { Ok(Nothing) } else { Err(Error::not_found()) }
}

async fn end_other_sessions(ctx: Ctx, EndOtherSessions {}: EndOtherSessions) -> Result<Nothing> {
    let mut lent = ctx.lend().await?;
    lent.unscoped().end_sessions(ctx.caller.user_id, Some(ctx.caller.session_id), ctx.now()).await?;
    Ok(Nothing)
}
