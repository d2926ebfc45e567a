//! From HTTP to a handler and back: the same steps for every operation.
//!
//! A handler has not run before the caller is known, their reach is computed
//! and what they sent is checked; it can't skip any of it.

mod idempotency;

use crate::{App, Ctx, Error, Result, bearer, error::respond, layers, openapi::Document, validate::Checker};
use axum::{
    Router,
    body::Body,
    extract::{FromRequestParts, Path, Request, State},
    response::{IntoResponse, Response},
    routing::{MethodFilter, MethodRouter, on},
};
use contract::{Chunks, Code, Endpoint, FieldError, File, Problem, Stream, Wire, policy};
use futures_util::TryStreamExt;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts};
use idempotency::IdempotencyKey;
use std::{pin::Pin, sync::Arc};
use store::{Db, Work};

const JSON: &str = "application/json";
/// The most a JSON body may be.
const JSON_LIMIT: usize = 2 * 1024 * 1024;
/// The most an uploaded table may be.
const FILE_LIMIT: usize = 10 * 1024 * 1024;

/// A router that writes its OpenAPI document as it is built.
pub struct Routes {
    router: Router<Arc<App>>,
    document: Document,
}

impl Default for Routes {
    fn default() -> Self {
        Self { router: Router::new(), document: Document::default() }
    }
}

impl Routes {
    /// Mounts a handler; which endpoint it is follows from its argument.
    #[must_use]
    pub fn on<E, F, Fut>(mut self, handler: F) -> Self
    where
        E: Endpoint + Clone + Sync,
        F: Fn(Ctx, E) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<E::Reply>> + Send + 'static,
    {
        let filter = MethodFilter::try_from(E::METHOD).expect("a plain HTTP method");
        // Old clients send PATCH where the contract says PUT.
        let filter = if E::METHOD == Method::PUT { filter.or(MethodFilter::PATCH) } else { filter };
        let served = served(filter, Operation::of(handler));
        for path in [E::PATH.trim_end_matches('/').to_owned(), format!("{}/", E::PATH.trim_end_matches('/'))]
        {
            self.router = self.router.route(&path, served.clone());
        }
        self.document.add::<E>();
        self
    }

    /// The router and its document.
    pub fn finish(self) -> (Router<Arc<App>>, serde_json::Value) {
        (self.router, self.document.finish())
    }
}

type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;
/// Runs the handler on what was read; again, when reading is tried once more.
type Run = Box<dyn Fn(Ctx) -> Later<Result<Answer>> + Send + Sync>;

struct Answer {
    file: File,
    stream: Option<Stream>,
    version: Option<i64>,
}

/// An endpoint with its handler, without their types: the steps are compiled once and not for each.
struct Operation {
    name: &'static str,
    method: Method,
    action: policy::Action,
    /// What its body is; none for nothing.
    media: Option<&'static str>,
    is_streamed: bool,
    success: StatusCode,
    /// Reads what was sent; every bad field is an error.
    read: Box<dyn Fn(Parts, Sent) -> Later<Result<Run>> + Send + Sync>,
}

impl Operation {
    fn of<E, F, Fut>(handler: F) -> Self
    where
        E: Endpoint + Clone + Sync,
        F: Fn(Ctx, E) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<E::Reply>> + Send + 'static,
    {
        let body = Arc::new(Checker::of_body::<E::Body>());
        let query = Arc::new(Checker::of_query::<E::Query>());
        let read = move |mut parts: Parts, sent: Sent| -> Later<Result<Run>> {
            let (handler, body, query) = (handler.clone(), Arc::clone(&body), Arc::clone(&query));
            Box::pin(async move {
                let endpoint = read::<E>(&mut parts, sent, body.as_ref().as_ref(), &query).await?;
                let run: Run = Box::new(move |ctx| {
                    let reply = handler(ctx, endpoint.clone());
                    Box::pin(async move {
                        let reply = reply.await?;
                        let version = E::version(&reply);
                        Ok(Answer { file: reply.encode(), stream: reply.stream(), version })
                    })
                });
                Ok(run)
            })
        };
        Self {
            name: E::NAME,
            method: E::METHOD,
            action: E::ACTION,
            media: E::Body::MEDIA.first().copied(),
            is_streamed: E::Body::STREAMED,
            success: E::success(),
            read: Box::new(read),
        }
    }

    fn reads(&self) -> bool {
        self.method == Method::GET
    }

