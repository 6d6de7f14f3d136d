"""Handing a plan in: who may, what is frozen, that it never changes, and that one click is one submission."""

import uuid
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bimtek.domain import frozen
from bimtek.domain.gate import holding, points_at
from bimtek.domain.submission import submit
from bimtek.models import BodyMember, CycleStep, Submission, SubmittedSection, SubmittedTable
from masterplan import prose
from masterplan.domain.facts import as_read, values_now
from masterplan.domain.programme import drop_programme
from masterplan.domain.section import replace_text, save_steps
from masterplan.models import (
    Masterplan,
    NamedVersion,
    Outline,
    OutlineSection,
    PlanRow,
    Programme,
    ProgrammeYear,
    Section,
)
from masterplan.registers import EVERY_KIND
from masterplan.registers.frozen import frozen_tables
from quickwin.models import QuickWin
from smartcity.audit.models import Event
from smartcity.audit.sentences import sentence
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, WrongState
from tests.bimtek.given import ALL, SENTENCE, paragraph, section_of, send, stage
from tests.masterplan.domain.test_section import typed
from tests.people import People

pytestmark = pytest.mark.django_db


def table(submission: Submission, slug: str) -> SubmittedTable:
    return submission.tables.get(slug=slug)


def test_a_submission_holds_texts_rows_and_outline(banjar: Masterplan, people: People) -> None:
    before = timezone.now()
    submission = send(banjar, "II", by=people.coordinator, note="  Mohon dibaca Bab III dahulu.\n")
    section = section_of(banjar)
    kept = submission.sections.get(code="B1.1.1")
    assert (submission.name, submission.number, submission.note, submission.by_name) == (
        "Bimtek II, kiriman 1", 1, "Mohon dibaca Bab III dahulu.", "Coordinator.63.03",
    )  # fmt: skip
    assert timedelta(0) <= submission.at - before < timedelta(minutes=1)
    assert (kept.doc, kept.version, kept.words, kept.state) == (section.doc, section.version, section.words, "complete")
    assert kept.outline["guidance"] == section.outline_section.guidance
    assert kept.outline["chapter"] == {"code": "B1.1", "number": "I", "title": "Pendahuluan"}
    assert submission.sections.count() == Section.objects.filter(plan=banjar).count() == 104
    assert submission.facts["outline"] == {"code": banjar.outline.code, "title": banjar.outline.title}
    assert {t.slug: t.row_count for t in submission.tables.all()} == {
        slug: kind.model._default_manager.filter(plan=banjar).count() for slug, kind in EVERY_KIND.items()
    }
    assert len(submission.points) == 17
    assert submission.points[0]["place"]["section"] == "B1.1.3"
    assert frozen.is_whole(Submission.objects.get())


def test_a_row_is_kept_as_shown_as_read_and_as_stored(banjar: Masterplan, people: People) -> None:
    submission = send(banjar, by=people.coordinator)
    programme = Programme.objects.get(plan=banjar, code="GOV-P01")
    kept = table(submission, "program")
    row = next(row for row in kept.rows if row["id"] == programme.pk)
    labels = [f"{column['group']} {column['label']}".strip() for column in kept.columns]
    shown = dict(zip(labels, row["cells"], strict=True))
    assert {name: shown[name] for name in ("Kode", "Dimensi", "Strategi", "Anggaran (juta rupiah) 2026")} == {
        "Kode": "GOV-P01", "Dimensi": ["GOV"], "Strategi": "GOV-S1", "Anggaran (juta rupiah) 2026": "1.450",
    }  # fmt: skip
    sheet = {entry["label"]: entry.get("text") or entry["lines"] for entry in row["sheet"]}
    assert (sheet["Penanggung jawab"], sheet["Jangka"]) == ("DPMPTSP", "Jangka pendek, Jangka menengah")
    assert "Gugur" not in sheet
    assert sheet["Tahun program"][0] == "Tahun: 2026 · Target: 125 · Anggaran (Rp): 1.450.000.000"
    assert row["values"]["years"][0] == {"year": 2026, "target": "125.0000", "budget": 1_450_000_000}
    assert row["values"]["strategy"] == programme.strategy_id


