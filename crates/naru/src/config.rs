//! Configuration: a TOML file, then `NARU__SECTION__KEY` variables, then flags; the later one holds.
//!
//! `keys!` states each key once: its field, how it is read and shown, and its
//! line in the documentation. What can't be used is refused all at once, by
//! name; a secret's value is never repeated.

mod setting;

pub use setting::MetricsListen;

use anyhow::{Context, bail};
use setting::{Given, Setting};
use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

/// One key, for `doctor` and the documentation.
pub struct Key {
    pub name: &'static str,
    pub about: &'static str,
    pub is_secret: bool,
    set: fn(&mut Config, &Given) -> Result<(), String>,
    pub show: fn(&Config) -> String,
}

macro_rules! keys {
    ($($name:literal $field:ident: $type:ty = $default:expr, $($secret:ident)? $about:literal;)+) => {
        /// All that can be set.
        #[derive(Debug, Clone)]
        pub struct Config { $(#[doc = $about] pub $field: $type,)+ }

        impl Default for Config {
            fn default() -> Self {
                Self { $($field: $default,)+ }
            }
        }

        pub const KEYS: &[Key] = &[$(Key {
            name: $name,
            about: $about,
            is_secret: !stringify!($($secret)?).is_empty(),
            set: |config, given| { config.$field = <$type as Setting>::read(given)?; Ok(()) },
            show: |config| Setting::show(&config.$field),
        },)+];
    };
}

keys! {
    "data" data: PathBuf = PathBuf::from("./naru-data"), "Folder for the SQLite database, sessions, the generated token secret, uploaded files and unsent mail.";
    "log" log: String = "info".to_owned(), "What is logged, as a filter: `info`, `naru=debug,api=debug,info`.";
    "log_format" log_format: String = "auto".to_owned(), "`auto` (readable on a terminal, JSON otherwise), `text` or `json`.";
    "drain_seconds" drain_seconds: u64 = 1, "How long after SIGTERM requests are still accepted while readiness says no, so that a balancer notices.";
    "database.url" database_url: Option<String> = None, secret "`sqlite:PATH` or `postgres://user:password@host:port/name`; default: `naru.db` in the data folder.";
    "database.connections" database_connections: Option<u64> = None, "The most connections; default: four for each core.";
    "api.listen" api_listen: SocketAddr = SocketAddr::from(([127, 0, 0, 1], 8000)), "Where the API listens.";
    "api.token_secrets" token_secrets: Vec<String> = Vec::new(), secret "Keys of access tokens, 32 bytes or more each. The first signs, all verify. Default: one is made in `token.key` in the data folder. All API processes of an installation need the same.";
    "api.access_minutes" access_minutes: u64 = 10, "How long an access token holds.";
    "api.refresh_idle_days" refresh_idle_days: u64 = 14, "A refresh token that is not used for so long ends.";
    "api.session_days" session_days: u64 = 30, "A sign-in over the API ends after this, however often it is refreshed.";
    "api.trusted_proxies" trusted_proxies: Vec<IpAddr> = Vec::new(), "Addresses whose `X-Forwarded-For` is believed: the reverse proxy, and `naru web` when it runs apart.";
    "api.cors_origins" cors_origins: Vec<String> = Vec::new(), "Exact origins from which browsers may call the API, `https://tools.example`. None by default.";
    "api.request_seconds" request_seconds: u64 = 15, "How long a request may take.";
    "api.file_megabytes" file_megabytes: u64 = 50, "The most an uploaded file may be. Files lie in `files` in the data folder.";
    "web.listen" web_listen: SocketAddr = SocketAddr::from(([127, 0, 0, 1], 8001)), "Where the pages are.";
    "web.api_url" api_url: Option<String> = None, "`naru web` only: the API's address, `http://10.0.0.5:8000`.";
    "web.public_url" public_url: Option<String> = None, "The pages as people reach them, `https://naru.example`. Links in mail begin with it, requests for another host are refused, and `https` makes cookies secure. Default: any host.";
    "web.idle_minutes" idle_minutes: u64 = 60, "Without a request for so long, a sign-in on the pages ends.";
    "web.idle_privileged_minutes" idle_privileged_minutes: u64 = 30, "The same for operators and admins.";
    "web.session_hours" session_hours: u64 = 24, "A sign-in on the pages ends after this, however busy it is.";
    "metrics.listen" metrics_listen: MetricsListen = MetricsListen(Some(SocketAddr::from(([127, 0, 0, 1], 9464)))), "Where Prometheus reads `/metrics`; `off` for nowhere.";
    "mail.from" mail_from: String = "Naru <naru@localhost>".to_owned(), "Who mail comes from: `나루 <naru@company.example>`.";
    "mail.smtp_url" smtp_url: Option<String> = None, secret "`smtp://user:password@host:587?tls=required` or `smtps://…`. Default: mail is written as files into `mail` in the data folder.";
}

/// What the command line says of keys: `("api.listen", "0.0.0.0:8000")`.
pub type Flags = Vec<(&'static str, String)>;

impl Config {
    /// Reads everything.
    ///
    /// # Errors
    /// Every key that can't be used, by name.
    pub fn read(file: Option<&Path>, flags: Flags) -> anyhow::Result<Self> {
        let mut given: BTreeMap<String, Given> = BTreeMap::new();
        if let Some(path) = file {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("configuration file {}", path.display()))?;
            let table: toml::Table =
                text.parse().with_context(|| format!("configuration file {}", path.display()))?;
            setting::flatten("", table, &path.display().to_string(), &mut given);
        }
        #[expect(clippy::disallowed_methods, reason = "the configuration is what reads the environment")]
        let variables = std::env::vars_os();
        for (name, value) in variables {
            let Some(key) = name.to_str().and_then(|name| name.strip_prefix("NARU__")) else { continue };
            let key = key.to_ascii_lowercase().replace("__", ".");
            given.insert(key, Given::text(value.to_string_lossy(), name.to_string_lossy()));
        }
        for (key, value) in flags {
            given.insert(key.to_owned(), Given::text(value, format!("--{}", key.replace(['.', '_'], "-"))));
        }
        Self::from_given(&given)
    }

    fn from_given(given: &BTreeMap<String, Given>) -> anyhow::Result<Self> {
        let mut config = Self::default();
        let mut wrong = Vec::new();
        for (name, given) in given {
            let outcome = match KEYS.iter().find(|key| key.name == name) {
                Some(key) => (key.set)(&mut config, given),
                None => Err("there is no such key".to_owned()),
            };
            if let Err(why) = outcome {
                wrong.push(format!("{name} (from {}): {why}", given.from));
            }
        }
        wrong.extend(config.problems());
        if wrong.is_empty() {
            return Ok(config);
        }
        bail!("the configuration can't be used:\n  {}", wrong.join("\n  "));
    }

    /// What each key alone can't tell.
    fn problems(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        if let Some(url) = &self.database_url
            && !["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme))
        {
            wrong.push("database.url: neither sqlite:… nor postgres://…".to_owned());
        }
        if !["auto", "text", "json"].contains(&self.log_format.as_str()) {
            wrong.push("log_format: one of auto, text, json".to_owned());
        }
        if tracing_subscriber::EnvFilter::try_new(&self.log).is_err() {
            wrong.push("log: this is not a filter of log lines".to_owned());
        }
        for (name, url) in [("web.api_url", &self.api_url), ("web.public_url", &self.public_url)] {
            if url.as_ref().is_some_and(|url| !url.starts_with("http://") && !url.starts_with("https://")) {
                wrong.push(format!("{name}: begins with neither http:// nor https://"));
            }
        }
        for origin in &self.cors_origins {
            if origin == "*" || !origin.contains("://") || origin.ends_with('/') {
                wrong.push(format!(
                    "api.cors_origins: {origin:?} is not an origin like https://tools.example"
                ));
            }
        }
        for (place, secret) in self.token_secrets.iter().enumerate() {
            if let Some(why) = weakness(secret) {
                wrong.push(format!(
                    "api.token_secrets (NARU__API__TOKEN_SECRETS), number {}: {why}",
                    place + 1
                ));
            }
        }
        let periods = [
            ("api.access_minutes", self.access_minutes),
            ("api.refresh_idle_days", self.refresh_idle_days),
            ("api.session_days", self.session_days),
            ("api.request_seconds", self.request_seconds),
            ("api.file_megabytes", self.file_megabytes),
            ("web.idle_minutes", self.idle_minutes),
            ("web.idle_privileged_minutes", self.idle_privileged_minutes),
            ("web.session_hours", self.session_hours),
            ("database.connections", self.database_connections.unwrap_or(1)),
        ];
        for (name, value) in periods {
            if value == 0 || value > 100_000 {
                wrong.push(format!("{name}: from 1 to 100000"));
            }
        }
        if self.drain_seconds > 10 {
            wrong.push("drain_seconds: 10 at most".to_owned());
        }
        wrong
    }

    /// The database's address.
    #[must_use]
    pub fn database(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| {
            let path = self.data.join("naru.db").display().to_string();
            format!("sqlite:{}", path.replace('%', "%25").replace('?', "%3F"))
        })
    }

    /// What links in mails begin with.
    #[must_use]
    pub fn links(&self) -> String {
        self.public_url.clone().unwrap_or_else(|| format!("http://{}", self.web_listen))
    }

    /// The table of keys, as Markdown.
    #[must_use]
    pub fn documentation() -> String {
        let default = Self::default();
        let mut text = String::from(
            "# Configuration\n\nWritten by `naru`. A key is set in the file of `--config` (`[section]`, `key = …`), or by its variable;\n\
             the variable goes before the file, a flag before both. Lists in variables are separated by commas.\n\n\
             | key | variable | default | what it does |\n|---|---|---|---|\n",
        );
        for key in KEYS {
            let variable = format!("NARU__{}", key.name.to_uppercase().replace('.', "__"));
            let shown = match (key.show)(&default) {
                shown if shown.is_empty() => "—".to_owned(),
                shown => format!("`{shown}`"),
            };
            text.push_str(&format!("| `{}` | `{variable}` | {shown} | {} |\n", key.name, key.about));
        }
        text
    }
}

/// Why a secret is none.
#[must_use]
pub fn weakness(secret: &str) -> Option<&'static str> {
    const KNOWN: [&str; 8] = [
        "secret-key",
        "secret_key",
        "change-me",
        "changeme",
        "change_me",
        "change-this",
        "your-secret",
        "django-insecure",
    ];
    if secret.len() < 32 {
        return Some("shorter than 32 bytes; `openssl rand -base64 48` makes a good one");
    }
    let lower = secret.to_lowercase();
    let mut bytes = secret.bytes().collect::<Vec<_>>();
    bytes.sort_unstable();
    bytes.dedup();
    if bytes.len() < 10 || KNOWN.iter().any(|known| lower.contains(known)) {
        return Some("a well-known or too even text; `openssl rand -base64 48` makes a good one");
    }
    None
}

#[cfg(test)]
mod tests;
