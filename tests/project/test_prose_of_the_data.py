"""The check of a build reads what we wrote in the YAML, and leaves what others said as it is."""

from typing import Any

from macros.knowledge.text_checks import check_words
from tests.support import known


def told(data: dict[str, Any]) -> list[tuple[str | int, ...]]:
    """Where the check finds a sentence that is not plain English."""
    return [path for path, code, *_ in check_words(known(), data) if code == "K095"]


def test_a_reason_is_read_and_what_a_source_says_is_not() -> None:
    rule = {"A": {"reason": "It seldom does."}}
    fact = {"b": {"says": "It seldom does.", "text": "It seldom does."}}
    places = told({"rules": rule, "facts": fact})
    assert places == [("rules", "A", "reason"), ("facts", "b", "text")]


def test_a_scenarios_text_stays_and_its_why_is_read() -> None:
    scenario = {"S": {"text": "It seldom does.", "why": "It seldom does."}}
    assert told({"scenarios": scenario}) == [("scenarios", "S", "why")]
