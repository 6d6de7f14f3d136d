"""The berita acara and the sign-in sheet as PDF and Excel files."""

from dataclasses import dataclass

from bimtek.models import CycleEvent
from export.figures.marks import ribbon
from export.papers.minutes import Minutes, Person
from export.papers.printing import Paper, print_paper
from export.papers.sheets import SheetPage, workbook_of

WIDTH = 165
LINES_A_DAY = 20
NOBODY = "Belum ada peserta yang tercatat."
NO_DECISION = "Tidak ada keputusan yang dicatat."
NO_REMARK = "Tidak ada perbaikan wajib yang belum selesai."


@dataclass(frozen=True)
class SignLine:
    name: str = ""
    office: str = ""
    organisation: str = ""


def minutes_pdf(minutes: Minutes) -> bytes:
    paper = _paper(minutes, "minutes", "Berita acara", is_draft=minutes.is_draft)
    context = {
        "minutes": minutes,
        "ribbon": ribbon(_codes(minutes), WIDTH, 1.6),
        "pairs": [minutes.signatures[at : at + 2] for at in range(0, len(minutes.signatures), 2)],
        "none": {"people": NOBODY, "decisions": NO_DECISION, "remarks": NO_REMARK},
        "mark_width": min(24, 70 // len(minutes.days)),
    }
    return print_paper(paper, context)


def attendance_pdf(minutes: Minutes) -> bytes:
    """To be signed by hand: who is expected, and empty lines for who comes besides."""
    paper = _paper(minutes, "attendance", "Daftar hadir")
    context = {"minutes": minutes, "ribbon": ribbon(_codes(minutes), WIDTH, 1.6), "lines": sign_lines(minutes)}
    return print_paper(paper, context)


def sign_lines(minutes: Minutes) -> list[SignLine]:
    known = [SignLine(who.name, who.office, who.organisation) for who in minutes.people]
    free = max(6, LINES_A_DAY - len(known))
    return [*known, *[SignLine()] * free]


def minutes_xlsx(minutes: Minutes) -> bytes:
    return workbook_of(
        [
            SheetPage("Berita acara", _lead(minutes), is_landscape=False),
            _attendance(minutes),
            _decisions(minutes),
            _remarks(minutes),
        ]
    )


def attendance_xlsx(minutes: Minutes) -> bytes:
    heads = (("No.", 6), ("Nama", 34), ("Jabatan", 34), ("Instansi atau lembaga", 34), ("Tanda tangan", 24))
    lines = sign_lines(minutes)
    pages = [
        SheetPage(
            f"Hari {place}",
            [(f"Daftar hadir {day}",), (minutes.event.title,), (minutes.plan.regency.label,)],
            heads,
            [(number, line.name, line.office, line.organisation, "") for number, line in enumerate(lines, 1)],
        )
        for place, day in enumerate(minutes.days, 1)
    ]
    return workbook_of(pages)


def _paper(minutes: Minutes, name: str, kind: str, *, is_draft: bool = False) -> Paper:
    region = minutes.plan.regency.label
    return Paper(
        name=name,
        title=f"{kind} {minutes.event.title}, {region}",
        region=region,
        head=f"{kind} · {minutes.event.title}",
        is_draft=is_draft,
    )


def _codes(minutes: Minutes) -> list[str]:
    return [dimension.code for dimension in minutes.plan.dimension_set.dimensions.all()]


def _lead(minutes: Minutes) -> list[tuple[str | int, ...]]:
    event: CycleEvent = minutes.event
    lines: list[tuple[str | int, ...]] = [
        (f"Berita acara: {event.title}",),
        ("Daerah", minutes.plan.regency.label),
        ("Rencana", minutes.plan.title),
        ("Jenis kegiatan", minutes.shown_kind),
        ("Tahap", minutes.stage or "–"),
        ("Hari", "; ".join(minutes.days)),
        ("Tempat", event.venue or "–"),
        ("Dibuka oleh", event.opened_by or "–"),
        ("Atas nama", event.on_behalf_of or "–"),
        ("Peserta terdaftar", len(minutes.people)),
        *((f"Hadir {day}", number) for day, number in zip(minutes.days, minutes.totals, strict=True)),
        (minutes.opening,),
    ]
    for agenda in minutes.agenda:
        lines += [(f"Acara {agenda.day}",), *agenda.items]
    for sent in minutes.submissions:
        lines += [("Kiriman", sent.name), ("Dikirim", sent.at), ("Oleh", sent.by), ("Sidik isi SHA-256", sent.digest)]
    if minutes.notes:
        lines += [("Notula",), *((line,) for line in minutes.notes.splitlines() if line.strip())]
    return lines


def _attendance(minutes: Minutes) -> SheetPage:
    heads = (
        ("No.", 6), ("Nama", 34), ("Jabatan", 34), ("Instansi atau lembaga", 34), *((day, 18) for day in minutes.days),
    )  # fmt: skip
    rows = [_person(number, who) for number, who in enumerate(minutes.people, 1)]
    lead = [("Kehadiran",)] if rows else [("Kehadiran",), (NOBODY,)]
    return SheetPage("Kehadiran", lead, heads if rows else (), rows)


def _person(number: int, who: Person) -> tuple[str | int, ...]:
    return (number, who.name, who.office, who.organisation, *who.marks)


def _decisions(minutes: Minutes) -> SheetPage:
    rows = list(enumerate(minutes.decisions, 1))
    lead = [("Keputusan",)] if rows else [("Keputusan",), (NO_DECISION,)]
    return SheetPage("Keputusan", lead, (("No.", 6), ("Keputusan", 100)) if rows else (), rows)


def _remarks(minutes: Minutes) -> SheetPage:
    heads = (("No.", 8), ("Tempat", 60), ("Keadaan", 12), ("Untuk", 30), ("Batas waktu", 18))
    rows = [(each.name, each.place, each.state, each.meant_for, each.due) for each in minutes.remarks]
    lead = [("Perlu perbaikan",)] if rows else [("Perlu perbaikan",), (NO_REMARK,)]
    return SheetPage("Perlu perbaikan", lead, heads if rows else (), rows)
