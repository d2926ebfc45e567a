//! The states of tasks as a machine: whatever anybody tries in whatever order, only the table's moves happen.
//!
//! The table stands here a second time, as it is written for people, and both are compared.

mod plan_stage;

use api::rules::moves::{self, Refusal, TaskFacts, Who};
use contract::{
    TaskId,
    curriculum::TaskOwner,
    mentorship::MentorshipStatus,
    tasks::{EventKind, TaskStatus},
};
use plan_stage::{Running, events, go, show, subtask};
use proptest::prelude::*;
use testkit::on_both_engines;

use TaskStatus::{Done, InProgress, Returned, Skipped, Submitted, Todo};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Actor {
    Owner,
    Guide,
    /// Somebody with a task of their own in a plan they guide.
    OwningGuide,
    Stranger,
}

const ACTORS: [Actor; 4] = [Actor::Owner, Actor::Guide, Actor::OwningGuide, Actor::Stranger];

impl Actor {
    fn who(self) -> Who {
        Who {
            is_owner: matches!(self, Self::Owner | Self::OwningGuide),
            guides: matches!(self, Self::Guide | Self::OwningGuide),
        }
    }
}

/// The table: from, to, whether the owner may, whether the guiding side may.
const TABLE: &[(TaskStatus, TaskStatus, bool, bool)] = &[
    (Todo, InProgress, true, true),
    (InProgress, Todo, true, true),
    (InProgress, Submitted, true, false),
    (Returned, Submitted, true, false),
    (Submitted, InProgress, true, false),
    (Submitted, Done, false, true),
    (Submitted, Returned, false, true),
    (Returned, InProgress, true, false),
    (Todo, Skipped, false, true),
    (InProgress, Skipped, false, true),
    (Submitted, Skipped, false, true),
    (Returned, Skipped, false, true),
    (Skipped, Todo, false, true),
    (Done, InProgress, false, true),
];
/// What a sub-task can do beside it, by its owner.
const OF_SUBTASKS: &[(TaskStatus, TaskStatus)] =
    &[(Todo, Done), (InProgress, Done), (Done, Todo), (Done, InProgress)];

fn is_open(status: TaskStatus) -> bool {
    !matches!(status, Done | Skipped)
}

fn in_table(from: TaskStatus, to: TaskStatus, actor: Actor, is_subtask: bool) -> bool {
    let Who { is_owner, guides } = actor.who();
    let row = TABLE.iter().find(|(a, b, ..)| (*a, *b) == (from, to));
    let listed = row.is_some_and(|(_, _, owner, guide)| (*owner && is_owner) || (*guide && guides));
    let child = is_subtask && is_owner && OF_SUBTASKS.contains(&(from, to));
    // The one thing beside the table: nobody asks oneself for a review of a task that isn't the mentee's.
    listed || child || (actor == Actor::OwningGuide && (from, to) == (InProgress, Done))
}

/// A task with two sub-tasks.
#[derive(Debug, Clone)]
struct Model {
    parent: TaskStatus,
    children: [TaskStatus; 2],
}

impl Model {
    fn facts(&self, which: usize, owner: TaskOwner) -> TaskFacts {
        let is_parent = which == 0;
        TaskFacts {
            is_locked: false,
            status: if is_parent { self.parent } else { self.children[which - 1] },
            parent: (!is_parent).then_some(self.parent),
            open_subtasks: is_parent && self.children.iter().any(|child| is_open(*child)),
            owner,
            mentorship: MentorshipStatus::Active,
        }
    }

    fn put(&mut self, which: usize, to: TaskStatus) {
        if which == 0 {
            self.parent = to;
        } else {
            self.children[which - 1] = to;
        }
    }
}

