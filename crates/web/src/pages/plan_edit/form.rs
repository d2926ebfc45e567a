//! The plan as one form: the same fields once per task, in the order of the page.

use super::is_started;
use crate::{Errors, engine::Voice};
use chrono::{Days, NaiveDate};
use contract::{
    TaskId,
    curriculum::Priority,
    mentorship::Mentorship,
    mentorship_dates::{AddedTask, PlanEdit, TaskDates, TaskPlace, TaskSkip},
    tasks::TaskStatus,
};
use serde::{Deserialize, Serialize};

/// A task as it stands in the form.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub task_id: TaskId,
    pub title: String,
    pub status: TaskStatus,
    pub week: i64,
    pub position: i64,
    pub starts_on: String,
    pub due_on: String,
    /// Done or skipped: nothing of it moves.
    pub is_closed: bool,
    /// Its start is a fact.
    pub is_started: bool,
    pub is_skipped: bool,
}

impl Row {
    pub fn of(task: &TaskDates) -> Option<Self> {
        let before = task.before?;
        Some(Self::new(
            (task.task_id?, task.title.clone(), task.status),
            (before.week, before.position),
            (before.starts_on.to_string(), before.due_on.to_string()),
        ))
    }

    fn new(
        (task_id, title, status): (TaskId, String, TaskStatus),
        (week, position): (i64, i64),
        (starts_on, due_on): (String, String),
    ) -> Self {
        let is_closed = matches!(status, TaskStatus::Done | TaskStatus::Skipped);
        let is_started = is_started(status);
        // What can't be typed is shown as a date, so it has to be one.
        let day = |text: String| match text.parse::<NaiveDate>() {
            Err(_) if is_closed || is_started => NaiveDate::default().to_string(),
            _ => text,
        };
        let (starts_on, due_on) = (day(starts_on), if is_closed { day(due_on) } else { due_on });
        Self {
            task_id,
            title,
            status,
            week,
            position,
            starts_on,
            due_on,
            is_closed,
            is_started,
            is_skipped: false,
        }
    }
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanForm {
    #[serde(skip_serializing)]
    task_id: Vec<TaskId>,
    #[serde(skip_serializing)]
    title: Vec<String>,
    #[serde(skip_serializing)]
    status: Vec<TaskStatus>,
    #[serde(skip_serializing)]
    week: Vec<i64>,
    #[serde(skip_serializing)]
    position: Vec<i64>,
    #[serde(skip_serializing)]
    starts_on: Vec<String>,
    #[serde(skip_serializing)]
    due_on: Vec<String>,
    /// Tasks to be skipped, all for the same reason.
    skip: Vec<TaskId>,
    reason: String,
    new_title: String,
    new_week: String,
    new_starts_on: String,
    new_due_on: String,
    #[serde(skip_serializing)]
    seen: String,
}

impl PlanForm {
    /// What the fields of a new task begin with.
    pub fn begin(mentorship: &Mentorship, today: NaiveDate) -> Self {
        let starts_on = today.max(mentorship.start_on);
        let due_on = starts_on.checked_add_days(Days::new(4)).unwrap_or(starts_on);
        let week = crate::pages::mentorships::row::week(mentorship, starts_on).max(1);
        Self {
            new_week: week.to_string(),
            new_starts_on: starts_on.to_string(),
            new_due_on: due_on.to_string(),
            ..Self::default()
        }
    }

    /// The tasks as they were sent.
    pub fn rows(&self) -> Vec<Row> {
        let text = |list: &[String], at: usize| list.get(at).cloned().unwrap_or_default();
        let number = |list: &[i64], at: usize| list.get(at).copied().unwrap_or(1);
        let row = |(at, task_id): (usize, &TaskId)| {
            let status = self.status.get(at).copied().unwrap_or(TaskStatus::Todo);
            let row = Row::new(
                (*task_id, text(&self.title, at), status),
                (number(&self.week, at).clamp(1, 104), number(&self.position, at)),
                (text(&self.starts_on, at), text(&self.due_on, at)),
            );
            Row { is_skipped: self.skip.contains(task_id), ..row }
        };
        self.task_id.iter().enumerate().map(row).collect()
    }

