//! Whatever two people do at once, both is kept, and a draft stays whole.

use super::*;
use crate::rules::draft::settle;
use contract::curriculum::WeekNote;
use contract::curriculum_edits::TaskFields;
use proptest::prelude::*;
use std::collections::BTreeSet;
use testkit::template;

fn task(key: &str, week: i64, depends_on: &[&str]) -> TemplateTask {
    TemplateTask {
        title: format!("task {key}"),
        guideline: String::new(),
        submission_form: String::new(),
        duration: 1,
        depends_on: depends_on.iter().map(|key| (*key).to_owned()).collect(),
        ..template(key, week)
    }
}

fn base() -> Draft {
    let tasks = vec![
        task("a", 1, &[]),
        task("b", 1, &["a"]),
        task("c", 2, &["b"]),
        task("d", 2, &[]),
        task("e", 3, &["a"]),
        task("f", 4, &[]),
    ];
    Draft { week_notes: vec![WeekNote { week: 2, note: "second".into() }], tasks }
}

fn edit(op: EditKind) -> DraftEdit {
    DraftEdit::new(op)
}

fn title(key: &str, title: &str) -> DraftEdit {
    let fields = TaskFields { title: Some(title.into()), ..TaskFields::default() };
    DraftEdit { key: Some(key.into()), fields: Some(fields), ..edit(EditKind::Change) }
}

fn waits(key: &str, for_keys: &[&str]) -> DraftEdit {
    let depends_on = Some(for_keys.iter().map(|key| (*key).to_owned()).collect());
    let fields = TaskFields { depends_on, ..TaskFields::default() };
    DraftEdit { key: Some(key.into()), fields: Some(fields), ..edit(EditKind::Change) }
}

fn moved(key: &str, week: i64, after: Option<&str>) -> DraftEdit {
    DraftEdit {
        key: Some(key.into()),
        week: Some(week),
        after: after.map(str::to_owned),
        ..edit(EditKind::Move)
    }
}

fn removed(key: &str) -> DraftEdit {
    DraftEdit { key: Some(key.into()), ..edit(EditKind::Remove) }
}

fn week(op: EditKind, week: i64, to: Option<i64>) -> DraftEdit {
    DraftEdit { week: Some(week), to, ..edit(op) }
}

fn note(week: i64, note: &str) -> DraftEdit {
    DraftEdit { week: Some(week), note: Some(note.into()), ..edit(EditKind::Note) }
}

fn logged(merged: &Merged, by: &str) -> Logged {
    Logged { by: Some(by.to_owned()), effects: merged.effects.clone() }
}

fn laid(draft: &Draft) -> Vec<(i64, &str)> {
    draft.tasks.iter().map(|task| (task.week, task.key.as_str())).collect()
}

/// The second's edits after the first's, both made from the base.
fn both(first: &[DraftEdit], second: &[DraftEdit]) -> Merged {
    let one = merge(base(), &[], first).unwrap();
    let since = [logged(&one, "first")];
    merge(one.draft, &since, second).unwrap()
}

#[test]
fn different_fields_of_one_task_are_both_kept_and_the_same_one_is_a_conflict() {
    let longer = TaskFields { duration: Some(4), ..TaskFields::default() };
    let longer = DraftEdit { key: Some("a".into()), fields: Some(longer), ..edit(EditKind::Change) };
    let merged = both(&[title("a", "mine")], &[longer]);
    let a = &merged.draft.tasks[0];
    assert_eq!((a.title.as_str(), a.duration, merged.conflicts.len()), ("mine", 4, 0));
    let merged = both(&[title("a", "mine")], &[title("a", "theirs"), title("a", "theirs, again")]);
    assert_eq!(merged.draft.tasks[0].title, "theirs, again", "the last writer's stands");
    let [conflict] = merged.conflicts.as_slice() else { panic!("{:?}", merged.conflicts) };
    assert_eq!((conflict.kind, conflict.field.as_deref()), (ConflictKind::SameField, Some("title")));
    assert_eq!((&conflict.theirs, conflict.by.as_deref()), (&Value::from("mine"), Some("first")));
    assert!(both(&[title("a", "same")], &[title("a", "same")]).conflicts.is_empty());
}

