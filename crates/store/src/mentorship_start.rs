//! What starting a mentorship reads and writes: few statements, however many tasks.

use crate::{
    Result, Within,
    bulk::{Worded, bulk_insert},
    mentorship_plan::Planned,
};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    CurriculumId, MentorshipId, TemplateTaskId, UserId, VersionId,
    curriculum::{Priority, TaskKind, TaskOwner},
    mentorship::PlanSource,
    policy::Roles,
    users::UserStatus,
};
use serde::Serialize;

/// A published version as a source of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanVersion {
    pub version_id: VersionId,
    pub curriculum_id: CurriculumId,
    pub number: i64,
    pub title: String,
    pub total_weeks: i64,
    pub is_archived: bool,
    /// By week and position.
    pub items: Vec<TemplateItem>,
}

/// What of a template task matters for its dates.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateItem {
    pub template_task_id: TemplateTaskId,
    pub title: String,
    pub week: i64,
    pub starts_after: i64,
    pub duration: i64,
    pub priority: Priority,
    pub kind: TaskKind,
    pub owner: TaskOwner,
    pub is_required: bool,
}

/// A version beside one of its tasks, or beside nothing when it has none.
#[derive(sqlx::FromRow)]
struct VersionRow {
    version_id: VersionId,
    curriculum_id: CurriculumId,
    number: i64,
    curriculum_title: String,
    total_weeks: i64,
    is_archived: bool,
    template_task_id: Option<TemplateTaskId>,
    title: Option<String>,
    week: Option<i64>,
    starts_after: Option<i64>,
    duration: Option<i64>,
    priority: Option<Priority>,
    kind: Option<TaskKind>,
    owner: Option<TaskOwner>,
    is_required: Option<bool>,
}

impl VersionRow {
    fn version(&self) -> PlanVersion {
        PlanVersion {
            version_id: self.version_id,
            curriculum_id: self.curriculum_id,
            number: self.number,
            title: self.curriculum_title.clone(),
            total_weeks: self.total_weeks,
            is_archived: self.is_archived,
            items: Vec::new(),
        }
    }

    fn item(self) -> Option<TemplateItem> {
        Some(TemplateItem {
            template_task_id: self.template_task_id?,
            title: self.title?,
            week: self.week?,
            starts_after: self.starts_after?,
            duration: self.duration?,
            priority: self.priority?,
            kind: self.kind?,
            owner: self.owner?,
            is_required: self.is_required?,
        })
    }
}

/// When a company works.
#[derive(Debug, Clone, PartialEq)]
pub struct CompanyDays {
    pub country: String,
    pub working_days: i64,
    pub holidays: Vec<(NaiveDate, String)>,
    /// A submission that waits longer is told, and a mentorship without a sign of life.
    pub waiting_days: i64,
    pub quiet_days: i64,
}

/// A person as a possible mentor or mentee.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct PairMember {
    pub user_id: UserId,
    pub name: String,
    pub position: Option<String>,
    pub roles: Roles,
    pub status: UserStatus,
    /// Has a running mentorship as a mentee.
    pub is_mentored: bool,
    /// Has an open proposal as a mentee.
    pub is_proposed: bool,
}

/// A mentorship to be stored.
#[derive(Debug, Clone)]
pub struct NewPlan<'a> {
    pub mentor_id: UserId,
    pub mentee_id: UserId,
    pub title: &'a str,
    pub start_on: NaiveDate,
    pub end_on: NaiveDate,
    pub total_weeks: i64,
    pub sources: &'a [PlanSource],
    pub tasks: &'a [PlanTask],
}

/// A task to be made from its template; the texts are copied inside the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanTask {
    pub template_task_id: TemplateTaskId,
    pub position: i64,
    pub owner_id: UserId,
    /// None where the dates alone tell.
    pub planned: Option<Planned>,
    pub starts_on: NaiveDate,
    pub due_on: NaiveDate,
}

