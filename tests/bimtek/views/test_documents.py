"""The registry of documents: what the stages demand, one document with its signers, its scan in and out."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bimtek.domain.gate import PointGroup, points_at
from bimtek.models import CycleDocument
from bimtek.registers import DOCUMENT
from masterplan.domain.row_bin import put_row_back
from masterplan.models import BinnedRow, Masterplan
from smartcity.audit.models import Event
from tests.bimtek.given import document, pdf, send, stage
from tests.masterplan.views.rows_given import add, form_data
from tests.people import People, make_plan
from tests.smartcity.accounts.given import KOTA_BANJAR, client_of

pytestmark = pytest.mark.django_db
ANSWERS = {
    "kind": "sk_dewan", "number": "188.45/1/2026", "date": "2026-03-02", "subject": "Pembentukan Dewan", "stage": "I",
    "signers-TOTAL_FORMS": "2", "signers-INITIAL_FORMS": "0", "signers-0-office": "Bupati", "signers-0-name": "",
    "signers-1-office": "", "signers-1-name": "",
}  # fmt: skip


@pytest.fixture
def client(people: People) -> Client:
    return client_of(people.coordinator)


def upload(client: Client, row: CycleDocument, body: bytes, *, name: str = "SK.pdf", version: int = 1) -> Any:
    address = reverse("bimtek:document_file", args=[row.plan.code, row.pk])
    return client.post(address, {"versi": version, "berkas": SimpleUploadedFile(name, body)})


def points(plan: Masterplan, code: str = "I") -> list[tuple[str, str, bool]]:
    found = [point for point in points_at(plan, stage(code)) if point.group == PointGroup.DOCUMENTS]
    return [(point.place.label, point.sentence, point.holds) for point in found]


def test_registered_scanned_and_fetched(plan: Masterplan, client: Client, people: People) -> None:
    assert points(plan)[1] == ("Dokumen · SK Dewan Smart City", "Belum terdaftar.", True)
    row = add(client, DOCUMENT, plan, ANSWERS)
    assert (str(row), [str(each) for each in row.signers.all()]) == ("SK Dewan Smart City 188.45/1/2026", ["Bupati"])
    assert points(plan)[1] == ("Dokumen · SK Dewan Smart City", "Terdaftar, tetapi berkasnya belum diunggah.", False)
    assert upload(client, row, pdf("SK")).status_code == 302
    row.refresh_from_db()
    assert "Dokumen · SK Dewan Smart City" not in [label for label, _, _ in points(plan)]
    answer = client_of(people.mentor).get(reverse("bimtek:file_download", args=[plan.code, row.file_id]))
    head = {name: answer.headers[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")}
    assert (answer.content, head) == (pdf("SK"), {
        "Content-Type": "application/pdf",
        "Content-Disposition": f"attachment; filename=\"{row.file_id}.pdf\"; filename*=UTF-8''SK.pdf",
        "X-Content-Type-Options": "nosniff",
    })  # fmt: skip
    assert [event.verb for event in Event.objects.order_by("pk")][-2:] == ["row.created", "row.updated"]
    detail = client.get(reverse("bimtek:document_detail", args=[plan.code, row.pk])).text
    assert row.file.sha256 in detail


def test_either_of_two_kinds_will_do(plan: Masterplan) -> None:
    assert points(plan)[0][0] == "Dokumen · Nota kesepahaman atau kesepakatan"
    document(plan, "nota_kesepakatan")
    assert points(plan)[0][1] == "Terdaftar, tetapi berkasnya belum diunggah."
    assert ("Dokumen · Lembar komitmen kepala daerah", "Belum terdaftar.", True) in points(plan, "IV")


@pytest.mark.parametrize(
    ("body", "name", "status"),
    [(b"<script>", "SK.pdf", 422), (b"x" * 200, "SK.pdf", 413), (pdf(), "a\r\nX: y/../../b.exe", 302)],
)
def test_bad_uploads_get_a_sentence_on_the_page(
    body: bytes, name: str, status: int, plan: Masterplan, client: Client, settings: Any
) -> None:
    settings.CYCLE_FILE_MAX_BYTES = 150
    row = document(plan)
    response = upload(client, row, body, name=name)
    assert response.status_code == status
    if status != 302:
        assert "data-flash" in response.text
        return
    row.refresh_from_db()
    assert row.file
    disposition = client.get(reverse("bimtek:file_download", args=[plan.code, row.file_id])).headers[
        "Content-Disposition"
    ]
    assert disposition.endswith("b.pdf")


def test_a_stale_or_missing_upload(plan: Masterplan, client: Client) -> None:
    row = document(plan)
    assert upload(client, row, pdf(), version=9).status_code == 409
    assert client.post(reverse("bimtek:document_file", args=[plan.code, row.pk])).status_code == 422


def test_people_of_another_region_meet_404(plan: Masterplan, client: Client, people: People) -> None:
    row = document(plan)
    upload(client, row, pdf())
    row.refresh_from_db()
    other = make_plan(KOTA_BANJAR)
    addresses = [
        reverse("bimtek:file_download", args=[plan.code, row.file_id]),
        reverse("bimtek:document_detail", args=[plan.code, row.pk]),
        reverse("bimtek:file_download", args=[other.code, row.file_id]),
        reverse("bimtek:document_detail", args=[other.code, row.pk]),
    ]
    stranger = client_of(people.stranger)
    assert [stranger.get(address).status_code for address in addresses] == [404] * 4
    assert upload(client_of(people.author), row, pdf()).status_code == 403


def test_out_of_the_bin_it_has_its_signers_and_its_scan(plan: Masterplan, client: Client, people: People) -> None:
    row = add(client, DOCUMENT, plan, ANSWERS)
    upload(client, row, pdf())
    client.post(DOCUMENT.address("delete", plan, row.pk))
    assert not CycleDocument.objects.exists()
    put_row_back(BinnedRow.objects.get(), by=people.coordinator)
    again = CycleDocument.objects.get()
    assert again.file is not None
    assert [str(each) for each in again.signers.all()] == ["Bupati"]


def test_a_submission_freezes_the_registry(plan: Masterplan, client: Client, people: People) -> None:
    row = add(client, DOCUMENT, plan, ANSWERS)
    upload(client, row, pdf())
    table = send(plan, by=people.coordinator).tables.get(slug="dokumen")
    assert table.rows[0]["cells"] == [
        "SK Dewan Smart City", "Pembentukan Dewan", "188.45/1/2026", "2 Maret 2026", "Bupati", "SK.pdf",
    ]  # fmt: skip


def test_what_was_typed_survives_a_refused_form(plan: Masterplan, client: Client) -> None:
    wrong = {**ANSWERS, "date": "2099-01-01", "signers-1-name": "Tanpa jabatan"}
    page = client.post(DOCUMENT.address("create", plan), wrong)
    assert page.status_code == 422
    assert "Tanggal dokumen lebih dari setahun di depan" in page.text
    assert "Isi jabatan penanda tangan." in page.text
    assert form_data(page.context["form"])["subject"] == "Pembentukan Dewan"
    asked = client.get(DOCUMENT.address("create", plan) + "?jenis=mou")
    assert '<option value="mou" selected>' in asked.text


def test_the_list_costs_the_same_for_1_and_3(plan: Masterplan, client: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(DOCUMENT.address("list", plan))
        return len(queries)

    upload(client, document(plan), pdf())
    cost()
    one = cost()
    for kind in ("sk_dewan", "sk_tim"):
        upload(client, document(plan, kind), pdf(kind))
    assert cost() == one <= 16
