//! A person's name, kept as family and given name: how it is shown and how it is found.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::fold::fold;
use crate::initials::initials;
use crate::syllable_index;

/// The language a page is shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    #[default]
    Ko,
    En,
}

/// The name as one line: 한지우, in English `Jiwoo Han`; a name not in Latin letters stays family first.
pub fn display_name(family: &str, given: &str, locale: Locale) -> String {
    let (family, given) = (tidy(family), tidy(given));
    if family.is_empty() || given.is_empty() {
        return family + &given;
    }
    if is_east_asian(&family) && is_east_asian(&given) {
        return family + &given;
    }
    match locale {
        Locale::En if is_latin(&family) && is_latin(&given) => format!("{given} {family}"),
        _ => format!("{family} {given}"),
    }
}

/// Everything a person can be found by as a substring, folded: both orders, joined and apart, and initials.
///
/// 한, 지우 → `한지우 지우한 지우 한 지우 ㅎㅈㅇ ㅈㅇㅎ`. A query must be folded as well (or be `initials(query)`).
pub fn search_key(family: &str, given: &str) -> String {
    let (family, given) = (fold(family), fold(given));
    if family.is_empty() || given.is_empty() {
        let only = family + &given;
        let short = initials(&only);
        let joined: String = only.split(' ').collect();
        let mut pieces = vec![only];
        for piece in [joined, short] {
            if !pieces.contains(&piece) {
                pieces.push(piece);
            }
        }
        return pieces.join(" ");
    }
    let joined =
        |first: &str, second: &str| -> String { first.split(' ').chain(second.split(' ')).collect() };
    let mut key = format!("{} {} {given} {family} {given}", joined(&family, &given), joined(&given, &family));
    if format!("{family}{given}").chars().any(|c| syllable_index(c).is_some()) {
        let (short_family, short_given) = (initials(&family), initials(&given));
        key.push_str(&format!(" {short_family}{short_given} {short_given}{short_family}"));
    }
    key
}

/// Composed and without stray spaces; everything else as the person wrote it.
fn tidy(text: &str) -> String {
    text.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_latin(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|c| c <= '\u{24f}')
}

/// Hangul or Han, which are written without a space between family and given name.
fn is_east_asian(text: &str) -> bool {
    text.chars().all(|c| {
        syllable_index(c).is_some() || matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
    })
}
