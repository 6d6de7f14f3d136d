"""Reading what was handed in: the frozen words and rows, said to be frozen, for those who see the plan."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bimtek.models import Submission
from masterplan.domain.section import replace_text
from masterplan.models import Issue, Masterplan, Programme
from smartcity.ui.format import format_date
from tests.bimtek.given import paragraph, section_of, send
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(banjar: Masterplan, people: People) -> Submission:
    replace_text(section_of(banjar), doc=paragraph("Kata yang dikirim."), by=people.coordinator)
    sent = send(banjar, "II", by=people.coordinator, note="Baris satu\n<b>dua</b>")
    replace_text(section_of(banjar), doc=paragraph("Kata yang baru."), by=people.coordinator)
    Programme.objects.filter(plan=banjar, code="GOV-P01").update(name="Nama yang baru")
    return sent


@pytest.fixture
def mentor(people: People) -> Client:
    return client_of(people.mentor)


def address(submission: Submission, name: str = "detail", *more: object) -> str:
    args = [submission.plan.code, submission.stage_id, submission.number, *more]
    return reverse(f"bimtek:submission_{name}", args=args)


def test_the_words_are_those_that_were_sent(submission: Submission, mentor: Client) -> None:
    page = mentor.get(address(submission, "section", "B1.1.1"))
    assert ("Kata yang dikirim." in page.text, "Kata yang baru." in page.text) == (True, False)
    titles = [part.frozen.number for part in page.context["sections"]]
    assert titles == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"]
    version = submission.sections.get(code="B1.1.1").version
    compare = reverse("masterplan:section_compare", args=[submission.plan.code, "B1.1.1"])
    assert f'href="{compare}?dari={version}&amp;ke={version + 1}"' in page.text
    assert mentor.get(f"{compare}?dari={version}&ke={version + 1}").status_code == 200
    assert page.text.count("sama dengan naskah sekarang") == 6


@pytest.mark.parametrize(("name", "more"), [("detail", ()), ("section", ("B1.1.1",)), ("table", ("program",))])
def test_every_page_says_that_it_is_a_submission(
    name: str, more: tuple[str, ...], submission: Submission, mentor: Client
) -> None:
    page = mentor.get(address(submission, name, *more)).text
    day = format_date(timezone.localtime(submission.at))
    time = timezone.localtime(submission.at).strftime("%H.%M")
    assert f"<b>Kiriman Bimtek II nomor 1</b> · dibekukan {day} {time} · " in page
    assert "bukan naskah yang sedang ditulis" in page


def test_rows_are_those_that_were_sent(submission: Submission, mentor: Client) -> None:
    page = mentor.get(address(submission, "table", "program"))
    assert ("Perluasan Mal Pelayanan Publik" in page.text, "Nama yang baru" in page.text) == (True, False)
    row = Programme.objects.get(plan=submission.plan, code="GOV-P01")
    opened = mentor.get(address(submission, "table", "program"), {"baris": row.pk})
    assert opened.context["opened"]["id"] == row.pk
    assert "Tahun: 2026 · Target: 125 · Anggaran (Rp): 1.450.000.000" in opened.text
    for wrong in ("x", "999999"):
        assert mentor.get(address(submission, "table", "program"), {"baris": wrong}).context["opened"] is None
    assert "Tidak ada baris" in mentor.get(address(submission, "table", "pagu")).text


def test_the_overview_tells_who_what_and_the_digest(submission: Submission, mentor: Client) -> None:
    page = mentor.get(address(submission)).text
    assert "Baris satu<br>&lt;b&gt;dua&lt;/b&gt;" in page
    assert (submission.sha256 in page, "Isi kiriman cocok dengan sidiknya" in page) == (True, True)
    assert "7 dari 250 kata anjuran" not in page
    assert "3 dari 250 kata anjuran." in page


def test_a_broken_copy_is_called_broken(submission: Submission, mentor: Client) -> None:
    last = submission.sections.order_by("-position")[0]
    last.pk, last.code, last.position = None, "B9.9.9", last.position + 1
    last.save(force_insert=True)
    assert "Isi kiriman tidak cocok dengan sidiknya" in mentor.get(address(submission)).text


def test_every_chapter_and_table_opens(submission: Submission, mentor: Client) -> None:
    firsts: dict[Any, str] = {}
    for section in submission.sections.all():
        firsts.setdefault((section.outline["book"]["code"], section.outline["chapter"]["code"]), section.code)
    wanted = [address(submission, "section", code) for code in firsts.values()]
    wanted += [address(submission, "table", table.slug) for table in submission.tables.all()]
    assert (len(firsts), [url for url in wanted if mentor.get(url).status_code != 200]) == (24, [])


def test_what_is_not_there_is_404(submission: Submission, mentor: Client) -> None:
    plan, code = submission.plan, submission.stage_id
    paths = [
        reverse("bimtek:submission_detail", args=[plan.code, code, 2]),
        reverse("bimtek:submission_detail", args=[plan.code, "I", 1]),
        reverse("bimtek:stage_detail", args=[plan.code, "X"]),
        address(submission, "section", "B9.9.9"),
        address(submission, "table", "tidak-ada"),
    ]
    assert [mentor.get(path).status_code for path in paths] == [404] * len(paths)


def test_who_reads_a_submission(submission: Submission, people: People) -> None:
    urls = [address(submission), address(submission, "section", "B1.1.1"), address(submission, "table", "isu")]
    answers = {name: {client_of(user).get(url).status_code for url in urls} for name, user in people.items()}
    assert answers == {name: {404} if name in {"stranger", "nobody"} else {200} for name in answers}


@pytest.mark.parametrize(("name", "more"), [("detail", ()), ("section", ("B2.3.1",)), ("table", ("isu",))])
def test_reading_costs_the_same_for_small_and_large(
    name: str, more: tuple[str, ...], submission: Submission, people: People, mentor: Client
) -> None:
    def cost(of: Submission) -> int:
        mentor.get(address(of, name, *more))
        with CaptureQueriesContext(connection) as queries:
            mentor.get(address(of, name, *more))
        return len(queries)

    Issue.objects.filter(plan=submission.plan).exclude(text__startswith="L").delete()
    small = send(submission.plan, "II", by=people.coordinator)
    assert cost(small) == cost(submission) <= 15
