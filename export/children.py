"""Typesetting processes: at most two at a time, each ended when it takes too much time, memory or processor."""

import base64
import json
import os
import selectors
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, Self, cast

from export.job import Part, PrintJob, Sidecar
from export.restraint import processor_seconds
from export.shelf import assets_in

ROOT = Path(__file__).resolve().parents[1]
AT_ONCE = 2
# What WeasyPrint keeps between parts grows; a fresh process costs half a second.
PARTS_PER_CHILD = 60
BYTES_PER_CHILD = 230_000_000
# On a machine that is busy with other things a good part must not fail; one that only waits must end all the same.
CLOCK_SHARE = 4


@dataclass(frozen=True)
class Limits:
    """`seconds` of processor for one part, the next two for one process; `niceness` as of `nice`.

    `whole_seconds` by the clock and `whole_cpu_seconds` of all processes together are for all parts of a job.
    """

    seconds: float = 50
    cpu_seconds: int = 280
    memory_bytes: int = 1_600_000_000
    niceness: int = 0
    whole_seconds: float = 900
    whole_cpu_seconds: float = 300


class TypesettingError(Exception):
    """No book came out; the text is a sentence for the person who asked, `detail` is for the log.

    `section` is the code of the section to look at, where one is known.
    """

    def __init__(self, sentence: str, detail: str = "", *, section: str = "") -> None:
        super().__init__(sentence)
        self.detail, self.section = detail, section


@dataclass
class Child:
    process: subprocess.Popen[str]
    errors: IO[bytes]
    part: "Order | None" = None
    begun: float = 0.0
    spent_before: float = 0.0
    done: int = 0
    knows_job: bool = False

    @property
    def output(self) -> IO[str]:
        return cast("IO[str]", self.process.stdout)

    def begin(self, order: "Order") -> None:
        self.part, self.begun = order, time.monotonic()
        self.spent_before = processor_seconds(self.process.pid)

    def is_late(self, seconds: float) -> bool:
        spent = processor_seconds(self.process.pid) - self.spent_before
        return spent > seconds or time.monotonic() - self.begun > CLOCK_SHARE * seconds

    def tell(self, path: Path) -> None:
        question = cast("IO[str]", self.process.stdin)
        with suppress(BrokenPipeError):  # it ended already; reading its answer says so
            question.write(f"{path}\n")
            question.flush()

    def close(self) -> None:
        self.process.kill()
        self.output.close()
        with suppress(BrokenPipeError):
            cast("IO[str]", self.process.stdin).close()
        self.process.wait()
        self.errors.close()


@dataclass(frozen=True)
class Order:
    """A part to set under its key, with the assets that it uses."""

    key: str
    part: Part
    assets: dict[str, bytes]