#[test]
fn edits_find_their_week_wherever_it_went() {
    let merged = both(&[week(EditKind::InsertWeek, 1, None)], &[moved("f", 3, Some("")), note(2, "mine")]);
    assert_eq!(laid(&merged.draft), [(2, "a"), (2, "b"), (3, "c"), (3, "d"), (4, "f"), (4, "e")]);
    assert_eq!(merged.draft.week_notes[0], WeekNote { week: 3, note: "mine".into() });
    assert_eq!(merged.weeks.unwrap()[..4], [Some(2), Some(3), Some(4), Some(5)]);
    let merged = both(&[week(EditKind::MoveWeek, 1, Some(4))], &[week(EditKind::MoveWeek, 3, Some(1))]);
    assert_eq!(laid(&merged.draft), [(1, "e"), (2, "c"), (2, "d"), (3, "f"), (4, "a"), (4, "b")]);
    // A week that somebody fills is not taken away under it.
    let empty = [moved("f", 3, None), week(EditKind::RemoveWeek, 4, None)];
    let merged = both(&[moved("d", 4, None)], &empty);
    assert_eq!(laid(&merged.draft)[5], (4, "d"));
    assert_eq!(merged.conflicts[0].kind, ConflictKind::WeekInUse);
    let merged = both(&empty, &[moved("d", 4, None), note(4, "lost?")]);
    assert_eq!(laid(&merged.draft)[5], (3, "d"), "the week before the one that is gone");
    assert_eq!(
        (merged.conflicts[0].kind, &merged.conflicts[0].mine),
        (ConflictKind::WeekRemoved, &"lost?".into())
    );
    assert_eq!(merge(base(), &[], &[week(EditKind::RemoveWeek, 2, None)]).unwrap_err()[0].code, "not_empty");
}

#[test]
fn what_is_removed_stays_removed_and_what_it_was_comes_back_with_the_answer() {
    let merged = both(&[removed("b")], &[title("b", "too late"), moved("b", 3, None)]);
    assert_eq!(
        merged.conflicts.iter().map(|one| one.kind).collect::<Vec<_>>(),
        [ConflictKind::TaskRemoved; 2]
    );
    assert_eq!(merged.conflicts[0].title, "task b");
    assert!(merged.draft.tasks.iter().all(|task| !task.depends_on.contains(&"b".to_owned())));
    let merged = both(&[title("b", "newer")], &[removed("b")]);
    assert_eq!(merged.conflicts[0].theirs["title"], "newer");
    assert!(both(&[removed("b")], &[removed("b")]).conflicts.is_empty());
}

#[test]
fn dependencies_of_both_are_kept_and_no_circle_closes() {
    let merged = both(&[waits("f", &["a"])], &[waits("f", &["d"])]);
    assert_eq!(merged.draft.tasks[5].depends_on, ["a", "d"]);
    assert!(merged.conflicts.is_empty());
    let refused = merge(base(), &[], &[waits("a", &["c"])]).unwrap_err();
    assert_eq!((refused[0].field.as_str(), refused[0].code.as_str()), ("edits.0.fields.depends_on", "cycle"));
    assert_eq!(refused[0].params["tasks"], "task a → task c → task b → task a");
    let merged = both(&[waits("d", &["f"])], &[waits("f", &["d"])]);
    assert_eq!(merged.conflicts[0].kind, ConflictKind::Cycle);
    assert!(merged.draft.tasks[5].depends_on.is_empty());
    assert_eq!(merge(base(), &[], &[waits("a", &["x"])]).unwrap_err()[0].code, "not_found");
    assert_eq!(merge(base(), &[], &[waits("a", &["a"])]).unwrap_err()[0].code, "cycle");
}

#[test]
fn every_edit_that_lacks_something_is_named() {
    let edits = [edit(EditKind::Add), edit(EditKind::Move), title("zzz", "x"), title("a", "  ")];
    let errors = merge(base(), &[], &edits).unwrap_err();
    let named: Vec<_> = errors.iter().map(|error| format!("{} {}", error.field, error.code)).collect();
    let expected = [
        "edits.0.task required",
        "edits.1.key required",
        "edits.1.week required",
        "edits.2.key not_found",
        "edits.3.fields.title required",
    ];
    assert_eq!(named, expected);
}

/// An edit that makes sense to somebody who has this draft.
fn sensible(draft: &Draft, (kind, a, b): (u8, u8, u8), name: &str) -> DraftEdit {
    let weeks = total_weeks(draft).max(1);
    let some_week = i64::from(a) % weeks + 1;
    let Some(task_at) = draft.tasks.get(usize::from(b) % draft.tasks.len().max(1)) else {
        return DraftEdit { task: Some(task(name, some_week, &[])), ..edit(EditKind::Add) };
    };
    let key = task_at.key.as_str();
    match kind % 8 {
        0 | 1 => DraftEdit {
            task: Some(task(name, some_week, &[key])),
            after: Some(key.into()),
            ..edit(EditKind::Add)
        },
        2 => title(key, name),
        3 => moved(key, some_week, None),
        4 => removed(key),
        5 => note(some_week, name),
        6 => week(EditKind::InsertWeek, some_week, None),
        _ => week(EditKind::MoveWeek, some_week, Some(i64::from(b) % weeks + 1)),
    }
}

fn made_by(name: &str, intents: &[(u8, u8, u8)]) -> Vec<DraftEdit> {
    let (mut draft, mut edits) = (base(), Vec::new());
    for (nth, intent) in intents.iter().enumerate() {
        let edit = sensible(&draft, *intent, &format!("{name}{nth}"));
        draft = merge(draft, &[], std::slice::from_ref(&edit)).unwrap().draft;
        edits.push(edit);
    }
    edits
}

fn keys(draft: &Draft) -> BTreeSet<&str> {
    draft.tasks.iter().map(|task| task.key.as_str()).collect()
}