def test_every_kind_of_planning_row_is_frozen() -> None:
    def concrete(model: Any) -> list[Any]:
        below = [each for child in model.__subclasses__() for each in concrete(child)]
        return below if model._meta.abstract else [model, *below]

    assert set(concrete(PlanRow)) <= {kind.model for kind in EVERY_KIND.values()}
    assert {QuickWin, CycleStep, BodyMember} <= {kind.model for kind in EVERY_KIND.values()}


def test_freezing_rows_costs_the_same_for_few_and_many(banjar: Masterplan) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            frozen_tables(banjar)
        return len(queries)

    many = cost()
    QuickWin.objects.filter(plan=banjar).exclude(code="QW-01").delete()
    Programme.objects.filter(plan=banjar).exclude(quick_wins__code="QW-01").exclude(code="GOV-P02").delete()
    assert cost() == many <= 90


def test_a_dropped_programme_is_kept_apart(banjar: Masterplan, people: People) -> None:
    programme = Programme.objects.get(plan=banjar, code="GOV-P02")
    drop_programme(programme, version=programme.version, reason="Digabung.", by=people.coordinator)
    rows = table(send(banjar, by=people.coordinator), "program").rows
    assert [row["cells"][0] for row in rows if row.get("aside")] == ["GOV-P02"]


def test_writers_go_on_and_the_submission_stays(banjar: Masterplan, people: People) -> None:
    submission = send(banjar, by=people.coordinator)
    before = submission.sections.get(code="B1.1.1").doc
    section = section_of(banjar)
    save_steps(section, version=section.version, client="a", steps=[typed("Sesudahnya. ")], by=people.coordinator)
    Programme.objects.filter(plan=banjar, code="GOV-P01").update(name="Berganti nama")
    OutlineSection.objects.filter(pk=section.outline_section_id).update(title="Judul baru")
    Outline.objects.update(title="Kerangka lain")
    again = Submission.objects.get()
    assert submission.sections.get(code="B1.1.1").doc == before != section_of(banjar).doc
    assert (again.facts["outline"]["title"], again.sections.get(code="B1.1.1").title) == (
        submission.facts["outline"]["title"], "Latar Belakang",
    )  # fmt: skip
    assert frozen.is_whole(again)


def test_live_facts_print_for_good_what_they_printed(banjar: Masterplan, people: People) -> None:
    section = section_of(banjar, "B2.7.2")
    printed = prose.fact_values(prose.with_values(section.doc, values_now(banjar, section.doc)))
    assert printed
    submission = send(banjar, by=people.coordinator)
    ProgrammeYear.objects.filter(programme__plan=banjar).update(budget=F("budget") + 1_000_000_000)
    now = prose.with_values(section.doc, values_now(banjar, section.doc))
    assert prose.fact_values(submission.sections.get(code="B2.7.2").doc) == printed != prose.fact_values(now)
    named = NamedVersion.objects.get(section=section, name=submission.name)
    assert prose.fact_values(as_read(section, named.version, section.doc, named=named)) == printed


def test_a_submission_cannot_be_changed_or_deleted(banjar: Masterplan, people: People) -> None:
    submission = send(banjar, by=people.coordinator)
    changes: list[Any] = [
        lambda: Submission.objects.update(note="x"),
        lambda: Submission.objects.filter(pk=submission.pk).delete(),
        lambda: SubmittedSection.objects.update(words=0),
        lambda: SubmittedSection.objects.all()._raw_delete("default"),
        lambda: SubmittedTable.objects.update(row_count=0),
        lambda: SubmittedTable.objects.all()._raw_delete("default"),
    ]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert (frozen.is_whole(submission), submission.tables.count()) == (True, len(EVERY_KIND))


def test_what_is_slipped_in_later_breaks_the_digest(banjar: Masterplan, people: People) -> None:
    submission = send(banjar, by=people.coordinator)
    last = submission.sections.order_by("-position")[0]
    last.pk, last.code, last.position = None, "B9.9.9", last.position + 1
    last.save(force_insert=True)
    assert not frozen.is_whole(submission)


