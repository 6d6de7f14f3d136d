"""The trail of a region: sentences with time, person, address and reason."""

import pytest

from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.audit.models import Event
from smartcity.audit.sentences import SENTENCES, sentence, verbs_like
from tests.smartcity.accounts.given import BANJAR, KOTA_BANJAR, client_of, person

pytestmark = pytest.mark.django_db
TRAIL = f"/daerah/{BANJAR}/jejak/"


@pytest.fixture
def coordinator() -> User:
    return person(Role.COORDINATOR)


def lines(user: User, text: str = "") -> list[str]:
    return [words for _, words in client_of(user).get(TRAIL, {"cari": text}).context["lines"]]


def test_newest_first_and_only_this_region(coordinator: User) -> None:
    record("opd.created", "Dinas Satu", by=coordinator, regency_id=BANJAR)
    record("opd.closed", "Dinas Dua", by=coordinator, regency_id=BANJAR, reason="Digabung")
    record("opd.created", "Dinas Tiga", by=coordinator, regency_id=KOTA_BANJAR)
    assert lines(coordinator) == ["menutup perangkat daerah Dinas Dua", "menambahkan perangkat daerah Dinas Satu"]
    page = client_of(coordinator).get(TRAIL).text
    assert "Alasan: Digabung" in page
    assert coordinator.display_name in page


@pytest.mark.parametrize(
    ("text", "count"),
    [("menutup", 1), ("dinas dua", 1), ("digabung", 1), ("penulis", 1), ("coordinator", 3), ("subject", 0), ("zzz", 0)],
)
def test_search_finds_what_people_read(coordinator: User, text: str, count: int) -> None:
    record("opd.created", "Dinas Satu", by=coordinator, regency_id=BANJAR)
    record("opd.closed", "Dinas Dua", by=coordinator, regency_id=BANJAR, reason="Digabung")
    record("membership.revoked", "Ani", by=coordinator, regency_id=BANJAR, role="Penulis perangkat daerah")
    assert len(lines(coordinator, text)) == count


def test_pages_of_50(coordinator: User) -> None:
    for number in range(51):
        record("opd.created", f"Dinas {number}", by=None, regency_id=BANJAR)
    assert len(client_of(coordinator).get(TRAIL, {"halaman": "2"}).context["lines"]) == 1


def test_unknown_verb_and_missing_words_still_make_a_sentence() -> None:
    assert sentence(Event(verb="baru.sekali", subject_label="Ini")) == "mencatat “baru.sekali” pada Ini"
    assert sentence(Event(verb="membership.revoked", subject_label="Ani")) == "mencabut peran … dari Ani"


def test_every_sentence_can_be_filled() -> None:
    assert [verb for verb in SENTENCES if "{" in sentence(Event(verb=verb, subject_label="x"))] == []


def test_braces_in_a_name_stay_text() -> None:
    assert sentence(Event(verb="opd.created", subject_label="{verb.__class__}")).endswith("{verb.__class__}")


def test_verbs_are_found_by_their_words_only() -> None:
    assert verbs_like("role") == []
    assert verbs_like("MENUTUP") == ["opd.closed"]


def test_markup_in_a_name_is_shown_as_text(coordinator: User) -> None:
    record("opd.created", "<script>alert(1)</script>", by=coordinator, regency_id=BANJAR)
    assert "<script>alert(1)" not in client_of(coordinator).get(TRAIL).text
