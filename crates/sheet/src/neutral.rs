//! Text that a spreadsheet program would run as a formula gets a leading apostrophe on the way out and loses
//! it on the way in. Both directions ask the same question of the same text, so export then import gives the
//! text back, also when it began with an apostrophe of its own.

use std::borrow::Cow;

/// Whitespace and the invisible marks that editors leave at the edges of cells.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

fn is_risky(text: &str) -> bool {
    for c in text.chars() {
        if matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\0' | '＝' | '＋' | '－' | '＠') {
            return true;
        }
        if c != '\'' && !is_blank(c) {
            return false;
        }
    }
    false
}

/// The text as it may stand in a file that a spreadsheet program opens.
pub(crate) fn neutralise(text: &str) -> Cow<'_, str> {
    if is_risky(text.trim_end_matches(is_blank)) { format!("'{text}").into() } else { text.into() }
}

/// A cell as it was read: trimmed, and without the apostrophe `neutralise` gave it.
pub(crate) fn clean(cell: &str) -> &str {
    let trimmed = cell.trim_matches(is_blank);
    match trimmed.strip_prefix('\'') {
        Some(rest) if is_risky(rest) => rest,
        _ => trimmed,
    }
}

/// A cell with its edges, and without the apostrophe `neutralise` gave it.
pub(crate) fn as_it_is(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_risky(rest.trim_end_matches(is_blank)) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_dangerous_start_is_neutralised() {
        for start in ["=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠", " =", "'=", "' ="] {
            let text = format!("{start}1+1");
            assert_eq!(neutralise(&text), format!("'{text}"));
            assert_eq!(clean(&neutralise(&text)), text);
        }
    }

    #[test]
    fn ordinary_apostrophes_stay() {
        for text in ["김나루", "'90s", "O'Neil", "''", "a=b", "1-2"] {
            assert_eq!(neutralise(text), text);
            assert_eq!(clean(text), text);
        }
        assert_eq!(clean("'=1"), "=1");
        assert_eq!(clean("\u{feff} 이름\u{3000}"), "이름");
    }

    proptest! {
        #[test]
        fn there_and_back(text in "['=+@ \t\r\0a＝가-]{0,8}") {
            let text = text.trim_matches(is_blank);
            let written = neutralise(text);
            prop_assert_eq!(clean(&written), text);
        }

        #[test]
        fn there_and_back_with_its_edges(text in "['=+@ \t\r\0a＝가\n-]{0,8}") {
            let written = neutralise(&text);
            prop_assert_eq!(as_it_is(&written), &text);
        }
    }
}
