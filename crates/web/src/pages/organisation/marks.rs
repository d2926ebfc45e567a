//! Which part of a name, number or address a search found.

use serde::Serialize;

/// A text in three parts; `hit` is "" when the search is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Marked {
    pub before: String,
    pub hit: String,
    pub after: String,
}

/// Marks the first place where `text` has `search`, or these initial consonants; spaces don't count.
pub fn marked(text: &str, search: &str) -> Marked {
    let is_initials = hangul::is_initials(search);
    let folded = |text: &str| if is_initials { hangul::initials(text) } else { hangul::fold(text) };
    let wanted: Vec<char> = folded(search).chars().filter(|c| !c.is_whitespace()).collect();
    let letters: Vec<(usize, String)> =
        text.char_indices().map(|(at, c)| (at, folded(&c.to_string()))).collect();
    let end_of = |index: usize| letters.get(index).map_or(text.len(), |(at, _)| *at);
    for (start, (at, first)) in letters.iter().enumerate() {
        if first.trim().is_empty() {
            continue;
        }
        if let Some(length) = length_of(&letters[start..], &wanted) {
            let end = end_of(start + length);
            return Marked {
                before: text[..*at].to_owned(),
                hit: text[*at..end].to_owned(),
                after: text[end..].to_owned(),
            };
        }
    }
    Marked { before: text.to_owned(), hit: String::new(), after: String::new() }
}

/// How many letters it takes to spell all of `wanted`; `None` when they don't.
fn length_of(letters: &[(usize, String)], wanted: &[char]) -> Option<usize> {
    let mut left = wanted;
    if left.is_empty() {
        return None;
    }
    for (index, (_, letter)) in letters.iter().enumerate() {
        for c in letter.chars().filter(|c| !c.is_whitespace()) {
            match left.split_first() {
                Some((first, rest)) if *first == c => left = rest,
                Some(_) => return None,
                // The last letter folds to more than was asked for.
                None => break,
            }
        }
        if left.is_empty() {
            return Some(index + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn what_was_typed_is_marked() {
        let parts = |text: &str, search: &str| {
            let marked = marked(text, search);
            (marked.before, marked.hit, marked.after)
        };
        let three = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        assert_eq!(parts("한지우", "ㅎㅈ"), three("", "한지", "우"));
        assert_eq!(parts("한지우", "지우"), three("한", "지우", ""));
        assert_eq!(parts("Jiwoo Han", "HAN"), three("Jiwoo ", "Han", ""));
        assert_eq!(parts("Jiwoo Han", "jiwooh"), three("", "Jiwoo H", "an"));
        assert_eq!(parts("jiwoo.han@x.example", "han@"), three("jiwoo.", "han@", "x.example"));
        assert_eq!(parts("한지우", "ㅋ"), three("한지우", "", ""));
        assert_eq!(parts("한지우", " "), three("한지우", "", ""));
    }
}
