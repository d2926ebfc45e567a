//! How far a mentorship has come: what each task has reached, by which steps, and when.
//!
//! Steps of all tasks are put in the order of their time before they are taken,
//! so that the record reads as it would have been written.

use super::{
    company::Built,
    file::{Author, Mentorship as Told, Profile, language},
    pair,
    stage::Stage,
    texts::Picker,
};
use anyhow::Context;
use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc, Weekday};
use contract::{
    TaskId,
    auth::Locale,
    curriculum::TaskOwner,
    memo::{CreateMemo, NewMemo},
    mentorship::{CompleteMentorship, EndMentorship, EndReason, Mentorship, MentorshipStatus},
    mentorship_dates::{Pause, PauseMentorship},
    tasks::{
        CreateSubtask, ListTasks, MoveTask, NewSubtask, StatusMove, Task, TaskFilter, TaskPatch, TaskSort,
        TaskStatus, UpdateTask,
    },
};
use std::collections::{HashMap, HashSet};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Goal {
    Untouched,
    Started,
    Submitted,
    Returned,
    Done,
    Skipped,
}

enum Step {
    Move(TaskStatus, Option<String>),
    Write(String),
    Memo {
        by: Author,
        mentor_only: bool,
        body: String,
    },
    AddSubtask(String),
    /// Finishes the sub-tasks that are open, but for so many.
    FinishSubtasks {
        but: usize,
    },
}

struct Act<'t> {
    at: DateTime<Utc>,
    task: &'t Task,
    by: &'t str,
    step: Step,
}

pub async fn work_through(
    stage: &Stage,
    built: &Built<'_>,
    told: &Told,
    mentorship: &Mentorship,
    texts: &mut Picker<'_>,
    admin: &str,
) -> anyhow::Result<()> {
    let filter = TaskFilter {
        mentorship_id: Some(mentorship.mentorship_id),
        sort: Some(TaskSort::Plan),
        limit: Some(100),
        ..TaskFilter::default()
    };
    let tasks = stage.call(&told.mentor, ListTasks { filter }).await?.items;
    let last_day = last_day(told, built, mentorship);
    let goals = goals(told.profile, &tasks, last_day);
    let language = told.curricula.first().map_or(Locale::Ko, |name| language(name));
    let mut acts = Vec::new();
    for (place, (task, goal)) in tasks.iter().zip(goals).enumerate() {
        let by = match task.owner {
            TaskOwner::Mentee => told.mentee.as_str(),
            TaskOwner::Mentor => told.mentor.as_str(),
            TaskOwner::Admin => owner_of(task, built).unwrap_or(admin),
        };
        let one =
            OneTask { task, goal, place, by, told, language, last_day, built, start_on: mentorship.start_on };
        one.plan(texts, &mut acts);
    }
    acts.retain(|act| act.at <= stage.now);
    acts.sort_by_key(|act| act.at);
    let mut subtasks: HashMap<TaskId, Vec<TaskId>> = HashMap::new();
    let mut closed: HashSet<TaskId> = HashSet::new();
    for act in &mut acts {
        stage.set_clock(act.at);
        if let Step::Move(to, _) = &act.step {
            let is_locked = act.task.waits_for.iter().any(|first| !closed.contains(&first.task_id));
            if *to == TaskStatus::InProgress && is_locked {
                // Ahead of what it waits for, only the mentor can start it.
                act.by = &told.mentor;
            }
            if matches!(to, TaskStatus::Done | TaskStatus::Skipped) {
                closed.insert(act.task.task_id);
            }
        }
        take(stage, act, &mut subtasks).await.with_context(|| format!("{:?}", act.task.title))?;
    }
    let mentorship_id = mentorship.mentorship_id;
    pair::together(stage, built, told, mentorship, (language, last_day)).await?;
    match told.profile {
        Profile::Finished => {
            let ended_at = built.at(last_day, 17 * 60 + 40).min(stage.now);
            stage.set_clock(ended_at);
            stage.call(&told.mentor, CompleteMentorship { mentorship_id }).await?;
            pair::evaluate(stage, told, mentorship_id, (language, ended_at)).await?;
        }
        Profile::BrokenOff => {
            stage.set_clock(built.at(last_day, 17 * 60 + 40).min(stage.now));
            let reason = EndReason { reason: told.reason.clone().context("reason")? };
            stage.call(admin, EndMentorship { mentorship_id, reason }).await?;
        }
        _ if told.status == MentorshipStatus::Paused => {
            stage.set_clock(built.at(last_day, 17 * 60 + 40).min(stage.now));
            let reason = told.reason.clone().context("reason")?;
            let pause = Pause { reason, ..Pause::default() };
            stage.call(&told.mentor, PauseMentorship { mentorship_id, pause }).await?;
        }
        _ => {}
    }
    Ok(())
}

