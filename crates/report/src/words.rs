//! What the documents say of themselves, in both languages.

use chrono::{Datelike, NaiveDate};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    Korean,
    English,
}

/// Every label: Korean, English.
macro_rules! words {
    ($($name:ident: $korean:literal, $english:literal;)+) => {
        impl Language {
            $(pub const fn $name(self) -> &'static str {
                match self { Self::Korean => $korean, Self::English => $english }
            })+
        }
    };
}

words! {
    tag: "ko", "en";
    report: "멘토링 최종 평가서", "Final Mentorship Report";
    draft: "아직 서명 전이에요", "Not signed yet";
    mentee: "멘티", "Mentee";
    mentor: "멘토", "Mentor";
    period: "기간", "Period";
    curriculum: "커리큘럼", "Curriculum";
    status: "상태", "Status";
    completed: "마침", "Completed";
    ended: "중단", "Ended early";
    running: "진행 중", "Running";
    record: "기록으로 본 모습", "What the record says";
    done: "완료한 필수 과제", "Required tasks done";
    on_time: "기한을 지킨 비율", "Handed in on time";
    task_days: "과제에 걸린 날", "Days per task";
    review_days: "검토에 걸린 날", "Days to review";
    median: "중앙값", "median";
    returned: "반려", "Returned";
    skipped: "건너뜀", "Skipped";
    meetings: "1:1 미팅", "1:1 meetings";
    goals_reached: "이룬 목표", "Goals reached";
    scores: "다섯 가지 눈으로", "Five views";
    mentor_view: "멘토의 평가", "The mentor's evaluation";
    mentee_view: "멘티의 생각", "The mentee's own view";
    not_written: "아직 쓰지 않았어요.", "Not written yet.";
    goals: "목표", "Goals";
    due: "기한", "Due";
    signatures: "서명", "Signatures";
    not_signed: "서명 전", "Not signed";
    certificate: "수료증", "Certificate of Completion";
    printed: "발급", "Issued";
    number: "제", "No.";
}

impl Language {
    /// The five things that are scored from 1 to 5.
    pub const fn criteria(self) -> [&'static str; crate::CRITERIA] {
        match self {
            Self::Korean => ["업무 이해", "결과물의 품질", "주도성", "소통", "성장"],
            Self::English => {
                ["Grasp of the work", "Quality of results", "Initiative", "Communication", "Growth"]
            }
        }
    }

    pub fn date(self, date: NaiveDate) -> String {
        match self {
            Self::Korean => format!("{}년 {}월 {}일", date.year(), date.month(), date.day()),
            Self::English => date.format("%-d %B %Y").to_string(),
        }
    }

    pub fn weeks(self, weeks: i64) -> String {
        match (self, weeks) {
            (Self::Korean, _) => format!("{weeks}주"),
            (Self::English, 1) => "1 week".to_owned(),
            (Self::English, _) => format!("{weeks} weeks"),
        }
    }

    pub fn days(self, days: f64) -> String {
        let number = format!("{days:.1}");
        let number = number.strip_suffix(".0").unwrap_or(&number);
        match self {
            Self::Korean => format!("{number}일"),
            Self::English => format!("{number} d"),
        }
    }

    pub fn times(self, count: i64) -> String {
        match self {
            Self::Korean => format!("{count}번"),
            Self::English => format!("{count}×"),
        }
    }

    /// A person's name as one is spoken of on paper.
    pub fn called(self, name: &str) -> String {
        match self {
            Self::Korean => format!("{name} 님"),
            Self::English => name.to_owned(),
        }
    }
}
