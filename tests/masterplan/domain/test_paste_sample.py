"""Samples of clipboards: what is kept of them, limits, and the file that developers get."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from masterplan.domain import paste_sample as samples
from masterplan.models import Masterplan, PasteSample
from smartcity.audit.models import Event
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, TooLarge
from tests.people import People

TEXTS = {"text/html": "<p>Ā</p>", "text/plain": "Ā", "text/rtf": "{\\rtf1 A}"}
IMAGE = {"type": "image/png", "size": 12}


def send(plan: Masterplan, by: Any, **changes: Any) -> PasteSample:
    clipboard = {"flavours": TEXTS, "images": [IMAGE]}
    given = {"program": "Microsoft Word", "note": " Nomor hilang. ", "clipboard": clipboard} | changes
    return samples.send_sample(plan, by=by, **given)


def test_known_flavours_and_descriptions_of_pictures_are_kept(plan: Masterplan, people: People) -> None:
    bad = [{"type": 1, "size": 1}, {"type": "x", "size": -1}, {"type": "x", "size": True}, "x"]
    clipboard = {"flavours": TEXTS | {"text/x-evil": "x", "text/rtf": 7}, "images": [IMAGE | {"data": "x"}, *bad]}
    sample = send(plan, people.author, clipboard=clipboard)
    assert sample.flavours == {"text/html": "<p>Ā</p>", "text/plain": "Ā", "images": [IMAGE]}
    assert (sample.program, sample.note, sample.sent_by) == ("Microsoft Word", "Nomor hilang.", people.author)


def test_the_fixture_has_exactly_this_form(plan: Masterplan, people: People) -> None:
    sample = send(plan, people.coordinator)
    assert samples.fixture(sample, by=people.ministry_editor) == {
        "format": 1, "program": "Microsoft Word", "note": "Nomor hilang.", "flavours": TEXTS,
    }  # fmt: skip
    assert samples.file_name(sample) == f"tempelan-microsoft-word-{sample.pk}.json"


@pytest.mark.parametrize(
    ("changes", "refusal", "words"),
    [
        ({"program": "Notepad"}, Incomplete, "Pilih program asal"),
        ({"note": " \n"}, Incomplete, "Tulis apa yang tidak benar"),
        ({"clipboard": {}}, Incomplete, "masih kosong"),
        ({"clipboard": ["x"]}, Incomplete, "masih kosong"),
        ({"clipboard": {"flavours": {"text/html": "x" * 2_000_001}}}, TooLarge, "text/html terlalu besar: 2 MB"),
        ({"clipboard": {"flavours": {"text/html": "ā" * 1_000_001}}}, TooLarge, "text/html terlalu besar"),
        (
            {"clipboard": {"flavours": dict.fromkeys(samples.FLAVOURS, "x" * 1_900_000)}},
            TooLarge,
            "Seluruh isi papan klip terlalu besar",
        ),
    ],
)
def test_refusals_keep_nothing(plan: Masterplan, people: People, changes: Any, refusal: Any, words: str) -> None:
    with pytest.raises(refusal, match=words):
        send(plan, people.coordinator, **changes)
    assert PasteSample.objects.count() == 0


def test_twenty_a_day_and_person(plan: Masterplan, people: People) -> None:
    for _ in range(samples.PER_DAY):
        send(plan, people.coordinator)
    with pytest.raises(Conflict, match="sudah mengirim 20 contoh"):
        send(plan, people.coordinator)
    send(plan, people.author)
    PasteSample.objects.update(sent_at=timezone.now() - timedelta(days=2))
    assert send(plan, people.coordinator).pk


def test_who_sends_and_who_collects(plan: Masterplan, people: People) -> None:
    senders = {name for name, user in people.items() if _may(samples.ensure_may_send, plan, user)}
    assert senders == {"coordinator", "author", "dimension_lead"}
    sample = send(plan, people.author)
    collectors = {name for name, user in people.items() if _may(samples.fixture, sample, by=user)}
    assert collectors == {"ministry_editor"}
    with pytest.raises(NotAllowed):
        samples.delete_sample(sample, by=people.author)
    samples.delete_sample(sample, by=people.ministry_editor)
    verbs = list(Event.objects.order_by("pk").values_list("verb", flat=True))
    assert (verbs[-3:], PasteSample.objects.count()) == (["sample.sent", "sample.downloaded", "sample.deleted"], 0)


def _may(act: Any, *args: Any, **kwargs: Any) -> bool:
    try:
        act(*args, **kwargs)
    except NotAllowed:
        return False
    return True


def test_the_list_reads_sizes_and_not_the_texts(
    plan: Masterplan, people: People, django_assert_num_queries: Any
) -> None:
    send(plan, people.author)
    send(plan, people.author, clipboard={"flavours": {"text/plain": "x" * 400}})
    with django_assert_num_queries(1):
        rows: list[Any] = list(samples.samples())
        found = [(r.size_html, r.size_plain, r.size_rtf, len(r.beginning), r.images, r.sent_by.pk) for r in rows]
    own = people.author.pk
    assert found == [(None, 400, None, 300, None, own), (9, 2, 9, 1, [IMAGE], own)]
