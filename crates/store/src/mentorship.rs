//! Mentorships, each with the figures of its tasks.
//!
//! A page is chosen first and its tasks are counted after, in the same statement: the cost follows the page
//! and not the company.

use crate::{Result, RiskCutoffs, Within, mentorship_plan::Standing};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    DepartmentId, MentorshipId, UserId,
    mentorship::{Mentorship, MentorshipSort, MentorshipStatus, RiskFilter},
};

/// Which mentorships, and from where on.
#[derive(Debug, Clone, Default)]
pub struct MentorshipQuery {
    /// Folded.
    pub search: Option<String>,
    pub status: Option<MentorshipStatus>,
    pub mentor_id: Option<UserId>,
    pub mentee_id: Option<UserId>,
    pub department_id: Option<DepartmentId>,
    /// Running ones with this risk, and from which days on it is one.
    pub risk: Option<(RiskFilter, RiskCutoffs)>,
    pub sort: Option<MentorshipSort>,
    pub after: Option<MentorshipKey>,
    pub skip: i64,
    pub limit: i64,
}

/// A place in the list: 0 for active ones and 1 for the others, what it is sorted by (a name or a date), the id.
pub type MentorshipKey = (i64, String, MentorshipId);

/// `$1`–`$3` are the pair's, `$4` is today. A mentee does not see what was only proposed. A task that was handed in late is not overdue: it waits for the mentor.
macro_rules! mentorships {
    ($page:expr) => {
        mentorships!("e.name", $page)
    };
    ($key:literal, $page:expr) => {
        concat!(
            "WITH page AS (
                SELECT m.mentorship_id, m.company_id, m.mentor_id, r.name AS mentor_name,
                       r.position AS mentor_position, m.mentee_id, e.name AS mentee_name,
                       d.name AS mentee_department, m.title, m.start_on, m.end_on, m.total_weeks, m.status,
                       m.end_reason, m.ended_at, m.sources, m.created_at, m.started_at, m.proposed_by,
                       m.proposal_note, m.paused_on, m.revision, m.least_end_on, e.status AS mentee_status,
                       r.status AS mentor_status,
                       CASE WHEN m.status = 'active' THEN 0 ELSE 1 END AS list_rank, ",
            $key,
            " AS sort_key
                FROM mentorships m
                JOIN users r ON r.user_id = m.mentor_id
                JOIN users e ON e.user_id = m.mentee_id
                LEFT JOIN departments d ON d.department_id = e.department_id
                WHERE m.company_id = $1 AND ",
            crate::couple::shown!(),
            " AND ",
            $page,
            "),
             counted AS (
                SELECT t.mentorship_id,
                       sum(CASE WHEN t.parent_id IS NULL AND t.is_required AND t.status <> 'skipped'
                                THEN 1 ELSE 0 END) AS required,
                       sum(CASE WHEN t.parent_id IS NULL AND t.is_required AND t.status = 'done'
                                THEN 1 ELSE 0 END) AS done,
                       sum(CASE WHEN t.status = 'submitted' THEN 1 ELSE 0 END) AS submitted,
                       sum(CASE WHEN t.parent_id IS NULL AND t.due_on < $4
                                     AND t.status IN ('todo', 'in_progress', 'returned')
                                THEN 1 ELSE 0 END) AS overdue,
                       sum(CASE WHEN t.status = 'returned' THEN 1 ELSE 0 END) AS returned,
                       max(t.updated_at) AS last_activity_at
                FROM tasks t WHERE t.mentorship_id IN (SELECT mentorship_id FROM page)
                GROUP BY t.mentorship_id)
             SELECT p.*, CAST(coalesce(c.required, 0) AS BIGINT) AS required,
                    CAST(coalesce(c.done, 0) AS BIGINT) AS done,
                    CAST(coalesce(c.submitted, 0) AS BIGINT) AS submitted,
                    CAST(coalesce(c.overdue, 0) AS BIGINT) AS overdue,
                    CAST(coalesce(c.returned, 0) AS BIGINT) AS returned, c.last_activity_at
             FROM page p LEFT JOIN counted c ON c.mentorship_id = p.mentorship_id
             ORDER BY p.list_rank, p.sort_key, p.mentorship_id"
        )
    };
}

