//! The timeline: what happened to tasks, memos, and what happened to the mentorship, as one list by time.
//!
//! One statement. Each of the three takes its newest from its own index before they are put together, so a page
//! costs the same however long the record is.

use crate::{Result, Within};
use chrono::{DateTime, Utc};
use contract::{
    MentorshipId, UserId,
    timeline::{TimelineEntry, Topic},
};

/// A place in the timeline: the instant, then what stands lower among what happened at the same one.
pub type TimelineKey = (DateTime<Utc>, i64, i64);

/// Which entries, and from where on.
#[derive(Debug, Clone, Default)]
pub struct TimelineQuery {
    pub topic: Option<Topic>,
    pub person_id: Option<UserId>,
    pub before: Option<TimelineKey>,
    pub limit: i64,
}

/// Later than anything that happens, in as many digits as any other year.
fn end_of_time() -> DateTime<Utc> {
    let day = chrono::NaiveDate::from_ymd_opt(9999, 1, 1).unwrap_or_default();
    day.and_time(chrono::NaiveTime::MIN).and_utc()
}

/// Which topic an event of a mentorship is of.
macro_rules! topic {
    () => {
        "CASE WHEN v.kind LIKE 'meeting%' THEN 'meeting' WHEN v.kind LIKE 'goal%' THEN 'goal'
              WHEN v.kind LIKE 'agreement%' THEN 'agreement' WHEN v.kind LIKE 'report%' THEN 'report'
              ELSE 'mentorship' END"
    };
}

impl Within {
    /// What happened in a mentorship, newest first; `reader` decides which memos are shown.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn timeline(
        &mut self,
        mentorship_id: MentorshipId,
        reader: UserId,
        query: &TimelineQuery,
    ) -> Result<Vec<TimelineEntry>> {
        // From the end of time: a bound that is always there is one that an index is walked from.
        let (at, rank, id) = query.before.unwrap_or_else(|| (end_of_time(), 0, 0));
        self.pair_query(concat!(
            "WITH pair AS (
                SELECT m.mentorship_id, m.mentee_id FROM mentorships m
                WHERE m.company_id = $1 AND m.mentorship_id = $4
                  AND ",
            crate::couple::shown!(),
            ")
             SELECT x.topic, x.kind, x.entry_id, x.task_id, x.task_title, x.field, x.old_value, x.new_value, x.details,
                    x.comment, x.mentor_only, x.actor_id, a.name AS actor_name, x.happened_at, x.rank
             FROM (
                SELECT * FROM (
                    SELECT 'task' AS topic, v.kind, v.event_id AS entry_id, v.task_id, t.title AS task_title, v.field,
                           v.old_value, v.new_value, CAST(NULL AS JSONB) AS details, v.comment, FALSE AS mentor_only,
                           v.actor_id, v.happened_at, CAST(2 AS BIGINT) AS rank
                    FROM pair p
                    JOIN task_events v ON v.mentorship_id = p.mentorship_id
                    JOIN tasks t ON t.task_id = v.task_id
                    WHERE ($6 IS NULL OR $6 = 'task') AND ($7 IS NULL OR v.actor_id = $7)
                      AND v.happened_at <= $8 AND (v.happened_at, CAST(2 AS BIGINT), v.event_id) < ($8, $9, $10)
                    ORDER BY v.happened_at DESC, v.event_id DESC LIMIT $11) AS of_tasks
                UNION ALL
                SELECT * FROM (
                    SELECT 'memo' AS topic, 'memo' AS kind, o.memo_id AS entry_id, o.task_id, t.title AS task_title,
                           CAST(NULL AS TEXT) AS field, CAST(NULL AS TEXT) AS old_value, CAST(NULL AS TEXT) AS new_value,
                           CAST(NULL AS JSONB) AS details, substr(o.body, 1, 500) AS comment, o.mentor_only,
                           o.author_id AS actor_id, o.created_at AS happened_at, CAST(3 AS BIGINT) AS rank
                    FROM pair p
                    JOIN tasks t ON t.mentorship_id = p.mentorship_id
                    JOIN memos o ON o.task_id = t.task_id
                    WHERE ($6 IS NULL OR $6 = 'memo') AND ($7 IS NULL OR o.author_id = $7)
                      AND NOT (o.mentor_only AND p.mentee_id = $5)
                      AND o.created_at <= $8 AND (o.created_at, CAST(3 AS BIGINT), o.memo_id) < ($8, $9, $10)
                    ORDER BY o.created_at DESC, o.memo_id DESC LIMIT $11) AS of_memos
                UNION ALL
                SELECT * FROM (
                    SELECT ",
            topic!(),
            " AS topic,
                           v.kind, v.event_id AS entry_id, CAST(NULL AS BIGINT) AS task_id,
                           CAST(NULL AS TEXT) AS task_title, CAST(NULL AS TEXT) AS field,
                           CAST(NULL AS TEXT) AS old_value, CAST(NULL AS TEXT) AS new_value, v.details, v.comment,
                           FALSE AS mentor_only, v.actor_id, v.happened_at, CAST(1 AS BIGINT) AS rank
                    FROM pair p
                    JOIN mentorship_events v ON v.mentorship_id = p.mentorship_id
                    WHERE ($6 IS NULL OR $6 = ",
            topic!(),
            ")
                      AND ($7 IS NULL OR v.actor_id = $7)
                      AND v.happened_at <= $8 AND (v.happened_at, CAST(1 AS BIGINT), v.event_id) < ($8, $9, $10)
                    ORDER BY v.happened_at DESC, v.event_id DESC LIMIT $11) AS of_the_mentorship
             ) AS x
             LEFT JOIN users a ON a.user_id = x.actor_id
             ORDER BY x.happened_at DESC, x.rank DESC, x.entry_id DESC LIMIT $11",
        ))
        .bind(mentorship_id)
        .bind(reader)
        .bind(query.topic)
        .bind(query.person_id)
        .bind(at)
        .bind(rank)
        .bind(id)
        .bind(query.limit)
        .all()
        .await
    }
}
