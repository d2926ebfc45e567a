//! The file format, without a database: round trips, refusals, and the library that comes with it.

use api::rules::{
    curriculum_csv,
    curriculum_file::{MAX_BYTES, Portable, read, write},
    draft::{fresh_key, settle, total_weeks},
};
use contract::{
    FieldError,
    curriculum::{Draft, Priority, TaskKind, TaskOwner, TemplateTask, WeekNote},
};
use proptest::prelude::*;

fn task(key: &str, week: i64, depends_on: &[&str]) -> TemplateTask {
    TemplateTask {
        key: key.to_owned(),
        week,
        title: format!("과제 {key}"),
        guideline: String::new(),
        submission_form: String::new(),
        priority: Priority::Medium,
        starts_after: 0,
        duration: 1,
        kind: TaskKind::Task,
        owner: TaskOwner::Mentee,
        depends_on: depends_on.iter().map(|key| (*key).to_owned()).collect(),
        is_required: true,
    }
}

fn refusal(yaml: &str) -> Vec<FieldError> {
    read(yaml.as_bytes(), fresh_key).expect_err("refused")
}

fn found(errors: &[FieldError]) -> Vec<(&str, &str)> {
    errors.iter().map(|error| (error.field.as_str(), error.code.as_str())).collect()
}

fn of(week: &str) -> String {
    format!("format: naru-curriculum/1\nlanguage: ko\ntitle: 시험\ndescription: ''\nweeks:\n{week}")
}

const TASK: &str = "  - note: ''
    tasks:
      - key: a
        title: 가
        kind: task
        owner: mentee
        priority: high
        duration: 1
        required: true
";

#[test]
fn every_curriculum_of_the_library_reads_and_survives_a_round_trip() {
    let library = api::library();
    let files = std::fs::read_dir(concat!(env!("NARU_ROOT"), "/library")).expect("the folder");
    let yaml =
        files.filter_map(Result::ok).filter(|file| file.path().extension().is_some_and(|end| end == "yaml"));
    assert_eq!(library.len(), yaml.count(), "each file is in the list, and readable");
    for ready in library {
        let curriculum = &ready.curriculum;
        assert!(curriculum.draft.tasks.len() >= 12, "{}", ready.slug);
        assert!(ready.slug.starts_with(&curriculum.language), "{}", ready.slug);
        let written = write(curriculum).expect("written");
        assert_eq!(&read(written.as_bytes(), fresh_key).expect("read again"), curriculum, "{}", ready.slug);
        assert_eq!(written, ready.yaml, "{}: export writes what people would", ready.slug);
    }
}

#[test]
fn a_syntax_error_names_its_line_and_column() {
    let errors = refusal("format: naru-curriculum/1\nlanguage: ko\ntitle: [\n");
    assert_eq!(found(&errors), [("file", "yaml_wrong_type")]);
    assert!(errors[0].params.contains_key("line") && errors[0].params.contains_key("column"), "{errors:?}");
}

#[test]
fn an_unknown_field_is_refused_with_its_line() {
    let errors = refusal(&of(&format!("{TASK}        colour: red\n")));
    assert_eq!((errors[0].field.as_str(), errors[0].params["line"].as_str()), ("file", "15"), "{errors:?}");
    assert!(errors[0].message.contains("colour"), "{errors:?}");
}

#[test]
fn another_format_is_refused() {
    let errors = refusal(&of(TASK).replace("curriculum/1", "curriculum/2"));
    assert!(errors[0].message.contains("naru-curriculum/1"), "{errors:?}");
}

#[test]
fn limits_are_named_at_their_place_with_the_line_of_the_task() {
    let long = format!("title: {}", "가".repeat(201));
    let errors = refusal(&of(&TASK.replace("title: 가", &long).replace("duration: 1", "duration: 0")));
    let found = found(&errors);
    assert!(found.contains(&("weeks.0.tasks.0.title", "too_long")), "{found:?}");
    assert!(found.contains(&("weeks.0.tasks.0.duration", "too_small")), "{found:?}");
    assert!(errors.iter().all(|error| error.params["line"] == "8"), "{errors:?}");
}

