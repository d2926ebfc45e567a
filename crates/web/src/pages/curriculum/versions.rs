//! The published versions: which there are, and one of them to read.

use super::{board::Board, change, samples};
use crate::{Crumb, Page, Result, Signed, engine::Voice};
use axum::{extract::Path, response::Response};
use contract::{
    CurriculumId, UserId, VersionId,
    curriculum::{Curriculum, CurriculumDetail, GetVersion, ListVersions, Version},
    curriculum_diff::{GetKeptDraft, KeptDraft},
    policy::Action,
};
use serde::Serialize;

#[derive(Serialize)]
struct Versions {
    curriculum: Curriculum,
    versions: Vec<Version>,
    /// The draft that a restoration put aside.
    kept: Option<KeptDraft>,
    /// Those who run an older version can be brought to the newest.
    can_upgrade: bool,
}

pub async fn list(signed: Signed, Path(curriculum_id): Path<CurriculumId>) -> Result<Response> {
    let versions = signed.call(ListVersions { curriculum_id }).await?.items;
    let curriculum = change::load(&signed, curriculum_id).await?.curriculum;
    let kept = signed.call(GetKeptDraft { curriculum_id }).await?.kept;
    let can_upgrade =
        signed.can(Action::EditMentorship) && versions.iter().skip(1).any(|version| version.in_use > 0);
    signed.page(&Versions { curriculum, versions, kept, can_upgrade }).await
}

impl Page for Versions {
    const TEMPLATE: &'static str = "pages/curriculum_versions.html";
    const HERE: &'static str = "curricula";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        super::crumbs(voice, &self.curriculum, Some(voice.tr("curriculum-versions", &[])))
    }

    fn samples() -> Vec<Self> {
        let version = |number: i64, note: &str, who: Option<&str>| Version {
            version_id: VersionId(number),
            curriculum_id: CurriculumId(5),
            number,
            note: note.into(),
            published_at: chrono::DateTime::UNIX_EPOCH,
            published_by: who.map(|_| UserId(7)),
            published_by_name: who.map(str::to_owned),
            total_weeks: 6,
            task_count: 13,
            in_use: number,
        };
        let kept = |number| KeptDraft {
            number,
            task_count: 9,
            kept_by_name: None,
            kept_at: chrono::DateTime::UNIX_EPOCH,
        };
        let versions = vec![version(2, "Shorter\nand better", Some("Seoyeon Park")), version(1, "", None)];
        vec![
            Self {
                curriculum: samples::used(),
                versions: versions.clone(),
                kept: Some(kept(Some(1))),
                can_upgrade: true,
            },
            Self { curriculum: samples::others(), versions, kept: Some(kept(None)), can_upgrade: false },
            Self { curriculum: samples::fresh(), versions: Vec::new(), kept: None, can_upgrade: false },
        ]
    }
}

/// One version, which nobody changes any more.
#[derive(Serialize)]
struct VersionPage {
    curriculum: Curriculum,
    number: i64,
    board: Board,
}

impl VersionPage {
    fn of(detail: CurriculumDetail, number: i64) -> Self {
        Self { board: Board::of(&detail), curriculum: detail.curriculum, number }
    }
}

pub async fn show(
    signed: Signed,
    Path((curriculum_id, number)): Path<(CurriculumId, i64)>,
) -> Result<Response> {
    let detail = signed.call(GetVersion { curriculum_id, number }).await?;
    signed.page(&VersionPage::of(detail, number)).await
}

impl Page for VersionPage {
    const TEMPLATE: &'static str = "pages/curriculum_version.html";
    const HERE: &'static str = "curricula";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        super::crumbs(voice, &self.curriculum, Some(format!("v{}", self.number)))
    }

    fn samples() -> Vec<Self> {
        vec![Self::of(samples::detail(samples::used()), 3)]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn renders() {
        crate::page::tests::renders::<super::Versions>();
        crate::page::tests::renders::<super::VersionPage>();
    }
}
