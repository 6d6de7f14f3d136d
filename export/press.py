"""From a print job to one file: parts from the shelf or newly set, contents last, then assembly and the gate."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from export.assembly import assemble
from export.children import Children, Limits, Order, TypesettingError
from export.gate import faults_of
from export.job import Part, Printed, PrintJob, Progress
from export.paging import PlacedPart, anchor_labels, has_folios, placed, with_folios
from export.shelf import SetPart, Shelf, assets_in, keys_for

__all__ = ["Limits", "Listener", "TypesettingError", "set_ahead", "typeset"]

type Listener = Callable[[Progress], None]
USUAL = Limits()
ROUNDS_MAX = 4
SET_SHARE, LAST_SHARE = 85, 95  # percent of the way when all parts are set, when the file is put together
FIRST_STEP, LAST_STEP = "Menata halaman", "Menyatukan halaman"
TOO_LONG = (
    "Penataan buku berhenti karena seluruh buku melewati batas waktu. Mintalah lagi: bagian yang sudah ditata tersimpan; "
    "bila tetap gagal, mintalah satu buku saja."
)
NOT_SOUND = (
    "Buku tidak lolos pemeriksaan akhir dan tidak disimpan. Mintalah sekali lagi; bila tetap gagal, hubungi pengelola."
)


def typeset(
    wanted: PrintJob | Callable[[], PrintJob],
    output: Path,
    *,
    listen: Listener | None = None,
    limits: Limits = USUAL,
    shelf: Shelf | None = None,
) -> Printed:
    """Writes the PDF to `output`. Raises TypesettingError.

    A job that is still to be written, `wanted` as a function, is written while the processes get ready. `listen` hears about every part, and twice a second the same again; what it raises ends the typesetting at once. Parts that `shelf` holds are not set again, and those of a job that fails stay there.
    """
    clock = _Clock()
    with tempfile.TemporaryDirectory(prefix="parts-") as folder:
        with Children(limits) as children:
            job = _written(wanted, children)
            clock.lap("job")
            work = _Work(job, children, shelf or Shelf(Path(folder), 2**62), listen)
            children.pulse = work.pulse
            parts = work.set_all()
        clock.lap("parts")
        work.tell(LAST_STEP, LAST_SHARE)
        assemble(job, parts, [work.found(place.part).content for place in parts], output)
        clock.lap("assembly")
        if faults := faults_of(output, parts):
            raise TypesettingError(NOT_SOUND, "\n".join(faults[:50]))
        clock.lap("gate")
    if shelf:
        shelf.trim()
    return Printed(
        pages=sum(len(place.sidecar.pages) for place in parts),
        part_pages=tuple(len(place.sidecar.pages) for place in parts),
        warnings=tuple(warning for place in parts for warning in place.sidecar.warnings),
        seconds=clock.seconds(),
        cpu_seconds=clock.cpu_seconds(),
        peak_bytes=work.peak_bytes,
        hits=work.hits,
        laps=clock.laps,
    )


def _written(wanted: PrintJob | Callable[[], PrintJob], children: Children) -> PrintJob:
    if isinstance(wanted, PrintJob):
        return wanted
    children.get_ready()
    return wanted()


def set_ahead(job: PrintJob, shelf: Shelf, limits: Limits, *, gives_way: Callable[[], bool]) -> int:
    """Puts what is missing on the shelf, one process at a time, until `gives_way()`; returns how many parts were set."""
    with Children(limits, at_once=1) as children:
        work = _Work(job, children, shelf)
        done = 0
        for _ in work.set_missing(job.parts):
            done += 1
            if gives_way():
                break
    shelf.trim()
    return done


class _Work:
    """The parts of one job on their way to being set."""

    def __init__(self, job: PrintJob, children: Children, shelf: Shelf, listen: Listener | None = None) -> None:
        self.job, self.children, self.shelf, self.listen = job, children, shelf, listen
        children.job = job
        self.keys = keys_for(job)
        self.begun = time.monotonic()
        self.told = Progress(FIRST_STEP, 0, 0, 0, len(job.parts))
        self.parts: dict[str, SetPart] = {}
        self.hits = self.peak_bytes = 0

    def set_all(self) -> list[PlacedPart]:
        """Contents and lists once to know how long they are, then with the labels of what they name, until nothing moves."""
        parts = list(self.job.parts)
        for _ in range(ROUNDS_MAX):
            self.have(parts)
            where = placed(parts, [self.found(part).sidecar for part in parts])
            labels = anchor_labels(where)
            told = [replace(part, html=with_folios(part.html, labels)) if has_folios(part) else part for part in parts]
            if told == parts:
                return where
            parts = told
        raise TypesettingError(NOT_SOUND, "Nomor halaman dalam daftar isi tidak menjadi tetap.")

    def found(self, part: Part) -> SetPart:
        return self.parts[self.keys.of(part)]

    def have(self, parts: Sequence[Part]) -> None:
        for order in self.set_missing(parts):
            percent = SET_SHARE * len(self.parts) // max(len(parts), len(self.parts))
            self.tell(order.part.chapter or order.part.name, percent)

    def set_missing(self, parts: Sequence[Part]) -> Iterator[Order]:
        """Takes from the shelf what it holds, and sets the others one after the other."""
        missing: list[Order] = []
        for part in parts:
            key = self.keys.of(part)
            if key in self.parts:
                continue
            if kept := self.shelf.get(key):
                self.parts[key], self.hits = kept, self.hits + 1
            else:
                missing.append(Order(key, part, self._assets(part)))
        for order, content, sidecar in self.children.set_parts(missing):
            self.parts[order.key] = SetPart(content, sidecar)
            self.shelf.put(order.key, self.parts[order.key])
            self.peak_bytes = max(self.peak_bytes, sidecar.peak_bytes)
            yield order

    def _assets(self, part: Part) -> dict[str, bytes]:
        known = self.job.assets
        return {name: known[name] for name in assets_in([part.html, part.css]) if name in known}

    def tell(self, activity: str, percent: int) -> None:
        total = self.told.total
        pages = sum(len(part.sidecar.pages) for part in self.parts.values())
        self.told = Progress(activity, percent, pages, min(len(self.parts), total), total)
        if self.listen:
            self.listen(self.told)

    def pulse(self) -> None:
        limits = self.children.limits
        is_over = time.monotonic() - self.begun > limits.whole_seconds
        if is_over or self.children.cpu_seconds() > limits.whole_cpu_seconds:
            part = self.children.longest()
            place = f" Yang sedang ditata: {part.name}." if part else ""
            raise TypesettingError(TOO_LONG + place, section=part.section if part else "")
        if self.listen:
            self.listen(self.told)


class _Clock:
    """Time by the clock and of the processor, own and of ended children."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._start, self._last, self._cpu = time.perf_counter(), time.perf_counter(), _cpu_seconds()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name], self._last = round(now - self._last, 2), now

    def seconds(self) -> float:
        return round(time.perf_counter() - self._start, 2)

    def cpu_seconds(self) -> float:
        return round(_cpu_seconds() - self._cpu, 2)


def _cpu_seconds() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system
