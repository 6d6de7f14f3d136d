"""Small signs used on every page; a builtin library, so templates need no `load`."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from smartcity.accounts.standing import standing_of
from smartcity.ui import format as fmt
from smartcity.ui.static_files import JOINED, modules_of

register = template.Library()

RING = '<circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" stroke-width="1.5"/>'
TICK = (
    '<circle cx="6" cy="6" r="5.4" fill="currentColor"/>'
    '<path d="M3.4 6.2 5.2 8l3.4-3.8" fill="none" stroke="#fff" stroke-width="1.5"/>'
)
# state: class, label, shape; each state has a shape of its own, so that colour is never the only sign
STATES = {
    "none": ("s-none", "Belum mulai", RING),
    "writing": ("s-write", "Sedang ditulis", RING + '<path d="M6 1.4a4.6 4.6 0 0 0 0 9.2z" fill="currentColor"/>'),
    "sent": ("s-sent", "Diajukan", '<path d="M6 .8 11.2 6 6 11.2.8 6z" fill="currentColor"/>'),
    "fix": ("s-fix", "Perlu perbaikan", '<path d="M6 1 11.4 10.6H.6z" fill="currentColor"/>'),
    "ok": ("s-ok", "Diterima", TICK),
    "complete": ("s-ok", "Lengkap", TICK),
}
DIMENSION_ICONS = {
    "GOV": "bank", "BRA": "compass", "ECO": "graph-up-arrow", "LIV": "house-heart", "SOC": "people", "ENV": "tree",
}  # fmt: skip
NOTHING = "–"


@register.simple_tag
def stylesheets() -> SafeString:
    """Links to the sheets of every page."""
    return _linked("css/all.css", '<link rel="stylesheet" href="{}">')


@register.simple_tag
def scripts() -> SafeString:
    return _linked("js/all.js", '<script src="{}" defer></script>')


@register.simple_tag
def module(name: str) -> SafeString:
    """A script with all that it imports, fetched while the page is still read; it runs when the page is there."""
    ahead = format_html_join("\n", '<link rel="modulepreload" href="{}">', ((static(own),) for own in modules_of(name)))
    return format_html('{}\n<script type="module" src="{}"></script>', ahead, static(name))


def _linked(joined: str, link: str) -> SafeString:
    names = (joined,) if settings.HASHED_STATIC else JOINED[joined]
    return format_html_join("\n", link, ((static(name),) for name in names))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A sign beside its word; alone it needs a `label`."""
    address = static("vendor/icons/sprite.svg")
    if label:
        return format_html('<svg class="ic" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, address, name)
    return format_html('<svg class="ic" aria-hidden="true"><use href="{}#{}"/></svg>', address, name)


@register.simple_tag
def state_dot(state: str, *, decorative: bool = False) -> SafeString:
    """The shape of a state; `decorative` where its word stands beside it."""
    css, label, shape = STATES[state]
    says = SafeString('aria-hidden="true"') if decorative else format_html('role="img" aria-label="{}"', label)
    return format_html('<svg class="dot {}" viewBox="0 0 12 12" {}>{}</svg>', css, says, SafeString(shape))


@register.simple_tag
def state_class(state: str) -> str:
    return STATES[state][0]


@register.filter
def state_label(state: str) -> str:
    return STATES[state][1]


@register.simple_tag
def dimension_badge(dimension: Any) -> SafeString:
    """A dimension, or its code alone. A code that is not one of the six gets the neutral look."""
    code = dimension if isinstance(dimension, str) else dimension.code
    name = "" if isinstance(dimension, str) else dimension.name
    css = code.lower() if code in DIMENSION_ICONS else "other"
    title = format_html(' title="{}"', name) if name else ""
    return format_html(
        '<span class="dim {}"{}>{}{}</span>', css, title, icon(DIMENSION_ICONS.get(code, "diagram-3")), code
    )


@register.simple_tag
def arc(percent: int, code: str, label: str = "") -> SafeString:
    """A half circle filled to `percent`, in the colour of the dimension."""
    path = "M10 54a40 40 0 0 1 80 0"
    filled = min(max(percent, 0), 100)
    part = format_html(
        '<path class="{}" d="{}" pathLength="100" stroke-dasharray="{} 200"/>', code.lower(), path, filled
    )
    return format_html(
        '<svg class="arc" viewBox="0 0 100 62" role="img" aria-label="{}"><path class="track" d="{}"/>{}'
        '<text x="50" y="52">{}<tspan class="pc"> %</tspan></text></svg>',
        f"{label}: {percent} persen" if label else f"{percent} persen",
        path,
        part if filled else "",
        percent,
    )


@register.simple_tag
def bar(percent: int) -> SafeString:
    return format_html(
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="{0} persen">'
        '<rect class="b0" width="100" height="6" rx="3"/><rect class="b1" width="{1}" height="6" rx="3"/></svg>',
        percent,
        min(max(percent, 0), 100),
    )


@register.simple_tag
def current(value: object, wanted: object) -> SafeString | str:
    """Marks the link of the page that is open: <a href="…"{% current nav_current "naskah" %}>."""
    return SafeString(' aria-current="page"') if value == wanted else ""


@register.simple_tag(takes_context=True)
def waiting(context: Any, link: Any) -> int:
    """How many things wait behind a link for the person who reads; asked once a page, however often it is drawn."""
    if link.waiting is None:
        return 0
    known = context.render_context.setdefault("waiting", {})
    if link.url not in known:
        known[link.url] = link.waiting(context["user"])
    return int(known[link.url])


@register.filter
def is_overseer(user: Any) -> bool:
    return standing_of(user).is_overseer


@register.simple_tag
def rupiah(value: int | None) -> SafeString | str:
    """Short amount with the full number on hover."""
    if value is None:
        return NOTHING
    return format_html(
        '<span class="rupiah" title="{}">{}</span>', fmt.format_rupiah(value), fmt.format_rupiah_short(value)
    )


@register.filter
def rupiah_full(value: int | None) -> str:
    return NOTHING if value is None else fmt.format_rupiah(value)


@register.filter
def rupiah_short(value: int | None) -> str:
    """Plain text, for drawings and sentences; `rupiah` adds the full number on hover."""
    return NOTHING if value is None else fmt.format_rupiah_short(value)


@register.filter
def million(value: int | None) -> str:
    """Rupiah as millions with one decimal; the page says the unit once."""
    return NOTHING if value is None else fmt.format_number(round(Decimal(value) / 1_000_000, 1))


@register.filter
def number_id(value: Decimal | int | float | None) -> str:
    return "" if value is None else fmt.format_number(value)


@register.filter
def percent(value: Decimal | int | float | None) -> str:
    return NOTHING if value is None else f"{fmt.format_number(value)} %"


@register.filter
def date_id(value: date | datetime | None) -> str:
    return "" if value is None else fmt.format_date(_local(value))


@register.filter
def weekday_id(value: date | datetime | None) -> str:
    """ "Senin, 1 September 2025"."""
    return "" if value is None else fmt.format_weekday(_local(value))


@register.filter
def time_id(value: datetime) -> str:
    return timezone.localtime(value).strftime("%H.%M")


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) else value


@register.filter
def split_codes(codes: str) -> list[str]:
    return codes.split(",")


@register.filter
def is_mapping(value: object) -> bool:
    return isinstance(value, dict)


@register.filter
def is_sequence(value: object) -> bool:
    return isinstance(value, list)
