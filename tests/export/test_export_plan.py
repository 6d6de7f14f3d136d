"""`manage.py export_plan`."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from masterplan.models import Masterplan


def test_the_command_writes_one_book_and_says_what_it_wrote(plan: Masterplan, tmp_path: Path) -> None:
    out, target = StringIO(), tmp_path / "hasil" / "buku.pdf"
    target.parent.mkdir()
    call_command("export_plan", plan.code, "--book", "iii", "--output", str(target), "--json", stdout=out)
    facts = json.loads(out.getvalue())
    assert (facts["file"], facts["size"], facts["warnings"]) == (str(target), target.stat().st_size, [])
    assert [entry.name for entry in target.parent.iterdir()] == ["buku.pdf"]
    assert {"pages", "parts", "hits", "seconds", "cpu_seconds", "peak_bytes", "laps"} <= facts.keys()


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