fn touched(edits: &[DraftEdit], op: EditKind) -> BTreeSet<String> {
    let of = |edit: &DraftEdit| edit.key.clone().or_else(|| edit.task.as_ref().map(|task| task.key.clone()));
    edits.iter().filter(|edit| edit.op == op).filter_map(of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn of_two_peoples_edits_all_are_kept_whoever_is_first(
        left in prop::collection::vec(any::<(u8, u8, u8)>(), 0..8),
        right in prop::collection::vec(any::<(u8, u8, u8)>(), 0..8),
    ) {
        let (left, right) = (made_by("left", &left), made_by("right", &right));
        let (one, other) = (both(&left, &right), both(&right, &left));
        prop_assert_eq!(keys(&one.draft), keys(&other.draft));
        let gone: BTreeSet<String> =
            touched(&left, EditKind::Remove).union(&touched(&right, EditKind::Remove)).cloned().collect();
        let added: BTreeSet<String> =
            touched(&left, EditKind::Add).union(&touched(&right, EditKind::Add)).cloned().collect();
        for key in added.difference(&gone) {
            prop_assert!(keys(&one.draft).contains(key.as_str()), "{} was added", key);
        }
        let (lefts, rights) = (touched(&left, EditKind::Change), touched(&right, EditKind::Change));
        for (edits, both_changed) in [(&left, &rights), (&right, &lefts)] {
            for edit in edits.iter().filter(|edit| edit.op == EditKind::Change) {
                let key = edit.key.clone().unwrap();
                let last = edits.iter().rev().find(|other| other.op == EditKind::Change && other.key == edit.key);
                let wanted = last.and_then(|edit| edit.fields.clone()).and_then(|fields| fields.title);
                for merged in [&one, &other] {
                    let there = merged.draft.tasks.iter().find(|task| task.key == key);
                    if let Some(task) = there.filter(|_| !both_changed.contains(&key) && !added.contains(&key)) {
                        prop_assert_eq!(Some(&task.title), wanted.as_ref());
                    }
                }
            }
        }
        let moves = |edits: &[DraftEdit]| edits.iter().any(|edit| matches!(edit.op, EditKind::InsertWeek | EditKind::MoveWeek));
        if one.conflicts.is_empty() && other.conflicts.is_empty() && !(moves(&left) && moves(&right)) {
            let weeks = |draft: &Draft| draft.tasks.iter().map(|task| (task.key.clone(), task.week)).collect::<BTreeMap<_, _>>();
            prop_assert_eq!(weeks(&one.draft), weeks(&other.draft));
            prop_assert_eq!(&one.draft.week_notes, &other.draft.week_notes);
        }
        for merged in [one, other] {
            prop_assert!(settle(merged.draft, || unreachable!()).is_ok());
        }
    }

    #[test]
    fn edits_in_one_go_and_one_by_one_make_the_same_draft(intents in prop::collection::vec(any::<(u8, u8, u8)>(), 0..12)) {
        let edits = made_by("x", &intents);
        let mut draft = base();
        for edit in &edits {
            draft = merge(draft, &[], std::slice::from_ref(edit)).unwrap().draft;
        }
        let merged = merge(base(), &[], &edits).unwrap();
        prop_assert_eq!(merged.draft, draft);
        prop_assert!(merged.conflicts.is_empty() && merged.weeks.is_none());
    }

    #[test]
    fn any_interleaving_loses_no_words(
        steps in prop::collection::vec((any::<bool>(), any::<bool>(), any::<(u8, u8, u8)>()), 1..24),
    ) {
        // Two people, each with the draft as last seen; an answer brings them up to date, or they look by themselves.
        let mut server = base();
        let mut log: Vec<Logged> = Vec::new();
        let mut seen = [(base(), 0_usize), (base(), 0)];
        let mut conflicts = Vec::new();
        for (nth, (who, looks, intent)) in steps.iter().enumerate() {
            let own = usize::from(*who);
            if *looks {
                seen[own] = (server.clone(), log.len());
            }
            let (draft, revision) = &seen[own];
            let edit = sensible(draft, *intent, &format!("word{nth}"));
            let before = server.clone();
            let merged = merge(server, &log[*revision..], std::slice::from_ref(&edit)).unwrap();
            // What a title was before, unless it was seen: it is in the answer.
            if edit.op == EditKind::Change && merged.conflicts.is_empty() {
                let title_in = |draft: &Draft| draft.tasks.iter().find(|task| Some(&task.key) == edit.key.as_ref()).map(|task| task.title.clone());
                prop_assert_eq!(title_in(&before), title_in(draft));
            }
            conflicts.extend(merged.conflicts.clone());
            log.push(logged(&merged, "somebody"));
            server = merged.draft;
            seen[own] = (server.clone(), log.len());
            prop_assert!(settle(server.clone(), || unreachable!()).is_ok());
        }
        for conflict in conflicts {
            prop_assert!(conflict.kind != ConflictKind::SameField || conflict.mine != conflict.theirs);
        }
    }
}
