//! What still hangs on something that was to be deleted, in words.

use crate::{Errors, Result, engine::Voice, form::problem_key};
use client::CallError;
use contract::Code;

/// Why something was not deleted: what hangs on it stands at the button.
pub fn refusal(error: CallError, voice: &Voice) -> Result<Errors> {
    match sentence(&error, voice) {
        Some(text) => Ok(Errors::one("delete", text)),
        None => Errors::of(error, voice),
    }
}

/// The API's `people 3, departments 0` as a sentence; `None` when that isn't why it refused.
fn sentence(error: &CallError, voice: &Voice) -> Option<String> {
    if error.code() != Some(Code::InUse) {
        return None;
    }
    let detail = error.problem().and_then(|problem| problem.detail.as_deref()).unwrap_or_default();
    let there: Vec<String> = detail.split(", ").filter_map(|part| said(part, voice)).collect();
    Some(match there.is_empty() {
        true => voice.tr(&problem_key(Code::InUse), &[]),
        false => voice.tr("organisation-in-use", &[("things", &there.join(", "))]),
    })
}

fn said(part: &str, voice: &Voice) -> Option<String> {
    let (kind, count) = part.trim().split_once(' ')?;
    if count.parse::<i64>().ok()? == 0 {
        return None;
    }
    voice.try_tr(&format!("organisation-in-use-{kind}"), &[("count", count)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{Problem, auth::Locale};

    #[test]
    fn only_what_is_there_is_named() {
        let mut problem = Problem::new(Code::InUse);
        problem.detail = Some("people 3, departments 0, curricula 1".into());
        let error = CallError::Refused { problem: Box::new(problem), retry_after: None };
        let text = sentence(&error, &Voice::read(Locale::En)).unwrap();
        assert!(text.contains("3 people") && text.contains("1 curriculum"), "{text}");
        assert!(!text.contains("department"), "{text}");
    }
}