    fn work(&self, db: Db) -> Work {
        match self.media {
            _ if self.reads() => Work::reading(db),
            Some(media) if media != JSON => Work::writing_long(db),
            _ => Work::writing(db),
        }
    }
}

fn served(filter: MethodFilter, operation: Operation) -> MethodRouter<Arc<App>> {
    let operation = Arc::new(operation);
    on(filter, move |State(app): State<Arc<App>>, request: Request| {
        let operation = Arc::clone(&operation);
        async move { answer(app, request, &operation).await.unwrap_or_else(IntoResponse::into_response) }
    })
}

async fn answer(app: Arc<App>, request: Request, operation: &Operation) -> Result<Response> {
    let (parts, incoming) = request.into_parts();
    let source = layers::source(&app.config, &parts);
    let (caller, reach) = if operation.action.is_public() {
        let nobody = Ctx::nobody();
        let stand_in = policy::Caller { roles: policy::Roles::of([policy::Role::Mentee]), ..nobody.clone() };
        let reach = policy::reach(&stand_in, policy::Action::OwnAccount);
        ((nobody, app.clock.now()), reach)
    } else {
        let caller = bearer::caller(&app, &parts.headers)?;
        let reach = policy::reach(&caller.0, operation.action);
        (caller, reach)
    };
    let reach = reach.map_err(|policy::Denied| Error::code(Code::Denied))?;
    let sent = if operation.is_streamed {
        Sent::Arriving(arriving(&parts.headers, incoming))
    } else {
        Sent::Whole(read_body(operation.media, &parts.headers, incoming).await?)
    };
    let key = IdempotencyKey::of(operation, &parts.headers, &sent)?;
    let seen = parts.headers.get(header::IF_NONE_MATCH).cloned();
    let run = (operation.read)(parts, sent).await?;

    let mut tries = if operation.reads() { 2 } else { 1 };
    loop {
        let work = operation.work(app.db.clone());
        let ctx = Ctx::new(Arc::clone(&app), caller.clone(), reach.clone(), source.clone(), work.clone());
        if let Some(kept) = key.claim(&ctx).await? {
            return Ok(kept);
        }
        let finished = match run(ctx.clone()).await {
            Ok(answer) => finish(operation, &ctx, &work, &key, answer, seen.as_ref()).await,
            Err(error) => {
                work.roll_back();
                Err(error)
            }
        };
        tries -= 1;
        match finished {
            // A lease may have been cut while it lay idle: reading is tried once more.
            Err(error) if error.is_outage() && tries > 0 => {}
            Err(error) => return Err(error),
            Ok(mut response) => {
                metrics::histogram!("naru_api_statements", "endpoint" => operation.name)
                    .record(f64::from(work.statements()));
                if app.config.tells_statements {
                    response.headers_mut().insert("naru-statements", HeaderValue::from(work.statements()));
                }
                return Ok(response);
            }
        }
    }
}

async fn finish(
    operation: &Operation,
    ctx: &Ctx,
    work: &Work,
    key: &IdempotencyKey,
    answer: Answer,
    seen: Option<&HeaderValue>,
) -> Result<Response> {
    key.keep(ctx, operation.success.as_u16(), &answer.file).await?;
    work.commit().await?;
    if !operation.reads() {
        ctx.app.revoked.ring();
        ctx.app.outbox_bell.notify_one();
    }
    let mut response = respond_with(operation, answer.file, answer.version, seen);
    if let Some(stream) = answer.stream {
        deliver(&mut response, &stream);
    }
    Ok(response)
}

