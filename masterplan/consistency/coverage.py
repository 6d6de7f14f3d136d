"""What a plan must have: every dimension from issue to programme, a direction, a roadmap, the four-part action plan."""

from collections.abc import Collection, Iterator

from masterplan.consistency.places import in_list, in_text
from masterplan.consistency.rule import Found, Place, rule
from masterplan.consistency.snapshot import Snapshot
from masterplan.enums import BimtekStage, ReadinessGroup, SupportGroup

GROUP = "Kelengkapan"


def lacking(plan: Snapshot, kind: str, noun: str, covered: Collection[str]) -> Iterator[Found]:
    """Domain: all six dimensions are demanded, whatever the region's priorities are."""
    for dimension in plan.dimensions:
        if dimension.code not in covered:
            place = in_list(kind, dimension.name, dimension)
            yield Found(place, f"{dimension.name} belum mempunyai {noun}.")


@rule(
    "dimension-without-issue",
    title="Dimensi tanpa isu strategis",
    group=GROUP,
    blocks_from=BimtekStage.II,
    touches=("isu",),
    may_be_waived=False,
    advice="Tambahkan paling sedikit satu isu strategis untuk dimensi ini.",
)
def dimension_without_issue(plan: Snapshot) -> Iterator[Found]:
    yield from lacking(plan, "isu", "isu strategis", {row.dimension for row in plan.issues})


@rule(
    "dimension-without-goal",
    title="Dimensi tanpa sasaran",
    group=GROUP,
    blocks_from=BimtekStage.II,
    touches=("sasaran",),
    may_be_waived=False,
    advice="Tambahkan sasaran dengan indikator dan target untuk dimensi ini.",
)
def dimension_without_goal(plan: Snapshot) -> Iterator[Found]:
    yield from lacking(plan, "sasaran", "sasaran", {row.dimension for row in plan.goals})


@rule(
    "dimension-without-strategy",
    title="Dimensi tanpa strategi",
    group=GROUP,
    blocks_from=BimtekStage.III,
    touches=("strategi",),
    may_be_waived=False,
    advice="Tambahkan strategi untuk dimensi ini.",
)
def dimension_without_strategy(plan: Snapshot) -> Iterator[Found]:
    yield from lacking(plan, "strategi", "strategi", {row.dimension for row in plan.strategies})


@rule(
    "dimension-without-programme",
    title="Dimensi tanpa program",
    group=GROUP,
    blocks_from=BimtekStage.IV,
    touches=("program",),
    may_be_waived=False,
    advice="Tambahkan program untuk dimensi ini; keenam dimensi wajib terisi.",
)
def dimension_without_programme(plan: Snapshot) -> Iterator[Found]:
    yield from lacking(plan, "program", "program", {row.dimension for row in plan.programmes})


@rule(
    "dimension-without-gap",
    title="Dimensi tanpa kesenjangan",
    group=GROUP,
    touches=("gap",),
    advice="Bandingkan keadaan sekarang dan yang dituju untuk dimensi ini.",
)
def dimension_without_gap(plan: Snapshot) -> Iterator[Found]:
    yield from lacking(plan, "gap", "analisis kesenjangan", {row.dimension for row in plan.gaps})


@rule(
    "subdimension-without-programme",
    title="Subdimensi tanpa program",
    group=GROUP,
    touches=("program",),
    advice="Tambahkan program untuk subdimensi ini, atau abaikan temuan ini dengan alasan bila memang bukan prioritas daerah.",
)
def subdimension_without_programme(plan: Snapshot) -> Iterator[Found]:
    """Silent for a dimension without any programme: that is one finding already."""
    used = {row.subdimension for row in plan.programmes}
    started = {row.dimension for row in plan.programmes}
    for dimension in plan.dimensions:
        for code, name in dimension.subdimensions.items():
            if dimension.code in started and code not in used:
                place = in_list("program", f"{code} {name}", dimension, field=code)
                yield Found(place, f"Belum ada program untuk subdimensi {code} {name}.")


