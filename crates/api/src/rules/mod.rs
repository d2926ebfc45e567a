//! What a state allows: pure functions, without I/O.

pub mod departments;
pub mod people;
