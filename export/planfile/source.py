"""From bytes to JSON: a file that is not what it says it is, is refused before anything else happens."""

import json
from pathlib import Path
from typing import Any

from export.planfile.cursor import Fault, PlanFileError

MAX_BYTES = 200_000_000


def read_json(path: Path) -> dict[str, Any]:
    """Raises PlanFileError: missing, too large, not UTF-8, not JSON, a key twice, NaN."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PlanFileError([Fault("", "lebih dari 200 MB.")])
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise PlanFileError([Fault("", f"tidak dapat dibaca ({error.strerror}).")]) from error
    except UnicodeDecodeError as error:
        raise PlanFileError([Fault("", "bukan teks UTF-8.")]) from error
    try:
        data = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise PlanFileError([Fault(f"baris {error.lineno} kolom {error.colno}", "bukan JSON yang sah.")]) from error
    except RecursionError as error:
        raise PlanFileError([Fault("", "bertingkat terlalu dalam.")]) from error
    if not isinstance(data, dict):
        raise PlanFileError([Fault("", "harus berupa objek JSON.")])
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise PlanFileError([Fault(twice, "kunci tertulis dua kali.")])
    return found


def _refuse_constant(name: str) -> Any:
    raise PlanFileError([Fault("", f"memuat {name}, yang bukan angka JSON.")])
