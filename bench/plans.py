#!/usr/bin/env python3
"""Times what plans cost at the API: previews, starts, the long lists, and an upgrade of 500 while others work.

    bench/fill.py sqlite --companies 1 && bench/plans.py sqlite
    tools/services run --durable -- bash -c 'bench/fill.py postgres --companies 1 && bench/plans.py postgres'

One company with 10,000 running mentorships, one of its mentors with 200 mentees. Each figure is the median and the 95th
percentile of requests sent one after the other over one connection. It writes: fill again before the next run.
"""
import argparse
import datetime
import http.client
import json
import statistics
import threading
import time

import candidates
import fill
import machine

WEEKS, TASKS, PLANS = 12, 200, 500
# a Monday ahead: whose plan has not begun is not at the changed week
START = datetime.date(2027, 1, 4)


class Caller:
    """One connection of one person."""

    def __init__(self, port: int, user: tuple):
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.head = {"Authorization": f"Bearer {fill.token(user)}", "Content-Type": "application/json"}

    def __call__(self, method: str, path: str, body: object = None) -> dict:
        # the server closes a connection that was quiet for a while
        for last in (False, True):
            try:
                self.http.request(method, path, None if body is None else json.dumps(body), self.head)
                reply = self.http.getresponse()
                break
            except (http.client.RemoteDisconnected, BrokenPipeError):
                self.http.close()
                if last:
                    raise
        text = reply.read()
        if reply.status >= 300:
            raise SystemExit(f"{method} {path}: {reply.status} {text.decode()[:500]}")
        return json.loads(text) if text else {}


def figures(name: str, times: list[float], goal: str) -> None:
    times.sort()
    p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
    print(f"{name:<44} {statistics.median(times) * 1000:9.1f} {p95 * 1000:9.1f}  {goal}", flush=True)


def timed(runs: int, call) -> list[float]:
    times = []
    for number in range(runs):
        began = time.perf_counter()
        call(number)
        times.append(time.perf_counter() - began)
    return times


def draft(shift: int) -> dict:
    """200 tasks in 12 weeks; shifted ones drop some, add some, and read otherwise."""
    tasks = []
    for number in range(shift, TASKS + shift):
        tasks.append({
            "key": f"k{number}", "week": (number - shift) * WEEKS // TASKS + 1, "title": f"과제 {number}",
            "guideline": f"할 일 {shift}: 저장소를 살펴보고 요약을 씁니다. " * 5, "submission_form": "## 배운 점", "priority": "medium",
            "starts_after": number % 4, "duration": 2, "kind": "task", "owner": "mentee", "depends_on": [], "is_required": True,
        })
    return {"week_notes": [], "tasks": tasks}


def others(port: int, user: tuple, path: str, until: threading.Event) -> list[float]:
    """What another person waits for, asking 50 times a second."""
    call, times = Caller(port, user), []
    while not until.is_set():
        began = time.perf_counter()
        call("GET", path)
        times.append(time.perf_counter() - began)
        time.sleep(max(0.0, 0.02 - times[-1]))
    return times


def is_ready(connection: http.client.HTTPConnection) -> bool:
    connection.request("GET", "/health/ready")
    reply = connection.getresponse()
    reply.read()
    return reply.status == 200


def measure(engine: str, port: int, kept: dict[str, list]) -> None:
    users = {user[0]: user for user in kept["users"]}
    admin = next(user for user in kept["users"] if user[10] == 2)
    mentor = users[kept["mentorships"][0][2]]
    ask, ask_mentor = Caller(port, admin), Caller(port, mentor)
    while not is_ready(ask.http):
        time.sleep(0.05)
    print(f"{engine:<44} {'median ms':>9} {'p95 ms':>9}  goal")
    ask("GET", "/api/mentorship/?limit=50")
    figures("mentor's home, 200 mentees", timed(50, lambda _: ask_mentor("GET", "/api/mentorship/mentor-home")), "50 ms")
    figures("mentorships of 10,000, first page", timed(50, lambda _: ask("GET", "/api/mentorship/?limit=50")), "50 ms")
    figures("overview of 10,000", timed(20, lambda _: ask("GET", "/api/mentorship/overview")), "")

    made = ask("POST", "/api/curriculum/", {"title": "열두 주", "description": "", "department_id": None})
    curriculum = f"/api/curriculum/{made['curriculum']['curriculum_id']}"
    ask("PUT", f"{curriculum}/tasks", draft(0))
    version = ask("POST", f"{curriculum}/publish", {})["version_id"]
    busy = {pair[3] for pair in kept["mentorships"]}
    free = [user[0] for user in kept["users"] if user[10] == 8 and user[0] not in busy]
    mentors = [user[0] for user in kept["users"] if user[10] == 4]
    plan = lambda number: {"mentee_id": free[number], "mentor_id": mentors[number + 1], "version_ids": [version], "start_on": START.isoformat()}
    figures("preview of 12 weeks with 200 tasks", timed(50, lambda number: ask("POST", "/api/mentorship/preview", plan(number))), "50 ms")
    figures("start with 200 tasks", timed(PLANS, lambda number: ask("POST", "/api/mentorship/", plan(number))), "100 ms")

    ask("PUT", f"{curriculum}/tasks", draft(20))
    number = ask("POST", f"{curriculum}/publish", {})["number"]
    figures("preview of an upgrade, 100 of 500", timed(3, lambda _: ask("GET", f"{curriculum}/upgrade?limit=100")), "")
    path = f"/api/users/{mentor[0]}"
    quiet = threading.Event()
    threading.Timer(5, quiet.set).start()
    before = others(port, admin, path, quiet)
    began, ended, during = time.perf_counter(), threading.Event(), []
    thread = threading.Thread(target=lambda: during.extend(others(port, admin, path, ended)))
    thread.start()
    upgrade = ask("POST", f"{curriculum}/upgrade", {"number": number, "choice": "not_yet"})
    seen = []
    while True:
        job = ask("GET", f"/api/jobs/{upgrade['job_id']}")
        if not seen or seen[-1] != job["done"]:
            seen.append(job["done"])
        if job["state"] in ("done", "failed"):
            break
        time.sleep(0.2)
    took = time.perf_counter() - began
    ended.set()
    thread.join()
    if job["state"] != "done":
        raise SystemExit(f"the upgrade failed: {job}")
    p99 = lambda times: sorted(times)[int(len(times) * 0.99)] * 1000
    print(f"upgrade of {upgrade['people']} plans: {took:.1f} s, {len(seen)} steps of the bar seen; another's GET p99 "
          f"{p99(before):.1f} ms before, {p99(during):.1f} ms meanwhile ({len(during)} requests)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engine", choices=["sqlite", "postgres"])
    options = parser.parse_args()
    folder = candidates.NARU_DATA / options.engine
    ports = [machine.free_port() for _ in range(3)]
    process = candidates.naru(options.engine, ports).processes[0]
    api = process.argv[process.argv.index("--api-listen") + 1]
    kept = {name: rows for name, _, rows in fill.tables(20_000, 1) if name in ("users", "mentorships")}
    server = machine.start(process.argv, process.env, str(process.cwd), process.port, open(folder / "plans.log", "w"))
    try:
        measure(options.engine, int(api.rsplit(":", 1)[1]), kept)
    finally:
        machine.stop(server)


if __name__ == "__main__":
    main()
