//! Examples with names, and for the assignment what must hold for every group.

use super::*;
use contract::{DepartmentId, auth::Locale, policy::Roles};
use proptest::prelude::*;

fn facts(id: i64, role: Role) -> MatchFacts {
    MatchFacts {
        user_id: UserId(id),
        name: format!("사람 {id}"),
        department_id: Some(DepartmentId(4)),
        department_name: Some("플랫폼개발팀".into()),
        department_path: "/1/4/".into(),
        position: None,
        job_title: Some("백엔드 개발".into()),
        tags: vec!["Rust".into(), "등산".into()],
        locale: Locale::Ko,
        hired_on: None,
        roles: Roles::of([role]),
        status: UserStatus::Active,
        manager_id: None,
        running: 0,
        capacity: Some(3),
        is_mentored: false,
        is_away: false,
    }
}

fn mentee(id: i64) -> MatchFacts {
    facts(id, Role::Mentee)
}

fn mentor(id: i64) -> MatchFacts {
    facts(id, Role::Mentor)
}

fn said(mentee: &MatchFacts, mentor: &MatchFacts) -> Vec<(ReasonKind, i64, String)> {
    let (mentee, mentor) = (mentee.clone().into(), mentor.clone().into());
    reasons(&mentee, &mentor, false).into_iter().map(|one| (one.kind, one.points, one.detail)).collect()
}

#[test]
fn every_reason_has_its_points_and_says_what_it_is_about() {
    let other = MatchFacts { tags: vec!["rust".into(), "수영".into()], running: 1, ..mentor(2) };
    let expected = [
        (ReasonKind::SameDepartment, 40, "플랫폼개발팀"),
        (ReasonKind::SameJobTitle, 20, "백엔드 개발"),
        (ReasonKind::CommonTags, 5, "rust"),
        (ReasonKind::SameLanguage, 10, "ko"),
        (ReasonKind::FreePlaces, 4, "2"),
    ];
    assert_eq!(said(&mentee(1), &other), expected.map(|(kind, points, of)| (kind, points, of.to_owned())));
    let strange = MatchFacts {
        department_path: "/2/".into(),
        job_title: None,
        tags: vec![],
        locale: Locale::En,
        capacity: None,
        ..mentor(2)
    };
    assert_eq!(said(&mentee(1), &strange), [(ReasonKind::FreePlaces, 6, String::new())]);
    assert_eq!(points(&reasons(&mentee(1).into(), &strange.into(), true)), 6 - 30);
}

#[test]
fn departments_are_above_below_or_beside() {
    use ReasonKind::*;
    for (mentee, mentor, expected) in [
        ("/1/4/", "/1/", Some(DepartmentAbove)),
        ("/1/", "/1/4/9/", Some(DepartmentBelow)),
        ("/1/4/", "/1/5/", Some(DepartmentBeside)),
        ("/1/4/", "/1/4/", Some(SameDepartment)),
        ("/1/4/", "/1/42/", Some(DepartmentBeside)),
        ("/1/", "/2/", None),
        ("", "", None),
        ("/1/4/", "/1/5/9/", None),
    ] {
        assert_eq!(relation(mentee, mentor), expected, "{mentee} {mentor}");
    }
}

#[test]
fn hard_rules_are_named_all_at_once() {
    let gone = MatchFacts {
        status: UserStatus::Suspended,
        roles: Roles::of([Role::Mentee]),
        running: 3,
        is_away: true,
        manager_id: Some(UserId(1)),
        ..mentor(2)
    };
    let newcomer = MatchFacts { manager_id: Some(UserId(2)), ..mentee(1) };
    use BarrierKind::*;
    assert_eq!(
        mentor_barriers(&newcomer, &gone),
        [NotActive, NotAMentor, OwnManager, OwnReport, NoPlace, Away]
    );
    let busy = MatchFacts { is_mentored: true, roles: Roles::of([Role::Mentor]), ..mentee(1) };
    assert_eq!(mentee_barriers(&busy), [NotAMentee, AlreadyMentored]);
    assert_eq!(
        mentor_barriers(&mentee(1), &MatchFacts { roles: mentee(1).roles, ..mentor(1) })[0],
        SamePerson
    );
    let endless = MatchFacts { capacity: None, running: 90, ..mentor(2) };
    assert!(mentor_barriers(&mentee(1), &endless).is_empty());
}

#[test]
fn the_group_goes_before_the_single_pair() {
    // Both fit the first mentor best; only the second newcomer could do with the other.
    let near = MatchFacts { capacity: Some(1), ..mentor(11) };
    let far = MatchFacts { department_path: "/2/".into(), ..mentor(12) };
    let bound = MatchFacts { manager_id: Some(UserId(12)), ..mentee(1) };
    let group = Group::new(vec![bound, mentee(2), near, far], vec![]);
    let pairs = group.assign(&[UserId(1), UserId(2)], &[UserId(11), UserId(12)], &HashMap::new());
    assert_eq!(pairs, BTreeMap::from([(UserId(1), UserId(11)), (UserId(2), UserId(12))]));
    // What is given away is no place any more.
    let taken = HashMap::from([(UserId(11), 1)]);
    let pairs = group.assign(&[UserId(1), UserId(2)], &[UserId(11), UserId(12)], &taken);
    assert_eq!(pairs, BTreeMap::from([(UserId(2), UserId(12))]));
    let why = group.why_not(UserId(1), &[UserId(11), UserId(12)], |mentor| mentor != UserId(11));
    let why: Vec<_> = why.iter().map(|count| (count.barrier, count.mentors)).collect();
    assert_eq!(why, [(BarrierKind::OwnManager, 1), (BarrierKind::NoPlace, 1)]);
}

