//! Identifiers: one type per thing, so that a task's id can't be passed where
//! a person's is wanted. Integers as the routes promise; a company's is its
//! business registration number.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[cfg_attr(feature = "sql", derive(sqlx::Type), sqlx(transparent))]
        #[serde(transparent)]
        #[schemars(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// A department of a company.
    DepartmentId
    /// A person who can sign in.
    UserId
    /// One sign-in of one person on one device.
    SessionId
    /// A curriculum: its draft and all its versions.
    CurriculumId
    /// One published version of a curriculum, or its draft.
    VersionId
    /// A task of a curriculum version.
    TemplateTaskId
    /// Tasks kept together, to be used again.
    BlockId
    /// One mentor and one mentee working through a plan.
    MentorshipId
    /// A dated task of a mentorship.
    TaskId
    /// A comment on a task.
    MemoId
    /// A file handed in with a task.
    FileId
    /// One thing that happened to a task.
    EventId
    /// What a mentee wants to reach.
    GoalId
    /// A 1:1 of mentor and mentee.
    MeetingId
    /// Work that goes on beside requests.
    JobId
    /// One upgrade of many mentorships.
    UpgradeId
    /// One thing that happened to a mentorship.
    MentorshipEventId
    /// Days on which somebody is away.
    AbsenceId
    /// A draft that matches a group of mentees with mentors.
    MatchingId
}

/// A company's business registration number, `000-00-00000`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "sql", derive(sqlx::Type), sqlx(transparent))]
#[serde(transparent)]
pub struct CompanyId(#[schemars(regex(pattern = r"^[0-9]{3}-[0-9]{2}-[0-9]{5}$"))] pub String);

impl CompanyId {
    /// Whether the official checksum holds (National Tax Service: weights
    /// 1 3 7 1 3 7 1 3 5, the carry of the ninth digit added, modulo 10).
    #[must_use]
    pub fn checksum_holds(&self) -> bool {
        let digits: Vec<u32> = self.0.chars().filter_map(|c| c.to_digit(10)).collect();
        let &[ref head @ .., last] = digits.as_slice() else { return false };
        if head.len() != 9 {
            return false;
        }
        let weighted: u32 = head.iter().zip([1, 3, 7, 1, 3, 7, 1, 3, 5]).map(|(d, w)| d * w).sum();
        (10 - (weighted + head[8] * 5 / 10) % 10) % 10 == last
    }
}

impl std::fmt::Display for CompanyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::CompanyId;

    #[test]
    fn real_registration_numbers_pass_and_a_changed_digit_fails() {
        for number in ["220-81-62517", "124-81-00998", "120-81-47521"] {
            assert!(CompanyId(number.into()).checksum_holds(), "{number}");
        }
        for number in ["220-81-62518", "124-81-00999", "000-00-0000", ""] {
            assert!(!CompanyId(number.into()).checksum_holds(), "{number}");
        }
    }
}
