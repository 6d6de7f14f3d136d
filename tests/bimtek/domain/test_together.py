"""Several connections at once: writers during a submission, and two clicks on one button."""

import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from bimtek.domain import frozen
from bimtek.domain.approval import Signing, approve
from bimtek.domain.edition import Outcome, judge_ekspose
from bimtek.domain.submission import submit
from bimtek.models import Approval, ApprovalChain, Edition, Stage, Submission
from masterplan.domain.section import save_steps
from masterplan.models import Issue, PlanMember, Section
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.audit.models import Event
from tests.bimtek.given import ALL, event, section_of, stage
from tests.masterplan.domain.test_section import typed
from tests.people import make_plan
from tests.smartcity.accounts.given import person

LIMIT = 30


def elsewhere(work: Callable[[], Any]) -> Any:
    """On a connection of its own, waited for."""
    found: list[Any] = []

    def run() -> None:
        try:
            found.append(work())
        except Exception as error:  # noqa: BLE001 - handed to the test
            found.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(LIMIT)
    assert found, "still waiting: the writer was held up"
    return found[0]


def test_what_is_written_meanwhile_is_wholly_outside(own_database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the texts and the rows somebody saves a text and adds a row: neither is in, and nobody had to wait."""
    plan, coordinator = make_plan(), person(Role.COORDINATOR)
    section = section_of(plan)
    save_steps(section, version=0, client="a", steps=[typed("Sebelum.")], by=coordinator)
    read_tables = frozen.frozen_tables

    def write() -> int:
        writer = User.objects.get(pk=coordinator.pk)
        saved = save_steps(section_of(plan), version=1, client="b", steps=[typed("Sesudah. ")], by=writer)
        dimension = plan.dimension_set.dimensions.all()[0]
        Issue.objects.create(plan=plan, dimension=dimension, text="Isu yang datang terlambat")
        return saved.version

    def after_the_texts(given: Any) -> Any:
        assert elsewhere(write) == 2
        return read_tables(given)

    monkeypatch.setattr(frozen, "frozen_tables", after_the_texts)
    submission, _ = submit(plan, stage=stage("I"), token=str(uuid.uuid4()), accepted=ALL, by=coordinator)
    kept = submission.sections.get(code="B1.1.1")
    assert (kept.version, kept.doc["content"][0]["content"][0]["text"]) == (1, "Sebelum.")
    assert submission.tables.get(slug="isu").rows == []
    assert any(point["place"]["kind"] == "isu" for point in submission.points)
    assert (Section.objects.get(pk=section.pk).version, Issue.objects.count()) == (2, 1)
    assert frozen.is_whole(submission)


@pytest.mark.parametrize("same_form", [True, False])
def test_two_clicks_at_once(own_database: None, monkeypatch: pytest.MonkeyPatch, same_form: bool) -> None:
    """Both have frozen the plan before either stores; of two forms the later one has nothing new to say."""
    plan, coordinator = make_plan(), person(Role.COORDINATOR)
    freeze, gate = frozen.freeze, threading.Barrier(2, timeout=LIMIT)

    def both_frozen(*given: Any) -> Any:
        done = freeze(*given)
        gate.wait()
        return done

    monkeypatch.setattr("bimtek.domain.submission.freeze", both_frozen)
    token = str(uuid.uuid4())
    answers: list[Any] = []

    def click() -> None:
        try:
            own = token if same_form else str(uuid.uuid4())
            who = User.objects.get(pk=coordinator.pk)
            answers.append(submit(plan, stage=Stage.objects.get(code="I"), token=own, accepted=ALL, by=who))
        except Exception as error:  # noqa: BLE001 - looked at below
            answers.append(error)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join(LIMIT)
    only = Submission.objects.get()
    assert (only.number, Event.objects.filter(verb="submission.sent").count()) == (1, 1)
    if same_form:
        assert sorted(answers, key=lambda answer: answer[1]) == [(only, False), (only, True)]
    else:
        assert {str(answer) for answer in answers if isinstance(answer, Exception)} == {
            "Tidak ada yang berubah sejak Bimtek I, kiriman 1."
        }


def test_the_last_approval_and_the_acceptance_at_once_bring_out_one_edition(own_database: None) -> None:
    """Neither sees what the other has not committed: without waiting both would leave the edition to the other."""
    plan, coordinator, head = make_plan(), person(Role.COORDINATOR), person(Role.APPROVER)
    mentor = person(Role.MENTOR)
    PlanMember.objects.create(plan=plan, user=mentor, role=Role.MENTOR)
    submission, _ = submit(plan, stage=stage("I"), token=str(uuid.uuid4()), accepted=ALL, by=coordinator)
    chain = ApprovalChain.objects.create(
        submission=submission, plan=plan, sha256="a" * 64, started_by=coordinator, started_by_name="x"
    )
    approval = Approval.objects.create(chain=chain, position=1, office="Sekretaris Daerah")
    held = event(plan, kind="ekspose")
    signing = Signing("pejabat", "Pejabat", "Sekretaris Daerah")
    approved = threading.Event()

    def sign() -> None:
        try:
            with transaction.atomic():
                approve(approval, signing=signing, sha256=chain.sha256, by=User.objects.get(pk=head.pk))
                approved.set()
                time.sleep(1)  # not committed yet
        finally:
            connection.close()

    thread = threading.Thread(target=sign)
    thread.start()
    assert approved.wait(LIMIT)
    outcome = Outcome("nasional", "Bupati", "diterima")
    elsewhere(lambda: judge_ekspose(held, outcome=outcome, by=User.objects.get(pk=mentor.pk)))
    thread.join(LIMIT)
    assert [(each.number, each.chain) for each in Edition.objects.all()] == [(1, chain)]
