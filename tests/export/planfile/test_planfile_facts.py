"""The optional keys of a programme go there and back; files without them stay as they were."""

import json
from typing import Any

import pytest

from export import planfile
from masterplan.models import BudgetCeiling, PlanDimension, Programme
from smartcity.start.demo import example_plan
from tests.export.planfile.test_planfile import faulty

pytestmark = pytest.mark.django_db

FACTS: dict[str, Any] = {
    "subdimensi_daerah": "Layanan sampai desa",
    "jenis_inovasi": "metode",
    "kecamatan": ["Martapura", "Gambut"],
    "penerima_manfaat": "Warga di dua kecamatan",
    "mitra": [{"jenis": "kampus", "nama": "Universitas setempat"}],
    "anggaran_per_sumber_rp": {"APBD Kabupaten": {"2026": 1_000_000_000, "2027": 1_600_000_000}, "CSR/TJSLP": {"2026": 450_000_000}},
    "rujukan": [{"dokumen": "rpjmd", "periode": "2025–2029", "bagian": "Bab V, program 3"}],
    "kesiapan": {"regulasi": {"status": "ada", "catatan": "Perbup"}, "sdm": {"status": "belum"}},
    "kode_lama": ["GOV-P77"],
    "alasan": [
        {"jenis": "target", "alasan": "Anggaran dipotong", "rincian": "2027: 140 → 135", "oleh": "Koordinator", "waktu": "2026-03-01T01:00:00+00:00"},
    ],
}  # fmt: skip
CEILINGS = [{"tahun": 2026, "sumber": "APBD Kabupaten", "jumlah_rp": 20_000_000_000, "catatan": "KUA-PPAS"}]
PRIORITY = {"urutan": 1, "alasan": "Ekonomi lebih dahulu", "diputuskan_oleh": "Bupati", "tanggal": "2026-02-03"}


def full() -> dict[str, Any]:
    data: dict[str, Any] = dict(example_plan())
    data["program"][0] |= FACTS | {"sumber_pendanaan": ["APBD Kabupaten", "CSR/TJSLP"]}
    data["subdimensi_daerah"] = [{"nama": "Layanan sampai desa", "subdimensi": "GOV-1"}]
    data["pagu_anggaran"] = CEILINGS
    data["dimensi"][2]["prioritas"] = PRIORITY
    return data


def dropped(data: dict[str, Any]) -> dict[str, Any]:
    """The last programme taken out; its money and its cells of the roadmap leave the sums."""
    work = data["program"][-1]
    work |= {"status": "gugur", "quick_win": None}
    data["quick_wins"] = [win for win in data["quick_wins"] if win["program"] != work["kode"]]
    data["peta_jalan"]["sel"] = [cell for cell in data["peta_jalan"]["sel"] if cell["program"] != work["kode"]]
    data.pop("ringkasan_anggaran")
    return data


def test_facts_go_there_and_back_to_the_byte() -> None:
    first = planfile.dump(planfile.load(full(), by=None))
    assert {key: first["program"][0][key] for key in FACTS} == FACTS
    assert (first["pagu_anggaran"], first["dimensi"][2]["prioritas"]) == (CEILINGS, PRIORITY)
    assert first["subdimensi_daerah"] == [{"nama": "Layanan sampai desa", "subdimensi": "GOV-1"}]
    again = planfile.load(json.loads(json.dumps(first)), by=None, replace=True)
    assert json.dumps(planfile.dump(again)) == json.dumps(first)
    assert BudgetCeiling.objects.count() == 1
    assert PlanDimension.objects.get(priority=1).dimension.code == "ECO"


def test_an_older_file_gains_no_key() -> None:
    found = planfile.dump(planfile.load(example_plan(), by=None))
    assert not {"subdimensi_daerah", "pagu_anggaran"} & set(found)
    assert [set(FACTS) & set(work) for work in found["program"]] == [set()] * 37


def test_dropped_programmes_stay_in_the_file_and_leave_the_sums() -> None:
    first = planfile.dump(planfile.load(dropped(full()), by=None))
    active = [work for work in first["program"] if work.get("status") != "gugur"]
    works = [*active, *first["rencana_aksi_pendukung"]]
    assert (len(first["program"]), len(active)) == (37, 36)
    assert first["ringkasan_anggaran"]["total_rp"] == sum(sum(work["anggaran_rp"].values()) for work in works)
    again = planfile.load(json.loads(json.dumps(first)), by=None, replace=True)
    assert json.dumps(planfile.dump(again)) == json.dumps(first)
    assert Programme.objects.filter(is_dropped=True).count() == 1


FAULTS: list[tuple[Any, str]] = [
    (lambda d: d["program"][0].update(subdimensi_daerah="X"), "program[0].subdimensi_daerah: “X” tidak ada dalam subdimensi_daerah."),
    (lambda d: d["program"][0].update(anggaran_per_sumber_rp={"APBN": {"2026": 1_450_000_001}}),
     "program[0].anggaran_per_sumber_rp: Rincian sumber 2026 berjumlah Rp 1.450.000.001, melebihi anggaran tahun itu (Rp 1.450.000.000)."),
    (lambda d: d["program"][0].update(anggaran_per_sumber_rp={"APBN": {"2026": 0}}),
     "program[0].anggaran_per_sumber_rp.APBN.2026: harus antara 1 dan 1000000000000000."),
    (lambda d: d["program"][0].update(anggaran_per_sumber_rp=[]), "program[0].anggaran_per_sumber_rp: harus berupa objek."),
    (lambda d: d["program"][0].update(kesiapan={"regulasi": {"status": "mungkin"}}),
     "program[0].kesiapan.regulasi.status: “mungkin” tidak dikenal; pilihan: ada, sebagian, belum."),
    (lambda d: d["program"][0].update(mitra=[{"jenis": "x", "nama": "y"}]),
     "program[0].mitra[0].jenis: “x” tidak dikenal; pilihan: pemerintah, usaha, kampus, komunitas, media."),
    (lambda d: d["program"][0].update(kode_lama=["GOV-P02"]), "program[0].kode_lama: “GOV-P02” dipakai program lain."),
    (lambda d: d["program"][0].update(status="gugur"), "quick_wins[0].program: program GOV-P01 sudah digugurkan."),
    (lambda d: d["program"][0].update(alasan=[{"jenis": "gugur", "alasan": "a", "oleh": "b", "waktu": "kemarin"}]),
     "program[0].alasan[0].waktu: harus berupa waktu dengan zona, seperti 2026-03-01T09:00:00+08:00."),
    (lambda d: d.update(pagu_anggaran=[{"tahun": 2040, "jumlah_rp": 1}]), "pagu_anggaran[0].tahun: harus antara 2026 dan 2035."),
    (lambda d: d["dimensi"][0].update(prioritas={"urutan": 1}), "dimensi[0].prioritas.alasan: wajib diisi."),
]  # fmt: skip


@pytest.mark.parametrize(("change", "fault"), FAULTS, ids=[fault.split(":")[0] for _, fault in FAULTS])
def test_each_fault_is_named_with_its_path(change: Any, fault: str) -> None:
    assert fault in faulty(change)
