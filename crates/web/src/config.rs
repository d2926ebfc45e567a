//! What the pages are told at start.

use chrono::Duration;
use contract::policy::{Role, Roles};
use kv::Clock;

/// A person the sign-in page of a demo offers.
#[derive(Clone, serde::Serialize)]
pub struct DemoSignIn {
    pub role: Role,
    pub name: String,
    pub email: String,
    #[serde(skip)]
    pub password: String,
}

#[derive(Clone)]
pub struct WebConfig {
    /// Behind TLS: cookies only over it, and `Strict-Transport-Security`.
    pub secure_cookies: bool,
    /// As people type it, `https://naru.example`; requests for another host are refused. Any host when absent.
    pub public_url: Option<String>,
    /// Without a request for so long, a sign-in ends: operators and admins.
    pub idle_privileged: Duration,
    /// The same for everybody else.
    pub idle: Duration,
    /// A sign-in ends after this however busy it is.
    pub absolute: Duration,
    /// One-click sign-ins, in a demo only.
    pub demo: Option<Vec<DemoSignIn>>,
    /// Where mails lie as files when no mail server is set; told to operators.
    pub mail_folder: Option<String>,
    pub clock: Clock,
}

impl WebConfig {
    /// The defaults: plain HTTP, any host, no demo.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self {
            secure_cookies: false,
            public_url: None,
            idle_privileged: Duration::minutes(30),
            idle: Duration::minutes(60),
            absolute: Duration::hours(24),
            demo: None,
            mail_folder: None,
            clock,
        }
    }

    pub(crate) fn idle_for(&self, roles: Roles) -> Duration {
        let privileged = roles.has(Role::Operator) || roles.has(Role::Admin);
        if privileged { self.idle_privileged } else { self.idle }
    }

    /// `naru.example:8443` of `https://naru.example:8443/`.
    pub(crate) fn public_host(&self) -> Option<&str> {
        let url = self.public_url.as_deref()?;
        let (_, rest) = url.split_once("://")?;
        rest.split('/').next()
    }
}
