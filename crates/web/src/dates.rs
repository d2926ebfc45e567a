//! Days and moments as people say them, in the company's time zone.
//!
//! Rendering runs on one thread from start to end, so the moment a page is
//! made for is kept there: imported macros see no context.

use crate::{
    engine::{Setting, Voice},
    i18n::Catalogue,
};
use chrono::{DateTime, Datelike, Duration, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;
use fluent_bundle::FluentValue;
use minijinja::{Environment, Error, ErrorKind, HtmlEscape, value::Value};
use std::cell::Cell;
use std::sync::Arc;

thread_local! {
    static SETTING: Cell<Option<Setting>> = const { Cell::new(None) };
}

/// Runs `render` at this moment and place.
pub fn within<T>(setting: Setting, render: impl FnOnce() -> T) -> T {
    struct Restore(Option<Setting>);
    impl Drop for Restore {
        fn drop(&mut self) {
            SETTING.set(self.0);
        }
    }
    let _restore = Restore(SETTING.replace(Some(setting)));
    render()
}

/// The time zone of an IANA name; Seoul for one that isn't known.
pub fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(chrono_tz::Asia::Seoul)
}

/// The filters of days, moments and numbers; `CONTRIBUTING.md` lists them.
pub fn register(templates: &mut Environment<'static>, catalogue: &Arc<Catalogue>) {
    let add = |templates: &mut Environment<'static>, name: &'static str, say: fn(&Words, Day) -> String| {
        let words = Words(Arc::clone(catalogue));
        templates.add_filter(name, move |value: Value| Ok::<_, Error>(say(&words, Day::read(&value)?)));
    };
    add(templates, "date", |words, day| words.date(day.date, day.setting.today()));
    add(templates, "date_exact", |words, day| words.date_exact(day.date));
    add(templates, "weekday", |words, day| words.weekday(day.date));
    add(templates, "weekday_long", |words, day| {
        words.say(&format!("date-weekday-long-{}", day.date.weekday().number_from_monday()), &[])
    });
    add(templates, "datetime", |words, day| words.datetime(day));
    add(templates, "datetime_exact", |words, day| {
        format!("{} {}", words.date_exact(day.date), words.time(day))
    });
    add(templates, "ago", |words, day| words.ago(day));
    // <time> with the exact day under the pointer
    for (name, say) in [
        ("date_tag", (|words, day| words.date(day.date, day.setting.today())) as fn(&Words, Day) -> String),
        ("datetime_tag", |words, day| words.datetime(day)),
        ("ago_tag", |words, day| words.ago(day)),
    ] {
        let words = Words(Arc::clone(catalogue));
        templates.add_filter(name, move |value: Value| {
            let day = Day::read(&value)?;
            let exact = match day.moment {
                Some(_) => format!("{} {}", words.date_exact(day.date), words.time(day)),
                None => words.date_exact(day.date),
            };
            let (exact, said) = (HtmlEscape(&exact).to_string(), HtmlEscape(&say(&words, day)).to_string());
            let machine = day.moment.map_or_else(|| day.date.to_string(), |moment| moment.to_rfc3339());
            Ok::<_, Error>(Value::from_safe_string(format!(
                "<time datetime=\"{machine}\" title=\"{exact}\">{said}</time>"
            )))
        });
    }
    let words = Words(Arc::clone(catalogue));
    templates.add_filter("date_range", move |first: Value, last: Value| {
        Ok::<_, Error>(words.range(Day::read(&first)?.date, Day::read(&last)?.date))
    });
    templates.add_filter("days_until", |value: Value| {
        let day = Day::read(&value)?;
        Ok::<_, Error>((day.date - day.setting.today()).num_days())
    });
    templates.add_filter("number", number);
}

/// A day, or a moment seen from where the page is read.
#[derive(Clone, Copy)]
struct Day {
    date: NaiveDate,
    moment: Option<DateTime<Tz>>,
    setting: Setting,
}

impl Day {
    fn read(value: &Value) -> Result<Self, Error> {
        let setting = SETTING.get();
        let setting =
            setting.ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "no moment to render at"))?;
        let text = value.as_str().unwrap_or_default();
        if let Ok(date) = text.parse::<NaiveDate>() {
            return Ok(Self { date, moment: None, setting });
        }
        let moment: DateTime<Utc> = text.parse().map_err(|_| {
            Error::new(ErrorKind::InvalidOperation, format!("{value:?} is no day and no moment"))
        })?;
        let moment = moment.with_timezone(&setting.zone);
        Ok(Self { date: moment.date_naive(), moment: Some(moment), setting })
    }
}

/// A day with its year, for what is said outside templates.
pub fn exact(voice: &Voice, date: NaiveDate) -> String {
    let month = voice.tr(&format!("date-month-{}", date.month()), &[]);
    let weekday = voice.tr(&format!("date-weekday-{}", date.weekday().number_from_monday()), &[]);
    let (year, day) = (date.year().to_string(), date.day().to_string());
    voice.tr("date-exact", &[("year", &year), ("month", &month), ("day", &day), ("weekday", &weekday)])
}

struct Words(Arc<Catalogue>);

impl Words {
    fn say(&self, key: &str, args: &[(&'static str, FluentValue<'static>)]) -> String {
        self.0.text(key, args.iter().cloned()).unwrap_or_else(|error| {
            debug_assert!(false, "{key}: {error}");
            key.to_owned()
        })
    }

