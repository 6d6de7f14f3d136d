"""What people type, as it is kept."""


def cleaned(text: str) -> str:
    """Without NUL (PostgreSQL refuses it), with one sign for a new line, and without space around it."""
    return text.replace("\x00", "").replace("\r\n", "\n").strip()
