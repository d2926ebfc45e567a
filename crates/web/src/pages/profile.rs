//! One's own account: facts, language, theme, password, and the devices one is signed in on.

use super::{Routes, sign_in};
use crate::{Crumb, Errors, Form, Page, Result, Signed, engine::Voice, form::Nothing};
use axum::{extract::Path, response::Response};
use contract::{
    SessionId,
    auth::{ChangePassword, EndOtherSessions, EndSession, GetMe, ListSessions, Me, PasswordChange, Session},
};
use http::StatusCode;
use serde::{Deserialize, Serialize};

pub fn routes() -> Routes {
    Routes::new()
        .get("/profile", show)
        .post("/profile/password", change_password)
        .post("/profile/devices/{session_id}/end", end_session)
        .post("/profile/devices/end-others", end_others)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PasswordForm {
    current_password: String,
    new_password: String,
}

#[derive(Serialize)]
struct Profile {
    person: Me,
    devices: Vec<Device>,
}

#[derive(Serialize)]
struct Device {
    session: Session,
    symbol: &'static str,
    /// `Chrome · Windows`; "" for a program that doesn't say.
    name: String,
}

impl Device {
    fn of(session: Session) -> Self {
        let (symbol, name) = device(&session.user_agent);
        Self { session, symbol, name }
    }
}

/// What a browser calls itself, in words; the order matters, since each also names older ones.
fn device(user_agent: &str) -> (&'static str, String) {
    let first = |known: &[(&str, &'static str)]| {
        known.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    let browser = first(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Whale/", "Whale"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("FxiOS/", "Firefox"),
        ("Firefox/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    let symbol = match system {
        Some("iPhone" | "iPad" | "Android") => "smartphone",
        Some(_) => "laptop",
        None => "monitor",
    };
    (symbol, [browser, system].into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

async fn load(signed: &Signed) -> Result<Profile> {
    let person = signed.call(GetMe {}).await?;
    let mut sessions = signed.call(ListSessions {}).await?.items;
    sessions.sort_by_key(|session| (!session.is_current, std::cmp::Reverse(session.last_used_at)));
    Ok(Profile { person, devices: sessions.into_iter().map(Device::of).collect() })
}

async fn show(signed: Signed) -> Result<Response> {
    signed.page(&load(&signed).await?).await
}

async fn change_password(signed: Signed, Form(form, _): Form<PasswordForm>) -> Result<Response> {
    let change = PasswordChange { current_password: form.current_password, new_password: form.new_password };
    match signed.call(ChangePassword { change }).await {
        Ok(_) => signed.done("/profile", signed.tr("profile-password-changed", &[])).await,
        Err(error) => {
            let errors = if error.status() == StatusCode::TOO_MANY_REQUESTS {
                Errors::one("form", sign_in::wait(&signed, &error))
            } else {
                Errors::of(error, &signed.voice())?
            };
            signed.invalid(&load(&signed).await?, &errors).await
        }
    }
}

async fn end_session(
    signed: Signed,
    Path(session_id): Path<SessionId>,
    Form(..): Form<Nothing>,
) -> Result<Response> {
    match signed.call(EndSession { session_id }).await {
        // Gone already: what was wanted.
        Err(error) if error.status() != StatusCode::NOT_FOUND => Err(error.into()),
        _ => signed.done("/profile", signed.tr("profile-device-ended", &[])).await,
    }
}

async fn end_others(signed: Signed, Form(..): Form<Nothing>) -> Result<Response> {
    signed.call(EndOtherSessions {}).await?;
    signed.done("/profile", signed.tr("profile-others-ended", &[])).await
}

impl Page for Profile {
    const TEMPLATE: &'static str = "pages/profile.html";
    const HERE: &'static str = "";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        vec![Crumb::here(voice.tr("profile-title", &[]))]
    }

    fn samples() -> Vec<Self> {
        let person: Me = serde_json::from_value(serde_json::json!({
            "user_id": 11, "session_id": 1, "company_id": "220-81-62517", "company_name": "윤슬로보틱스",
            "department_id": 2, "department_name": "플랫폼개발팀", "email": "jiwoo.han@yunseul.example",
            "family_name": "한", "given_name": "지우", "name": "한지우", "position": "사원",
            "roles": ["mentee", "mentor"], "locale": "ko", "theme": "dark", "time_zone": "Asia/Seoul"
        }))
        .unwrap_or_else(|error| unreachable!("a person: {error}"));
        let device = |id, is_current, user_agent: &str| {
            Device::of(Session {
                session_id: SessionId(id),
                started_at: chrono::DateTime::UNIX_EPOCH,
                last_used_at: chrono::DateTime::UNIX_EPOCH,
                ends_at: chrono::DateTime::UNIX_EPOCH,
                user_agent: user_agent.to_owned(),
                address: "192.0.2.7".to_owned(),
                is_current,
            })
        };
        let chrome =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";
        let operator = Me {
            company_id: None,
            company_name: None,
            department_id: None,
            department_name: None,
            position: None,
            ..person.clone()
        };
        vec![
            Self { person: operator, devices: vec![device(1, true, chrome)] },
            Self {
                person,
                devices: vec![device(1, true, chrome), device(2, false, ""), device(3, false, "curl/8")],
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders() {
        crate::page::tests::renders::<Profile>();
    }

    #[test]
    fn a_device_has_a_name_people_know() {
        let cases = [
            (
                "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0",
                "laptop",
                "Edge · Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
                "smartphone",
                "Safari · iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15) SamsungBrowser/28.0 Chrome/130.0 Safari/537.36",
                "smartphone",
                "Samsung Internet · Android",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "laptop",
                "Firefox · Linux",
            ),
            ("curl/8.5", "monitor", ""),
        ];
        for (user_agent, symbol, name) in cases {
            assert_eq!(device(user_agent), (symbol, name.to_owned()), "{user_agent}");
        }
    }
}
