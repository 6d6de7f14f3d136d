"""Small SVG pieces; sizes in millimetres, so that a drawing is as large as it says."""

from collections.abc import Sequence
from html import escape

from export import palette
from export.tables.layout import text_width

SANS = "Plus Jakarta Sans"


def drawing(width: float, height: float, title: str, body: str, description: str) -> str:
    """A picture that a screen reader can name: `title` and `description` are read aloud."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{height:g}mm" '
        f'viewBox="0 0 {width:g} {height:g}" role="img"><title>{escape(title)}</title>'
        f"<desc>{escape(description)}</desc>{body}</svg>"
    )


def named(svg: str, name: str) -> str:
    """The same drawing for a page of several: title and description have ids, and the picture points to them."""
    svg = svg.replace('role="img"><title>', f'role="img" aria-labelledby="{name}-judul {name}-uraian"><title>', 1)
    return svg.replace("<title>", f'<title id="{name}-judul">', 1).replace("<desc>", f'<desc id="{name}-uraian">', 1)


def text(
    x: float,
    y: float,
    content: object,
    size: float = 2.8,
    weight: int = 400,
    fill: str = palette.INK,
    anchor: str = "start",
) -> str:
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-family="{SANS}" font-size="{size}" font-weight="{weight}" '
        f'fill="{fill}" text-anchor="{anchor}">{escape(str(content))}</text>'
    )


def rect(x: float, y: float, width: float, height: float, fill: str, opacity: float = 1) -> str:
    faint = f' opacity="{opacity:g}"' if opacity < 1 else ""
    return f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{fill}"{faint}/>'


def line(x1: float, y1: float, x2: float, y2: float, stroke: str = palette.RULE, width: float = 0.2) -> str:
    return f'<path d="M{x1:.2f} {y1:.2f} L{x2:.2f} {y2:.2f}" stroke="{stroke}" stroke-width="{width}" fill="none"/>'


def wrapped(content: str, width: float, size: float) -> list[str]:
    """Lines that fit into `width` mm at `size` mm, by the same estimate as the tables' columns."""
    points = size / 0.3528
    lines: list[str] = []
    for word in content.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, points) * 0.93 <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def shortened(content: str, width: float, size: float) -> str:
    kept = wrapped(content, width, size)
    if len(kept) <= 1:
        return content
    return f"{wrapped(content, width - 2 * size, size)[0]} …"


def paragraph(
    x: float, y: float, lines: Sequence[str], size: float, leading: float, weight: int = 400, fill: str = palette.INK
) -> str:
    return "".join(text(x, y + place * leading, content, size, weight, fill) for place, content in enumerate(lines))
