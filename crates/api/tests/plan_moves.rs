//! The table of moves: every pair of states, for everybody, and no way around it.

use api::rules::moves::{Refusal, TaskFacts, Who, allowed, check, is_open};
use contract::{
    curriculum::TaskOwner,
    mentorship::MentorshipStatus,
    tasks::TaskStatus::{self, Done, InProgress, Returned, Skipped, Submitted, Todo},
};
use proptest::prelude::*;

const OWNER: Who = Who { is_owner: true, guides: false };
const GUIDE: Who = Who { is_owner: false, guides: true };
const BOTH: Who = Who { is_owner: true, guides: true };
const STRANGER: Who = Who { is_owner: false, guides: false };

fn facts(status: TaskStatus) -> TaskFacts {
    TaskFacts {
        status,
        parent: None,
        is_locked: false,
        open_subtasks: false,
        owner: TaskOwner::Mentee,
        mentorship: MentorshipStatus::Active,
    }
}

fn moves(table: &[(TaskStatus, &[TaskStatus])], facts: impl Fn(TaskStatus) -> TaskFacts, who: Who) {
    assert_eq!(table.len(), TaskStatus::ALL.len(), "every state has its row");
    for (from, expected) in table {
        assert_eq!(allowed(&facts(*from), who), *expected, "{who:?} from {from}");
        for to in TaskStatus::ALL {
            let answer = check(&facts(*from), who, *to, Some("because"));
            assert_eq!(answer.is_ok(), expected.contains(to), "{who:?}: {from} to {to}: {answer:?}");
        }
    }
}

#[test]
fn a_mentee_works_hands_in_and_takes_back() {
    moves(
        &[
            (Todo, &[InProgress]),
            (InProgress, &[Todo, Submitted]),
            (Submitted, &[InProgress]),
            (Returned, &[InProgress, Submitted]),
            (Done, &[]),
            (Skipped, &[]),
        ],
        facts,
        OWNER,
    );
}

#[test]
fn a_guide_reviews_skips_and_reopens_but_never_hands_in() {
    moves(
        &[
            (Todo, &[InProgress, Skipped]),
            (InProgress, &[Todo, Skipped]),
            (Submitted, &[Returned, Done, Skipped]),
            (Returned, &[Skipped]),
            (Done, &[InProgress]),
            (Skipped, &[Todo]),
        ],
        facts,
        GUIDE,
    );
}

#[test]
fn a_stranger_moves_nothing() {
    let nothing: Vec<(TaskStatus, &[TaskStatus])> =
        TaskStatus::ALL.iter().map(|status| (*status, [].as_slice())).collect();
    moves(&nothing, facts, STRANGER);
}

#[test]
fn a_mentor_finishes_a_task_of_their_own_without_a_review() {
    let own = |status| TaskFacts { owner: TaskOwner::Mentor, ..facts(status) };
    assert_eq!(allowed(&own(InProgress), BOTH), [Todo, Submitted, Done, Skipped]);
    assert_eq!(allowed(&own(InProgress), OWNER), [Todo, Submitted], "who doesn't guide asks for a review");
    assert_eq!(allowed(&facts(InProgress), BOTH), [Todo, Submitted, Skipped], "a mentee's task is reviewed");
}

#[test]
fn a_subtask_is_ticked_off_by_its_owner() {
    let of = |parent| move |status| TaskFacts { parent: Some(parent), ..facts(status) };
    moves(
        &[
            (Todo, &[InProgress, Done]),
            (InProgress, &[Todo, Submitted, Done]),
            (Submitted, &[InProgress]),
            (Returned, &[InProgress, Submitted]),
            (Done, &[Todo, InProgress]),
            (Skipped, &[]),
        ],
        of(InProgress),
        OWNER,
    );
    assert_eq!(check(&of(InProgress)(Done), OWNER, Todo, None), Ok(()), "unticking needs no words");
    for parent in [Submitted, Done] {
        assert!(allowed(&of(parent)(Done), OWNER).is_empty(), "nothing opens under a {parent} task");
        assert!(allowed(&of(parent)(Skipped), GUIDE).is_empty(), "nothing opens under a {parent} task");
    }
}

#[test]
fn open_subtasks_hold_a_task_back() {
    for from in [InProgress, Returned] {
        let waiting = TaskFacts { open_subtasks: true, ..facts(from) };
        assert!(!allowed(&waiting, OWNER).contains(&Submitted));
        assert_eq!(check(&waiting, OWNER, Submitted, None), Err(Refusal::OpenSubtasks));
    }
    let own = TaskFacts { open_subtasks: true, owner: TaskOwner::Mentor, ..facts(InProgress) };
    assert_eq!(check(&own, BOTH, Done, None), Err(Refusal::OpenSubtasks));
}

#[test]
fn nothing_moves_unless_the_mentorship_is_active() {
    for mentorship in MentorshipStatus::ALL {
        for from in TaskStatus::ALL {
            let facts = TaskFacts { mentorship: *mentorship, ..facts(*from) };
            if *mentorship != MentorshipStatus::Active {
                assert!(allowed(&facts, BOTH).is_empty());
                assert_eq!(check(&facts, BOTH, InProgress, None), Err(Refusal::NotRunning));
            }
        }
    }
}

#[test]
fn returning_skipping_and_reopening_say_why() {
    let cases = [(Submitted, Returned), (Todo, Skipped), (Submitted, Skipped), (Done, InProgress)];
    for (from, to) in cases {
        for silent in [None, Some(""), Some("  \n")] {
            assert_eq!(check(&facts(from), GUIDE, to, silent), Err(Refusal::CommentNeeded), "{from} to {to}");
        }
        assert_eq!(check(&facts(from), GUIDE, to, Some("이유")), Ok(()));
    }
    assert_eq!(check(&facts(Submitted), GUIDE, Done, None), Ok(()), "approving needs no words");
}

fn any_status() -> impl Strategy<Value = TaskStatus> {
    proptest::sample::select(TaskStatus::ALL.to_vec())
}

proptest! {
    /// A task with one sub-task, moved by anybody in any order: it never stands handed in with open work, the
    /// mentee's work is never done without a review, and what was skipped or done was so by a guide.
    #[test]
    fn no_sequence_of_moves_reaches_a_forbidden_state(
        steps in proptest::collection::vec((any::<bool>(), 0_usize..4, any_status()), 0..80)
    ) {
        let (mut task, mut subtask) = (Todo, Todo);
        let mut reviewed = false;
        for (is_subtask, who, to) in steps {
            let who = [OWNER, GUIDE, BOTH, STRANGER][who];
            if is_subtask {
                let facts = TaskFacts { parent: Some(task), ..facts(subtask) };
                if check(&facts, who, to, Some("이유")).is_ok() {
                    subtask = to;
                }
            } else {
                let facts = TaskFacts { open_subtasks: is_open(subtask), ..facts(task) };
                if check(&facts, who, to, Some("이유")).is_ok() {
                    prop_assert_ne!(who, STRANGER);
                    prop_assert!(to != Submitted || who.is_owner);
                    prop_assert!(!matches!(to, Done | Returned | Skipped) || who.guides);
                    reviewed = task == Submitted && to == Done;
                    task = to;
                }
            }
            prop_assert!(!(matches!(task, Submitted) && is_open(subtask)), "handed in with open work");
            prop_assert!(task != Done || reviewed, "done without a review");
        }
    }
}
