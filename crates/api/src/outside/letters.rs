//! What mails say, in both languages.

use super::{mailer::CalendarPart, mentorship_letters::MentorshipNews};
use chrono::{DateTime, Datelike, Duration, Utc};
use chrono_tz::Tz;
use contract::auth::Locale;
use serde::{Deserialize, Serialize};

/// A mail to be written when it is sent. It waits in the outbox as JSON.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Letter {
    pub to: String,
    pub name: String,
    pub locale: Locale,
    pub says: Says,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Says {
    /// You are invited; the link holds for 72 hours.
    Invitation { company: String, link: String },
    /// Set a new password; the link holds for an hour.
    PasswordReset { link: String },
    /// A refresh token was used twice: all sign-ins of that device were ended.
    TokenReused,
    /// A 1:1 was planned, moved or called off; with it goes what calendars read.
    Meeting(Box<MeetingLetter>),
    /// Something happened to a mentorship.
    Mentorship(Box<MentorshipNews>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingChange {
    Planned,
    Moved,
    Cancelled,
}

impl MeetingChange {
    /// What calendars are asked to do.
    #[must_use]
    pub const fn method(self) -> &'static str {
        match self {
            Self::Cancelled => "CANCEL",
            Self::Planned | Self::Moved => "REQUEST",
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MeetingLetter {
    pub change: MeetingChange,
    pub with: String,
    pub starts_at: DateTime<Utc>,
    pub minutes: i64,
    pub place: String,
    pub time_zone: String,
    pub link: String,
    pub calendar: String,
}

impl MeetingLetter {
    fn write(&self, name: &str, locale: Locale) -> (String, String) {
        let zone: Tz = self.time_zone.parse().unwrap_or(chrono_tz::Asia::Seoul);
        let begins = self.starts_at.with_timezone(&zone);
        let ends = begins + Duration::minutes(self.minutes);
        let Self { with, place, link, time_zone, .. } = self;
        match locale {
            Locale::Ko => {
                let weekday = ["월", "화", "수", "목", "금", "토", "일"]
                    [begins.weekday().num_days_from_monday() as usize];
                let when = format!(
                    "{}월 {}일 ({weekday}) {}–{}",
                    begins.month(),
                    begins.day(),
                    begins.format("%H:%M"),
                    ends.format("%H:%M")
                );
                let (subject, says) = match self.change {
                    MeetingChange::Planned => (format!("{with} 님과 1:1: {when}"), "1:1 미팅이 잡혔어요."),
                    MeetingChange::Moved => (
                        format!("{with} 님과 1:1이 바뀌었어요: {when}"),
                        "1:1 미팅의 시간이나 장소가 바뀌었어요.",
                    ),
                    MeetingChange::Cancelled => {
                        (format!("{with} 님과 1:1이 취소됐어요: {when}"), "1:1 미팅이 취소됐어요.")
                    }
                };
                let place = if place.is_empty() { String::new() } else { format!("장소: {place}\n") };
                (
                    subject,
                    format!(
                        "{name} 님,\n\n{with} 님과의 {says}\n\n때: {when} ({time_zone})\n{place}\n{link}\n\n나루\n"
                    ),
                )
            }
            Locale::En => {
                let when = format!(
                    "{}, {}–{}",
                    begins.format("%a %-d %b"),
                    begins.format("%H:%M"),
                    ends.format("%H:%M")
                );
                let (subject, says) = match self.change {
                    MeetingChange::Planned => (format!("1:1 with {with}: {when}"), "is planned"),
                    MeetingChange::Moved => {
                        (format!("1:1 with {with} has changed: {when}"), "has another time or place")
                    }
                    MeetingChange::Cancelled => {
                        (format!("1:1 with {with} is cancelled: {when}"), "is cancelled")
                    }
                };
                let place = if place.is_empty() { String::new() } else { format!("Where: {place}\n") };
                (
                    subject,
                    format!(
                        "Hello {name},\n\nyour 1:1 with {with} {says}.\n\nWhen: {when} ({time_zone})\n{place}\n{link}\n\nNaru\n"
                    ),
                )
            }
        }
    }
}

impl Letter {
    /// What goes along for calendars.
    #[must_use]
    pub fn calendar(&self) -> Option<CalendarPart> {
        let Says::Meeting(meeting) = &self.says else { return None };
        Some(CalendarPart { method: meeting.change.method(), text: meeting.calendar.clone() })
    }

    /// Subject and text.
    #[must_use]
    pub fn write(&self) -> (String, String) {
        let name = &self.name;
        match (&self.says, self.locale) {
            (Says::Mentorship(news), locale) => news.write(name, locale),
            (Says::Invitation { company, link }, Locale::Ko) => (
                format!("{company}에서 나루로 초대했어요"),
                format!(
                    "{name} 님, 안녕하세요.\n\n{company}에서 나루로 초대했어요. 아래 링크에서 비밀번호를 만들면 바로 시작할 수 있어요.\n\n{link}\n\n링크는 72시간 동안 쓸 수 있어요. 시간이 지났다면 관리자에게 초대를 다시 보내 달라고 해 주세요.\n\n나루\n"
                ),
            ),
            (Says::Invitation { company, link }, Locale::En) => (
                format!("{company} invites you to Naru"),
                format!(
                    "Hello {name},\n\n{company} invites you to Naru. Set your password here and you can begin:\n\n{link}\n\nThe link works for 72 hours. After that, ask your admin to send the invitation again.\n\nNaru\n"
                ),
            ),
            (Says::PasswordReset { link }, Locale::Ko) => (
                "비밀번호를 새로 만들어 주세요".to_owned(),
                format!(
                    "{name} 님,\n\n아래 링크에서 비밀번호를 새로 만들 수 있어요.\n\n{link}\n\n링크는 한 시간 동안 한 번만 쓸 수 있어요. 요청한 적이 없다면 이 메일은 지워도 괜찮아요.\n\n나루\n"
                ),
            ),
            (Says::PasswordReset { link }, Locale::En) => (
                "Set a new password".to_owned(),
                format!(
                    "Hello {name},\n\nyou can set a new password here:\n\n{link}\n\nThe link works once, for one hour. If you didn't ask for it, ignore this mail.\n\nNaru\n"
                ),
            ),
            (Says::Meeting(meeting), locale) => meeting.write(name, locale),
            (Says::TokenReused, Locale::Ko) => (
                "로그인 하나를 끝냈어요".to_owned(),
                format!(
                    "{name} 님,\n\n이미 쓴 로그인 토큰이 다시 쓰여서, 안전을 위해 그 기기의 로그인을 끝냈어요. 다시 로그인해 주세요. 낯선 일이라면 비밀번호를 바꾸고 관리자에게 알려 주세요.\n\n나루\n"
                ),
            ),
            (Says::TokenReused, Locale::En) => (
                "One of your sign-ins was ended".to_owned(),
                format!(
                    "Hello {name},\n\na sign-in token that had been used before was used again, so we ended the sign-in of that device. Please sign in again. If this surprises you, change your password and tell your admin.\n\nNaru\n"
                ),
            ),
        }
    }
}
