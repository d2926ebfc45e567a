//! The commands that do one thing and end.

use crate::{
    config::Config,
    secrets,
    service::{self, say},
};
use anyhow::{Context, bail};
use api::{
    Clock,
    passwords::Passwords,
    resources::auth::{self, SETUP_TOKEN},
};
use clap::Args;
use contract::policy::{Action, Role, Scope, scope};
use std::{io::Write, process::ExitCode};
use store::Unscoped;

#[derive(Args)]
pub struct NewOperator {
    #[arg(long)]
    email: String,
    #[arg(long)]
    family_name: String,
    #[arg(long)]
    given_name: String,
    /// Read the password from standard input, one line. Without it, one is made and printed.
    #[arg(long)]
    password_stdin: bool,
}

/// # Errors
/// When standard output is closed.
pub fn print(text: &str) -> anyhow::Result<ExitCode> {
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// # Errors
/// When standard output is closed.
pub fn openapi() -> anyhow::Result<ExitCode> {
    let (_, document) = api::resources::routes().finish();
    print(&(serde_json::to_string_pretty(&document)? + "\n"))
}

/// The table of permissions, and which operation is which action.
#[must_use]
pub fn permissions() -> String {
    let mut text = String::from(
        "# Permissions\n\nWritten by `naru permissions` from the one table in `crates/contract/src/policy.rs`.\n\
         — = refused (403); what is beyond the reach of a role is not found (404).\n\n| action |",
    );
    for role in Role::ALL {
        text.push_str(&format!(" {role} |"));
    }
    text.push_str(&format!("\n|---|{}\n", "---|".repeat(Role::ALL.len())));
    for action in Action::ALL {
        text.push_str(&format!("| `{action}` |"));
        for role in Role::ALL {
            let word = match scope(*role, *action) {
                Scope::Nobody => "—",
                Scope::Own => "own",
                Scope::Mentees => "own and mentees'",
                Scope::Department => "department, and own work",
                Scope::Company => "company",
                Scope::Everywhere => "everywhere",
            };
            text.push_str(&format!(" {word} |"));
        }
        text.push('\n');
    }
    text.push_str("\n## Operations\n\n| operation | action |\n|---|---|\n");
    let (_, document) = api::resources::routes().finish();
    let paths = document["paths"].as_object().into_iter().flatten();
    for (path, operations) in paths {
        for (method, operation) in operations.as_object().into_iter().flatten() {
            let Some(action) = operation["x-action"].as_str() else { continue };
            text.push_str(&format!("| `{} {path}` | `{action}` |\n", method.to_uppercase()));
        }
    }
    text
}

/// # Errors
/// When the database can't be reached or a migration fails.
pub async fn migrate(config: &Config) -> anyhow::Result<()> {
    secrets::make_folder(config)?;
    service::database(config)?.migrate().await?;
    say("the database is up to date");
    Ok(())
}

/// # Errors
/// When the address or the password is not good enough, or the database can't be used.
pub async fn create_operator(config: &Config, operator: NewOperator) -> anyhow::Result<()> {
    if hangul::email_problem(&operator.email).is_some() {
        bail!("--email: this is not an e-mail address");
    }
    for (flag, name) in [("--family-name", &operator.family_name), ("--given-name", &operator.given_name)] {
        if !(1..=50).contains(&name.trim().chars().count()) {
            bail!("{flag}: from 1 to 50 characters");
        }
    }
    let password = if operator.password_stdin {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).context("the password from standard input")?;
        let password = line.trim_end_matches(['\n', '\r']).to_owned();
        let about = [operator.family_name.as_str(), &operator.given_name, &operator.email];
        if api::passwords::check("password", &password, &about).is_err() {
            bail!(
                "the password is too easy to guess: 10 characters or more, nothing usual, nothing about the person"
            );
        }
        password
    } else {
        api::secret::random()[..20].to_owned()
    };
    secrets::make_folder(config)?;
    let db = service::database(config)?;
    db.migrate().await?;
    let hash = Passwords::new(api::Config::default().argon2_memory).hash(&password).await;
    let hash = hash.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let mut tx = db.write().await?;
    let mut store = Unscoped::new(&mut tx);
    let now = Clock::system().now();
    auth::create_operator(
        &mut store,
        &operator.email,
        &operator.family_name,
        &operator.given_name,
        &hash,
        now,
    )
    .await
    .map_err(|error| anyhow::anyhow!("the operator was not made (is the address taken?): {error:?}"))?;
    // The printed token is for an installation without an operator.
    store.set_fact(SETUP_TOKEN, "").await?;
    tx.commit().await?;
    say(&format!("operator: {}", operator.email));
    if !operator.password_stdin {
        say(&format!("password: {password}"));
    }
    Ok(())
}
