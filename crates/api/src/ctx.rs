//! What a handler has: who is calling, how far they reach, the store, the time.

use crate::{Error, Result, app::App};
use chrono::{DateTime, NaiveDate, Utc};
use contract::policy::{self, Action, Caller, Reach, Roles};
use contract::{SessionId, UserId};
use std::{net::IpAddr, sync::Arc};
use store::{Lent, Within, Work};

/// Where a request came from.
#[derive(Debug, Clone)]
pub struct Source {
    pub address: IpAddr,
    pub user_agent: String,
}

/// One request's context.
#[derive(Clone)]
pub struct Ctx {
    pub app: Arc<App>,
    /// Nobody, with no roles, on the few operations that need no token.
    pub caller: Caller,
    pub source: Source,
    /// When the access token ends.
    pub token_ends_at: DateTime<Utc>,
    reach: Arc<Reach>,
    work: Work,
    now: DateTime<Utc>,
}

impl Ctx {
    pub(crate) fn new(
        app: Arc<App>,
        (caller, token_ends_at): (Caller, DateTime<Utc>),
        reach: Reach,
        source: Source,
        work: Work,
    ) -> Self {
        let now = app.clock.now();
        Self { app, caller, source, token_ends_at, reach: Arc::new(reach), work, now }
    }

    /// The caller of an operation without a token.
    pub(crate) fn nobody() -> Caller {
        Caller {
            user_id: UserId(0),
            session_id: SessionId(0),
            company_id: None,
            department_id: None,
            roles: Roles::default(),
            time_zone: "Asia/Seoul".to_owned(),
            locale: "ko".to_owned(),
        }
    }

    #[must_use]
    pub fn reach(&self) -> &Reach {
        &self.reach
    }

    /// The store, limited to the caller's reach; drop it before asking again.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn store(&self) -> Result<Within> {
        Ok(self.work.within(Arc::clone(&self.reach)).await?)
    }

    /// The store, limited to what somebody else may reach, where a secret stands for their sign-in.
    ///
    /// # Errors
    /// 404 when their roles don't have the action; when no connection can be had.
    pub async fn store_of(&self, caller: &Caller, action: Action) -> Result<Within> {
        let reach = policy::reach(caller, action).map_err(|policy::Denied| Error::not_found())?;
        Ok(self.work.within(Arc::new(reach)).await?)
    }

    /// The store without a tenant; drop it before asking again.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn lend(&self) -> Result<Lent> {
        Ok(self.work.lend().await?)
    }

    /// Keeps what was done so far, also if the handler fails later.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn commit(&self) -> Result<()> {
        Ok(self.work.commit().await?)
    }

    /// The instant the request began: the same for everything it does.
    #[must_use]
    pub const fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Where the caller's company is.
    #[must_use]
    pub fn zone(&self) -> chrono_tz::Tz {
        self.caller.time_zone.parse().unwrap_or(chrono_tz::Asia::Seoul)
    }

    /// The day an instant lies in there.
    #[must_use]
    pub fn day_of(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone()).date_naive()
    }

    /// The day it is in the caller's company.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.day_of(self.now)
    }
}
