//! What of a mentorship's life its page offers: the steps that its reader may take now.

use contract::mentorship::Mentorship;
use contract::mentorship_life::MentorshipStep;
use contract::users::UserStatus;
use serde::Serialize;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Life {
    pub can_answer: bool,
    pub can_shift: bool,
    pub can_edit: bool,
    pub can_pause: bool,
    pub can_resume: bool,
    /// While it is paused only these are left of what guides do.
    pub can_hand_over: bool,
    pub can_complete: bool,
    pub can_end: bool,
    /// It runs, and its mentee can't sign in.
    pub is_mentee_away: bool,
    pub is_mentor_away: bool,
    /// It was only ever proposed.
    pub never_began: bool,
}

impl Life {
    #[must_use]
    pub fn of(mentorship: &Mentorship) -> Self {
        let can = |step| mentorship.allows(step);
        let guides = can(MentorshipStep::End);
        Self {
            can_answer: can(MentorshipStep::Accept),
            can_shift: can(MentorshipStep::Shift),
            can_edit: can(MentorshipStep::EditPlan),
            can_pause: can(MentorshipStep::Pause),
            can_resume: can(MentorshipStep::Resume),
            can_hand_over: can(MentorshipStep::HandOver),
            can_complete: can(MentorshipStep::Complete),
            can_end: guides,
            is_mentee_away: guides && mentorship.mentee_status == UserStatus::Suspended,
            is_mentor_away: guides && mentorship.mentor_status == UserStatus::Suspended,
            never_began: mentorship.started_at.is_none(),
        }
    }
}
