//! The public holidays of a country, from a table of dates that is part of the program.
//!
//! A table and not rules: substitutes, decrees and elections change by law every few years, and a list of
//! dates can be compared with the published one line by line (`data/README.md`, `data/compare.py`).

use std::borrow::Cow;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// A country whose public holidays are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Country {
    #[default]
    #[serde(rename = "KR")]
    Kr,
}

/// Why a day is a public holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolidayKind {
    Fixed,
    Lunar,
    Substitute,
    Election,
    Temporary,
}

/// What a holiday is called; a company's own holiday has the one name it was given, in both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HolidayName<'a> {
    pub ko: Cow<'a, str>,
    pub en: Cow<'a, str>,
}

/// A holiday on its day, for showing in a calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DatedHoliday<'a> {
    pub date: NaiveDate,
    pub name: HolidayName<'a>,
    /// `None` for a company's own holiday.
    pub kind: Option<HolidayKind>,
    /// The company would have worked on this weekday.
    pub takes_a_working_day: bool,
}

/// One row of a country's table.
#[derive(Debug)]
pub(crate) struct PublicHoliday {
    pub date: NaiveDate,
    pub kind: HolidayKind,
    pub name_ko: &'static str,
    pub name_en: &'static str,
}

static KR: LazyLock<Vec<PublicHoliday>> = LazyLock::new(|| {
    rows(include_str!("../data/kr.csv"))
        .expect("data/kr.csv is part of the program and a test reads all of it")
});

impl Country {
    /// The two-letter code, as stored and as in `KR`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Kr => "KR",
        }
    }

    /// The country of a two-letter code.
    pub fn from_code(code: &str) -> Option<Self> {
        code.eq_ignore_ascii_case("KR").then_some(Self::Kr)
    }

    /// All public holidays, by date.
    pub(crate) fn holidays(self) -> &'static [PublicHoliday] {
        match self {
            Self::Kr => &KR,
        }
    }

    /// The first and the last year the table knows.
    pub fn years(self) -> (i32, i32) {
        match self {
            Self::Kr => (2024, 2030),
        }
    }

    pub(crate) fn holiday(self, date: NaiveDate) -> Option<&'static PublicHoliday> {
        let (first, last) = self.years();
        if !(first..=last).contains(&date.year()) {
            return None;
        }
        let table = self.holidays();
        table.binary_search_by_key(&date, |holiday| holiday.date).ok().map(|index| &table[index])
    }

    pub(crate) fn holidays_between(self, from: NaiveDate, to: NaiveDate) -> &'static [PublicHoliday] {
        let table = self.holidays();
        let start = table.partition_point(|holiday| holiday.date < from);
        let end = table.partition_point(|holiday| holiday.date <= to);
        &table[start..end.max(start)]
    }
}

impl PublicHoliday {
    pub(crate) fn name(&self) -> HolidayName<'static> {
        HolidayName { ko: Cow::Borrowed(self.name_ko), en: Cow::Borrowed(self.name_en) }
    }
}

/// Reads `date,kind,name_ko,name_en`; no field is quoted. The error is the line that can't be read.
fn rows(text: &'static str) -> Result<Vec<PublicHoliday>, &'static str> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.skip(1).map(|line| row(line).ok_or(line)).collect()
}

