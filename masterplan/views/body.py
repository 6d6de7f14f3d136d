"""The JSON that the editor sends, read strictly: what comes out of here can be stored and sent on."""

import json
import re
from typing import Any, Never

from masterplan import prose

# Text that PostgreSQL does not store: NUL, and half a surrogate pair.
NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
HALF_PAIR = re.compile("[\ud800-\udfff]")


class UnreadableError(ValueError):
    """The body is no JSON of a sensible depth."""


class UnstorableError(prose.Refused):
    """The body holds characters or numbers that no text holds."""

    def __init__(self) -> None:
        super().__init__("Ada aksara yang tidak dapat disimpan.")


def read_json(body: bytes) -> Any:
    """Raises UnreadableError or UnstorableError."""
    found = _parse(body, _refuse_constant)
    if NUL.search(body) or _has_half_pair(found):
        raise UnstorableError
    return found


def read_json_leniently(body: bytes) -> Any:
    """For copies of what was refused: what cannot be stored becomes a replacement character. Raises UnreadableError."""
    found = _parse(NUL.sub(lambda hit: hit.group()[:-6] + b"\\ufffd", body), lambda _: None)
    return json.loads(HALF_PAIR.sub("\ufffd", json.dumps(found, ensure_ascii=False)))


def _parse(body: bytes, constant: Any) -> Any:
    try:
        return json.loads(body.decode(), parse_constant=constant)
    except UnstorableError:
        raise
    except (ValueError, RecursionError) as error:
        raise UnreadableError from error


def _refuse_constant(_: str) -> Never:
    raise UnstorableError  # NaN and Infinity are no JSON


def _has_half_pair(found: Any) -> bool:
    """Halves that meet in one string were joined by the parser; what is left over cannot be encoded."""
    try:
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False
