#!/usr/bin/env python3
"""Measures servers side by side on this machine: one at a time, in turns, several rounds, medians.

    tools/services run --durable -- bench/run.py --candidates peer,limit-postgres --loads user:16,list:16 --rounds 5

Each line of --out is one run; --report FILE… prints the table again. Ratios say something, absolute figures don't.
"""
import argparse
import collections
import datetime
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

import candidates
import machine


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--candidates", default="peer,limit-postgres", help="comma-separated; --list shows them")
    parser.add_argument("--loads", default="user:16,list:16,tasks:16,home:16,memo:16,status:16", help="load:connections, comma-separated")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--others", type=float, default=0.12, help="leave out runs in which others used more than this share of the cores")
    parser.add_argument("--out", type=pathlib.Path, help="JSON lines; default: a dated file in the cache folder")
    parser.add_argument("--report", type=pathlib.Path, nargs="+", metavar="FILE", help="only print the table of these")
    parser.add_argument("--list", action="store_true", help="the candidates and the loads")
    return parser.parse_args()


def wrk(load: str, connections: int, seconds: int, port: int, requests: pathlib.Path | None) -> dict:
    source = {"REQUESTS": str(requests / f"{load}.txt")} if requests else {"TOKENS": str(candidates.KEPT / "tokens.txt")}
    script = str(candidates.HERE / "load/load.lua")
    argv = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", script, f"http://127.0.0.1:{port}", "--", load]
    done = subprocess.run(argv, env={**os.environ, **source}, capture_output=True, text=True, check=False)
    if "JSON" not in done.stdout:
        raise SystemExit(f"wrk failed: {done.stderr.strip() or done.stdout.strip()}")
    return json.loads(done.stdout.partition("JSON")[2].splitlines()[0])


def database_pid() -> int | None:
    try:
        return int((pathlib.Path(os.environ["NARU_SERVICES"]) / "pg/postmaster.pid").read_text().splitlines()[0])
    except (KeyError, OSError):
        return None


def measure(load: str, connections: int, seconds: int, candidate, servers, database: int | None) -> dict:
    machine.wait_until_quiet()
    database_ticks = lambda: machine.ticks(database) if database else 0
    server_ticks = lambda: sum(machine.ticks(server.pid) for server in servers)
    own, data, cores, children = server_ticks(), database_ticks(), machine.busy(), os.times()
    result = wrk(load, connections, seconds, candidate.ports[load], candidate.requests)
    own, data, after, later = server_ticks() - own, database_ticks() - data, machine.busy(), os.times()
    client = (later.children_user + later.children_system - children.children_user - children.children_system) * machine.TICKS
    others = max(0, after[0] - cores[0] - own - data - client) / max(after[1] - cores[1], 1)
    each = 1e6 / machine.TICKS / max(result["n"], 1)
    return {**result, "load": load, "connections": connections, "per_second": round(result["n"] / result["us"] * 1e6, 1),
            "server_us": round(own * each, 1), "database_us": round(data * each, 1), "others": round(others, 3),
            "resident_kib": sum(machine.resident_kib(server.pid) for server in servers)}


def table(runs: list[dict], others: float) -> None:
    grouped = collections.defaultdict(lambda: collections.defaultdict(list))
    for run in runs:
        grouped[run["load"], run["connections"]][run["candidate"]].append(run)
    for (load, connections), by_candidate in grouped.items():
        print(f"\n{load}, {connections} connections")
        print(f"  {'':16}{'requests/s':>11}{'p50 ms':>9}{'p99 ms':>9}{'server us':>11}{'database us':>13}{'MB':>8}{'x peer':>9}{'x limit':>9}  runs")
        speed = {}
        for name, all_runs in by_candidate.items():
            quiet = [run for run in all_runs if run["others"] <= others and run["bad"] == 0 and run["err"] == 0]
            if quiet:
                speed[name] = statistics.median(run["per_second"] for run in quiet)
        for name, all_runs in by_candidate.items():
            wrong = sum(run["bad"] + run["err"] for run in all_runs)
            quiet = [run for run in all_runs if run["others"] <= others and run["bad"] == 0 and run["err"] == 0]
            if not quiet:
                least = min(run["others"] for run in all_runs)
                print(f"  {name:16}  no valid run: {wrong} wrong replies, others used at least {least:.0%} of the cores")
                continue
            median = lambda key: statistics.median(run[key] for run in quiet)
            bound = "limit-sqlite" if "sqlite" in name else "limit-postgres"
            ratio = lambda other: f"{speed[name] / speed[other]:9.2f}" if other in speed else f"{'':9}"
            base = "peer-page" if load == "page" else "peer"
            print(f"  {name:16}{speed[name]:11.0f}{median('p50') / 1e3:9.2f}{median('p99') / 1e3:9.2f}{median('server_us'):11.1f}"
                  f"{median('database_us'):13.1f}{median('resident_kib') / 1024:8.1f}{ratio(base)}{ratio(bound)}  {len(quiet)} of {len(all_runs)}")


def main() -> None:
    options = arguments()
    if options.list:
        for name, (_, what) in candidates.CANDIDATES.items():
            print(f"{name:16} {what}")
        print("loads:", *candidates.LOADS)
        return
    if options.report:
        table([json.loads(line) for file in options.report for line in file.read_text().splitlines()], options.others)
        return
    names = options.candidates.split(",")
    unknown = [name for name in names if name not in candidates.CANDIDATES]
    loads = [(load, int(connections or 16)) for load, _, connections in (each.partition(":") for each in options.loads.split(","))]
    unknown += [load for load, _ in loads if load not in candidates.LOADS]
    if unknown:
        sys.exit(f"unknown: {', '.join(unknown)} (--list shows what there is)")
    candidates.prepare(names)
    candidates.KEPT.mkdir(parents=True, exist_ok=True)
    out = options.out or candidates.KEPT / f"{datetime.datetime.now():%Y%m%d-%H%M%S}.jsonl"
    try:
        os.nice(-5)    # steadier on a shared machine; not everyone may
    except PermissionError:
        pass
    runs = []
    with open(candidates.KEPT / "servers.log", "w") as log:
        for turn in range(options.rounds):
            for name in names:
                candidate = candidates.CANDIDATES[name][0]([machine.free_port() for _ in range(3)])
                mine = [(load, connections) for load, connections in loads if load in candidate.ports]
                if not mine:
                    sys.exit(f"{name} has none of these loads: it has {', '.join(candidate.ports)}")
                database = database_pid()
                if database:
                    subprocess.run(["psql", "-q", candidates.postgres("postgres"), "-c", "CHECKPOINT"], check=True)
                servers = []
                try:
                    for process in candidate.processes:
                        servers.append(machine.start(process.argv, process.env, str(process.cwd), process.port, log))
                    wrk(mine[0][0], 16, 1, candidate.ports[mine[0][0]], candidate.requests)
                    for load, connections in mine:
                        run = measure(load, connections, options.seconds, candidate, servers, database)
                        run.update(candidate=name, round=turn, at=int(time.time()))
                        runs.append(run)
                        with open(out, "a") as file:
                            file.write(json.dumps(run) + "\n")
                        print(f"{name} {load}:{connections} {run['per_second']:.0f}/s, p99 {run['p99'] / 1e3:.2f} ms, "
                              f"{run['bad'] + run['err']} wrong, others {run['others']:.0%}", file=sys.stderr)
                finally:
                    for server in servers:
                        machine.stop(server)
    table(runs, options.others)
    print(f"\nruns: {out}")


if __name__ == "__main__":
    main()
