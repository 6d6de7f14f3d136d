"""The page Pulihan: lists, the words marked where they stand, and other people's copies that nobody finds."""

from typing import Any

import pytest

from masterplan import prose
from masterplan.domain import recovered
from masterplan.enums import RecoveredState
from masterplan.models import RecoveredCopy, Section
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db
PAGE = "/rencana/63.03-2026/pulihan/"


@pytest.fixture
def copy(section: Section, people: People) -> RecoveredCopy:
    doc = prose.parse_html("<p>Awal <strong>kata ber</strong>harga &lt;b&gt; akhir.</p><p>Lain.</p>")
    return recovered.keep(
        section, reason="uji", doc=doc, lost="kata berharga\ntidak ada di sini", by=people.coordinator
    )


def test_words_are_marked_across_formats(copy: RecoveredCopy) -> None:
    assert prose.highlight(copy.doc, copy.lost.splitlines()) == (
        "<p>Awal <mark><strong>kata ber</strong>harga</mark> &lt;b&gt; akhir.</p><p>Lain.</p>", 1,
    )  # fmt: skip


def test_list_shows_open_ones_and_filters_those_handled(people: People, copy: RecoveredCopy) -> None:
    client = client_of(people.coordinator)
    assert "kata berharga" in client.get(PAGE).text
    assert "Belum ada yang ditangani" in client.get(f"{PAGE}?tampil=ditangani").text
    client.post(f"{PAGE}{copy.pk}/abaikan/")
    assert "Tidak ada pulihan yang menunggu" in client.get(PAGE).text
    for shown in ("ditangani", "semua", "ditangani"):
        assert "kata berharga" in client.get(f"{PAGE}?tampil={shown}").text
    client.post(f"{PAGE}{copy.pk}/buka/")
    assert RecoveredCopy.objects.get().state == RecoveredState.OPEN


def test_putting_back_leads_to_the_section(people: People, copy: RecoveredCopy) -> None:
    answer = client_of(people.coordinator).post(f"{PAGE}{copy.pk}/kembalikan/", {"cara": "akhir"}, follow=True)
    assert answer.redirect_chain == [("/rencana/63.03-2026/naskah/B1.1.1/", 302)]
    assert "Teks Anda ditambahkan di akhir bagian ini sebagai versi 1." in answer.text


def test_reader_may_look_but_is_told_why_not_put_back(people: People, section: Section) -> None:
    copy = recovered.keep(section, reason="uji", doc=section.doc, lost="x", by=people.author)
    client = client_of(people.author)
    assert "Anda tidak dapat menulis di bagian ini sekarang." in client.get(f"{PAGE}{copy.pk}/").text
    assert client.post(f"{PAGE}{copy.pk}/kembalikan/").status_code == 403


@pytest.mark.parametrize("path", ["", "kembalikan/", "abaikan/", "buka/"])
def test_nobody_else_finds_the_copy(people: People, copy: RecoveredCopy, path: str) -> None:
    client = client_of(people.author)
    ask: Any = client.post if path else client.get
    assert ask(f"{PAGE}{copy.pk}/{path}").status_code == 404


def test_open_copies_are_counted_where_people_look(people: People, copy: RecoveredCopy) -> None:
    for path in ("/rencana/63.03-2026/", "/rencana/63.03-2026/naskah/B1.1.1/"):
        assert '<span class="badge-count">1<' in client_of(people.coordinator).get(path).text
        assert "badge-count" not in client_of(people.author).get(path).text
