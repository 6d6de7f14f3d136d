"""Setting parts ahead of time: asked for once after saves, gives way to an export, quiet when it fails."""

from pathlib import Path
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoCaptureOnCommitCallbacks

from bimtek.models import BodyMember
from export import ahead
from export.asking import ask_export
from export.domain import shelf
from export.models import ExportJob
from export.press import TypesettingError
from masterplan.domain.section import replace_text
from masterplan.models import BookLook, Issue, Masterplan
from tests.bimtek.given import paragraph, section_of
from tests.people import People


@pytest.fixture(autouse=True)
def awake(settings: Any, tmp_path: Path) -> None:
    settings.SET_AHEAD_SECONDS = 45
    settings.PARTS_ROOT = tmp_path / "parts"
    ahead._asked.clear()


def queued() -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(task_name=ahead.TASK))


def test_many_saves_ask_once_with_the_last_priority(
    plan: Masterplan, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for words in ("Satu.", "Dua.", "Tiga."):
            replace_text(section_of(plan), doc=paragraph(words), by=None)
    (task,) = queued()
    assert (task.args, task.priority, task.queueing_lock) == ({"plan_id": plan.pk}, -10, f"export.ahead.{plan.pk}")
    assert task.scheduled_at is not None
    ahead._asked.clear()  # another process: the waiting task is enough
    ahead.ask_ahead(plan.pk)
    assert len(queued()) == 1


def test_a_saved_row_asks_too(
    plan: Masterplan, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        Issue.objects.create(plan=plan, dimension=plan.dimension_set.dimensions.first(), text="Isu", position=1)
    assert [task.args for task in queued()] == [{"plan_id": plan.pk}]


def test_a_new_look_and_a_row_of_the_annexes_ask_too(
    plan: Masterplan, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        BookLook.objects.create(regency=plan.regency, primary="#7a1f3d")
    with django_capture_on_commit_callbacks(execute=True):
        BodyMember.objects.create(plan=plan, body="tim_pelaksana", seat="Ketua", holder="Sekretaris Daerah", position=1)
    assert [task.args for task in queued()] == [{"plan_id": plan.pk}]
    ProcrastinateJob.objects.all().delete()
    ahead._asked.clear()
    with django_capture_on_commit_callbacks(execute=True):
        BodyMember.objects.update_or_create(plan=plan, body="tim_pelaksana", seat="Ketua", defaults={"holder": "Sekda"})
    assert [task.args for task in queued()] == [{"plan_id": plan.pk}]


def test_an_abandoned_save_asks_nothing(plan: Masterplan, settings: Any) -> None:
    replace_text(section_of(plan), doc=paragraph("Belum disimpan."), by=None)
    assert queued() == []


@pytest.mark.long
def test_an_export_finds_every_part_that_was_set_ahead(plan: Masterplan, people: People) -> None:
    replace_text(section_of(plan), doc=paragraph("Kalimat pertama."), by=None)
    assert ahead.set_plan_ahead(plan.pk) > 2
    assert ahead.set_plan_ahead(plan.pk) == 0
    replace_text(section_of(plan), doc=paragraph("Kalimat kedua."), by=None)
    assert ahead.set_plan_ahead(plan.pk) == 1
    ask_export(plan=plan, books=["B1"], by=people.coordinator)
    replace_text(section_of(plan), doc=paragraph("Kalimat ketiga."), by=None)
    assert ahead.set_plan_ahead(plan.pk) == 0


def test_a_failure_is_left_to_the_export(
    plan: Masterplan, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> int:
        raise TypesettingError("Penataan halaman gagal pada Buku I.", "rincian")

    monkeypatch.setattr(ahead, "set_ahead", fail)
    assert ahead.set_plan_ahead(plan.pk) == 0
    assert "gagal pada Buku I" in caplog.text
    assert not ExportJob.objects.exists()
    assert not shelf().folder.exists()


def test_a_plan_that_is_gone_is_no_work(db: None) -> None:
    assert ahead.set_plan_ahead(987654) == 0
