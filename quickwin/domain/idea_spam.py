"""Defence of the public form without cookies and without help from outside: a signed sheet, a trap, links, the same again."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.core import signing

from quickwin.models import Idea
from smartcity.ui.refusal import Conflict, Incomplete

SALT = "quickwin.idea"
FASTEST, LONGEST = timedelta(seconds=4), timedelta(hours=12)
MOST_LINKS = 2
SAME_WITHIN = timedelta(days=30)
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


@dataclass(frozen=True)
class FormSheet:
    """The form as it was handed out: once, for one region, at one time."""

    form_id: UUID
    region: str
    given_at: datetime

    @classmethod
    def new(cls, region: str, now: datetime) -> "FormSheet":
        return cls(uuid4(), region, now)

    @classmethod
    def read(cls, signed: str, region: str) -> "FormSheet | None":
        """None where it is not ours or another region's."""
        try:
            form_id, place, given_at = signing.loads(signed, salt=SALT)
            sheet = cls(UUID(form_id), place, datetime.fromisoformat(given_at))
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return sheet if sheet.region == region else None

    @property
    def signed(self) -> str:
        return signing.dumps([str(self.form_id), self.region, self.given_at.isoformat()], salt=SALT)

    def is_stale(self, now: datetime) -> bool:
        return now - self.given_at > LONGEST


def ensure_by_hand(sheet: FormSheet | None, *, trap: str, now: datetime) -> FormSheet:
    """Raises Incomplete with a sentence that a person can act on."""
    again = "Isian Anda masih ada. Tekan Kirim sekali lagi."
    if trap:
        raise Incomplete("Kolom yang harus dibiarkan kosong ternyata terisi, mungkin oleh peramban.", next_step=again)
    if sheet is None or sheet.is_stale(now):
        raise Incomplete("Formulir ini sudah terlalu lama terbuka.", next_step=again)
    if now - sheet.given_at < FASTEST:
        raise Incomplete(
            "Formulir ini dikirim terlalu cepat.", next_step="Tunggu beberapa detik, lalu tekan Kirim lagi."
        )
    return sheet


def ensure_sound(*texts: str) -> None:
    if sum(len(LINK.findall(text)) for text in texts) > MOST_LINKS:
        raise Incomplete(f"Paling banyak {MOST_LINKS} tautan dalam satu usulan.", next_step="Hapus sebagian tautannya.")


def ensure_new(fingerprint: str, *, plan_id: int, now: datetime) -> None:
    known = Idea.objects.filter(plan_id=plan_id, fingerprint=fingerprint, sent_at__gt=now - SAME_WITHIN)
    if known.exists():
        raise Conflict(
            "Usulan dengan isi yang sama sudah kami terima.",
            next_step="Tidak perlu mengirimnya lagi; ubah bila berbeda.",
        )


def fingerprint_of(*texts: str) -> str:
    """The same for texts that differ only in case, spaces and signs."""
    words = re.findall(r"\w+", " ".join(texts).casefold())
    return hashlib.sha256(" ".join(words).encode()).hexdigest()
