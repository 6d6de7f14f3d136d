"""The berita acara and the sign-in sheet, from the event's rows to the files read back."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bimtek.domain.attendance import Person, add_participants
from bimtek.models import AgendaItem, Attendance, CycleEvent
from export.papers.minutes import Group, Minutes, OpenRemark, Signature, minutes_of
from export.papers.minutes_files import attendance_pdf, attendance_xlsx, minutes_pdf, minutes_xlsx
from export.papers.printing import Paper, paper_job
from export.press import typeset
from masterplan.enums import CommentKind, CommentVisibility
from masterplan.models import Masterplan
from smartcity.regency.models import Opd
from smartcity.ui.refusal import WrongState
from tests.bimtek.given import event, send, stage
from tests.export.papers.given import download, pdf_text, sheets
from tests.masterplan.comments_given import thread_on
from tests.people import People

pytestmark = pytest.mark.django_db
FIRST = date(2026, 11, 26)
HOSTILE = "=SUM(1)<b>x</b>\u202e\x07" + "Z" * 80


def held(plan: Masterplan, **more: object) -> CycleEvent:
    values: dict[str, object] = {
        "title": "Bimtek I", "venue": "Aula Barakat", "opened_by": "Sekretaris Daerah", "on_behalf_of": "Bupati",
        "stage": stage("I"), "decisions": ["Target dilengkapi.", "Ekspose bulan Desember."], "minutes": "Dibuka.\n\nDitutup.",
    }  # fmt: skip
    made = event(plan, days=2, start=FIRST, **(values | more))
    AgendaItem.objects.create(
        event=made, day=FIRST, starts=time(8), ends=time(9, 30), title="Pembukaan", speaker="Sekda"
    )
    AgendaItem.objects.create(event=made, day=FIRST + timedelta(1), starts=time(8), title="Kerja kelompok")
    return made


def people_at(made: CycleEvent, people: People) -> None:
    who = [
        Person("Kepala Bidang Data", "opd", "Dinas Kesehatan", "Kepala Bidang"),
        Person("Kepala Bidang Program", "opd", "Dinas Kesehatan"),
        Person("Kasat Binmas", "polri", "Polres Banjar"),
    ]
    data, _program, kasat = add_participants(made, who, by=people.coordinator)
    Attendance.objects.create(participant=data, day=FIRST, how="list")
    Attendance.objects.create(participant=data, day=FIRST + timedelta(1), how="qr")
    Attendance.objects.create(participant=kasat, day=FIRST, how="list")


def of(made: CycleEvent, people: People) -> Minutes:
    return minutes_of(
        CycleEvent.objects.select_related("plan__regency__province", "stage").get(pk=made.pk), user=people.mentor
    )


def test_the_opening_names_day_place_and_who_opened(plan: Masterplan, people: People) -> None:
    region = f"dalam rangka penyusunan {plan.title}, Kabupaten Banjar, Kalimantan Selatan."
    assert of(held(plan), people).opening == (
        "Pada hari ini, Jumat, tanggal dua puluh tujuh bulan November tahun dua ribu dua puluh enam, bertempat di Aula "
        "Barakat, telah dilaksanakan selama dua hari, sejak Kamis, 26 November 2026, kegiatan Bimtek I "
        f"{region} Kegiatan dibuka oleh Sekretaris Daerah atas nama Bupati."
    )
    online = event(plan, start=FIRST, title="Rapat", venue="", online_url="https://rapat.example/x")
    assert of(online, people).opening == (
        "Pada hari ini, Kamis, tanggal dua puluh enam bulan November tahun dua ribu dua puluh enam, secara daring, "
        f"telah dilaksanakan kegiatan Rapat {region}"
    )


def test_everything_that_was_noted_is_in_it(plan: Masterplan, people: People) -> None:
    made = held(plan)
    people_at(made, people)
    sent = send(plan, "I", by=people.coordinator)
    must = {"by": people.mentor, "kind": CommentKind.MUST_FIX}
    thread_on(plan, **must, assignee=people.author, due=date(2026, 12, 11))  # type: ignore[arg-type]
    thread_on(plan, by=people.mentor, kind=CommentKind.QUESTION)
    minutes = of(made, people)
    assert minutes.groups == (
        Group("Perangkat daerah", "Dinas Kesehatan", 2, (1, 1)),
        Group("Polri", "Polres Banjar", 1, (1, 0)),
    )
    assert (minutes.totals, [who.marks for who in minutes.people]) == (
        (2, 1), [("Hadir", "Hadir (QR)"), ("", ""), ("Hadir", "")],
    )  # fmt: skip
    assert minutes.remarks == (
        OpenRemark("K-1", f"Seluruh rencana {plan.period}", "Terbuka", people.author.display_name, "11 Desember 2026"),
    )
    assert [(each.name, each.digest) for each in minutes.submissions] == [(sent.name, sent.sha256)]
    assert minutes.signatures == (
        Signature("Koordinator Smart City Kabupaten Banjar", people.coordinator.display_name),
        Signature("Pembimbing", people.mentor.display_name),
        Signature("Mengetahui, Bupati", ""),
    )
    assert not minutes.is_draft


def test_the_files_read_back(plan: Masterplan, people: People) -> None:
    made = held(plan)
    people_at(made, people)
    thread_on(plan, by=people.mentor, kind=CommentKind.MUST_FIX)
    base = f"/rencana/{plan.code}/kegiatan/{made.pk}/"
    answer = download(people.approver, f"{base}berita-acara/pdf/")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store, private")
    text = pdf_text(answer.content)
    for words in (
        "PEMERINTAH KABUPATEN BANJAR", "BERITA ACARA", "Kamis, 26 November 2026", "08.00–09.30 Pembukaan Sekda",
        "Target dilengkapi.", "Ditutup.", "K-1 Seluruh rencana", "Rencana belum dikirim pada Bimtek I.",
        "Demikian berita acara ini", people.coordinator.display_name, "1 Kepala Bidang Data Kepala Bidang Dinas Kesehatan Hadir Hadir (QR)",
        "Halaman 1 dari",
    ):  # fmt: skip
        assert words in text
    assert "DRAF" not in text
    found = sheets(download(people.approver, f"{base}berita-acara/xlsx/").content)
    assert list(found) == ["Berita acara", "Kehadiran", "Keputusan", "Perlu perbaikan"]
    assert found["Kehadiran"][1:] == [
        ["No.", "Nama", "Jabatan", "Instansi atau lembaga", "26 November 2026", "27 November 2026"],
        [1, "Kepala Bidang Data", "Kepala Bidang", "Dinas Kesehatan", "Hadir", "Hadir (QR)"],
        [2, "Kepala Bidang Program", "Dinas Kesehatan"],
        [3, "Kasat Binmas", "Polres Banjar", "Hadir"],
    ]
    assert found["Keputusan"][1:] == [["No.", "Keputusan"], [1, "Target dilengkapi."], [2, "Ekspose bulan Desember."]]
    assert found["Perlu perbaikan"][2] == ["K-1", f"Seluruh rencana {plan.period}", "Terbuka"]
    sheet = pdf_text(download(people.approver, f"{base}daftar-hadir/pdf/").content)
    assert sheet.count("DAFTAR HADIR") == 2
    assert list(sheets(attendance_xlsx(of(made, people)))) == ["Hari 1", "Hari 2"]


def test_only_what_the_whole_team_sees_is_in_it(plan: Masterplan, people: People, author_office: Opd) -> None:
    must = {"by": people.mentor, "kind": CommentKind.MUST_FIX}
    thread_on(plan, **must, visibility=CommentVisibility.OFFICE, opd=author_office)  # type: ignore[arg-type]
    thread_on(plan, by=people.mentor, visibility=CommentVisibility.REVIEWERS)
    made = held(plan)
    assert of(made, people).remarks == ()


def test_an_event_of_which_nothing_was_noted_reads_well(plan: Masterplan, people: People) -> None:
    minutes = of(event(plan, title="Rapat"), people)
    assert minutes.is_draft
    text = pdf_text(minutes_pdf(minutes))
    for words in (
        "Susunan acara tidak dicatat.", "Belum ada peserta yang tercatat.", "Tidak ada keputusan yang dicatat.",
        "Tidak ada perbaikan wajib yang belum selesai.", "tidak terkait dengan satu tahap", "DRAF",
    ):  # fmt: skip
        assert words in text
    assert sheets(minutes_xlsx(minutes))["Kehadiran"] == [["Kehadiran"], ["Belum ada peserta yang tercatat."]]
    assert "20" in pdf_text(attendance_pdf(minutes))


def test_a_cancelled_event_has_none(plan: Masterplan, people: People) -> None:
    made = event(plan, is_cancelled=True)
    with pytest.raises(WrongState, match="dibatalkan"):
        of(made, people)
    assert download(people.coordinator, f"/rencana/{plan.code}/kegiatan/{made.pk}/berita-acara/pdf/").status_code == 409


def test_hostile_names_and_notes_break_nothing(plan: Masterplan, people: People, tmp_path: object) -> None:
    made = held(plan, title=HOSTILE, venue=HOSTILE, decisions=[HOSTILE * 3], minutes="Q" * 5000)
    add_participants(made, [Person(HOSTILE, "opd", HOSTILE, HOSTILE)], by=people.coordinator)
    minutes = of(made, people)
    text = pdf_text(minutes_pdf(minutes))
    assert ("=SUM(1)<b>x</b>Z" in text, text.count("Q")) == (True, 5000)
    paper = Paper("minutes", "x", "y", "z")
    none = {"people": "", "decisions": "", "remarks": ""}
    context = {"minutes": minutes, "ribbon": "", "pairs": [], "none": none, "mark_width": 24}
    assert typeset(paper_job(paper, context), tmp_path / "x.pdf").warnings == ()  # type: ignore[operator]
    assert sheets(minutes_xlsx(minutes))["Keputusan"][2][1] == HOSTILE.replace("\u202e", "").replace("\x07", "") * 3


def queries(made: CycleEvent, people: People) -> int:
    with CaptureQueriesContext(connection) as caught:
        minutes_xlsx(of(made, people))
    return len(caught)


def test_the_number_of_queries_does_not_grow(plan: Masterplan, people: People) -> None:
    made = held(plan)
    counts = []
    for number in (1, 3):
        for place in range(number):
            name = f"Kepala {number}-{place}"
            [who] = add_participants(made, [Person(name, "opd", f"Dinas {name}")], by=people.coordinator)
            Attendance.objects.create(participant=who, day=FIRST, how="list")
            thread_on(plan, by=people.mentor, kind=CommentKind.MUST_FIX, assignee=people.author)
        counts.append(queries(made, people))
    assert counts[0] == counts[1]


def test_nobody_prints_another_regions_event(plan: Masterplan, people: People) -> None:
    made = held(plan)
    base = f"/rencana/{plan.code}/kegiatan/"
    paths = (
        f"{base}{made.pk}/berita-acara/pdf/",
        f"{base}{made.pk + 1}/berita-acara/pdf/",
        f"{base}{made.pk}/berita-acara/doc/",
    )
    assert [download(people.stranger, path).status_code for path in paths] == [404] * 3
    assert [download(people.coordinator, path).status_code for path in paths[1:]] == [404] * 2
