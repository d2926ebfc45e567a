//! Korean names and words as people type, search and read them; no knowledge of who they belong to.
//!
//! The one thing not obvious: NFKC turns the keyboard's consonants (ㄱ, U+3131) into conjoining ones that look
//! the same and match nothing, so everything here goes through [`fold`], which keeps them.

mod email;
mod fold;
mod initials;
mod josa;
mod name;

pub use email::{EmailProblem, email_problem};
pub use fold::fold;
pub use initials::{initials, is_initials};
pub use josa::{Josa, josa, with_josa};
pub use name::{Locale, display_name, search_key};

/// First and last code point of the precomposed syllables (가 … 힣), 28 finals to a vowel.
const SYLLABLES: std::ops::RangeInclusive<char> = '가'..='힣';
const FINALS: u32 = 28;
const VOWELS: u32 = 21;

/// Position of a syllable among all of them.
fn syllable_index(c: char) -> Option<u32> {
    SYLLABLES.contains(&c).then(|| u32::from(c) - u32::from('가'))
}
