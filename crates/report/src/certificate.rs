//! The certificate of completion: one quiet page across.

use crate::{
    Error, Language,
    fonts::Weight::{Bold, Regular},
    paper::{A4, ACCENT, INK, LINE, Mark, Paper, QUIET},
    wrap::{Span, wrap},
};
use chrono::NaiveDate;
use krilla::metadata::Metadata;

#[derive(Debug, Clone)]
pub struct Certificate {
    pub language: Language,
    pub company: String,
    /// As the company counts them: `2026-17`.
    pub number: String,
    pub mentee: String,
    /// Department or position; may be empty.
    pub mentee_note: String,
    pub mentor: String,
    pub title: String,
    pub start_on: NaiveDate,
    pub end_on: NaiveDate,
    pub weeks: i64,
    /// Required tasks that were done.
    pub tasks: i64,
    pub completed_on: NaiveDate,
}

/// The certificate as PDF.
///
/// # Errors
/// A fault of this program.
pub fn certificate(certificate: &Certificate) -> Result<Vec<u8>, Error> {
    let words = certificate.language;
    let (width, height) = (A4.1, A4.0);
    let mut paper = Paper::new((width, height))?;
    let frame = |inset: f32, colour, line| Mark::Frame {
        at: (inset, inset),
        size: (width - 2.0 * inset, height - 2.0 * inset),
        colour,
        width: line,
    };
    paper.draw(frame(28.0, ACCENT, 1.6));
    paper.draw(frame(34.0, LINE, 0.8));
    let number = format!("{} {}", words.number(), certificate.number);
    let number = if words == Language::Korean { number + "호" } else { number };
    paper.text((62.0, 76.0), Regular, 9.5, QUIET, &number);
    paper.draw(Mark::Wave {
        at: (width / 2.0 - 46.0, 112.0),
        width: 92.0,
        height: 6.0,
        colour: ACCENT,
        line: 1.8,
    });
    match words {
        Language::Korean => paper.text_centred(186.0, Bold, 42.0, INK, 26.0, words.certificate()),
        Language::English => paper.text_centred(180.0, Bold, 33.0, INK, 0.6, words.certificate()),
    }
    paper.text_centred(250.0, Bold, 24.0, INK, 3.0, &certificate.mentee);
    if !certificate.mentee_note.is_empty() {
        paper.text_centred(273.0, Regular, 10.5, QUIET, 0.0, &certificate.mentee_note);
    }
    paper.draw(Mark::Rect { at: (width / 2.0 - 110.0, 290.0), size: (220.0, 0.8), colour: LINE });
    paper.y = 318.0;
    let body = wrap(&paper.fonts, &[Span::regular(sentence(certificate))], 13.5, 520.0);
    for line in body.iter().take(6) {
        let text: String = line.iter().map(|span| span.text.as_str()).collect();
        paper.text_centred(paper.y + 10.0, Regular, 13.5, INK, 0.0, &text);
        paper.y += 25.0;
    }
    let period = format!(
        "{} – {} · {} · {} {}",
        words.date(certificate.start_on),
        words.date(certificate.end_on),
        words.weeks(certificate.weeks),
        words.mentor(),
        certificate.mentor
    );
    paper.text_centred(paper.y + 16.0, Regular, 10.5, QUIET, 0.0, &period);
    paper.text_centred(height - 108.0, Regular, 13.0, INK, 1.0, &words.date(certificate.completed_on));
    paper.text_centred(height - 74.0, Bold, 19.0, INK, 2.0, &certificate.company);
    let metadata = Metadata::new()
        .title(format!("{} · {}", words.certificate(), certificate.mentee))
        .authors(vec![certificate.company.clone()])
        .language(words.tag().to_owned())
        .creator("Naru".to_owned());
    paper.finish(metadata, None)
}

fn sentence(certificate: &Certificate) -> String {
    let Certificate { title, tasks, weeks, .. } = certificate;
    match certificate.language {
        Language::Korean => format!(
            "위 사람은 ‘{title}’ 과정을 {weeks}주 동안 성실히 밟으며 필수 과제 {tasks}개를 모두 익히고 마쳤기에 이 증서를 드립니다."
        ),
        Language::English => format!(
            "has completed the programme “{title}” with dedication: {tasks} required {} in {}.",
            if *tasks == 1 { "task" } else { "tasks" },
            certificate.language.weeks(*weeks)
        ),
    }
}
