//! Curricula: what a plan is made from. Editing happens on the draft;
//! publishing freezes it as a version.

use crate::{CompanyId, CurriculumId, DepartmentId, File, Nothing, Page, UserId, VersionId, endpoint};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

crate::words! {
    /// Where a curriculum is in its life.
    CurriculumState {
        /// Never published.
        Draft = "draft",
        Published = "published",
        /// Out of use; running mentorships keep what they have.
        Archived = "archived",
    }
}
crate::words! {
    /// 상, 중, 하.
    Priority { High = "high", Medium = "medium", Low = "low" }
}
crate::words! {
    TaskKind { Task = "task", Reading = "reading", Form = "form", Meeting = "meeting" }
}
crate::words! {
    /// Whose task it is.
    TaskOwner { Mentee = "mentee", Mentor = "mentor", Admin = "admin" }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct Curriculum {
    pub curriculum_id: CurriculumId,
    pub company_id: CompanyId,
    /// None = 공용: for the whole company.
    pub department_id: Option<DepartmentId>,
    pub department_name: Option<String>,
    pub title: String,
    pub description: String,
    pub state: CurriculumState,
    pub created_by: Option<UserId>,
    /// Weeks of the draft.
    pub total_weeks: i64,
    /// Tasks of the draft.
    pub task_count: i64,
    /// The newest published version, if any.
    pub latest_version_id: Option<VersionId>,
    pub latest_number: Option<i64>,
    /// Whether the draft differs from the newest version.
    pub has_changes: bool,
    /// How many active mentorships run on any of its versions.
    pub in_use: i64,
    /// Counts every change of the draft: the `ETag`.
    pub revision: i64,
    pub updated_at: DateTime<Utc>,
    /// Whether the caller may edit it.
    #[cfg_attr(feature = "sql", sqlx(default))]
    pub can_edit: bool,
}

/// One task of a draft or a version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
#[serde(deny_unknown_fields)]
pub struct TemplateTask {
    /// Stays the same through all versions; made by the server when empty.
    #[serde(default)]
    #[schemars(length(max = 64), regex(pattern = r"^[A-Za-z0-9_-]*$"))]
    pub key: String,
    #[schemars(range(min = 1, max = 104))]
    pub week: i64,
    #[schemars(length(min = 1, max = 200))]
    pub title: String,
    /// 지침: what to do, in Markdown.
    #[serde(default)]
    #[schemars(length(max = 20_000))]
    pub guideline: String,
    /// 제출 양식: Markdown the mentee fills in.
    #[serde(default)]
    #[schemars(length(max = 20_000))]
    pub submission_form: String,
    pub priority: Priority,
    /// Working days from the first working day of the week.
    #[serde(default)]
    #[schemars(range(min = 0, max = 30))]
    pub starts_after: i64,
    /// Working days, the first one counted.
    #[schemars(range(min = 1, max = 260))]
    pub duration: i64,
    pub kind: TaskKind,
    pub owner: TaskOwner,
    /// Keys of tasks of the same version that come first.
    #[serde(default)]
    #[cfg_attr(feature = "sql", sqlx(json))]
    #[schemars(length(max = 20), inner(length(max = 64)))]
    pub depends_on: Vec<String>,
    pub is_required: bool,
}

/// 주차별 일정: what a week is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
#[serde(deny_unknown_fields)]
pub struct WeekNote {
    #[schemars(range(min = 1, max = 104))]
    pub week: i64,
    #[schemars(length(max = 2000))]
    pub note: String,
}

/// A curriculum with the tasks of its draft, or of one version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CurriculumDetail {
    pub curriculum: Curriculum,
    /// The version the tasks are of; none for the draft.
    pub number: Option<i64>,
    pub week_notes: Vec<WeekNote>,
    /// By week, then in order.
    pub tasks: Vec<TemplateTask>,
    /// `curriculum.revision`, repeated for `If-Match`.
    pub revision: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct Version {
    pub version_id: VersionId,
    pub curriculum_id: CurriculumId,
    pub number: i64,
    pub note: String,
    pub published_at: DateTime<Utc>,
    pub published_by: Option<UserId>,
    pub published_by_name: Option<String>,
    pub total_weeks: i64,
    pub task_count: i64,
    /// Active mentorships that run on it.
    pub in_use: i64,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CurriculumFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 100))]
    pub search: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<CurriculumState>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department_id: Option<DepartmentId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub limit: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 500))]
    pub cursor: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 1_000_000))]
    pub skip: Option<i64>,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCurriculum {
    #[schemars(length(min = 1, max = 200))]
    pub title: String,
    #[serde(default)]
    #[schemars(length(max = 5000))]
    pub description: String,
    /// None = 공용.
    #[serde(default)]
    pub department_id: Option<DepartmentId>,
}

