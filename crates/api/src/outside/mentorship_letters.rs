//! What mails say about a mentorship's life, in both languages.

use chrono::NaiveDate;
use contract::{auth::Locale, mentorship_events::MentorshipEventKind};
use serde::{Deserialize, Serialize};

/// What happened, for one of those it concerns.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MentorshipNews {
    pub kind: MentorshipEventKind,
    /// Whether it is the mentee who is told.
    pub is_mentee: bool,
    pub mentor: String,
    pub mentee: String,
    pub title: String,
    pub start_on: NaiveDate,
    pub end_on: NaiveDate,
    /// A note, or a reason.
    pub comment: Option<String>,
    pub link: String,
}

impl MentorshipNews {
    /// Subject and text for somebody of this name.
    #[must_use]
    pub fn write(&self, name: &str, locale: Locale) -> (String, String) {
        let (subject, sentence) = match locale {
            Locale::Ko => self.korean(),
            Locale::En => self.english(),
        };
        let dates = format!("{} – {}", self.start_on, self.end_on);
        let comment = self.comment.as_deref().map(str::trim).filter(|comment| !comment.is_empty());
        let text = match locale {
            Locale::Ko => {
                let comment = comment.map(|text| format!("\n남긴 말: {text}\n")).unwrap_or_default();
                format!(
                    "{name} 님,\n\n{sentence}\n{comment}\n멘토링: {}\n멘토: {}\n멘티: {}\n기간: {dates}\n\n{}\n\n나루\n",
                    self.title, self.mentor, self.mentee, self.link
                )
            }
            Locale::En => {
                let comment = comment.map(|text| format!("\nIn their words: {text}\n")).unwrap_or_default();
                format!(
                    "Hello {name},\n\n{sentence}\n{comment}\nMentorship: {}\nMentor: {}\nMentee: {}\nDates: {dates}\n\n{}\n\nNaru\n",
                    self.title, self.mentor, self.mentee, self.link
                )
            }
        };
        (subject, text)
    }

    fn korean(&self) -> (String, String) {
        use MentorshipEventKind::*;
        let Self { mentor, mentee, .. } = self;
        let (subject, sentence) = match self.kind {
            Proposed => (
                format!("{mentee} 님의 멘토가 되어 주시겠어요?"),
                format!("{mentee} 님의 멘토로 제안받았어요. 계획을 보고 받아들이거나 사양할 수 있어요."),
            ),
            Accepted => (
                format!("{mentor} 님이 멘토링 제안을 받아들였어요"),
                format!("{mentor} 님이 {mentee} 님의 멘토를 맡기로 했어요. 과제와 날짜가 만들어졌어요."),
            ),
            Declined => (
                format!("{mentor} 님이 멘토링 제안을 사양했어요"),
                format!(
                    "{mentor} 님이 {mentee} 님의 멘토를 맡기 어렵다고 해요. 다른 멘토에게 다시 제안해 주세요."
                ),
            ),
            Withdrawn => (
                "멘토링 제안이 취소됐어요".to_owned(),
                format!("{mentee} 님의 멘토 제안이 취소됐어요. 답하지 않아도 괜찮아요."),
            ),
            Started if self.is_mentee => (
                format!("{mentor} 님과 멘토링을 시작해요"),
                format!("{mentor} 님과 함께할 멘토링이 준비됐어요. 첫날의 과제를 미리 볼 수 있어요."),
            ),
            Started => (
                format!("{mentee} 님의 멘토링이 시작됐어요"),
                format!("{mentee} 님의 멘토링이 시작됐어요. 과제와 날짜를 확인해 주세요."),
            ),
            Paused => (
                "멘토링을 잠시 멈췄어요".to_owned(),
                "다시 시작할 때까지 과제는 그대로 있어요. 날짜는 다시 시작할 때 쉰 만큼 뒤로 옮겨져요."
                    .to_owned(),
            ),
            Resumed => (
                "멘토링을 다시 시작해요".to_owned(),
                "끝나지 않은 과제의 날짜가 쉰 만큼 뒤로 옮겨졌어요. 새 날짜를 확인해 주세요.".to_owned(),
            ),
            HandedOver => (
                format!("{mentee} 님의 멘토가 바뀌었어요"),
                format!("이제 {mentor} 님이 {mentee} 님의 멘토예요."),
            ),
            Completed => (
                "멘토링을 마쳤어요".to_owned(),
                format!("{mentee} 님의 멘토링이 끝까지 왔어요. 기록은 언제든 다시 볼 수 있어요."),
            ),
            Ended => (
                "멘토링이 끝났어요".to_owned(),
                "멘토링이 예정보다 먼저 끝났어요. 기록은 언제든 다시 볼 수 있어요.".to_owned(),
            ),
            _ => (
                "멘토링 일정이 바뀌었어요".to_owned(),
                "과제의 날짜가 바뀌었어요. 새 날짜를 확인해 주세요.".to_owned(),
            ),
        };
        (subject, sentence)
    }

