//! Putting a block into a draft without a script: its tasks become edits, with keys of their own.

use crate::{Form, Result, Signed, pages::curriculum::editable, sealed};
use axum::{extract::Path, response::Response};
use contract::{
    BlockId, CurriculumId,
    blocks::{BlockDetail, GetBlock},
    curriculum::TemplateTask,
    curriculum_edits::{DraftEdit, DraftEdits, EditDraft, EditKind},
};
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct InsertForm {
    week: i64,
}

pub async fn submit(
    signed: Signed,
    Path((curriculum_id, block_id)): Path<(CurriculumId, BlockId)>,
    Form(form, once): Form<InsertForm>,
) -> Result<Response> {
    let BlockDetail { block, tasks } = signed.call(GetBlock { block_id }).await?;
    let detail = editable(&signed, curriculum_id).await?;
    let seed = sealed::digest(&sealed::word());
    let edits = edits(tasks, form.week.max(1), &seed[..8]);
    signed
        .call_once(&once, EditDraft { curriculum_id, edits: DraftEdits { base: detail.revision, edits } })
        .await?;
    let text = signed.tr("blocks-inserted", &[("name", &block.name)]);
    signed.done(&format!("/curricula/{curriculum_id}#week-{}", form.week.max(1)), text).await
}

/// The tasks from this week on; what they wait for among themselves is kept under their new keys.
fn edits(tasks: Vec<TemplateTask>, week: i64, seed: &str) -> Vec<DraftEdit> {
    let keys: HashMap<String, String> =
        tasks.iter().enumerate().map(|(nth, task)| (task.key.clone(), format!("{seed}-{nth}"))).collect();
    let add = |task: TemplateTask| {
        let depends_on = task.depends_on.iter().filter_map(|key| keys.get(key).cloned()).collect();
        let key = keys.get(&task.key).cloned().unwrap_or_default();
        let task = TemplateTask { week: (task.week + week - 1).min(104), key, depends_on, ..task };
        DraftEdit { task: Some(task), ..DraftEdit::new(EditKind::Add) }
    };
    tasks.into_iter().map(add).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::curricula::samples;

    #[test]
    fn what_waits_for_what_is_kept_under_new_keys() {
        let tasks = samples::detail(samples::used()).tasks;
        let edits = edits(tasks, 4, "new");
        let added: Vec<_> = edits.iter().filter_map(|edit| edit.task.as_ref()).collect();
        assert_eq!(added.iter().map(|task| task.week).collect::<Vec<_>>(), [4, 4, 5, 5]);
        assert_eq!(
            (added[2].key.as_str(), added[2].depends_on.as_slice()),
            ("new-2", ["new-0".to_owned(), "new-1".to_owned()].as_slice())
        );
    }
}