/// A file in pieces; whatever it is, a browser saves it and runs nothing of it.
fn deliver(response: &mut Response, stream: &Stream) {
    *response.body_mut() = Body::from_stream(stream.take());
    let headers = response.headers_mut();
    if let Some(length) = stream.length {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let nothing = HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'");
    headers.insert(header::CONTENT_SECURITY_POLICY, nothing);
}

/// The version, and for what is read a digest of all that was told, too: what hangs on a thing may change while the
/// thing itself does not.
fn etag(reads: bool, version: i64, file: &File) -> String {
    if !reads {
        return format!("\"{version}\"");
    }
    let digest = crate::secret::digest(&String::from_utf8_lossy(&file.bytes));
    format!("\"{version}.{}\"", &digest[..16])
}

fn respond_with(
    operation: &Operation,
    file: File,
    version: Option<i64>,
    seen: Option<&HeaderValue>,
) -> Response {
    let reads = operation.reads();
    let etag = version.and_then(|version| HeaderValue::from_str(&etag(reads, version, &file)).ok());
    if let Some(etag) = &etag
        && reads
        && seen == Some(etag)
    {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        response.headers_mut().insert(header::ETAG, etag.clone());
        return response;
    }
    let mut response = Response::new(Body::from(file.bytes));
    *response.status_mut() = operation.success;
    let headers = response.headers_mut();
    if let Ok(media_type) = HeaderValue::from_str(&file.media_type)
        && !file.media_type.is_empty()
    {
        headers.insert(header::CONTENT_TYPE, media_type);
    }
    if let Some(name) = &file.name
        && let Ok(disposition) = HeaderValue::from_str(&attachment(name))
    {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    if let Some(etag) = etag {
        headers.insert(header::ETAG, etag);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// RFC 6266 with RFC 8187: an ASCII stand-in and the real name.
fn attachment(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect();
    let encoded: String = name
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

/// What came with a request.
enum Sent {
    Whole(File),
    Arriving(Stream),
}

fn arriving(headers: &HeaderMap, body: Body) -> Stream {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let length = text(header::CONTENT_LENGTH).and_then(|length| length.parse().ok());
    let chunks: Chunks = Box::pin(body.into_data_stream().map_err(Into::into));
    Stream::new(text(header::CONTENT_TYPE).unwrap_or_default(), None, length, chunks)
}

async fn read_body(expected: Option<&str>, headers: &HeaderMap, body: Body) -> Result<File> {
    let Some(expected) = expected else { return Ok(File::default()) };
    let is_json = expected == JSON;
    let media_type =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let limit = if is_json { JSON_LIMIT } else { FILE_LIMIT };
    let too_large = || Error::because(Code::TooLarge, format!("At most {limit} bytes are taken."));
    let announced =
        headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(too_large());
    }
    let bytes = axum::body::to_bytes(body, limit).await.map_err(|error| {
        let is_limit = std::error::Error::source(&error)
            .is_some_and(|source| source.is::<http_body_util::LengthLimitError>());
        if is_limit { too_large() } else { Error::code(Code::BadRequest) }
    })?;
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if is_json && !bytes.is_empty() && !essence.eq_ignore_ascii_case(JSON) {
        return Err(Error::code(Code::UnsupportedMedia));
    }
    Ok(File { media_type: media_type.to_owned(), name: None, bytes })
}

async fn read<E: Endpoint>(
    parts: &mut Parts,
    sent: Sent,
    body: Option<&Checker>,
    query: &Checker,
) -> Result<E> {
    let mut errors = Vec::new();
    let path = Path::<E::Path>::from_request_parts(parts, &()).await.map(|Path(path)| path);
    if path.is_err() {
        let name = E::PATH.split(['{', '}']).nth(1).unwrap_or("path");
        errors.push(FieldError::new(name, "bad_format", "This is not an id."));
    }
    let query =
        query.query::<E::Query>(parts.uri.query().unwrap_or_default()).map_err(|more| errors.extend(more));
    let body = match (sent, body) {
        (Sent::Arriving(stream), _) => E::Body::of_stream(stream).ok_or_else(Vec::new),
        (Sent::Whole(file), Some(checker)) => checker.body::<E::Body>(file),
        (Sent::Whole(file), None) => E::Body::decode(file).map_err(|_| Vec::new()),
    }
    .map_err(|more| errors.extend(more));
    let if_match =
        if E::VERSIONED { if_match(&parts.headers).map_err(|error| errors.push(error)) } else { Ok(None) };
    match (path, query, body, if_match) {
        (Ok(path), Ok(query), Ok(body), Ok(if_match)) => Ok(E::from_parts(path, query, body, if_match)),
        _ => Err(Error::invalid(errors)),
    }
}

/// `If-Match: "7"`, or as reading gave it, `"7.4f1c…"`; weak and bare forms are understood, `*` means whatever there is.
fn if_match(headers: &HeaderMap) -> std::result::Result<Option<i64>, FieldError> {
    let Some(value) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(None);
    }
    text.trim_start_matches("W/")
        .trim_matches('"')
        .split('.')
        .next()
        .unwrap_or_default()
        .parse()
        .map(Some)
        .map_err(|_| FieldError::new("If-Match", "bad_format", "This is not a version as `ETag` gave it."))
}

/// For paths and methods that are not there.
pub async fn not_found() -> Response {
    respond(Problem::new(Code::NotFound), None)
}

/// See [`not_found`].
pub async fn method_not_allowed() -> Response {
    respond(Problem::new(Code::MethodNotAllowed), None)
}
