//! A mentor's own mentees: those on their way, and those who have arrived.

use super::{
    Routes,
    mentorships::{Ask, List},
};
use crate::{Crumb, Page, Query, Result, Signed, engine::Voice};
use axum::response::Response;
use contract::{mentorship::MentorshipFilter, policy::Action};
use serde::Serialize;

pub fn routes() -> Routes {
    Routes::new().get("/mentees", show)
}

#[derive(Serialize)]
struct Mentees {
    list: List,
}

async fn show(signed: Signed, Query(ask): Query<Ask>) -> Result<Response> {
    signed.only(Action::StartMentorship)?;
    let own = MentorshipFilter { mentor_id: Some(signed.me.user_id), ..MentorshipFilter::default() };
    let list = List::load(&signed, "/mentees", ask, own).await?;
    signed.page(&Mentees { list }).await
}

impl Page for Mentees {
    const TEMPLATE: &'static str = "pages/mentees.html";
    const HERE: &'static str = "mentees";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        vec![Crumb::here(voice.tr("nav-mentees", &[]))]
    }

    fn samples() -> Vec<Self> {
        List::samples("/mentees").into_iter().map(|list| Self { list }).collect()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::Mentees>();
    }
}
