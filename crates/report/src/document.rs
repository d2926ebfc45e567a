//! The final report: who, the figures of the record, the scores of both, their texts, the goals, the signatures.

use crate::{
    CRITERIA, Error, Language,
    fonts::Weight::{Bold, Regular},
    paper::{A4, ACCENT, INK, LINE, Mark, Paper, QUIET, WASH},
    wrap::{Span, wrap},
};
use chrono::NaiveDate;
use krilla::metadata::Metadata;

#[derive(Debug, Clone)]
pub struct Person {
    pub name: String,
    /// Position or department; may be empty.
    pub note: String,
}

#[derive(Debug, Clone, Default)]
pub struct Figures {
    pub required: i64,
    pub done: i64,
    /// In percent of what was finished; none when nothing was.
    pub on_time: Option<i64>,
    pub task_days: Option<f64>,
    pub review_days: Option<f64>,
    pub returned: i64,
    pub skipped: i64,
    pub meetings: i64,
    pub goals: i64,
    pub goals_reached: i64,
}

#[derive(Debug, Clone)]
pub struct Signature {
    pub name: String,
    pub on: NaiveDate,
}

/// One side's part.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// Markdown.
    pub text: String,
    /// 1 to 5 each, or none.
    pub scores: [Option<i64>; CRITERIA],
    pub signed: Option<Signature>,
}

#[derive(Debug, Clone)]
pub struct GoalLine {
    pub title: String,
    pub measure: String,
    pub due_on: Option<NaiveDate>,
    /// 0 to 100.
    pub progress: i64,
}

#[derive(Debug, Clone)]
pub struct Report {
    pub language: Language,
    pub company: String,
    pub title: String,
    pub mentee: Person,
    pub mentor: Person,
    pub start_on: NaiveDate,
    pub end_on: NaiveDate,
    pub weeks: i64,
    pub curricula: Vec<String>,
    /// `Some(true)` completed, `Some(false)` ended early, none while it runs.
    pub completed: Option<bool>,
    pub figures: Figures,
    pub goals: Vec<GoalLine>,
    pub mentor_view: View,
    pub mentee_view: View,
}

const TEXT: f32 = 10.0;

/// The report as PDF.
///
/// # Errors
/// A fault of this program.
pub fn report(report: &Report) -> Result<Vec<u8>, Error> {
    let words = report.language;
    let mut paper = Paper::new(A4)?;
    head(&mut paper, report);
    figures(&mut paper, report);
    scores(&mut paper, report);
    view(&mut paper, report, words.mentor_view(), &report.mentor_view);
    view(&mut paper, report, words.mentee_view(), &report.mentee_view);
    goals(&mut paper, report);
    signatures(&mut paper, report);
    let title = format!("{} · {}", words.report(), report.mentee.name);
    let metadata = Metadata::new()
        .title(title.clone())
        .authors(vec![report.company.clone()])
        .language(words.tag().to_owned())
        .creator("Naru".to_owned());
    paper.finish(metadata, Some(&format!("{} · {title}", report.company)))
}

fn head(paper: &mut Paper, report: &Report) {
    let words = report.language;
    let (left, width) = (paper.left(), paper.width());
    let top = paper.y;
    paper.text((left, top + 2.0), Bold, 10.5, ACCENT, &report.company);
    paper.draw(Mark::Wave {
        at: (left + width - 64.0, top - 2.0),
        width: 64.0,
        height: 4.0,
        colour: ACCENT,
        line: 1.4,
    });
    paper.y += 44.0;
    let y = paper.y;
    paper.text((left, y), Bold, 23.0, INK, words.report());
    paper.y += 14.0;
    paper.paragraph(&[Span::regular(report.title.as_str())], 11.0, QUIET);
    if report.mentor_view.signed.is_none() || report.mentee_view.signed.is_none() {
        let y = paper.y + 11.0;
        paper.text((left, y), Regular, 9.0, ACCENT, words.draft());
        paper.y += 12.0;
    }
    paper.space(12.0);
    paper.rule(LINE);
    paper.space(8.0);
    let status = match report.completed {
        Some(true) => words.completed(),
        Some(false) => words.ended(),
        None => words.running(),
    };
    let period = format!(
        "{} – {} ({})",
        words.date(report.start_on),
        words.date(report.end_on),
        words.weeks(report.weeks)
    );
    let person = |person: &Person| {
        let note = if person.note.is_empty() { String::new() } else { format!("  {}", person.note) };
        vec![Span::bold(person.name.as_str()), Span::regular(note)]
    };
    fact(paper, words.mentee(), &person(&report.mentee));
    fact(paper, words.mentor(), &person(&report.mentor));
    fact(paper, words.period(), &[Span::regular(period)]);
    if !report.curricula.is_empty() {
        fact(paper, words.curriculum(), &[Span::regular(report.curricula.join(", "))]);
    }
    fact(paper, words.status(), &[Span::regular(status)]);
    paper.space(8.0);
    paper.rule(LINE);
}

