"""After a save: a while later the worker sets the changed parts, so that an export finds them on the shelf."""

import logging
import time
from functools import partial
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models.signals import post_save
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from bimtek.models import BodyMember, CycleDocument, CycleEvent, CycleStep
from export.children import Limits
from export.domain import book_order, shelf
from export.enums import OPEN_STATES
from export.models import ExportJob
from export.press import TypesettingError, set_ahead
from masterplan.models import BookLook, Masterplan, StepBatch
from masterplan.registers import EVERY_KIND

logger = logging.getLogger(__name__)
TASK = "export.tasks.set_parts_ahead"
QUEUE = "ahead"
LAST_PRIORITY = -10
OF_ANNEXES = (BodyMember, CycleDocument, CycleEvent, CycleStep)
GENTLE = Limits(niceness=15)
_asked: dict[int, float] = {}


def listen_to_saves() -> None:
    """Called once when Django starts: texts, planning rows, the annexes' rows, and the look, which changes every part."""
    heard: set[type[models.Model]] = {StepBatch, BookLook, *OF_ANNEXES, *(kind.model for kind in EVERY_KIND.values())}
    for model in heard:
        post_save.connect(_saved, sender=model, dispatch_uid=f"export.ahead.{model._meta.label}")


def _saved(instance: models.Model, **_: Any) -> None:
    if settings.SET_AHEAD_SECONDS:
        for plan_id in _plans_of(instance):
            transaction.on_commit(partial(ask_ahead, plan_id), robust=True)


def _plans_of(instance: models.Model) -> list[int]:
    if isinstance(instance, StepBatch):
        return [instance.section.plan_id]
    if isinstance(instance, BookLook):
        return list(Masterplan.objects.filter(regency=instance.regency_id).values_list("pk", flat=True))
    plan_id = getattr(instance, "plan_id", None)
    return [] if plan_id is None else [plan_id]


def ask_ahead(plan_id: int) -> None:
    """One waiting task a plan. A process that has just asked need not ask again: the task reads what is stored when it begins."""
    now = time.monotonic()
    if now - _asked.get(plan_id, -1e9) < settings.SET_AHEAD_SECONDS:
        return
    _asked[plan_id] = now
    task = app.configure_task(
        TASK,
        queue=QUEUE,
        priority=LAST_PRIORITY,
        queueing_lock=f"export.ahead.{plan_id}",
        schedule_in={"seconds": settings.SET_AHEAD_SECONDS},
    )
    try:
        with transaction.atomic():
            task.defer(plan_id=plan_id)
    except AlreadyEnqueued:
        return  # another process asked


def set_plan_ahead(plan_id: int) -> int:
    """How many parts were set. Gives way to an export of the plan, and leaves failures to it: nobody waits for this one."""
    plan = Masterplan.objects.filter(pk=plan_id).first()
    if plan is None or is_exported(plan_id):
        return 0
    try:
        job = book_order(plan).print_job()
        return set_ahead(job, shelf(), GENTLE, gives_way=partial(is_exported, plan_id))
    except TypesettingError as error:
        logger.warning("Bagian buku %s belum dapat ditata: %s %s", plan.code, error, error.detail)
        return 0


def is_exported(plan_id: int) -> bool:
    """Somebody waits for a book of the plan, which sets the same parts."""
    return ExportJob.objects.filter(plan=plan_id, state__in=OPEN_STATES).exists()
