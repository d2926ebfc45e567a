//! Files that go out to a browser, with the name it saves them under.

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use contract::{File, Stream};
use http::{HeaderValue, header};

/// A file to be saved; `otherwise` is the name of one that has none.
pub fn saved(file: File, otherwise: &str) -> Response {
    let mut response = file.bytes.into_response();
    describe(&mut response, &file.media_type, "attachment", file.name.as_deref().unwrap_or(otherwise));
    response
}

/// A file as it arrives: `attachment`, or `inline` to be shown in place.
pub fn streamed(file: &Stream, how: &str) -> Response {
    let mut response = Response::new(Body::from_stream(file.take()));
    describe(&mut response, &file.media_type, how, file.name.as_deref().unwrap_or("file"));
    if let Some(length) = file.length {
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    response
}

fn describe(response: &mut Response, media_type: &str, how: &str, name: &str) {
    let media_type = HeaderValue::from_str(media_type)
        .unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream"));
    let disposition = HeaderValue::from_str(&disposition(how, name))
        .unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, media_type);
    headers.insert(header::CONTENT_DISPOSITION, disposition);
}

/// The name in any script (RFC 8187), and an ASCII stand-in for programs that don't read that.
fn disposition(how: &str, name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let plain: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    let encoded: String = name
        .bytes()
        .map(|byte| match char::from(byte) {
            c if is_plain(c) => c.to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_download_keeps_its_korean_name() {
        let name = Some("수료증 - 한.pdf".into());
        let answer = saved(File { media_type: "application/pdf".into(), name, ..File::default() }, "naru");
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/pdf");
        assert_eq!(
            answer.headers()[header::CONTENT_DISPOSITION],
            "attachment; filename=\"____-__.pdf\"; \
             filename*=UTF-8''%EC%88%98%EB%A3%8C%EC%A6%9D%20-%20%ED%95%9C.pdf"
        );
    }

    #[test]
    fn no_name_and_no_type_break_a_header() {
        let name = Some("a\"b\r\nc*.csv".into());
        let answer = saved(File { media_type: "text\n".into(), name, ..File::default() }, "naru");
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/octet-stream");
        assert_eq!(
            answer.headers()[header::CONTENT_DISPOSITION],
            "attachment; filename=\"a_b__c_.csv\"; filename*=UTF-8''a%22b%0D%0Ac%2A.csv"
        );
        let nameless = saved(File::default(), "curriculum-5.yaml");
        assert_eq!(
            nameless.headers()[header::CONTENT_DISPOSITION],
            "attachment; filename=\"curriculum-5.yaml\"; filename*=UTF-8''curriculum-5.yaml"
        );
    }
}
