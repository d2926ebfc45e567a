//! Suggestions say why and why not; a matching pairs a group, is edited by a person, and starts everybody it can.

mod plan_stage;

use contract::{
    Code, MatchingId, UserId,
    matching::{
        AssignMatching, BarrierKind, CreateMatching, DeleteMatching, GetMatching, ListMatchings,
        ListSuggestions, Matching, MatchingFilter, MatchingPatch, MatchingState, NewMatching, PairChange,
        PublishMatching, ReasonKind, SuggestionFilter, UpdateMatching,
    },
    mentorship::{ListMentorships, MentorshipFilter},
    policy::{Role, Roles},
    users::{UpdateUser, UserPatch},
};
use plan_stage::{TASKS, curriculum, day, sql};
use testkit::{Person, Stage, Team, bad_fields, on_both_engines, refused};

async fn newcomer(stage: &Stage, team: &Team, number: u8) -> Person {
    let email = format!("new{number}@c{}.example", team.company_id.0);
    let name = ["가을", "나래", "다온", "라온", "마루", "바다"][usize::from(number) % 6];
    let roles = Roles::of([Role::Mentee]);
    stage.person(Some(&team.company_id), Some(team.department_id), ("강", name), &email, roles).await
}

async fn patch(team: &Team, user_id: UserId, patch: UserPatch) {
    team.admin.call(UpdateUser { user_id, patch }).await.expect("a changed person");
}

fn for_mentee(mentee_id: UserId) -> ListSuggestions {
    let filter =
        SuggestionFilter { mentee_id: Some(mentee_id), hidden: Some(true), ..SuggestionFilter::default() };
    ListSuggestions { filter }
}

fn new(mentees: &[&Person], mentors: &[&Person]) -> NewMatching {
    NewMatching {
        title: "9월 입사".into(),
        mentee_ids: mentees.iter().map(|person| person.user_id).collect(),
        mentor_ids: mentors.iter().map(|person| person.user_id).collect(),
        version_ids: Vec::new(),
        start_on: day("2026-09-07"),
    }
}

fn change(matching: &Matching, patch: MatchingPatch) -> UpdateMatching {
    UpdateMatching { matching_id: matching.matching_id, patch, if_match: Some(matching.version) }
}

fn pair(mentee: &Person, mentor: Option<Option<UserId>>) -> PairChange {
    PairChange { mentee_id: mentee.user_id, mentor_id: mentor, is_locked: None, is_left_out: None }
}

fn pairs(pairs: Vec<PairChange>) -> MatchingPatch {
    MatchingPatch { pairs, ..MatchingPatch::default() }
}

fn mentor_of(matching: &Matching, mentee: &Person) -> Option<UserId> {
    let pair = matching.pairs.iter().find(|pair| pair.mentee.user_id == mentee.user_id);
    pair.expect("a pair of the matching").mentor_id
}