#[test]
fn faults_of_keys_and_dependencies_are_named_at_their_place_in_the_file() {
    let second = TASK.replace("required: true", "required: true\n        depends_on: [a, nothing]");
    let errors = refusal(&of(&format!("{TASK}{second}")));
    let found = found(&errors);
    assert!(found.contains(&("weeks.1.tasks.0.key", "repeated")), "{found:?}");
    assert!(found.contains(&("weeks.1.tasks.0.depends_on.1", "not_found")), "{found:?}");
}

#[test]
fn aliases_anchors_deep_nesting_second_documents_and_large_files_are_refused() {
    let bomb = "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]\n";
    for yaml in [
        bomb.to_owned(),
        of(&TASK.replace("title: 가", "title: &t 가")),
        format!("format: {}", "[".repeat(2000)),
        format!("{}---\n{}", of(TASK), of(TASK)),
        format!("{}{}", of(TASK), "#".repeat(MAX_BYTES)),
    ] {
        assert_eq!(refusal(&yaml)[0].field, "file");
    }
    assert_eq!(read(b"title: \xff", fresh_key).expect_err("refused")[0].code, "bad_encoding");
}

#[test]
fn too_many_weeks_or_tasks_are_refused() {
    assert_eq!(found(&refusal(&of(&"  - note: ''\n    tasks: []\n".repeat(105)))), [("weeks", "too_many")]);
    let entry = TASK.split_once("tasks:\n").expect("a task").1;
    let many: String = (0..501).map(|n| entry.replace("key: a", &format!("key: a{n}"))).collect();
    assert_eq!(found(&refusal(&of(&format!("  - note: ''\n    tasks:\n{many}")))), [("weeks", "too_many")]);
}

#[test]
fn a_task_without_a_key_gets_one() {
    let yaml = of(&TASK.replace("key: a", "key: ''"));
    let read = read(yaml.as_bytes(), || "made".to_owned()).expect("read");
    assert_eq!(read.draft.tasks[0].key, "made");
}

#[test]
fn a_circle_of_dependencies_is_named_by_its_tasks_once() {
    let tasks = vec![
        task("a", 1, &["c"]),
        task("b", 1, &["a"]),
        task("c", 2, &["b"]),
        task("d", 2, &["a"]),
        task("e", 3, &["e"]),
    ];
    let errors = settle(Draft { week_notes: Vec::new(), tasks }, fresh_key).expect_err("circles");
    assert_eq!(found(&errors), [("tasks.0.depends_on", "cycle"), ("tasks.4.depends_on", "cycle")]);
    assert_eq!(errors[0].params["tasks"], "과제 a → 과제 c → 과제 b → 과제 a");
    assert_eq!(errors[1].params["tasks"], "과제 e → 과제 e");
}

#[test]
fn every_fault_of_a_draft_is_named_at_once() {
    let mut blank = task("b", 1, &["nowhere"]);
    blank.title = "   ".to_owned();
    let note = |week| WeekNote { week, note: "x".to_owned() };
    let tasks = vec![task("a", 1, &[]), blank, task("a", 2, &[])];
    let errors = settle(Draft { week_notes: vec![note(1), note(1)], tasks }, fresh_key).expect_err("faults");
    let mut found = found(&errors);
    found.sort_unstable();
    assert_eq!(
        found,
        [
            ("tasks.1.depends_on.0", "not_found"),
            ("tasks.1.title", "required"),
            ("tasks.2.key", "repeated"),
            ("week_notes.1.week", "repeated"),
        ]
    );
}

#[test]
fn a_settled_draft_is_by_week_with_the_order_kept_and_keys_unlike_each_other() {
    let tasks = vec![task("", 2, &[]), task("b", 1, &[]), task("", 1, &[]), task("d", 2, &["b", "b"])];
    let note = |week, note: &str| WeekNote { week, note: note.to_owned() };
    let draft = Draft { week_notes: vec![note(5, ""), note(3, " ")], tasks };
    let settled = settle(draft, fresh_key).expect("settled");
    assert_eq!(settled.tasks.iter().map(|task| task.week).collect::<Vec<_>>(), [1, 1, 2, 2]);
    assert_eq!((settled.tasks[0].key.as_str(), settled.tasks[3].key.as_str()), ("b", "d"));
    assert_ne!(settled.tasks[1].key, settled.tasks[2].key);
    assert_eq!(settled.tasks[3].depends_on, ["b"]);
    assert_eq!(settled.week_notes, [note(5, "")], "an empty last week stays");
    assert_eq!(total_weeks(&settled), 5);
}

