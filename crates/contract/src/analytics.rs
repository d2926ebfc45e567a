//! Analytics: where people are, where they wait, and which tasks hold them up.
//!
//! Figures only: no text that anybody wrote, and of people only the names of mentors. A share is left to the
//! reader, who gets both its numbers. Times are in seconds, and medians.

use crate::{CurriculumId, DepartmentId, File, TemplateTaskId, endpoint, users::SheetFormat};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which mentorships: those that started in the period. Twelve weeks up to today unless named.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnalyticsFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// The mentees' department, and those below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department_id: Option<DepartmentId>,
    /// Those whose plan has this curriculum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub curriculum_id: Option<CurriculumId>,
}

crate::words! {
    /// What the mentorships are put together by.
    GroupKind {
        All = "all",
        Department = "department",
        Mentor = "mentor",
        /// The month they started in, `2026-09`.
        StartMonth = "start_month",
        /// The month the mentee was hired in.
        HiredMonth = "hired_month",
    }
}

/// Mentorships that have something in common, and how far they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct Group {
    pub kind: GroupKind,
    /// Of the department or the mentor.
    pub id: Option<i64>,
    /// Empty for all of them, and for those without a department or a day of hiring.
    pub name: String,
    pub mentorships: i64,
    /// Whose mentee has signed in at least once.
    pub signed_in: i64,
    /// With a task done.
    pub begun: i64,
    /// With half of the required tasks done.
    pub half: i64,
    /// With all required tasks done.
    pub finished: i64,
    /// Required tasks, skipped ones left out.
    pub required: i64,
    /// Of these, done.
    pub done: i64,
    /// Tasks handed in that are done, or due by now.
    pub due: i64,
    /// Of these, handed in or done no later than their day.
    pub on_time: i64,
    /// Open tasks past their day.
    pub overdue: i64,
    /// Tasks that wait for review now.
    pub waiting: i64,
}

impl Group {
    /// Required tasks done, in whole percent.
    #[must_use]
    pub fn done_percent(&self) -> Option<i64> {
        (self.required > 0).then(|| self.done * 100 / self.required)
    }

    /// Tasks on time, in whole percent.
    #[must_use]
    pub fn on_time_percent(&self) -> Option<i64> {
        (self.due > 0).then(|| self.on_time * 100 / self.due)
    }
}

/// How long reviews took: from handing in to the answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReviewSpan {
    /// The first day of it.
    pub from: NaiveDate,
    pub reviews: i64,
    /// Nothing without a review.
    pub median: Option<i64>,
}

/// The same for one mentor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MentorReviews {
    pub mentor_id: i64,
    pub name: String,
    pub reviews: i64,
    pub median: Option<i64>,
}

/// A task of a curriculum version, over everybody who has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct TaskFigures {
    pub template_task_id: TemplateTaskId,
    /// The same in every version.
    pub key: String,
    pub curriculum_id: CurriculumId,
    pub curriculum_title: String,
    /// Of the version.
    pub number: i64,
    pub week: i64,
    pub title: String,
    /// How many people have it.
    pub tasks: i64,
    pub handed_in: i64,
    pub done: i64,
    /// How many were sent back at least once.
    pub returned: i64,
    pub skipped: i64,
    pub overdue: i64,
    /// From the planned first day to beginning.
    pub wait: Option<i64>,
    /// From beginning to handing in.
    pub work: Option<i64>,
    /// From handing in to the approval.
    pub review: Option<i64>,
    /// Days past the due day until it was handed in, or until today, over all: their sum.
    pub late_days: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Analytics {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub all: Group,
    pub departments: Vec<Group>,
    pub mentors: Vec<Group>,
    pub start_months: Vec<Group>,
    pub hired_months: Vec<Group>,
    /// All reviews of the period.
    pub review: ReviewSpan,
    /// The period in at most twelve equal parts of whole weeks.
    pub reviews: Vec<ReviewSpan>,
    pub mentor_reviews: Vec<MentorReviews>,
    /// The tasks that hold people up most, at most ten.
    pub slow: Vec<TaskFigures>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CurriculumFigures {
    pub curriculum_id: CurriculumId,
    pub title: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// By version, the newest first, then as in the plan.
    pub tasks: Vec<TaskFigures>,
}

crate::words! {
    /// What can be taken along as a table.
    AnalyticsTable {
        Departments = "departments",
        Mentors = "mentors",
        StartMonths = "start_months",
        HiredMonths = "hired_months",
        Funnel = "funnel",
        Reviews = "reviews",
        Tasks = "tasks",
    }
}

/// The filter again, with what to write and how.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnalyticsExport {
    pub table: AnalyticsTable,
    pub format: SheetFormat,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department_id: Option<DepartmentId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub curriculum_id: Option<CurriculumId>,
}

impl AnalyticsExport {
    #[must_use]
    pub const fn filter(&self) -> AnalyticsFilter {
        AnalyticsFilter {
            from: self.from,
            to: self.to,
            department_id: self.department_id,
            curriculum_id: self.curriculum_id,
        }
    }
}

endpoint! {
    /// How the mentorships of a period go: progress, punctuality, reviews, and the tasks that hold people up.
    ///
    /// An admin sees the company, a mentor their own mentees. Reviews count when they happened in the period.
    GET "/api/analytics/overview" GetAnalytics query(filter: AnalyticsFilter) -> Analytics, ReadAnalytics
}
endpoint! {
    /// Every task of a curriculum's versions: how long people wait, work and wait for review, and how often it comes back.
    GET "/api/analytics/curriculum/{curriculum_id}" GetCurriculumFigures path(curriculum_id: CurriculumId) query(filter: AnalyticsFilter) -> CurriculumFigures, ReadAnalytics
}
endpoint! {
    /// One table of it as CSV or XLSX.
    GET "/api/analytics/export" ExportAnalytics query(export: AnalyticsExport) -> File, ReadAnalytics
}
