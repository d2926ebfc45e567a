//! Upgrades of many mentorships: the action, its people, and what is needed to take each back to the letter.

use crate::{
    Result, Within,
    bulk::{Worded, bulk_insert},
    upgrade_apply::{PlanFrame, TaskRewrite},
};
use chrono::{DateTime, Utc};
use contract::{
    CurriculumId, JobId, MentorshipId, TaskId, UpgradeId, UserId, VersionId,
    upgrades::{Upgrade, UpgradeChoice, UpgradeReason, UpgradeState, UpgradedPerson},
};
use serde::{Deserialize, Serialize};
use sqlx::types::Json;

/// One plan before it was upgraded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UpgradeBefore {
    pub frame: PlanFrame,
    /// The frame as the upgrade left it.
    pub after: PlanFrame,
    /// Ids and titles of what was added.
    pub added: Vec<(TaskId, String)>,
    /// How each rewritten task was, with the version the upgrade gave it.
    pub tasks: Vec<TaskRewrite>,
    /// Titles of these, by id.
    pub titles: Vec<(TaskId, String)>,
}

/// How it went with one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub state: UpgradeState,
    pub reason: Option<UpgradeReason>,
    pub titles: Vec<String>,
    pub added: i64,
    pub changed: i64,
    pub dropped: i64,
    pub before: Option<UpgradeBefore>,
}

/// A person whose turn it is.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ClaimedPerson {
    pub mentorship_id: MentorshipId,
    /// How many tasks the upgrade changed: it rewrote others, too, which only took another place in their week.
    pub changed: i64,
    pub before: Option<Json<UpgradeBefore>>,
}

const PEOPLE: Worded = bulk_insert!(upgrade_people (upgrade_id BIGINT, mentorship_id BIGINT, state TEXT));

macro_rules! upgrades {
    ($rest:literal) => {
        concat!(
            "SELECT u.upgrade_id, u.curriculum_id, c.title AS curriculum_title, u.version_id, u.number, u.choice,
                    u.people, u.created_by, p.name AS created_by_name, u.created_at, u.undone_at, u.job_id
             FROM upgrades u
             JOIN curricula c ON c.curriculum_id = u.curriculum_id
             LEFT JOIN users p ON p.user_id = u.created_by
             WHERE u.company_id = $1 AND (CAST($2 AS BIGINT) IS NULL OR u.created_by = $2) AND ",
            $rest
        )
    };
}

