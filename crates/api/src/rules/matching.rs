//! Who fits whom, and the best way to pair a whole group: pure, and the same answer for the same people every time.
//!
//! Points are said here and nowhere else; docs/decisions/0060-matching-by-named-reasons.md says why these.

use contract::{
    UserId,
    matching::{BarrierCount, BarrierKind, MatchPerson, Reason, ReasonKind},
    policy::Role,
    users::UserStatus,
};
use pathfinding::prelude::{Matrix, kuhn_munkres};
use std::collections::{BTreeMap, HashMap, HashSet};
use store::MatchFacts;

const SAME_DEPARTMENT: i64 = 40;
const DEPARTMENT_ABOVE_OR_BELOW: i64 = 25;
const DEPARTMENT_BESIDE: i64 = 15;
const SAME_JOB_TITLE: i64 = 20;
const EACH_TAG: i64 = 5;
const MOST_TAGS: usize = 4;
const SAME_LANGUAGE: i64 = 10;
const EACH_PLACE: i64 = 2;
const MOST_PLACES: i64 = 3;
const EARLIER_PAIR: i64 = -30;
/// What the second mentee of one mentor costs a group, the third twice that, and so on.
pub const CROWDING: i64 = 2;
/// More than all points of a group can be: nobody goes without a mentor for the sake of points.
const SOMEBODY: i64 = 1_000_000;

/// A person with what is compared of them folded once, because in a group everybody is compared with everybody.
#[derive(Debug, Clone)]
pub struct Matchable {
    facts: MatchFacts,
    job: Option<String>,
    tags: Vec<String>,
}

impl From<MatchFacts> for Matchable {
    fn from(facts: MatchFacts) -> Self {
        let job = facts.job_title.as_deref().map(hangul::fold).filter(|job| !job.is_empty());
        let tags = facts.tags.iter().map(|tag| hangul::fold(tag)).collect();
        Self { facts, job, tags }
    }
}

impl std::ops::Deref for Matchable {
    type Target = MatchFacts;

    fn deref(&self) -> &MatchFacts {
        &self.facts
    }
}

/// What a person is to those who match.
#[must_use]
pub fn person(facts: &MatchFacts) -> MatchPerson {
    MatchPerson {
        user_id: facts.user_id,
        name: facts.name.clone(),
        department_name: facts.department_name.clone(),
        position: facts.position.clone(),
        job_title: facts.job_title.clone(),
        hired_on: facts.hired_on,
        running: facts.running,
        capacity: facts.capacity,
    }
}

/// What keeps somebody from getting a mentor at all.
#[must_use]
pub fn mentee_barriers(mentee: &MatchFacts) -> Vec<BarrierKind> {
    let barriers = [
        (mentee.status != UserStatus::Active, BarrierKind::NotActive),
        (!mentee.roles.has(Role::Mentee), BarrierKind::NotAMentee),
        (mentee.is_mentored, BarrierKind::AlreadyMentored),
    ];
    named(&barriers)
}

/// What keeps this mentor from this mentee, the mentee's own barriers aside.
#[must_use]
pub fn mentor_barriers(mentee: &MatchFacts, mentor: &MatchFacts) -> Vec<BarrierKind> {
    let is = |manager: Option<UserId>, person: &MatchFacts| manager == Some(person.user_id);
    let barriers = [
        (mentor.user_id == mentee.user_id, BarrierKind::SamePerson),
        (mentor.status != UserStatus::Active, BarrierKind::NotActive),
        (!mentor.roles.has(Role::Mentor), BarrierKind::NotAMentor),
        (is(mentee.manager_id, mentor), BarrierKind::OwnManager),
        (is(mentor.manager_id, mentee), BarrierKind::OwnReport),
        (places(mentor).is_some_and(|places| places <= 0), BarrierKind::NoPlace),
        (mentor.is_away, BarrierKind::Away),
    ];
    named(&barriers)
}

/// Everything that stands between the two.
#[must_use]
pub fn barriers(mentee: &MatchFacts, mentor: &MatchFacts) -> Vec<BarrierKind> {
    let mut barriers = mentee_barriers(mentee);
    barriers.extend(mentor_barriers(mentee, mentor));
    barriers.dedup();
    barriers
}

fn named(barriers: &[(bool, BarrierKind)]) -> Vec<BarrierKind> {
    barriers.iter().filter(|(stands, _)| *stands).map(|(_, kind)| *kind).collect()
}

