"""`make bench-saves`: what a save costs while 1, 50 and 200 people write, through the web server of `make run`.

Every editor has an account, a session and a section of its own, saves every 5 s and polls every 3 s as the browser does; the
client runs on the same machine. `server` is the save inside Django (Server-Timing), `whole` what the browser waits for, with
queueing, session, rights and the wire. TOGETHER=4 puts four editors into each section: they poll every second, and stale
saves are rebased and sent again. EXPORTING=2 has 50 people write while two books are made at a time, each from nothing.

    .venv/bin/python bench/saves.py [seconds]
"""

import asyncio
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from plant import PLAN, ROOT, Web, grow_outline, load_now, people_with_sessions, prepared, running_web

EXPORTING = int(os.environ.get("EXPORTING", "0"))
CROWDS = (1, 50) if EXPORTING else (1, 50, 200)
SAVE_EVERY, POLL_EVERY, POLL_IN_COMPANY = 5.0, 3.0, 1.0
TOGETHER = int(os.environ.get("TOGETHER", "1"))
LIMIT_MS = 500 if EXPORTING else 300
TOKEN = "k" * 32
WORDS = ("kabupaten ", "anggaran ", "layanan ", "pembangunan ")


@dataclass
class Tally:
    server: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    polls: list[float] = field(default_factory=list)
    stale: int = 0
    errors: list[str] = field(default_factory=list)


@dataclass
class Editor:
    """One open tab."""

    port: int
    session: str
    path: str
    name: str
    tally: Tally
    version: int = 0

    async def ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, dict[str, str], bytes]:
        """A connection for each request: gunicorn closes idle ones sooner than an editor asks again."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAccept: application/json\r\n"
            f"Cookie: sessionid={self.session}; csrftoken={TOKEN}\r\nX-CSRFToken: {TOKEN}\r\nConnection: close\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        answer = await reader.read()
        writer.close()
        lines, _, content = answer.partition(b"\r\n\r\n")
        first, *rest = lines.decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in rest if ": " in line)
        return int(first.split()[1]), headers, content

    async def poll(self) -> None:
        begin = time.perf_counter()
        status, _, content = await self.ask(
            "GET", f"{self.path}steps/?since={self.version}&client={self.name}&writing=1"
        )
        self.tally.polls.append((time.perf_counter() - begin) * 1000)
        if status == 200:
            self.version = max(self.version, json.loads(content)["version"])
        else:
            self.tally.errors.append(f"poll {status} {content[:80]!r}")

    async def save(self) -> None:
        """Typed at the start of the text, so that a rebase over others' saves leaves the step as it is."""
        inserted = {"content": [{"type": "text", "text": random.choice(WORDS)}]}  # noqa: S311 - no secret
        steps = [{"stepType": "replace", "from": 1, "to": 1, "slice": inserted}]
        for _ in range(20):
            body = json.dumps({"version": self.version, "client": self.name, "steps": steps}).encode()
            begin = time.perf_counter()
            status, headers, content = await self.ask("POST", f"{self.path}steps/", body)
            if status == 409:
                self.tally.stale += 1
                self.version = json.loads(content)["version"]
                continue
            if status != 200:
                self.tally.errors.append(f"save {status} {content[:80]!r}")
                return
            self.tally.whole.append((time.perf_counter() - begin) * 1000)
            self.tally.server.append(float(headers["server-timing"].partition("dur=")[2]))
            self.version = json.loads(content)["version"]
            return
        self.tally.errors.append("save stale 20 times")


async def every(pause: float, action, until: float) -> None:  # type: ignore[no-untyped-def]
    await asyncio.sleep(random.random() * pause)  # noqa: S311 - people do not start together
    while time.monotonic() < until:
        begin = time.monotonic()
        await action()
        await asyncio.sleep(max(0.0, pause - (time.monotonic() - begin)))


