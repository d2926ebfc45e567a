//! Two versions of a curriculum beside each other, and an older one taken back as the draft.

use super::{Routes, curricula::samples, curriculum::crumbs};
use crate::{
    Crumb, Error, Form, Page, Query, Result, Signed,
    engine::Voice,
    form::{Nothing, blank},
};
use axum::{extract::Path, response::Response};
use contract::{
    Code, CurriculumId, UserId, VersionId,
    curriculum::{GetCurriculum, ListVersions, Version},
    curriculum_diff::{
        ChangeKind, CurriculumDiff, DiffCurriculum, DiffRange, FieldChange, NoteChange, Piece, PieceKind,
        Restoration, RestoreKeptDraft, RestoreVersion, TaskChange, TaskField,
    },
};
use serde::{Deserialize, Serialize};

pub fn routes() -> Routes {
    Routes::new()
        .get("/curricula/{curriculum_id}/diff", show)
        .post("/curricula/{curriculum_id}/versions/{number}/restore", restore)
        .post("/curricula/{curriculum_id}/kept-draft/restore", restore_kept)
}

/// Of what stays the same, this much is shown at each side of a change.
const AROUND: usize = 60;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    #[serde(deserialize_with = "blank")]
    from: Option<i64>,
    #[serde(deserialize_with = "blank")]
    to: Option<i64>,
}

#[derive(Serialize)]
struct Diff {
    diff: CurriculumDiff,
    versions: Vec<Version>,
    added: usize,
    removed: usize,
    moved: usize,
    changed: usize,
}

impl Diff {
    fn of(mut diff: CurriculumDiff, versions: Vec<Version>) -> Self {
        for field in diff.tasks.iter_mut().flat_map(|task| &mut task.fields) {
            shorten(&mut field.pieces);
        }
        let count = |kind| diff.tasks.iter().filter(|task| task.change == kind).count();
        Self {
            added: count(ChangeKind::Added),
            removed: count(ChangeKind::Removed),
            moved: count(ChangeKind::Moved),
            changed: count(ChangeKind::Changed),
            diff,
            versions,
        }
    }
}

/// Leaves of long unchanged passages what stands beside a change.
fn shorten(pieces: &mut [Piece]) {
    let last = pieces.len().saturating_sub(1);
    for (place, piece) in pieces.iter_mut().enumerate() {
        let letters: Vec<char> = piece.text.chars().collect();
        if piece.kind != PieceKind::Same || letters.len() <= 2 * AROUND + 20 {
            continue;
        }
        let head: String = letters[..AROUND].iter().collect();
        let tail: String = letters[letters.len() - AROUND..].iter().collect();
        piece.text = match place {
            0 => format!("… {tail}"),
            _ if place == last => format!("{head} …"),
            _ => format!("{head} … {tail}"),
        };
    }
}

async fn show(
    signed: Signed,
    Path(curriculum_id): Path<CurriculumId>,
    Query(ask): Query<Ask>,
) -> Result<Response> {
    let range = DiffRange { from: ask.from, to: ask.to };
    let diff = signed.call(DiffCurriculum { curriculum_id, range }).await?;
    let versions = signed.call(ListVersions { curriculum_id }).await?.items;
    signed.page(&Diff::of(diff, versions)).await
}

async fn restore(
    signed: Signed,
    Path((curriculum_id, number)): Path<(CurriculumId, i64)>,
    Form(..): Form<Nothing>,
) -> Result<Response> {
    let restoration = Restoration { number };
    match signed.call(RestoreVersion { curriculum_id, restoration, if_match: None }).await {
        Ok(_) => {
            let text = signed.tr("diff-restored", &[("version", &format!("v{number}"))]);
            signed.say(text, Some(format!("/curricula/{curriculum_id}/kept-draft/restore"))).await?;
            Ok(signed.redirect(&format!("/curricula/{curriculum_id}")))
        }
        Err(error) if error.code() == Some(Code::Archived) => Err(Error::of(Code::Archived)),
        Err(error) => Err(error.into()),
    }
}

