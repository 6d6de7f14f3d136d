"""A Word file into the plan: nothing is lost, nothing changes before the confirmation, and only one's own sections change."""

import sys
from pathlib import Path
from typing import Any

import pytest

from masterplan import prose
from masterplan.domain import section as sections
from masterplan.domain import section_log
from masterplan.domain import word_import as imports
from masterplan.domain.word_apply import APPEND, Changed, Choice, apply_import
from masterplan.models import Masterplan, NamedVersion, Picture, Section, WordImport
from smartcity.accounts.models import User
from smartcity.audit.models import Event
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, WrongState
from tests.masterplan.word import given
from tests.people import People

pytestmark = pytest.mark.django_db


def read(plan: Masterplan, by: User, name: str = "Buku I.docx", data: bytes | None = None) -> WordImport:
    return imports.read_word_file(plan=plan, data=data or given.masterplan(), name=name, book="", by=by)


def text_of(plan: Masterplan, code: str) -> str:
    return prose.plain_text(Section.objects.get(plan=plan, outline_section__code=code).doc)


def proposals(word_import: WordImport) -> dict[str, str]:
    return {piece["title"]: piece["section"] for piece in imports.content(word_import)["pieces"]}


def all_proposed(word_import: WordImport) -> list[Choice]:
    return [Choice(p["n"], p["section"]) for p in imports.content(word_import)["pieces"] if p["section"]]


def files(media: Path) -> list[str]:
    return sorted(p.name for p in media.rglob("*") if p.is_file())


def test_headings_find_their_sections(plan: Masterplan, people: People) -> None:
    assert proposals(read(plan, people.coordinator)) == {
        "Sebelum judul pertama": "",
        "BAB I PENDAHULUAN": "B1.1.1",
        "1.1 Latar Belakang": "B1.1.1",
        "1.2 Maksud & Tujuan": "B1.1.2",
        "2.1 Letak Geografis & Wilayah Administrasi": "B1.2.1",
        "2.2 Kependudukan dan Sosial Budaya": "B1.2.2",
        "2.7 Kearifan Lokal": "",
        "3.1 Struktur": "B1.3.1",
        "Infrastruktur": "B1.3.2",
        "I.1 Pendekatan Analisis Kesenjangan": "B1.4.1",
        "5.1 Faktor Internal": "B1.5.1",
        "Kata Kunci dan Perumusan Visi": "B1.6.1",
    }


def test_reading_changes_no_section(plan: Masterplan, people: People, settings: Any) -> None:
    word_import = read(plan, people.coordinator)
    assert set(Section.objects.filter(plan=plan).values_list("version", flat=True)) == {0}
    assert (Picture.objects.count(), word_import.state, word_import.name) == (0, "dibaca", "Buku I.docx")
    assert files(Path(settings.MEDIA_ROOT)) == [f"{word_import.pk}.docx"]


def test_confirmed_text_stands_in_its_sections(plan: Masterplan, people: People, settings: Any) -> None:
    word_import = read(plan, people.coordinator)
    result = apply_import(word_import, choices=all_proposed(word_import), consents={}, by=people.coordinator)
    assert [line["code"] for line in result] == [
        "B1.1.1", "B1.1.2", "B1.2.1", "B1.2.2", "B1.3.1", "B1.3.2", "B1.4.1", "B1.5.1", "B1.6.1",
    ]  # fmt: skip
    assert text_of(plan, "B1.1.1").splitlines() == [
        "Bab ini menjelaskan alasan penyusunan masterplan.",
        "Jumlah dua dari lima m2 desa belum terlayani.",
        "Data BPS dan jebakan",
        "Lihat Tabel 2.1.",
        "Kata ditambah",
    ]
    word_import.refresh_from_db()
    event = Event.objects.get(verb="word_import.applied")
    assert (word_import.state, imports.content(word_import)["result"], "pieces" in imports.content(word_import)) == (
        "dipakai",
        result,
        False,
    )
    assert event.data == {"sections": [line["code"] for line in result]}
    assert f"{word_import.pk}.docx" not in files(Path(settings.MEDIA_ROOT))


