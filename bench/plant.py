"""What the benches stand on: an own durable PostgreSQL, a grown example plan, people with sessions, and the web server of `make run`."""

import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from database import database_url  # noqa: E402 - the path is set above
from run import commands, free_port  # noqa: E402

PLAN = "63.03-2026"
ROUNDS = 60


def measure(action: Callable[[], object]) -> str:
    """Also the processor time of this process: on a machine shared with others the clock alone says little."""
    times, work = [], []
    for _ in range(ROUNDS):
        begin, started = time.perf_counter(), time.process_time()
        action()
        times.append((time.perf_counter() - begin) * 1000)
        work.append((time.process_time() - started) * 1000)
    middle, tail = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    return f"median {middle:6.1f} ms   p95 {tail:6.1f} ms   processor {statistics.median(work):6.1f} ms"


def plain_loop() -> float:
    """The same machine runs the same code up to three times slower on another day; figures are read beside this one."""
    begin, total = time.perf_counter(), 0
    for number in range(10_000_000):
        total += number
    return time.perf_counter() - begin


@contextmanager
def prepared(**environment: str) -> Iterator[Path]:
    """A folder of its own with a prepared database; Django is set up in this process, with the example plan and people."""
    with tempfile.TemporaryDirectory(prefix="smartcity-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        os.environ |= {
            "DEMO": "1",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "DJANGO_SETTINGS_MODULE": "smartcity.settings",
            "STATIC_ROOT": str(folder / "static"),
            "PARTS_ROOT": str(folder / "parts"),
            "MEDIA_ROOT": str(folder / "media"),
            **environment,
        }
        (folder / "static").mkdir()
        with database_url(folder / "postgres") as url:
            os.environ["DATABASE_URL"] = url
            import django  # noqa: PLC0415 - needs the environment

            django.setup()
            from django.core.management import call_command  # noqa: PLC0415

            call_command("prepare", verbosity=0)
            import smartcity.wsgi  # noqa: F401, PLC0415 - the collector as it is set for what is served

            print(f"a plain loop of 10 million additions takes {plain_loop():.2f} s here now")
            yield folder


def grow_outline(sections: int) -> None:
    """More sections in the example's outline, each with a text, until the plan has this many."""
    from masterplan import prose  # noqa: PLC0415 - needs Django
    from masterplan.models import Masterplan, OutlineSection, Section, Snapshot  # noqa: PLC0415

    plan = Masterplan.objects.get(code=PLAN)
    pattern = OutlineSection.objects.get(code="B2.8.2")
    doc = Section.objects.get(plan=plan, outline_section=pattern).doc
    for number in range(sections - plan.sections.count()):
        pattern.pk = None
        pattern.code, pattern.position, pattern.tables = f"B2.8.{number + 10}", number + 10, []
        pattern.save()
        section = Section.objects.create(
            plan=plan, outline_section=pattern, doc=doc, html=prose.render_html(prose.load(doc)), words=200
        )
        Snapshot.objects.create(section=section, version=0, doc=doc)


def grow_programmes(wanted: int) -> None:
    """Copies of the example's programmes, each with its five years, until the plan has this many."""
    from masterplan.models import Masterplan, Programme, ProgrammeYear  # noqa: PLC0415 - needs Django

    plan = Masterplan.objects.get(code=PLAN)
    patterns = list(plan.programme_set.prefetch_related("years", "supporting_opds"))
    for number in range(len(patterns), wanted):
        pattern = patterns[number % len(patterns)]
        years, opds = list(pattern.years.all()), list(pattern.supporting_opds.all())
        copy = Programme.objects.get(pk=pattern.pk)
        copy.pk, copy.code, copy.name = None, f"{pattern.code}{number:03}", f"{pattern.name} {number}"
        copy.save()
        copy.supporting_opds.set(opds)
        ProgrammeYear.objects.bulk_create(
            ProgrammeYear(programme=copy, year=year.year, target=year.target, budget=year.budget) for year in years
        )


def people_with_sessions(count: int) -> list[str]:
    """Session keys of so many coordinators, each an account of its own with a second factor."""
    from allauth.mfa.models import Authenticator  # noqa: PLC0415
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    from smartcity.accounts.enums import Role, Scope  # noqa: PLC0415
    from smartcity.accounts.models import Membership, User  # noqa: PLC0415

    keys = []
    for number in range(count):
        user = User.objects.create(email=f"penulis{number}@ukur.example", display_name=f"Penulis {number}")
        Membership.objects.create(user=user, role=Role.COORDINATOR, scope=Scope.REGENCY, regency_id="63.03")
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "rahasia"})
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        keys.append(session.session_key)
    return keys


class Web:
    """gunicorn exactly as `make run` starts it."""

    def __init__(self) -> None:
        self.port = free_port(8900)
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(commands(self.port)["web"], cwd=ROOT, start_new_session=True)

    def await_ready(self) -> None:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        sys.exit("The web server did not start.")

    def resident_mb(self) -> float:
        """Memory of the server and its workers, shared pages counted once for each."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in (self.process.pid, *children))
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(15)


@contextmanager
def running_web() -> Iterator[Web]:
    web = Web()
    try:
        web.await_ready()
        yield web
    finally:
        web.stop()


def load_now() -> str:
    return "load " + " ".join(f"{value:.2f}" for value in os.getloadavg()) + f" on {os.cpu_count()} cores"
