//! Agreements: a row per version, the newest one counts.

use crate::{Result, Within};
use chrono::{DateTime, Utc};
use contract::{
    MentorshipId, UserId,
    agreement::{AgreementVersion, Rhythm, Side, Signature},
};

#[derive(sqlx::FromRow)]
struct AgreementRow {
    number: i64,
    mentor_expects: String,
    mentee_expects: String,
    rhythm: Rhythm,
    weekday: Option<i64>,
    meets_at: String,
    minutes: i64,
    place: String,
    mentor_signed_by: Option<UserId>,
    mentor_signer: Option<String>,
    mentor_signed_at: Option<DateTime<Utc>>,
    mentee_signed_by: Option<UserId>,
    mentee_signer: Option<String>,
    mentee_signed_at: Option<DateTime<Utc>>,
    version: i64,
    updated_at: DateTime<Utc>,
}

/// Who signed, when all three are there.
pub(crate) fn signature(
    user_id: Option<UserId>,
    name: Option<String>,
    at: Option<DateTime<Utc>>,
) -> Option<Signature> {
    Some(Signature { user_id: user_id?, name: name?, at: at? })
}

impl AgreementRow {
    fn version(self) -> (i64, AgreementVersion) {
        let version = AgreementVersion {
            number: self.number,
            mentor_expects: self.mentor_expects,
            mentee_expects: self.mentee_expects,
            rhythm: self.rhythm,
            weekday: self.weekday,
            meets_at: self.meets_at,
            minutes: self.minutes,
            place: self.place,
            mentor_signed: signature(self.mentor_signed_by, self.mentor_signer, self.mentor_signed_at),
            mentee_signed: signature(self.mentee_signed_by, self.mentee_signer, self.mentee_signed_at),
            updated_at: Some(self.updated_at),
        };
        (self.version, version)
    }
}

impl Within {
    /// The versions of a mentorship's agreement with their `version` counters, newest first. Whether the mentorship
    /// is within reach is asked before.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn agreements(&mut self, mentorship_id: MentorshipId) -> Result<Vec<(i64, AgreementVersion)>> {
        let rows: Vec<AgreementRow> = self
            .company_query(
                "SELECT g.number, g.mentor_expects, g.mentee_expects, g.rhythm, g.weekday, g.meets_at, g.minutes, g.place,
                        g.mentor_signed_by, r.name AS mentor_signer, g.mentor_signed_at,
                        g.mentee_signed_by, e.name AS mentee_signer, g.mentee_signed_at, g.version, g.updated_at
                 FROM agreements g
                 LEFT JOIN users r ON r.user_id = g.mentor_signed_by
                 LEFT JOIN users e ON e.user_id = g.mentee_signed_by
                 WHERE g.company_id = $1 AND g.mentorship_id = $2
                 ORDER BY g.number DESC LIMIT 100",
            )
            .bind(mentorship_id)
            .all()
            .await?;
        Ok(rows.into_iter().map(AgreementRow::version).collect())
    }

    /// Begins a version with no signatures.
    ///
    /// # Errors
    /// [`crate::Error::Taken`] when somebody else began it first.
    pub async fn add_agreement(
        &mut self,
        mentorship_id: MentorshipId,
        agreement: &AgreementVersion,
        version: i64,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.company_query(
            "INSERT INTO agreements (company_id, mentorship_id, number, mentor_expects, mentee_expects, rhythm, weekday,
                                     meets_at, minutes, place, version, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )
        .bind(mentorship_id)
        .bind(agreement.number)
        .bind(agreement.mentor_expects.clone())
        .bind(agreement.mentee_expects.clone())
        .bind(agreement.rhythm)
        .bind(agreement.weekday)
        .bind(agreement.meets_at.clone())
        .bind(agreement.minutes)
        .bind(agreement.place.clone())
        .bind(version)
        .bind(now)
        .execute()
        .await
        .map(drop)
    }

    /// Changes a version that nobody has signed and that still has this counter.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn change_agreement(
        &mut self,
        mentorship_id: MentorshipId,
        agreement: &AgreementVersion,
        seen: i64,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let changed = self
            .company_query(
                "UPDATE agreements
                 SET mentor_expects = $5, mentee_expects = $6, rhythm = $7, weekday = $8, meets_at = $9, minutes = $10,
                     place = $11, version = version + 1, updated_at = $12
                 WHERE company_id = $1 AND mentorship_id = $2 AND number = $3 AND version = $4
                   AND mentor_signed_at IS NULL AND mentee_signed_at IS NULL",
            )
            .bind(mentorship_id)
            .bind(agreement.number)
            .bind(seen)
            .bind(agreement.mentor_expects.clone())
            .bind(agreement.mentee_expects.clone())
            .bind(agreement.rhythm)
            .bind(agreement.weekday)
            .bind(agreement.meets_at.clone())
            .bind(agreement.minutes)
            .bind(agreement.place.clone())
            .bind(now)
            .execute()
            .await?;
        Ok(changed > 0)
    }

    /// Signs a version for one side, if it still has this counter.
    ///
    /// # Errors
    /// See [`crate::Error`].
    pub async fn sign_agreement(
        &mut self,
        mentorship_id: MentorshipId,
        (number, seen): (i64, i64),
        (side, signer): (Side, UserId),
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let sql = match side {
            Side::Mentor => {
                "UPDATE agreements SET mentor_signed_by = $5, mentor_signed_at = $6, version = version + 1
                 WHERE company_id = $1 AND mentorship_id = $2 AND number = $3 AND version = $4"
            }
            Side::Mentee => {
                "UPDATE agreements SET mentee_signed_by = $5, mentee_signed_at = $6, version = version + 1
                 WHERE company_id = $1 AND mentorship_id = $2 AND number = $3 AND version = $4"
            }
        };
        let signed = self
            .company_query(sql)
            .bind(mentorship_id)
            .bind(number)
            .bind(seen)
            .bind(signer)
            .bind(now)
            .execute()
            .await?;
        Ok(signed > 0)
    }
}