    /// # Errors
    /// What is no date, at its field.
    pub fn read(&self, preview: bool, voice: &Voice) -> Result<PlanEdit, Errors> {
        let mut errors = Errors::default();
        let mut day = |field: String, text: &str| {
            let date = text.trim().parse::<NaiveDate>().ok();
            if date.is_none() {
                errors = errors.clone().and(&field, voice.tr("field-bad-format", &[]));
            }
            date
        };
        let rows = self.rows();
        let moves = rows.iter().enumerate().map(|(at, row)| TaskPlace {
            task_id: row.task_id,
            week: self.week.get(at).copied(),
            position: self.position.get(at).copied(),
            starts_on: day(format!("moves.{at}.starts_on"), &row.starts_on),
            due_on: day(format!("moves.{at}.due_on"), &row.due_on),
        });
        let moves: Vec<TaskPlace> = moves.collect();
        let mut adds = Vec::new();
        if !self.new_title.trim().is_empty() {
            let starts_on = day("adds.0.starts_on".to_owned(), &self.new_starts_on);
            let due_on = day("adds.0.due_on".to_owned(), &self.new_due_on);
            if let (Some(starts_on), Some(due_on)) = (starts_on, due_on) {
                adds.push(AddedTask {
                    title: self.new_title.trim().to_owned(),
                    guideline: String::new(),
                    week: self.new_week.trim().parse().unwrap_or(1),
                    priority: Priority::Medium,
                    starts_on,
                    due_on,
                    is_required: None,
                });
            }
        }
        let reason = self.reason.trim();
        if !self.skip.is_empty() && reason.is_empty() && !preview {
            errors = errors.and("reason", voice.tr("field-required", &[]));
        }
        let reason = if reason.is_empty() { "–" } else { reason };
        let skip = |task_id: &TaskId| TaskSkip { task_id: *task_id, reason: reason.to_owned() };
        let seen = Some(self.seen.clone()).filter(|seen| !seen.is_empty() && !preview);
        let skips = self.skip.iter().map(skip).collect();
        if errors.is_empty() { Ok(PlanEdit { moves, skips, adds, preview, seen }) } else { Err(errors) }
    }

    /// What is wrong with which task.
    pub fn problems(&self, errors: &Errors) -> Vec<(String, String)> {
        let fields = ["task_id", "week", "position", "starts_on", "due_on"];
        let mut problems = Vec::new();
        for (at, title) in self.title.iter().enumerate() {
            for field in fields {
                problems
                    .extend(errors.find(&format!("moves.{at}.{field}")).map(|text| (title.clone(), text)));
            }
        }
        for (at, task_id) in self.skip.iter().enumerate() {
            let title =
                self.task_id.iter().position(|known| known == task_id).and_then(|at| self.title.get(at));
            let text = errors.find(&format!("skips.{at}.task_id"));
            problems.extend(text.map(|text| (title.cloned().unwrap_or_default(), text)));
        }
        for field in ["title", "week", "starts_on", "due_on"] {
            let text = errors.find(&format!("adds.0.{field}"));
            problems.extend(text.map(|text| (self.new_title.clone(), text)));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::auth::Locale;

    #[test]
    fn what_is_sent_is_an_edit_of_every_task() {
        let voice = Voice::read(Locale::Ko);
        let form: PlanForm = serde_html_form::from_str(
            "task_id=7&title=a&status=todo&week=2&position=1&starts_on=2026-09-07&due_on=2026-09-08&\
             task_id=8&title=b&status=done&week=1&position=1&starts_on=2026-09-07&due_on=2026-09-08&\
             skip=7&reason=+&new_title=+c+&new_week=3&new_starts_on=2026-09-21&new_due_on=2026-09-22&seen=x",
        )
        .expect("a form");
        let edit = form.read(true, &voice).expect("a preview needs no reason");
        assert_eq!((edit.moves.len(), edit.moves[0].week, edit.seen.as_deref()), (2, Some(2), None));
        assert_eq!((edit.adds[0].title.as_str(), edit.adds[0].week), ("c", 3));
        let errors = form.read(false, &voice).expect_err("skipping says why");
        assert!(errors.has("reason"));
        let rows = form.rows();
        assert!(rows[0].is_skipped && rows[1].is_closed && !rows[1].is_skipped);
    }

    #[test]
    fn a_bad_date_is_named_with_its_task() {
        let voice = Voice::read(Locale::Ko);
        let form: PlanForm = serde_html_form::from_str(
            "task_id=7&title=first&status=todo&week=1&position=1&starts_on=x&due_on=2026-09-08",
        )
        .expect("a form");
        let errors = form.read(true, &voice).expect_err("x is no date");
        assert_eq!(form.problems(&errors)[0].0, "first");
    }
}
