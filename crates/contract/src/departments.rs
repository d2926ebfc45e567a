//! Departments: a tree in a company.

use crate::{CompanyId, DepartmentId, Nothing, Page, endpoint};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct Department {
    pub department_id: DepartmentId,
    pub company_id: CompanyId,
    /// The department it is in; none at the top.
    pub parent_id: Option<DepartmentId>,
    pub name: String,
    pub description: String,
    pub is_active: bool,
    /// People directly in it.
    pub people: i64,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDepartment {
    #[schemars(length(min = 1, max = 100))]
    pub name: String,
    #[serde(default)]
    pub parent_id: Option<DepartmentId>,
    #[serde(default)]
    #[schemars(length(max = 2000))]
    pub description: String,
}

/// What isn't named stays as it is; `parent_id: null` moves it to the top.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DepartmentPatch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 100))]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::text::nullable")]
    pub parent_id: Option<Option<DepartmentId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 2000))]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_active: Option<bool>,
}

endpoint! {
    /// All departments of the company, parents before children, each level by name.
    GET "/api/departments/" ListDepartments -> Page<Department>, ReadDepartments
}
endpoint! {
    /// Create a department.
    POST "/api/departments/" CreateDepartment body(department: NewDepartment) -> Department, EditDepartments
}
endpoint! {
    /// One department.
    GET "/api/departments/{department_id}" GetDepartment path(department_id: DepartmentId) -> Department, ReadDepartments
}
endpoint! {
    /// Change or move a department; a cycle is refused.
    PUT "/api/departments/{department_id}" UpdateDepartment path(department_id: DepartmentId) body(patch: DepartmentPatch) -> Department, EditDepartments
}
endpoint! {
    /// Delete an empty department; 409 says what still hangs on it.
    DELETE "/api/departments/{department_id}" DeleteDepartment path(department_id: DepartmentId) -> Nothing, EditDepartments
}
