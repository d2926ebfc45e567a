//! What is worth a word about a task or a mentorship: late, waiting, silent.
//!
//! Facts, computed by the API from dates and the company's working days; nothing here is kept or sent.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

crate::words! {
    /// What is to be told, with its count in working days unless another is named.
    FlagKind {
        /// Its last day is past and the work is not.
        Over = "over",
        /// Nothing happened for so long.
        Quiet = "quiet",
        /// Handed in, and not answered for so long.
        Waiting = "waiting",
        /// Due and not handed in for so long.
        Overdue = "overdue",
        /// Returned so many times, twice or more.
        Returned = "returned",
        /// Due today.
        DueToday = "due_today",
        /// Due in so many days.
        DueSoon = "due_soon",
    }
}

/// One thing to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Flag {
    pub kind: FlagKind,
    pub count: i64,
    /// Somebody should look at it now.
    pub is_urgent: bool,
}

crate::words! {
    /// Progress seen from the plan.
    Pace {
        /// The first day is still to come.
        Before = "before",
        Ahead = "ahead",
        OnTime = "on_time",
        Late = "late",
        /// Everything required is done.
        Done = "done",
        /// It is not running.
        Still = "still",
    }
}

/// How a mentorship is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Facts {
    pub pace: Pace,
    /// Working days ahead or late.
    pub pace_days: i64,
    /// What puts it at risk, the worst first; empty when nothing does.
    pub risks: Vec<Flag>,
    /// The earliest due date of what is required and open.
    pub next_due_on: Option<NaiveDate>,
}

impl Default for Facts {
    fn default() -> Self {
        Self { pace: Pace::Still, pace_days: 0, risks: Vec::new(), next_due_on: None }
    }
}
