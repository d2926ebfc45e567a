//! The API on a clock that is set, and those who call it.

use super::{
    Person,
    file::{Operator, User},
};
use crate::{config::Config, service};
use anyhow::{Context, anyhow};
use api::{
    App, Clock,
    resources::auth::{self, SETUP_TOKEN},
};
use chrono::{DateTime, Duration, Utc};
use client::{CallError, Client};
use contract::{
    Endpoint, UserId,
    auth::{AcceptInvitation, Credentials, InvitationAcceptance, Login, Logout},
    policy::{Role, Roles},
};
use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use store::{Db, Unscoped};

/// Everything was set up this long ago; later things happen at their time.
const BEGAN: Duration = Duration::days(400);

pub struct Stage {
    app: Arc<App>,
    nobody: Client,
    people: HashMap<String, Client>,
    clock: Arc<AtomicI64>,
    pub now: DateTime<Utc>,
    keeper: tokio::task::JoinHandle<()>,
}

impl Stage {
    pub fn new(config: &Config, db: Db) -> anyhow::Result<Self> {
        let now = Clock::system().now();
        let clock = Arc::new(AtomicI64::new((now - BEGAN).timestamp_micros()));
        let told = Arc::clone(&clock);
        let told = Clock::from_fn(move || {
            DateTime::from_timestamp_micros(told.load(Ordering::Relaxed)).unwrap_or_default()
        });
        let config = Config {
            // Thrown away with this stage, so that its long tokens hold nowhere else.
            token_secrets: vec![api::secret::random()],
            access_minutes: (BEGAN.num_minutes() + 60).unsigned_abs(),
            session_days: 450,
            refresh_idle_days: 450,
            ..config.clone()
        };
        let app = service::app(&config, db, told)?;
        let keeper = tokio::spawn(api::revoked::Revoked::keep(Arc::clone(&app)));
        let nobody = Client::new(client::in_process(api::router(Arc::clone(&app))));
        Ok(Self { app, nobody, people: HashMap::new(), clock, now, keeper })
    }

    pub fn set_clock(&self, at: DateTime<Utc>) {
        self.clock.store(at.timestamp_micros(), Ordering::Relaxed);
    }

    /// Back to the time when everything is set up: a token doesn't hold before it was issued.
    pub fn begin(&self) {
        self.set_clock(self.now - BEGAN + Duration::hours(1));
    }

    /// Calls as somebody who has signed in.
    pub async fn call<E: Endpoint>(&self, email: &str, endpoint: E) -> anyhow::Result<E::Reply> {
        let client = self.people.get(email).with_context(|| format!("{email} has not signed in"))?;
        // Each step a little later than the one before, so that their order is told by their time.
        self.clock.fetch_add(1_700_000, Ordering::Relaxed);
        client.call(endpoint).await.map_err(|error| told::<E>(email, &error))
    }

    pub async fn operator(&mut self, operator: &Operator) -> anyhow::Result<Person> {
        self.app.revoked.renew(&self.app).await.map_err(|error| anyhow!("{error:?}"))?;
        let password = password();
        let hash = self.app.passwords.hash(&password).await.map_err(|error| anyhow!("{error:?}"))?;
        let mut tx = self.app.db.write().await?;
        let mut store = Unscoped::new(&mut tx);
        let (family_name, given_name) = (&operator.family_name, &operator.given_name);
        auth::create_operator(&mut store, &operator.email, family_name, given_name, &hash, self.now - BEGAN)
            .await
            .map_err(|error| anyhow!("{error:?}"))?;
        store.set_fact(SETUP_TOKEN, "").await?;
        tx.commit().await?;
        let tokens = self.login(&operator.email, &password).await?;
        self.people.insert(operator.email.clone(), self.nobody.with_bearer(&tokens.access_token));
        Ok(Person {
            email: operator.email.clone(),
            password,
            roles: Roles::of([Role::Operator]),
            company_id: None,
            name: tokens.me.name,
        })
    }

    /// Somebody who was invited follows the link and chooses a password.
    pub async fn join(&mut self, user: &User) -> anyhow::Result<(UserId, Person)> {
        let (password, token) = (password(), api::secret::random());
        let now = self.app.clock.now();
        let mut tx = self.app.db.write().await?;
        let mut store = Unscoped::new(&mut tx);
        let account = store.account_by_email(&hangul::fold(&user.email)).await?.context("no such account")?;
        store
            .add_link_token(
                &api::secret::digest(&token),
                account.user_id,
                "invitation",
                now + Duration::hours(1),
                now,
            )
            .await?;
        tx.commit().await?;
        let acceptance = InvitationAcceptance { token, new_password: password.clone() };
        let tokens = self
            .nobody
            .call(AcceptInvitation { acceptance })
            .await
            .map_err(|error| told::<AcceptInvitation>(&user.email, &error))?;
        self.people.insert(user.email.clone(), self.nobody.with_bearer(&tokens.access_token));
        let me = tokens.me;
        Ok((
            me.user_id,
            Person {
                email: user.email.clone(),
                password,
                roles: me.roles,
                company_id: me.company_id,
                name: me.name,
            },
        ))
    }

    /// Signs in anew: a token doesn't outlive a change of department or roles.
    pub async fn sign_in_again(&mut self, person: &Person) -> anyhow::Result<()> {
        let tokens = self.login(&person.email, &person.password).await?;
        self.people.insert(person.email.clone(), self.nobody.with_bearer(&tokens.access_token));
        Ok(())
    }

    async fn login(&self, email: &str, password: &str) -> anyhow::Result<contract::auth::Tokens> {
        let credentials = Credentials { email: email.to_owned(), password: password.to_owned() };
        self.nobody.call(Login { credentials }).await.map_err(|error| told::<Login>(email, &error))
    }

    /// Everybody was here lately, and nobody is left signed in.
    pub async fn close(self, people: &[Person]) -> anyhow::Result<()> {
        for (place, person) in people.iter().enumerate() {
            let ago = Duration::hours(2) + Duration::minutes(97 * i64::try_from(place)?);
            self.set_clock(self.now - ago);
            self.call(&person.email, Logout {}).await?;
            let tokens = self.login(&person.email, &person.password).await?;
            let client = self.nobody.with_bearer(&tokens.access_token);
            client.call(Logout {}).await.map_err(|error| told::<Logout>(&person.email, &error))?;
        }
        self.keeper.abort();
        Ok(())
    }
}

fn told<E: Endpoint>(email: &str, error: &CallError) -> anyhow::Error {
    anyhow!("{} by {email}: {error} {:?}", E::NAME, error.problem())
}

/// Easy to type, hard to guess: `tuka-mire-soba-47`.
fn password() -> String {
    const SOUNDS: (&[u8], &[u8]) = (b"bdghjkmnprstvz", b"aeiou");
    let random = api::secret::random();
    let mut random = random.bytes().map(usize::from);
    let mut next = |letters: &[u8]| char::from(letters[random.next().unwrap_or_default() % letters.len()]);
    let mut text = String::new();
    for _ in 0..3 {
        for _ in 0..2 {
            text.push(next(SOUNDS.0));
            text.push(next(SOUNDS.1));
        }
        text.push('-');
    }
    text.push(next(b"23456789"));
    text.push(next(b"23456789"));
    text
}