/// What isn't named stays as it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CurriculumPatch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 200))]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 5000))]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::text::nullable")]
    pub department_id: Option<Option<DepartmentId>>,
    /// Archive it, or take it back into use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_archived: Option<bool>,
}

/// The whole draft at once; the order of the tasks is the order within their weeks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    #[serde(default)]
    #[schemars(length(max = 104))]
    pub week_notes: Vec<WeekNote>,
    #[schemars(length(max = 500))]
    pub tasks: Vec<TemplateTask>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// What changed, for those who run it.
    #[serde(default)]
    #[schemars(length(max = 2000))]
    pub note: String,
}

/// Where a copy belongs; where the original does when neither is said.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CopyTarget {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department_id: Option<DepartmentId>,
    /// 공용, for the whole company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_common: Option<bool>,
}

crate::words! {
    /// How a curriculum is written as a file.
    FileFormat { Yaml = "yaml", Csv = "csv" }
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileOptions {
    /// YAML when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<FileFormat>,
}

endpoint! {
    /// Curricula of the company, newest change first.
    GET "/api/curriculum/" ListCurricula query(filter: CurriculumFilter) -> Page<Curriculum>, ReadCurriculum
}
endpoint! {
    /// Create an empty curriculum.
    POST "/api/curriculum/" CreateCurriculum body(curriculum: NewCurriculum) -> CurriculumDetail, CreateCurriculum, versioned(revision)
}
endpoint! {
    /// One curriculum with its draft.
    GET "/api/curriculum/{curriculum_id}" GetCurriculum path(curriculum_id: CurriculumId) -> CurriculumDetail, ReadCurriculum, versioned(revision)
}
endpoint! {
    /// Change title, description or department, or archive it.
    PUT "/api/curriculum/{curriculum_id}" UpdateCurriculum path(curriculum_id: CurriculumId) body(patch: CurriculumPatch) -> Curriculum, EditCurriculum, versioned(revision)
}
endpoint! {
    /// Delete a curriculum that was never published; published ones are archived (409 says so).
    DELETE "/api/curriculum/{curriculum_id}" DeleteCurriculum path(curriculum_id: CurriculumId) -> Nothing, EditCurriculum
}
endpoint! {
    /// Replace the draft: all weeks and tasks at once, order kept.
    ///
    /// Dependencies must be keys of the list and free of cycles. Send `If-Match`: 412 when
    /// somebody else changed it.
    PUT "/api/curriculum/{curriculum_id}/tasks" SaveDraft path(curriculum_id: CurriculumId) body(draft: Draft) -> CurriculumDetail, EditCurriculum, versioned(revision)
}
endpoint! {
    /// Copy a curriculum with all its weeks, tasks and dependencies; the title gets " (복사본)".
    ///
    /// It belongs where the original does, or where `department_id` or `is_common` says.
    POST "/api/curriculum/{curriculum_id}/copy" CopyCurriculum path(curriculum_id: CurriculumId) query(target: CopyTarget) -> CurriculumDetail, CreateCurriculum
}
endpoint! {
    /// Freeze the draft as the next version.
    POST "/api/curriculum/{curriculum_id}/publish" PublishCurriculum path(curriculum_id: CurriculumId) body(publication: Publication) -> Version, EditCurriculum
}
endpoint! {
    /// The published versions, newest first.
    GET "/api/curriculum/{curriculum_id}/versions" ListVersions path(curriculum_id: CurriculumId) -> Page<Version>, ReadCurriculum
}
endpoint! {
    /// One published version with its tasks.
    GET "/api/curriculum/{curriculum_id}/versions/{number}" GetVersion path(curriculum_id: CurriculumId, number: i64) -> CurriculumDetail, ReadCurriculum
}
endpoint! {
    /// Make a curriculum from a YAML or CSV file, as `export` writes it.
    ///
    /// Every fault is named with its line and column, and `quote` has the line or cell as it stands in the file.
    POST "/api/curriculum/import" ImportCurriculum query(options: FileOptions) body(file: File) -> CurriculumDetail, CreateCurriculum
}
endpoint! {
    /// The draft as a YAML or CSV file; importing it gives the very same draft.
    GET "/api/curriculum/{curriculum_id}/export" ExportCurriculum path(curriculum_id: CurriculumId) query(options: FileOptions) -> File, ReadCurriculum
}
