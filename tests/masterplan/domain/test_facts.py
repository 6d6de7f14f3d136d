"""What tokens print: the present value on reading, the value at naming in a named version."""

from typing import Any

import pytest

from masterplan import prose
from masterplan.domain import history
from masterplan.domain import section as sections
from masterplan.domain.facts import as_read, facts_of, values_now
from masterplan.domain.findings import findings_in_section
from masterplan.models import Masterplan, NamedVersion, Programme, ProgrammeYear, Section
from tests.people import People
from tests.smartcity.accounts.given import client_of

pytestmark = pytest.mark.django_db
KEY = "budget:programme:GOV-P01:2026"
PAGE = "/rencana/63.03-2026/naskah/B2.7.2/riwayat/"


@pytest.fixture
def section(banjar: Masterplan, people: People) -> Section:
    """The section of the example that holds three tokens, with a fourth at its beginning."""
    found = Section.objects.get(plan=banjar, outline_section__code="B2.7.2")
    token = {"type": "fact", "attrs": {"key": KEY, "style": "short", "value": "Rp1,45 miliar"}}
    step = {"stepType": "replace", "from": 1, "to": 1, "slice": {"content": [token]}}
    sections.save_steps(found, version=1, client="a", steps=[step], by=people.coordinator)
    found.refresh_from_db()
    return found


def spend(banjar: Masterplan, amount: int) -> None:
    ProgrammeYear.objects.filter(programme__plan=banjar, programme__code="GOV-P01", year=2026).update(budget=amount)


def read_as(section: Section, version: int, named: NamedVersion | None = None) -> list[str]:
    return prose.fact_values(as_read(section, version, history.text_at(section, version), named=named))


def test_reading_prints_what_the_rows_say_now(section: Section, banjar: Masterplan) -> None:
    assert read_as(section, 2) == ["Rp1,45 miliar", "Rp214,35 miliar", "Rp193,77 miliar", "37 program"]
    spend(banjar, 2_450_000_000)
    assert read_as(section, 2) == ["Rp2,45 miliar", "Rp215,35 miliar", "Rp194,77 miliar", "37 program"]


def test_a_named_version_keeps_its_values(section: Section, banjar: Masterplan, people: People) -> None:
    first = history.name_version(section, version=2, name="Hasil Bimtek I", by=people.coordinator)
    spend(banjar, 2_450_000_000)
    history.name_plan_version(banjar, name="Hasil Bimtek II", by=people.coordinator)
    spend(banjar, 0)
    second = NamedVersion.objects.get(section=section, name="Hasil Bimtek II")
    assert read_as(section, 2, first)[0] == "Rp1,45 miliar"
    assert read_as(section, 2, second)[:2] == ["Rp2,45 miliar", "Rp215,35 miliar"]
    assert read_as(section, 2)[0] == "Rp0"
    others = NamedVersion.objects.filter(name="Hasil Bimtek II").exclude(section=section).exclude(facts={})
    assert [(each.section.outline_section.code, each.facts) for each in others] == [
        ("B3.2.1", {"budget:dim:GOV": {"short": "Rp19,76 miliar", "long": "Rp19.760.000.000"}})
    ]


def test_pages_of_the_history_show_the_kept_values(section: Section, banjar: Masterplan, people: People) -> None:
    named = history.name_version(section, version=2, name="Hasil Bimtek I", by=people.coordinator)
    spend(banjar, 2_450_000_000)
    step = {"stepType": "replace", "from": 2, "to": 2, "slice": {"content": [{"type": "text", "text": " ya "}]}}
    sections.save_steps(section, version=2, client="a", steps=[step], by=people.coordinator)
    client = client_of(people.coordinator)
    old = client.get(f"{PAGE}2/?nama={named.pk}").text
    assert '<span class="fact">Rp1,45 miliar</span>' in old
    assert "Fakta ditampilkan dengan nilai saat versi ini diberi nama “Hasil Bimtek I”" in old
    assert '<span class="fact">Rp2,45 miliar</span>' in client.get(f"{PAGE}3/").text
    compared = client.get(f"{PAGE}bandingkan/?dari=2&ke=3").text
    assert "<del>Rp1,45 miliar</del>" in compared.replace('<span class="fact" data-key="' + KEY + '">', "").replace(
        "</span>", ""
    )
    spend(banjar, 3_450_000_000)
    assert "Rp3,45 miliar" in client.get(f"{PAGE}bandingkan/?dari=2&ke=3").text


def test_a_former_code_still_finds_its_number(section: Section, banjar: Masterplan) -> None:
    programme = Programme.objects.get(plan=banjar, code="GOV-P01")
    programme.former_codes.create(code="GOV-P01")
    programme.code = "GOV-P90"
    programme.save()
    assert values_now(banjar, section.doc)[KEY]["short"] == "Rp1,45 miliar"


def test_a_row_that_is_gone_leaves_a_visible_problem(section: Section, banjar: Masterplan) -> None:
    Programme.objects.filter(plan=banjar, code="GOV-P01").update(is_dropped=True)
    assert read_as(section, 2)[0] == "[fakta tidak ditemukan: anggaran program GOV-P01 2026, terakhir Rp1,45 miliar]"
    found = [each.finding for each in findings_in_section(banjar, "B2.7.2") if each.finding.rule.code == "fact-broken"]
    assert [(each.subject, each.place.section) for each in found] == [(KEY, "B2.7.2")]


def test_texts_are_held_against_the_rows_with_present_values(section: Section, banjar: Masterplan) -> None:
    """Stored is what the token printed when it was put in; a rule that read that would cry at every change of the rows."""
    spend(banjar, 2_450_000_000)
    text = " ".join(each.finding.sentence for each in findings_in_section(banjar, "B2.7.2"))
    assert ("Rp193,77 miliar" in text, "Rp1,45 miliar" in text) == (False, False)


def test_texts_without_tokens_cost_no_query(banjar: Masterplan, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert values_now(banjar, prose.empty_doc()) == {}


def test_more_programmes_cost_no_more_queries(banjar: Masterplan, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(30) as few:
        facts_of(banjar)
    Programme.objects.filter(plan=banjar).exclude(code__startswith="GOV").update(is_dropped=True)
    with django_assert_max_num_queries(len(few)):
        facts_of(banjar)