@dataclass
class Children:
    """A context: leaving it ends every process. None is started before it has to `get_ready` or there is a part of `job` to set.

    `pulse` is called at least twice a second while parts are set; what it raises ends the work.
    """

    limits: Limits
    at_once: int = AT_ONCE
    job: PrintJob | None = None
    running: list[Child] = field(default_factory=list)
    pulse: Callable[[], None] = field(default=lambda: None)
    spent: float = 0.0

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="typesetting-")
        self.folder = Path(self._folder.name)
        self.selector = selectors.DefaultSelector()
        return self

    def __exit__(self, *_: object) -> None:
        for child in list(self.running):
            self._end(child)
        self.selector.close()
        self._folder.cleanup()

    def get_ready(self) -> None:
        """Starts the processes, which takes them a second, while the job is still being written."""
        while len(self.running) < self.at_once:
            self._start()

    def set_parts(self, orders: Iterable[Order]) -> Iterator[tuple[Order, bytes, Sidecar]]:
        """In the order in which they are ready, long ones begun first. Raises TypesettingError that names the part."""
        waiting = sorted(orders, key=lambda order: len(order.part.html))
        self._hand_out(waiting)
        while any(child.part for child in self.running):
            self.pulse()
            for child in self._ready():
                yield self._result(child)
                self._hand_out(waiting)

    def cpu_seconds(self) -> float:
        """Of all processes so far."""
        return self.spent + sum(processor_seconds(child.process.pid) for child in self.running)

    def longest(self) -> Part | None:
        """The part that has been set for the longest time at present."""
        busy = [child for child in self.running if child.part]
        return min(busy, key=lambda child: child.begun).part.part if busy else None  # type: ignore[union-attr]

    def _hand_out(self, waiting: list[Order]) -> None:
        while waiting and (child := self._idle()):
            order = waiting.pop()
            child.begin(order)
            path = self.folder / f"{order.key}.json"
            path.write_text(json.dumps(self._request(order)))
            if not child.knows_job:
                child.tell(self._described())
                child.knows_job = True
            child.tell(path)

    def _described(self) -> Path:
        """The job as a file: style sheets and the assets that they use."""
        path = self.folder / "job.json"
        if not path.exists():
            job = cast("PrintJob", self.job)
            common = {name: job.assets[name] for name in assets_in(job.styles) if name in job.assets}
            fields = {
                "parent": os.getpid(),
                "limits": asdict(self.limits),
                "variant": job.variant,
                "styles": job.styles,
                "tight_css": job.tight_css,
                "assets": encoded(common),
            }
            path.write_text(json.dumps(fields))
        return path

    def _request(self, order: Order) -> dict[str, Any]:
        return {
            "key": order.key[:12],
            "html": order.part.html,
            "css": order.part.css,
            "is_stamped": order.part.run is not None,
            "assets": encoded(order.assets),
            "output": str(self.folder / f"{order.key}.pdf"),
        }

    def _idle(self) -> Child | None:
        for ended in [child for child in self.running if child.part is None and child.process.poll() is not None]:
            self._end(ended)
        found = next((child for child in self.running if child.part is None), None)
        if found is None and len(self.running) < self.at_once:
            return self._start()
        return found

    def _start(self) -> Child:
        child = start(self.folder)
        self.running.append(child)
        self.selector.register(child.output, selectors.EVENT_READ, child)
        return child

    def _ready(self) -> list[Child]:
        """Children with an answer. One whose time is over is killed: its answer is the end of its output."""
        for child in self.running:
            if child.part and child.is_late(self.limits.seconds):
                child.process.kill()
        return [key.data for key, _ in self.selector.select(timeout=0.5) if key.data.part]

    def _result(self, child: Child) -> tuple[Order, bytes, Sidecar]:
        order = cast("Order", child.part)
        line = child.output.readline()
        if not line.endswith("\n"):
            raise _failure(child, order)
        sidecar = Sidecar.from_json(json.loads(line))
        path = self.folder / f"{order.key}.pdf"
        content = path.read_bytes()
        path.unlink()
        child.part, child.done = None, child.done + 1
        if child.done >= PARTS_PER_CHILD or sidecar.peak_bytes > BYTES_PER_CHILD:
            self._end(child)
        return order, content, sidecar

    def _end(self, child: Child) -> None:
        self.running.remove(child)
        self.selector.unregister(child.output)
        self.spent += processor_seconds(child.process.pid)
        child.close()


def encoded(assets: dict[str, bytes]) -> dict[str, str]:
    return {key: base64.b64encode(body).decode() for key, body in assets.items()}


def start(folder: Path) -> Child:
    """Only what Python and fontconfig need goes into the environment: no address of the database, no key."""
    home = str(folder)
    errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the child
    process = subprocess.Popen(
        [sys.executable, "-m", "export.pdf"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "HOME": home, "XDG_CACHE_HOME": home, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
    )
    return Child(process, errors)


def _failure(child: Child, order: Order) -> TypesettingError:
    code = child.process.wait()
    child.errors.seek(0)
    detail = child.errors.read()[-4000:].decode(errors="replace")
    place, section = f"pada {order.part.name}", order.part.section
    if code < 0:
        return TypesettingError(
            f"Penataan halaman berhenti {place}: terlalu lama atau terlalu banyak memori. "
            "Periksa tabel yang sangat panjang atau isi yang tidak wajar di bagian itu.",
            detail,
            section=section,
        )
    if "MemoryError" in detail:
        return TypesettingError(f"Penataan halaman berhenti {place}: memori tidak cukup.", detail, section=section)
    return TypesettingError(f"Penataan halaman gagal {place}.", detail, section=section)
