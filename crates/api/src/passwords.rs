//! Passwords: hashing off the request threads, old hashes understood once, and what a good one is.
//!
//! argon2id as PHC strings. Hashes of the old system (`pbkdf2_sha256$…`, and
//! bcrypt) verify and are then replaced. Passwords are compared whole, in NFC,
//! so that the same Korean phrase typed on any device is the same.

use crate::{Error, Result};
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use base64::{Engine, engine::general_purpose::STANDARD};
use contract::FieldError;
use sha2::Sha256;
use std::sync::Arc;
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

/// zxcvbn's score from 0 to 4 that a password must reach.
const ENOUGH: u8 = 3;

/// What verifying told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Right,
    /// Right, but its hash is of an old kind: hash it anew.
    RightButOld,
    Wrong,
}

pub struct Passwords {
    argon2: Argon2<'static>,
    /// What is verified for accounts that aren't there, so that they take as long.
    decoy: std::sync::OnceLock<String>,
    /// One hash takes 19 MiB and a core: no more at once than there are cores.
    turns: Arc<Semaphore>,
}

impl Passwords {
    #[must_use]
    pub fn new(memory: u32) -> Self {
        let params = Params::new(memory, 2, 1, None).expect("fixed parameters within argon2's bounds");
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            decoy: std::sync::OnceLock::new(),
            turns: Arc::new(Semaphore::new(cores)),
        }
    }

    /// Hashes a password.
    ///
    /// # Errors
    /// A fault, when hashing fails.
    pub async fn hash(&self, password: &str) -> Result<String> {
        let (argon2, password) = (self.argon2.clone(), normal(password));
        self.off_thread(move || argon2.hash_password(password.as_bytes()).map(|hash| hash.to_string()))
            .await?
            .map_err(Error::fault)
    }

    /// Verifies a password; without a hash it takes as long and is wrong.
    ///
    /// # Errors
    /// A fault, when the work could not be done.
    pub async fn verify(&self, password: &str, hash: Option<&str>) -> Result<Verdict> {
        let (argon2, password) = (self.argon2.clone(), normal(password));
        let (hash, is_decoy) = match hash {
            Some(hash) => (hash.to_owned(), false),
            None => (self.decoy()?, true),
        };
        let verdict = self.off_thread(move || verdict(&argon2, &password, &hash)).await?;
        Ok(if is_decoy { Verdict::Wrong } else { verdict })
    }

    fn decoy(&self) -> Result<String> {
        if let Some(decoy) = self.decoy.get() {
            return Ok(decoy.clone());
        }
        let decoy =
            self.argon2.hash_password(crate::secret::random().as_bytes()).map_err(Error::fault)?.to_string();
        Ok(self.decoy.get_or_init(|| decoy).clone())
    }

    async fn off_thread<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let _turn = Arc::clone(&self.turns).acquire_owned().await.map_err(Error::fault)?;
        tokio::task::spawn_blocking(work).await.map_err(Error::fault)
    }
}

fn normal(password: &str) -> String {
    password.nfc().collect()
}

fn verdict(argon2: &Argon2<'_>, password: &str, hash: &str) -> Verdict {
    let (is_right, is_old) = if hash.starts_with("$argon2id$") {
        let ours = format!(
            "m={},t={},p={}",
            argon2.params().m_cost(),
            argon2.params().t_cost(),
            argon2.params().p_cost()
        );
        (argon2.verify_password(password.as_bytes(), hash).is_ok(), !hash.contains(&ours))
    } else if let Some(django) = hash.strip_prefix("pbkdf2_sha256$") {
        (django_pbkdf2(password, django).unwrap_or(false), true)
    } else {
        // bcrypt looks at 72 bytes only: a longer password can't have been told apart, so it is refused.
        let bcrypt = hash.strip_prefix("bcrypt$").unwrap_or(hash);
        (password.len() <= 72 && bcrypt::verify(password, bcrypt).unwrap_or(false), true)
    };
    match (is_right, is_old) {
        (false, _) => Verdict::Wrong,
        (true, false) => Verdict::Right,
        (true, true) => Verdict::RightButOld,
    }
}

/// Django: `iterations$salt$base64(hash)`.
fn django_pbkdf2(password: &str, rest: &str) -> Option<bool> {
    let mut parts = rest.split('$');
    let (rounds, salt, expected) = (parts.next()?.parse().ok()?, parts.next()?, parts.next()?);
    let expected = STANDARD.decode(expected).ok()?;
    let mut computed = vec![0_u8; expected.len()];
    pbkdf2::pbkdf2_hmac::<Sha256>(password.as_bytes(), salt.as_bytes(), rounds, &mut computed);
    Some(computed.ct_eq(&expected).into())
}

