//! What people send: forms, uploads, filters; and what was wrong with it.
//!
//! `Form<T>` and `Upload` check the page's token first. A page shows itself
//! again with [`Errors`], which a template asks by field: `errors.email`.

use crate::{
    App, Visitor,
    engine::Voice,
    error::{Error, Result},
    sealed,
};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Multipart, Request, multipart::Field},
};
use chrono::NaiveDate;
use client::CallError;
use contract::{Code, FieldError, File};
use http::request::Parts;
use minijinja::value::{Enumerator, Object, Value};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Reads an empty field of a form as `None`: `#[serde(default, deserialize_with = "crate::form::blank")]`.
pub use serde_html_form::de::empty_as_none as blank;

/// A form's `once` field: sending the form again repeats nothing.
#[derive(Debug, Clone, Default)]
pub struct Once(pub(crate) Option<String>);

/// A urlencoded form with a valid token.
#[derive(Debug, Clone)]
pub struct Form<T>(pub T, pub Once);

/// A form without a field of its own: that it was sent is all it says.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub struct Nothing {}

/// What a script that saved a text in place goes on with.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Saved {
    pub version: i64,
}

type Pairs = Vec<(String, String)>;

impl<T: DeserializeOwned> FromRequest<App> for Form<T> {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, app).await?;
        let request = Request::from_parts(parts, body);
        let bytes = Bytes::from_request(request, app).await.map_err(|_| Error::of(Code::TooLarge))?;
        let pairs: Pairs = serde_html_form::from_bytes(&bytes).map_err(|error| Error::bad_form(&error))?;
        let (own, pairs): (Pairs, Pairs) =
            pairs.into_iter().partition(|(name, _)| matches!(name.as_str(), "csrf" | "once"));
        let find = |wanted: &str| own.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
        check(&visitor, find("csrf").as_deref())?;
        Ok(Self(read(&pairs)?, Once(find("once").filter(|once| !once.is_empty()))))
    }
}

/// The query of a GET page: filters and sorting; empty fields are left out.
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Self> {
        let query = parts.uri.query().unwrap_or_default();
        let mut pairs: Pairs = serde_html_form::from_str(query).map_err(|error| Error::bad_form(&error))?;
        pairs.retain(|(_, value)| !value.is_empty());
        Ok(Self(read(&pairs)?))
    }
}

/// A multipart form with a valid token: its texts, and its file when one was chosen.
#[derive(Debug, Clone)]
pub struct Upload {
    pub fields: BTreeMap<String, String>,
    pub file: Option<File>,
}

impl FromRequest<App> for Upload {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, app).await?;
        let request = Request::from_parts(parts, body);
        let mut form =
            Multipart::from_request(request, app).await.map_err(|error| Error::bad_form(&error))?;
        let mut upload = Self { fields: BTreeMap::new(), file: None };
        while let Some(field) = form.next_field().await.map_err(|error| Error::bad_form(&error))? {
            let name = field.name().unwrap_or_default().to_owned();
            let file_name = field.file_name().map(str::to_owned);
            let media_type = field.content_type().unwrap_or("application/octet-stream").to_owned();
            let bytes = field.bytes().await.map_err(|_| Error::of(Code::TooLarge))?;
            match file_name {
                Some(name) if !bytes.is_empty() => {
                    upload.file = Some(File { media_type, name: Some(name), bytes });
                }
                Some(_) => {}
                None => {
                    upload.fields.insert(name, String::from_utf8_lossy(&bytes).into_owned());
                }
            }
        }
        check(&visitor, upload.fields.remove("csrf").as_deref())?;
        Ok(upload)
    }
}

/// A multipart form whose files are passed on as they arrive. Its token comes before the first of them.
pub struct Arriving {
    form: Multipart,
    visitor: Visitor,
    is_checked: bool,
}

impl FromRequest<App> for Arriving {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, app).await?;
        let request = Request::from_parts(parts, body);
        let form = Multipart::from_request(request, app).await.map_err(|error| Error::bad_form(&error))?;
        Ok(Self { form, visitor, is_checked: false })
    }
}

