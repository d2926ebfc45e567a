//! The life of a mentorship: from which state to which, and by whom.
//!
//! Nobody decides over their own plan, whatever their roles: a mentee takes no step here.

use contract::mentorship::MentorshipStatus::{self, Active, Completed, Ended, Paused, Proposed};
use contract::mentorship_life::MentorshipStep;

/// Who the caller is to a mentorship.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parties {
    pub is_mentor: bool,
    pub is_admin: bool,
    pub is_mentee: bool,
}

/// Why a step is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Somebody else may take it.
    NotYours,
    /// Not in this state.
    NotNow,
}

/// The table: the state after the step, and who may take it.
const fn row(status: MentorshipStatus, step: MentorshipStep) -> Option<(MentorshipStatus, Whose)> {
    use MentorshipStep::*;
    match (status, step) {
        (Proposed, Accept) => Some((Active, Whose::Mentor)),
        (Proposed, Decline) => Some((Ended, Whose::Mentor)),
        (Proposed, Withdraw) => Some((Ended, Whose::Admin)),
        (Active, Pause) => Some((Paused, Whose::Both)),
        (Paused, Resume) => Some((Active, Whose::Both)),
        (Active, Shift | EditPlan) => Some((Active, Whose::Both)),
        (Active | Paused, HandOver) => Some((status, Whose::Admin)),
        (Active | Paused, Complete) => Some((Completed, Whose::Both)),
        (Active | Paused, End) => Some((Ended, Whose::Both)),
        _ => None,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Mentor,
    Admin,
    Both,
}

impl Parties {
    const fn may(self, whose: Whose) -> bool {
        let suits = match whose {
            Whose::Mentor => self.is_mentor,
            Whose::Admin => self.is_admin,
            Whose::Both => self.is_mentor || self.is_admin,
        };
        suits && !self.is_mentee
    }
}

/// The state after the step.
///
/// # Errors
/// Why it can't be taken.
pub fn next(
    status: MentorshipStatus,
    step: MentorshipStep,
    parties: Parties,
) -> Result<MentorshipStatus, Refusal> {
    match row(status, step) {
        Some((after, whose)) if parties.may(whose) => Ok(after),
        Some(_) => Err(Refusal::NotYours),
        // Who could never take it is told so, whatever the state.
        None if !MentorshipStatus::ALL
            .iter()
            .any(|from| row(*from, step).is_some_and(|(_, whose)| parties.may(whose))) =>
        {
            Err(Refusal::NotYours)
        }
        None => Err(Refusal::NotNow),
    }
}

/// The steps that can be taken now, in the order of the words.
#[must_use]
pub fn allowed(status: MentorshipStatus, parties: Parties) -> Vec<MentorshipStep> {
    MentorshipStep::ALL.iter().copied().filter(|step| next(status, *step, parties).is_ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MENTOR: Parties = Parties { is_mentor: true, is_admin: false, is_mentee: false };
    const ADMIN: Parties = Parties { is_mentor: false, is_admin: true, is_mentee: false };
    const OWN_ADMIN: Parties = Parties { is_mentor: false, is_admin: true, is_mentee: true };

    fn words(status: MentorshipStatus, parties: Parties) -> String {
        allowed(status, parties).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_state_has_its_steps_for_mentor_and_admin() {
        let table = [
            (Proposed, "accept decline", "withdraw"),
            (Active, "pause shift edit_plan complete end", "pause shift edit_plan hand_over complete end"),
            (Paused, "resume complete end", "resume hand_over complete end"),
            (Completed, "", ""),
            (Ended, "", ""),
        ];
        for (status, mentor, admin) in table {
            assert_eq!(
                (words(status, MENTOR).as_str(), words(status, ADMIN).as_str()),
                (mentor, admin),
                "{status}"
            );
            assert_eq!(words(status, OWN_ADMIN), "", "nobody decides over their own plan");
        }
    }

    #[test]
    fn a_refusal_says_whether_it_is_the_person_or_the_state() {
        assert_eq!(next(Proposed, MentorshipStep::Accept, ADMIN), Err(Refusal::NotYours));
        assert_eq!(next(Active, MentorshipStep::Accept, ADMIN), Err(Refusal::NotYours));
        assert_eq!(next(Active, MentorshipStep::Accept, MENTOR), Err(Refusal::NotNow));
        assert_eq!(next(Ended, MentorshipStep::Resume, MENTOR), Err(Refusal::NotNow));
        assert_eq!(next(Paused, MentorshipStep::Pause, OWN_ADMIN), Err(Refusal::NotYours));
    }

    proptest! {
        #[test]
        fn whatever_is_tried_a_life_stays_a_life(
            tries in proptest::collection::vec((0..MentorshipStep::ALL.len(), any::<bool>(), any::<bool>(), any::<bool>()), 1..60),
        ) {
            let mut status = Proposed;
            let mut lived = vec![status];
            for (step, is_mentor, is_admin, is_mentee) in tries {
                let (step, parties) = (MentorshipStep::ALL[step], Parties { is_mentor, is_admin, is_mentee });
                let before = status;
                prop_assert_eq!(allowed(status, parties).contains(&step), next(status, step, parties).is_ok());
                if let Ok(after) = next(status, step, parties) {
                    prop_assert!(!is_mentee && (is_mentor || is_admin));
                    status = after;
                    lived.push(after);
                }
                let was_over = matches!(before, Completed | Ended);
                prop_assert!(!was_over || status == before, "what is over stays over");
            }
            prop_assert_eq!(lived.iter().skip(1).filter(|status| **status == Proposed).count(), 0, "never proposed again");
            let first_paused = lived.iter().position(|status| *status == Paused);
            let first_active = lived.iter().position(|status| *status == Active);
            prop_assert!(first_paused.is_none() || first_active < first_paused, "paused only after it was active");
            let completed = lived.contains(&Completed);
            prop_assert!(!completed || first_active.is_some(), "completed only after it was active");
        }
    }
}