fn owner_of<'b>(task: &Task, built: &'b Built<'_>) -> Option<&'b str> {
    built.ids.iter().find(|(_, user_id)| **user_id == task.owner_id).map(|(email, _)| *email)
}

/// The last day on which anything happened, a weekday.
fn last_day(told: &Told, built: &Built<'_>, mentorship: &Mentorship) -> NaiveDate {
    let day = match told.profile {
        Profile::Stalled => built.today - Duration::days(14),
        Profile::BrokenOff => mentorship.start_on + Duration::days(34),
        Profile::Finished => mentorship.end_on.min(built.today - Duration::days(1)),
        _ => built.today - Duration::days(1),
    };
    back_to_weekday(day).max(mentorship.start_on)
}

fn back_to_weekday(mut day: NaiveDate) -> NaiveDate {
    while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
        day -= Duration::days(1);
    }
    day
}

/// What each task has reached.
fn goals(profile: Profile, tasks: &[Task], last_day: NaiveDate) -> Vec<Goal> {
    let ahead = if profile == Profile::Ahead { last_day + Duration::days(6) } else { last_day };
    let last_week = tasks.iter().map(|task| task.week).max().unwrap_or(1);
    let mut goals: Vec<Goal> = tasks
        .iter()
        .map(|task| match profile {
            Profile::NotStarted => Goal::Untouched,
            Profile::Finished if !task.is_required => Goal::Skipped,
            Profile::Finished => Goal::Done,
            Profile::AlmostDone if task.week < last_week => Goal::Done,
            _ if task.due_on <= ahead => Goal::Done,
            _ if task.starts_on <= ahead => Goal::Started,
            _ => Goal::Untouched,
        })
        .collect();
    let mentees = |goals: &[Goal], wanted: Goal| {
        let found = (0..tasks.len())
            .filter(|place| goals[*place] == wanted && tasks[*place].owner == TaskOwner::Mentee);
        let mut found: Vec<usize> = found.collect();
        found.sort_by_key(|place| std::cmp::Reverse(tasks[*place].due_on));
        found
    };
    match profile {
        Profile::Finished => {
            // One or two were skipped, the other optional ones done.
            for place in mentees(&goals, Goal::Skipped).into_iter().skip(2) {
                goals[place] = Goal::Done;
            }
            for (goal, task) in goals.iter_mut().zip(tasks) {
                if *goal == Goal::Skipped && task.owner != TaskOwner::Mentee {
                    *goal = Goal::Done;
                }
            }
        }
        Profile::Late => {
            let overdue = mentees(&goals, Goal::Done);
            for (place, goal) in overdue.into_iter().zip([Goal::Untouched, Goal::Started, Goal::Returned]) {
                goals[place] = goal;
            }
        }
        Profile::OnTime | Profile::Ahead | Profile::AlmostDone => {
            let waiting = mentees(&goals, Goal::Started)
                .last()
                .copied()
                .or_else(|| mentees(&goals, Goal::Done).first().copied());
            if let Some(place) = waiting {
                goals[place] = Goal::Submitted;
            }
        }
        Profile::Fresh | Profile::Stalled | Profile::BrokenOff | Profile::NotStarted => {}
    }
    goals
}

/// One task on its way to its goal.
struct OneTask<'t> {
    task: &'t Task,
    goal: Goal,
    place: usize,
    by: &'t str,
    told: &'t Told,
    language: Locale,
    last_day: NaiveDate,
    start_on: NaiveDate,
    built: &'t Built<'t>,
}

impl<'t> OneTask<'t> {
    /// A time of day on a day, or on the last day there is; never before `after`.
    fn at(&self, day: NaiveDate, minutes: i64, after: DateTime<Utc>) -> DateTime<Utc> {
        let jitter = i64::try_from(self.place * 17 % 47).unwrap_or_default();
        let day = back_to_weekday(day.min(self.last_day)).max(self.start_on);
        self.built.at(day, minutes + jitter).max(after + Duration::minutes(11))
    }

