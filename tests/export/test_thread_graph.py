"""The golden thread over frozen rows: nodes, edges, both ways, lines, and where it breaks."""

from dataclasses import replace
from xml.etree import ElementTree

from export.figures.lineage import lineage
from export.figures.stations import counts, stations
from export.figures.svg import named
from export.thread.graph import INDICATOR, KEYWORD, Edge, Node, Thread, Way, thread_of
from export.thread.lines import Line, MissionLine, Origin, dimension_threads, mission_lines
from export.thread.loose_ends import RULES, loose_ends
from masterplan.consistency import RULES as ALL_RULES
from masterplan.consistency import Snapshot, run
from tests.masterplan.consistency.good import good_plan

SVG = "{http://www.w3.org/2000/svg}"


def whole() -> Snapshot:
    return good_plan()


def edges_of(thread: Thread, way: Way) -> set[tuple[str, str]]:
    return {
        (f"{edge.upper[0]}-{edge.upper[1]}", f"{edge.lower[0]}-{edge.lower[1]}")
        for edge in thread.edges
        if edge.way == way
    }


def test_every_row_is_a_node_and_every_link_of_a_row_an_edge() -> None:
    plan = whole()
    thread = thread_of(plan)
    assert edges_of(thread, Way.RECORDED) == {
        *((f"swot-{pk}", f"tows-{row.pk}") for row in plan.tows for pk in row.sources),
        *((f"gap-{row.pk}", f"strategi-{row.strategy}") for row in plan.gaps),
        *(("rpjmd-1", f"misi-rpjmd-{row.pk}") for row in plan.rpjmd_missions),
        *((f"misi-rpjmd-{row.rpjmd_mission}", f"misi-{row.pk}") for row in plan.missions),
        *(("visi-1", f"{KEYWORD}-{place}") for place, _ in enumerate(plan.vision.keywords, 1) if plan.vision),
        *((f"strategi-{row.strategy}", f"program-{row.pk}") for row in plan.programmes),
        *((f"misi-rpjmd-{row.rpjmd_mission}", f"program-{row.pk}") for row in plan.programmes),
        *((f"program-{row.pk}", f"{INDICATOR}-{row.pk}") for row in plan.programmes),
        *((f"program-{pk}", f"quick-win-{pk}") for pk in (1, 2)),
        *((f"quick-win-{pk}", f"{INDICATOR}-{pk}") for pk in (1, 2)),
    }
    assert thread.nodes["program", 1] == Node("program", 1, "GOV-P01", "Program GOV", ("GOV",))
    assert thread.nodes[INDICATOR, 2] == Node(INDICATOR, 2, "", "Layanan LIV (layanan)", ("LIV",))


def test_issues_directions_and_goals_count_for_their_dimension() -> None:
    plan = whole()
    by_dimension = {
        *((f"isu-{row.pk}", f"sasaran-{row.pk}") for row in plan.issues),
        *((f"isu-{row.pk}", f"strategi-{row.pk}") for row in plan.issues),
        *((f"sasaran-{row.pk}", f"strategi-{row.pk}") for row in plan.goals),
        *((f"tows-{row.pk}", f"strategi-{pk}") for row in plan.tows for pk, code in ((1, "GOV"), (2, "LIV")) if code in row.dimensions),
    }  # fmt: skip
    assert edges_of(thread_of(plan), Way.DIMENSION) == by_dimension


def test_a_keyword_hangs_on_what_says_it() -> None:
    plan = whole()
    assert plan.vision
    said = replace(
        plan, vision=replace(plan.vision, keywords=("Program", " ")), gaps=(), missions=(), rpjmd_missions=()
    )
    said = replace(said, issues=(replace(plan.issues[0], text="Programnya terpencar"),))
    thread = thread_of(said)
    assert [node for node in thread.nodes.values() if node.kind == KEYWORD] == [Node(KEYWORD, 1, text="Program")]
    assert edges_of(thread, Way.WORDS) == {(f"{KEYWORD}-1", f"isu-{plan.issues[0].pk}")}


def test_both_ways_from_one_row_with_inference_told_apart() -> None:
    thread = thread_of(whole())
    above = {(step.node.kind, step.node.pk): step.is_recorded for step in thread.above(("program", 1))}
    assert {key: firm for key, firm in above.items() if key[0] in ("strategi", "gap", "misi-rpjmd", "isu", "tows")} == {
        ("strategi", 1): True,
        ("gap", 1): True,
        ("misi-rpjmd", 1): True,
        ("isu", 1): False,
        ("tows", 1): False,
    }
    below = [(step.node.kind, step.node.pk, step.is_recorded) for step in thread.below(("strategi", 2))]
    assert below == [("program", 2, True), ("quick-win", 2, True), (INDICATOR, 2, True)]


