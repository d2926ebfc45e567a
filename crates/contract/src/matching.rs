//! Matching: who could mentor whom, and why; for one person, or for a whole group at once.
//!
//! A suggestion is the sum of its reasons, and each is named with its points. What makes a pair impossible is a
//! barrier, and is named too when asked for.

use crate::{MatchingId, MentorshipId, Nothing, Page, UserId, VersionId, endpoint, mentorship::PlanSource};
use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

crate::words! {
    /// Why two people fit, or fit less.
    ReasonKind {
        SameDepartment = "same_department",
        /// The mentor's department contains the mentee's.
        DepartmentAbove = "department_above",
        /// The mentor's department lies within the mentee's.
        DepartmentBelow = "department_below",
        /// Both departments lie directly within the same one.
        DepartmentBeside = "department_beside",
        SameJobTitle = "same_job_title",
        CommonTags = "common_tags",
        SameLanguage = "same_language",
        /// How many mentees the mentor can still take.
        FreePlaces = "free_places",
        /// They had a mentorship before: takes points away, so that people meet new ones.
        EarlierPair = "earlier_pair",
    }
}
crate::words! {
    /// Why two people can't be a pair.
    BarrierKind {
        SamePerson = "same_person",
        /// The person is invited or suspended.
        NotActive = "not_active",
        NotAMentor = "not_a_mentor",
        NotAMentee = "not_a_mentee",
        /// The mentee is in a running mentorship.
        AlreadyMentored = "already_mentored",
        /// The mentor is the mentee's line manager.
        OwnManager = "own_manager",
        /// The mentee is the mentor's line manager.
        OwnReport = "own_report",
        /// The mentor has as many mentees as they can take.
        NoPlace = "no_place",
        /// The mentor is away when it starts.
        Away = "away",
    }
}
crate::words! {
    MatchingState {
        /// Being worked on.
        Open = "open",
        /// Everybody who was to start has started.
        Published = "published",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    pub kind: ReasonKind,
    /// Below zero when it speaks against the pair.
    pub points: i64,
    /// The department, the job title, the tags, the language or the number it is about.
    pub detail: String,
}

/// A person as far as matching is concerned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MatchPerson {
    pub user_id: UserId,
    pub name: String,
    pub department_name: Option<String>,
    pub position: Option<String>,
    pub job_title: Option<String>,
    pub hired_on: Option<NaiveDate>,
    /// Mentees they guide now.
    pub running: i64,
    /// Mentees they can guide at once; nothing is no limit.
    pub capacity: Option<i64>,
}

/// Somebody who fits, best first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Suggestion {
    pub person: MatchPerson,
    /// The sum of the reasons' points.
    pub points: i64,
    pub reasons: Vec<Reason>,
}

/// Somebody who can't be, and every reason for that.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NotSuggested {
    pub person: MatchPerson,
    pub barriers: Vec<BarrierKind>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Suggestions {
    pub items: Vec<Suggestion>,
    /// How many people a barrier keeps out.
    pub hidden: i64,
    /// Who they are, when `hidden` was asked for; at most 100.
    pub not_suggested: Vec<NotSuggested>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SuggestionFilter {
    /// Mentors for this mentee.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mentee_id: Option<UserId>,
    /// Mentees for this mentor; oneself when both are absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mentor_id: Option<UserId>,
    /// Name who is left out, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub limit: Option<i64>,
}

/// A matching in the list of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct MatchingSummary {
    pub matching_id: MatchingId,
    pub title: String,
    pub state: MatchingState,
    pub start_on: NaiveDate,
    pub mentees: i64,
    pub assigned: i64,
    pub started: i64,
    pub updated_at: DateTime<Utc>,
    pub created_by_name: Option<String>,
}

/// How many mentors one barrier keeps from a mentee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BarrierCount {
    pub barrier: BarrierKind,
    pub mentors: i64,
}

/// A mentor who would do, with the points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Choice {
    pub mentor_id: UserId,
    pub points: i64,
}

/// One mentee of a matching, with the mentor meant for them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MatchPair {
    pub mentee: MatchPerson,
    pub mentor_id: Option<UserId>,
    pub mentor_name: Option<String>,
    /// Kept when the matching is worked out anew.
    pub is_locked: bool,
    /// Not part of this matching for now.
    pub is_left_out: bool,
    pub points: i64,
    pub reasons: Vec<Reason>,
    /// What stands in the way of this very pair now.
    pub barriers: Vec<BarrierKind>,
    /// Without a mentor: how many of the matching's mentors each barrier keeps out.
    pub why_not: Vec<BarrierCount>,
    /// The best of the matching's mentors for this mentee, at most five.
    pub best: Vec<Choice>,
    /// The mentorship that was made of it.
    pub mentorship_id: Option<MentorshipId>,
    /// Why publishing could not start it: a barrier, or the code of what was refused.
    pub problem: Option<String>,
}

