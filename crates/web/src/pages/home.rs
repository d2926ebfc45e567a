//! `/`: the first thing each person needs. Others' waiting work comes before the own plan.

use super::{Routes, mentee_home, mentor_home, welcome};
use crate::{Result, Signed, shell};
use axum::response::Response;
use contract::policy::Role;

pub fn routes() -> Routes {
    Routes::new().get("/", show)
}

async fn show(signed: Signed) -> Result<Response> {
    if signed.me.roles.has(Role::Mentor) {
        return mentor_home::show(signed).await;
    }
    if signed.me.roles.has(Role::Mentee) {
        return mentee_home::show(signed).await;
    }
    if signed.me.roles.has(Role::Admin)
        && let Some(steps) = welcome::unfinished(&signed).await
    {
        return signed.page(&steps).await;
    }
    // Everybody has an account, whatever else there is.
    let first = shell::first_page(&signed.me, &signed.app.paths).unwrap_or("/profile");
    Ok(signed.redirect(first))
}
