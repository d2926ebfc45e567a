//! SQLite's one pen: writers take turns, and share a commit.
//!
//! Waiting for the disk is what a small write costs. So a writer that is done leaves its transaction open for
//! those who queue already, and whoever began asks for a commit behind them: the queue is first come, first
//! served. Nobody is told that their write is kept before that commit.

use crate::{Error, Result, connection::Leases};
use deadpool::managed::Object;
use std::{sync::Arc, time::Duration};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

/// How long a writer queues before it is told to come back.
const TURN_WAIT: Duration = Duration::from_secs(5);

/// Shared by all writers of a database.
pub(crate) type Queue = Arc<Mutex<Pen>>;

#[derive(Default)]
pub(crate) struct Pen {
    /// The transaction that was left open, with what its writers did.
    open: Option<Object<Leases>>,
    /// Who waits for its commit.
    waiting: Vec<oneshot::Sender<()>>,
}

impl Pen {
    /// Ends the open transaction. Who waits learns of a failure by silence.
    async fn commit(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let Some(mut connection) = self.open.take() else { return };
        match connection.run("COMMIT").await {
            Ok(()) => {
                connection.in_transaction = false;
                for waiter in waiting {
                    let _ = waiter.send(());
                }
            }
            Err(error) => tracing::warn!(%error, writers = waiting.len(), "a shared commit failed"),
        }
    }
}

/// A writer's turn.
pub(crate) struct Turn {
    pen: OwnedMutexGuard<Pen>,
    queue: Queue,
    /// Others wrote before in the same transaction: what is undone ends at a savepoint.
    shares: bool,
}

impl Turn {
    /// Waits for the pen.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when others hold it for too long.
    pub(crate) async fn wait(queue: &Queue) -> Result<Self> {
        let pen = tokio::time::timeout(TURN_WAIT, Arc::clone(queue).lock_owned()).await;
        let pen = pen.map_err(Error::unavailable)?;
        Ok(Self { shares: pen.open.is_some(), pen, queue: Arc::clone(queue) })
    }

    /// For what takes long: those who are done don't wait for it.
    pub(crate) async fn alone(mut self) -> Self {
        self.pen.commit().await;
        self.shares = false;
        self
    }

    /// The open transaction of those who wrote before.
    pub(crate) fn take_open(&mut self) -> Option<Object<Leases>> {
        self.pen.open.take()
    }

    /// Whether others wrote before in the same transaction.
    pub(crate) const fn shares(&self) -> bool {
        self.shares
    }

    /// What begins a writer's part.
    pub(crate) const fn begin(&self) -> &'static str {
        // A deferred SQLite transaction that reads and then writes fails at once with "locked".
        if self.shares { "SAVEPOINT writer" } else { "BEGIN IMMEDIATE" }
    }

    /// Passes the pen on and waits for the commit.
    ///
    /// # Errors
    /// When the database refuses; then nothing was kept.
    pub(crate) async fn commit(mut self, mut connection: Object<Leases>) -> Result<()> {
        if self.shares
            && let Err(error) = connection.run("RELEASE writer").await
        {
            self.forget_all();
            return Err(error.into());
        }
        let (kept, wait) = oneshot::channel();
        self.pen.waiting.push(kept);
        self.pen.open = Some(connection);
        let Self { pen, queue, shares } = self;
        if !shares {
            tokio::spawn(async move { queue.lock_owned().await.commit().await });
        }
        drop(pen);
        wait.await.map_err(|_| Error::unavailable("the commit failed"))
    }

    /// Undoes a writer's part; the others' stays.
    pub(crate) async fn roll_back(mut self, mut connection: Object<Leases>) {
        let undone = if self.shares {
            match connection.run("ROLLBACK TO writer").await {
                Ok(()) => connection.run("RELEASE writer").await,
                failed => failed,
            }
        } else {
            let undone = connection.run("ROLLBACK").await;
            connection.in_transaction = undone.is_err();
            undone
        };
        match undone {
            Ok(()) if self.shares => self.pen.open = Some(connection),
            Ok(()) => {}
            Err(_) => self.forget_all(),
        }
    }

    /// The transaction is lost with all that was written in it.
    pub(crate) fn forget_all(&mut self) {
        self.pen.waiting.clear();
        self.pen.open = None;
    }
}

#[cfg(test)]
mod tests {
    use crate::Db;

    async fn with_table() -> (tempfile::TempDir, Db) {
        let folder = tempfile::tempdir().expect("a folder");
        let db = Db::open(&format!("sqlite:{}", folder.path().join("pen.db").display()), 4).expect("a URL");
        let mut tx = db.write().await.expect("a turn");
        tx.query("CREATE TABLE marks (mark INTEGER NOT NULL PRIMARY KEY)").execute().await.expect("a table");
        tx.commit().await.expect("kept");
        (folder, db)
    }

    async fn mark(db: &Db, mark: i64) -> crate::Result<()> {
        let mut tx = db.write().await?;
        tx.query("INSERT INTO marks (mark) VALUES ($1)").bind(mark).execute().await?;
        tx.commit().await
    }

    async fn marks(db: &Db) -> Vec<i64> {
        let mut tx = db.read().await.expect("a lease");
        let rows: Vec<(i64,)> =
            tx.query("SELECT mark FROM marks ORDER BY mark").all().await.expect("the marks");
        rows.into_iter().map(|(mark,)| mark).collect()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn of_many_at_once_those_that_fail_or_give_up_take_nobody_with_them() {
        let (_folder, db) = with_table().await;
        let writers = (0..300_i64).map(|number| {
            let db = db.clone();
            tokio::spawn(async move {
                match number % 3 {
                    // The same mark twice: the second is refused.
                    0 => mark(&db, number / 30).await.is_ok().then_some(number / 30),
                    1 => {
                        let mut tx = db.write().await.expect("a turn");
                        let insert = tx.query("INSERT INTO marks (mark) VALUES ($1)").bind(number + 10_000);
                        insert.execute().await.expect("written");
                        None
                    }
                    _ => mark(&db, number + 1000).await.is_ok().then_some(number + 1000),
                }
            })
        });
        let mut told = Vec::new();
        for writer in writers.collect::<Vec<_>>() {
            told.extend(writer.await.expect("no panic"));
        }
        told.sort_unstable();
        assert_eq!(told.len(), 10 + 100, "ten marks once each, and a hundred of their own");
        assert_eq!(marks(&db).await, told);
    }

    #[tokio::test]
    async fn nobody_waits_for_the_commit_of_one_that_takes_long() {
        let (_folder, db) = with_table().await;
        let first = db.write().await.expect("a turn");
        let long = tokio::spawn({
            let db = db.clone();
            async move { db.write_alone().await }
        });
        tokio::task::yield_now().await;
        first.commit().await.expect("kept while the long one has not ended");
        let long = long.await.expect("no panic").expect("a turn");
        drop(long);
        mark(&db, 7).await.expect("the pen is free again");
        assert_eq!(marks(&db).await, [7]);
    }
}
