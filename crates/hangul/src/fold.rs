//! One spelling for what people type in many: width, composition, case, spaces and invisible characters.

use unicode_normalization::UnicodeNormalization;

const INITIAL: [char; 19] = [
    'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ', 'ㅌ',
    'ㅍ', 'ㅎ',
];
const FINAL: [char; 27] = [
    'ㄱ', 'ㄲ', 'ㄳ', 'ㄴ', 'ㄵ', 'ㄶ', 'ㄷ', 'ㄹ', 'ㄺ', 'ㄻ', 'ㄼ', 'ㄽ', 'ㄾ', 'ㄿ', 'ㅀ', 'ㅁ', 'ㅂ',
    'ㅄ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
];

/// The form in which names and addresses are compared: NFKC, case folded, trimmed, runs of white space one space.
pub fn fold(text: &str) -> String {
    // A second pass settles what the first one brought together; more than two are not known to be needed.
    let mut folded = fold_once(text);
    for _ in 0..3 {
        let again = fold_once(&folded);
        if again == folded {
            break;
        }
        folded = again;
    }
    folded
}

fn fold_once(text: &str) -> String {
    let lowered: String =
        normalized(text).chars().filter(|c| !is_invisible(*c)).flat_map(fold_case).collect();
    let settled = normalized(&lowered);
    let mut folded = String::with_capacity(settled.len());
    for word in settled.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// NFKC, with single Hangul letters kept as the ones a keyboard gives.
pub(crate) fn normalized(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars() {
        // Handed over as they are: NFKC would join ㅎ and ㅏ, typed one after the other, into a syllable.
        if is_keyboard_letter(c) {
            normalize_run(&run, &mut result);
            run.clear();
            result.push(c);
        } else {
            run.push(c);
        }
    }
    normalize_run(&run, &mut result);
    result
}

fn normalize_run(run: &str, result: &mut String) {
    result.extend(run.nfkc().map(keyboard_letter));
}

/// ㄱ … ㅎ and ㅏ … ㅣ, without the filler that follows them.
fn is_keyboard_letter(c: char) -> bool {
    ('ㄱ'..='ㅣ').contains(&c)
}

fn keyboard_letter(c: char) -> char {
    let position = |first: char| (u32::from(c) - u32::from(first)) as usize;
    match c {
        '\u{1100}'..='\u{1112}' => INITIAL[position('\u{1100}')],
        '\u{1161}'..='\u{1175}' => char::from_u32(u32::from(c) - 0x1161 + u32::from('ㅏ')).unwrap_or(c),
        '\u{11a8}'..='\u{11c2}' => FINAL[position('\u{11a8}')],
        _ => c,
    }
}

pub(crate) fn initial_of(syllable_index: u32) -> char {
    INITIAL[(syllable_index / (crate::FINALS * crate::VOWELS)) as usize]
}

/// Full case folding but for the dotless ı, which must not become i.
fn fold_case(c: char) -> Vec<char> {
    if c == 'ı' {
        return vec![c];
    }
    c.to_uppercase().flat_map(char::to_lowercase).collect()
}

/// Characters that take no room and would let two equal-looking names differ.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}')
}
