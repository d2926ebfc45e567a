//! What the API is: shapes, operations, permissions. No I/O.
//!
//! Everything else is derived from here: `api` mounts the endpoints, `client`
//! calls them, the OpenAPI document and the permission matrix list them. A
//! shape is the row of `store`, the reply, and the value a template reads.

pub mod agreement;
pub mod analytics;
pub mod auth;
pub mod blocks;
pub mod calendar;
pub mod companies;
pub mod curriculum;
pub mod curriculum_diff;
pub mod curriculum_edits;
pub mod curriculum_library;
pub mod departments;
pub mod endpoint;
pub mod facts;
pub mod files;
pub mod goals;
pub mod ids;
pub mod jobs;
pub mod matching;
pub mod meetings;
pub mod memo;
pub mod mentoring;
pub mod mentorship;
pub mod mentorship_dates;
pub mod mentorship_events;
pub mod mentorship_life;
pub mod overview;
pub mod page;
pub mod policy;
pub mod problem;
pub mod report;
pub mod tasks;
pub mod text;
pub mod timeline;
pub mod upgrades;
pub mod users;

pub use endpoint::{Chunks, Endpoint, File, Nothing, Stream, Wire};
pub use ids::*;
pub use page::Page;
pub use problem::{Code, FieldError, Problem};
