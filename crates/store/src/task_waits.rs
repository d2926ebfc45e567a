//! What tasks wait for: the open tasks of plans, by the keys they have from their curriculum.

use crate::{Engine, Result, Within};
use contract::{MentorshipId, tasks::TaskName};

/// A task that others may wait for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenTask {
    pub mentorship_id: MentorshipId,
    pub template_key: String,
    pub name: TaskName,
}

macro_rules! open_tasks {
    ($mentorships:literal) => {
        concat!(
            "SELECT t.mentorship_id, t.template_key, t.task_id, t.title FROM tasks t
             WHERE t.company_id = $1 AND t.mentorship_id IN (",
            $mentorships,
            ") AND t.parent_id IS NULL AND t.template_key IS NOT NULL AND t.status NOT IN ('done', 'skipped')
             ORDER BY t.week, t.position, t.task_id"
        )
    };
}

impl Within {
    /// The tasks from curricula that are neither done nor skipped in these mentorships, which the caller must have
    /// reached before.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn open_tasks(&mut self, mentorships: &[MentorshipId]) -> Result<Vec<OpenTask>> {
        let sql = match self.engine() {
            Engine::Postgres => {
                open_tasks!("SELECT CAST(x AS BIGINT) FROM jsonb_array_elements_text(CAST($2 AS JSONB)) x")
            }
            Engine::Sqlite => open_tasks!("SELECT value FROM json_each($2)"),
        };
        let rows: Vec<(MentorshipId, String, contract::TaskId, String)> =
            self.company_query(sql).bind(crate::bulk::json(mentorships)?).all().await?;
        let open = rows.into_iter().map(|(mentorship_id, template_key, task_id, title)| OpenTask {
            mentorship_id,
            template_key,
            name: TaskName { task_id, title },
        });
        Ok(open.collect())
    }
}
