"""What is open before a stage, where it leads, and that asking costs the same however much a plan holds."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bimtek.domain.gate import OpenPoint, PointGroup, holding, points_at, points_by_stage
from bimtek.models import Stage
from masterplan.consistency import Place
from masterplan.domain.findings import findings_of, waive
from masterplan.domain.section import replace_text
from masterplan.enums import CommentAct, CommentKind, CommentVisibility
from masterplan.models import Issue, Masterplan, Programme, Vision
from masterplan.views.finding_table import address_of
from tests.bimtek.given import SENTENCE, paragraph, section_of, stage
from tests.masterplan.comments_given import act, thread_on
from tests.masterplan.suggestions_given import cut, offered, save
from tests.people import People
from tests.smartcity.accounts.given import office

pytestmark = pytest.mark.django_db


def sentences(points: list[OpenPoint], group: PointGroup) -> list[tuple[str, str, bool]]:
    return [(point.place.label, point.sentence, point.holds) for point in points if point.group == group]


def test_a_new_plan_lacks_what_the_first_stage_wants(plan: Masterplan) -> None:
    points = points_at(plan, stage("I"))
    rows = [label for label, _, _ in sentences(points, PointGroup.ROWS)]
    assert rows[:4] == ["Dewan dan tim · Dewan Smart City", "Dewan dan tim · Tim Pelaksana", "RPJMD", "Misi RPJMD"]
    assert [label for label in rows if label.startswith("Isu")] == [
        f"Isu strategis · Smart {name}"
        for name in ("Governance", "Branding", "Economy", "Living", "Society", "Environment")
    ]
    texts = sentences(points, PointGroup.SECTIONS)
    assert texts[0] == ("Buku I · 1.1 Latar Belakang", "Belum ditulis.", True)
    assert ("Buku I · 3.1 Struktur", "Belum ditulis; tabelnya juga masih kosong.", True) in texts
    assert len(texts) == 24
    assert sentences(points, PointGroup.FINDINGS) == []  # empty sections and missing rows are not said twice


def test_every_point_leads_to_its_place(plan: Masterplan) -> None:
    found = {point.place.label: address_of(point.place, plan) for point in points_at(plan, stage("IV"))}
    assert found["Buku I · 1.1 Latar Belakang"] == f"/rencana/{plan.code}/naskah/B1.1.1/"
    assert found["Isu strategis · Smart Economy"] == f"/rencana/{plan.code}/tabel/isu/?dimensi=ECO"
    assert found["Dewan dan tim · Tim Pelaksana"] == f"/rencana/{plan.code}/lembaga/"
    assert found["Quick win"] == f"/rencana/{plan.code}/quick-win/"
    assert set(found.values()) & {f"/rencana/{plan.code}/"} == set()


def test_what_is_written_and_filled_closes_its_point(plan: Masterplan, people: People) -> None:
    before = points_at(plan, stage("I"))
    economy = plan.dimension_set.dimensions.get(code="ECO")
    Issue.objects.create(plan=plan, dimension=economy, text="Harga pangan")
    replace_text(section_of(plan), doc=paragraph(" ".join([SENTENCE] * 40)), by=people.coordinator)
    after = points_at(plan, stage("I"))
    gone = {point.place.label for point in before} - {point.place.label for point in after}
    assert gone == {"Isu strategis · Smart Economy", "Buku I · 1.1 Latar Belakang"}


def test_a_short_section_is_advice_and_holds_nothing_up(plan: Masterplan, people: People) -> None:
    replace_text(section_of(plan), doc=paragraph(SENTENCE), by=people.coordinator)
    point = points_at(plan, stage("I"))[0]
    assert (point.place.label, point.sentence, point.holds) == (
        "Buku I · 1.1 Latar Belakang", "7 dari 250 kata anjuran.", False,
    )  # fmt: skip


def test_the_example_plan_has_nothing_that_holds_it_up(banjar: Masterplan) -> None:
    found = points_by_stage(banjar, Stage.objects.all())
    assert {code: (len(points), len(holding(points))) for code, points in found.items()} == {
        "I": (9, 0), "II": (17, 0), "III": (17, 0), "IV": (20, 0),
    }  # fmt: skip


def test_a_blocking_finding_stands_from_its_stage_on_until_it_is_waived(banjar: Masterplan, people: People) -> None:
    Vision.objects.filter(plan=banjar).update(statement=" ")
    found = points_by_stage(banjar, Stage.objects.all())
    wanted = [("Visi", "Pernyataan visi smart city belum diisi.", True)]
    got = {code: sentences(points, PointGroup.FINDINGS) for code, points in found.items()}
    assert got == {"I": [], "II": wanted, "III": wanted, "IV": wanted}
    fingerprint = next(
        each.finding.fingerprint for each in findings_of(banjar) if each.finding.rule.code == "vision-missing"
    )
    waive(banjar, fingerprint=fingerprint, reason="Menunggu bupati.", by=people.coordinator)
    assert sentences(points_at(banjar, stage("II")), PointGroup.FINDINGS) == []


def test_a_stage_may_want_rules_cleared_that_only_advise(banjar: Masterplan) -> None:
    Stage.objects.filter(code="IV").update(cleared_rules=["office-names"])
    points = points_at(banjar, stage("IV"))
    assert [point.sentence for point in holding(points)] == ["DISKOMINFOSTANDI juga disebut Diskominfo, 4 kali."]
    assert holding(points_at(banjar, stage("III"))) == []


def test_a_gate_costs_the_same_with_10_and_300_programmes(banjar: Masterplan) -> None:
    stages = list(Stage.objects.all())

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            points_by_stage(banjar, stages)
        return len(queries)

    many = list(Programme.objects.filter(plan=banjar))
    Programme.objects.filter(pk__in=[row.pk for row in many[10:]]).update(is_dropped=True)
    few = cost()
    template = many[0]
    Programme.objects.bulk_create(
        Programme(**{field.attname: getattr(template, field.attname) for field in template._meta.concrete_fields if field.name not in {"id", "code"}}, code=f"GOV-X{number}")
        for number in range(290)
    )  # fmt: skip
    assert Programme.objects.active().filter(plan=banjar).count() == 300
    assert cost() == few <= 55


def test_what_must_be_fixed_is_open_at_every_stage_until_the_answer_is_accepted(
    plan: Masterplan, people: People
) -> None:
    thread = thread_on(plan, by=people.mentor, kind=CommentKind.MUST_FIX, body="RAHASIA", assigned_opd=office("DINKES"))
    thread_on(plan, by=people.mentor, kind=CommentKind.SUGGESTION)

    def said() -> list[list[tuple[str, str, int | None, bool]]]:
        """At the first and at the final stage."""
        return [
            [
                (point.place.label, point.sentence, point.place.comment, point.holds)
                for point in points_at(plan, stage(code))
                if point.group == PointGroup.COMMENTS
            ]
            for code in ("I", "IV")
        ]

    label = "K-1 · Seluruh rencana 2026–2035"
    assert said() == [[(label, "Belum dijawab. Untuk DINKES.", 1, True)]] * 2
    act(thread, CommentAct.ANSWER, by=people.author)
    assert said() == [[(label, "Sudah dijawab; jawabannya belum diterima. Untuk DINKES.", 1, True)]] * 2
    act(thread, CommentAct.ACCEPT, by=people.mentor)
    assert said() == [[], []]


def test_a_gate_does_not_say_where_a_thread_of_one_office_stands(plan: Masterplan, people: People) -> None:
    opd = office("DINKES")
    only = {"visibility": CommentVisibility.OFFICE, "opd": opd, "assigned_opd": opd}
    thread_on(plan, by=people.mentor, kind=CommentKind.MUST_FIX, **only)
    [point] = [each for each in points_at(plan, stage("I")) if each.group == PointGroup.COMMENTS]
    assert (point.place, point.sentence) == (
        Place("K-1 · untuk satu perangkat daerah", comment=1),
        "Belum dijawab.",
    )


def test_open_suggestions_are_told_and_hold_nothing(plan: Masterplan, people: People) -> None:
    section = section_of(plan)
    save(section, people.mentor, offered(1, "Sebuah", people.mentor))
    found = [point for point in points_at(plan, stage("IV")) if point.group == PointGroup.SUGGESTIONS]
    sentence = "Ada usulan pembimbing yang belum diterima atau ditolak."
    assert [(point.place.section, point.sentence, point.holds) for point in found] == [("B1.1.1", sentence, False)]
    save(section, people.coordinator, cut(1, 7))
    assert PointGroup.SUGGESTIONS not in {point.group for point in points_at(plan, stage("IV"))}
