//! Analytics: what the database counted, put into periods and lists.

use crate::{Ctx, Error, Result, mount::Routes};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Offset, TimeDelta, TimeZone, Utc};
use contract::analytics::{
    Analytics, AnalyticsFilter, CurriculumFigures, GetAnalytics, GetCurriculumFigures, Group, GroupKind,
    MentorReviews, ReviewSpan,
};
use store::{AnalyticsScope, ReviewRow, Spans, Within};

mod export;

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    routes.on(get_analytics).on(get_curriculum_figures).on(export::export_analytics)
}

/// Twelve weeks unless somebody says otherwise.
const DAYS: u64 = 84;
/// The longest period: five years.
const MOST_DAYS: i64 = 1827;
/// So many parts a line of reviews has at most.
const PARTS: i64 = 12;
/// How many tasks are named as those that hold people up.
const SLOW: i64 = 10;
/// Tasks of all versions of a curriculum at once.
const MOST_TASKS: i64 = 5000;

/// The filter with its period, or what is wrong with it.
fn scope(ctx: &Ctx, filter: &AnalyticsFilter) -> Result<AnalyticsScope> {
    let today = ctx.today();
    let to = filter.to.unwrap_or(today);
    let from = filter.from.or_else(|| to.checked_sub_days(Days::new(DAYS - 1))).unwrap_or(to);
    match (to - from).num_days() {
        days if days < 0 => {
            return Err(Error::field("to", "before_start", "The period ends before it begins."));
        }
        days if days >= MOST_DAYS => {
            return Err(Error::field("from", "too_early", "A period has five years at most."));
        }
        _ => {}
    }
    let ahead = ctx.zone().offset_from_utc_datetime(&ctx.now().naive_utc()).fix().local_minus_utc();
    Ok(AnalyticsScope {
        from,
        to,
        department_id: filter.department_id,
        curriculum_id: filter.curriculum_id,
        today,
        ahead: i64::from(ahead),
    })
}

/// The instant a day begins where the company is.
fn midnight(scope: &AnalyticsScope, day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc() - TimeDelta::seconds(scope.ahead)
}

/// Whole weeks, at most twelve parts of them, that begin with the period.
fn spans(scope: &AnalyticsScope) -> (Spans, Vec<NaiveDate>) {
    let days = (scope.to - scope.from).num_days() + 1;
    let weeks = (days + 6) / 7;
    let width = (weeks + PARTS - 1) / PARTS * 7;
    let count = (days + width - 1) / width;
    let first = |part: i64| scope.from + TimeDelta::days(part * width);
    let until = midnight(scope, scope.to + TimeDelta::days(1));
    let spans = Spans { from: midnight(scope, scope.from), until, width: width * 86_400 };
    (spans, (0..count).map(first).collect())
}

async fn groups(store: &mut Within, scope: &AnalyticsScope) -> Result<Vec<Group>> {
    Ok(store.mentorship_groups(scope).await?)
}

fn of_kind(groups: &[Group], kind: GroupKind) -> Vec<Group> {
    groups.iter().filter(|group| group.kind == kind).cloned().collect()
}

/// The line of reviews: every part stands in it, also one without any.
fn line(rows: &[ReviewRow], firsts: &[NaiveDate]) -> Vec<ReviewSpan> {
    let of = |part: i64| rows.iter().find(|row| row.kind == "span" && row.id == part);
    let span = |(part, from): (i64, &NaiveDate)| ReviewSpan {
        from: *from,
        reviews: of(part).map_or(0, |row| row.reviews),
        median: of(part).map(|row| row.median),
    };
    (0..).zip(firsts).map(span).collect()
}

fn by_mentor(rows: &[ReviewRow]) -> Vec<MentorReviews> {
    let of_mentors = rows.iter().filter(|row| row.kind == "mentor");
    of_mentors
        .map(|row| MentorReviews {
            mentor_id: row.id,
            name: row.name.clone(),
            reviews: row.reviews,
            median: Some(row.median),
        })
        .collect()
}

async fn get_analytics(ctx: Ctx, GetAnalytics { filter }: GetAnalytics) -> Result<Analytics> {
    let scope = scope(&ctx, &filter)?;
    let mut store = ctx.store().await?;
    let groups = groups(&mut store, &scope).await?;
    let (spans, firsts) = spans(&scope);
    let rows = store.review_times(&scope, spans).await?;
    let slow = store.slow_tasks(&scope, SLOW).await?;
    let all = groups.iter().find(|group| group.kind == GroupKind::All).cloned();
    let whole = rows.iter().find(|row| row.kind == "all");
    Ok(Analytics {
        from: scope.from,
        to: scope.to,
        all: all.ok_or_else(|| Error::fault("the database left out the sum"))?,
        departments: of_kind(&groups, GroupKind::Department),
        mentors: of_kind(&groups, GroupKind::Mentor),
        start_months: of_kind(&groups, GroupKind::StartMonth),
        hired_months: of_kind(&groups, GroupKind::HiredMonth),
        review: ReviewSpan {
            from: scope.from,
            reviews: whole.map_or(0, |row| row.reviews),
            median: whole.map(|row| row.median),
        },
        reviews: line(&rows, &firsts),
        mentor_reviews: by_mentor(&rows),
        slow,
    })
}

async fn get_curriculum_figures(
    ctx: Ctx,
    GetCurriculumFigures { curriculum_id, filter }: GetCurriculumFigures,
) -> Result<CurriculumFigures> {
    let mut scope = scope(&ctx, &filter)?;
    scope.curriculum_id = Some(curriculum_id);
    let mut store = ctx.store().await?;
    let title = store.curriculum_title(curriculum_id).await?.ok_or_else(Error::not_found)?;
    let tasks = store.task_figures(&scope, MOST_TASKS).await?;
    Ok(CurriculumFigures { curriculum_id, title, from: scope.from, to: scope.to, tasks })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(from: &str, to: &str) -> AnalyticsScope {
        AnalyticsScope {
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
            department_id: None,
            curriculum_id: None,
            today: to.parse().unwrap(),
            ahead: 9 * 3600,
        }
    }

    #[test]
    fn a_period_falls_into_at_most_twelve_parts_of_whole_weeks() {
        for (from, to, parts, days) in [
            ("2026-06-08", "2026-08-30", 12, 7),
            ("2026-08-01", "2026-08-30", 5, 7),
            ("2026-08-30", "2026-08-30", 1, 7),
            ("2025-08-31", "2026-08-30", 11, 35),
        ] {
            let (spans, firsts) = spans(&scope(from, to));
            assert_eq!((firsts.len(), spans.width), (parts, days * 86_400), "{from} {to}");
            assert_eq!(firsts[0].to_string(), from);
            assert!(firsts.iter().all(|first| *first <= to.parse().unwrap()));
        }
        let (spans, _) = spans(&scope("2026-08-30", "2026-08-30"));
        assert_eq!(spans.from.to_rfc3339(), "2026-08-29T15:00:00+00:00", "midnight in Seoul");
        assert_eq!((spans.until - spans.from).num_hours(), 24);
    }

    #[test]
    fn a_part_without_reviews_stands_in_the_line() {
        let row = |id, median| ReviewRow { kind: "span".into(), id, name: String::new(), reviews: 2, median };
        let (_, firsts) = spans(&scope("2026-08-01", "2026-08-30"));
        let line = line(&[row(0, 60), row(3, 90)], &firsts);
        let medians: Vec<_> = line.iter().map(|span| span.median).collect();
        assert_eq!(medians, [Some(60), None, None, Some(90), None]);
    }
}
