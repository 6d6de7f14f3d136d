"""The book in a region's own looks: cover, colours, alternative texts, fingerprint, plan file, frozen submission."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client
from pdfua import validate

from export import frozen_book, planfile, preview
from export.cover_preview import cover_pages
from export.document import build
from export.domain import book_order
from export.html import print_job
from export.look import Look
from export.planfile import PlanFileError
from export.press import typeset
from masterplan.domain.book_look import look_of, save_look
from masterplan.models import BookLook, Masterplan
from tests.masterplan.domain.test_book_look import crest, photo, values
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db
LONG = "Kabupaten Kepulauan Sangihe Talaud Sitaro Bolaang Mongondow Timur Selatan Utara Barat Tengah"
PATH = "/rencana/63.03-2026/tampilan-buku/"


def chosen(plan: Masterplan, people: People, **changed: str) -> BookLook:
    both = {"crest": crest(), "photo": photo()}
    return save_look(plan=plan, values=values(**changed), pictures=both, version=0, by=people.coordinator)


@pytest.mark.parametrize("cover", ["geometri", "tipografi", "foto"])
def test_every_cover_with_crest_photo_and_a_long_name_conforms(
    plan: Masterplan, people: People, tmp_path: Path, cover: str
) -> None:
    chosen(plan, people, cover=cover)
    document = build(plan, ["B1"])
    path = tmp_path / "book.pdf"
    typeset(print_job(replace(document, region=LONG)), path)
    assert [str(finding) for finding in validate(path).findings] == []
    with pikepdf.open(path) as pdf:
        first = pdf.pages[0]
        texts = [str(element.Alt) for element in pdf.objects if is_figure(element)]
        assert float(first.mediabox[3]) == pytest.approx(841.9, abs=0.2)
        assert {"Lambang Kabupaten Banjar", "Pasar terapung"} <= set(texts)


def is_figure(element: Any) -> bool:
    return isinstance(element, pikepdf.Dictionary) and element.get("/S") == pikepdf.Name.Figure and "/Alt" in element


def test_the_colours_reach_style_drawings_and_page_numbers(plan: Masterplan, people: People) -> None:
    plain = print_job(build(plan))
    assert all("<style>" not in part.html for part in plain.parts)
    chosen(plan, people, secondary="#1d3f7a")
    job = print_job(build(plan))
    assert all("--accent-deep: #7a1f2b; " in part.html and "--accent: #1d3f7a; " in part.html for part in job.parts)
    assert {part.run.colour for part in job.parts if part.run} == {"#7a1f2b"}


def test_only_attributes_of_drawings_change_colour() -> None:
    look = Look(primary="#7a1f2b", secondary="#1d3f7a")
    given = '<path fill="#0b5d5e" stroke="#084546"/><p>warna #0b5d5e</p>'
    assert look.coloured(given) == '<path fill="#1d3f7a" stroke="#7a1f2b"/><p>warna #0b5d5e</p>'
    assert Look().coloured(given) == given


def test_the_fingerprint_changes_with_the_looks(plan: Masterplan, people: People) -> None:
    former = book_order(plan).fingerprint
    chosen(plan, people)
    own = book_order(plan).fingerprint
    assert own != former
    save_look(plan=plan, values=values(photo_credit="Diskominfo"), pictures={}, version=1, by=people.coordinator)
    assert len({former, own, book_order(plan).fingerprint}) == 3


def test_a_frozen_book_keeps_the_looks_it_was_frozen_with(plan: Masterplan, people: People) -> None:
    look = chosen(plan, people)
    frozen = frozen_book.freeze(plan)
    save_look(plan=plan, values=values(primary=""), pictures={}, version=1, by=people.coordinator)
    thawed = frozen_book.thawed(frozen)
    assert "--accent-deep: #7a1f2b; " in thawed.parts[0].html
    assert look.photo
    assert f"picture-{look.photo.pk}.jpg" in thawed.assets


def test_a_plan_file_carries_the_looks(plan: Masterplan, people: People) -> None:
    chosen(plan, people)
    written = planfile.dump(plan)
    assert written["tampilan_buku"].keys() == {"sampul", "warna_utama", "isi_foto", "lambang", "foto"}
    BookLook.objects.all().delete()
    planfile.load(json.loads(json.dumps(written)), by=None, replace=True)
    assert planfile.dump(plan) == written
    planfile.load({key: value for key, value in written.items() if key != "tampilan_buku"}, by=None, replace=True)
    assert look_of(plan.regency).primary == "#7a1f2b"


def test_a_plan_file_with_unreadable_looks_is_refused_by_place(plan: Masterplan, people: People) -> None:
    chosen(plan, people)
    written = planfile.dump(plan)
    bad = written["tampilan_buku"] | {"warna_utama": "#ffd200", "warna_kedua": "teal", "lambang": "gambar:lain"}
    with pytest.raises(PlanFileError) as refused:
        planfile.load(written | {"tampilan_buku": bad}, by=None, replace=True)
    assert {fault.path for fault in refused.value.faults} == {
        "tampilan_buku.warna_utama",
        "tampilan_buku.warna_kedua",
        "tampilan_buku.lambang",
    }


def test_the_three_covers_are_shown_in_colours_not_yet_saved(plan: Masterplan, people: People) -> None:
    try:
        usual = cover_pages(plan, BookLook(regency=plan.regency))
        other = cover_pages(plan, BookLook(regency=plan.regency, primary="#7a1f2b"))
    finally:
        preview._warm.end()
    assert len({*usual.values(), *other.values()}) == 6
    assert list(usual) == ["geometri", "tipografi", "foto"]


def posted(plan: Masterplan, client: Client, **changed: Any) -> Any:
    form = {
        "cover": "tipografi",
        "primary": "#084546",
        "secondary": "#0b5d5e",
        "version": 0,
        "photo_alt": "",
        "photo_credit": "",
    }
    return client.post(PATH, form | changed)


def test_the_page_keeps_the_colours_of_the_product_as_none(plan: Masterplan, people: People) -> None:
    client = client_of(people.coordinator)
    assert posted(plan, client).status_code == 302
    look = look_of(plan.regency)
    assert (look.cover, look.primary, look.secondary, look.version) == ("tipografi", "", "", 1)
    again = posted(plan, client)
    assert again.status_code == 409
    assert "sudah diubah orang lain" in again.content.decode()


def test_the_page_says_what_is_wrong_with_a_colour(plan: Masterplan, people: People) -> None:
    answer = posted(plan, client_of(people.coordinator), primary="#FFD200")
    assert answer.status_code == 422
    assert "Warna utama #ffd200 terlalu muda" in answer.content.decode()
    assert not BookLook.objects.exists()