/// How many mentees a mentor can still take; `None` is as many as there are.
#[must_use]
pub fn places(mentor: &MatchFacts) -> Option<i64> {
    mentor.capacity.map(|capacity| capacity - mentor.running)
}

/// Why these two fit, each reason with its points.
#[must_use]
pub fn reasons(mentee: &Matchable, mentor: &Matchable, were_a_pair: bool) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let mut say = |kind, points, detail: &str| {
        reasons.push(Reason { kind, points, detail: detail.to_owned() });
    };
    let of_mentor = mentor.department_name.as_deref().unwrap_or_default();
    match relation(&mentee.department_path, &mentor.department_path) {
        Some(kind @ ReasonKind::SameDepartment) => say(kind, SAME_DEPARTMENT, of_mentor),
        Some(kind @ ReasonKind::DepartmentBeside) => say(kind, DEPARTMENT_BESIDE, of_mentor),
        Some(kind) => say(kind, DEPARTMENT_ABOVE_OR_BELOW, of_mentor),
        None => {}
    }
    if mentee.job.is_some() && mentee.job == mentor.job {
        say(ReasonKind::SameJobTitle, SAME_JOB_TITLE, mentor.job_title.as_deref().unwrap_or_default());
    }
    let common = mentor.facts.tags.iter().zip(&mentor.tags).filter(|(_, tag)| mentee.tags.contains(tag));
    let common: Vec<&str> = common.map(|(tag, _)| tag.as_str()).collect();
    if !common.is_empty() {
        let counted = i64::try_from(common.len().min(MOST_TAGS)).unwrap_or_default();
        say(ReasonKind::CommonTags, counted * EACH_TAG, &common.join(", "));
    }
    if mentee.locale == mentor.locale {
        say(ReasonKind::SameLanguage, SAME_LANGUAGE, mentor.locale.as_str());
    }
    match places(mentor) {
        Some(free) if free > 0 => {
            say(ReasonKind::FreePlaces, free.min(MOST_PLACES) * EACH_PLACE, &free.to_string());
        }
        Some(_) => {}
        None => say(ReasonKind::FreePlaces, MOST_PLACES * EACH_PLACE, ""),
    }
    if were_a_pair {
        say(ReasonKind::EarlierPair, EARLIER_PAIR, "");
    }
    reasons
}

/// How the mentor's department lies to the mentee's, by the paths down to them.
fn relation(mentee: &str, mentor: &str) -> Option<ReasonKind> {
    if mentee.is_empty() || mentor.is_empty() {
        return None;
    }
    let above = |path: &str| path.trim_end_matches('/').rfind('/').map(|at| path[..=at].to_owned());
    if mentee == mentor {
        Some(ReasonKind::SameDepartment)
    } else if mentee.starts_with(mentor) {
        Some(ReasonKind::DepartmentAbove)
    } else if mentor.starts_with(mentee) {
        Some(ReasonKind::DepartmentBelow)
    } else {
        // Everything lies at the top together: that says nothing.
        let (of_mentee, of_mentor) = (above(mentee), above(mentor));
        (of_mentee == of_mentor && of_mentee.is_some_and(|path| path.len() > 1))
            .then_some(ReasonKind::DepartmentBeside)
    }
}

/// The points of reasons together.
#[must_use]
pub fn points(reasons: &[Reason]) -> i64 {
    reasons.iter().map(|reason| reason.points).sum()
}

/// The people of a group, by id, and who had whom before.
#[derive(Debug, Default)]
pub struct Group {
    pub people: BTreeMap<UserId, Matchable>,
    /// Mentor, mentee.
    pub earlier: HashSet<(UserId, UserId)>,
}

impl Group {
    #[must_use]
    pub fn new(people: Vec<MatchFacts>, earlier: Vec<(UserId, UserId)>) -> Self {
        let people = people.into_iter().map(|facts| (facts.user_id, facts.into())).collect();
        Self { people, earlier: earlier.into_iter().collect() }
    }

    /// The reasons of a pair, whatever stands in its way.
    #[must_use]
    pub fn reasons(&self, mentee: UserId, mentor: UserId) -> Vec<Reason> {
        match (self.people.get(&mentee), self.people.get(&mentor)) {
            (Some(mentee), Some(mentor)) => {
                let were_a_pair = self.earlier.contains(&(mentor.user_id, mentee.user_id));
                reasons(mentee, mentor, were_a_pair)
            }
            _ => Vec::new(),
        }
    }

