//! A matching as it is shown: what is kept, with reasons, barriers and loads as they are now.

use crate::rules::matching::{self, Group};
use contract::{
    UserId,
    matching::{BarrierKind, Choice, MatchMentor, MatchPair, Matching},
    mentorship::PlanSource,
};
use std::{cmp::Reverse, collections::HashMap};
use store::{KeptMatching, KeptPair};

/// How many of a matching's mentors are named as the best for one mentee.
const BEST: usize = 5;

/// What stands between the two when the mentor gets `given` mentees by this matching.
pub fn barriers(group: &Group, mentee: UserId, mentor: UserId, given: i64) -> Vec<BarrierKind> {
    let mut barriers = group.barriers(mentee, mentor);
    if is_over(group, mentor, given) && !barriers.contains(&BarrierKind::NoPlace) {
        barriers.push(BarrierKind::NoPlace);
    }
    barriers
}

fn is_over(group: &Group, mentor: UserId, given: i64) -> bool {
    let places = group.people.get(&mentor).and_then(|mentor| matching::places(mentor));
    places.is_some_and(|places| given > places)
}

/// The whole; people who are gone are left out.
pub fn matching(kept: &KeptMatching, group: &Group, sources: Vec<PlanSource>) -> Matching {
    let mut given: HashMap<UserId, i64> = HashMap::new();
    for mentor in kept.pairs.iter().filter(|pair| pair.is_to_start()).filter_map(|pair| pair.mentor_id) {
        *given.entry(mentor).or_insert(0) += 1;
    }
    let given = |mentor: UserId| given.get(&mentor).copied().unwrap_or(0);
    let mut pairs: Vec<MatchPair> =
        kept.pairs.iter().filter_map(|one| pair(one, kept, group, &given)).collect();
    pairs.sort_by(|a, b| {
        a.mentee.name.cmp(&b.mentee.name).then_with(|| a.mentee.user_id.cmp(&b.mentee.user_id))
    });
    let mut mentors: Vec<MatchMentor> = kept
        .mentor_ids
        .iter()
        .filter_map(|id| group.people.get(id))
        .map(|facts| MatchMentor { person: matching::person(facts), assigned: given(facts.user_id) })
        .collect();
    mentors.sort_by(|a, b| {
        a.person.name.cmp(&b.person.name).then_with(|| a.person.user_id.cmp(&b.person.user_id))
    });
    let total = kept.pairs.iter().filter(|pair| !pair.is_left_out);
    let total = group.total(total.filter_map(|pair| Some((pair.mentee_id, pair.mentor_id?))));
    Matching {
        matching_id: kept.matching_id,
        title: kept.title.clone(),
        state: kept.state,
        start_on: kept.start_on,
        sources,
        pairs,
        mentors,
        total,
        version: kept.version,
        updated_at: kept.updated_at,
    }
}

fn pair(
    kept: &KeptPair,
    of: &KeptMatching,
    group: &Group,
    given: &impl Fn(UserId) -> i64,
) -> Option<MatchPair> {
    let mentee = group.people.get(&kept.mentee_id)?;
    let mentor = kept.mentor_id.and_then(|id| group.people.get(&id));
    let mentor_id = mentor.map(|mentor| mentor.user_id);
    let reasons = mentor_id.map(|mentor| group.reasons(kept.mentee_id, mentor)).unwrap_or_default();
    let is_waiting = kept.mentorship_id.is_none() && !kept.is_left_out;
    let barriers = match mentor_id {
        Some(mentor) if is_waiting => barriers(group, kept.mentee_id, mentor, given(mentor)),
        _ => Vec::new(),
    };
    let why_not = if is_waiting && mentor_id.is_none() {
        group.why_not(kept.mentee_id, &of.mentor_ids, |mentor| !is_over(group, mentor, given(mentor) + 1))
    } else {
        Vec::new()
    };
    let mut best: Vec<Choice> = Vec::new();
    if is_waiting {
        let worth = |id: &UserId| Some(Choice { mentor_id: *id, points: group.worth(kept.mentee_id, *id)? });
        best = of.mentor_ids.iter().filter_map(worth).collect();
        best.sort_by_key(|choice| (Reverse(choice.points), choice.mentor_id));
        best.truncate(BEST);
    }
    Some(MatchPair {
        mentee: matching::person(mentee),
        mentor_id,
        mentor_name: mentor.map(|mentor| mentor.name.clone()),
        is_locked: kept.is_locked,
        is_left_out: kept.is_left_out,
        points: matching::points(&reasons),
        reasons,
        barriers,
        why_not,
        best,
        mentorship_id: kept.mentorship_id,
        problem: kept.problem.clone(),
    })
}
