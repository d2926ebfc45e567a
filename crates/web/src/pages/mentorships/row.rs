//! One pair in a list: how far in time, how far in work, and what to look at, with its cause.
//!
//! What to look at is the API's to say: `facts`, by the company's working days.

use crate::engine::Setting;
use chrono::NaiveDate;
use contract::{
    facts::{Flag, Pace},
    mentorship::{Mentorship, MentorshipStatus},
};
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub mentorship: Mentorship,
    pub percent: i64,
    /// 0 before the first day.
    pub week: i64,
    pub risk: Risk,
    /// What else there is to look at.
    pub more: Vec<Risk>,
}

/// What to look at: `tone` "", warn or danger; `cause` a key of `mentorships-risk-…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Risk {
    pub tone: &'static str,
    pub cause: &'static str,
    pub count: i64,
    /// Open tasks past their due date.
    pub tasks: i64,
}

impl Row {
    pub fn of(mentorship: Mentorship, setting: Setting) -> Self {
        let mut risks = mentorship.facts.risks.iter().map(|flag| flagged(*flag, mentorship.overdue));
        let risk = risks.next().unwrap_or_else(|| state(&mentorship));
        let more = risks.collect();
        let week = week(&mentorship, setting.today());
        Self { percent: mentorship.percent(), week, risk, more, mentorship }
    }

    pub fn all(mentorships: Vec<Mentorship>, setting: Setting) -> Vec<Self> {
        mentorships.into_iter().map(|mentorship| Self::of(mentorship, setting)).collect()
    }
}

/// The week of the plan that the day lies in: 0 before the first, never past the last.
pub fn week(mentorship: &Mentorship, today: NaiveDate) -> i64 {
    let days = (today - mentorship.start_on).num_days();
    if days < 0 { 0 } else { (days / 7 + 1).min(mentorship.total_weeks.max(1)) }
}

fn flagged(flag: Flag, tasks: i64) -> Risk {
    let tone = if flag.is_urgent { "danger" } else { "warn" };
    Risk { tone, cause: flag.kind.as_str(), count: flag.count, tasks }
}

/// Nothing to look at: where it stands.
fn state(mentorship: &Mentorship) -> Risk {
    let (cause, count) = match (mentorship.status, mentorship.facts.pace) {
        (MentorshipStatus::Proposed, _) => ("proposed", 0),
        (MentorshipStatus::Paused, _) => ("paused", 0),
        (MentorshipStatus::Completed, _) => ("completed", 0),
        (MentorshipStatus::Ended, _) => ("ended", 0),
        (MentorshipStatus::Active, Pace::Done) => ("all-done", 0),
        (MentorshipStatus::Active, Pace::Before) => ("before", 0),
        (MentorshipStatus::Active, _) if mentorship.submitted > 0 => ("submitted", mentorship.submitted),
        (MentorshipStatus::Active, _) => ("fine", 0),
    };
    Risk { tone: "", cause, count, tasks: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::mentorships::samples::{day, flagged, mentorship};
    use contract::facts::FlagKind;

    fn at(after: u64) -> Setting {
        let now = day(after).and_hms_opt(3, 0, 0).unwrap().and_utc();
        Setting { now, zone: chrono_tz::Asia::Seoul }
    }

    #[test]
    fn the_worst_comes_first_and_the_rest_beside_it() {
        let row = Row::of(flagged(1, &[(FlagKind::Quiet, 9, true), (FlagKind::Returned, 2, false)]), at(24));
        assert_eq!((row.risk.tone, row.risk.cause, row.risk.count), ("danger", "quiet", 9));
        assert_eq!(
            row.more.iter().map(|risk| (risk.tone, risk.cause)).collect::<Vec<_>>(),
            [("warn", "returned")]
        );
    }

    #[test]
    fn without_a_risk_it_tells_where_it_stands() {
        let cause = |mentorship: Mentorship| Row::of(mentorship, at(24)).risk.cause;
        let with = |status| Mentorship { status, ..mentorship(1) };
        assert_eq!(cause(with(MentorshipStatus::Paused)), "paused");
        assert_eq!(cause(with(MentorshipStatus::Ended)), "ended");
        assert_eq!(cause(mentorship(1)), "submitted");
        assert_eq!(cause(Mentorship { submitted: 0, ..mentorship(1) }), "fine");
        let mut done = mentorship(1);
        done.facts.pace = Pace::Done;
        assert_eq!(cause(done), "all-done");
    }

    #[test]
    fn the_week_stays_within_the_plan() {
        let before = Mentorship { start_on: day(7), ..mentorship(1) };
        assert_eq!(week(&before, day(6)), 0);
        let pair = mentorship(1);
        assert_eq!((week(&pair, day(0)), week(&pair, day(6)), week(&pair, day(7))), (1, 1, 2));
        assert_eq!(week(&pair, day(200)), 6);
    }
}
