"""No verdict says a word about money against its own figures."""

import re
from itertools import product
from typing import Any

import pytest

from tests.judging import verdict_on
from tests.support import known

# What a sentence says about money, and the words by which it names when that is so.
MONEY = re.compile(r"\b(cheap\w*|pays? off|costs? (less|more|nothing)|saves?)\b", re.IGNORECASE)
CONDITION = re.compile(r"\b(when|where|while|if|with|between|until|within)\b", re.IGNORECASE)
CASES = [
    dict(zip(("requests", "traffic", "duration", "idle_free", "caller"), case, strict=True))
    for case in product(
        ("1/h", "59/h", "61/h", "3500/h", "3600/h", "20000/h", "1000000/h"),
        ("steady", "peaks", "intermittent", "unpredictable", "scheduled"),
        ("20 ms", "1 s", "30 s"),
        ("yes", "no"),
        ("waits", "polls"),
    )
]


@pytest.mark.parametrize("requests", sorted({case["requests"] for case in CASES}))
def test_no_reason_says_cheaper_against_the_figures_unless_it_names_its_condition(
    requests: str,
) -> None:
    for case in CASES:
        if case["requests"] == requests:
            verdict = verdict_on("inference", {**case, "memory": "2 GB", "cold_start_ok": "yes"})
            for option, sentence in _claims(verdict):
                assert CONDITION.search(sentence) or _cheapest(verdict, option), (case, sentence)


def _claims(verdict: dict[str, Any]) -> list[tuple[str, str]]:
    """What is said about money in favour of a recommended option."""
    said = [(reason["option"], reason["sentence"]) for reason in verdict["reasons"]]
    return [(option, sentence) for option, sentence in said if MONEY.search(sentence)]


def _cheapest(verdict: dict[str, Any], option: str) -> bool:
    totals = {o["option"]: float(o["total"]) for o in verdict["cost"]["options"] if o["total"]}
    return option in totals and totals[option] == min(totals.values())


def test_the_words_about_money_are_found_in_the_rules() -> None:
    # So that the check above looks at something.
    rules = known().rules.values()
    assert sum(bool(MONEY.search(rule.support or rule.reason)) for rule in rules) >= 5
