//! Reading what was sent, by the same schema the OpenAPI document shows.
//!
//! Every bad field is named at once: type, limits, unknown and missing ones.

use contract::{FieldError, File, Wire};
use jsonschema::{Validator, error::ValidationErrorKind as Kind};
use schemars::{JsonSchema, generate::SchemaSettings};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Checks bodies, or query parameters, of one shape.
pub struct Checker {
    validator: Validator,
    schema: Value,
}

/// A whole schema without references, for checking.
fn inline(make: impl FnOnce(&mut schemars::SchemaGenerator) -> Option<schemars::Schema>) -> Option<Value> {
    let mut settings = SchemaSettings::draft2020_12();
    settings.inline_subschemas = true;
    make(&mut settings.into_generator()).map(Value::from)
}

impl Checker {
    /// For a JSON body; `None` for files and nothing.
    #[must_use]
    pub fn of_body<B: Wire>() -> Option<Self> {
        inline(B::schema).map(Self::new)
    }

    /// For query parameters.
    #[must_use]
    pub fn of_query<Q: JsonSchema>() -> Self {
        Self::new(inline(|generator| Some(generator.subschema_for::<Q>())).unwrap_or_default())
    }

    fn new(schema: Value) -> Self {
        let validator = jsonschema::options()
            .should_validate_formats(true)
            .build(&schema)
            .expect("a derived schema is a valid schema");
        Self { validator, schema }
    }

    /// Reads a body.
    ///
    /// # Errors
    /// Every bad field.
    pub fn body<B: Wire>(&self, file: File) -> Result<B, Vec<FieldError>> {
        if file.bytes.is_empty() {
            return Err(vec![FieldError::new("", "required", "A JSON body is needed.")]);
        }
        let value: Value = serde_json::from_slice(&file.bytes).map_err(|error| {
            vec![FieldError::new("", "not_json", format!("The body is not JSON: {error}"))]
        })?;
        self.check(&value)?;
        B::decode(file).map_err(|error| vec![unreadable(&error)])
    }

    /// Reads query parameters: text becomes what the schema wants.
    ///
    /// # Errors
    /// Every bad parameter.
    pub fn query<Q: DeserializeOwned>(&self, query: &str) -> Result<Q, Vec<FieldError>> {
        let mut object = Map::new();
        let mut errors = Vec::new();
        for (name, text) in form_pairs(query) {
            let value = self.typed(&name, text);
            if object.insert(name.clone(), value).is_some() {
                errors.push(FieldError::new(name, "repeated", "This parameter stands twice."));
            }
        }
        let value = Value::Object(object);
        if let Err(more) = self.check(&value) {
            errors.extend(more);
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        serde_json::from_value(value).map_err(|error| vec![unreadable(&error)])
    }

    fn typed(&self, name: &str, text: String) -> Value {
        let schema = &self.schema["properties"][name];
        let wants = |kind: &str| match &schema["type"] {
            Value::String(only) => only == kind,
            Value::Array(any) => any.iter().any(|one| one == kind),
            _ => schema["anyOf"].as_array().is_some_and(|any| any.iter().any(|one| one["type"] == kind)),
        };
        match text.as_str() {
            "true" if wants("boolean") => Value::Bool(true),
            "false" if wants("boolean") => Value::Bool(false),
            number if wants("integer") => number.parse::<i64>().map_or(Value::String(text), Value::from),
            _ => Value::String(text),
        }
    }

    fn check(&self, value: &Value) -> Result<(), Vec<FieldError>> {
        let mut errors: Vec<FieldError> =
            self.validator.iter_errors(value).flat_map(|error| field_errors(&error)).collect();
        forbidden_characters(value, &mut String::new(), &mut errors);
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

fn unreadable(error: &serde_json::Error) -> FieldError {
    FieldError::new("", "wrong_type", format!("A value can't be read: {error}"))
}

fn form_pairs(query: &str) -> Vec<(String, String)> {
    serde_html_form::from_str(query).unwrap_or_default()
}

fn dotted(pointer: &str) -> String {
    pointer.trim_start_matches('/').replace('/', ".")
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn field_errors(error: &jsonschema::ValidationError<'_>) -> Vec<FieldError> {
    let path = dotted(error.instance_path().as_str());
    let one = |code: &str, message: String| vec![FieldError::new(path.clone(), code, message)];
    match error.kind() {
        Kind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            vec![FieldError::new(join(&path, name), "required", "This is needed.")]
        }
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => unexpected
            .iter()
            .map(|name| FieldError::new(join(&path, name), "unknown_field", "There is no such field."))
            .collect(),
        Kind::MinLength { .. } if error.instance().as_str() == Some("") => {
            one("required", "This is needed.".to_owned())
        }
        Kind::MinLength { limit } => {
            vec![
                FieldError::new(path, "too_short", format!("At least {limit} characters."))
                    .with("min", limit),
            ]
        }
        Kind::MaxLength { limit } => {
            vec![FieldError::new(path, "too_long", format!("At most {limit} characters.")).with("max", limit)]
        }
        Kind::MinItems { limit } => {
            vec![FieldError::new(path, "too_few", format!("At least {limit}.")).with("min", limit)]
        }
        Kind::MaxItems { limit } => {
            vec![FieldError::new(path, "too_many", format!("At most {limit}.")).with("max", limit)]
        }
        Kind::Minimum { limit } => {
            vec![FieldError::new(path, "too_small", format!("Not below {limit}.")).with("min", limit)]
        }
        Kind::Maximum { limit } => {
            vec![FieldError::new(path, "too_large", format!("Not above {limit}.")).with("max", limit)]
        }
        Kind::UniqueItems => one("repeated", "A value stands twice.".to_owned()),
        Kind::Enum { .. } | Kind::Constant { .. } | Kind::AnyOf { .. } | Kind::OneOfNotValid { .. } => {
            one("not_allowed", "This value is not one of the possible ones.".to_owned())
        }
        Kind::Pattern { .. } | Kind::Format { .. } => {
            one("bad_format", "This is not in the right form.".to_owned())
        }
        Kind::Type { .. } => one("wrong_type", "This is of the wrong type.".to_owned()),
        _ => one("bad_value", error.to_string()),
    }
}

/// NUL and other controls, and marks that turn the direction of text, are in no honest input.
fn forbidden_characters(value: &Value, path: &mut String, errors: &mut Vec<FieldError>) {
    match value {
        Value::String(text) if text.chars().any(is_forbidden) => errors.push(FieldError::new(
            path.trim_start_matches('.'),
            "bad_characters",
            "This has characters that can't be kept.",
        )),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                nested(path, &index.to_string(), item, errors);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                nested(path, name, field, errors);
            }
        }
        _ => {}
    }
}

fn nested(path: &mut String, name: &str, value: &Value, errors: &mut Vec<FieldError>) {
    let length = path.len();
    path.push('.');
    path.push_str(name);
    forbidden_characters(value, path, errors);
    path.truncate(length);
}

const fn is_forbidden(character: char) -> bool {
    matches!(character, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\x7f' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
