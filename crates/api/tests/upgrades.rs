//! Running mentorships brought to a newer version of their curriculum, and taken back.

mod plan_stage;

use chrono::{Duration, NaiveDate};
use contract::curriculum::{
    CreateCurriculum, Draft, NewCurriculum, Priority, Publication, PublishCurriculum, SaveDraft, TemplateTask,
};
use contract::curriculum_diff::TaskField;
use contract::jobs::{GetJob, JobState};
use contract::memo::{CreateMemo, NewMemo};
use contract::mentorship::{CreateMentorship, GetMentorship, Mentorship};
use contract::tasks::{Task, TaskPatch, TaskStatus};
use contract::upgrades::{
    CurriculumUse, GetCurriculumUse, GetUpgrade, KeptBecause, NewUpgrade, PreviewUpgrade, StartUpgrade,
    StepKind, UndoUpgrade, Upgrade, UpgradeChoice, UpgradeFilter, UpgradePreview, UpgradeReason,
    UpgradeState, UseFilter,
};
use contract::{Code, CurriculumId, MentorshipId, VersionId};
use plan_stage::{day, edit, events, go, new, tasks_of};
use testkit::{Person, Stage, Team, bad_fields, on_both_engines, refused, template};

async fn publish(person: &Person, curriculum_id: CurriculumId, tasks: Vec<TemplateTask>) -> VersionId {
    let draft = Draft { week_notes: vec![], tasks };
    person.call(SaveDraft { curriculum_id, draft, if_match: None }).await.unwrap();
    let publish = PublishCurriculum { curriculum_id, publication: Publication::default() };
    person.call(publish).await.unwrap().version_id
}

fn first() -> Vec<TemplateTask> {
    ["a", "b", "c", "d", "e"].iter().zip([1, 1, 2, 2, 3]).map(|(key, week)| template(key, week)).collect()
}

/// `a` reads otherwise, `b` lasts longer and waits for `a`, `c` has another title and priority, `d` is gone,
/// `e` comes a week later, `f` is new.
fn second() -> Vec<TemplateTask> {
    vec![
        TemplateTask { guideline: "하나 넷 셋".to_owned(), ..template("a", 1) },
        TemplateTask { duration: 4, depends_on: vec!["a".to_owned()], ..template("b", 1) },
        TemplateTask { title: "새 이름".to_owned(), priority: Priority::High, ..template("c", 2) },
        template("f", 2),
        template("e", 4),
    ]
}

struct Running {
    team: Team,
    curriculum_id: CurriculumId,
    mentorship: Mentorship,
}

impl Running {
    /// A mentorship on the first version that starts on Monday 2026-09-07; the second is out.
    async fn on(stage: &Stage) -> Self {
        Self::between(stage, first(), second()).await
    }

    async fn between(stage: &Stage, from: Vec<TemplateTask>, to: Vec<TemplateTask>) -> Self {
        let team = stage.team("윤슬로보틱스").await;
        let curriculum =
            NewCurriculum { title: "온보딩".to_owned(), description: String::new(), department_id: None };
        let made = team.mentor.call(CreateCurriculum { curriculum, if_match: None }).await.unwrap();
        let curriculum_id = made.curriculum.curriculum_id;
        let version_id = publish(&team.mentor, curriculum_id, from).await;
        let start = CreateMentorship { mentorship: new(&team, &[version_id], "2026-09-07") };
        let mentorship = team.mentor.call(start).await.unwrap();
        publish(&team.mentor, curriculum_id, to).await;
        Self { team, curriculum_id, mentorship }
    }

    fn id(&self) -> MentorshipId {
        self.mentorship.mentorship_id
    }

    async fn tasks(&self) -> Vec<Task> {
        tasks_of(&self.team.mentor, self.id()).await
    }

    async fn task(&self, key: &str) -> Task {
        let tasks = self.tasks().await;
        tasks.into_iter().find(|task| task.template_key.as_deref() == Some(key)).expect("a task of the plan")
    }

    async fn preview(&self, person: &Person) -> UpgradePreview {
        let filter = UpgradeFilter::default();
        person.call(PreviewUpgrade { curriculum_id: self.curriculum_id, filter }).await.unwrap()
    }

    async fn start(&self, person: &Person) -> Upgrade {
        let upgrade = NewUpgrade { number: 2, choice: UpgradeChoice::Named, mentorship_ids: vec![self.id()] };
        person.call(StartUpgrade { curriculum_id: self.curriculum_id, upgrade }).await.unwrap()
    }

