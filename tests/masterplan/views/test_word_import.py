"""The pages of a Word import: who sees what, what is refused, and that file text is never markup."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from masterplan import prose
from masterplan.domain import section as sections
from masterplan.domain import word_import as imports
from masterplan.models import Masterplan, Section, WordImport
from tests.masterplan.word import given, hostile
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db


def upload(client: Client, plan: Masterplan, data: bytes, name: str = "Buku I.docx", **fields: str) -> Any:
    file = SimpleUploadedFile(name, data, "application/octet-stream")
    return client.post(f"/rencana/{plan.code}/impor/", {"berkas": file, **fields})


def preview_address(plan: Masterplan) -> str:
    return f"/rencana/{plan.code}/impor/{WordImport.objects.get().pk}/"


def test_upload_leads_to_the_preview(plan: Masterplan, people: People) -> None:
    client = client_of(people.coordinator)
    response = upload(client, plan, given.masterplan())
    assert (response.status_code, response["Location"]) == (302, preview_address(plan))
    page = client.get(response["Location"]).content.decode()
    assert '<option value="B1.1.2" data-words="0" selected>1.2 Maksud dan Tujuan</option>' in page
    assert "mirip Tabel SWOT" in page
    assert f'href="/rencana/{plan.code}/tabel/swot/"' in page
    assert "Bappeda: Angka ini dari mana?" in page


def test_chosen_book_is_used(plan: Masterplan, people: People) -> None:
    document = given.Document()
    document.add_heading("Kesimpulan", 2)
    document.add_paragraph("Selesai.")
    upload(client_of(people.coordinator), plan, given.saved(document), buku="B2")
    [piece] = imports.content(WordImport.objects.get())["pieces"]
    assert piece["section"] == "B2.8.1"


@pytest.mark.parametrize(
    ("make", "status", "sentence"),
    [
        (hostile.with_macros, 422, "Berkas memuat makro"),
        (hostile.zip_bomb, 422, "bom zip"),
        (lambda: bytes(25_000_001), 413, "lebih besar dari 25 MB"),
    ],
)
def test_refusal_is_said_on_the_page(plan: Masterplan, people: People, make: Any, status: int, sentence: str) -> None:
    response = upload(client_of(people.coordinator), plan, make())
    assert response.status_code == status
    assert sentence in response.content.decode()
    assert WordImport.objects.count() == 0


def test_nothing_chosen_is_refused(plan: Masterplan, people: People) -> None:
    response = client_of(people.coordinator).post(f"/rencana/{plan.code}/impor/")
    assert (response.status_code, "Pilih berkas Word" in response.content.decode()) == (422, True)


def test_other_peoples_sections_are_shown_but_not_offered(
    plan: Masterplan, people: People, section: Section, author_office: Any
) -> None:
    section.opds.add(author_office)
    client = client_of(people.author)
    upload(client, plan, given.masterplan())
    page = client.get(preview_address(plan)).content.decode()
    assert 'value="B1.1.1"' in page
    assert 'value="B1.1.2"' not in page
    assert "Cocok dengan 1.2 Maksud dan Tujuan, tetapi tidak ditugaskan kepada Anda" in page
    refused = client.post(f"{preview_address(plan)}pakai/", {"ke-3": "B1.1.2"})
    assert refused.status_code == 403
    assert Section.objects.get(plan=plan, outline_section__code="B1.1.2").version == 0


def test_an_import_is_hidden_from_colleagues(
    plan: Masterplan, people: People, section: Section, author_office: Any
) -> None:
    section.opds.add(author_office)
    upload(client_of(people.coordinator), plan, given.masterplan())
    address = preview_address(plan)
    client = client_of(people.author)
    answers = [client.get(address), client.get(f"{address}potongan/0/"), client.post(f"{address}batal/")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_confirming_shows_the_result(plan: Masterplan, people: People) -> None:
    client = client_of(people.coordinator)
    upload(client, plan, given.masterplan())
    address = preview_address(plan)
    response = client.post(f"{address}pakai/", {"ke-2": "B1.1.1", "cara-2": "ganti", "ke-3": ""}, follow=True)
    page = response.content.decode()
    assert "Sudah masuk naskah" in page
    assert f"/rencana/{plan.code}/naskah/B1.1.1/" in page
    assert client.post(f"{address}pakai/", {"ke-2": "B1.1.1"}).status_code == 409
    assert client.get(f"{address}potongan/2/").status_code == 404


def test_changed_section_asks_again_and_keeps_the_choices(plan: Masterplan, people: People, section: Section) -> None:
    client = client_of(people.coordinator)
    upload(client, plan, given.masterplan())
    sections.replace_text(section, doc=prose.parse_html("<p>Baru</p>"), by=people.coordinator)
    address = preview_address(plan)
    fields = {"ke-2": "B1.1.1", "cara-2": "tambah", "ke-6": "B1.7.1"}
    response = client.post(f"{address}pakai/", fields)
    page = response.content.decode()
    assert response.status_code == 409
    assert '<input type="checkbox" name="setuju-B1.1.1" value="1">' in page
    assert '<option value="B1.7.1" data-words="0" selected>' in page
    assert client.post(f"{address}pakai/", fields | {"setuju-B1.1.1": "1"}).status_code == 302
    section.refresh_from_db()
    assert prose.plain_text(section.doc).startswith("Baru\n")


@pytest.mark.parametrize(
    "fields",
    [
        {"ke-99": "B1.1.1"},
        {"ke-²": "B1.1.1"},
        {"ke-2": "B9.9.9"},
        {"ke-2": "<script>"},
        {"ke-2": "B1.1.1", "setuju-B1.1.1": "x"},
    ],
)
def test_forged_forms_do_no_harm(plan: Masterplan, people: People, fields: dict[str, str]) -> None:
    client = client_of(people.coordinator)
    upload(client, plan, given.masterplan())
    assert client.post(f"{preview_address(plan)}pakai/", fields).status_code in (302, 403, 422)


def test_file_text_and_file_name_are_never_markup(plan: Masterplan, people: People) -> None:
    document = given.Document()
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    document.add_heading(f"1.1 Latar Belakang {evil}", 2)
    document.add_paragraph(evil)
    client = client_of(people.coordinator)
    upload(client, plan, given.saved(document), name=f"{evil}.docx")
    address = preview_address(plan)
    pages = [address, f"{address}potongan/0/", f"/rencana/{plan.code}/impor/"]
    for path in pages:
        page = client.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in client.get(f"{address}potongan/0/").content.decode()


def test_preview_asks_the_database_a_constant_number_of_times(
    plan: Masterplan, people: People, django_assert_max_num_queries: Any
) -> None:
    client = client_of(people.coordinator)
    upload(client, plan, given.masterplan())
    with django_assert_max_num_queries(16):
        client.get(preview_address(plan))
