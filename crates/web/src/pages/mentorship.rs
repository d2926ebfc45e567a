//! One mentorship: the mentee's page for mentor and admin, readable for the mentee.
//!
//! The plan, and the way to its other pages. Those who guide it add tasks, complete it, end it; admins hand it over.

use super::{Routes, mentorships::row::Row};
use crate::{Crumb, Error, Page, Query, Result, Signed, engine::Voice};
use axum::{extract::Path, response::Response};
use contract::{
    Code, MentorshipId, UserId,
    mentorship::{GetMentorship, Mentorship, MentorshipStatus},
    page::MAX_LIMIT,
    policy::{Action, Scope, widest},
    tasks::{ListTasks, Task, TaskFilter, TaskSort},
};
use forms::TaskForm;
pub use forms::only_mentor;
use serde::{Deserialize, Serialize};

mod forms;
mod life;
mod samples;

pub fn routes() -> Routes {
    forms::routes(Routes::new().get("/mentorships/{mentorship_id}", show))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    tab: Option<String>,
    cursor: Option<String>,
}

#[derive(Serialize)]
struct MentorshipPage {
    row: Row,
    /// Whether the reader guides it and it runs: what the buttons need.
    can_guide: bool,
    /// From the menu of one that runs; a paused one offers it in its banner.
    can_hand_over: bool,
    life: life::Life,
    way: &'static str,
    tasks: Vec<Task>,
    next_url: Option<String>,
    /// What the form for a new task begins with.
    new_task: TaskForm,
}

async fn show(
    signed: Signed,
    Path(mentorship_id): Path<MentorshipId>,
    Query(ask): Query<Ask>,
) -> Result<Response> {
    // Where the record was before it had a page of its own.
    if ask.tab.as_deref() == Some("timeline") {
        return Ok(signed.redirect(&super::pair::path(mentorship_id, "timeline")));
    }
    let mentorship = signed.call(GetMentorship { mentorship_id }).await?;
    let mut page = MentorshipPage::of(&signed, mentorship);
    let filter = TaskFilter {
        mentorship_id: Some(mentorship_id),
        sort: Some(TaskSort::Plan),
        limit: Some(MAX_LIMIT),
        cursor: ask.cursor,
        ..TaskFilter::default()
    };
    let tasks = signed.call(ListTasks { filter }).await?;
    page.next_url = next_url(mentorship_id, tasks.next);
    page.tasks = tasks.items;
    signed.page(&page).await
}

fn next_url(mentorship_id: MentorshipId, next: Option<String>) -> Option<String> {
    next.map(|next| format!("{}?cursor={}", home(mentorship_id), crate::signed::encoded(&next)))
}

/// Where a mentorship has its page.
pub fn home(mentorship_id: MentorshipId) -> String {
    format!("/mentorships/{mentorship_id}")
}

/// Whether the reader guides it: the mentor, or an admin; never the mentee.
fn guides(signed: &Signed, mentorship: &Mentorship) -> bool {
    let reach = widest(signed.me.roles, Action::EditMentorship);
    let is_mentor = mentorship.mentor_id == signed.me.user_id && reach > Scope::Nobody;
    is_mentor || reach >= Scope::Company
}

/// A mentorship, for who guides it; the page of no permission for everybody else.
pub async fn guided(signed: &Signed, mentorship_id: MentorshipId) -> Result<Mentorship> {
    let mentorship = signed.call(GetMentorship { mentorship_id }).await?;
    if guides(signed, &mentorship) { Ok(mentorship) } else { Err(Error::of(Code::Denied)) }
}

impl MentorshipPage {
    fn of(signed: &Signed, mentorship: Mentorship) -> Self {
        let can_guide = guides(signed, &mentorship) && mentorship.status == MentorshipStatus::Active;
        let life = life::Life::of(&mentorship);
        Self {
            can_guide,
            can_hand_over: can_guide && life.can_hand_over,
            life,
            way: way(signed, &mentorship),
            tasks: Vec::new(),
            next_url: None,
            new_task: TaskForm::begin(&mentorship, signed.today()),
            row: Row::of(mentorship, signed.setting()),
        }
    }
}

/// The list a reader finds it in: the own plan, the own mentees, all pairs.
pub fn way(signed: &Signed, mentorship: &Mentorship) -> &'static str {
    way_of(signed.me.user_id, mentorship.mentor_id, mentorship.mentee_id)
}

pub fn way_of(reader: UserId, mentor_id: UserId, mentee_id: UserId) -> &'static str {
    if reader == mentee_id {
        "plan"
    } else if reader == mentor_id {
        "mentees"
    } else {
        "mentorships"
    }
}

pub fn way_crumb(voice: &Voice, way: &str) -> Crumb {
    Crumb::to(format!("/{way}"), voice.tr(&format!("nav-{way}"), &[]))
}

impl Page for MentorshipPage {
    const TEMPLATE: &'static str = "pages/mentorship.html";
    const HERE: &'static str = "mentees";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        vec![way_crumb(voice, self.way), Crumb::here(self.row.mentorship.mentee_name.as_str())]
    }

    fn samples() -> Vec<Self> {
        samples::all()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders() {
        crate::page::tests::renders::<MentorshipPage>();
    }
}