@rule(
    "vision-missing",
    title="Visi belum ada",
    group=GROUP,
    blocks_from=BimtekStage.II,
    touches=("visi",),
    advice="Isi pernyataan visi dan kata kuncinya.",
)
def vision_missing(plan: Snapshot) -> Iterator[Found]:
    if plan.vision is None or not plan.vision.text.strip():
        yield Found(in_list("visi", "Visi"), "Pernyataan visi smart city belum diisi.")


@rule(
    "mission-missing",
    title="Misi belum ada",
    group=GROUP,
    blocks_from=BimtekStage.II,
    touches=("misi",),
    advice="Isi misi yang menjabarkan visi.",
)
def mission_missing(plan: Snapshot) -> Iterator[Found]:
    if not plan.missions:
        yield Found(in_list("misi", "Misi"), "Misi smart city belum diisi.")


@rule(
    "roadmap-missing",
    title="Periode peta jalan belum ada",
    group=GROUP,
    blocks_from=BimtekStage.III,
    touches=("periode-peta-jalan",),
    advice="Bagi masa rencana menjadi jangka pendek, menengah dan panjang.",
)
def roadmap_missing(plan: Snapshot) -> Iterator[Found]:
    if not plan.periods:
        yield Found(in_list("periode-peta-jalan", "Peta jalan"), "Periode peta jalan belum diisi.")


@rule(
    "rpjmd-missing",
    title="RPJMD belum dicatat",
    group=GROUP,
    touches=("rpjmd", "misi-rpjmd"),
    advice="Isi periode, visi dan misi RPJMD agar keselarasan dapat ditunjukkan.",
)
def rpjmd_missing(plan: Snapshot) -> Iterator[Found]:
    if plan.rpjmd is None:
        yield Found(in_list("rpjmd", "RPJMD"), "RPJMD yang harus diselaraskan belum dicatat.")
    elif not plan.rpjmd_missions:
        yield Found(in_list("misi-rpjmd", "Misi RPJMD"), "Misi RPJMD belum dicatat.")


@rule(
    "support-group-empty",
    title="Kelompok aksi pendukung kosong",
    group=GROUP,
    touches=("aksi-pendukung",),
    advice="Tambahkan aksi pendukung pada kelompok ini; keempat bagian rencana aksi dinilai saat evaluasi.",
)
def support_group_empty(plan: Snapshot) -> Iterator[Found]:
    filled = {row.group for row in plan.actions}
    for group in SupportGroup:
        if group not in filled:
            place = Place(str(group.label), kind="aksi-pendukung", field=group.value)
            yield Found(place, f"Kelompok {group.label} belum mempunyai aksi pendukung.")


@rule(
    "readiness-group-empty",
    title="Kelompok kesiapan kosong",
    group=GROUP,
    touches=("kesiapan",),
    advice="Tambahkan indikator kesiapan pada kelompok ini.",
)
def readiness_group_empty(plan: Snapshot) -> Iterator[Found]:
    filled = {row.group for row in plan.readiness}
    for group in ReadinessGroup:
        if group not in filled:
            place = Place(str(group.label), kind="kesiapan", field=group.value)
            yield Found(place, f"Kesiapan {str(group.label).lower()} belum mempunyai indikator.")


@rule(
    "section-empty",
    title="Bagian wajib masih kosong",
    group=GROUP,
    blocks_from=BimtekStage.IV,
    reads_text=True,
    advice="Tulis naskah bagian ini.",
)
def section_empty(plan: Snapshot) -> Iterator[Found]:
    """Blocks from the stage at which the outline wants the section."""
    for section in plan.written:
        is_composed = section.is_summary and bool(plan.programmes)
        if section.is_required and section.min_words and not section.words and not is_composed:
            sentence = f"Bagian ini diperlukan pada {section.due_stage.label} dan belum ditulis."
            yield Found(in_text(section), sentence, stage=section.due_stage)


@rule(
    "section-short",
    title="Bagian lebih pendek dari separuh anjuran",
    group=GROUP,
    reads_text=True,
    advice="Lengkapi naskah bagian ini.",
)
def section_short(plan: Snapshot) -> Iterator[Found]:
    for section in plan.written:
        if section.is_required and 0 < section.words * 2 < section.min_words:
            sentence = f"Baru {section.words} kata; anjurannya paling sedikit {section.min_words} kata."
            yield Found(in_text(section), sentence)
