"""What a verdict offers where nothing fits, and which kept rules it shows as reasons."""

from typing import Any

import pytest

from checker.formatting import format_measure
from checker.knowledge.references import measure
from checker.units import convert
from tests.support import known, session


def verdict(decision: str, **answers: str) -> dict[str, Any]:
    result = session().decide([decision], answers)
    assert result["problems"] == []
    return dict(result["verdicts"][decision])


def test_the_nearest_option_gives_up_a_wish_before_a_limit() -> None:
    asks = {"caller": "waits", "payload": "12 MB", "traffic": "intermittent"}
    found = verdict("inference", **asks, idle_free="yes", retries="no")
    assert found["rejected"][0]["option"] == "real-time-endpoint"


def test_the_nearest_option_leaves_other_decisions_as_they_are() -> None:
    asks = {"rollout_goal": "replace", "mistake": "costly", "auto_rollback": "yes"}
    found = verdict("rollout", **asks, serving="serverless-inference")
    assert "Nearest: All at once" in found["sentence"]
    for answer in ("Automatic rollback", "Served by: Serverless Inference"):
        assert answer in found["sentence"]


def test_a_headline_states_a_fact_once() -> None:
    found = verdict("security", vpc="yes", serving="serverless-inference")
    nearest = found["rejected"][0]["reasons"]
    assert len({reason["fact"]["id"] for reason in nearest}) < len(nearest)
    told = [reason["rule"] for reason in nearest if reason["sentence"] in found["sentence"]]
    assert told == ["SEC013"]


@pytest.mark.parametrize(
    ("decision", "answers", "unknown", "rule"),
    [
        ("inference", {"caller": "dataset"}, {"duration": "1 s", "latency": "2 s"}, "INF124"),
        ("security", {"cut_off": "yes", "serving": "real-time-endpoint"}, {"vpc": "yes"}, "SEC013"),
    ],
)
def test_a_rule_without_anything_to_check_is_no_reason(
    decision: str, answers: dict[str, str], unknown: dict[str, str], rule: str
) -> None:
    assert rule in known().rules
    bare, full = verdict(decision, **answers), verdict(decision, **answers, **unknown)
    assert rule not in [reason["rule"] for reason in bare["reasons"]]
    assert rule in [reason["rule"] for reason in full["reasons"]]


@pytest.mark.parametrize(
    ("answers", "fact"),
    [
        ({"streaming": "no"}, "realtime.max_timeout"),
        (
            {"streaming": "yes", "bidirectional": "no"},
            "response_streaming.timeout",
        ),
        (
            {"streaming": "yes", "bidirectional": "yes"},
            "bidirectional_streaming.overview",
        ),
    ],
)
def test_a_miss_is_measured_against_the_limit_that_applies(
    answers: dict[str, str], fact: str
) -> None:
    limit, unit = measure(fact, known())
    seconds = convert(float(limit), unit, "s") or 0
    found = verdict("inference", caller="waits", duration=f"{seconds + 60} s", **answers)
    assert "over by 1 min" in found["sentence"]
    broken = {reason["rule"]: reason["limit"] for reason in found["rejected"][0]["reasons"]}
    assert broken["INF011"] == format_measure(seconds, "s")


def test_a_need_that_an_option_meets_in_part_is_not_called_unmet() -> None:
    found = verdict("security", sensitive="yes", serving="serverless-inference")
    assert found["recommend"] == ["kms-encryption"]
    assert "met in part only. Missing: VPC mode." in found["sentence"]


def test_a_limit_that_a_given_number_keeps_is_a_reason() -> None:
    asks = {"caller": "waits", "traffic": "intermittent", "payload": "1 MB"}
    found = verdict("inference", **asks)
    assert found["recommend"] == ["serverless-inference"]
    kept = [reason["fact"]["id"] for reason in found["reasons"] if reason["strength"] == "must"]
    assert "serverless.max_payload" in kept
