//! The tasks of curriculum versions over everybody who has them: where people wait, and what comes back.

use super::AnalyticsScope;
use crate::{Result, Within, bulk::Worded};
use chrono::NaiveDate;
use contract::analytics::TaskFigures;

/// The median of a column of `facts` for each template task, as a table `id`, `median`.
macro_rules! median {
    ($column:literal) => {
        concat!(
            "(SELECT r.id, CAST((min(r.took) + max(r.took)) / 2 AS BIGINT) AS median
              FROM (SELECT f.id, f.",
            $column,
            " AS took, row_number() OVER (PARTITION BY f.id ORDER BY f.",
            $column,
            ") AS place, count(*) OVER (PARTITION BY f.id) AS n FROM facts f WHERE f.id IN (SELECT id FROM top) AND f.",
            $column,
            " IS NOT NULL) r
              WHERE r.place IN ((r.n + 1) / 2, (r.n + 2) / 2) GROUP BY r.id)"
        )
    };
}

/// `$5` and `$6` are the period, `$7` is today, `$8` the seconds ahead of UTC, `$9` today in days since 1970,
/// `$10` how many rows at most.
macro_rules! task_figures {
    ($seconds:ident, $days:ident, $rest:literal, $order:literal) => {
        concat!(
            chosen!("m.start_on >= $5 AND m.start_on <= $6"),
            ", facts AS MATERIALIZED (
                 SELECT t.template_task_id AS id, t.status,
                        CASE WHEN t.submissions > 0 OR t.status IN ('submitted', 'done') THEN 1 ELSE 0 END AS handed_in,
                        CASE WHEN t.returns > 0 THEN 1 ELSE 0 END AS returned,
                        CASE WHEN t.status IN ('todo', 'in_progress', 'returned') AND t.due_on < $7
                             THEN 1 ELSE 0 END AS overdue,
                        CASE WHEN t.started_at IS NOT NULL THEN ",
            $seconds!("t.started_at"),
            " + $8 - ",
            $days!("t.starts_on"),
            " * 86400 END AS wait,
                        CASE WHEN t.started_at IS NOT NULL AND t.submitted_at IS NOT NULL THEN ",
            $seconds!("t.submitted_at"),
            " - ",
            $seconds!("t.started_at"),
            " END AS work,
                        CASE WHEN t.status = 'done' AND t.submitted_at IS NOT NULL THEN ",
            $seconds!("t.completed_at"),
            " - ",
            $seconds!("t.submitted_at"),
            " END AS review,
                        CASE WHEN t.status = 'skipped' THEN 0
                             WHEN t.status IN ('submitted', 'done') THEN (",
            $seconds!("coalesce(t.submitted_at, t.completed_at)"),
            " + $8) / 86400 - ",
            $days!("t.due_on"),
            "                ELSE $9 - ",
            $days!("t.due_on"),
            " END AS late
                 FROM tasks t
                 WHERE t.mentorship_id IN (SELECT mentorship_id FROM chosen) AND t.parent_id IS NULL
                   AND t.template_task_id IS NOT NULL),
             counted AS (
                 SELECT f.id, count(*) AS tasks, CAST(sum(f.handed_in) AS BIGINT) AS handed_in,
                        CAST(sum(CASE WHEN f.status = 'done' THEN 1 ELSE 0 END) AS BIGINT) AS done,
                        CAST(sum(f.returned) AS BIGINT) AS returned,
                        CAST(sum(CASE WHEN f.status = 'skipped' THEN 1 ELSE 0 END) AS BIGINT) AS skipped,
                        CAST(sum(f.overdue) AS BIGINT) AS overdue,
                        CAST(sum(CASE WHEN f.late > 0 THEN f.late ELSE 0 END) AS BIGINT) AS late_days
                 FROM facts f GROUP BY f.id),
             top AS MATERIALIZED (
                 SELECT n.*, s.key, v.curriculum_id, k.title AS curriculum_title, v.number, s.week, s.position, s.title
                 FROM counted n
                 JOIN template_tasks s ON s.template_task_id = n.id
                 JOIN curriculum_versions v ON v.version_id = s.version_id
                                               AND (CAST($4 AS BIGINT) IS NULL OR v.curriculum_id = $4)
                 JOIN curricula k ON k.curriculum_id = v.curriculum_id ",
            $rest,
            " LIMIT $10)
             SELECT n.id AS template_task_id, n.key, n.curriculum_id, n.curriculum_title, n.number, n.week, n.title,
                    n.tasks, n.handed_in, n.done, n.returned, n.skipped, n.overdue, w.median AS wait,
                    o.median AS work, r.median AS review, n.late_days
             FROM top n LEFT JOIN ",
            median!("wait"),
            " w ON w.id = n.id LEFT JOIN ",
            median!("work"),
            " o ON o.id = n.id LEFT JOIN ",
            median!("review"),
            " r ON r.id = n.id ",
            $order
        )
    };
}
macro_rules! all_tasks {
    ($seconds:ident, $days:ident) => {
        task_figures!(
            $seconds,
            $days,
            "",
            "ORDER BY n.curriculum_title, n.curriculum_id, n.number DESC, n.week, n.position"
        )
    };
}
/// Those that come back or are late, by the share that came back (in percent) and ten times the days each is late.
macro_rules! slow_tasks {
    ($seconds:ident, $days:ident) => {
        task_figures!(
            $seconds,
            $days,
            "WHERE n.returned > 0 OR n.late_days > 0
             ORDER BY CASE WHEN n.handed_in > 0 THEN n.returned * 100 / n.handed_in ELSE 0 END
                      + n.late_days * 10 / n.tasks DESC, n.tasks DESC, n.id",
            "ORDER BY CASE WHEN n.handed_in > 0 THEN n.returned * 100 / n.handed_in ELSE 0 END
                      + n.late_days * 10 / n.tasks DESC, n.tasks DESC, n.id"
        )
    };
}

const ALL: Worded = both!(all_tasks);
const SLOW: Worded = both!(slow_tasks);

impl Within {
    /// Every task of every version, the newest version of a curriculum first.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn task_figures(&mut self, scope: &AnalyticsScope, limit: i64) -> Result<Vec<TaskFigures>> {
        self.figures_of_tasks(ALL, scope, limit).await
    }

    /// The tasks that hold people up most.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn slow_tasks(&mut self, scope: &AnalyticsScope, limit: i64) -> Result<Vec<TaskFigures>> {
        self.figures_of_tasks(SLOW, scope, limit).await
    }

    async fn figures_of_tasks(
        &mut self,
        text: Worded,
        scope: &AnalyticsScope,
        limit: i64,
    ) -> Result<Vec<TaskFigures>> {
        let today = scope.today.signed_duration_since(NaiveDate::default()).num_days();
        self.analytics_query(text, scope)
            .bind(scope.from)
            .bind(scope.to)
            .bind(scope.today)
            .bind(scope.ahead)
            .bind(today)
            .bind(limit)
            .all()
            .await
    }
}