def test_figures_become_pictures_of_the_region(plan: Masterplan, people: People) -> None:
    word_import = read(plan, people.coordinator)
    apply_import(word_import, choices=all_proposed(word_import), consents={}, by=people.coordinator)
    picture = Picture.objects.get()
    section = Section.objects.get(plan=plan, outline_section__code="B1.2.2")
    [figure] = [node for node in section.doc["content"] if node["type"] == "figure"]
    assert (picture.regency_id, picture.added_by) == (plan.regency_id, people.coordinator)
    assert (figure["attrs"]["src"], figure["attrs"]["alt"]) == (
        picture.source,
        "Peta sebaran penduduk menurut kecamatan",
    )
    assert figure["content"] == [{"type": "text", "text": "Sebaran penduduk"}]


def test_old_text_stays_as_a_named_version(plan: Masterplan, people: People, section: Section) -> None:
    sections.replace_text(section, doc=prose.parse_html("<p>Naskah lama</p>"), by=people.coordinator)
    word_import = read(plan, people.coordinator)
    apply_import(word_import, choices=[Choice(2, "B1.1.1")], consents={}, by=people.coordinator)
    named = NamedVersion.objects.get()
    section.refresh_from_db()
    assert (named.section, named.version, named.name) == (section, 1, "Sebelum impor Buku I.docx")
    assert (section.version, prose.plain_text(section_log.document_at(section, named.version))) == (2, "Naskah lama")


def test_appended_text_keeps_what_was_there(plan: Masterplan, people: People, section: Section) -> None:
    sections.replace_text(section, doc=prose.parse_html("<p>Naskah lama</p>"), by=None)
    word_import = read(plan, people.coordinator)
    apply_import(word_import, choices=[Choice(6, "B1.1.1", APPEND)], consents={}, by=people.coordinator)
    assert text_of(plan, "B1.1.1").splitlines() == [
        "Naskah lama",
        "Kearifan Lokal",
        "Bagian ini tidak ada dalam kerangka.",
    ]


def test_piece_sent_elsewhere_keeps_its_heading(plan: Masterplan, people: People) -> None:
    word_import = read(plan, people.coordinator)
    apply_import(word_import, choices=[Choice(7, "B1.7.1")], consents={}, by=people.coordinator)
    assert text_of(plan, "B1.7.1").splitlines()[0] == "Struktur"


def test_section_written_meanwhile_needs_a_renewed_consent(plan: Masterplan, people: People, section: Section) -> None:
    word_import = read(plan, people.coordinator)
    sections.replace_text(section, doc=prose.parse_html("<p>Baru ditulis</p>"), by=None)
    choices = [Choice(2, "B1.1.1"), Choice(5, "B1.2.2")]
    with pytest.raises(Changed) as refused:
        apply_import(word_import, choices=choices, consents={}, by=people.coordinator)
    assert (refused.value.codes, Picture.objects.count(), text_of(plan, "B1.2.2")) == (["B1.1.1"], 0, "")
    apply_import(word_import, choices=choices, consents={"B1.1.1": 1}, by=people.coordinator)
    assert "Jumlah dua" in text_of(plan, "B1.1.1")


def test_author_replaces_only_assigned_sections(
    plan: Masterplan, people: People, section: Section, author_office: Any
) -> None:
    section.opds.add(author_office)
    word_import = read(plan, people.author)
    with pytest.raises(NotAllowed):
        apply_import(word_import, choices=[Choice(2, "B1.1.1"), Choice(3, "B1.1.2")], consents={}, by=people.author)
    assert text_of(plan, "B1.1.1") == ""
    apply_import(word_import, choices=[Choice(2, "B1.1.1")], consents={}, by=people.author)
    assert "Jumlah dua" in text_of(plan, "B1.1.1")


def test_nobody_imports_without_a_section_of_their_own(plan: Masterplan, people: People) -> None:
    for name in ("author", "approver", "council_reader", "mentor", "assessor", "ministry_editor", "stranger"):
        with pytest.raises(NotAllowed):
            read(plan, getattr(people, name))
    assert WordImport.objects.count() == 0


def test_only_the_uploader_and_the_coordinator_see_an_import(
    plan: Masterplan, people: People, section: Section, author_office: Any
) -> None:
    section.opds.add(author_office)
    read(plan, people.author)
    read(plan, people.coordinator)
    seen = {name: imports.visible_imports(plan, user).count() for name, user in people.items() if name != "nobody"}
    assert {name: count for name, count in seen.items() if count} == {"coordinator": 2, "author": 1}


