//! Flags and risks as they are read: on tasks, on lists, filtered, on the mentor's home, in the overview.

mod plan_stage;

use contract::{
    Code,
    companies::{CompanyPatch, UpdateCompany},
    facts::{FlagKind, Pace},
    mentorship::{
        CreateMentorship, GetMenteeHome, GetMentorship, ListMentorships, Mentorship, MentorshipFilter,
        MentorshipSort, RiskFilter,
    },
    overview::{GetMentorHome, GetOverview},
    policy::{Role, Roles},
    tasks::TaskStatus::{Done, InProgress, Returned, Submitted},
};
use plan_stage::{Running, again, day, go, new, show};
use testkit::{Person, Stage, bad_fields, on_both_engines, refused};

async fn list(person: &Person, filter: MentorshipFilter) -> Vec<Mentorship> {
    person.call(ListMentorships { filter }).await.expect("a list").items
}

fn at_risk(risk: RiskFilter) -> MentorshipFilter {
    MentorshipFilter { risk: Some(risk), ..MentorshipFilter::default() }
}

/// A mentee of a mentorship that began on the same day.
async fn another(stage: &Stage, run: &Running, name: &str) -> (Person, Mentorship) {
    let team = &run.team;
    let email = format!("{name}@{}.example", team.company_id.0);
    let roles = Roles::of([Role::Mentee]);
    let person =
        stage.person(Some(&team.company_id), Some(team.department_id), ("문", name), &email, roles).await;
    let mut wanted = new(team, &[run.version_id], "2026-09-07");
    wanted.mentee_id = person.user_id;
    let started = team.mentor.call(CreateMentorship { mentorship: wanted }).await.expect("a mentorship");
    (person, started)
}

