"""A composed section written by hand, and back: which of the two it is follows from whether it has a text."""

from django.db import transaction

from export.source import read
from export.summary.compose import composed_html
from masterplan import prose
from masterplan.domain.section import ensure_present, replace_text
from masterplan.models import Section
from masterplan.rules import can_write_section
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed

STALE = "Naskah bagian ini berubah sejak halaman dibuka."
AGAIN = "Muat ulang halaman, lalu ulangi."
NOTHING = "Belum ada data yang dapat diringkas untuk bagian ini."


@transaction.atomic
def write_by_hand(section: Section, *, version: int, by: User) -> Section:
    """The composed text becomes the section's own, to be edited; from then on rows no longer change it."""
    locked = _locked(section, version, by)
    if locked.words:
        raise Conflict("Bagian ini sudah ditulis sendiri.", next_step=AGAIN)
    html = composed_html(read(section.plan), section.outline_section)
    if not html:
        raise Incomplete(NOTHING, next_step="Isi tabelnya dahulu, atau langsung tulis naskahnya.")
    return _replaced(section, prose.parse_html(html), "summary.by_hand", by)


@transaction.atomic
def compose_again(section: Section, *, version: int, by: User) -> Section:
    """The own text goes; it stays in the history and can be restored from there."""
    locked = _locked(section, version, by)
    if not locked.words:
        raise Conflict("Bagian ini sudah memakai ringkasan otomatis.", next_step=AGAIN)
    return _replaced(section, prose.empty_doc(), "summary.composed", by)


def _locked(section: Section, version: int, by: User) -> Section:
    if not section.outline_section.is_summary or not can_write_section(by, section):
        raise NotAllowed("Bagian ini tidak ditugaskan kepada Anda.")
    locked = Section.objects.select_for_update().get(pk=section.pk)
    ensure_present(locked)
    if locked.version != version:
        raise Conflict(STALE, next_step=AGAIN)
    return locked


def _replaced(section: Section, doc: dict[str, object], verb: str, by: User) -> Section:
    changed = replace_text(section, doc=doc, by=by)
    place = {"regency_id": section.plan.regency_id, "plan_code": section.plan.code}
    record(verb, section, by=by, **place, section=section.outline_section.code)
    return changed
