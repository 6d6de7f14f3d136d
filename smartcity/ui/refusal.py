"""Why something was not done, as a sentence for the person; knows nothing of HTTP but the number."""


class Refusal(Exception):
    """Base of all refusals; `next_step` says what the person can do now."""

    status = 409

    def __init__(self, sentence: str, *, next_step: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.next_step = next_step


class WrongState(Refusal):
    """The object has moved on: already accepted, already running."""


class Conflict(Refusal):
    """Somebody else was first."""


class NotAllowed(Refusal):
    """A member without this right; strangers get 404 instead."""

    status = 403


class Incomplete(Refusal):
    """What was sent cannot be accepted as it is."""

    status = 422


class TooLarge(Refusal):
    status = 413


class TooOften(Refusal):
    """Again too soon; what was typed stays with the person."""

    status = 429


class NoRoom(Refusal):
    """The disk or a region's share of it is full; nothing was kept."""

    status = 507