    fn english(&self) -> (String, String) {
        use MentorshipEventKind::*;
        let Self { mentor, mentee, .. } = self;
        match self.kind {
            Proposed => (
                format!("Would you mentor {mentee}?"),
                format!(
                    "You are proposed as the mentor of {mentee}. Look at the plan, then accept or decline."
                ),
            ),
            Accepted => (
                format!("{mentor} takes on {mentee}"),
                format!("{mentor} accepted your proposal to mentor {mentee}. The tasks are made and dated."),
            ),
            Declined => (
                format!("{mentor} declined to mentor {mentee}"),
                format!("{mentor} can't mentor {mentee}. Please propose it to somebody else."),
            ),
            Withdrawn => (
                "A mentorship proposal was withdrawn".to_owned(),
                format!("The proposal to mentor {mentee} was withdrawn. You need not answer it."),
            ),
            Started if self.is_mentee => (
                format!("Your mentorship with {mentor} begins"),
                format!("Your mentorship with {mentor} is ready. You can look at the first day's tasks now."),
            ),
            Started => (
                format!("The mentorship of {mentee} has started"),
                format!("The mentorship of {mentee} has started. Please look at its tasks and dates."),
            ),
            Paused => (
                "The mentorship is paused".to_owned(),
                "The tasks stay as they are. Their dates move by the length of the pause when it goes on."
                    .to_owned(),
            ),
            Resumed => (
                "The mentorship goes on".to_owned(),
                "What isn't finished moved by the length of the pause. Please look at the new dates."
                    .to_owned(),
            ),
            HandedOver => (
                format!("{mentee} has a new mentor"),
                format!("{mentor} is the mentor of {mentee} from now on."),
            ),
            Completed => (
                "The mentorship is completed".to_owned(),
                format!("The mentorship of {mentee} is complete. Its record stays readable."),
            ),
            Ended => (
                "The mentorship has ended".to_owned(),
                "The mentorship ended before its time. Its record stays readable.".to_owned(),
            ),
            _ => (
                "The mentorship's dates have changed".to_owned(),
                "Tasks have new dates. Please look at them.".to_owned(),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_letter_in_both_languages() {
        for kind in MentorshipEventKind::ALL {
            let news = MentorshipNews {
                kind: *kind,
                is_mentee: false,
                mentor: "박서연".into(),
                mentee: "한지우".into(),
                title: "온보딩".into(),
                start_on: NaiveDate::default(),
                end_on: NaiveDate::default(),
                comment: Some(" 9월은 어려워요 ".into()),
                link: "https://naru.example/mentorships/7".into(),
            };
            let (ko, en) = (news.write("박서연", Locale::Ko), news.write("Seoyeon Park", Locale::En));
            assert!(ko.1.contains("9월은 어려워요\n") && ko.1.contains("/mentorships/7"), "{}", ko.1);
            let is_korean = |text: &str| text.chars().any(|c| ('가'..='힣').contains(&c));
            let bare = en.0.replace("박서연", "").replace("한지우", "");
            assert!(is_korean(&ko.0) && !is_korean(&bare), "{} {}", ko.0, en.0);
        }
    }
}
