//! What knows no tenant: sign-in, tokens, revocations, outbox, set-up.
//!
//! Handlers reach it only through a unit of work; nothing here returns one
//! company's content.

use crate::Tx;

mod accounts;
mod calendar_feeds;
mod curricula;
mod installation;
mod jobs;
mod outbox;
mod revocations;
mod sessions;

pub use accounts::{Account, NewAccount};
pub use jobs::TakenJob;
pub use outbox::Pending;
pub use revocations::Revocation;
pub use sessions::RefreshRow;

/// The store without a tenant.
pub struct Unscoped<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl<'t> Unscoped<'t> {
    /// For what runs outside of requests: jobs, commands.
    pub fn new(tx: &'t mut Tx) -> Self {
        Self { tx }
    }
}
