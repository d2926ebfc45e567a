//! Signing in and one's own account.

use crate::{CompanyId, DepartmentId, Nothing, Page, SessionId, UserId, endpoint, policy::Roles};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

crate::words! {
    /// A language of the pages.
    Locale { Ko = "ko", En = "en" }
}
crate::words! {
    /// Light, dark, or as the device says.
    Theme { System = "system", Light = "light", Dark = "dark" }
}

/// E-mail and password.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"email": "jiwoo.han@yunseul.example", "password": "correct horse battery"}))]
pub struct Credentials {
    #[schemars(length(min = 1, max = 254))]
    pub email: String,
    #[schemars(length(min = 1, max = 128))]
    pub password: String,
}

/// A pair of tokens. The access token goes into `Authorization: Bearer …`.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct Tokens {
    pub access_token: String,
    pub refresh_token: String,
    /// Always `Bearer`.
    pub token_type: String,
    /// Seconds until the access token ends.
    pub expires_in: i64,
    /// When the sign-in ends however often it is refreshed.
    pub session_ends_at: DateTime<Utc>,
    pub me: Me,
}

/// The signed-in person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Me {
    pub user_id: UserId,
    pub session_id: SessionId,
    pub company_id: Option<CompanyId>,
    pub company_name: Option<String>,
    pub department_id: Option<DepartmentId>,
    pub department_name: Option<String>,
    pub email: String,
    pub family_name: String,
    pub given_name: String,
    /// As it is shown: 한지우, Jiwoo Han.
    pub name: String,
    pub position: Option<String>,
    pub roles: Roles,
    pub locale: Locale,
    pub theme: Theme,
    /// IANA name: what "today" is.
    pub time_zone: String,
}

/// What a person may change of oneself; what isn't named stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MePatch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<Locale>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<Theme>,
}

/// Whether a token still holds, and for how long.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct TokenCheck {
    pub user_id: UserId,
    pub roles: Roles,
    /// Seconds left.
    pub expires_in: i64,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefreshToken {
    #[schemars(length(min = 1, max = 200))]
    pub refresh_token: String,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    #[schemars(length(min = 1, max = 128))]
    pub current_password: String,
    /// At least 10 characters, hard to guess, no composition rule.
    #[schemars(length(min = 10, max = 128))]
    pub new_password: String,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForgottenPassword {
    #[schemars(length(min = 1, max = 254))]
    pub email: String,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordReset {
    /// From the link in the mail.
    #[schemars(length(min = 1, max = 200))]
    pub token: String,
    #[schemars(length(min = 10, max = 128))]
    pub new_password: String,
}

/// The token of a link that was sent by mail.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkToken {
    #[schemars(length(min = 1, max = 200))]
    pub token: String,
}

/// Whom an invitation is for.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct Invitation {
    pub name: String,
    pub email: String,
    pub company_name: Option<String>,
    pub locale: Locale,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationAcceptance {
    #[schemars(length(min = 1, max = 200))]
    pub token: String,
    /// The first password.
    #[schemars(length(min = 10, max = 128))]
    pub new_password: String,
}

/// One device a person is signed in on.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct Session {
    pub session_id: SessionId,
    pub started_at: DateTime<Utc>,
    pub last_used_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// The browser or program, as it called itself.
    pub user_agent: String,
    pub address: String,
    /// The one this request was made with.
    #[cfg_attr(feature = "sql", sqlx(default))]
    pub is_current: bool,
}

/// Whether the first operator is still to be made.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct SetupState {
    pub is_open: bool,
}

/// The first operator, made with the one-time token the server printed.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FirstOperator {
    #[schemars(length(min = 1, max = 200))]
    pub token: String,
    #[schemars(length(min = 3, max = 254))]
    pub email: String,
    #[schemars(length(min = 1, max = 50))]
    pub family_name: String,
    #[schemars(length(min = 1, max = 50))]
    pub given_name: String,
    #[schemars(length(min = 10, max = 128))]
    pub password: String,
}

endpoint! {
    /// Sign in with e-mail and password.
    ///
    /// One answer for every failure. Throttled by source and by account: 429 with `Retry-After`.
    POST "/api/auth/login" Login body(credentials: Credentials) -> Tokens, SignIn
}
endpoint! {
    /// Sign out: ends this sign-in and its refresh tokens at once.
    POST "/api/auth/logout" Logout -> Nothing, OwnAccount
}
endpoint! {
    /// Who am I?
    GET "/api/auth/me" GetMe -> Me, OwnAccount
}
endpoint! {
    /// Change one's own language and theme.
    PUT "/api/auth/me" UpdateMe body(patch: MePatch) -> Me, OwnAccount
}
endpoint! {
    /// A new pair of tokens for a refresh token.
    ///
    /// Refresh tokens rotate: each works once. The one just before may be sent again within ten
    /// seconds while its successor is unused (a lost reply); anything else that was used before
    /// ends the whole sign-in.
    POST "/api/auth/refresh" Refresh body(token: RefreshToken) -> Tokens, SignIn
}
endpoint! {
    /// Does this token still hold?
    GET "/api/auth/check" CheckToken -> TokenCheck, OwnAccount
}
endpoint! {
    /// Change one's own password; every other sign-in ends.
    POST "/api/auth/password" ChangePassword body(change: PasswordChange) -> Nothing, OwnAccount
}
endpoint! {
    /// Ask for a link to set a new password. The same answer whether or not the address is known.
    POST "/api/auth/password/forgot" ForgotPassword body(forgotten: ForgottenPassword) -> Nothing, SignIn
}
endpoint! {
    /// Set a new password with the link's token; every sign-in ends.
    POST "/api/auth/password/reset" ResetPassword body(reset: PasswordReset) -> Nothing, SignIn
}
endpoint! {
    /// Whom an invitation is for.
    POST "/api/auth/invitation/show" ShowInvitation body(link: LinkToken) -> Invitation, SignIn
}
endpoint! {
    /// Accept an invitation: sets the first password and signs in.
    POST "/api/auth/invitation/accept" AcceptInvitation body(acceptance: InvitationAcceptance) -> Tokens, SignIn
}
endpoint! {
    /// The devices one is signed in on.
    GET "/api/auth/sessions" ListSessions -> Page<Session>, OwnAccount
}
endpoint! {
    /// End one of one's sign-ins.
    DELETE "/api/auth/sessions/{session_id}" EndSession path(session_id: SessionId) -> Nothing, OwnAccount
}
endpoint! {
    /// End all of one's sign-ins but this one.
    DELETE "/api/auth/sessions" EndOtherSessions -> Nothing, OwnAccount
}
endpoint! {
    /// Is the first operator still to be made?
    GET "/api/auth/setup" GetSetup -> SetupState, SignIn
}
endpoint! {
    /// Make the first operator, with the one-time token printed at the first start.
    POST "/api/auth/setup" SetUp body(operator: FirstOperator) -> Tokens, SignIn
}
