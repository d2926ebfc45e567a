//! The life of a mentorship: proposed, answered, paused, ended, begun again; told to those concerned, recorded once.

mod plan_stage;

use contract::{
    Code, MentorshipId,
    mentoring::{CreateAbsence, DeleteAbsence, GetMentoring, MentoringPatch, NewAbsence, UpdateMentoring},
    mentorship::{
        CompleteMentorship, CreateMentorship, EndMentorship, EndReason, GetMenteeHome, GetMentorship,
        ListMentorships, Mentorship, MentorshipFilter, MentorshipPatch, MentorshipStatus, PreviewMentorship,
        UpdateMentorship,
    },
    mentorship_dates::{DateConflict, Pause, PauseMentorship, Resume, ResumeMentorship},
    mentorship_events::{MentorshipEvent, MentorshipEventKind},
    mentorship_life::{
        AcceptMentorship, Acceptance, DeclineMentorship, ListMentors, ListMentorshipEvents, MentorFilter,
        MentorshipEventFilter, MentorshipStep, NewProposal, ProposeMentorship, WithdrawMentorship,
    },
    tasks::TaskStatus,
    users::{UpdateUser, UserPatch, UserStatus},
};
use plan_stage::{Running, TASKS, again, curriculum, day, go, new, sql, tasks_of};
use testkit::{Person, Team, bad_fields, on_both_engines, refused};

fn proposal(team: &Team, version: contract::VersionId) -> NewProposal {
    NewProposal {
        mentee_id: team.mentee.user_id,
        mentor_id: team.mentor.user_id,
        version_ids: vec![version],
        start_on: day("2026-09-07"),
        title: String::new(),
        note: "같은 팀이라 부탁드려요".to_owned(),
    }
}

fn accept(mentorship_id: MentorshipId) -> AcceptMentorship {
    AcceptMentorship { mentorship_id, acceptance: Acceptance::default() }
}

fn because(reason: &str) -> EndReason {
    EndReason { reason: reason.to_owned() }
}

fn pause(mentorship_id: MentorshipId, reason: &str) -> PauseMentorship {
    PauseMentorship { mentorship_id, pause: Pause { reason: reason.to_owned(), ..Pause::default() } }
}

fn resume(mentorship_id: MentorshipId) -> ResumeMentorship {
    ResumeMentorship { mentorship_id, resume: Resume::default() }
}

async fn life(person: &Person, mentorship_id: MentorshipId) -> Vec<MentorshipEvent> {
    let ask = ListMentorshipEvents { mentorship_id, filter: MentorshipEventFilter::default() };
    let mut events = person.call(ask).await.expect("events").items;
    events.reverse();
    events
}

async fn kinds(person: &Person, mentorship_id: MentorshipId) -> Vec<MentorshipEventKind> {
    life(person, mentorship_id).await.iter().map(|event| event.kind).collect()
}

async fn read(person: &Person, mentorship_id: MentorshipId) -> Mentorship {
    person.call(GetMentorship { mentorship_id }).await.expect("a mentorship")
}

