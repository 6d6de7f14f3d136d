"""Annexes: documents that were registered, who came to the workshops, their agenda and what they decided, terms, legal basis."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from bimtek.enums import DocumentKind, OrganisationKind
from bimtek.models import AgendaItem, CycleDocument, CycleEvent, Participant
from export.blocks import Cell, Column, Row, Table
from export.numbers import days
from export.source import Source
from export.tables.analysis import team_source
from export.tables.layout import group, laid_out, words
from export.terms import terms_in
from smartcity.ui.format import format_date, format_weekday

DECREES = (DocumentKind.COUNCIL_DECREE, DocumentKind.TEAM_DECREE)
AGREEMENTS = (DocumentKind.MOU, DocumentKind.AGREEMENT, DocumentKind.COMMITMENT)
DIGEST_LINE = 16
NO_FILE = "Belum ada berkas"


def decree(source: Source, _: str) -> list[Table]:
    return _documents(source, DECREES, "Keputusan pembentukan Dewan dan Tim Pelaksana")


def agreement(source: Source, _: str) -> list[Table]:
    return _documents(source, AGREEMENTS, "Nota kesepahaman, nota kesepakatan, dan lembar komitmen")


def commitment(source: Source, _: str) -> list[Table]:
    return _documents(source, (DocumentKind.COMMITMENT,), "Lembar komitmen")


def _documents(source: Source, kinds: Iterable[str], caption: str) -> list[Table]:
    """In the order of the kinds, then of their dates; the scan itself is told by its digest and not embedded."""
    places = {kind: place for place, kind in enumerate(kinds)}
    found = sorted(
        (row for row in source.documents if row.kind in places), key=lambda row: (places[row.kind], row.date)
    )
    if not found:
        return []
    columns = (
        Column("Dokumen", unit="nomor", share=1.1),
        Column("Tanggal", share=0.8),
        Column("Perihal", share=1.6),
        Column("Penanda tangan", share=1.2),
        Column("Berkas", unit="SHA-256", share=1.5),
    )
    note = f"daftar dokumen, {team_source(source)}. Sidik SHA-256 membuktikan keaslian berkas yang disimpan daerah."
    return [laid_out(caption, columns, [_document(row) for row in found], source=note)]


def _document(row: CycleDocument) -> Row:
    signers = "\n".join(str(signer) for signer in row.signers.all())
    file = words(row.file.name, *_lines(row.file.sha256)) if row.file else Cell(NO_FILE)
    return Row(
        (
            words(row.get_kind_display(), row.number, is_strong=True),
            Cell(format_date(row.date)),
            Cell(row.subject),
            Cell(signers or "–"),
            file,
        )
    )


def _lines(digest: str) -> list[str]:
    return [digest[start : start + DIGEST_LINE] for start in range(0, len(digest), DIGEST_LINE)]


def legal_basis(source: Source, _: str) -> list[Table]:
    """Regulations of the registry; others are told in the section's text."""
    found = sorted((row for row in source.documents if row.kind == DocumentKind.REGULATION), key=lambda row: row.date)
    if not found:
        return []
    columns = (
        Column("No.", align="right"),
        Column("Nomor", share=1),
        Column("Tahun", align="center"),
        Column("Tentang", share=2.4),
    )
    rows = [
        Row((Cell(str(place)), Cell(row.number or "–"), Cell(str(row.date.year)), Cell(row.subject)))
        for place, row in enumerate(found, start=1)
    ]
    note = f"daftar dokumen, {team_source(source)}"
    return [laid_out("Peraturan kepala daerah yang menjadi landasan", columns, rows, source=note)]


def attendance(source: Source, _: str) -> list[Table]:
    """How many came from where; names and contacts of people are no part of the book."""
    held = [(event, list(event.participants.all())) for event in source.workshops]
    columns = (
        Column("Unsur", share=1),
        Column("Instansi atau lembaga", share=2.6),
        Column("Terdaftar", align="right"),
        Column("Hadir", align="right"),
    )
    rows: list[Row] = []
    for event, people in held:
        if people:
            rows.append(group(event.title, len(columns), note=days(event.start_date, event.end_date)))
            rows += _elements(people)
    if not rows:
        return []
    note = f"daftar hadir kegiatan, {team_source(source)}. Hadir: datang sedikitnya pada satu hari."
    return [laid_out("Peserta bimtek menurut unsur", columns, rows, source=note)]


def _elements(people: list[Participant]) -> Iterator[Row]:
    order = list(OrganisationKind)
    ranked = sorted(people, key=lambda person: order.index(OrganisationKind(person.organisation_kind)))
    for kind, members in groupby(ranked, key=lambda person: person.organisation_kind):
        own = list(members)
        places = sorted({person.organisation for person in own})
        came = sum(bool(person.attendances.all()) for person in own)
        label = OrganisationKind(kind).label
        yield Row((Cell(label), Cell(", ".join(places)), Cell(str(len(own))), Cell(str(came))))


def minutes(source: Source, _: str) -> list[Table]:
    """What was on the agenda and what was decided. Notes taken at the table are free text with names: they stay in the berita acara."""
    agenda = [row for event in source.workshops if (items := event.agenda.all()) for row in _agenda(event, items)]
    decisions = [row for event in source.workshops if event.decisions for row in _decisions(event)]
    note = f"berita acara kegiatan, {team_source(source)}"
    columns = (Column("Waktu", unit="pukul", share=1), Column("Acara", share=4))
    found = [laid_out("Susunan acara bimtek", columns, agenda, source=note)] if agenda else []
    columns = (Column("No.", align="right"), Column("Keputusan", share=1))
    return [*found, laid_out("Keputusan bimtek", columns, decisions, source=note)] if decisions else found


def _agenda(event: CycleEvent, items: Iterable[AgendaItem]) -> Iterator[Row]:
    """A day is named where there are several."""
    yield _heading(event)
    for day, of_day in groupby(items, key=lambda item: item.day):
        if event.start_date != event.end_date:
            yield Row((Cell(format_weekday(day), span=2, is_strong=True),))
        yield from (Row((Cell(_hours(item)), Cell(item.title))) for item in of_day)


def _hours(item: AgendaItem) -> str:
    return f"{item.starts:%H.%M}–{item.ends:%H.%M}" if item.ends else f"{item.starts:%H.%M}"


def _decisions(event: CycleEvent) -> Iterator[Row]:
    yield _heading(event)
    yield from (Row((Cell(str(place)), Cell(text))) for place, text in enumerate(event.decisions, start=1))


def _heading(event: CycleEvent) -> Row:
    opened = event.opened_by and f"dibuka oleh {event.opened_by}"
    title = ", ".join(filter(None, (event.title, days(event.start_date, event.end_date), event.venue, opened)))
    return group(title, 2)


def glossary(source: Source, _: str) -> list[Table]:
    """Only terms and abbreviations that the texts of the plan use."""
    found = terms_in(source.texts)
    if not found:
        return []
    columns = (Column("Istilah", share=1), Column("Arti", share=3))
    rows = [Row((Cell(term, is_strong=True), Cell(meaning))) for term, meaning in found]
    return [laid_out("Istilah dan singkatan dalam naskah", columns, rows, source=team_source(source))]
