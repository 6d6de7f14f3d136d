"""Code lists: read from files (docs/code-lists.md), the newest edition of a kind is offered and searched."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from masterplan.domain.reference import REFERENCE
from masterplan.enums import CodeListKind
from masterplan.models import CodeEntry, CodeList
from smartcity.ui.refusal import Incomplete

SHIPPED = ("codes-funding-2025.json", "codes-sipd-2024.json")
SHOWN = 50
LONGEST = {"code": 40, "name": 300, "parent": 40}


def load_shipped_code_lists() -> None:
    for name in SHIPPED:
        load_code_list(REFERENCE / name)


@transaction.atomic
def load_code_list(path: Path) -> CodeList:
    """One edition, all or nothing; loading it again replaces its entries. Raises Incomplete with every fault."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        msg = f"{path.name} tidak dapat dibaca sebagai JSON."
        raise Incomplete(msg) from error
    faults = faults_of(data)
    if faults:
        raise Incomplete(" ".join(faults))
    facts = {"kind": data["kind"], "title": data["title"], "valid_from": data["valid_from"]}
    code_list, _ = CodeList.objects.update_or_create(
        code=data["code"], defaults={**facts, "note": data.get("note", "")}
    )
    code_list.entries.all().delete()
    CodeEntry.objects.bulk_create(
        (
            CodeEntry(code_list=code_list, position=place, **{name: entry.get(name, "") for name in LONGEST})
            for place, entry in enumerate(data["entries"], start=1)
        ),
        batch_size=1000,
    )
    return code_list


def faults_of(data: Any) -> list[str]:
    """What is wrong with a file's content, as sentences."""
    if not isinstance(data, dict) or not isinstance(data.get("entries"), list):
        return ["Berkas harus berupa objek dengan daftar “entries”."]
    faults = [f"“{name}” wajib berupa teks." for name in ("code", "title") if not _is_text(data.get(name), most=160)]
    if data.get("kind") not in CodeListKind.values:
        faults.append(f"“kind” harus salah satu dari {', '.join(CodeListKind.values)}.")
    if not isinstance(data.get("valid_from"), int):
        faults.append("“valid_from” harus berupa tahun.")
    return faults + _entry_faults(data["entries"])


def _entry_faults(entries: list[Any]) -> list[str]:
    faults = []
    known: set[str] = set()
    for place, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict) or not all(
            _is_text(entry.get(name), most=most) or (name == "parent" and not entry.get(name))
            for name, most in LONGEST.items()
        ):
            faults.append(f"Butir {place}: “code” dan “name” wajib berupa teks, “parent” boleh kosong.")
            continue
        if entry["code"] in known:
            faults.append(f"Butir {place}: kode “{entry['code']}” tertulis dua kali.")
        if entry.get("parent") and entry["parent"] not in known:
            faults.append(f"Butir {place}: induk “{entry['parent']}” tidak ada sebelum butir ini.")
        known.add(entry["code"])
    return faults


def _is_text(value: Any, *, most: int) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= most and "\x00" not in value


def entries_of(kind: str) -> QuerySet[CodeEntry]:
    """The entries of the newest edition."""
    newest = CodeList.objects.filter(kind=kind).order_by("-valid_from", "-pk").values("pk")[:1]
    return CodeEntry.objects.filter(code_list__in=newest)


def funding_names() -> list[str]:
    return list(entries_of(CodeListKind.FUNDING).values_list("name", flat=True))


def search_codes(kind: str, text: str) -> list[CodeEntry]:
    """Entries whose code begins with a word or whose name holds it, for all words; at most `SHOWN`."""
    found = entries_of(kind)
    for word in text.split()[:8]:
        found = found.filter(Q(code__istartswith=word) | Q(name__icontains=word))
    return list(found[:SHOWN])
