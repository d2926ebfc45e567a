//! The form of a new mentorship as it is typed, and as the API wants it.

use super::Candidate;
use crate::{Errors, engine::Voice};
use contract::{UserId, VersionId, mentorship::NewMentorship};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PairForm {
    #[serde(deserialize_with = "crate::form::blank")]
    pub mentee_id: Option<UserId>,
    #[serde(deserialize_with = "crate::form::blank")]
    pub mentor_id: Option<UserId>,
    /// What stands in the mentor's search field.
    pub mentor_id_search: String,
    /// The mentor chosen among those suggested; one that was searched for goes before.
    #[serde(deserialize_with = "crate::form::blank")]
    pub suggested_id: Option<UserId>,
    pub version_ids: Vec<VersionId>,
    pub start_on: String,
    pub title: String,
    /// What the mentor is told with a proposal.
    pub note: String,
    /// What mentees are searched by.
    pub q: String,
    /// The people the page showed, so that it can show them again without asking.
    #[serde(skip_serializing)]
    pub known: Vec<String>,
}

impl PairForm {
    /// Whether there is enough for a plan.
    pub fn is_complete(&self) -> bool {
        self.mentee_id.is_some() && !self.version_ids.is_empty() && !self.start_on.is_empty()
    }

    /// # Errors
    /// Every field that lacks something, by name.
    pub fn read(&self, must_name_mentor: bool, voice: &Voice) -> Result<NewMentorship, Errors> {
        let start_on = self.start_on.trim().parse();
        let bad = [
            ("mentee_id", self.mentee_id.is_none(), "new-mentorship-pick-mentee"),
            ("mentor_id", must_name_mentor && self.mentor_id.is_none(), "new-mentorship-pick-mentor"),
            ("version_ids", self.version_ids.is_empty(), "new-mentorship-pick-curriculum"),
            ("start_on", start_on.is_err(), "new-mentorship-pick-day"),
        ];
        let mut errors = Errors::default();
        for (field, _, key) in bad.into_iter().filter(|(_, is_bad, _)| *is_bad) {
            errors = errors.and(field, voice.tr(key, &[]));
        }
        match (self.mentee_id, start_on) {
            (Some(mentee_id), Ok(start_on)) if errors.is_empty() => Ok(NewMentorship {
                mentee_id,
                mentor_id: self.mentor_id,
                version_ids: self.version_ids.clone(),
                start_on,
                title: self.title.trim().to_owned(),
            }),
            _ => Err(errors),
        }
    }

    /// The people of the page this form came from; what isn't one is left out.
    pub fn known_candidates(&self) -> Vec<Candidate> {
        self.known.iter().take(50).filter_map(|person| serde_json::from_str(person).ok()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::auth::Locale;

    #[test]
    fn every_missing_choice_is_named_at_once() {
        let voice = Voice::read(Locale::Ko);
        let errors = PairForm { start_on: "내일".into(), ..PairForm::default() }.read(true, &voice);
        let errors = errors.expect_err("nothing is chosen");
        for field in ["mentee_id", "mentor_id", "version_ids", "start_on"] {
            assert!(errors.has(field), "{field}");
        }
        let form: PairForm = serde_html_form::from_str(
            "mentee_id=7&mentor_id=&version_ids=2&version_ids=5&start_on=2026-09-07&title=+a+&q=&known=x",
        )
        .expect("a form");
        let new = form.read(false, &voice).expect("a mentorship");
        assert_eq!((new.mentee_id, new.mentor_id, new.title.as_str()), (UserId(7), None, "a"));
        assert_eq!(new.version_ids, [VersionId(2), VersionId(5)]);
        assert!(form.known_candidates().is_empty());
    }
}
