//! `naru demo`: two invented companies, told to the API as their people would have told it.
//!
//! Nothing is written past the API: each step is a call by the person who
//! takes it, on a clock that is set back. The tokens of those calls are signed
//! with a secret that is thrown away afterwards.

mod company;
mod file;
mod pair;
mod progress;
mod stage;
mod texts;

use crate::{
    config::Config,
    secrets,
    service::{self, say},
};
use anyhow::{Context, bail};
use contract::{
    CompanyId,
    policy::{Role, Roles},
};
use serde::{Deserialize, Serialize};
use stage::Stage;
use std::{os::unix::fs::PermissionsExt, path::Path};
use store::{Db, Unscoped};
use web::DemoSignIn;

/// The fact that says whether the demo is in the database.
const DEMO: &str = "demo";

/// Somebody who can sign in, as `demo.json` lists them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Person {
    pub email: String,
    pub password: String,
    pub roles: Roles,
    pub company_id: Option<CompanyId>,
    pub name: String,
}

/// Fills an empty database, or finds what an earlier start filled. Whom the sign-in page may offer.
///
/// # Errors
/// When the database holds anything else, or can't be reached.
pub async fn load(config: &Config) -> anyhow::Result<Option<Vec<DemoSignIn>>> {
    secrets::make_folder(config)?;
    let list = config.data.join("demo.json");
    let db = service::database(config)?;
    db.migrate().await.context("the database")?;
    let people = match state(&db).await? {
        State::Loaded => match std::fs::read(&list) {
            Ok(bytes) => serde_json::from_slice(&bytes).with_context(|| list.display().to_string())?,
            Err(error) => {
                tracing::warn!(%error, "the demo's passwords are gone: {} can't be read", list.display());
                Vec::new()
            }
        },
        State::Broken => bail!(
            "an earlier start of the demo was cut off; start it on an empty database (--data with a new folder)"
        ),
        State::InUse => bail!(
            "the database is in use: demo data is only loaded into an empty one (--data with a new folder)"
        ),
        State::Empty => {
            set_state(&db, "loading").await?;
            let people = fill(config, db.clone()).await?;
            secrets::write_private(&list, &serde_json::to_vec_pretty(&people)?)?;
            set_state(&db, "loaded").await?;
            people
        }
    };
    print(&people, &list)?;
    Ok(config.web_listen.ip().is_loopback().then(|| offers(&people)))
}

enum State {
    Empty,
    Loaded,
    Broken,
    InUse,
}

async fn state(db: &Db) -> anyhow::Result<State> {
    let mut tx = db.read().await?;
    let mut store = Unscoped::new(&mut tx);
    let fact = store.fact(DEMO).await?;
    Ok(match fact.as_deref() {
        Some("loaded") => State::Loaded,
        _ if store.is_empty().await? => State::Empty,
        Some(_) => State::Broken,
        None => State::InUse,
    })
}

async fn set_state(db: &Db, state: &str) -> anyhow::Result<()> {
    let mut tx = db.write().await?;
    Unscoped::new(&mut tx).set_fact(DEMO, state).await?;
    Ok(tx.commit().await?)
}

async fn fill(config: &Config, db: Db) -> anyhow::Result<Vec<Person>> {
    let started = std::time::Instant::now();
    let file = file::read()?;
    let mut stage = Stage::new(config, db)?;
    let mut people = vec![stage.operator(&file.operator).await?];
    for company in &file.companies {
        let found = company::build(&mut stage, company).await.with_context(|| company.name.clone())?;
        people.extend(found);
    }
    stage.close(&people).await?;
    tracing::info!(seconds = started.elapsed().as_secs_f64(), people = people.len(), "the demo is loaded");
    Ok(people)
}

fn print(people: &[Person], list: &Path) -> anyhow::Result<()> {
    for person in people {
        let roles: Vec<&str> = person.roles.iter().map(Role::as_str).collect();
        say(&format!("{:<34} {:<18} {:<14} {}", person.email, person.password, roles.join(","), person.name));
    }
    if let Ok(kept) = std::fs::metadata(list)
        && kept.permissions().mode() & 0o077 != 0
    {
        bail!("{} can be read by others; chmod 600", list.display());
    }
    say(&format!("these are also in {}", list.display()));
    Ok(())
}

/// One of each kind.
fn offers(people: &[Person]) -> Vec<DemoSignIn> {
    let first = |role: &Role| {
        // who is that alone, if somebody is: the sign-in shows what the role sees
        let have = people.iter().filter(|person| person.roles.has(*role));
        let person = have.min_by_key(|person| person.roles.iter().count())?;
        let (name, email, password) = (person.name.clone(), person.email.clone(), person.password.clone());
        Some(DemoSignIn { role: *role, name, email, password })
    };
    [Role::Operator, Role::Admin, Role::Mentor, Role::Mentee].iter().filter_map(first).collect()
}