on_both_engines! {
    async fn a_proposal_becomes_the_plan_that_was_proposed(stage: Stage) {
        use MentorshipEventKind::{Accepted, Proposed, Started};
        let team = stage.team("윤슬로보틱스").await;
        let version = curriculum(stage, &team, "개발자 온보딩", TASKS).await;
        let preview = team.admin.call(PreviewMentorship { mentorship: new(&team, &[version], "2026-09-07") }).await.unwrap();
        let proposed = team.admin.call(ProposeMentorship { proposal: proposal(&team, version) }).await.unwrap();
        let id = proposed.mentorship_id;
        assert_eq!((proposed.status, proposed.started_at, proposed.proposed_by), (MentorshipStatus::Proposed, None, Some(team.admin.user_id)));
        assert_eq!(proposed.allowed, [MentorshipStep::Withdraw]);
        assert_eq!(read(&team.mentor, id).await.allowed, [MentorshipStep::Accept, MentorshipStep::Decline]);
        assert!(tasks_of(&team.mentor, id).await.is_empty(), "nothing is made before the mentor agrees");

        // The mentee does not see it, nobody else answers it.
        assert_eq!(refused(team.mentee.call(GetMentorship { mentorship_id: id }).await).code, Code::NotFound);
        assert!(team.mentee.call(GetMenteeHome {}).await.unwrap().mentorship.is_none());
        assert!(team.mentee.call(ListMentorships { filter: MentorshipFilter::default() }).await.unwrap().items.is_empty());
        let events = ListMentorshipEvents { mentorship_id: id, filter: MentorshipEventFilter::default() };
        assert_eq!(refused(team.mentee.call(events).await).code, Code::NotFound);
        assert_eq!(refused(team.other_mentor.call(accept(id)).await).code, Code::NotFound);
        assert_eq!(refused(team.admin.call(accept(id)).await).code, Code::Denied);
        assert_eq!(refused(team.mentor.call(WithdrawMentorship { mentorship_id: id }).await).code, Code::Denied);
        let again_proposed = team.admin.call(ProposeMentorship { proposal: proposal(&team, version) }).await;
        assert_eq!(refused(again_proposed).code, Code::AlreadyProposed);
        let twice = team.admin.call(PreviewMentorship { mentorship: new(&team, &[version], "2026-09-07") }).await.unwrap();
        assert_eq!(twice.warnings, ["already_proposed"]);

        let started = team.mentor.call(accept(id)).await.unwrap();
        assert_eq!((started.status, started.end_on, started.started_at), (MentorshipStatus::Active, preview.end_on, Some(stage.clock.now())));
        let dated: Vec<_> = tasks_of(&team.mentee, id).await.into_iter().map(|task| (task.title, task.starts_on, task.due_on)).collect();
        let shown: Vec<_> = preview.tasks.into_iter().map(|task| (task.title, task.starts_on, task.due_on)).collect();
        assert_eq!(dated, shown);
        let owner = tasks_of(&team.mentee, id).await.into_iter().find(|task| task.title == "계정 발급").unwrap().owner_id;
        assert_eq!(owner, team.admin.user_id, "the admin's task is the proposer's");
        assert_eq!(kinds(&team.mentee, id).await, [Proposed, Accepted, Started]);
        let first = &life(&team.admin, id).await[0];
        assert_eq!((first.comment.as_deref(), first.actor_name.as_deref()), (None, Some("정민재")));
        let note = async |person: &Person| read(person, id).await.proposal_note;
        assert_eq!(note(&team.mentor).await.as_deref(), Some("같은 팀이라 부탁드려요"));
        assert_eq!(note(&team.mentee).await, None, "that was for the mentor");
        assert_eq!(refused(team.mentor.call(accept(id)).await).code, Code::Conflict);

        let mails = stage.mails().await;
        let to = |address: &str, text: &str| mails.iter().filter(|mail| mail.contains(&format!("<{address}>")) && mail.contains(text)).count();
        assert_eq!(to(&team.mentor.email, "제안받았어요"), 1);
        assert_eq!(to(&team.mentor.email, "같은 팀이라 부탁드려요"), 1);
        assert_eq!(to(&team.admin.email, "멘토를 맡기로 했어요"), 1);
        assert_eq!(to(&team.mentee.email, "준비됐어요"), 1);
        assert_eq!(mails.len(), 3);
    }

    async fn a_declined_or_withdrawn_proposal_leaves_room_for_another(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let version = curriculum(stage, &team, "개발자 온보딩", TASKS).await;
        let first = team.admin.call(ProposeMentorship { proposal: proposal(&team, version) }).await.unwrap().mentorship_id;
        let silent = DeclineMentorship { mentorship_id: first, reason: because("  ") };
        assert_eq!(bad_fields(team.mentor.call(silent).await), ["reason required"]);
        let declined = team.mentor.call(DeclineMentorship { mentorship_id: first, reason: because("9월은 어려워요") }).await.unwrap();
        assert_eq!((declined.status, declined.end_reason.as_deref(), declined.started_at), (MentorshipStatus::Ended, Some("9월은 어려워요"), None));
        assert_eq!(refused(team.mentor.call(accept(first)).await).code, Code::Conflict);
        assert_eq!(refused(team.mentee.call(GetMentorship { mentorship_id: first }).await).code, Code::NotFound, "it never began");

        let mut other = proposal(&team, version);
        other.mentor_id = team.other_mentor.user_id;
        let second = team.admin.call(ProposeMentorship { proposal: other }).await.unwrap().mentorship_id;
        let withdrawn = team.admin.call(WithdrawMentorship { mentorship_id: second }).await.unwrap();
        assert_eq!(withdrawn.status, MentorshipStatus::Ended);
        assert_eq!(refused(team.other_mentor.call(accept(second)).await).code, Code::Conflict);
        let third = team.admin.call(ProposeMentorship { proposal: proposal(&team, version) }).await.unwrap().mentorship_id;
        // Another first day than the proposed one, and in between the mentee got a mentor.
        let elsewhere = new(&team, &[version], "2026-09-14");
        let elsewhere = contract::mentorship::NewMentorship { mentor_id: Some(team.other_mentor.user_id), ..elsewhere };
        let running = team.admin.call(CreateMentorship { mentorship: elsewhere }).await.unwrap().mentorship_id;
        assert_eq!(refused(team.mentor.call(accept(third)).await).code, Code::AlreadyMentored);
        team.admin.call(EndMentorship { mentorship_id: running, reason: because("부서 이동") }).await.unwrap();
        let later = Acceptance { start_on: Some(day("2026-09-21")) };
        let accepted = team.mentor.call(AcceptMentorship { mentorship_id: third, acceptance: later }).await.unwrap();
        assert_eq!(accepted.start_on, day("2026-09-21"));
        assert_eq!(tasks_of(&team.mentee, third).await[0].starts_on, day("2026-09-21"));
        let home = team.mentee.call(GetMenteeHome {}).await.unwrap();
        assert_eq!(home.mentorship.map(|one| one.mentorship_id), Some(third), "matched again after an end");
    }

    async fn somebody_invited_can_be_mentored_before_the_first_sign_in(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let version = curriculum(stage, &team, "개발자 온보딩", TASKS).await;
        sql(stage, "UPDATE users SET status = 'invited' WHERE user_id = $1", team.mentee.user_id.0).await;
        let preview = team.mentor.call(PreviewMentorship { mentorship: new(&team, &[version], "2026-09-07") }).await.unwrap();
        assert_eq!(preview.warnings, ["mentee_invited"]);
        let started = team.mentor.call(CreateMentorship { mentorship: new(&team, &[version], "2026-09-07") }).await.unwrap();
        assert_eq!(started.mentee_status, UserStatus::Invited);
        assert!(stage.mails().await.is_empty(), "who has not signed in yet has the invitation, and nothing else");
        sql(stage, "UPDATE users SET status = 'active' WHERE user_id = $1", team.mentee.user_id.0).await;
        assert_eq!(tasks_of(&team.mentee, started.mentorship_id).await.len(), TASKS.len());
        // An invited mentor can't be one yet.
        sql(stage, "UPDATE users SET status = 'invited' WHERE user_id = $1", team.other_mentor.user_id.0).await;
        let mut bad = proposal(&team, version);
        bad.mentee_id = team.other_mentee.user_id;
        bad.mentor_id = team.other_mentor.user_id;
        assert_eq!(bad_fields(team.admin.call(ProposeMentorship { proposal: bad }).await), ["mentor_id not_active"]);
    }

    async fn of_two_mentors_who_start_at_once_one_wins(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let version = curriculum(stage, &team, "개발자 온보딩", TASKS).await;
        let start = |mentor: &Person| {
            let mentorship = contract::mentorship::NewMentorship { mentor_id: None, ..new(&team, &[version], "2026-09-07") };
            let mentor = mentor.clone();
            async move { mentor.call(CreateMentorship { mentorship }).await }
        };
        let (one, two) = tokio::join!(start(&team.mentor), start(&team.other_mentor));
        let (won, lost) = if one.is_ok() { (one, two) } else { (two, one) };
        let won = won.expect("one of them starts it");
        assert_eq!(refused(lost).code, Code::AlreadyMentored);
        let all = team.admin.call(ListMentorships { filter: MentorshipFilter::default() }).await.unwrap().items;
        assert_eq!(all.iter().map(|one| one.mentorship_id).collect::<Vec<_>>(), [won.mentorship_id]);
        assert_eq!(tasks_of(&team.mentee, won.mentorship_id).await.len(), TASKS.len(), "the loser left no task behind");
    }

    async fn every_step_is_refused_where_the_table_has_none(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        assert_eq!(refused(team.mentor.call(resume(id)).await).code, Code::Conflict);
        assert_eq!(refused(team.mentee.call(pause(id, "-")).await).code, Code::Denied);
        assert_eq!(bad_fields(team.mentor.call(pause(id, " ")).await), ["reason required"]);
        team.mentor.call(pause(id, "육아 휴직")).await.unwrap();
        let paused = read(&team.mentee, id).await;
        assert_eq!((paused.status, paused.paused_on), (MentorshipStatus::Paused, Some(day("2026-09-01"))));
        assert_eq!(paused.allowed, []);
        assert_eq!(refused(team.mentor.call(pause(id, "-")).await).code, Code::Conflict);
        assert_eq!(refused(go(&team.mentee, run.task("개발 환경 준비"), TaskStatus::InProgress, "").await).code, Code::Conflict);
        // It can be handed over and ended while it is paused.
        let patch = MentorshipPatch { title: None, mentor_id: Some(team.other_mentor.user_id) };
        team.admin.call(UpdateMentorship { mentorship_id: id, patch }).await.unwrap();
        assert_eq!(refused(team.mentor.call(resume(id)).await).code, Code::NotFound);
        let done = team.other_mentor.call(CompleteMentorship { mentorship_id: id }).await.unwrap();
        assert_eq!((done.status, done.paused_on, done.allowed.len()), (MentorshipStatus::Completed, None, 0));
        assert_eq!(refused(team.other_mentor.call(resume(id)).await).code, Code::Conflict);
        use MentorshipEventKind::{Completed, HandedOver, Paused, Started};
        assert_eq!(kinds(&team.mentee, id).await, [Started, Paused, HandedOver, Completed]);
    }

    async fn a_suspended_mentee_s_plan_stands_until_somebody_decides(stage: Stage) {
        let run = Running::on(stage).await;
        let (team, id) = (&run.team, run.mentorship.mentorship_id);
        let suspend = |status| UpdateUser { user_id: team.mentee.user_id, patch: UserPatch { status: Some(status), ..UserPatch::default() } };
        team.admin.call(suspend(UserStatus::Suspended)).await.unwrap();
        let standing = read(&team.mentor, id).await;
        assert_eq!((standing.status, standing.mentee_status), (MentorshipStatus::Active, UserStatus::Suspended));
        team.mentor.call(pause(id, "휴직")).await.unwrap();
        assert_eq!(refused(team.mentor.call(resume(id)).await).code, Code::Conflict, "not while the mentee is suspended");
        team.admin.call(suspend(UserStatus::Active)).await.unwrap();
        let resumed = team.mentor.call(resume(id)).await.unwrap();
        assert!(resumed.is_applied);
        assert_eq!(read(&team.mentor, id).await.status, MentorshipStatus::Active);
    }

    async fn a_mentorship_outlives_its_department_and_curriculum(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let version = curriculum(stage, &team, "개발자 온보딩", TASKS).await;
        let wanted = new(&team, &[version], "2026-09-07");
        team.mentor.call(PreviewMentorship { mentorship: wanted.clone() }).await.unwrap();
        let proposed = team.admin.call(ProposeMentorship { proposal: proposal(&team, version) }).await.unwrap();
        // While the preview is open somebody archives the curriculum: neither start nor acceptance make a plan of it.
        let archive = proposed.sources[0].curriculum_id.0;
        sql(stage, "UPDATE curricula SET is_archived = TRUE WHERE curriculum_id = $1", archive).await;
        assert_eq!(refused(team.mentor.call(CreateMentorship { mentorship: wanted }).await).code, Code::Archived);
        assert_eq!(refused(team.mentor.call(accept(proposed.mentorship_id)).await).code, Code::Archived);
        sql(stage, "UPDATE curricula SET is_archived = FALSE WHERE curriculum_id = $1", archive).await;
        let id = team.mentor.call(accept(proposed.mentorship_id)).await.unwrap().mentorship_id;
        sql(stage, "UPDATE curricula SET is_archived = TRUE WHERE curriculum_id = $1", archive).await;
        sql(stage, "UPDATE users SET department_id = NULL WHERE department_id = $1", team.department_id.0).await;
        sql(stage, "DELETE FROM departments WHERE department_id = $1", team.department_id.0).await;
        let standing = read(&team.mentor, id).await;
        assert_eq!((standing.mentee_department, standing.status), (None, MentorshipStatus::Active));
        team.mentor.call(pause(id, "-")).await.unwrap();
        team.mentor.call(resume(id)).await.unwrap();
    }

    async fn a_mentor_s_capacity_and_absences_are_told_before_the_start(stage: Stage) {
        let run = Running::on(stage).await;
        let team = &run.team;
        let mentor_id = team.mentor.user_id;
        let capacity = |capacity| UpdateMentoring { user_id: mentor_id, patch: MentoringPatch { capacity: Some(capacity) } };
        assert_eq!(bad_fields(team.mentor.call(capacity(Some(1))).await), ["capacity not_allowed"]);
        assert_eq!(bad_fields(team.admin.call(capacity(Some(101))).await), ["capacity too_large"]);
        let numbers = team.admin.call(capacity(Some(1))).await.unwrap();
        assert_eq!((numbers.capacity, numbers.company_capacity, numbers.load), (Some(1), None, 1));

        let away = |starts_on: &str, ends_on: &str| {
            let absence = NewAbsence { starts_on: day(starts_on), ends_on: day(ends_on), reason: "예비군".to_owned() };
            CreateAbsence { user_id: mentor_id, absence }
        };
        assert_eq!(bad_fields(team.mentor.call(away("2026-09-10", "2026-09-09")).await), ["ends_on before_start"]);
        assert_eq!(bad_fields(team.mentor.call(away("2026-08-01", "2026-08-02")).await), ["ends_on too_early"]);
        assert_eq!(refused(team.other_mentor.call(away("2026-09-08", "2026-09-10")).await).code, Code::NotFound);
        assert_eq!(refused(team.mentee.call(away("2026-09-08", "2026-09-10")).await).code, Code::Denied);
        let absence = team.mentor.call(away("2026-09-08", "2026-09-09")).await.unwrap();
        // "개발 환경 준비" is due on the 9th, the mentor's "팀 소개" is on the 8th; what is due on the 11th is not concerned.
        assert_eq!(absence.tasks, 2);

        let mut wanted = new(team, &[run.version_id], "2026-09-07");
        wanted.mentee_id = team.other_mentee.user_id;
        let preview = team.admin.call(PreviewMentorship { mentorship: wanted.clone() }).await.unwrap();
        assert_eq!(preview.warnings, ["mentor_overloaded", "mentor_away"]);
        assert_eq!((preview.mentor_load, preview.mentor_capacity), (1, Some(1)));
        let away_tasks: Vec<_> = preview.tasks.iter().filter(|task| task.conflicts.contains(&DateConflict::OnAbsence)).map(|task| task.title.as_str()).collect();
        assert_eq!(away_tasks, ["개발 환경 준비", "팀 소개"]);

        stage.clock.set_day(day("2026-09-08"));
        let (admin, mentor) = (again(stage, &team.admin).await, again(stage, &team.mentor).await);
        let mentors = admin.call(ListMentors { filter: MentorFilter::default() }).await.unwrap().items;
        let names: Vec<_> = mentors.iter().map(|mentor| (mentor.name.as_str(), mentor.load, mentor.is_full(), mentor.away_until)).collect();
        assert_eq!(names, [("허지안", 0, false, None), ("박서연", 1, true, Some(day("2026-09-09")))]);
        let search = |text: &str| ListMentors { filter: MentorFilter { search: Some(text.to_owned()), limit: None } };
        assert_eq!(admin.call(search("ㅂㅅㅇ")).await.unwrap().items.len(), 1);
        assert_eq!(admin.call(search("%")).await.unwrap().items.len(), 0);

        mentor.call(DeleteAbsence { user_id: mentor_id, absence_id: absence.absence_id }).await.unwrap();
        let gone = mentor.call(DeleteAbsence { user_id: mentor_id, absence_id: absence.absence_id }).await;
        assert_eq!(refused(gone).code, Code::NotFound);
        assert!(mentor.call(GetMentoring { user_id: mentor_id }).await.unwrap().absences.is_empty());
        let other = mentor.call(GetMentoring { user_id: team.other_mentor.user_id }).await;
        assert_eq!(refused(other).code, Code::NotFound);
        let cleared = admin.call(capacity(None)).await.unwrap();
        assert_eq!(cleared.capacity, None);
    }
}
