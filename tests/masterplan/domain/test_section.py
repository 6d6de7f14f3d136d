"""Saving steps: versions, retries, refusals, and many writers at once."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from masterplan import prose
from masterplan.domain import section as sections
from masterplan.domain import section_log
from masterplan.domain.section import Stale
from masterplan.domain.section_log import Missed
from masterplan.models import Masterplan, Section, StepBatch
from smartcity.ui.refusal import NotAllowed, TooLarge
from tests.people import People


def typed(text: str, at: int = 1) -> dict[str, Any]:
    return {"stepType": "replace", "from": at, "to": at, "slice": {"content": [{"type": "text", "text": text}]}}


def save(section: Section, text: str, by: Any, *, version: int, client: str = "a") -> sections.Saved:
    return sections.save_steps(section, version=version, client=client, steps=[typed(text)], by=by)


def test_save_stores_text_html_words_and_log(section: Section, people: People) -> None:
    saved = save(section, "Kabupaten Banjar", people.coordinator, version=0)
    section.refresh_from_db()
    batch = section.batches.get()
    assert (saved.version, section.version, section.words) == (1, 1, 2)
    assert section.html.endswith(">Kabupaten Banjar</p>")
    assert section.updated_by == people.coordinator
    assert (batch.start_version, batch.end_version, batch.steps, batch.client) == (
        0,
        1,
        [typed("Kabupaten Banjar")],
        "a",
    )
    assert saved.fingerprint == prose.fingerprint(prose.load(section.doc))


def test_stale_save_stores_nothing_and_tells_what_was_missed(section: Section, people: People) -> None:
    save(section, "satu", people.coordinator, version=0)
    with pytest.raises(Stale) as stale:
        save(section, "dua", people.coordinator, version=0, client="b")
    assert stale.value.missed == Missed(1, [typed("satu")], ["a"])
    assert StepBatch.objects.count() == 1


def test_retry_after_a_lost_answer_finds_its_own_steps(section: Section, people: People) -> None:
    save(section, "satu", people.coordinator, version=0)
    with pytest.raises(Stale) as stale:
        save(section, "satu", people.coordinator, version=0)
    assert stale.value.missed.clients == ["a"]


def test_steps_since_a_version_inside_a_batch(section: Section, people: People) -> None:
    steps = [typed("a"), typed("b"), typed("c")]
    sections.save_steps(section, version=0, client="a", steps=steps, by=people.coordinator)
    section.refresh_from_db()
    assert section_log.steps_since(section, 2) == Missed(3, [typed("c")], ["a"])
    assert section_log.steps_since(section, 3) == Missed(3, [], [])


def test_refused_step_changes_nothing(section: Section, people: People) -> None:
    before = section.doc
    with pytest.raises(prose.Refused):
        sections.save_steps(
            section, version=0, client="a", steps=[typed("baik"), typed("x", at=9999)], by=people.coordinator
        )
    section.refresh_from_db()
    assert (section.doc, section.version, StepBatch.objects.count()) == (before, 0, 0)


def test_too_many_steps_are_refused(section: Section, people: People) -> None:
    with pytest.raises(TooLarge):
        sections.save_steps(section, version=0, client="a", steps=[typed("x")] * 5001, by=people.coordinator)


@pytest.mark.parametrize("name", ["author", "approver", "council_reader", "stranger", "nobody"])
def test_only_those_to_whom_it_is_assigned_may_write(section: Section, people: People, name: str) -> None:
    with pytest.raises(NotAllowed):
        save(section, "x", getattr(people, name), version=0)


def test_assigned_office_may_write(section: Section, people: People, author_office: Any) -> None:
    section.opds.add(author_office)
    assert save(section, "x", people.author, version=0).version == 1


def test_dimension_lead_writes_the_sections_of_the_dimension(plan: Masterplan, people: People) -> None:
    economy = Section.objects.select_related("plan", "outline_section__dimension").get(
        plan=plan, outline_section__code="B2.3.3"
    )
    assert save(economy, "x", people.dimension_lead, version=0).version == 1


def test_old_versions_can_be_rebuilt(section: Section, people: People) -> None:
    texts = []
    for version in range(205):  # over the first snapshot
        save(section, "x", people.coordinator, version=version)
        section.refresh_from_db()
        texts.append(section.doc)
    assert list(section.snapshots.order_by("version").values_list("version", flat=True)) == [0, 200]
    assert [section_log.document_at(section, version) for version in (1, 199, 200, 203)] == [
        texts[0], texts[198], texts[199], texts[202],
    ]  # fmt: skip


def test_replaced_text_is_a_new_version_and_a_step(section: Section, people: People) -> None:
    save(section, "lama", people.coordinator, version=0)
    sections.replace_text(section, doc=prose.parse_html("<p>baru sekali</p>"), by=None)
    section.refresh_from_db()
    assert (section.version, section.words) == (2, 2)
    assert section_log.document_at(section, 1) != section.doc == section_log.document_at(section, 2)


def test_the_log_cannot_be_rewritten(section: Section, people: People) -> None:
    save(section, "satu", people.coordinator, version=0)
    with pytest.raises(DatabaseError, match="Cannot update rows"), transaction.atomic():
        StepBatch.objects.update(steps=[])
    assert section.batches.get().steps == [typed("satu")]
