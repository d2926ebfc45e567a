//! Previews with bad rows, without, with nothing to do, and done.

use super::{
    Done, Preview, Tab,
    kept::{Kept, KeptRow},
};
use crate::engine::Voice;
use chrono::NaiveDate;
use contract::{
    auth::Locale,
    policy::{Role, Roles},
    users::{ImportError, ImportOutcome, ImportReport, ImportRow},
};

fn row(line: i64, outcome: ImportOutcome) -> ImportRow {
    ImportRow {
        line,
        outcome,
        name: "노은결".into(),
        email: "eungyeol.noh@yunseul.example".into(),
        department: "고객경험팀".into(),
        roles: Roles::of([Role::Mentee]),
        hired_on: NaiveDate::from_ymd_opt(2026, 9, 14),
    }
}

fn error(line: i64, field: &str, code: &str, params: &[(&str, &str)]) -> ImportError {
    ImportError {
        line,
        field: field.into(),
        code: code.into(),
        message: String::new(),
        value: String::new(),
        params: params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
    }
}

fn report() -> ImportReport {
    let outcomes = [ImportOutcome::Bad, ImportOutcome::Create, ImportOutcome::Update, ImportOutcome::Same];
    ImportReport {
        dry_run: true,
        encoding: "cp949".into(),
        total: 46,
        created: 38,
        updated: 4,
        same: 1,
        bad: 3,
        // Sentences are made before a sample's language is known: none here.
        errors: Vec::new(),
        rows: (2..).zip(outcomes).map(|(line, outcome)| row(line, outcome)).collect(),
        ignored_columns: vec!["비고".into()],
    }
}

fn kept() -> Kept {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Kept {
        name: "9월.csv".into(),
        encoding: "cp949".into(),
        version: 2,
        header: texts(&["이름", "이메일", "부서", "입사일", "사번"]),
        rows: vec![KeptRow {
            line: 2, cells: texts(&["노은결", "noh@yunseul", "로봇제어 팀", "9월", "1"])
        }],
        done: None,
    }
}

pub(super) fn previews() -> Vec<Preview> {
    // English has no endings that a Korean page would be told by.
    let voice = Voice::read(Locale::En);
    let kept = kept();
    let errors = vec![
        error(2, "given_name", "required", &[]),
        error(2, "email", "bad_email", &[]),
        error(2, "department", "not_found", &[("suggestion", "로봇제어팀")]),
        error(2, "hired_on", "bad_date", &[]),
        error(2, "employee_number", "repeated", &[("line", "7")]),
        error(2, "role", "required", &[]),
        error(2, "", "repeated", &[("email", "a@x.example")]),
    ];
    let bad = || ImportReport { errors: errors.clone(), ..report() };
    let clean = || ImportReport { bad: 0, rows: report().rows.split_off(1), ..report() };
    let nothing =
        ImportReport { total: 1, created: 0, updated: 0, same: 1, ignored_columns: Vec::new(), ..clean() };
    let done = Kept { done: Some(Done { report: clean(), was_invited: true }), ..kept.clone() };
    let mut mending = Preview::of("id", &kept, bad(), None, &voice);
    mending.departments = vec!["로봇제어팀".into()];
    vec![
        mending,
        Preview::of("id", &kept, bad(), Some(Tab::All), &voice),
        Preview::of("id", &kept, clean(), None, &voice),
        Preview::of("id", &kept, clean(), Some(Tab::Update), &voice),
        Preview::of("id", &kept, nothing, None, &voice),
        Preview::of("id", &done, clean(), None, &voice),
    ]
}
