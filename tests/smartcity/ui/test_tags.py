"""Small signs: what they say, not only how they look."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template

from smartcity.ui.templatetags.ui import STATES

ROOT = Path(__file__).resolve().parents[3]
SPRITE = set(re.findall(r'id="([^"]+)"', (ROOT / "static/vendor/icons/sprite.svg").read_text()))


@dataclass(frozen=True)
class Dimension:
    code: str
    name: str


def render(source: str, **values: Any) -> str:
    return Template(source).render(Context(values))


@pytest.mark.parametrize(
    ("source", "values", "shown"),
    [
        ("{% rupiah x %}", {"x": 1_450_000_000}, '<span class="rupiah" title="Rp 1.450.000.000">Rp 1,45 miliar</span>'),
        ("{% rupiah x %}", {"x": None}, "–"),
        ("{{ x|rupiah_full }}", {"x": 1_450_000_000}, "Rp 1.450.000.000"),
        ("{{ x|rupiah_full }}", {"x": None}, "–"),
        ("{{ x|number_id }}", {"x": 1234.5}, "1.234,5"),
        ("{{ x|percent }}", {"x": 62.5}, "62,5 %"),
        ("{{ x|date_id }}", {"x": datetime(2025, 8, 11, 18, tzinfo=UTC)}, "12 Agustus 2025"),
        ("{{ x|weekday_id }}", {"x": datetime(2025, 8, 11, 18, tzinfo=UTC)}, "Selasa, 12 Agustus 2025"),
        ("{{ x|time_id }}", {"x": datetime(2025, 8, 11, 18, 5, tzinfo=UTC)}, "01.05"),
        ("{{ x|date_id }}", {"x": None}, ""),
        ("<a{% current x 'naskah' %}>", {"x": "naskah"}, '<a aria-current="page">'),
        ("<a{% current x 'naskah' %}>", {"x": "tabel"}, "<a>"),
    ],
)
def test_values_are_shown_the_indonesian_way(source: str, values: dict[str, Any], shown: str) -> None:
    assert render(source, **values) == shown


def test_dimension_is_told_by_code_icon_and_name() -> None:
    shown = render("{% dimension_badge d %}", d=Dimension("ECO", "Smart Economy"))
    assert re.sub(r'href="[^"#]*#', 'href="#', shown) == (
        '<span class="dim eco" title="Smart Economy"><svg class="ic" aria-hidden="true">'
        '<use href="#graph-up-arrow"/></svg>ECO</span>'
    )


def test_unknown_dimension_borrows_no_colour() -> None:
    assert 'class="dim other"' in render("{% dimension_badge 'XYZ' %}")


def test_states_differ_in_shape_and_word() -> None:
    shapes = {shape for state, (_css, _label, shape) in STATES.items() if state != "complete"}
    labels = {label for _css, label, _shape in STATES.values()}
    assert (len(shapes), len(labels)) == (5, 6)


def test_badge_reads_its_word_once() -> None:
    shown = render('{% include "components/status_badge.html" with state="fix" only %}')
    assert shown.count("Perlu perbaikan") == 1
    assert 'class="state s-fix"' in shown


@pytest.mark.parametrize(
    ("percent", "dash"), [(0, None), (68, "68 200"), (100, "100 200"), (130, "100 200"), (-3, None)]
)
def test_arc_is_filled_to_its_percentage(percent: int, dash: str | None) -> None:
    shown = render("{% arc p 'GOV' label='Smart Governance' %}", p=percent)
    found = re.search(r'stroke-dasharray="([^"]+)"', shown)
    assert (found[1] if found else None) == dash
    assert f'aria-label="Smart Governance: {percent} persen"' in shown


def test_markup_in_values_is_escaped() -> None:
    assert "<script>" not in render("{% dimension_badge x %}{% icon 'check' label=x %}", x="<script>")


def test_every_icon_in_templates_is_in_the_sprite() -> None:
    named = re.compile(r'(?:\{% icon |icon_name=)"([a-z0-9-]+)"')
    used = {name for path in (ROOT / "templates").rglob("*.html") for name in named.findall(path.read_text())}
    assert used - SPRITE == set()
