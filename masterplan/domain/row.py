"""Verbs of planning rows: add, change by compare-and-swap, delete; next free codes; where the books print a row."""

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Max, ProtectedError

from masterplan import rules
from masterplan.domain.row_content import keep_in_bin
from masterplan.models import BinnedRow, Masterplan, OutlineSection, Section
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.audit.models import Event
from smartcity.ui.refusal import Conflict, NotAllowed, WrongState

type Values = Mapping[str, Any]
NAMED_REFERRERS = 5


class StaleRowError(Conflict):
    """Somebody else saved or deleted the row in the meantime."""


@transaction.atomic
def create_row[R: models.Model](*, plan: Masterplan, model: type[R], values: Values, by: User | None) -> R:
    """`values` may hold columns, lists for many-to-many fields and lists of mappings for child rows."""
    row: Any = model(plan=plan)
    _assign(row, values)
    guard(row, by)
    if has_field(model, "position"):
        row.position = next_position(plan, model)
    _save(row)
    _write_related(row, values)
    record_row("row.created", row, by, sorted(values))
    return row  # type: ignore[no-any-return]


@transaction.atomic
def update_row[R: models.Model](row: R, *, version: int, values: Values, by: User | None) -> R:
    """Raises StaleRowError unless the stored row still has the version that the person started from."""
    return update_held(locked(row), version=version, values=values, by=by)  # type: ignore[return-value]


def update_held[R: models.Model](fresh: R, *, version: int, values: Values, by: User | None) -> R:
    """As `update_row`, for a row that came from `locked` in the same transaction."""
    _ensure_current(fresh, version)
    guard(fresh, by)
    changed = _assign(fresh, values)
    guard(fresh, by)
    changed += _write_related(fresh, values)
    if changed:
        if has_field(type(fresh), "version"):
            fresh.version += 1  # type: ignore[attr-defined]
        _save(fresh)
        record_row("row.updated", fresh, by, sorted(changed))
    return fresh


@transaction.atomic
def delete_row(row: models.Model, *, version: int | None = None, by: User | None) -> BinnedRow:
    """Into the bin for 90 days. Refused while other rows refer to it; the refusal names them."""
    fresh: Any = locked(row)
    if version is not None:
        _ensure_current(fresh, version)
    guard(fresh, by)
    used_by = referrers(fresh)
    if used_by:
        raise _in_use(fresh, used_by)
    record_row("row.deleted", fresh, by, [])
    binned = keep_in_bin(fresh, by=by)
    try:
        fresh.delete()
    except ProtectedError as error:
        raise _in_use(fresh, [_named(found) for found in error.protected_objects]) from error
    return binned


def version_of(row: models.Model) -> int:
    """The row's version, or a checksum of its content where the table keeps none."""
    version = getattr(row, "version", None)
    if version is not None:
        return int(version)
    content = [str(field.value_from_object(row)) for field in row._meta.concrete_fields]
    return zlib.crc32("\x1f".join(content).encode())


def referrers(row: models.Model) -> list[str]:
    """Rows that stand in the way of deleting this one, as short names."""
    found: list[str] = []
    for relation in row._meta.related_objects:
        blocks = relation.many_to_many or getattr(relation, "on_delete", None) is models.PROTECT
        if blocks:
            lookup = {f"{relation.field.name}": row}
            found += [_named(other) for other in relation.related_model._default_manager.filter(**lookup).distinct()]
    return found


def last_change(row: models.Model) -> Event | None:
    """The latest recorded change of this row; None for rows that came from a plan file and were never touched."""
    plan: Masterplan = row.plan  # type: ignore[attr-defined]
    return Event.objects.filter(
        plan_code=plan.code, verb__startswith="row.", data__table=row._meta.label_lower, data__id=row.pk
    ).first()


def was_deleted(plan: Masterplan, model: type[models.Model], pk: int) -> bool:
    return Event.objects.filter(
        plan_code=plan.code, verb="row.deleted", data__table=model._meta.label_lower, data__id=pk
    ).exists()


def next_position(plan: Masterplan, model: type[models.Model]) -> int:
    highest = model._default_manager.filter(plan=plan).aggregate(highest=Max("position"))["highest"]
    return (highest or 0) + 1


def next_code(prefix: str, codes: Iterable[str], *, width: int = 1) -> str:
    """The number after the highest one used with this prefix, as wide as the plan writes them."""
    pattern = re.compile(rf"{re.escape(prefix)}(\d+)", re.IGNORECASE)
    numbers = [match[1] for code in codes if (match := pattern.fullmatch(code))]
    highest = max((int(number) for number in numbers), default=0)
    return f"{prefix}{highest + 1:0{max((len(number) for number in numbers), default=width)}d}"


def printed_in(plan: Masterplan, key: str, suffix: str | None = None) -> list[OutlineSection]:
    """Parts of the outline, present in the plan, that print this table; `suffix` narrows to one dimension or group."""
    if not key:
        return []
    sections = OutlineSection.objects.filter(section__in=Section.objects.present().filter(plan=plan)).exclude(tables=[])
    wanted = {key, f"{key}:{suffix}"}
    return [
        section
        for section in sections.select_related("chapter__book")
        if any(table in wanted or (suffix is None and table.split(":")[0] == key) for table in section.tables)
    ]