fn fact(paper: &mut Paper, label: &str, value: &[Span]) {
    let column = 84.0;
    let lines = wrap(&paper.fonts, value, TEXT, paper.width() - column);
    let at = (paper.left(), paper.y + TEXT);
    paper.text(at, Regular, TEXT, QUIET, label);
    paper.lines(paper.left() + column, &lines, TEXT, 17.0, INK);
}

fn heading(paper: &mut Paper, title: &str, with: f32) {
    paper.space(22.0);
    paper.need(24.0 + with);
    let at = (paper.left(), paper.y + 13.0);
    paper.text(at, Bold, 13.0, INK, title);
    paper.y += 24.0;
}

fn figures(paper: &mut Paper, report: &Report) {
    let (words, figures) = (report.language, &report.figures);
    heading(paper, words.record(), 112.0);
    let days = |days: Option<f64>| days.map_or("–".to_owned(), |days| words.days(days));
    let median = |label: &str| format!("{label} ({})", words.median());
    let cells = [
        (format!("{}/{}", figures.done, figures.required), words.done().to_owned()),
        (figures.on_time.map_or("–".to_owned(), |share| format!("{share}%")), words.on_time().to_owned()),
        (days(figures.task_days), median(words.task_days())),
        (days(figures.review_days), median(words.review_days())),
        (words.times(figures.returned), words.returned().to_owned()),
        (figures.skipped.to_string(), words.skipped().to_owned()),
        (words.times(figures.meetings), words.meetings().to_owned()),
        (format!("{}/{}", figures.goals_reached, figures.goals), words.goals_reached().to_owned()),
    ];
    let gap = 8.0;
    let width = (paper.width() - 3.0 * gap) / 4.0;
    for row in cells.chunks(4) {
        let mut x = paper.left();
        let y = paper.y;
        for (value, label) in row {
            paper.draw(Mark::Rect { at: (x, y), size: (width, 48.0), colour: WASH });
            paper.text((x + 10.0, y + 23.0), Bold, 15.0, INK, value);
            let label = paper.shortened(Regular, 7.8, width - 16.0, label);
            paper.text((x + 10.0, y + 38.0), Regular, 7.8, QUIET, &label);
            x += width + gap;
        }
        paper.y += 48.0 + gap;
    }
}

fn scores(paper: &mut Paper, report: &Report) {
    let words = report.language;
    let is_scored = |view: &View| view.scores.iter().any(Option::is_some);
    if !is_scored(&report.mentor_view) && !is_scored(&report.mentee_view) {
        return;
    }
    heading(paper, words.scores(), 130.0);
    let (left, width) = (paper.left(), paper.width());
    let columns = [left + width * 0.40, left + width * 0.72];
    let y = paper.y + 8.0;
    for (x, label) in columns.into_iter().zip([words.mentor(), words.mentee()]) {
        paper.text((x, y), Regular, 8.5, QUIET, label);
    }
    paper.y += 14.0;
    let views = [&report.mentor_view, &report.mentee_view];
    for (index, criterion) in words.criteria().into_iter().enumerate() {
        paper.rule(LINE);
        let y = paper.y + 14.0;
        paper.text((left, y), Regular, TEXT, INK, criterion);
        for (x, view) in columns.into_iter().zip(views) {
            let score = view.scores[index];
            for step in 0..5_i16 {
                let colour = if i64::from(step) < score.unwrap_or(0) { ACCENT } else { LINE };
                let at = (x + f32::from(step) * 17.0, y - 7.0);
                paper.draw(Mark::Rect { at, size: (15.0, 7.0), colour });
            }
            let value = score.map_or("–".to_owned(), |score| score.to_string());
            paper.text((x + 92.0, y), Bold, TEXT, INK, &value);
        }
        paper.y += 21.0;
    }
    paper.rule(LINE);
}

