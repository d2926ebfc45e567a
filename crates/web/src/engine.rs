//! Templates and texts, one pair per language.
//!
//! A release holds both in the binary and reads them once; while developing
//! they are read from disk for every page, so an edit shows at the next click.

use crate::{assets, dates, i18n::Catalogue, markdown, sealed};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use contract::{auth::Locale, memo::Mention};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, UndefinedBehavior, escape_formatter,
    value::{Kwargs, Serde, Value, ValueKind},
};
use rust_embed::RustEmbed;
use std::sync::{Arc, OnceLock};

#[derive(RustEmbed)]
#[folder = "templates"]
#[include = "*.html"]
struct Templates;

/// The moment and the place a page is made for.
#[derive(Clone, Copy)]
pub struct Setting {
    pub now: DateTime<Utc>,
    pub zone: Tz,
}

impl Setting {
    pub fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.zone).date_naive()
    }
}

/// One language: its texts, and the templates that speak it.
pub struct Voice {
    pub locale: Locale,
    pub templates: Environment<'static>,
    catalogue: Arc<Catalogue>,
}

#[derive(Default)]
pub struct Engine {
    ko: OnceLock<Arc<Voice>>,
    en: OnceLock<Arc<Voice>>,
}

impl Engine {
    pub fn voice(&self, locale: Locale) -> Arc<Voice> {
        if cfg!(debug_assertions) {
            return Arc::new(Voice::read(locale));
        }
        let kept = match locale {
            Locale::Ko => &self.ko,
            Locale::En => &self.en,
        };
        Arc::clone(kept.get_or_init(|| Arc::new(Voice::read(locale))))
    }
}

impl Voice {
    pub fn read(locale: Locale) -> Self {
        let catalogue = Arc::new(Catalogue::read(locale));
        let mut templates = Environment::new();
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        templates.set_formatter(|out, state, value| match value.as_str() {
            Some(text) if *state.auto_escape() == AutoEscape::Html && !value.is_safe() => escape(out, text),
            _ => escape_formatter(out, state, value),
        });
        templates.set_loader(|name| {
            let text = Templates::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned());
            Ok(text)
        });
        let texts = Arc::clone(&catalogue);
        templates.add_function("t", move |key: &str, args: Kwargs| translate(&texts, key, &args));
        templates.add_function("asset", assets::url);
        templates.add_function("once", sealed::word);
        templates.add_filter("markdown", |text: &str| Value::from_safe_string(markdown::html(text)));
        templates.add_filter("plain", markdown::plain);
        templates.add_filter("boxes", |text: &str, checked: Vec<String>, form: Option<&str>| {
            let form = form.filter(|form| !form.is_empty());
            Value::from_safe_string(markdown::with_boxes(text, &checked, form))
        });
        templates.add_filter("mentions", |text: &str, mentions: Serde<Vec<Mention>>| {
            Value::from_safe_string(markdown::with_mentions(text, &mentions.0))
        });
        templates.add_filter("named", |text: &str, mentions: Serde<Vec<Mention>>| {
            markdown::named(text, &mentions.0)
        });
        templates.add_filter("josa", |word: &str, pair: &str| crate::i18n::with_josa(word, pair));
        templates.add_filter("initials", |name: &str| crate::shell::face(name));
        templates.add_filter("hue", |id: i64| crate::shell::hue(id));
        dates::register(&mut templates, &catalogue);
        Self { locale, templates, catalogue }
    }

    /// A text with its arguments; numbers are counted when they are written in digits.
    pub fn tr(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.said(key, args).unwrap_or_else(|error| {
            tracing::error!(key, %error, "a text is missing");
            debug_assert!(false, "{key}: {error}");
            key.to_owned()
        })
    }

    /// A text, if the catalogue has it and these are its arguments.
    pub fn try_tr(&self, key: &str, args: &[(&str, &str)]) -> Option<String> {
        self.said(key, args).ok()
    }

    fn said(&self, key: &str, args: &[(&str, &str)]) -> Result<String, String> {
        self.catalogue.text(key, args.iter().map(|(name, value)| (*name, crate::i18n::value(value))))
    }

    pub fn has(&self, key: &str) -> bool {
        self.catalogue.has(key)
    }
}

/// Escapes for text and quoted attributes. The engine's own escapes slashes too, which doubles every link.
fn escape(out: &mut Output, text: &str) -> Result<(), Error> {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        out.write_str(&rest[..at])?;
        out.write_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    out.write_str(rest)?;
    Ok(())
}

fn translate(catalogue: &Catalogue, key: &str, args: &Kwargs) -> Result<Value, Error> {
    if let Some(text) = catalogue.plain(key) {
        return Ok(text.clone());
    }
    let mut given = Vec::new();
    for name in args.args() {
        let value: Value = args.get(name)?;
        let value = match (value.kind(), value.as_i64()) {
            (ValueKind::Number, Some(number)) => number.into(),
            (ValueKind::Undefined, _) => {
                return Err(Error::new(ErrorKind::UndefinedError, format!("{key}: {name} is undefined")));
            }
            _ => value.to_string().into(),
        };
        given.push((name, value));
    }
    match catalogue.text(key, given.into_iter()) {
        Ok(text) => Ok(Value::from(text)),
        Err(error) if cfg!(debug_assertions) => {
            Err(Error::new(ErrorKind::InvalidOperation, format!("the text {key}: {error}")))
        }
        Err(error) => {
            tracing::error!(key, %error, "a text is missing");
            Ok(Value::from(key))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_typed_is_escaped_and_links_stay_readable() {
        let voice = Voice::read(Locale::Ko);
        let context = minijinja::context! { text => "<b a=\"1\" b='2'>/&가" };
        let mut templates = voice.templates;
        templates.set_auto_escape_callback(|_| AutoEscape::Html);
        let html = templates.render_str("{{ text }}", context).unwrap();
        assert_eq!(html, "&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;/&amp;가");
        assert!(templates.render_str("{{ nothing }}", ()).is_err(), "an undefined name is an error");
    }
}
