//! One pair in a list: how far in time, how far in work, and what to look at, with its cause.
//!
//! Silence is counted in weekdays; a mentee whose work waits for the mentor is not silent.

use crate::engine::Setting;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use contract::mentorship::{Mentorship, MentorshipStatus};
use serde::Serialize;

/// So many weekdays without any change are worth a word.
const QUIET: i64 = 5;

#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub mentorship: Mentorship,
    pub percent: i64,
    /// 0 before the first day.
    pub week: i64,
    pub risk: Risk,
}

/// What to look at: `tone` "", warn or danger; `cause` a key of `mentorships-risk-…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Risk {
    pub tone: &'static str,
    pub cause: &'static str,
    pub count: i64,
}

impl Row {
    pub fn of(mentorship: Mentorship, setting: Setting) -> Self {
        let risk = risk(&mentorship, setting);
        let week = week(&mentorship, setting.today());
        Self { percent: mentorship.percent(), week, risk, mentorship }
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

fn risk(mentorship: &Mentorship, setting: Setting) -> Risk {
    let today = setting.today();
    let says = |tone, cause, count| Risk { tone, cause, count };
    match mentorship.status {
        MentorshipStatus::Active => {}
        MentorshipStatus::Proposed => return says("", "proposed", 0),
        MentorshipStatus::Paused => return says("", "paused", 0),
        MentorshipStatus::Completed => return says("", "completed", 0),
        MentorshipStatus::Ended => return says("", "ended", 0),
    }
    if mentorship.required > 0 && mentorship.done >= mentorship.required {
        return says("", "all-done", 0);
    }
    if today < mentorship.start_on {
        return says("", "before", 0);
    }
    let over = (today - mentorship.end_on).num_days();
    if over > 0 {
        return says("danger", "over", over);
    }
    let last = mentorship.last_activity_at.map(|moment| moment.with_timezone(&setting.zone).date_naive());
    let quiet = weekdays_after(last.map_or(mentorship.start_on, |day| day.max(mentorship.start_on)), today);
    if quiet >= QUIET && mentorship.submitted == 0 {
        return says("danger", "quiet", quiet);
    }
    match (mentorship.overdue, mentorship.returned, mentorship.submitted) {
        (overdue @ 3.., _, _) => says("danger", "overdue", overdue),
        (overdue @ 1.., _, _) => says("warn", "overdue", overdue),
        (_, returned @ 1.., _) => says("warn", "returned", returned),
        (_, _, submitted @ 1..) => says("", "waiting", submitted),
        _ => says("", "fine", 0),
    }
}

/// Weekdays after `last`, up to and with `today`.
fn weekdays_after(last: NaiveDate, today: NaiveDate) -> i64 {
    let days = u64::try_from((today - last).num_days()).unwrap_or(0);
    let (weeks, rest) = (days / 7, days % 7);
    let is_weekday = |after: &u64| {
        let day = last.checked_add_days(Days::new(weeks * 7 + after));
        day.is_some_and(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
    };
    let rest = (1..=rest).filter(is_weekday).count();
    i64::try_from(weeks * 5).unwrap_or(i64::MAX).saturating_add(i64::try_from(rest).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::mentorships::samples::{day, mentorship};

    /// Noon in Seoul, so many days after Monday 3 August 2026.
    fn at(after: u64) -> Setting {
        let now = day(after).and_hms_opt(3, 0, 0).unwrap().and_utc();
        Setting { now, zone: chrono_tz::Asia::Seoul }
    }

    fn calm() -> Mentorship {
        let last_activity_at = Some(at(3).now);
        Mentorship { overdue: 0, returned: 0, submitted: 0, last_activity_at, ..mentorship(1) }
    }

    #[test]
    fn silence_is_counted_in_weekdays() {
        // Last seen on Thursday of the first week.
        assert_eq!(risk(&calm(), at(9)), Risk { tone: "", cause: "fine", count: 0 });
        assert_eq!(risk(&calm(), at(10)), Risk { tone: "danger", cause: "quiet", count: 5 });
        assert_eq!(risk(&calm(), at(13)), Risk { tone: "danger", cause: "quiet", count: 6 });
        assert_eq!(weekdays_after(day(3), day(24)), 15);
        assert_eq!(weekdays_after(day(3), day(3)), 0);
        let waits = Mentorship { submitted: 1, ..calm() };
        assert_eq!(risk(&waits, at(10)).cause, "waiting", "the mentor's turn");
        let never = Mentorship { last_activity_at: None, ..calm() };
        assert_eq!(risk(&never, at(7)), Risk { tone: "danger", cause: "quiet", count: 5 });
    }

    #[test]
    fn the_cause_is_the_one_to_act_on_first() {
        let late = Mentorship { overdue: 2, returned: 1, ..calm() };
        assert_eq!(risk(&late, at(4)), Risk { tone: "warn", cause: "overdue", count: 2 });
        assert_eq!(risk(&Mentorship { overdue: 3, ..calm() }, at(4)).tone, "danger");
        assert_eq!(risk(&Mentorship { returned: 1, ..calm() }, at(4)).cause, "returned");
        assert_eq!(risk(&Mentorship { overdue: 2, ..calm() }, at(41)).cause, "over");
        let done = Mentorship { done: 6, overdue: 1, ..calm() };
        assert_eq!(risk(&done, at(41)).cause, "all-done");
        let ended = Mentorship { status: MentorshipStatus::Ended, overdue: 5, ..calm() };
        assert_eq!(risk(&ended, at(41)), Risk { tone: "", cause: "ended", count: 0 });
    }

    #[test]
    fn the_week_stays_within_the_plan() {
        let before = Mentorship { start_on: day(7), ..calm() };
        assert_eq!((week(&before, day(6)), risk(&before, at(6)).cause), (0, "before"));
        assert_eq!((week(&calm(), day(0)), week(&calm(), day(6)), week(&calm(), day(7))), (1, 1, 2));
        assert_eq!(week(&calm(), day(200)), 6);
    }
}