def test_lines_by_dimension_and_by_mission() -> None:
    plan = whole()
    thread = thread_of(plan)
    gov = dimension_threads(thread, plan.dimensions)[0]
    assert gov.lines == (
        Line(
            thread.nodes["strategi", 1],
            (thread.nodes["gap", 1],),
            thread.nodes["program", 1],
            (thread.nodes["misi-rpjmd", 1],),
            (thread.nodes["quick-win", 1],),
            (thread.nodes[INDICATOR, 1],),
        ),
    )
    assert gov.origins == (Origin(thread.nodes["tows", 1], (thread.nodes["swot", 1], thread.nodes["swot", 2])),)
    assert counts(gov) == (1, 1, 1, 1, 1, 1, 1)
    missions = mission_lines(thread)
    assert [(line.mission.pk, len(line.missions), len(line.programmes)) for line in missions] == [(1, 1, 2)]
    assert isinstance(missions[0], MissionLine)


def test_a_programme_of_another_dimensions_strategy_stands_with_its_own() -> None:
    plan = whole()
    stray = replace(plan.programmes[1], strategy=1)
    changed = replace(plan, programmes=(plan.programmes[0], stray))
    gov, liv = dimension_threads(thread_of(changed), plan.dimensions)
    assert [(line.strategy.pk, line.programme and line.programme.pk) for line in gov.lines] == [(1, 1)]
    assert [(line.strategy.pk, line.programme and line.programme.pk) for line in liv.lines] == [(2, None), (1, 2)]


def ends_of(plan: Snapshot) -> tuple[set[str], set[tuple[str, int]]]:
    said = run(plan, [ALL_RULES[code] for code in RULES])
    return {each.rule.code for each in said}, {end.node.key for end in loose_ends(thread_of(plan), said)}


def test_a_whole_thread_has_no_loose_end_but_unheard_keywords() -> None:
    plan = replace(whole(), vision=None)
    assert ends_of(plan) == ({"vision-missing"}, set())


def test_what_a_rule_says_is_not_said_again() -> None:
    plan = replace(whole(), vision=None)
    assert ends_of(replace(plan, tows=())) == ({"vision-missing"}, {("swot", row.pk) for row in plan.swot})
    assert ends_of(replace(plan, gaps=tuple(replace(row, strategy=None) for row in plan.gaps)))[1] == set()
    found, ends = ends_of(replace(plan, strategies=(), programmes=(), gaps=(), parts={}))
    assert ("dimension-without-strategy" in found, ends & {("tows", 1), ("isu", 1), ("sasaran", 1)}) == (True, set())


def test_a_keyword_that_nothing_says_is_a_loose_end() -> None:
    plan = whole()
    assert plan.vision
    vision = replace(plan.vision, keywords=("zamrud",), text="Zamrud khatulistiwa")
    assert ends_of(replace(plan, vision=vision)) == (set(), {(KEYWORD, 1)})


def test_rules_that_are_asked_exist() -> None:
    assert set(RULES) <= ALL_RULES.keys()


def test_drawings_are_well_formed_named_and_escaped() -> None:
    plan = whole()
    hostile = '<script>alert("x")</script> & </title>'
    changed = replace(plan, programmes=tuple(replace(row, text=hostile) for row in plan.programmes))
    thread = thread_of(changed)
    node = thread.nodes["program", 1]
    for name, svg in (
        ("satu", lineage(thread, node, thread.above(node.key), thread.below(node.key))),
        ("dua", stations(dimension_threads(thread, plan.dimensions))),
    ):
        root = ElementTree.fromstring(named(svg, name))  # noqa: S314 - our own drawing
        assert root.attrib["aria-labelledby"] == f"{name}-judul {name}-uraian"
        assert [child.attrib.get("id") for child in root[:2]] == [f"{name}-judul", f"{name}-uraian"]
        assert [element for element in root.iter() if element.tag == f"{SVG}script"] == []


def test_a_column_that_is_too_long_says_how_many_are_left_out() -> None:
    nodes = [Node("program", pk, f"P{pk}", "Program", ("GOV",)) for pk in range(300)]
    start = Node("strategi", 1, "S1", "Strategi", ("GOV",))
    thread = Thread({node.key: node for node in [start, *nodes]}, tuple(Edge(start.key, node.key) for node in nodes))
    svg = lineage(thread, start, [], thread.below(start.key))
    assert ("+ 294 lainnya" in svg, svg.count("<path")) == (True, 6)
