//! What a state allows: pure functions, without I/O.

pub mod departments;
pub mod import;
pub mod import_plan;
pub mod people;
pub mod curriculum_file;
pub mod draft;
pub mod edits;
pub mod moves;
pub mod plan;
