"""What reaches the typesetter: escaped texts, allowed layout only."""

import re
from pathlib import Path

from export import palette
from export.document import build
from export.html import STATIC, print_job
from export.templatetags.book import css_string
from masterplan import prose
from masterplan.models import Masterplan, Programme, Section
from smartcity.regency.models import Opd
from tests.export.test_document import add_programmes

HOSTILE = '<script>alert("x")</script><img src=x onerror=y> & "</style>'


def test_no_flex_and_no_grid_in_print(banjar: Masterplan) -> None:
    job = print_job(build(banjar))
    for text in [*job.styles, job.tight_css, *(part.css + part.html for part in job.parts)]:
        assert not re.search(r"\b(inline-)?(flex|grid)\b\s*[;}\"]|leader\(|target-counter", text)


def test_hostile_names_are_only_text(plan: Masterplan) -> None:
    add_programmes(plan, 1)
    Programme.objects.filter(plan=plan).update(name=HOSTILE, indicator=HOSTILE)
    Opd.objects.filter(regency=plan.regency).update(name=HOSTILE, aliases=[HOSTILE])
    Masterplan.objects.filter(pk=plan.pk).update(title=HOSTILE[:150])
    doc = {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": HOSTILE}]}]}
    section = Section.objects.get(plan=plan, outline_section__code="B1.1.1")
    section.doc, section.words = prose.with_ids(doc), 6
    section.save()
    job = print_job(build(plan))
    for part in job.parts:
        assert "<script" not in part.html
        assert "<img" not in part.html
        assert "</style" not in part.css
    assert any("&lt;script&gt;" in part.html for part in job.parts)


def test_a_css_string_cannot_be_left() -> None:
    assert css_string('a"; } @import url(file:///etc/passwd); \\ \n') == (
        '"a\\22 ; } @import url(file:///etc/passwd); \\5c  \\a "'
    )


def test_only_assets_are_named_in_the_style_sheets() -> None:
    for sheet in Path(STATIC, "css", "book").glob("*.css"):
        addresses = re.findall(r"url\(\"?([^)\"]+)", sheet.read_text(encoding="utf-8"))
        assert [address for address in addresses if not address.startswith("asset:")] == []


def test_drawings_use_the_colours_of_the_screen() -> None:
    names = {"accent", "accent-deep", "accent-soft", "ink", "block", "gov", "bra", "eco", "liv", "soc", "env"}
    assert names <= palette.TOKENS.keys()
    sources = [*Path(palette.__file__).parent.rglob("*.py"), *Path(STATIC, "css", "book").glob("*.css")]
    literal = [path.name for path in sources if re.search(r"#[0-9a-fA-F]{6}\b", path.read_text(encoding="utf-8"))]
    assert literal == []


def test_an_endless_word_has_places_to_break_and_its_link_stays_whole(plan: Masterplan) -> None:
    """Without them one address of 3,000 signs takes a minute to be laid out."""
    address = "https://contoh.example/" + "a" * 3_000
    link = {"type": "link", "attrs": {"href": address[:1_500]}}
    texts = [{"type": "text", "text": address}, {"type": "text", "text": "x" * 200, "marks": [link]}]
    section = Section.objects.get(plan=plan, outline_section__code="B1.1.1")
    doc = {"type": "doc", "content": [{"type": "paragraph", "content": texts}]}
    section.doc, section.words = prose.with_ids(doc), 2
    section.save()
    html = next(part.html for part in print_job(build(plan)).parts if "contoh.example" in part.html)
    assert max(len(word) for word in re.sub("<[^>]*>", "\n", html).replace("\u200b", "\n").split()) <= 60
    assert f'href="{address[:1_500]}"' in html
