"""Colours that people choose: how well words can be read on them, and lighter shades of them."""

WHITE = "#ffffff"
READABLE = 4.5  # WCAG 2.2, contrast (minimum) of running text
SHADES = (0.55, 0.65, 0.75, 0.85, 0.95, 1.0)


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2 between two colours written as #rrggbb, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed_with_white(colour: str, share: float) -> str:
    """`share` of white, from 0 to 1."""
    return "#" + "".join(f"{round(part + (255 - part) * share):02x}" for part in _parts(colour))


def readable_shade(colour: str) -> str:
    """The deepest lighter shade that can be read on the colour itself; at last white."""
    shades = (mixed_with_white(colour, share) for share in SHADES)
    return next((shade for shade in shades if contrast(shade, colour) >= READABLE), WHITE)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
