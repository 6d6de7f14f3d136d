"""The public form: off it is nothing, on it takes ideas without cookies, and a refusal loses nothing that was typed."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from masterplan.models import Masterplan
from quickwin.domain.idea_spam import FormSheet
from quickwin.models import Idea, IdeaBox, IdeaSender
from quickwin.views import idea_limit
from smartcity.notify.models import Mail
from tests.people import People
from tests.quickwin.ideas_given import MAIL, NAME, PUBLIC, SENT, opened_box, signed_sheet, typed, visitor

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture(autouse=True)
def box(plan: Masterplan, people: People) -> IdeaBox:
    cache.clear()
    return opened_box(plan, by=people.coordinator, intro="Baris satu\nBaris dua")


def test_a_closed_form_is_as_a_region_that_does_not_exist(plan: Masterplan, people: People) -> None:
    opened_box(plan, by=people.coordinator, is_open=False, intro="Rahasia")
    client = visitor()
    closed, never, unknown = (client.get(f"/usulan/{code}/") for code in ("63.03", "32.79", "99.99"))
    assert [each.status_code for each in (closed, never, unknown)] == [404] * 3
    assert b"Rahasia" not in closed.content
    assert client.post(PUBLIC, typed()).status_code == 404
    assert not Idea.objects.exists()


def test_a_visitor_sends_an_idea_without_a_cookie() -> None:
    client = visitor()
    page = client.get(PUBLIC)
    assert page.status_code == 200
    assert "Baris satu<br>Baris dua" in page.content.decode()
    sent = client.post(PUBLIC, typed())
    assert (sent.status_code, sent["Location"].startswith(f"{PUBLIC}?terkirim=")) == (302, True)
    done = client.get(sent["Location"])
    assert "Nomor usulan Anda: <b>U-1</b>" in done.content.decode()
    assert [bool(each.cookies) for each in (page, sent, done)] == [False] * 3
    idea = Idea.objects.get()
    assert (idea.problem, idea.text, idea.district, idea.innovation) == (
        SENT.problem, SENT.text, "Martapura", "metode",
    )  # fmt: skip
    assert list(IdeaSender.objects.values_list("name", "email")) == [(NAME, MAIL)]
    assert list(Mail.objects.values_list("about", "address")) == [("idea.received", "")]
    assert client.get(f"{PUBLIC}?terkirim=palsu")["Location"] == PUBLIC


def test_the_button_pressed_twice_makes_one_idea() -> None:
    data, client = typed(), visitor()
    first, second = client.post(PUBLIC, data), client.post(PUBLIC, data)
    assert [each.status_code for each in (first, second)] == [302, 302]
    assert (Idea.objects.count(), Mail.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"problem": "pendek"}, 422, "Pastikan nilai ini mengandung paling sedikit 10 karakter"),
        ({"text": "x" * 4001}, 422, "Pastikan nilai ini mengandung paling banyak 4000 karakter"),
        ({"name": "Nul\x00"}, 422, "Karakter null"),
        ({"consent": ""}, 422, "Centang bila ingin dijawab"),
        ({"email": ""}, 422, "Isi alamat e-mail untuk dijawab"),
        ({"email": f"{MAIL}\nBcc: x@y.example"}, 422, "valid"),
        ({"dimension": "999999"}, 422, "pilihan yang"),
        ({"innovation": "sihir"}, 422, "sihir bukan"),
        ({"situs": "http://beli"}, 422, "harus dibiarkan kosong"),
        ({"lembar": "palsu"}, 422, "terlalu lama terbuka"),
        ({"lembar": signed_sheet(region="32.79")}, 422, "terlalu lama terbuka"),
        ({"text": "https://a.example " * 3}, 422, "Paling banyak 2 tautan"),
    ],
)
def test_a_refused_visitor_keeps_what_was_typed(changes: dict[str, Any], status: int, sentence: str) -> None:
    answer = visitor().post(PUBLIC, typed() | changes)
    page = answer.content.decode()
    assert (answer.status_code, Idea.objects.count()) == (status, 0)
    assert sentence in page
    assert all(word in page for word in (SENT.problem if "problem" not in changes else "pendek", "Martapura"))


def test_too_fast_is_refused_and_the_same_sheet_goes_later() -> None:
    client, sheet = visitor(), signed_sheet(age=timedelta(0))
    early = client.post(PUBLIC, typed(lembar=sheet))
    assert (early.status_code, "terlalu cepat" in early.content.decode()) == (422, True)
    again = re.search(r'name="lembar" value="([^"]+)"', early.content.decode())
    assert again
    assert FormSheet.read(again[1], "63.03") == FormSheet.read(sheet, "63.03")
    old = client.post(PUBLIC, typed(lembar=signed_sheet(age=timedelta(days=1))))
    assert (old.status_code, "terlalu lama terbuka" in old.content.decode(), Idea.objects.count()) == (422, True, 0)


def test_the_same_text_is_refused() -> None:
    client = visitor()
    assert client.post(PUBLIC, typed()).status_code == 302
    again = client.post(PUBLIC, typed())
    assert (again.status_code, Idea.objects.count()) == (409, 1)
    assert "sudah kami terima" in again.content.decode()


def test_a_network_and_a_mailbox_are_limited_by_keyed_hashes() -> None:
    client = visitor()
    answers = [client.post(PUBLIC, typed(text=f"Usulan yang ke {number}")) for number in range(21)]
    assert [each.status_code for each in answers] == [302] * 20 + [429]
    assert "Usulan yang ke 20" in answers[-1].content.decode()
    assert "Coba lagi satu jam kemudian" in answers[-1].content.decode()
    assert Mail.objects.count() == 3
    assert visitor("203.0.113.8").post(PUBLIC, typed(text="Dari jaringan lain")).status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(cache_key || value, ' ') FROM cache_entry")
        counters = cursor.fetchone()[0]
    assert not any(word in counters for word in ("203.0.113", MAIL, "63.03"))


def test_a_region_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(idea_limit.RATES, "region", "2/d/key")
    answers = [visitor(f"203.0.113.{n}").post(PUBLIC, typed(text=f"Usulan yang ke {n}")) for n in range(3)]
    assert [each.status_code for each in answers] == [302, 302, 429]


def test_hostile_words_stay_words(plan: Masterplan, people: People) -> None:
    opened_box(plan, by=people.coordinator, intro=HOSTILE, districts=["Astambul", HOSTILE[:80]])
    client = visitor()
    page = client.get(PUBLIC).content.decode()
    assert ("<script>alert" in page, "&lt;script&gt;alert" in page) == (False, True)
    sent = typed(problem=HOSTILE, text=HOSTILE, name=HOSTILE, district="Astambul")
    assert "<script>alert" not in client.post(PUBLIC, sent | {"consent": ""}).content.decode()
    assert client.post(PUBLIC, sent | {"district": "Tidak ada"}).status_code == 422
    assert client.post(PUBLIC, sent).status_code == 302


def test_a_huge_form_is_refused() -> None:
    answer = visitor().post(PUBLIC, typed(text="x" * 3_000_000))
    assert (answer.status_code, Idea.objects.count()) == (413, 0)
