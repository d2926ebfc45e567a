//! What runs beside requests.

pub mod housekeeping;
pub mod outbox;
