"""The cycle in a plan file: terms, real dates, documents and events come back; people and files do not."""

from typing import Any

import pytest

from bimtek.domain.stored_file import store_file
from bimtek.models import CycleDocument, CycleEvent, Participant
from export import planfile
from masterplan.models import Masterplan
from smartcity.start.demo import example_plan
from smartcity.start.demo_cycle import fill_cycle, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled() -> Masterplan:
    plan = planfile.load(example_plan(), by=None)
    fill_cycle(plan)
    return plan


def test_the_filled_cycle_comes_back(filled: Masterplan) -> None:
    first = planfile.dump(filled)
    assert first["kelembagaan"]["dewan_smart_city"][4] == {
        "jabatan": "Anggota", "pengisi": "Unsur perguruan tinggi", "unsur": "kampus", "sejak": "2025-05-26",
        "ditetapkan_dengan": "188.45/211/2025",
    }  # fmt: skip
    assert first["tahapan"]["bimtek"][1]["terlaksana_mulai"] == "2025-08-19"
    assert first["kegiatan"][0]["acara"][0] == {
        "hari": "2025-10-07", "mulai": "08:00", "acara": "Pembukaan oleh Sekretaris Daerah atas nama Bupati",
        "sampai": "08:30", "pembicara": "Sekretaris Daerah",
    }  # fmt: skip
    assert "Perwira" not in str(first)
    again = planfile.load(first, by=None, replace=True)
    assert planfile.dump(again) == first
    assert (Participant.objects.count(), CycleEvent.objects.count()) == (0, 1)
    assert not CycleDocument.objects.filter(file__isnull=False).exists()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda d: d["kegiatan"][0]["acara"][0].update(hari="2025-01-01"), "kegiatan[0].acara[0].hari: di luar hari kegiatan."),
        (lambda d: d["kegiatan"][0].update(tautan="javascript:alert(1)"),
         "kegiatan[0].tautan: harus dimulai dengan https:// atau http://."),
        (lambda d: d["kegiatan"][0]["acara"][0].update(mulai="pagi"), "kegiatan[0].acara[0].mulai: harus berupa jam seperti 08:30."),
        (lambda d: d["dokumen"][0].update(jenis="piagam"), "dokumen[0].jenis: “piagam” tidak dikenal"),
        (lambda d: d["kelembagaan"]["tim_pelaksana"][0].update(perangkat_daerah="X"),
         "kelembagaan.tim_pelaksana[0].perangkat_daerah: “X” tidak ada dalam perangkat_daerah."),
        (lambda d: d["tahapan"]["bimtek"][0].pop("terlaksana_mulai"),
         "tahapan.bimtek[0].terlaksana_selesai: harus bersama terlaksana_mulai, dan tidak lebih awal."),
    ],
)  # fmt: skip
def test_faults_are_named(change: Any, fault: str, filled: Masterplan) -> None:
    data = planfile.dump(filled)
    change(data)
    with pytest.raises(planfile.PlanFileError) as refused:
        planfile.load(data, by=None, replace=True)
    assert any(str(each).startswith(fault) for each in refused.value.faults), refused.value.faults


def test_the_scans_of_the_example_are_real_pages(filled: Masterplan) -> None:
    body = page("Contoh (uji)", "SK\\Dewan")
    assert store_file(plan=filled, upload=body, name="x.pdf", by=None).size == len(body)
