"""Verbs of programmes beyond those of every row: money by source, reasons that are kept, codes that survive."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from masterplan.domain import row as rows
from masterplan.enums import Direction, ReasonKind
from masterplan.models import FormerCode, Masterplan, Programme, ProgrammeReason
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.ui.format import format_number, format_rupiah
from smartcity.ui.refusal import Conflict, Incomplete, WrongState

type Values = Mapping[str, Any]
NOT_BROKEN_DOWN = ""


@transaction.atomic
def create_programme(*, plan: Masterplan, model: type[Programme], values: Values, by: User | None) -> Programme:
    _ensure_code_free(plan, values["code"], None)
    row = rows.create_row(plan=plan, model=model, values=values, by=by)
    _ensure_shares_fit(row)
    return row


@transaction.atomic
def update_programme(row: Programme, *, version: int, values: Values, by: User | None) -> Programme:
    """As `update_row`; `values["reason"]` says why a target was made easier, the former code is kept."""
    given = {name: value for name, value in values.items() if name != "reason"}
    held: Programme = rows.locked(row)  # type: ignore[assignment]
    if held.is_dropped:
        msg = "Program ini sudah digugurkan."
        raise WrongState(msg, next_step="Hidupkan kembali dahulu, lalu ubah.")
    old_code, old = held.code, targets_of(held.years.all()) if "years" in given else {}
    fresh = rows.update_held(held, version=version, values=given, by=by)
    if {"years", "budgets"} & given.keys():
        _ensure_shares_fit(fresh)
    if fresh.code != old_code:
        _keep_code(fresh, old_code)
    easier = lowered(old, given.get("years"), fresh.direction, row.plan.detail_range)
    if easier:
        reason = str(values.get("reason") or "").strip()
        if not reason:
            msg = f"Target diturunkan ({'; '.join(easier)}) tanpa alasan."
            raise Incomplete(msg, next_step="Tulis alasannya; alasan itu disimpan bersama program.")
        _keep_reason(fresh, ReasonKind.LOWERED, reason, by, detail="; ".join(easier))
    return fresh


@transaction.atomic
def drop_programme(row: Programme, *, version: int, reason: str, by: User | None) -> Programme:
    """Taken out of the plan but kept with its reason (F107); refused while a quick win grows from it."""
    fresh = _at_version(row, version, by)
    if fresh.is_dropped:
        msg = "Program ini sudah digugurkan."
        raise WrongState(msg)
    used_by = rows.referrers(fresh)
    if used_by:
        msg = f"Program ini belum dapat digugurkan karena masih dipakai oleh {rows.sentence_list(used_by)}."
        raise WrongState(msg, next_step="Lepaskan dulu kaitannya di baris tersebut.")
    return _switch(fresh, ReasonKind.DROPPED, reason, by)


@transaction.atomic
def revive_programme(row: Programme, *, version: int, reason: str, by: User | None) -> Programme:
    fresh = _at_version(row, version, by)
    if not fresh.is_dropped:
        msg = "Program ini tidak sedang gugur."
        raise WrongState(msg)
    return _switch(fresh, ReasonKind.REVIVED, reason, by)


def _at_version(row: Programme, version: int, by: User | None) -> Programme:
    fresh: Programme = rows.locked(row)  # type: ignore[assignment]
    rows.guard(fresh, by)
    if fresh.version != version:
        msg = "Program ini sudah diubah orang lain sejak Anda membukanya."
        raise rows.StaleRowError(msg, next_step="Muat ulang halamannya, lalu putuskan lagi.")
    return fresh


def _switch(row: Programme, kind: ReasonKind, reason: str, by: User | None) -> Programme:
    text = reason.strip()
    if not text:
        msg = "Alasan wajib ditulis."
        raise Incomplete(msg, next_step="Tulis mengapa, agar keputusan ini dapat dipahami kelak.")
    row.is_dropped = kind == ReasonKind.DROPPED
    row.version += 1
    row.save()
    _keep_reason(row, kind, text, by)
    verb = "programme.dropped" if row.is_dropped else "programme.revived"
    record(verb, row, by=by, regency_id=row.plan.regency_id, plan_code=row.plan.code, reason=text, id=row.pk)
    return row


def _keep_reason(row: Programme, kind: ReasonKind, text: str, by: User | None, detail: str = "") -> None:
    name = by.display_name if by else "Perintah server"
    ProgrammeReason.objects.create(programme=row, kind=kind, text=text, detail=detail[:300], by_name=name[:160])


# -- codes ---------------------------------------------------------------------------------------------------------


def codes_held(programmes: QuerySet[Programme]) -> list[str]:
    """Their codes and the ones they had before."""
    former = FormerCode.objects.filter(programme__in=programmes).values_list("code", flat=True)
    return [*programmes.values_list("code", flat=True), *former]


def holder_of_former_code(plan: Masterplan, code: str, other_than: int | None) -> Programme | None:
    """The programme that once had this code; a code means one programme for good."""
    held = FormerCode.objects.filter(programme__plan=plan, code__iexact=code).exclude(programme_id=other_than or 0)
    former = held.select_related("programme").first()
    return former.programme if former else None


def _ensure_code_free(plan: Masterplan, code: str, pk: int | None) -> None:
    holder = holder_of_former_code(plan, code, pk)
    if holder is not None:
        msg = f"Kode “{code}” dahulu milik program {holder.code} dan masih menunjuk ke sana."
        raise Conflict(msg, next_step="Pakai kode lain.")


def _keep_code(row: Programme, old: str) -> None:
    _ensure_code_free(row.plan, row.code, row.pk)
    row.former_codes.filter(code=row.code).delete()
    FormerCode.objects.get_or_create(programme=row, code=old)


# -- targets -------------------------------------------------------------------------------------------------------


def targets_of(years: Iterable[Any]) -> dict[int, Decimal | None]:
    return {year.year: year.target for year in years}


def lowered(
    old: Mapping[int, Decimal | None], years: Sequence[Values] | None, direction: str, planned: range
) -> list[str]:
    """Targets that became easier to reach or disappeared, as texts ("2027: 135 → 120")."""
    if years is None:
        return []
    new = {entry["year"]: entry.get("target") for entry in years}
    sign = -1 if direction == Direction.DOWN else 1
    return [
        f"{year}: {format_number(was)} → {'dihapus' if now is None else format_number(now)}"
        for year in planned
        if (was := old.get(year)) is not None and ((now := new.get(year)) is None or sign * now < sign * was)
    ]


# -- money by source -----------------------------------------------------------------------------------------------


def overshoot(years: Iterable[Values], shares: Iterable[Values]) -> dict[int, tuple[int, int]]:
    """Years in which the sources together exceed the year's budget: (sum of the sources, budget), in rupiah."""
    budgets = {entry["year"]: entry.get("budget") or 0 for entry in years}
    sums: dict[int, int] = {}
    for share in shares:
        sums[share["year"]] = sums.get(share["year"], 0) + share["amount"]
    return {year: (amount, budgets.get(year, 0)) for year, amount in sums.items() if amount > budgets.get(year, 0)}


def overshoot_sentence(year: int, shared: int, budget: int) -> str:
    return (
        f"Rincian sumber {year} berjumlah {format_rupiah(shared)}, "
        f"melebihi anggaran tahun itu ({format_rupiah(budget)})."
    )


def _ensure_shares_fit(row: Programme) -> None:
    """Checked on what is stored, because a change may carry only the years or only the sources."""
    shares = list(row.budgets.values("year", "amount"))
    if not shares:
        return
    for year, (shared, budget) in overshoot(row.years.values("year", "budget"), shares).items():
        raise Incomplete(overshoot_sentence(year, shared, budget))


def shares_of(programme: Programme) -> dict[tuple[int, str], int]:
    """Rupiah by (year, source). What is not broken down belongs to the only source named, else to `NOT_BROKEN_DOWN`."""
    shares = {(share.year, share.source): share.amount for share in programme.budgets.all()}
    only = programme.funding_sources[0] if len(programme.funding_sources) == 1 else NOT_BROKEN_DOWN
    for year in programme.years.all():
        rest = year.budget - sum(amount for (own, _), amount in shares.items() if own == year.year)
        if rest > 0:
            shares[year.year, only] = shares.get((year.year, only), 0) + rest
    return shares
