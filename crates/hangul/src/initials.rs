//! 초성: the first consonants of a word, for finding 한지우 by typing ㅎㅈㅇ.

use crate::fold::{fold, initial_of};
use crate::syllable_index;

/// 한지우 → ㅎㅈㅇ; other characters folded and kept, white space dropped.
///
/// Also turns a query into what to look for: a keyboard joins ㄱㅅ into ㄳ, which no word begins with.
pub fn initials(text: &str) -> String {
    let mut result = String::new();
    for c in fold(text).chars().filter(|c| !c.is_whitespace()) {
        match (syllable_index(c), pair(c)) {
            (Some(index), _) => result.push(initial_of(index)),
            (None, Some((first, second))) => result.extend([first, second]),
            (None, None) => result.push(c),
        }
    }
    result
}

/// Whether a query is consonants only (white space aside), so that it means initials.
pub fn is_initials(query: &str) -> bool {
    let folded = fold(query);
    !folded.is_empty() && folded.chars().all(|c| c == ' ' || is_consonant(c))
}

pub(crate) fn is_consonant(c: char) -> bool {
    ('ㄱ'..='ㅎ').contains(&c)
}

fn pair(c: char) -> Option<(char, char)> {
    Some(match c {
        'ㄳ' => ('ㄱ', 'ㅅ'),
        'ㄵ' => ('ㄴ', 'ㅈ'),
        'ㄶ' => ('ㄴ', 'ㅎ'),
        'ㄺ' => ('ㄹ', 'ㄱ'),
        'ㄻ' => ('ㄹ', 'ㅁ'),
        'ㄼ' => ('ㄹ', 'ㅂ'),
        'ㄽ' => ('ㄹ', 'ㅅ'),
        'ㄾ' => ('ㄹ', 'ㅌ'),
        'ㄿ' => ('ㄹ', 'ㅍ'),
        'ㅀ' => ('ㄹ', 'ㅎ'),
        'ㅄ' => ('ㅂ', 'ㅅ'),
        _ => return None,
    })
}
