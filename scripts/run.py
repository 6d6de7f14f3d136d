"""`make run`: database, web and worker together; Ctrl-C stops them in order."""

import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType
from typing import TextIO

from database import database_url

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var"
PYTHON = sys.executable
STOP_LIMIT = 15
# When this process is killed outright, the kernel stops its children too.
TIED = ("setpriv", "--pdeathsig", "TERM") if shutil.which("setpriv") else ()


class Supervisor:
    """Keeps the children running until asked to stop; a child that dies is started again after a pause."""

    def __init__(self) -> None:
        self.children: dict[str, subprocess.Popen[str]] = {}
        self.stopping = threading.Event()

    def start(self, name: str, *command: str) -> None:
        child = subprocess.Popen(
            [*TIED, *command],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.children[name] = child
        threading.Thread(target=_relay, args=(name, child.stdout), daemon=True).start()

    def watch(self, commands: dict[str, tuple[str, ...]]) -> None:
        while not self.stopping.wait(1):
            for name, child in list(self.children.items()):
                if child.poll() is not None:
                    print(f"{name} berhenti (kode {child.returncode}); dijalankan lagi.", flush=True)
                    time.sleep(1)
                    self.start(name, *commands[name])

    def stop(self) -> None:
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + STOP_LIMIT
        for child in self.children.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)


def _relay(name: str, output: TextIO | None) -> None:
    for line in output or ():
        print(f"[{name}] {line}", end="", flush=True)


def secret_key() -> str:
    """Made once per folder; production sets SECRET_KEY itself."""
    path = VAR / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text().strip()


def free_port(wanted: int) -> int:
    for port in range(wanted, wanted + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    sys.exit(f"Tidak ada porta bebas antara {wanted} dan {wanted + 49}.")


def manage(*arguments: str) -> str:
    command = [*TIED, PYTHON, "manage.py", *arguments]
    result = subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.PIPE, text=True, start_new_session=True)
    if result.returncode:
        sys.exit(f"Persiapan gagal pada: manage.py {' '.join(arguments)}")
    return result.stdout


def commands(port: int) -> dict[str, tuple[str, ...]]:
    web = (
        "-m", "gunicorn", "smartcity.wsgi", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread",
        "--workers", os.environ.get("WEB_WORKERS", "2"), "--threads", "8", "--log-level", "warning", "--no-control-socket",
    )  # fmt: skip
    return {
        "web": (PYTHON, *web),
        "worker": (
            PYTHON,
            "manage.py",
            "procrastinate",
            "worker",
            "--concurrency",
            "2",
            "--shutdown-graceful-timeout",
            "5",
        ),
    }


def serve(port: int) -> None:
    print("Menyiapkan basis data …", flush=True)
    manage("prepare")
    supervisor = Supervisor()

    def ask_to_stop(signum: int, frame: FrameType | None) -> None:
        supervisor.stopping.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    try:
        for name, command in commands(port).items():
            supervisor.start(name, *command)
        people = manage("list_demo_people") if os.environ["DEMO"] == "1" else ""
        _await_web(port, supervisor)
        print(f"\nMasterplan Smart City berjalan di http://127.0.0.1:{port}/   (Ctrl-C untuk berhenti)\n", flush=True)
        if people:
            print(f"Orang contoh, masuk dengan satu ketukan di halaman Masuk:\n{people}", flush=True)
        supervisor.watch(commands(port))
    finally:
        supervisor.stop()
        print("Berhenti.", flush=True)


def _await_web(port: int, supervisor: Supervisor) -> None:
    while not supervisor.stopping.is_set():
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if supervisor.children["web"].poll() is not None:
            sys.exit("Server web tidak dapat dijalankan; lihat pesan di atas.")
        time.sleep(0.05)


def _leave(signum: int, frame: FrameType | None) -> None:
    """Before the children run: unwind, so that the database stops too."""
    sys.exit("Berhenti.")


def main() -> None:
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    (VAR / "static").mkdir(parents=True, exist_ok=True)
    with (VAR / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            sys.exit(f"Sudah berjalan dari folder ini di http://127.0.0.1:{lock.read().strip() or '…'}/")
        port = free_port(int(os.environ.get("PORT", "8000")))
        lock.truncate(0)
        lock.write(str(port))
        lock.flush()
        os.environ.setdefault("DEMO", "1")
        os.environ.setdefault("SECRET_KEY", secret_key())
        os.environ.setdefault("MEDIA_ROOT", str(VAR / "media"))
        os.environ.setdefault("PUBLIC_URL", f"http://127.0.0.1:{port}")
        with database_url(VAR / "postgres") as url:
            os.environ["DATABASE_URL"] = url
            serve(port)


if __name__ == "__main__":
    main()
