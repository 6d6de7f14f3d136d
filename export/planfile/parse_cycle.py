"""Council and team, steps and documents of the cycle, as checked values."""

from collections.abc import Collection
from datetime import date, time
from typing import Any

from bimtek.enums import Body, DocumentKind, EventKind, OrganisationKind
from bimtek.forms.event import MOST_DAYS
from bimtek.models import Stage
from export.planfile.cursor import Cursor, unique

type Values = dict[str, Any]


def parse_bodies(root: Cursor, offices: Collection[str]) -> list[Values]:
    if not root.has("kelembagaan"):
        root.seen.add("kelembagaan")
        return []
    bodies = root.inside("kelembagaan")
    members = []
    for body in Body.values:
        for row in bodies.rows(body, []):
            members.append({"body": body, **_member(row, offices)})
            row.finish()
    bodies.finish()
    return members


def _member(row: Cursor, offices: Collection[str]) -> Values:
    since, until = optional_day(row, "sejak"), optional_day(row, "sampai")
    if since and until and until < since:
        row.fail("sampai", "lebih awal daripada sejak.")
    return {
        "seat": row.text("jabatan", most=120),
        "holder": row.text("pengisi", most=200),
        "organisation_kind": row.choice("unsur", OrganisationKind.values, "") or "",
        "organisation": row.text("instansi", "", most=160),
        "opd": row.refer("perangkat_daerah", offices, "perangkat_daerah", ""),
        "since": since,
        "until": until,
        "appointed_by": row.text("ditetapkan_dengan", "", most=80),
    }


def optional_day(row: Cursor, name: str) -> date | None:
    return row.day(name) if row.has(name) else None


def parse_steps(root: Cursor) -> list[Values]:
    if not root.has("tahapan"):
        root.seen.add("tahapan")
        return []
    part = root.inside("tahapan")
    stages = dict(Stage.objects.values_list("position", "code"))
    steps = []
    bimtek_rows = part.rows("bimtek", [])
    for row in bimtek_rows:
        stage = row.refer("tahap", stages, "tahap bimtek")
        steps.append(_step(row) | {"stage": stages.get(stage), "place": row.text("tempat", "", most=200)})
        steps[-1]["results"] = row.texts("hasil", [], most=250)
        row.finish()
    unique(bimtek_rows, "tahap", [step["stage"] for step in steps])
    for row in part.rows("lain", []):
        steps.append(_step(row) | {"code": row.text("kode", most=16), "place": row.text("tempat", "", most=200)})
        row.finish()
    part.finish()
    return steps


def _step(row: Cursor) -> Values:
    start, end = row.day("tanggal_mulai"), row.day("tanggal_selesai")
    if end < start:
        row.fail("tanggal_selesai", "lebih awal daripada tanggal mulai.")
    held = optional_day(row, "terlaksana_mulai"), optional_day(row, "terlaksana_selesai")
    if (held[0] is None) != (held[1] is None) or (held[0] and held[1] and held[1] < held[0]):
        row.fail("terlaksana_selesai", "harus bersama terlaksana_mulai, dan tidak lebih awal.")
        held = None, None
    return {
        "name": row.text("nama", most=160), "start_date": start, "end_date": end, "held_start": held[0],
        "held_end": held[1],
    }  # fmt: skip


def parse_documents(root: Cursor) -> list[Values]:
    stages = dict(Stage.objects.values_list("position", "code"))
    documents = []
    for row in root.rows("dokumen", []):
        document: Values = {
            "kind": row.choice("jenis", DocumentKind.values),
            "number": row.text("nomor", "", most=80),
            "date": row.day("tanggal"),
            "subject": row.text("perihal", most=250),
            "stage": stages.get(row.refer("tahap", stages, "tahap bimtek", None)),
            "signers": [_signer(signer) for signer in row.rows("penanda_tangan", [])],
        }
        documents.append(document)
        row.finish()
    return documents


def parse_events(root: Cursor) -> list[Values]:
    stages = dict(Stage.objects.values_list("position", "code"))
    events = []
    for row in root.rows("kegiatan", []):
        start, end = row.day("tanggal_mulai"), row.day("tanggal_selesai")
        if not 0 <= (end - start).days < MOST_DAYS:
            row.fail("tanggal_selesai", f"tidak boleh lebih awal daripada mulainya atau {MOST_DAYS} hari sesudahnya.")
        event: Values = {
            "kind": row.choice("jenis", EventKind.values),
            "title": row.text("judul", most=160),
            "start_date": start,
            "end_date": end,
            "stage": stages.get(row.refer("tahap", stages, "tahap bimtek", None)),
            "venue": row.text("tempat", "", most=200),
            "online_url": row.text("tautan", "", most=300),
            "opened_by": row.text("dibuka_oleh", "", most=160),
            "on_behalf_of": row.text("atas_nama", "", most=160),
            "is_cancelled": row.choice("keadaan", ("batal",), None) == "batal",
            "minutes": row.text("notula", "", most=20_000),
            "decisions": row.texts("keputusan", [], most=300),
            "agenda": [_agenda(item, start, end) for item in row.rows("acara", [])],
        }
        if event["online_url"] and not event["online_url"].startswith(("https://", "http://")):
            row.fail("tautan", "harus dimulai dengan https:// atau http://.")
        events.append(event)
        row.finish()
    return events


def _agenda(row: Cursor, start: date, end: date) -> Values:
    day = row.day("hari")
    if not start <= day <= end:
        row.fail("hari", "di luar hari kegiatan.")
    item: Values = {
        "day": day,
        "starts": _clock(row, "mulai"),
        "ends": _clock(row, "sampai") if row.has("sampai") else None,
        "title": row.text("acara", most=200),
        "speaker": row.text("pembicara", "", most=160),
    }
    row.finish()
    return item


def _clock(row: Cursor, name: str) -> time:
    try:
        return time.fromisoformat(row.text(name, most=5))
    except ValueError:
        row.fail(name, "harus berupa jam seperti 08:30.")
        return time(0)


def _signer(row: Cursor) -> Values:
    signer: Values = {"name": row.text("nama", "", most=120), "office": row.text("jabatan", most=160)}
    row.finish()
    return signer
