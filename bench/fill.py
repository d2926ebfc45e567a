#!/usr/bin/env python3
"""Fills Naru's own schema and writes the requests that bench/run.py sends.

    bench/fill.py sqlite                                  # into $NARU_BENCH/sqlite
    tools/services run --durable -- bench/fill.py postgres
    bench/fill.py sqlite --people 200000                  # to see how lists and searches grow
    bench/fill.py sqlite --companies 1                    # all in one company: what bench/plans.py needs

Rows (default): 20 companies, 200 departments, 20,000 people, 10,000 running mentorships of 20 tasks each (200,000), 200,000
memos. Deterministic but for the secrets. The schema comes from `naru migrate`; what is written here is checked by it alone.
"""
import argparse
import base64
import datetime
import hashlib
import hmac
import http.cookiejar
import io
import json
import os
import pathlib
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.parse
import urllib.request

import candidates
import machine

FAMILY = "김이박최정강조윤장임한오서신권황안송류홍"
GIVEN = "민준 서연 지호 하윤 도현 지우 준서 수아 예준 채원 시우 지안 하은 유나 민서".split()
POSITIONS = ["사원", "선임", "책임", "수석", None]
WORDS = "온보딩 안내서를 읽고 멘토에게 보낼 요약을 씁니다 팀 저장소를 살펴보고 개발 환경을 만들어 주간 회의에 함께합니다".split()
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
DAY = datetime.date(2026, 8, 3)
NOW = "2026-08-03T00:00:00+00:00"
SECRET = "a secret for measurements on one machine and not for use"
PASSWORD = "harbour lights and 42 boats"


def company(index: int) -> str:
    digits = [int(digit) for digit in f"{100 + index:03}81{1000 + index:04}"]
    weighted = sum(d * w for d, w in zip(digits, [1, 3, 7, 1, 3, 7, 1, 3, 5])) + digits[8] * 5 // 10
    text = "".join(map(str, digits)) + str((10 - weighted % 10) % 10)
    return f"{text[:3]}-{text[3:5]}-{text[5:]}"


