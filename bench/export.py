"""Time and memory of all books of the plans in the database: python bench/export.py [CODE]."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def measure(code: str, book: str) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "book.pdf"
        command = [sys.executable, "manage.py", "export_plan", code, "--book", book, "--output", str(output), "--json"]
        started = time.perf_counter()
        facts = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    return {
        "book": book,
        "pages": facts["pages"],
        "seconds": round(time.perf_counter() - started, 1),
        "typesetting_seconds": facts["seconds"],
        "peak_mb": round(facts["peak_bytes"] / 1e6),
        "size_kb": round(facts["size"] / 1024),
    }


if __name__ == "__main__":
    for each in ("I", "II", "III", "all"):
        print(json.dumps(measure(sys.argv[1] if len(sys.argv) > 1 else "63.03-2026", each)))
