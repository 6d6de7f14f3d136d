"""Materials and photos of an event."""

from django.db import transaction

from bimtek.domain.stored_file import ensure_may_store, file_for
from bimtek.models import CycleEvent, EventFile
from masterplan.domain.stored import Upload
from masterplan.rules import can_manage_plan
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.ui.refusal import Incomplete, NotAllowed

MOST_FILES = 60


def add_file(
    event: CycleEvent, *, upload: Upload | bytes, name: str, kind: str, caption: str, by: User
) -> EventFile:  # fmt: skip
    ensure_may_store(by, event.plan)
    if event.files.count() >= MOST_FILES:
        raise Incomplete(f"Paling banyak {MOST_FILES} berkas untuk satu kegiatan.")
    with file_for(event.plan, upload=upload, name=name, by=by) as stored:
        made = EventFile.objects.create(event=event, stored=stored, kind=kind, caption=caption)
        _record("event_file.added", made, by)
        return made


@transaction.atomic
def remove_file(file: EventFile, *, by: User) -> None:
    """Off the page; the stored file stays for submissions that name it."""
    if not can_manage_plan(by, file.event.plan):
        raise NotAllowed("Berkas diatur oleh koordinator daerah.", next_step="Hubungi koordinator.")
    _record("event_file.removed", file, by)
    file.delete()


def _record(verb: str, file: EventFile, by: User) -> None:
    plan = file.event.plan
    record(verb, file, by=by, regency_id=plan.regency_id, plan_code=plan.code, event=file.event.title)
