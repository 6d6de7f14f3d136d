"""The pages of approval, editions and the outcome of an ekspose, as each side meets them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bimtek.domain.approval import turn_of
from bimtek.models import Approval, ApprovalChain, Edition, Submission
from masterplan.models import Masterplan
from tests.bimtek.given import document, event, judge_all, made_book, official, pdf, send
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(banjar: Masterplan, people: People) -> Submission:
    submission = send(banjar, "IV", by=people.coordinator)
    judge_all(submission, by=people.mentor)
    official(submission, "", by=people.mentor)
    made_book(submission)
    return submission


def address(submission: Submission, name: str, *more: object) -> str:
    return reverse(f"bimtek:{name}", args=[submission.plan.code, submission.stage_id, submission.number, *more])


def signing(chain: ApprovalChain, **more: str) -> dict[str, str]:
    values = {"signer": "Pejabat", "signer_office": "Sekda", "capacity": "pejabat", "sha256": chain.sha256}
    return values | more


def test_from_start_to_edition(ready: Submission, people: People) -> None:
    coordinator, head, mentor = (client_of(user) for user in (people.coordinator, people.approver, people.mentor))
    page = coordinator.post(address(ready, "approval_start"), {"orang-sekda": str(people.approver.pk)}, follow=True)
    assert ("Pengesahan dimulai." in page.text, "Menunggu keputusan" in page.text) == (True, True)
    chain = ApprovalChain.objects.get()
    assert ("Bupati Banjar" in page.text, chain.sha256 in page.text, ">Sahkan<" in page.text) == (True, True, False)
    for more in ({}, {"capacity": "plh", "mandate": "1/2026"}, {"capacity": "atas_nama", "mandate": "2/2026"}):
        turn = turn_of(chain)
        assert turn is not None
        page = head.post(address(ready, "approval_decide", turn.pk), signing(chain, **more), follow=True)
        assert f"{turn.office}: disahkan." in page.text
        chain.refresh_from_db()
    assert "Edisi terbit setelah ekspose" in page.text
    held = event(ready.plan, kind="ekspose", title="Ekspose nasional")
    said = {"level": "nasional", "presenter": "Bupati <b>", "verdict": "diterima", "note": ""}
    page = mentor.post(reverse("bimtek:ekspose_judge", args=[ready.plan.code, held.pk]), said, follow=True)
    assert ("Putusan ekspose tercatat." in page.text, "Bupati &lt;b&gt;" in page.text) == (True, True)
    editions = reverse("bimtek:edition_list", args=[ready.plan.code])
    assert "Daftarkan peraturan kepala daerah" in coordinator.get(editions).text
    rule = document(ready.plan, "peraturan", number="12/2026")
    enacted = reverse("bimtek:edition_enact", args=[ready.plan.code, 1])
    page = coordinator.post(enacted, {"dokumen": str(rule.pk)}, follow=True)
    assert ("Penetapan Edisi 1 tercatat." in page.text, Edition.objects.get().sha256 in page.text) == (True, True)
    download = client_of(people.author).get(address(ready, "book_download"))
    assert b"".join(download) == pdf(str(ready.pk))
    assert download.headers["Cache-Control"] == "no-store, private"


def test_a_refused_decision_keeps_what_was_typed(ready: Submission, people: People) -> None:
    client_of(people.coordinator).post(address(ready, "approval_start"))
    head, chain, first = client_of(people.approver), ApprovalChain.objects.get(), Approval.objects.all()[0]
    decide = address(ready, "approval_decide", first.pk)
    without = head.post(decide, signing(chain, capacity="plt", signer="Nama Panjang"))
    assert (without.status_code, "Nama Panjang" in without.text) == (422, True)
    other = head.post(decide, signing(chain, sha256="0" * 64))
    assert (other.status_code, "bukan yang disahkan" in other.text) == (409, True)
    back = head.post(decide, {"kembalikan": "1", "alasan": " "})
    assert (back.status_code, "Tulis apa yang perlu diperbaiki." in back.text) == (422, True)
    page = head.post(decide, {"kembalikan": "1", "alasan": "Anggaran <i>2027"}, follow=True)
    assert ("Dikembalikan untuk diperbaiki." in page.text, "Anggaran &lt;i&gt;2027" in page.text) == (True, True)
    assert ">Sahkan<" not in page.text


def test_the_signed_sheet_stands_under_its_approval(ready: Submission, people: People) -> None:
    coordinator = client_of(people.coordinator)
    coordinator.post(address(ready, "approval_start"))
    chain, first = ApprovalChain.objects.get(), Approval.objects.all()[0]
    client_of(people.approver).post(address(ready, "approval_decide", first.pk), signing(chain))
    sheet = SimpleUploadedFile("Tanda tangan.pdf", pdf())
    page = coordinator.post(address(ready, "approval_sheet", first.pk), {"berkas": sheet}, follow=True)
    assert "Lembar tanda tangan: Tanda tangan.pdf" in page.text
    refused = coordinator.post(
        address(ready, "approval_sheet", first.pk), {"berkas": SimpleUploadedFile("x.pdf", b"x")}
    )
    assert refused.status_code == 422


def test_what_is_not_final_has_no_approval_and_forged_ids_are_not_found(ready: Submission, people: People) -> None:
    other = send(ready.plan, "II", by=people.coordinator)
    coordinator = client_of(people.coordinator)
    assert [coordinator.get(address(other, name)).status_code for name in ("approval_detail", "book_download")] == [
        404,
        404,
    ]
    assert coordinator.post(address(ready, "approval_decide", 999_999), {}).status_code == 404
    forged = coordinator.post(address(ready, "approval_start"), {"orang-sekda": "9" * 5_000})
    assert forged.status_code == 302  # no number is nobody in particular


def test_the_page_says_what_hinders(banjar: Masterplan, people: People) -> None:
    submission = send(banjar, "IV", by=people.coordinator)
    page = client_of(people.coordinator).get(address(submission, "approval_detail")).text
    assert ("PDF sedang dibuat" in page, "PDF kiriman ini belum selesai dibuat." in page) == (True, True)
    empty = client_of(people.author).get(reverse("bimtek:edition_list", args=[banjar.code])).text
    assert "Belum ada edisi" in empty
