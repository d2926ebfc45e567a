//! The plan: every week from the first to the last, with its tasks; filters are in the URL.

use super::Routes;
use crate::{Crumb, Page, Query, Result, Signed, engine::Voice};
use axum::response::Response;
use contract::{
    curriculum::Priority,
    mentorship::{GetMenteeHome, MenteeHome, Mentorship},
    tasks::{Task, TaskStatus},
};
use serde::{Deserialize, Serialize};

pub fn routes() -> Routes {
    Routes::new().get("/plan", show)
}

#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(default)]
struct Ask {
    status: Option<TaskStatus>,
    priority: Option<Priority>,
}

#[derive(Serialize)]
struct Plan {
    mentorship: Option<Mentorship>,
    tasks: Vec<Task>,
    filter: Ask,
    is_filtered: bool,
    /// Tasks with and without the filter.
    count: usize,
    all: usize,
}

async fn show(signed: Signed, Query(filter): Query<Ask>) -> Result<Response> {
    let home = signed.call(GetMenteeHome {}).await?;
    signed.page(&Plan::of(home, filter)).await
}

impl Plan {
    fn of(home: MenteeHome, filter: Ask) -> Self {
        let all = home.tasks.len();
        let mut tasks = home.tasks;
        tasks.retain(|task| {
            filter.status.is_none_or(|status| task.status == status)
                && filter.priority.is_none_or(|priority| task.priority == priority)
        });
        tasks.sort_by_key(|task| (task.week, task.position));
        let is_filtered = filter.status.is_some() || filter.priority.is_some();
        Self { mentorship: home.mentorship, count: tasks.len(), tasks, filter, is_filtered, all }
    }
}

impl Page for Plan {
    const TEMPLATE: &'static str = "pages/plan.html";
    const HERE: &'static str = "plan";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        vec![Crumb::here(voice.tr("nav-plan", &[]))]
    }

    fn samples() -> Vec<Self> {
        use super::mentee_home::samples;
        let home = |tasks| MenteeHome { mentorship: Some(samples::mentorship()), tasks };
        let none = Ask { status: Some(TaskStatus::Skipped), priority: Some(Priority::High) };
        vec![
            Self::of(home(samples::tasks()), Ask::default()),
            Self::of(home(samples::tasks()), none),
            Self::of(home(Vec::new()), Ask::default()),
            Self::of(MenteeHome { mentorship: None, tasks: Vec::new() }, Ask::default()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::mentee_home::samples;

    #[test]
    fn renders() {
        crate::page::tests::renders::<Plan>();
    }

    #[test]
    fn both_filters_hold_at_once() {
        let home = || MenteeHome { mentorship: Some(samples::mentorship()), tasks: samples::tasks() };
        let count = |status, priority| Plan::of(home(), Ask { status, priority }).count;
        assert_eq!(count(Some(TaskStatus::Done), None), 3);
        assert_eq!(count(Some(TaskStatus::Done), Some(Priority::High)), 3);
        assert_eq!(count(Some(TaskStatus::Done), Some(Priority::Low)), 0);
    }

    #[test]
    fn the_week_that_runs_is_the_current_one() {
        let voice = Voice::read(contract::auth::Locale::Ko);
        let plan = Plan::of(
            MenteeHome { mentorship: Some(samples::mentorship()), tasks: samples::tasks() },
            Ask::default(),
        );
        let html = crate::page::tests::sample(&voice, &plan, None);
        assert_eq!(html.matches("aria-current=\"step\"").count(), 1);
        assert!(html.contains("id=\"week-4\" aria-current=\"step\""), "{html}");
    }
}