fn attempt() -> impl Strategy<Value = (usize, usize, usize, bool)> {
    (0..3_usize, 0..ACTORS.len(), 0..TaskStatus::ALL.len(), any::<bool>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_sequence_of_moves_reaches_what_the_table_forbids(attempts in prop::collection::vec(attempt(), 1..60)) {
        let mut model = Model { parent: Todo, children: [Todo, Todo] };
        for (which, actor, to, says_why) in attempts {
            let (actor, to) = (ACTORS[actor], TaskStatus::ALL[to]);
            let owner = if actor == Actor::OwningGuide { TaskOwner::Mentor } else { TaskOwner::Mentee };
            let facts = model.facts(which, owner);
            let why = says_why.then_some("이유");
            let allowed = moves::allowed(&facts, actor.who());
            let outcome = moves::check(&facts, actor.who(), to, why);
            let expected = in_table(facts.status, to, actor, which > 0);
            match outcome {
                Ok(()) => {
                    prop_assert!(expected, "{actor:?} {:?} -> {to:?}", facts.status);
                    prop_assert!(allowed.contains(&to), "what is done was offered");
                    model.put(which, to);
                }
                Err(Refusal::CommentNeeded) => {
                    prop_assert!(expected && !says_why && allowed.contains(&to));
                }
                Err(Refusal::OpenSubtasks) => prop_assert!(expected && facts.open_subtasks),
                Err(Refusal::NotAllowed(offered)) => {
                    prop_assert_eq!(&offered, &allowed);
                    let closed_above = matches!(facts.parent, Some(Submitted | Done));
                    let opens = !is_open(facts.status) && is_open(to);
                    prop_assert!(!expected || (closed_above && opens), "{actor:?} {:?} -> {to:?}", facts.status);
                }
                Err(Refusal::NotRunning) => prop_assert!(false, "it runs"),
                Err(Refusal::Locked) => prop_assert!(false, "nothing comes first here"),
            }
            let open_below = model.children.iter().any(|child| is_open(*child));
            prop_assert!(model.parent != Submitted || !open_below, "handed in with open work: {model:?}");
            prop_assert!(model.parent != Done || !open_below, "done with open work: {model:?}");
        }
    }

    #[test]
    fn nothing_moves_where_the_mentorship_does_not_run(
        status in 0..TaskStatus::ALL.len(), to in 0..TaskStatus::ALL.len(), actor in 0..ACTORS.len(), life in 0..4_usize,
    ) {
        let lives = [MentorshipStatus::Proposed, MentorshipStatus::Paused, MentorshipStatus::Completed, MentorshipStatus::Ended];
        let facts = TaskFacts {
            is_locked: false,
            status: TaskStatus::ALL[status],
            parent: None,
            open_subtasks: false,
            owner: TaskOwner::Mentee,
            mentorship: lives[life],
        };
        let who = ACTORS[actor].who();
        prop_assert!(moves::allowed(&facts, who).is_empty());
        prop_assert_eq!(moves::check(&facts, who, TaskStatus::ALL[to], Some("이유")), Err(Refusal::NotRunning));
    }
}

on_both_engines! {
    async fn the_running_service_walks_the_table_and_records_every_step(stage: Stage) {
        let run = Running::on(stage).await;
        let parent = run.task("개발 환경 준비");
        let child = subtask(&run.team.mentee, parent, "하위").await.unwrap().task_id;
        let people = [(Actor::Owner, &run.team.mentee), (Actor::Guide, &run.team.mentor), (Actor::Guide, &run.team.admin), (Actor::Stranger, &run.team.other_mentor)];
        let mut model = Model { parent: Todo, children: [Todo, Done] };
        let (mut seed, mut moved) = (20_260_907_u64, 0);
        let mut random = |n: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from((seed >> 33) % 1_000_003).unwrap() % n
        };
        for _ in 0..400 {
            let which = random(2);
            let (actor, person) = people[random(people.len())];
            let to = TaskStatus::ALL[random(TaskStatus::ALL.len())];
            let task_id: TaskId = if which == 0 { parent } else { child };
            let facts = model.facts(which, TaskOwner::Mentee);
            let expected = actor != Actor::Stranger && moves::check(&facts, actor.who(), to, Some("이유")).is_ok();
            let answer = go(person, task_id, to, "이유").await;
            assert_eq!(answer.is_ok(), expected, "{actor:?} {:?} -> {to:?}", facts.status);
            if let Ok(task) = answer {
                assert!(in_table(facts.status, to, actor, which > 0), "{actor:?} {:?} -> {to:?}", facts.status);
                assert_eq!(task.status, to);
                model.put(which, to);
                moved += 1;
            }
        }
        assert!(moved > 40, "{moved} moves");
        let detail = show(&run.team.admin, parent).await;
        assert_eq!((detail.task.status, detail.subtasks[0].status), (model.parent, model.children[0]));
        assert_eq!(detail.task.subtasks_done, i64::from(!is_open(model.children[0])));
        let told = events(&run.team.admin, parent).await;
        assert_eq!(told.iter().filter(|event| event.kind == EventKind::Moved).count(), moved.min(497));
    }

    async fn handing_in_and_returning_at_once_never_lose_one_another(stage: Stage) {
        let run = Running::on(stage).await;
        let task_id = run.task("첫 배포");
        go(&run.team.mentee, task_id, InProgress, "").await.unwrap();
        for _ in 0..8 {
            go(&run.team.mentee, task_id, Submitted, "").await.unwrap();
            let before = show(&run.team.mentor, task_id).await.task;
            let (mentee, mentor) = (run.team.mentee.clone(), run.team.mentor.clone());
            let back = tokio::spawn(async move { go(&mentee, task_id, InProgress, "").await.is_ok() });
            let returned = tokio::spawn(async move { go(&mentor, task_id, Returned, "다시").await.is_ok() });
            let (back, returned) = (back.await.unwrap(), returned.await.unwrap());
            let after = show(&run.team.mentor, task_id).await.task;
            // A returned task may be taken up again right after; each that happened counted once.
            assert_eq!(after.version - before.version, i64::from(back) + i64::from(returned));
            assert_eq!(after.returns - before.returns, i64::from(returned));
            if after.status == Returned {
                go(&run.team.mentee, task_id, InProgress, "").await.unwrap();
            }
            assert_eq!(show(&run.team.mentor, task_id).await.task.status, InProgress);
        }
    }
}