    async fn usage(&self, person: &Person) -> CurriculumUse {
        let filter = UseFilter::default();
        person.call(GetCurriculumUse { curriculum_id: self.curriculum_id, filter }).await.unwrap()
    }
}

async fn work(stage: &Stage) {
    while api::jobs::queue::work_once(&stage.app).await.unwrap() {}
}

/// What of a task must come back to the letter.
fn kept(task: &Task) -> Task {
    Task { version: 0, updated_at: chrono::DateTime::UNIX_EPOCH, ..task.clone() }
}

on_both_engines! {
    async fn the_plan_becomes_what_the_preview_showed_and_comes_back_to_the_letter(stage: Stage) {
        let running = Running::on(stage).await;
        let (team, before) = (&running.team, running.tasks().await);
        let preview = running.preview(&team.mentor).await;
        assert_eq!((preview.number, preview.running, preview.not_yet), (2, 1, 1));
        let person = &preview.people[0];
        assert_eq!((person.from_number, person.added, person.changed, person.dropped, person.kept), (1, 1, 4, 1, 0));

        let upgrade = running.start(&team.mentor).await;
        let job = team.mentor.call(GetJob { job_id: upgrade.job_id.unwrap() }).await.unwrap();
        assert_eq!((job.state, job.done, job.total), (JobState::Waiting, 0, 1));
        assert_eq!(refused(team.mentor.call(UndoUpgrade { upgrade_id: upgrade.upgrade_id }).await).code, Code::Conflict);
        work(stage).await;
        let job = team.mentor.call(GetJob { job_id: job.job_id }).await.unwrap();
        assert_eq!((job.state, job.done, &job.result), (JobState::Done, 1, &serde_json::json!({ "upgraded": 1 })));

        let after = running.tasks().await;
        for step in &person.steps {
            let task = after.iter().find(|task| task.title == step.title).expect("the step's task");
            match step.kind {
                StepKind::Dropped => assert_eq!(task.status, TaskStatus::Skipped),
                _ => assert_eq!((step.starts_on, step.due_on, step.week), (Some(task.starts_on), Some(task.due_on), task.week)),
            }
        }
        let order: Vec<_> = after.iter().map(|task| task.template_key.as_deref().unwrap()).collect();
        assert_eq!(order, ["a", "b", "c", "f", "d", "e"], "what is new stands where the version has it");
        assert_eq!(running.task("a").await.guideline, "하나 넷 셋");
        let b = running.task("b").await;
        assert_eq!((b.due_on, b.waits_for.len()), (day("2026-09-10"), 1));
        let c = running.task("c").await;
        assert_eq!((c.title.as_str(), c.priority), ("새 이름", Priority::High));
        let d = running.task("d").await;
        assert_eq!((d.status, d.status_comment.as_deref()), (TaskStatus::Skipped, Some("온보딩 v2에서 빠진 과제예요.")));
        assert_eq!(running.task("e").await.starts_on, day("2026-09-28"));
        let f = running.task("f").await;
        assert_eq!((f.owner_id, f.submission.as_str(), f.starts_on), (team.mentee.user_id, "## 배운 점", day("2026-09-14")));
        assert_eq!(events(&team.mentor, f.task_id).await.len(), 1);
        let now = team.mentor.call(GetMentorship { mentorship_id: running.id() }).await.unwrap();
        assert_eq!((now.end_on, now.total_weeks, now.sources[0].number), (person.new_end_on, 4, 2));
        assert_eq!(running.preview(&team.mentor).await.running, 0);
        assert_eq!(running.usage(&team.mentor).await.runs.items[0].number, 2);

        let undone = team.mentor.call(UndoUpgrade { upgrade_id: upgrade.upgrade_id }).await.unwrap();
        assert!(undone.undo_until.is_none());
        work(stage).await;
        let back = running.tasks().await;
        assert_eq!(back.iter().map(kept).collect::<Vec<_>>(), before.iter().map(kept).collect::<Vec<_>>());
        let now = team.mentor.call(GetMentorship { mentorship_id: running.id() }).await.unwrap();
        assert_eq!((now.end_on, now.total_weeks, now.sources), (running.mentorship.end_on, 3, running.mentorship.sources.clone()));
        assert_eq!(refused(team.mentor.call(UndoUpgrade { upgrade_id: upgrade.upgrade_id }).await).code, Code::Conflict);
        let mut tx = stage.db.read().await.unwrap();
        let kinds: Vec<(String,)> = tx
            .query("SELECT kind FROM mentorship_events WHERE mentorship_id = $1 AND kind LIKE 'upgrade%' ORDER BY event_id")
            .bind(running.id())
            .all()
            .await
            .unwrap();
        assert_eq!(kinds.iter().map(|kind| kind.0.as_str()).collect::<Vec<_>>(), ["upgraded", "upgrade_undone"]);
        assert_eq!(running.preview(&team.mentor).await.people[0].steps, person.steps, "it could be done again");
    }

    async fn what_was_started_or_written_is_never_touched_and_the_mentors_words_stay(stage: Stage) {
        let running = Running::on(stage).await;
        let team = &running.team;
        let (a, b) = (running.task("a").await, running.task("b").await);
        go(&team.mentee, a.task_id, TaskStatus::InProgress, "").await.unwrap();
        let memo = NewMemo { task_id: b.task_id, body: "질문이 있어요".to_owned(), mentor_only: false };
        team.mentee.call(CreateMemo { memo }).await.unwrap();
        let mine = TaskPatch { title: Some("멘토의 이름".to_owned()), ..TaskPatch::default() };
        edit(&team.mentor, running.task("c").await.task_id, mine).await.unwrap();
        let d = running.task("d").await;
        edit(&team.mentee, d.task_id, TaskPatch { submission: Some("벌써 썼어요".to_owned()), ..TaskPatch::default() })
            .await
            .unwrap();

        let preview = running.preview(&team.admin).await;
        let steps = &preview.people[0].steps;
        let of = |title: &str| steps.iter().find(|step| step.title == title).expect("a step");
        assert_eq!((of("과제 a").kind, of("과제 a").because), (StepKind::Kept, Some(KeptBecause::Started)));
        assert_eq!((of("과제 b").kind, of("과제 b").because), (StepKind::Kept, Some(KeptBecause::Written)));
        assert_eq!((of("과제 d").kind, of("과제 d").because), (StepKind::Kept, Some(KeptBecause::Written)));
        assert_eq!((of("멘토의 이름").kind, &of("멘토의 이름").fields[..]), (StepKind::Changed, &[TaskField::Priority][..]));
        let (a, b, d) = (running.task("a").await, running.task("b").await, running.task("d").await);
        running.start(&team.admin).await;
        work(stage).await;
        assert_eq!([running.task("a").await, running.task("b").await, running.task("d").await], [a, b, d]);
        let c = running.task("c").await;
        assert_eq!((c.title.as_str(), c.priority), ("멘토의 이름", Priority::High));
    }

    async fn a_new_order_is_followed_by_what_is_not_begun_without_a_word_and_taken_back(stage: Stage) {
        let week = |keys: &[&str]| keys.iter().map(|key| template(key, 1)).collect();
        let old = week(&["a", "b", "c", "d", "e"]);
        let running = Running::between(stage, old, week(&["e", "f", "g", "c", "b", "a", "d"])).await;
        let mentor = &running.team.mentor;
        go(&running.team.mentee, running.task("a").await.task_id, TaskStatus::InProgress, "").await.unwrap();
        let before = running.tasks().await;
        let person = running.preview(mentor).await.people.remove(0);
        assert_eq!((person.added, person.changed, person.dropped, person.kept), (2, 0, 0, 0));
        let upgrade = running.start(mentor).await;
        work(stage).await;
        let after = running.tasks().await;
        let order: Vec<_> = after.iter().map(|task| task.template_key.as_deref().unwrap()).collect();
        assert_eq!(order, ["a", "e", "f", "g", "c", "b", "d"]);
        assert_eq!((&after[0], &after[4]), (&before[0], &before[2]), "a is begun, c is where it was");
        assert_eq!(events(mentor, after[1].task_id).await.len(), 1, "e was made, and nothing else");
        mentor.call(UndoUpgrade { upgrade_id: upgrade.upgrade_id }).await.unwrap();
        work(stage).await;
        let back = running.tasks().await;
        assert_eq!(back.iter().map(kept).collect::<Vec<_>>(), before.iter().map(kept).collect::<Vec<_>>());
        let detail = mentor.call(GetUpgrade { upgrade_id: upgrade.upgrade_id }).await.unwrap();
        assert_eq!((detail.people[0].added, detail.people[0].changed), (2, 0));
    }

    async fn undoing_leaves_a_plan_that_was_worked_on_since_and_says_which_task(stage: Stage) {
        let running = Running::on(stage).await;
        let team = &running.team;
        let upgrade = running.start(&team.admin).await;
        work(stage).await;
        let f = running.task("f").await;
        go(&team.mentee, f.task_id, TaskStatus::InProgress, "").await.unwrap();
        let tasks = running.tasks().await;
        team.admin.call(UndoUpgrade { upgrade_id: upgrade.upgrade_id }).await.unwrap();
        work(stage).await;
        assert_eq!(running.tasks().await, tasks);
        let detail = team.admin.call(GetUpgrade { upgrade_id: upgrade.upgrade_id }).await.unwrap();
        let person = &detail.people[0];
        assert_eq!((person.state, person.reason), (UpgradeState::Kept, Some(UpgradeReason::WorkedOn)));
        assert_eq!(person.titles, ["과제 f"]);
        assert_eq!(detail.job.unwrap().result, serde_json::json!({ "kept": 1 }));
    }

    async fn only_for_a_day_an_upgrade_can_be_taken_back(stage: Stage) {
        let running = Running::on(stage).await;
        let upgrade = running.start(&running.team.admin).await;
        work(stage).await;
        stage.clock.advance(Duration::hours(25));
        let mentor = plan_stage::again(stage, &running.team.admin).await;
        let shown = mentor.call(GetUpgrade { upgrade_id: upgrade.upgrade_id }).await.unwrap().upgrade;
        assert!(shown.undo_until.is_none());
        assert_eq!(refused(mentor.call(UndoUpgrade { upgrade_id: upgrade.upgrade_id }).await).code, Code::Conflict);
    }

    async fn those_who_have_come_to_the_changed_week_are_left_out_when_asked(stage: Stage) {
        let running = Running::on(stage).await;
        let team = &running.team;
        let v3: Vec<_> = second().into_iter().chain([template("g", 4)]).collect();
        publish(&team.mentor, running.curriculum_id, v3).await;
        let not_yet = |number| StartUpgrade {
            curriculum_id: running.curriculum_id,
            upgrade: NewUpgrade { number, choice: UpgradeChoice::NotYet, mentorship_ids: vec![] },
        };
        stage.clock.set_day(day("2026-09-16"));
        let mentor = plan_stage::again(stage, &team.mentor).await;
        let preview = running.preview(&mentor).await;
        assert_eq!((preview.running, preview.not_yet, preview.people[0].week), (1, 0, 2));
        assert_eq!(bad_fields(mentor.call(not_yet(3)).await), ["mentorship_ids required"]);
        let floor = preview.people[0].steps.iter().find(|step| step.title == "과제 f").unwrap();
        assert_eq!(floor.starts_on, Some(day("2026-09-16")), "nothing new begins in the past");
        let other = running.preview(&plan_stage::again(stage, &team.other_mentor).await).await;
        assert_eq!((other.running, other.people.len()), (0, 0), "somebody else's mentees");
    }

    async fn an_upgrade_goes_on_after_its_process_died_and_only_its_maker_and_admins_follow_it(stage: Stage) {
        let running = Running::on(stage).await;
        let team = &running.team;
        let upgrade = running.start(&team.mentor).await;
        let mut tx = stage.db.write().await.unwrap();
        let now = stage.clock.now();
        let taken = store::Unscoped::new(&mut tx).take_job(now + Duration::minutes(1), now).await.unwrap();
        tx.commit().await.unwrap();
        assert!(taken.is_some());
        assert!(!api::jobs::queue::work_once(&stage.app).await.unwrap(), "it is held");
        let job_id = upgrade.job_id.unwrap();
        assert_eq!(refused(team.other_mentor.call(GetJob { job_id }).await).code, Code::NotFound);
        assert_eq!(refused(team.mentee.call(GetJob { job_id }).await).code, Code::Denied);
        stage.clock.advance(Duration::minutes(2));
        work(stage).await;
        let job = team.admin.call(GetJob { job_id }).await.unwrap();
        assert_eq!((job.state, job.done), (JobState::Done, 1));
        let strange = NewUpgrade { number: 2, choice: UpgradeChoice::Named, mentorship_ids: vec![running.id()] };
        let strange = StartUpgrade { curriculum_id: running.curriculum_id, upgrade: strange };
        assert_eq!(bad_fields(team.mentor.call(strange.clone()).await), ["mentorship_ids.0 not_found"], "it is on it");
        assert_eq!(bad_fields(team.other_mentor.call(strange).await), ["mentorship_ids.0 not_found"]);
    }
}

