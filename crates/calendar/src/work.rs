//! Which days a company works: its weekdays, the public holidays of its country and its own holidays.
//!
//! Every search is bounded: a company may enter its own holidays for years on end, and the answer is then an
//! error instead of a loop.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};
use serde::{Deserialize, Serialize};

use crate::holidays::{Country, DatedHoliday, HolidayName};

/// More days off in a row than this is taken for a mistake in the company's holidays.
const LONGEST_BREAK: i64 = 400;
/// More working days than this (about 40 years) can't be added at once.
const MOST_DAYS_ADDED: i64 = 10_000;

/// The weekdays a company works: Monday 1, Tuesday 2, Wednesday 4 … Sunday 64. At least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct WorkingDays(u8);

/// A set of weekdays that is empty or names a weekday that doesn't exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoWorkingDays(pub i64);

/// Why no working day was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarError {
    /// Holidays cover every day for more than a year around this date.
    NoWorkingDay { near: NaiveDate },
    /// The date lies outside what a calendar can represent, or too many days were asked for.
    OutOfRange { from: NaiveDate, days: i64 },
}

/// The working days of one company.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkCalendar {
    pub country: Country,
    pub working_days: WorkingDays,
    /// The company's own holidays and what they are called.
    pub extra_holidays: BTreeMap<NaiveDate, String>,
}

impl WorkingDays {
    pub const MONDAY_TO_FRIDAY: Self = Self(0b001_1111);

    /// A set of weekdays from its mask; empty sets and bits beyond Sunday are refused.
    pub fn new(mask: i64) -> Result<Self, NoWorkingDays> {
        match u8::try_from(mask) {
            Ok(bits @ 1..=127) => Ok(Self(bits)),
            _ => Err(NoWorkingDays(mask)),
        }
    }

    /// A set from its weekdays; at least one.
    pub fn of(weekdays: &[Weekday]) -> Result<Self, NoWorkingDays> {
        Self::new(weekdays.iter().fold(0, |mask, weekday| mask | i64::from(bit(*weekday))))
    }

    pub fn mask(self) -> u8 {
        self.0
    }

    pub fn contains(self, weekday: Weekday) -> bool {
        self.0 & bit(weekday) != 0
    }

    /// How many days of a week are worked.
    pub fn per_week(self) -> i64 {
        i64::from(self.0.count_ones())
    }
}

fn bit(weekday: Weekday) -> u8 {
    1 << weekday.num_days_from_monday()
}

impl Default for WorkingDays {
    fn default() -> Self {
        Self::MONDAY_TO_FRIDAY
    }
}

impl TryFrom<i64> for WorkingDays {
    type Error = NoWorkingDays;

    fn try_from(mask: i64) -> Result<Self, NoWorkingDays> {
        Self::new(mask)
    }
}

impl From<WorkingDays> for i64 {
    fn from(days: WorkingDays) -> Self {
        Self::from(days.0)
    }
}

impl WorkCalendar {
    pub fn new(
        country: Country,
        working_days: WorkingDays,
        extra_holidays: BTreeMap<NaiveDate, String>,
    ) -> Self {
        Self { country, working_days, extra_holidays }
    }

    /// Whether the public holidays of a year are known; if not, only weekends and the company's own days count.
    pub fn covers(&self, year: i32) -> bool {
        let (first, last) = self.country.years();
        (first..=last).contains(&year)
    }

    /// The holiday on a day, worked weekday or not; the public name wins over the company's.
    pub fn holiday(&self, date: NaiveDate) -> Option<HolidayName<'_>> {
        if let Some(public) = self.country.holiday(date) {
            return Some(public.name());
        }
        self.extra_holidays.get(&date).map(|name| own_name(name))
    }

    pub fn is_working(&self, date: NaiveDate) -> bool {
        self.working_days.contains(date.weekday())
            && self.country.holiday(date).is_none()
            && !self.extra_holidays.contains_key(&date)
    }

    pub fn first_working_day_on_or_after(&self, date: NaiveDate) -> Result<NaiveDate, CalendarError> {
        self.search(date, TimeDelta::days(1))
    }

    /// Counts from the first working day on or after `date`; a negative `n` counts back from `date`.
    pub fn add_working_days(&self, date: NaiveDate, n: i64) -> Result<NaiveDate, CalendarError> {
        if n.unsigned_abs() > MOST_DAYS_ADDED.unsigned_abs() {
            return Err(CalendarError::OutOfRange { from: date, days: n });
        }
        let step = TimeDelta::days(if n < 0 { -1 } else { 1 });
        let mut day = if n < 0 { date } else { self.search(date, step)? };
        for _ in 0..n.abs() {
            let next =
                day.checked_add_signed(step).ok_or(CalendarError::OutOfRange { from: date, days: n })?;
            day = self.search(next, step)?;
        }
        Ok(day)
    }

    /// How many working days lie from `first` to `last`, both included; 0 if `last` is earlier.
    pub fn working_days_between(&self, first: NaiveDate, last: NaiveDate) -> i64 {
        if last < first {
            return 0;
        }
        let days = (last - first).num_days() + 1;
        let rest = days % 7;
        let monday_first = i64::from(first.weekday().num_days_from_monday());
        let in_rest =
            (0..rest).filter(|offset| self.working_days.0 & (1 << ((monday_first + offset) % 7)) != 0);
        let weekdays = days / 7 * self.working_days.per_week() + i64::try_from(in_rest.count()).unwrap_or(0);
        let off = self.holidays_between(first, last).iter().filter(|day| day.takes_a_working_day).count();
        weekdays - i64::try_from(off).unwrap_or(0)
    }

    /// The holidays from `first` to `last`, both included, by date; each day once.
    pub fn holidays_between(&self, first: NaiveDate, last: NaiveDate) -> Vec<DatedHoliday<'_>> {
        if last < first {
            return Vec::new();
        }
        let public = self
            .country
            .holidays_between(first, last)
            .iter()
            .map(|holiday| (holiday.date, holiday.name(), Some(holiday.kind)));
        let own = self.extra_holidays.range(first..=last);
        let own = own.filter(|(date, _)| self.country.holiday(**date).is_none());
        let own = own.map(|(date, name)| (*date, own_name(name), None));
        let dated = public.chain(own).map(|(date, name, kind)| DatedHoliday {
            date,
            name,
            kind,
            takes_a_working_day: self.working_days.contains(date.weekday()),
        });
        let mut all: Vec<_> = dated.collect();
        all.sort_by_key(|holiday| holiday.date);
        all
    }

    fn search(&self, from: NaiveDate, step: TimeDelta) -> Result<NaiveDate, CalendarError> {
        let mut day = from;
        for _ in 0..=LONGEST_BREAK {
            if self.is_working(day) {
                return Ok(day);
            }
            day = day
                .checked_add_signed(step)
                .ok_or(CalendarError::OutOfRange { from, days: step.num_days() })?;
        }
        Err(CalendarError::NoWorkingDay { near: from })
    }
}

fn own_name(name: &str) -> HolidayName<'_> {
    HolidayName { ko: Cow::Borrowed(name), en: Cow::Borrowed(name) }
}

impl fmt::Display for NoWorkingDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "working days must be a mask of 1 (Monday) to 64 (Sunday) with at least one day, not {}",
            self.0
        )
    }
}

impl Error for NoWorkingDays {}

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoWorkingDay { near } => write!(f, "no working day within {LONGEST_BREAK} days of {near}"),
            Self::OutOfRange { from, days } => write!(f, "{days} days from {from} is out of range"),
        }
    }
}

impl Error for CalendarError {}
