"""Filters of the print templates."""

from pathlib import Path

from django import template
from django.utils.safestring import SafeString, mark_safe

from export.cell_html import dimension_class

BOOK_SHEETS = Path(__file__).resolve().parents[2] / "static" / "css" / "book"
register = template.Library()
register.filter("dim_class", dimension_class)
CSS_SPECIAL = frozenset("\\\"'<>&")


@register.filter
def drawing(svg: str) -> SafeString:
    """A picture of our own making: every text in it was escaped where it was drawn."""
    return mark_safe(svg)  # noqa: S308


@register.simple_tag
def book_style(*names: str) -> SafeString:
    """Style sheets of the book for a paper that shows some of its parts."""
    sheets = [(BOOK_SHEETS / f"{name}.css").read_text(encoding="utf-8") for name in names]
    return mark_safe(f"<style>{''.join(sheets)}</style>")  # noqa: S308


@register.filter
def prose(html: str) -> SafeString:
    """HTML that `masterplan.prose` built from its allow-list."""
    return mark_safe(html)  # noqa: S308


@register.filter
def unlocalized(value: float) -> str:
    """A number for CSS: always with a point."""
    return f"{value:.2f}"


@register.filter
def css_string(text: str) -> SafeString:
    """A CSS string in quotes; what could end it, the line or a style element is escaped."""
    escaped = "".join(f"\\{ord(sign):x} " if sign in CSS_SPECIAL or not sign.isprintable() else sign for sign in text)
    return mark_safe(f'"{escaped}"')  # noqa: S308
