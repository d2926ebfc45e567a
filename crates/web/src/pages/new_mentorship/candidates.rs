//! Who can be mentored, and who can mentor: found by name, initial consonants or employee number.

use crate::{Page, Result, Signed, form};
use chrono::{Datelike, Days, NaiveDate};
use contract::{
    DepartmentId, UserId,
    matching::Reason,
    mentorship_life::{ListMentors, MentorChoice, MentorFilter},
    policy::Role,
    users::{GetUser, ListUsers, User, UserFilter, UserStatus},
};
use serde::{Deserialize, Serialize};

/// How many people a list offers.
const SHOWN: usize = 6;

/// A mentee to choose, with why.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Candidate {
    pub user_id: UserId,
    pub name: String,
    pub department: Option<String>,
    pub hired_on: Option<NaiveDate>,
    /// Of one's own department.
    pub is_near: bool,
    /// Without a mentor.
    pub is_free: bool,
    pub status: UserStatus,
    /// Why they fit, where that was asked for.
    #[serde(default)]
    pub reasons: Vec<Reason>,
}

impl Candidate {
    fn of(user: User, own: Option<DepartmentId>, is_free: bool) -> Self {
        Self {
            user_id: user.user_id,
            name: user.name,
            is_near: own.is_some() && user.department_id == own,
            department: user.department_name,
            hired_on: user.hired_on,
            is_free,
            status: user.status,
            reasons: Vec::new(),
        }
    }
}

/// Mentees without a mentor, the own department's first; who is chosen already stands above them.
///
/// # Errors
/// What the API refuses.
pub async fn find(
    signed: &Signed,
    search: &str,
    chosen: Option<UserId>,
    calls: usize,
) -> Result<Vec<Candidate>> {
    let own = signed.me.department_id;
    let search = form::search(search);
    let fitting = super::suggested::mentees(signed, search.as_deref(), chosen, SHOWN).await?;
    if !fitting.is_empty() {
        return Ok(fitting);
    }
    let calls = calls - usize::from(super::suggested::are_asked(signed, search.as_deref(), chosen));
    let filter = UserFilter {
        search,
        role: Some(Role::Mentee),
        unmentored: Some(true),
        limit: Some(100),
        ..UserFilter::default()
    };
    let page = signed.call(ListUsers { filter: filter.clone() }).await?;
    let mut left = calls.saturating_sub(1);
    // Who is invited can have a plan that waits for the first sign-in.
    let can_be = |user: &User| user.status != UserStatus::Suspended;
    let mut found: Vec<Candidate> =
        page.items.into_iter().filter(can_be).map(|user| Candidate::of(user, own, true)).collect();
    let is_missing = |found: &[Candidate], id: UserId| !found.iter().any(|candidate| candidate.user_id == id);
    if let Some(id) = chosen.filter(|id| left > 0 && is_missing(&found, *id)) {
        left -= 1;
        match signed.call(GetUser { user_id: id }).await {
            Ok(user) => found.push(Candidate::of(user, own, false)),
            Err(error) if error.status() == http::StatusCode::NOT_FOUND => {}
            Err(error) => return Err(error.into()),
        }
    }
    // Only where the first page does not hold everybody.
    if page.next.is_some() && own.is_some() && left > 0 {
        let near = ListUsers { filter: UserFilter { department_id: own, ..filter } };
        for user in signed.call(near).await?.items.into_iter().filter(can_be) {
            if is_missing(&found, user.user_id) {
                found.push(Candidate::of(user, own, true));
            }
        }
    }
    found.sort_by_key(|candidate| (Some(candidate.user_id) != chosen, !candidate.is_near));
    found.truncate(SHOWN);
    Ok(found)
}

/// Options of a combobox.
#[derive(Serialize)]
pub struct MentorOptions {
    people: Vec<MentorChoice>,
}

impl MentorOptions {
    /// # Errors
    /// What the API refuses.
    pub async fn find(signed: &Signed, search: &str) -> Result<Self> {
        let filter = MentorFilter { search: form::search(search), limit: Some(8) };
        Ok(Self { people: signed.call(ListMentors { filter }).await?.items })
    }
}

impl Page for MentorOptions {
    const TEMPLATE: &'static str = "parts/mentor_options.html";
    const HERE: &'static str = "";

    fn samples() -> Vec<Self> {
        let mentor = |id: i64, load, capacity, away: bool| MentorChoice {
            user_id: UserId(id),
            name: "박<서연>".into(),
            position: (id == 1).then(|| "책임".into()),
            department_name: (id != 3).then(|| "플랫폼개발팀".into()),
            load,
            capacity,
            away_until: away.then(NaiveDate::default),
        };
        vec![
            Self { people: Vec::new() },
            Self {
                people: vec![
                    mentor(1, 0, None, false),
                    mentor(2, 2, Some(3), true),
                    mentor(3, 3, Some(3), false),
                ],
            },
        ]
    }
}

/// Plans begin on a Monday unless one says otherwise: today's, or the next.
pub fn next_monday(today: NaiveDate) -> NaiveDate {
    let days = (7 - today.weekday().num_days_from_monday()) % 7;
    today.checked_add_days(Days::new(u64::from(days))).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::new_mentorship::samples::date;

    #[test]
    fn renders() {
        crate::page::tests::renders_part::<MentorOptions>();
    }

    #[test]
    fn a_plan_begins_on_a_monday() {
        assert_eq!(next_monday(date(9, 7)), date(9, 7));
        assert_eq!(next_monday(date(9, 8)), date(9, 14));
        assert_eq!(next_monday(date(9, 13)), date(9, 14));
    }
}
