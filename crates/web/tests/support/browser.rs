//! A browser that keeps cookies and speaks to a site without a network.

use axum::{Router, body::Body, http::HeaderMap};
use http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use std::collections::BTreeMap;
use tower::ServiceExt;

#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
}

pub struct Answer {
    pub status: StatusCode,
    headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// "" when it isn't there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn location(&self) -> &str {
        self.header("location")
    }
}

impl Browser {
    /// A new one, without cookies, before this site.
    pub fn of(site: &impl AsRef<Router>) -> Self {
        Self { router: site.as_ref().clone(), cookies: BTreeMap::new() }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }

    pub async fn get_with(&mut self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(Method::GET, path, String::new(), headers).await
    }

    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.post_with(path, form, &[]).await
    }

    pub async fn post_with(&mut self, path: &str, form: &[(&str, &str)], headers: &[(&str, &str)]) -> Answer {
        let body = form.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect::<Vec<_>>();
        self.send(Method::POST, path, body.join("&"), headers).await
    }

    /// Signs in through the page.
    pub async fn sign_in(&mut self, email: &str, password: &str, next: &str) -> Answer {
        let csrf = csrf_of(&self.get("/sign-in").await.body);
        self.post("/sign-in", &[("csrf", &csrf), ("email", email), ("password", password), ("next", next)])
            .await
    }

    /// Sends a form with the token that the page at `from` gave, as a person does who is on that page.
    pub async fn submit(&mut self, from: &str, path: &str, form: &[(&str, &str)]) -> Answer {
        let csrf = csrf_of(&self.get(from).await.body);
        let form = [&[("csrf", csrf.as_str())], form].concat();
        let referer = format!("http://naru.test{from}");
        self.post_with(path, &form, &[("referer", &referer)]).await
    }

    /// Sends files as a form of a browser does, with the token of the page at `from`.
    pub async fn send_files(
        &mut self,
        from: &str,
        path: &str,
        files: &[(&str, &[u8])],
        headers: &[(&str, &str)],
    ) -> Answer {
        let csrf = csrf_of(&self.get(from).await.body);
        let mut body =
            format!("--cut\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n").into_bytes();
        for (name, bytes) in files {
            let head = format!(
                "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--cut--\r\n");
        let headers = [&[("content-type", "multipart/form-data; boundary=cut")], headers].concat();
        self.send(Method::POST, path, body, &headers).await
    }

    async fn send(
        &mut self,
        method: Method,
        path: &str,
        body: impl Into<Body>,
        headers: &[(&str, &str)],
    ) -> Answer {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let body: Body = body.into();
        let mut request = Request::builder().method(method).uri(path).body(body).unwrap();
        request.headers_mut().insert(header::HOST, "naru.test".parse().unwrap());
        request.headers_mut().insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        request
            .headers_mut()
            .insert(header::CONTENT_TYPE, "application/x-www-form-urlencoded".parse().unwrap());
        for (name, value) in headers {
            let name: http::HeaderName = name.parse().unwrap();
            request.headers_mut().insert(name, value.parse().unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let pair = line.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let bytes = body.collect().await.unwrap().to_bytes();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

fn escaped(value: &str) -> String {
    value.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// A page that is there, and asked the API at most three times.
#[track_caller]
pub fn fine(answer: &Answer) -> &str {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let calls: u32 = answer.header("x-api-calls").parse().expect("a number of calls");
    assert!(calls <= 3, "{calls} calls");
    &answer.body
}

/// Where a form that was taken leads.
#[track_caller]
pub fn moved_on(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location().to_owned()
}

/// The value of the first hidden input of this name.
#[track_caller]
pub fn hidden(page: &str, name: &str) -> String {
    let Some((_, rest)) = page.split_once(&format!("name=\"{name}\" value=\"")) else {
        panic!("no {name}: {page}");
    };
    rest.split('"').next().unwrap_or_default().to_owned()
}

/// The token of the page's forms.
#[track_caller]
pub fn csrf_of(page: &str) -> String {
    hidden(page, "csrf")
}
