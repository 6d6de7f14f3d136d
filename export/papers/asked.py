"""What the page of the matrix is asked for; unknown values count as not asked."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from masterplan.enums import CommentKind, CommentState
from masterplan.models.comment import CommentThreadQuerySet

KEYS = ("tahap", "jenis", "keadaan", "dimensi", "untuk")
REVIEWERS = "peninjau"


@dataclass(frozen=True)
class MatrixAsked:
    """`untuk` is "peninjau" only for a reviewer who asks for the notes that the region does not see."""

    tahap: str = ""
    jenis: str = ""
    keadaan: str = ""
    dimensi: str = ""
    untuk: str = ""

    @classmethod
    def of(cls, query: QueryDict, *, is_reviewer: bool) -> "MatrixAsked":
        given = {key: query.get(key, "")[:20].replace("\x00", "") for key in KEYS}
        given["jenis"] = given["jenis"] if given["jenis"] in CommentKind.values else ""
        given["keadaan"] = given["keadaan"] if given["keadaan"] in CommentState.values else ""
        given["untuk"] = REVIEWERS if is_reviewer and given["untuk"] == REVIEWERS else ""
        return cls(**given)

    @property
    def is_for_reviewers(self) -> bool:
        return self.untuk == REVIEWERS

    @property
    def is_narrowed(self) -> bool:
        return bool(self.jenis or self.keadaan or self.dimensi)

    def query(self, **changes: str) -> str:
        parts = {key: getattr(self, key) for key in KEYS} | changes
        return "?" + urlencode({key: value for key, value in parts.items() if value})

    def narrow(self, threads: CommentThreadQuerySet) -> CommentThreadQuerySet:
        exact = {"kind": self.jenis, "state": self.keadaan, "dimension": self.dimensi}
        return threads.filter(**{path: value for path, value in exact.items() if value})

    def words(self) -> str:
        """The filter as a phrase, empty without one."""
        parts = [
            CommentKind(self.jenis).label if self.jenis else "",
            CommentState(self.keadaan).label.lower() if self.keadaan else "",
            f"dimensi {self.dimensi}" if self.dimensi else "",
        ]
        return ", ".join(filter(None, parts))
