//! What the flags of mentorships are computed from, for one page of them; and who reviews how quickly.

use crate::{Engine, Result, Within, bulk::json};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    MentorshipId, UserId,
    overview::MentorLoad,
    tasks::{Task, TaskStatus},
};

/// Figures of one plan that need all its tasks.
#[derive(Debug, Clone, Default, PartialEq, sqlx::FromRow)]
pub struct PlanFigures {
    /// None of nothing.
    pub mentorship_id: Option<MentorshipId>,
    /// The earliest due date of what is required and not handed in.
    pub next_due_on: Option<NaiveDate>,
    /// Everything required up to this due date is handed in.
    pub handed_until: Option<NaiveDate>,
    /// What has waited longest for a review was handed in then.
    pub waiting_since: Option<DateTime<Utc>>,
    /// The most times an open task was returned.
    pub returns: i64,
}

impl PlanFigures {
    /// The same of one plan whose tasks were read already; none when it has sub-tasks, which count, too.
    #[must_use]
    pub fn of(tasks: &[Task]) -> Option<Self> {
        use TaskStatus::{Done, Skipped, Submitted};
        if tasks.iter().any(|task| task.subtasks > 0) {
            return None;
        }
        let is_handed = |task: &&Task| matches!(task.status, Submitted | Done);
        let required = || tasks.iter().filter(|task| task.is_required);
        let open = required().filter(|task| !matches!(task.status, Submitted | Done | Skipped));
        let next_due_on = open.map(|task| task.due_on).min();
        let handed = required().filter(is_handed).map(|task| task.due_on);
        let waiting = tasks.iter().filter(|task| task.status == Submitted);
        let unfinished = tasks.iter().filter(|task| !matches!(task.status, Done | Skipped));
        Some(Self {
            mentorship_id: tasks.first().map(|task| task.mentorship_id),
            next_due_on,
            handed_until: handed.filter(|due_on| next_due_on.is_none_or(|next| *due_on < next)).max(),
            waiting_since: waiting.filter_map(|task| task.submitted_at).min(),
            returns: unfinished.map(|task| task.returns).max().unwrap_or_default(),
        })
    }
}

/// From which days on each risk is one: computed by the rule, asked for by lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RiskCutoffs {
    pub today: NaiveDate,
    /// What was due then or before is late.
    pub late_on: NaiveDate,
    /// What was handed in before has waited too long.
    pub waiting_before: DateTime<Utc>,
    /// Where nothing happened since before, and the first day was then or before, it is too quiet.
    pub quiet_on: NaiveDate,
    pub quiet_before: DateTime<Utc>,
}

macro_rules! figures {
    ($ids:literal) => {
        concat!(
            "SELECT t.mentorship_id, min(t.next_due_on) AS next_due_on,
                    max(CASE WHEN t.is_handed AND (t.next_due_on IS NULL OR t.due_on < t.next_due_on)
                             THEN t.due_on END) AS handed_until,
                    min(CASE WHEN t.status = 'submitted' THEN t.submitted_at END) AS waiting_since,
                    CAST(coalesce(max(CASE WHEN t.status NOT IN ('done', 'skipped') THEN t.returns END), 0) AS BIGINT)
                        AS returns
             FROM (SELECT t.mentorship_id, t.status, t.due_on, t.submitted_at, t.returns,
                          t.parent_id IS NULL AND t.is_required AND t.status IN ('submitted', 'done') AS is_handed,
                          min(CASE WHEN t.parent_id IS NULL AND t.is_required
                                        AND t.status IN ('todo', 'in_progress', 'returned') THEN t.due_on END)
                              OVER (PARTITION BY t.mentorship_id) AS next_due_on
                   FROM tasks t
                   WHERE t.company_id = $1 AND t.mentorship_id IN ",
            $ids,
            ") AS t
             GROUP BY t.mentorship_id"
        )
    };
}

impl Within {
    /// The figures of these plans; those without tasks have none.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn plan_figures(&mut self, mentorship_ids: &[MentorshipId]) -> Result<Vec<PlanFigures>> {
        let sql = match self.engine() {
            Engine::Postgres => figures!(
                "(SELECT CAST(e.value AS BIGINT) FROM jsonb_array_elements_text(CAST($2 AS JSONB)) AS e)"
            ),
            Engine::Sqlite => figures!("(SELECT e.value FROM json_each($2) AS e)"),
        };
        self.company_query(sql).bind(json(mentorship_ids)?).all().await
    }

    /// The mentors with the most running mentorships, from `after` on, with what waits for them and how long they
    /// let wait since `since`: the median of their reviews.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn mentor_loads(&mut self, since: DateTime<Utc>, limit: i64) -> Result<Vec<MentorLoad>> {
        self.pair_query(
            "WITH loads AS (
                SELECT m.mentor_id, count(*) AS active
                FROM mentorships m
                WHERE m.company_id = $1 AND m.status = 'active' AND ($2 IS NULL OR m.mentor_id = $3)
                GROUP BY m.mentor_id ORDER BY count(*) DESC, m.mentor_id LIMIT $5),
             reviews AS (
                SELECT v.actor_id, v.waited_seconds,
                       row_number() OVER (PARTITION BY v.actor_id ORDER BY v.waited_seconds) AS place,
                       count(*) OVER (PARTITION BY v.actor_id) AS all_of_them
                FROM task_events v
                WHERE v.company_id = $1 AND v.actor_id IN (SELECT l.mentor_id FROM loads l)
                  AND v.waited_seconds IS NOT NULL AND v.happened_at > $4),
             medians AS (
                SELECT r.actor_id, max(r.all_of_them) AS reviews, avg(r.waited_seconds) AS seconds
                FROM reviews r
                WHERE r.place IN ((r.all_of_them + 1) / 2, (r.all_of_them + 2) / 2)
                GROUP BY r.actor_id)
             SELECT l.mentor_id, u.name AS mentor_name, CAST(l.active AS BIGINT) AS active,
                    (SELECT count(*) FROM mentorships m
                     JOIN tasks t ON t.mentorship_id = m.mentorship_id AND t.status = 'submitted'
                     WHERE m.company_id = $1 AND m.mentor_id = l.mentor_id AND m.status = 'active') AS waiting,
                    CAST(coalesce(d.reviews, 0) AS BIGINT) AS reviews,
                    CAST(d.seconds AS BIGINT) AS median_seconds
             FROM loads l
             JOIN users u ON u.user_id = l.mentor_id
             LEFT JOIN medians d ON d.actor_id = l.mentor_id
             ORDER BY l.active DESC, l.mentor_id",
        )
        .bind(since)
        .bind(limit)
        .all()
        .await
    }

    /// How long the caller lets a submission wait since `since`: the median, and of how many.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn own_review_time(
        &mut self,
        reviewer: UserId,
        since: DateTime<Utc>,
    ) -> Result<Option<(i64, i64)>> {
        self.company_query(
            "SELECT CAST(avg(r.waited_seconds) AS BIGINT), CAST(max(r.all_of_them) AS BIGINT)
             FROM (SELECT v.waited_seconds, row_number() OVER (ORDER BY v.waited_seconds) AS place,
                          count(*) OVER () AS all_of_them
                   FROM task_events v
                   WHERE v.company_id = $1 AND v.actor_id = $2 AND v.waited_seconds IS NOT NULL
                     AND v.happened_at > $3) AS r
             WHERE r.place IN ((r.all_of_them + 1) / 2, (r.all_of_them + 2) / 2)
             HAVING count(*) > 0",
        )
        .bind(reviewer)
        .bind(since)
        .optional()
        .await
    }
}
