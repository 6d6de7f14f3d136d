"""Caps on the tail: the worst file and the longest function decide how a house feels."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("smartcity", "masterplan", "quickwin", "bimtek", "export", "tests", "bench", "scripts")


def python_files() -> list[Path]:
    return [p for package in PACKAGES for p in (ROOT / package).rglob("*.py") if "migrations" not in p.parts]


def too_long(paths: list[Path], limit: int) -> dict[str, int]:
    lengths = {str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines()) for p in paths}
    return {name: length for name, length in lengths.items() if length > limit}


def test_python_files_are_at_most_400_lines() -> None:
    assert too_long(python_files(), 400) == {}


def test_templates_are_at_most_200_lines() -> None:
    assert too_long(list((ROOT / "templates").rglob("*.html")), 200) == {}


def test_style_sheets_are_at_most_200_lines() -> None:
    sheets = [*(ROOT / "static" / "css").rglob("*.css"), *(ROOT / "static" / "editor").glob("*.css")]
    assert too_long(sheets, 200) == {}


def test_functions_are_at_most_40_lines() -> None:
    long = {}
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                length = node.end_lineno - node.lineno + 1
                if length > 40:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = length
    assert long == {}
