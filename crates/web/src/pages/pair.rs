//! What the pages of a pair share: who it is, which of the two the reader is, the way here.

use super::mentorship::{home, way, way_crumb};
use crate::{Crumb, Result, Signed, engine::Voice};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use contract::{
    MentorshipId,
    mentorship::{GetMentorship, Mentorship, MentorshipStatus},
    policy::Action,
};
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct Pair {
    pub mentorship: Mentorship,
    pub way: &'static str,
    /// `mentor`, `mentee`, or nothing for those who only read.
    pub side: Option<&'static str>,
    /// One of the two, and it runs.
    pub can_write: bool,
}

impl Pair {
    pub async fn load(signed: &Signed, mentorship_id: MentorshipId) -> Result<Self> {
        Ok(Self::of(signed, signed.call(GetMentorship { mentorship_id }).await?))
    }

    fn of(signed: &Signed, mentorship: Mentorship) -> Self {
        let side = match signed.me.user_id {
            me if me == mentorship.mentor_id => Some("mentor"),
            me if me == mentorship.mentee_id => Some("mentee"),
            _ => None,
        };
        let runs = matches!(mentorship.status, MentorshipStatus::Active | MentorshipStatus::Paused);
        let can_write = side.is_some() && runs && signed.can(Action::WorkMentorship);
        Self { way: way(signed, &mentorship), side, can_write, mentorship }
    }

    /// The way to a page of the pair; `key` is its word in the catalogue.
    pub fn crumbs(&self, voice: &Voice, key: &str) -> Vec<Crumb> {
        let home = home(self.mentorship.mentorship_id);
        let name = Crumb::to(home, self.mentorship.mentee_name.as_str());
        vec![way_crumb(voice, self.way), name, Crumb::here(voice.tr(key, &[]))]
    }

    pub fn path(&self, page: &str) -> String {
        path(self.mentorship.mentorship_id, page)
    }

    /// A pair as each of those who read its pages sees it: the mentor, the mentee, an admin after its end.
    pub fn samples() -> [Self; 3] {
        use super::mentorships::samples::mentorship;
        let over = Mentorship { status: MentorshipStatus::Completed, ..mentorship(1) };
        [
            Self { mentorship: mentorship(1), way: "mentees", side: Some("mentor"), can_write: true },
            Self { mentorship: mentorship(1), way: "plan", side: Some("mentee"), can_write: true },
            Self { mentorship: over, way: "mentorships", side: None, can_write: false },
        ]
    }
}

pub fn path(mentorship_id: MentorshipId, page: &str) -> String {
    format!("{}/{page}", home(mentorship_id))
}

/// An instant as the fields of a form: the day, and `HH:MM`.
pub fn fields_of(at: DateTime<Utc>, zone: Tz) -> (String, String) {
    let local = at.with_timezone(&zone);
    (local.date_naive().to_string(), local.format("%H:%M").to_string())
}

/// The instant of a day and a time in the company's zone.
pub fn instant_of(day: NaiveDate, time: NaiveTime, zone: Tz) -> Option<DateTime<Utc>> {
    Some(zone.from_local_datetime(&day.and_time(time)).earliest()?.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_and_a_time_are_an_instant_of_the_companys_zone_and_back() {
        let zone = chrono_tz::Asia::Seoul;
        let day: NaiveDate = "2026-09-08".parse().unwrap();
        let at = instant_of(day, "10:30:00".parse().unwrap(), zone).unwrap();
        assert_eq!(at.to_rfc3339(), "2026-09-08T01:30:00+00:00");
        assert_eq!(fields_of(at, zone), ("2026-09-08".to_owned(), "10:30".to_owned()));
    }
}
