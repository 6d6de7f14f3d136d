"""What the page of comments is asked for; unknown values count as not asked."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Case, IntegerField, Q, Value, When
from django.http import QueryDict

from masterplan.enums import CommentKind, CommentState
from masterplan.models import CommentThread
from masterplan.models.comment import CommentThreadQuerySet
from smartcity.accounts.models import User
from smartcity.ui.http import number_in

KEYS = ("jenis", "keadaan", "untuk", "opd", "dimensi", "bagian", "cari")
STATES = {"": "Belum selesai", **dict(CommentState.choices), "semua": "Semua"}
LONGEST = 100


@dataclass(frozen=True)
class CommentFilter:
    jenis: str
    keadaan: str
    untuk: str
    opd: str
    dimensi: str
    bagian: str
    cari: str

    @classmethod
    def of(cls, query: QueryDict) -> "CommentFilter":
        asked = {key: query.get(key, "")[:LONGEST].replace("\x00", "").strip() for key in KEYS}
        asked["jenis"] = asked["jenis"] if asked["jenis"] in CommentKind.values else ""
        asked["keadaan"] = asked["keadaan"] if asked["keadaan"] in STATES else ""
        asked["untuk"] = "saya" if asked["untuk"] == "saya" else ""
        asked["opd"] = str(number_in(asked["opd"], ""))
        return cls(**asked)

    @property
    def is_active(self) -> bool:
        return any(getattr(self, key) for key in KEYS)

    def query(self, **changes: str) -> str:
        parts = {key: getattr(self, key) for key in KEYS} | changes
        return "?" + urlencode({key: value for key, value in parts.items() if value})

    @property
    def page_query(self) -> str:
        query = self.query()[1:]
        return f"{query}&" if query else ""

    def narrow(self, threads: CommentThreadQuerySet, user: User) -> CommentThreadQuerySet:
        if self.untuk:
            waiting = CommentThread.objects.waiting_for(user).values("pk")
            threads = threads.filter(pk__in=waiting)
        elif not self.keadaan:
            threads = threads.unresolved()
        if self.keadaan and self.keadaan != "semua":
            threads = threads.filter(state=self.keadaan)
        exact = {"kind": self.jenis, "dimension": self.dimensi, "section__outline_section__code": self.bagian}
        threads = threads.filter(**{path: value for path, value in exact.items() if value})
        if self.opd:
            threads = threads.filter(Q(assigned_opd_id=int(self.opd)) | Q(opd_id=int(self.opd)))
        for word in self.cari.split():
            threads = threads.filter(_says(word))
        return threads.distinct() if self.cari else threads


def _says(word: str) -> Q:
    said = Q(comments__body__icontains=word) | Q(comments__author_name__icontains=word)
    said |= Q(quote__icontains=word) | Q(label__icontains=word) | Q(column_label__icontains=word)
    number = number_in(word.upper().removeprefix("K-"), None)
    return said if number is None else said | Q(number=number)


def by_urgency(threads: CommentThreadQuerySet) -> CommentThreadQuerySet:
    """What must be fixed first, then by due date, then the newest; what is over comes last."""
    weight = Case(
        When(state=CommentState.RESOLVED, then=Value(9)),
        When(kind=CommentKind.MUST_FIX, then=Value(0)),
        When(kind=CommentKind.PRAISE, then=Value(5)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return threads.alias(weight=weight).order_by("weight", "due", "-number")
