"""The pictures say what the engine says."""

import math
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from checker.knowledge.answers import Answer, Given
from checker.rules.evaluation import evaluate, prepare
from checker.units import Interval
from macros.draw import decision_map, decision_tree, svg
from tests.support import known

TRAFFIC = tuple(known().fields["traffic"].values)


def inside(band: Interval) -> Iterator[float]:
    """Points of a band: near its ends and in the middle."""
    high = band.hi if math.isfinite(band.hi) else band.lo * 4
    low = band.lo or high / 1000
    yield from (low * 1.001, math.sqrt(low * high), high * 0.999)


@pytest.mark.parametrize("traffic", TRAFFIC)
def test_every_point_of_an_area_of_the_map_is_decided_as_the_area_says(traffic: str) -> None:
    rules = prepare(known(), decision_map.DECISION)
    for area in decision_map._areas(known(), rules, traffic):
        for across in inside(area.across):
            for up in inside(area.up):
                answers: dict[str, Answer] = {
                    "traffic": traffic,
                    "payload": Interval(across, across),
                    "duration": Interval(up, up),
                }
                assert evaluate(rules, Given(answers)).recommend == area.recommend, answers


def test_the_maps_draw_every_area_and_name_every_outcome_in_words() -> None:
    drawn = decision_map.decision_map(known())
    assert drawn.count('<details class="map"') == len(TRAFFIC)
    rules = prepare(known(), decision_map.DECISION)
    areas = [a for t in TRAFFIC for a in decision_map._areas(known(), rules, t)]
    assert len(re.findall(r'class="map__area', drawn)) == len(areas)
    for option in {option for area in areas for option in area.recommend}:
        assert known().options[option].label in drawn


@pytest.mark.parametrize("decision", known().decisions)
def test_a_diagram_ends_every_branch_and_its_table_has_a_row_for_each(decision: str) -> None:
    root = decision_tree.grow(known(), decision)
    paths = list(decision_tree._paths(root))
    assert len(paths) > 1
    assert all(outcome for _, outcome in paths)
    drawn = decision_tree.diagram(decision, known())
    assert drawn.count("<tr") == len(paths) + 1
    assert drawn.count("<rect") == boxes(root)


def boxes(node: decision_tree.Node) -> int:
    return 1 + sum(boxes(child) for _, child in node.branches)


def test_no_box_of_a_diagram_covers_another() -> None:
    for decision in known().decisions:
        placed = list(flat(decision_tree._place(decision_tree.grow(known(), decision), "", 0, 0)))
        columns: dict[float, list[decision_tree.Placed]] = {}
        for item in placed:
            columns.setdefault(item.x, []).append(item)
        for column in columns.values():
            column.sort(key=lambda item: item.y)
            for above, below in pairwise(column):
                assert above.y + above.height <= below.y


def flat(placed: decision_tree.Placed) -> Iterator[decision_tree.Placed]:
    yield placed
    for child in placed.children:
        yield from flat(child)


def test_words_longer_than_a_row_keep_their_letters() -> None:
    assert svg.wrap("an extraordinarily-long-word here", 10) == [
        "an",
        "extraordinarily-long-word",
        "here",
    ]
