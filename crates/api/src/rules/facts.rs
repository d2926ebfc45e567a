//! What is worth a word about tasks and mentorships: the one rule behind every flag, by the company's working days.
//!
//! A list that is filtered by risk asks the store with [`cutoffs`]; they are the days from which on the same rule
//! raises its flags, so that filter and flags can't differ.

use calendar::WorkCalendar;
use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use contract::{
    facts::{Facts, Flag, FlagKind, Pace},
    mentorship::{Mentorship, MentorshipStatus},
    tasks::{Task, TaskStatus},
};
use store::{PlanFigures, RiskCutoffs};

/// Due in so many working days is soon.
const SOON: i64 = 3;
/// Returned so many times is worth a talk; the store's lists have it, too.
const OFTEN: i64 = 2;

/// The company's days, seen from today.
#[derive(Debug, Clone)]
pub struct Days {
    pub calendar: WorkCalendar,
    pub today: NaiveDate,
    pub zone: Tz,
    /// The mentor is waited for: after so many working days it is told.
    pub waiting_days: i64,
    /// Nothing happens: after so many working days it is told.
    pub quiet_days: i64,
}

impl Days {
    /// Working days after a day, up to and with today.
    #[must_use]
    pub fn since(&self, day: NaiveDate) -> i64 {
        day.succ_opt().map_or(0, |next| self.calendar.working_days_between(next, self.today))
    }

    /// Working days after today, up to and with a day.
    fn until(&self, day: NaiveDate) -> i64 {
        self.today.succ_opt().map_or(0, |next| self.calendar.working_days_between(next, day))
    }

    fn day_of(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// The last day of which [`Days::since`] is `n` or more.
    fn cutoff(&self, n: i64) -> NaiveDate {
        let first = if self.calendar.is_working(self.today) { 1 } else { 0 };
        let nth = self.calendar.add_working_days(self.today, first - n);
        nth.ok().and_then(|day| day.pred_opt()).unwrap_or(NaiveDate::MIN)
    }

    /// When a day is over.
    fn end_of(&self, day: NaiveDate) -> DateTime<Utc> {
        let midnight = day.succ_opt().and_then(|next| next.and_hms_opt(0, 0, 0));
        let midnight = midnight.and_then(|midnight| self.zone.from_local_datetime(&midnight).earliest());
        midnight.map_or(DateTime::<Utc>::MIN_UTC, |midnight| midnight.with_timezone(&Utc))
    }
}

/// From which days on each risk is one.
#[must_use]
pub fn cutoffs(days: &Days) -> RiskCutoffs {
    let quiet_on = days.cutoff(days.quiet_days);
    RiskCutoffs {
        today: days.today,
        late_on: days.cutoff(1),
        waiting_before: days.end_of(days.cutoff(days.waiting_days)),
        quiet_on,
        quiet_before: days.end_of(quiet_on),
    }
}

fn flag(kind: FlagKind, count: i64, is_urgent: bool) -> Flag {
    Flag { kind, count, is_urgent }
}

fn waiting(days: &Days, since: Option<DateTime<Utc>>) -> Option<Flag> {
    let waited = since.map(|since| days.since(days.day_of(since)))?;
    (waited >= days.waiting_days).then(|| flag(FlagKind::Waiting, waited, waited >= 2 * days.waiting_days))
}

fn returned(returns: i64) -> Option<Flag> {
    (returns >= OFTEN).then(|| flag(FlagKind::Returned, returns, false))
}

/// What is worth a word about a task, the most urgent first.
#[must_use]
pub fn of_task(days: &Days, task: &Task, mentorship: MentorshipStatus) -> Vec<Flag> {
    use TaskStatus::{Done, InProgress, Skipped, Submitted};
    if mentorship != MentorshipStatus::Active || matches!(task.status, Done | Skipped) {
        return Vec::new();
    }
    if task.status == Submitted {
        return waiting(days, task.submitted_at).into_iter().collect();
    }
    let (late, left) = (days.since(task.due_on), days.until(task.due_on));
    let due = if task.due_on < days.today {
        Some(flag(FlagKind::Overdue, late, late >= days.waiting_days))
    } else if task.due_on == days.today {
        Some(flag(FlagKind::DueToday, 0, false))
    } else {
        (left <= SOON).then(|| flag(FlagKind::DueSoon, left, false))
    };
    let silent = days.since(days.day_of(task.updated_at));
    let quiet = (task.status == InProgress && silent >= days.quiet_days)
        .then(|| flag(FlagKind::Quiet, silent, false));
    due.into_iter().chain(returned(task.returns)).chain(quiet).collect()
}

/// How a mentorship is doing.
#[must_use]
pub fn of_mentorship(days: &Days, pair: &Mentorship, figures: &PlanFigures) -> Facts {
    if pair.status != MentorshipStatus::Active {
        return Facts::default();
    }
    let today = days.today;
    let late = figures.next_due_on.map_or(0, |due| days.since(due));
    let ahead = figures.handed_until.map_or(0, |due| days.until(due));
    let has_open = pair.required > pair.done;
    let (pace, pace_days) = match () {
        () if !has_open && pair.required > 0 => (Pace::Done, 0),
        () if today < pair.start_on => (Pace::Before, 0),
        () if late > 0 => (Pace::Late, late),
        () if ahead > 0 => (Pace::Ahead, ahead),
        () => (Pace::OnTime, 0),
    };

    let last = pair.last_activity_at.map(|at| days.day_of(at));
    let silent = days.since(last.map_or(pair.start_on, |day| day.max(pair.start_on)));
    let over = (has_open && pair.end_on < today).then(|| flag(FlagKind::Over, days.since(pair.end_on), true));
    let quiet = (has_open && pair.submitted == 0 && silent >= days.quiet_days)
        .then(|| flag(FlagKind::Quiet, silent, true));
    let overdue = (late > 0).then(|| flag(FlagKind::Overdue, late, late >= days.waiting_days));
    let waiting = waiting(days, figures.waiting_since);
    let mut risks: Vec<Flag> =
        [over, quiet, overdue, waiting, returned(figures.returns)].into_iter().flatten().collect();
    risks.sort_by_key(|risk| !risk.is_urgent);
    Facts { pace, pace_days, risks, next_due_on: figures.next_due_on }
}

#[cfg(test)]
mod tests;
