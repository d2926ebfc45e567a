//! An admin's first steps in an empty company, each with whether it is done.

use super::Routes;
use crate::{Crumb, Error, Page, Result, Signed, engine::Voice};
use axum::response::Response;
use contract::{
    Code,
    auth::GetMe,
    companies::GetCompany,
    curriculum::{CurriculumFilter, ListCurricula},
    mentorship::{ListMentorships, MentorshipFilter},
    policy::Role,
};
use futures_util::future::try_join3;
use serde::Serialize;
use std::collections::BTreeSet;

pub fn routes() -> Routes {
    Routes::new().get("/welcome", show)
}

/// `key` is `departments`, `people`, `curriculum` or `mentorship`.
#[derive(Debug, Serialize)]
pub struct Step {
    key: &'static str,
    is_done: bool,
    /// "" while its page isn't there.
    href: &'static str,
}

#[derive(Serialize)]
pub struct Welcome {
    name: String,
    company_name: String,
    steps: Vec<Step>,
    done: usize,
}

impl Welcome {
    fn of(name: &str, company_name: &str, done: [bool; 4], paths: &BTreeSet<&'static str>) -> Self {
        let page = |wanted: &[&'static str]| {
            wanted.iter().copied().find(|path| paths.contains(path)).unwrap_or_default()
        };
        let [departments, people, curriculum, mentorship] = done;
        let step = |key, is_done, wanted: &[&'static str]| Step { key, is_done, href: page(wanted) };
        let steps = vec![
            step("departments", departments, &["/organisation"]),
            step("people", people, &["/organisation/import", "/organisation"]),
            step("curriculum", curriculum, &["/curricula"]),
            step("mentorship", mentorship, &["/mentorships/new", "/mentorships"]),
        ];
        let done = steps.iter().filter(|step| step.is_done).count();
        Self { name: name.to_owned(), company_name: company_name.to_owned(), steps, done }
    }

    async fn load(signed: &Signed) -> Result<Self> {
        let company_id = signed.me.company_id.clone().ok_or_else(|| Error::of(Code::Denied))?;
        let curricula = CurriculumFilter { limit: Some(1), ..CurriculumFilter::default() };
        let mentorships = MentorshipFilter { limit: Some(1), ..MentorshipFilter::default() };
        let (company, curricula, mentorships) = try_join3(
            signed.call(GetCompany { company_id }),
            signed.call(ListCurricula { filter: curricula }),
            signed.call(ListMentorships { filter: mentorships }),
        )
        .await?;
        let done = [
            company.departments > 0,
            // The admin is there from the start.
            company.people > 1,
            !curricula.items.is_empty(),
            !mentorships.items.is_empty(),
        ];
        Ok(Self::of(&signed.me.name, &company.name, done, &signed.app.paths))
    }
}

/// The steps while one of them is open; nothing when they can't be read: they are only an offer.
pub async fn unfinished(signed: &Signed) -> Option<Welcome> {
    match Welcome::load(signed).await {
        Ok(welcome) => Some(welcome).filter(|welcome| welcome.done < welcome.steps.len()),
        Err(error) => {
            tracing::warn!(%error, "the first steps could not be read");
            None
        }
    }
}

async fn show(signed: Signed) -> Result<Response> {
    // Who became an admin just now need not sign in again: the session may not know yet.
    if !signed.me.roles.has(Role::Admin) {
        let me = signed.call(GetMe {}).await?;
        if !me.roles.has(Role::Admin) {
            return Err(Error::of(Code::Denied));
        }
        signed.set_me(me).await?;
    }
    signed.page(&Welcome::load(&signed).await?).await
}

impl Page for Welcome {
    const TEMPLATE: &'static str = "pages/welcome.html";
    const HERE: &'static str = "";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        vec![Crumb::here(voice.tr("welcome-title", &[]))]
    }

    fn samples() -> Vec<Self> {
        let paths = BTreeSet::from(["/organisation", "/organisation/import", "/curricula"]);
        [[false; 4], [true, true, false, false], [true; 4]]
            .map(|done| Self::of("정민재", "윤슬로보틱스", done, &paths))
            .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders() {
        crate::page::tests::renders::<Welcome>();
    }

    #[test]
    fn a_step_leads_to_the_best_page_there_is_and_nowhere_dead() {
        let steps = |paths: &[&'static str]| -> Vec<&'static str> {
            let paths = paths.iter().copied().collect();
            Welcome::of("", "", [false; 4], &paths).steps.iter().map(|step| step.href).collect()
        };
        assert_eq!(steps(&[]), ["", "", "", ""]);
        assert_eq!(
            steps(&["/organisation", "/mentorships"]),
            ["/organisation", "/organisation", "", "/mentorships"]
        );
        assert_eq!(steps(&["/organisation", "/organisation/import"])[1], "/organisation/import");
    }
}
