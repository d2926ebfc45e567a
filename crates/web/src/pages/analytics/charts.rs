//! Figures as places in a picture: numbers in the picture's own units, worked out here, so that a template only
//! writes them down.

use chrono::NaiveDate;
use contract::analytics::{Group, ReviewSpan};
use serde::Serialize;

/// A length of time as people say it: `value` of `unit` (`minutes`, `hours` or `days`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Length {
    pub value: String,
    pub unit: &'static str,
}

impl Length {
    pub fn of(seconds: i64) -> Self {
        let seconds = seconds.max(0);
        match seconds {
            ..3_600 => Self { value: ((seconds + 30) / 60).to_string(), unit: "minutes" },
            3_600..172_800 => Self { value: tenths(seconds, 3_600), unit: "hours" },
            _ => Self { value: tenths(seconds, 86_400), unit: "days" },
        }
    }
}

/// To a tenth, a round one without it: 3.1, 12.
pub fn tenths(seconds: i64, unit: i64) -> String {
    let tenths = (seconds.max(0) * 10 + unit / 2) / unit;
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// The picture of the line: its width, where the ground is, and how far it reaches up.
const LEFT: i64 = 90;
const RIGHT: i64 = 1000;
const GROUND: i64 = 180;
const HEIGHT: i64 = 150;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    pub x: i64,
    /// Nothing where there was no review.
    pub y: Option<i64>,
    pub from: NaiveDate,
    pub reviews: i64,
    pub length: Option<Length>,
}

/// A line over time with its scale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    pub points: Vec<Point>,
    /// Neighbouring points as `x,y x,y`: a part without reviews leaves a gap.
    pub runs: Vec<String>,
    /// The same down to the ground.
    pub areas: Vec<String>,
    /// What is written at the side: (y, value).
    pub marks: Vec<(i64, String)>,
    /// `hours` or `days`.
    pub unit: &'static str,
    /// Whether the last part took less, more or about as long as the first: `faster`, `slower`, `steady`.
    pub trend: &'static str,
}

impl Line {
    pub fn of(spans: &[ReviewSpan]) -> Self {
        let most = spans.iter().filter_map(|span| span.median).max().unwrap_or(0);
        let (unit, seconds) = if most < 172_800 { ("hours", 3_600) } else { ("days", 86_400) };
        let top = nice((most + seconds - 1) / seconds);
        let last = i64::try_from(spans.len()).unwrap_or(1).max(2) - 1;
        let points: Vec<Point> = (0..)
            .zip(spans)
            .map(|(index, span)| Point {
                x: LEFT + (RIGHT - LEFT) * index / last,
                y: span.median.map(|median| GROUND - HEIGHT * median.max(0) / (top * seconds)),
                from: span.from,
                reviews: span.reviews,
                length: span.median.map(Length::of),
            })
            .collect();
        let (mut runs, mut areas) = (Vec::new(), Vec::new());
        for run in points.split(|point| point.y.is_none()).filter(|run| run.len() > 1) {
            let places: Vec<String> =
                run.iter().map(|p| format!("{},{}", p.x, p.y.unwrap_or(GROUND))).collect();
            let line = places.join(" ");
            areas.push(format!("{line} {},{GROUND} {},{GROUND}", run[run.len() - 1].x, run[0].x));
            runs.push(line);
        }
        let marks = [0, 1, 2].map(|part| (GROUND - HEIGHT * part / 2, half(top * part)));
        Self { points, runs, areas, marks: marks.to_vec(), unit, trend: trend(spans) }
    }
}

/// Half of a whole number.
fn half(twice: i64) -> String {
    if twice % 2 == 0 { (twice / 2).to_string() } else { format!("{}.5", twice / 2) }
}

/// The next number that a scale ends with: 1, 2, 4, 6, 8, 10, 12, 16, 20, 24 and so on by eights.
fn nice(most: i64) -> i64 {
    match most {
        ..=1 => 1,
        2 => 2,
        3..=12 => (most + 1) / 2 * 2,
        13..=24 => (most + 3) / 4 * 4,
        _ => (most + 7) / 8 * 8,
    }
}

fn trend(spans: &[ReviewSpan]) -> &'static str {
    let mut medians = spans.iter().filter_map(|span| span.median);
    let (Some(first), Some(last)) = (medians.next(), medians.next_back()) else { return "steady" };
    match (first * 9 / 10, first * 11 / 10) {
        (less, _) if last < less => "faster",
        (_, more) if last > more => "slower",
        _ => "steady",
    }
}

