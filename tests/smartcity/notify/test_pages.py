"""The pages: what is new, how to be told, what became of mails, and the mailbox of demo mode."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from masterplan.models import Masterplan
from smartcity.audit.models import Event
from smartcity.notify.domain.delivery import deliver
from smartcity.notify.enums import MailState
from smartcity.notify.models import Mail, Notice, Preference
from tests.masterplan.comments_given import thread_on
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db
LIST = "/pemberitahuan/"
BELL = "Pemberitahuan belum dibaca"


def test_a_notice_is_read_by_opening_it(plan: Masterplan, people: People) -> None:
    thread_on(plan, by=people.mentor, assignee=people.author)
    thread_on(plan, by=people.mentor, assignee=people.author)
    client = client_of(people.author)
    page = client.get(LIST).content.decode()
    assert (page.count("ditujukan kepada Anda</b>"), "<i>2</i>" in page, BELL in page) == (2, True, True)
    newest = Notice.objects.of(people.author)[0]
    assert client.post(f"{LIST}{newest.pk}/buka/")["Location"] == f"/rencana/{plan.code}/komentar/2/"
    assert client.get(f"{LIST}?hanya=baru").content.decode().count("ditujukan kepada Anda</b>") == 1
    client.post(f"{LIST}dibaca/")
    page = client.get(f"{LIST}?hanya=baru").content.decode()
    assert ("Semua sudah dibaca" in page, BELL in page) == (True, False)
    assert client_of(people.coordinator).post(f"{LIST}{newest.pk}/buka/").status_code == 404


def test_what_is_no_longer_seen_is_counted_and_not_shown(plan: Masterplan, people: People) -> None:
    thread_on(plan, by=people.mentor, assignee=people.author)
    people.author.memberships.all().delete()
    client = client_of(people.author)
    page = client.get(LIST).content.decode()
    assert "K-1" not in page
    assert "1 pemberitahuan tidak ditampilkan" in page
    assert client.post(f"{LIST}{Notice.objects.get().pk}/buka/").status_code == 404


def test_the_list_costs_the_same_for_1_and_4_notices(plan: Masterplan, people: People) -> None:
    client = client_of(people.author)
    counts = []
    for number in (1, 3):
        for _ in range(number):
            thread_on(plan, by=people.mentor, assignee=people.author)
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_choices_are_kept_and_recorded(people: People) -> None:
    client = client_of(people.author)
    wanted = {
        "tugas": "ringkasan",
        "tenggat": "segera",
        "kantor": "aplikasi",
        "tanggapan": "aplikasi",
        "rencana": "segera",
    }
    assert client.post(f"{LIST}pilihan/", wanted).status_code == 302
    assert dict(Preference.objects.filter(user=people.author).values_list("group", "delivery")) == wanted
    page = client.get(f"{LIST}pilihan/").content.decode()
    assert 'value="aplikasi" checked' in page
    assert Event.objects.get(verb="notify.chosen").actor == people.author
    assert client.post(f"{LIST}pilihan/", wanted | {"tugas": "merpati"}).status_code == 422
    assert Preference.objects.get(user=people.author, group="tugas").delivery == "ringkasan"


def test_the_log_shows_own_mails_and_all_to_the_ministry(plan: Masterplan, people: People) -> None:
    thread_on(plan, by=people.mentor, assignee=people.author)
    thread_on(plan, by=people.mentor, assignee=people.coordinator)
    deliver()
    failed = Mail.objects.get(user=people.author)
    Mail.objects.filter(pk=failed.pk).update(state=MailState.FAILED, sent_at=None, reason="550 tidak dikenal")
    for user, number in ((people.author, 1), (people.mentor, 0), (people.ministry_editor, 2)):
        page = client_of(user).get(f"{LIST}surat/").content.decode()
        assert f"{number} surat" in page
    ministry = client_of(people.ministry_editor)
    page = ministry.get(f"{LIST}surat/?cari={people.author.email}&keadaan=gagal").content.decode()
    assert ("1 surat" in page, "550 tidak dikenal" in page, "Kirim ulang" in page) == (True, True, True)
    assert "0 surat" in ministry.get(f"{LIST}surat/?keadaan=menunggu").content.decode()
    assert ministry.post(f"{LIST}surat/{failed.pk}/kirim-ulang/").status_code == 302
    assert Event.objects.get(verb="mail.resent").data == {"address": people.author.email}
    failed.refresh_from_db()
    assert failed.state == MailState.WAITING


def test_the_mailbox_is_there_in_demo_mode_only(
    plan: Masterplan, people: People, settings: Any, tmp_path: Path
) -> None:
    backend = "django.core.mail.backends.filebased.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": {"file_path": str(tmp_path)}}}
    for _ in range(2):
        thread_on(plan, by=people.mentor, assignee=people.author)
    deliver()
    client = client_of(people.author)
    assert client.get(f"{LIST}kotak/").status_code == 404
    settings.DEMO = True
    letters = client.get(f"{LIST}kotak/").context["letters"]
    assert {letter.subject for letter in letters} == {
        "Komentar K-1 ditujukan kepada Anda",
        "Komentar K-2 ditujukan kepada Anda",
    }
    page = client.get(f"{LIST}kotak/{letters[0].key}/").content.decode()
    assert 'href="http://127.0.0.1:8000/rencana/63.03-2026/komentar/' in page
    assert client.get(f"{LIST}kotak/tidak-ada/").status_code == 404
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend", "OPTIONS": {}}}
    assert client.get(f"{LIST}kotak/").status_code == 404  # where letters really leave
