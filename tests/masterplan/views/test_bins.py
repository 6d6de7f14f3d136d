"""Pages of the bin and of pictures: what they show to whom; a writer in the middle loses nothing."""

import json
from typing import Any

import pytest

from masterplan.domain import section as sections
from masterplan.domain.bin_picture import bin_picture
from masterplan.domain.bin_section import bin_section
from masterplan.models import Masterplan, Picture, Section
from tests.masterplan.domain.test_picture import figure
from tests.masterplan.given import picture
from tests.people import People
from tests.smartcity.accounts.given import KOTA_BANJAR, client_of, regency

pytestmark = pytest.mark.django_db
PLAN = "/rencana/63.03-2026/"
PAGE = f"{PLAN}naskah/B1.1.1/"


def test_confirmation_then_bin_then_back(people: People, section: Section) -> None:
    client = client_of(people.coordinator)
    sections.append_paragraphs(section, ["Dua kata"], by=None)
    asked = client.get(f"{PAGE}buang/").text
    assert ("2 kata" in asked, "mewajibkan bagian ini" in asked) == (True, True)
    answer = client.post(f"{PAGE}buang/", follow=True)
    assert answer.redirect_chain == [(f"{PLAN}keranjang/", 302)]
    assert ("1.1 Latar Belakang" in answer.text, "90 hari lagi" in answer.text) == (True, True)
    assert client.get(f"{PAGE}buang/").status_code == 409
    page = client.get(PAGE).text
    assert ("Bagian ini di keranjang" in page, '"editable": false' in page) == (True, True)
    assert 'aria-current="page">' not in page[page.index('id="daftar-bagian"') : page.index('class="legend"')]
    back = client.post(f"{PLAN}keranjang/bagian/B1.1.1/kembalikan/", follow=True)
    assert back.redirect_chain == [(PAGE, 302)]
    assert ("dikembalikan seperti semula" in back.text, '"editable": true' in back.text) == (True, True)


def test_readers_see_the_bin_without_buttons(people: People, section: Section) -> None:
    bin_section(section, by=people.coordinator)
    client = client_of(people.council_reader)
    page = client.get(f"{PLAN}keranjang/").text
    assert ("1.1 Latar Belakang" in page, "Kembalikan<" in page) == (True, False)
    assert "Koordinator dapat mengembalikannya" in client.get(PAGE).text
    for path in ("riwayat/", "riwayat/0/", "riwayat/bandingkan/", "doc/", "steps/?since=0&client=a"):
        assert client.get(f"{PAGE}{path}").status_code == 200


def test_a_writer_in_the_middle_is_told_in_the_protocols_words(people: People, section: Section) -> None:
    """422 and not 409: the editor then keeps a copy; 409 would make it rebase and send for ever."""
    bin_section(section, by=people.coordinator)
    client = client_of(people.coordinator)
    step = {"stepType": "replace", "from": 1, "to": 1, "slice": {"content": [{"type": "text", "text": "Kata"}]}}
    body = {"version": 0, "client": "a", "steps": [step]}
    answer = client.post(f"{PAGE}steps/", json.dumps(body), content_type="application/json")
    assert (answer.status_code, answer.json()) == (
        422, {"error": "Bagian ini di keranjang, sehingga tidak dapat diubah."},
    )  # fmt: skip
    copy = {"reason": "ditolak", "doc": section.doc, "lost": "Kata"}
    kept = client.post(f"{PAGE}pulihan/", json.dumps(copy), content_type="application/json")
    assert kept.status_code == 201
    assert "kembalikan bagiannya dahulu" in client.get(f"{PLAN}pulihan/{kept.json()['id']}/").text
    assert client.post(f"{PAGE}gambar/").status_code == 409


def test_unknown_things_are_not_found(people: People, plan: Masterplan) -> None:
    client = client_of(people.coordinator)
    foreign = picture(regency(KOTA_BANJAR))
    for path in ("bagian/B9.9.9", "baris/B1.1.1", f"gambar/{foreign.pk}", "gambar/x", "bagian/%00"):
        assert client.post(f"{PLAN}keranjang/{path}/kembalikan/").status_code == 404
    assert client.post(f"{PLAN}gambar/{foreign.pk}/buang/").status_code == 404
    assert client.post(f"{PLAN}keranjang/mulai/B1.1.1/").status_code == 404


def test_a_deleted_section_is_offered_anew(people: People, section: Section) -> None:
    client = client_of(people.coordinator)
    section.delete()
    assert "Mulai dari kosong" in client.get(f"{PLAN}keranjang/").text
    assert client.get(PAGE).status_code == 404
    client.post(f"{PLAN}keranjang/mulai/B1.1.1/")
    assert "ada lagi di rencana ini" in client.get(PAGE).text


def test_pictures_say_where_they_are_used(people: People, section: Section) -> None:
    used, unused = picture(section.plan.regency), picture(section.plan.regency, colour="red")
    sections.save_steps(section, version=0, client="a", steps=[figure(used.source)], by=people.coordinator)
    client = client_of(people.coordinator)
    page = client.get(f"{PLAN}gambar/").text
    assert (page.count(used.source), page.count(unused.source)) == (2, 3)  # the third is in the address of its button
    assert (f'href="{PAGE}">1.1 Latar Belakang' in page, page.count("/buang/")) == (True, 1)
    only = client.get(f"{PLAN}gambar/?tampil=tidak-dipakai").text
    assert (used.source in only, unused.source in only) == (False, True)
    refused = client.post(f"{PLAN}gambar/{used.pk}/buang/")
    assert (refused.status_code, "masih dipakai di 1.1 Latar Belakang" in refused.text) == (409, True)
    client.post(f"{PLAN}gambar/{unused.pk}/buang/")
    assert unused.source not in client.get(f"{PLAN}gambar/").text
    assert unused.source in client.get(f"{PLAN}keranjang/").text
    client.post(f"{PLAN}keranjang/gambar/{unused.pk}/kembalikan/")
    assert Picture.objects.binned().count() == 0
    assert client_of(people.council_reader).get(f"{PLAN}gambar/").text.count("/buang/") == 0


def test_old_versions_show_a_box_for_a_deleted_picture(people: People, section: Section) -> None:
    own = picture(section.plan.regency)
    sections.save_steps(section, version=0, client="a", steps=[figure(own.source)], by=people.coordinator)
    sections.replace_text(section, doc=section.doc, by=None)
    client = client_of(people.coordinator)
    paths = ("riwayat/1/", "riwayat/bandingkan/?dari=1&ke=2")
    assert [own.source in client.get(f"{PAGE}{path}").text for path in paths] == [True, True]
    own.delete()
    for path in paths:
        page = client.get(f"{PAGE}{path}").text
        assert (own.source in page, "Gambar sudah dihapus: Peta" in page) == (False, True)


def test_pictures_cost_the_same_for_1_and_4(people: People, section: Section, django_assert_num_queries: Any) -> None:
    def add(version: int, colour: str) -> None:
        own = picture(section.plan.regency, colour=colour)
        sections.save_steps(section, version=version, client="a", steps=[figure(own.source)], by=people.coordinator)
        bin_picture(picture(section.plan.regency, colour=f"dark{colour}"), plan=section.plan, by=people.coordinator)

    client = client_of(people.coordinator)
    add(0, "red")
    client.get(f"{PLAN}gambar/")
    with django_assert_num_queries(9) as one:
        client.get(f"{PLAN}gambar/")
    for version, colour in enumerate(("blue", "green", "cyan"), start=1):
        add(version, colour)
    with django_assert_num_queries(len(one)):
        client.get(f"{PLAN}gambar/")
