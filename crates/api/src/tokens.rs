//! Access tokens: short-lived JWTs (HS256, `at+jwt`) that carry the caller.
//!
//! One algorithm, fixed here; nothing of a token's header is believed but
//! which of our own keys to try. RFC 8725, RFC 9068.

use chrono::{DateTime, Duration, Utc};
use contract::{
    CompanyId, DepartmentId, SessionId, UserId,
    policy::{Caller, Role, Roles},
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

const ISSUER: &str = "naru";
const AUDIENCE: &str = "naru-api";
const TYPE: &str = "at+jwt";
/// Seconds by which clocks may differ.
const LEEWAY: i64 = 5;

/// What an access token says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    iss: String,
    aud: String,
    pub sub: String,
    pub sid: i64,
    /// The generation of the account it was issued in.
    pub r#gen: i64,
    pub iat: i64,
    pub exp: i64,
    jti: String,
    roles: Vec<Role>,
    #[serde(default)]
    company: Option<String>,
    #[serde(default)]
    department: Option<i64>,
    tz: String,
    locale: String,
}

/// Why a token does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    Expired,
    Invalid,
}

struct Key {
    id: String,
    signs: EncodingKey,
    verifies: DecodingKey,
}

/// The keys: the first signs, all verify.
pub struct Tokens {
    keys: Vec<Key>,
    validation: Validation,
    ttl: Duration,
}

impl Tokens {
    #[must_use]
    pub fn new(secrets: &[String], ttl: Duration) -> Self {
        let key = |secret: &String| Key {
            id: crate::secret::digest(secret).chars().take(8).collect(),
            signs: EncodingKey::from_secret(secret.as_bytes()),
            verifies: DecodingKey::from_secret(secret.as_bytes()),
        };
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_audience(&[AUDIENCE]);
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
        // `exp` is checked below, against the service's own clock.
        validation.validate_exp = false;
        Self { keys: secrets.iter().map(key).collect(), validation, ttl }
    }

    #[must_use]
    pub const fn ttl(&self) -> Duration {
        self.ttl
    }

    /// A token for a caller whose account is in `generation`.
    ///
    /// # Errors
    /// When there is no key.
    pub fn issue(&self, caller: &Caller, generation: i64, now: DateTime<Utc>) -> crate::Result<String> {
        let key = self.keys.first().ok_or_else(|| crate::Error::fault("no token secret is configured"))?;
        let mut header = Header::new(Algorithm::HS256);
        header.typ = Some(TYPE.to_owned());
        header.kid = Some(key.id.clone());
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: caller.user_id.to_string(),
            sid: caller.session_id.0,
            r#gen: generation,
            iat: now.timestamp(),
            exp: (now + self.ttl).timestamp(),
            jti: crate::secret::random(),
            roles: caller.roles.iter().collect(),
            company: caller.company_id.as_ref().map(|company| company.0.clone()),
            department: caller.department_id.map(|department| department.0),
            tz: caller.time_zone.clone(),
            locale: caller.locale.clone(),
        };
        jsonwebtoken::encode(&header, &claims, &key.signs).map_err(crate::Error::fault)
    }

    /// Reads a token back.
    ///
    /// # Errors
    /// [`Refusal`] when it is not one of ours, or has ended.
    pub fn read(&self, token: &str, now: DateTime<Utc>) -> Result<(Caller, Claims), Refusal> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| Refusal::Invalid)?;
        if header.typ.as_deref() != Some(TYPE) {
            return Err(Refusal::Invalid);
        }
        let key =
            self.keys.iter().find(|key| header.kid.as_deref() == Some(&key.id)).ok_or(Refusal::Invalid)?;
        let claims = jsonwebtoken::decode::<Claims>(token, &key.verifies, &self.validation)
            .map_err(|_| Refusal::Invalid)?
            .claims;
        let user_id = claims.sub.parse().map(UserId).map_err(|_| Refusal::Invalid)?;
        if claims.iat > now.timestamp() + LEEWAY {
            return Err(Refusal::Invalid);
        }
        if claims.exp + LEEWAY <= now.timestamp() {
            return Err(Refusal::Expired);
        }
        let caller = Caller {
            user_id,
            session_id: SessionId(claims.sid),
            company_id: claims.company.clone().map(CompanyId),
            department_id: claims.department.map(DepartmentId),
            roles: Roles::of(claims.roles.iter().copied()),
            time_zone: claims.tz.clone(),
            locale: claims.locale.clone(),
        };
        Ok((caller, claims))
    }
}
