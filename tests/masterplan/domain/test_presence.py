"""Presence and pen with the time given: who is here, who writes, and that nothing outlives the person."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from masterplan.domain import presence
from masterplan.domain.presence import Company, Here, Pen, SectionCompany, Taken
from masterplan.models import Masterplan, Presence, Section, SectionLease
from smartcity.ui.refusal import NotAllowed
from tests.people import People

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
COORDINATOR, AUTHOR = "Coordinator.63.03", "Author.63.03"


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


@pytest.fixture
def shared(section: Section, author_office: Any) -> Section:
    section.opds.add(author_office)
    return section


def look(section: Section, user: Any, client: str = "", seconds: float = 0, *, writing: bool = False) -> Company:
    return presence.company_of(section, user=user, client=client, writing=writing, now=after(seconds))


def take(section: Section, user: Any, client: str, seconds: float = 0, *, takeover: bool = False) -> bool:
    return presence.take_pen(section, user=user, client=client, takeover=takeover, now=after(seconds))


def test_everybody_who_polls_is_here_until_45_seconds_later(shared: Section, people: People) -> None:
    look(shared, people.coordinator, "k")
    seen = look(shared, people.author, "a", 20)
    assert seen == Company(
        [Here(COORDINATOR, "k", False, False), Here(people.author.display_name, "a", False, True)], None, None
    )
    assert [here.client for here in look(shared, people.author, "a", 45).here] == ["a"]


def test_a_tab_writes_its_heartbeat_at_most_every_ten_seconds(
    shared: Section, people: People, django_assert_num_queries: Any
) -> None:
    look(shared, people.coordinator, "k")
    with django_assert_num_queries(2):
        look(shared, people.coordinator, "k", 9.9)
    assert Presence.objects.get().seen_at == NOON
    with django_assert_num_queries(3):
        look(shared, people.coordinator, "k", 10)
    assert Presence.objects.get().seen_at == after(10)


def test_old_rows_go_when_somebody_new_comes(shared: Section, people: People) -> None:
    look(shared, people.coordinator, "k")
    look(shared, people.author, "a", 3700)
    assert list(Presence.objects.values_list("client", flat=True)) == ["a"]


def test_the_pen_is_free_45_seconds_after_the_last_sign(shared: Section, people: People) -> None:
    assert take(shared, people.coordinator, "k")
    assert not take(shared, people.author, "a", 44.9)
    assert look(shared, people.author, "a", 44.9).pen == Pen("k", COORDINATOR, after(45), False)
    assert look(shared, people.author, "a", 45).pen is None
    assert take(shared, people.author, "a", 45)


def test_writing_prolongs_the_pen_and_reading_does_not(shared: Section, people: People) -> None:
    take(shared, people.coordinator, "k")
    look(shared, people.coordinator, "k", 30)
    assert SectionLease.objects.get().until == after(45)
    look(shared, people.coordinator, "k", 40, writing=True)
    assert SectionLease.objects.get().until == after(85)
    look(shared, people.coordinator, "k", 90, writing=True)  # too late: it is free, not revived
    assert SectionLease.objects.get().until == after(85)


def test_another_persons_writing_never_prolongs(shared: Section, people: People) -> None:
    take(shared, people.coordinator, "k")
    look(shared, people.author, "a", 40, writing=True)
    presence.prolong(shared, client="a", now=after(40))
    assert SectionLease.objects.get().until == after(45)


def test_takeover_tells_the_one_who_held_it_and_can_be_taken_back(shared: Section, people: People) -> None:
    take(shared, people.coordinator, "k")
    assert take(shared, people.author, "a", 5, takeover=True)
    lost = look(shared, people.coordinator, "k", 6)
    assert (lost.pen, lost.taken) == (
        Pen("a", people.author.display_name, after(50), False), Taken(people.author.display_name, after(5)),
    )  # fmt: skip
    assert look(shared, people.author, "a", 6).taken is None
    assert take(shared, people.coordinator, "k", 8, takeover=True)
    assert look(shared, people.coordinator, "k", 9).taken is None
    assert look(shared, people.author, "a", 9).taken == Taken(COORDINATOR, after(8))
    assert look(shared, people.author, "a", 400).taken is None


def test_other_tab_of_the_same_person_needs_no_takeover(shared: Section, people: People) -> None:
    take(shared, people.coordinator, "k")
    assert take(shared, people.coordinator, "k2", 1)
    assert look(shared, people.coordinator, "k", 2).taken is None


def test_leaving_frees_the_pen_and_only_ones_own(shared: Section, people: People) -> None:
    take(shared, people.coordinator, "k")
    look(shared, people.coordinator, "k")
    presence.leave(shared, user=people.author, client="k", now=after(1))
    assert look(shared, people.author, "", 1).pen is not None
    presence.leave(shared, user=people.coordinator, client="k", now=after(1))
    assert look(shared, people.author, "", 1) == Company([], None, None)


def test_who_may_not_write_gets_no_pen(section: Section, people: People) -> None:
    with pytest.raises(NotAllowed):
        take(section, people.council_reader, "d", takeover=True)


def test_plan_shows_each_name_once_and_the_writer(plan: Masterplan, shared: Section, people: People) -> None:
    for client in ("k", "k2"):
        look(shared, people.coordinator, client)
    look(shared, people.author, "a")
    take(shared, people.author, "a")
    names = sorted([COORDINATOR, people.author.display_name])
    assert presence.company_in_plan(plan, now=after(1)) == {"B1.1.1": SectionCompany(names, people.author.display_name)}
    assert presence.company_in_plan(plan, now=after(60)) == {}
