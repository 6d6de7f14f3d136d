"""Starts the typesetting process, listens to it, and ends it when it takes too much time, memory or processor."""

import base64
import ctypes
import json
import resource
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from export.job import Printed, PrintJob

LIBC = ctypes.CDLL(None)
PARENT_DEATH_SIGNAL = 1
ROOT = Path(__file__).resolve().parents[1]
type Listener = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Limits:
    seconds: float = 300
    cpu_seconds: int = 280
    memory_bytes: int = 1_600_000_000


class TypesettingError(Exception):
    """No book came out; the text is a sentence for the person who asked, `detail` is for the log."""

    def __init__(self, sentence: str, detail: str = "") -> None:
        super().__init__(sentence)
        self.detail = detail


def typeset(job: PrintJob, output: Path, *, listen: Listener | None = None, limits: Limits = Limits()) -> Printed:
    """Writes the PDF to `output`; `listen(activity, percent, pages)` hears about every part."""
    last = _Last()
    with tempfile.TemporaryFile() as errors, tempfile.TemporaryDirectory() as scratch:
        with _start(output, errors, Path(scratch), limits) as child:
            clock = threading.Timer(limits.seconds, child.kill)
            clock.start()
            try:
                _hand_over(job, child)
                result = _follow(child, last, listen)
                code = child.wait()
            finally:
                clock.cancel()
                child.kill()
        if code != 0 or result is None:
            errors.seek(0)
            raise _failure(code, last.activity, errors.read()[-4000:].decode(errors="replace"))
    return Printed(**{**result, "part_pages": tuple(result["part_pages"]), "warnings": tuple(result["warnings"])})


@dataclass
class _Last:
    activity: str = ""


def _start(output: Path, errors: IO[bytes], scratch: Path, limits: Limits) -> subprocess.Popen[str]:
    """Only what Python and fontconfig need goes into the environment: no address of the database, no key."""

    def restrain() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
        resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 5))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        LIBC.prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)  # a killed worker takes its typesetter along

    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "export.pdf", str(output)],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "HOME": str(scratch), "XDG_CACHE_HOME": str(scratch), "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        preexec_fn=restrain,  # noqa: PLW1509 - limits must stand before the interpreter starts
    )


def _hand_over(job: PrintJob, child: subprocess.Popen[str]) -> None:
    fields: dict[str, Any] = asdict(job)
    fields["assets"] = {key: base64.b64encode(body).decode() for key, body in job.assets.items()}
    if child.stdin is None:
        return
    try:
        json.dump(fields, child.stdin)
        child.stdin.close()
    except BrokenPipeError:
        return  # it ended before it had read everything; its exit code says why


def _follow(child: subprocess.Popen[str], last: _Last, listen: Listener | None) -> dict[str, Any] | None:
    for message in _messages(child.stdout or ()):
        if "result" in message:
            result: dict[str, Any] = message["result"]
            return result
        last.activity = message["activity"]
        if listen:
            listen(message["activity"], 90 * message["done"] // max(message["of"], 1), message["pages"])
    return None


def _messages(lines: Iterable[str]) -> Iterable[dict[str, Any]]:
    for line in lines:
        if line.startswith("{"):
            yield json.loads(line)


def _failure(code: int, activity: str, detail: str) -> TypesettingError:
    place = f"pada {activity}" if activity else "sebelum halaman pertama"
    if code < 0:
        return TypesettingError(
            f"Penataan halaman berhenti {place}: terlalu lama atau terlalu banyak memori. "
            "Periksa tabel yang sangat panjang atau isi yang tidak wajar di bagian itu.",
            detail,
        )
    if "MemoryError" in detail:
        return TypesettingError(f"Penataan halaman berhenti {place}: memori tidak cukup.", detail)
    return TypesettingError(f"Penataan halaman gagal {place}.", detail)
