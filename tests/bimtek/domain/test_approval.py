"""The chain of heads on one PDF, what ends it, and the edition that follows from approval and acceptance."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from bimtek.domain.approval import Signing, add_sheet, approve, send_back, start_chain, turn_of, what_hinders
from bimtek.domain.book import order_again
from bimtek.domain.edition import Outcome, enact, judge_ekspose
from bimtek.domain.frozen import is_whole
from bimtek.models import (
    Approval,
    ApprovalChain,
    ApprovalOffice,
    Edition,
    EksposeOutcome,
    Enactment,
    SignedSheet,
    StoredFile,
    Submission,
    SubmittedBook,
)
from bimtek.rules import approvers_of, can_approve
from masterplan.domain.section import replace_text
from masterplan.models import Masterplan
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.audit.models import Event
from smartcity.audit.sentences import sentence
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, Refusal, WrongState
from tests.bimtek.given import (
    document,
    event,
    judge_all,
    made_book,
    official,
    paragraph,
    pdf,
    section_of,
    send,
)
from tests.people import People
from tests.smartcity.accounts.given import person

pytestmark = pytest.mark.django_db
OFFICES = ["Kepala Dinas Komunikasi dan Informatika", "Sekretaris Daerah", "Bupati Banjar"]
SIGNED = Signing("pejabat", "Pejabat Daerah", "Sekretaris Daerah")
DELEGATED = Signing("plh", "Pejabat Daerah", "Sekretaris Daerah", "800/1/2026")


@pytest.fixture
def submission(banjar: Masterplan, people: People) -> Submission:
    return send(banjar, "IV", by=people.coordinator)


@pytest.fixture
def ready(submission: Submission, people: People) -> Submission:
    """Judged by the mentor, and its PDF made by another process: what this one holds of the book is older."""
    judge_all(submission, by=people.mentor)
    official(submission, "", "dengan_catatan", "Lanjutkan.", by=people.mentor)
    made_book(submission)
    return submission


@pytest.fixture
def chain(ready: Submission, people: People) -> ApprovalChain:
    return start_chain(ready, people={}, by=people.coordinator)


def refusal(call: Callable[[], object], kind: type[Refusal]) -> str:
    with pytest.raises(kind) as caught:
        call()
    return caught.value.sentence


def sign(chain: ApprovalChain, by: User, signing: Signing | None = None, digest: str = "") -> Approval:
    """In their own office first, then by delegation."""
    turn = turn_of(chain)
    assert turn is not None
    own = signing or (DELEGATED if chain.approvals.filter(by=by).exists() else SIGNED)
    return approve(turn, signing=own, sha256=digest or chain.sha256, by=by)


def accepted(plan: Masterplan, by: User, verdict: str = "diterima", note: str = "") -> EksposeOutcome:
    held = event(plan, kind="ekspose", title="Ekspose nasional")
    return judge_ekspose(held, outcome=Outcome("nasional", "Bupati Banjar", verdict, note), by=by)


def test_a_final_submission_freezes_its_book_and_others_do_not(submission: Submission, people: People) -> None:
    assert SubmittedBook.objects.get().submission == submission
    assert set(submission.facts) - set(send(submission.plan, "II", by=people.coordinator).facts) == {"book"}
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
        SubmittedBook.objects.update(content=b"lain")
    made_book(submission)
    for change in (lambda: SubmittedBook.objects.update(sha256="0" * 64), lambda: SubmittedBook.objects.all().delete()):
        with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
            change()


def test_a_book_that_was_exchanged_is_no_longer_whole(submission: Submission, people: People) -> None:
    assert is_whole(submission)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # triggers refuse it otherwise
        SubmittedBook.objects.update(content=b"lain")
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert not is_whole(submission)


def test_what_must_be_there_before_a_chain(submission: Submission, people: People) -> None:
    found = [what_hinders(send(submission.plan, "II", by=people.coordinator)), what_hinders(submission)]
    made_book(submission)
    found.append(what_hinders(submission))
    judge_all(submission, by=people.mentor)
    official(submission, "", "perlu_perbaikan", "Bab IV.", by=people.mentor)
    found.append(what_hinders(submission))
    assert found == [
        "Pengesahan hanya untuk kiriman tahap akhir.",
        "PDF kiriman ini belum selesai dibuat.",
        "Pendapat peninjau atas tahap ini belum dikeluarkan.",
        "Peninjau menilai kiriman ini perlu perbaikan; perbaiki, lalu kirim lagi.",
    ]
    said = refusal(lambda: start_chain(submission, people={}, by=people.coordinator), WrongState)
    assert said == found[-1]


def test_a_newer_final_submission_closes_the_older_one(ready: Submission, people: People) -> None:
    replace_text(section_of(ready.plan), doc=paragraph("Baru."), by=people.coordinator)
    send(ready.plan, "IV", by=people.coordinator)
    assert what_hinders(ready) == "Sudah ada kiriman tahap akhir yang lebih baru."


def test_the_coordinator_starts_it_once_for_the_offices_of_the_region(ready: Submission, people: People) -> None:
    for user in (people.mentor, people.author, people.approver, people.ministry_editor):
        with pytest.raises(NotAllowed):
            start_chain(ready, people={}, by=user)
    for forged in (people.author.pk, people.mentor.pk, 999_999):
        said = refusal(lambda key=forged: start_chain(ready, people={"sekda": key}, by=people.coordinator), Incomplete)
        assert said == "1 orang yang dipilih bukan pimpinan daerah ini."
    chain = start_chain(ready, people={"sekda": people.approver.pk}, by=people.coordinator)
    assert [(each.office, each.person) for each in chain.approvals.all()] == [
        (OFFICES[0], None), (OFFICES[1], people.approver), (OFFICES[2], None),
    ]  # fmt: skip
    assert chain.sha256 == SubmittedBook.objects.get().sha256 != ""
    assert "sudah dimulai" in refusal(lambda: start_chain(ready, people={}, by=people.coordinator), WrongState)


def test_a_city_has_its_wali_kota(ready: Submission, people: People) -> None:
    ready.plan.regency.head_title = "Wali Kota"
    chain = start_chain(ready, people={}, by=people.coordinator)
    assert chain.approvals.last() is not None
    assert str(chain.approvals.last()) == "Wali Kota Banjar"


def test_one_after_the_other_and_nobody_out_of_turn(chain: ApprovalChain, people: People) -> None:
    first, second, _ = chain.approvals.all()
    late = lambda: approve(second, signing=SIGNED, sha256=chain.sha256, by=people.approver)  # noqa: E731
    assert refusal(late, WrongState) == "Sekretaris Daerah sudah memutuskan atau belum gilirannya."
    for name, user in people.items():
        if name != "approver":
            with pytest.raises(NotAllowed):
                approve(first, signing=SIGNED, sha256=chain.sha256, by=user)
    done = sign(chain, people.approver)
    assert (done.state, done.by, done.sha256, done.signer) == (
        "disetujui",
        people.approver,
        chain.sha256,
        "Pejabat Daerah",
    )
    again = lambda: approve(first, signing=SIGNED, sha256=chain.sha256, by=people.approver)  # noqa: E731
    assert refusal(again, WrongState) == f"{OFFICES[0]} sudah memutuskan atau belum gilirannya."
    assert turn_of(chain) == second


def test_only_the_person_who_was_asked(ready: Submission, people: People) -> None:
    other = person(Role.APPROVER, mailbox="bupati")
    chain = start_chain(ready, people={"kominfo": other.pk}, by=people.coordinator)
    assert refusal(lambda: sign(chain, people.approver), NotAllowed) == f"{OFFICES[0]} diputuskan oleh Bupati."
    assert sign(chain, other).by == other


def test_another_pdf_is_not_approved(chain: ApprovalChain, people: People) -> None:
    said = refusal(lambda: sign(chain, people.approver, digest="0" * 64), Conflict)
    assert said == "PDF yang Anda lihat bukan yang disahkan."


def test_nobody_approves_what_they_wrote(chain: ApprovalChain, people: People) -> None:
    replace_text(section_of(chain.plan), doc=paragraph("Naskah pimpinan."), by=people.approver)
    said = refusal(lambda: sign(chain, people.approver), NotAllowed)
    assert said == "Anda ikut menulis naskah ini, jadi tidak mengesahkannya."


@pytest.mark.parametrize(
    ("signing", "said"),
    [
        (Signing("raja", "A", "B"), "Pilih sebagai apa Anda menandatangani."),
        (Signing("pejabat", " \x00", "B"), "Isi nama dan jabatan penanda tangan."),
        (Signing("atas_nama", "A", "Sekda"), "Isi nomor surat yang melimpahkan kewenangan."),
        (Signing("plt", "A", "B", " "), "Isi nomor surat yang melimpahkan kewenangan."),
    ],
)
def test_a_signature_says_who_and_by_what_right(
    chain: ApprovalChain, people: People, signing: Signing, said: str
) -> None:
    assert refusal(lambda: sign(chain, people.approver, signing), Incomplete) == said


def test_nobody_holds_two_offices(chain: ApprovalChain, people: People) -> None:
    sign(chain, people.approver)
    said = refusal(lambda: sign(chain, people.approver, SIGNED), Incomplete)
    assert said == f"Anda sudah mengesahkan sebagai {OFFICES[0]}; di sini hanya sebagai a.n., Plt. atau Plh."
    assert sign(chain, people.approver, DELEGATED).state == "disetujui"


def test_delegation_is_kept_as_it_stands_on_the_sheet(chain: ApprovalChain, people: People) -> None:
    done = sign(chain, people.approver, Signing("plh", "Siti", "Asisten I", "800/12/2026", "Selama dinas luar."))
    assert (done.get_capacity_display(), done.mandate, done.note) == (
        "Plh. (pelaksana harian)", "800/12/2026", "Selama dinas luar.",
    )  # fmt: skip


def test_sent_back_it_ends_and_says_why(chain: ApprovalChain, people: People) -> None:
    turn = turn_of(chain)
    assert turn is not None
    assert (
        refusal(lambda: send_back(turn, note=" ", by=people.approver), Incomplete) == "Tulis apa yang perlu diperbaiki."
    )
    send_back(turn, note="Anggaran 2027.", by=people.approver)
    chain.refresh_from_db()
    assert (chain.state, turn_of(chain)) == ("dikembalikan", None)
    assert "sudah dimulai" in refusal(
        lambda: start_chain(chain.submission, people={}, by=people.coordinator), WrongState
    )
    assert accepted(chain.plan, people.mentor).verdict == "diterima"
    assert not Edition.objects.exists()


def test_what_was_decided_never_changes(chain: ApprovalChain, people: People) -> None:
    for _ in range(3):
        sign(chain, people.approver)
    sheet = add_sheet(chain.approvals.all()[0], upload=pdf(), name="TTD.pdf", by=people.coordinator)
    accepted(chain.plan, people.mentor)
    for change in (
        lambda: Approval.objects.update(note="lain"),
        lambda: Approval.objects.filter(position=2).delete(),
        lambda: ApprovalChain.objects.update(sha256="0" * 64),
        lambda: Edition.objects.update(number=9),
        lambda: EksposeOutcome.objects.update(note="lain"),
        lambda: SignedSheet.objects.filter(pk=sheet.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
            change()


def test_a_sheet_belongs_to_what_was_signed(chain: ApprovalChain, people: People) -> None:
    first = chain.approvals.all()[0]
    call = lambda: add_sheet(first, upload=pdf(), name="x.pdf", by=people.coordinator)  # noqa: E731
    assert refusal(call, WrongState) == "Belum ada yang ditandatangani di sini."
    sign(chain, people.approver)
    first.refresh_from_db()
    with pytest.raises(NotAllowed):
        add_sheet(first, upload=pdf(), name="x.pdf", by=people.author)
    with pytest.raises(Incomplete):
        add_sheet(first, upload=b"<html>", name="x.pdf", by=people.coordinator)
    assert (SignedSheet.objects.count(), StoredFile.objects.filter(plan=chain.plan).count()) == (0, 0)


def test_the_edition_comes_whichever_is_last(chain: ApprovalChain, people: People) -> None:
    """Approved by all first, then accepted; and the other way round."""
    plan = chain.plan
    for _ in range(3):
        assert not Edition.objects.exists()
        sign(chain, people.approver)
    accepted(plan, people.mentor, "diperbaiki", "Lengkapi.")
    assert not Edition.objects.exists()
    outcome = accepted(plan, people.mentor)
    first = Edition.objects.get()
    assert (first.number, first.accepted, first.sha256, first.chain) == (1, outcome, chain.sha256, chain)
    replace_text(section_of(plan), doc=paragraph("Revisi."), by=people.coordinator)
    later = send(plan, "IV", by=people.coordinator)
    judge_all(later, by=people.mentor)
    official(later, "", by=people.mentor)
    made_book(later)
    again = start_chain(later, people={}, by=people.coordinator)
    accepted(plan, people.ministry_editor)
    for _ in range(3):
        sign(again, people.approver)
    assert [(each.number, each.chain) for each in Edition.objects.all()] == [(2, again), (1, chain)]
    said = [sentence(each) for each in Event.objects.filter(verb="edition.published").order_by("pk")]
    assert said == ["menerbitkan Edisi 1 masterplan", "menerbitkan Edisi 2 masterplan"]


def test_what_was_accepted_before_it_was_handed_in_does_not_count(
    banjar: Masterplan, people: People
) -> None:  # fmt: skip
    accepted(banjar, people.mentor)
    submission = send(banjar, "IV", by=people.coordinator)
    judge_all(submission, by=people.mentor)
    official(submission, "", by=people.mentor)
    made_book(submission)
    chain = start_chain(submission, people={}, by=people.coordinator)
    for _ in range(3):
        sign(chain, people.approver)
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome("dunia", "A", "diterima"), "Pilih tingkat dan putusannya."),
        (Outcome("nasional", "A", "mungkin"), "Pilih tingkat dan putusannya."),
        (Outcome("nasional", " ", "diterima"), "Isi siapa yang memaparkan, paling banyak 160 aksara."),
        (Outcome("nasional", "A", "diperbaiki"), "Tulis apa yang perlu diperbaiki."),
        (Outcome("nasional", "A", "diterima", "x" * 4001), "Catatan terlalu panjang: 4001 aksara, paling banyak 4000."),
    ],
)
def test_what_is_no_outcome(banjar: Masterplan, people: People, outcome: Outcome, said: str) -> None:
    held = event(banjar, kind="ekspose")
    assert refusal(lambda: judge_ekspose(held, outcome=outcome, by=people.mentor), Incomplete) == said


def test_who_judges_an_ekspose_and_which_event_is_one(banjar: Masterplan, people: People) -> None:
    fine = Outcome("nasional", "Bupati", "diterima")
    held = event(banjar, kind="ekspose")
    for user in (people.coordinator, people.author, people.approver, people.assessor):
        with pytest.raises(NotAllowed):
            judge_ekspose(held, outcome=fine, by=user)
    for other in (event(banjar), event(banjar, kind="ekspose", is_cancelled=True)):
        said = refusal(lambda it=other: judge_ekspose(it, outcome=fine, by=people.mentor), WrongState)
        assert said == "Kegiatan ini bukan ekspose yang berlangsung."


def test_an_edition_is_enacted_once_by_a_regulation_of_its_plan(chain: ApprovalChain, people: People) -> None:
    for _ in range(3):
        sign(chain, people.approver)
    accepted(chain.plan, people.mentor)
    edition = Edition.objects.get()
    rule = document(chain.plan, "peraturan", number="12 Tahun 2026")
    with pytest.raises(NotAllowed):
        enact(edition, document=rule, by=people.mentor)
    for wrong in (None, document(chain.plan, "mou")):
        with pytest.raises(Incomplete):
            enact(edition, document=wrong, by=people.coordinator)
    assert enact(edition, document=rule, by=people.coordinator).label == "Peraturan kepala daerah 12 Tahun 2026"
    assert (
        refusal(lambda: enact(edition, document=rule, by=people.coordinator), WrongState) == "Edisi 1 sudah ditetapkan."
    )
    assert Enactment.objects.count() == 1


def test_who_may_approve_agrees_with_who_is_asked(banjar: Masterplan, people: People) -> None:
    person(Role.APPROVER, "32.79", mailbox="lain")
    person(Role.APPROVER, mailbox="bupati")
    asked = set(approvers_of(banjar))
    assert asked == {user for user in User.objects.all() if can_approve(user, banjar)}
    assert len(asked) == 2


def test_a_failed_book_is_ordered_again_and_a_made_one_never(submission: Submission, people: People) -> None:
    book = SubmittedBook.objects.get()
    said = "PDF kiriman ini tidak perlu dibuat lagi."
    assert refusal(lambda: order_again(book, by=people.coordinator), WrongState) == said
    SubmittedBook.objects.update(reason="Gagal.")
    with pytest.raises(NotAllowed):
        order_again(SubmittedBook.objects.get(), by=people.author)
    order_again(SubmittedBook.objects.get(), by=people.coordinator)
    assert SubmittedBook.objects.get().reason == ""
    assert refusal(lambda: order_again(made_book(submission), by=people.coordinator), WrongState) == said


def test_the_offices_are_reference_data_that_loads_again() -> None:
    assert [(office.code, office.is_head) for office in ApprovalOffice.objects.all()] == [
        ("kominfo", False), ("sekda", False), ("kepala", True),
    ]  # fmt: skip


def test_two_chains_cannot_run_at_once(chain: ApprovalChain, people: People) -> None:
    other = send(chain.plan, "III", by=people.coordinator)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApprovalChain.objects.create(
            plan=chain.plan, submission=other, sha256="0" * 64, started_by=people.coordinator, started_by_name="x"
        )
    assert chain.started_at - chain.submission.at < timedelta(minutes=10)


def test_a_newer_submission_waits_until_the_running_chain_ends(chain: ApprovalChain, people: People) -> None:
    plan = chain.plan
    replace_text(section_of(plan), doc=paragraph("Naskah yang diperbaiki."), by=None)
    newer = send(plan, "IV", by=people.coordinator)
    judge_all(newer, by=people.mentor)
    official(newer, "", by=people.mentor)
    made_book(newer)
    assert refusal(lambda: start_chain(newer, people={}, by=people.coordinator), WrongState) == (
        "Pengesahan atas Bimtek IV, kiriman 1 masih berjalan; pimpinan daerah mengembalikannya lebih dahulu."
    )
    turn = turn_of(chain)
    assert turn is not None
    send_back(turn, note="Ada kiriman yang lebih baru.", by=people.approver)
    assert start_chain(newer, people={}, by=people.coordinator).state == "berjalan"
