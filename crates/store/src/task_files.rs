//! Files and ticked items of a task: what the owner shows beside the words.

use crate::{Result, Unscoped, Within};
use chrono::{DateTime, Utc};
use contract::{FileId, TaskId, UserId, files::TaskFile};

/// A file that was kept, to be named in a row.
#[derive(Debug, Clone, Copy)]
pub struct NewTaskFile<'a> {
    pub task_id: TaskId,
    pub name: &'a str,
    pub media_type: &'a str,
    pub size: i64,
    pub sha256: &'a str,
}

macro_rules! files {
    ($rest:literal) => {
        concat!(
            "SELECT f.file_id, f.task_id, f.name, f.media_type, f.size, f.sha256, f.uploaded_by,
                    u.name AS uploader_name, f.uploaded_at
             FROM task_files f
             JOIN tasks t ON t.task_id = f.task_id
             JOIN mentorships m ON m.mentorship_id = t.mentorship_id
             JOIN users u ON u.user_id = f.uploaded_by
             WHERE f.company_id = $1 AND ($2 IS NULL OR m.mentee_id = $2 OR m.mentor_id = $3) AND f.task_id = $4 ",
            $rest
        )
    };
}

impl Within {
    /// The files of a task, the oldest first.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn task_files(&mut self, task_id: TaskId) -> Result<Vec<TaskFile>> {
        self.pair_query(files!("ORDER BY f.file_id")).bind(task_id).all().await
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn task_file(&mut self, task_id: TaskId, file_id: FileId) -> Result<Option<TaskFile>> {
        self.pair_query(files!("AND f.file_id = $5")).bind(task_id).bind(file_id).optional().await
    }

    /// Adds a file to a task that is being worked on and has fewer than `most`; `None` when it isn't such a one.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn create_task_file(
        &mut self,
        file: &NewTaskFile<'_>,
        most: i64,
        uploaded_by: UserId,
        now: DateTime<Utc>,
    ) -> Result<Option<FileId>> {
        let counted = self
            .company_query(
                "UPDATE tasks SET files = files + 1, updated_at = $4
                 WHERE company_id = $1 AND task_id = $2 AND files < $3 AND status IN ('todo', 'in_progress', 'returned')",
            )
            .bind(file.task_id)
            .bind(most)
            .bind(now)
            .execute()
            .await?;
        if counted == 0 {
            return Ok(None);
        }
        let (file_id,) = self
            .company_query(
                "INSERT INTO task_files (company_id, task_id, name, media_type, size, sha256, uploaded_by, uploaded_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING file_id",
            )
            .bind(file.task_id)
            .bind(file.name.to_owned())
            .bind(file.media_type.to_owned())
            .bind(file.size)
            .bind(file.sha256.to_owned())
            .bind(uploaded_by)
            .bind(now)
            .one()
            .await?;
        Ok(Some(file_id))
    }

    /// Takes a file out of a task; its name. `None` when it is gone or the task isn't being worked on.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn delete_task_file(
        &mut self,
        task_id: TaskId,
        file_id: FileId,
        now: DateTime<Utc>,
    ) -> Result<Option<String>> {
        let deleted: Option<(String,)> = self
            .company_query(
                "DELETE FROM task_files WHERE company_id = $1 AND task_id = $2 AND file_id = $3 RETURNING name",
            )
            .bind(task_id)
            .bind(file_id)
            .optional()
            .await?;
        let Some((name,)) = deleted else { return Ok(None) };
        let counted = self
            .company_query(
                "UPDATE tasks SET files = files - 1, updated_at = $3
                 WHERE company_id = $1 AND task_id = $2 AND status IN ('todo', 'in_progress', 'returned')",
            )
            .bind(task_id)
            .bind(now)
            .execute()
            .await?;
        Ok((counted > 0).then_some(name))
    }

    /// Ticks an item off; twice is once. At most `most` of them are kept.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn check_item(
        &mut self,
        task_id: TaskId,
        item: &str,
        most: i64,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.company_query(
            "INSERT INTO task_checks (company_id, task_id, item, checked_at)
             SELECT $1, $2, $3, $4
             WHERE (SELECT count(*) FROM task_checks c WHERE c.task_id = $2) < $5
             ON CONFLICT (task_id, item) DO NOTHING",
        )
        .bind(task_id)
        .bind(item.to_owned())
        .bind(now)
        .bind(most)
        .execute()
        .await
        .map(drop)
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn uncheck_item(&mut self, task_id: TaskId, item: &str) -> Result<()> {
        self.company_query("DELETE FROM task_checks WHERE company_id = $1 AND task_id = $2 AND item = $3")
            .bind(task_id)
            .bind(item.to_owned())
            .execute()
            .await
            .map(drop)
    }
}

impl Unscoped<'_> {
    /// The hashes a company's rows name, from `first` up to and without `end`.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn named_hashes(&mut self, company: &str, first: &str, end: &str) -> Result<Vec<String>> {
        let rows: Vec<(String,)> = self
            .tx
            .query("SELECT DISTINCT sha256 FROM task_files WHERE company_id = $1 AND sha256 >= $2 AND sha256 < $3")
            .bind(company.to_owned())
            .bind(first.to_owned())
            .bind(end.to_owned())
            .all()
            .await?;
        Ok(rows.into_iter().map(|(sha256,)| sha256).collect())
    }
}
