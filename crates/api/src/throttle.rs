//! How often sign-in may be tried: by source and by account.
//!
//! A burst, then a trickle (a leaky bucket). An account under attack slows its
//! attackers, each by their own source, and never locks its owner out: who
//! signed in from a source before is heard there.

use chrono::{DateTime, Duration, Utc};
use std::{collections::HashMap, hash::Hash, net::IpAddr, sync::Mutex};

/// Wrong attempts a source may make at once, and the seconds until one more is allowed.
const SOURCE: Limit = Limit { burst: 10, every: 20 };
/// The same for one account from one source.
const PAIR: Limit = Limit { burst: 5, every: 30 };
/// The same for one account from everywhere.
const ACCOUNT: Limit = Limit { burst: 100, every: 36 };
/// Above this many keys, those that are full again are forgotten.
const SWEEP: usize = 10_000;

struct Limit {
    burst: i64,
    every: i64,
}

/// Wrong attempts, each remembered as the instant at which it is forgiven.
struct Buckets<K>(HashMap<K, DateTime<Utc>>);

impl<K> Default for Buckets<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Hash + Eq> Buckets<K> {
    /// Seconds to wait, when the bucket is full.
    fn wait(&self, key: &K, limit: &Limit, now: DateTime<Utc>) -> Option<u64> {
        let forgiven = *self.0.get(key)?;
        let full = now + Duration::seconds(limit.every * (limit.burst - 1));
        (forgiven > full).then(|| u64::try_from((forgiven - full).num_seconds()).unwrap_or(0).max(1))
    }

    fn count(&mut self, key: K, limit: &Limit, now: DateTime<Utc>) {
        if self.0.len() > SWEEP {
            self.0.retain(|_, forgiven| *forgiven > now);
        }
        let forgiven = self.0.entry(key).or_insert(now);
        *forgiven = (*forgiven).max(now) + Duration::seconds(limit.every);
    }
}

#[derive(Default)]
struct State {
    sources: Buckets<IpAddr>,
    pairs: Buckets<(IpAddr, String)>,
    accounts: Buckets<String>,
    /// Where accounts were signed in from: their owners' places.
    known: HashMap<(IpAddr, String), DateTime<Utc>>,
}

/// The sign-in throttle of this process.
#[derive(Default)]
pub struct Throttle(Mutex<State>);

impl Throttle {
    /// Whether an attempt is heard; otherwise the seconds to wait.
    ///
    /// # Errors
    /// The seconds until it will be.
    pub fn check(&self, source: IpAddr, account: &str, now: DateTime<Utc>) -> Result<(), u64> {
        let Ok(state) = self.0.lock() else { return Err(60) };
        let pair = (source, account.to_owned());
        let mut wait = state.sources.wait(&source, &SOURCE, now).max(state.pairs.wait(&pair, &PAIR, now));
        if !state.known.contains_key(&pair) {
            wait = wait.max(state.accounts.wait(&pair.1, &ACCOUNT, now));
        }
        wait.map_or(Ok(()), Err)
    }

    /// A wrong attempt.
    pub fn count(&self, source: IpAddr, account: &str, now: DateTime<Utc>) {
        let Ok(mut state) = self.0.lock() else { return };
        state.sources.count(source, &SOURCE, now);
        state.pairs.count((source, account.to_owned()), &PAIR, now);
        state.accounts.count(account.to_owned(), &ACCOUNT, now);
    }

    /// A right one: the source is the owner's place for a month.
    pub fn forgive(&self, source: IpAddr, account: &str, now: DateTime<Utc>) {
        let Ok(mut state) = self.0.lock() else { return };
        let pair = (source, account.to_owned());
        state.pairs.0.remove(&pair);
        if state.known.len() > SWEEP {
            state.known.retain(|_, until| *until > now);
        }
        state.known.insert(pair, now + Duration::days(30));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    fn source(last: u8) -> IpAddr {
        IpAddr::V4(Ipv4Addr::new(192, 0, 2, last))
    }

    #[test]
    fn a_source_that_keeps_guessing_is_told_to_wait_and_is_heard_again_later() {
        let (throttle, now) = (Throttle::default(), DateTime::UNIX_EPOCH);
        let refused = (0..20).position(|attempt| {
            let account = format!("a{attempt}@b.example");
            let heard = throttle.check(source(1), &account, now);
            throttle.count(source(1), &account, now);
            heard.is_err()
        });
        assert_eq!(refused, Some(10));
        assert!(throttle.check(source(2), "a1@b.example", now).is_ok(), "another source is heard");
        let wait = throttle.check(source(1), "new@b.example", now).expect_err("still full");
        assert!(
            throttle.check(source(1), "new@b.example", now + Duration::seconds(wait.cast_signed())).is_ok()
        );
    }

    #[test]
    fn an_owner_is_heard_from_a_known_place_while_the_account_is_attacked() {
        let (throttle, now) = (Throttle::default(), DateTime::UNIX_EPOCH);
        throttle.forgive(source(200), "han@b.example", now);
        for attempt in 0..150 {
            throttle.count(source(attempt), "han@b.example", now);
        }
        assert!(throttle.check(source(201), "han@b.example", now).is_err(), "a new place waits");
        assert!(throttle.check(source(200), "han@b.example", now).is_ok(), "the owner's place does not");
    }
}
