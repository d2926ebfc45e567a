//! The mentee's home: where one is in the plan, and the one thing to do now.

use super::meetings;
use crate::{Crumb, Page, Result, Signed, engine::Voice};
use axum::response::Response;
use chrono::{Datelike, Duration, NaiveDate};
use contract::{
    UserId,
    meetings::UpcomingMeeting,
    mentorship::{GetMenteeHome, Mentorship, MentorshipStatus},
    tasks::{Task, TaskStatus},
};
use serde::Serialize;

#[derive(Serialize)]
pub struct Home {
    given_name: String,
    today: NaiveDate,
    plan: Option<Plan>,
    upcoming: Vec<UpcomingMeeting>,
}

#[derive(Serialize)]
struct Plan {
    mentorship: Mentorship,
    /// `before` the first day, `running`, `complete` (all required tasks done), or `ended` before its time.
    phase: &'static str,
    percent: i64,
    /// Waiting for review, in percent of the whole.
    waiting_percent: i64,
    left: i64,
    week: i64,
    weeks: Vec<Week>,
    now: Option<Task>,
    overdue: Vec<Task>,
    this_week: Vec<Task>,
    waiting: Vec<Task>,
}

#[derive(Serialize)]
struct Week {
    week: i64,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    done: i64,
    tasks: i64,
}

pub async fn show(signed: Signed) -> Result<Response> {
    let home = signed.call(GetMenteeHome {}).await?;
    let today = signed.today();
    let plan = home.mentorship.map(|mentorship| Plan::of(mentorship, home.tasks, today));
    let upcoming = if plan.is_some() { meetings::upcoming(&signed).await? } else { Vec::new() };
    signed.page(&Home { given_name: signed.me.given_name.clone(), today, plan, upcoming }).await
}

impl Plan {
    fn of(mentorship: Mentorship, tasks: Vec<Task>, today: NaiveDate) -> Self {
        let weeks = weeks(&tasks);
        let week = weeks.iter().rev().find(|week| week.starts_on <= today).map_or(1, |week| week.week);
        let percent = mentorship.percent();
        let phase = match mentorship.status {
            MentorshipStatus::Ended => "ended",
            _ if percent >= 100 => "complete",
            _ if today < mentorship.start_on => "before",
            _ => "running",
        };
        let mut own: Vec<Task> =
            tasks.into_iter().filter(|task| is_own(task, mentorship.mentee_id)).collect();
        own.sort_by_key(|task| (task.due_on, task.priority, task.position));
        let waiting = own.iter().filter(|task| task.status == TaskStatus::Submitted).cloned().collect();
        own.retain(|task| is_open(task.status));
        // Begun before returned before new; among equals what is due first.
        let rank = |status| match status {
            TaskStatus::InProgress => 0,
            TaskStatus::Returned => 1,
            _ => 2,
        };
        let now = own
            .iter()
            .min_by_key(|task| (rank(task.status), !task.waits_for.is_empty(), task.due_on, task.priority))
            .cloned();
        let sunday = today + Duration::days(6 - i64::from(today.weekday().num_days_from_monday()));
        let (overdue, ahead): (Vec<Task>, Vec<Task>) = own.into_iter().partition(|task| task.due_on < today);
        let this_week = ahead.into_iter().filter(|task| task.due_on <= sunday).collect();
        let waiting_percent = (mentorship.submitted * 100).checked_div(mentorship.required).unwrap_or(0);
        Self {
            phase,
            percent,
            waiting_percent: waiting_percent.min(100 - percent),
            left: (mentorship.required - mentorship.done - mentorship.submitted).max(0),
            week,
            weeks,
            now: now.filter(|_| phase == "running" || phase == "before"),
            overdue,
            this_week,
            waiting,
            mentorship,
        }
    }
}

fn is_own(task: &Task, mentee: UserId) -> bool {
    task.owner_id == mentee
}

const fn is_open(status: TaskStatus) -> bool {
    matches!(status, TaskStatus::Todo | TaskStatus::InProgress | TaskStatus::Returned)
}

/// Each week of the plan with its days and how much of it is done; skipped tasks don't count.
fn weeks(tasks: &[Task]) -> Vec<Week> {
    let mut weeks: Vec<Week> = Vec::new();
    for task in tasks.iter().filter(|task| task.status != TaskStatus::Skipped) {
        let done = i64::from(task.status == TaskStatus::Done);
        match weeks.iter_mut().find(|week| week.week == task.week) {
            Some(week) => {
                week.starts_on = week.starts_on.min(task.starts_on);
                week.ends_on = week.ends_on.max(task.due_on);
                week.done += done;
                week.tasks += 1;
            }
            None => {
                let (starts_on, ends_on) = (task.starts_on, task.due_on);
                weeks.push(Week { week: task.week, starts_on, ends_on, done, tasks: 1 });
            }
        }
    }
    weeks.sort_by_key(|week| week.week);
    weeks
}

impl Page for Home {
    const TEMPLATE: &'static str = "pages/mentee_home.html";
    const HERE: &'static str = "home";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        vec![Crumb::here(voice.tr("nav-home", &[]))]
    }

    fn samples() -> Vec<Self> {
        samples::all()
    }
}

pub mod samples;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders() {
        crate::page::tests::renders::<Home>();
    }

    #[test]
    fn htmx_gets_the_block_it_names_or_else_the_page() {
        let voice = Voice::read(contract::auth::Locale::Ko);
        let page = &Home::samples()[1];
        let drawn = |block| crate::page::tests::sample(&voice, page, Some(block));
        assert!(drawn("main").contains("class=\"river\"") && !drawn("main").contains("<html"));
        assert!(drawn("no_such_block").contains("<html"));
    }

    #[test]
    fn the_plan_is_sorted_into_what_to_do() {
        let plan = samples::running();
        let titles = |tasks: &[Task]| tasks.iter().map(|task| task.task_id.0).collect::<Vec<_>>();
        assert_eq!((plan.phase, plan.week, plan.percent), ("running", 4, 50));
        assert_eq!(plan.now.map(|task| task.task_id.0), Some(6));
        assert_eq!(titles(&plan.overdue), [5], "the returned one");
        assert_eq!(titles(&plan.this_week), [6, 7]);
        assert_eq!(titles(&plan.waiting), [4]);
        assert_eq!(
            plan.weeks.iter().map(|week| (week.week, week.done, week.tasks)).collect::<Vec<_>>(),
            [(1, 2, 2), (2, 1, 1), (3, 0, 2), (4, 0, 2), (5, 0, 1)]
        );
    }
}
