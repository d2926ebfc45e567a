//! Ready-made curricula that come with Naru, and an operator's copies between companies.

use crate::{
    CompanyId, CurriculumId, DepartmentId, Page,
    auth::Locale,
    curriculum::{CurriculumDetail, TemplateTask, WeekNote},
    endpoint,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

crate::words! {
    /// 직무: whom a ready-made curriculum is for.
    ReadyJob {
        General = "general",
        Backend = "backend",
        Frontend = "frontend",
        Data = "data",
        Sales = "sales",
        Marketing = "marketing",
        Hr = "hr",
        Remote = "remote",
    }
}

/// A ready-made curriculum, in short.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReadyCurriculum {
    /// `ko-backend`.
    pub key: String,
    pub language: Locale,
    pub job: ReadyJob,
    pub title: String,
    pub description: String,
    pub total_weeks: i64,
    pub task_count: i64,
    /// Working days of all its tasks.
    pub days: i64,
}

/// A ready-made curriculum with its weeks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReadyDetail {
    pub ready: ReadyCurriculum,
    pub week_notes: Vec<WeekNote>,
    /// By week, then in order.
    pub tasks: Vec<TemplateTask>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LibraryFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Locale>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<ReadyJob>,
    /// Words of the title, the description or a task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 100))]
    pub search: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeReady {
    /// None = 공용.
    #[serde(default)]
    pub department_id: Option<DepartmentId>,
}

/// A curriculum as an operator may know it: nothing of what is in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct CurriculumTitle {
    pub curriculum_id: CurriculumId,
    pub title: String,
    /// The newest published version: what would be copied.
    pub latest_number: i64,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompanyCopy {
    pub from_company_id: CompanyId,
    pub curriculum_id: CurriculumId,
}

endpoint! {
    /// The ready-made curricula that come with Naru.
    GET "/api/curriculum/library" ListLibrary query(filter: LibraryFilter) -> Page<ReadyCurriculum>, ReadCurriculum
}
endpoint! {
    /// One ready-made curriculum with its weeks and tasks.
    GET "/api/curriculum/library/{key}" GetReady path(key: String) -> ReadyDetail, ReadCurriculum
}
endpoint! {
    /// Take a ready-made curriculum: a draft of one's own.
    POST "/api/curriculum/library/{key}/take" TakeReadyCurriculum path(key: String) body(take: TakeReady) -> CurriculumDetail, CreateCurriculum
}
endpoint! {
    /// Titles of a company's published curricula, for an operator who copies one for another company.
    GET "/api/companies/{company_id}/curricula" ListCurriculumTitles path(company_id: CompanyId) -> Page<CurriculumTitle>, CopyBetweenCompanies
}
endpoint! {
    /// Copy the newest version of another company's curriculum into this company, as a common draft.
    POST "/api/companies/{company_id}/curricula" CopyToCompany path(company_id: CompanyId) body(copy: CompanyCopy) -> CurriculumTitle, CopyBetweenCompanies
}