def locked(row: models.Model) -> models.Model:
    """The row as stored now, held until the transaction ends; raises StaleRowError when it is gone."""
    fresh = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
    if fresh is None:
        msg = "Baris ini sudah dihapus orang lain."
        raise StaleRowError(msg, next_step="Kembali ke daftar.")
    fresh.plan = row.plan  # type: ignore[attr-defined]
    return fresh


def _ensure_current(row: models.Model, version: int) -> None:
    if version_of(row) != version:
        msg = "Baris ini sudah diubah orang lain sejak Anda membukanya."
        raise StaleRowError(msg, next_step="Bandingkan isian Anda dengan nilai sekarang, lalu simpan lagi.")


def guard(row: Any, by: User | None) -> None:
    """Raises NotAllowed where this person may not write the row; a command on the server may."""
    if by is not None and not rules.can_write_row(by, row):
        msg = "Baris ini di luar perangkat daerah atau dimensi yang Anda tangani."
        raise NotAllowed(msg, next_step="Hubungi koordinator daerah bila baris ini seharusnya Anda isi.")


def _assign(row: models.Model, values: Values) -> list[str]:
    changed = []
    for name, value in values.items():
        if row._meta.get_field(name).concrete and not row._meta.get_field(name).many_to_many:
            if row.pk is None or getattr(row, name) != value:
                changed.append(name)
            setattr(row, name, value)
    return changed


def _write_related(row: models.Model, values: Values) -> list[str]:
    changed = []
    for name, value in values.items():
        field = row._meta.get_field(name)
        if field.many_to_many:
            differs = _write_links(getattr(row, name), value)
        elif field.one_to_many:
            differs = _write_children(row, name, value)
        else:
            continue
        if differs:
            changed.append(name)
    return changed


def _write_links(links: Any, wanted: Iterable[models.Model]) -> bool:
    chosen = {other.pk for other in wanted}
    if chosen == set(links.values_list("pk", flat=True)):
        return False
    links.set(chosen)
    return True


def _write_children(row: models.Model, name: str, wanted: Sequence[Values]) -> bool:
    manager = getattr(row, name)
    if has_field(manager.model, "year"):
        return _write_years(row, manager, wanted)
    kept = [{key: getattr(child, key) for key in entry} for entry, child in zip(wanted, manager.all(), strict=False)]
    if kept == [dict(entry) for entry in wanted] and manager.count() == len(wanted):
        return False
    manager.all().delete()
    for entry in wanted:
        manager.create(**entry)
    return True


def _write_years(row: Any, manager: Any, wanted: Sequence[Values]) -> bool:
    """Only years of the detailed range are replaced; what lies outside it stays. Money by source has a line a source."""
    names = ("year", "source") if has_field(manager.model, "source") else ("year",)
    stored = {tuple(getattr(child, name) for name in names): child for child in manager.all()}
    differs = False
    for entry in wanted:
        child = stored.pop(tuple(entry[name] for name in names), None)
        if child is None:
            manager.create(**entry)
        elif any(getattr(child, key) != value for key, value in entry.items()):
            for key, value in entry.items():
                setattr(child, key, value)
            child.save()
        else:
            continue
        differs = True
    emptied = [child.pk for child in stored.values() if child.year in row.plan.detail_range]
    if emptied:
        manager.filter(pk__in=emptied).delete()
    return differs or bool(emptied)


def _save(row: models.Model) -> None:
    """Without a savepoint: the refusal ends the caller's transaction."""
    try:
        row.save()
    except IntegrityError as error:
        msg = "Baris lain dengan kode atau nomor yang sama baru saja disimpan."
        raise Conflict(msg, next_step="Pakai kode lain, lalu simpan lagi.") from error


def record_row(verb: str, row: Any, by: User | None, fields: list[str]) -> None:
    plan: Masterplan = row.plan
    record(
        verb,
        row,
        by=by,
        regency_id=plan.regency_id,
        plan_code=plan.code,
        table=row._meta.label_lower,
        id=row.pk,
        fields=fields,
    )


def _in_use(row: models.Model, used_by: Sequence[str]) -> WrongState:
    return WrongState(
        f"{_named(row)} belum dapat dihapus karena masih dipakai oleh {sentence_list(used_by)}.",
        next_step="Lepaskan dulu kaitannya di baris tersebut, lalu hapus lagi.",
    )


def sentence_list(names: Sequence[str]) -> str:
    shown = ", ".join(names[:NAMED_REFERRERS])
    rest = len(names) - NAMED_REFERRERS
    return f"{shown}, dan {rest} lainnya" if rest > 0 else shown


def _named(row: models.Model) -> str:
    text = str(row)
    return f"{row._meta.verbose_name} {text if len(text) <= 80 else text[:79] + '…'}"


def has_field(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.get_fields())