/// How long an upgrade of 500 mentorships takes, and what a request waits for meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measure: cargo nextest run -p api --test upgrades --run-ignored only --no-capture"]
async fn five_hundred_mentorships() {
    for engine in [testkit::Engine::Sqlite, testkit::Engine::Postgres] {
        let Some(stage) = Stage::new(engine).await else { continue };
        measure(&stage, &format!("{engine:?}")).await;
        stage.finish().await;
    }
}

async fn measure(stage: &Stage, engine: &str) {
    let team = stage.team("윤슬로보틱스").await;
    let curriculum =
        NewCurriculum { title: "온보딩".to_owned(), description: String::new(), department_id: None };
    let made = team.admin.call(CreateCurriculum { curriculum, if_match: None }).await.unwrap();
    let curriculum_id = made.curriculum.curriculum_id;
    let many = |first: i64| (first..first + 40).map(|n| template(&format!("k{n}"), n / 4 + 1)).collect();
    let version_id = publish(&team.admin, curriculum_id, many(0)).await;
    let start_on: NaiveDate = day("2026-09-07");
    for n in 0..500 {
        let email = format!("m{n}@example.com");
        let roles = contract::policy::Roles::of([contract::policy::Role::Mentee]);
        let mut tx = stage.db.write().await.unwrap();
        let (mentee,): (contract::UserId,) = tx
            .query(
                "INSERT INTO users (company_id, email, email_key, family_name, given_name, name, search_key, roles, tags,
                                    status, locale, theme, password_hash, generation, created_at)
                 VALUES ($1, $2, $2, '김', $3, $3, $3, $4, '[]', 'active', 'ko', 'system', '', 0, $5) RETURNING user_id",
            )
            .bind(team.company_id.clone())
            .bind(email)
            .bind(format!("멘티{n:03}"))
            .bind(roles)
            .bind(stage.clock.now())
            .one()
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let mut start = new(&team, &[version_id], "2026-09-07");
        (start.mentee_id, start.start_on) = (mentee, start_on);
        team.admin.call(CreateMentorship { mentorship: start }).await.unwrap();
    }
    let second: Vec<TemplateTask> = many(5);
    let second =
        second.into_iter().map(|task| TemplateTask { guideline: "새 지침".to_owned(), ..task }).collect();
    publish(&team.admin, curriculum_id, second).await;
    let began = std::time::Instant::now();
    let filter = UpgradeFilter { limit: Some(100), ..UpgradeFilter::default() };
    let preview = team.admin.call(PreviewUpgrade { curriculum_id, filter }).await.unwrap();
    println!("{engine}: preview of 100 of {} in {:?}", preview.running, began.elapsed());
    let began = std::time::Instant::now();
    let upgrade = NewUpgrade { number: 2, choice: UpgradeChoice::NotYet, mentorship_ids: vec![] };
    let upgrade = team.admin.call(StartUpgrade { curriculum_id, upgrade }).await.unwrap();
    println!("{engine}: begun in {:?}", began.elapsed());
    let app = std::sync::Arc::clone(&stage.app);
    let began = std::time::Instant::now();
    let job = tokio::spawn(async move { api::jobs::queue::work_once(&app).await });
    let mut slowest = std::time::Duration::ZERO;
    let mut requests = 0_u32;
    while !job.is_finished() {
        let asked = std::time::Instant::now();
        let patch =
            contract::mentorship::MentorshipPatch { title: Some("이름".to_owned()), mentor_id: None };
        let mentorship_id = preview.people[0].mentorship_id;
        team.admin.call(contract::mentorship::UpdateMentorship { mentorship_id, patch }).await.unwrap();
        slowest = slowest.max(asked.elapsed());
        requests += 1;
    }
    job.await.unwrap().unwrap();
    println!(
        "{engine}: 500 upgraded in {:?}; {requests} writes beside it, the slowest {slowest:?}",
        began.elapsed()
    );
    let detail = team.admin.call(GetUpgrade { upgrade_id: upgrade.upgrade_id }).await.unwrap();
    assert_eq!(detail.job.unwrap().result, serde_json::json!({ "upgraded": 500 }));
}
