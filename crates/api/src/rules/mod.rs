//! What a state allows: pure functions, without I/O.

pub mod curriculum_csv;
pub mod curriculum_file;
pub mod dates;
pub mod departments;
pub mod diff;
pub mod draft;
pub mod draft_edits;
pub mod edits;
pub mod facts;
pub mod figures;
pub mod files;
pub mod ics;
pub mod import;
pub mod import_plan;
pub mod life;
pub mod matching;
pub mod moves;
pub mod people;
pub mod plan;
pub mod plan_edit;
pub mod rhythm;
pub mod upgrade;
pub mod waits;