fn row(line: &'static str) -> Option<PublicHoliday> {
    let mut fields = line.split(',');
    let date = fields.next()?.parse().ok()?;
    let kind = match fields.next()? {
        "fixed" => HolidayKind::Fixed,
        "lunar" => HolidayKind::Lunar,
        "substitute" => HolidayKind::Substitute,
        "election" => HolidayKind::Election,
        "temporary" => HolidayKind::Temporary,
        _ => return None,
    };
    let (name_ko, name_en) = (fields.next()?, fields.next()?);
    let complete = !name_ko.is_empty() && !name_en.is_empty() && fields.next().is_none();
    complete.then_some(PublicHoliday { date, kind, name_ko, name_en })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_unique_and_covers_its_years() {
        let table = Country::Kr.holidays();
        assert!(table.windows(2).all(|pair| pair[0].date < pair[1].date));
        let (first, last) = Country::Kr.years();
        for year in first..=last {
            let days = table.iter().filter(|holiday| holiday.date.year() == year).count();
            assert!((15..=25).contains(&days), "{year} has {days} holidays");
        }
        assert!(table.iter().all(|holiday| (first..=last).contains(&holiday.date.year())));
    }

    #[test]
    fn a_line_with_a_wrong_field_is_refused() {
        for line in [
            "2024-13-01,fixed,가,A",
            "2024-01-01,other,가,A",
            "2024-01-01,fixed,가",
            "2024-01-01,fixed,가,A,B",
            "2024-01-01,fixed,,A",
        ] {
            assert!(row(line).is_none(), "{line}");
        }
    }

    /// What the package `holidays` 0.109 of PyPI prints for three whole years.
    #[test]
    fn three_years_equal_an_independent_list() {
        let expected: [(i32, &[&str]); 3] = [
            (
                2025,
                &[
                    "01-01", "01-27", "01-28", "01-29", "01-30", "03-01", "03-03", "05-05", "05-06", "06-03",
                    "06-06", "08-15", "10-03", "10-05", "10-06", "10-07", "10-08", "10-09", "12-25",
                ],
            ),
            (
                2026,
                &[
                    "01-01", "02-16", "02-17", "02-18", "03-01", "03-02", "05-01", "05-05", "05-24", "05-25",
                    "06-03", "06-06", "07-17", "08-15", "08-17", "09-24", "09-25", "09-26", "10-03", "10-05",
                    "10-09", "12-25",
                ],
            ),
            (
                2027,
                &[
                    "01-01", "02-06", "02-07", "02-08", "02-09", "03-01", "05-01", "05-03", "05-05", "05-13",
                    "06-06", "07-17", "07-19", "08-15", "08-16", "09-14", "09-15", "09-16", "10-03", "10-04",
                    "10-09", "10-11", "12-25", "12-27",
                ],
            ),
        ];
        for (year, days) in expected {
            let table = Country::Kr.holidays().iter().filter(|holiday| holiday.date.year() == year);
            let dates: Vec<String> = table.map(|holiday| holiday.date.format("%m-%d").to_string()).collect();
            assert_eq!(dates, days, "{year}");
        }
    }

    #[test]
    fn kinds_and_names_of_the_days_that_are_easy_to_get_wrong() {
        let cases = [
            ("2024-02-12", HolidayKind::Substitute, "설날 대체휴일", "Seollal (substitute)"),
            ("2024-04-10", HolidayKind::Election, "국회의원 선거일", "National Assembly election day"),
            ("2024-10-01", HolidayKind::Temporary, "국군의날", "Armed Forces Day"),
            ("2025-05-05", HolidayKind::Fixed, "어린이날·부처님오신날", "Children's Day & Buddha's Birthday"),
            ("2026-07-17", HolidayKind::Fixed, "제헌절", "Constitution Day"),
            ("2027-02-07", HolidayKind::Lunar, "설날", "Seollal"),
            ("2028-10-05", HolidayKind::Substitute, "추석 대체휴일", "Chuseok (substitute)"),
            ("2030-03-27", HolidayKind::Election, "대통령 선거일", "Presidential election day"),
            ("2030-06-12", HolidayKind::Election, "지방선거일", "Local election day"),
        ];
        for (date, kind, ko, en) in cases {
            let holiday = Country::Kr.holiday(date.parse().unwrap()).unwrap();
            assert_eq!((holiday.kind, holiday.name_ko, holiday.name_en), (kind, ko, en), "{date}");
        }
        // 현충일 and 신정 have no substitute; 추석 on a Saturday neither; 노동절 and 제헌절 not before 2026.
        for date in ["2027-06-07", "2028-01-03", "2026-09-28", "2025-05-01", "2025-07-17"] {
            assert!(Country::Kr.holiday(date.parse().unwrap()).is_none(), "{date}");
        }
    }
}
