//! 조사: the particle that fits a word's last sound, also behind digits, Latin letters and signs.
//!
//! Latin words have no one Korean reading; the rules here follow the usual one (Slack 슬랙, Docker 도커, PR 피알)
//! and read capitals, and words without a vowel, letter by letter.

use crate::fold::normalized;
use crate::initials::is_consonant;
use crate::{FINALS, syllable_index};

/// A pair of particles, named after its forms behind a consonant and behind a vowel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Josa {
    이가,
    은는,
    을를,
    과와,
    으로로,
    이에요예요,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LastSound {
    Vowel,
    /// A final ㄹ, behind which 으로 loses its 으.
    Rieul,
    Consonant,
}
use LastSound::{Consonant, Rieul, Vowel};

/// The particle for a word: `josa("과제", Josa::을를)` is `를`.
pub fn josa(word: &str, josa: Josa) -> &'static str {
    let sound = last_sound(word);
    let (closed, open) = match josa {
        Josa::이가 => ("이", "가"),
        Josa::은는 => ("은", "는"),
        Josa::을를 => ("을", "를"),
        Josa::과와 => ("과", "와"),
        Josa::으로로 => ("으로", "로"),
        Josa::이에요예요 => ("이에요", "예요"),
    };
    match sound {
        Vowel => open,
        Rieul if josa == Josa::으로로 => open,
        Rieul | Consonant => closed,
    }
}

/// The word with its particle: `과제를`.
pub fn with_josa(word: &str, pair: Josa) -> String {
    format!("{word}{}", josa(word, pair))
}

fn last_sound(word: &str) -> LastSound {
    let chars: Vec<char> = normalized(word).chars().collect();
    let spoken = spoken(&chars);
    let Some(&last) = spoken.last() else { return Vowel };
    if let Some(index) = syllable_index(last) {
        return match index % FINALS {
            0 => Vowel,
            8 => Rieul,
            _ => Consonant,
        };
    }
    match last {
        '0'..='9' => digits(trailing(spoken, |c| c.is_ascii_digit() || c == ',')),
        'a'..='z' | 'A'..='Z' => latin(trailing(spoken, |c| c.is_ascii_alphabetic())),
        // 샵, as in C#.
        '#' => Consonant,
        'ㄹ' => Rieul,
        // Letters are called by their names: 기역, 니은.
        _ if is_consonant(last) => Consonant,
        // 퍼센트, 플러스; vowels; and scripts whose reading isn't known.
        _ => Vowel,
    }
}

/// What is read aloud: without trailing signs, and without a parenthesis that follows a word.
fn spoken(chars: &[char]) -> &[char] {
    let mut end = chars.len();
    while end > 0 {
        let last = chars[end - 1];
        if is_read(last) {
            break;
        }
        let opening = if last == ')' { opening_of(&chars[..end]) } else { None };
        end = match opening {
            Some(open) if chars[..open].iter().any(|c| is_read(*c)) => open,
            _ => end - 1,
        };
    }
    &chars[..end]
}

/// Where the parenthesis begins that ends with the last character.
fn opening_of(chars: &[char]) -> Option<usize> {
    let mut depth = 0usize;
    for (index, c) in chars.iter().enumerate().rev() {
        match c {
            ')' => depth += 1,
            '(' if depth == 1 => return Some(index),
            '(' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn is_read(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '%' | '+' | '#')
}

fn trailing(chars: &[char], belongs: impl Fn(char) -> bool) -> &[char] {
    let start = chars.iter().rposition(|c| !belongs(*c)).map_or(0, |index| index + 1);
    &chars[start..]
}

fn digits(run: &[char]) -> LastSound {
    let zeros = run.iter().rev().filter(|c| **c != ',').take_while(|c| **c == '0').count();
    match run.last() {
        // 조 is the only power of ten that ends in a vowel; 영, 십, 백, 천, 만, 억 and 경 don't.
        Some('0') if (12..16).contains(&zeros) && run.iter().any(|c| ('1'..='9').contains(c)) => Vowel,
        Some('1' | '7' | '8') => Rieul,
        Some('0' | '3' | '6') => Consonant,
        _ => Vowel,
    }
}

fn latin(run: &[char]) -> LastSound {
    let word: String = run.iter().map(char::to_ascii_lowercase).collect();
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let spelled = run.iter().all(char::is_ascii_uppercase) || !word.contains(|c| is_vowel(c) || c == 'y');
    let mut backwards = word.chars().rev();
    let (last, before, third) = (backwards.next(), backwards.next(), backwards.next());
    if spelled {
        return match last {
            Some('l' | 'r') => Rieul,
            Some('m' | 'n') => Consonant,
            _ => Vowel,
        };
    }
    let short = before.is_some_and(is_vowel) && !third.is_some_and(is_vowel);
    match (last, before) {
        (Some('l'), _) | (Some('e'), Some('l')) => Rieul,
        (Some('m' | 'n'), _) | (Some('g'), Some('n')) => Consonant,
        // Silent e behind a vowel and a nasal: name 네임, online 온라인.
        (Some('e'), Some('m' | 'n')) if third.is_some_and(is_vowel) => Consonant,
        (Some('k'), Some('c')) | (Some('p'), Some('p')) => Consonant,
        // book 북, Outlook 아웃룩.
        (Some('k'), Some('o')) if third == Some('o') => Consonant,
        (Some('b'), Some('u')) if word.ends_with("hub") => Vowel,
        (Some('p' | 't' | 'k' | 'b' | 'c'), _) if short => Consonant,
        _ => Vowel,
    }
}
