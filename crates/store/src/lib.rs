//! What is kept, on PostgreSQL or SQLite, from one SQL text.
//!
//! A request borrows one connection for its [`Work`]; what it may see is a
//! [`Reach`](contract::policy::Reach) that [`Within`] binds into every tenant
//! query. What knows no tenant (sign-in, tokens, outbox) is in [`unscoped`].

mod connection;
mod db;
mod error;
mod migrate;
mod pen;
mod query;
mod reviews;
mod work;

mod agreement;
mod analytics;
mod blocks;
mod bulk;
mod calendar;
mod companies;
mod couple;
mod curriculum;
mod curriculum_edits;
mod curriculum_version;
mod departments;
mod goals;
mod letters;
pub mod like;
mod matching;
mod matching_people;
mod meetings;
mod memo;
mod mentoring;
mod mentorship;
mod mentorship_events;
mod mentorship_facts;
mod mentorship_life;
mod mentorship_plan;
mod mentorship_risk;
mod mentorship_start;
mod reports;
mod task_changes;
mod task_events;
mod task_files;
mod tasks;
mod timeline;
pub mod unscoped;
mod users;
mod users_bulk;
mod users_list;

pub use analytics::{AnalyticsScope, ReviewRow, Spans};
pub use blocks::NewBlockRow;
pub use bulk::instant;
pub use calendar::{CalendarMeeting, CalendarTask};
pub use companies::CompanyChange;
pub use couple::Couple;
pub use curriculum::{CurriculumQuery, CurriculumText};
pub use curriculum_edits::{EditedDraft, LoggedEdits, OpenDraft, PlacedRow};
pub use db::{Db, Engine, Usage};
pub use departments::{Hangers, NewDepartmentRow};
pub use error::{Error, Result};
pub use goals::GoalEvent;
pub use letters::News;
pub use matching::{KeptMatching, KeptPair, MatchingKey};
pub use matching_people::MatchFacts;
pub use meetings::{ActionTask, PlacedMeeting, PlannedMeeting};
pub use mentoring::{MentorDays, MentorNumbers};
pub use mentorship::{MentorshipKey, MentorshipQuery};
pub use mentorship_facts::{PlanFigures, RiskCutoffs};
pub use mentorship_life::NewProposalRow;
pub use mentorship_plan::{AddedRow, MovedEvent, MovedTask, NewDates, Planned, Standing, StandingTask};
pub use mentorship_risk::RiskCounts;
pub use mentorship_start::{CompanyDays, NewPlan, PairMember, PlanTask, PlanVersion, TemplateItem};
pub use migrate::migrations_fingerprint;
pub use query::{Bind, Query, Row, Tx};
pub use reports::{Fact, KeptReport};
pub use reviews::{ApprovableTask, waited};
pub use task_changes::{Closing, ExtraTask, Move};
pub use task_events::{Moved, TaskChange};
pub use task_files::NewTaskFile;
pub use tasks::{ListedTask, Pair, PlacedTask, TaskKey, TaskQuery};
pub use timeline::{TimelineKey, TimelineQuery};
pub use unscoped::Unscoped;
pub use users::{Checked, History, PersonChange};
pub use users_bulk::{ImportedPerson, Invited, KnownPerson, ManyChange, SEARCH_END};
pub use users_list::{PeopleFilter, PeopleKey};
pub use work::{Lent, Within, Work};
