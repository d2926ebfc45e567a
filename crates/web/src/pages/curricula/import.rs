//! A curriculum from a YAML or CSV file; what is wrong with the file is listed by line.

use crate::{Crumb, Page, Result, Signed, Upload, engine::Voice, form};
use axum::response::Response;
use contract::{
    Code, FieldError,
    curriculum::{FileFormat, FileOptions, ImportCurriculum},
    policy::Action,
};
use serde::Serialize;

#[derive(Serialize)]
struct Import {
    file_name: String,
    faults: Vec<Fault>,
}

/// What is wrong at one place of the file.
#[derive(Serialize)]
struct Fault {
    /// "" where the file as a whole is meant.
    line: String,
    column: String,
    /// The line or the cell as it stands in the file.
    quote: String,
    /// `weeks.2.tasks.1.title`, as the API counts: from nought.
    place: String,
    text: String,
    /// The reader's own words, for a file that could not be read.
    detail: String,
}

impl Fault {
    fn of(error: &FieldError, voice: &Voice) -> Self {
        let known = form::known(error, voice);
        let is_file = error.field == "file" || error.field.is_empty();
        let param = |name: &str| error.params.get(name).cloned().unwrap_or_default();
        Self {
            line: param("line"),
            column: param("column"),
            quote: param("quote"),
            place: if is_file { String::new() } else { error.field.clone() },
            // Only what there is no own sentence for is said in the reader's words.
            detail: if known.is_none() { error.message.clone() } else { String::new() },
            text: known.unwrap_or_else(|| voice.tr("field-invalid", &[])),
        }
    }
}

pub async fn show(signed: Signed) -> Result<Response> {
    signed.only(Action::CreateCurriculum)?;
    signed.page(&Import { file_name: String::new(), faults: Vec::new() }).await
}

pub async fn submit(signed: Signed, upload: Upload) -> Result<Response> {
    let voice = signed.voice();
    let (file_name, faults) = match upload.file {
        None => (String::new(), vec![Fault::of(&FieldError::new("file", "required", ""), &voice)]),
        Some(file) => {
            let file_name = file.name.clone().unwrap_or_default();
            let is_table = file_name.to_lowercase().ends_with(".csv");
            let options = FileOptions { format: is_table.then_some(FileFormat::Csv) };
            match signed.call(ImportCurriculum { options, file }).await {
                Ok(made) => {
                    let text = signed.tr("curricula-made", &[("title", &made.curriculum.title)]);
                    return signed.done(&format!("/curricula/{}", made.curriculum.curriculum_id), text).await;
                }
                Err(error) if error.code() == Some(Code::Invalid) => {
                    (file_name, error.field_errors().iter().map(|error| Fault::of(error, &voice)).collect())
                }
                Err(error) => return Err(error.into()),
            }
        }
    };
    signed.invalid(&Import { file_name, faults }, &crate::Errors::default()).await
}

impl Page for Import {
    const TEMPLATE: &'static str = "pages/curricula_import.html";
    const HERE: &'static str = "curricula";

    fn crumbs(&self, voice: &Voice) -> Vec<Crumb> {
        vec![
            Crumb::to("/curricula", voice.tr("nav-curricula", &[])),
            Crumb::here(voice.tr("curricula-import", &[])),
        ]
    }

    fn samples() -> Vec<Self> {
        let fault = |line: &str, place: &str, detail: &str| Fault {
            line: line.into(),
            column: line.into(),
            quote: if line.is_empty() { String::new() } else { "title: [ <b>".into() },
            place: place.into(),
            text: "Too long".into(),
            detail: detail.into(),
        };
        vec![
            Self { file_name: String::new(), faults: Vec::new() },
            Self {
                file_name: "backend.yaml".into(),
                faults: vec![fault("12", "weeks.0.tasks.1.title", ""), fault("", "", "Line 3, column 1")],
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders() {
        crate::page::tests::renders::<Import>();
    }

    #[test]
    fn a_fault_says_its_line_and_what_is_wrong() {
        let voice = Voice::read(contract::auth::Locale::En);
        let error = FieldError::new("weeks.0.tasks.1.title", "too_long", "At most 200.")
            .with("max", 200)
            .with("line", 12);
        let fault = Fault::of(&error, &voice);
        assert_eq!((fault.line.as_str(), fault.place.as_str()), ("12", "weeks.0.tasks.1.title"));
        assert!(fault.text.contains("200") && fault.detail.is_empty());
        let unread = Fault::of(&FieldError::new("file", "not_readable", "Line 3: no"), &voice);
        assert_eq!((unread.place.as_str(), unread.detail.as_str()), ("", ""), "never the parser's own words");
        assert_eq!(unread.text, "The file could not be read.");
    }
}