/// Whether a new password is good enough, for somebody with these words about them (names, e-mail, company).
///
/// # Errors
/// A 422 at `field` that says why not.
pub fn check(field: &str, password: &str, words: &[&str]) -> Result<()> {
    let password = normal(password);
    let length = password.chars().count();
    let refuse = |code: &str, message: &str| Err(Error::invalid(vec![FieldError::new(field, code, message)]));
    if length < 10 {
        return Err(Error::invalid(vec![
            FieldError::new(field, "too_short", "At least 10 characters.").with("min", 10),
        ]));
    }
    let lower = password.to_lowercase();
    let about: Vec<String> = words
        .iter()
        .flat_map(|word| word.split(['@', '.', ' ']))
        .map(str::to_lowercase)
        .filter(|word| word.chars().count() >= 3)
        .collect();
    let left = about.iter().fold(lower.clone(), |left, word| left.replace(word.as_str(), ""));
    if left.chars().count() < 6 && left != lower {
        return refuse("password_about_you", "This is too close to your name, address or company.");
    }
    let mut known: Vec<&str> = about.iter().map(String::as_str).collect();
    known.extend(["naru", "나루", "onboarding", "온보딩", "mentoring", "welcome"]);
    // zxcvbn's time grows with the length; what follows 100 characters can only make it stronger.
    let head: String = password.chars().take(100).collect();
    if u8::from(zxcvbn::zxcvbn(&head, &known).score()) < ENOUGH {
        return refuse("password_too_easy", "This is too easy to guess: make it longer or less usual.");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quick() -> Passwords {
        Passwords::new(64)
    }

    #[tokio::test]
    async fn a_hash_verifies_its_password_and_no_other() {
        let passwords = quick();
        let hash = passwords.hash("바다 건너 첫 나룻배 7").await.unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert_eq!(passwords.verify("바다 건너 첫 나룻배 7", Some(&hash)).await.unwrap(), Verdict::Right);
        let decomposed: String = "바다 건너 첫 나룻배 7".nfd().collect();
        assert_eq!(passwords.verify(&decomposed, Some(&hash)).await.unwrap(), Verdict::Right);
        assert_eq!(passwords.verify("바다 건너 첫 나룻배 8", Some(&hash)).await.unwrap(), Verdict::Wrong);
        assert_eq!(passwords.verify("x", None).await.unwrap(), Verdict::Wrong);
    }

    #[tokio::test]
    async fn long_passwords_are_compared_whole() {
        let passwords = quick();
        let (one, other) = (
            format!("{}a{}", "x".repeat(72), "z".repeat(7)),
            format!("{}b{}", "x".repeat(72), "z".repeat(7)),
        );
        let hash = passwords.hash(&one).await.unwrap();
        assert_eq!(passwords.verify(&other, Some(&hash)).await.unwrap(), Verdict::Wrong);
    }

    #[tokio::test]
    async fn hashes_of_the_old_system_verify_and_are_called_old() {
        let passwords = quick();
        // Python: base64(hashlib.pbkdf2_hmac('sha256', b'harbour lights 42', b'salt', 1000))
        let mut key = [0_u8; 32];
        pbkdf2::pbkdf2_hmac::<Sha256>(b"harbour lights 42", b"salt", 1000, &mut key);
        let django = format!("pbkdf2_sha256$1000$salt${}", STANDARD.encode(key));
        assert_eq!(passwords.verify("harbour lights 42", Some(&django)).await.unwrap(), Verdict::RightButOld);
        assert_eq!(passwords.verify("harbour lights 43", Some(&django)).await.unwrap(), Verdict::Wrong);
        let bcrypt = bcrypt::hash("harbour lights 42", 4).unwrap();
        assert_eq!(passwords.verify("harbour lights 42", Some(&bcrypt)).await.unwrap(), Verdict::RightButOld);
        assert_eq!(passwords.verify("nonsense", Some("unknown$hash")).await.unwrap(), Verdict::Wrong);
    }

    #[test]
    fn good_passwords_pass_and_easy_ones_are_told_why() {
        let about = ["한", "지우", "jiwoo.han@yunseul.example", "윤슬로보틱스"];
        for good in ["correct horse battery staple", "달빛아래 낡은 기차역 세개", "tq8!mVzr2pLx"] {
            assert!(check("password", good, &about).is_ok(), "{good}");
        }
        for bad in [
            "short1!",
            "password123",
            "1234567890",
            "onboarding1",
            "aaaaaaaaaaaa",
            "jiwoo.han123",
            "윤슬로보틱스1",
        ] {
            assert!(check("password", bad, &about).is_err(), "{bad}");
        }
    }
}