/// A bar with its name; `width` is in hundredths of the longest there can be.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bar {
    pub name: String,
    pub count: i64,
    pub percent: Option<i64>,
    /// Worth a look.
    pub warns: bool,
}

/// The steps of the way, each in percent of all.
pub fn funnel(all: &Group) -> Vec<Bar> {
    let steps = [
        ("started", all.mentorships),
        ("signed-in", all.signed_in),
        ("begun", all.begun),
        ("half", all.half),
        ("finished", all.finished),
    ];
    let percent = |count: i64| (all.mentorships > 0).then(|| count * 100 / all.mentorships);
    steps
        .map(|(name, count)| Bar { name: name.into(), count, percent: percent(count), warns: false })
        .to_vec()
}

/// How many groups a picture has room for; the table has all of them.
const MOST_BARS: usize = 8;

/// The largest groups by a share, the highest first; `all` is the share of all together: far below it warns.
pub fn shares(groups: &[Group], share: fn(&Group) -> Option<i64>, all: Option<i64>) -> Vec<Bar> {
    let mut groups: Vec<&Group> = groups.iter().filter(|group| share(group).is_some()).collect();
    let is_months = groups.iter().all(|group| group.id.is_none());
    if !is_months {
        groups.sort_by_key(|group| std::cmp::Reverse(group.mentorships));
    }
    let from = if is_months { groups.len().saturating_sub(MOST_BARS) } else { 0 };
    let mut bars: Vec<Bar> = groups
        .into_iter()
        .skip(from)
        .take(MOST_BARS)
        .map(|group| Bar {
            name: group.name.clone(),
            count: group.mentorships,
            percent: share(group),
            warns: all.zip(share(group)).is_some_and(|(all, own)| own + 10 <= all),
        })
        .collect();
    if !is_months {
        bars.sort_by_key(|bar| std::cmp::Reverse(bar.percent));
    }
    bars
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(week: u64, median: Option<i64>) -> ReviewSpan {
        let from = NaiveDate::from_ymd_opt(2026, 6, 8).unwrap() + chrono::Days::new(week * 7);
        ReviewSpan { from, reviews: i64::from(median.is_some()), median }
    }

    #[test]
    fn lengths_are_said_in_the_unit_that_fits() {
        let said = |seconds| (Length::of(seconds).value, Length::of(seconds).unit);
        assert_eq!(said(29 * 60), ("29".into(), "minutes"));
        assert_eq!(said(11_160), ("3.1".into(), "hours"));
        assert_eq!(said(36_000), ("10".into(), "hours"));
        assert_eq!(said(3 * 86_400), ("3".into(), "days"));
        assert_eq!(said(-5), ("0".into(), "minutes"));
    }

    #[test]
    fn a_line_has_a_gap_where_nothing_was_reviewed() {
        let line =
            Line::of(&[span(0, Some(8 * 3600)), span(1, Some(4 * 3600)), span(2, None), span(3, Some(3600))]);
        assert_eq!(line.runs, ["90,30 393,105"]);
        assert_eq!(line.areas, ["90,30 393,105 393,180 90,180"]);
        assert_eq!(
            line.points.iter().map(|point| point.y).collect::<Vec<_>>(),
            [Some(30), Some(105), None, Some(162)]
        );
        assert_eq!((line.unit, line.trend), ("hours", "faster"));
        assert_eq!(line.marks.iter().map(|mark| mark.1.as_str()).collect::<Vec<_>>(), ["0", "4", "8"]);
        let empty = Line::of(&[span(0, None)]);
        assert!(empty.runs.is_empty() && empty.trend == "steady");
        let slow = Line::of(&[span(0, Some(86_400)), span(1, Some(5 * 86_400))]);
        assert_eq!((slow.unit, slow.trend), ("days", "slower"));
    }

    #[test]
    fn far_below_all_warns() {
        let group = |name: &str, on_time| Group {
            id: Some(1),
            name: name.into(),
            due: 100,
            on_time,
            ..super::super::samples::group()
        };
        let bars =
            shares(&[group("가", 60), group("나", 71), group("다", 80)], Group::on_time_percent, Some(70));
        let shown: Vec<_> = bars.iter().map(|bar| (bar.name.as_str(), bar.percent, bar.warns)).collect();
        assert_eq!(shown, [("다", Some(80), false), ("나", Some(71), false), ("가", Some(60), true)]);
    }
}
