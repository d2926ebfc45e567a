//! Suggestions: who fits whom, with all reasons; and on request who is left out, and why.

use crate::{
    Ctx, Error, Result,
    mount::Routes,
    rules::matching::{self, Matchable},
};
use contract::{
    UserId,
    matching::{ListSuggestions, NotSuggested, Suggestion, Suggestions},
    policy::{Role, Scope},
};
use std::collections::HashSet;

#[must_use]
pub fn mount(routes: Routes) -> Routes {
    routes.on(list_suggestions)
}

/// How many suggestions are given when nobody says.
const SHOWN: i64 = 10;
/// How many of those left out are named.
const MOST_HIDDEN: usize = 100;

async fn list_suggestions(ctx: Ctx, ListSuggestions { filter }: ListSuggestions) -> Result<Suggestions> {
    let me = ctx.caller.user_id;
    let is_mentor_only = ctx.reach().scope() < Scope::Company;
    let (wanted, is_mentee) = match (filter.mentee_id, filter.mentor_id) {
        (Some(_), Some(_)) => {
            return Err(Error::field("mentor_id", "not_allowed", "Name the mentee or the mentor, not both."));
        }
        (Some(mentee_id), None) => (mentee_id, true),
        (None, Some(mentor_id)) if is_mentor_only && mentor_id != me => {
            return Err(Error::field("mentor_id", "not_allowed", "Mentors find their own mentees."));
        }
        (None, Some(mentor_id)) => (mentor_id, false),
        (None, None) if ctx.caller.roles.has(Role::Mentor) => (me, false),
        (None, None) => return Err(Error::field("mentee_id", "required", "Name a mentee or a mentor.")),
    };
    let mut store = ctx.store().await?;
    let (people, earlier) = if is_mentee {
        let only = is_mentor_only.then_some(me);
        let people = store.mentors_for(wanted, only, ctx.today()).await?;
        (people, store.earlier_pairs(&[wanted]).await?)
    } else {
        let people = store.mentees_for(wanted, ctx.today()).await?;
        (people, store.earlier_mentees(wanted).await?)
    };
    drop(store);
    let earlier: HashSet<(UserId, UserId)> = earlier.into_iter().collect();
    let mut people: Vec<Matchable> = people.into_iter().map(Matchable::from).collect();
    let at = people.iter().position(|person| person.user_id == wanted).ok_or_else(Error::not_found)?;
    let asker = people.swap_remove(at);

    let (mut items, mut not_suggested) = (Vec::new(), Vec::new());
    for person in &people {
        let (mentee, mentor) = if is_mentee { (&asker, person) } else { (person, &asker) };
        let barriers = matching::barriers(mentee, mentor);
        if barriers.is_empty() {
            let reasons =
                matching::reasons(mentee, mentor, earlier.contains(&(mentor.user_id, mentee.user_id)));
            let points = matching::points(&reasons);
            items.push(Suggestion { person: matching::person(person), points, reasons });
        } else {
            not_suggested.push(NotSuggested { person: matching::person(person), barriers });
        }
    }
    items.sort_by(|a, b| {
        let by_name = || a.person.name.cmp(&b.person.name).then(a.person.user_id.cmp(&b.person.user_id));
        b.points.cmp(&a.points).then_with(by_name)
    });
    items.truncate(usize::try_from(filter.limit.unwrap_or(SHOWN)).unwrap_or_default());
    let hidden = i64::try_from(not_suggested.len()).unwrap_or(i64::MAX);
    not_suggested.sort_by(|a, b| a.person.name.cmp(&b.person.name));
    not_suggested.truncate(if filter.hidden.unwrap_or(false) { MOST_HIDDEN } else { 0 });
    Ok(Suggestions { items, hidden, not_suggested })
}
