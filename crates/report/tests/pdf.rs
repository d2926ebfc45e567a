//! The documents: readable back as text, right in Korean, over as many pages as the text needs.
//!
//! With `NARU_REPORT_SAMPLES` set to a folder, the samples are written there to be looked at.

use chrono::NaiveDate;
use report::{
    Certificate, Figures, GoalLine, Language, Person, Report, Signature, View, certificate, report,
};
use std::io::Write;
use std::process::{Command, Stdio};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn sample(language: Language) -> Report {
    let signed = |name: &str| Some(Signature { name: name.into(), on: day("2026-10-16") });
    Report {
        language,
        company: "윤슬로보틱스".into(),
        title: "백엔드 엔지니어 온보딩".into(),
        mentee: Person { name: "한지우".into(), note: "플랫폼개발팀 · 사원".into() },
        mentor: Person { name: "박서연".into(), note: "책임".into() },
        start_on: day("2026-08-03"),
        end_on: day("2026-10-16"),
        weeks: 11,
        curricula: vec!["백엔드 엔지니어 온보딩 v3".into(), "회사 소개 v2".into()],
        completed: Some(true),
        figures: Figures {
            required: 18, done: 17, on_time: Some(88), task_days: Some(3.5), review_days: Some(0.8), returned: 4,
            skipped: 1, meetings: 9, goals: 3, goals_reached: 2,
        },
        goals: vec![
            GoalLine { title: "혼자 배포할 수 있어요".into(), measure: "도움 없이 배포 3번".into(), due_on: Some(day("2026-09-30")), progress: 100 },
            GoalLine { title: "관제 API의 오류 응답을 한 가지 모양으로 정리하고 문서로 남겨 다른 팀도 쓸 수 있게 하기".into(), measure: String::new(), due_on: None, progress: 70 },
            GoalLine { title: "Read one RFC a week".into(), measure: "8 RFCs".into(), due_on: None, progress: 0 },
        ],
        mentor_view: View {
            text: "지우 님은 **\"질문\"**을 잘해요. 모르는 것을 오래 붙들지 않고, 무엇을 해 보았는지부터 말해요.\n\n## 잘한 것\n\n- 관제 API의 오류 응답을 **한 가지 모양**으로 정리했어요.\n- 장애 대응 훈련에서 런북을 스스로 고쳤어요. 그 뒤로 같은 알림이 왔을 때 팀이 찾는 문서가 되었어요.\n  - 특히 [런북](https://wiki.yunseul.example/runbook)\n\n## 더 자랄 것\n\n1. 설계 문서를 먼저 쓰고 시작하기\n2. 리뷰를 더 자주, 더 작게 부탁하기\n\n> 다음 분기에는 배포 자동화를 맡아 주세요.\n".into(),
            scores: [Some(4), Some(5), Some(4), Some(5), Some(5)],
            signed: signed("박서연"),
        },
        mentee_view: View {
            text: "처음에는 물어보는 것이 어려웠는데, 매주 1:1에서 **작은 것부터** 이야기하면서 나아졌어요. 감사합니다! 🙌".into(),
            scores: [Some(4), Some(4), None, Some(5), Some(4)],
            signed: signed("한지우"),
        },
    }
}

fn diploma(language: Language) -> Certificate {
    Certificate {
        language,
        company: "윤슬로보틱스".into(),
        number: "2026-17".into(),
        mentee: "한지우".into(),
        mentee_note: "플랫폼개발팀".into(),
        mentor: "박서연".into(),
        title: "백엔드 엔지니어 온보딩".into(),
        start_on: day("2026-08-03"),
        end_on: day("2026-10-16"),
        weeks: 11,
        tasks: 17,
        completed_on: day("2026-10-16"),
    }
}

/// Keeps a sample where somebody wants to look at it.
#[expect(clippy::disallowed_methods, reason = "who wants to look says where by the environment")]
fn keep(name: &str, pdf: &[u8]) {
    if let Ok(folder) = std::env::var("NARU_REPORT_SAMPLES") {
        std::fs::write(std::path::Path::new(&folder).join(name), pdf).expect("a sample");
    }
}

