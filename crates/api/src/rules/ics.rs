//! iCalendar (RFC 5545): what calendar programs read.
//!
//! Meetings are written in UTC, so that no time zone has to be described; due dates are whole days. Nothing in it
//! depends on when it is written: the same facts give the same bytes, and their `ETag` tells that nothing changed.

use chrono::{DateTime, Days, NaiveDate, Utc};

/// When something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Time(DateTime<Utc>, DateTime<Utc>),
    Day(NaiveDate),
}

/// Somebody, by name and address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    pub name: String,
    pub email: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub uid: String,
    pub sequence: i64,
    /// When it was last changed.
    pub stamp: DateTime<Utc>,
    pub when: When,
    pub summary: String,
    pub location: String,
    pub url: String,
    /// Who invites, and who is invited; none in a feed.
    pub organizer: Option<Attendee>,
    pub attendees: Vec<Attendee>,
    pub is_cancelled: bool,
}

/// A calendar. `method` is `REQUEST` or `CANCEL` in a mail, none in a feed, which has a name instead.
#[must_use]
pub fn calendar(name: Option<&str>, method: Option<&str>, events: &[Event]) -> String {
    let mut lines = Lines::default();
    lines.add("BEGIN:VCALENDAR");
    lines.add("VERSION:2.0");
    lines.add("PRODID:-//Naru//Naru//KO");
    lines.add("CALSCALE:GREGORIAN");
    if let Some(method) = method {
        lines.add(&format!("METHOD:{method}"));
    }
    if let Some(name) = name {
        lines.text("X-WR-CALNAME", name);
        lines.add("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
        lines.add("X-PUBLISHED-TTL:PT1H");
    }
    for event in events {
        event.write(&mut lines);
    }
    lines.add("END:VCALENDAR");
    lines.0
}

impl Event {
    fn write(&self, lines: &mut Lines) {
        lines.add("BEGIN:VEVENT");
        lines.add(&format!("UID:{}", self.uid));
        lines.add(&format!("DTSTAMP:{}", instant(self.stamp)));
        lines.add(&format!("LAST-MODIFIED:{}", instant(self.stamp)));
        lines.add(&format!("SEQUENCE:{}", self.sequence));
        match self.when {
            When::Time(from, to) => {
                lines.add(&format!("DTSTART:{}", instant(from)));
                lines.add(&format!("DTEND:{}", instant(to)));
            }
            When::Day(day) => {
                // The end of a day is the next one, and nobody is busy all day for a due date.
                let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
                lines.add(&format!("DTSTART;VALUE=DATE:{}", day.format("%Y%m%d")));
                lines.add(&format!("DTEND;VALUE=DATE:{}", next.format("%Y%m%d")));
                lines.add("TRANSP:TRANSPARENT");
            }
        }
        lines.text("SUMMARY", &self.summary);
        if !self.location.is_empty() {
            lines.text("LOCATION", &self.location);
        }
        lines.text("DESCRIPTION", &self.url);
        lines.add(&format!("URL:{}", uri(&self.url)));
        if let Some(organizer) = &self.organizer {
            lines.add(&format!("ORGANIZER;CN={}:mailto:{}", quoted(&organizer.name), uri(&organizer.email)));
        }
        for attendee in &self.attendees {
            let name = quoted(&attendee.name);
            let mail = uri(&attendee.email);
            lines.add(&format!(
                "ATTENDEE;CN={name};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{mail}"
            ));
        }
        lines.add(if self.is_cancelled { "STATUS:CANCELLED" } else { "STATUS:CONFIRMED" });
        lines.add("END:VEVENT");
    }
}

/// Content lines: ended by CRLF, folded at 75 octets between characters.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn add(&mut self, line: &str) {
        let mut room = 75;
        for character in line.chars().filter(|character| !character.is_control()) {
            if character.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = 74;
            }
            self.0.push(character);
            room -= character.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len());
        for character in value.replace("\r\n", "\n").chars() {
            match character {
                '\\' | ';' | ',' => escaped.extend(['\\', character]),
                '\n' => escaped.push_str("\\n"),
                other => escaped.push(other),
            }
        }
        self.add(&format!("{name}:{escaped}"));
    }
}

fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// A parameter's value; quotes can't be written in one.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "'"))
}

fn uri(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meeting() -> Event {
        let at = |text: &str| text.parse().unwrap();
        Event {
            uid: "meeting-1@naru".into(),
            sequence: 2,
            stamp: at("2026-09-01T00:00:00.5Z"),
            when: When::Time(at("2026-09-08T01:00:00Z"), at("2026-09-08T01:30:00Z")),
            summary: "1:1; 한지우, \"박\" \\ 서연\r\nBEGIN:VALARM".into(),
            location: "https://meet.example/a,b".into(),
            url: "https://naru.example/mentorships/1/meetings/1".into(),
            organizer: Some(Attendee { name: "박\"서연\r\nX:".into(), email: "seo@a.example".into() }),
            attendees: vec![Attendee { name: "한지우; 멘티".into(), email: "ji@a.example".into() }],
            is_cancelled: false,
        }
    }

    #[test]
    fn lines_are_folded_between_characters_and_nothing_can_be_smuggled_in() {
        let text = calendar(
            None,
            Some("REQUEST"),
            &[Event { summary: "긴 제목 ".repeat(30), ..meeting() }, meeting()],
        );
        for line in text.split("\r\n") {
            assert!(line.len() <= 75, "{} octets: {line}", line.len());
            assert!(!line.contains('\n') && !line.contains('\r'));
        }
        let whole = text.replace("\r\n ", "");
        assert!(whole.contains(&format!("SUMMARY:{}", "긴 제목 ".repeat(30))));
        assert!(whole.contains("SUMMARY:1:1\\; 한지우\\, \"박\" \\\\ 서연\\nBEGIN:VALARM\r\n"), "{whole}");
        assert!(whole.contains("ORGANIZER;CN=\"박'서연X:\":mailto:seo@a.example\r\n"), "{whole}");
        assert_eq!(whole.matches("\r\nBEGIN:").count(), 2);
        assert!(
            text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n")
        );
    }

    #[test]
    fn times_are_utc_and_due_dates_are_days() {
        let day = Event {
            when: When::Day("2026-12-31".parse().unwrap()),
            organizer: None,
            attendees: Vec::new(),
            is_cancelled: true,
            ..meeting()
        };
        let text = calendar(Some("나루"), None, &[meeting(), day]);
        for line in [
            "DTSTART:20260908T010000Z",
            "DTEND:20260908T013000Z",
            "DTSTAMP:20260901T000000Z",
            "SEQUENCE:2",
            "DTSTART;VALUE=DATE:20261231",
            "DTEND;VALUE=DATE:20270101",
            "STATUS:CANCELLED",
            "X-WR-CALNAME:나루",
        ] {
            assert!(text.contains(&format!("\r\n{line}\r\n")), "{line} in\n{text}");
        }
        assert!(!text.contains("TZID"), "a zone would have to be described");
    }
}
