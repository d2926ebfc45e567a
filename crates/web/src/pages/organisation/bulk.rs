//! One change to all the people picked, and the way back.

use crate::{
    Form, Query, Result, Signed,
    form::{Nothing, problem_key},
    links,
};
use axum::response::Response;
use contract::{
    Code, DepartmentId, UserId,
    users::{ManyUsersPatch, UpdateUsers, UserStatus},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Bulk {
    /// `<person>.<department, 0 for none>.<status>` as the page showed them: what an undo goes back to.
    user: Vec<String>,
    /// `move`, `suspended`, `active`.
    act: String,
    #[serde(deserialize_with = "crate::form::blank")]
    department: Option<DepartmentId>,
    back: String,
}

#[derive(Debug, Clone, Copy)]
struct Picked {
    user_id: UserId,
    department_id: Option<DepartmentId>,
    status: UserStatus,
}

fn picked(value: &str) -> Option<Picked> {
    let mut parts = value.split('.');
    let user_id = UserId(parts.next()?.parse().ok()?);
    let department_id = parts.next()?.parse().ok().filter(|id| *id != 0).map(DepartmentId);
    Some(Picked { user_id, department_id, status: parts.next()?.parse().ok()? })
}

/// Groups of people to give back a department (0 for none) or a status.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Undo {
    #[serde(rename = "d")]
    departments: Vec<String>,
    #[serde(rename = "s")]
    statuses: Vec<String>,
}

pub async fn change(signed: Signed, Form(bulk, once): Form<Bulk>) -> Result<Response> {
    let back = links::local(if bulk.back.is_empty() { "/organisation" } else { &bulk.back }).to_owned();
    let people: Vec<Picked> = bulk.user.iter().filter_map(|value| picked(value)).collect();
    if people.is_empty() {
        return signed.done(&back, signed.tr("organisation-nobody-picked", &[])).await;
    }
    let status: Option<UserStatus> = bulk.act.parse().ok();
    if bulk.act == "move" && bulk.department.is_none() {
        return signed.done(&back, signed.tr("organisation-no-department-picked", &[])).await;
    }
    let patch = ManyUsersPatch {
        user_ids: people.iter().map(|person| person.user_id).collect(),
        department_id: (bulk.act == "move").then_some(bulk.department),
        status,
    };
    let changed = match signed.call_once(&once, UpdateUsers { patch }).await {
        Ok(changed) => changed.changed.to_string(),
        Err(error) => return refused(&signed, &back, error).await,
    };
    let said = match status {
        Some(UserStatus::Suspended) => "organisation-suspended",
        Some(_) => "organisation-activated",
        None => "organisation-moved",
    };
    let undo = way_back(&people, status);
    let text = signed.tr(said, &[("count", &changed)]);
    signed.say(text, undo).await?;
    Ok(signed.redirect(&back))
}

/// A refusal that is about the choice is said on the list; anything else has its page.
async fn refused(signed: &Signed, back: &str, error: client::CallError) -> Result<Response> {
    match error.code() {
        Some(code @ (Code::LastAdmin | Code::Conflict | Code::InUse | Code::Invalid)) => {
            signed.done(back, signed.tr(&problem_key(code), &[])).await
        }
        _ => Err(error.into()),
    }
}

fn way_back(people: &[Picked], status: Option<UserStatus>) -> Option<String> {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for person in people {
        let was = match status {
            Some(status) if (status == UserStatus::Suspended) == (person.status == UserStatus::Suspended) => {
                continue;
            }
            Some(UserStatus::Suspended) => UserStatus::Active.to_string(),
            Some(_) => UserStatus::Suspended.to_string(),
            None => person.department_id.map_or(0, |id| id.0).to_string(),
        };
        groups.entry(was).or_default().push(person.user_id.to_string());
    }
    let groups = groups.into_iter().map(|(was, ids)| format!("{was}:{}", ids.join(","))).collect();
    let undo = if status.is_some() {
        Undo { statuses: groups, ..Undo::default() }
    } else {
        Undo { departments: groups, ..Undo::default() }
    };
    let query = serde_html_form::to_string(&undo).ok().filter(|query| !query.is_empty())?;
    Some(format!("/organisation/undo?{query}"))
}

pub async fn undo(
    signed: Signed,
    Query(undo): Query<Undo>,
    Form(_, once): Form<Nothing>,
) -> Result<Response> {
    let _ = once;
    let back = "/organisation";
    for group in undo.departments.iter().chain(&undo.statuses) {
        let Some((was, ids)) = group.split_once(':') else { continue };
        let patch = ManyUsersPatch {
            user_ids: ids.split(',').filter_map(|id| id.parse().ok()).map(UserId).collect(),
            department_id: was.parse().ok().map(|id| Some(DepartmentId(id)).filter(|id| id.0 != 0)),
            status: was.parse().ok(),
        };
        if let Err(error) = signed.call(UpdateUsers { patch }).await {
            return refused(&signed, back, error).await;
        }
    }
    signed.done(back, signed.tr("organisation-undone", &[])).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_leads_everybody_where_they_were() {
        let people: Vec<Picked> = ["1.3.active", "2.3.suspended", "5.0.invited", "x"]
            .iter()
            .filter_map(|value| picked(value))
            .collect();
        assert_eq!(way_back(&people, None).unwrap(), "/organisation/undo?d=0%3A5&d=3%3A1%2C2");
        let back = way_back(&people, Some(UserStatus::Suspended)).unwrap();
        assert_eq!(back, "/organisation/undo?s=active%3A1%2C5");
        assert!(way_back(&people[1..2], Some(UserStatus::Suspended)).is_none(), "nothing changed");
    }
}
