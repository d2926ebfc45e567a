//! When a pair meets next: by the agreed rhythm, on a working day, never in the past.

use calendar::{CalendarError, WorkCalendar};
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use contract::agreement::{AgreementVersion, Rhythm};

/// When nothing was agreed on: ten in the morning.
const MORNING: NaiveTime = NaiveTime::from_hms_opt(10, 0, 0).expect("ten o'clock");

/// The next meeting after `latest` (the last one planned or held), seen at `now`; none where they meet as needed.
///
/// # Errors
/// When the company's holidays leave no working day.
pub fn next(
    agreement: &AgreementVersion,
    latest: Option<DateTime<Utc>>,
    first_day: NaiveDate,
    now: DateTime<Utc>,
    zone: Tz,
    calendar: &WorkCalendar,
) -> Result<Option<DateTime<Utc>>, CalendarError> {
    let today = now.with_timezone(&zone).date_naive();
    let earliest = today.max(first_day);
    let latest = latest.map(|at| at.with_timezone(&zone).date_naive());
    let step = |from: NaiveDate| match agreement.rhythm {
        Rhythm::Weekly => from.checked_add_days(Days::new(7)),
        Rhythm::Biweekly => from.checked_add_days(Days::new(14)),
        Rhythm::Monthly => from.checked_add_months(Months::new(1)),
        Rhythm::AsNeeded => None,
    };
    if agreement.rhythm == Rhythm::AsNeeded {
        return Ok(None);
    }
    // One meeting that was moved does not move all those after it: the agreed weekday counts.
    let wanted = latest.and_then(step).map(|day| nearest(day, agreement.weekday)).filter(|day| *day > today);
    let day = wanted.unwrap_or_else(|| on_or_after(earliest + Days::new(1), agreement.weekday)).max(earliest);
    let day = calendar.first_working_day_on_or_after(day)?;
    let time = NaiveTime::parse_from_str(&agreement.meets_at, "%H:%M").unwrap_or(MORNING);
    Ok(zone.from_local_datetime(&day.and_time(time)).earliest().map(|at| at.with_timezone(&Utc)))
}

/// The agreed weekday in the week of a day.
fn nearest(day: NaiveDate, weekday: Option<i64>) -> NaiveDate {
    let Some(wanted) = weekday else { return day };
    let monday = day - Days::new(u64::from(day.weekday().num_days_from_monday()));
    monday + Days::new(u64::try_from(wanted - 1).unwrap_or(0))
}

fn on_or_after(day: NaiveDate, weekday: Option<i64>) -> NaiveDate {
    let found = nearest(day, weekday);
    if found < day { found + Days::new(7) } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        format!("{text}:00+09:00").parse::<DateTime<chrono::FixedOffset>>().unwrap().to_utc()
    }

    fn agreed(rhythm: Rhythm, weekday: Option<i64>, meets_at: &str) -> AgreementVersion {
        AgreementVersion { rhythm, weekday, meets_at: meets_at.into(), ..AgreementVersion::blank() }
    }

    fn suggested(agreement: &AgreementVersion, latest: Option<&str>, now: &str) -> Option<DateTime<Utc>> {
        let first = "2026-09-01".parse().unwrap();
        next(agreement, latest.map(at), first, at(now), chrono_tz::Asia::Seoul, &WorkCalendar::default())
            .unwrap()
    }

    #[test]
    fn the_rhythm_counts_from_the_last_meeting_on_the_agreed_weekday() {
        let weekly = agreed(Rhythm::Weekly, Some(2), "14:30");
        assert_eq!(
            suggested(&weekly, Some("2026-09-08T14:30"), "2026-09-08T16:00"),
            Some(at("2026-09-15T14:30"))
        );
        assert_eq!(
            suggested(&weekly, Some("2026-09-10T09:00"), "2026-09-10T16:00"),
            Some(at("2026-09-15T14:30")),
            "Thursday's was moved; Tuesday it stays"
        );
        let biweekly = agreed(Rhythm::Biweekly, None, "");
        assert_eq!(
            suggested(&biweekly, Some("2026-09-04T11:00"), "2026-09-04T12:00"),
            Some(at("2026-09-18T10:00"))
        );
        let monthly = agreed(Rhythm::Monthly, Some(1), "09:00");
        assert_eq!(
            suggested(&monthly, Some("2026-08-31T09:00"), "2026-09-01T09:00"),
            Some(at("2026-09-28T09:00"))
        );
        assert_eq!(suggested(&agreed(Rhythm::AsNeeded, None, ""), None, "2026-09-01T09:00"), None);
    }

    #[test]
    fn days_off_are_passed_over_and_the_past_is_past() {
        // Chuseok is on Thursday and Friday, 24 and 25 September 2026.
        let weekly = agreed(Rhythm::Weekly, Some(4), "10:00");
        assert_eq!(
            suggested(&weekly, Some("2026-09-17T10:00"), "2026-09-18T10:00"),
            Some(at("2026-09-28T10:00"))
        );
        assert_eq!(
            suggested(&weekly, Some("2026-07-02T10:00"), "2026-09-08T10:00"),
            Some(at("2026-09-10T10:00"))
        );
        assert_eq!(
            suggested(&weekly, None, "2026-08-10T10:00"),
            Some(at("2026-09-03T10:00")),
            "not before the first day"
        );
    }
}
