"""The past of a section: work sessions, named versions, comparing, restoring. Nothing here ever deletes text."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zlib import crc32

from django.core.cache import cache
from django.db import connection, transaction

from masterplan import prose
from masterplan.domain.facts import as_read, values_now
from masterplan.domain.section import ensure_present, replace_text
from masterplan.domain.section_log import document_at
from masterplan.models import Masterplan, NamedVersion, Section, StepBatch
from masterplan.rules import can_manage_plan, can_write_section
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, WrongState

PAGE = 30
WEEK = 7 * 24 * 3600

# A session: consecutive saves of one person with pauses of at most 30 minutes, whoever else wrote in between.
SESSIONS = """
SELECT user_id, min(start_version) AS first, max(end_version) AS last, min(at) AS began, max(at) AS ended, count(*) AS saves
FROM (SELECT *, sum(opens) OVER (PARTITION BY user_id ORDER BY start_version) AS run
      FROM (SELECT user_id, start_version, end_version, at,
                   CASE WHEN at - lag(at) OVER (PARTITION BY user_id ORDER BY start_version) <= interval '30 minutes'
                        THEN 0 ELSE 1 END AS opens
            FROM masterplan_stepbatch WHERE section_id = %s) AS saves) AS runs
GROUP BY user_id, run ORDER BY last DESC LIMIT %s OFFSET %s
"""
PLAN_SESSIONS = """
SELECT section_id, user_id, min(start_version), max(end_version), min(at), max(at), count(*)
FROM (SELECT *, sum(opens) OVER (PARTITION BY section_id, user_id ORDER BY start_version) AS run
      FROM (SELECT b.section_id, b.user_id, b.start_version, b.end_version, b.at,
                   CASE WHEN b.at - lag(b.at) OVER (PARTITION BY b.section_id, b.user_id ORDER BY b.start_version)
                             <= interval '30 minutes' THEN 0 ELSE 1 END AS opens
            FROM masterplan_stepbatch b JOIN masterplan_section s ON s.id = b.section_id
            WHERE s.plan_id = %s AND (%s::bigint IS NULL OR b.user_id = %s)) AS saves) AS runs
GROUP BY section_id, user_id, run ORDER BY max(at) DESC LIMIT %s OFFSET %s
"""


@dataclass(frozen=True)
class Session:
    """`first` is the version before its first save, `last` the one after its last."""

    person: str
    first: int
    last: int
    began: datetime
    ended: datetime
    saves: int
    section: Section | None = None


def sessions_of(section: Section, *, page: int = 1) -> tuple[list[Session], bool]:
    """Newest first, and whether there are more."""
    with connection.cursor() as cursor:
        cursor.execute(SESSIONS, [section.pk, PAGE + 1, (page - 1) * PAGE])
        rows = cursor.fetchall()
    names = _names(row[0] for row in rows)
    found = [_session(names, row) for row in rows]
    return found[:PAGE], len(found) > PAGE


def sessions_in_plan(plan: Masterplan, *, person: int | None = None, page: int = 1) -> tuple[list[Session], bool]:
    """Who wrote where, over all sections, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(PLAN_SESSIONS, [plan.pk, person, person, PAGE + 1, (page - 1) * PAGE])
        rows = cursor.fetchall()
    names = _names(row[1] for row in rows)
    keys = {row[0] for row in rows}
    sections = Section.objects.filter(pk__in=keys).without_text().select_related("outline_section").in_bulk()
    found = [_session(names, row[1:], sections[row[0]]) for row in rows]
    return found[:PAGE], len(found) > PAGE


def _session(names: dict[int, str], row: tuple[Any, ...], section: Section | None = None) -> Session:
    user, first, last, began, ended, saves = row
    return Session(names.get(user, "Perintah server"), first, last, began, ended, saves, section)


def _names(ids: Any) -> dict[int, str]:
    return dict(User.objects.filter(pk__in={pk for pk in ids if pk}).values_list("pk", "display_name"))


def writers_of(plan: Masterplan) -> list[tuple[int, str]]:
    ids = StepBatch.objects.filter(section__plan=plan, user__isnull=False).order_by().values("user").distinct()
    return list(User.objects.filter(pk__in=ids).order_by("display_name").values_list("pk", "display_name"))


@dataclass(frozen=True)
class Save:
    """One line of the detailed log."""

    version: int
    person: str
    at: datetime
    steps: int
    text: str