impl Arriving {
    /// The next part of the form.
    ///
    /// # Errors
    /// When the token is missing or another's, or the form can't be read.
    pub async fn next(&mut self) -> Result<Option<Part<'_>>> {
        let field = self.form.next_field().await.map_err(|error| Error::bad_form(&error))?;
        let Some(field) = field else {
            return if self.is_checked { Ok(None) } else { Err(Error::Forged) };
        };
        match field.file_name().map(str::to_owned) {
            None if field.name() == Some("csrf") => {
                let token = field.text().await.map_err(|error| Error::bad_form(&error))?;
                check(&self.visitor, Some(&token))?;
                self.is_checked = true;
                Ok(Some(Part { file: None }))
            }
            Some(_) if !self.is_checked => Err(Error::Forged),
            name => Ok(Some(Part { file: name.filter(|name| !name.is_empty()).map(|name| (name, field)) })),
        }
    }
}

/// A part of a form that arrives: the token, a field, or a file that was chosen, with its name.
pub struct Part<'f> {
    pub file: Option<(String, Field<'f>)>,
}

fn check(visitor: &Visitor, token: Option<&str>) -> Result<()> {
    match token {
        Some(token) if sealed::same(token, &visitor.csrf) => Ok(()),
        _ => Err(Error::Forged),
    }
}

fn read<T: DeserializeOwned>(pairs: &[(String, String)]) -> Result<T> {
    let text = serde_html_form::to_string(pairs).map_err(|error| Error::bad_form(&error))?;
    serde_html_form::from_str(&text).map_err(|error| Error::bad_form(&error))
}

/// What is wrong, by field and in the person's language; "" for a field that is fine.
#[derive(Debug, Clone, Default)]
pub struct Errors(Arc<BTreeMap<String, String>>);

impl Errors {
    /// The API's refusal as texts: bad fields at their fields, a conflict at `form`.
    ///
    /// # Errors
    /// Every other refusal, which is not about what was typed.
    pub fn of(error: CallError, voice: &Voice) -> Result<Self> {
        let Some(code) = error.code() else { return Err(error.into()) };
        if code == Code::Invalid {
            let texts = error.field_errors().iter().map(|error| {
                // A file or a body as a whole has no name.
                let field = if error.field.is_empty() { "form" } else { &error.field };
                (field.to_owned(), sentence(error, voice))
            });
            return Ok(Self(Arc::new(texts.collect())));
        }
        if code.status() == http::StatusCode::CONFLICT {
            return Ok(Self::one("form", voice.tr(&problem_key(code), &[])));
        }
        Err(error.into())
    }

    /// One text at one field; `form` is the form as a whole.
    #[must_use]
    pub fn one(field: &str, text: String) -> Self {
        Self(Arc::new(BTreeMap::from([(field.to_owned(), text)])))
    }

    /// These, and one more.
    #[must_use]
    pub fn and(mut self, field: &str, text: String) -> Self {
        Arc::make_mut(&mut self.0).insert(field.to_owned(), text);
        self
    }

    /// What is said at a field; "" for one that is fine.
    #[must_use]
    pub fn text(&self, field: &str) -> &str {
        self.0.get(field).map_or("", String::as_str)
    }

    #[must_use]
    pub fn has(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }

    /// What stands at a field, if anything.
    #[must_use]
    pub fn find(&self, field: &str) -> Option<String> {
        self.0.get(field).cloned()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// By field, for scripts.
    pub(crate) fn texts(&self) -> &BTreeMap<String, String> {
        &self.0
    }

    pub(crate) fn value(&self) -> Value {
        Value::from_object(self.clone())
    }
}

impl Object for Errors {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let text = self.0.get(key.as_str()?).map_or("", String::as_str);
        Some(Value::from(text))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.0.keys().map(|key| Value::from(key.as_str())).collect())
    }
}

