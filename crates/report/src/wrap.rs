//! Lines: words stay whole, as Korean is set, and only what is wider than a line is cut between its letters.

use crate::fonts::{Fonts, Weight};
use unicode_normalization::UnicodeNormalization;

/// Text of one weight.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    pub text: String,
    pub weight: Weight,
}

impl Span {
    pub fn regular(text: impl Into<String>) -> Self {
        Self { text: text.into(), weight: Weight::Regular }
    }

    pub fn bold(text: impl Into<String>) -> Self {
        Self { text: text.into(), weight: Weight::Bold }
    }
}

/// One line of spans, ready to be drawn.
pub type Line = Vec<Span>;

/// What the fonts can draw of a text: composed Hangul, plain spaces, no pictures.
pub fn clean(fonts: &Fonts, text: &str) -> String {
    let drawn = |character: char| match character {
        '\n' => Some('\n'),
        '\t' | '\u{a0}' => Some(' '),
        // Joiners, marks of style, pictures: nothing stands for them better than nothing.
        '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f000}'.. => None,
        character if character.is_control() => None,
        character if fonts.has(character) => Some(character),
        _ => Some('□'),
    };
    text.nfc().filter_map(drawn).collect()
}

/// Breaks spans into lines no wider than `width`; a line break in the text is one on paper.
pub fn wrap(fonts: &Fonts, spans: &[Span], size: f32, width: f32) -> Vec<Line> {
    let mut setter = Setter { fonts, size, width, lines: Vec::new(), line: Vec::new(), used: 0.0 };
    // Letters up to the next space, with their weights: a word may change its weight inside.
    let mut word: Vec<(char, Weight)> = Vec::new();
    for span in spans {
        for character in clean(fonts, &span.text).chars() {
            match character {
                '\n' => {
                    setter.word(&mut word);
                    setter.end_line();
                }
                ' ' => {
                    setter.word(&mut word);
                    setter.space(span.weight);
                }
                character => word.push((character, span.weight)),
            }
        }
    }
    setter.word(&mut word);
    setter.end_line();
    while setter.lines.last().is_some_and(Vec::is_empty) {
        setter.lines.pop();
    }
    setter.lines
}

struct Setter<'f> {
    fonts: &'f Fonts,
    size: f32,
    width: f32,
    lines: Vec<Line>,
    line: Line,
    used: f32,
}

impl Setter<'_> {
    fn advance(&self, (character, weight): (char, Weight)) -> f32 {
        self.fonts.advance(weight, character) * self.size
    }

    fn put(&mut self, letter: (char, Weight)) {
        self.used += self.advance(letter);
        match self.line.last_mut() {
            Some(last) if last.weight == letter.1 => last.text.push(letter.0),
            _ => self.line.push(Span { text: letter.0.to_string(), weight: letter.1 }),
        }
    }

    fn space(&mut self, weight: Weight) {
        if !self.line.is_empty() {
            self.put((' ', weight));
        }
    }

    fn word(&mut self, word: &mut Vec<(char, Weight)>) {
        let needed: f32 = word.iter().map(|letter| self.advance(*letter)).sum();
        if self.used + needed > self.width && !self.line.is_empty() && needed <= self.width {
            self.end_line();
        }
        for letter in word.drain(..) {
            if self.used + self.advance(letter) > self.width && !self.line.is_empty() {
                self.end_line();
            }
            self.put(letter);
        }
    }

    fn end_line(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        if let Some(last) = line.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        line.retain(|span| !span.text.is_empty());
        self.lines.push(line);
        self.used = 0.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(line: &Line) -> String {
        line.iter().map(|span| span.text.as_str()).collect()
    }

    #[test]
    fn words_stay_whole_and_no_line_is_too_wide() {
        let fonts = Fonts::load().unwrap();
        let spans = [
            Span::regular("첫 배포를 스스로 마쳤고, "),
            Span::bold("장애 대응"),
            Span::regular("까지 함께 해냈어요."),
        ];
        let lines = wrap(&fonts, &spans, 10.0, 90.0);
        assert!(lines.len() > 2, "{lines:?}");
        for line in &lines {
            let width: f32 = line.iter().map(|span| fonts.width(span.weight, &span.text, 10.0, 0.0)).sum();
            assert!(width <= 90.0, "{width} {line:?}");
        }
        let joined: Vec<String> = lines.iter().map(text).collect();
        assert_eq!(joined.join(" "), "첫 배포를 스스로 마쳤고, 장애 대응까지 함께 해냈어요.");
    }

    #[test]
    fn what_is_wider_than_a_line_is_cut_and_nothing_is_lost() {
        let fonts = Fonts::load().unwrap();
        let url = "https://wiki.example/".to_owned() + &"가나다".repeat(40);
        let lines = wrap(&fonts, &[Span::regular(url.clone())], 10.0, 100.0);
        assert!(lines.len() > 5);
        assert_eq!(lines.iter().map(text).collect::<String>(), url);
    }

    #[test]
    fn letters_are_composed_and_pictures_left_out() {
        let fonts = Fonts::load().unwrap();
        assert_eq!(clean(&fonts, "\u{1112}\u{1161}\u{11ab}글 👍🏽 좋아요\u{200b}\t끝"), "한글  좋아요 끝");
        assert_eq!(clean(&fonts, "ꦗ"), "□");
    }
}
