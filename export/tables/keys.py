"""Planning tables by the keys that the outline asks for."""

from collections.abc import Callable, Sequence

from export.blocks import Block
from export.source import Source
from export.tables import analysis, annex, cycle, direction, facts, overall, programme, quick_win, thread

type Builder = Callable[[Source, str], Sequence[Block]]

BUILDERS: dict[str, Builder] = {
    "opd": analysis.opd,
    "issue": analysis.issue,
    "readiness": analysis.readiness,
    "gap": analysis.gap,
    "swot": analysis.swot,
    "tows": analysis.tows,
    "vision": direction.vision,
    "mission": direction.mission,
    "goal": direction.goal,
    "rpjmd": direction.rpjmd,
    "strategy": direction.strategy,
    "support_action": programme.support_action,
    "programme": programme.programme,
    "overview": programme.overview,
    "roadmap": overall.roadmap,
    "budget_summary": overall.budget_summary,
    "budget_by_source": facts.budget_by_source,
    "priority": facts.priority,
    "quick_win": quick_win.quick_win,
    "stage": cycle.stage,
    "body": cycle.body,
    "thread": thread.golden_thread_annex,
    "legal_basis": annex.legal_basis,
    "decree": annex.decree,
    "agreement": annex.agreement,
    "commitment": annex.commitment,
    "attendance": annex.attendance,
    "minutes": annex.minutes,
    "glossary": annex.glossary,
}
# Rows that the outline's edition does not ask for by key, at the place where readers look for them.
EXTRA_KEYS = {
    "B1.2.4": ("rpjmd",),
    "B2.2.4": ("priority",),
    "B2.7.2": ("budget_by_source",),
    "B1.L.1": ("decree",),
    "B1.L.2": ("agreement",),
    "B1.L.3": ("glossary",),
    "B1.L.4": ("attendance", "minutes"),
    "B2.L.1": ("thread",),
    "B2.L.2": ("commitment",),
    "B2.7.1": ("body:dewan_smart_city", "body:tim_pelaksana"),
}


def blocks_for(source: Source, section_code: str, keys: Sequence[str]) -> list[Block]:
    """Blocks in the order of the keys; a key without rows (or not known yet) leaves nothing behind."""
    found: list[Block] = []
    for key in (*keys, *EXTRA_KEYS.get(section_code, ())):
        name, _, argument = key.partition(":")
        if name == "programme" and f"goal:{argument}" in keys:
            name = "overview"  # goals and programmes of one dimension together: that section is a summary
        builder = BUILDERS.get(name)
        if builder:
            found += builder(source, argument)
    return found
