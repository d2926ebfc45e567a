//! What a person's facts must be, and what follows from them: how they are shown, found and told apart.

use contract::{
    FieldError,
    policy::{Role, Roles},
};
use store::SEARCH_END;

/// A search longer than the shortest a trigram index can find.
const TRIGRAM: usize = 3;

/// Text without what people leave around it, as one line.
#[must_use]
pub fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same for what may be absent: blank is none.
#[must_use]
pub fn tidy_or_none(text: Option<&str>) -> Option<String> {
    text.map(tidy).filter(|text| !text.is_empty())
}

/// What a search goes through: every piece begins after a space, the department stands last.
#[must_use]
pub fn search_key(
    family_name: &str,
    given_name: &str,
    others: [Option<&str>; 4],
    department: Option<&str>,
) -> String {
    let mut key = format!(" {}", hangul::search_key(family_name, given_name));
    for other in others.into_iter().flatten() {
        let folded = hangul::fold(other);
        if !folded.is_empty() {
            key.push(' ');
            key.push_str(&folded);
        }
    }
    key + &search_end(department)
}

/// The end of a search key: the department.
#[must_use]
pub fn search_end(department: Option<&str>) -> String {
    department.map_or_else(String::new, |name| format!("{SEARCH_END} {}", hangul::fold(name)))
}

/// What a search looks for in search keys: folded, or initial consonants alone.
#[must_use]
pub fn sought(search: &str) -> String {
    if hangul::is_initials(search) { hangul::initials(search) } else { hangul::fold(search) }
}

/// The pattern for `LIKE` that finds a search anywhere in keys; `None` when it is blank.
#[must_use]
pub fn pattern_anywhere(search: &str) -> Option<String> {
    let sought = sought(search);
    (!sought.is_empty()).then(|| store::like::anywhere(&sought))
}

/// The pattern for `LIKE` that finds a search in search keys; `None` when it is blank.
///
/// One or two letters must begin a word: that is what an index of trigrams can find.
#[must_use]
pub fn search_pattern(search: &str) -> Option<String> {
    let folded = sought(search);
    if folded.is_empty() {
        return None;
    }
    let start = if folded.chars().count() < TRIGRAM { "% " } else { "%" };
    Some(format!("{start}{}%", store::like::escaped(&folded)))
}

/// What is wrong with an e-mail address.
#[must_use]
pub fn email_error(field: &str, email: &str) -> Option<FieldError> {
    hangul::email_problem(email)
        .map(|problem| FieldError::new(field, "bad_email", capital(&problem.to_string())))
}

/// A name that is only blanks is none.
#[must_use]
pub fn blank_error(field: &str, text: &str) -> Option<FieldError> {
    tidy(text).is_empty().then(|| FieldError::new(field, "required", "This is needed."))
}

/// An admin gives out admin, mentor and mentee.
#[must_use]
pub fn roles_error(field: &str, roles: Roles) -> Option<FieldError> {
    if roles.is_empty() {
        Some(FieldError::new(field, "required", "This is needed."))
    } else if roles.has(Role::Operator) {
        Some(FieldError::new(field, "not_allowed", "Nobody in a company can be an operator."))
    } else {
        None
    }
}

fn capital(sentence: &str) -> String {
    let mut characters = sentence.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_found_by_either_order_initials_number_address_position_and_department() {
        let key = search_key(
            "한",
            "지우",
            [Some("N-042"), Some("Jiwoo@Naru.example"), Some("선임"), None],
            Some("개발팀"),
        );
        for search in [
            "한지우",
            "지우 한",
            "지우",
            "한",
            "ㅎㅈㅇ",
            "ㅈㅇㅎ",
            "ㅎㅈ",
            "n-042",
            "JIWOO@naru",
            "선임",
            "개발",
            "ＪＩＷＯＯ",
        ] {
            let pattern = search_pattern(search).expect("not blank");
            let needle = pattern.trim_matches('%').replace('\\', "");
            assert!(key.contains(&needle), "{search}: {needle:?} in {key:?}");
        }
        assert!(search_pattern("  ").is_none());
    }

    #[test]
    fn wildcards_in_a_search_mean_themselves() {
        assert_eq!(search_pattern(r"a_%\b").as_deref(), Some(r"%a\_\%\\b%"));
    }

    #[test]
    fn nobody_becomes_an_operator_and_nobody_is_nothing() {
        assert_eq!(
            roles_error("roles", Roles::of([Role::Operator, Role::Admin])).map(|e| e.code).as_deref(),
            Some("not_allowed")
        );
        assert_eq!(roles_error("roles", Roles::default()).map(|e| e.code).as_deref(), Some("required"));
        assert!(roles_error("roles", Roles::of([Role::Admin, Role::Mentor, Role::Mentee])).is_none());
    }
}
