"""The example plan: every finding on it, each checked by hand; and the same with thirty faults planted."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from export import planfile
from masterplan.domain.findings import findings_of
from masterplan.models import Masterplan
from smartcity.start.demo import example_plan

pytestmark = pytest.mark.django_db
type File = dict[str, Any]

# Checked against banjar.json and banjar_prose.json: each is true, and all of them are advice.
BANJAR = {
    # None of the eight TOWS rows has these four among its "dari".
    ("swot-unused", "S4 tidak dipakai oleh satu pun strategi TOWS."),
    ("swot-unused", "W5 tidak dipakai oleh satu pun strategi TOWS."),
    ("swot-unused", "O5 tidak dipakai oleh satu pun strategi TOWS."),
    ("swot-unused", "T2 tidak dipakai oleh satu pun strategi TOWS."),
    # "pelayanan dekat dengan warga, ekonomi tumbuh dari sungai dan kerajinan": neither religion nor data is in it.
    ("vision-keyword", "Kata kunci “religi” tidak muncul dalam pernyataan visi."),
    ("vision-keyword", "Kata kunci “data terbuka” tidak muncul dalam pernyataan visi."),
    # Used in 5.2, 4.8 and 7.2, never spelt out; NIB, by contrast, stands in brackets after its long form.
    ("abbreviation-undefined", "TJSLP dipakai tanpa kepanjangan di seluruh rencana."),
    ("abbreviation-undefined", "BLUD dipakai tanpa kepanjangan di seluruh rencana."),
    ("abbreviation-undefined", "BOS dipakai tanpa kepanjangan di seluruh rencana."),
    ("abbreviation-undefined", "KPBU dipakai tanpa kepanjangan di seluruh rencana."),
    # Sources of four readiness rows (operators, fibre, internet, communities) say Diskominfo; the texts Diskominfostandi.
    ("office-names", "DISKOMINFOSTANDI juga disebut Diskominfo, 4 kali."),
    # QW-03 and QW-08 are both ECO in 2026, QW-06 and QW-07 both ENV.
    ("quick-win-crowded", "ECO sudah mempunyai QW-03 Sasirangan Satu Label pada 2026."),
    ("quick-win-crowded", "ENV sudah mempunyai QW-06 Sungai Bersih Tanpa Jamban Apung pada 2026."),
}


def found_in(file: File) -> list[tuple[str, str]]:
    plan = planfile.load({**file, "rencana": {"tahun_awal": 2026}}, by=None, replace=True)
    return sorted((each.finding.rule.code, each.finding.sentence) for each in findings_of(plan))


def by_code(rows: list[File], code: str) -> File:
    return next(row for row in rows if row["kode"] == code)


def programme(code: str, **values: Any) -> Callable[[File], None]:
    return lambda file: by_code(file["program"], code).update(values)


def per_year(table: str, code: str, part: str, year: str, value: float) -> Callable[[File], None]:
    return lambda file: by_code(file[table], code)[part].update({year: value})


def horizons(code: str, *kept: str) -> Callable[[File], None]:
    """Also in the cells of the roadmap, which the file's reader holds against the programmes."""

    def plant(file: File) -> None:
        by_code(file["program"], code)["jangka"] = list(kept)
        cells = file["peta_jalan"]["sel"]
        file["peta_jalan"]["sel"] = [cell for cell in cells if cell["program"] != code or cell["periode"] in kept]

    return plant


def quick_win(code: str, **values: Any) -> Callable[[File], None]:
    return lambda file: by_code(file["quick_wins"], code).update(values)


def readiness(place: int, **values: Any) -> Callable[[File], None]:
    return lambda file: file["kesiapan"][place].update(values)


def written(section: str, text: str) -> Callable[[File], None]:
    def plant(file: File) -> None:
        file["prosa"]["sections"][section] += f"<p>{text}</p>"

    return plant


def emptied(section: str) -> Callable[[File], None]:
    return lambda file: file["prosa"]["sections"].update({section: ""})


PASTED = "Warga Paramasan menempuh perjalanan panjang ke ibu kota kabupaten hanya untuk mengurus satu berkas kependudukan saja."


