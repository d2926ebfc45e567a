//! Language and theme: of the person when signed in, of this browser otherwise.

use super::Routes;
use crate::{Form, Result, Signed, Visitor, form::blank, links, visitor::cookie};
use axum::response::{IntoResponse, Redirect, Response};
use contract::auth::{Locale, MePatch, Theme, UpdateMe};
use http::{StatusCode, header};
use serde::Deserialize;

const YEAR: i64 = 365 * 24 * 60 * 60;

pub fn routes() -> Routes {
    Routes::new().post("/theme", change_theme).post("/locale", change_locale)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ThemeForm {
    /// Empty follows the device.
    #[serde(deserialize_with = "blank")]
    theme: Option<Theme>,
}

#[derive(Debug, Deserialize)]
struct LocaleForm {
    locale: Locale,
}

async fn change_theme(
    visitor: Visitor,
    signed: Option<Signed>,
    Form(form, _): Form<ThemeForm>,
) -> Result<Response> {
    let theme = form.theme.unwrap_or(Theme::System);
    let patch = MePatch { theme: Some(theme), locale: None };
    change(visitor, signed, patch, ("naru-theme", theme.as_str())).await
}

async fn change_locale(
    visitor: Visitor,
    signed: Option<Signed>,
    Form(form, _): Form<LocaleForm>,
) -> Result<Response> {
    let patch = MePatch { locale: Some(form.locale), theme: None };
    change(visitor, signed, patch, ("naru-locale", form.locale.as_str())).await
}

async fn change(
    visitor: Visitor,
    signed: Option<Signed>,
    patch: MePatch,
    (name, value): (&str, &str),
) -> Result<Response> {
    if let Some(signed) = signed {
        let me = signed.call(UpdateMe { patch }).await?;
        signed.set_me(me).await?;
    }
    let mut response = if visitor.is_htmx() {
        StatusCode::NO_CONTENT.into_response()
    } else {
        Redirect::to(&links::referring(&visitor.ask)).into_response()
    };
    // So that the sign-in page speaks it too.
    let cookie = cookie(&visitor.app, name, value, Some(YEAR));
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}
