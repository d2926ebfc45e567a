//! Tasks, as they are read.

use crate::{Result, Within};
use chrono::NaiveDate;
use contract::{
    MentorshipId, TaskId, UserId,
    curriculum::Priority,
    mentorship::MentorshipStatus,
    tasks::{Due, Task, TaskSort, TaskStatus},
};

/// Every column of [`Task`]: `columns!("t.")` of the table called `t`, `columns!("")` for `RETURNING`, where SQLite
/// knows no such names.
macro_rules! columns {
    ($of:literal) => {
        concat!(
            $of,
            "task_id, ",
            $of,
            "company_id, ",
            $of,
            "mentorship_id, ",
            $of,
            "parent_id, ",
            $of,
            "template_key, ",
            $of,
            "title, ",
            $of,
            "guideline, ",
            $of,
            "submission, ",
            $of,
            "week, ",
            $of,
            "position, ",
            $of,
            "priority, ",
            $of,
            "kind, ",
            $of,
            "owner, ",
            $of,
            "owner_id, ",
            $of,
            "is_required, ",
            $of,
            "starts_on, ",
            $of,
            "due_on, ",
            $of,
            "started_at, ",
            $of,
            "submitted_at, ",
            $of,
            "completed_at, ",
            $of,
            "status, ",
            $of,
            "status_comment, ",
            $of,
            "version, ",
            $of,
            "updated_at, ",
            $of,
            "subtasks, ",
            $of,
            "subtasks_done, ",
            $of,
            "memos, ",
            $of,
            "files, ",
            $of,
            "returns, ",
            $of,
            "depends_on"
        )
    };
}
pub(crate) use columns;

/// A task with what decides who may do what with it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ListedTask {
    #[sqlx(flatten)]
    pub task: Task,
    pub mentor_id: UserId,
    pub mentee_id: UserId,
    pub mentorship_status: MentorshipStatus,
}

/// A task with its pair and its parent.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PlacedTask {
    #[sqlx(flatten)]
    pub task: Task,
    pub mentor_id: UserId,
    pub mentor_name: String,
    pub mentee_id: UserId,
    pub mentee_name: String,
    pub mentorship_title: String,
    pub mentorship_status: MentorshipStatus,
    pub parent_status: Option<TaskStatus>,
    checked: Option<String>,
}

impl PlacedTask {
    /// The items of the guideline's lists that are ticked off.
    #[must_use]
    pub fn checked(&self) -> Vec<String> {
        self.checked.iter().flat_map(|items| items.split('\n')).map(str::to_owned).collect()
    }
}

/// A mentorship as far as new tasks need it.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub struct Pair {
    pub mentor_id: UserId,
    pub mentee_id: UserId,
    pub status: MentorshipStatus,
    pub end_on: NaiveDate,
}

/// Which tasks, and from where on.
#[derive(Debug, Clone, Default)]
pub struct TaskQuery {
    pub mentorship_id: Option<MentorshipId>,
    pub status: Option<TaskStatus>,
    pub week: Option<i64>,
    pub priority: Option<Priority>,
    pub due: Option<Due>,
    pub sort: Option<TaskSort>,
    pub after: Option<TaskKey>,
    pub skip: i64,
    pub limit: i64,
}

/// A place in a list of tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum TaskKey {
    #[serde(rename = "p")]
    Plan(MentorshipId, i64, i64, TaskId),
    #[serde(rename = "d")]
    Due(NaiveDate, TaskId),
}

impl TaskKey {
    #[must_use]
    pub fn of(task: &Task, sort: TaskSort) -> Self {
        match sort {
            TaskSort::Plan => Self::Plan(task.mentorship_id, task.week, task.position, task.task_id),
            TaskSort::Due => Self::Due(task.due_on, task.task_id),
        }
    }
}

/// `$1`–`$3` are the pair's. A mentorship's own tasks have a text of their own, so that its index is always used.
macro_rules! listed {
    ($which:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            crate::tasks::columns!("t."),
            ", m.mentor_id, m.mentee_id, m.status AS mentorship_status
             FROM tasks t
             JOIN mentorships m ON m.mentorship_id = t.mentorship_id
             WHERE t.company_id = $1 AND ($2 IS NULL OR m.mentee_id = $2 OR m.mentor_id = $3)
               AND t.parent_id IS NULL
               AND ($5 IS NULL OR t.status = $5) AND ($6 IS NULL OR t.week = $6) AND ($7 IS NULL OR t.priority = $7)
               AND ($8 IS NULL OR (t.due_on BETWEEN $8 AND $9 AND t.status IN ('todo', 'in_progress', 'returned')))
               AND ",
            $which,
            $rest
        )
    };
}
/// By week, then in order.
macro_rules! by_plan {
    ($which:literal) => {
        listed!(
            $which,
            " AND ($12 IS NULL OR (t.mentorship_id, t.week, t.position, t.task_id) > ($12, $13, $14, $15))
             ORDER BY t.mentorship_id, t.week, t.position, t.task_id LIMIT $10 OFFSET $11"
        )
    };
}
macro_rules! by_due_date {
    ($which:literal) => {
        listed!(
            $which,
            " AND ($12 IS NULL OR (t.due_on, t.task_id) > ($12, $13)) ORDER BY t.due_on, t.task_id LIMIT $10 OFFSET $11"
        )
    };
}

