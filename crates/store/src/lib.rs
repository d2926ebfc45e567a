//! What is kept, on PostgreSQL or SQLite, from one SQL text.
//!
//! A request borrows one connection for its [`Work`]; what it may see is a
//! [`Reach`](contract::policy::Reach) that [`Within`] binds into every tenant
//! query. What knows no tenant (sign-in, tokens, outbox) is in [`unscoped`].

mod connection;
mod db;
mod error;
mod migrate;
mod query;
mod work;

mod bulk;
mod memo;
pub mod unscoped;

pub use bulk::instant;
pub use db::{Db, Engine, Usage};
pub use error::{Error, Result};
pub use migrate::migrations_fingerprint;
pub use query::{Bind, Query, Row, Tx};
pub use unscoped::Unscoped;
pub use work::{Lent, Within, Work};
