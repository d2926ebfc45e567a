//! `naru doctor`: what is in force, and whether it can work.

use crate::{
    config::{Config, KEYS},
    secrets,
    service::{self, say},
};
use anyhow::{Context, bail};
use api::{
    Clock,
    outside::mailer::{MailConfig, Mailer},
};
use std::{os::unix::fs::PermissionsExt, process::ExitCode, time::Duration};
use store::Engine;
use tokio::{net::TcpStream, time::timeout};

/// Prints each finding; fails when there is a problem.
///
/// # Errors
/// None; problems are in the exit code.
pub async fn examine(config: &Config) -> anyhow::Result<ExitCode> {
    for key in KEYS {
        let value = (key.show)(config);
        let shown = match (key.is_secret, value.is_empty()) {
            (_, true) => "(not set)",
            (true, false) => "(set, not shown)",
            (false, false) => &value,
        };
        say(&format!("{:<28} {shown}", key.name));
    }
    say("");
    let findings = [
        ("data folder", folder(config)),
        ("token secret", token_secret(config)),
        ("database", database(config).await),
        ("mail", mail(config).await),
        ("clock", clock(config).await),
    ];
    let mut code = ExitCode::SUCCESS;
    for (name, finding) in findings {
        match finding {
            Ok(text) => say(&format!("ok       {name}: {text}")),
            Err(error) => {
                code = ExitCode::FAILURE;
                say(&format!("problem  {name}: {error:#}"));
            }
        }
    }
    Ok(code)
}

fn folder(config: &Config) -> anyhow::Result<String> {
    secrets::make_folder(config)?;
    let probe = config.data.join(format!(".doctor-{}", std::process::id()));
    secrets::write_private(&probe, b"naru")?;
    std::fs::remove_file(&probe)?;
    Ok(format!("{} can be written", config.data.display()))
}

fn token_secret(config: &Config) -> anyhow::Result<String> {
    let count = secrets::token_secrets(config)?.len();
    if !config.token_secrets.is_empty() {
        return Ok(format!("{count} configured"));
    }
    let path = secrets::token_file(config);
    let mode = std::fs::metadata(&path)?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        bail!("{} can be read by others (mode {mode:o}); chmod 600", path.display());
    }
    Ok(format!("in {}", path.display()))
}

async fn database(config: &Config) -> anyhow::Result<String> {
    let db = service::database(config)?;
    db.check().await.context("not reachable, or not up to date (naru migrate)")?;
    Ok(format!("{:?}, reachable and up to date", db.engine()))
}

async fn mail(config: &Config) -> anyhow::Result<String> {
    let folder = config.data.join("mail");
    let settings = MailConfig {
        from: config.mail_from.clone(),
        smtp_url: config.smtp_url.clone(),
        folder: folder.clone(),
    };
    Mailer::new(&settings).map_err(anyhow::Error::msg)?;
    let Some(url) = &config.smtp_url else {
        return Ok(format!("no server is set; mail is written to {}", folder.display()));
    };
    let (scheme, rest) = url.split_once("://").context("mail.smtp_url: no scheme")?;
    let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
    let place = place.split(['/', '?']).next().unwrap_or_default();
    let usual = if scheme == "smtps" { 465 } else { 587 };
    let place = if place.contains(':') { place.to_owned() } else { format!("{place}:{usual}") };
    timeout(Duration::from_secs(3), TcpStream::connect(&place))
        .await
        .with_context(|| format!("{place} does not answer"))?
        .with_context(|| format!("{place} can't be reached"))?;
    Ok(format!("{place} answers"))
}

/// Tokens end by this machine's clock, so it has to be right.
async fn clock(config: &Config) -> anyhow::Result<String> {
    let now = Clock::system().now();
    if now.timestamp() < 1_760_000_000 {
        bail!("this machine believes it is {now}");
    }
    let db = service::database(config)?;
    if db.engine() == Engine::Postgres
        && let Ok(mut tx) = db.read().await
    {
        let (theirs,): (i64,) =
            tx.query("SELECT CAST(extract(epoch FROM clock_timestamp()) AS BIGINT)").one().await?;
        let apart = (theirs - now.timestamp()).abs();
        if apart > 5 {
            bail!("{apart} s apart from the database's");
        }
    }
    Ok(now.format("%Y-%m-%d %H:%M:%S UTC").to_string())
}
