//! Both languages say the same things, every text that is asked for is there, none lies unused.

use super::*;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Written by the layout and its scripts, or words of the domain: complete whether used yet or not.
const WORDS: &str = "shell.ftl";

type Texts = BTreeMap<String, BTreeSet<String>>;

/// Key → names of placeholders, of one language, optionally of one file.
fn texts(locale: Locale, only: Option<&str>) -> Texts {
    let mut texts = Texts::new();
    for path in Locales::iter().filter(|path| path.starts_with(locale.as_str())) {
        if only.is_some_and(|only| !path.ends_with(only)) {
            continue;
        }
        let file = Locales::get(&path).unwrap();
        let text = String::from_utf8(file.data.to_vec()).unwrap();
        let resource =
            fluent_syntax::parser::parse(text.as_str()).unwrap_or_else(|(_, e)| panic!("{path}: {e:?}"));
        for entry in resource.body {
            if let Entry::Message(message) = entry {
                let mut names = BTreeSet::new();
                placeholders(message.value.as_ref().unwrap(), &mut names);
                let twice = texts.insert(message.id.name.to_owned(), names);
                assert!(twice.is_none(), "{path}: {} is there twice", message.id.name);
            }
        }
    }
    texts
}

fn placeholders(pattern: &Pattern<&str>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, names);
        }
    }
}

fn in_expression(expression: &Expression<&str>, names: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, names),
        Expression::Select { selector, variants } => {
            in_inline(selector, names);
            variants.iter().for_each(|variant| placeholders(&variant.value, names));
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, names: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            names.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|argument| in_inline(argument, names));
        }
        InlineExpression::Placeable { expression } => in_expression(expression, names),
        _ => {}
    }
}

/// Every template and source file of this crate, tests left out.
pub fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs" || e == "html")
                && !path.ends_with("tests.rs")
            {
                found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let root = Path::new(crate::ROOT);
    let mut found = Vec::new();
    walk(&root.join("src"), &mut found);
    walk(&root.join("templates"), &mut found);
    found
}

/// The words in quotes that could be keys or beginnings of keys.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    let is_key = |word: &&str| {
        word.contains('-')
            && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-{".contains(&b))
    };
    text.split(['\'', '"', '}']).filter(is_key)
}

#[test]
fn both_languages_have_the_same_texts_with_the_same_placeholders() {
    let (ko, en) = (texts(Locale::Ko, None), texts(Locale::En, None));
    let missing_en: Vec<_> = ko.keys().filter(|key| !en.contains_key(*key)).collect();
    let missing_ko: Vec<_> = en.keys().filter(|key| !ko.contains_key(*key)).collect();
    assert!(
        missing_en.is_empty() && missing_ko.is_empty(),
        "no English: {missing_en:?}; no Korean: {missing_ko:?}"
    );
    for (key, names) in &ko {
        assert_eq!(names, &en[key], "placeholders of {key}");
    }
}

#[test]
fn every_text_that_is_asked_for_is_there() {
    let known = texts(Locale::Ko, None);
    let mut missing = Vec::new();
    for (path, text) in sources() {
        for call in ["t('", "t(\"", "tr(\"", "tr('"] {
            for (at, _) in text.match_indices(call) {
                let before = text[..at].chars().next_back();
                if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                    continue;
                }
                let rest = &text[at + call.len()..];
                let Some(key) = rest.split(['\'', '"']).next() else { continue };
                if !key.ends_with('-') && !key.contains('{') && !known.contains_key(key) {
                    missing.push(format!("{key} in {path}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn no_text_lies_unused() {
    let sources = sources();
    let mut exact = BTreeSet::new();
    let mut beginnings = BTreeSet::new();
    for word in sources.iter().flat_map(|(_, text)| quoted(text)) {
        match word.split_once('{') {
            Some((beginning, _)) if beginning.ends_with('-') => {
                beginnings.insert(beginning);
            }
            None if word.ends_with('-') => {
                beginnings.insert(word);
            }
            _ => {
                exact.insert(word);
            }
        }
    }
    let words = texts(Locale::Ko, Some(WORDS));
    let is_used = |key: &str| {
        exact.contains(key)
            || beginnings.iter().any(|beginning| key.starts_with(beginning))
            || words.contains_key(key)
    };
    let unused: Vec<_> = texts(Locale::Ko, None).into_keys().filter(|key| !is_used(key)).collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

#[test]
fn a_text_carries_its_particle_and_its_plural() {
    let ftl = "josa-test = { JOSA($name, kind: \"을를\") } 골라요";
    let mut catalogue = Catalogue::read(Locale::Ko);
    catalogue.bundle.add_resource(FluentResource::try_new(ftl.to_owned()).unwrap()).unwrap();
    let said = |name: &str| catalogue.text("josa-test", [("name", value(name))].into_iter()).unwrap();
    assert_eq!((said("과제"), said("계획")), ("과제를 골라요".to_owned(), "계획을 골라요".to_owned()));
    assert!(catalogue.text("josa-test", std::iter::empty()).is_err(), "a missing argument is an error");
    let english = Catalogue::read(Locale::En);
    let count = |n: &str| english.text("problem-fields", [("count", value(n))].into_iter()).unwrap();
    assert_eq!(
        (count("1"), count("2")),
        ("Please correct one field.".into(), "Please correct 2 fields.".into())
    );
}