def initials(name: str) -> str:
    return "".join(INITIALS[(ord(c) - 0xAC00) // 588] for c in name)


def tables(people: int, count: int):
    draw = random.Random(42)
    text = lambda length: " ".join(draw.choice(WORDS) for _ in range(length // 4))[:length]
    companies = [company(index) for index in range(count)]
    yield "companies", "company_id name country time_zone locale working_days is_active created_at", [
        (id, f"회사 {index:02}", "KR", "Asia/Seoul", "ko", 31, True, NOW) for index, id in enumerate(companies)]
    yield "departments", "department_id company_id parent_id name description is_active", [
        (id, companies[(id - 1) % count], None, f"부서 {id:03}", text(40), True) for id in range(1, 201)]
    salt = "salt"
    key = base64.b64encode(hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), salt.encode(), 1)).decode()
    hashed = f"pbkdf2_sha256$1${salt}${key}"
    users = []
    for id in range(1, people + 1):
        department = draw.randint(1, 200)
        family, given = draw.choice(FAMILY), draw.choice(GIVEN)
        role = 2 if id % 200 == 0 else 4 if id % 4 == 0 else 8
        email, number = f"p{id}@bench.example", f"B-{id:06}"
        position = draw.choice(POSITIONS)
        search = " ".join([family + given, given + family, f"{given} {family}", f"{family} {given}", initials(family + given),
                           initials(given + family), number.lower(), email, position or ""])
        users.append((id, companies[(department - 1) % count], department, number, email, email, family, given, family + given, search,
                      role, position, "개발", "[]", (DAY - datetime.timedelta(days=draw.randint(0, 900))).isoformat(), "active", "ko",
                      "system", hashed, 0, None, NOW))
    yield "users", ("user_id company_id department_id employee_number email email_key family_name given_name name search_key roles "
                    "position job_title tags hired_on status locale theme password_hash generation last_login_at created_at"), users
    mentors = {id: [user[0] for user in users if user[10] == 4 and user[1] == id] for id in companies}
    mentees = [user for user in users if user[10] == 8][:10000]
    # In a single company the first mentor has 200 mentees.
    mentor = lambda id, of: mentors[of][0] if count == 1 and id <= 200 else draw.choice(mentors[of])
    pairs = [(id, mentee[1], mentor(id, mentee[1]), mentee[0]) for id, mentee in enumerate(mentees, 1)]
    yield "mentorships", ("mentorship_id company_id mentor_id mentee_id title start_on end_on total_weeks status end_reason ended_at "
                          "sources created_at started_at"), [
        (id, of, mentor, mentee, "온보딩", DAY.isoformat(), (DAY + datetime.timedelta(days=27)).isoformat(), 4, "active", None, None,
         "[]", NOW, NOW) for id, of, mentor, mentee in pairs]
    tasks = []
    for id, of, _, mentee in pairs:
        for index in range(20):
            starts = DAY + datetime.timedelta(days=index // 5 * 7 + index % 5)
            status = "done" if index < 5 else "todo"
            tasks.append((len(tasks) + 1, of, id, None, None, f"t{index}", f"{index + 1}번째 과제 {text(16)}", text(200), "", index // 5 + 1,
                          index % 5, draw.choice(["high", "medium", "low"]), "task", "mentee", mentee, True, starts.isoformat(),
                          starts.isoformat(), None, None, NOW if status == "done" else None, status, None, 0, 1, 0, 0, 1, NOW))
    yield "tasks", ("task_id company_id mentorship_id parent_id template_task_id template_key title guideline submission week position "
                    "priority kind owner owner_id is_required starts_on due_on started_at submitted_at completed_at status status_comment "
                    "submissions version subtasks subtasks_done memos updated_at"), tasks
    yield "memos", "memo_id company_id task_id author_id body mentor_only created_at edited_at", [
        (index, task[1], task[0], task[14], text(100), False, NOW, None) for index, task in enumerate(tasks, 1)]


def token(user: tuple) -> str:
    encode = lambda part: base64.urlsafe_b64encode(part).rstrip(b"=").decode()
    kid = encode(hashlib.sha256(SECRET.encode()).digest())[:8]
    role = {2: "admin", 4: "mentor", 8: "mentee"}[user[10]]
    now = int(time.time())
    head = {"typ": "at+jwt", "alg": "HS256", "kid": kid}
    claims = {"iss": "naru", "aud": "naru-api", "sub": str(user[0]), "sid": user[0], "gen": 0, "iat": now, "exp": now + 7 * 86400,
              "jti": str(user[0]), "roles": [role], "company": user[1], "department": user[2], "tz": "Asia/Seoul", "locale": "ko"}
    signed = f"{encode(json.dumps(head).encode())}.{encode(json.dumps(claims).encode())}"
    return f"{signed}.{encode(hmac.new(SECRET.encode(), signed.encode(), hashlib.sha256).digest())}"


def fill_sqlite(path: pathlib.Path, people: int, count: int) -> dict[str, list]:
    kept = {}
    with sqlite3.connect(path) as db:
        for name, columns, rows in tables(people, count):
            names = columns.split()
            db.executemany(f"INSERT INTO {name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", rows)
            kept[name] = rows
        db.execute("ANALYZE")
    return kept


def fill_postgres(url: str, people: int, count: int) -> dict[str, list]:
    kept = {}
    cell = lambda value: r"\N" if value is None else str(value).replace("\\", "\\\\").replace("\t", " ").replace("\n", " ")
    for name, columns, rows in tables(people, count):
        names = columns.split()
        out = io.StringIO()
        for row in rows:
            out.write("\t".join(map(cell, row)) + "\n")
        subprocess.run(["psql", "-q", url, "-c", f"COPY {name} ({', '.join(names)}) FROM STDIN"], input=out.getvalue(), text=True, check=True)
        if names[0].endswith("_id") and name != "companies":
            subprocess.run(["psql", "-q", "-t", url, "-c", f"SELECT setval(pg_get_serial_sequence('{name}', '{names[0]}'), max({names[0]})) FROM {name}"],
                           check=True, stdout=subprocess.DEVNULL)
        kept[name] = rows
    subprocess.run(["psql", "-q", url, "-c", "VACUUM ANALYZE"], check=True)
    return kept


def requests(folder: pathlib.Path, kept: dict[str, list]) -> None:
    draw = random.Random(7)
    folder.mkdir(parents=True, exist_ok=True)
    users = {user[0]: user for user in kept["users"]}
    by_company = {}
    for user in kept["users"]:
        by_company.setdefault(user[1], []).append(user[0])
    bearer = lambda user: f"Authorization: Bearer {token(user)}"
    admins = [user for user in kept["users"] if user[10] == 2]
    admin_heads = {user[1]: bearer(user) for user in admins}
    pairs = draw.sample(kept["mentorships"], 1000)
    mentee_heads = {pair[3]: bearer(users[pair[3]]) for pair in pairs}
    tasks_of = {}
    for task in kept["tasks"]:
        tasks_of.setdefault(task[2], []).append(task)

    def write(load, lines):
        (folder / f"{load}.txt").write_text("\n".join(lines) + "\n")

    some = [draw.choice(admins)[1] for _ in range(5000)]
    write("user", [f"GET\t/api/users/{draw.choice(by_company[of])}\t{admin_heads[of]}" for of in some])
    write("list", [f"GET\t/api/users/?limit=50\t{admin_heads[of]}" for of in sorted(admin_heads)])
    write("tasks", [f"GET\t/api/tasks/?mentorship_id={pair[0]}\t{mentee_heads[pair[3]]}" for pair in pairs])
    write("home", [f"GET\t/api/mentorship/home\t{mentee_heads[pair[3]]}" for pair in pairs])
    memo = "멘티가 멘토에게 남기는, 과제에 대한 짧은 메모입니다"
    write("memo", [f"POST\t/api/memo/\t{mentee_heads[pair[3]]}\t" + json.dumps({"task_id": task[0], "body": memo}, ensure_ascii=False)
                   for pair in pairs for task in tasks_of[pair[0]]])
    # Each line once, in order: a task begins only once. The script remembers where it stopped.
    heads = {pair[3]: mentee_heads.get(pair[3]) or bearer(users[pair[3]]) for pair in kept["mentorships"]}
    write("status", [f"POST\t/api/tasks/{task[0]}/status\t{heads[task[14]]}\t" + '{"status":"in_progress"}'
                     for task in kept["tasks"] if task[21] == "todo"])
    (folder / "status.position").write_text("0")


def cookies(folder: pathlib.Path, kept: dict[str, list], engine: str) -> None:
    """Signs fifty mentees in through the page, for the load `page`."""
    process = candidates.naru(engine, [machine.free_port() for _ in range(3)]).processes[0]
    web = process.argv[process.argv.index("--web-listen") + 1]
    log = open(folder / "fill.log", "w")
    server = machine.start(process.argv, process.env, str(process.cwd), process.port, log)
    lines = []
    try:
        for pair in kept["mentorships"][:50]:
            jar = http.cookiejar.CookieJar()
            browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
            page = browser.open(f"http://{web}/sign-in").read().decode()
            csrf = re.search(r'name="csrf" value="([^"]+)"', page).group(1)
            form = urllib.parse.urlencode({"csrf": csrf, "email": f"p{pair[3]}@bench.example", "password": PASSWORD}).encode()
            request = urllib.request.Request(f"http://{web}/sign-in", form, {"Origin": f"http://{web}"})
            browser.open(request).read()
            lines.append("GET\t/\tCookie: " + "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar))
    finally:
        machine.stop(server)
    (folder / "requests/page.txt").write_text("\n".join(lines) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engine", choices=["sqlite", "postgres"])
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--companies", type=int, default=20)
    options = parser.parse_args()
    folder = candidates.NARU_DATA / options.engine
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    (folder / "requests").mkdir()
    env = {"NARU__API__TOKEN_SECRETS": SECRET}
    if options.engine == "postgres":
        url = candidates.postgres("naru_bench")
        server = candidates.postgres("postgres")
        for sql in ("DROP DATABASE IF EXISTS naru_bench WITH (FORCE)", "CREATE DATABASE naru_bench"):
            subprocess.run(["psql", "-q", server, "-c", sql], check=True)
    else:
        url = f"sqlite:{folder / 'data/naru.db'}"
    env["NARU__DATABASE__URL"] = url
    (folder / "env").write_text("".join(f"{name}={value}\n" for name, value in env.items()))
    binary = candidates.naru(options.engine, [1, 2, 3]).processes[0].argv[0]
    subprocess.run([binary, "migrate", "--data", str(folder / "data"), "--database-url", url], check=True)
    started = time.monotonic()
    size = (options.people, options.companies)
    kept = fill_sqlite(folder / "data/naru.db", *size) if options.engine == "sqlite" else fill_postgres(url, *size)
    print({name: len(rows) for name, rows in kept.items()}, f"{time.monotonic() - started:.0f} s", file=sys.stderr)
    requests(folder / "requests", kept)
    cookies(folder, kept, options.engine)


if __name__ == "__main__":
    main()
