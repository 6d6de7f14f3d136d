"""Annexes of Buku I and II: documents with their digests, workshops without names of people, terms that occur, legal basis."""

from datetime import date, time
from textwrap import wrap

import pytest

from bimtek.domain.stored_file import store_file
from bimtek.models import AgendaItem, Attendance, CycleEvent, DocumentSigner, Participant
from export.blocks import Table
from export.document import build
from export.tables.annex import NO_FILE
from export.terms import terms_in
from masterplan.domain.section import replace_text
from masterplan.models import Masterplan
from tests.bimtek.given import document, event, paragraph, pdf, section_of

pytestmark = pytest.mark.django_db


def tables(plan: Masterplan, code: str) -> list[Table]:
    parts = [part for book in build(plan).books for chapter in book.chapters for part in chapter.sections]
    return [block for part in parts if part.code == code for block in part.blocks if isinstance(block, Table)]


def texts(table: Table) -> list[tuple[str, ...]]:
    return [tuple("\n".join((cell.text, *cell.notes)) for cell in row.cells) for row in table.rows]


def person(held: CycleEvent, name: str, kind: str, organisation: str, *, came: bool) -> None:
    who = Participant.objects.create(
        event=held, name=name, organisation_kind=kind, organisation=organisation, match_key=name
    )
    if came:
        Attendance.objects.create(participant=who, day=held.start_date, how="list")


def test_empty_annexes_are_not_printed(plan: Masterplan) -> None:
    parts = [part.code for book in build(plan).books for chapter in book.chapters for part in chapter.sections]
    assert [code for code in parts if ".L." in code and code != "B1.L.3"] == []


def test_a_decree_is_told_with_who_signed_and_the_digest_of_its_file(plan: Masterplan) -> None:
    row = document(plan, "sk_dewan", number="188/1/2025", subject="Pembentukan Dewan", date=date(2025, 5, 26))
    DocumentSigner.objects.create(document=row, office="Bupati Banjar")
    document(plan, "sk_tim", number="188/2/2025", subject="Pembentukan Tim", date=date(2025, 5, 27))
    row.file = store_file(plan=plan, upload=pdf(), name="SK Dewan.pdf", by=None)
    row.save()
    digest = "\n".join(wrap(row.file.sha256, 16))
    (table,) = tables(plan, "B1.L.1")
    assert table.label == "Tabel L.1"
    assert texts(table) == [
        ("SK Dewan Smart City\n188/1/2025", "26 Mei 2025", "Pembentukan Dewan", "Bupati Banjar", f"SK Dewan.pdf\n{digest}"),
        ("SK Tim Pelaksana\n188/2/2025", "27 Mei 2025", "Pembentukan Tim", "–", NO_FILE),
    ]  # fmt: skip


def test_agreements_and_commitments_stand_where_the_outline_wants_them(plan: Masterplan) -> None:
    document(plan, "lembar_komitmen", number="3", subject="Komitmen", date=date(2025, 10, 8))
    document(plan, "mou", number="1", subject="Kerja sama", date=date(2025, 11, 6))
    (both,), (one,) = tables(plan, "B1.L.2"), tables(plan, "B2.L.2")
    assert [row[0] for row in texts(both)] == ["Nota kesepahaman (MoU)\n1", "Lembar komitmen\n3"]
    assert [row[0] for row in texts(one)] == ["Lembar komitmen\n3"]


def test_who_came_is_counted_and_nobody_is_named(plan: Masterplan) -> None:
    held = event(plan, kind="bimtek", title="Bimtek I", decisions=["Isu disepakati.", "Data dilengkapi."])
    person(held, "Siti", "opd", "Dinas Kesehatan", came=True)
    person(held, "Ali", "opd", "Bappeda", came=False)
    person(held, "Budi", "komunitas", "Relawan TIK", came=True)
    cancelled = event(plan, kind="bimtek", title="Batal", is_cancelled=True, decisions=["Tidak jadi."])
    person(cancelled, "Tono", "opd", "Bappeda", came=True)
    came, decided = tables(plan, "B1.L.4")
    assert texts(came)[1:] == [
        ("Perangkat daerah", "Bappeda, Dinas Kesehatan", "2", "1"),
        ("Komunitas atau organisasi masyarakat", "Relawan TIK", "1", "1"),
    ]
    assert texts(decided)[1:] == [("1", "Isu disepakati."), ("2", "Data dilengkapi.")]
    assert "Siti" not in repr(came)


def test_the_agenda_stands_before_the_decisions_and_names_days_where_there_are_several(plan: Masterplan) -> None:
    begin = date(2025, 10, 6)
    one = event(plan, kind="bimtek", title="Bimtek I", venue="", start=begin, opened_by="Bupati Banjar")
    two = event(plan, days=2, kind="bimtek", title="Bimtek II", start=date(2025, 11, 3), decisions=["Visi disepakati."])
    add = AgendaItem.objects.create
    add(event=one, day=begin, starts=time(9), ends=time(10, 30), title="Pembukaan", speaker="Siti")
    add(event=two, day=date(2025, 11, 4), starts=time(8), title="Penutupan")
    add(event=two, day=date(2025, 11, 3), starts=time(13), title="Perumusan visi")
    agenda, decided = tables(plan, "B1.L.4")
    place = "Bimtek II, 3–4 November 2025, Mahligai Sultan Adam"
    assert texts(agenda) == [
        ("Bimtek I, 6 Oktober 2025, dibuka oleh Bupati Banjar",),
        ("09.00–10.30", "Pembukaan"),
        (place,),
        ("Senin, 3 November 2025",),
        ("13.00", "Perumusan visi"),
        ("Selasa, 4 November 2025",),
        ("08.00", "Penutupan"),
    ]
    assert texts(decided) == [(place,), ("1", "Visi disepakati.")]


def test_only_terms_that_occur_are_explained(plan: Masterplan) -> None:
    replace_text(section_of(plan), doc=paragraph("Nilai SPBE naik; Quick Win dipilih lewat bimtek."), by=None)
    (table,) = [found for found in tables(plan, "B1.L.3") if found.caption.startswith("Istilah")]
    assert [row[0] for row in texts(table)] == ["bimtek", "quick win", "SPBE"]


def test_an_abbreviation_is_no_part_of_a_word() -> None:
    assert terms_in(["Pemdatik dan sopan, sop pun tidak."]) == []
    assert [term for term, _ in terms_in(["SOP dan Peta jalan."])] == ["peta jalan", "SOP"]


def test_regulations_of_the_registry_are_the_legal_basis(plan: Masterplan) -> None:
    document(plan, "peraturan", number="Perbup 12/2024", subject="SPBE", date=date(2024, 3, 1))
    (table,) = tables(plan, "B1.1.4")
    assert texts(table) == [("1", "Perbup 12/2024", "2024", "SPBE")]
