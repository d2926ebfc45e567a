//! The texts: one Fluent catalogue per language, from `locales/<language>/*.ftl`.
//!
//! In a Korean text `{ JOSA($name, kind: "을를") }` is the value with the particle that fits it.

use contract::auth::Locale;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use fluent_syntax::ast::{Entry, Message, Pattern, PatternElement};
use hangul::Josa;
use minijinja::Value;
use rust_embed::RustEmbed;
use std::collections::HashMap;

#[derive(RustEmbed)]
#[folder = "locales"]
#[include = "*.ftl"]
pub struct Locales;

pub struct Catalogue {
    bundle: FluentBundle<FluentResource>,
    /// The texts that are the same whatever is given, and most are.
    plain: HashMap<String, Value>,
}

impl Catalogue {
    /// Reads a language's files; what is unreadable in one is logged and left out.
    pub fn read(locale: Locale) -> Self {
        let language = locale.as_str().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        bundle.set_use_isolating(false);
        let josa = bundle.add_function("JOSA", |positional, named| {
            let word = match positional.first() {
                Some(FluentValue::String(text)) => text.to_string(),
                Some(FluentValue::Number(number)) => number.as_string().into_owned(),
                _ => return FluentValue::Error,
            };
            let pair = match named.get("kind") {
                Some(FluentValue::String(pair)) => pair.as_ref(),
                _ => "",
            };
            with_josa(&word, pair).into()
        });
        if let Err(error) = josa {
            tracing::error!(?error, "JOSA");
        }
        let mut files: Vec<_> = Locales::iter().filter(|path| path.starts_with(locale.as_str())).collect();
        files.sort();
        let mut plain = HashMap::new();
        for path in files {
            let Some(file) = Locales::get(&path) else { continue };
            let text = String::from_utf8_lossy(&file.data).into_owned();
            let resource = FluentResource::try_new(text).unwrap_or_else(|(read, errors)| {
                tracing::error!(%path, ?errors, "a catalogue can't be read whole");
                debug_assert!(false, "{path}: {errors:?}");
                read
            });
            plain.extend(resource.entries().filter_map(as_plain));
            if let Err(errors) = bundle.add_resource(resource) {
                tracing::error!(%path, ?errors, "a text is there twice");
                debug_assert!(false, "{path}: {errors:?}");
            }
        }
        Self { bundle, plain }
    }

    /// A text without a place for a value.
    pub fn plain(&self, key: &str) -> Option<&Value> {
        self.plain.get(key)
    }

    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// The text of a key.
    ///
    /// # Errors
    /// When there is none, or it needs an argument that isn't given.
    pub fn text<'a>(
        &self,
        key: &str,
        args: impl Iterator<Item = (&'a str, FluentValue<'a>)>,
    ) -> Result<String, String> {
        let pattern =
            self.bundle.get_message(key).and_then(|message| message.value()).ok_or("no such text")?;
        let args: FluentArgs<'a> = args.collect();
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        if errors.is_empty() { Ok(text) } else { Err(format!("{errors:?}")) }
    }
}

fn as_plain(entry: &Entry<&str>) -> Option<(String, Value)> {
    let Entry::Message(Message { id, value: Some(Pattern { elements }), .. }) = entry else { return None };
    match elements.as_slice() {
        [PatternElement::TextElement { value }] => Some((id.name.to_owned(), Value::from(*value))),
        _ => None,
    }
}

/// Digits are a number, so that plurals follow it.
pub fn value(text: &str) -> FluentValue<'_> {
    text.parse::<i64>().map_or_else(|_| text.into(), Into::into)
}

/// `과제`, `을를` → `과제를`; an unknown pair is left out.
pub fn with_josa(word: &str, pair: &str) -> String {
    let pair = match pair {
        "이가" => Josa::이가,
        "은는" => Josa::은는,
        "을를" => Josa::을를,
        "과와" => Josa::과와,
        "으로로" => Josa::으로로,
        "이에요예요" => Josa::이에요예요,
        _ => return word.to_owned(),
    };
    hangul::with_josa(word, pair)
}

#[cfg(test)]
pub mod tests;
