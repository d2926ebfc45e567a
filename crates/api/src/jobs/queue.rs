//! Works on jobs, one at a time per process. Each step is a small transaction of its own that also counts it, so
//! the progress is true, a restart goes on where it ended, and requests get their turn in between.

use super::upgrade;
use crate::{App, Result};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use contract::{
    SessionId,
    jobs::{JobKind, JobState},
    policy::{Action, Caller, Reach, Role, Roles, reach},
};
use std::{sync::Arc, time::Instant};
use store::{Unscoped, Within, Work, unscoped::TakenJob};

/// Between two steps a job leaves the machine to requests for as long as the step took, at most this.
const BREATH: std::time::Duration = std::time::Duration::from_millis(100);
/// Nobody else takes a job for this long after its last step.
const HOLD: Duration = Duration::minutes(1);
/// A job that was taken up this often, and never came to its end, is given up.
const MOST_ATTEMPTS: i64 = 10;

/// Works for as long as the process lives.
pub async fn keep_working(app: Arc<App>) {
    loop {
        match work_once(&app).await {
            Ok(true) => {}
            Ok(false) => {
                tokio::select! {
                    () = tokio::time::sleep(std::time::Duration::from_secs(2)) => {}
                    // It rings just before the job is committed.
                    () = app.jobs_bell.notified() => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
                }
            }
            Err(error) => {
                tracing::warn!(?error, "a job could not be worked on");
                tokio::time::sleep(std::time::Duration::from_secs(5)).await;
            }
        }
    }
}

/// Takes a job, if there is one, and works on it to its end.
///
/// # Errors
/// When the store fails: the job is taken up again later.
pub async fn work_once(app: &App) -> Result<bool> {
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let any = Unscoped::new(&mut tx).any_job(now).await?;
    drop(tx);
    if !any {
        return Ok(false);
    }
    let mut tx = app.db.write().await?;
    let taken = Unscoped::new(&mut tx).take_job(now + HOLD, now).await?;
    tx.commit().await?;
    let Some(taken) = taken else { return Ok(false) };
    let finished = if taken.attempts > MOST_ATTEMPTS {
        Err("It was taken up too often.".to_owned())
    } else {
        let worker = Worker::of(app, &taken)?;
        match taken.kind {
            JobKind::Upgrade => upgrade::apply(&worker).await,
            JobKind::UndoUpgrade => upgrade::undo(&worker).await,
        }?
    };
    let mut tx = app.db.write().await?;
    let mut store = Unscoped::new(&mut tx);
    let now = app.clock.now();
    match finished {
        Ok(result) => store.finish_job(taken.job_id, JobState::Done, result, None, now).await?,
        Err(why) => {
            let result = serde_json::json!({});
            store.finish_job(taken.job_id, JobState::Failed, result, Some(&why), now).await?;
        }
    }
    tx.commit().await?;
    Ok(true)
}

/// What came of a job: its result, or why it failed for good.
pub type Finished = std::result::Result<serde_json::Value, String>;

/// A transaction of a job.
pub struct Step {
    began: Instant,
    work: Work,
    pub store: Within,
}

impl Step {
    /// As if it had not begun; somebody who works on the same gets a moment to end it.
    pub async fn give_way(self) {
        drop(self.store);
        self.work.roll_back();
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

/// A job at work, with the reach of its company: whose turn it is was decided when the job was made.
pub struct Worker<'a> {
    app: &'a App,
    pub job: &'a TakenJob,
    reach: Arc<Reach>,
}

impl<'a> Worker<'a> {
    fn of(app: &'a App, job: &'a TakenJob) -> Result<Self> {
        let caller = Caller {
            user_id: job.created_by,
            session_id: SessionId(0),
            company_id: Some(job.company_id.clone()),
            department_id: None,
            roles: Roles::of([Role::Admin]),
            time_zone: job.time_zone.clone(),
            locale: "ko".to_owned(),
        };
        let denied = |_| crate::Error::fault("a job's action is nobody's");
        let reach = reach(&caller, Action::EditMentorship).map_err(denied)?;
        Ok(Self { app, job, reach: Arc::new(reach) })
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    /// The day it is in the company.
    pub fn today(&self) -> NaiveDate {
        let zone = self.job.time_zone.parse().unwrap_or(chrono_tz::Asia::Seoul);
        self.now().with_timezone(&zone).date_naive()
    }

    /// For reading what is the same for all steps.
    pub async fn reading(&self) -> Result<Within> {
        Ok(Work::reading(self.app.db.clone()).within(Arc::clone(&self.reach)).await?)
    }

    /// A step: one transaction.
    pub async fn step(&self) -> Result<Step> {
        let began = Instant::now();
        let work = Work::writing(self.app.db.clone());
        let store = work.within(Arc::clone(&self.reach)).await?;
        Ok(Step { began, work, store })
    }

    /// Counts the step and keeps what it did.
    pub async fn over(&self, Step { began, work, mut store }: Step) -> Result<()> {
        store.advance_job(self.job.job_id, self.now() + HOLD).await?;
        drop(store);
        work.commit().await?;
        tokio::time::sleep(began.elapsed().min(BREATH)).await;
        Ok(())
    }
}
