//! Which running mentorships have a risk: the flags of `rules::facts` as conditions of a statement.
//!
//! The days from which on a flag is raised come from the rule; that both say the same is a test. Of a mentorship `m`
//! each condition is true or false; none looks at all tasks of the company.

use crate::{Result, RiskCutoffs, Within};
use contract::facts::FlagKind;

/// What is required and neither done nor skipped is left.
macro_rules! unfinished {
    () => {
        "EXISTS (SELECT 1 FROM tasks t
                 WHERE t.mentorship_id = m.mentorship_id AND t.parent_id IS NULL AND t.is_required
                   AND t.status NOT IN ('done', 'skipped'))"
    };
}
macro_rules! over {
    ($today:literal) => {
        concat!("(m.end_on < ", $today, " AND ", $crate::mentorship_risk::unfinished!(), ")")
    };
}
/// The record tells of most that nothing is quiet; of the rest the tasks do, whose memos aren't in the record.
macro_rules! quiet {
    ($on:literal, $before:literal) => {
        concat!(
            "(m.start_on <= ",
            $on,
            " AND NOT EXISTS (SELECT 1 FROM task_events v
                              WHERE v.mentorship_id = m.mentorship_id AND v.happened_at >= ",
            $before,
            ")
              AND m.mentorship_id NOT IN (SELECT t.mentorship_id FROM tasks t
                                          WHERE t.company_id = $1 AND t.status = 'submitted')
              AND NOT EXISTS (SELECT 1 FROM tasks t
                              WHERE t.mentorship_id = m.mentorship_id AND t.updated_at >= ",
            $before,
            ") AND ",
            $crate::mentorship_risk::unfinished!(),
            ")"
        )
    };
}
macro_rules! overdue {
    ($on:literal) => {
        concat!(
            "m.mentorship_id IN (SELECT t.mentorship_id FROM tasks t
                                 WHERE t.company_id = $1 AND t.parent_id IS NULL AND t.is_required
                                   AND t.status IN ('todo', 'in_progress', 'returned') AND t.due_on <= ",
            $on,
            ")"
        )
    };
}
macro_rules! waiting {
    ($before:literal) => {
        concat!(
            "m.mentorship_id IN (SELECT t.mentorship_id FROM tasks t
                                 WHERE t.company_id = $1 AND t.status = 'submitted' AND t.submitted_at < ",
            $before,
            ")"
        )
    };
}
macro_rules! returned {
    () => {
        "m.mentorship_id IN (SELECT t.mentorship_id FROM tasks t
                             WHERE t.company_id = $1 AND t.returns >= 2 AND t.status NOT IN ('done', 'skipped'))"
    };
}
/// A list's condition: which risk, today, and the four days of [`RiskCutoffs`].
macro_rules! at_risk {
    ($risk:literal, $today:literal, $late_on:literal, $waiting:literal, $quiet_on:literal, $quiet:literal) => {
        concat!(
            "m.status = 'active' AND ((",
            $risk,
            " IN ('any', 'over') AND ",
            $crate::mentorship_risk::over!($today),
            ") OR (",
            $risk,
            " IN ('any', 'overdue') AND ",
            $crate::mentorship_risk::overdue!($late_on),
            ") OR (",
            $risk,
            " IN ('any', 'waiting') AND ",
            $crate::mentorship_risk::waiting!($waiting),
            ") OR (",
            $risk,
            " IN ('any', 'returned') AND ",
            $crate::mentorship_risk::returned!(),
            ") OR (",
            $risk,
            " IN ('any', 'quiet') AND ",
            $crate::mentorship_risk::quiet!($quiet_on, $quiet),
            "))"
        )
    };
}
pub(crate) use {at_risk, over, overdue, quiet, returned, unfinished, waiting};

/// How many running mentorships there are, how many have any risk, and how many have each.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RiskCounts {
    pub active: i64,
    pub at_risk: i64,
    over: i64,
    quiet: i64,
    overdue: i64,
    waiting: i64,
    returned: i64,
}

impl RiskCounts {
    #[must_use]
    pub fn each(&self) -> [(FlagKind, i64); 5] {
        [
            (FlagKind::Over, self.over),
            (FlagKind::Quiet, self.quiet),
            (FlagKind::Overdue, self.overdue),
            (FlagKind::Waiting, self.waiting),
            (FlagKind::Returned, self.returned),
        ]
    }
}

impl Within {
    /// # Errors
    /// See [`crate::Error`].
    pub async fn risk_counts(&mut self, cutoffs: &RiskCutoffs) -> Result<RiskCounts> {
        self.pair_query(concat!(
            "WITH x AS MATERIALIZED (
                SELECT CASE WHEN ",
            over!("$4"),
            " THEN 1 ELSE 0 END AS over, CASE WHEN ",
            quiet!("$7", "$8"),
            " THEN 1 ELSE 0 END AS quiet, CASE WHEN ",
            overdue!("$5"),
            " THEN 1 ELSE 0 END AS overdue, CASE WHEN ",
            waiting!("$6"),
            " THEN 1 ELSE 0 END AS waiting, CASE WHEN ",
            returned!(),
            " THEN 1 ELSE 0 END AS returned
                FROM mentorships m
                WHERE m.company_id = $1 AND ($2 IS NULL OR m.mentee_id = $2 OR m.mentor_id = $3)
                  AND m.status = 'active')
             SELECT count(*) AS active,
                    CAST(coalesce(sum(CASE WHEN x.over + x.quiet + x.overdue + x.waiting + x.returned > 0
                                           THEN 1 ELSE 0 END), 0) AS BIGINT) AS at_risk,
                    CAST(coalesce(sum(x.over), 0) AS BIGINT) AS over,
                    CAST(coalesce(sum(x.quiet), 0) AS BIGINT) AS quiet,
                    CAST(coalesce(sum(x.overdue), 0) AS BIGINT) AS overdue,
                    CAST(coalesce(sum(x.waiting), 0) AS BIGINT) AS waiting,
                    CAST(coalesce(sum(x.returned), 0) AS BIGINT) AS returned
             FROM x"
        ))
        .bind(cutoffs.today)
        .bind(cutoffs.late_on)
        .bind(cutoffs.waiting_before)
        .bind(cutoffs.quiet_on)
        .bind(cutoffs.quiet_before)
        .one()
        .await
    }
}