/// A page of the list by `$key`, with one more condition.
macro_rules! listed {
    ($key:literal, $risk:expr) => {
        mentorships!(
            $key,
            concat!(
                "($5 IS NULL OR m.status = $5) AND ($6 IS NULL OR m.mentor_id = $6)
                 AND ($7 IS NULL OR m.mentee_id = $7)
                 AND ($8 IS NULL OR e.search_key LIKE $8 ESCAPE '\\' OR r.search_key LIKE $8 ESCAPE '\\'
                      OR lower(m.title) LIKE $8 ESCAPE '\\')
                 AND ($9 IS NULL OR (CASE WHEN m.status = 'active' THEN 0 ELSE 1 END, ",
                $key,
                ", m.mentorship_id) > ($9, $10, $11)) AND ($14 IS NULL OR e.department_id = $14) AND ",
                $risk,
                " ORDER BY list_rank, sort_key, m.mentorship_id LIMIT $12 OFFSET $13"
            )
        )
    };
    ($key:literal) => {
        (
            listed!($key, "TRUE"),
            listed!($key, crate::mentorship_risk::at_risk!("$15", "$16", "$17", "$18", "$19", "$20")),
        )
    };
}

impl Within {
    /// Active ones first, then as asked for.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn mentorships(
        &mut self,
        query: &MentorshipQuery,
        today: NaiveDate,
    ) -> Result<Vec<Mentorship>> {
        let like = query.search.as_deref().map(crate::like::anywhere);
        let (rank, key, after) = match query.after.clone() {
            Some((rank, key, mentorship_id)) => (Some(rank), Some(key), Some(mentorship_id)),
            None => (None, None, None),
        };
        let (all, at_risk) = match query.sort.unwrap_or(MentorshipSort::Name) {
            MentorshipSort::Name => listed!("e.name"),
            MentorshipSort::EndOn => listed!("CAST(m.end_on AS TEXT)"),
            MentorshipSort::StartOn => listed!("CAST(m.start_on AS TEXT)"),
            MentorshipSort::Mentor => listed!("r.name"),
        };
        let statement = self
            .pair_query(if query.risk.is_some() { at_risk } else { all })
            .bind(today)
            .bind(query.status)
            .bind(query.mentor_id)
            .bind(query.mentee_id)
            .bind(like)
            .bind(rank)
            .bind(key)
            .bind(after)
            .bind(query.limit)
            .bind(query.skip)
            .bind(query.department_id);
        let statement = match query.risk {
            None => statement,
            Some((risk, cutoffs)) => statement
                .bind(risk)
                .bind(cutoffs.today)
                .bind(cutoffs.late_on)
                .bind(cutoffs.waiting_before)
                .bind(cutoffs.quiet_on)
                .bind(cutoffs.quiet_before),
        };
        statement.planned_anew().all().await
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn mentorship(
        &mut self,
        mentorship_id: MentorshipId,
        today: NaiveDate,
    ) -> Result<Option<Mentorship>> {
        self.pair_query(mentorships!("m.mentorship_id = $5")).bind(today).bind(mentorship_id).optional().await
    }

    /// The same with what its dates are counted from.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn standing(
        &mut self,
        mentorship_id: MentorshipId,
        today: NaiveDate,
    ) -> Result<Option<Standing>> {
        self.pair_query(mentorships!("m.mentorship_id = $5")).bind(today).bind(mentorship_id).optional().await
    }

    /// A mentor's active mentorships, and after them what is proposed to the mentor.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn mentorships_at_hand(
        &mut self,
        mentor_id: UserId,
        limit: i64,
        today: NaiveDate,
    ) -> Result<Vec<Mentorship>> {
        self.pair_query(mentorships!(
            "m.mentor_id = $5 AND m.status IN ('active', 'proposed') ORDER BY list_rank, m.mentorship_id LIMIT $6"
        ))
        .bind(today)
        .bind(mentor_id)
        .bind(limit)
        .all()
        .await
    }

    /// The running mentorship of a mentee, or else the last one.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn mentorship_of(&mut self, mentee_id: UserId, today: NaiveDate) -> Result<Option<Mentorship>> {
        self.pair_query(mentorships!(
            "m.mentee_id = $5 AND m.started_at IS NOT NULL
             ORDER BY CASE WHEN m.status IN ('active', 'paused') THEN 0 ELSE 1 END, m.mentorship_id DESC LIMIT 1"
        ))
        .bind(today)
        .bind(mentee_id)
        .optional()
        .await
    }

    /// Ends a mentorship that is in the state `from` as `status`; whether it was in it.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn end_mentorship(
        &mut self,
        mentorship_id: MentorshipId,
        from: MentorshipStatus,
        status: MentorshipStatus,
        reason: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let ended = self
            .company_query(
                "UPDATE mentorships SET status = $4, end_reason = $5, ended_at = $6, paused_on = NULL
                 WHERE company_id = $1 AND mentorship_id = $2 AND status = $3",
            )
            .bind(mentorship_id)
            .bind(from)
            .bind(status)
            .bind(reason.map(str::to_owned))
            .bind(now)
            .execute()
            .await?;
        Ok(ended > 0)
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn set_mentorship_title(&mut self, mentorship_id: MentorshipId, title: &str) -> Result<()> {
        self.company_query("UPDATE mentorships SET title = $3 WHERE company_id = $1 AND mentorship_id = $2")
            .bind(mentorship_id)
            .bind(title.to_owned())
            .execute()
            .await
            .map(drop)
    }

    /// Hands a running mentorship over, with the mentor's own open tasks; whether it was running.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn hand_over(
        &mut self,
        mentorship_id: MentorshipId,
        old_mentor: UserId,
        new_mentor: UserId,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let handed = self
            .company_query(
                "UPDATE mentorships SET mentor_id = $4
                 WHERE company_id = $1 AND mentorship_id = $2 AND mentor_id = $3
                   AND status IN ('active', 'paused')",
            )
            .bind(mentorship_id)
            .bind(old_mentor)
            .bind(new_mentor)
            .execute()
            .await?;
        if handed == 0 {
            return Ok(false);
        }
        self.company_query(
            "UPDATE tasks SET owner_id = $4, version = version + 1, updated_at = $5
             WHERE company_id = $1 AND mentorship_id = $2 AND owner_id = $3 AND status NOT IN ('done', 'skipped')",
        )
        .bind(mentorship_id)
        .bind(old_mentor)
        .bind(new_mentor)
        .bind(now)
        .execute()
        .await?;
        Ok(true)
    }
}
