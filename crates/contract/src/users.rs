//! People: everybody who can sign in.

use crate::{
    CompanyId, DepartmentId, File, Nothing, Page, UserId,
    auth::Locale,
    endpoint,
    policy::{Role, Roles},
};
use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

crate::words! {
    /// Where an account is in its life.
    UserStatus {
        /// Has not set a password yet.
        Invited = "invited",
        Active = "active",
        /// Can't sign in; everything stays readable.
        Suspended = "suspended",
    }
}
crate::words! {
    /// The order of a list of people; a leading `-` turns it round.
    UserSort {
        Name = "name",
        NameDown = "-name",
        EmployeeNumber = "employee_number",
        EmployeeNumberDown = "-employee_number",
        HiredOn = "hired_on",
        HiredOnDown = "-hired_on",
        LastLogin = "last_login_at",
        LastLoginDown = "-last_login_at",
    }
}
crate::words! {
    /// A file format for tables.
    SheetFormat { Csv = "csv", Xlsx = "xlsx" }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct User {
    pub user_id: UserId,
    pub company_id: Option<CompanyId>,
    pub company_name: Option<String>,
    pub department_id: Option<DepartmentId>,
    pub department_name: Option<String>,
    pub employee_number: Option<String>,
    /// What the person signs in with.
    pub email: String,
    pub family_name: String,
    pub given_name: String,
    /// As it is shown: 한지우, Jiwoo Han.
    pub name: String,
    pub roles: Roles,
    /// 직위
    pub position: Option<String>,
    /// 직무
    pub job_title: Option<String>,
    #[cfg_attr(feature = "sql", sqlx(json))]
    pub tags: Vec<String>,
    pub hired_on: Option<NaiveDate>,
    /// Whom they report to: never their mentor.
    #[serde(default)]
    pub manager_id: Option<UserId>,
    #[serde(default)]
    pub manager_name: Option<String>,
    pub status: UserStatus,
    pub locale: Locale,
    pub last_login_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UserFilter {
    /// Name in either order, initial consonants (ㅎㅈㅇ), employee number, e-mail, department or position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 100))]
    pub search: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department_id: Option<DepartmentId>,
    /// With `department_id`: the departments below it too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtree: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<UserStatus>,
    /// Only those without an active mentorship.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unmentored: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<UserSort>,
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

/// A new person; an invitation is sent unless `invite` is false.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUser {
    #[schemars(length(min = 3, max = 254))]
    pub email: String,
    #[schemars(length(min = 1, max = 50))]
    pub family_name: String,
    #[schemars(length(min = 1, max = 50))]
    pub given_name: String,
    #[schemars(length(min = 1, max = 3))]
    pub roles: Roles,
    #[serde(default)]
    pub department_id: Option<DepartmentId>,
    #[serde(default)]
    #[schemars(length(min = 1, max = 50))]
    pub employee_number: Option<String>,
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub position: Option<String>,
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub job_title: Option<String>,
    #[serde(default)]
    #[schemars(length(max = 20), inner(length(min = 1, max = 30)))]
    pub tags: Vec<String>,
    #[serde(default)]
    pub hired_on: Option<NaiveDate>,
    #[serde(default)]
    pub locale: Option<Locale>,
    #[serde(default)]
    pub invite: Option<bool>,
}

/// What isn't named stays as it is; `null` clears.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UserPatch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 3, max = 254))]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 50))]
    pub family_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 50))]
    pub given_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 3))]
    pub roles: Option<Roles>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::text::nullable")]
    pub department_id: Option<Option<DepartmentId>>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::text::nullable")]
    #[schemars(length(min = 1, max = 50))]
    pub employee_number: Option<Option<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::text::nullable")]
    #[schemars(length(max = 100))]
    pub position: Option<Option<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::text::nullable")]
    #[schemars(length(max = 100))]
    pub job_title: Option<Option<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 20), inner(length(min = 1, max = 30)))]
    pub tags: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::text::nullable")]
    pub hired_on: Option<Option<NaiveDate>>,
    /// Whom they report to.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::text::nullable")]
    pub manager_id: Option<Option<UserId>>,
    /// `active` or `suspended`; `invited` can't be set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<UserStatus>,
}

/// One change to many people.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ManyUsersPatch {
    #[schemars(length(min = 1, max = 500))]
    pub user_ids: Vec<UserId>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::text::nullable")]
    pub department_id: Option<Option<DepartmentId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<UserStatus>,
}

/// How many rows an operation changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Changed {
    pub changed: i64,
}