    /// Every barrier between the two; who is gone is not active.
    #[must_use]
    pub fn barriers(&self, mentee: UserId, mentor: UserId) -> Vec<BarrierKind> {
        match (self.people.get(&mentee), self.people.get(&mentor)) {
            (Some(mentee), Some(mentor)) => barriers(mentee, mentor),
            _ => vec![BarrierKind::NotActive],
        }
    }

    /// The points of a pair that can be.
    #[must_use]
    pub fn worth(&self, mentee: UserId, mentor: UserId) -> Option<i64> {
        self.barriers(mentee, mentor).is_empty().then(|| points(&self.reasons(mentee, mentor)))
    }

    /// Gives each of these mentees the mentor that is best for all of them together; `taken` says how many places of
    /// each mentor the group has given away already. Who is not in the answer can have nobody.
    #[must_use]
    pub fn assign(
        &self,
        mentees: &[UserId],
        mentors: &[UserId],
        taken: &HashMap<UserId, i64>,
    ) -> BTreeMap<UserId, UserId> {
        let sorted = |ids: &[UserId]| {
            let mut ids = ids.to_vec();
            ids.sort_unstable();
            ids.dedup();
            ids
        };
        let mentees = sorted(mentees);
        let most = i64::try_from(mentees.len()).unwrap_or(i64::MAX);
        // A mentor stands once for each place: (who, how many of the group they have before it).
        let mut seats: Vec<(UserId, i64)> = Vec::new();
        for mentor in sorted(mentors) {
            let taken = taken.get(&mentor).copied().unwrap_or(0);
            let free = self
                .people
                .get(&mentor)
                .and_then(|mentor| places(mentor))
                .map_or(most, |places| places - taken);
            seats.extend((0..free.clamp(0, most)).map(|seat| (mentor, taken + seat)));
        }
        if mentees.is_empty() || seats.is_empty() {
            return BTreeMap::new();
        }
        let mut weights = Vec::with_capacity(mentees.len() * (seats.len() + mentees.len()));
        for mentee in &mentees {
            let mut known: HashMap<UserId, Option<i64>> = HashMap::new();
            for (mentor, before) in &seats {
                let worth = *known.entry(*mentor).or_insert_with(|| self.worth(*mentee, *mentor));
                weights.push(worth.map_or(-SOMEBODY, |worth| SOMEBODY + worth - CROWDING * before));
            }
            // The chairs for those who stay without anybody.
            weights.extend(std::iter::repeat_n(0, mentees.len()));
        }
        let columns = seats.len() + mentees.len();
        let Ok(weights) = Matrix::from_vec(mentees.len(), columns, weights) else { return BTreeMap::new() };
        let (_, chosen) = kuhn_munkres(&weights);
        let pairs = mentees.iter().zip(chosen);
        pairs.filter_map(|(mentee, seat)| Some((*mentee, seats.get(seat)?.0))).collect()
    }

    /// What pairs are worth together: their points, less what crowding costs.
    #[must_use]
    pub fn total(&self, pairs: impl IntoIterator<Item = (UserId, UserId)>) -> i64 {
        let mut count: HashMap<UserId, i64> = HashMap::new();
        let mut total = 0;
        for (mentee, mentor) in pairs {
            let before = count.entry(mentor).or_insert(0);
            total += points(&self.reasons(mentee, mentor)) - CROWDING * *before;
            *before += 1;
        }
        total
    }

    /// How many of these mentors each barrier keeps from a mentee; `left` says who has a place after all others got
    /// theirs.
    #[must_use]
    pub fn why_not(
        &self,
        mentee: UserId,
        mentors: &[UserId],
        left: impl Fn(UserId) -> bool,
    ) -> Vec<BarrierCount> {
        let own =
            self.people.get(&mentee).map_or_else(|| vec![BarrierKind::NotActive], |one| mentee_barriers(one));
        let all = i64::try_from(mentors.len()).unwrap_or(i64::MAX);
        if !own.is_empty() {
            return own.into_iter().map(|barrier| BarrierCount { barrier, mentors: all }).collect();
        }
        let mut counts: BTreeMap<BarrierKind, i64> = BTreeMap::new();
        for mentor in mentors {
            let mut barriers = self.barriers(mentee, *mentor);
            if barriers.is_empty() && !left(*mentor) {
                barriers.push(BarrierKind::NoPlace);
            }
            for barrier in barriers {
                *counts.entry(barrier).or_insert(0) += 1;
            }
        }
        counts.into_iter().map(|(barrier, mentors)| BarrierCount { barrier, mentors }).collect()
    }
}

#[cfg(test)]
mod tests;