    fn plan(&self, texts: &mut Picker<'_>, acts: &mut Vec<Act<'t>>) {
        let (task, by, mentor) = (self.task, self.by, self.told.mentor.as_str());
        let key = task.template_key.as_deref().unwrap_or_default();
        let mut add = |at, by, step| acts.push(Act { at, task, by, step });
        if self.goal == Goal::Untouched {
            return;
        }
        // Nothing is skipped without a reason: what nobody wrote one for is done.
        if self.goal == Goal::Skipped
            && let Some(reason) = texts.skip_reason(self.language, key)
        {
            let at = self.at(task.due_on, 16 * 60, DateTime::UNIX_EPOCH);
            add(at, mentor, Step::Move(TaskStatus::Skipped, Some(reason.to_owned())));
            return;
        }
        let started = self.at(task.starts_on, 9 * 60 + 20, DateTime::UNIX_EPOCH);
        add(started, by, Step::Move(TaskStatus::InProgress, None));
        let is_mentees = task.owner == TaskOwner::Mentee;
        let has_subtasks = is_mentees && self.place % 5 == 2;
        if has_subtasks {
            for count in 1..=2 {
                if let Some(title) = texts.subtask(self.language, key) {
                    add(started + Duration::minutes(3 * count), by, Step::AddSubtask(title.to_owned()));
                }
            }
        }
        let mut now = started + Duration::minutes(7);
        if is_mentees && self.place % 3 == 1 {
            for memo in texts.memos(self.language, key) {
                now = self.at(task.starts_on, 11 * 60, now);
                let author = if memo.by == Author::Mentor { mentor } else { by };
                add(
                    now,
                    author,
                    Step::Memo { by: memo.by, mentor_only: memo.mentor_only, body: memo.text.clone() },
                );
            }
        }
        let text = if is_mentees { texts.submission(self.language, task.kind, key) } else { None };
        if let Some(text) = text {
            now = self.at(task.due_on, 13 * 60 + 30, now);
            add(now, by, Step::Write(text.to_owned()));
        }
        if self.goal == Goal::Started {
            if has_subtasks {
                add(now + Duration::minutes(2), by, Step::FinishSubtasks { but: 1 });
            }
            return;
        }
        if !is_mentees {
            // Nobody reviews what the guiding side does.
            add(self.at(task.due_on, 15 * 60, now), by, Step::Move(TaskStatus::Done, None));
            return;
        }
        now = self.at(task.due_on, 14 * 60, now);
        if has_subtasks {
            add(now, by, Step::FinishSubtasks { but: 0 });
        }
        now += Duration::minutes(4);
        add(now, by, Step::Move(TaskStatus::Submitted, None));
        if self.goal == Goal::Submitted {
            return;
        }
        let is_returned = self.goal == Goal::Returned || self.place % 7 == 3;
        if is_returned && let Some(comment) = texts.return_comment(self.language, key) {
            now = self.at(task.due_on, 15 * 60, now);
            add(now, mentor, Step::Move(TaskStatus::Returned, Some(comment.to_owned())));
            if self.goal == Goal::Returned {
                return;
            }
            now += Duration::minutes(42);
            add(now, by, Step::Move(TaskStatus::Submitted, None));
        }
        add(self.at(task.due_on, 16 * 60 + 30, now), mentor, Step::Move(TaskStatus::Done, None));
    }
}

async fn take(
    stage: &Stage,
    act: &Act<'_>,
    subtasks: &mut HashMap<TaskId, Vec<TaskId>>,
) -> anyhow::Result<()> {
    let task_id = act.task.task_id;
    match &act.step {
        Step::Move(status, comment) => {
            let to = StatusMove { status: *status, comment: comment.clone() };
            stage.call(act.by, MoveTask { task_id, to, if_match: None }).await?;
        }
        Step::Write(text) => {
            let patch = TaskPatch { submission: Some(text.clone()), ..TaskPatch::default() };
            stage.call(act.by, UpdateTask { task_id, patch, if_match: None }).await?;
        }
        Step::Memo { by, mentor_only, body } => {
            let mentor_only = *mentor_only && *by == Author::Mentor;
            stage
                .call(act.by, CreateMemo { memo: NewMemo { task_id, body: body.clone(), mentor_only } })
                .await?;
        }
        Step::AddSubtask(title) => {
            let made = stage
                .call(
                    act.by,
                    CreateSubtask { task_id, subtask: NewSubtask { title: title.clone() }, if_match: None },
                )
                .await?;
            subtasks.entry(task_id).or_default().push(made.task_id);
        }
        Step::FinishSubtasks { but } => {
            let open = subtasks.remove(&task_id).unwrap_or_default();
            let finished = open.len().saturating_sub(*but);
            for task_id in open.into_iter().take(finished) {
                let to = StatusMove { status: TaskStatus::Done, comment: None };
                stage.call(act.by, MoveTask { task_id, to, if_match: None }).await?;
            }
        }
    }
    Ok(())
}