    fn weekday(&self, date: NaiveDate) -> String {
        self.say(&format!("date-weekday-{}", date.weekday().number_from_monday()), &[])
    }

    fn parts(&self, date: NaiveDate) -> [(&'static str, FluentValue<'static>); 4] {
        [
            ("year", i64::from(date.year()).into()),
            ("month", self.say(&format!("date-month-{}", date.month()), &[]).into()),
            ("day", i64::from(date.day()).into()),
            ("weekday", self.weekday(date).into()),
        ]
    }

    /// 오늘, 내일, 8월 3일 (월); with the year when it is another.
    fn date(&self, date: NaiveDate, today: NaiveDate) -> String {
        match (date - today).num_days() {
            -1 => self.say("date-yesterday", &[]),
            0 => self.say("date-today", &[]),
            1 => self.say("date-tomorrow", &[]),
            _ if date.year() == today.year() => self.say("date-short", &self.parts(date)[1..]),
            _ => self.date_exact(date),
        }
    }

    fn date_exact(&self, date: NaiveDate) -> String {
        self.say("date-exact", &self.parts(date))
    }

    /// 8.3–7, 8.31–9.4
    fn range(&self, first: NaiveDate, last: NaiveDate) -> String {
        let month =
            |date: NaiveDate| FluentValue::from(self.say(&format!("date-month-short-{}", date.month()), &[]));
        let args = [
            ("month", month(first)),
            ("day", i64::from(first.day()).into()),
            ("last-month", month(last)),
            ("last-day", i64::from(last.day()).into()),
        ];
        match (first == last, first.month() == last.month()) {
            (true, _) => self.say("date-range-day", &args),
            (_, true) => self.say("date-range-month", &args),
            _ => self.say("date-range", &args),
        }
    }

    fn time(&self, day: Day) -> String {
        let Some(moment) = day.moment else { return String::new() };
        let (is_pm, hour) = moment.hour12();
        let key = if is_pm { "date-pm" } else { "date-am" };
        self.say(
            key,
            &[("hour", i64::from(hour).into()), ("minute", format!("{:02}", moment.minute()).into())],
        )
    }

    fn datetime(&self, day: Day) -> String {
        format!("{} {}", self.date(day.date, day.setting.today()), self.time(day)).trim_end().to_owned()
    }

    /// 방금, 5분 전, 3시간 전, 그보다 오래면 날짜
    fn ago(&self, day: Day) -> String {
        let Some(moment) = day.moment else { return self.date(day.date, day.setting.today()) };
        let past = day.setting.now.signed_duration_since(moment);
        if past < Duration::minutes(1) {
            self.say("date-just-now", &[])
        } else if past < Duration::hours(1) {
            self.say("date-minutes-ago", &[("count", past.num_minutes().into())])
        } else if past < Duration::hours(24) {
            self.say("date-hours-ago", &[("count", past.num_hours().into())])
        } else if past < Duration::days(7) {
            let days = (day.setting.today() - day.date).num_days();
            self.say("date-days-ago", &[("count", days.into())])
        } else {
            self.date(day.date, day.setting.today())
        }
    }
}

/// 12345 → 12,345
fn number(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut grouped = if value < 0 { "-".to_owned() } else { String::new() };
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Voice;
    use contract::auth::Locale;

    fn said(locale: Locale, template: &str) -> String {
        let now = "2026-08-27T03:30:00Z".parse().unwrap();
        let setting = Setting { now, zone: chrono_tz::Asia::Seoul };
        let voice = Voice::read(locale);
        within(setting, || voice.templates.render_str(template, ()).unwrap())
    }

    #[test]
    fn days_are_said_as_people_say_them() {
        let both = |template: &str| (said(Locale::Ko, template), said(Locale::En, template));
        let pair = |ko: &str, en: &str| (ko.to_owned(), en.to_owned());
        assert_eq!(both("{{ '2026-08-27'|date }}"), pair("오늘", "today"));
        assert_eq!(both("{{ '2026-08-28'|date }}"), pair("내일", "tomorrow"));
        assert_eq!(both("{{ '2026-08-31'|date }}"), pair("8월 31일 (월)", "Mon, Aug 31"));
        assert_eq!(both("{{ '2027-01-04'|date }}"), pair("2027년 1월 4일 (월)", "Mon, Jan 4, 2027"));
        assert_eq!(both("{{ '2026-08-03'|date_range('2026-08-07') }}"), pair("8.3–7", "Aug 3–7"));
        assert_eq!(both("{{ '2026-08-31'|date_range('2026-09-04') }}"), pair("8.31–9.4", "Aug 31–Sep 4"));
        // Past midnight in Seoul, still yesterday in UTC.
        assert_eq!(both("{{ '2026-08-26T15:20:00Z'|datetime }}"), pair("오늘 오전 12:20", "today 12:20 am"));
        assert_eq!(both("{{ '2026-08-27T03:25:00Z'|ago }}"), pair("5분 전", "5 minutes ago"));
        assert_eq!(said(Locale::Ko, "{{ '2026-08-30'|days_until }}"), "3");
        assert_eq!(said(Locale::Ko, "{{ 1234567|number }} {{ -100|number }}"), "1,234,567 -100");
        let tag = "<time datetime=\"2026-08-28\" title=\"2026년 8월 28일 (금)\">내일</time>";
        assert_eq!(said(Locale::Ko, "{{ '2026-08-28'|date_tag }}"), tag);
    }
}