/// The columns an import knows: the field, and what the column may be called beside that.
pub const IMPORT_COLUMNS: &[(&str, &[&str])] = &[
    ("employee_number", &["사번", "사원번호", "직원번호", "employee id", "employee no"]),
    ("family_name", &["성", "성씨", "last name", "surname"]),
    ("given_name", &["이름", "성명", "first name", "name", "full name"]),
    ("email", &["이메일", "이메일 주소", "메일", "e-mail address"]),
    ("department", &["부서", "부서명", "팀", "team"]),
    ("position", &["직급", "직위", "title"]),
    ("job_title", &["직무", "담당 업무", "job"]),
    ("manager", &["상급자", "상급자 이메일", "보고 대상", "line manager", "manager email", "reports to"]),
    ("role", &["mentee/mentor", "mentor/mentee", "멘티/멘토", "멘토/멘티", "역할", "roles"]),
    ("hired_on", &["입사일", "입사일자", "hire date", "joined on"]),
    ("admin", &["관리자여부(o/x)", "관리자여부", "관리자", "is admin"]),
    ("active", &["활성화여부(o/x)", "활성화여부", "활성", "재직여부", "is active"]),
];

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportOptions {
    /// Only report what would happen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dry_run: Option<bool>,
    /// Send invitations to the new people. Default: yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invite: Option<bool>,
}

crate::words! {
    /// What an import does with a row.
    ImportOutcome {
        Create = "create",
        Update = "update",
        Same = "same",
        Bad = "bad",
    }
}

/// One bad cell of an imported file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImportError {
    /// The line of the file, the header being 1.
    pub line: i64,
    /// The field, as in `NewUser`; empty for the row as a whole.
    pub field: String,
    pub code: String,
    pub message: String,
    /// What stood there.
    pub value: String,
    /// What the message mentions: the `line` that has it already, a `suggestion`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
}

/// One row of an imported file, as it was understood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImportRow {
    pub line: i64,
    pub outcome: ImportOutcome,
    pub name: String,
    pub email: String,
    pub department: String,
    pub roles: Roles,
    pub hired_on: Option<NaiveDate>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImportReport {
    pub dry_run: bool,
    /// `utf-8`, `cp949`, `utf-16` or `xlsx`.
    pub encoding: String,
    pub total: i64,
    pub created: i64,
    pub updated: i64,
    pub same: i64,
    pub bad: i64,
    /// Every bad cell, at most 1,000.
    pub errors: Vec<ImportError>,
    /// The bad rows first, then the others, at most 500.
    pub rows: Vec<ImportRow>,
    /// Columns of the file that mean nothing here and were left out.
    pub ignored_columns: Vec<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportOptions {
    pub format: SheetFormat,
    /// The department and those below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department_id: Option<DepartmentId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<UserStatus>,
}

endpoint! {
    /// People of the company, searched, filtered and sorted.
    GET "/api/users/" ListUsers query(filter: UserFilter) -> Page<User>, ReadPeople
}
endpoint! {
    /// Add a person and send an invitation.
    POST "/api/users/" CreateUser body(user: NewUser) -> User, EditPeople
}
endpoint! {
    /// Change many people at once: department, or active and suspended.
    PUT "/api/users/" UpdateUsers body(patch: ManyUsersPatch) -> Changed, EditPeople
}
endpoint! {
    /// One person.
    GET "/api/users/{user_id}" GetUser path(user_id: UserId) -> User, ReadPeople
}
endpoint! {
    /// Change a person. Roles and status take effect within a second.
    PUT "/api/users/{user_id}" UpdateUser path(user_id: UserId) body(patch: UserPatch) -> User, EditPeople
}
endpoint! {
    /// Delete a person who has no history; others are suspended instead (409 says so).
    DELETE "/api/users/{user_id}" DeleteUser path(user_id: UserId) -> Nothing, EditPeople
}
endpoint! {
    /// Send the invitation again.
    POST "/api/users/{user_id}/invite" InviteUser path(user_id: UserId) -> Nothing, EditPeople
}
endpoint! {
    /// Import people from CSV (UTF-8, UTF-16 or CP949) or XLSX: all rows or none.
    ///
    /// Rows are matched by e-mail, or by employee number. Departments are found by name. The old
    /// system's column names are understood: 사번, 성, 이름, 이메일, 부서, 직급, 직무, mentee/mentor,
    /// 입사일, 관리자여부(o/x), 활성화여부(o/x). With `dry_run` nothing changes and the report says
    /// what would; without it, bad rows are a 422 that names each as `rows.<line>.<field>`.
    POST "/api/users/import" ImportUsers query(options: ImportOptions) body(file: File) -> ImportReport, EditPeople
}
endpoint! {
    /// Export people as CSV or XLSX, in the columns that import reads.
    GET "/api/users/export" ExportUsers query(options: ExportOptions) -> File, ExportPeople
}
