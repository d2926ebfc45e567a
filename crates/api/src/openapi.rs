//! The OpenAPI 3.1 document, written as the routes are mounted.
//!
//! Shapes and limits come from the same types that are checked; nothing is
//! said twice.

use contract::{Code, Endpoint, Problem, Wire, policy};
use http::Method;
use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

pub struct Document {
    schemas: SchemaGenerator,
    paths: Map<String, Value>,
}

impl Default for Document {
    fn default() -> Self {
        let settings = SchemaSettings::draft2020_12()
            .with(|settings| settings.definitions_path = "/components/schemas".into());
        Self { schemas: settings.into_generator(), paths: Map::new() }
    }
}

impl Document {
    /// Lists one operation.
    pub fn add<E: Endpoint>(&mut self) {
        let (summary, description) = E::DOC.trim().split_once("\n\n").unwrap_or((E::DOC.trim(), ""));
        let tag = E::PATH.split('/').nth(2).unwrap_or("api");
        let mut parameters = self.path_parameters::<E>();
        parameters.extend(self.query_parameters::<E>());
        if E::VERSIONED && E::METHOD != Method::GET {
            parameters.push(json!({
                "name": "If-Match", "in": "header", "required": false, "schema": { "type": "string" },
                "description": "The `ETag` that was read; 412 when it has changed since.",
            }));
        }
        if E::METHOD == Method::POST && !E::ACTION.is_public() && !E::Body::STREAMED {
            parameters.push(json!({
                "name": "Idempotency-Key", "in": "header", "required": false,
                "schema": { "type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[ -~]+$" },
                "description": "Sent again with the same body within 24 hours, the first answer is given again.",
            }));
        }
        let mut operation = json!({
            "operationId": E::NAME,
            "tags": [tag],
            "summary": unwrap_lines(summary),
            "description": describe::<E>(&unwrap_lines(description)),
            "parameters": parameters,
            "responses": self.responses::<E>(),
            "x-action": E::ACTION,
        });
        if let Some(body) = self.content::<E::Body>() {
            operation["requestBody"] = json!({ "required": true, "content": body });
        }
        if E::ACTION.is_public() {
            operation["security"] = json!([]);
        }
        let path = self.paths.entry(E::PATH).or_insert_with(|| json!({}));
        if E::METHOD == Method::PUT {
            let mut twin = operation.clone();
            twin["operationId"] = json!(format!("{}ByPatch", E::NAME));
            twin["x-same-as"] = json!(E::NAME);
            path["patch"] = twin;
        }
        path[E::METHOD.as_str().to_lowercase()] = operation;
    }

    fn content<W: Wire>(&mut self) -> Option<Value> {
        let media_type = W::MEDIA.first()?;
        let schema = W::schema(&mut self.schemas)
            .map_or_else(|| json!({ "type": "string", "format": "binary" }), Value::from);
        Some(json!({ *media_type: { "schema": schema } }))
    }

    fn path_parameters<E: Endpoint>(&mut self) -> Vec<Value> {
        let schema = Value::from(E::Path::json_schema(&mut self.schemas));
        let names = E::PATH.split(['{', '}']).skip(1).step_by(2);
        names
            .enumerate()
            .map(|(index, name)| {
                json!({ "name": name, "in": "path", "required": true, "schema": schema["prefixItems"][index] })
            })
            .collect()
    }

    fn query_parameters<E: Endpoint>(&mut self) -> Vec<Value> {
        let schema = Value::from(E::Query::json_schema(&mut self.schemas));
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        let Some(properties) = schema["properties"].as_object() else { return Vec::new() };
        properties
            .iter()
            .map(|(name, property)| {
                let mut property = without_null(property.clone());
                let description =
                    property.as_object_mut().and_then(|property| property.remove("description"));
                json!({
                    "name": name, "in": "query", "required": required.iter().any(|one| one == name),
                    "schema": property, "description": description.unwrap_or_default(),
                })
            })
            .collect()
    }

    fn responses<E: Endpoint>(&mut self) -> Value {
        let mut responses = Map::new();
        let mut success = json!({ "description": E::success().canonical_reason().unwrap_or_default() });
        if let Some(mut content) = self.content::<E::Reply>() {
            // A file's media type depends on what was asked for; it is bytes, so it has no schema.
            if content
                .as_object_mut()
                .is_some_and(|content| content.remove("application/octet-stream").is_some())
            {
                content["*/*"] = json!({});
            }
            success["content"] = content;
        }
        if E::VERSIONED {
            success["headers"] =
                json!({ "ETag": { "schema": { "type": "string" }, "description": "The version." } });
        }
        responses.insert(E::success().as_str().to_owned(), success);
        for status in refusals::<E>() {
            responses
                .entry(status.to_string())
                .or_insert_with(|| json!({ "$ref": "#/components/responses/Problem" }));
        }
        Value::Object(responses)
    }