on_both_engines! {
    async fn suggestions_name_their_reasons_and_who_is_left_out(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        for (person, job, tags) in [(&team.mentee, "백엔드 개발", ["rust", "등산"]), (&team.mentor, "백엔드 개발", ["Rust", "수영"])] {
            let (job_title, tags) = (Some(Some(job.to_owned())), Some(tags.map(str::to_owned).to_vec()));
            patch(&team, person.user_id, UserPatch { job_title, tags, ..UserPatch::default() }).await;
        }
        let found = team.admin.call(for_mentee(team.mentee.user_id)).await.unwrap();
        let best = &found.items[0];
        assert_eq!((best.person.user_id, best.points), (team.mentor.user_id, 40 + 20 + 5 + 10 + 6));
        let kinds: Vec<_> = best.reasons.iter().map(|reason| reason.kind).collect();
        use ReasonKind::*;
        assert_eq!(kinds, [SameDepartment, SameJobTitle, CommonTags, SameLanguage, FreePlaces]);
        assert_eq!(best.reasons[2].detail, "Rust");
        assert_eq!((found.items.len(), found.hidden), (2, 0));

        // The line manager is out, and so is who has no place left; both are named with the reason.
        patch(&team, team.mentee.user_id, UserPatch { manager_id: Some(Some(team.mentor.user_id)), ..UserPatch::default() }).await;
        sql(stage, "UPDATE users SET mentor_capacity = 0 WHERE user_id = $1", team.other_mentor.user_id.0).await;
        let found = team.admin.call(for_mentee(team.mentee.user_id)).await.unwrap();
        assert!(found.items.is_empty());
        let why: Vec<_> = found.not_suggested.iter().map(|one| (one.person.user_id, one.barriers.clone())).collect();
        assert_eq!(why, [
            (team.mentor.user_id, vec![BarrierKind::OwnManager]), (team.other_mentor.user_id, vec![BarrierKind::NoPlace]),
        ]);
        let filter = SuggestionFilter { mentee_id: Some(team.mentee.user_id), ..SuggestionFilter::default() };
        let quiet = team.admin.call(ListSuggestions { filter }).await.unwrap();
        assert_eq!((quiet.hidden, quiet.not_suggested.len()), (2, 0), "named when asked for");
    }

    async fn a_mentor_asks_about_themselves_alone(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let other = stage.team("다른회사").await;
        let found = team.mentor.call(for_mentee(team.mentee.user_id)).await.unwrap();
        let who: Vec<_> = found.items.iter().map(|one| one.person.user_id).collect();
        assert_eq!((who, found.hidden), (vec![team.mentor.user_id], 0));
        let own = team.mentor.call(ListSuggestions { filter: SuggestionFilter::default() }).await.unwrap();
        let who: Vec<_> = own.items.iter().map(|one| one.person.user_id).collect();
        assert_eq!(who, [team.mentee.user_id, team.other_mentee.user_id], "mentees without a mentor");
        let filter = SuggestionFilter { mentor_id: Some(team.other_mentor.user_id), ..SuggestionFilter::default() };
        assert_eq!(bad_fields(team.mentor.call(ListSuggestions { filter: filter.clone() }).await), ["mentor_id not_allowed"]);
        assert_eq!(team.admin.call(ListSuggestions { filter }).await.unwrap().items.len(), 2);
        let neither = team.admin.call(ListSuggestions { filter: SuggestionFilter::default() }).await;
        assert_eq!(bad_fields(neither), ["mentee_id required"]);
        let both = SuggestionFilter {
            mentee_id: Some(team.mentee.user_id), mentor_id: Some(team.mentor.user_id), ..SuggestionFilter::default()
        };
        assert_eq!(bad_fields(team.admin.call(ListSuggestions { filter: both }).await), ["mentor_id not_allowed"]);
        assert_eq!(refused(other.admin.call(for_mentee(team.mentee.user_id)).await).code, Code::NotFound);
        assert_eq!(refused(team.mentee.call(for_mentee(team.mentee.user_id)).await).code, Code::Denied);
    }

    async fn a_manager_is_set_by_an_admin_and_of_the_company(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let other = stage.team("다른회사").await;
        let with = |manager: Option<UserId>| UpdateUser {
            user_id: team.mentee.user_id, patch: UserPatch { manager_id: Some(manager), ..UserPatch::default() },
        };
        assert_eq!(bad_fields(team.admin.call(with(Some(other.mentor.user_id))).await), ["manager_id not_found"]);
        assert_eq!(bad_fields(team.admin.call(with(Some(team.mentee.user_id))).await), ["manager_id same_person"]);
        assert_eq!(refused(team.mentor.call(with(None)).await).code, Code::Denied);
        let set = team.admin.call(with(Some(team.mentor.user_id))).await.unwrap();
        assert_eq!(set.manager_id, Some(team.mentor.user_id));
        let kept = team.admin.call(UpdateUser { user_id: team.mentee.user_id, patch: UserPatch { position: Some(Some("사원".into())), ..UserPatch::default() } }).await.unwrap();
        assert_eq!(kept.manager_id, Some(team.mentor.user_id), "what isn't named stays");
        assert_eq!(team.admin.call(with(None)).await.unwrap().manager_id, None);
    }

    async fn a_group_is_matched_edited_matched_again_and_started(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let version = curriculum(stage, &team, "개발자 온보딩", TASKS).await;
        let mut people = Vec::new();
        for number in 0..4 {
            people.push(newcomer(stage, &team, number).await);
        }
        let all: Vec<&Person> = people.iter().collect();
        for mentor in [&team.mentor, &team.other_mentor] {
            sql(stage, "UPDATE users SET mentor_capacity = 2 WHERE user_id = $1", mentor.user_id.0).await;
        }
        let made = team.admin.call(CreateMatching { matching: new(&all, &[&team.mentor, &team.other_mentor]) }).await.unwrap();
        assert_eq!((made.pairs.len(), made.version, made.state), (4, 1, MatchingState::Open));
        let loads: Vec<_> = made.mentors.iter().map(|load| (load.assigned, load.person.capacity)).collect();
        assert_eq!(loads, [(2, Some(2)), (2, Some(2))], "no one above capacity");
        assert!(made.pairs.iter().all(|pair| pair.barriers.is_empty() && pair.points == 40 + 10 + 4 && pair.best.len() == 2));
        assert_eq!(made.total, 4 * 54 - 2 * 2, "the second mentee of a mentor costs two points");
        let listed = team.admin.call(ListMatchings { filter: MatchingFilter::default() }).await.unwrap();
        assert_eq!((listed.items[0].mentees, listed.items[0].assigned, listed.items[0].started), (4, 4, 0));

        // One is moved by hand (and locked by that), one left out; the rest is worked out around them.
        let from = mentor_of(&made, all[0]).unwrap();
        let to = if from == team.mentor.user_id { team.other_mentor.user_id } else { team.mentor.user_id };
        let out = PairChange { is_left_out: Some(true), ..pair(all[1], None) };
        let edited = team.admin.call(change(&made, pairs(vec![pair(all[0], Some(Some(to))), out]))).await.unwrap();
        assert_eq!(mentor_of(&edited, all[0]), Some(to));
        assert_eq!(refused(team.admin.call(change(&made, pairs(vec![]))).await).code, Code::Stale);
        let again = team.admin.call(AssignMatching { matching_id: made.matching_id }).await.unwrap();
        assert_eq!((mentor_of(&again, all[0]), mentor_of(&again, all[1])), (Some(to), None));
        let locked = again.pairs.iter().filter(|pair| pair.is_locked).count();
        assert_eq!((locked, again.pairs.iter().filter(|pair| pair.is_left_out).count()), (1, 1));
        let again = team.admin.call(GetMatching { matching_id: made.matching_id, if_match: None }).await.unwrap();

        // Without a curriculum nothing starts; with one, all do that are to.
        let publish = PublishMatching { matching_id: made.matching_id };
        assert_eq!(bad_fields(team.admin.call(publish.clone()).await), ["version_ids required"]);
        let with = MatchingPatch { version_ids: Some(vec![version]), title: Some("가을 공채".into()), ..MatchingPatch::default() };
        let ready = team.admin.call(change(&again, with)).await.unwrap();
        assert_eq!(ready.sources[0].title, "개발자 온보딩");
        let done = team.admin.call(publish.clone()).await.unwrap();
        assert_eq!(done.state, MatchingState::Published);
        assert_eq!(done.pairs.iter().filter(|pair| pair.mentorship_id.is_some()).count(), 3);
        assert!(done.pairs.iter().all(|pair| pair.problem.is_none()));
        let filter = MentorshipFilter { mentor_id: Some(to), ..MentorshipFilter::default() };
        let started = team.admin.call(ListMentorships { filter }).await.unwrap();
        assert!(started.items.iter().any(|one| one.mentee_id == all[0].user_id && one.start_on == day("2026-09-07") && one.required == 3));
        assert_eq!(refused(team.admin.call(publish).await).code, Code::Conflict, "nobody starts twice");
        let listed = team.admin.call(ListMatchings { filter: MatchingFilter::default() }).await.unwrap();
        assert_eq!((listed.items[0].started, listed.items[0].title.as_str()), (3, "가을 공채"));
        team.admin.call(DeleteMatching { matching_id: made.matching_id }).await.unwrap();
        assert!(team.admin.call(ListMatchings { filter: MatchingFilter::default() }).await.unwrap().items.is_empty());
    }

    async fn one_who_can_t_start_loses_nobody_else(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let version = curriculum(stage, &team, "개발자 온보딩", TASKS).await;
        let (one, other) = (newcomer(stage, &team, 0).await, newcomer(stage, &team, 1).await);
        let matching = NewMatching { version_ids: vec![version], ..new(&[&one, &other, &team.mentee], &[&team.mentor]) };
        let made = team.admin.call(CreateMatching { matching }).await.unwrap();
        // In the meantime one is suspended, and the mentor is left with one place less than planned.
        sql(stage, "UPDATE users SET status = 'suspended' WHERE user_id = $1", one.user_id.0).await;
        sql(stage, "UPDATE users SET mentor_capacity = 1 WHERE user_id = $1", team.mentor.user_id.0).await;
        let seen = team.admin.call(GetMatching { matching_id: made.matching_id, if_match: None }).await.unwrap();
        let barriers = |person: &Person| seen.pairs.iter().find(|pair| pair.mentee.user_id == person.user_id).unwrap().barriers.clone();
        assert_eq!(barriers(&one), [BarrierKind::NotActive, BarrierKind::NoPlace]);
        let done = team.admin.call(PublishMatching { matching_id: made.matching_id }).await.unwrap();
        let problem = |person: &Person| done.pairs.iter().find(|pair| pair.mentee.user_id == person.user_id).unwrap().problem.clone();
        assert_eq!(problem(&one).as_deref(), Some("not_active"));
        let started = done.pairs.iter().filter(|pair| pair.mentorship_id.is_some()).count();
        let full = [&other, &team.mentee].into_iter().filter(|person| problem(person).as_deref() == Some("no_place")).count();
        assert_eq!((started, full, done.state), (1, 1, MatchingState::Open));
        // Once there is a place, the same can be sent again.
        sql(stage, "UPDATE users SET mentor_capacity = NULL WHERE user_id = $1", team.mentor.user_id.0).await;
        let done = team.admin.call(PublishMatching { matching_id: made.matching_id }).await.unwrap();
        assert_eq!(done.pairs.iter().filter(|pair| pair.mentorship_id.is_some()).count(), 2);
    }

    async fn who_stays_without_a_mentor_is_told_why(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let one = newcomer(stage, &team, 0).await;
        let manager_id = Some(Some(team.mentor.user_id));
        patch(&team, one.user_id, UserPatch { manager_id, ..UserPatch::default() }).await;
        sql(stage, "UPDATE users SET mentor_capacity = 1 WHERE user_id = $1", team.other_mentor.user_id.0).await;
        let matching = new(&[&one, &team.mentee, &team.other_mentee], &[&team.mentor, &team.other_mentor]);
        let mut made = team.admin.call(CreateMatching { matching }).await.unwrap();
        assert_eq!(mentor_of(&made, &one), Some(team.other_mentor.user_id), "the only one who can");
        let barred = change(&made, pairs(vec![pair(&one, Some(Some(team.mentor.user_id)))]));
        assert_eq!(bad_fields(team.admin.call(barred).await), ["pairs.0.mentor_id own_manager"]);
        let stranger = newcomer(stage, &team, 5).await;
        let wrong = pairs(vec![pair(&stranger, None), pair(&one, Some(Some(team.admin.user_id)))]);
        assert_eq!(bad_fields(team.admin.call(change(&made, wrong)).await), ["pairs.0.mentee_id not_found", "pairs.1.mentor_id not_found"]);
        // More than there are places is allowed to a person, with the barrier named.
        made = team.admin.call(change(&made, pairs(vec![pair(&team.mentee, Some(Some(team.other_mentor.user_id)))]))).await.unwrap();
        assert!(made.pairs.iter().filter(|pair| pair.mentor_id == Some(team.other_mentor.user_id)).all(|pair| pair.barriers == [BarrierKind::NoPlace]));
        made = team.admin.call(change(&made, pairs(vec![pair(&one, Some(None))]))).await.unwrap();
        let alone = made.pairs.iter().find(|pair| pair.mentee.user_id == one.user_id).unwrap();
        let why: Vec<_> = alone.why_not.iter().map(|count| (count.barrier, count.mentors)).collect();
        assert_eq!(why, [(BarrierKind::OwnManager, 1), (BarrierKind::NoPlace, 1)]);
        // A mentor who leaves the group is taken from their pairs.
        let left = MatchingPatch { mentor_ids: Some(vec![team.other_mentor.user_id]), ..MatchingPatch::default() };
        made = team.admin.call(change(&made, left)).await.unwrap();
        assert!(made.pairs.iter().all(|pair| pair.mentor_id != Some(team.mentor.user_id)));
    }

    async fn a_matching_is_the_company_s_own(stage: Stage) {
        let team = stage.team("윤슬로보틱스").await;
        let other = stage.team("다른회사").await;
        let mixed = new(&[&team.mentee, &other.mentee], &[&other.mentor]);
        assert_eq!(bad_fields(team.admin.call(CreateMatching { matching: mixed }).await), ["mentee_ids.1 not_found", "mentor_ids.0 not_found"]);
        let late = NewMatching { start_on: day("2020-01-01"), ..new(&[&team.mentee], &[&team.mentor]) };
        assert_eq!(bad_fields(team.admin.call(CreateMatching { matching: late }).await), ["start_on too_early"]);
        let made = team.admin.call(CreateMatching { matching: new(&[&team.mentee], &[&team.mentor]) }).await.unwrap();
        for gone in [made.matching_id, MatchingId(99_999)] {
            assert_eq!(refused(other.admin.call(GetMatching { matching_id: gone, if_match: None }).await).code, Code::NotFound);
            assert_eq!(refused(other.admin.call(DeleteMatching { matching_id: gone }).await).code, Code::NotFound);
        }
        assert_eq!(refused(team.mentor.call(GetMatching { matching_id: made.matching_id, if_match: None }).await).code, Code::Denied);
        assert!(other.admin.call(ListMatchings { filter: MatchingFilter::default() }).await.unwrap().items.is_empty());
    }
}
