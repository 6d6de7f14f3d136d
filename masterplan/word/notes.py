"""What was read but not taken over as it was, with its place. Nothing may vanish without a line here."""

from dataclasses import dataclass

MAX_SAID = 3
MAX_LINES = 600


@dataclass
class Note:
    """`segment` is the heading under which it was found; `count` how often; `said` the first few texts."""

    kind: str
    segment: int
    count: int
    said: list[str]


class Notes:
    def __init__(self) -> None:
        self.segment = 0
        self._found: dict[tuple[str, int], Note] = {}

    def add(self, kind: str, text: str = "") -> None:
        text = " ".join(text.split())
        key = (kind, self.segment)
        note = self._found.get(key)
        if note is None:
            if len(self._found) >= MAX_LINES:
                key = (kind, -1)
            note = self._found.setdefault(key, Note(kind, key[1], 0, []))
        note.count += 1
        if text and len(note.said) < MAX_SAID and text not in note.said:
            note.said.append(text)

    def lines(self) -> list[dict[str, object]]:
        return [vars(note) for note in self._found.values()]
