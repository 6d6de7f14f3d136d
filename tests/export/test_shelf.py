"""Set parts on disk: found by everything that shapes them, noticed when damaged, the oldest go first."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from export.job import Mark, PageFacts, Part, PrintJob, Run, Sidecar
from export.shelf import SetPart, Shelf, keys_for

RUN = Run("B1", "Bab I", "Buku I", "Kabupaten Banjar", "I-", is_front=False, has_opening=True)
PART = Part("Buku I, Bab I", '<img src="asset:peta.png">', run=RUN)
JOB = PrintJob(
    "Judul",
    "Pemerintah",
    (PART,),
    ("p { background: url(asset:dots.svg) }",),
    "",
    {"peta.png": b"1", "dots.svg": b"2", "lain.png": b"3"},
)
SIDECAR = Sidecar(
    pages=(PageFacts(595.3, 841.9, "", "bersambung"),),
    anchors={"bab-1": (0, 85.04, 700.5)},
    marks=(Mark(2, "Bab I", 0, 85.04, 700.5),),
    links=("bagian-2",),
    warnings=("kata",),
    cpu_seconds=0.5,
    peak_bytes=120_000_000,
)
SET = SetPart(b"%PDF-1.7 isi\nbaris", SIDECAR)
KEY = "ab" + "0" * 62


def key(job: PrintJob, part: Part = PART) -> str:
    return keys_for(job).of(part)


def test_what_is_put_comes_back_whole(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "parts", 10**6)
    assert shelf.get(KEY) is None
    shelf.put(KEY, SET)
    assert shelf.get(KEY) == SET
    assert [path.name for path in tmp_path.rglob("*.*")] == [f"{KEY}.part"]


@pytest.mark.parametrize("place", [0, 70, -1])
def test_a_damaged_part_is_noticed_and_removed(tmp_path: Path, place: int) -> None:
    shelf = Shelf(tmp_path, 10**6)
    shelf.put(KEY, SET)
    (path,) = tmp_path.rglob("*.part")
    body = bytearray(path.read_bytes())
    body[place] ^= 1
    path.write_bytes(body)
    assert shelf.get(KEY) is None
    assert not path.exists()


def test_what_was_used_longest_ago_makes_place(tmp_path: Path) -> None:
    names = [f"{number:02}" + "0" * 62 for number in range(4)]
    shelf = Shelf(tmp_path, 10**6)
    for age, name in enumerate(names):
        shelf.put(name, SET)
        os.utime(tmp_path / name[:2] / f"{name}.part", (1000 - age, 1000 - age))
    size = next(tmp_path.rglob("*.part")).stat().st_size
    assert shelf.get(names[3])
    Shelf(tmp_path, 2 * size + 1).trim()
    assert [shelf.get(name) is not None for name in names] == [True, False, False, True]


def test_a_draft_of_a_killed_worker_goes_too(tmp_path: Path) -> None:
    (tmp_path / "ab").mkdir()
    (tmp_path / "ab" / f".{KEY}.1").write_bytes(b"x" * 100)
    Shelf(tmp_path, 50).trim()
    assert list(tmp_path.rglob("*.*")) == []


def test_a_key_follows_everything_that_shapes_the_part() -> None:
    changed = [
        key(JOB, replace(PART, html=PART.html + " ")),
        key(JOB, replace(PART, css="p { color: red }")),
        key(JOB, replace(PART, run=None)),
        key(replace(JOB, styles=(*JOB.styles, ""))),
        key(replace(JOB, tight_css="p {}")),
        key(replace(JOB, variant="plain")),
        key(replace(JOB, assets=JOB.assets | {"peta.png": b"x"})),
        key(replace(JOB, assets=JOB.assets | {"dots.svg": b"x"})),
    ]
    assert len({key(JOB), *changed}) == len(changed) + 1


def test_a_key_does_not_follow_what_is_stamped_or_named() -> None:
    moved = replace(PART, name="Buku II", run=replace(RUN, head="Bab II", prefix="II-"))
    assert key(JOB, moved) == key(JOB)
    assert key(replace(JOB, title="Lain", assets=JOB.assets | {"lain.png": b"x"})) == key(JOB)
