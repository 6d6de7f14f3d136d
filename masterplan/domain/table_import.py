"""Tables on their way into a plan, as workbooks or pasted blocks: read, shown, then written whole or dropped."""

import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, cast

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from masterplan.domain.reading_child import EXCEL, read_in_child
from masterplan.domain.word_import import clean_name
from masterplan.enums import TableImportState
from masterplan.models import Masterplan, TableImport
from masterplan.rules import can_manage_plan, is_writer
from masterplan.workbook.package import EXCEL as FAMILY
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, Refusal, TooLarge, WrongState

type Json = dict[str, Any]

MAX_FILES = 12
MAX_OPEN = 40
MAX_BYTES = FAMILY.max_bytes
KEPT_DAYS = 14
BLOCK_NAME = "Tempelan dari papan klip"
KEPT = ("result", "refused", "next_step")


def content(table_import: TableImport) -> Json:
    """The reading as it is stored."""
    return cast("Json", table_import.reading)


def ensure_may_import(plan: Masterplan, user: User) -> None:
    if not is_writer(user, plan):
        raise NotAllowed(
            "Anda tidak mempunyai baris yang dapat ditulis pada masterplan ini.",
            next_step="Hubungi koordinator daerah.",
        )


def visible_imports(plan: Masterplan, user: User) -> QuerySet[TableImport]:
    """One's own; the coordinator sees everybody's."""
    imports = TableImport.objects.filter(plan=plan).select_related("by")
    return imports if can_manage_plan(user, plan) else imports.filter(by=user)


def read_workbooks(*, plan: Masterplan, files: Sequence[tuple[str, bytes]], by: User) -> uuid.UUID:
    """Each file by itself, so that an unfit one does not hold up the others. Gives the batch that holds them all.

    Raises a Refusal, and writes nothing, where no file can be read.
    """
    ensure_may_import(plan, by)
    if not files:
        raise Incomplete("Pilih berkas Excel (.xlsx) lebih dahulu.")
    if len(files) > MAX_FILES:
        raise TooLarge(f"Paling banyak {MAX_FILES} berkas sekaligus.", next_step="Unggah sisanya sesudah ini.")
    _ensure_room(plan, by, len(files))
    read = [(clean_name(name), _read(plan, clean_name(name), data)) for name, data in files]
    if all("refused" in reading for _, reading in read) and len(read) == 1:
        raise Incomplete(read[0][1]["refused"], next_step=read[0][1]["next_step"])
    batch = uuid.uuid4()
    with transaction.atomic():
        for name, reading in read:
            state = TableImportState.UNFIT if "refused" in reading else TableImportState.READ
            _keep(plan, by, name=name, reading=reading, batch=batch, state=state)
    return batch


def keep_block(*, plan: Masterplan, kind: str, reading: Json, by: User) -> uuid.UUID:
    """A pasted block with the answers on how it is meant."""
    ensure_may_import(plan, by)
    _ensure_room(plan, by, 1)
    with transaction.atomic():
        kept = _keep(plan, by, name=BLOCK_NAME, reading=reading, kind=kind, batch=uuid.uuid4())
    return kept.batch


def change_settings(table_import: TableImport, settings: Json) -> None:
    with transaction.atomic():
        waiting = lock_waiting(table_import)
        waiting.reading = content(waiting) | {"settings": settings}
        waiting.save(update_fields=["reading"])


def apply_import(table_import: TableImport, write: Callable[[], Json], *, by: User) -> None:
    """Everything that `write` does, or nothing; what it gives back is kept as the result. Raises what it raises."""
    with transaction.atomic():
        waiting = lock_waiting(table_import)
        waiting.reading = content(waiting) | {"result": write()}
        _close(waiting, TableImportState.APPLIED)
        _record("applied", waiting, by)


def drop_batch(imports: Sequence[TableImport], *, by: User) -> None:
    with transaction.atomic():
        for table_import in imports:
            waiting = lock_waiting(table_import)
            _close(waiting, TableImportState.DROPPED)
            _record("dropped", waiting, by)


def lock_waiting(table_import: TableImport) -> TableImport:
    found = TableImport.objects.select_for_update(of=("self",)).select_related("plan__regency")
    locked = found.get(pk=table_import.pk)
    if locked.state != TableImportState.READ:
        raise WrongState("Tabel ini sudah diputuskan.", next_step="Lihat daftar kiriman untuk hasilnya.")
    return locked


def _read(plan: Masterplan, name: str, data: bytes) -> Json:
    if len(data) > MAX_BYTES:
        return {"refused": f"Berkas lebih besar dari {MAX_BYTES // 1_000_000} MB.", "next_step": FAMILY.smaller}
    try:
        reading = read_in_child(EXCEL, data, name)
    except Refusal as refusal:
        return {"refused": refusal.sentence, "next_step": refusal.next_step}
    if reading["plan"] != plan.code:
        return {"refused": "Berkas ini dari masterplan lain.", "next_step": "Unggah di masterplan asalnya."}
    return reading


def _ensure_room(plan: Masterplan, by: User, count: int) -> None:
    old = timezone.now() - timedelta(days=KEPT_DAYS)
    for forgotten in TableImport.objects.filter(plan=plan, state=TableImportState.READ, at__lt=old):
        _close(forgotten, TableImportState.DROPPED)
    waiting = TableImport.objects.filter(plan=plan, by=by, state=TableImportState.READ).count()
    if waiting + count > MAX_OPEN:
        raise Conflict(
            f"Masih ada {waiting} tabel Anda yang menunggu keputusan.",
            next_step="Simpan atau batalkan dahulu, lalu kirim lagi.",
        )


def _keep(plan: Masterplan, by: User, **values: Any) -> TableImport:
    table_import = TableImport.objects.create(plan=plan, by=by, **values)
    if table_import.state == TableImportState.READ:
        _record("read", table_import, by)
    return table_import


def _close(table_import: TableImport, state: str) -> None:
    """What was read leaves with the decision: what was used stands in the rows, the rest is not ours to keep."""
    table_import.state = state
    table_import.decided_at = timezone.now()
    table_import.reading = {key: value for key, value in content(table_import).items() if key in KEPT}
    table_import.save(update_fields=["state", "decided_at", "reading"])


def _record(what: str, table_import: TableImport, by: User) -> None:
    plan = table_import.plan
    record(f"table_import.{what}", table_import, by=by, regency_id=plan.regency_id, plan_code=plan.code)
