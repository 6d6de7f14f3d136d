"""`make bench`: server times of the section page and of a save, and the start of `make run`; medians of real requests.

Generates a plan with about 300 sections in a database of its own; prints medians and 95th percentiles in milliseconds.
"""

import json
import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from database import database_url  # noqa: E402 - the path is set above

ROUNDS = 60


def measure(action: Callable[[], None]) -> str:
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        action()
        times.append((time.perf_counter() - begin) * 1000)
    return f"median {statistics.median(times):6.1f} ms   p95 {statistics.quantiles(times, n=20)[-1]:6.1f} ms"


def prepare() -> None:
    import django  # noqa: PLC0415 - needs the environment of main()

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("prepare", verbosity=0)


def grow_outline(sections: int) -> None:
    """More sections in the example's outline, each with a text, until the plan has this many."""
    from masterplan import prose  # noqa: PLC0415
    from masterplan.models import Masterplan, OutlineSection, Section, Snapshot  # noqa: PLC0415

    plan = Masterplan.objects.get(code="63.03-2026")
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


def measure_pages() -> None:
    from django.test import Client  # noqa: PLC0415

    from smartcity.accounts.models import User  # noqa: PLC0415

    client = Client()
    client.force_login(User.objects.get(email="koordinator.banjar@contoh.example"))
    base = "/rencana/63.03-2026/"
    pages = {
        "section page, 300 sections": f"{base}naskah/B1.1.1/",
        "overview, 300 sections": base,
        "programmes, 37 rows": f"{base}tabel/program/",
        "home": "/",
    }
    for name, path in pages.items():
        assert client.get(path).status_code == 200
        print(f"{name:<30} {measure(lambda path=path: client.get(path))}")
    url = f"{base}naskah/B1.1.1/steps/"
    version = json.loads(client.get(f"{base}naskah/B1.1.1/doc/").content)["version"]

    def save() -> None:
        nonlocal version
        step = {"stepType": "replace", "from": 1, "to": 1, "slice": {"content": [{"type": "text", "text": "kata "}]}}
        body = json.dumps({"version": version, "client": "bench", "steps": [step]})
        response = client.post(url, body, content_type="application/json", headers={"Accept": "application/json"})
        assert response.status_code == 200, response.content
        version = response.json()["version"]

    print(f"{'save of one step':<30} {measure(save)}")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="smartcity-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        os.environ |= {
            "DEMO": "1",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "DJANGO_SETTINGS_MODULE": "smartcity.settings",
        }
        with database_url(Path(folder) / "postgres") as url:
            os.environ["DATABASE_URL"] = url
            prepare()
            grow_outline(300)
            measure_pages()


if __name__ == "__main__":
    main()
