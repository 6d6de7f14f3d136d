"""One open job of a kind, two of a region, the queue, and calling a job off."""

import threading

import pytest
from django.db import connection

from export.asking import ask_export, cancel_export, may_cancel, queue_places
from export.domain import run_export
from export.enums import ExportState
from export.models import ExportJob
from masterplan.models import Masterplan
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.audit.models import Event
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, Refusal, TooOften, WrongState
from tests.people import People, make_plan
from tests.smartcity.accounts.given import person


def ask(plan: Masterplan, by: User, variant: str = "archive", file_format: str = "pdf") -> ExportJob:
    return ask_export(plan=plan, books=["B3"], by=by, file_format=file_format, variant=variant)


def test_a_second_wish_of_the_same_kind_says_who_asked(plan: Masterplan, people: People) -> None:
    ask(plan, people.coordinator)
    with pytest.raises(
        Conflict, match=f"PDF arsip masterplan ini sudah diminta oleh {people.coordinator.display_name}"
    ):
        ask(plan, people.author)
    assert ask(plan, people.author, "small").kind == "PDF kecil"


def test_a_region_has_two_open_jobs_whatever_they_are(plan: Masterplan, people: People) -> None:
    ask(plan, people.coordinator)
    word = ask(make_plan(start_year=2036), people.author, file_format="docx")
    assert (word.kind, word.variant) == ("Word", "")
    with pytest.raises(TooOften, match=r"dua berkas yang belum selesai: .*Word") as raised:
        ask(plan, people.author, "print")
    assert raised.value.status == 429
    assert ask(make_plan("32.79"), people.stranger).state == ExportState.WAITING
    ExportJob.objects.filter(pk=word.pk).update(state=ExportState.DONE, file="x")
    assert ask(plan, people.author, "print").state == ExportState.WAITING


def test_an_unknown_variant_is_refused(plan: Masterplan, people: People) -> None:
    with pytest.raises(Incomplete):
        ask(plan, people.coordinator, "gold")


def test_places_count_those_who_wait(plan: Masterplan, people: People) -> None:
    first, second = ask(plan, people.coordinator), ask(make_plan("32.79"), people.stranger)
    third = ask(plan, people.author, "print")
    assert queue_places() == {first.pk: 1, second.pk: 2, third.pk: 3}
    ExportJob.objects.filter(pk=first.pk).update(state=ExportState.RUNNING)
    assert queue_places() == {second.pk: 1, third.pk: 2}


def test_who_asked_or_the_coordinator_calls_off(plan: Masterplan, people: People) -> None:
    job = ask(plan, people.author)
    assert [name for name, user in people.items() if may_cancel(user, job)] == ["coordinator", "author"]
    with pytest.raises(NotAllowed):
        cancel_export(job, by=people.mentor)
    cancel_export(job, by=people.author)
    job.refresh_from_db()
    assert (job.state, job.ended_at is None) == (ExportState.CANCELLED, False)
    assert Event.objects.get(verb="export.cancelled").actor == people.author
    with pytest.raises(WrongState, match="sudah berakhir"):
        cancel_export(job, by=people.coordinator)
    run_export(job.pk)
    job.refresh_from_db()
    assert (job.state, job.file) == (ExportState.CANCELLED, "")
    assert ask(plan, people.coordinator).state == ExportState.WAITING


def test_wishes_at_the_same_moment_come_one_after_the_other(own_database: None) -> None:
    """Six at once: two jobs, each of another kind."""
    plan, coordinator = make_plan(), person(Role.COORDINATOR)
    barrier, outcomes = threading.Barrier(6), list[str]()

    def wish(variant: str) -> None:
        barrier.wait()
        try:
            outcomes.append(ask(plan, coordinator, variant).state)
        except Refusal as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=wish, args=[variant]) for variant in ("archive", "small", "print") * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("waiting") == 2 == ExportJob.objects.values("variant").distinct().count()
    assert set(outcomes) <= {"waiting", "Conflict", "TooOften"}
