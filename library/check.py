#!/usr/bin/env python3
"""Checks every curriculum of this folder against naru-curriculum/1 and prints one line per file.

Exits with 1 when a file is wrong. A week that holds more than five working days is only reported.
"""
import pathlib
import sys

import yaml

TOP = {"format", "language", "title", "description", "weeks"}
NEEDED = {"key", "title", "kind", "owner", "priority", "starts_after", "duration", "required", "guideline"}
ALLOWED = NEEDED | {"depends_on", "submission_form"}
ENUMS = {
    "kind": {"task", "reading", "form", "meeting"},
    "owner": {"mentee", "mentor", "admin"},
    "priority": {"high", "medium", "low"},
}


def check(path):
    wrong, notes = [], []
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if set(data) != TOP:
        return [f"top-level keys: {sorted(set(data) ^ TOP)}"], notes, "unreadable"
    if data["format"] != "naru-curriculum/1":
        wrong.append(f"format: {data['format']}")
    if data["language"] != path.name[:2]:
        wrong.append(f"language: {data['language']}")
    if not isinstance(data["title"], str) or not 0 < len(data["title"]) <= 200:
        wrong.append("title: 1 to 200 characters")
    if not 4 <= len(data["weeks"]) <= 12:
        wrong.append(f"weeks: {len(data['weeks'])}")
    placed, loads, kinds = {}, [], {}
    for number, week in enumerate(data["weeks"], 1):
        if set(week) != {"note", "tasks"} or not isinstance(week["note"], str):
            wrong.append(f"week {number}: needs exactly a note and tasks")
            continue
        load = 0
        for task in week["tasks"]:
            name = f"week {number} {task.get('key')}"
            if NEEDED - set(task) or set(task) - ALLOWED:
                wrong.append(f"{name}: keys {sorted((NEEDED - set(task)) | (set(task) - ALLOWED))}")
                continue
            for field, values in ENUMS.items():
                if task[field] not in values:
                    wrong.append(f"{name}: {field} {task[field]}")
            if not isinstance(task["title"], str) or not 0 < len(task["title"]) <= 200:
                wrong.append(f"{name}: title")
            for field in ("guideline", "submission_form"):
                if not isinstance(task.get(field, ""), str) or len(task.get(field, "")) > 20_000:
                    wrong.append(f"{name}: {field}")
            if type(task["required"]) is not bool:
                wrong.append(f"{name}: required")
            if type(task["starts_after"]) is not int or not 0 <= task["starts_after"] <= 4:
                wrong.append(f"{name}: starts_after {task['starts_after']}")
            if type(task["duration"]) is not int or task["duration"] < 1:
                wrong.append(f"{name}: duration {task['duration']}")
            if task["key"] in placed:
                wrong.append(f"{name}: key used twice")
            placed[task["key"]] = (number, task)
            load += task["duration"]
            kinds[task["kind"]] = kinds.get(task["kind"], 0) + 1
            if task["starts_after"] + task["duration"] > 5:
                notes.append(f"{name} runs past its week")
        loads.append(load)
        if load > 5:
            notes.append(f"week {number} holds {load} days")
    if not 12 <= len(placed) <= 30:
        wrong.append(f"{len(placed)} tasks")
    for key, (number, task) in placed.items():
        for other in task.get("depends_on", []):
            if other not in placed:
                wrong.append(f"{key}: depends on unknown {other}")
                continue
            before, needed = placed[other]
            if before > number:
                wrong.append(f"{key}: depends on later {other}")
            elif before == number and needed["starts_after"] + needed["duration"] > task["starts_after"]:
                notes.append(f"{key} starts before {other} is due")
    done, open_ = set(), set()

    def visit(key):
        if key in done or key not in placed:
            return
        if key in open_:
            wrong.append(f"{key}: is part of a cycle")
            return
        open_.add(key)
        for other in placed[key][1].get("depends_on", []):
            visit(other)
        done.add(key)

    for key in placed:
        visit(key)
    shape = f"{len(loads)} weeks, {len(placed)} tasks {dict(sorted(kinds.items()))}, days {loads}"
    return wrong, notes, shape


def main():
    failed = False
    files = sorted(pathlib.Path(__file__).parent.glob("*.yaml"))
    for path in files:
        wrong, notes, shape = check(path)
        print(f"{path.name}: {shape}")
        for line in wrong:
            print(f"  wrong: {line}")
        for line in notes:
            print(f"  note: {line}")
        failed |= bool(wrong)
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main())
