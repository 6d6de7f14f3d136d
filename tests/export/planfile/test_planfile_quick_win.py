"""What later editions added to quick wins: written where it is filled, read back whole, refused where it is wrong."""

import json
from typing import Any

import pytest

from export import planfile
from quickwin.models import QuickWin
from smartcity.start.demo import example_plan

pytestmark = pytest.mark.django_db
MORE = {
    "nama_pendek": "Barokah", "uraian": "Gerai berjalan", "tujuan": "Layanan dekat",
    "penerima_manfaat": "Warga hulu", "daya_tarik": "Mengikuti hari pasar", "bentuk_kemitraan": "Bank menyediakan mesin",
    "indikator": "Layanan selesai",
}  # fmt: skip


def filled() -> dict[str, Any]:
    data: dict[str, Any] = example_plan()
    issue = data["isu_strategis_per_dimensi"]["GOV"][0]
    data["quick_wins"][0] |= {"isu_strategis": issue} | MORE
    data["quick_wins"][0]["milestone"][0]["selesai"] = "2026-03-02"
    data["quick_wins"][0]["milestone"][1]["alasan_terlambat"] = "Lelang ulang"
    return data


def test_what_is_filled_comes_back_and_the_rest_stays_as_it_was() -> None:
    data = filled()
    plan = planfile.load(data, by=None)
    dumped = json.loads(json.dumps(planfile.dump(plan)))
    assert dumped["quick_wins"][0] == {key: data["quick_wins"][0][key] for key in dumped["quick_wins"][0]}
    assert set(data["quick_wins"][0]) == set(dumped["quick_wins"][0])
    assert dumped["quick_wins"][1:] == example_plan()["quick_wins"][1:]  # type: ignore[index]
    again = planfile.load(dumped, by=None, replace=True)
    assert planfile.dump(again) == dumped
    win = QuickWin.objects.get(plan=again, code="QW-01")
    assert (win.issue and win.issue.text, win.attraction) == (
        data["isu_strategis_per_dimensi"]["GOV"][0], "Mengikuti hari pasar",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"isu_strategis": "Tidak ada"},
         "quick_wins[0].isu_strategis: “Tidak ada” tidak ada dalam isu_strategis_per_dimensi."),
        ({"nama_pendek": "x" * 61}, "quick_wins[0].nama_pendek: paling panjang 60 aksara."),
        ({"indikator": 7}, "quick_wins[0].indikator: harus berupa teks."),
        ({"milestone": [{"triwulan": 1, "capaian": "SOP", "selesai": "kemarin"}]},
         "quick_wins[0].milestone[0].selesai: harus berupa tanggal seperti 2025-07-08."),
    ],
)  # fmt: skip
def test_faults_have_their_place(change: dict[str, Any], fault: str) -> None:
    data = filled()
    data["quick_wins"][0] |= change
    with pytest.raises(planfile.PlanFileError) as refused:
        planfile.load(data, by=None)
    assert [str(each) for each in refused.value.faults] == [fault]
