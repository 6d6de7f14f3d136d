"""What the example plan shows of its cycle beside the plan file: scans, terms, real dates, one event that was held."""

from datetime import date

from bimtek.domain.stored_file import store_file
from bimtek.enums import AttendedHow, DocumentKind, OrganisationKind
from bimtek.models import (
    AgendaItem,
    Attendance,
    BodyMember,
    Cohort,
    CycleDocument,
    CycleEvent,
    CycleStep,
    Participant,
    Participation,
    Stage,
)
from masterplan.models import Masterplan

FIRST, SECOND = date(2025, 10, 7), date(2025, 10, 8)
HELD = {"MOU": (date(2025, 5, 6), date(2025, 5, 6)), "SOSIALISASI": (date(2025, 6, 17), date(2025, 6, 17))}
HELD_STAGES = {
    "I": (date(2025, 7, 8), date(2025, 7, 9)),
    "II": (date(2025, 8, 19), date(2025, 8, 20)),
    "III": (date(2025, 9, 16), date(2025, 9, 17)),
    "IV": (FIRST, SECOND),
}
AGENDA = (
    (FIRST, "08:00", "08:30", "Pembukaan oleh Sekretaris Daerah atas nama Bupati", "Sekretaris Daerah"),
    (FIRST, "08:30", "12:00", "Pembahasan Buku II bab demi bab", "Tim pembimbing kementerian"),
    (FIRST, "13:00", "16:00", "Penetapan quick win tiap dimensi", "PIC dimensi"),
    (SECOND, "08:00", "11:30", "Penyelesaian Buku III dan peta jalan", "Bappedalitbang"),
    (SECOND, "13:00", "14:30", "Penandatanganan lembar komitmen dan penutupan", "Kepala Diskominfostandi"),
)
PEOPLE = (
    ("Sekretaris Dinas Kesehatan", OrganisationKind.OPD, "Dinas Kesehatan", 2),
    ("Kepala Bidang Perencanaan", OrganisationKind.OPD, "Bappedalitbang", 2),
    ("Perwira Seksi Teritorial", OrganisationKind.ARMY, "Kodim 1006/Banjar", 2),
    ("Kepala Satuan Binmas", OrganisationKind.POLICE, "Polres Banjar", 1),
    ("Camat Martapura", OrganisationKind.DISTRICT, "Kecamatan Martapura", 1),
    ("Dosen Teknologi Informasi", OrganisationKind.UNIVERSITY, "Universitas di Banjarbaru", 2),
    ("Ketua Relawan TIK", OrganisationKind.COMMUNITY, "Relawan TIK Kabupaten Banjar", 0),
)


def fill_cycle(plan: Masterplan) -> None:
    """Once, right after the plan was loaded; everything is invented."""
    for document in CycleDocument.objects.filter(plan=plan).exclude(kind=DocumentKind.COMMITMENT):
        body = page(f"Contoh: {document}", document.subject)
        document.file = store_file(plan=plan, upload=body, name=f"{document.get_kind_display()}.pdf", by=None)
        document.save()
    _held(plan)
    cohort = Cohort.objects.filter(year=plan.regency.cohort_year or 0).first()
    if cohort:
        Participation.objects.create(plan=plan, cohort=cohort, since=date(2025, 5, 6))
    for body_kind, kind in (
        ("dewan_smart_city", DocumentKind.COUNCIL_DECREE),
        ("tim_pelaksana", DocumentKind.TEAM_DECREE),
    ):
        decree = CycleDocument.objects.filter(plan=plan, kind=kind).first()
        members = BodyMember.objects.filter(plan=plan, body=body_kind)
        members.update(appointed_by=decree, since=decree.date if decree else None)
    outside = {"perguruan tinggi": OrganisationKind.UNIVERSITY, "pelaku usaha": OrganisationKind.COMPANY}
    for words, origin in outside.items():
        BodyMember.objects.filter(plan=plan, holder__icontains=words).update(organisation_kind=origin)
    _event(plan)


def _held(plan: Masterplan) -> None:
    for step in CycleStep.objects.filter(plan=plan):
        days = HELD_STAGES.get(step.stage_id or "") or HELD.get(step.code)
        if days:
            step.held_start, step.held_end = days
            step.save()


def _event(plan: Masterplan) -> None:
    event = CycleEvent.objects.create(
        plan=plan,
        position=1,
        kind="bimtek",
        title="Bimtek IV Masterplan Smart City",
        stage=Stage.objects.filter(code="IV").first(),
        start_date=FIRST,
        end_date=SECOND,
        venue="Mahligai Sultan Adam, Martapura",
        opened_by="Sekretaris Daerah",
        on_behalf_of="Bupati Banjar",
        minutes="Buku II dibahas bab demi bab; catatan pembimbing dibagi menurut penanggung jawab bagian.",
        decisions=[
            "Quick win tahun 2026 ditetapkan satu untuk tiap dimensi.",
            "Lembar komitmen ditandatangani hari kedua.",
        ],
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(event=event, day=day, starts=starts, ends=ends, title=title, speaker=speaker)
        for day, starts, ends, title, speaker in AGENDA
    )
    for name, kind, organisation, days in PEOPLE:
        who = Participant.objects.create(
            event=event, name=name, organisation_kind=kind, organisation=organisation,
            match_key=f"{name}|{organisation}".casefold(),
        )  # fmt: skip
        Attendance.objects.bulk_create(
            Attendance(participant=who, day=day, how=AttendedHow.LIST) for day in (FIRST, SECOND)[:days]
        )


def page(*lines: str) -> bytes:
    """A PDF of one page with a few lines, for examples."""
    plain = [line.encode("latin-1", "replace").translate(None, b"()\\") for line in lines]
    text = b"BT /F1 14 Tf 60 760 Td 22 TL " + b" ".join(b"(" + line + b") Tj T*" for line in plain) + b" ET"
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(made)
    return made + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        start,
    )