def test_the_same_form_twice_is_one_submission(banjar: Masterplan, people: People) -> None:
    token = str(uuid.uuid4())
    first = submit(banjar, stage=stage("I"), token=token, accepted=ALL, by=people.coordinator)
    second = submit(banjar, stage=stage("I"), token=token, accepted=0, by=people.coordinator)
    assert (first[1], second) == (True, (first[0], False))
    assert Submission.objects.count() == 1


def test_numbers_run_within_a_stage_and_nothing_new_is_refused(banjar: Masterplan, people: People) -> None:
    first = send(banjar, "I", by=people.coordinator)
    with pytest.raises(Conflict, match="Tidak ada yang berubah sejak Bimtek I, kiriman 1"):
        send(banjar, "I", by=people.coordinator)
    other = send(banjar, "II", by=people.coordinator)
    replace_text(section_of(banjar), doc=paragraph(SENTENCE), by=people.coordinator)
    second = send(banjar, "I", by=people.coordinator)
    assert [(each.stage_id, each.number) for each in (first, other, second)] == [("I", 1), ("II", 1), ("I", 2)]


def test_open_points_need_consent_and_the_final_stage_refuses(plan: Masterplan, people: People) -> None:
    points = points_at(plan, stage("II"))
    with pytest.raises(Incomplete, match=f"Masih ada {len(points)} hal yang terbuka"):
        send(plan, "II", by=people.coordinator, accepted=len(points) - 1)
    assert len(send(plan, "II", by=people.coordinator, accepted=len(points)).points) == len(points)
    held = len(holding(points_at(plan, stage("IV"))))
    with pytest.raises(WrongState, match=f"masih tertahan {held} hal"):
        send(plan, "IV", by=people.coordinator)
    assert Submission.objects.count() == 1


def test_advice_does_not_hold_the_final_stage(banjar: Masterplan, people: People) -> None:
    assert send(banjar, "IV", by=people.coordinator, accepted=20).name == "Bimtek IV, kiriman 1"


def test_results_of_the_first_stage_stay_editable(banjar: Masterplan, people: People) -> None:
    send(banjar, "I", by=people.coordinator)
    section = section_of(banjar)
    saved = save_steps(section, version=section.version, client="a", steps=[typed("Lagi. ")], by=people.coordinator)
    assert saved.version == section.version + 1


def test_only_the_coordinator_sends(banjar: Masterplan, people: People) -> None:
    for name, user in people.items():
        if name != "coordinator":
            with pytest.raises(NotAllowed):
                send(banjar, by=user)
    assert Submission.objects.count() == 0


def test_each_section_gets_the_name_and_the_trail_a_sentence(banjar: Masterplan, people: People) -> None:
    section = section_of(banjar)
    NamedVersion.objects.create(section=section, version=section.version, name="Bimtek I, kiriman 1")
    send(banjar, "I", by=people.coordinator)
    named = NamedVersion.objects.filter(name="Bimtek I, kiriman 1", section__plan=banjar)
    assert (named.count(), named.get(section=section).version) == (104, section.version)
    event = Event.objects.get(verb="submission.sent")
    assert (sentence(event), event.plan_code) == ("mengirim Bimtek I, kiriman 1 dengan 9 hal terbuka", banjar.code)


def test_a_snapshot_inside_another_transaction_is_refused(banjar: Masterplan) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"), frozen.one_snapshot():
        pass


def test_the_migration_gives_older_submissions_the_same_marks(banjar: Masterplan, people: People) -> None:
    submission = send(banjar, by=people.coordinator)
    marks = (
        list(submission.sections.values_list("mark", flat=True)),
        list(submission.tables.values_list("mark", flat=True)),
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE bimtek_submittedsection DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE bimtek_submittedtable DISABLE TRIGGER USER")
        cursor.execute("UPDATE bimtek_submittedsection SET mark = ''")
        cursor.execute("UPDATE bimtek_submittedtable SET mark = ''")
    migration = import_module("bimtek.migrations.0009_reading")
    with connection.schema_editor() as editor:
        migration.fill(apps, editor)
    assert marks == (
        list(submission.sections.values_list("mark", flat=True)),
        list(submission.tables.values_list("mark", flat=True)),
    )
    assert len(set(marks[0])) > 50
    with pytest.raises(DatabaseError, match="never_changes"), transaction.atomic():
        submission.sections.update(mark="")
