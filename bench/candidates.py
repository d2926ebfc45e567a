"""Who is measured: how to start each, on what data, and which requests it gets.

`peer*` and `limit*` run on the reference schema (data/), `naru-*` on data of its own: a folder per engine,
$NARU_BENCH/postgres and $NARU_BENCH/sqlite, with
    data/                the folder that `naru serve --data` gets
    env                  KEY=VALUE lines for its environment (the database's address)
    requests/LOAD.txt    its requests for each load, one a line: method TAB path TAB header TAB body
"""
import dataclasses
import os
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "naru"
KEPT = CACHE / "bench"
VENV = CACHE / "bench-venv"
NARU_DATA = pathlib.Path(os.environ.get("NARU_BENCH") or KEPT / "naru")
LIMIT_TARGET = pathlib.Path(os.environ.get("LIMIT_TARGET_DIR") or CACHE / "limit")
LOADS = ("user", "list", "tasks", "home", "memo", "status", "page")
API_LOADS = LOADS[:-1]


@dataclasses.dataclass
class Process:
    argv: list[str]
    port: int
    env: dict[str, str] = dataclasses.field(default_factory=dict)
    cwd: pathlib.Path = HERE


@dataclasses.dataclass
class Candidate:
    processes: list[Process]
    ports: dict[str, int]                # load -> the port it goes to
    requests: pathlib.Path | None = None  # a folder of requests of its own; none: the reference's


def postgres(database: str) -> str:
    server = os.environ.get("NARU_TEST_POSTGRES")
    if not server:
        sys.exit("no PostgreSQL: run this as  tools/services run --durable -- bench/run.py …")
    return server.rpartition("/")[0] + "/" + database


def uvicorn(app: str, port: int) -> list[str]:
    return [str(VENV / "bin/uvicorn"), app, "--host", "127.0.0.1", "--port", str(port), "--workers", "2", "--loop", "uvloop",
            "--http", "httptools", "--no-access-log", "--log-level", "warning"]


def peer(app: str, driver: str, ports: list[int]) -> Candidate:
    url = postgres("reference").replace("postgres://", f"postgresql+{driver}://")
    return Candidate([Process(uvicorn(app, ports[0]), ports[0], {"DATABASE_URL": url}, HERE / "peer")], dict.fromkeys(API_LOADS, ports[0]))


def peer_page(ports: list[int]) -> Candidate:
    api = peer("api.main:app", "asyncpg", ports)
    argv = [str(VENV / "bin/gunicorn"), "web.settings_app:application", "-b", f"127.0.0.1:{ports[1]}", "-w", "2", "-k", "gthread",
            "--threads", "8", "--log-level", "warning"]
    front = Process(argv, ports[1], {"API_URL": f"http://127.0.0.1:{ports[0]}"}, HERE / "peer")
    return Candidate([*api.processes, front], {"page": ports[1]})


def limit(binary: str, env: dict[str, str], ports: list[int]) -> Candidate:
    process = Process([str(LIMIT_TARGET / "release" / binary)], ports[0], {"PORT": str(ports[0]), **env})
    return Candidate([process], dict.fromkeys(API_LOADS, ports[0]))


def naru(engine: str, ports: list[int]) -> Candidate:
    folder = NARU_DATA / engine
    if not (folder / "requests").is_dir():
        sys.exit(f"naru-{engine} has no data: {folder} must hold data/, env and requests/ (see bench/README.md)")
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR") or CACHE / "target")
    binary = os.environ.get("NARU_BIN") or str(target / "release" / "naru")
    api, web, metrics = ports
    argv = [binary, "serve", "--data", str(folder / "data")]
    for name, port in (("api", api), ("web", web), ("metrics", metrics)):
        argv += [f"--{name}-listen", f"127.0.0.1:{port}"]
    lines = (folder / "env").read_text().splitlines() if (folder / "env").exists() else []
    env = dict(line.split("=", 1) for line in lines if "=" in line)
    loads = {load: web if load == "page" else api for load in LOADS if (folder / "requests" / f"{load}.txt").exists()}
    return Candidate([Process(argv, api, env)], loads, folder / "requests")


SQLITE = {"DB": str(KEPT / "reference.db"), "FULL": "true"}
CANDIDATES = {
    "naru-postgres": (lambda ports: naru("postgres", ports), "the real binary on PostgreSQL"),
    "naru-sqlite": (lambda ports: naru("sqlite", ports), "the real binary on SQLite"),
    "limit-postgres": (lambda ports: limit("pg", {"DATABASE_URL": postgres("reference")}, ports), "by hand on tokio-postgres, connections shared and pipelined"),
    "limit-pool": (lambda ports: limit("pg", {"MODE": "pool", "DATABASE_URL": postgres("reference")}, ports), "the same with a connection per request"),
    "limit-sqlite": (lambda ports: limit("sqlite", SQLITE, ports), "by hand on rusqlite, synchronous FULL, group commit"),
    "peer": (lambda ports: peer("api.main:app", "asyncpg", ports), "FastAPI and SQLAlchemy, written with care"),
    "peer-plain": (lambda ports: peer("api.plain:app", "psycopg", ports), "FastAPI in the plain style: blocking session, lazy loads"),
    "peer-page": (peer_page, "Django in front of the peer"),
}


def run(*argv, **options) -> None:
    print("+", *argv, file=sys.stderr)
    subprocess.run([str(each) for each in argv], check=True, **options)


def prepare(names: list[str]) -> None:
    """What the chosen ones need: Python packages, the reference rows, tokens, the limit's binaries. Kept for next time."""
    if all(name.startswith("naru-") for name in names):
        return
    KEPT.mkdir(parents=True, exist_ok=True)
    wanted = (HERE / "peer/requirements.txt").read_text()
    installed = VENV / "installed"
    if not installed.exists() or installed.read_text() != wanted:
        run(sys.executable, "-m", "venv", "--clear", VENV)
        run(VENV / "bin/pip", "install", "--quiet", "--disable-pip-version-check", "-r", HERE / "peer/requirements.txt")
        installed.write_text(wanted)
    tokens = KEPT / "tokens.txt"
    if not tokens.exists() or time.time() - tokens.stat().st_mtime > 86400:
        text = subprocess.run([VENV / "bin/python", HERE / "peer/tokens.py", "1000"], check=True, capture_output=True, text=True).stdout
        tokens.write_text(text)
    if "limit-sqlite" in names and not pathlib.Path(SQLITE["DB"]).exists():
        run(VENV / "bin/python", HERE / "data/gen.py", "sqlite", SQLITE["DB"])
    if any(name.startswith(("limit-p", "peer")) for name in names):
        query = ["psql", "-Atq", postgres("postgres"), "-c", "SELECT 1 FROM pg_database WHERE datname = 'reference'"]
        if not subprocess.run(query, check=True, capture_output=True, text=True).stdout.strip():
            run("psql", "-q", postgres("postgres"), "-c", "CREATE DATABASE reference")
            run(VENV / "bin/python", HERE / "data/gen.py", "pg", postgres("reference").replace("postgres://", "postgresql://"))
    if any(name.startswith("limit") for name in names):
        run("cargo", "build", "--release", "--locked", "--manifest-path", HERE / "limit/Cargo.toml", "--target-dir", LIMIT_TARGET)
