"""The bin: what is in it is nowhere else, comes back as it was, and goes for good only when nothing needs it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app

from export import planfile
from export.source import read
from masterplan import prose
from masterplan.domain import bin as bins
from masterplan.domain import completeness, history, presence, recovered, section_log
from masterplan.domain import section as sections
from masterplan.domain.bin_picture import bin_picture, delete_old_pictures, put_picture_back
from masterplan.domain.bin_section import (
    bin_section,
    emptied_sections,
    linked_to,
    put_section_back,
    start_section_anew,
)
from masterplan.domain.row import printed_in
from masterplan.domain.section import InBin, Stale
from masterplan.domain.word_import import sections_of
from masterplan.models import Masterplan, NamedVersion, OutlineSection, Picture, RecoveredCopy, Section, StepBatch
from masterplan.tasks import empty_bins
from smartcity.audit.models import Event
from smartcity.audit.sentences import sentence
from smartcity.regency.models import Opd
from smartcity.ui.refusal import Conflict, NotAllowed, WrongState
from tests.masterplan.domain.test_picture import figure, files
from tests.masterplan.given import picture
from tests.people import People

LATER = timedelta(days=91)


def insert(text: str) -> dict[str, Any]:
    return {"stepType": "replace", "from": 1, "to": 1, "slice": {"content": [{"type": "text", "text": text}]}}


def other_section(plan: Masterplan, code: str = "B1.1.2") -> Section:
    return Section.objects.select_related("outline_section__dimension", "plan").get(
        plan=plan, outline_section__code=code
    )


def codes(rows: Any) -> set[str]:
    return {section.outline_section.code for section in rows}


def places(plan: Masterplan, by: Any) -> list[set[str]]:
    """The sections of a plan, as each place that lists or counts them sees them."""
    history.name_plan_version(plan, name=f"Uji {NamedVersion.objects.count()}", by=by)
    name = NamedVersion.objects.order_by("-pk")[0].name
    return [
        codes(Section.objects.present().filter(plan=plan).select_related("outline_section")),
        codes(item.section for item in completeness.of_plan(plan).sections),
        codes(read(plan).sections),
        codes(sections_of(plan)),
        set(NamedVersion.objects.filter(name=name).values_list("section__outline_section__code", flat=True)),
    ]


@pytest.mark.parametrize("binned", [[], ["B1.1.1"], ["B1.1.1", "B1.1.2", "B2.3.1", "B1.0.5"]])
def test_a_section_is_in_the_plan_or_in_the_bin_and_every_place_agrees(
    plan: Masterplan, people: People, binned: list[str]
) -> None:
    everything = codes(Section.objects.filter(plan=plan).select_related("outline_section"))
    for code in binned:
        bin_section(other_section(plan, code), by=people.coordinator)
    assert [entry.key for entry in bins.contents(plan)] == binned[::-1]
    for seen in places(plan, people.coordinator):
        assert seen == everything - set(binned)
    for code in binned:
        put_section_back(other_section(plan, code), by=people.coordinator)
    assert bins.contents(plan) == []
    for seen in places(plan, people.coordinator):
        assert seen == everything


def test_tables_name_no_binned_section_that_would_print_them(plan: Masterplan, people: People) -> None:
    before = [part.code for part in printed_in(plan, "readiness")]
    bin_section(other_section(plan, before[0]), by=people.coordinator)
    assert [part.code for part in printed_in(plan, "readiness")] == before[1:]


def test_nothing_in_the_bin_can_be_changed(section: Section, people: People) -> None:
    saved = sections.save_steps(section, version=0, client="a", steps=[insert("Satu")], by=people.coordinator)
    copy = recovered.keep(section, reason="uji", doc=section.doc, lost="Kata.", by=people.coordinator)
    bin_section(section, by=people.coordinator)
    section.refresh_from_db()
    attempts: list[Any] = [
        lambda: sections.save_steps(section, version=1, client="a", steps=[insert("Dua")], by=people.coordinator),
        lambda: sections.replace_text(section, doc=prose.empty_doc(), by=None),
        lambda: sections.append_paragraphs(section, ["Dua"], by=None),
        lambda: recovered.put_back(copy, whole=False, by=people.coordinator),
        lambda: history.restore(section, version=0, by=people.coordinator),
        lambda: history.name_version(section, version=1, name="x", by=people.coordinator),
        lambda: presence.take_pen(section, user=people.coordinator, client="a"),
        lambda: bin_section(section, by=people.coordinator),
    ]
    for attempt in attempts:
        with pytest.raises(InBin) as refused:
            attempt()
        assert refused.value.sentence == "Bagian ini di keranjang, sehingga tidak dapat diubah."
    section.refresh_from_db()
    copy.refresh_from_db()
    assert (saved.version, section.version, prose.plain_text(section.doc), copy.state) == (1, 1, "Satu", "terbuka")


def test_a_save_whose_answer_was_lost_finds_itself_in_the_bin(section: Section, people: People) -> None:
    sections.save_steps(section, version=0, client="a", steps=[insert("Satu")], by=people.coordinator)
    bin_section(section, by=people.coordinator)
    with pytest.raises(Stale) as stale:
        sections.save_steps(section, version=0, client="a", steps=[insert("Satu")], by=people.coordinator)
    assert stale.value.missed.clients == ["a"]


def test_putting_back_restores_everything(section: Section, people: People, author_office: Opd) -> None:
    own = picture(section.plan.regency)
    section.opds.add(author_office)
    sections.save_steps(section, version=0, client="a", steps=[figure(own.source)], by=people.coordinator)
    history.name_version(section, version=0, name="Awal", by=people.coordinator)
    before = Section.objects.values().get(pk=section.pk)
    bin_section(section, by=people.coordinator)
    bin_picture(own, plan=section.plan, by=people.coordinator)
    put_section_back(section, by=people.coordinator)
    own.refresh_from_db()
    section.refresh_from_db()
    assert Section.objects.values().get(pk=section.pk) == before
    assert (own.binned_at, section.named_versions.count(), list(section.opds.all())) == (None, 1, [author_office])
    with pytest.raises(WrongState, match="tidak di keranjang lagi"):
        put_section_back(section, by=people.coordinator)


def test_only_the_coordinator_throws_away_and_puts_back(section: Section, people: People) -> None:
    own = picture(section.plan.regency)
    for person in (people.author, people.dimension_lead, people.ministry_editor, people.stranger):
        with pytest.raises(NotAllowed):
            bin_section(section, by=person)
        with pytest.raises(NotAllowed):
            bin_picture(own, plan=section.plan, by=person)
        with pytest.raises(NotAllowed):
            start_section_anew(section.plan, section.outline_section, by=person)
    bin_section(section, by=people.coordinator)
    bin_picture(own, plan=section.plan, by=people.coordinator)
    for person in (people.author, people.stranger):
        with pytest.raises(NotAllowed):
            put_section_back(section, by=person)
        with pytest.raises(NotAllowed):
            put_picture_back(own, plan=section.plan, by=person)
    assert len(bins.contents(section.plan)) == 2


def test_what_hangs_on_a_section_is_told(section: Section, people: People, author_office: Opd) -> None:
    own = picture(section.plan.regency)
    section.opds.add(author_office)
    sections.save_steps(section, version=0, client="a", steps=[insert("Dua kata")], by=people.coordinator)
    sections.save_steps(section, version=1, client="a", steps=[figure(own.source)], by=people.coordinator)
    section.refresh_from_db()
    history.name_version(section, version=1, name="Awal", by=people.coordinator)
    recovered.keep(section, reason="uji", doc=section.doc, lost="x", by=people.author)
    target = min(prose.block_ids(section.doc))
    for code, aim in (("B1.1.2", target), ("B1.1.3", "b1-1-1-tabel-1"), ("B1.1.4", "b1-1-10-tabel-1")):
        doc = {
            "type": "doc",
            "content": [{"type": "paragraph", "content": [{"type": "xref", "attrs": {"target": aim}}]}],
        }
        sections.replace_text(other_section(section.plan, code), doc=prose.with_ids(doc), by=None)
    linked = linked_to(section.plan, [section.pk])[section.pk]
    assert (linked.words, linked.figures, linked.named, linked.copies) == (2, 1, 1, 1)
    assert linked.offices == (author_office.label,)
    assert codes(linked.references) == {"B1.1.2", "B1.1.3"}
    assert linked.phrases[:5] == (
        "2 kata", "1 gambar", "1 versi bernama", "1 pulihan yang belum ditangani", "ditugaskan kepada DINKES",
    )  # fmt: skip


def test_emptying_deletes_old_sections_with_their_history(section: Section, people: People) -> None:
    sections.save_steps(section, version=0, client="a", steps=[insert("Dua kata")], by=people.coordinator)
    section.refresh_from_db()
    history.name_version(section, version=1, name="Awal", by=people.coordinator)
    bin_section(section, by=people.coordinator)
    assert bins.empty_bin() == {"bagian": 0, "gambar": 0, "baris": 0}
    assert bins.empty_bin(now=timezone.now() + LATER) == {"bagian": 1, "gambar": 0, "baris": 0}
    assert (StepBatch.objects.count(), Section.objects.filter(pk=section.pk).exists()) == (0, False)
    event = Event.objects.get(verb="section.emptied")
    assert (event.actor, event.data) == (
        None, {"words": 2, "version": 1, "binned_by": people.coordinator.display_name},
    )  # fmt: skip
    assert sentence(event) == (
        f"menghapus bagian {section} (2 kata, dibuang oleh {people.coordinator.display_name}) dari keranjang setelah 90 hari"
    )


def test_the_worker_empties_the_bin(section: Section, people: People) -> None:
    bin_section(section, by=people.coordinator)
    Section.objects.filter(pk=section.pk).update(binned_at=timezone.now() - LATER)
    empty_bins(timestamp=0)
    assert (Section.objects.filter(pk=section.pk).exists(), "masterplan.tasks.empty_bins" in app.tasks) == (False, True)


def test_a_deleted_section_can_be_started_anew(section: Section, people: People) -> None:
    outline = section.outline_section
    with pytest.raises(Conflict):
        start_section_anew(section.plan, outline, by=people.coordinator)
    bin_section(section, by=people.coordinator)
    bins.empty_bin(now=timezone.now() + LATER)
    assert emptied_sections(section.plan) == [OutlineSection.objects.get(pk=outline.pk)]
    started = start_section_anew(section.plan, outline, by=people.coordinator)
    assert section_log.document_at(started, 0) == started.doc
    assert (emptied_sections(section.plan), outline.code in codes(sections_of(section.plan))) == ([], True)


def test_a_section_with_somebodys_open_copy_waits(section: Section, people: People) -> None:
    copy = recovered.keep(section, reason="uji", doc=section.doc, lost="x", by=people.author)
    bin_section(section, by=people.coordinator)
    later = timezone.now() + LATER
    assert bins.empty_bin(now=later) == {"bagian": 0, "gambar": 0, "baris": 0}
    assert RecoveredCopy.objects.filter(pk=copy.pk).exists()
    recovered.dismiss(copy)
    assert bins.empty_bin(now=later) == {"bagian": 1, "gambar": 0, "baris": 0}


def test_only_unused_pictures_are_thrown_away(section: Section, people: People) -> None:
    own = picture(section.plan.regency)
    sections.save_steps(section, version=0, client="a", steps=[figure(own.source)], by=people.coordinator)
    with pytest.raises(WrongState, match=r"masih dipakai di 1\.1 Latar Belakang"):
        bin_picture(own, plan=section.plan, by=people.coordinator)
    sections.replace_text(section, doc=prose.empty_doc(), by=None)
    bin_picture(own, plan=section.plan, by=people.coordinator)
    with pytest.raises(WrongState, match="sudah di keranjang"):
        bin_picture(own, plan=section.plan, by=people.coordinator)
    put_picture_back(own, plan=section.plan, by=people.coordinator)
    with pytest.raises(WrongState, match="tidak di keranjang lagi"):
        put_picture_back(own, plan=section.plan, by=people.coordinator)
    assert (Picture.objects.binned().count(), Picture.objects.present().count()) == (0, 1)


@pytest.mark.django_db(transaction=False)
def test_pictures_go_with_their_file_only_when_no_text_shows_them(
    section: Section, people: People, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    kinds = ("unused", "present", "binned", "copied")
    own = {
        kind: picture(section.plan.regency, colour=colour)
        for kind, colour in zip(kinds, ("red", "blue", "lime", "navy"), strict=True)
    }
    sections.save_steps(section, version=0, client="a", steps=[figure(own["present"].source)], by=people.coordinator)
    other = other_section(section.plan)
    sections.save_steps(other, version=0, client="a", steps=[figure(own["binned"].source)], by=people.coordinator)
    bin_section(other, by=people.coordinator)
    doc = {"type": "doc", "content": [figure(own["copied"].source)["slice"]["content"][0]]}
    recovered.keep(section, reason="uji", doc=doc, lost="", by=people.author)
    Picture.objects.update(binned_at=timezone.now() - LATER)
    assert delete_old_pictures(timezone.now() - LATER - timedelta(hours=1)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_old_pictures(timezone.now() - timedelta(days=90)) == 1
    left = [own[kind] for kind in ("present", "binned", "copied")]
    assert set(Picture.objects.all()) == set(left)
    assert {path.name for path in files(settings)} == {Path(p.file.name).name for p in left if p.file.name}
    assert [(e.verb, e.subject_label) for e in Event.objects.filter(verb__startswith="picture.emptied")] == [
        ("picture.emptied", "peta.png")
    ]


def test_old_versions_show_a_box_for_a_deleted_picture() -> None:
    html = '<figure><img src="/gambar/a/" alt="Peta &lt;b&gt;"><figcaption>x</figcaption></figure><img src="/gambar/b/" alt="">'
    assert prose.without_gone(html, {"/gambar/b/"}) == (
        '<figure><p class="gone">Gambar sudah dihapus: Peta &lt;b&gt;</p><figcaption>x</figcaption></figure>'
        '<img src="/gambar/b/" alt="">'
    )


def test_loading_a_plan_file_takes_its_sections_out_of_the_bin(plan: Masterplan, people: People) -> None:
    section = other_section(plan)
    sections.append_paragraphs(section, ["Isi."], by=None)
    data = planfile.dump(plan)
    bin_section(section, by=people.coordinator)
    planfile.load(data, by=None, replace=True)
    section.refresh_from_db()
    assert (section.binned_at, prose.plain_text(section.doc)) == (None, "Isi.")


def test_the_bin_costs_the_same_for_1_and_4_of_each(
    plan: Masterplan, people: People, django_assert_num_queries: Any
) -> None:
    def throw(colour: str, code: str) -> None:
        bin_section(other_section(plan, code), by=people.coordinator)
        bin_picture(picture(plan.regency, colour=colour), plan=plan, by=people.coordinator)

    throw("red", "B1.1.1")
    with django_assert_num_queries(7) as one:
        bins.contents(plan)
    for colour, code in (("blue", "B1.1.2"), ("lime", "B1.1.3"), ("navy", "B1.1.4")):
        throw(colour, code)
    with django_assert_num_queries(len(one)):
        assert len(bins.contents(plan)) == 8
