"""Council and team, steps and documents of the cycle, as checked values."""

from typing import Any

from bimtek.enums import Body, DocumentKind
from bimtek.models import Stage
from export.planfile.cursor import Cursor, unique

type Values = dict[str, Any]


def parse_bodies(root: Cursor) -> list[Values]:
    if not root.has("kelembagaan"):
        root.seen.add("kelembagaan")
        return []
    bodies = root.inside("kelembagaan")
    members = []
    for body in Body.values:
        for row in bodies.rows(body, []):
            members.append(
                {"body": body, "seat": row.text("jabatan", most=120), "holder": row.text("pengisi", most=200)}
            )
            row.finish()
    bodies.finish()
    return members


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
    return {"name": row.text("nama", most=160), "start_date": start, "end_date": end}


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


def _signer(row: Cursor) -> Values:
    signer: Values = {"name": row.text("nama", "", most=120), "office": row.text("jabatan", most=160)}
    row.finish()
    return signer
