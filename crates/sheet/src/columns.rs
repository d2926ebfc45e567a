//! Finds the columns a caller knows by any of their names, whatever the case, spacing, hyphens or width of
//! the letters: `E-mail`, `이 메일` and `ＥＭＡＩＬ` are what they look like.

use unicode_normalization::UnicodeNormalization;

use crate::Row;

/// Where each field stands in the rows of one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    places: Vec<(&'static str, usize)>,
}

/// Everything wrong with a header at once, so that a person mends it once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColumnProblems {
    /// Fields no column stands for.
    pub missing: Vec<&'static str>,
    /// Headings, as written, of second columns for a field already found.
    pub duplicate: Vec<String>,
    /// Headings, as written, that are no field; a heading left blank is given as `#` and its number.
    pub unknown: Vec<String>,
}

impl Columns {
    /// Every field must have exactly one column and every column a field.
    pub fn resolve(header: &[String], aliases: &[(&'static str, &[&str])]) -> Result<Self, ColumnProblems> {
        Self::resolve_with_optional(header, aliases, &[])
    }

    /// As `resolve`, but the fields named in `optional` may be missing and then read as empty.
    pub fn resolve_with_optional(
        header: &[String],
        aliases: &[(&'static str, &[&str])],
        optional: &[&'static str],
    ) -> Result<Self, ColumnProblems> {
        let mut problems = ColumnProblems::default();
        let mut places: Vec<(&'static str, usize)> = Vec::new();
        for (at, heading) in header.iter().enumerate() {
            let wanted = key(heading);
            let named = |(field, names): &&(&'static str, &[&str])| {
                !wanted.is_empty() && (key(field) == wanted || names.iter().any(|name| key(name) == wanted))
            };
            match aliases.iter().find(named) {
                Some((field, _)) if places.iter().any(|(taken, _)| taken == field) => {
                    problems.duplicate.push(heading.clone());
                }
                Some((field, _)) => places.push((field, at)),
                None if heading.is_empty() => problems.unknown.push(format!("#{}", at + 1)),
                None => problems.unknown.push(heading.clone()),
            }
        }
        for (field, _) in aliases {
            if !optional.contains(field) && !places.iter().any(|(found, _)| found == field) {
                problems.missing.push(field);
            }
        }
        if problems == ColumnProblems::default() { Ok(Self { places }) } else { Err(problems) }
    }

    pub fn has(&self, field: &str) -> bool {
        self.places.iter().any(|(found, _)| *found == field)
    }

    /// The cell of a field; empty where the field has no column.
    pub fn get<'row>(&self, row: &'row Row, field: &str) -> &'row str {
        let place = self.places.iter().find(|(found, _)| *found == field);
        place.and_then(|(_, at)| row.cells.get(*at)).map_or("", String::as_str)
    }
}

fn key(heading: &str) -> String {
    let wide = heading.nfkc().flat_map(char::to_lowercase);
    wide.filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '\u{200b}' | '\u{feff}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALIASES: &[(&str, &[&str])] = &[("email", &["E-mail", "이메일"]), ("name", &["이름"])];

    fn header(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn every_spelling_is_found() {
        let row = Row { line: 2, cells: header(&["naru@example.com", "나루"]) };
        for spelling in ["E-mail", "e mail", "EMAIL", "ｅｍａｉｌ", "이메일", "이 메일", "이메일"]
        {
            let columns = Columns::resolve(&header(&[spelling, " 이름"]), ALIASES).unwrap();
            assert_eq!(columns.get(&row, "email"), "naru@example.com", "{spelling}");
            assert_eq!(columns.get(&row, "name"), "나루");
            assert_eq!(columns.get(&row, "team"), "");
        }
    }

    #[test]
    fn all_problems_are_named_at_once() {
        let problems = Columns::resolve(&header(&["이메일", "email", "혈액형", ""]), ALIASES).unwrap_err();
        assert_eq!(problems.missing, ["name"]);
        assert_eq!(problems.duplicate, ["email"]);
        assert_eq!(problems.unknown, ["혈액형", "#4"]);
    }

    #[test]
    fn optional_fields_may_be_missing() {
        let columns = Columns::resolve_with_optional(&header(&["email"]), ALIASES, &["name"]).unwrap();
        assert!(columns.has("email") && !columns.has("name"));
    }
}
