//! Who fits whom on the page of a new mentorship: mentors for the mentee who is chosen, mentees for oneself.

use super::{Ask, NewMentorshipPage, candidates::Candidate, form::PairForm};
use crate::{Query, Result, Signed};
use axum::response::Response;
use contract::{
    UserId,
    matching::{ListSuggestions, ReasonKind, SuggestionFilter, Suggestions},
    policy::{Action, Role, Scope, widest},
    users::UserStatus,
};

/// How many mentors are suggested.
const MENTORS: i64 = 3;

/// The part of the page, for a mentee just chosen.
pub async fn show(signed: Signed, Query(ask): Query<Ask>) -> Result<Response> {
    let form = PairForm { mentee_id: ask.mentee_id, ..PairForm::default() };
    let mut page = NewMentorshipPage::of(&signed, form)?;
    page.suggestions = mentors(&signed, page.form.mentee_id).await?;
    signed.page(&page).await
}

/// Mentors for this mentee, for those who may name one; `None` when that isn't asked.
pub async fn mentors(signed: &Signed, mentee_id: Option<UserId>) -> Result<Option<Suggestions>> {
    let names_mentor = widest(signed.me.roles, Action::StartMentorship) >= Scope::Company;
    let Some(mentee_id) = mentee_id.filter(|_| names_mentor) else { return Ok(None) };
    let filter = SuggestionFilter {
        mentee_id: Some(mentee_id),
        hidden: Some(true),
        limit: Some(MENTORS),
        ..SuggestionFilter::default()
    };
    match signed.call(ListSuggestions { filter }).await {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.status() == http::StatusCode::NOT_FOUND => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Whether a mentor is shown mentees by how they fit: not while searching, nor when one is named.
pub fn are_asked(signed: &Signed, search: Option<&str>, chosen: Option<UserId>) -> bool {
    search.is_none() && chosen.is_none() && signed.me.roles.has(Role::Mentor)
}

/// The mentees who fit oneself best, with why.
pub async fn mentees(
    signed: &Signed,
    search: Option<&str>,
    chosen: Option<UserId>,
    shown: usize,
) -> Result<Vec<Candidate>> {
    if !are_asked(signed, search, chosen) {
        return Ok(Vec::new());
    }
    let filter = SuggestionFilter {
        mentor_id: Some(signed.me.user_id),
        limit: i64::try_from(shown).ok(),
        ..SuggestionFilter::default()
    };
    let found = signed.call(ListSuggestions { filter }).await?;
    let candidate = |one: contract::matching::Suggestion| Candidate {
        user_id: one.person.user_id,
        is_near: one.reasons.iter().any(|reason| reason.kind == ReasonKind::SameDepartment),
        // About oneself, and the same for all of them.
        reasons: one.reasons.into_iter().filter(|reason| reason.kind != ReasonKind::FreePlaces).collect(),
        name: one.person.name,
        department: one.person.department_name,
        hired_on: one.person.hired_on,
        is_free: true,
        status: UserStatus::Active,
    };
    Ok(found.items.into_iter().map(candidate).collect())
}

/// Two who fit and one who doesn't.
pub fn sample() -> Suggestions {
    use contract::matching::{BarrierKind, MatchPerson, NotSuggested, Reason, Suggestion};
    let person = |id: i64, capacity| MatchPerson {
        user_id: UserId(id),
        name: "박서연 <멘토>".into(),
        department_name: (id == 1).then(|| "플랫폼개발팀".into()),
        position: None,
        job_title: None,
        hired_on: None,
        running: 1,
        capacity,
    };
    let reasons = || {
        vec![
            Reason { kind: ReasonKind::SameDepartment, points: 40, detail: "플랫폼개발팀".into() },
            Reason { kind: ReasonKind::FreePlaces, points: 4, detail: "2".into() },
        ]
    };
    Suggestions {
        items: vec![
            Suggestion { person: person(1, Some(3)), points: 44, reasons: reasons() },
            Suggestion { person: person(2, None), points: 44, reasons: reasons() },
        ],
        hidden: 1,
        not_suggested: vec![NotSuggested {
            person: person(3, Some(1)),
            barriers: vec![BarrierKind::OwnManager, BarrierKind::NoPlace],
        }],
    }
}