def log_of(section: Section, *, page: int = 1) -> tuple[list[Save], bool]:
    start = (page - 1) * PAGE
    batches = section.batches.select_related("user").order_by("-start_version")[start : start + PAGE + 1]
    found = [
        Save(
            batch.end_version,
            batch.user.display_name if batch.user else "Perintah server",
            batch.at,
            len(batch.steps),
            "(usulan kata)" if batch.is_suggestion else prose.inserted_text(batch.steps)[:120],
        )
        for batch in batches
    ]
    return found[:PAGE], len(found) > PAGE


def name_version(section: Section, *, version: int, name: str, by: User) -> NamedVersion:
    """Whoever may write the section may name its versions. Raises Conflict for the same name at the same version, Incomplete for none."""
    if not can_write_section(by, section):
        raise NotAllowed("Versi diberi nama oleh penulis bagian ini atau koordinator.")
    ensure_present(section)
    if not 0 <= version <= section.version:
        raise WrongState("Versi ini tidak ada.")
    kept = {"named_by": by, "facts": values_now(section.plan, text_at(section, version))}
    named, is_new = NamedVersion.objects.get_or_create(
        section=section, version=version, name=_clean(name), defaults=kept
    )
    if not is_new:
        raise Conflict(f"Versi {version} sudah bernama “{named.name}”.")
    record(
        "version.named", section, by=by, regency_id=section.plan.regency_id, plan_code=section.plan.code,
        version=version, name=named.name,
    )  # fmt: skip
    return named


@transaction.atomic
def name_plan_version(plan: Masterplan, *, name: str, by: User) -> int:
    """The present version of every section under one name, such as “Hasil Bimtek I”; returns how many."""
    if not can_manage_plan(by, plan):
        raise NotAllowed("Seluruh rencana diberi nama versi oleh koordinator.")
    name = _clean(name)
    if NamedVersion.objects.filter(section__plan=plan, name=name).exists():
        raise Conflict(f"Nama “{name}” sudah dipakai dalam rencana ini.", next_step="Pilih nama lain.")
    sections = list(Section.objects.present().filter(plan=plan).defer("html"))
    values = values_now(plan, *(section.doc for section in sections))
    NamedVersion.objects.bulk_create(
        NamedVersion(
            section=section,
            version=section.version,
            name=name,
            named_by=by,
            facts=prose.values_in(section.doc, values),
        )
        for section in sections
    )
    record("plan.version_named", plan, by=by, regency_id=plan.regency_id, plan_code=plan.code, name=name)
    return len(sections)


def _clean(name: str) -> str:
    clean = name.replace("\x00", "").strip()[:120]
    if not clean:
        raise Incomplete("Tulis nama versinya.", next_step="Misalnya: Hasil Bimtek I.")
    return clean


def unname(named: NamedVersion, *, by: User) -> None:
    """Takes the name away, never the version."""
    if named.named_by_id != by.pk and not can_manage_plan(by, named.section.plan):
        raise NotAllowed("Nama versi dihapus oleh pemberinya atau koordinator.")
    plan = named.section.plan
    record(
        "version.unnamed", named.section, by=by, regency_id=plan.regency_id, plan_code=plan.code,
        version=named.version, name=named.name,
    )  # fmt: skip
    named.delete()


def text_at(section: Section, version: int) -> dict[str, Any]:
    """Without suggestions. Raises prose.Refused for a version that never was."""
    return section.doc if version == section.version else prose.rejected(document_at(section, version))


def compared(section: Section, before: int, after: int) -> prose.Comparison:
    """Versions never change, so a comparison is made once and kept for a week; only their live facts may be read anew."""
    old, new = (as_read(section, version, text_at(section, version)) for version in (before, after))
    values = [prose.fact_values(doc) for doc in (old, new)]
    key = f"compare:2:{section.pk}:{before}:{after}:{crc32(repr(values).encode())}"
    found: prose.Comparison | None = cache.get(key)
    if found is None:
        found = prose.compare(old, new)
        cache.set(key, found, WEEK)
    return found


def restore(section: Section, *, version: int, by: User) -> Section:
    """An old text as a new version; the present one stays in the history."""
    if not can_write_section(by, section):
        raise NotAllowed("Bagian ini tidak ditugaskan kepada Anda.")
    doc = text_at(section, version)
    if doc == section.doc:
        raise WrongState(f"Naskah sekarang sudah sama dengan versi {version}.")
    try:
        changed = replace_text(section, doc=doc, by=by)
    except prose.Refused as refusal:
        raise WrongState(
            f"Versi {version} tidak dapat dipulihkan: {refusal}",
            next_step="Salin bagian yang diperlukan dari versi itu.",
        ) from refusal
    record(
        "version.restored", section, by=by, regency_id=section.plan.regency_id, plan_code=section.plan.code,
        version=version,
    )  # fmt: skip
    return changed