    /// The whole document.
    #[must_use]
    pub fn finish(mut self) -> Value {
        let problem = Value::from(self.schemas.subschema_for::<Problem>());
        let schemas = self.schemas.take_definitions(true);
        json!({
            "openapi": "3.1.0",
            "info": {
                "title": "Naru", "version": env!("CARGO_PKG_VERSION"),
                "description": "Onboarding and mentoring for companies. Sign in with `POST /api/auth/login`, send \
                                the access token as `Authorization: Bearer …`. Refusals are problem+json \
                                (RFC 9457) with a `code` to act on; a 422 names every bad field in `errors`.",
                "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
            },
            "security": [{ "bearer": [] }],
            "paths": self.paths,
            "components": {
                "schemas": schemas,
                "securitySchemes": { "bearer": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" } },
                "responses": {
                    "Problem": {
                        "description": format!("Refused. `code` is one of: {}.", codes()),
                        "headers": { "Retry-After": { "schema": { "type": "integer" }, "description": "Seconds, with 429 and 503." } },
                        "content": { "application/problem+json": { "schema": problem, "example": example() } },
                    },
                },
            },
        })
    }
}

fn codes() -> String {
    Code::ALL
        .iter()
        .map(|code| format!("`{code}` ({})", code.status().as_u16()))
        .collect::<Vec<_>>()
        .join(", ")
}

fn example() -> Value {
    let mut problem = Problem::new(Code::Invalid);
    problem.request_id = "6f1c2a7e90b34d51".to_owned();
    problem.errors = vec![contract::FieldError::new("title", "required", "This is needed.")];
    serde_json::to_value(problem).unwrap_or_default()
}

/// The statuses an operation can refuse with.
fn refusals<E: Endpoint>() -> Vec<u16> {
    let mut statuses = vec![400, 422, 429, 500, 503, 504];
    if E::ACTION.is_public() {
        // Wrong credentials, a token that was used, a link that no longer holds.
        statuses.extend([401, 409]);
    } else {
        statuses.extend([401, 403]);
    }
    statuses.push(404);
    // A document can be asked for before there is one.
    if E::METHOD != Method::GET || !E::Reply::MEDIA.contains(&"application/json") {
        statuses.push(409);
    }
    if !E::Body::MEDIA.is_empty() {
        statuses.extend([413, 415]);
    }
    if E::Body::STREAMED {
        statuses.push(507);
    }
    if E::VERSIONED {
        statuses.push(if E::METHOD == Method::GET { 304 } else { 412 });
    }
    statuses.extend(E::CAN_BE.iter().map(|code| code.status().as_u16()));
    statuses
}

fn describe<E: Endpoint>(description: &str) -> String {
    if E::ACTION.is_public() {
        return format!("{description}\n\nNeeds no token.").trim().to_owned();
    }
    let who: Vec<String> = policy::Role::ALL
        .iter()
        .map(|role| (role, policy::scope(*role, E::ACTION)))
        .filter(|(_, scope)| *scope != policy::Scope::Nobody)
        .map(|(role, scope)| {
            let scope = serde_json::to_value(scope).ok().and_then(|scope| scope.as_str().map(str::to_owned));
            format!("{role} ({})", scope.unwrap_or_default())
        })
        .collect();
    format!("{description}\n\nAllowed: {}.", who.join(", ")).trim().to_owned()
}

fn unwrap_lines(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// A query parameter is there or not; it is never null.
fn without_null(mut schema: Value) -> Value {
    if let Some(kinds) = schema["type"].as_array() {
        let kinds: Vec<Value> = kinds.iter().filter(|kind| *kind != "null").cloned().collect();
        schema["type"] = kinds.into_iter().next().unwrap_or_default();
    }
    if let Some(any) = schema["anyOf"].as_array()
        && let Some(one) = any.iter().find(|one| one["type"] != "null").cloned()
    {
        let mut one = one;
        if let (Some(description), Some(object)) = (schema.get("description").cloned(), one.as_object_mut()) {
            object.entry("description").or_insert(description);
        }
        return one;
    }
    if let Some(object) = schema.as_object_mut() {
        object.remove("default");
        object.retain(|_, value| !value.is_null());
    }
    schema
}
