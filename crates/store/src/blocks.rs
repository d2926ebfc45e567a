//! Task blocks. Everybody who makes curricula uses all of the company's; who may change one is as with curricula.

use crate::{Result, Within};
use chrono::{DateTime, Utc};
use contract::{BlockId, DepartmentId, UserId, blocks::Block, curriculum::TemplateTask, policy::Reach};
use sqlx::types::Json;

/// A block's row, for `SELECT` and `RETURNING`.
macro_rules! block_columns {
    () => {
        "task_blocks.block_id, task_blocks.company_id, task_blocks.department_id,
         (SELECT d.name FROM departments d WHERE d.department_id = task_blocks.department_id) AS department_name,
         task_blocks.name, task_blocks.total_weeks, task_blocks.task_count, task_blocks.created_by,
         (SELECT u.name FROM users u WHERE u.user_id = task_blocks.created_by) AS created_by_name,
         task_blocks.updated_at,
         coalesce(CAST($2 AS BIGINT) IS NULL OR task_blocks.created_by = $2 OR task_blocks.department_id = $3, FALSE)
             AS can_edit"
    };
}

macro_rules! own_block {
    () => {
        "task_blocks.company_id = $1 AND task_blocks.block_id = $4
         AND (CAST($2 AS BIGINT) IS NULL OR task_blocks.created_by = $2 OR task_blocks.department_id = $3)"
    };
}

/// A block that is to be kept.
#[derive(Debug, Clone)]
pub struct NewBlockRow {
    pub name: String,
    pub department_id: Option<DepartmentId>,
    pub tasks: Vec<TemplateTask>,
    pub total_weeks: i64,
    pub created_by: UserId,
}

impl Within {
    /// By name, after the one last seen.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn blocks(
        &mut self,
        editing: &Reach,
        after: Option<(String, BlockId)>,
        limit: i64,
    ) -> Result<Vec<Block>> {
        self.edit_query(
            editing,
            concat!(
                "SELECT ",
                block_columns!(),
                " FROM task_blocks
                 WHERE task_blocks.company_id = $1
                   AND (CAST($5 AS BIGINT) IS NULL OR (task_blocks.name, task_blocks.block_id) > ($4, $5))
                 ORDER BY task_blocks.name, task_blocks.block_id LIMIT $6"
            ),
        )
        .bind(after.as_ref().map(|(name, _)| name.clone()))
        .bind(after.map(|(_, block_id)| block_id))
        .bind(limit)
        .all()
        .await
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn block(&mut self, editing: &Reach, block_id: BlockId) -> Result<Option<Block>> {
        self.edit_query(
            editing,
            concat!(
                "SELECT ",
                block_columns!(),
                " FROM task_blocks WHERE task_blocks.company_id = $1 AND task_blocks.block_id = $4"
            ),
        )
        .bind(block_id)
        .optional()
        .await
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn block_tasks(&mut self, block_id: BlockId) -> Result<Vec<TemplateTask>> {
        let tasks: Option<(Json<Vec<TemplateTask>>,)> = self
            .company_query("SELECT tasks FROM task_blocks WHERE company_id = $1 AND block_id = $2")
            .bind(block_id)
            .optional()
            .await?;
        Ok(tasks.map(|(Json(tasks),)| tasks).unwrap_or_default())
    }

    /// Keeps a block; `None` when there is no such department.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn create_block(
        &mut self,
        editing: &Reach,
        block: NewBlockRow,
        now: DateTime<Utc>,
    ) -> Result<Option<Block>> {
        let count = i64::try_from(block.tasks.len()).unwrap_or(i64::MAX);
        self.edit_query(
            editing,
            concat!(
                "INSERT INTO task_blocks (company_id, department_id, name, tasks, total_weeks, task_count, created_by,
                                          created_at, updated_at)
                 SELECT companies.company_id, $4, $5, $6, $7, $8, $9, $10, $10 FROM companies
                 WHERE companies.company_id = $1
                   AND (CAST($4 AS BIGINT) IS NULL
                        OR EXISTS (SELECT 1 FROM departments d WHERE d.company_id = $1 AND d.department_id = $4))
                 RETURNING ",
                block_columns!()
            ),
        )
        .bind(block.department_id)
        .bind(block.name)
        .bind(Json(block.tasks))
        .bind(block.total_weeks)
        .bind(count)
        .bind(block.created_by)
        .bind(now)
        .optional()
        .await
    }

    /// `department_id` is whether it changes, and what to; `None` when it isn't the caller's or there is no such
    /// department.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn update_block(
        &mut self,
        editing: &Reach,
        block_id: BlockId,
        name: Option<String>,
        department_id: Option<Option<DepartmentId>>,
        now: DateTime<Utc>,
    ) -> Result<Option<Block>> {
        self.edit_query(
            editing,
            concat!(
                "UPDATE task_blocks
                 SET name = coalesce($5, name), department_id = CASE WHEN $6 THEN $7 ELSE department_id END,
                     updated_at = $8
                 WHERE ",
                own_block!(),
                "  AND (CAST($7 AS BIGINT) IS NULL
                        OR EXISTS (SELECT 1 FROM departments d WHERE d.company_id = $1 AND d.department_id = $7))
                 RETURNING ",
                block_columns!()
            ),
        )
        .bind(block_id)
        .bind(name)
        .bind(department_id.is_some())
        .bind(department_id.flatten())
        .bind(now)
        .optional()
        .await
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn delete_block(&mut self, editing: &Reach, block_id: BlockId) -> Result<bool> {
        let deleted = self
            .edit_query(editing, concat!("DELETE FROM task_blocks WHERE ", own_block!()))
            .bind(block_id)
            .execute()
            .await?;
        Ok(deleted > 0)
    }
}
