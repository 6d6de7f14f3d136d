"""Reads a file from outside in a process of its own, and ends it when it takes too much time, memory or processor."""

import json
import logging
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from smartcity.ui.refusal import Incomplete

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
BROKEN = "Berkas tidak dapat dibaca: terlalu lama atau terlalu banyak memori."


@dataclass(frozen=True)
class Limits:
    seconds: float = 60
    cpu_seconds: int = 50
    memory_bytes: int = 1_200_000_000


@dataclass(frozen=True)
class Reader:
    """A module to run; `again` says what to do when it gives up."""

    module: str
    again: str
    limits: Limits


WORD = Reader("masterplan.word", "Simpan ulang di Word sebagai .docx, atau unggah bab demi bab.", Limits())
EXCEL = Reader(
    "masterplan.workbook",
    "Simpan ulang di Excel sebagai .xlsx, atau unggah tabel satu perangkat daerah saja.",
    Limits(seconds=30, cpu_seconds=15),
)


def read_in_child(reader: Reader, data: bytes, name: str, *, limits: Limits | None = None) -> dict[str, Any]:
    """The reading (docs/word-import.md, docs/excel.md). Raises Incomplete with a sentence when the file is unfit."""
    limits = limits or reader.limits
    command = [sys.executable, "-m", reader.module, name, str(limits.cpu_seconds), str(limits.memory_bytes)]
    with tempfile.TemporaryDirectory() as scratch:
        # Only what Python needs goes into the environment: no address of the database, no key.
        environment = {"PATH": "/usr/bin:/bin", "HOME": scratch, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module
                command,
                cwd=scratch,
                env=environment,
                input=data,
                capture_output=True,
                timeout=limits.seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise Incomplete(BROKEN, next_step=reader.again) from error
    if done.returncode != 0:
        logger.error(
            "Membaca berkas berhenti (%s, %s): %s",
            reader,
            done.returncode,
            done.stderr[-2000:].decode(errors="replace"),
        )
        raise Incomplete(BROKEN, next_step=reader.again)
    result: dict[str, Any] = json.loads(done.stdout)
    if "refused" in result:
        raise Incomplete(result["refused"], next_step=result["next_step"])
    return result
