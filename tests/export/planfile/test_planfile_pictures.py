"""Figures and cross-references in plan files: carried over whole, or refused with a sentence."""

import base64
from typing import Any

import pytest

from export import planfile
from export.planfile.cursor import PlanFileError
from masterplan.domain.section import replace_text
from masterplan.models import Masterplan, Picture, Section
from smartcity.start.demo import example_plan
from tests.masterplan.given import image_bytes, picture


@pytest.fixture
def illustrated(db: None) -> Masterplan:
    plan = planfile.load(example_plan(), by=None)
    section = Section.objects.select_related("plan").get(plan=plan, outline_section__code="B1.1.2")
    stored = picture(plan.regency, (300, 200))
    attrs = {"src": stored.source, "alt": "Peta “Banjar” & sekitarnya", "source": "BIG <2024>", "id": "peta-1"}
    doc: dict[str, Any] = {"type": "doc", "content": [
        {"type": "paragraph", "content": [
            {"type": "text", "text": "Lihat "}, {"type": "xref", "attrs": {"target": "peta-1"}},
            {"type": "text", "text": "."},
        ]},
        {"type": "figure", "attrs": attrs, "content": [{"type": "text", "text": "Wilayah perencanaan"}]},
    ]}  # fmt: skip
    replace_text(section, doc=doc, by=None)
    return plan


def test_figures_and_references_come_back_as_they_were(illustrated: Masterplan) -> None:
    first = planfile.dump(illustrated)
    stored = Picture.objects.get()
    key = stored.sha256[:16]
    assert [(row["kode"], row["nama"], len(row["isi"]) > 100) for row in first["gambar"]] == [(key, "peta.png", True)]
    assert first["prosa"]["sections"]["B1.1.2"] == (
        '<p>Lihat <a class="xref" href="#peta-1"></a>.</p>'
        f'<figure id="peta-1"><img src="gambar:{key}" alt="Peta “Banjar” &amp; sekitarnya">'
        '<figcaption>Wilayah perencanaan</figcaption><p class="source">BIG &lt;2024&gt;</p></figure>'
    )
    planfile.load(first, by=None, replace=True)
    assert planfile.dump(illustrated) == first
    Picture.objects.all().delete()  # another installation
    planfile.load(first, by=None, replace=True)
    assert (planfile.dump(illustrated) == first, Picture.objects.get().name) == (True, "peta.png")


def test_a_picture_gone_from_the_disk_is_a_fault(illustrated: Masterplan) -> None:
    Picture.objects.get().file.delete(save=False)
    with pytest.raises(PlanFileError, match="tidak ditemukan di penyimpanan"):
        planfile.dump(illustrated)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"kode": "x", "nama": "a"}, "baris 1 harus berisi kode, nama, dan isi"),
        ({"kode": "x", "nama": "a", "isi": "bukan base64!"}, "baris 1 harus berisi kode, nama, dan isi"),
        ({"kode": "x", "nama": "a", "isi": base64.b64encode(b"<svg/>").decode()}, "Gambar SVG tidak diterima"),
        ({"kode": "y", "nama": "a", "isi": base64.b64encode(image_bytes()).decode()}, "diunggah ke daerah ini"),
    ],
)
def test_unfit_pictures_are_faults(db: None, row: dict[str, str], sentence: str) -> None:
    data = example_plan() | {"gambar": [row]}
    data["prosa"] = {**data["prosa"], "sections": {"B1.1.2": '<figure><img src="gambar:x" alt="x"></figure>'}}
    with pytest.raises(PlanFileError, match=sentence):
        planfile.load(data, by=None)
    assert Picture.objects.count() == 0
