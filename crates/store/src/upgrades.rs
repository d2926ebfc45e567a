//! What an upgrade of running mentorships is drawn from: versions with their tasks, mentorships, their plans.

use crate::{Engine, Result, Within, mentorship_plan::Planned};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    CurriculumId, MentorshipId, TaskId, TemplateTaskId, UserId, VersionId,
    curriculum::{Priority, TaskKind, TaskOwner, TemplateTask},
    mentorship::{MentorshipStatus, PlanSource},
    tasks::TaskStatus,
};
use sqlx::types::Json;

/// A published version with its tasks, by week and in order.
#[derive(Debug, Clone, PartialEq)]
pub struct UpgradeVersion {
    pub version_id: VersionId,
    pub number: i64,
    pub title: String,
    pub total_weeks: i64,
    pub tasks: Vec<UpgradeTemplate>,
}

#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct UpgradeTemplate {
    pub template_task_id: TemplateTaskId,
    #[sqlx(flatten)]
    pub task: TemplateTask,
}

#[derive(sqlx::FromRow)]
struct VersionTask {
    version_id: VersionId,
    number: i64,
    curriculum_title: String,
    total_weeks: i64,
    #[sqlx(flatten)]
    template: UpgradeTemplate,
}

/// A running mentorship and the version it runs on.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct UpgradeMember {
    pub mentorship_id: MentorshipId,
    pub mentor_id: UserId,
    pub mentor_name: String,
    pub mentee_id: UserId,
    pub mentee_name: String,
    pub mentee_department: Option<String>,
    pub status: MentorshipStatus,
    pub start_on: NaiveDate,
    pub end_on: NaiveDate,
    pub total_weeks: i64,
    pub least_end_on: Option<NaiveDate>,
    #[sqlx(json)]
    pub sources: Vec<PlanSource>,
    pub number: i64,
}

/// A parent task of a plan, beside the template it was made from and what the newer version has under its key.
/// Long texts are compared by the database and stay there.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct UpgradeTask {
    pub task_id: TaskId,
    pub mentorship_id: MentorshipId,
    pub template_key: Option<String>,
    pub title: String,
    pub week: i64,
    pub position: i64,
    pub priority: Priority,
    pub kind: TaskKind,
    pub owner: TaskOwner,
    pub owner_id: UserId,
    pub is_required: bool,
    pub starts_on: NaiveDate,
    pub due_on: NaiveDate,
    #[sqlx(json)]
    pub depends_on: Vec<String>,
    pub status: TaskStatus,
    pub status_comment: Option<String>,
    pub started_at: Option<DateTime<Utc>>,
    pub memos: i64,
    pub subtasks: i64,
    pub files: i64,
    pub version: i64,
    pub planned: Option<Json<Planned>>,
    /// Made from a task of the curriculum; the `base_…` are there then.
    pub is_of_curriculum: bool,
    pub base_task_id: Option<TemplateTaskId>,
    pub base_week: Option<i64>,
    pub base_starts_after: Option<i64>,
    pub base_duration: Option<i64>,
    pub base_priority: Option<Priority>,
    pub base_kind: Option<TaskKind>,
    pub base_owner: Option<TaskOwner>,
    pub base_is_required: Option<bool>,
    pub base_depends_on: Option<Json<Vec<String>>>,
    /// The text is no longer the template's.
    pub has_own_title: bool,
    pub has_own_guideline: bool,
    pub has_own_submission: bool,
    /// The newer version has another text than the template.
    pub has_new_title: bool,
    pub has_new_guideline: bool,
    pub has_new_form: bool,
}

