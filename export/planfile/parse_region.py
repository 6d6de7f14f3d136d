"""`daerah`, `perangkat_daerah`."""

from typing import Any

from export.planfile.cursor import Cursor, unique
from smartcity.regency.enums import OpdKind, RegencyKind
from smartcity.regency.models import Regency

type Values = dict[str, Any]


def parse_region(root: Cursor) -> tuple[Regency | None, Values]:
    """The region by its code, else by kind, name and province: four regions contain "Banjar"."""
    row = root.inside("daerah")
    kind = row.choice("jenis", RegencyKind.values)
    name = row.text("nama")
    province = row.text("provinsi")
    facts = {
        "capital": row.text("ibu_kota", "", most=80),
        "head_title": row.text("sebutan_kepala_daerah", "", most=40),
        "opd_term": row.text("sebutan_perangkat_daerah", "", most=20) or "OPD",
        "area_km2": row.amount("luas_km2", None),
        "district_count": row.whole("jumlah_kecamatan", None),
        "village_count": row.whole("jumlah_desa", None),
        "ward_count": row.whole("jumlah_kelurahan", None),
        "area_note": row.text("catatan_luas_wilayah", ""),
        "cohort_year": row.whole("angkatan_program", None, low=2000, high=2100)
        if row.has("angkatan_program")
        else None,
        "mixup_note": row.text("catatan_disambiguasi", ""),
    }
    for optional in ("luas_km2", "jumlah_kecamatan", "jumlah_desa", "jumlah_kelurahan", "angkatan_program"):
        row.seen.add(optional)
    for field, key in (
        ("district_count", "jumlah_kecamatan"),
        ("village_count", "jumlah_desa"),
        ("ward_count", "jumlah_kelurahan"),
        ("area_km2", "luas_km2"),
    ):
        if not row.has(key):
            facts[field] = None
    row.finish()
    bare = name.removeprefix("Kabupaten ").removeprefix("Kota ")
    regency = Regency.objects.select_related("province").filter(kind=kind, name=bare, province__name=province).first()
    if regency is None:
        row.fail("nama", f"“{name}” ({kind}, {province}) tidak ada dalam daftar daerah.")
        return None, facts
    _ensure_same_code(root, regency)
    return regency, facts


def _ensure_same_code(root: Cursor, regency: Regency) -> None:
    for part, key in (("rencana", "kode_daerah"), ("prosa", "regency")):
        given = root.value.get(part)
        code = given.get(key) if isinstance(given, dict) else None
        if code not in (None, "", regency.code):
            root.fail(f"{part}.{key}", f"“{code}” bukan kode {regency.label} ({regency.code}).")


def parse_opds(root: Cursor) -> list[Values]:
    rows = root.rows("perangkat_daerah", [])
    opds = []
    for place, row in enumerate(rows, start=1):
        opds.append(
            {
                "code": row.text("kode", most=40),
                "name": row.text("nama", most=200),
                "kind": row.choice("jenis", OpdKind.values),
                "aliases": row.texts("alias", [], most=120),
                "position": place,
            }
        )
        row.finish()
    unique(rows, "kode", [opd["code"].upper() for opd in opds])
    return opds