def pasted(file: File) -> None:
    written("B1.1.1", PASTED)(file)
    written("B1.2.1", PASTED)(file)


# Rule of the finding that must appear, and the fault that causes it; no fault touches another's rows.
PLANTED: list[tuple[str, Callable[[File], None]]] = [
    ("target-direction", per_year("program", "GOV-P02", "target", "2028", 60)),
    ("target-direction", per_year("program", "LIV-P04", "target", "2029", 70)),
    ("goal-direction", per_year("sasaran", "SAS-2", "target", "2028", 950)),
    ("target-equals-baseline", programme("BRA-P04", target=dict.fromkeys(map(str, range(2026, 2031)), 25))),
    ("baseline-year", programme("ECO-P04", baseline={"tahun": 2027, "nilai": 310})),
    ("percent-range", per_year("program", "SOC-P03", "target", "2030", 130)),
    ("indicator-twice", programme("LIV-P05", baseline={"tahun": 2024, "nilai": 213})),
    ("activities-empty", programme("GOV-P06", kegiatan=[])),
    ("lead-supports", programme("SOC-P06", opd_pendukung=["BPBD", "DPMD"])),
    ("horizon-missing", horizons("ENV-P02")),
    ("budget-without-source", programme("GOV-P05", sumber_pendanaan=[])),
    ("budget-outside-horizon", horizons("ENV-P06", "pendek")),
    ("programme-without-rpjmd", programme("GOV-P04", rpjmd_misi=None)),
    ("programme-name-twice", programme("SOC-P02", nama="Satu Data Banjar")),
    ("readiness-year", readiness(2, tahun=2012)),
    ("readiness-score", readiness(13, skor_0_4=4)),
    ("percent-range", readiness(7, nilai=179)),
    ("tows-kind", lambda file: by_code(file["tows"], "TOWS-ST1").update(dari=["S5"])),
    ("gap-without-strategy", lambda file: file["gap_analysis"][0].update(strategi_penutup=None)),
    ("gap-strategy-dimension", lambda file: file["gap_analysis"][4].update(strategi_penutup="GOV-S3")),
    ("text-twice", lambda file: file["isu_strategis_per_dimensi"]["LIV"].append("Wilayah tanpa sinyal")),
    ("mission-without-rpjmd", lambda file: file["visi_smart_city"]["misi"][1].update(rpjmd_misi=None)),
    ("quick-win-lead", quick_win("QW-01", opd_penanggung_jawab="DISTAN")),
    ("quick-win-risk", quick_win("QW-02", risiko=[])),
    ("quick-win-target", quick_win("QW-04", target_akhir_tahun="")),
    ("quick-win-origin", quick_win("QW-05", kelanjutan={"status": "lanjutan", "tahun_asal": 2026})),
    ("text-count", written("B2.8.1", "Seluruhnya 41 program dijalankan bersama.")),
    ("text-code", written("B2.3.1", "Pendampingan desa dijalankan melalui GOV-P19.")),
    ("text-amount", written("B2.7.2", "Anggaran cadangan bencana Rp77,77 miliar disiapkan terpisah.")),
    ("paragraph-twice", pasted),
]  # fmt: skip


def test_every_finding_on_the_example_is_the_one_expected(plan: Masterplan) -> None:
    assert found_in(example_plan()) == sorted(BANJAR)


def test_thirty_planted_faults_are_exactly_what_is_found_besides(plan: Masterplan) -> None:
    file = copy.deepcopy(example_plan())
    for _, plant in PLANTED:
        plant(file)
    found = found_in(file)
    # TOWS-ST1 no longer cites T1, which is now unused: one fault, seen from both ends.
    both_ends = ("swot-unused", "T1 tidak dipakai oleh satu pun strategi TOWS.")
    assert BANJAR - set(found) == set()
    assert both_ends in found
    besides = [code for code, sentence in found if (code, sentence) not in BANJAR | {both_ends}]
    assert besides == sorted(code for code, _ in PLANTED)
    assert len(PLANTED) == 30
