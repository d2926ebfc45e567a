//! Moving the dates of a mentorship: its start, a pause, its end, and one person's plan.
//!
//! Each operation answers with every task before → after; with `preview` nothing is changed. `seen` is the mark of a
//! preview: sent back, the change is made only if it is still the same one.

use crate::{
    MentorshipId, TaskId,
    curriculum::{Priority, TaskKind, TaskOwner},
    endpoint,
    mentorship::DayOff,
    mentorship_events::MentorshipEventKind,
    tasks::TaskStatus,
};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

crate::words! {
    /// What speaks against a date.
    DateConflict {
        /// Due on a day that is over.
        DueBeforeToday = "due_before_today",
        /// Due after the last day of the mentorship; the change is refused.
        BeyondEnd = "beyond_end",
        /// The mentor is needed (an own task, a meeting, a review) and away.
        OnAbsence = "on_absence",
    }
}

/// Where a task stands in its plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    pub week: i64,
    /// From 1, in its week.
    pub position: i64,
    pub starts_on: NaiveDate,
    pub due_on: NaiveDate,
}

/// One task before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TaskDates {
    /// `null` for one that is to be added.
    pub task_id: Option<TaskId>,
    pub title: String,
    pub kind: TaskKind,
    pub owner: TaskOwner,
    pub priority: Priority,
    /// Before. Finished and skipped ones stay; of started ones only the due date moves.
    pub status: TaskStatus,
    pub before: Option<Place>,
    pub after: Place,
    /// Whether this change skips it.
    pub is_skipped: bool,
    pub conflicts: Vec<DateConflict>,
}

impl TaskDates {
    /// Whether anything of it changes but its place among the others of its week.
    #[must_use]
    pub fn changes(&self) -> bool {
        self.is_skipped
            || self.before.is_none_or(|before| {
                (before.week, before.starts_on, before.due_on)
                    != (self.after.week, self.after.starts_on, self.after.due_on)
            })
    }
}

/// A change of dates, before → after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DatesChange {
    pub mentorship_id: MentorshipId,
    pub kind: MentorshipEventKind,
    pub start_on: NaiveDate,
    pub new_start_on: NaiveDate,
    pub end_on: NaiveDate,
    pub new_end_on: NaiveDate,
    /// Every task but sub-tasks, by week and position after. Open sub-tasks go with their task.
    pub tasks: Vec<TaskDates>,
    /// Tasks that change.
    pub moved: i64,
    /// Tasks with something against their new dates.
    pub conflicts: i64,
    /// Weekdays off between the new first and last day.
    pub days_off: Vec<DayOff>,
    /// `starts_in_past`, `starts_on_day_off`, `holidays_unknown`.
    pub warnings: Vec<String>,
    /// The mark of exactly this change.
    pub seen: String,
    /// Whether it was made, or only shown.
    pub is_applied: bool,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// The new first day: every open task moves along.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_on: Option<NaiveDate>,
    /// The new last day: no task moves. Not before the last due date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_on: Option<NaiveDate>,
    #[serde(default)]
    pub preview: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 100))]
    pub seen: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pause {
    /// Needed, but for a preview.
    #[serde(default)]
    #[schemars(length(max = 2000))]
    pub reason: String,
    /// When it is expected to go on: what the preview counts with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resume_on: Option<NaiveDate>,
    #[serde(default)]
    pub preview: bool,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Resume {
    /// The first day of work after the pause; today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resume_on: Option<NaiveDate>,
    #[serde(default)]
    pub preview: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 100))]
    pub seen: Option<String>,
}

/// Another place for one task. Without dates they follow the week.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskPlace {
    pub task_id: TaskId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 104))]
    pub week: Option<i64>,
    /// From 1, in its week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 1000))]
    pub position: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskSkip {
    pub task_id: TaskId,
    #[schemars(length(min = 1, max = 5000))]
    pub reason: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddedTask {
    #[schemars(length(min = 1, max = 200))]
    pub title: String,
    #[serde(default)]
    #[schemars(length(max = 20_000))]
    pub guideline: String,
    #[schemars(range(min = 1, max = 104))]
    pub week: i64,
    pub priority: Priority,
    pub starts_on: NaiveDate,
    pub due_on: NaiveDate,
    #[serde(default)]
    pub is_required: Option<bool>,
}

/// One person's plan, changed in several places at once: all of it or nothing.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanEdit {
    #[serde(default)]
    #[schemars(length(max = 1000))]
    pub moves: Vec<TaskPlace>,
    #[serde(default)]
    #[schemars(length(max = 500))]
    pub skips: Vec<TaskSkip>,
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub adds: Vec<AddedTask>,
    #[serde(default)]
    pub preview: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 100))]
    pub seen: Option<String>,
}

endpoint! {
    /// Move the first day with every open task, or the last day; `preview` only shows it.
    ///
    /// Finished work is never touched; of started work only the due date moves.
    POST "/api/mentorship/{mentorship_id}/shift" ShiftMentorship path(mentorship_id: MentorshipId) body(shift: Shift) -> DatesChange, EditMentorship, can_be(Stale)
}
endpoint! {
    /// Pause it: nothing moves until it is resumed. `preview` shows what would move then.
    POST "/api/mentorship/{mentorship_id}/pause" PauseMentorship path(mentorship_id: MentorshipId) body(pause: Pause) -> DatesChange, EditMentorship
}
endpoint! {
    /// Resume it: every open task moves by the days of the pause; `preview` only shows it.
    POST "/api/mentorship/{mentorship_id}/resume" ResumeMentorship path(mentorship_id: MentorshipId) body(resume: Resume) -> DatesChange, EditMentorship, can_be(Stale)
}
endpoint! {
    /// Change one person's plan: move, re-date, skip and add tasks; `preview` only shows it.
    POST "/api/mentorship/{mentorship_id}/plan" EditPlan path(mentorship_id: MentorshipId) body(edit: PlanEdit) -> DatesChange, EditMentorship, can_be(Stale)
}
endpoint! {
    /// Take the last change of dates or plan back, if nothing changed since.
    POST "/api/mentorship/{mentorship_id}/undo" UndoPlanChange path(mentorship_id: MentorshipId) -> DatesChange, EditMentorship, can_be(Stale)
}
