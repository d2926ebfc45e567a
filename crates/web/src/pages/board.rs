//! The board: a mentee's own tasks by state. Period and filter are in the URL; moving is `task::moves`.

use super::Routes;
use crate::{Crumb, Page, Query, Result, Signed, engine::Voice};
use axum::response::Response;
use chrono::{Datelike, Duration, NaiveDate};
use contract::{
    curriculum::Priority,
    mentorship::{GetMenteeHome, MenteeHome, Mentorship, MentorshipStatus},
    tasks::{Task, TaskStatus},
};
use serde::{Deserialize, Serialize};

/// So many finished tasks are shown until one asks for all.
const DONE_AT_FIRST: usize = 5;

pub fn routes() -> Routes {
    Routes::new().get("/board", show)
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "snake_case")]
struct Ask {
    period: Option<Period>,
    only: Option<Only>,
    done: Option<Done>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Period {
    Week,
    Overdue,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Only {
    High,
    Subtasks,
    Returned,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Done {
    All,
}

#[derive(Serialize)]
struct Board {
    mentorship: Option<Mentorship>,
    is_running: bool,
    columns: Vec<Column>,
    periods: Vec<Choice>,
    filters: Vec<Choice>,
    /// Nothing fits what was asked for, though there are tasks.
    is_filtered_empty: bool,
    more_done: usize,
    more_href: String,
}

#[derive(Serialize)]
struct Column {
    status: TaskStatus,
    count: usize,
    cards: Vec<Task>,
}

/// A link that changes one thing of the view and keeps the rest.
#[derive(Serialize)]
struct Choice {
    key: &'static str,
    href: String,
    is_current: bool,
}

/// One card, as the answer to a move.
#[derive(Serialize)]
pub struct Card {
    pub task: Task,
}

async fn show(signed: Signed, Query(ask): Query<Ask>) -> Result<Response> {
    let home = signed.call(GetMenteeHome {}).await?;
    signed.page(&Board::of(home, ask, signed.today())).await
}

impl Ask {
    fn href(self) -> String {
        let period = match self.period {
            Some(Period::Week) => Some("period=week"),
            Some(Period::Overdue) => Some("period=overdue"),
            None => None,
        };
        let only = match self.only {
            Some(Only::High) => Some("only=high"),
            Some(Only::Subtasks) => Some("only=subtasks"),
            Some(Only::Returned) => Some("only=returned"),
            None => None,
        };
        let done = self.done.map(|Done::All| "done=all");
        let query: Vec<&str> = [period, only, done].into_iter().flatten().collect();
        if query.is_empty() { "/board".to_owned() } else { format!("/board?{}", query.join("&")) }
    }

    fn admits(self, task: &Task, today: NaiveDate) -> bool {
        let monday = today - Duration::days(i64::from(today.weekday().num_days_from_monday()));
        let in_period = match self.period {
            None => true,
            Some(Period::Week) => (monday..monday + Duration::days(7)).contains(&task.due_on),
            Some(Period::Overdue) => {
                task.due_on < today && !matches!(task.status, TaskStatus::Done | TaskStatus::Submitted)
            }
        };
        in_period
            && match self.only {
                None => true,
                Some(Only::High) => task.priority == Priority::High,
                Some(Only::Subtasks) => task.subtasks > 0,
                Some(Only::Returned) => task.status == TaskStatus::Returned,
            }
    }
}

impl Board {
    fn of(home: MenteeHome, ask: Ask, today: NaiveDate) -> Self {
        let mentee = home.mentorship.as_ref().map(|mentorship| mentorship.mentee_id);
        let own = home.tasks.into_iter().filter(|task| Some(task.owner_id) == mentee);
        let own: Vec<Task> = own.filter(|task| task.status != TaskStatus::Skipped).collect();
        let has_tasks = !own.is_empty();
        let mut shown: Vec<Task> = own.into_iter().filter(|task| ask.admits(task, today)).collect();
        let is_filtered_empty = has_tasks && shown.is_empty();
        shown.sort_by_key(|task| (task.due_on, task.priority, task.position));
        let column = |status| Column { status, count: 0, cards: Vec::new() };
        let mut columns: Vec<Column> =
            [TaskStatus::Todo, TaskStatus::InProgress, TaskStatus::Submitted, TaskStatus::Done]
                .map(column)
                .into();
        for task in shown {
            // A returned task is being worked on again, and marked.
            let place = match task.status {
                TaskStatus::Returned => TaskStatus::InProgress,
                status => status,
            };
            if let Some(column) = columns.iter_mut().find(|column| column.status == place) {
                column.count += 1;
                column.cards.push(task);
            }
        }
        let mut more_done = 0;
        if let Some(done) = columns.iter_mut().find(|column| column.status == TaskStatus::Done) {
            done.cards.sort_by_key(|task| std::cmp::Reverse(task.completed_at));
            if ask.done.is_none() && done.count > DONE_AT_FIRST {
                more_done = done.count - DONE_AT_FIRST;
                done.cards.truncate(DONE_AT_FIRST);
            }
        }
        let period = |key, period| Choice {
            key,
            href: Ask { period, ..ask }.href(),
            is_current: ask.period == period,
        };
        let filter = |key, only| {
            let is_current = ask.only == Some(only);
            let href = Ask { only: (!is_current).then_some(only), ..ask }.href();
            Choice { key, href, is_current }
        };
        Self {
            is_running: home
                .mentorship
                .as_ref()
                .is_some_and(|mentorship| mentorship.status == MentorshipStatus::Active),
            mentorship: home.mentorship,
            columns,
            periods: vec![
                period("all", None),
                period("week", Some(Period::Week)),
                period("overdue", Some(Period::Overdue)),
            ],
            filters: vec![
                filter("high", Only::High),
                filter("returned", Only::Returned),
                filter("subtasks", Only::Subtasks),
            ],
            is_filtered_empty,
            more_done,
            more_href: Ask { done: Some(Done::All), ..ask }.href(),
        }
    }
}

impl Page for Board {
    const TEMPLATE: &'static str = "pages/board.html";
    const HERE: &'static str = "board";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        vec![Crumb::here(voice.tr("nav-board", &[]))]
    }

    fn samples() -> Vec<Self> {
        use super::mentee_home::samples;
        let home = |tasks| MenteeHome { mentorship: Some(samples::mentorship()), tasks };
        let paused = Mentorship { status: MentorshipStatus::Paused, ..samples::mentorship() };
        let day = samples::day(24);
        let overdue = Ask { period: Some(Period::Overdue), only: Some(Only::Subtasks), done: None };
        vec![
            Self::of(home(samples::tasks()), Ask::default(), day),
            Self::of(home(samples::tasks()), overdue, day),
            Self::of(home(samples::tasks()), overdue, samples::day(0)),
            Self::of(home(Vec::new()), Ask::default(), day),
            Self::of(MenteeHome { mentorship: Some(paused), tasks: samples::tasks() }, Ask::default(), day),
            Self::of(MenteeHome { mentorship: None, tasks: Vec::new() }, Ask::default(), day),
        ]
    }
}

impl Page for Card {
    const TEMPLATE: &'static str = "pages/board_card.html";
    const HERE: &'static str = "board";

    fn samples() -> Vec<Self> {
        super::mentee_home::samples::tasks().into_iter().map(|task| Self { task }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::mentee_home::samples;

    #[test]
    fn renders() {
        crate::page::tests::renders::<Board>();
    }

    #[test]
    fn a_card_is_a_piece_of_a_page_that_knows_its_moves() {
        let voice = Voice::read(contract::auth::Locale::Ko);
        for card in Card::samples() {
            let html = crate::page::tests::sample(&voice, &card, None);
            assert!(html.trim_start().starts_with("<a class=\"task-card\""), "{html}");
            assert!(html.contains(&format!("data-task-id=\"{}\"", card.task.task_id.0)));
        }
    }

    #[test]
    fn the_board_has_four_columns_and_the_returned_is_in_progress() {
        let home = MenteeHome { mentorship: Some(samples::mentorship()), tasks: samples::tasks() };
        let ids = |board: &Board| -> Vec<Vec<i64>> {
            let ids = |column: &Column| column.cards.iter().map(|task| task.task_id.0).collect();
            board.columns.iter().map(ids).collect()
        };
        let all = Board::of(home.clone(), Ask::default(), samples::day(24));
        assert_eq!(ids(&all), [vec![7, 8], vec![5, 6], vec![4], vec![1, 2, 3]]);
        let week = Ask { period: Some(Period::Week), ..Ask::default() };
        assert_eq!(
            ids(&Board::of(home.clone(), week, samples::day(24))),
            [vec![7], vec![5, 6], vec![], vec![]]
        );
        let overdue = Ask { period: Some(Period::Overdue), ..Ask::default() };
        assert_eq!(ids(&Board::of(home, overdue, samples::day(24))), [vec![], vec![5], vec![], vec![]]);
        let both = Ask { only: Some(Only::Returned), ..overdue };
        assert_eq!(both.href(), "/board?period=overdue&only=returned");
    }

    #[test]
    fn five_finished_tasks_are_shown_until_all_are_asked_for() {
        let done = |id| Task { status: TaskStatus::Done, ..samples::task(id, 1, 2, TaskStatus::Done) };
        let home =
            || MenteeHome { mentorship: Some(samples::mentorship()), tasks: (1..=8).map(done).collect() };
        let board = Board::of(home(), Ask::default(), samples::day(24));
        assert_eq!((board.columns[3].cards.len(), board.columns[3].count, board.more_done), (5, 8, 3));
        let all = Board::of(home(), Ask { done: Some(Done::All), ..Ask::default() }, samples::day(24));
        assert_eq!((all.columns[3].cards.len(), all.more_done), (8, 0));
    }
}