on_both_engines! {
    async fn a_filter_by_risk_finds_those_whose_flags_say_so(stage: Stage) {
        let run = Running::on(stage).await;
        let team = &run.team;
        let (waits, waiting) = another(stage, &run, "waits").await;
        let (often, _) = another(stage, &run, "often").await;
        let (fine, _) = another(stage, &run, "fine").await;
        let task = async |person: &Person, mentorship_id| plan_stage::tasks_of(person, mentorship_id).await;
        let submit = async |person: &Person, task_id| {
            go(person, task_id, InProgress, "").await.unwrap();
            go(person, task_id, Submitted, "").await.unwrap();
        };
        stage.clock.set_day(day("2026-09-08"));
        let (waits, often, fine) = (again(stage, &waits).await, again(stage, &often).await, again(stage, &fine).await);
        let first = task(&waits, waiting.mentorship_id).await;
        let first = first.iter().find(|task| task.title == "개발 환경 준비").unwrap().task_id;
        submit(&waits, first).await;
        let home = often.call(GetMenteeHome {}).await.unwrap();
        let again_and_again = home.tasks.iter().find(|task| task.title == "개발 환경 준비").unwrap().task_id;
        submit(&often, again_and_again).await;
        let mentor = again(stage, &team.mentor).await;
        go(&mentor, again_and_again, Returned, "하나").await.unwrap();
        go(&often, again_and_again, Submitted, "").await.unwrap();
        go(&mentor, again_and_again, Returned, "둘").await.unwrap();

        // Wednesday the 9th is the first due date; on Monday the 14th "fine" has been at work, and is late.
        stage.clock.set_day(day("2026-09-14"));
        let (admin, mentor) = (again(stage, &team.admin).await, again(stage, &team.mentor).await);
        let fine = again(stage, &fine).await;
        let home = fine.call(GetMenteeHome {}).await.unwrap();
        let own = home.tasks.iter().find(|task| task.title == "개발 환경 준비").unwrap();
        assert_eq!(own.flags.iter().map(|flag| (flag.kind, flag.count)).collect::<Vec<_>>(), [(FlagKind::Overdue, 3)]);
        go(&fine, own.task_id, InProgress, "").await.unwrap();
        let all = list(&admin, MentorshipFilter::default()).await;
        assert_eq!(all.len(), 4);
        let kinds = |name: &str| {
            let one = all.iter().find(|one| one.mentee_name.contains(name)).unwrap();
            one.facts.risks.iter().map(|risk| (risk.kind, risk.count, risk.is_urgent)).collect::<Vec<_>>()
        };
        use FlagKind::{Overdue, Quiet, Waiting};
        assert_eq!(kinds("한지우"), [(Quiet, 5, true), (Overdue, 3, true)], "never began");
        assert_eq!(kinds("waits"), [(Waiting, 4, false)]);
        assert_eq!(kinds("often"), [(Overdue, 3, true), (FlagKind::Returned, 2, false)]);
        assert_eq!(kinds("fine"), [(Overdue, 3, true)]);
        for (risk, kind) in [
            (RiskFilter::Quiet, Quiet), (RiskFilter::Overdue, Overdue), (RiskFilter::Waiting, Waiting),
            (RiskFilter::Returned, FlagKind::Returned), (RiskFilter::Over, FlagKind::Over),
        ] {
            let told: Vec<_> = all.iter().filter(|one| one.facts.risks.iter().any(|flag| flag.kind == kind)).map(|one| one.mentorship_id).collect();
            let found: Vec<_> = list(&mentor, at_risk(risk)).await.iter().map(|one| one.mentorship_id).collect();
            assert_eq!(found, told, "{risk}");
        }
        assert_eq!(list(&admin, at_risk(RiskFilter::Any)).await.len(), 4);
        assert!(list(&again(stage, &team.other_mentor).await, at_risk(RiskFilter::Any)).await.is_empty());

        let counts = admin.call(GetOverview {}).await.unwrap();
        assert_eq!((counts.active, counts.at_risk), (4, 4));
        for count in &counts.risks {
            let told = all.iter().filter(|one| one.facts.risks.iter().any(|flag| flag.kind == count.kind)).count();
            assert_eq!(usize::try_from(count.count).unwrap(), told, "{}", count.kind);
        }

        // Long after the end all that is open is over.
        stage.clock.set_day(day("2026-11-02"));
        let admin = again(stage, &team.admin).await;
        let late = list(&admin, at_risk(RiskFilter::Over)).await;
        assert_eq!(late.len(), 4);
        assert!(late.iter().all(|one| one.facts.risks[0].kind == FlagKind::Over && one.facts.pace == Pace::Late));
    }

    async fn the_companys_own_thresholds_count(stage: Stage) {
        let run = Running::on(stage).await;
        let company_id = run.team.company_id.clone();
        let set = |waiting_days, quiet_days| UpdateCompany {
            company_id: company_id.clone(),
            patch: CompanyPatch { waiting_days, quiet_days, ..CompanyPatch::default() },
        };
        assert_eq!(bad_fields(run.team.admin.call(set(Some(0), Some(61))).await), ["quiet_days too_large", "waiting_days too_small"]);
        assert_eq!(refused(run.team.mentor.call(set(Some(2), None)).await).code, Code::Denied);
        stage.clock.set_day(day("2026-09-09"));
        let (admin, mentor) = (again(stage, &run.team.admin).await, again(stage, &run.team.mentor).await);
        let mentorship_id = run.mentorship.mentorship_id;
        let risks = async || mentor.call(GetMentorship { mentorship_id }).await.unwrap().facts.risks.len();
        assert_eq!(risks().await, 0);
        let company = admin.call(set(None, Some(2))).await.unwrap();
        assert_eq!((company.waiting_days, company.quiet_days), (3, 2));
        assert_eq!(risks().await, 1, "two days of silence");
    }

    async fn the_mentors_home_has_the_worst_first_and_how_quickly_one_answers(stage: Stage) {
        let run = Running::on(stage).await;
        let (_, calm) = another(stage, &run, "calm").await;
        let mentor = &run.team.mentor;
        stage.clock.set_day(day("2026-09-07"));
        let (mentor, mentee) = (&again(stage, mentor).await, &again(stage, &run.team.mentee).await);
        let home = mentor.call(GetMentorHome {}).await.unwrap();
        assert_eq!((home.mentees.len(), home.reviews, home.median_seconds), (2, 0, None));
        assert!(home.mentees.iter().all(|one| one.facts.pace == Pace::OnTime || one.facts.pace == Pace::Before));
        let task_id = run.task("개발 환경 준비");
        go(mentee, task_id, InProgress, "").await.unwrap();
        for minutes in [10, 30, 20] {
            let mentee = again(stage, mentee).await;
            go(&mentee, task_id, Submitted, "").await.unwrap();
            stage.clock.advance(chrono::Duration::minutes(minutes));
            let (mentee, mentor) = (again(stage, &mentee).await, again(stage, mentor).await);
            go(&mentor, task_id, if minutes == 20 { Done } else { Returned }, "네").await.unwrap();
            if minutes != 20 {
                go(&mentee, task_id, InProgress, "").await.unwrap();
            }
        }
        let mentor = again(stage, mentor).await;
        let home = mentor.call(GetMentorHome {}).await.unwrap();
        assert_eq!((home.reviews, home.median_seconds), (3, Some(20 * 60)));
        let load = again(stage, &run.team.admin).await.call(GetOverview {}).await.unwrap().mentors;
        assert_eq!(load.len(), 1);
        assert_eq!((load[0].mentor_id, load[0].active, load[0].waiting, load[0].reviews, load[0].median_seconds), (mentor.user_id, 2, 0, 3, Some(1200)));
        // Ahead: the task of the 9th is in, and it is the 7th.
        let pair = mentor.call(GetMentorship { mentorship_id: run.mentorship.mentorship_id }).await.unwrap();
        assert_eq!((pair.facts.pace, pair.facts.pace_days), (Pace::Ahead, 2));

        stage.clock.set_day(day("2026-09-11"));
        let mentor = again(stage, &mentor).await;
        let mentees = mentor.call(GetMentorHome {}).await.unwrap().mentees;
        assert_eq!(mentees[0].mentorship_id, calm.mentorship_id, "who never began comes first");
        assert!(mentees[1].facts.risks.is_empty());
        stage.clock.set_day(day("2026-11-02"));
        let home = again(stage, &mentor).await.call(GetMentorHome {}).await.unwrap();
        assert_eq!((home.reviews, home.median_seconds), (0, None), "a month ago is long ago");
        for person in [&run.team.mentee, &run.team.other_mentee] {
            let person = again(stage, person).await;
            assert_eq!(refused(person.call(GetMentorHome {}).await).code, Code::Denied);
            assert_eq!(refused(person.call(GetOverview {}).await).code, Code::Denied);
        }
    }

    async fn a_list_goes_on_in_the_order_it_was_asked_for(stage: Stage) {
        let run = Running::on(stage).await;
        for name in ["b", "a", "c"] {
            another(stage, &run, name).await;
        }
        for sort in MentorshipSort::ALL.iter().copied() {
            let (mut names, mut cursor) = (Vec::new(), None);
            loop {
                let filter = MentorshipFilter { sort: Some(sort), limit: Some(1), cursor, ..MentorshipFilter::default() };
                let page = run.team.admin.call(ListMentorships { filter }).await.unwrap();
                names.extend(page.items.into_iter().map(|one| one.mentee_name));
                cursor = page.next;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(names.len(), 4, "{sort}: {names:?}");
            if sort == MentorshipSort::Name {
                assert!(names.is_sorted(), "{names:?}");
            }
        }
        let department_id = Some(run.team.department_id);
        let here = list(&run.team.admin, MentorshipFilter { department_id, ..MentorshipFilter::default() }).await;
        assert_eq!(here.len(), 4, "all of them work there");
        let elsewhere = Some(contract::DepartmentId(run.team.department_id.0 + 1000));
        assert!(list(&run.team.admin, MentorshipFilter { department_id: elsewhere, ..MentorshipFilter::default() }).await.is_empty());
        stage.clock.set_day(day("2026-09-07"));
        let detail = show(&again(stage, &run.team.mentee).await, run.task("개발 환경 준비")).await;
        let flags: Vec<_> = detail.task.flags.iter().map(|flag| (flag.kind, flag.count)).collect();
        assert_eq!(flags, [(FlagKind::DueSoon, 2)]);
    }
}