fn view(paper: &mut Paper, report: &Report, title: &str, view: &View) {
    heading(paper, title, 40.0);
    if view.text.trim().is_empty() {
        paper.paragraph(&[Span::regular(report.language.not_written())], TEXT, QUIET);
    } else {
        paper.markdown(&view.text, TEXT);
    }
}

fn goals(paper: &mut Paper, report: &Report) {
    if report.goals.is_empty() {
        return;
    }
    let words = report.language;
    heading(paper, words.goals(), 40.0);
    let (left, width) = (paper.left(), paper.width());
    let bar = 110.0;
    for goal in &report.goals {
        let lines = wrap(&paper.fonts, &[Span::bold(goal.title.as_str())], TEXT, width - bar - 50.0);
        let due = goal.due_on.map(|due_on| format!("{} {}", words.due(), words.date(due_on)));
        let note: Vec<&str> = [Some(goal.measure.as_str()), due.as_deref()]
            .into_iter()
            .flatten()
            .filter(|text| !text.is_empty())
            .collect();
        let notes = wrap(&paper.fonts, &[Span::regular(note.join(" · "))], 8.5, width - bar - 50.0);
        paper.need(30.0);
        paper.rule(LINE);
        paper.space(6.0);
        let at = (left + width - bar - 34.0, paper.y + 3.5);
        paper.draw(Mark::Rect { at, size: (bar, 6.0), colour: LINE });
        let progress = f32::from(i16::try_from(goal.progress.clamp(0, 100)).unwrap_or(0));
        if progress > 0.0 {
            paper.draw(Mark::Rect { at, size: (bar * progress / 100.0, 6.0), colour: ACCENT });
        }
        let y = paper.y + TEXT;
        paper.text_right((left + width, y), Bold, 9.0, INK, &format!("{}%", goal.progress));
        paper.lines(left, &lines, TEXT, 15.5, INK);
        paper.lines(left, &notes, 8.5, 13.5, QUIET);
        paper.space(5.0);
    }
    paper.need(1.0);
    paper.rule(LINE);
}

fn signatures(paper: &mut Paper, report: &Report) {
    let words = report.language;
    heading(paper, words.signatures(), 62.0);
    let gap = 16.0;
    let (left, width) = (paper.left(), (paper.width() - gap) / 2.0);
    let y = paper.y;
    let sides = [
        (words.mentor(), &report.mentor_view, &report.mentor),
        (words.mentee(), &report.mentee_view, &report.mentee),
    ];
    for (index, (label, view, person)) in (0_u8..).zip(sides) {
        let x = left + f32::from(index) * (width + gap);
        paper.draw(Mark::Frame { at: (x, y), size: (width, 56.0), colour: LINE, width: 0.8 });
        paper.text((x + 14.0, y + 20.0), Regular, 8.5, QUIET, label);
        let (name, on) = match &view.signed {
            Some(signature) => (signature.name.as_str(), words.date(signature.on)),
            None => (person.name.as_str(), words.not_signed().to_owned()),
        };
        let colour = if view.signed.is_some() { INK } else { QUIET };
        let name = paper.shortened(Bold, 12.0, width - 130.0, name);
        paper.text((x + 14.0, y + 40.0), Bold, 12.0, colour, &name);
        paper.text_right((x + width - 14.0, y + 40.0), Regular, 9.0, QUIET, &on);
    }
    paper.y += 56.0;
}
