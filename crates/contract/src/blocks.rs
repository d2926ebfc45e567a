//! Task blocks 과제 묶음: tasks that are used again and again, with what they wait for among themselves.

use crate::curriculum::TemplateTask;
use crate::{BlockId, CompanyId, DepartmentId, Nothing, Page, UserId, endpoint};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct Block {
    pub block_id: BlockId,
    pub company_id: CompanyId,
    /// None = 공용: for the whole company.
    pub department_id: Option<DepartmentId>,
    pub department_name: Option<String>,
    pub name: String,
    /// How many weeks it spans.
    pub total_weeks: i64,
    pub task_count: i64,
    pub created_by: Option<UserId>,
    pub created_by_name: Option<String>,
    pub updated_at: DateTime<Utc>,
    /// Whether the caller may rename or delete it.
    pub can_edit: bool,
}

/// A block with its tasks; the first of its weeks is 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BlockDetail {
    pub block: Block,
    pub tasks: Vec<TemplateTask>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BlockFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub limit: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 500))]
    pub cursor: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBlock {
    #[schemars(length(min = 1, max = 100))]
    pub name: String,
    /// None = 공용.
    #[serde(default)]
    pub department_id: Option<DepartmentId>,
    /// What they wait for must be among them. Weeks count from the first one's.
    #[schemars(length(min = 1, max = 100))]
    pub tasks: Vec<TemplateTask>,
}

/// What isn't named stays as it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BlockPatch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 100))]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::text::nullable")]
    pub department_id: Option<Option<DepartmentId>>,
}

endpoint! {
    /// Blocks of the company, by name.
    GET "/api/curriculum/blocks" ListBlocks query(filter: BlockFilter) -> Page<Block>, ReadCurriculum
}
endpoint! {
    /// Keep tasks as a block.
    POST "/api/curriculum/blocks" CreateBlock body(block: NewBlock) -> BlockDetail, CreateCurriculum
}
endpoint! {
    /// One block with its tasks.
    GET "/api/curriculum/blocks/{block_id}" GetBlock path(block_id: BlockId) -> BlockDetail, ReadCurriculum
}
endpoint! {
    /// Rename a block, or give it to another department.
    PUT "/api/curriculum/blocks/{block_id}" UpdateBlock path(block_id: BlockId) body(patch: BlockPatch) -> Block, EditCurriculum
}
endpoint! {
    /// Delete a block; what was inserted from it stays.
    DELETE "/api/curriculum/blocks/{block_id}" DeleteBlock path(block_id: BlockId) -> Nothing, EditCurriculum
}