/// Text as people write it, and as they don't: YAML's own signs, spaces and line breaks everywhere.
fn any_text() -> impl Strategy<Value = String> {
    const SIGNS: &[&str] = &[
        "\n",
        "\n\n",
        "\r\n",
        "  ",
        "\t",
        "- [ ] ",
        "# ",
        ": ",
        "---\n",
        "...\n",
        "| a |\n|---|\n",
        "\u{85}",
        "\u{2028}",
        "null",
        "012",
        "yes",
        "'\"\\",
        "{{ }}",
        "<<",
        "2026-01-05",
    ];
    let piece = prop_oneof![
        "[ -~]{0,12}",
        "[가-힣ㄱ-ㅎ ]{0,8}",
        "\\PC{0,6}",
        prop::sample::select(SIGNS).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat().replace(is_refused, ""))
}

/// What no text of a request may have.
fn is_refused(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{7f}')
        || (c < ' ' && !matches!(c, '\t' | '\n' | '\r'))
}

fn any_task() -> impl Strategy<Value = TemplateTask> {
    let texts = ("\\PC{0,5}", any_text(), any_text());
    let words = (0..Priority::ALL.len(), 0..TaskKind::ALL.len(), 0..TaskOwner::ALL.len());
    let waits_for = prop::collection::vec(any::<u16>(), 0..3);
    (1..9_i64, texts, words, 0..31_i64, 1..261_i64, any::<bool>(), waits_for).prop_map(
        |(week, (end, guideline, submission_form), words, starts_after, duration, is_required, waits_for)| {
            TemplateTask {
                key: String::new(),
                week,
                title: format!("제목 {}", end.replace(is_refused, "")),
                guideline,
                submission_form,
                priority: Priority::ALL[words.0],
                starts_after,
                duration,
                kind: TaskKind::ALL[words.1],
                owner: TaskOwner::ALL[words.2],
                // Numbers until the keys are known.
                depends_on: waits_for.iter().map(u16::to_string).collect(),
                is_required,
            }
        },
    )
}

fn any_curriculum() -> impl Strategy<Value = Portable> {
    let notes = prop::collection::btree_map(1..12_i64, any_text(), 0..4);
    (any_text(), any_text(), prop::collection::vec(any_task(), 0..12), notes, any::<bool>()).prop_map(
        |(title, description, mut tasks, notes, english)| {
            for (place, task) in tasks.iter_mut().enumerate() {
                task.key = format!("k{place}");
                // Only on earlier ones: no circles.
                let earlier =
                    |number: &String| Some(format!("k{}", number.parse::<usize>().ok()?.checked_rem(place)?));
                task.depends_on = task.depends_on.iter().filter_map(earlier).collect();
            }
            let week_notes = notes.into_iter().map(|(week, note)| WeekNote { week, note }).collect();
            Portable {
                language: if english { "en" } else { "ko" }.to_owned(),
                title: format!("제 {}", title.replace('\r', "")).trim().to_owned(),
                description: description.replace("\r\n", "\n"),
                draft: settle(Draft { week_notes, tasks }, fresh_key).expect("a whole draft"),
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn what_is_exported_imports_to_exactly_the_same(curriculum in any_curriculum()) {
        let yaml = write(&curriculum).expect("written");
        let again = read(yaml.as_bytes(), fresh_key);
        prop_assert_eq!(again, Ok(curriculum), "{}", yaml);
    }

    #[test]
    fn a_table_imports_to_exactly_the_same(curriculum in any_curriculum()) {
        let table = curriculum_csv::write(&curriculum);
        let again = curriculum_csv::read(&table, fresh_key);
        prop_assert_eq!(again, Ok(curriculum), "{}", String::from_utf8_lossy(&table));
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes, fresh_key);
        let _ = curriculum_csv::read(&bytes, fresh_key);
    }
}