def test_dropped_import_leaves_nothing(plan: Masterplan, people: People, settings: Any) -> None:
    word_import = read(plan, people.coordinator)
    imports.drop_import(word_import, by=people.coordinator)
    word_import.refresh_from_db()
    assert (word_import.state, files(Path(settings.MEDIA_ROOT)), Picture.objects.count()) == ("dibuang", [], 0)
    with pytest.raises(WrongState):
        apply_import(word_import, choices=[Choice(2, "B1.1.1")], consents={}, by=people.coordinator)
    with pytest.raises(WrongState):
        imports.drop_import(word_import, by=people.coordinator)


def test_forgotten_files_are_dropped(plan: Masterplan, people: People, settings: Any) -> None:
    old = read(plan, people.coordinator)
    WordImport.objects.filter(pk=old.pk).update(at="2020-01-01T00:00Z")
    fresh = read(plan, people.coordinator)
    old.refresh_from_db()
    assert (old.state, files(Path(settings.MEDIA_ROOT))) == ("dibuang", [f"{fresh.pk}.docx"])


def test_no_more_than_five_undecided_files(plan: Masterplan, people: People) -> None:
    for _ in range(imports.MAX_OPEN):
        read(plan, people.coordinator)
    with pytest.raises(Conflict):
        read(plan, people.coordinator)


def test_section_above_its_limit_refuses_the_whole_import(
    plan: Masterplan, people: People, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    word_import = read(plan, people.coordinator)
    monkeypatch.setattr(sys.modules["masterplan.prose.check"], "MAX_BYTES", 900)
    choices = [Choice(2, "B1.2.3"), Choice(5, "B1.2.2")]
    with pytest.raises(Incomplete) as refused:
        apply_import(word_import, choices=choices, consents={}, by=people.coordinator)
    word_import.refresh_from_db()
    assert refused.value.sentence.startswith("2.3 Perekonomian Daerah: ")
    assert (text_of(plan, "B1.2.2"), Picture.objects.count(), word_import.state) == ("", 0, "dibaca")
    assert files(Path(settings.MEDIA_ROOT)) == [f"{word_import.pk}.docx"]


@pytest.mark.parametrize("choices", [[], [Choice(99, "B1.1.1")]])
def test_impossible_choices_are_refused(plan: Masterplan, people: People, choices: list[Choice]) -> None:
    with pytest.raises(Incomplete):
        apply_import(read(plan, people.coordinator), choices=choices, consents={}, by=people.coordinator)


@pytest.mark.parametrize("code", ["B1.0.5", "B1.L.1", "B9.9.9"])
def test_automatic_and_unknown_sections_are_no_targets(plan: Masterplan, people: People, code: str) -> None:
    with pytest.raises(NotAllowed):
        apply_import(read(plan, people.coordinator), choices=[Choice(2, code)], consents={}, by=people.coordinator)


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("../../etc/passwd.docx", "passwd.docx"),
        ("C:\\Users\\x\\Buku.docx", "Buku.docx"),
        ("a\r\nSet-Cookie: x.docx", "aSet-Cookie: x.docx"),
        ("evil\u202excod.docx", "evilxcod.docx"),
        ("<img src=x onerror=alert(1)>.docx", "<img src=x onerror=alert(1)>.docx"),
        ("x" * 300 + ".docx", "x" * 100 + "…" + "x" * 10 + ".docx"),
        ("", "berkas.docx"),
        ("\x00", "berkas.docx"),
    ],
)
def test_file_names_are_only_shown(given_name: str, shown: str) -> None:
    assert imports.clean_name(given_name) == shown


def test_picture_that_cannot_be_stored_leaves_a_line_and_is_named(plan: Masterplan, people: People) -> None:
    broken = given.rewritten(
        given.masterplan(), lambda name, content: content[:40] if name.endswith(".png") else content
    )
    word_import = read(plan, people.coordinator, data=broken)
    [line] = apply_import(word_import, choices=[Choice(5, "B1.2.2")], consents={}, by=people.coordinator)
    assert line["pictures_lost"] == ["word/media/image1.png"]
    assert text_of(plan, "B1.2.2") == (
        "[Gambar tidak terbawa: Peta sebaran penduduk menurut kecamatan] Sebaran penduduk"
    )
    assert Picture.objects.count() == 0
