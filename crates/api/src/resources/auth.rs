//! Signing in, rotating tokens, and one's own account.

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
    Code, Nothing, Page, SessionId, UserId,
    auth::{
        AcceptInvitation, ChangePassword, CheckToken, EndOtherSessions, EndSession, ForgotPassword, GetMe,
        GetSetup, Invitation, ListSessions, Login, Logout, Me, Refresh, ResetPassword, Session, SetUp,
        SetupState, ShowInvitation, TokenCheck, Tokens, UpdateMe,
    },
    policy::{Caller, Role, Roles},
    users::UserStatus,
};
use store::{
    Unscoped,
    unscoped::{Account, NewAccount},
};

/// A lost reply is forgiven for this long.
const TOLERANCE: Duration = Duration::seconds(10);
const RESET_LINK: Duration = Duration::hours(1);
pub const INVITATION_LINK: Duration = Duration::hours(72);
/// The fact that holds the hash of the one-time set-up token.
pub const SETUP_TOKEN: &str = "setup_token";

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
        .on(forgot_password)
        .on(reset_password)
        .on(show_invitation)
        .on(accept_invitation)
        .on(list_sessions)
        .on(end_session)
        .on(end_other_sessions)
        .on(get_setup)
        .on(set_up)
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
            store.enqueue(account.company_id.as_ref(), "mail", &json(&letter)?, now).await?;
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

async fn forgot_password(ctx: Ctx, ForgotPassword { forgotten }: ForgotPassword) -> Result<Nothing> {
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

async fn reset_password(ctx: Ctx, ResetPassword { reset }: ResetPassword) -> Result<Nothing> {
    let (hash, user_id) = password_for_link(&ctx, "reset", &reset.token, &reset.new_password).await?;
    let mut lent = ctx.lend().await?;
    let mut store = lent.unscoped();
    use_link(&mut store, "reset", &reset.token, ctx.now()).await?;
    store.set_password(user_id, &hash).await?;
    store.end_sessions(user_id, None, ctx.now()).await?;
    Ok(Nothing)
}

async fn show_invitation(ctx: Ctx, ShowInvitation { link }: ShowInvitation) -> Result<Invitation> {
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

async fn accept_invitation(ctx: Ctx, AcceptInvitation { acceptance }: AcceptInvitation) -> Result<Tokens> {
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
    Ok(format!("{}/{purpose}#{token}", app.config.public_url.trim_end_matches('/')))
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

fn json(letter: &Letter) -> Result<serde_json::Value> {
    serde_json::to_value(letter).map_err(Error::fault)
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

async fn get_setup(ctx: Ctx, GetSetup {}: GetSetup) -> Result<SetupState> {
    let mut lent = ctx.lend().await?;
    let is_open = lent.unscoped().fact(SETUP_TOKEN).await?.is_some_and(|hash| !hash.is_empty());
    Ok(SetupState { is_open })
}

async fn set_up(ctx: Ctx, SetUp { operator }: SetUp) -> Result<Tokens> {
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
    use crate::error::OnTaken;
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
