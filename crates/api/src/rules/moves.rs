//! Who may move a task where: the table of states, and nothing else.
//!
//! Three things beside the table. A task whose predecessors in the curriculum are open is started by the guiding
//! side only. The owner of a task that isn't the mentee's and who guides the pair too (a
//! mentor with a task of their own) may finish it without asking themselves for a review. And a sub-task can't
//! be opened again under a parent that was handed in, or that parent would stand submitted with open work.

use contract::{
    curriculum::TaskOwner,
    mentorship::MentorshipStatus,
    tasks::{Task, TaskStatus},
};

use TaskStatus::{Done, InProgress, Returned, Skipped, Submitted, Todo};

/// What the rules look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaskFacts {
    pub status: TaskStatus,
    /// The parent's state, for a sub-task.
    pub parent: Option<TaskStatus>,
    pub open_subtasks: bool,
    /// Tasks that come first are neither done nor skipped.
    pub is_locked: bool,
    pub owner: TaskOwner,
    pub mentorship: MentorshipStatus,
}

/// Who is asking, seen from the task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Who {
    pub is_owner: bool,
    /// The pair's mentor or an admin, and not the mentee.
    pub guides: bool,
}

/// Why a move is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The mentorship isn't running: nothing moves.
    NotRunning,
    OpenSubtasks,
    /// Other tasks come first.
    Locked,
    NotAllowed(Vec<TaskStatus>),
    /// Returning, skipping and reopening say why.
    CommentNeeded,
}

/// Neither done nor skipped.
#[must_use]
pub const fn is_open(status: TaskStatus) -> bool {
    matches!(status, Todo | InProgress | Submitted | Returned)
}

impl TaskFacts {
    #[must_use]
    pub fn of(task: &Task, parent: Option<TaskStatus>, mentorship: MentorshipStatus) -> Self {
        let open_subtasks = task.subtasks_done < task.subtasks;
        let is_locked = task.status == Todo && !task.waits_for.is_empty();
        Self { status: task.status, parent, open_subtasks, is_locked, owner: task.owner, mentorship }
    }

    /// Whether the table has the move, sub-tasks left aside.
    fn in_table(&self, who: Who, to: TaskStatus) -> bool {
        let Who { is_owner, guides } = who;
        match (self.status, to) {
            (Todo, InProgress) | (InProgress, Todo) => is_owner || guides,
            (InProgress | Returned, Submitted) | (Submitted | Returned, InProgress) => is_owner,
            (Submitted, Done | Returned) => guides,
            (Todo | InProgress | Submitted | Returned, Skipped) | (Skipped, Todo) => guides,
            (Todo | InProgress, Done) if self.parent.is_some() => is_owner,
            (Done, Todo) if self.parent.is_some() => is_owner,
            (Done, InProgress) => guides || (is_owner && self.parent.is_some()),
            (InProgress, Done) => is_owner && guides && self.owner != TaskOwner::Mentee,
            _ => false,
        }
    }

    fn waits_for_subtasks(&self, to: TaskStatus) -> bool {
        self.open_subtasks && matches!((self.status, to), (_, Submitted) | (InProgress, Done))
    }

    /// The guiding side may start what has to wait, the owner may not.
    fn waits_for_others(&self, who: Who, to: TaskStatus) -> bool {
        self.is_locked && to == InProgress && !who.guides
    }

    fn opens_under_closed_parent(&self, to: TaskStatus) -> bool {
        !is_open(self.status) && is_open(to) && matches!(self.parent, Some(Submitted | Done))
    }

    /// Whether the move must say why.
    fn needs_comment(&self, who: Who, to: TaskStatus) -> bool {
        let unticks_own_subtask = self.parent.is_some() && who.is_owner;
        matches!(to, Returned | Skipped) || (self.status == Done && !unticks_own_subtask)
    }
}

/// Where the task may go now, in the order of the states.
#[must_use]
pub fn allowed(facts: &TaskFacts, who: Who) -> Vec<TaskStatus> {
    let running = facts.mentorship == MentorshipStatus::Active;
    let possible = |to: &TaskStatus| {
        running
            && facts.in_table(who, *to)
            && !facts.waits_for_subtasks(*to)
            && !facts.waits_for_others(who, *to)
            && !facts.opens_under_closed_parent(*to)
    };
    TaskStatus::ALL.iter().copied().filter(possible).collect()
}

/// Whether this move is allowed.
///
/// # Errors
/// Why it isn't.
pub fn check(facts: &TaskFacts, who: Who, to: TaskStatus, comment: Option<&str>) -> Result<(), Refusal> {
    if facts.mentorship != MentorshipStatus::Active {
        return Err(Refusal::NotRunning);
    }
    if facts.in_table(who, to) && facts.waits_for_subtasks(to) {
        return Err(Refusal::OpenSubtasks);
    }
    if facts.in_table(who, to) && facts.waits_for_others(who, to) {
        return Err(Refusal::Locked);
    }
    let allowed = allowed(facts, who);
    if !allowed.contains(&to) {
        return Err(Refusal::NotAllowed(allowed));
    }
    if facts.needs_comment(who, to) && comment.is_none_or(|comment| comment.trim().is_empty()) {
        return Err(Refusal::CommentNeeded);
    }
    Ok(())
}