#[test]
fn the_same_mentor_for_all_costs_more_each_time() {
    let mentors = [mentor(11), mentor(12)];
    let people = (1..=4).map(mentee).chain(mentors).collect();
    let group = Group::new(people, vec![]);
    let pairs = group.assign(&[1, 2, 3, 4].map(UserId), &[UserId(12), UserId(11)], &HashMap::new());
    let of = |mentor: i64| pairs.values().filter(|id| **id == UserId(mentor)).count();
    assert_eq!((of(11), of(12)), (2, 2), "even, though either could take three");
}

#[test]
fn five_hundred_newcomers_and_two_hundred_mentors_are_matched_in_time() {
    let spread = |id: i64, facts: MatchFacts| MatchFacts {
        department_path: format!("/{}/{}/", id % 5, id % 31),
        job_title: Some(format!("직무 {}", id % 7)),
        tags: vec![format!("tag{}", id % 11), format!("tag{}", id % 3)],
        manager_id: Some(UserId(1000 + id % 200)),
        ..facts
    };
    let mentees: Vec<UserId> = (1..=500).map(UserId).collect();
    let mentors: Vec<UserId> = (1001..=1200).map(UserId).collect();
    let people = mentees.iter().map(|id| spread(id.0, mentee(id.0)));
    let people = people.chain(mentors.iter().map(|id| spread(id.0, mentor(id.0)))).collect();
    let group = Group::new(people, vec![]);
    let started = std::time::Instant::now();
    let pairs = group.assign(&mentees, &mentors, &HashMap::new());
    let took = started.elapsed();
    assert_eq!(pairs.len(), 500);
    // Two seconds are promised of a release; this is built without optimisation, beside other tests.
    let most = if cfg!(debug_assertions) { 15 } else { 2 };
    assert!(took.as_secs() < most, "{took:?}");
}

/// A small group in which anything can stand in the way.
fn groups() -> impl Strategy<Value = (Group, Vec<UserId>, Vec<UserId>)> {
    let mentees = prop::collection::vec((0..3_i64, 0..4_i64, 0..6_i64, any::<bool>()), 1..5);
    let mentors = prop::collection::vec((0..3_i64, 0..4_i64, 0..3_i64, any::<bool>()), 1..4);
    let earlier = prop::collection::vec((101..104_i64, 1..5_i64), 0..3);
    (mentees, mentors, earlier).prop_map(|(mentees, mentors, earlier)| {
        let of = |(place, job): (i64, i64), facts: MatchFacts| MatchFacts {
            department_path: format!("/9/{place}/"),
            job_title: Some(format!("직무 {job}")),
            ..facts
        };
        let mut people = Vec::new();
        for (index, (place, job, manager, is_odd)) in (1_i64..).zip(&mentees) {
            let manager_id = Some(UserId(100 + manager));
            let locale = if *is_odd { Locale::En } else { Locale::Ko };
            people.push(MatchFacts { manager_id, locale, ..of((*place, *job), mentee(index)) });
        }
        for (index, (place, job, capacity, is_away)) in (101_i64..).zip(&mentors) {
            let capacity = Some(*capacity);
            people.push(MatchFacts {
                capacity,
                is_away: *is_away && index > 101,
                ..of((*place, *job), mentor(index))
            });
        }
        let ids = |from: i64, count: usize| (from..).take(count).map(UserId).collect::<Vec<_>>();
        let earlier = earlier.into_iter().map(|(mentor, mentee)| (UserId(mentor), UserId(mentee))).collect();
        (Group::new(people, earlier), ids(1, mentees.len()), ids(101, mentors.len()))
    })
}

/// The most pairs there can be and the most they can be worth, by trying everything.
fn by_trying(
    group: &Group,
    mentees: &[UserId],
    mentors: &[UserId],
    chosen: &mut Vec<(UserId, UserId)>,
) -> (usize, i64) {
    let Some((mentee, rest)) = mentees.split_first() else {
        return (chosen.len(), group.total(chosen.clone()));
    };
    let mut best = by_trying(group, rest, mentors, chosen);
    for mentor in mentors {
        let has = i64::try_from(chosen.iter().filter(|(_, other)| other == mentor).count()).unwrap();
        let capacity = group.people[mentor].capacity.unwrap();
        if has < capacity && group.worth(*mentee, *mentor).is_some() {
            chosen.push((*mentee, *mentor));
            best = best.max(by_trying(group, rest, mentors, chosen));
            chosen.pop();
        }
    }
    best
}

proptest! {
    #[test]
    fn an_assignment_is_allowed_best_and_always_the_same((group, mentees, mentors) in groups()) {
        let pairs = group.assign(&mentees, &mentors, &HashMap::new());
        for (mentee, mentor) in &pairs {
            prop_assert!(group.barriers(*mentee, *mentor).is_empty());
        }
        for mentor in &mentors {
            let has = i64::try_from(pairs.values().filter(|id| *id == mentor).count()).unwrap();
            prop_assert!(has <= group.people[mentor].capacity.unwrap());
        }
        let found = (pairs.len(), group.total(pairs.iter().map(|(mentee, mentor)| (*mentee, *mentor))));
        prop_assert_eq!(found, by_trying(&group, &mentees, &mentors, &mut Vec::new()));
        let turned: (Vec<_>, Vec<_>) = (mentees.iter().rev().copied().collect(), mentors.iter().rev().copied().collect());
        prop_assert_eq!(group.assign(&turned.0, &turned.1, &HashMap::new()), pairs);
    }
}
