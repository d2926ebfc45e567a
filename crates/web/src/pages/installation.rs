//! How the installation is: what its parts say of themselves, to operators.

use super::Routes;
use crate::{Crumb, Page, Result, Signed, engine::Voice};
use axum::response::Response;
use contract::policy::Action;
use serde::Serialize;

pub fn routes() -> Routes {
    Routes::new().get("/installation", show)
}

contract::endpoint! {
    /// Whether the API can serve: its database answers and it isn't ending.
    GET "/health/ready" ReadHealth -> serde_json::Value, SignIn
}

#[derive(Serialize)]
struct Installation {
    version: &'static str,
    is_api_ready: bool,
    is_store_ready: bool,
    mail_folder: Option<String>,
    public_url: Option<String>,
}

async fn show(signed: Signed) -> Result<Response> {
    signed.only(Action::ManageCompanies)?;
    let health = signed.call(ReadHealth {}).await;
    let config = &signed.app.config;
    let page = Installation {
        version: env!("CARGO_PKG_VERSION"),
        is_api_ready: health.is_ok(),
        is_store_ready: signed.app.kv.len().await.is_ok(),
        mail_folder: config.mail_folder.clone(),
        public_url: config.public_url.clone(),
    };
    signed.page(&page).await
}

impl Page for Installation {
    const TEMPLATE: &'static str = "pages/installation.html";
    const HERE: &'static str = "health";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        vec![Crumb::here(voice.tr("installation-title", &[]))]
    }

    fn samples() -> Vec<Self> {
        let version = env!("CARGO_PKG_VERSION");
        vec![
            Self { version, is_api_ready: true, is_store_ready: true, mail_folder: None, public_url: None },
            Self {
                version,
                is_api_ready: false,
                is_store_ready: false,
                mail_folder: Some("/var/lib/naru/mail".into()),
                public_url: Some("https://naru.example".into()),
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::Installation>();
    }
}
