//! The figures of a report, from the record alone.
//!
//! "On time" is seen from the mentee: what was handed in by its due date was on time, however long its review took.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use contract::report::Figures;
use store::Fact;

/// Counts what tasks and their moves say; `facts` hold each task's moves in the order they happened.
#[must_use]
pub fn count(facts: &[Fact], zone: Tz) -> Figures {
    let mut figures = Figures::default();
    let (mut finished, mut on_time) = (0, 0);
    let (mut task_days, mut review_days) = (Vec::new(), Vec::new());
    for moves in facts.chunk_by(|one, other| one.task_id == other.task_id) {
        let task = &moves[0];
        if task.is_required && task.status != "skipped" {
            figures.required += 1;
            figures.done += i64::from(task.status == "done");
        }
        figures.skipped += i64::from(task.status == "skipped");
        let handed_in = task.submitted_at.or(task.completed_at);
        if let (true, Some(handed_in)) = (task.status == "done", handed_in) {
            finished += 1;
            on_time += i64::from(handed_in.with_timezone(&zone).date_naive() <= task.due_on);
            task_days.extend(task.started_at.map(|started_at| days(started_at, handed_in)));
        }
        let mut waiting: Option<DateTime<Utc>> = None;
        for (to, at) in moves.iter().filter_map(|step| step.moved_to.as_deref().zip(step.happened_at)) {
            if to == "submitted" {
                waiting = Some(at);
            } else if let Some(since) = waiting.take().filter(|_| matches!(to, "done" | "returned")) {
                review_days.push(days(since, at));
            }
            figures.returned += i64::from(to == "returned");
        }
    }
    figures.on_time = (on_time * 100 + finished / 2_i64).checked_div(finished);
    figures.task_days = median(task_days);
    figures.review_days = median(review_days);
    figures
}

fn days(from: DateTime<Utc>, to: DateTime<Utc>) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "minutes of a few years")]
    let minutes = (to - from).num_minutes().max(0) as f64;
    minutes / 1440.0
}

/// With one decimal.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let value = match values.len() {
        0 => return None,
        length if length % 2 == 1 => values[middle],
        _ => f64::midpoint(values[middle - 1], values[middle]),
    };
    Some((value * 10.0).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::TaskId;

    fn at(text: &str) -> Option<DateTime<Utc>> {
        Some(text.parse().unwrap())
    }

    fn fact(id: i64, status: &str, moved_to: &str, happened_at: &str) -> Fact {
        Fact {
            task_id: TaskId(id),
            moved_to: (!moved_to.is_empty()).then(|| moved_to.to_owned()),
            status: status.to_owned(),
            is_required: true,
            due_on: "2026-09-04".parse().unwrap(),
            started_at: at("2026-09-01T00:00:00Z"),
            submitted_at: None,
            completed_at: None,
            happened_at: if happened_at.is_empty() { None } else { at(happened_at) },
        }
    }

    #[test]
    fn figures_are_what_the_record_says() {
        let done = |step: Fact, submitted_at: &str| Fact { submitted_at: at(submitted_at), ..step };
        // Four in the afternoon in UTC is past midnight in Seoul.
        let (early, late) = ("2026-09-03T00:00:00Z", "2026-09-04T16:00:00Z");
        let facts = [
            done(fact(1, "done", "in_progress", "2026-09-01T00:00:00Z"), early),
            done(fact(1, "done", "submitted", "2026-09-02T00:00:00Z"), early),
            done(fact(1, "done", "returned", "2026-09-02T12:00:00Z"), early),
            done(fact(1, "done", "submitted", "2026-09-03T00:00:00Z"), early),
            done(fact(1, "done", "done", "2026-09-04T00:00:00Z"), early),
            done(fact(2, "done", "submitted", late), late),
            done(fact(2, "done", "in_progress", "2026-09-04T17:00:00Z"), late),
            fact(3, "skipped", "skipped", "2026-09-04T17:00:00Z"),
            fact(4, "todo", "", ""),
            Fact { is_required: false, ..fact(5, "in_progress", "in_progress", "2026-09-01T00:00:00Z") },
        ];
        let figures = count(&facts, chrono_tz::Asia::Seoul);
        assert_eq!((figures.required, figures.done, figures.skipped, figures.returned), (3, 2, 1, 1));
        assert_eq!(figures.on_time, Some(50));
        assert_eq!(figures.task_days, Some(2.8), "2.0 and 3.7");
        assert_eq!(figures.review_days, Some(0.8), "0.5 and 1.0; what was taken back was not reviewed");
        assert_eq!(count(&[], chrono_tz::Asia::Seoul), Figures::default());
    }
}
