"""`manage.py export_plan`."""

import json
from io import StringIO
from pathlib import Path

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from masterplan.models import Masterplan


def test_the_command_writes_one_book_and_says_what_it_wrote(plan: Masterplan, tmp_path: Path) -> None:
    out, target = StringIO(), tmp_path / "hasil" / "buku.pdf"
    target.parent.mkdir()
    call_command("export_plan", plan.code, "--book", "iii", "--output", str(target), "--json", stdout=out)
    facts = json.loads(out.getvalue())
    assert (facts["file"], facts["size"], facts["warnings"]) == (str(target), target.stat().st_size, [])
    assert [entry.name for entry in target.parent.iterdir()] == ["buku.pdf"]
    assert {"pages", "parts", "hits", "seconds", "cpu_seconds", "peak_bytes", "laps"} <= facts.keys()


def test_a_copy_for_the_printer_and_pictures_of_its_kinds_of_pages(plan: Masterplan, tmp_path: Path) -> None:
    pages, book = tmp_path / "halaman", tmp_path / "buku.pdf"
    pages.mkdir()
    call_command("export_plan", plan.code, book="iii", variant="print", output=book, pictures=pages, verbosity=0)
    with pikepdf.open(book) as pdf:
        assert {tuple(map(round, page.trimbox.as_list()[2:])) for page in pdf.pages} >= {(595, 842)}
        labels = [page.label for page in pdf.pages]
    found = sorted(path.name for path in pages.iterdir())
    assert found == [
        f"{place:03}-{label}.png" for place, label in enumerate(labels, 1) if f"{place:03}-{label}.png" in found
    ]
    assert found[0] == "001-i.png"
    assert {"ii", "I-1"} <= {name[4:-4] for name in found}
    with Image.open(pages / found[0]) as cover:
        assert len(cover.getcolors(1_000_000) or []) > 50


@pytest.mark.parametrize(
    ("code", "book", "sentence"),
    [("99.99-2026", "all", "Tidak ada masterplan"), ("63.03-2026", "IX", "Buku IX tidak ada; pilih all, I, II, III.")],
)
def test_unknown_codes_are_refused_with_a_sentence(
    plan: Masterplan, tmp_path: Path, code: str, book: str, sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("export_plan", code, "--book", book, "--output", str(tmp_path / "x.pdf"))
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_refused(plan: Masterplan, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="tidak ada"):
        call_command("export_plan", plan.code, "--output", str(tmp_path / "tidak" / "x.pdf"))
    with pytest.raises(CommandError, match="tidak ada"):
        call_command("export_plan", plan.code, output=tmp_path / "x.pdf", pictures=tmp_path / "tidak")
    assert list(tmp_path.iterdir()) == []
