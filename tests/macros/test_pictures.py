"""The pictures say what the engine says."""

import math
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from bs4 import BeautifulSoup

from checker.knowledge.answers import Answer, Given
from checker.rules.evaluation import evaluate, prepare
from checker.session import Session
from checker.units import Interval
from macros.draw import decision_map, decision_tree, options
from tests.support import known, session

PAGE = "decisions.md"
MAPS = list(decision_map.maps_of(known()))


def inside(band: Interval) -> Iterator[float]:
    """Points of a band: near its ends and in the middle."""
    high = band.hi if math.isfinite(band.hi) else band.lo * 4
    low = band.lo or high / 1000
    yield from (low * 1.001, math.sqrt(low * high), high * 0.999)


def test_every_caller_and_kind_of_traffic_has_one_map() -> None:
    shown = [(drawn.caller, traffic) for drawn in MAPS for traffic in drawn.traffic]
    fields = known().fields
    assert sorted(shown) == sorted(
        (caller, traffic)
        for caller in fields["caller"].values
        for traffic in fields["traffic"].values
    )


@pytest.mark.parametrize("drawn", MAPS, ids=lambda drawn: f"{drawn.caller}-{drawn.traffic[0]}")
def test_every_point_of_an_area_of_the_map_is_decided_as_the_area_says(
    drawn: decision_map.Map,
) -> None:
    rules = prepare(known(), decision_map.DECISION)
    for area in drawn.areas:
        for across in inside(area.across):
            for up in inside(area.up):
                answers: dict[str, Answer] = {
                    "caller": drawn.caller,
                    "traffic": drawn.traffic[-1],
                    "payload": Interval(across, across),
                    "duration": Interval(up, up),
                }
                assert evaluate(rules, Given(answers)).recommend == area.recommend, answers


def test_each_cell_of_a_map_leads_to_the_verdict_that_it_shows() -> None:
    found = BeautifulSoup(decision_map.decision_map(known(), PAGE), "html.parser")
    cells = found.select("td.map__area")
    assert len(cells) == sum(len(drawn.areas) for drawn in MAPS)
    for cell in cells[::3]:
        said = dict(parse_qsl(urlsplit(str(cell.a["href"])).query))  # type: ignore[index]
        verdict = _decided(session(), said)
        labels = " or ".join(known().options[name].label for name in verdict["recommend"])
        assert cell.get_text() == (labels or "No option fits"), said


def _decided(session: Session, said: dict[str, str]) -> dict[str, list[str]]:
    answers = {name: text for name, text in said.items() if name != "decision"}
    result = session.decide(["inference"], answers)
    assert result["problems"] == []
    verdict: dict[str, list[str]] = result["verdicts"]["inference"]
    return verdict


@pytest.mark.parametrize("decision", known().decisions)
def test_a_tree_ends_every_branch_and_draws_each(decision: str) -> None:
    root = decision_tree.grow(known(), decision)
    paths = list(decision_tree.paths(root))
    assert len(paths) > 1
    assert all(outcome for _, outcome in paths)
    drawn = BeautifulSoup(decision_tree.diagram(decision, known(), PAGE), "html.parser")
    ends = drawn.select(".tree__outcome")
    assert [end.get_text() for end in ends] == [outcome for _, outcome in paths]
    assert len(drawn.select(".tree__answer")) == boxes(root) - 1


def boxes(node: decision_tree.Node) -> int:
    return 1 + sum(boxes(child) for _, child in node.branches)


def test_the_inference_tree_names_serverless_for_synchronous_requests() -> None:
    """A reader mistakes an end of the tree for the rule, so it names other results."""
    root = decision_tree.grow(known(), "inference")
    waits = dict(root.branches)[known().fields["caller"].values["waits"]]
    further = {option for _, end in waits.branches for option in end.further}
    assert "serverless-inference" in further


def test_bands_beside_each_other_with_one_outcome_are_one_answer() -> None:
    drawn = decision_tree.diagram("inference", known(), PAGE)
    assert "4-25 MB" not in drawn


def test_no_two_options_of_a_decision_have_the_same_colour() -> None:
    css = options.options_css(known()).decode()
    for decision in known().decisions.values():
        hues = [css.split(f'[data-option="{name}"]')[1].split("}")[0] for name in decision.options]
        assert len({hue.split("{")[1] for hue in hues}) == min(len(hues), options.HUES)
