//! What is wrong with an e-mail address before it is stored: shape, length, and look-alike characters.
//!
//! Only plain ASCII is accepted: an address that merely looks like a colleague's is how accounts are stolen,
//! and `xn--` is such an address in disguise.

use std::error::Error;
use std::fmt;

use crate::fold::fold;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EmailProblem {
    Empty,
    /// Looks like another address: folding changes more than its case.
    LooksLikeAnother,
    /// Letters outside ASCII, such as Cyrillic or Hangul.
    NotAscii,
    /// Not exactly one `@`.
    AtSign,
    /// More than 64 characters before the `@`.
    LocalTooLong,
    /// More than 254 characters in all.
    TooLong,
    /// Empty, with a character that isn't allowed, or with a dot at an end or twice in a row.
    Local,
    /// No dot, an empty or wrong label, or a last label without letters.
    Domain,
    /// A domain in `xn--` form.
    Punycode,
}

/// The first problem of an address, or `None`. Spaces around it are ignored; store `fold(address)`.
pub fn email_problem(address: &str) -> Option<EmailProblem> {
    let address = address.trim();
    if address.is_empty() {
        return Some(EmailProblem::Empty);
    }
    if fold(address) != address.to_ascii_lowercase() && !address.is_ascii() {
        return Some(EmailProblem::LooksLikeAnother);
    }
    if !address.is_ascii() {
        return Some(EmailProblem::NotAscii);
    }
    let Some((local, domain)) = address.split_once('@').filter(|(_, domain)| !domain.contains('@')) else {
        return Some(EmailProblem::AtSign);
    };
    if local.len() > 64 {
        return Some(EmailProblem::LocalTooLong);
    }
    if address.len() > 254 {
        return Some(EmailProblem::TooLong);
    }
    if !local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom)) {
        return Some(EmailProblem::Local);
    }
    domain_problem(domain)
}

fn domain_problem(domain: &str) -> Option<EmailProblem> {
    let labels: Vec<&str> = domain.split('.').collect();
    let last_has_letters =
        labels.last().is_some_and(|last| last.len() > 1 && last.bytes().any(|b| b.is_ascii_alphabetic()));
    if labels.len() < 2 || !labels.iter().all(|label| is_label(label)) || !last_has_letters {
        return Some(EmailProblem::Domain);
    }
    let disguised =
        labels.iter().any(|label| label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--")));
    disguised.then_some(EmailProblem::Punycode)
}

fn is_label(label: &str) -> bool {
    let plain = label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    plain && (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
}

fn is_atom(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b)
}

impl fmt::Display for EmailProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the address is empty",
            Self::LooksLikeAnother => "the address has characters that look like others",
            Self::NotAscii => "the address has letters that aren't plain Latin ones",
            Self::AtSign => "the address must have exactly one @",
            Self::LocalTooLong => "the part before the @ is longer than 64 characters",
            Self::TooLong => "the address is longer than 254 characters",
            Self::Local => "the part before the @ isn't valid",
            Self::Domain => "the domain isn't valid",
            Self::Punycode => "domains in xn-- form aren't accepted",
        })
    }
}

impl Error for EmailProblem {}