impl Within {
    /// Parent tasks, by plan or by due date. `today` is what `due` is measured from.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn tasks(&mut self, query: &TaskQuery, today: NaiveDate) -> Result<Vec<ListedTask>> {
        let sort = query.sort.unwrap_or(TaskSort::Plan);
        let sql = match (sort, query.mentorship_id.is_some()) {
            (TaskSort::Plan, true) => by_plan!("t.mentorship_id = $4"),
            (TaskSort::Plan, false) => by_plan!("$4 IS NULL"),
            (TaskSort::Due, true) => by_due_date!("t.mentorship_id = $4"),
            (TaskSort::Due, false) => by_due_date!("$4 IS NULL"),
        };
        let (from, to) = match query.due {
            None => (None, None),
            Some(Due::Overdue) => (NaiveDate::from_ymd_opt(1, 1, 1), today.pred_opt()),
            Some(Due::Today) => (Some(today), Some(today)),
            Some(Due::Week) => (Some(today), today.checked_add_days(chrono::Days::new(6))),
        };
        let of_one = query.mentorship_id.is_some();
        let statement = self
            .pair_query(sql)
            .bind(query.mentorship_id)
            .bind(query.status)
            .bind(query.week)
            .bind(query.priority)
            .bind(from)
            .bind(to)
            .bind(query.limit)
            .bind(query.skip);
        let statement = match (sort, query.after) {
            (TaskSort::Plan, Some(TaskKey::Plan(mentorship_id, week, position, task_id))) => {
                statement.bind(Some(mentorship_id)).bind(Some(week)).bind(Some(position)).bind(Some(task_id))
            }
            (TaskSort::Due, Some(TaskKey::Due(due_on, task_id))) => {
                statement.bind(Some(due_on)).bind(Some(task_id))
            }
            (TaskSort::Plan, _) => {
                statement.bind(None::<MentorshipId>).bind(None::<i64>).bind(None::<i64>).bind(None::<TaskId>)
            }
            (TaskSort::Due, _) => statement.bind(None::<NaiveDate>).bind(None::<TaskId>),
        };
        let statement = if of_one { statement } else { statement.planned_anew() };
        statement.all().await
    }

    /// All parent tasks of a mentorship, by week and position.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn plan_tasks(&mut self, mentorship_id: MentorshipId) -> Result<Vec<Task>> {
        self.company_query(concat!(
            "SELECT ",
            columns!("t."),
            " FROM tasks t WHERE t.company_id = $1 AND t.mentorship_id = $2 AND t.parent_id IS NULL
              ORDER BY t.week, t.position, t.task_id"
        ))
        .bind(mentorship_id)
        .all()
        .await
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn task(&mut self, task_id: TaskId) -> Result<Option<PlacedTask>> {
        self.pair_query(concat!(
            "SELECT ",
            columns!("t."),
            ", m.mentor_id, r.name AS mentor_name, m.mentee_id, e.name AS mentee_name, m.title AS mentorship_title,
                m.status AS mentorship_status, o.status AS parent_status,
                (SELECT string_agg(c.item, $5) FROM task_checks c WHERE c.task_id = t.task_id) AS checked
             FROM tasks t
             JOIN mentorships m ON m.mentorship_id = t.mentorship_id
             JOIN users r ON r.user_id = m.mentor_id
             JOIN users e ON e.user_id = m.mentee_id
             LEFT JOIN tasks o ON o.task_id = t.parent_id
             WHERE t.company_id = $1 AND ($2 IS NULL OR m.mentee_id = $2 OR m.mentor_id = $3) AND t.task_id = $4"
        ))
        .bind(task_id)
        .bind("\n")
        .optional()
        .await
    }

    /// The sub-tasks of a task within reach, in order.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn subtasks(&mut self, parent_id: TaskId) -> Result<Vec<Task>> {
        self.company_query(concat!(
            "SELECT ",
            columns!("t."),
            " FROM tasks t WHERE t.company_id = $1 AND t.parent_id = $2 ORDER BY t.position, t.task_id"
        ))
        .bind(parent_id)
        .all()
        .await
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn pair(&mut self, mentorship_id: MentorshipId) -> Result<Option<Pair>> {
        self.pair_query(concat!(
            "SELECT m.mentor_id, m.mentee_id, m.status, m.end_on FROM mentorships m
             WHERE m.company_id = $1 AND m.mentorship_id = $4 AND ",
            crate::couple::shown!()
        ))
        .bind(mentorship_id)
        .optional()
        .await
    }
}
