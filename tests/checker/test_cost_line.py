"""A verdict's line on costs: what is left, what is missing, and no word against the figures."""

import re
from typing import Any

import pytest

from checker.knowledge.references import option_labels
from checker.render.markdown import markdown_record
from checker.render.terminal import report
from tests import support

INFERENCE = "inference"
WAITS = {"caller": "waits", "payload": "20 KB", "duration": "200 ms", "memory": "1.5 GB"}


def decided(answers: dict[str, str], decision: str = INFERENCE) -> dict[str, Any]:
    result = support.session().decide([decision], answers)
    assert result["problems"] == []
    verdict: dict[str, Any] = result["verdicts"][decision]
    return verdict


def test_each_option_that_is_left_has_its_cost_and_no_other_has() -> None:
    verdict = decided({**WAITS, "requests": "100/h"})
    line = verdict["cost"]
    others = (*verdict["also"], *verdict["unclear"])
    left = {*verdict["recommend"], *(other["option"] for other in others)}
    assert {option["option"] for option in line["options"]} == left
    shown = {option["option"]: option["shown"] for option in line["options"]}
    # 73,000 requests of 0.2 s at $0.00004, and 1.36 GB at $0.016.
    assert shown["serverless-inference"] == "$0.60"
    assert shown["real-time-endpoint"] == "$83.97"
    assert "a month of 730 h" in line["sentence"]
    assert "us-east-1, seen 2026-02" in line["sentence"]


def test_the_lines_figures_are_those_of_the_page_that_it_links_to() -> None:
    line = decided({**WAITS, "requests": "100/h"})["cost"]
    found = support.session().cost(line["query"])
    assert found["problems"] == []
    totals = {option["option"]: option["total"] for option in found["options"]}
    for option in line["options"]:
        if option["total"] is not None:
            assert totals[option["option"]] == option["total"]
    assert found["answers"] == {"caller": "waits"}


@pytest.mark.parametrize("missing", ["requests", "duration", "memory"])
def test_an_answer_that_is_missing_is_named(missing: str) -> None:
    answers = {**WAITS, "requests": "100/h"}
    line = decided({name: text for name, text in answers.items() if name != missing})["cost"]
    assert line["missing"] == missing
    question = support.known().fields[missing].question
    assert f"Still needed: {question}" in line["sentence"]
    shown = {option["option"]: option["shown"] for option in line["options"]}
    assert shown["serverless-inference"] is None
    assert shown["real-time-endpoint"]


def test_an_accelerator_needs_the_readers_own_instance() -> None:
    line = decided({**WAITS, "accelerator": "gpu"})["cost"]
    assert "Real-time endpoint: say which instance type" in line["sentence"]
    assert "instance" not in line["query"]


@pytest.mark.parametrize("field", ["many_gpus", "adapters"])
def test_a_model_for_several_gpus_is_not_priced_on_a_small_cpu(field: str) -> None:
    verdict = decided({"models": "many", field: "yes", "zero_instances": "yes"}, "endpoint-type")
    assert verdict["recommend"] == ["inference-components"]
    assert "zero instances while idle: say which instance type" in verdict["cost"]["sentence"]
    assert "ml.m5.large" not in verdict["cost"]["sentence"]


@pytest.mark.parametrize(
    ("answers", "recommended", "priced"),
    [
        ({"models": "one"}, "single-model-endpoint", "real-time-endpoint"),
        (
            {"models": "many", "alike": "same", "model_count": "300"},
            "multi-model-endpoint",
            "real-time-endpoint",
        ),
        (
            {"models": "one", "serving": "async-inference"},
            "single-model-endpoint",
            "async-inference",
        ),
    ],
)
def test_an_endpoint_is_priced_by_its_instances_whatever_it_hosts(
    answers: dict[str, str], recommended: str, priced: str
) -> None:
    verdict = decided(answers, "endpoint-type")
    assert verdict["recommend"] == [recommended]
    assert verdict["cost"]["options"][0]["option"] == priced


@pytest.mark.parametrize("answers", [{}, {"caller": "waits", "payload": "2 GB"}])
def test_where_nothing_was_said_or_nothing_fits_there_is_no_line(answers: dict[str, str]) -> None:
    assert decided(answers)["cost"] is None


def test_other_decisions_have_no_line() -> None:
    assert decided({"rollout_goal": "compare"}, "rollout")["cost"] is None


def test_the_terminal_and_the_record_show_the_line() -> None:
    verdict = decided({**WAITS, "requests": "100/h"})
    assert verdict["cost"]["sentence"] in report(
        {"verdicts": {INFERENCE: verdict}}, option_labels(support.known())
    )
    assert "Serverless Inference $0.60" in markdown_record(verdict, "Inference option")


@pytest.mark.parametrize(
    ("said", "open_", "paid"),
    [
        ({}, " plus data in and out (", ""),
        ({"payload": "300 KB"}, " plus data out (", "data in $"),
        ({"payload": "300 KB", "response": "10 KB"}, " (", "data in and out $"),
    ],
)
def test_data_of_unknown_size_is_not_priced_as_none(
    said: dict[str, str], open_: str, paid: str
) -> None:
    answers = {"caller": "waits", "requests": "50/s", "traffic": "steady", **said}
    sentence = decided(answers)["cost"]["sentence"]
    assert re.search(rf"Real-time endpoint \$[\d,.]+{re.escape(open_)}", sentence)
    assert paid in sentence


def test_an_endpoint_that_is_to_scale_in_has_the_price_of_one_that_never_does() -> None:
    wish = {"caller": "waits", "requests": "20/h", "idle_free": "yes", "vpc": "yes"}
    sentence = decided({**wish, "retries": "yes", "variants": "no"})["cost"]["sentence"]
    assert ") if it never scales in." in sentence
