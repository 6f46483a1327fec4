"""Every scenario of the knowledge comes out as it says."""

from functools import cache
from typing import Any

import pytest

from checker.browser import names_of
from checker.knowledge.references import fill, option_labels
from checker.render.once import ABOVE, MOST_WORDS, sentences
from checker.render.sentences import view
from checker.render.terminal import report
from macros.draw.scenarios import practice
from tests import support

SCENARIOS = support.known().scenarios


@cache
def verdict(key: str) -> dict[str, Any]:
    scenario = SCENARIOS[key]
    result = support.session().decide([scenario.decision], scenario.answers)
    assert result["problems"] == []
    return dict(result["verdicts"][scenario.decision])


@pytest.mark.parametrize("key", SCENARIOS)
def test_scenario(key: str) -> None:
    scenario, found = SCENARIOS[key], verdict(key)
    assert found["state"] == scenario.state, found["sentence"]
    accepted = {*scenario.expect, *scenario.accept}
    expected = tuple(found["recommend"]) == scenario.expect
    assert expected or (found["recommend"] and set(found["recommend"]) <= accepted), found[
        "sentence"
    ]
    assert set(scenario.flags) <= set(found["flags"])


@pytest.mark.parametrize("key", list(SCENARIOS)[::100])
def test_a_scenario_reads_well_on_a_terminal(key: str) -> None:
    shown = report(
        {"verdicts": {SCENARIOS[key].decision: verdict(key)}}, option_labels(support.known())
    )
    options = [support.known().options[option] for option in SCENARIOS[key].expect]
    assert all(o.label in shown or o.advice in shown for o in options)
    assert not set("{}") & set(shown)


def texts(key: str) -> list[str]:
    """What the first screen of a scenario's verdict says, without labels of links and buttons."""
    shown = view(verdict(key), names_of(support.known()))
    lines = [*shown["rejected"], *shown["also"]]
    found = [shown["headline"], shown["certainty"], *shown["warnings"]]
    found += [part["text"] for part in (*shown["clashes"], *shown["reasons"])]
    found += [text for line in lines for text in (line["why"], line["back"])]
    eras = shown["eras"] or {"text": "", "because": []}
    found += [eras["text"], *eras["because"]]
    return [text for text in found if text and text != ABOVE]


def test_the_first_screen_is_short_and_says_each_sentence_once() -> None:
    said = {key: sentences(texts(key)) for key in SCENARIOS}
    twice = {key: [one for one in found if found.count(one) > 1] for key, found in said.items()}
    assert {key: found for key, found in twice.items() if found} == {}
    words = {key: len(" ".join(found).split()) for key, found in said.items()}
    assert {key: count for key, count in words.items() if count > MOST_WORDS} == {}


def test_a_question_is_apart_from_why_it_is_asked() -> None:
    """Only a question on a test of one's own says first what is to be tested."""
    tell = {"payload": "12 MB", "accelerator": "gpu", "caller": "waits"}
    found = support.session().decide(["inference"], tell)["verdicts"]["inference"]
    asked = view(found, names_of(support.known()))["question"]
    assert asked["field"] == "tested"
    assert asked["why"].startswith("A real-time endpoint accepts requests of up to")
    assert f"{asked['why']} {asked['asks']}" == asked["text"]
    shown = [view(verdict(key), names_of(support.known()))["question"] for key in SCENARIOS]
    plain = [question for question in shown if question and question["field"] != "tested"]
    assert {(q["why"], q["asks"] == q["text"]) for q in plain} == {("", True)}


def test_every_decision_has_scenarios_to_practise_on() -> None:
    assert {s.decision for s in SCENARIOS.values()} == set(support.known().decisions)
    shown = practice(SCENARIOS.items(), support.known(), "index.md")
    assert all(f'id="scenario-{key}"' in shown for key in SCENARIOS)


def test_another_answer_in_exam_material_is_told_by_rules_of_one_era_on_its_options() -> None:
    for key, scenario in SCENARIOS.items():
        if eras := verdict(key)["eras"]:
            answers = support.typed(scenario.answers)
            named = {*eras["today"], *eras["exam"]}
            telling = {
                fill(rule.reason, support.known())
                for rule in support.known().rules.values()
                if rule.era != "always" and named & set(rule.options)
                if support.oracle(rule.when, answers) is not None
            }
            assert set(eras["because"]) <= telling, key
            assert len(eras["because"]) == min(2, len(telling)) > 0, key
