//! Signing in over the real API, with nothing between.

mod support;

use http::StatusCode;
use support::{Browser, on_both_transports};

on_both_transports! {
    async fn a_person_signs_in_and_out(site: Site) {
        let team = site.stage.team("윤슬로보틱스").await;
        let mut browser = site.browser_of(&team.mentor).await;
        assert_ne!(browser.get("/").await.location(), "/sign-in");
        let answer = browser.submit("/nothing-here", "/logout", &[]).await;
        assert_eq!(answer.location(), "/sign-in", "{}", answer.body);
        assert_eq!(browser.get("/").await.location(), "/sign-in");
    }

    async fn a_wrong_password_stays_outside(site: Site) {
        let team = site.stage.team("윤슬로보틱스").await;
        let mut browser = Browser::of(site);
        let answer = browser.sign_in(&team.mentee.email, "not the password", "/").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(browser.get("/").await.location(), "/sign-in");
    }
}