const SOURCES: Worded =
    bulk_insert!(mentorship_sources (mentorship_id BIGINT, version_id BIGINT, curriculum_id BIGINT));

/// `$1` is the company, `$2` the tasks, `$3` the mentorship, `$4` the instant. Those that share a place stand by their
/// ids, so they are made in the order of their version.
macro_rules! copy_tasks {
    ($rows:literal) => {
        concat!(
            "WITH r AS (",
            $rows,
            ")
             INSERT INTO tasks (company_id, mentorship_id, template_task_id, template_key, title, guideline, submission,
                                week, position, priority, kind, owner, owner_id, is_required, starts_on, due_on, planned,
                                depends_on, status, submissions, version, subtasks, subtasks_done, memos, updated_at)
             SELECT s.company_id, $3, s.template_task_id, s.key, s.title, s.guideline, s.submission_form, s.week,
                    r.position, s.priority, s.kind, s.owner, r.owner_id, s.is_required, r.starts_on, r.due_on, r.planned,
                    s.depends_on, 'todo', 0, 1, 0, 0, 0, $4
             FROM r JOIN template_tasks s ON s.template_task_id = r.template_task_id AND s.company_id = $1
             ORDER BY r.position, s.week, s.position
             RETURNING task_id, title"
        )
    };
}

pub(crate) const COPY_TASKS: Worded = Worded {
    postgres: copy_tasks!(
        "SELECT * FROM jsonb_to_recordset(CAST($2 AS JSONB))
                  AS x (template_task_id BIGINT, position BIGINT, owner_id BIGINT, starts_on DATE, due_on DATE,
                        planned JSONB)"
    ),
    sqlite: copy_tasks!(
        "SELECT value ->> 'template_task_id' AS template_task_id, value ->> 'position' AS position,
                value ->> 'owner_id' AS owner_id, value ->> 'starts_on' AS starts_on, value ->> 'due_on' AS due_on,
                value ->> 'planned' AS planned
         FROM json_each($2)"
    ),
};

/// At most ten versions make a plan: each has its own parameter, so that the text stays the same.
pub(crate) const MOST_VERSIONS: usize = 10;

/// Country, working days, the two thresholds, and one day off with its name.
type DayRow = (String, i64, i64, i64, Option<NaiveDate>, Option<String>);

