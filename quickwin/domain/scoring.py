"""One scorer's sheet: points on each criterion of each candidate, and handing them in, which nothing takes back."""

import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from quickwin.domain.selection import locked, record_round, reveal_if_complete
from quickwin.models import Ballot, Candidate, Criterion, Score
from quickwin.models.selection import POINTS
from quickwin.rules import can_score
from smartcity.accounts.models import User
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, WrongState

MAX_NOTE = 500


class StaleScores(Conflict):
    """The scores of this candidate were changed in another window meanwhile."""


@dataclass(frozen=True)
class Mark:
    """Points (None: not given) and a note on one criterion."""

    points: int | None
    note: str = ""


type Marks = Mapping[int, Mark]  # by the criterion's id


def marks_of(ballot: Ballot, candidate: Candidate, criteria: list[Criterion]) -> dict[int, Mark]:
    """One's own marks, a line for every criterion."""
    given = {score.criterion_id: score for score in Score.objects.filter(ballot=ballot, candidate=candidate)}
    return {
        criterion.pk: Mark(given[criterion.pk].points, given[criterion.pk].note)
        if criterion.pk in given else Mark(None)
        for criterion in criteria
    }  # fmt: skip


def version_of(marks: Marks) -> int:
    """What the person had before them, as a number."""
    content = "\x1f".join(f"{key}:{mark.points}:{mark.note}" for key, mark in sorted(marks.items()))
    return zlib.crc32(content.encode())


def score(ballot: Ballot, candidate: Candidate, *, marks: Marks, version: int, by: User) -> None:
    """Marks on all criteria or on some; what has no points is left for later. A note needs points."""
    criteria = list(candidate.round.criterion_set.criteria.all())
    _ensure_fit(marks, criteria)
    with _scoring(ballot, by) as own:
        _ensure_candidate(candidate, own)
        if version != version_of(marks_of(own, candidate, criteria)):
            raise StaleScores(
                "Nilai calon ini sudah Anda ubah di jendela lain.",
                next_step="Isian Anda masih ada di bawah; simpan lagi bila tetap ingin memakainya.",
            )
        own.scores.filter(candidate=candidate).delete()
        Score.objects.bulk_create(
            Score(ballot=own, candidate=candidate, criterion_id=key, points=mark.points, note=mark.note)
            for key, mark in marks.items() if mark.points is not None
        )  # fmt: skip


def filled_of(ballot: Ballot) -> dict[int, int]:
    """How many criteria have points, by the candidate's id."""
    return dict(ballot.scores.order_by().values_list("candidate_id").annotate(Count("pk")))


def hand_in(ballot: Ballot, *, by: User) -> None:
    """For good. With the last one all scores are open."""
    with _scoring(ballot, by) as own:
        number = own.round.criterion_set.criteria.count()
        filled = filled_of(own)
        lacking = [each for each in own.round.candidates.all() if filled.get(each.pk, 0) < number]
        if lacking:
            more = f" dan {len(lacking) - 1} calon lain" if len(lacking) > 1 else ""
            raise Incomplete(
                f"Nilai {lacking[0]}{more} belum lengkap.", next_step="Isi semua kriterianya, lalu serahkan."
            )
        own.handed_in_at = timezone.now()
        own.save(update_fields=["handed_in_at"])
        record_round("round.handed_in", own.round, by)
        reveal_if_complete(own.round, by=by)


@contextmanager
def _scoring(ballot: Ballot, by: User) -> Iterator[Ballot]:
    """The ballot as stored now, its round held, while it is still the person's to fill."""
    with transaction.atomic():
        fresh = locked(ballot.round)
        own = fresh.ballots.filter(pk=ballot.pk).first()
        if own is None:
            raise WrongState("Anda tidak lagi menjadi penilai pada pemilihan ini.")
        if not can_score(by, own):
            raise NotAllowed("Lembar nilai hanya diisi oleh penilainya sendiri.")
        if own.handed_in_at is not None:
            raise WrongState("Nilai Anda sudah diserahkan dan tidak berubah lagi.")
        own.round = fresh
        yield own


def _ensure_candidate(candidate: Candidate, own: Ballot) -> None:
    if not own.round.candidates.filter(pk=candidate.pk).exists():
        raise WrongState("Calon ini sudah dikeluarkan dari pemilihan.", next_step="Kembali ke lembar nilai Anda.")


def _ensure_fit(marks: Marks, criteria: list[Criterion]) -> None:
    if set(marks) != {criterion.pk for criterion in criteria}:
        raise Incomplete("Kriteria yang dikirim bukan kriteria pemilihan ini.", next_step="Muat ulang halaman ini.")
    for criterion in criteria:
        mark = marks[criterion.pk]
        if mark.points is not None and mark.points not in POINTS:
            raise Incomplete(f"Nilai “{criterion}” harus 1 sampai 5.")
        if mark.note and mark.points is None:
            raise Incomplete(f"Beri juga nilai pada “{criterion}”, atau kosongkan catatannya.")
        if len(mark.note) > MAX_NOTE or "\x00" in mark.note:
            raise Incomplete(f"Catatan “{criterion}” terlalu panjang, paling banyak {MAX_NOTE} aksara.")
