#!/usr/bin/env python3
"""Compares kr.csv with the PyPI package `holidays`; exit 1 on a difference that EXPLAINED does not name."""

import csv
import datetime
import pathlib
import sys

import holidays

# date -> why our table differs from the package on that day. Empty: they agreed when last compared (see README.md).
EXPLAINED: dict[str, str] = {}

# Words both sides must share on a day, in our spelling -> theirs.
SPELLING = {
    "신정": "신정연휴",
    "성탄절": "기독탄신일",
    "국군의날": "국군의 날",
    "대체휴일": "대체 휴일",
    "설날 연휴": "설날",
    "추석 연휴": "추석",
}


def same_day(ours: str, theirs: str) -> bool:
    """True when every holiday we name on a day is among the ones the package names."""
    substitute = ours.endswith(" 대체휴일")
    for part in ours.removesuffix(" 대체휴일").split("·"):
        if SPELLING.get(part, part) not in theirs:
            return False
    return substitute == ("대체 휴일" in theirs)


def main() -> int:
    path = pathlib.Path(__file__).with_name("kr.csv")
    with path.open(encoding="utf-8") as file:
        ours = {row["date"]: row for row in csv.DictReader(line for line in file if not line.startswith("#"))}
    years = range(2024, 2031)
    theirs = {str(day): name for day, name in holidays.country_holidays("KR", years=years, language="ko").items()}
    unexplained = 0
    for day in sorted(ours.keys() | theirs.keys()):
        mine = ours[day]["name_ko"] if day in ours else None
        other = theirs.get(day)
        if mine and other and same_day(mine, other):
            continue
        weekday = datetime.date.fromisoformat(day).strftime("%a")
        reason = EXPLAINED.get(day)
        unexplained += reason is None
        print(f"{day} {weekday}  kr.csv: {mine or '-'}  holidays: {other or '-'}  {reason or 'UNEXPLAINED'}")
    print(f"{len(ours)} days in kr.csv, {len(theirs)} in holidays {holidays.__version__}, {unexplained} unexplained")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