impl Within {
    /// The published versions among these, in no particular order, each with its tasks by week and position.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn plan_versions(&mut self, versions: &[VersionId]) -> Result<Vec<PlanVersion>> {
        let mut query = self.company_query(
            "SELECT v.version_id, v.curriculum_id, v.number, c.title AS curriculum_title, v.total_weeks, c.is_archived,
                    s.template_task_id, s.title, s.week, s.starts_after, s.duration, s.priority, s.kind, s.owner,
                    s.is_required
             FROM curriculum_versions v
             JOIN curricula c ON c.curriculum_id = v.curriculum_id
             LEFT JOIN template_tasks s ON s.version_id = v.version_id
             WHERE v.company_id = $1 AND v.number IS NOT NULL
               AND v.version_id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             ORDER BY v.version_id, s.week, s.position",
        );
        for index in 0..MOST_VERSIONS {
            query = query.bind(versions.get(index).copied());
        }
        let mut found: Vec<PlanVersion> = Vec::new();
        for row in query.all::<VersionRow>().await? {
            if found.last().is_none_or(|last| last.version_id != row.version_id) {
                found.push(row.version());
            }
            if let (Some(version), Some(item)) = (found.last_mut(), row.item()) {
                version.items.push(item);
            }
        }
        Ok(found)
    }

    /// When the caller's company works.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn company_days(&mut self) -> Result<CompanyDays> {
        let rows: Vec<DayRow> = self
            .company_query(
                "SELECT c.country, c.working_days, c.waiting_days, c.quiet_days, h.date, h.name
                 FROM companies c
                 LEFT JOIN company_holidays h ON h.company_id = c.company_id
                 WHERE c.company_id = $1",
            )
            .all()
            .await?;
        let first = rows
            .first()
            .map(|(country, days, waiting, quiet, ..)| (country.clone(), *days, *waiting, *quiet));
        let (country, working_days, waiting_days, quiet_days) = first.unwrap_or_default();
        let holidays = rows.into_iter().filter_map(|(.., date, name)| date.zip(name)).collect();
        Ok(CompanyDays { country, working_days, holidays, waiting_days, quiet_days })
    }

    /// The people of a possible pair, as far as they are in the company.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn pair_members(&mut self, mentor_id: UserId, mentee_id: UserId) -> Result<Vec<PairMember>> {
        self.company_query(
            "SELECT u.user_id, u.name, u.position, u.roles, u.status,
                    EXISTS (SELECT 1 FROM mentorships m
                            WHERE m.mentee_id = u.user_id AND m.status IN ('active', 'paused')) AS is_mentored,
                    EXISTS (SELECT 1 FROM mentorships m
                            WHERE m.mentee_id = u.user_id AND m.status = 'proposed') AS is_proposed
             FROM users u
             WHERE u.company_id = $1 AND u.user_id IN ($2, $3)",
        )
        .bind(mentor_id)
        .bind(mentee_id)
        .all()
        .await
    }

    /// Starts a mentorship with all its tasks and their first events.
    ///
    /// # Errors
    /// [`crate::Error::Taken`] when the mentee has a running one.
    pub async fn create_mentorship(
        &mut self,
        plan: &NewPlan<'_>,
        actor_id: UserId,
        now: DateTime<Utc>,
    ) -> Result<MentorshipId> {
        let (mentorship_id,): (MentorshipId,) = self
            .company_query(
                "INSERT INTO mentorships (company_id, mentor_id, mentee_id, title, start_on, end_on, total_weeks, status,
                                          sources, created_at, started_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, 'active', $8, $9, $9)
                 RETURNING mentorship_id",
            )
            .bind(plan.mentor_id)
            .bind(plan.mentee_id)
            .bind(plan.title.to_owned())
            .bind(plan.start_on)
            .bind(plan.end_on)
            .bind(plan.total_weeks)
            .bind(sqlx::types::Json(plan.sources.to_vec()))
            .bind(now)
            .one()
            .await?;
        self.keep_sources(mentorship_id, plan.sources).await?;
        self.make_tasks(mentorship_id, plan.tasks, actor_id, now).await?;
        Ok(mentorship_id)
    }

    /// Notes which versions a mentorship is made from, for looking up.
    pub(crate) async fn keep_sources(
        &mut self,
        mentorship_id: MentorshipId,
        sources: &[PlanSource],
    ) -> Result<()> {
        let sources: Vec<_> = sources
            .iter()
            .map(|source| {
                serde_json::json!({
                    "mentorship_id": mentorship_id,
                    "version_id": source.version_id,
                    "curriculum_id": source.curriculum_id,
                })
            })
            .collect();
        self.insert_rows(SOURCES, &sources).await.map(drop)
    }

    /// Makes the tasks of a mentorship and their first events.
    pub(crate) async fn make_tasks(
        &mut self,
        mentorship_id: MentorshipId,
        tasks: &[PlanTask],
        actor_id: UserId,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let rows = crate::bulk::json(tasks)?;
        self.by_engine(COPY_TASKS).bind(rows).bind(mentorship_id).bind(now).execute().await?;
        self.company_query(
            "INSERT INTO task_events (company_id, mentorship_id, task_id, kind, actor_id, happened_at)
             SELECT t.company_id, t.mentorship_id, t.task_id, 'created', $3, $4
             FROM tasks t WHERE t.company_id = $1 AND t.mentorship_id = $2 ORDER BY t.task_id",
        )
        .bind(mentorship_id)
        .bind(actor_id)
        .bind(now)
        .execute()
        .await
        .map(drop)
    }
}
