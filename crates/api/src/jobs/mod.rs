//! What runs beside requests.

pub mod housekeeping;
pub mod outbox;
pub mod queue;
mod upgrade;