/// What another program reads out of it; nothing where there is no such program, which CI has.
#[expect(clippy::disallowed_methods, reason = "CI says that it is CI by the environment")]
fn extracted(pdf: &[u8]) -> Option<String> {
    let mut reader = Command::new("pdftotext");
    let child = reader.args(["-raw", "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    assert!(child.is_ok() || std::env::var("CI").is_err(), "pdftotext is missing: tools/packages rust");
    let mut child = child.ok()?;
    let mut input = child.stdin.take().expect("its input");
    let bytes = pdf.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = child.wait_with_output().expect("what it says");
    writer.join().expect("a thread").expect("written");
    assert!(output.status.success(), "pdftotext reads it");
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

fn pages(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    text.matches("/Type/Page").count().max(text.matches("/Type /Page").count())
        - text.matches("/Type/Pages").count().max(text.matches("/Type /Pages").count())
}

#[test]
fn a_report_reads_back_as_the_text_it_was_made_of() {
    for (language, name, title) in [
        (Language::Korean, "report-ko.pdf", "멘토링 최종 평가서"),
        (Language::English, "report-en.pdf", "Final Mentorship Report"),
    ] {
        let pdf = report(&sample(language)).expect("a report");
        keep(name, &pdf);
        assert!(pdf.starts_with(b"%PDF-"));
        assert!(pdf.len() < 200_000, "only the glyphs in use: {} bytes", pdf.len());
        let Some(text) = extracted(&pdf) else { continue };
        for part in [
            title,
            "윤슬로보틱스",
            "한지우",
            "혼자 배포할 수 있어요",
            "\"질문\"을 잘해요",
            "17/18",
            "88%",
            "https://wiki.yunseul.example/runbook",
            "1 / 2",
        ] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
        assert!(!text.contains("**"), "bold is drawn, not written");
    }
}

#[test]
fn a_text_of_a_thousand_lines_runs_over_pages_and_loses_nothing() {
    let mut long = sample(Language::Korean);
    long.mentor_view.text = (1..=1000).map(|line| format!("{line}째 줄의 이야기입니다\n\n")).collect();
    let pdf = report(&long).expect("a report");
    let count = pages(&pdf);
    assert!(count > 20, "{count} pages");
    if let Some(text) = extracted(&pdf) {
        for line in [1, 2, 499, 500, 999, 1000] {
            assert!(text.contains(&format!("{line}째 줄의 이야기입니다")), "line {line}");
        }
        assert!(text.contains(&format!("{count} / {count}")), "the last page has its number");
    }
}

#[test]
fn an_empty_report_and_wide_words_still_make_a_document() {
    let mut empty = sample(Language::English);
    empty.goals.clear();
    empty.figures = Figures::default();
    empty.completed = None;
    (empty.mentor_view, empty.mentee_view) = (View::default(), View::default());
    empty.title = "가".repeat(400);
    empty.company = "A very long company name ".repeat(20);
    let pdf = report(&empty).expect("a report");
    keep("report-empty.pdf", &pdf);
    if let Some(text) = extracted(&pdf) {
        assert!(text.contains("Not written yet.") && text.contains("Not signed"), "{text}");
    }
}

#[test]
fn a_certificate_is_one_page() {
    for (language, name, part) in [
        (Language::Korean, "certificate-ko.pdf", "제 2026-17호"),
        (Language::English, "certificate-en.pdf", "17 required tasks in 11 weeks"),
    ] {
        let pdf = certificate(&diploma(language)).expect("a certificate");
        keep(name, &pdf);
        assert_eq!(pages(&pdf), 1);
        let Some(text) = extracted(&pdf) else { continue };
        assert!(text.replace('\n', " ").contains(part), "{part} in\n{text}");
        assert!(text.contains("백엔드 엔지니어 온보딩"), "{text}");
    }
}
