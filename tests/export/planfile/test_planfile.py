"""A plan file: read all or nothing, each fault named, and written back equal."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from export import planfile
from masterplan.models import Masterplan, Programme, Section
from quickwin.models import QuickWin
from smartcity.start.demo import EXAMPLES, example_plan

pytestmark = pytest.mark.django_db


def comparable(data: dict[str, Any]) -> dict[str, Any]:
    """Supporting offices are a set; a footnote keeps its words, not their emphasis."""
    result = copy.deepcopy(data)
    for work in (*result["program"], *result["rencana_aksi_pendukung"]):
        work["opd_pendukung"] = sorted(work["opd_pendukung"])
    sections = result["prosa"]["sections"]
    result["prosa"]["sections"] = {
        code: html.replace("<em>Gawi sabarataan</em>", "Gawi sabarataan") for code, html in sections.items()
    }
    return result


def test_example_comes_back_whole() -> None:
    plan = planfile.load(example_plan(), by=None)
    dumped = planfile.dump(plan)
    assert dumped.pop("rencana") == {
        "kode_daerah": "63.03",
        "judul": "Masterplan Smart City Kabupaten Banjar 2026–2035",
        "tahun_awal": 2026,
        "lama_tahun": 10,
        "tahun_dasar": 2024,
        "lama_rencana_aksi": 5,
        "kerangka": "panduan-2021-rekonstruksi",
        "perangkat_dimensi": "nasional-2017",
    }
    assert comparable(dumped) == comparable(example_plan())


def test_dump_load_dump_is_equal_to_the_byte() -> None:
    first = json.dumps(planfile.dump(planfile.load(example_plan(), by=None)))
    plan = planfile.load(json.loads(first), by=None, replace=True)
    assert json.dumps(planfile.dump(plan)) == first


def test_replacing_gives_sections_a_new_version_and_keeps_one_plan() -> None:
    planfile.load(example_plan(), by=None)
    planfile.load(example_plan(), by=None, replace=True)
    assert Masterplan.objects.count() == 1
    assert Section.objects.get(outline_section__code="B1.1.1").version == 1
    assert (Programme.objects.count(), QuickWin.objects.count()) == (37, 8)


def test_a_bare_region_can_be_dumped_and_loaded(plan: Masterplan) -> None:
    first = planfile.dump(plan)
    again = planfile.load(json.loads(json.dumps(first)), by=None, replace=True)
    assert planfile.dump(again) == first


def faulty(change: Any) -> list[str]:
    data = example_plan()
    change(data)
    with pytest.raises(planfile.PlanFileError) as refused:
        planfile.load(data, by=None)
    assert Masterplan.objects.count() == 0
    return [str(fault) for fault in refused.value.faults]


FAULTS: list[tuple[Any, str]] = [
    (lambda d: d.update(programs=[]), "programs: kunci tidak dikenal."),
    (lambda d: d.pop("daerah"), "daerah: wajib diisi."),
    (lambda d: d["daerah"].update(provinsi="Jawa Barat"),
     "daerah.nama: “Kabupaten Banjar” (kabupaten, Jawa Barat) tidak ada dalam daftar daerah."),
    (lambda d: d.update(rencana={"kode_daerah": "32.79"}),
     "rencana.kode_daerah: “32.79” bukan kode Kabupaten Banjar, Kalimantan Selatan (63.03)."),
    (lambda d: d.update(rencana={"lama_tahun": 7}), "rencana.lama_tahun: harus 5 atau 10."),
    (lambda d: d.update(rencana={"tahun_dasar": 2027}), "rencana.tahun_dasar: tidak boleh setelah tahun awal."),
    (lambda d: d.update(rencana={"kerangka": "lain"}),
     "rencana.kerangka: “lain” tidak dikenal. Muat data acuan lebih dahulu."),
    (lambda d: d["perangkat_daerah"][1].update(kode=d["perangkat_daerah"][0]["kode"]),
     "perangkat_daerah[1].kode: “DISKOMINFOSTANDI” sudah dipakai."),
    (lambda d: d["perangkat_daerah"][0].update(alias="x"), "perangkat_daerah[0].alias: harus berupa daftar."),
    (lambda d: d["program"][3].update(opd_penanggung_jawab="X"),
     "program[3].opd_penanggung_jawab: “X” tidak ada dalam perangkat_daerah."),
    (lambda d: d["program"][0].update(opd_pendukung=["DINKES", "Y"]),
     "program[0].opd_pendukung[1]: “Y” tidak ada dalam perangkat_daerah."),
    (lambda d: d["program"][0].update(dimensi="ABC"), "program[0].dimensi: “ABC” tidak ada dalam perangkat dimensi."),
    (lambda d: d["program"][0].update(subdimensi="ECO-1"),
     "program[0].subdimensi: “ECO-1” tidak ada dalam subdimensi GOV."),
    (lambda d: d["program"][0].update(strategi="GOV-S99"), "program[0].strategi: “GOV-S99” tidak ada dalam strategi."),
    (lambda d: d["program"][0].update(nama="x" * 301), "program[0].nama: paling panjang 300 aksara."),
    (lambda d: d["program"][0].update(nama="  "), "program[0].nama: wajib diisi."),
    (lambda d: d["program"][0].update(arah="miring"), "program[0].arah: “miring” tidak dikenal; pilihan: naik, turun."),
    (lambda d: d["program"][0]["baseline"].update(nilai="118"), "program[0].baseline.nilai: harus berupa angka."),
    (lambda d: d["program"][0]["anggaran_rp"].update({"2026": -1}),
     "program[0].anggaran_rp.2026: harus antara 0 dan 1000000000000000."),
    (lambda d: d["program"][0]["anggaran_rp"].update({"2026": 1.5}),
     "program[0].anggaran_rp.2026: harus berupa bilangan bulat."),
    (lambda d: d["program"][0]["target"].update({"2040": 1}), "program[0].target.2040: tahun di luar 2026–2035."),
    (lambda d: d["program"][0].update(total_anggaran_rp=1),
     "program[0].total_anggaran_rp: tidak sama dengan jumlah anggaran per tahun (6450000000)."),
    (lambda d: d["ringkasan_anggaran"].update(total_rp=1),
     "ringkasan_anggaran.total_rp: 1 tidak sama dengan jumlah barisnya (214350000000)."),
    (lambda d: d["ringkasan_anggaran"]["per_dimensi_rp"].update(GOV=2),
     "ringkasan_anggaran.per_dimensi_rp.GOV: 2 tidak sama dengan jumlah barisnya (18760000000)."),
    (lambda d: d["swot"][0].update(faktor="eksternal"), "swot[0].faktor: kekuatan adalah faktor internal."),
    (lambda d: d["tows"][0].update(dari=["S2", "S99"]), "tows[0].dari[1]: “S99” tidak ada dalam swot."),
    (lambda d: d["gap_analysis"][0].update(strategi_penutup="Z"), "gap_analysis[0].strategi_penutup: “Z” tidak ada dalam strategi."),
    (lambda d: d["kesiapan"][0].update(skor_0_4=5), "kesiapan[0].skor_0_4: harus antara 0 dan 4."),
    (lambda d: d["dimensi"][0].update(nama="Smart Government"), "dimensi[0].nama: bukan nama dimensi GOV (Smart Governance)."),
    (lambda d: d["isu_strategis_per_dimensi"].update(XYZ=["a"]), "isu_strategis_per_dimensi.XYZ: dimensi tidak dikenal."),
    (lambda d: d["peta_jalan"]["sel"].pop(), "peta_jalan.sel: program ENV-P06 jangka menengah tidak ada."),
    (lambda d: d["quick_wins"][0].update(program="GOV-P99"), "quick_wins[0].program: “GOV-P99” tidak ada dalam program."),
    (lambda d: d["quick_wins"][0]["risiko"][0].update(dampak=4), "quick_wins[0].risiko[0].dampak: harus antara 1 dan 3."),
    (lambda d: d["program"][0].update(quick_win=None), "program[0].quick_win: tidak sama dengan daftar quick_wins (QW-01)."),
    (lambda d: d["tahapan"]["bimtek"][0].update(tanggal_mulai="8 Juli"),
     "tahapan.bimtek[0].tanggal_mulai: harus berupa tanggal seperti 2025-07-08."),
    (lambda d: d["prosa"]["sections"].update({"B9.9.9": "<p>a</p>"}),
     "prosa.sections.B9.9.9: bagian ini tidak ada dalam kerangka panduan-2021-rekonstruksi."),
    (lambda d: d["prosa"]["sections"].update({"B1.1.1": "<script>x</script>"}),
     "prosa.sections.B1.1.1: Unsur HTML <script> tidak dikenal."),
]  # fmt: skip


@pytest.mark.parametrize(("change", "fault"), FAULTS, ids=[fault.split(":")[0] for _, fault in FAULTS])
def test_each_fault_is_named_with_its_path(change: Any, fault: str) -> None:
    assert fault in faulty(change)


def test_all_faults_come_out_at_once() -> None:
    def spoil(data: dict[str, Any]) -> None:
        data["swot"][0]["faktor"] = "eksternal"
        data["kesiapan"][0]["skor_0_4"] = 9

    assert sorted(faulty(spoil)) == [
        "kesiapan[0].skor_0_4: harus antara 0 dan 4.",
        "swot[0].faktor: kekuatan adalah faktor internal.",
    ]


def test_existing_plan_is_not_overwritten() -> None:
    planfile.load(example_plan(), by=None)
    with pytest.raises(planfile.PlanFileError) as refused:
        planfile.load(example_plan(), by=None)
    assert [str(fault) for fault in refused.value.faults] == [
        "rencana: masterplan 63.03-2026 sudah ada; muat dengan --replace untuk menggantinya."
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"a": 1,}', "baris 1 kolom 8: bukan JSON yang sah."),
        ('{"a": NaN}', "berkas: memuat NaN, yang bukan angka JSON."),
        ('{"a": 1, "a": 2}', "a: kunci tertulis dua kali."),
        ("[1]", "berkas: harus berupa objek JSON."),
        ("[" * 200_000, "berkas: bertingkat terlalu dalam."),
    ],
)
def test_what_is_not_json_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "rencana.json"
    path.write_text(text)
    with pytest.raises(planfile.PlanFileError) as refused:
        planfile.read_json(path)
    assert str(refused.value) == sentence


def test_commands_go_there_and_back(tmp_path: Path) -> None:
    call_command("load_plan", str(EXAMPLES / "banjar.json"), prose=EXAMPLES / "banjar_prose.json", verbosity=0)
    out = tmp_path / "rencana.json"
    call_command("dump_plan", "63.03-2026", output=out)
    call_command("load_plan", str(out), replace=True)
    again = tmp_path / "lagi.json"
    call_command("dump_plan", "63.03-2026", output=again)
    assert again.read_bytes() == out.read_bytes()


def test_dump_of_an_unknown_code_is_refused() -> None:
    with pytest.raises(CommandError, match=r"Rencana 99\.99-2026 tidak ada\."):
        call_command("dump_plan", "99.99-2026")
