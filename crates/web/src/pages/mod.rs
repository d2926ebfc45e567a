//! Every page and where it is. A page module has `routes()`; this list is all there is to registering it.

pub mod agreement;
pub mod analytics;
pub mod blocks;
pub mod board;
pub mod calendar;
pub mod companies;
pub mod company_curricula;
pub mod curricula;
pub mod curriculum;
pub mod curriculum_diff;
pub mod departments;
pub mod forgot;
pub mod goals;
pub mod home;
pub mod installation;
pub mod invitation;
pub mod library;
pub mod link;
pub mod matching;
pub mod meetings;
pub mod mentee_home;
pub mod mentees;
pub mod mentor_home;
pub mod mentoring;
pub mod mentorship;
pub mod mentorship_dates;
pub mod mentorships;
pub mod new_mentorship;
pub mod organisation;
pub mod pair;
pub mod people_import;
pub mod person;
pub mod plan;
pub mod plan_edit;
pub mod preferences;
pub mod profile;
pub mod proposal;
pub mod report;
pub mod reset;
pub mod review;
pub mod settings;
pub mod setup;
pub mod sign_in;
pub mod sign_out;
pub mod task;
pub mod timeline;
pub mod upgrades;
pub mod welcome;

use crate::{App, assets};
use axum::{Router, handler::Handler, routing};
use std::collections::BTreeSet;

pub fn routes() -> Routes {
    Routes::new()
        .merge(assets::routes())
        .merge(agreement::routes())
        .merge(calendar::routes())
        .merge(goals::routes())
        .merge(meetings::routes())
        .merge(report::routes())
        .merge(timeline::routes())
        .merge(blocks::routes())
        .merge(companies::routes())
        .merge(curricula::routes())
        .merge(curriculum::routes())
        .merge(curriculum_diff::routes())
        .merge(company_curricula::routes())
        .merge(library::routes())
        .merge(upgrades::routes())
        .merge(departments::routes())
        .merge(forgot::routes())
        .merge(home::routes())
        .merge(installation::routes())
        .merge(invitation::routes())
        .merge(analytics::routes())
        .merge(board::routes())
        .merge(matching::routes())
        .merge(mentees::routes())
        .merge(mentoring::routes())
        .merge(mentorship::routes())
        .merge(mentorship_dates::routes())
        .merge(mentorships::routes())
        .merge(new_mentorship::routes())
        .merge(organisation::routes())
        .merge(people_import::routes())
        .merge(person::routes())
        .merge(plan::routes())
        .merge(plan_edit::routes())
        .merge(preferences::routes())
        .merge(profile::routes())
        .merge(proposal::routes())
        .merge(reset::routes())
        .merge(review::routes())
        .merge(settings::routes())
        .merge(setup::routes())
        .merge(sign_in::routes())
        .merge(sign_out::routes())
        .merge(welcome::routes())
        .merge(task::routes())
}

/// A router that remembers which paths it shows, so that a menu has no dead link.
#[derive(Default)]
pub struct Routes {
    pub router: Router<App>,
    /// What takes files: with a larger limit and more time.
    pub uploads: Router<App>,
    pub paths: BTreeSet<&'static str>,
}

impl Routes {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn get<T: 'static>(mut self, path: &'static str, handler: impl Handler<T, App>) -> Self {
        self.paths.insert(path);
        Self { router: self.router.route(path, routing::get(handler)), ..self }
    }

    #[must_use]
    pub fn post<T: 'static>(self, path: &'static str, handler: impl Handler<T, App>) -> Self {
        Self { router: self.router.route(path, routing::post(handler)), ..self }
    }

    /// A path that takes files and passes them on as they arrive.
    #[must_use]
    pub fn upload<T: 'static>(self, path: &'static str, handler: impl Handler<T, App>) -> Self {
        Self { uploads: self.uploads.route(path, routing::post(handler)), ..self }
    }

    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.paths.extend(other.paths);
        let (router, uploads) = (self.router.merge(other.router), self.uploads.merge(other.uploads));
        Self { router, uploads, ..self }
    }
}