/// `problem-move-not-allowed`
pub fn problem_key(code: Code) -> String {
    format!("problem-{}", code.as_str().replace('_', "-"))
}

/// The field's error from `field-<code>`; for a code the catalogue lacks, the general one.
pub fn sentence(error: &FieldError, voice: &Voice) -> String {
    known(error, voice).unwrap_or_else(|| voice.tr("field-invalid", &[]))
}

/// The same, only where the catalogue has it.
pub fn known(error: &FieldError, voice: &Voice) -> Option<String> {
    let key = format!("field-{}", error.code.replace('_', "-"));
    let args: Vec<(&str, &str)> = error.params.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    voice.try_tr(&key, &args)
}

/// What was typed, without the blanks around it; nothing where nothing was typed.
pub fn typed(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// A date as it is typed; nothing typed is no date, and `Err` what is none.
pub fn date(text: &str) -> Result<Option<NaiveDate>, ()> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| ()),
    }
}

/// What is searched for, no longer than the API takes it; nothing where nothing was typed.
pub fn search(typed: &str) -> Option<String> {
    Some(typed.trim().chars().take(100).collect()).filter(|search: &String| !search.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{Problem, auth::Locale};

    fn refused(problem: Problem) -> CallError {
        CallError::Refused { problem: Box::new(problem), retry_after: None }
    }

    #[test]
    fn what_is_wrong_stands_at_its_field_in_the_persons_language() {
        let voice = Voice::read(Locale::Ko);
        let errors = vec![
            FieldError::new("title", "too_long", "At most 200 characters.").with("max", 200),
            FieldError::new("tasks.3.title", "required", "This is needed."),
            FieldError::new("", "a_code_of_tomorrow", "New."),
            FieldError::new("week", "too_small", "Its limit is missing."),
        ];
        let errors = Errors::of(refused(Problem { errors, ..Problem::new(Code::Invalid) }), &voice);
        let errors = errors.unwrap();
        let at = |field: &str| errors.0.get(field).map_or("", String::as_str);
        assert_eq!(at("title"), "200자까지 쓸 수 있어요.");
        assert_eq!(at("tasks.3.title"), "써 주세요.");
        assert_eq!((at("form"), at("week")), ("다른 값이 필요해요.", "다른 값이 필요해요."));
        let drawn = voice.templates.render_str(
            "{{ errors.title }}{% if errors.fine %}!{% endif %}{{ errors['tasks.3.title'] }}",
            minijinja::context! { errors => errors.value() },
        );
        assert_eq!(drawn.unwrap(), "200자까지 쓸 수 있어요.써 주세요.");
    }

    #[test]
    fn a_conflict_is_about_the_form_and_the_rest_is_not() {
        let voice = Voice::read(Locale::En);
        let errors = Errors::of(refused(Problem::new(Code::LastAdmin)), &voice).unwrap();
        assert_eq!(errors.0["form"], "A company keeps at least one active admin.");
        for code in [Code::NotFound, Code::Denied, Code::Stale, Code::Internal] {
            assert!(Errors::of(refused(Problem::new(code)), &voice).is_err(), "{code}");
        }
    }

    #[test]
    fn empty_fields_are_none_where_a_form_says_so() {
        #[derive(Debug, Default, PartialEq, serde::Deserialize)]
        #[serde(default)]
        struct Sent {
            title: String,
            #[serde(deserialize_with = "blank")]
            week: Option<i64>,
            note: Vec<String>,
        }
        let pairs = |text: &str| serde_html_form::from_str::<Pairs>(text).unwrap();
        let sent: Sent = read(&pairs("title=&week=&note=&note=b")).unwrap();
        assert_eq!(sent, Sent { note: vec![String::new(), "b".into()], ..Sent::default() });
        assert_eq!(read::<Sent>(&pairs("week=3")).unwrap().week, Some(3));
        assert!(read::<Sent>(&pairs("week=x")).is_err());
    }
}
