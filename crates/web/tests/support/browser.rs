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

    async fn send(&mut self, method: Method, path: &str, body: String, headers: &[(&str, &str)]) -> Answer {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder().method(method).uri(path).body(Body::from(body)).unwrap();
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

/// The token of the page's forms.
pub fn csrf_of(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"csrf\" value=\"").expect("a form");
    rest.split('"').next().unwrap_or_default().to_owned()
}

impl Browser {
    /// Sends files as a form of a browser does, with the token of the page at `from`.
    #[allow(dead_code, reason = "not every test sends files")]
    pub async fn send_files(
        &mut self,
        from: &str,
        path: &str,
        files: &[(&str, &[u8])],
        headers: &[(&str, &str)],
    ) -> Answer {
        let csrf = csrf_of(&self.get(from).await.body);
        let mut body = format!("--cut\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n");
        for (name, bytes) in files {
            body.push_str(&format!(
                "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n{}\r\n",
                String::from_utf8_lossy(bytes)
            ));
        }
        body.push_str("--cut--\r\n");
        let headers = [&[("content-type", "multipart/form-data; boundary=cut")], headers].concat();
        self.send(Method::POST, path, body, &headers).await
    }
}
