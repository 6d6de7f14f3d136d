"""Writes every format but PDF in a process of its own, under limits, without the database and without secrets.

Runs as `python -m export.formats.apart REQUEST`; REQUEST names a JSON file.
"""

import json
import os
import pickle  # nosec B403
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from export.children import ROOT, Limits, TypesettingError
from export.restraint import restrain

LOOK_EVERY = 0.3
# Slides are drawn from rows of Django's models, which want settings; nothing behind this address answers.
NOWHERE = {
    "DJANGO_SETTINGS_MODULE": "smartcity.settings",
    "SECRET_KEY": "not-a-secret-" * 6,
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
}


def written_apart(file_format: str, material: object, *, name: str, limits: Limits, pulse: Callable[[], None]) -> bytes:
    """`pulse` is called several times a second; what it raises ends the work. Raises TypesettingError with `name` in its sentence."""
    with tempfile.TemporaryDirectory(prefix="writing-") as folder, tempfile.TemporaryFile() as errors:
        request = _request(Path(folder), file_format, material, limits)
        home = {"PATH": "/usr/bin:/bin", "HOME": folder, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "export.formats.apart", str(request)]
        process = subprocess.Popen(command, cwd=ROOT, env=home | NOWHERE, stderr=errors)  # noqa: S603 - our own module
        try:
            _await(process, limits.whole_seconds, pulse)
        finally:
            process.kill()
            process.wait()
        if process.returncode:
            errors.seek(0)
            raise _failure(process.returncode, errors.read()[-4000:].decode(errors="replace"), name)
        return (Path(folder) / "output").read_bytes()


def _request(folder: Path, file_format: str, material: object, limits: Limits) -> Path:
    (folder / "material").write_bytes(pickle.dumps(material))
    request = folder / "request.json"
    fields = {
        "parent": os.getpid(),
        "limits": asdict(limits) | {"cpu_seconds": int(limits.whole_cpu_seconds)},
        "format": file_format,
        "material": str(folder / "material"),
        "output": str(folder / "output"),
    }
    request.write_text(json.dumps(fields))
    return request


def _await(process: subprocess.Popen[bytes], seconds: float, pulse: Callable[[], None]) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            process.wait(LOOK_EVERY)
        except subprocess.TimeoutExpired:
            pulse()
        else:
            return


def _failure(code: int, detail: str, name: str) -> TypesettingError:
    if code < 0 or "MemoryError" in detail:
        return TypesettingError(
            f"Pembuatan berkas {name} berhenti: terlalu lama atau terlalu banyak memori. "
            "Periksa tabel yang sangat panjang atau isi yang tidak wajar.",
            detail,
        )
    return TypesettingError(
        f"Pembuatan berkas {name} gagal. Mintalah sekali lagi; bila tetap gagal, hubungi pengelola.", detail
    )


def write(file_format: str, material: Any) -> bytes:
    """From what `made.material` read."""
    return WRITERS[file_format](material)


def _word(material: Any) -> bytes:
    from export.formats.word.book import word_book  # noqa: PLC0415 - each process loads what it writes

    return word_book(material)


def _excel(material: Any) -> bytes:
    from export.formats.workbook import tables_xlsx  # noqa: PLC0415

    return tables_xlsx(material)


def _slides(material: Any) -> bytes:
    from export.formats.deck import deck_of  # noqa: PLC0415 - needs Django
    from export.formats.package import settled  # noqa: PLC0415

    return settled(deck_of(material))


def _data(material: Any) -> bytes:
    return json.dumps(material, ensure_ascii=False, indent=1).encode()


WRITERS: dict[str, Callable[[Any], bytes]] = {"docx": _word, "xlsx": _excel, "pptx": _slides, "json": _data}


def main() -> None:
    request = json.loads(Path(sys.argv[1]).read_bytes())
    restrain(request["limits"], request["parent"])
    if request["format"] == "pptx":
        import django  # noqa: PLC0415 - takes a second

        django.setup()
    # Written by the worker that started this process, into a folder of its own.
    material = pickle.loads(Path(request["material"]).read_bytes())  # noqa: S301 # nosec B301
    Path(request["output"]).write_bytes(write(request["format"], material))


if __name__ == "__main__":
    main()
