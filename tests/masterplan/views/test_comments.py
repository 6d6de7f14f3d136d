"""Pages of comments: the list, one thread, writing, beside the text, at rows."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from masterplan.enums import CommentAct, CommentKind, CommentState, CommentVisibility
from masterplan.models import Comment, CommentThread, Masterplan, PlanMember, Programme, Section
from masterplan.registers import KINDS
from smartcity.accounts.enums import Role
from tests.masterplan.comments_given import act, row_spot, section_spot, text_spot, thread_on, write
from tests.people import People
from tests.smartcity.accounts.given import office

pytestmark = pytest.mark.django_db
WORDS = "Kabupaten Banjar 😀 memiliki dua puluh kecamatan."
BESIDE = {"Beside": "1"}


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def filled(**more: Any) -> dict[str, Any]:
    return {"terlihat": "tim", "jenis": "saran", "isi": "Sebut sumbernya.", "kiriman": str(uuid.uuid4())} | more


def new(plan: Masterplan, query: str = "") -> str:
    return f"/rencana/{plan.code}/komentar/baru/{query}"


def shown(client: Client, plan: Masterplan, query: str = "") -> list[int]:
    response = client.get(f"/rencana/{plan.code}/komentar/{query}")
    assert response.status_code == 200
    return [shown.thread.number for shown in response.context["threads"]]


def text(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    return str(response.content.decode())


def test_the_form_asks_first_who_sees_it_and_has_no_default(plan: Masterplan, people: People) -> None:
    offered = {
        name: re.findall(r'name="terlihat" value="(\w+)"', text(client_of(user).get(new(plan))))
        for name, user in people.items()
        if name not in ("stranger", "nobody")
    }
    reviewer, wide = ["peninjau", "opd", "tim"], ["opd", "tim"]
    assert offered == {
        "coordinator": wide, "author": wide, "dimension_lead": ["tim"], "approver": ["tim"], "council_reader": ["tim"],
        "mentor": reviewer, "assessor": reviewer, "ministry_editor": reviewer,
    }  # fmt: skip
    page = text(client_of(people.mentor).get(new(plan)))
    assert " checked" not in page
    assert page.index('name="terlihat"') < page.index('name="isi"')


def test_posting_without_a_choice_is_refused_and_keeps_the_words(plan: Masterplan, people: People) -> None:
    page = text(client_of(people.mentor).post(new(plan), filled(terlihat="", isi="Panjang & lebar.")), 422)
    assert "Pilih dahulu siapa yang melihat" in page
    assert "Panjang &amp; lebar.</textarea>" in page
    assert not CommentThread.objects.exists()


def test_a_refusal_of_the_verb_keeps_the_words_too(plan: Masterplan, people: People) -> None:
    page = text(client_of(people.mentor).post(new(plan), filled(terlihat="peninjau", jenis="wajib")), 422)
    assert "tidak dapat disembunyikan dari penulis" in page
    assert "Sebut sumbernya.</textarea>" in page


def test_a_plan_a_section_a_paragraph_a_row_and_a_cell(banjar: Masterplan, people: People) -> None:
    client = client_of(people.mentor)
    section = Section.objects.get(plan=banjar, outline_section__code="B1.1.1")
    write(section, WORDS)
    row = Programme.objects.get(plan=banjar, code="GOV-P01")
    for query, more in (
        ("", {}), ("?bagian=B1.1.1", {}), ("?bagian=B1.1.1", {"potongan": "p1"}),
        (f"?baris=program-{row.pk}", {}), (f"?baris=program-{row.pk}&kolom=target-2027", {"potongan": "target-2027"}),
    ):  # fmt: skip
        response = client.post(new(banjar, query), filled(**more))
        assert response.status_code == 302, response.content.decode()
    found = CommentThread.objects.order_by("number").values_list("place", "label", "quote", "column_label")
    assert list(found) == [
        ("rencana", "Seluruh rencana 2026–2035", "", ""),
        ("bagian", "Buku I · 1.1 Latar Belakang", "", ""),
        ("teks", "Buku I · 1.1 Latar Belakang", WORDS, ""),
        ("baris", str(row), "", ""),
        ("sel", str(row), "", "Target 2027"),
    ]
    page = text(client.get(KINDS["program"].address("edit", banjar, row.pk)))
    assert 'id="K-4"' in page
    assert "Sel: Target 2027" in page
    table = text(client.get(KINDS["program"].address("list", banjar)))
    assert re.findall(r'data-n="(\d)"', table) == ["1", "1"]
    row_address = KINDS["program"].address("edit", banjar, row.pk)
    assert [shown.href for shown in client.get(f"/rencana/{banjar.code}/komentar/").context["threads"]] == [
        f"{row_address}#K-5", f"{row_address}#K-4", f"/rencana/{banjar.code}/naskah/B1.1.1/#K-3",
        f"/rencana/{banjar.code}/naskah/B1.1.1/#K-2", "",
    ]  # fmt: skip


@pytest.mark.parametrize("query", ["?bagian=B9.9.9", "?baris=program-0", "?baris=xx-1", "?baris=program-x"])
def test_a_place_that_is_not_there_is_not_found(plan: Masterplan, people: People, query: str) -> None:
    assert client_of(people.mentor).get(new(plan, query)).status_code == 404


def test_words_are_quoted_by_the_server_in_code_points(section: Section, people: People) -> None:
    write(section, WORDS)
    client = client_of(people.mentor)
    start = WORDS.index("dua puluh")
    query = f"?bagian=B1.1.1&blok=p1&awal={start}&akhir={start + 9}&versi={section.version}"
    page = text(client.get(new(section.plan, query), headers=BESIDE))
    assert '<input type="hidden" name="kutipan" value="dua puluh">' in page
    write(section, "Kini " + WORDS)
    response = client.post(new(section.plan, query), filled(kutipan="dua puluh"), headers=BESIDE)
    thread = CommentThread.objects.get()
    assert (response.status_code, response["Comment"], thread.start, thread.quote) == (
        201,
        "K-1",
        start + 5,
        "dua puluh",
    )
    assert f'data-block="p1" data-start="{start + 5}" data-end="{start + 14}"' in response.content.decode()
    wrong = client.post(new(section.plan, query), filled(kutipan="tiga"), headers=BESIDE)
    assert "Pilih teksnya sekali lagi" in text(wrong, 422)


def test_a_reply_a_double_click_and_a_stale_page(plan: Masterplan, people: People) -> None:
    thread = thread_on(plan, by=people.mentor)
    client = client_of(people.author)
    address = f"/rencana/{plan.code}/komentar/{thread.number}/"
    assert "Kirim sebagai jawaban" in text(client.get(address))
    answer = {"aksi": "jawab", "versi": 1, "isi": "Dari survei.", "kiriman": str(uuid.uuid4())}
    assert [client.post(address, answer).status_code for _ in range(2)] == [302, 302]
    assert Comment.objects.count() == 2
    stale = text(client.post(address, answer | {"kiriman": str(uuid.uuid4()), "isi": "Juga ini."}), 409)
    assert "berubah sejak Anda membukanya" in stale
    assert "Juga ini.</textarea>" in stale
    assert "Dari survei." in stale
    assert client.post(address, answer | {"aksi": "hapus"}).status_code == 422
    assert client_of(people.stranger).get(address).status_code == 404
    assert "Terima jawaban" in text(client_of(people.mentor).get(address))


def test_markup_in_a_comment_is_text(plan: Masterplan, people: People) -> None:
    thread_on(plan, by=people.mentor, body="<script>alert(1)</script>\nbaris")
    page = text(client_of(people.author).get(f"/rencana/{plan.code}/komentar/1/"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>baris" in page


def test_hidden_threads_are_not_found(plan: Masterplan, people: People) -> None:
    thread_on(plan, by=people.mentor, visibility=CommentVisibility.REVIEWERS)
    thread_on(plan, by=people.mentor, visibility=CommentVisibility.OFFICE, opd=office("DISTAN"))
    seen = {name: [client_of(user).get(f"/rencana/{plan.code}/komentar/{n}/").status_code for n in (1, 2)]
            for name, user in (("author", people.author), ("coordinator", people.coordinator), ("mentor", people.mentor))}  # fmt: skip
    assert seen == {"author": [404, 404], "coordinator": [404, 200], "mentor": [200, 200]}


def test_what_one_office_must_fix_is_named_at_the_gate_and_so_refused_with_a_sentence(
    plan: Masterplan, people: People
) -> None:
    must_fix = {"kind": CommentKind.MUST_FIX, "visibility": CommentVisibility.OFFICE, "opd": office("DISTAN")}
    thread_on(plan, by=people.mentor, body="Rahasia kantor", **must_fix)
    address = f"/rencana/{plan.code}/komentar/1/"
    page = text(client_of(people.author).get(address), 403)
    assert ("Komentar ini hanya untuk satu perangkat daerah." in page, "Rahasia kantor" in page) == (True, False)
    assert client_of(people.stranger).get(address).status_code == 404


def test_filters_and_order(plan: Masterplan, section: Section, people: People) -> None:
    praise = thread_on(plan, by=people.mentor, kind=CommentKind.PRAISE, body="Bagus sekali")
    thread_on(plan, by=people.mentor, spot=section_spot(section), assigned_opd=office("DINKES"))
    thread_on(plan, by=people.mentor, kind=CommentKind.MUST_FIX, body="Perbaiki peta")
    over = thread_on(plan, by=people.mentor)
    act(over, CommentAct.CLOSE, by=people.mentor)
    client = client_of(people.author)
    assert shown(client, plan) == [3, 2, praise.number]
    assert shown(client, plan, "?keadaan=semua") == [3, 2, 1, 4]
    assert shown(client, plan, "?keadaan=selesai") == [4]
    assert shown(client, plan, "?jenis=wajib") == [3]
    assert shown(client, plan, "?untuk=saya") == [2]
    assert shown(client, plan, f"?opd={office('DINKES').pk}") == [2]
    assert shown(client, plan, "?bagian=B1.1.1") == [2]
    assert shown(client, plan, "?cari=peta") == [3]
    assert shown(client, plan, "?cari=K-1") == [1]
    assert shown(client, plan, "?cari=zz") == []
    assert shown(client, plan, "?opd=x&jenis=y&keadaan=z") == [3, 2, 1]
    navigation = re.search(
        r'href="/rencana/[^"]+/komentar/"[^>]*>Komentar <span class="badge-count">(\d)', text(client.get("/"), 200)
    )
    assert navigation is not None
    assert navigation[1] == "1"


@pytest.mark.parametrize("reader", ["mentor", "stranger"])
def test_the_list_costs_the_same_for_1_and_3(
    banjar: Masterplan, people: People, django_assert_max_num_queries: Any, reader: str
) -> None:
    """Also for who reviews this one plan only: the national role of a mentor answers without a question."""
    PlanMember.objects.create(plan=banjar, user=people.stranger, role=Role.ASSESSOR)
    client = client_of(getattr(people, reader))
    rows = list(Programme.objects.filter(plan=banjar)[:3])
    sections = list(Section.objects.select_related("outline_section").filter(plan=banjar)[:3])
    section = Section.objects.get(plan=banjar, outline_section__code="B1.1.1")
    write(section, WORDS)

    def add(number: int) -> None:
        thread_on(banjar, by=people.mentor, spot=row_spot(rows[number]), assigned_opd=office("DINKES"))
        thread_on(banjar, by=people.mentor, spot=section_spot(sections[number]), assignee=people.author)
        thread = thread_on(banjar, by=people.mentor, spot=text_spot(section, "dua puluh"))
        act(thread, CommentAct.REPLY, by=people.author)

    pages = (
        f"/rencana/{banjar.code}/komentar/", f"/rencana/{banjar.code}/naskah/B1.1.1/",
        f"/rencana/{banjar.code}/tabel/program/", f"/rencana/{banjar.code}/tahap/IV/",
    )  # fmt: skip
    add(0)
    costs = {}
    for page in pages:
        client.get(page)
        with django_assert_max_num_queries(90) as one:
            client.get(page)
        costs[page] = len(one)
    add(1)
    add(2)
    for page in pages:
        with django_assert_max_num_queries(costs[page]):
            client.get(page)


def test_the_poll_tells_that_comments_changed_and_only_to_those_who_see_them(section: Section, people: People) -> None:
    address = f"/rencana/{section.plan.code}/naskah/B1.1.1/"
    mentor, author = client_of(people.mentor), client_of(people.author)

    def stamps() -> list[str]:
        return [each.get(f"{address}steps/?since=0&client=").json()["comments"] for each in (mentor, author)]

    before = stamps()
    thread_on(section.plan, by=people.mentor, spot=section_spot(section), visibility=CommentVisibility.REVIEWERS)
    after = stamps()
    assert after[0] != before[0]
    assert after[1] == before[1]
    panel = text(mentor.get(f"{address}komentar/", headers=BESIDE))
    assert f'data-stamp="{after[0]}"' in panel
    assert mentor.get(f"{address}komentar/")["Location"] == f"/rencana/{section.plan.code}/komentar/?bagian=B1.1.1"


def test_what_became_of_the_place_is_said(banjar: Masterplan, people: People) -> None:
    section = Section.objects.get(plan=banjar, outline_section__code="B1.1.1")
    write(section, WORDS)
    thread_on(banjar, by=people.mentor, spot=text_spot(section, "dua puluh kecamatan"))
    write(section, WORDS.replace("puluh", "ratus"))
    client = client_of(people.mentor)
    assert "Teks berubah sejak komentar ini ditulis." in text(client.get(f"/rencana/{banjar.code}/komentar/1/"))
    row = Programme.objects.get(plan=banjar, code="ENV-P06")
    thread_on(banjar, by=people.mentor, spot=row_spot(row))
    row.delete()
    assert "Baris ini di keranjang atau sudah dihapus." in text(client.get(f"/rencana/{banjar.code}/komentar/2/"))
    assert CommentThread.objects.filter(state=CommentState.OPEN).count() == 2
