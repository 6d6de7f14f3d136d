"""Figures in the printed book, and the numbers that the editor's page asks for."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from export import planfile
from export.document import build
from export.html import print_job
from export.section_numbers import numbers_for
from masterplan.domain.section import replace_text
from masterplan.models import Masterplan, Picture, Section
from smartcity.accounts.enums import Role
from smartcity.start.demo import example_plan
from tests.masterplan.given import picture
from tests.smartcity.accounts.given import person


def section_of(plan: Masterplan, code: str) -> Section:
    return Section.objects.select_related("plan", "outline_section").get(plan=plan, outline_section__code=code)


def add(plan: Masterplan, code: str, *nodes: dict[str, Any]) -> None:
    section = section_of(plan, code)
    replace_text(section, doc={**section.doc, "content": [*section.doc["content"], *nodes]}, by=None)


def figure(stored: Picture, identity: str, *, alt: str = "Peta wilayah", caption: str = "Wilayah") -> dict[str, Any]:
    attrs = {"src": stored.source, "alt": alt, "source": "BIG", "id": identity}
    return {"type": "figure", "attrs": attrs, "content": [{"type": "text", "text": caption}] if caption else []}


@pytest.fixture
def banjar(db: None) -> Masterplan:
    return planfile.load(example_plan(), by=None)


def test_pictures_travel_as_assets_with_a_sensible_width(banjar: Masterplan) -> None:
    small, large, tall = (picture(banjar.regency, size) for size in ((300, 200), (2400, 1000), (500, 2400)))
    add(banjar, "B1.1.2", figure(small, "f1"), figure(large, "f2"), figure(tall, "f3", alt="", caption=""))
    job = print_job(build(banjar, ["B1"]))
    text = "".join(part.html for part in job.parts)
    for stored, width, alt in (
        (small, "50.8", "Peta wilayah"),
        (large, "158.0", "Peta wilayah"),
        (tall, "35.4", "Gambar"),
    ):
        assert f'<img src="asset:picture-{stored.pk}.png" alt="{alt}" style="width:{width}mm">' in text
        assert job.assets[f"picture-{stored.pk}.png"] == Path(stored.file.path).read_bytes()
    assert (
        '<figcaption><span class="label">Gambar 1.1</span> Wilayah</figcaption><p class="source">Sumber: BIG</p>'
        in text
    )
    assert "/gambar/" not in text
    small.file.delete(save=False)
    text = "".join(part.html for part in print_job(build(banjar, ["B1"])).parts)
    assert '<p class="gone">Gambar tidak ditemukan: Peta wilayah</p>' in text


def test_page_and_book_count_alike(banjar: Masterplan) -> None:
    add(banjar, "B1.2.1", figure(picture(banjar.regency), "peta"))
    document = build(banjar)
    printed = {
        entry.id: (entry.number, entry.title) for book in document.books for entry in (*book.tables, *book.figures)
    }
    numbers = numbers_for(section_of(banjar, "B1.2.2"))
    assert {target["id"]: (target["label"], target["title"]) for target in numbers["targets"]} == printed
    assert numbers["labels"] == {key: label for key, (label, _) in printed.items()}
    assert (numbers["prefix"], numbers["labels"]["peta"]) == ("2.", "Gambar 2.1")
    assert numbers["start"]["figure"] == 1


def test_sections_in_the_bin_are_neither_printed_nor_counted(banjar: Masterplan) -> None:
    add(banjar, "B1.2.1", figure(picture(banjar.regency), "peta", caption="Hanya di keranjang"))
    Section.objects.filter(pk=section_of(banjar, "B1.2.1").pk).update(binned_at="2026-11-01T00:00Z")
    text = "".join(part.html for part in print_job(build(banjar)).parts)
    assert ("Hanya di keranjang" in text, "peta" in numbers_for(section_of(banjar, "B1.2.2"))["labels"]) == (
        False,
        False,
    )
    assert "B1.2.1" not in planfile.dump(banjar)["prosa"]["sections"]


def test_numbers_are_for_the_plans_people(banjar: Masterplan, client: Client) -> None:
    client.force_login(person(Role.COORDINATOR))
    answer = client.get("/rencana/63.03-2026/naskah/B1.2.1/nomor/")
    assert answer.json() == numbers_for(section_of(banjar, "B1.2.1"))