impl Within {
    /// Keeps an upgrade with its people; nothing is done to them yet.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn create_upgrade(
        &mut self,
        (curriculum_id, version_id, number): (CurriculumId, VersionId, i64),
        choice: UpgradeChoice,
        mentorships: &[MentorshipId],
        comment: &str,
        created_by: UserId,
        now: DateTime<Utc>,
    ) -> Result<UpgradeId> {
        let (upgrade_id,): (UpgradeId,) = self
            .company_query(
                "INSERT INTO upgrades (company_id, curriculum_id, version_id, number, choice, people, comment,
                                       created_by, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING upgrade_id",
            )
            .bind(curriculum_id)
            .bind(version_id)
            .bind(number)
            .bind(choice)
            .bind(i64::try_from(mentorships.len()).unwrap_or(i64::MAX))
            .bind(comment.to_owned())
            .bind(created_by)
            .bind(now)
            .one()
            .await?;
        let rows: Vec<_> = mentorships
            .iter()
            .map(|mentorship_id| {
                serde_json::json!({
                    "upgrade_id": upgrade_id, "mentorship_id": mentorship_id, "state": UpgradeState::Waiting,
                })
            })
            .collect();
        self.insert_rows(PEOPLE, &rows).await?;
        Ok(upgrade_id)
    }

    /// # Errors
    /// See [`crate::Error`].
    pub async fn set_upgrade_job(&mut self, upgrade_id: UpgradeId, job_id: JobId) -> Result<()> {
        self.company_query("UPDATE upgrades SET job_id = $3 WHERE company_id = $1 AND upgrade_id = $2")
            .bind(upgrade_id)
            .bind(job_id)
            .execute()
            .await
            .map(drop)
    }

    /// An upgrade within reach: one's own, or any of the company.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn upgrade(&mut self, upgrade_id: UpgradeId) -> Result<Option<Upgrade>> {
        let person = self.reach().person();
        self.company_query(upgrades!("u.upgrade_id = $3")).bind(person).bind(upgrade_id).optional().await
    }

    /// The last upgrades of a curriculum within reach, newest first.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn upgrades(&mut self, curriculum_id: CurriculumId) -> Result<Vec<Upgrade>> {
        let person = self.reach().person();
        self.company_query(upgrades!("u.curriculum_id = $3 ORDER BY u.upgrade_id DESC LIMIT 10"))
            .bind(person)
            .bind(curriculum_id)
            .all()
            .await
    }

    /// How it went with each, those that were left or kept first.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn upgraded_people(
        &mut self,
        upgrade_id: UpgradeId,
        limit: i64,
    ) -> Result<Vec<UpgradedPerson>> {
        self.company_query(
            "SELECT p.mentorship_id, e.name AS mentee_name, p.state, p.reason, p.titles, p.added, p.changed, p.dropped
             FROM upgrade_people p
             JOIN mentorships m ON m.mentorship_id = p.mentorship_id
             JOIN users e ON e.user_id = m.mentee_id
             WHERE p.company_id = $1 AND p.upgrade_id = $2
             ORDER BY CASE WHEN p.state IN ('left', 'kept') THEN 0 ELSE 1 END, e.name, p.mentorship_id LIMIT $3",
        )
        .bind(upgrade_id)
        .bind(limit)
        .all()
        .await
    }

    /// Marks an upgrade for being taken back, once; how many people it is about, `None` when it was already.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn begin_undo(
        &mut self,
        upgrade_id: UpgradeId,
        actor_id: UserId,
        now: DateTime<Utc>,
    ) -> Result<Option<i64>> {
        let begun = self
            .company_query(
                "UPDATE upgrades SET undone_at = $3, undone_by = $4
                 WHERE company_id = $1 AND upgrade_id = $2 AND undone_at IS NULL",
            )
            .bind(upgrade_id)
            .bind(now)
            .bind(actor_id)
            .execute()
            .await?;
        if begun == 0 {
            return Ok(None);
        }
        let people = self
            .company_query(
                "UPDATE upgrade_people SET state = 'undoing'
                 WHERE company_id = $1 AND upgrade_id = $2 AND state = 'upgraded'",
            )
            .bind(upgrade_id)
            .execute()
            .await?;
        Ok(Some(i64::try_from(people).unwrap_or(i64::MAX)))
    }

    /// The curriculum, version, number and comment of an upgrade that a job works on.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn upgrade_order(
        &mut self,
        upgrade_id: UpgradeId,
    ) -> Result<Option<(CurriculumId, VersionId, i64, String)>> {
        self.company_query(
            "SELECT curriculum_id, version_id, number, comment FROM upgrades WHERE company_id = $1 AND upgrade_id = $2",
        )
        .bind(upgrade_id)
        .optional()
        .await
    }

    /// Takes the next person in `from`, so that nobody else does: the row is locked until this transaction ends.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn claim_person(
        &mut self,
        upgrade_id: UpgradeId,
        (from, to): (UpgradeState, UpgradeState),
    ) -> Result<Option<ClaimedPerson>> {
        self.company_query(
            "UPDATE upgrade_people SET state = $4
             WHERE company_id = $1 AND upgrade_id = $2 AND state = $3
               AND mentorship_id = (SELECT n.mentorship_id FROM upgrade_people n
                                    WHERE n.upgrade_id = $2 AND n.state = $3 ORDER BY n.mentorship_id LIMIT 1)
             RETURNING mentorship_id, changed, before",
        )
        .bind(upgrade_id)
        .bind(from)
        .bind(to)
        .optional()
        .await
    }

    /// Keeps how it went with one person. What was needed to undo it stays when there is nothing newer.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn finish_person(
        &mut self,
        upgrade_id: UpgradeId,
        mentorship_id: MentorshipId,
        outcome: &Outcome,
    ) -> Result<()> {
        self.company_query(
            "UPDATE upgrade_people
             SET state = $4, reason = $5, titles = $6, added = $7, changed = $8, dropped = $9,
                 before = coalesce($10, before)
             WHERE company_id = $1 AND upgrade_id = $2 AND mentorship_id = $3",
        )
        .bind(upgrade_id)
        .bind(mentorship_id)
        .bind(outcome.state)
        .bind(outcome.reason)
        .bind(Json(outcome.titles.clone()))
        .bind(outcome.added)
        .bind(outcome.changed)
        .bind(outcome.dropped)
        .bind(outcome.before.clone().map(Json))
        .execute()
        .await
        .map(drop)
    }

    /// How many people are in which state.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn upgrade_counts(&mut self, upgrade_id: UpgradeId) -> Result<Vec<(UpgradeState, i64)>> {
        self.company_query(
            "SELECT state, count(*) FROM upgrade_people WHERE company_id = $1 AND upgrade_id = $2 GROUP BY state",
        )
        .bind(upgrade_id)
        .all()
        .await
    }
}
