"""The one error of the text engine."""


class Refused(ValueError):
    """Content or a step that may not be stored; the message is a sentence for the person."""
