"""Pages beside the editor: the same parts and numbers as the book, from a process that may die."""

import base64
import io
import os
import signal
from collections.abc import Iterator

import pytest
from PIL import Image

from export import planfile, preview
from export.children import Limits, TypesettingError
from export.document import build, section_document
from export.preview import PreviewBusyError, SectionPages, pages_of
from export.tree import SectionPart
from masterplan.domain.section import replace_text
from masterplan.models import Masterplan, Programme, Section
from smartcity.start.demo import example_plan
from tests.export.test_document import sections
from tests.people import People
from tests.smartcity.accounts.given import client_of

LONG_TABLE = "B2.L.1"
PARAGRAPHS = [{"type": "paragraph", "content": [{"type": "text", "text": "Baru. " * 200}]}] * 4


@pytest.fixture
def example(plan: Masterplan, people: People) -> Masterplan:
    """Of the region in which people work."""
    return planfile.load(example_plan(), by=None, replace=True)


@pytest.fixture(autouse=True)
def cold() -> Iterator[None]:
    """No counts and no process of another test."""
    preview._kept.clear()
    yield
    preview._warm.end()


def section(plan: Masterplan, code: str) -> Section:
    return Section.objects.select_related("plan", "outline_section__chapter__book").get(
        plan=plan, outline_section__code=code
    )


def part_alone(plan: Masterplan, code: str) -> SectionPart | None:
    source, labels, own = preview._counted(section(plan, code))
    if own is None:
        return None
    found = [part for _, part in sections(section_document(source, labels, own))]
    assert len(found) < 2
    return found[0] if found else None


def test_every_section_alone_is_what_it_is_in_the_book(banjar: Masterplan) -> None:
    """Texts, tables, figures, and their numbers; only the ids of sheets count through the chapter."""
    wanted = {part.code: part for _, part in sections(build(banjar))}
    codes = list(Section.objects.filter(plan=banjar).in_book_order().values_list("outline_section__code", flat=True))
    found = {code: part for code in codes if (part := part_alone(banjar, code)) is not None}
    assert list(found) == [code for code in codes if code in wanted]
    assert [code for code in found if repr(found[code]) != repr(wanted[code])] == []


def test_pages_are_pictures_of_the_page_that_is_stored(banjar: Masterplan) -> None:
    before = pages_of(section(banjar, "B1.1.1"))
    sizes = [Image.open(io.BytesIO(base64.b64decode(page))).size for page in before.pages]
    assert (before.count, sizes) == (1, [(910, 1287)])
    text = section(banjar, "B1.1.1")
    replace_text(text, doc={**text.doc, "content": [*text.doc["content"], *PARAGRAPHS]}, by=None)
    after = pages_of(section(banjar, "B1.1.1"))
    assert (after.count, len(after.pages)) == (3, 3)
    assert after.pages[0] != before.pages[0]


def test_tables_are_never_older_than_their_rows(banjar: Masterplan) -> None:
    def names() -> str:
        return repr(part_alone(banjar, "B2.4.5"))

    former = names()
    Programme.objects.filter(plan=banjar, code="GOV-P01").update(name="Nama baru sekali")
    assert ("Nama baru sekali" in former, "Nama baru sekali" in names()) == (False, True)


def test_a_long_section_shows_its_first_pages(banjar: Masterplan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "PAGES_MAX", 2)
    found = pages_of(section(banjar, LONG_TABLE))
    assert len(found.pages) == 2 < found.count


def test_nothing_written_makes_no_pages(plan: Masterplan) -> None:
    optional = plan.sections.filter(outline_section__is_required=False, outline_section__kind="prose")
    code = optional.values_list("outline_section__code", flat=True)[0]
    assert pages_of(section(plan, code)) == SectionPages((), 0)


def test_a_process_that_died_is_replaced(banjar: Masterplan) -> None:
    first = pages_of(section(banjar, "B1.1.1"))
    children = preview._warm.children
    assert children
    process = children.running[0].process
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert pages_of(section(banjar, "B1.1.1")) == first


def test_what_takes_too_long_is_refused_and_the_next_one_is_set(
    banjar: Masterplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "LIMITS", Limits(seconds=0.01))
    with pytest.raises(TypesettingError, match="terlalu lama"):
        pages_of(section(banjar, LONG_TABLE))
    monkeypatch.undo()
    assert pages_of(section(banjar, "B1.1.1")).count == 1


def test_who_waits_too_long_is_told(example: Masterplan, monkeypatch: pytest.MonkeyPatch, people: People) -> None:
    monkeypatch.setattr(preview, "WAIT_SECONDS", 0.05)
    url = f"/rencana/{example.code}/naskah/B1.1.1/pratinjau/"
    client = client_of(people.coordinator)
    with preview._warm.lock:
        with pytest.raises(PreviewBusyError):
            pages_of(section(example, "B1.1.1"))
        page = client.get(url)
        part = client.get(url, headers={"HX-Request": "true"})
    assert (page.status_code, part.status_code) == (503, 200)
    assert "Banyak pratinjau sedang ditata" in page.text
    assert "Banyak pratinjau sedang ditata" in part.text


def test_the_page_of_its_own_holds_the_pictures(example: Masterplan, people: People) -> None:
    page = client_of(people.coordinator).get(f"/rencana/{example.code}/naskah/B1.1.1/pratinjau/")
    assert (page.status_code, page.text.count('src="data:image/jpeg;base64,'), "no-store" in page["Cache-Control"]) == (
        200, 1, True,
    )  # fmt: skip
    assert 'alt="Halaman 1 dari 1 bagian ini"' in page.text
