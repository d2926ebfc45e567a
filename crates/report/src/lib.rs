//! The final report and the certificate of a mentorship as PDF: facts in, bytes out.
//!
//! Pure: no clock, no files, no network. The Korean font lies beside the source and each document carries only the
//! glyphs it uses. People write Markdown; long texts run over as many pages as they need.

mod certificate;
mod document;
mod fonts;
mod markdown;
mod paper;
mod words;
mod wrap;

pub use certificate::{Certificate, certificate};
pub use document::{Figures, GoalLine, Person, Report, Signature, View, report};
pub use words::Language;

/// How many things a report scores, in the order of [`View::scores`].
pub const CRITERIA: usize = 5;

/// The document could not be written: a fault of this program.
#[derive(Debug, thiserror::Error)]
#[error("the PDF could not be written: {0}")]
pub struct Error(String);