/// What a mentor of a matching has now, and would have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MatchMentor {
    pub person: MatchPerson,
    /// Mentees this matching gives them and who have not started yet.
    pub assigned: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Matching {
    pub matching_id: MatchingId,
    pub title: String,
    pub state: MatchingState,
    pub start_on: NaiveDate,
    /// What the plans are made from.
    pub sources: Vec<PlanSource>,
    /// By the mentees' names.
    pub pairs: Vec<MatchPair>,
    pub mentors: Vec<MatchMentor>,
    /// The pairs' points, less what crowding takes.
    pub total: i64,
    /// Counts every change: the `ETag`.
    pub version: i64,
    pub updated_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMatching {
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub title: String,
    #[schemars(length(min = 1, max = 500))]
    pub mentee_ids: Vec<UserId>,
    #[schemars(length(min = 1, max = 200))]
    pub mentor_ids: Vec<UserId>,
    /// Published versions; they can be chosen later, too.
    #[serde(default)]
    #[schemars(length(max = 10))]
    pub version_ids: Vec<VersionId>,
    pub start_on: NaiveDate,
}

/// A change of one pair; what isn't named stays.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PairChange {
    pub mentee_id: UserId,
    /// `null` takes the mentor away.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::text::nullable")]
    pub mentor_id: Option<Option<UserId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_locked: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_left_out: Option<bool>,
}

/// What isn't named stays as it is.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MatchingPatch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 200))]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_on: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 10))]
    pub version_ids: Option<Vec<VersionId>>,
    /// The whole list; who leaves it is taken from their pairs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 200))]
    pub mentor_ids: Option<Vec<UserId>>,
    #[serde(default)]
    #[schemars(length(max = 500))]
    pub pairs: Vec<PairChange>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MatchingFilter {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100))]
    pub limit: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 500))]
    pub cursor: Option<String>,
}

endpoint! {
    /// Who fits, best first, each with all reasons and their points.
    ///
    /// With `mentee_id`: mentors for that mentee; a mentor who asks hears about themselves alone. With `mentor_id`:
    /// mentees without a mentor for that mentor. `hidden=true` also names who can't be, and why.
    GET "/api/mentorship/suggestions" ListSuggestions query(filter: SuggestionFilter) -> Suggestions, StartMentorship
}
endpoint! {
    /// Matchings of groups, the last changed first.
    GET "/api/mentorship/matchings" ListMatchings query(filter: MatchingFilter) -> Page<MatchingSummary>, MatchPeople
}
endpoint! {
    /// Match a group: every mentee gets the mentor that is best for the whole group.
    ///
    /// As many as possible get one; among those ways the one with the most points, where each further mentee of
    /// one mentor costs a little more. Nothing is started: it is a draft that is kept.
    POST "/api/mentorship/matchings" CreateMatching body(matching: NewMatching) -> Matching, MatchPeople
}
endpoint! {
    /// One matching with its pairs, reasons and loads as they are now.
    GET "/api/mentorship/matchings/{matching_id}" GetMatching path(matching_id: MatchingId) -> Matching, MatchPeople, versioned(version)
}
endpoint! {
    /// Change pairs, start, curricula or mentors of an open matching.
    ///
    /// A mentor whom a barrier keeps out is refused at `pairs.<index>.mentor_id`; more mentees than places are
    /// allowed here, as the person who plans may know better, and refused when it is published.
    PUT "/api/mentorship/matchings/{matching_id}" UpdateMatching path(matching_id: MatchingId) body(patch: MatchingPatch) -> Matching, MatchPeople, versioned(version)
}
endpoint! {
    /// Work the matching out anew; locked pairs and those left out stay as they are.
    POST "/api/mentorship/matchings/{matching_id}/assign" AssignMatching path(matching_id: MatchingId) -> Matching, MatchPeople, can_be(Stale)
}
endpoint! {
    /// Start the mentorships of all pairs at once; what can't start says why at its pair and loses no other.
    ///
    /// It can be sent again after what stood in the way is gone: who has started is not started twice.
    POST "/api/mentorship/matchings/{matching_id}/publish" PublishMatching path(matching_id: MatchingId) -> Matching, MatchPeople, can_be(Stale)
}
endpoint! {
    /// Forget a matching; the mentorships made of it stay.
    DELETE "/api/mentorship/matchings/{matching_id}" DeleteMatching path(matching_id: MatchingId) -> Nothing, MatchPeople
}
