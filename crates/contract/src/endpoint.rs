//! One operation of the API, declared once.
//!
//! The server mounts it, the client calls it, the OpenAPI document lists it
//! and the permission matrix tries it, all from one `endpoint!`.

use crate::{policy::Action, problem::Code};
use bytes::Bytes;
use http::{Method, StatusCode};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

/// What an operation is called with, and what it answers.
pub trait Endpoint: Sized + Send + 'static {
    const NAME: &'static str;
    /// The first paragraph is the summary, the whole is the description.
    const DOC: &'static str;
    const METHOD: Method;
    const PATH: &'static str;
    const ACTION: Action;
    /// Whether `If-Match` is read, and an `ETag` is sent.
    const VERSIONED: bool;
    /// What it can refuse with beside what every operation of its kind can.
    const CAN_BE: &'static [Code];

    type Path: Serialize + DeserializeOwned + JsonSchema + Send;
    type Query: Serialize + DeserializeOwned + JsonSchema + Send;
    type Body: Wire;
    type Reply: Wire;

    fn into_parts(self) -> (Self::Path, Self::Query, Self::Body, Option<i64>);
    fn from_parts(path: Self::Path, query: Self::Query, body: Self::Body, if_match: Option<i64>) -> Self;
    /// The version of what is answered, for `ETag`.
    fn version(_reply: &Self::Reply) -> Option<i64> {
        None
    }

    /// 204 for nothing, 201 for what `Create…` made, 200 otherwise.
    #[must_use]
    fn success() -> StatusCode {
        if Self::Reply::MEDIA.is_empty() {
            StatusCode::NO_CONTENT
        } else if Self::NAME.starts_with("Create") {
            StatusCode::CREATED
        } else {
            StatusCode::OK
        }
    }
}

/// Bytes with their media type: an upload or a download.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct File {
    pub media_type: String,
    /// What a browser saves it as.
    pub name: Option<String>,
    pub bytes: Bytes,
}

/// Pieces of a body as they arrive.
pub type Chunks =
    Pin<Box<dyn futures_util::Stream<Item = Result<Bytes, Box<dyn std::error::Error + Send + Sync>>> + Send>>;

/// An upload or a download that is never held whole. Its clones are the same one; it can be taken once.
#[derive(Clone)]
pub struct Stream {
    pub media_type: String,
    /// What a browser saves it as.
    pub name: Option<String>,
    /// How many bytes, where that is known before.
    pub length: Option<u64>,
    chunks: Arc<Mutex<Option<Chunks>>>,
}

impl Stream {
    #[must_use]
    pub fn new(media_type: &str, name: Option<String>, length: Option<u64>, chunks: Chunks) -> Self {
        let chunks = Arc::new(Mutex::new(Some(chunks)));
        Self { media_type: media_type.to_owned(), name, length, chunks }
    }

    /// A file that lies in memory already.
    #[must_use]
    pub fn of(file: File) -> Self {
        let length = u64::try_from(file.bytes.len()).ok();
        let bytes = file.bytes;
        let chunks: Chunks = Box::pin(futures_util::stream::once(std::future::ready(Ok(bytes))));
        Self::new(&file.media_type, file.name, length, chunks)
    }

    /// The bytes; nothing for whoever comes second.
    #[must_use]
    pub fn take(&self) -> Chunks {
        let taken = self.chunks.lock().unwrap_or_else(PoisonError::into_inner).take();
        taken.unwrap_or_else(|| {
            Box::pin(futures_util::stream::once(std::future::ready(Err("taken already".into()))))
        })
    }
}

impl std::fmt::Debug for Stream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stream")
            .field("name", &self.name)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

/// Whom a request is made for, when `web` and `api` run in one process: a
/// request extension, which nobody outside the process can set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForwardedFor(pub std::net::IpAddr);

/// No query, no body or no answer.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Nothing;

/// No query parameters: the empty object.
#[derive(Debug, Default, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoQuery {}

/// What can stand in a body: JSON of a shape, a file, or nothing.
pub trait Wire: Sized + Send {
    /// The media types it takes; none for nothing.
    const MEDIA: &'static [&'static str];
    /// Its schema; `None` when it is not JSON.
    fn schema(generator: &mut SchemaGenerator) -> Option<Schema>;
    fn encode(&self) -> File;
    /// # Errors
    /// When the bytes are not this shape.
    fn decode(file: File) -> Result<Self, serde_json::Error>;

    /// Whether it is handed over as it arrives instead of being read whole.
    const STREAMED: bool = false;
    /// Itself out of a body that is only beginning to arrive.
    #[must_use]
    fn of_stream(_stream: Stream) -> Option<Self> {
        None
    }
    /// Its bytes in pieces, if that is what it is.
    fn stream(&self) -> Option<Stream> {
        None
    }
}

