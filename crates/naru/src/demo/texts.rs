//! What people write: the text that fits the task, or one that fits any, in turn.

use super::file::{MemoText, SubmissionText, SubtaskText, Text, Texts};
use contract::{auth::Locale, curriculum::TaskKind};

pub struct Picker<'t> {
    texts: &'t Texts,
    turns: [usize; 5],
}

/// The tasks a text is for, and its language.
trait Fits {
    fn fits(&self) -> (Locale, &[String]);
}

macro_rules! fits {
    ($($type:ty),+) => {
        $(impl Fits for $type {
            fn fits(&self) -> (Locale, &[String]) { (self.language, &self.tasks) }
        })+
    };
}
fits!(MemoText, SubmissionText, Text, SubtaskText);

/// Which of them the task wants: those that name it, else those for any task.
fn fitting<'t, T: Fits>(all: impl Iterator<Item = &'t T>, language: Locale, key: &str) -> Vec<&'t T> {
    let (mut own, mut any) = (Vec::new(), Vec::new());
    for text in all {
        let (spoken, tasks) = text.fits();
        if spoken == language && tasks.is_empty() {
            any.push(text);
        } else if spoken == language && tasks.iter().any(|task| task == key) {
            own.push(text);
        }
    }
    if own.is_empty() { any } else { own }
}

fn in_turn<'t, T>(found: &[&'t T], turn: &mut usize) -> Option<&'t T> {
    *turn += 1;
    found.get((*turn - 1) % found.len().max(1)).copied()
}

impl<'t> Picker<'t> {
    pub const fn new(texts: &'t Texts) -> Self {
        Self { texts, turns: [0; 5] }
    }

    /// One memo, and the answer that follows it in the list.
    pub fn memos(&mut self, language: Locale, key: &str) -> Vec<&'t MemoText> {
        let found = fitting(self.texts.memos.iter(), language, key);
        let turn = self.turns[0];
        self.turns[0] += 2;
        found.iter().cycle().skip(turn % found.len().max(1)).take(found.len().min(2)).copied().collect()
    }

    pub fn submission(&mut self, language: Locale, kind: TaskKind, key: &str) -> Option<&'t str> {
        let found = fitting(self.texts.submissions.iter().filter(|text| text.kind == kind), language, key);
        in_turn(&found, &mut self.turns[1]).map(|text| text.text.as_str())
    }

    pub fn return_comment(&mut self, language: Locale, key: &str) -> Option<&'t str> {
        let found = fitting(self.texts.return_comments.iter(), language, key);
        in_turn(&found, &mut self.turns[2]).map(|text| text.text.as_str())
    }

    pub fn skip_reason(&mut self, language: Locale, key: &str) -> Option<&'t str> {
        let found = fitting(self.texts.skip_reasons.iter(), language, key);
        in_turn(&found, &mut self.turns[3]).map(|text| text.text.as_str())
    }

    pub fn subtask(&mut self, language: Locale, key: &str) -> Option<&'t str> {
        let found = fitting(self.texts.sub_tasks.iter(), language, key);
        in_turn(&found, &mut self.turns[4]).map(|text| text.title.as_str())
    }
}
