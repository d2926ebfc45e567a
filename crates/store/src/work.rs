//! One request's unit of work: a lease taken at first use, ended by whoever
//! mounted the handler.

use crate::{Db, Error, Result, Tx, Unscoped, query::Query};
use contract::policy::Reach;
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};
use tokio::sync::{Mutex, OwnedMappedMutexGuard, OwnedMutexGuard};

#[derive(Debug, Clone, Copy)]
enum Kind {
    Reading,
    Writing,
    WritingLong,
}

/// The unit of work. Clones are the same one.
#[derive(Clone)]
pub struct Work {
    db: Db,
    kind: Kind,
    slot: Arc<Mutex<Option<Tx>>>,
    statements: Arc<AtomicU32>,
}

impl Work {
    /// Statements that stand for themselves.
    #[must_use]
    pub fn reading(db: Db) -> Self {
        Self { db, kind: Kind::Reading, slot: Arc::default(), statements: Arc::default() }
    }

    /// One transaction.
    #[must_use]
    pub fn writing(db: Db) -> Self {
        Self { kind: Kind::Writing, ..Self::reading(db) }
    }

    /// One transaction that takes long: on SQLite nobody else's commit waits for it.
    #[must_use]
    pub fn writing_long(db: Db) -> Self {
        Self { kind: Kind::WritingLong, ..Self::reading(db) }
    }

    /// The store, limited to what is within reach.
    ///
    /// # Errors
    /// [`Error::Unavailable`] without a connection; [`Error::LentAlready`] when an earlier loan is still held.
    pub async fn within(&self, reach: Arc<Reach>) -> Result<Within> {
        Ok(Within { tx: self.lend().await?, reach })
    }

    /// The store without a tenant: sign-in, tokens, outbox.
    ///
    /// # Errors
    /// As [`Work::within`].
    pub async fn lend(&self) -> Result<Lent> {
        let mut slot = Arc::clone(&self.slot).try_lock_owned().map_err(|_| Error::LentAlready)?;
        if slot.is_none() {
            *slot = Some(match self.kind {
                Kind::Reading => self.db.read().await?,
                Kind::Writing => self.db.write().await?,
                Kind::WritingLong => self.db.write_alone().await?,
            });
        }
        let tx = OwnedMutexGuard::try_map(slot, Option::as_mut).map_err(|_| Error::LentAlready)?;
        Ok(Lent(tx))
    }

    /// Keeps what was done and gives the connection back. The next use begins anew.
    ///
    /// # Errors
    /// When the database refuses; then nothing was kept.
    pub async fn commit(&self) -> Result<()> {
        match self.end()? {
            Some(tx) => tx.commit().await,
            None => Ok(()),
        }
    }

    /// Forgets what was done and gives the connection back.
    pub fn roll_back(&self) {
        drop(self.end());
    }

    /// How many statements the ended parts ran.
    #[must_use]
    pub fn statements(&self) -> u32 {
        self.statements.load(Ordering::Relaxed)
    }

    fn end(&self) -> Result<Option<Tx>> {
        let tx = self.slot.try_lock().map_err(|_| Error::LentAlready)?.take();
        if let Some(tx) = &tx {
            self.statements.fetch_add(tx.statements(), Ordering::Relaxed);
        }
        Ok(tx)
    }
}

/// The unit's connection, on loan until dropped.
pub struct Lent(OwnedMappedMutexGuard<Option<Tx>, Tx>);

impl Lent {
    /// What knows no tenant.
    pub fn unscoped(&mut self) -> Unscoped<'_> {
        Unscoped { tx: &mut self.0 }
    }
}

/// The store, limited to what a caller may reach. Functions are beside their resource.
pub struct Within {
    tx: Lent,
    reach: Arc<Reach>,
}

impl Within {
    #[must_use]
    pub fn reach(&self) -> &Reach {
        &self.reach
    }

    /// What knows no tenant: the outbox, sessions.
    pub fn unscoped(&mut self) -> Unscoped<'_> {
        self.tx.unscoped()
    }

    pub(crate) fn engine(&self) -> crate::Engine {
        self.tx.0.engine()
    }

    /// A statement about the transaction itself.
    pub(crate) fn plain_query(&mut self, sql: &'static str) -> Query<'_> {
        self.tx.0.query(sql)
    }

    /// A statement whose `$1` is the company.
    pub(crate) fn company_query(&mut self, sql: &'static str) -> Query<'_> {
        self.tx.0.query(sql).bind(self.reach.company().to_owned())
    }

    /// A statement whose `$1` is the company, or null when the whole installation is within reach.
    pub(crate) fn installation_query(&mut self, sql: &'static str) -> Query<'_> {
        self.tx.0.query(sql).bind(self.reach.company_or_everywhere().map(str::to_owned))
    }

    /// A statement whose `$1` is the company, `$2` the person it is limited to or null, `$3` the mentor whose
    /// mentees count too or null. The text has `($2 IS NULL OR mentee_id = $2 OR mentor_id = $3)`.
    pub(crate) fn pair_query(&mut self, sql: &'static str) -> Query<'_> {
        let (person, mentor) = (self.reach.person(), self.reach.mentor());
        self.company_query(sql).bind(person).bind(mentor)
    }
}