impl<T: Serialize + DeserializeOwned + JsonSchema + Send> Wire for T {
    const MEDIA: &'static [&'static str] = &["application/json"];

    fn schema(generator: &mut SchemaGenerator) -> Option<Schema> {
        Some(generator.subschema_for::<T>())
    }

    fn encode(&self) -> File {
        let bytes = serde_json::to_vec(self).unwrap_or_default().into();
        File { media_type: "application/json".to_owned(), name: None, bytes }
    }

    fn decode(file: File) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(&file.bytes)
    }
}

impl Wire for File {
    const MEDIA: &'static [&'static str] = &["application/octet-stream"];

    fn schema(_generator: &mut SchemaGenerator) -> Option<Schema> {
        None
    }

    fn encode(&self) -> File {
        self.clone()
    }

    fn decode(file: File) -> Result<Self, serde_json::Error> {
        Ok(file)
    }
}

impl Wire for Stream {
    const MEDIA: &'static [&'static str] = &["application/octet-stream"];
    const STREAMED: bool = true;

    fn schema(_generator: &mut SchemaGenerator) -> Option<Schema> {
        None
    }

    fn encode(&self) -> File {
        File { media_type: self.media_type.clone(), name: self.name.clone(), bytes: Bytes::new() }
    }

    fn decode(file: File) -> Result<Self, serde_json::Error> {
        Ok(Self::of(file))
    }

    fn of_stream(stream: Stream) -> Option<Self> {
        Some(stream)
    }

    fn stream(&self) -> Option<Stream> {
        Some(self.clone())
    }
}

impl Wire for Nothing {
    const MEDIA: &'static [&'static str] = &[];

    fn schema(_generator: &mut SchemaGenerator) -> Option<Schema> {
        None
    }

    fn encode(&self) -> File {
        File::default()
    }

    fn decode(_file: File) -> Result<Self, serde_json::Error> {
        Ok(Self)
    }
}

/// Declares an [`Endpoint`]: doc, method, path, name, what it takes, what it answers, the action it is.
///
/// `versioned(field)` adds `if_match` to what it takes and sends the reply's `field` as `ETag`; `can_be(Code)` names a
/// refusal that this operation alone has.
#[macro_export]
macro_rules! endpoint {
    (
        $(#[doc = $doc:literal])+
        $method:ident $template:literal $name:ident
        $(path($($p:ident: $P:ty),+))? $(query($q:ident: $Q:ty))? $(body($b:ident: $B:ty))?
        -> $reply:ty, $action:ident $(, versioned($version:ident))? $(, can_be($code:ident))?
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone)]
        pub struct $name {
            $($(pub $p: $P,)+)? $(pub $q: $Q,)? $(pub $b: $B,)?
            $(#[doc = concat!("The `", stringify!($version), "` the caller has seen.")] pub if_match: Option<i64>,)?
        }

        impl $crate::endpoint::Endpoint for $name {
            const NAME: &'static str = stringify!($name);
            const DOC: &'static str = concat!($($doc, "\n"),+);
            const METHOD: ::http::Method = ::http::Method::$method;
            const PATH: &'static str = $template;
            const ACTION: $crate::policy::Action = $crate::policy::Action::$action;
            const VERSIONED: bool = [$(stringify!($version).len(),)? 0].len() > 1;
            const CAN_BE: &'static [$crate::problem::Code] = &[$($crate::problem::Code::$code)?];
            type Path = ($($($P,)+)?);
            type Query = $crate::endpoint!(@type $($Q)? ; $crate::endpoint::NoQuery);
            type Body = $crate::endpoint!(@type $($B)? ; $crate::endpoint::Nothing);
            type Reply = $reply;

            fn into_parts(self) -> (Self::Path, Self::Query, Self::Body, Option<i64>) {
                (
                    ($($(self.$p,)+)?),
                    $crate::endpoint!(@value $(self.$q)? ; $crate::endpoint::NoQuery {}),
                    $crate::endpoint!(@value $(self.$b)? ; $crate::endpoint::Nothing),
                    $crate::endpoint!(@if_match self $($version)?),
                )
            }

            fn from_parts(($($($p,)+)?): Self::Path, _query: Self::Query, _body: Self::Body, _if_match: Option<i64>) -> Self {
                Self { $($($p,)+)? $($q: _query,)? $($b: _body,)? $(if_match: { let _ = stringify!($version); _if_match },)? }
            }

            $(fn version(reply: &Self::Reply) -> Option<i64> { Some(reply.$version) })?
        }
    };
    (@type $type:ty ; $none:ty) => { $type };
    (@type ; $none:ty) => { $none };
    (@value $value:expr ; $none:expr) => { $value };
    (@value ; $none:expr) => { $none };
    (@if_match $self:ident $version:ident) => { $self.if_match };
    (@if_match $self:ident) => { None };
}
