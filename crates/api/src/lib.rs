//! The service on port 8000: it owns the data.
//!
//! A handler is a function from a request value to a reply value
//! (`resources/`); what a state allows is pure (`rules/`); `mount` does the
//! rest for all of them: who is calling, how far they reach, reading and
//! checking what they sent, the transaction, the answer.

pub mod app;
pub mod bearer;
pub mod clock;
pub mod ctx;
pub mod cursor;
pub mod error;
pub mod health;
pub mod jobs;
pub mod layers;
mod library;
pub mod mount;
pub mod openapi;
pub mod outside;
pub mod passwords;
pub mod resources;
pub mod revoked;
pub mod rules;
pub mod secret;
pub mod throttle;
pub mod tokens;
mod validate;

pub use app::{App, Config};
pub use clock::Clock;
pub use ctx::Ctx;
pub use error::{Error, Result};
pub use library::{Ready, library};
pub use resources::router;
