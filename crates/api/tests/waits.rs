//! Tasks that wait for others: locked for the mentee until what comes first is done.

mod plan_stage;

use contract::Code;
use contract::curriculum::{
    CreateCurriculum, Draft, NewCurriculum, Publication, PublishCurriculum, SaveDraft, TemplateTask,
};
use contract::mentorship::{CreateMentorship, GetMenteeHome, Mentorship};
use contract::tasks::{ListTasks, Task, TaskFilter, TaskStatus};
use plan_stage::{go, new, show, tasks_of};
use testkit::{Stage, Team, on_both_engines, refused, template};

fn after(key: &str, week: i64, others: &[&str]) -> TemplateTask {
    TemplateTask { depends_on: others.iter().map(|key| (*key).to_owned()).collect(), ..template(key, week) }
}

async fn running(stage: &Stage) -> (Team, Mentorship) {
    let team = stage.team("윤슬로보틱스").await;
    let curriculum =
        NewCurriculum { title: "온보딩".to_owned(), description: String::new(), department_id: None };
    let made = team.mentor.call(CreateCurriculum { curriculum, if_match: None }).await.unwrap();
    let curriculum_id = made.curriculum.curriculum_id;
    let tasks = vec![after("a", 1, &[]), after("b", 1, &["a"]), after("c", 2, &["a", "b"])];
    let draft = Draft { week_notes: vec![], tasks };
    team.mentor.call(SaveDraft { curriculum_id, draft, if_match: None }).await.unwrap();
    let publish = PublishCurriculum { curriculum_id, publication: Publication::default() };
    let version = team.mentor.call(publish).await.unwrap();
    let start = CreateMentorship { mentorship: new(&team, &[version.version_id], "2026-09-07") };
    let mentorship = team.mentor.call(start).await.unwrap();
    (team, mentorship)
}

fn waits(task: &Task) -> Vec<&str> {
    task.waits_for.iter().map(|other| other.title.as_str()).collect()
}

on_both_engines! {
    async fn a_task_waits_until_what_comes_first_is_done_or_skipped(stage: Stage) {
        let (team, mentorship) = running(stage).await;
        let tasks = tasks_of(&team.mentee, mentorship.mentorship_id).await;
        assert_eq!(tasks.iter().map(waits).collect::<Vec<_>>(), [vec![], vec!["과제 a"], vec!["과제 a", "과제 b"]]);
        let home = team.mentee.call(GetMenteeHome {}).await.unwrap().tasks;
        assert_eq!(home, tasks, "the home says the same");
        let [a, b, c] = [0, 1, 2].map(|place| tasks[place].task_id);
        assert!(tasks[1].allowed.is_empty() && tasks[0].allowed == [TaskStatus::InProgress]);
        let alone = ListTasks { filter: TaskFilter { week: Some(2), ..TaskFilter::default() } };
        let alone = team.mentee.call(alone).await.unwrap().items;
        assert_eq!(waits(&alone[0]), ["과제 a", "과제 b"], "also where they are on another page");
        assert_eq!(waits(&show(&team.mentee, c).await.task), ["과제 a", "과제 b"]);

        let problem = refused(go(&team.mentee, c, TaskStatus::InProgress, "").await);
        assert_eq!((problem.code, problem.detail.as_deref()), (Code::TaskLocked, Some("과제 a, 과제 b")));
        go(&team.mentee, a, TaskStatus::InProgress, "").await.unwrap();
        assert_eq!(refused(go(&team.mentee, b, TaskStatus::InProgress, "").await).code, Code::TaskLocked);
        go(&team.mentee, a, TaskStatus::Submitted, "").await.unwrap();
        go(&team.mentor, a, TaskStatus::Done, "").await.unwrap();
        let b_now = show(&team.mentee, b).await.task;
        assert_eq!((waits(&b_now), &b_now.allowed), (vec![], &vec![TaskStatus::InProgress]));
        go(&team.mentor, b, TaskStatus::Skipped, "이번에는 건너뛰어요").await.unwrap();
        go(&team.mentee, c, TaskStatus::InProgress, "").await.unwrap();
    }

    async fn the_guiding_side_starts_what_has_to_wait(stage: Stage) {
        let (team, mentorship) = running(stage).await;
        let tasks = tasks_of(&team.mentor, mentorship.mentorship_id).await;
        assert!(tasks[1].allowed.contains(&TaskStatus::InProgress), "{:?}", tasks[1].allowed);
        let started = go(&team.mentor, tasks[1].task_id, TaskStatus::InProgress, "").await.unwrap();
        assert!(started.waits_for.is_empty(), "what is started waits no longer");
        go(&team.admin, tasks[2].task_id, TaskStatus::InProgress, "").await.unwrap();
        go(&team.mentee, tasks[2].task_id, TaskStatus::Submitted, "").await.unwrap();
    }
}