/// `$2` the mentorships, `$3` the curriculum, `$4` the version to come.
macro_rules! plans {
    ($mentorships:literal) => {
        concat!(
            "SELECT t.task_id, t.mentorship_id, t.template_key, t.title, t.week, t.position, t.priority, t.kind, t.owner,
                    t.owner_id, t.is_required, t.starts_on, t.due_on, t.depends_on, t.status, t.status_comment,
                    t.started_at, t.memos, t.subtasks, t.files, t.version, t.planned,
                    coalesce(v.curriculum_id = $3, FALSE) AS is_of_curriculum,
                    b.template_task_id AS base_task_id, b.week AS base_week, b.starts_after AS base_starts_after,
                    b.duration AS base_duration, b.priority AS base_priority, b.kind AS base_kind,
                    b.owner AS base_owner, b.is_required AS base_is_required, b.depends_on AS base_depends_on,
                    coalesce(t.title <> b.title, FALSE) AS has_own_title,
                    coalesce(t.guideline <> b.guideline, FALSE) AS has_own_guideline,
                    coalesce(t.submission <> b.submission_form, FALSE) AS has_own_submission,
                    coalesce(n.title <> b.title, FALSE) AS has_new_title,
                    coalesce(n.guideline <> b.guideline, FALSE) AS has_new_guideline,
                    coalesce(n.submission_form <> b.submission_form, FALSE) AS has_new_form
             FROM tasks t
             LEFT JOIN template_tasks b ON b.template_task_id = t.template_task_id
             LEFT JOIN curriculum_versions v ON v.version_id = b.version_id
             LEFT JOIN template_tasks n ON n.version_id = $4 AND n.key = t.template_key
             WHERE t.company_id = $1 AND t.parent_id IS NULL AND t.mentorship_id IN (",
            $mentorships,
            ") ORDER BY t.mentorship_id, t.week, t.position, t.task_id"
        )
    };
}

impl Within {
    /// The version asked for, or the newest, and those that running mentorships are on; by number.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn upgrade_versions(
        &mut self,
        curriculum_id: CurriculumId,
        number: Option<i64>,
    ) -> Result<Vec<UpgradeVersion>> {
        let rows: Vec<VersionTask> = self
            .company_query(
                "SELECT v.version_id, v.number, c.title AS curriculum_title, v.total_weeks, t.template_task_id, t.key,
                        t.week, t.title, t.guideline, t.submission_form, t.priority, t.starts_after, t.duration,
                        t.kind, t.owner, t.depends_on, t.is_required
                 FROM curricula c
                 JOIN curriculum_versions v ON v.curriculum_id = c.curriculum_id AND v.number IS NOT NULL
                 JOIN template_tasks t ON t.version_id = v.version_id
                 WHERE c.company_id = $1 AND c.curriculum_id = $2
                   AND (v.number = coalesce(CAST($3 AS BIGINT),
                                            (SELECT max(n.number) FROM curriculum_versions n
                                             WHERE n.curriculum_id = c.curriculum_id))
                        OR EXISTS (SELECT 1 FROM mentorship_sources s
                                   JOIN mentorships m ON m.mentorship_id = s.mentorship_id
                                   WHERE s.version_id = v.version_id AND m.status IN ('active', 'paused')))
                 ORDER BY v.number, t.week, t.position, t.template_task_id",
            )
            .bind(curriculum_id)
            .bind(number)
            .all()
            .await?;
        let mut versions: Vec<UpgradeVersion> = Vec::new();
        for row in rows {
            if versions.last().is_none_or(|last| last.version_id != row.version_id) {
                versions.push(UpgradeVersion {
                    version_id: row.version_id,
                    number: row.number,
                    title: row.curriculum_title,
                    total_weeks: row.total_weeks,
                    tasks: Vec::new(),
                });
            }
            if let Some(version) = versions.last_mut() {
                version.tasks.push(row.template);
            }
        }
        Ok(versions)
    }

    /// Running mentorships on a curriculum that the caller guides, by the mentee's name; one of them when named.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn upgrade_members(
        &mut self,
        curriculum_id: CurriculumId,
        mentorship_id: Option<MentorshipId>,
    ) -> Result<Vec<UpgradeMember>> {
        // Of two versions of one curriculum in one plan, the newer one counts: it comes first.
        let mut members: Vec<UpgradeMember> = self
            .pair_query(
                "SELECT m.mentorship_id, m.mentor_id, r.name AS mentor_name, m.mentee_id, e.name AS mentee_name,
                        d.name AS mentee_department, m.status, m.start_on, m.end_on, m.total_weeks, m.least_end_on,
                        m.sources, v.number
                 FROM mentorship_sources s
                 JOIN curriculum_versions v ON v.version_id = s.version_id
                 JOIN mentorships m ON m.mentorship_id = s.mentorship_id AND m.status IN ('active', 'paused')
                 JOIN users r ON r.user_id = m.mentor_id
                 JOIN users e ON e.user_id = m.mentee_id
                 LEFT JOIN departments d ON d.department_id = e.department_id
                 WHERE s.company_id = $1 AND ($2 IS NULL OR (m.mentor_id = $3 AND m.mentee_id <> $2))
                   AND s.curriculum_id = $4 AND (CAST($5 AS BIGINT) IS NULL OR m.mentorship_id = $5)
                 ORDER BY e.name, m.mentorship_id, v.number DESC",
            )
            .bind(curriculum_id)
            .bind(mentorship_id)
            .all()
            .await?;
        members.dedup_by_key(|member| member.mentorship_id);
        Ok(members)
    }

    /// All parent tasks of these plans, each beside its template and what the version to come has.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn upgrade_tasks(
        &mut self,
        mentorships: &[MentorshipId],
        curriculum_id: CurriculumId,
        version_id: VersionId,
    ) -> Result<Vec<UpgradeTask>> {
        let sql = match self.engine() {
            Engine::Postgres => {
                plans!("SELECT CAST(x AS BIGINT) FROM jsonb_array_elements_text(CAST($2 AS JSONB)) x")
            }
            Engine::Sqlite => plans!("SELECT value FROM json_each($2)"),
        };
        self.company_query(sql)
            .bind(crate::bulk::json(mentorships)?)
            .bind(curriculum_id)
            .bind(version_id)
            .all()
            .await
    }
}
