//! How long people waited for an answer to what they handed in: every approval and every return counts, each from
//! the handing in before it.

use super::AnalyticsScope;
use crate::{Result, Within, bulk::Worded};
use chrono::{DateTime, Utc};

/// How many reviews there were, and the median of their seconds.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct ReviewRow {
    /// `all`, `span` or `mentor`.
    pub kind: String,
    /// The number of the span, or the mentor.
    pub id: i64,
    /// The mentor's.
    pub name: String,
    pub reviews: i64,
    pub median: i64,
}

/// Equal parts of the time in which reviews are counted.
#[derive(Debug, Clone, Copy)]
pub struct Spans {
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
    /// Seconds of one.
    pub width: i64,
}

/// The median of `took` in each part of the answers, as `part`, `n`, `median`.
macro_rules! medians {
    ($part:literal) => {
        concat!(
            "(SELECT r.part, r.n, CAST((min(r.took) + max(r.took)) / 2 AS BIGINT) AS median
              FROM (SELECT ",
            $part,
            " AS part, a.took, row_number() OVER (PARTITION BY ",
            $part,
            " ORDER BY a.took) AS place, count(*) OVER (PARTITION BY ",
            $part,
            ") AS n FROM answers a) r
              WHERE r.place IN ((r.n + 1) / 2, (r.n + 2) / 2) GROUP BY r.part, r.n) x"
        )
    };
}

/// `$5` is the first instant, `$6` the one after the last, `$7` the first in seconds, `$8` a span's width.
macro_rules! reviews {
    ($seconds:ident, $days:ident) => {
        concat!(
            chosen!("TRUE"),
            ", answers AS MATERIALIZED (
                 SELECT coalesce(v.actor_id, c.mentor_id) AS mentor_id, CAST(0 AS BIGINT) AS whole, (",
            $seconds!("v.happened_at"),
            " - $7) / $8 AS span, v.waited_seconds AS took
                 FROM task_events v
                 JOIN chosen c ON c.mentorship_id = v.mentorship_id
                 WHERE v.company_id = $1 AND v.waited_seconds IS NOT NULL
                   AND v.happened_at >= $5 AND v.happened_at < $6)
             SELECT CAST('all' AS TEXT) AS kind, x.part AS id, CAST('' AS TEXT) AS name, x.n AS reviews, x.median
             FROM ",
            medians!("a.whole"),
            " UNION ALL SELECT 'span', x.part, '', x.n, x.median FROM ",
            medians!("a.span"),
            " UNION ALL SELECT 'mentor', x.part, coalesce(u.name, ''), x.n, x.median FROM ",
            medians!("a.mentor_id"),
            " LEFT JOIN users u ON u.user_id = x.part
             ORDER BY 1, 3, 2"
        )
    };
}

const REVIEWS: Worded = both!(reviews);

impl Within {
    /// Reviews all together, in each span that has any, and of each mentor.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn review_times(&mut self, scope: &AnalyticsScope, spans: Spans) -> Result<Vec<ReviewRow>> {
        self.analytics_query(REVIEWS, scope)
            .bind(spans.from)
            .bind(spans.until)
            .bind(spans.from.timestamp())
            .bind(spans.width)
            .all()
            .await
    }
}
