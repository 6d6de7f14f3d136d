"""Letters that were written to files instead of being sent: the mailbox of demo mode."""

from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

FILES = "django.core.mail.backends.filebased.EmailBackend"
END = b"\n" + b"-" * 79 + b"\n"  # what Django writes behind each letter
MOST = 300


@dataclass(frozen=True)
class Letter:
    """`key` names it in the address of its page."""

    key: str
    to: str
    subject: str
    at: datetime
    text: str


def folder() -> Path | None:
    """None where letters really leave."""
    mailer: dict[str, Any] = settings.MAILERS["default"]
    return Path(mailer["OPTIONS"]["file_path"]) if mailer.get("BACKEND") == FILES else None


def is_filed(message_id: str) -> bool:
    """Whether a letter with this number was written, also by a process that died right after."""
    return any(message_id.encode() in raw for _, raw in _raw_letters())


def letters() -> list[Letter]:
    """The newest first."""
    found = [_letter(key, raw) for key, raw in _raw_letters()]
    return sorted(found, key=lambda letter: letter.at, reverse=True)[:MOST]


def _raw_letters() -> list[tuple[str, bytes]]:
    place = folder()
    if place is None or not place.is_dir():
        return []
    files = sorted(place.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)[:MOST]
    return [
        (f"{path.stem}-{number}", raw)
        for path in files
        for number, raw in enumerate(path.read_bytes().split(END))
        if raw.strip()
    ]


def _letter(key: str, raw: bytes) -> Letter:
    message = BytesParser(policy=policy.default).parsebytes(raw)
    body = message.get_body(("plain", "html"))
    text = str(body.get_content()) if body is not None else ""
    return Letter(key, str(message["To"] or ""), str(message["Subject"] or ""), _moment(message["Date"]), text)


def _moment(text: str | None) -> datetime:
    try:
        return parsedate_to_datetime(text or "")
    except ValueError:
        return timezone.now()