async fn restore_kept(
    signed: Signed,
    Path(curriculum_id): Path<CurriculumId>,
    Form(..): Form<Nothing>,
) -> Result<Response> {
    let revision = signed.call(GetCurriculum { curriculum_id, if_match: None }).await?.revision;
    signed.call(RestoreKeptDraft { curriculum_id, if_match: Some(revision) }).await?;
    signed.done(&format!("/curricula/{curriculum_id}"), signed.tr("diff-draft-back", &[])).await
}

impl Page for Diff {
    const TEMPLATE: &'static str = "pages/curriculum_diff.html";
    const HERE: &'static str = "curricula";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        crumbs(voice, &self.diff.curriculum, Some(voice.tr("diff-title", &[])))
    }

    fn samples() -> Vec<Self> {
        let version = |number: i64| Version {
            version_id: VersionId(number),
            curriculum_id: CurriculumId(5),
            number,
            note: String::new(),
            published_at: chrono::DateTime::UNIX_EPOCH,
            published_by: Some(UserId(7)),
            published_by_name: None,
            total_weeks: 6,
            task_count: 13,
            in_use: number,
        };
        let piece = |kind, text: &str| Piece { kind, text: text.into() };
        let pieces = || {
            vec![
                piece(PieceKind::Same, "read "),
                piece(PieceKind::Removed, "all"),
                piece(PieceKind::Added, "some <b>"),
            ]
        };
        let value = |field, old: &str, new: &str| FieldChange {
            field,
            old: old.into(),
            new: new.into(),
            pieces: Vec::new(),
        };
        let task = |change, is_moved, old_week, fields| TaskChange {
            key: "a".into(),
            title: "Task <b>".into(),
            change,
            week: 2,
            old_week,
            is_moved,
            fields,
        };
        let texts = [TaskField::Title, TaskField::Guideline, TaskField::SubmissionForm]
            .map(|field| FieldChange { pieces: pieces(), ..value(field, "", "") });
        let values = vec![
            value(TaskField::Kind, "task", "reading"),
            value(TaskField::Owner, "mentee", "mentor"),
            value(TaskField::Priority, "high", "low"),
            value(TaskField::StartsAfter, "0", "1"),
            value(TaskField::Duration, "2", "3"),
            value(TaskField::DependsOn, "", "Other"),
            value(TaskField::IsRequired, "true", "false"),
        ];
        let note = |change| NoteChange { week: 1, change, pieces: pieces() };
        let full = CurriculumDiff {
            curriculum: samples::used(),
            from: 2,
            to: 0,
            tasks: vec![
                task(ChangeKind::Added, false, None, Vec::new()),
                task(ChangeKind::Removed, false, None, Vec::new()),
                task(ChangeKind::Moved, true, Some(1), Vec::new()),
                task(ChangeKind::Moved, true, None, Vec::new()),
                task(ChangeKind::Changed, true, Some(3), texts.into_iter().chain(values).collect()),
            ],
            week_notes: vec![note(ChangeKind::Added), note(ChangeKind::Removed), note(ChangeKind::Changed)],
            unchanged: 4,
        };
        let empty =
            CurriculumDiff { tasks: Vec::new(), week_notes: Vec::new(), from: 1, to: 2, ..full.clone() };
        vec![Self::of(full, vec![version(2), version(1)]), Self::of(empty, vec![version(2), version(1)])]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders() {
        crate::page::tests::renders::<Diff>();
    }

    #[test]
    fn of_long_unchanged_passages_only_the_edges_are_shown() {
        let same = |text: &str| Piece { kind: PieceKind::Same, text: text.into() };
        let added = Piece { kind: PieceKind::Added, text: "x".repeat(500) };
        let mut pieces =
            vec![same(&"a".repeat(300)), added.clone(), same("short"), added.clone(), same(&"b".repeat(300))];
        shorten(&mut pieces);
        assert_eq!(pieces[0].text, format!("… {}", "a".repeat(60)));
        assert_eq!((&pieces[1], pieces[2].text.as_str()), (&added, "short"));
        assert_eq!(pieces[4].text, format!("{} …", "b".repeat(60)));
    }
}
