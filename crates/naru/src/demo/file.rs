//! The shapes of `demo.yaml`; what they mean is said at the head of that file.

use anyhow::{Context, bail};
use contract::{
    CompanyId, auth::Locale, curriculum::TaskKind, mentorship::MentorshipStatus, policy::Role,
    users::UserStatus,
};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct File {
    format: String,
    pub operator: Operator,
    pub companies: Vec<Company>,
}

#[derive(Deserialize)]
pub struct Operator {
    pub email: String,
    pub family_name: String,
    pub given_name: String,
}

#[derive(Deserialize)]
pub struct Company {
    pub company_id: CompanyId,
    pub name: String,
    pub time_zone: String,
    pub locale: Locale,
    pub working_days: Vec<u32>,
    pub extra_holidays: Vec<Holiday>,
    pub departments: Vec<Department>,
    pub curricula: Vec<Curriculum>,
    pub users: Vec<User>,
    pub mentorships: Vec<Mentorship>,
    pub texts: Texts,
}

#[derive(Deserialize)]
pub struct Holiday {
    pub name: String,
    pub in_days: i64,
}

#[derive(Deserialize)]
pub struct Department {
    pub name: String,
    pub parent: Option<String>,
    pub description: String,
}

#[derive(Deserialize)]
pub struct Curriculum {
    pub library: String,
    pub department: Option<String>,
    pub note: String,
}

#[derive(Deserialize)]
pub struct User {
    pub email: String,
    pub family_name: String,
    pub given_name: String,
    pub employee_number: Option<String>,
    pub department: Option<String>,
    pub position: Option<String>,
    pub job_title: Option<String>,
    pub roles: Vec<Role>,
    pub tags: Vec<String>,
    pub hired_days_ago: i64,
    pub status: UserStatus,
    pub locale: Locale,
}

#[derive(Deserialize)]
pub struct Mentorship {
    pub mentor: String,
    pub mentee: String,
    pub curricula: Vec<String>,
    pub title: String,
    pub started_days_ago: i64,
    pub status: MentorshipStatus,
    pub reason: Option<String>,
    pub profile: Profile,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    NotStarted,
    Fresh,
    OnTime,
    Ahead,
    Late,
    Stalled,
    AlmostDone,
    Finished,
    BrokenOff,
}

#[derive(Deserialize)]
pub struct Texts {
    pub memos: Vec<MemoText>,
    pub submissions: Vec<SubmissionText>,
    pub return_comments: Vec<Text>,
    pub skip_reasons: Vec<Text>,
    pub sub_tasks: Vec<SubtaskText>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    Mentor,
    Mentee,
}

#[derive(Deserialize)]
pub struct MemoText {
    pub by: Author,
    pub language: Locale,
    pub mentor_only: bool,
    pub tasks: Vec<String>,
    pub text: String,
}

#[derive(Deserialize)]
pub struct SubmissionText {
    pub language: Locale,
    pub kind: TaskKind,
    pub tasks: Vec<String>,
    pub text: String,
}

#[derive(Deserialize)]
pub struct Text {
    pub language: Locale,
    pub tasks: Vec<String>,
    pub text: String,
}

#[derive(Deserialize)]
pub struct SubtaskText {
    pub language: Locale,
    pub tasks: Vec<String>,
    pub title: String,
}

/// The file this program was built with.
///
/// # Errors
/// When it is of another format.
pub fn read() -> anyhow::Result<File> {
    let file: File = serde_saphyr::from_str(include_str!("../../demo/demo.yaml")).context("demo.yaml")?;
    if file.format != "naru-demo/1" {
        bail!("demo.yaml: format {}", file.format);
    }
    Ok(file)
}

macro_rules! library {
    ($($name:literal),+) => {
        /// A curriculum of the library, as YAML.
        ///
        /// # Errors
        /// When there is none of this name.
        pub fn library(name: &str) -> anyhow::Result<&'static str> {
            match name {
                $($name => Ok(include_str!(concat!("../../../../library/", $name, ".yaml"))),)+
                _ => bail!("the library has no {name}"),
            }
        }
    };
}

library!(
    "ko-backend",
    "ko-general-90",
    "en-backend",
    "en-general",
    "ko-frontend",
    "ko-data",
    "ko-sales",
    "ko-marketing",
    "ko-hr",
    "ko-remote",
    "en-remote"
);

/// The language a library curriculum is in: its name says.
#[must_use]
pub fn language(library: &str) -> Locale {
    if library.starts_with("en-") { Locale::En } else { Locale::Ko }
}
