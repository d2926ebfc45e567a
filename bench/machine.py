"""What the machine does meanwhile: processor time and memory of a process with its children, and who else is busy.

Processor time comes from /proc, so it counts what wrk's own figures can't show: how much of a request is the server's,
how much PostgreSQL's, and what share of the cores others took (a run in which others were busy is not a measurement).
"""
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

TICKS = os.sysconf("SC_CLK_TCK")


def processes() -> dict[int, tuple[int, int, int]]:
    """pid -> (parent, own ticks, ticks of children that ended)"""
    found = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/stat") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:
            continue
        found[int(entry)] = (int(fields[1]), int(fields[11]) + int(fields[12]), int(fields[13]) + int(fields[14]))
    return found


def family(root: int, all_of_them: dict) -> set[int]:
    members, grew = {root}, True
    while grew:
        born = {pid for pid, (parent, *_) in all_of_them.items() if parent in members} - members
        grew = bool(born)
        members |= born
    return members


def ticks(root: int) -> int:
    """Processor time of a process and its children, ended ones included."""
    now = processes()
    return sum(now[pid][1] for pid in family(root, now) if pid in now) + (now[root][2] if root in now else 0)


def resident_kib(root: int) -> int:
    """Proportional set size: memory shared between workers counts once."""
    total = 0
    for pid in family(root, processes()):
        try:
            with open(f"/proc/{pid}/smaps_rollup") as file:
                total += sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        except OSError:
            pass
    return total


def busy() -> tuple[int, int]:
    """(ticks the cores worked, ticks that passed) since the machine started"""
    with open("/proc/stat") as file:
        fields = [int(field) for field in file.readline().split()[1:9]]
    return sum(fields) - fields[3] - fields[4], sum(fields)


def wait_until_quiet(share: float = 0.2, seconds: float = 4) -> None:
    """Waits, but not for ever, for a moment in which nobody else uses the cores."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        before = busy()
        time.sleep(0.4)
        after = busy()
        if (after[0] - before[0]) / max(after[1] - before[1], 1) < share:
            return


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return held.getsockname()[1]


def start(argv: list[str], env: dict[str, str], cwd: str, port: int, log) -> subprocess.Popen:
    """Starts a server in a process group of its own; returns when it answers over HTTP, whatever it answers."""
    server = subprocess.Popen(argv, env={**os.environ, **env}, cwd=cwd, start_new_session=True, stdout=log, stderr=log)
    for _ in range(600):
        if server.poll() is not None:
            raise SystemExit(f"{argv[0]} ended with {server.returncode}; see {log.name}")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/nothing", timeout=2).close()
            return server
        except urllib.error.HTTPError:
            return server
        except OSError:
            time.sleep(0.05)
    stop(server)
    raise SystemExit(f"{argv[0]} does not answer; see {log.name}")


def stop(server: subprocess.Popen) -> None:
    """Ends the server and its workers, and nothing else: they are a process group of their own."""
    for how, seconds in ((signal.SIGTERM, 8), (signal.SIGKILL, 8)):
        try:
            os.killpg(server.pid, how)
        except ProcessLookupError:
            pass
        try:
            server.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
