//! Who has a draft open just now. Kept for seconds, and only here: losing it costs a name chip.

use crate::{
    Result, Signed, sealed,
    shell::{face, hue},
};
use chrono::{DateTime, Duration, Utc};
use contract::CurriculumId;
use serde::{Deserialize, Serialize};

/// After this long without a sign somebody is gone.
const STAYS: Duration = Duration::seconds(20);
/// A sign is written this often, however often the page asks.
const SIGNS: Duration = Duration::seconds(7);

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Sign {
    user_id: i64,
    name: String,
    at: DateTime<Utc>,
}

/// Somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Here {
    name: String,
    initials: String,
    hue: i64,
}

/// Says that this person is here, if they edit, and answers who else is.
pub async fn seen(signed: &Signed, curriculum_id: CurriculumId, is_editor: bool) -> Result<Vec<Here>> {
    let key = format!("editing:{curriculum_id}");
    let now = signed.app.now();
    let own = signed.me.user_id.0;
    let mut signs = read(signed, &key, now).await?;
    let is_fresh = |sign: &Sign| sign.user_id == own && now - sign.at < SIGNS;
    if is_editor && !signs.iter().any(is_fresh) {
        let lock = signed.app.lock_of(&key);
        let _turn = lock.lock().await;
        signs = read(signed, &key, now).await?;
        signs.retain(|sign| sign.user_id != own);
        signs.push(Sign { user_id: own, name: signed.me.name.clone(), at: now });
        signed.app.kv.set(&key, serde_json::to_vec(&signs).unwrap_or_default(), STAYS).await?;
    }
    let others = signs.into_iter().filter(|sign| sign.user_id != own);
    let mut here: Vec<Here> = others
        .map(|sign| Here { initials: face(&sign.name), hue: hue(sign.user_id), name: sign.name })
        .collect();
    here.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(here)
}

async fn read(signed: &Signed, key: &str, now: DateTime<Utc>) -> Result<Vec<Sign>> {
    let kept = signed.app.kv.get(key).await?;
    let mut signs: Vec<Sign> = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    signs.retain(|sign| now - sign.at < STAYS);
    Ok(signs)
}

/// Changes when somebody comes or goes.
pub fn digest(here: &[Here]) -> String {
    let names: Vec<&str> = here.iter().map(|one| one.name.as_str()).collect();
    sealed::digest(&names.join("\n"))[..12].to_owned()
}