async def crowd(web: Web, sessions: list[str], sections: list[str], seconds: float) -> Tally:
    tally = Tally()
    until = time.monotonic() + seconds
    jobs = []
    for number, session in enumerate(sessions):
        path = f"/rencana/{PLAN}/naskah/{sections[number // TOGETHER]}/"
        editor = Editor(web.port, session, path, f"c{number}", tally)
        await editor.poll()
        jobs += [
            every(SAVE_EVERY, editor.save, until),
            every(POLL_EVERY if TOGETHER == 1 else POLL_IN_COMPANY, editor.poll, until),
        ]
    tally.polls.clear()
    await asyncio.gather(*jobs)
    return tally


def figures(times: list[float]) -> str:
    if len(times) < 2:
        return f"{times}"
    return f"median {statistics.median(times):6.1f}  p95 {statistics.quantiles(times, n=20)[-1]:6.1f}  max {max(times):6.1f} ms"


def report(count: int, tally: Tally, seconds: float, web: Web) -> None:
    print(f"\n{count} editors, {seconds:.0f} s ({load_now()}, server {web.resident_mb():.0f} MB)")
    print(f"  save, server  {figures(tally.server)}   {len(tally.server)} saves, {tally.stale} stale")
    print(f"  save, whole   {figures(tally.whole)}")
    print(f"  poll, whole   {figures(tally.polls)}   {len(tally.polls) / seconds:.0f} a second")
    print(f"  errors        {len(tally.errors)} {tally.errors[:3] or ''}", flush=True)


@contextmanager
def exports(folder: Path) -> Iterator[list[int]]:
    """So many at a time, one after the other, as the worker's processes make them; yields the exit codes of those that ended."""
    ended: list[int] = []
    until = threading.Event()

    def go_on(number: int) -> None:
        parts, target = folder / f"parts{number}", folder / f"book{number}.pdf"
        command = [sys.executable, "manage.py", "export_plan", PLAN, "--output", str(target)]
        while not until.is_set():
            shutil.rmtree(parts, ignore_errors=True)
            result = subprocess.run(
                command, cwd=ROOT, env=os.environ | {"PARTS_ROOT": str(parts)}, capture_output=True, check=False
            )
            ended.append(result.returncode)

    threads = [threading.Thread(target=go_on, args=(number,)) for number in range(EXPORTING)]
    for thread in threads:
        thread.start()
    try:
        yield ended
    finally:
        until.set()
        for thread in threads:
            thread.join()


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    with prepared() as folder:
        grow_outline(300)
        sessions = people_with_sessions(max(CROWDS))
        sections = written_sections()
        # People of a production server, with a second factor: one query more than in demo mode.
        os.environ["DEMO"] = "0"
        medians, worst, errors = [], 0.0, 0
        with running_web() as web, exports(folder) as ended:
            asyncio.run(crowd(web, sessions[:4], sections, 3))  # the first requests load code
            for count in CROWDS:
                tally = asyncio.run(crowd(web, sessions[:count], sections, seconds))
                report(count, tally, seconds, web)
                medians.append(statistics.median(tally.server))
                times = tally.whole if EXPORTING else tally.server
                worst, errors = statistics.quantiles(times, n=20)[-1], errors + len(tally.errors)
    if EXPORTING:
        print(f"\n{len(ended)} books made meanwhile, {EXPORTING} at a time, exit codes {sorted(set(ended))}")
    print(f"\nmedian with {CROWDS[-1]} editors / with 1: {medians[-1] / medians[0]:.1f}")
    print(f"p95 with {CROWDS[-1]} editors: {worst:.0f} ms of {LIMIT_MS} ms, {errors} errors")
    if worst > LIMIT_MS or errors:
        sys.exit(1)


def written_sections() -> list[str]:
    from masterplan.enums import WRITTEN_KINDS  # noqa: PLC0415 - needs Django
    from masterplan.models import Section  # noqa: PLC0415

    found = Section.objects.filter(plan__code=PLAN, outline_section__kind__in=WRITTEN_KINDS)
    return list(found.values_list("outline_section__code", flat=True))


if __name__ == "__main__":
    main()
